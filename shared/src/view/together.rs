//! The complaints that a case came together with.

use std::collections::{BTreeSet, HashMap};

use serde::Serialize;

use crate::{
    command::Pattern,
    complaint::{Complaint, Stage},
    event::{Event, Recorded},
    values::{ComplaintId, Reference, TextId},
};

/// What a case is one of several of, and the others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Together {
    /// What they have in common.
    pub pattern: Pattern,
    /// How many there were with this one when it was found.
    pub count: u32,
    /// The others, the latest first; the first few, and those that are still kept.
    pub others: Vec<Other>,
}

/// Another complaint, which staff can open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Other {
    /// Its id.
    pub id: ComplaintId,
    /// What people say on the phone.
    pub reference: Reference,
}

impl Together {
    /// What the audit trail says was found; `reference` knows those that are still kept.
    pub fn of(history: &[Recorded], reference: impl Fn(ComplaintId) -> Option<Reference>) -> Vec<Together> {
        let found = found(history);
        let together = |(pattern, count, ids): (Pattern, u32, &[ComplaintId])| Together {
            pattern,
            count,
            others: Other::known(ids, &reference),
        };
        found.map(together).collect()
    }

    /// The complaints that the audit trail names so.
    pub fn named(history: &[Recorded]) -> Vec<ComplaintId> {
        found(history).flat_map(|(_, _, others)| others).copied().collect()
    }
}

impl Other {
    /// The complaints that are the same as this one: the one that goes on in its place, or those that were put with it.
    pub fn same(complaint: &Complaint) -> Vec<ComplaintId> {
        match complaint.stage {
            Stage::Duplicate { of, .. } => vec![of],
            _ => complaint.duplicates.clone(),
        }
    }

    /// The complaints that the audit trail says have to do with this one, or have not after all.
    pub fn told(history: &[Recorded]) -> Vec<ComplaintId> {
        let of = |recorded: &Recorded| match recorded.event {
            Event::Linked { other, .. } | Event::Unlinked { other, .. } => Some(other),
            _ => None,
        };
        history.iter().filter_map(of).collect()
    }

    /// Takes away what the audit trail and the texts say of links with these complaints.
    pub fn keep_from(
        hidden: &BTreeSet<ComplaintId>,
        history: &mut Vec<Recorded>,
        texts: &mut HashMap<TextId, String>,
    ) {
        history.retain(|recorded| match &recorded.event {
            Event::Linked { other, text } | Event::Unlinked { other, text } if hidden.contains(other) => {
                if let Some(text) = text {
                    texts.remove(&text.id);
                }
                false
            }
            _ => true,
        });
    }

    /// These complaints, as far as `reference` knows them.
    pub fn known(ids: &[ComplaintId], reference: impl Fn(ComplaintId) -> Option<Reference>) -> Vec<Other> {
        let other = |id: &ComplaintId| Some(Other { id: *id, reference: reference(*id)? });
        ids.iter().filter_map(other).collect()
    }
}

fn found(history: &[Recorded]) -> impl Iterator<Item = (Pattern, u32, &[ComplaintId])> {
    history.iter().filter_map(|recorded| match &recorded.event {
        Event::PatternFound { pattern, count, others } => Some((*pattern, *count, others.as_slice())),
        _ => None,
    })
}
