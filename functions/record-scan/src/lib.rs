//! Records what the scan of a file found. A clean one is kept from then on, and can be opened; any other is removed.

use complaints::{
    command::Verdict,
    shell::{
        Shell, StepError,
        evidence::{Place, Stored},
    },
};
use serde::Deserialize;

/// An event of the scanner as EventBridge delivers it, as far as it is looked at.
#[derive(Debug, Deserialize)]
pub struct ScanResult {
    detail: Detail,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Detail {
    s3_object_details: Object,
    scan_result_details: Found,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Object {
    object_key: String,
    e_tag: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Found {
    scan_result_status: String,
}

/// Takes account of it once, however often it is told.
pub async fn handle(shell: &Shell, result: ScanResult) -> Result<(), StepError> {
    let Detail { s3_object_details: object, scan_result_details: found } = result.detail;
    match Stored::parse(&object.object_key) {
        Some(waits) if waits.place == Place::Quarantine => {
            shell.take_scan(waits, object.e_tag.trim_matches('"'), verdict(&found)).await?;
        }
        Some(_) | None => tracing::warn!("something was scanned that is none of our files"),
    }
    Ok(())
}

/// Only what was found to be clean is: what cannot be scanned (a locked archive, say) is as good as not scanned.
fn verdict(found: &Found) -> Verdict {
    match found.scan_result_status.as_str() {
        "NO_THREATS_FOUND" => Verdict::Clean,
        "THREATS_FOUND" => Verdict::Infected,
        _ => Verdict::Failed,
    }
}
