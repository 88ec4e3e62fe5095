//! The Lambda `record-erasure-request`.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_runtime::Error> {
    complaints::shell::step::serve(record_erasure_request::handle).await
}
