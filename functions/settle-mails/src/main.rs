//! The Lambda `settle-mails`.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_runtime::Error> {
    complaints::shell::step::run(settle_mails::handle).await
}
