//! Takes in a file that arrived in the bucket: looks whether it is what it may be, enters it in the record, and puts it
//! where it waits for its scan.

use complaints::shell::{
    Shell, StepError,
    evidence::{Place, Stored},
};
use serde::Deserialize;

/// An event of the bucket as EventBridge delivers it, as far as it is looked at.
#[derive(Debug, Deserialize)]
pub struct Arrival {
    detail: Detail,
}

#[derive(Debug, Deserialize)]
struct Detail {
    object: Object,
}

#[derive(Debug, Deserialize)]
struct Object {
    key: String,
}

/// Takes in what is there now, once however often it is told; what is at no such place is none of our files.
pub async fn handle(shell: &Shell, arrival: Arrival) -> Result<(), StepError> {
    match Stored::parse(&arrival.detail.object.key) {
        Some(arrived) if arrived.place == Place::Incoming => {
            let taken = shell.take_file(arrived).await?;
            tracing::info!(complaint = %arrived.complaint, ?taken, "an arrival");
        }
        Some(_) | None => tracing::warn!("something arrived that is none of our files"),
    }
    Ok(())
}
