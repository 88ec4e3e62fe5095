//! What is found on the way, and at its end.

use super::{Key, LongText, Read, plain};
use crate::{command::NoteKind, fields::Fields};

/// Body of investigate: `{note, kind?}`, or `{finding, root_cause?, preventable?, deviation?}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Investigate {
    /// Something on the way.
    Note {
        /// What it notes.
        kind: NoteKind,
        /// The note.
        note: LongText,
    },
    /// The result.
    Finding(Found),
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// What, and by whom it was verified.
    pub finding: LongText,
    /// One of the policy's root causes.
    pub root_cause: Option<String>,
    /// Whether it could have been prevented.
    pub preventable: Option<bool>,
    /// Whether the company's own procedure was departed from.
    pub deviation: Option<bool>,
}

impl Found {
    /// Takes what belongs to a finding.
    pub(super) fn take(fields: &mut Fields, finding: Option<LongText>) -> Option<Found> {
        let root_cause = fields.text::<Key>("root_cause").map(|line| plain(&line));
        let preventable = fields.flag("preventable");
        let deviation = fields.flag("deviation");
        Some(Found { finding: finding?, root_cause, preventable, deviation })
    }
}

impl Investigate {
    /// Reads the body.
    pub fn read(mut fields: Fields) -> Read<Investigate> {
        match (fields.has("note"), fields.has("finding")) {
            (true, true) => fields.report("note", "not_both", "Give a note or a finding, not both."),
            (false, false) => fields.report_missing("finding", "Give a note or a finding."),
            _ => {}
        }
        let note = fields.text("note");
        let finding = fields.text("finding");
        if let Some(note) = note {
            let kind = fields.choice("kind", NOTES).unwrap_or_default();
            return fields.made(Some(Investigate::Note { kind, note }));
        }
        let found = Found::take(&mut fields, finding);
        fields.made(found.map(Investigate::Finding))
    }
}

/// What a note notes, by its word.
const NOTES: [(&str, NoteKind); 3] =
    [("note", NoteKind::Note), ("fact", NoteKind::Fact), ("conversation", NoteKind::Conversation)];
