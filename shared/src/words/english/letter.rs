//! The letters in English: one file a letter, and what they have in common.

mod acknowledgement;
mod acknowledgements;
mod closing;
mod delay_notice;
mod duplicate;
mod escalation_notice;
mod final_decision;
mod information_reminder;
mod information_request;
mod new_link;
mod proposal;
mod proposal_reminder;
mod refusal;
mod remedy_change;
mod reopening;
mod resolution_summary;
mod satisfaction_question;
mod satisfaction_reminder;
mod update;
mod withdrawal;

use crate::{
    command::{Outcome, RemedyKind},
    letter::{Common, Expected, Letters},
    policy::Policy,
};

pub(super) const LETTERS: Letters = Letters {
    common: COMMON,
    acknowledgement: acknowledgement::write,
    acknowledgements: acknowledgements::write,
    update: update::write,
    information_request: information_request::write,
    information_reminder: information_reminder::write,
    delay_notice: delay_notice::write,
    remedy_change: remedy_change::write,
    withdrawal: withdrawal::write,
    refusal: refusal::write,
    duplicate: duplicate::write,
    proposal: proposal::write,
    proposal_reminder: proposal_reminder::write,
    escalation_notice: escalation_notice::write,
    final_decision: final_decision::write,
    resolution_summary: resolution_summary::write,
    satisfaction_question: satisfaction_question::write,
    satisfaction_reminder: satisfaction_reminder::write,
    closing: closing::write,
    reopening: reopening::write,
    new_link: new_link::write,
};

const COMMON: Common = Common {
    subject: |reference, about| format!("Your complaint {reference}: {about}"),
    greeting: |name| match name {
        Some(name) => format!("Dear {name},"),
        None => "Dear customer,".to_owned(),
    },
    regards: "Kind regards",
    desk: |company| format!("{company}, complaints"),
    contact: |reference, address| {
        format!(
            "Your reference is {reference}. Please give it when you call or write to us. You can reply to this \
             e-mail: your reply goes to {address}."
        )
    },
    contact_here: |reference| {
        format!(
            "Your reference is {reference}. Please give it when you call us. You can answer this e-mail: what you write \
             above our words is put with your complaint."
        )
    },
    above: "##- Please write your answer above this line -##",
    link: |days| {
        let time = if days == 1 { "1 day".to_owned() } else { format!("{days} days") };
        format!(
            "The link in this e-mail is personal: please do not pass it on. It works for {time}; after that it \
             offers you a new one."
        )
    },
    expected: |what, day| match what {
        Expected::Contact => format!("One of us will be in touch with you by {day}."),
        Expected::News => format!("You will hear from us how things stand by {day}."),
        Expected::Answer => format!("You will have our answer by {day}."),
    },
    conclusion,
    remedy,
    by: |what, day| format!("{what}, by {day}"),
    on: |what, day| format!("{what}, on {day}"),
    dropped: |what| format!("{what}: not carried out"),
};

fn conclusion(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Upheld => "You were right to complain. We are sorry that we got this wrong.",
        Outcome::PartlyUpheld => "You were right in part. We are sorry for what we got wrong.",
        Outcome::NotUpheld => {
            "We know that this matters to you and have looked into it with care. We did not find that we did \
             something wrong."
        }
        Outcome::ResolvedWithoutFinding => {
            "We would like to put this right for you without deciding who was at fault."
        }
    }
}

fn remedy(kind: RemedyKind) -> &'static str {
    match kind {
        RemedyKind::Apology => "An apology",
        RemedyKind::Explanation => "An explanation of what happened",
        RemedyKind::Refund => "A refund",
        RemedyKind::Replacement => "A replacement",
        RemedyKind::Repair => "A repair",
        RemedyKind::Credit => "A credit to your account",
        RemedyKind::GoodwillPayment => "A payment as a gesture of goodwill",
        RemedyKind::CorrectedRecord => "A correction of our records",
        RemedyKind::ChangedDecision => "A change of our decision",
        RemedyKind::ChangedProcedure => "A change in the way we work",
    }
}

/// Who outside the company can be turned to.
fn external_body(policy: &Policy) -> String {
    let body = &policy.external_body;
    format!(
        "an independent body outside our company can look at your complaint: {}, {}",
        body.name.as_str(),
        body.url.as_str()
    )
}
