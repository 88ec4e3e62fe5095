//! The Lambda `authorize-staff`.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_runtime::Error> {
    complaints::shell::step::serve(authorize_staff::handle).await
}
