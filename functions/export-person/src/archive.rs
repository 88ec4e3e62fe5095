//! The file that is handed out.

use std::{
    collections::BTreeMap,
    io::{Cursor, Write},
};

use complaints::{
    complaint::Complaint,
    event::Recorded,
    evidence::FileView,
    intake::Intake,
    shell::StepError,
    values::{Reference, TextId},
};
use serde::Serialize;
use zip::{CompressionMethod, ZipWriter, result::ZipError, write::SimpleFileOptions};

/// What is kept on one complaint.
pub(crate) struct Folder {
    pub(crate) complaint: Complaint,
    pub(crate) told: Option<Intake>,
    pub(crate) history: Vec<Recorded>,
    pub(crate) texts: BTreeMap<TextId, String>,
    pub(crate) files: Vec<FileView>,
}

/// What the file is, for who opens it.
#[derive(Serialize)]
struct Contents {
    made_at: String,
    /// The complaints in it.
    complaints: Vec<Reference>,
    /// The complaint that the next file begins with, where there are more than fit.
    #[serde(skip_serializing_if = "Option::is_none")]
    continues_from: Option<Reference>,
    about: &'static str,
}

const ABOUT: &str = "All data kept on one customer. Each folder is a complaint: complaint.json is where it stands, \
    told.json what the customer told us, history.json what happened, texts.json the texts that the history points to by their ids, files.json the files that came; those that are kept are \
    in the folder files.";

const ARCHIVE: &str = "archive";

/// A ZIP under way.
pub(crate) struct Archive {
    writer: ZipWriter<Cursor<Vec<u8>>>,
    made_at: String,
    complaints: Vec<Reference>,
}

impl Archive {
    pub(crate) fn new(now: impl ToString) -> Archive {
        let writer = ZipWriter::new(Cursor::new(Vec::new()));
        Archive { writer, made_at: now.to_string(), complaints: Vec::new() }
    }

    /// Adds a complaint, and says how much that was.
    pub(crate) fn add(&mut self, folder: &Folder) -> Result<usize, StepError> {
        let reference = folder.complaint.reference;
        self.complaints.push(reference);
        let mut size = self.write(&format!("{reference}/complaint.json"), &folder.complaint)?;
        if let Some(told) = &folder.told {
            size += self.write(&format!("{reference}/told.json"), told)?;
        }
        size += self.write(&format!("{reference}/history.json"), &folder.history)?;
        size += self.write(&format!("{reference}/texts.json"), &folder.texts)?;
        if !folder.files.is_empty() {
            size += self.write(&format!("{reference}/files.json"), &folder.files)?;
        }
        Ok(size)
    }

    /// Adds a file of the complaint that was added last, and says how much that was.
    pub(crate) fn add_file(
        &mut self,
        reference: Reference,
        file: &FileView,
        content: &[u8],
    ) -> Result<usize, StepError> {
        let name = file.described.as_ref().map_or("file", |described| described.name.as_str());
        // Two files may have one name.
        self.entry(&format!("{reference}/files/{} {name}", file.id), content)
    }

    /// The file.
    pub(crate) fn finish(mut self, continues_from: Option<Reference>) -> Result<Vec<u8>, StepError> {
        let (made_at, complaints) = (self.made_at.clone(), std::mem::take(&mut self.complaints));
        self.write("contents.json", &Contents { made_at, complaints, continues_from, about: ABOUT })?;
        self.writer.finish().map(Cursor::into_inner).map_err(|error| failed(&error))
    }

    fn write(&mut self, name: &str, value: &impl Serialize) -> Result<usize, StepError> {
        let json = serde_json::to_vec_pretty(value)
            .map_err(|error| StepError::give_up("write as JSON", name, error))?;
        self.entry(name, &json)
    }

    fn entry(&mut self, name: &str, content: &[u8]) -> Result<usize, StepError> {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        self.writer.start_file(name, options).map_err(|error| failed(&error))?;
        self.writer.write_all(content).map_err(|error| StepError::give_up("write a ZIP", ARCHIVE, error))?;
        Ok(content.len())
    }
}

/// Errors go to the log, where no name of a file belongs.
fn failed(error: &ZipError) -> StepError {
    StepError::give_up("write a ZIP", ARCHIVE, error.to_string())
}
