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
    Finding {
        /// What was found, and by whom it was verified.
        finding: LongText,
        /// One of the policy's root causes.
        root_cause: Option<String>,
        /// Whether it could have been prevented.
        preventable: Option<bool>,
        /// Whether the company's own procedure was departed from.
        deviation: Option<bool>,
    },
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
        let root_cause = fields.text::<Key>("root_cause").map(|line| plain(&line));
        let preventable = fields.flag("preventable");
        let deviation = fields.flag("deviation");
        fields.made(finding.map(|finding| Investigate::Finding {
            finding,
            root_cause,
            preventable,
            deviation,
        }))
    }
}

/// What a note notes, by its word.
const NOTES: [(&str, NoteKind); 3] =
    [("note", NoteKind::Note), ("fact", NoteKind::Fact), ("conversation", NoteKind::Conversation)];
