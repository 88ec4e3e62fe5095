//! The Lambda `erase-data`.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_runtime::Error> {
    complaints::shell::step::run(erase_data::handle).await
}
