//! The Lambda `carry-over`.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_runtime::Error> {
    complaints::shell::step::run(carry_over::handle).await
}
