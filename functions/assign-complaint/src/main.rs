//! The Lambda `assign-complaint`.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_runtime::Error> {
    complaints::shell::step::serve(assign_complaint::handle).await
}
