//! The Lambda `discard-post`.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_runtime::Error> {
    complaints::shell::step::serve(discard_post::handle).await
}
