//! The Lambda `close-complaint`.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_runtime::Error> {
    complaints::shell::step::serve(close_complaint::handle).await
}
