//! The Lambda `hand-out-file`.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_runtime::Error> {
    complaints::shell::step::serve(hand_out_file::handle).await
}
