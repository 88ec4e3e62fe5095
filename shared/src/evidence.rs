//! Files that customers and staff send with a complaint: what is taken, how it is called, and what became of each.
//!
//! A file's name, type and size are kept in a private text, as what customers write is; events have that text's id, which
//! is the file's.

mod kind;
mod name;

use std::collections::HashMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    actor::Actor,
    command::{TextRef, Verdict},
    event::{Event, Recorded},
    fields::{FieldError, Fields},
    policy::Evidence,
    values::{Digest, TextId},
};

pub use kind::FileKind;
pub use name::FileName;

/// What is known of a file beside its content.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Described {
    /// What it is called.
    pub name: FileName,
    /// Its media type; none when it is of no type that we know.
    #[serde(rename = "type", default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<FileKind>,
    /// In bytes.
    pub size: u64,
    /// Of its content.
    pub sha256: Digest,
}

impl Described {
    /// The description that a private text holds.
    pub fn read(text: &str) -> Option<Described> {
        serde_json::from_str(text).ok()
    }
}

/// Why a file that came is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// It has more bytes than the policy takes.
    TooLarge,
    /// It is of no type that the policy lists.
    NotListed,
    /// It is of another type than it was said to be.
    OtherType,
}

/// Of which type a file is, if it may be taken; `declared` is the media type that it was sent as, if its sender said one.
pub fn judge(content: &[u8], declared: Option<&str>, policy: &Evidence) -> Result<FileKind, Unfit> {
    if content.len() as u64 > policy.max_bytes {
        return Err(Unfit::TooLarge);
    }
    let kind = FileKind::of(content).filter(|kind| policy.types.contains(kind)).ok_or(Unfit::NotListed)?;
    match declared {
        Some(declared) if declared != kind.media_type() => Err(Unfit::OtherType),
        Some(_) | None => Ok(kind),
    }
}

/// A file that somebody is about to send: `{name, size, type, sha256}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// What it is called.
    pub name: FileName,
    /// Its type.
    pub kind: FileKind,
    /// In bytes.
    pub size: u64,
    /// Of its content.
    pub sha256: Digest,
}

impl Wanted {
    /// Reads a body of it.
    pub fn read(mut fields: Fields, policy: &Evidence) -> Result<Wanted, Vec<FieldError>> {
        let wanted = Wanted::take(&mut fields, policy);
        fields.made(wanted)
    }

    /// Takes its fields from a body that has others as well.
    pub(crate) fn take(fields: &mut Fields, policy: &Evidence) -> Option<Wanted> {
        let name = fields.required_raw("name").map(|name| FileName::of(&name));
        let kinds = policy.types.iter().map(|kind| (kind.media_type(), *kind));
        let kind = fields.required_choice("type", kinds);
        let size = fields.required_count("size", 1, policy.max_bytes);
        let sum = fields.required_raw("sha256");
        let sha256 = sum.as_deref().and_then(digest_of_hex);
        if sum.is_some() && sha256.is_none() {
            fields.report(
                "sha256",
                "malformed_digest",
                "Give the SHA-256 of the file as 64 hexadecimal digits.",
            );
        }
        let (name, kind) = name.zip(kind)?;
        let (size, sha256) = size.zip(sha256)?;
        Some(Wanted { name: name.ending_as(kind), kind, size, sha256 })
    }
}

fn digest_of_hex(text: &str) -> Option<Digest> {
    if text.len() != 64 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let mut bytes = [0; 32];
    for (index, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(2 * index..2 * index + 2)?, 16).ok()?;
    }
    Some(Digest::from_bytes(bytes))
}

/// What became of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FileState {
    /// It is being scanned; nobody can open it.
    Waiting,
    /// It can be opened.
    Kept,
    /// It was of no type or size that is taken, or not what it was said to be; it was removed.
    Unfit,
    /// Something harmful was in it; it was removed.
    Infected,
    /// It could not be scanned; it was removed.
    Unscanned,
    /// It was taken away with the rest of what the customer told, of which the record itself says nothing.
    Erased,
}

impl FileState {
    /// Whether the file itself is still there.
    fn is_there(self) -> bool {
        match self {
            FileState::Waiting | FileState::Kept => true,
            FileState::Unfit | FileState::Infected | FileState::Unscanned | FileState::Erased => false,
        }
    }
}

/// A file as the record has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileRecord {
    /// Its description, whose id is the file's.
    pub file: TextRef,
    /// When it came.
    pub at: Timestamp,
    /// Who sent it.
    pub by: Actor,
    /// What became of it.
    pub state: FileState,
}

/// The files that a complaint's history tells of, the earliest first.
pub fn files_of(history: &[Recorded]) -> Vec<FileRecord> {
    let mut files: Vec<FileRecord> = Vec::new();
    for recorded in history {
        match &recorded.event {
            Event::EvidenceAdded { file, .. } => files.push(FileRecord {
                file: file.clone(),
                at: recorded.at,
                by: recorded.actor.clone(),
                state: FileState::Waiting,
            }),
            Event::EvidenceScanned { file, verdict } => {
                for known in files.iter_mut().filter(|known| known.file.id == *file) {
                    known.state = state_of(*verdict);
                }
            }
            _ => {}
        }
    }
    files
}

fn state_of(verdict: Verdict) -> FileState {
    match verdict {
        Verdict::Clean => FileState::Kept,
        Verdict::Infected => FileState::Infected,
        Verdict::Failed => FileState::Unscanned,
        Verdict::Unfit => FileState::Unfit,
    }
}

/// A file as people see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FileView {
    /// Its id.
    pub id: TextId,
    /// When it came.
    pub at: Timestamp,
    /// Who sent it; customers are not told which of our staff.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<Actor>,
    /// What became of it.
    pub state: FileState,
    /// Its name, type, size and checksum; none when that was erased.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub described: Option<Described>,
}

impl FileView {
    /// The files of a history, with what their texts say of them.
    pub fn of(history: &[Recorded], texts: &HashMap<TextId, String>) -> Vec<FileView> {
        let view = |record: FileRecord| {
            let described = texts.get(&record.file.id).and_then(|text| Described::read(text));
            // Its description goes with it.
            let is_erased = described.is_none() && record.state.is_there();
            FileView {
                id: record.file.id,
                at: record.at,
                by: Some(record.by),
                state: if is_erased { FileState::Erased } else { record.state },
                described,
            }
        };
        files_of(history).into_iter().map(view).collect()
    }

    /// The same, with their descriptions taken out of the texts.
    pub fn taken_from(history: &[Recorded], texts: &mut HashMap<TextId, String>) -> Vec<FileView> {
        let files = FileView::of(history, texts);
        for file in &files {
            texts.remove(&file.id);
        }
        files
    }
}
