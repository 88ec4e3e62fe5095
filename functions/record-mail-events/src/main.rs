//! The Lambda `record-mail-events`.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_runtime::Error> {
    complaints::shell::step::run(record_mail_events::handle).await
}
