//! The Lambda `propose-resolution`.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_runtime::Error> {
    complaints::shell::step::serve(propose_resolution::handle).await
}
