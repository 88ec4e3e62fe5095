//! The Lambda `list-complaints`.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_runtime::Error> {
    complaints::shell::step::serve(list_complaints::handle).await
}
