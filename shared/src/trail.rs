//! The audit trail as a whole: whether its entries follow one another without a gap, each as it was sealed, and what
//! complaint they give.

use std::fmt;

use crate::{
    complaint::Complaint,
    event::Recorded,
    evolve::evolve,
    values::{ComplaintId, Digest},
};

/// A trail that is whole.
#[derive(Clone, Debug, PartialEq)]
pub struct Trail {
    /// What the events give.
    pub complaint: Complaint,
    /// The hash of the last entry.
    pub head: Digest,
}

/// Where a trail is broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Break {
    /// There is no entry of this version.
    Missing(u32),
    /// The entry in this version's place is another's: of another complaint, or of another version.
    Foreign(u32),
    /// The entry is not as it was sealed.
    Changed(u32),
    /// The entry is sealed, but not on the one before.
    Apart(u32),
    /// The event of this entry cannot happen after those before it.
    Impossible(u32),
}

impl fmt::Display for Break {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Break::Missing(version) => write!(f, "event {version} is missing"),
            Break::Foreign(version) => write!(f, "in the place of event {version} is another event"),
            Break::Changed(version) => write!(f, "event {version} is not as it was recorded"),
            Break::Apart(version) => {
                write!(f, "event {version} does not follow the one before: its hash of that is another")
            }
            Break::Impossible(version) => {
                write!(f, "event {version} cannot happen after those before it")
            }
        }
    }
}

/// What stands for the hash of an entry before the first.
pub fn nothing_before() -> Digest {
    Digest::from_bytes([0; 32])
}

/// Follows a complaint's trail entry by entry, in the order of the versions, and says where it is first broken. Each
/// entry comes with the version in whose place it is kept.
pub fn follow(id: ComplaintId, entries: &[(u32, Recorded)]) -> Result<Trail, Break> {
    let (mut complaint, mut head) = (None, nothing_before());
    for (expected, (place, entry)) in (1..).zip(entries) {
        if *place != expected {
            return Err(Break::Missing(expected));
        }
        if entry.version != expected || entry.complaint != id {
            return Err(Break::Foreign(expected));
        }
        if !entry.follows(&entry.previous) {
            return Err(Break::Changed(expected));
        }
        if entry.previous != head {
            return Err(Break::Apart(expected));
        }
        let after =
            evolve(complaint, &entry.event).filter(|after| after.version == expected && after.id == id);
        complaint = Some(after.ok_or(Break::Impossible(expected))?);
        head = entry.hash;
    }
    complaint.map(|complaint| Trail { complaint, head }).ok_or(Break::Missing(1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        command::Command,
        story::{Story, manager},
        values::StaffId,
    };

    /// A trail as it is kept.
    type Entries = Vec<(u32, Recorded)>;

    fn sealed() -> (Story, Entries) {
        let mut story = Story::begins("2026-10-05T08:00:00Z");
        for owner in ["ana", "bo", "cy"] {
            let owner = StaffId::parse(owner).unwrap();
            story.after(1).then(&manager(), Command::Assign { owner });
        }
        let entries = chained(story.events.clone());
        (story, entries)
    }

    /// Seals each entry on the one before.
    fn chained(events: Vec<Recorded>) -> Entries {
        let mut head = nothing_before();
        let seal = |entry: Recorded| {
            let entry = Recorded { previous: head, ..entry }.seal();
            head = entry.hash;
            (entry.version, entry)
        };
        events.into_iter().map(seal).collect()
    }

    #[test]
    fn a_whole_trail_gives_the_complaint_and_the_last_hash() {
        let (story, entries) = sealed();
        let head = entries.last().unwrap().1.hash;
        let complaint = story.complaint.clone();
        assert_eq!(follow(complaint.id, &entries), Ok(Trail { complaint, head }));
    }

    #[test]
    fn a_trail_says_where_it_is_broken() {
        let (story, whole) = sealed();
        let check = |broken: &dyn Fn(&mut Entries), expected: Break| {
            let mut entries = whole.clone();
            broken(&mut entries);
            assert_eq!(follow(story.complaint.id, &entries), Err(expected));
        };
        check(&|entries| entries.clear(), Break::Missing(1));
        check(&|entries| drop(entries.remove(0)), Break::Missing(1));
        check(&|entries| drop(entries.remove(2)), Break::Missing(3));
        check(&|entries| entries[2].1 = entries[1].1.clone(), Break::Foreign(3));
        check(&|entries| entries[1].1.event = entries[2].1.event.clone(), Break::Changed(2));
        check(&|entries| entries[1].1.actor = crate::actor::Actor::System, Break::Changed(2));
        // Sealed anew, so that only the next one shows it.
        let resealed = |entries: &mut Entries| {
            entries[1].1 = Recorded { event: entries[2].1.event.clone(), ..entries[1].1.clone() }.seal();
        };
        check(&resealed, Break::Apart(3));
        let begins_twice = |entries: &mut Entries| {
            entries[0].1 = Recorded { event: entries[1].1.event.clone(), ..entries[0].1.clone() }.seal();
        };
        check(&begins_twice, Break::Impossible(1));
    }

    #[test]
    fn the_trail_of_another_is_foreign() {
        let (_, entries) = sealed();
        let other = ComplaintId::parse("0192fa3c-0000-7000-8000-000000000000").unwrap();
        assert_eq!(follow(other, &entries), Err(Break::Foreign(1)));
    }
}
