//! The letters: which event asks for which letter to whom, and what each letter says.
//!
//! What a letter says is written once, as a `Writing` of paragraphs, facts and lists, and set from that as HTML and
//! as plain text, so that neither can lack what the other has, and nothing reaches HTML unescaped. Each language is
//! one folder of letters, `english` being the one to fall back on; a further one is a folder beside it.
//!
//! A letter holds fixed words and fields of its own complaint only. Letters to staff hold nothing of the customer but
//! the reference. Headers (`Reply-To`, `Auto-Submitted`) are the mailer's.

mod english;
mod occasion;
mod writing;

use jiff::civil::Date;

use crate::{complaint::Complaint, event::Recorded, intake::Intake, letter_kind::LetterKind, policy::Policy};

pub use occasion::{customer_letter_for, staff_letter_for};
pub use writing::Letter;

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
    /// Where the service is, `https://…` without a slash at the end.
    pub base_url: &'a str,
    /// What staff wrote for this customer: the text that the event points at.
    pub text: Option<&'a str>,
    /// The event that the letter is about; none for a new link, which no event causes.
    pub recorded: Option<&'a Recorded>,
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
    let writing = english::to_customer(kind, facts)?;
    Some(writing.set(kind, &facts.policy.company))
}

/// Writes a letter to staff. None where the kind is not to staff, or the event is not one that asks for it.
pub fn to_staff(kind: LetterKind, facts: &StaffFacts<'_>) -> Option<Letter> {
    let writing = english::to_staff(kind, facts)?;
    Some(writing.set(kind, &facts.policy.company))
}

/// Tells managers that the daily reconciliation found books that do not balance. The findings name complaints by
/// reference or id only.
pub fn reconciliation(policy: &Policy, day: Date, findings: &[String]) -> Letter {
    english::reconciliation(day, findings).set(LetterKind::Reconciliation, &policy.company)
}

#[cfg(test)]
mod tests;
