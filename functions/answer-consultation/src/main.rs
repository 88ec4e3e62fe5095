//! The Lambda `answer-consultation`.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_runtime::Error> {
    complaints::shell::step::serve(answer_consultation::handle).await
}
