//! The Lambda `acknowledge-complaint`.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_runtime::Error> {
    complaints::shell::step::run(acknowledge_complaint::handle).await
}
