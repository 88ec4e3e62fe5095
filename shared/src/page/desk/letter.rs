//! The letters to the customer that the audit trail tells of: which, when, and what became of each.

use jiff::Timestamp;

use super::told::undelivered;
use crate::{
    command::Reach,
    complaint::{Acknowledgement, Complaint},
    event::{Event, Recorded},
    evolve::evolve,
    letter::customer_letter_for,
    letter_kind::LetterKind,
};

/// A letter that a record asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sent {
    pub(super) at: Timestamp,
    pub(super) kind: LetterKind,
    /// What became of it.
    pub(super) fate: String,
}

/// All of them, the earliest first. Which letter a record asked for goes by how the complaint stood when its command was
/// done; so the whole trail is folded once more.
pub(super) fn letters(history: &[Recorded]) -> Vec<Sent> {
    let mut complaint: Option<Complaint> = None;
    let mut letters: Vec<Sent> = Vec::new();
    // So many went to an address that was put right since.
    let mut elsewhere = 0;
    for command in history.chunk_by(|one, next| one.command == next.command) {
        complaint = command.iter().fold(complaint, |complaint, recorded| evolve(complaint, &recorded.event));
        let Some(complaint) = &complaint else { continue };
        let asked =
            |recorded: &Recorded| customer_letter_for(recorded, complaint).map(|kind| (recorded.at, kind));
        letters.extend(command.iter().filter_map(asked).map(|(at, kind)| Sent {
            at,
            kind,
            fate: fate(complaint),
        }));
        for recorded in command {
            if matches!(&recorded.event, Event::ContactCorrected { contact, .. } if contact.reach.is_some()) {
                elsewhere = letters.len();
            }
            let Event::LetterUndeliverable { letter, reason, elsewhere: is_elsewhere, .. } = &recorded.event
            else {
                continue;
            };
            let until = if *is_elsewhere { elsewhere } else { letters.len() };
            if let Some(sent) = letters[..until].iter_mut().rfind(|sent| sent.kind == *letter) {
                sent.fate = format!("Not delivered: {}", undelivered(*reason));
            }
        }
    }
    // It is not sent at once where one address gets very many: the record says when it was.
    if complaint.is_some_and(|complaint| {
        complaint.reach == Reach::Email && complaint.acknowledgement == Acknowledgement::Owed
    }) {
        let owed = letters.iter_mut().filter(|sent| sent.kind == LetterKind::Acknowledgement);
        owed.for_each(|sent| "Not sent yet".clone_into(&mut sent.fate));
    }
    letters
}

fn fate(complaint: &Complaint) -> String {
    if complaint.reach == Reach::Email {
        "Sent; nothing came back".to_owned()
    } else {
        "Not sent: there is no address that we may write to".to_owned()
    }
}
