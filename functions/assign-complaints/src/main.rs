//! The Lambda `assign-complaints`.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_runtime::Error> {
    complaints::shell::step::serve(assign_complaints::handle).await
}
