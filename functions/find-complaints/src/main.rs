//! The Lambda `find-complaints`.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_runtime::Error> {
    complaints::shell::step::serve(find_complaints::handle).await
}
