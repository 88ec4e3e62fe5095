//! Complaints that come together: several of one customer, or several about one thing. Which of them count, and when
//! there are as many as the policy says.
//!
//! A complaint is found to be one of several by those that came before it, in the policy's time until its own receipt.
//! So the answer is the same whenever it is asked, and in whatever order complaints are triaged: one that is triaged
//! late is found itself, and completes the number of those that came after it.

use jiff::Timestamp;

use crate::{
    calendar::WorkCalendar,
    command::Pattern,
    complaint::{Complaint, Stage},
    policy::{Policy, Span},
    values::{ComplaintId, Digest},
};

/// So many of the others are named; that there are more is in the count.
const MOST_OTHERS: usize = 10;
/// So many more than the policy's number are looked at: some may not count.
const BEYOND: usize = 10;

/// Complaints that have something in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Group {
    /// The customer.
    OfCustomer(Digest),
    /// What they are about. Only where both are known: nothing says that two complaints without a product are alike.
    About {
        /// One of the policy's products.
        product: String,
        /// One of its categories.
        category: String,
    },
}

impl Group {
    /// The group that a complaint is in, as it stands.
    pub fn of(complaint: &Complaint, pattern: Pattern) -> Option<Group> {
        match pattern {
            Pattern::Repeated => Some(Group::OfCustomer(complaint.customer)),
            Pattern::Alike => Some(Group::About {
                product: complaint.product.clone()?,
                category: complaint.category.clone()?,
            }),
        }
    }

    /// What its complaints have in common.
    pub fn pattern(&self) -> Pattern {
        match self {
            Group::OfCustomer(_) => Pattern::Repeated,
            Group::About { .. } => Pattern::Alike,
        }
    }

    /// Whether a complaint counts in it, as it stands.
    ///
    /// A duplicate is the same complaint told twice, and what was refused was found to be no complaint for us: neither
    /// says that things went wrong once more. One that was withdrawn does.
    pub fn counts(&self, complaint: &Complaint) -> bool {
        let is_one = match complaint.stage {
            Stage::Duplicate { .. } | Stage::Refused { .. } => false,
            Stage::Received
            | Stage::Acknowledged
            | Stage::Investigating(_)
            | Stage::Proposed(_)
            | Stage::Implementing { .. }
            | Stage::FollowingUp { .. }
            | Stage::Closed { .. }
            | Stage::Withdrawn { .. } => true,
        };
        // Of how many are one customer's says nothing what is not theirs, or nobody's any more.
        let is_theirs = self.pattern() != Pattern::Repeated || !complaint.reach.has_no_customer();
        is_one && is_theirs && Group::of(complaint, self.pattern()).as_ref() == Some(self)
    }
}

/// A complaint's place in a group. They sort by their receipt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Member {
    /// When the customer complained.
    pub received_at: Timestamp,
    /// Which complaint.
    pub complaint: ComplaintId,
}

impl Member {
    /// A complaint's place in each of its groups.
    pub fn of(complaint: &Complaint) -> Member {
        Member { received_at: complaint.received_at, complaint: complaint.id }
    }
}

/// A complaint that is one of several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Which.
    pub complaint: ComplaintId,
    /// How many there are with this one, as far as was looked.
    pub count: u32,
    /// The others, the latest first; the first few.
    pub others: Vec<ComplaintId>,
}

/// How many are so many that they go up, and in which time.
#[derive(Clone, Copy, Debug)]
pub struct Rule<'p> {
    most: usize,
    within: Span,
    calendar: &'p WorkCalendar,
}

