//! The Lambda `show-dashboard`.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_runtime::Error> {
    complaints::shell::step::serve(show_dashboard::handle).await
}
