//! The Lambda `record-complaint`.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_runtime::Error> {
    complaints::shell::step::serve(record_complaint::handle).await
}
