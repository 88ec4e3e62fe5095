//! A folder that outlives the desk which is opened on it.

use std::path::{Path, PathBuf};

use super::{Desk, Opening};

/// A folder of its own, gone with the test.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new(name: &str) -> Folder {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        // What an earlier run left behind, if anything.
        std::fs::remove_dir_all(&folder).ok();
        Folder(folder)
    }

    /// How a desk is opened as it was left.
    pub(crate) fn opening(&self) -> Opening {
        Opening { data: Some(self.0.clone()), ..Opening::default() }
    }

    /// The desk as it was left.
    pub(crate) fn desk(&self) -> Desk {
        Desk::with(self.opening())
    }

    /// The desk as it was left, at another time; what lies between is not lived through.
    pub(crate) fn desk_at(&self, at: &'static str) -> Desk {
        Desk::with(Opening { at: Some(at), ..self.opening() })
    }

    /// The desk as it was left, with another policy.
    pub(crate) fn desk_under(&self, policy: &'static str) -> Desk {
        Desk::with(Opening { policy: Some(policy), ..self.opening() })
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).ok();
    }
}
