//! The Lambda `alert-staff`.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_runtime::Error> {
    complaints::shell::step::run(alert_staff::handle).await
}
