//! Each mail as it goes out.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use complaints::command::UndeliverableReason;
use complaints::event::Event;
use complaints::letter_kind::LetterKind;
use jiff::SignedDuration;

use local::door::Mail;

use super::super::books::{Case, Item, text};
use super::super::canary;
use super::super::mailbag::{Sent, tag_of};
use super::super::run::Run;

/// How long SES has to say what became of a mail, by two clocks each of which may be off.
const SETTLE_AFTER: SignedDuration = SignedDuration::from_secs(15 * 60 - 10);
/// What two clocks may differ by.
const CLOCKS: SignedDuration = SignedDuration::from_secs(10);

/// 6 and 7, of what was sent since they were asked last.
pub(super) fn check(run: &mut Run) -> Result<(), String> {
    let (from, to) = (run.mailbag.looked_at, run.mailbag.sent.len());
    run.mailbag.looked_at = to;
    for index in from..to {
        let sent = &run.mailbag.sent[index];
        let tag = tag_of(&sent.mail)
            .ok_or_else(|| format!("6: a mail without name: {}", sent.mail.subject))?
            .to_owned();
        let law = |law: String| format!("{law}\nin the mail {tag} at {} to {:?}", sent.mail.at, sent.mail.to);
        own_data(run, &sent.mail, &tag).map_err(law)?;
        cause(run, &sent.mail, &tag).map_err(law)?;
        address(run, &sent.mail, &tag).map_err(law)?;
        once(run, &tag).map_err(law)?;
        if tag.contains("_monthly-report_") {
            super::report::check(&sent.mail).map_err(law)?;
        }
        let letter = tag.rsplit('_').nth(1).unwrap_or_default();
        run.coverage.note(format!("mail {letter}"));
        if tag.starts_with("gathered-") {
            run.coverage.note("mail gathered");
        }
    }
    Ok(())
}

/// 7: nobody's data but its own complaint's; in reports nobody's at all.
fn own_data(run: &Run, mail: &Mail, tag: &str) -> Result<(), String> {
    let id = tag.rsplitn(3, '_').nth(2).unwrap_or_default();
    let mut said = vec![
        mail.subject.clone(),
        mail.text.clone().unwrap_or_default(),
        mail.html.clone().unwrap_or_default(),
    ];
    for file in &mail.attachments {
        let bytes = STANDARD.decode(&file.content).map_err(|error| error.to_string())?;
        said.push(String::from_utf8_lossy(&bytes).into_owned());
    }
    said.extend(mail.to.iter().cloned());
    for number in said.iter().flat_map(|text| canary::heard(text)) {
        let own = run.books.cases.get(id).is_some_and(|case| case.customer == Some(number));
        let gathered = || {
            run.books.cases.values().any(|case| case.customer == Some(number) && was_gathered_into(case, tag))
        };
        if !own && !gathered() {
            return Err(format!("7: it speaks of customer {number}"));
        }
    }
    Ok(())
}

/// 6: it is about a transition that was recorded before.
fn cause(run: &Run, mail: &Mail, tag: &str) -> Result<(), String> {
    let mut parts = tag.rsplitn(3, '_');
    let (Some(cause), Some(letter), Some(id)) = (parts.next(), parts.next(), parts.next()) else {
        return Err("6: its name is not one of ours".into());
    };
    if ["monthly-report", "reconciliation", "new-link"].contains(&letter) {
        return Ok(());
    }
    if id.starts_with("gathered-") {
        return if letter == "digest" { digest(run, mail, tag) } else { gathered(run, mail, tag) };
    }
    let events = &run.books.cases.get(id).ok_or("6: there is no such complaint")?.events;
    let version: usize = cause.parse().map_err(|_| "6: it names no version")?;
    let recorded = version.checked_sub(1).and_then(|index| events.get(index));
    let recorded = recorded.ok_or("6: its transition was never recorded")?;
    let name = recorded.event.name();
    if recorded.at > mail.at + CLOCKS || !causes(letter).contains(&name) {
        return Err(format!("6: {name} at {} does not ask for it", recorded.at));
    }
    Ok(())
}

fn acknowledgements(case: &Case) -> impl Iterator<Item = (&String, &Item)> {
    case.mails.iter().filter(|(place, _)| place.starts_with("acknowledgement#"))
}

/// The record of its acknowledgement: the last, where it was gathered once more for another address.
pub(super) fn own_acknowledgement(case: &Case) -> Option<&Item> {
    let version = |place: &str| place.rsplit('#').next().and_then(|version| version.parse::<u32>().ok());
    let last = acknowledgements(case).max_by_key(|(place, _)| version(place));
    last.map(|(_, mail)| mail)
}

/// Whether an acknowledgement of it was gathered into this mail.
fn was_gathered_into(case: &Case, tag: &str) -> bool {
    acknowledgements(case).any(|(_, mail)| is_into(mail, tag))
}

fn is_into(mail: &Item, tag: &str) -> bool {
    text(mail, "gathered_into") == Ok(tag)
}

/// 4 and 6: what was gathered is named, and nothing else is.
fn gathered(run: &Run, mail: &Mail, tag: &str) -> Result<(), String> {
    let said = mail.text.as_deref().unwrap_or_default();
    let mut members = 0;
    for (complaint, case) in run.books.complaints() {
        let is_member = own_acknowledgement(case).is_some_and(|mail| is_into(mail, tag));
        // What went before the address was put right named it as well.
        let was_member = was_gathered_into(case, tag);
        let is_named = said.contains(&complaint.reference.to_string());
        if is_member && !is_named || is_named && !was_member {
            return Err(format!(
                "4, 6: is {} in it? {is_member}, but not by the letter",
                complaint.reference
            ));
        }
        members += usize::from(was_member);
    }
    if members == 0 { Err("6: it is about nobody".into()) } else { Ok(()) }
}

