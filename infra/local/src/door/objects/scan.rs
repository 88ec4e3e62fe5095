//! A stand-in for GuardDuty's malware protection: it knows the one test string that every scanner knows, and tells the
//! default bus what it found, as GuardDuty does.
//!
//! What becomes of a scan is written in the object, as the fate of a mail is in its address: `TWIN-SCAN-FAILED` in it
//! lets the scan fail, and of one with `TWIN-SCAN-NEVER` nothing is ever heard.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::super::bus::envelope;
use super::super::entropy::Entropy;
use super::super::{ACCOUNT, REGION};
use super::{Bucket, Object};

/// In two parts, so that no scanner takes this file for what it is looking for.
pub(in super::super) const EICAR: [&str; 2] =
    ["X5O!P%@AP[4\\PZX54(P^)7CC)7}$", "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"];

/// The event of a scan; none if it is never made.
pub(super) fn result(bucket: &Bucket, object: &Object, at: Timestamp, entropy: &Entropy) -> Option<Value> {
    let holds = |text: &[u8]| object.body.windows(text.len()).any(|window| window == text);
    if holds(b"TWIN-SCAN-NEVER") {
        return None;
    }
    let (status, result, threats) = if holds(EICAR.concat().as_bytes()) {
        ("COMPLETED", "THREATS_FOUND", json!([{"name": "EICAR-Test-File (not a virus)"}]))
    } else if holds(b"TWIN-SCAN-FAILED") {
        ("FAILED", "FAILED", Value::Null)
    } else {
        ("COMPLETED", "NO_THREATS_FOUND", Value::Null)
    };
    let detail = json!({
        "schemaVersion": "1.0",
        "scanStatus": status,
        "resourceType": "S3_OBJECT",
        "s3ObjectDetails": {
            "bucketName": bucket.name,
            "objectKey": object.key,
            "eTag": object.etag,
            "versionId": null,
            "s3Throttled": false,
        },
        "scanResultDetails": {"scanResultStatus": result, "threats": threats},
    });
    let plan = format!("arn:aws:guardduty:{REGION}:{ACCOUNT}:malware-protection-plan/twin");
    let kind = "GuardDuty Malware Protection Object Scan Result";
    Some(envelope(&entropy.uuid(), kind, "aws.guardduty", at, &[plan], &detail))
}
