//! The Lambda `implement-remedy`.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_runtime::Error> {
    complaints::shell::step::serve(implement_remedy::handle).await
}
