//! The Lambda `find-patterns`.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_runtime::Error> {
    complaints::shell::step::run(find_patterns::handle).await
}
