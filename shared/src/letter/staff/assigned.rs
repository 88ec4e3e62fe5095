//! It is yours.

use super::super::{StaffFacts, writing::Writing};
use super::words;

pub(super) fn write(facts: &StaffFacts<'_>) -> Writing {
    let owner = facts.complaint.owner.as_ref().map_or("nobody", |owner| owner.as_str());
    let writing = words::to_staff(facts, "assigned", "A complaint was assigned")
        .say(format!("The complaint now belongs to {owner}."));
    words::case(writing, facts)
}
