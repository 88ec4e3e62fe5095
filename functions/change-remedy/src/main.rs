//! The Lambda `change-remedy`.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_runtime::Error> {
    complaints::shell::step::serve(change_remedy::handle).await
}
