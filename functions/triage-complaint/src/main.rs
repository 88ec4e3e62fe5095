//! The Lambda `triage-complaint`.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_runtime::Error> {
    complaints::shell::step::serve(triage_complaint::handle).await
}
