//! A change of an item as Lambda hears of it from a DynamoDB stream.

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::{ACCOUNT, REGION};

/// One entry of `Records`: what happened to the item between `old` and `new`.
///
/// The sequence number rises with the order of commit and has one length, so that it orders as text as well.
/// `SizeBytes` is left out: it follows from the images, and nothing here needs it.
pub(super) fn record(
    id: i64,
    at: Timestamp,
    table: &str,
    keys: &[String],
    old: Option<Value>,
    new: Option<Value>,
) -> Value {
    let name = match (&old, &new) {
        (None, _) => "INSERT",
        (Some(_), Some(_)) => "MODIFY",
        (Some(_), None) => "REMOVE",
    };
    let item = new.as_ref().or(old.as_ref());
    let keys: Map<String, Value> =
        keys.iter().filter_map(|key| Some((key.clone(), item?.get(key)?.clone()))).collect();
    let mut change = json!({
        "ApproximateCreationDateTime": at.as_second(),
        "SequenceNumber": sequence_number(id),
        "StreamViewType": "NEW_AND_OLD_IMAGES",
    });
    // Moved in: `json!` would copy them.
    change["Keys"] = keys.into();
    if let Some(new) = new {
        change["NewImage"] = new;
    }
    if let Some(old) = old {
        change["OldImage"] = old;
    }
    let mut record = json!({
        "eventID": format!("{id:032x}"),
        "eventName": name,
        "eventVersion": "1.1",
        "eventSource": "aws:dynamodb",
        "awsRegion": REGION,
        "eventSourceARN": format!("arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/{table}/stream/2026-01-01T00:00:00.000"),
    });
    record["dynamodb"] = change;
    record
}

fn sequence_number(id: i64) -> String {
    format!("{}{id:019}", 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noon() -> Timestamp {
        "2026-11-02T12:00:00Z".parse().unwrap()
    }

    fn item(note: &str) -> Value {
        json!({"pk": {"S": "C#1"}, "sk": {"S": "C"}, "note": {"S": note}})
    }

    #[test]
    fn a_new_item_is_an_insert_with_its_new_image_only() {
        let record = record(7, noon(), "complaints", &["pk".into(), "sk".into()], None, Some(item("a")));
        assert_eq!(record["eventName"], "INSERT");
        assert_eq!(record["dynamodb"]["Keys"], json!({"pk": {"S": "C#1"}, "sk": {"S": "C"}}));
        assert_eq!(record["dynamodb"]["NewImage"], item("a"));
        assert!(record["dynamodb"].get("OldImage").is_none());
    }

    #[test]
    fn a_removed_item_keeps_its_keys_and_old_image() {
        let record = record(7, noon(), "complaints", &["pk".into(), "sk".into()], Some(item("a")), None);
        assert_eq!(record["eventName"], "REMOVE");
        assert_eq!(record["dynamodb"]["Keys"]["pk"], json!({"S": "C#1"}));
        assert_eq!(record["dynamodb"]["OldImage"], item("a"));
    }

    #[test]
    fn sequence_numbers_order_as_text_and_are_numbers() {
        assert!(sequence_number(9) < sequence_number(10));
        assert!(sequence_number(i64::MAX).parse::<u128>().unwrap() > sequence_number(1).parse().unwrap());
    }
}