impl Rule<'_> {
    /// The policy's rule.
    pub fn of(pattern: Pattern, policy: &Policy) -> Rule<'_> {
        let escalation = &policy.escalation;
        let (most, within) = match pattern {
            Pattern::Repeated => (escalation.repeated, escalation.repeated_within),
            Pattern::Alike => (escalation.alike, escalation.alike_within),
        };
        Rule { most: usize::try_from(most).unwrap_or(usize::MAX), within, calendar: &policy.calendar }
    }

    /// How far from a complaint its group is looked at, in either direction.
    pub fn reach(&self) -> usize {
        self.most.saturating_add(BEYOND)
    }

    /// Until when a complaint received then counts for those that come after it.
    pub fn counts_until(&self, received_at: Timestamp) -> Timestamp {
        self.within.deadline(received_at, self.calendar)
    }

    /// Whether a member can count together with this one.
    pub fn near(&self, member: Member, by: Member) -> bool {
        let (first, last) = (member.min(by), member.max(by));
        self.counts_until(first.received_at) >= last.received_at
    }

    /// Which of the members, sorted, this one makes one of several: itself, and those that came after it.
    pub fn found(&self, members: &[Member], by: Member) -> Vec<Found> {
        let later = members.iter().enumerate().filter(|(_, one)| **one >= by && self.near(**one, by));
        later.filter_map(|(place, one)| self.one_of_several(&members[..place], *one)).collect()
    }

    fn one_of_several(&self, before: &[Member], one: Member) -> Option<Found> {
        let others = before.iter().rev().filter(|other| self.near(**other, one));
        let others: Vec<ComplaintId> = others.map(|other| other.complaint).collect();
        let count = others.len() + 1;
        (count >= self.most).then(|| Found {
            complaint: one.complaint,
            count: u32::try_from(count).unwrap_or(u32::MAX),
            others: others.into_iter().take(MOST_OTHERS).collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan;

    use super::*;
    use crate::story::Story;

    fn member(day: i64, seconds: i64) -> Member {
        let at: Timestamp = "2026-03-02T09:00:00Z".parse().unwrap();
        let received_at = at + (day * 24).hours() + seconds.seconds();
        Member { received_at, complaint: ComplaintId::from_parts(received_at, [0; 10]) }
    }

    fn found(members: &[Member], by: usize) -> Vec<(usize, u32)> {
        let policy = Policy::built_in();
        let found = Rule::of(Pattern::Repeated, &policy).found(members, members[by]);
        let place = |found: &Found| members.iter().position(|one| one.complaint == found.complaint).unwrap();
        found.iter().map(|one| (place(one), one.count)).collect()
    }

    #[test]
    fn the_third_in_ninety_days_is_one_of_several_to_the_second() {
        let third = |seconds| [member(0, 0), member(10, 0), member(90, seconds)];
        assert_eq!(found(&third(0), 2), [(2, 3)]);
        assert_eq!(found(&third(1), 2), []);
        assert_eq!(found(&third(0)[..2], 1), [], "the second is not");
    }

    #[test]
    fn every_further_one_is_one_of_several_too_and_the_earlier_ones_stay_as_they_are() {
        let four = [member(0, 0), member(1, 0), member(2, 0), member(3, 0)];
        assert_eq!(found(&four, 3), [(3, 4)]);
        assert_eq!(found(&four[..3], 2), [(2, 3)]);
        // Come again, the first changes nothing for itself.
        assert!(found(&four, 0).iter().all(|(place, _)| *place >= 2));
    }

    #[test]
    fn one_that_comes_to_be_known_late_completes_the_number_of_those_after_it() {
        let late = [member(0, 0), member(5, 0), member(80, 0), member(91, 0)];
        assert_eq!(found(&late, 0), [(2, 3)], "and not of the one that is out of its time");
    }

    #[test]
    fn those_of_one_second_are_told_apart_and_each_counts_once() {
        let at = member(0, 0).received_at;
        let member = |last| Member { received_at: at, complaint: ComplaintId::from_parts(at, [last; 10]) };
        let all = [member(1), member(2), member(3)];
        assert_eq!(found(&all, 0), [(2, 3)]);
        assert_eq!(found(&all, 2), [(2, 3)]);
    }

    #[test]
    fn duplicates_and_refused_ones_do_not_count_and_neither_does_what_is_about_nothing_known() {
        let complaint = Story::begins("2026-03-02T09:00:00Z").complaint;
        let group = Group::of(&complaint, Pattern::Repeated).unwrap();
        assert!(group.counts(&complaint));
        let at = complaint.received_at;
        let with = |stage| Complaint { stage, ..complaint.clone() };
        assert!(!group.counts(&with(Stage::Duplicate { of: complaint.id, at })));
        assert!(group.counts(&with(Stage::Withdrawn { at })));
        assert_eq!(Group::of(&Complaint { product: None, ..complaint }, Pattern::Alike), None);
    }
}
