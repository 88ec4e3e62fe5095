//! The Lambda `record-withdrawal`.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_runtime::Error> {
    complaints::shell::step::serve(record_withdrawal::handle).await
}
