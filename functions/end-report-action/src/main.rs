//! The Lambda `end-report-action`.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_runtime::Error> {
    complaints::shell::step::serve(end_report_action::handle).await
}
