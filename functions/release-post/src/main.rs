//! The Lambda `release-post`.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_runtime::Error> {
    complaints::shell::step::serve(release_post::handle).await
}
