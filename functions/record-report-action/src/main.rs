//! The Lambda `record-report-action`.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_runtime::Error> {
    complaints::shell::step::serve(record_report_action::handle).await
}
