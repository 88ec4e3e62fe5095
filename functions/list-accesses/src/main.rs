//! The Lambda `list-accesses`.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_runtime::Error> {
    complaints::shell::step::serve(list_accesses::handle).await
}
