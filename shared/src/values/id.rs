//! Ids that computers use: UUIDs of version 7, so that they sort by the time they were made.

use std::fmt;

use jiff::Timestamp;
use thiserror::Error;
use uuid::{Builder, Uuid, Version};

use super::{InvalidValue, parsed_code};

/// Why a text is no id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum InvalidId {
    /// It is not a UUID in the usual form with dashes.
    #[error("an id is a UUID, 36 characters with dashes")]
    Malformed,
    /// It is a UUID, but of another version than 7.
    #[error("an id is a UUID of version 7")]
    Version,
}

impl InvalidValue for InvalidId {
    fn code(&self) -> &'static str {
        match self {
            InvalidId::Malformed => "malformed_id",
            InvalidId::Version => "wrong_id_version",
        }
    }
}

fn parse(text: &str) -> Result<Uuid, InvalidId> {
    // `Uuid` also takes braces, URNs and 32 bare digits; one id has one form here, since ids are keys.
    if text.len() != 36 {
        return Err(InvalidId::Malformed);
    }
    let uuid = Uuid::try_parse(text).map_err(|_| InvalidId::Malformed)?;
    if uuid.get_version() == Some(Version::SortRand) { Ok(uuid) } else { Err(InvalidId::Version) }
}

fn from_parts(at: Timestamp, random: [u8; 10]) -> Uuid {
    // Instants before 1970 do not fit into a UUID of version 7; no complaint is from then.
    let millis = u64::try_from(at.as_millisecond()).unwrap_or(0);
    Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
}

fn made_at(id: Uuid) -> Timestamp {
    // The first 48 bits of version 7 are the milliseconds since 1970.
    let millis = i64::try_from(id.as_u128() >> 80).unwrap_or_default();
    Timestamp::from_millisecond(millis).unwrap_or(Timestamp::UNIX_EPOCH)
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Uuid);

        impl $name {
            /// Builds an id from the instant it is made at (kept in milliseconds) and ten random bytes.
            pub fn from_parts(at: Timestamp, random: [u8; 10]) -> Self {
                Self(from_parts(at, random))
            }

            /// Reads an id from its form with dashes, in either case.
            pub fn parse(text: &str) -> Result<Self, InvalidId> {
                parse(text).map(Self)
            }

            /// The instant it was made at, in milliseconds.
            pub fn made_at(&self) -> Timestamp {
                made_at(self.0)
            }

            /// The sixteen bytes.
            pub fn as_bytes(&self) -> &[u8; 16] {
                self.0.as_bytes()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.hyphenated().fmt(f)
            }
        }

        parsed_code!($name, InvalidId);
    };
}

id! {
    /// Names one complaint for ever.
    ComplaintId
}
id! {
    /// Names one attempt to do something, so that its repetition is recognised.
    CommandId
}
id! {
    /// Names one private text of a complaint.
    TextId
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT: Timestamp = Timestamp::UNIX_EPOCH;

    #[test]
    fn an_id_keeps_the_order_of_the_instants_it_was_made_at() {
        let earlier = ComplaintId::from_parts("2026-03-29T00:59:59Z".parse().unwrap(), [0xff; 10]);
        let later = ComplaintId::from_parts("2026-03-29T01:00:00Z".parse().unwrap(), [0; 10]);
        assert!(earlier < later);
        assert!(earlier.to_string() < later.to_string());
    }

    #[test]
    fn an_id_survives_its_written_form() {
        let id = ComplaintId::from_parts(AT, [7; 10]);
        assert_eq!(id.to_string().parse(), Ok(id));
        assert_eq!(id.to_string().to_uppercase().parse(), Ok(id));
        let json = serde_json::to_string(&id).unwrap();
        assert_eq!(serde_json::from_str::<ComplaintId>(&json).unwrap(), id);
    }

    #[test]
    fn other_forms_and_versions_of_uuids_are_refused() {
        for text in ["", "x", "00000000000070008000000000000000", "{00000000-0000-7000-8000-000000000000}"] {
            assert_eq!(ComplaintId::parse(text), Err(InvalidId::Malformed), "{text}");
        }
        assert_eq!(ComplaintId::parse("67e55044-10b1-426f-9247-bb680e5fe0c8"), Err(InvalidId::Version));
    }

    #[test]
    fn an_instant_before_1970_gives_an_id_all_the_same() {
        let id = CommandId::from_parts(Timestamp::MIN, [1; 10]);
        assert_eq!(id.to_string().parse(), Ok(id));
    }
}
