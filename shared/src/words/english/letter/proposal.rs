//! What we offer, why, and by when we ask for an answer.

use crate::{
    letter::{CustomerFacts, Proposal, Writing},
    policy::Silence,
};

/// Of an offer whose dates may have passed when it is accepted.
pub(super) const IF_PASSED: &str =
    "If you answer after one of the dates above, we do that within the same time from your answer.";

/// That a letter is no answer.
pub(super) const BY_PAGE: &str = "If you write to us instead, we read it; but the proposal is accepted or refused on that \
                                  page, or by telling one of us.";

/// Of what takes the place of a proposal.
pub(super) const INSTEAD: &str =
    "This takes the place of what we proposed to you before, which does not stand any more.";

pub(super) fn write(facts: &CustomerFacts<'_>, told: &Proposal<'_>) -> Writing {
    let phrases = facts.phrases();
    let writing = Writing::about("our proposal", "Our proposal")
        .say("We have looked into your complaint. Thank you for your patience.")
        .say_if(told.replaces, INSTEAD)
        .conclusion(facts, told.outcome)
        .list_under("What we would like to do", told.remedies.iter().map(|offer| phrases.offered(offer)));
    let Some(question) = told.question else {
        return writing
            .say("You have answered this proposal already: this letter is for your records.")
            .link("Open your complaint's page", facts.link);
    };
    let date = phrases.until(question.answer_by);
    writing
        .under("Your answer")
        .say(format!("Please tell us by {date} whether you accept this. You can answer on your own page:"))
        .link("Answer our proposal", facts.link)
        .say(BY_PAGE)
        .say_if(question.may_pass, IF_PASSED)
        .say(if_not(question.next_level))
        .say(on_silence(question.on_silence, told.remedies, &date))
}

/// What becomes of a refusal.
fn if_not(next_level: Option<&str>) -> String {
    let higher = next_level
        .map_or_else(String::new, |level| format!(" A higher level then looks at your complaint: {level}."));
    format!(
        "If this does not settle your complaint, please say so there, and tell us why if you like.{higher}"
    )
}

/// What becomes of silence, in the policy's way.
pub(super) fn on_silence<T>(silence: Silence, remedies: &[T], date: &str) -> String {
    let then = match silence {
        Silence::Implement if remedies.is_empty() => "we take it that you agree",
        Silence::Implement => "we take it that you agree, and do what we have proposed",
        Silence::AskStaff => "one of us will get in touch with you",
    };
    format!("If we hear nothing from you by {date}, {then}.")
}
