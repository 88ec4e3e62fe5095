//! It is open again, with new dates.

use crate::letter::{CustomerFacts, Reopening, Writing};

pub(super) fn write(facts: &CustomerFacts<'_>, told: &Reopening<'_>) -> Writing {
    Writing::about("it is open again", "Your complaint is open again").say(
        "Thank you for telling us that something is still wrong. We are sorry that we have not put it right yet. We \
         look into it again.",
    )
        .say_some(told.higher_level.map(|level| format!("Your complaint lies with a higher level of ours: {level}.")))
        .list(facts.expected()).link("Open your complaint's page", facts.link)
}
