//! The Lambda `answer-proposal`.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_runtime::Error> {
    complaints::shell::step::run(answer_proposal::handle).await
}
