//! The Lambda `decide-refusal`.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_runtime::Error> {
    complaints::shell::step::serve(decide_refusal::handle).await
}
