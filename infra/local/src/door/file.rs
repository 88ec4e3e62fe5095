//! Opening the store: its file or memory, the door's own tables in it, and the triggers that note what happens.

use std::fs::File;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use dynoxide::storage::Storage;
use jiff::Timestamp;
use rusqlite::Connection;
use rusqlite::functions::FunctionFlags;

/// Why the door could not be opened, or its store failed.
#[derive(Debug, thiserror::Error)]
pub enum CloudError {
    /// The data folder cannot be made or read.
    #[error("cannot use the data folder {0}: {1}")]
    Folder(String, std::io::Error),
    /// Another process has it open.
    #[error("the data folder {0} is in use by another process")]
    InUse(String),
    /// The embedded DynamoDB refused.
    #[error("{0}")]
    Table(#[from] dynoxide::DynoxideError),
    /// SQLite refused.
    #[error("the store failed: {0}")]
    Sqlite(#[from] rusqlite::Error),
    /// Something stored, or given as a table's definition, is not what it should be.
    #[error("{0}")]
    Malformed(String),
}

const TABLES: &str = r#"
CREATE TABLE IF NOT EXISTS "door::effects" (
    id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, source TEXT NOT NULL, target TEXT NOT NULL,
    old TEXT, new TEXT);
CREATE TABLE IF NOT EXISTS "door::mails" (id INTEGER PRIMARY KEY AUTOINCREMENT, mail TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS "door::tokens" (
    token TEXT PRIMARY KEY, request TEXT NOT NULL, at INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS "door::kept" (
    room TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (room, key)) WITHOUT ROWID;
"#;

/// What the triggers write down beside the images: set for the length of one write.
#[derive(Clone, Debug, Default)]
pub(super) struct Writing {
    /// When, in microseconds since the epoch.
    pub(super) at: i64,
    /// The transaction's idempotency token and the digest of its request.
    pub(super) token: Option<(String, String)>,
    /// Whether the token was written down by one of the transaction's writes: once is enough.
    pub(super) noted: bool,
}

impl Writing {
    pub(super) fn new(at: Timestamp, token: Option<(String, String)>) -> Self {
        Self { at: at.as_microsecond(), token, noted: false }
    }

    fn takes_token(&mut self) -> bool {
        self.token.is_some() && !std::mem::replace(&mut self.noted, true)
    }
}

/// The store of a folder, or one in memory, with what is held while it is in use.
pub(super) fn open(
    data: Option<&Path>,
    writing: &Arc<Mutex<Writing>>,
) -> Result<(Storage, Option<File>), CloudError> {
    let (storage, lock) = match data {
        Some(folder) => open_folder(folder)?,
        None => (Storage::memory()?, None),
    };
    let connection = storage.conn();
    connection.set_prepared_statement_cache_capacity(64);
    connection.execute_batch(TABLES)?;
    connection.execute_batch(super::objects::TABLE)?;
    register(connection, writing)?;
    Ok((storage, lock))
}

/// From now on, in this process: notes the changes of `table` if it has a stream, of those items only whose partition
/// key begins with one of `prefixes` if there are any; and the tokens of its transactions in any case.
pub(super) fn watch(
    connection: &Connection,
    table: &str,
    streamed: bool,
    prefixes: &[String],
) -> Result<(), CloudError> {
    let table = table.replace('"', "\"\"");
    let note = |row: &str, images: &str| {
        if !streamed {
            return String::new();
        }
        format!(
            "INSERT INTO \"door::effects\" (at, source, target, old, new) \
             SELECT door_at(), 'stream', '{table}', {images} WHERE {};",
            is_heard(row, prefixes)
        )
    };
    let token = "INSERT OR REPLACE INTO \"door::tokens\" (token, request, at) \
                 SELECT door_token(), door_request(), door_at() WHERE door_takes_token();";
    // `dynoxide` writes with INSERT OR REPLACE: before it, the old row is still there.
    let before =
        format!("(SELECT item_json FROM \"{table}\" WHERE pk = NEW.pk AND sk = NEW.sk), NEW.item_json");
    connection.execute_batch(&format!(
        "DROP TRIGGER IF EXISTS temp.\"door::{table}::put\"; \
         DROP TRIGGER IF EXISTS temp.\"door::{table}::delete\"; \
         CREATE TEMP TRIGGER \"door::{table}::put\" BEFORE INSERT ON \"{table}\" \
         BEGIN {} {token} END; \
         CREATE TEMP TRIGGER \"door::{table}::delete\" BEFORE DELETE ON \"{table}\" \
         BEGIN {} {token} END;",
        note("NEW", &before),
        note("OLD", "OLD.item_json, NULL"),
    ))?;
    Ok(())
}

/// A condition on a row's partition key, which `dynoxide` writes with its type before it.
fn is_heard(row: &str, prefixes: &[String]) -> String {
    if prefixes.is_empty() {
        return "TRUE".to_owned();
    }
    let begins = |prefix: &String| {
        let key = format!("S:{prefix}");
        format!("substr({row}.pk, 1, {}) = '{}'", key.chars().count(), key.replace('\'', "''"))
    };
    prefixes.iter().map(begins).collect::<Vec<_>>().join(" OR ")
}

fn open_folder(folder: &Path) -> Result<(Storage, Option<File>), CloudError> {
    if folder.as_os_str().is_empty() {
        return Err(CloudError::Malformed("the data folder has no name".into()));
    }
    let named = folder.display().to_string();
    let failed = |error| CloudError::Folder(named.clone(), error);
    std::fs::create_dir_all(folder).map_err(failed)?;
    let lock = File::create(folder.join("lock")).map_err(failed)?;
    lock.try_lock().map_err(|error| match error {
        std::fs::TryLockError::WouldBlock => CloudError::InUse(named.clone()),
        std::fs::TryLockError::Error(error) => failed(error),
    })?;
    let file = folder.join("aws.sqlite");
    let file = file
        .to_str()
        .ok_or_else(|| CloudError::Malformed(format!("the folder {named} is not named in UTF-8")))?;
    let storage = Storage::new(file)?;
    storage.conn().execute_batch("PRAGMA synchronous = NORMAL;")?;
    Ok((storage, Some(lock)))
}

/// The functions by which triggers learn of the call that fires them.
fn register(connection: &Connection, writing: &Arc<Mutex<Writing>>) -> Result<(), CloudError> {
    let read = |name: &'static str, part: fn(&mut Writing) -> rusqlite::types::Value| {
        let writing = Arc::clone(writing);
        connection.create_scalar_function(name, 0, FunctionFlags::SQLITE_UTF8, move |_| {
            Ok(part(&mut writing.lock().unwrap_or_else(PoisonError::into_inner)))
        })
    };
    read("door_at", |writing| writing.at.into())?;
    read("door_takes_token", |writing| writing.takes_token().into())?;
    read("door_token", |writing| writing.token.as_ref().map(|(token, _)| token.clone()).into())?;
    read("door_request", |writing| writing.token.as_ref().map(|(_, request)| request.clone()).into())?;
    Ok(())
}
