//! The Lambda `decline-erasure`.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_runtime::Error> {
    complaints::shell::step::serve(decline_erasure::handle).await
}
