//! Keys of files in the bucket: where each is on its way, of which complaint.

use std::fmt;

use crate::values::{ComplaintId, Digest, TextId};

/// Where a file is on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Where others send it.
    Incoming,
    /// Where it waits for its scan.
    Quarantine,
    /// Where it stays.
    Kept,
}

impl Place {
    /// All of them, in a file's order.
    pub const ALL: [Place; 3] = [Place::Incoming, Place::Quarantine, Place::Kept];

    fn prefix(self) -> &'static str {
        match self {
            Place::Incoming => "incoming",
            Place::Quarantine => "quarantine",
            Place::Kept => "kept",
        }
    }
}

/// A file's key in the bucket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stored {
    /// Where it is.
    pub place: Place,
    /// Whose it is.
    pub complaint: ComplaintId,
    /// The file; where it comes in, the link or form that it came by.
    pub file: TextId,
}

impl Stored {
    /// Where a file comes in that came with something else, as one of several: the same file at the same place, however
    /// often that something comes.
    pub fn handed_in(complaint: ComplaintId, with: &Digest, number: usize) -> Stored {
        let digest = Digest::of(format!("{complaint} {with} {number}").as_bytes());
        let mut bytes = [0; 10];
        bytes.copy_from_slice(&digest.as_bytes()[..10]);
        // Of an instant that stays the same as well.
        let file = TextId::from_parts(complaint.made_at(), bytes);
        Stored { place: Place::Incoming, complaint, file }
    }

    /// The key that is one of these; none for any other.
    pub fn parse(key: &str) -> Option<Stored> {
        let mut parts = key.split('/');
        let prefix = parts.next()?;
        let place = Place::ALL.into_iter().find(|place| place.prefix() == prefix)?;
        let complaint = ComplaintId::parse(parts.next()?).ok()?;
        let file = TextId::parse(parts.next()?).ok()?;
        let stored = Stored { place, complaint, file };
        // In one form only, since keys are compared as texts.
        (parts.next().is_none() && stored.to_string() == key).then_some(stored)
    }

    /// The same file in another place.
    #[must_use]
    pub fn at(self, place: Place) -> Stored {
        Stored { place, ..self }
    }
}

impl fmt::Display for Stored {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}/{}", self.place.prefix(), self.complaint, self.file)
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;

    #[test]
    fn what_comes_again_has_the_same_place_and_nothing_else_has_it() {
        let complaint = |byte| ComplaintId::from_parts(Timestamp::UNIX_EPOCH, [byte; 10]);
        let (mail, other) = (Digest::of(b"a mail"), Digest::of(b"another"));
        let place = Stored::handed_in(complaint(1), &mail, 0);
        assert_eq!(place, Stored::handed_in(complaint(1), &mail, 0));
        assert_eq!(Stored::parse(&place.to_string()), Some(place));
        for another in [
            Stored::handed_in(complaint(1), &mail, 1),
            Stored::handed_in(complaint(1), &other, 0),
            Stored::handed_in(complaint(2), &mail, 0),
        ] {
            assert_ne!(place.file, another.file);
        }
    }

    #[test]
    fn a_key_survives_its_written_form_and_no_other_is_one() {
        let (complaint, file) = (
            ComplaintId::from_parts(Timestamp::UNIX_EPOCH, [1; 10]),
            TextId::from_parts(Timestamp::UNIX_EPOCH, [2; 10]),
        );
        for place in Place::ALL {
            let stored = Stored { place, complaint, file };
            let key = stored.to_string();
            assert_eq!(Stored::parse(&key), Some(stored));
            for other in [format!("{key}/x"), format!("/{key}"), key.to_uppercase(), key[1..].to_owned()] {
                assert_eq!(Stored::parse(&other), None, "{other}");
            }
        }
        assert_eq!(Stored::parse(&format!("{complaint}/{file}")), None);
    }
}
