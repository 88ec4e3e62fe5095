//! The Lambda `mark-duplicate`.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_runtime::Error> {
    complaints::shell::step::serve(mark_duplicate::handle).await
}
