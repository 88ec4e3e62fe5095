//! The Lambda `escalate-complaint`.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_runtime::Error> {
    complaints::shell::step::serve(escalate_complaint::handle).await
}
