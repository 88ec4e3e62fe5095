//! The Lambda `answer-proposal`.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_runtime::Error> {
    complaints::shell::step::serve(answer_proposal::handle).await
}
