//! It is open again, with new dates.

use super::super::{CustomerFacts, writing::Writing};
use super::words;
use crate::values::Level;

pub(super) fn write(facts: &CustomerFacts<'_>) -> Writing {
    let CustomerFacts { policy, complaint, .. } = facts;
    let writing = words::to_customer(facts, "it is open again", "Your complaint is open again").say(
        "Thank you for telling us that something is still wrong. We are sorry that we have not put it right yet. We \
         look into it again.",
    );
    let writing = if complaint.level == Level::One {
        writing
    } else {
        let level = policy.company.level_name(complaint.level).as_str();
        writing.say(format!("Your complaint lies with a higher level of ours: {level}."))
    };
    let writing = writing.list(words::dates(facts));
    words::signed(words::page(writing, facts, "Open your complaint's page"), facts)
}
