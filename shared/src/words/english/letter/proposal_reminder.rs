//! Please answer our offer.

use super::proposal::{BY_PAGE, IF_PASSED, on_silence};
use crate::letter::{CustomerFacts, ProposalReminder, Writing};

pub(super) fn write(facts: &CustomerFacts<'_>, told: &ProposalReminder<'_>) -> Writing {
    let phrases = facts.phrases();
    let date = phrases.until(told.answer_by);
    Writing::about("please answer our proposal", "We are waiting for your answer")
        .say("We have made you a proposal to settle your complaint, and do not have your answer to it yet.")
        .list(told.remedies.iter().map(|remedy| phrases.promised(remedy)))
        .say(format!(
            "Please tell us by {date} whether you accept it. The whole proposal is on your own page:"
        ))
        .link("Answer our proposal", facts.link)
        .say(BY_PAGE)
        .say_if(told.may_pass, IF_PASSED)
        .say(on_silence(told.on_silence, told.remedies, &date))
}
