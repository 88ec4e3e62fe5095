//! Something has to be done: remedies to carry out, a complaint that came back, one that the manager has to know of.

use super::super::{
    StaffFacts,
    occasion::{is_told_to_level, is_told_to_manager, lost_its_owner},
    writing::Writing,
};
use super::words;
use crate::{
    actor::Actor,
    command::{LeftOut, Mark, Verdict},
    complaint::Stage,
    event::{Event, Recorded},
    values::Severity,
};

pub(super) fn write(facts: &StaffFacts<'_>) -> Option<Writing> {
    let writing = match &facts.recorded.event {
        Event::Triaged { triage, .. } => triaged(facts, triage.severity),
        Event::ProposalAccepted { .. } | Event::Decided { .. } => remedies(facts),
        Event::RemedyChanged { remedy, kind, amount, promised_by, .. } => {
            let phrases = words::phrases(facts.policy);
            let what = phrases.what(*kind, *amount);
            let now = match promised_by {
                Some(date) => format!("It is promised by {} now.", phrases.day(*date)),
                None => "It is not to be carried out any more.".to_owned(),
            };
            words::to_staff(facts, "a remedy was changed", "What was agreed has been changed")
                .say(format!("Remedy {remedy}: {what}. {now}"))
        }
        Event::Reopened { .. } => words::to_staff(facts, "open again", "A complaint is open again")
            .say("The customer says that something is still wrong. It has to be investigated again."),
        Event::InformationAdded { resumed, marks, .. } => {
            let words = if resumed.is_some() {
                "The customer has sent what they were asked for. The time to answer goes on."
            } else {
                "The customer has told us more. Please look at it."
            };
            words::to_staff(facts, "the customer has written", "The customer has written")
                .say(words)
                .list(marks.iter().map(|mark| marked(*mark).to_owned()))
        }
        Event::FeedbackGiven { feedback, .. } => {
            words::to_staff(facts, "the customer is not satisfied", "The customer is not satisfied")
                .say(format!(
                    "They rate how it was handled {} of 5, and have not asked for it to be looked at again. Please read what \
                     they say and get in touch with them.",
                    feedback.rating
                ))
                .say_if(facts.complaint.is_open(), "Take it up again if something is still wrong, and otherwise close it.")
        }
        Event::DuplicateAbsorbed { .. } => {
            words::to_staff(facts, "complained of once more", "The customer complained of it once more")
                .say("What they said is with this complaint now. Files stay with the other one.")
        }
        Event::ReplyLeftOut { why, .. } => {
            words::to_staff(facts, "a mail was not kept", "A mail was not put with the complaint").say(left_out(*why))
        }
        Event::WaitEnded { .. } => words::to_staff(facts, "no information came", "No information came")
            .say("The customer has not sent what they were asked for. The time to answer goes on; please go on with what is known."),
        Event::ConsultationAnswered { number, .. } => {
            words::to_staff(facts, "a department has answered", "A department has answered")
                .say(format!("Consultation {number} was answered; the answer is in the record."))
        }
        Event::EvidenceScanned { verdict: Verdict::Infected, .. } => {
            words::to_staff(facts, "a file is harmful", "A file is harmful")
                .say("The scan of a file found something harmful. The file was removed; please tell whoever sent it.")
        }
        Event::EvidenceAdded { .. } => {
            let writing = words::to_staff(facts, "a file has come", "A file has come")
                .say("A file was sent to this complaint. It is in the record, and can be opened as soon as it is scanned.");
            if answers(facts.recorded) {
                writing.say("The customer had been asked for something, and may have answered by it. Once it is found to be clean, the time to answer goes on.")
            } else {
                writing
            }
        }
        Event::EvidenceScanned { verdict: Verdict::Unfit, .. } => {
            words::to_staff(facts, "a file was not taken", "A file was not taken")
                .say("A file was sent that is too large, of a type that is not taken, or not what it was said to be. It was removed; please ask for it in another form.")
        }
        Event::EvidenceScanned { .. } => words::to_staff(facts, "a file could not be scanned", "A file could not be scanned")
            .say("A file could not be scanned. It cannot be opened, and is removed; please ask for it again."),
        Event::RefusalProposed { .. } => {
            words::to_staff(facts, "a refusal waits for you", "A refusal waits for your decision")
                .say("A representative would not take this complaint on. Please approve of that, or have it handled.")
        }
        Event::RefusalDeclined { .. } => {
            words::to_staff(facts, "to be handled", "The refusal was not approved")
                .say("This complaint is to be handled; the reason is in the record.")
        }
        Event::Disowned { .. } => words::to_staff(facts, "not theirs", "The recipient says they did not complain")
            .say("Whoever got our mail says that they never complained. They are not written to any more; please find out who did."),
        Event::Withdrawn { .. } | Event::Closed { .. } | Event::Refused { .. } | Event::MarkedDuplicate { .. } => {
            over(facts)
        }
        Event::ContactCorrected { contact, .. } => {
            words::to_staff(facts, "contact data corrected", "The customer's contact data was put right")
                .say("What was there before is in the record.")
                .say_if(
                    contact.reach.is_some(),
                    "What they were written before may not have reached them: please see to it that they know how things \
                     stand, and record their answer where one is waited for.",
                )
        }
        Event::DataAsked { .. } => {
            words::to_staff(facts, "data to be handed out", "The customer wants a copy of their data")
                .say("Please make sure that it is they who ask, hand it out by the case's page, and send it to them.")
        }
        Event::ErasureAsked { .. } => {
            words::to_staff(facts, "data to be erased", "The customer wants their data erased")
                .say("Please decide: take their data away, which a complaint that is over allows, or decline and say why.")
        }
        _ => return None,
    };
    Some(words::case(writing, facts))
}

