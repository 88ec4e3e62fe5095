//! The Lambda `watch-deadlines`.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_runtime::Error> {
    complaints::shell::step::run(watch_deadlines::handle).await
}