/// 6: what is said in a gathered mail to staff was gathered; what was overtaken meanwhile is left out.
fn digest(run: &Run, mail: &Mail, tag: &str) -> Result<(), String> {
    let said = mail.text.as_deref().unwrap_or_default();
    let mut members = 0;
    for (complaint, case) in run.books.complaints() {
        let is_member = case.mails.values().any(|mail| text(mail, "gathered_into") == Ok(tag));
        if said.contains(&complaint.reference.to_string()) && !is_member {
            return Err(format!("6: {} is in it and was not gathered", complaint.reference));
        }
        members += usize::from(is_member);
    }
    if members == 0 { Err("6: it is about nothing".into()) } else { Ok(()) }
}

/// 6: no letter to a customer whose address SES was known to suppress, or who was erased.
fn address(run: &Run, mail: &Mail, tag: &str) -> Result<(), String> {
    let mut parts = tag.rsplitn(3, '_').skip(1);
    let (letter, case) =
        (parts.next().and_then(LetterKind::parse), parts.next().and_then(|id| run.books.cases.get(id)));
    let (Some(case), Some(true)) = (case, letter.map(LetterKind::is_to_customer)) else { return Ok(()) };
    // What is known of an address says nothing of the one that took its place.
    let before = case.events.iter().rev().skip_while(|recorded| recorded.at > mail.at + CLOCKS);
    let mut of_this_address = before.take_while(|recorded| {
        !matches!(&recorded.event, Event::ContactCorrected { contact, .. } if contact.reach.is_some())
    });
    let known = of_this_address.find(|recorded| {
        let reason = UndeliverableReason::Suppressed;
        recorded.at + CLOCKS < mail.at
            && matches!(recorded.event, Event::LetterUndeliverable { reason: found, elsewhere: false, .. } if found == reason)
    });
    if case.erased_at().is_some_and(|at| at + CLOCKS < mail.at) {
        return Err("6: it goes to a person who was erased".into());
    }
    known.map_or(Ok(()), |known| Err(format!("6: the address was known to be suppressed at {}", known.at)))
}

/// The events that may ask for a letter.
fn causes(letter: &str) -> &'static [&'static str] {
    match letter {
        "acknowledgement" => &["Received"],
        "update" => &["ContactMade", "InformationAdded", "WaitEnded", "PromiseMissed"],
        "information-request" => &["InformationAsked"],
        "delay-notice" => &["DelayAnnounced"],
        "remedy-change" => &["RemedyChanged"],
        "withdrawal" => &["Withdrawn"],
        "refusal" => &["Refused"],
        "duplicate" => &["MarkedDuplicate"],
        "consultation" => &["Consulted"],
        "proposal" => &["Proposed"],
        "information-reminder" | "proposal-reminder" | "satisfaction-reminder" | "deadline-near" => {
            &["PromiseWarned"]
        }
        "escalation-notice" | "escalated" => &["Escalated"],
        "final-decision" => &["Decided"],
        "resolution-summary" => &["Resolved"],
        "satisfaction-question" => &["SatisfactionAsked"],
        "closing" => &["Closed"],
        "reopening" => &["Reopened"],
        "assigned" => &["Assigned"],
        "task" => &[
            "Triaged",
            "ProposalAccepted",
            "RemedyChanged",
            "Decided",
            "Reopened",
            "FeedbackGiven",
            "InformationAdded",
            "DuplicateAbsorbed",
            "WaitEnded",
            "ConsultationAnswered",
            "RefusalProposed",
            "RefusalDeclined",
            "Disowned",
            "ContactCorrected",
            "DataAsked",
            "ErasureAsked",
            "EvidenceAdded",
            "EvidenceScanned",
            "ReplyLeftOut",
            "Withdrawn",
            "Refused",
            "MarkedDuplicate",
            "Closed",
        ],
        "consultation-reminder" | "deadline-missed" => &["PromiseMissed"],
        "new-link" => &["LinksEnded", "ContactCorrected"],
        "undeliverable" => &["LetterUndeliverable"],
        _ => &[],
    }
}

/// 6: once per cause; twice when nobody knew of the first in its time; never three times.
fn once(run: &Run, tag: &str) -> Result<(), String> {
    let all: Vec<&Sent> = run.mailbag.of(tag);
    match all[..] {
        [_] => Ok(()),
        [first, second] if first.is_known => {
            Err(format!("6: sent at {}, which was known, and again at {}", first.mail.at, second.mail.at))
        }
        [first, second] => {
            let told = run.witness.notes().told.get(tag).and_then(|told| told.first().copied());
            if told.is_some_and(|told| told < second.mail.at) {
                return Err(format!(
                    "6: sent again at {}, though SES had told at {told:?} of it",
                    second.mail.at
                ));
            }
            if second.mail.at.duration_since(first.mail.at) < SETTLE_AFTER {
                return Err(format!("6: sent again at {}, before SES had its time to tell", second.mail.at));
            }
            Ok(())
        }
        _ => Err(format!("6: sent {} times", all.len())),
    }
}
