//! The audit trail's entries: events with who, when and why, each sealed by a hash over it and the entry before.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Event;
use crate::{
    actor::Actor,
    profile::Profile,
    values::{CommandId, ComplaintId, Digest, EventId},
};

/// An event as it is kept: the audit trail's entry. `hash` covers all the rest and the hash of the entry before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recorded {
    /// Whose.
    pub complaint: ComplaintId,
    /// The complaint's version after it, from 1.
    pub version: u32,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub actor: Actor,
    /// The command it came of.
    pub command: CommandId,
    /// The version of the policy the complaint is handled under.
    pub policy: String,
    /// What happened.
    pub event: Event,
    /// How the complaint counted before; none for the first.
    pub before: Option<Profile>,
    /// How it counts now.
    pub after: Profile,
    /// Hash of the entry before; for the first, which has none, all zeros.
    pub previous: Digest,
    /// Hash of this entry.
    pub hash: Digest,
}

impl Recorded {
    /// Names this entry among all.
    pub fn id(&self) -> EventId {
        EventId::new(self.complaint, self.version.into())
    }

    /// Seals the entry: computes the hash over everything in it.
    #[must_use]
    pub fn seal(mut self) -> Recorded {
        self.hash = self.expected_hash();
        self
    }

    /// Whether the entry is as it was sealed, and follows the one whose hash is `previous`.
    pub fn follows(&self, previous: &Digest) -> bool {
        self.previous == *previous && self.hash == self.expected_hash()
    }

    fn expected_hash(&self) -> Digest {
        let unsealed = Recorded { hash: Digest::from_bytes([0; 32]), ..self.clone() };
        let bytes =
            serde_json::to_vec(&unsealed).expect("an event has no map with keys that are not strings");
        Digest::of(&bytes)
    }
}
