//! The Lambda `take-feedback`.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_runtime::Error> {
    complaints::shell::step::serve(take_feedback::handle).await
}
