//! The Lambda `restrict-data`.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_runtime::Error> {
    complaints::shell::step::serve(restrict_data::handle).await
}
