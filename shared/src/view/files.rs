//! The files of a complaint, as its customer sees them, and what else may be sent.

use serde::Serialize;

use crate::{
    evidence::{FileKind, FileView},
    policy::Evidence,
    values::Reference,
};

/// The files of a complaint, as its customer sees them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FilesView {
    /// What people say on the phone.
    pub reference: Reference,
    /// The files, the earliest first.
    pub files: Vec<FileView>,
    /// Whether another one can be sent now.
    pub takes: bool,
    /// How many there can be.
    pub most_files: u8,
    /// How large each can be, in bytes.
    pub most_bytes: u64,
    /// Of which types they can be.
    pub types: Vec<FileKind>,
}

impl FilesView {
    /// The view of these files.
    pub fn of(reference: Reference, files: Vec<FileView>, takes: bool, policy: &Evidence) -> FilesView {
        FilesView {
            reference,
            files,
            takes,
            most_files: policy.max_files,
            most_bytes: policy.max_bytes,
            types: policy.types.clone(),
        }
    }
}
