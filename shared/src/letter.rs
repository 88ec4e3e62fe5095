//! The letters: which event asks for which letter to whom, and what each letter says.
//!
//! What a letter says is written once, as a `Writing` of paragraphs, facts and lists, and set from that as HTML and
//! as plain text, so that neither can lack what the other has, and nothing reaches HTML unescaped. What a letter to a
//! customer tells is taken from the record in `told`; how it reads is in the folder of each language, one file a letter
//! ([`words`]). Letters to staff are in English, in `staff`.
//!
//! A letter holds fixed words and fields of its own complaint only, and the reference of the one that goes on in its
//! stead. Letters to staff hold nothing of the customer but
//! the reference. Headers (`Reply-To`, `Auto-Submitted`) are the mailer's.

mod carried;
mod occasion;
mod phrases;
pub(crate) mod staff;
mod told;
mod writing;

use jiff::{Timestamp, civil::Date};

use crate::{
    complaint::Complaint,
    decide,
    event::Recorded,
    intake::Intake,
    letter_kind::LetterKind,
    policy::Policy,
    values::{Reference, Severity},
    words::{self, Words},
};

pub use carried::text_of;
pub use occasion::{customer_letter_for, staff_letter_for};
pub(crate) use phrases::Phrases;
pub(crate) use told::{
    Becomes, Closing, Common, DelayNotice, EscalationNotice, Expected, FinalDecision, InformationRequest,
    Letters, NewLink, News, Owed, Proposal, ProposalReminder, RemedyChange, Reopening, ResolutionSummary,
    SatisfactionAsked,
};
pub use writing::Letter;
pub(crate) use writing::Writing;

/// What a letter to a customer is written from.
#[derive(Clone, Copy, Debug)]
pub struct CustomerFacts<'a> {
    /// The policy that the complaint is handled under.
    pub policy: &'a Policy,
    /// The complaint as it stands, at least as new as the event.
    pub complaint: &'a Complaint,
    /// The form as it was posted.
    pub intake: &'a Intake,
    /// The private link, whole.
    pub link: &'a str,
    /// Where who never complained says so: the signed link, whole.
    pub not_me: &'a str,
    /// Whether an answer to the mail is put with the complaint.
    pub answerable: bool,
    /// What staff wrote for this customer: the text that the event points at.
    pub text: Option<&'a str>,
    /// The complaint that this one goes on as, where the letter says that.
    pub other: Option<Reference>,
    /// The event that the letter is about; none for a new link, which no event causes.
    pub recorded: Option<&'a Recorded>,
}

impl CustomerFacts<'_> {
    /// The words of the complaint's language.
    pub(crate) fn words(&self) -> &'static Words {
        words::of(self.complaint.language)
    }

    /// Dates and remedies in the complaint's language.
    pub(crate) fn phrases(&self) -> Phrases<'_> {
        Phrases { policy: self.policy, words: self.words() }
    }

    /// What the complaint is about, as the policy calls it or else the customer.
    pub(crate) fn product(&self) -> Option<String> {
        let in_their_words = || self.intake.product.as_ref().map(|product| product.as_str().to_owned());
        self.complaint.product.clone().or_else(in_their_words)
    }

    /// What the customer is promised next, a sentence each, the earliest first.
    pub(crate) fn expected(&self) -> Vec<String> {
        let (phrases, say) = (self.phrases(), self.words().letters.common.expected);
        told::expected(self).into_iter().map(|(due, what)| say(what, &phrases.day(due))).collect()
    }

    /// Until when a complaint that was resolved at this time can be opened again.
    fn reopen_until(&self, resolved_at: Timestamp) -> Timestamp {
        decide::reopen_until(resolved_at, self.policy)
    }
}

/// What a letter to staff is written from.
#[derive(Clone, Copy, Debug)]
pub struct StaffFacts<'a> {
    /// The policy that the complaint is handled under.
    pub policy: &'a Policy,
    /// The complaint as it stands, at least as new as the event.
    pub complaint: &'a Complaint,
    /// The event that the letter is about.
    pub recorded: &'a Recorded,
    /// What staff wrote for the reader: the text that the event points at, where it is a question to a department.
    pub text: Option<&'a str>,
    /// Where the reader answers it, without an account: the signed link, whole.
    pub link: Option<&'a str>,
    /// Where the service is, `https://…` without a slash at the end.
    pub base_url: &'a str,
}

/// Writes a letter to the customer. None where the kind is not to customers, or the facts are not those of that kind:
/// another event, or an update without its text.
pub fn to_customer(kind: LetterKind, facts: &CustomerFacts<'_>) -> Option<Letter> {
    let writing = told::write(kind, facts)?.addressed(facts);
    Some(writing.set(kind, &facts.policy.company))
}

/// Writes a letter to staff. None where the kind is not to staff, or the event is not one that asks for it.
pub fn to_staff(kind: LetterKind, facts: &StaffFacts<'_>) -> Option<Letter> {
    let writing = staff::write(kind, facts)?;
    Some(writing.set(kind, &facts.policy.company))
}

/// Acknowledges several complaints from one address in one letter, in the language of the first; one alone is acknowledged as usual. None without any.
pub fn acknowledgements(all: &[CustomerFacts<'_>]) -> Option<Letter> {
    match all {
        [] => None,
        [one] => to_customer(LetterKind::Acknowledgement, one),
        [first, ..] => {
            let writing = (first.words().letters.acknowledgements)(all).addressed_to_all(first);
            Some(writing.set(LetterKind::Acknowledgement, &first.policy.company))
        }
    }
}

/// A letter to staff in a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gist {
    subject: String,
    reference: Reference,
    severity: Severity,
    received_at: Timestamp,
}

impl Gist {
    /// The line of a letter about this complaint.
    pub fn of(letter: &Letter, complaint: &Complaint) -> Gist {
        Gist {
            subject: letter.subject.clone(),
            reference: complaint.reference,
            severity: complaint.severity,
            received_at: complaint.received_at,
        }
    }
}

/// Writes what would have been several letters to staff as one, the most severe and the oldest first. None without any.
pub fn digest(policy: &Policy, mut letters: Vec<Gist>, base_url: &str) -> Option<Letter> {
    if letters.is_empty() {
        return None;
    }
    letters.sort_by(|a, b| b.severity.cmp(&a.severity).then(a.received_at.cmp(&b.received_at)));
    Some(staff::digest(&letters, base_url).set(LetterKind::Digest, &policy.company))
}

/// Tells managers that the daily reconciliation found books that do not balance. The findings name complaints by
/// reference or id only.
pub fn reconciliation(policy: &Policy, day: Date, findings: &[String]) -> Letter {
    staff::reconciliation(day, findings).set(LetterKind::Reconciliation, &policy.company)
}

#[cfg(test)]
mod tests;
