//! The Lambda `expire-records`.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_runtime::Error> {
    complaints::shell::step::run(expire_records::handle).await
}
