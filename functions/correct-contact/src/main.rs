//! The Lambda `correct-contact`.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_runtime::Error> {
    complaints::shell::step::serve(correct_contact::handle).await
}
