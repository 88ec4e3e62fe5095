//! The Lambda `record-contact`.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_runtime::Error> {
    complaints::shell::step::serve(record_contact::handle).await
}
