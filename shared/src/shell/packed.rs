//! Records made small. What DynamoDB asks for a write and for keeping it goes by size in whole kilobytes, and a record
//! is mostly words that all records have: packed, a complaint and each of its events lie well within one.
//!
//! A packed record is a byte that names the dictionary, the record's length (two bytes, the low one first), and an LZ4
//! block whose matches may lie in the dictionary. It is the record's JSON again, byte for byte; seals are over that.
//! A dictionary never changes once something was packed with it: a better one is a further one, with its own number.

use std::borrow::Cow;

use aws_sdk_dynamodb::{primitives::Blob, types::AttributeValue};
use lz4_flex::block::{compress_with_dict, decompress_with_dict};

use super::keys::Item;

/// The attribute that records lie in.
const RECORD: &str = "record";
/// The only dictionary so far: records of all kinds, without what is each one's own.
const RECORDS: (u8, &[u8]) = (1, include_bytes!("packed/records.txt"));
/// The dictionary's number, and the length.
const HEAD: usize = 3;

/// Why bytes are no packed record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the bytes are no packed record")]
pub struct NotPacked;

/// Packs a record. One that is too long for that, or none of ours, stays as it is.
pub fn pack(json: &str) -> AttributeValue {
    let Ok(length) = u16::try_from(json.len()) else { return AttributeValue::S(json.to_owned()) };
    let (number, dictionary) = RECORDS;
    let mut packed = vec![number];
    packed.extend(length.to_le_bytes());
    packed.extend(compress_with_dict(json.as_bytes(), dictionary));
    AttributeValue::B(Blob::new(packed))
}

/// The record's JSON.
pub fn unpack(packed: &[u8]) -> Result<String, NotPacked> {
    let (head, block) = packed.split_at_checked(HEAD).ok_or(NotPacked)?;
    let [number, low, high] = head else { return Err(NotPacked) };
    let (known, dictionary) = RECORDS;
    if *number != known {
        return Err(NotPacked);
    }
    let length = usize::from(u16::from_le_bytes([*low, *high]));
    let json = decompress_with_dict(block, length, dictionary).map_err(|_| NotPacked)?;
    if json.len() != length {
        return Err(NotPacked);
    }
    String::from_utf8(json).map_err(|_| NotPacked)
}

/// The JSON of an item's record, packed or not; none where the item has no record.
pub fn record_of(item: &Item) -> Result<Option<Cow<'_, str>>, NotPacked> {
    match item.get(RECORD) {
        Some(AttributeValue::B(packed)) => Ok(Some(Cow::Owned(unpack(packed.as_ref())?))),
        Some(AttributeValue::S(json)) => Ok(Some(Cow::Borrowed(json))),
        Some(_) => Err(NotPacked),
        None => Ok(None),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{story::Story, values::Digest};

    fn packed(json: &str) -> Vec<u8> {
        match pack(json) {
            AttributeValue::B(bytes) => bytes.into_inner(),
            other => panic!("{other:?} is not packed"),
        }
    }

    fn a_life() -> Story {
        let mut story = Story::begins("2026-11-02T10:00:00Z");
        story.taken_on().proposed().accepted();
        story
    }

    proptest! {
        #[test]
        fn what_was_packed_comes_out_as_it_was(json in ".{0,3000}") {
            prop_assert_eq!(unpack(&packed(&json)), Ok(json));
        }

        #[test]
        fn bytes_of_others_do_no_harm(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let mut bytes = bytes;
            let _ = unpack(&bytes);
            if let Some(number) = bytes.first_mut() {
                *number = RECORDS.0;
            }
            let _ = unpack(&bytes);
        }
    }

    #[test]
    fn complaints_and_events_take_half_the_room_and_less() {
        let story = a_life();
        let complaint = serde_json::to_string(&story.complaint).unwrap();
        let events = story.events.iter().map(|recorded| serde_json::to_string(recorded).unwrap());
        for json in events.chain([complaint]) {
            let length = packed(&json).len();
            assert!(length * 100 <= json.len() * 55, "{length} of {}: {json}", json.len());
            assert_eq!(unpack(&packed(&json)), Ok(json));
        }
    }

    #[test]
    fn what_is_too_long_stays_as_it_is() {
        let json = "x".repeat(usize::from(u16::MAX) + 1);
        assert_eq!(pack(&json), AttributeValue::S(json));
    }

    #[test]
    fn a_cut_or_foreign_record_is_none() {
        let bytes = packed("{\"stage\":\"received\"}");
        for cut in 0..bytes.len() {
            assert_eq!(unpack(&bytes[..cut]), Err(NotPacked), "cut after {cut}");
        }
        assert_eq!(unpack(&[&[9], &bytes[1..]].concat()), Err(NotPacked));
    }

    #[test]
    fn the_dictionary_is_the_one_that_records_were_packed_with() {
        assert_eq!(Digest::of(RECORDS.1).to_string(), "DqAaiqdJvM4vHrUYYMWtXCfhQOcx0BPbb1xA0TIDGsQ");
    }
}
