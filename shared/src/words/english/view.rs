//! Where a complaint stands, in English.

use super::super::{History, Next, Promises, View};
use crate::{
    command::{Outcome, RemedyKind},
    complaint::StageName,
    values::Channel,
};

pub(super) const VIEW: View = View {
    status,
    waiting: "We need something from you",
    next,
    promises: Promises {
        acknowledge: "We confirm that we have your complaint",
        first_contact: "A person gets in touch with you",
        update: "You hear how it is going",
        answer: "You have our answer",
        ask: "We ask you whether you are satisfied",
        information: "Please tell us what we asked you",
        consent: "Please answer our proposal",
        close: "Please tell us whether you are satisfied",
    },
    outcome,
    remedy,
    if_accepted: "We carry it out by the dates above.",
    if_accepted_words: "Nothing else is left to do then, and we confirm it to you in writing.",
    if_accepted_late: "We carry it out by the dates above; where one has passed, within the same time from now.",
    if_refused: |level| format!("A higher level then looks at your complaint: {level}."),
    is_final: "This decision is final.",
    after_decision: "This is our final decision. If you are not satisfied with it, an independent body outside our \
                     company can look at your complaint:",
    after_refusal: "If you do not agree, an independent body outside our company can look at your complaint:",
    history: HISTORY,
};

const HISTORY: History = History {
    received: |channel| format!("You complained {}.", by(channel)),
    acknowledged: "We confirmed that we have your complaint.",
    no_address: "We have no e-mail address of yours, so a person will reach you another way.",
    undelivered: "An e-mail to you could not be delivered, so a person will reach you another way.",
    assigned: "A person took your complaint on.",
    contacted: |channel| format!("We got in touch with you {}.", by(channel)),
    found: "We found out what happened.",
    proposed: "We made you a proposal.",
    decided: "We took our final decision.",
    accepted: "You accepted our proposal.",
    accepted_by_silence: "We had no answer to our proposal, and took it that you agree.",
    began: "We began to carry out our decision.",
    refused: "You did not accept our proposal.",
    escalated: |level| format!("Your complaint went up, to: {level}."),
    reminded_of_information: "We reminded you of what we asked.",
    reminded_of_proposal: "We reminded you of our proposal.",
    reminded_of_question: "We reminded you of our question.",
    missed_answer: "We did not answer by the date that we gave you. We are sorry.",
    missed_contact: "We did not get in touch by the date that we gave you. We are sorry.",
    missed_update: "We did not keep you informed as we promised. We are sorry.",
    missed_remedy: "We did not do everything by the date that we gave you. We are sorry.",
    done: |kind, amount| {
        let what = remedy(kind).replacen('A', "a", 1);
        match amount {
            Some(amount) => format!("Done: {what} of {amount}."),
            None => format!("Done: {what}."),
        }
    },
    moved: |kind| format!("We changed the date of what we promised: {}.", remedy(kind).replacen('A', "a", 1)),
    dropped: |kind| {
        format!(
            "We will not do what we promised after all: {}. We are sorry.",
            remedy(kind).replacen('A', "a", 1)
        )
    },
    nothing_left: "Nothing is left to do of what was decided.",
    resolved: "Everything that was decided is done.",
    asked: "We asked you whether you are satisfied.",
    rated: |rating| format!("You told us how satisfied you are: {rating} of 5."),
    closed: "Your complaint was closed.",
    reopened: "Your complaint was opened again.",
    information_asked: "We asked you to tell us more.",
    informed: "You told us more.",
    wait_ended: "We had no answer to our question, and went on with what we know.",
    delayed: "We told you that it takes longer, and the new date.",
    withdrawn: "You withdrew your complaint.",
    not_taken_on: "We told you that we cannot take your complaint on.",
    duplicate: "We put this together with your other complaint.",
    absorbed: "We added what you told us in another complaint.",
    file_added: "A file was added.",
    disowned: "We were told that this complaint is not yours.",
    links_ended: "The links to this page that were mailed before were ended.",
    corrected: "We put right what we have down of you and how to reach you.",
    data_asked: "You asked for a copy of your data.",
    erasure_asked: "You asked us to erase your data.",
    erasure_declined: "We decided that your data has to be kept.",
    restricted: "Your data was taken away.",
    exported: "The data that we hold on you was handed out.",
};

fn status(stage: StageName) -> &'static str {
    match stage {
        StageName::Received => "We have received your complaint",
        StageName::Acknowledged => "Your complaint is waiting to be looked into",
        StageName::Investigating => "We are looking into your complaint",
        StageName::Proposed => "We have a proposal for you",
        StageName::Implementing => "We are putting it right",
        StageName::FollowingUp => "Everything is done",
        StageName::Closed => "Your complaint is closed",
        StageName::Withdrawn => "You have withdrawn your complaint",
        StageName::Refused => "We cannot take your complaint on",
        StageName::Duplicate => "This goes on as another complaint of yours",
    }
}

fn next(next: Next) -> &'static str {
    match next {
        Next::Confirm => "We confirm that we have it, and give it to a person who can help you.",
        Next::TakeOn => "A person who can help you takes it on and looks into what happened.",
        Next::FindOut => {
            "We find out what happened, and then tell you what we propose. We keep you informed on the way."
        }
        Next::Inform => {
            "Please tell us what we asked you. When we have it, we go on and tell you the new date."
        }
        Next::AnswerProposal => "Please read our proposal and tell us whether you accept it.",
        Next::CarryOut => "We carry out what was decided, and write to you when everything is done.",
        Next::AskSoon => "In a few days we ask you whether you are satisfied.",
        Next::AnswerQuestion => {
            "Please tell us whether you are satisfied. Without an answer we close your complaint."
        }
        Next::SayHowItIs => "Please tell us whether you are satisfied, or what is still wrong.",
        Next::LookInto => "We are sorry that you are not satisfied. A person looks into what you told us.",
        Next::CompleteRecord => {
            "Thank you for your feedback. We close your complaint when our record is complete."
        }
        Next::Nothing => "There is nothing you need to do.",
    }
}

fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Upheld => "You were right to complain.",
        Outcome::PartlyUpheld => "You were right to complain about part of this.",
        Outcome::NotUpheld => "We found that we acted correctly.",
        Outcome::ResolvedWithoutFinding => "We put this right without deciding who was at fault.",
    }
}

fn remedy(kind: RemedyKind) -> &'static str {
    match kind {
        RemedyKind::Apology => "An apology",
        RemedyKind::Explanation => "An explanation",
        RemedyKind::Refund => "A refund",
        RemedyKind::Replacement => "A replacement",
        RemedyKind::Repair => "A repair",
        RemedyKind::Credit => "A credit",
        RemedyKind::GoodwillPayment => "A payment as a gesture of goodwill",
        RemedyKind::CorrectedRecord => "A corrected record",
        RemedyKind::ChangedDecision => "A changed decision",
        RemedyKind::ChangedProcedure => "A change in how we work",
    }
}

fn by(channel: Channel) -> &'static str {
    match channel {
        Channel::Web => "on our website",
        Channel::Phone => "by phone",
        Channel::Counter => "in person",
        Channel::Letter => "by letter",
        Channel::Email => "by e-mail",
        Channel::Other => "in another way",
    }
}
