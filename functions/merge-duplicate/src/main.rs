//! The Lambda `merge-duplicate`.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_runtime::Error> {
    complaints::shell::step::run(merge_duplicate::handle).await
}