/// It has ended, by the customer's wish or with one of theirs open.
fn over(facts: &StaffFacts<'_>) -> Writing {
    let wish = "They asked for their data to be erased before. Now it can be decided: take it away, or decline and say why.";
    if !matches!(facts.recorded.event, Event::Withdrawn { .. }) {
        return words::to_staff(
            facts,
            "data to be erased",
            "A complaint is over, and its customer wants their data erased",
        )
        .say(wish);
    }
    let writing = words::to_staff(facts, "taken back", "The customer has taken their complaint back")
        .say("Nothing more is owed to them. What it was about may have to be put right all the same.");
    if facts.complaint.erasure_asked { writing.say(wish) } else { writing }
}

fn triaged(facts: &StaffFacts<'_>, severity: Severity) -> Writing {
    let severe = is_told_to_manager(facts.recorded, severity, facts.policy);
    let writing = if severe {
        words::to_staff(facts, "for your attention", "A severe complaint, for your attention")
            .say("Triage has found this complaint to be of a severity that the manager is told of at once.")
    } else if is_told_to_level(facts.recorded, severity, facts.policy) {
        words::to_staff(facts, "more severe than it was", "A complaint at your level is more severe than it was")
            .say("Triage has found it to be so severe that it would have come up at once. Its dates may be nearer now.")
    } else {
        words::to_staff(facts, "needs another owner", "A complaint needs another owner")
    };
    if lost_its_owner(facts.recorded) {
        writing.say(
            "It is about the person who handled it, and has no owner any more. Please give it another one.",
        )
    } else {
        writing
    }
}

/// Whether the file came while the customer was waited for, and ended that.
fn answers(recorded: &Recorded) -> bool {
    recorded.actor == Actor::Customer && recorded.before.as_ref().is_some_and(|before| before.waiting)
}

fn marked(mark: Mark) -> &'static str {
    match mark {
        Mark::OtherAddress => {
            "It came by mail from another address than the customer's: it may be somebody else who writes, and it is \
             no consent to anything."
        }
        Mark::Unproven => {
            "It came by mail, and nothing but the mail itself says that it is from that address."
        }
        Mark::SuspectedSpam => "The mail service takes the mail for spam.",
        Mark::Shortened => "The mail was longer than what is kept: please ask for the rest where it matters.",
        Mark::FilesLeftOut => {
            "Not all that was attached to the mail was kept: only so many files of some types and sizes are, none of a \
             mail that may be somebody else's, and none once a complaint is over. Please ask for what is missing where it \
             matters."
        }
    }
}

fn left_out(why: LeftOut) -> &'static str {
    match why {
        LeftOut::Automatic => "A machine has answered one of our mails.",
        LeftOut::Harmful => {
            "A mail to the complaint's address has something harmful in it, and was removed. Please ask the customer to \
             write again."
        }
        LeftOut::TooMany => {
            "More mails came to the complaint's address today than are taken, and those beyond are not put with it. \
             Please find out what is going on."
        }
        LeftOut::Unreadable => {
            "A mail to the complaint's address could not be read. Please ask the customer to tell you another way."
        }
    }
}

fn remedies(facts: &StaffFacts<'_>) -> Writing {
    let remedies = match &facts.complaint.stage {
        Stage::Implementing { remedies, .. } => remedies.as_slice(),
        _ => &[],
    };
    let to_do = (1..).zip(remedies).filter(|(_, remedy)| remedy.is_open()).map(|(number, remedy)| {
        let owner = remedy.owner.as_ref().map_or("whoever handles the complaint", |owner| owner.as_str());
        format!("Remedy {number}: {} – {owner}", words::phrases(facts.policy).promised(remedy))
    });
    words::to_staff(facts, "remedies to carry out", "Remedies to carry out")
        .say("The resolution stands. Please carry these out, and tick each off with what was done:")
        .list(to_do)
}
