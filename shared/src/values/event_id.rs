//! Names one event: the complaint, and the version the event brought it to.

use std::fmt;

use thiserror::Error;

use super::{ComplaintId, InvalidValue, parsed_code};

/// Names one event for ever, written `<uuid>:<version>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EventId {
    complaint: ComplaintId,
    version: u64,
}

/// Why a text is no event id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum InvalidEventId {
    /// It is not a complaint's id, a colon and a number from 1.
    #[error("an event id is a complaint's id, a colon and a version from 1")]
    Malformed,
}

impl InvalidValue for InvalidEventId {
    fn code(&self) -> &'static str {
        "malformed_event_id"
    }
}

impl EventId {
    /// The event that brought this complaint to this version; the first version is 1.
    pub fn new(complaint: ComplaintId, version: u64) -> EventId {
        EventId { complaint, version }
    }

    /// Reads `<uuid>:<version>`.
    pub fn parse(text: &str) -> Result<EventId, InvalidEventId> {
        let (complaint, digits) = text.split_once(':').ok_or(InvalidEventId::Malformed)?;
        let complaint = ComplaintId::parse(complaint).map_err(|_| InvalidEventId::Malformed)?;
        // One event has one id: no sign, no leading zeros, no version 0.
        if !digits.bytes().all(|byte| byte.is_ascii_digit()) || digits.starts_with('0') {
            return Err(InvalidEventId::Malformed);
        }
        let version = digits.parse().map_err(|_| InvalidEventId::Malformed)?;
        Ok(EventId { complaint, version })
    }

    /// Whose event it is.
    pub fn complaint(self) -> ComplaintId {
        self.complaint
    }

    /// The complaint's version after the event.
    pub fn version(self) -> u64 {
        self.version
    }
}

impl fmt::Display for EventId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.complaint, self.version)
    }
}

parsed_code!(EventId, InvalidEventId);

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;

    #[test]
    fn an_event_id_survives_its_written_form() {
        let complaint = ComplaintId::from_parts(Timestamp::UNIX_EPOCH, [3; 10]);
        let id = EventId::new(complaint, 12);
        assert_eq!(id.to_string(), format!("{complaint}:12"));
        assert_eq!(id.to_string().parse(), Ok(id));
        assert_eq!((id.complaint(), id.version()), (complaint, 12));
    }

    #[test]
    fn a_version_has_one_written_form() {
        let complaint = ComplaintId::from_parts(Timestamp::UNIX_EPOCH, [3; 10]);
        for version in ["", "0", "01", "+1", "-1", " 1", "1.0", "99999999999999999999"] {
            let text = format!("{complaint}:{version}");
            assert_eq!(EventId::parse(&text), Err(InvalidEventId::Malformed), "{version}");
        }
        assert_eq!(EventId::parse("nonsense"), Err(InvalidEventId::Malformed));
        assert_eq!(EventId::parse("nonsense:1"), Err(InvalidEventId::Malformed));
    }
}
