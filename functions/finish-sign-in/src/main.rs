//! The Lambda `finish-sign-in`.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_runtime::Error> {
    complaints::shell::step::serve(finish_sign_in::handle).await
}
