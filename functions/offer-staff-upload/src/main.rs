//! The Lambda `offer-staff-upload`.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_runtime::Error> {
    complaints::shell::step::serve(offer_staff_upload::handle).await
}
