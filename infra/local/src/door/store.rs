//! The one SQLite file (or memory) behind the door: the embedded DynamoDB, and beside it what the door keeps.
//!
//! `dynoxide` and the door share one connection, so what follows from a write can be recorded in its own
//! transaction: a temporary trigger on each streamed table copies the old and the new item into `door::effects`.
//! (`dynoxide`'s own streams look for their next sequence number in all records at every write, so they stay
//! off.) Names with colons cannot be table names in DynamoDB, so the door's tables never meet the product's.
//!
//! A kill loses nothing that was answered: the log is written ahead, without waiting for the disk at each commit,
//! which only a failing machine could undo, and then without tearing anything.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::fs::File;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use dynoxide::storage::Storage;
use jiff::Timestamp;
use rusqlite::{OptionalExtension, params};
use serde_json::Value;

use super::effect::{Due, Effect, Mail};
use super::file::{self, CloudError, Writing, watch};
use super::stream;

/// Where the definitions of the tables are kept.
pub(super) const TABLE_ROOM: &str = "door/table";

/// In microseconds.
const FORGET_EVERY: i64 = 10 * 60 * 1_000_000;

pub(super) struct Store {
    storage: Storage,
    writing: Arc<Mutex<Writing>>,
    /// Effects up to here were handed out in this process.
    handed_out: i64,
    /// The key attributes of each table seen, the partition's first.
    keys: RefCell<HashMap<String, Arc<[String]>>>,
    /// Tokens from before, in microseconds since the epoch, are forgotten.
    tokens_since: Cell<i64>,
    /// Held for as long as the data folder is in use.
    _lock: Option<File>,
}

impl Store {
    pub(super) fn open(data: Option<&Path>) -> Result<Self, CloudError> {
        let writing = Arc::default();
        let (storage, lock) = file::open(data, &writing)?;
        let store = Self {
            storage,
            writing,
            handed_out: 0,
            keys: RefCell::default(),
            tokens_since: Cell::default(),
            _lock: lock,
        };
        for (table, definition) in store.kept(TABLE_ROOM)? {
            store.watch(&table, is_streamed(&definition), &[])?;
        }
        Ok(store)
    }

    /// The embedded DynamoDB's own storage, for its actions.
    pub(super) fn storage(&self) -> &Storage {
        &self.storage
    }

    /// Notes the changes and tokens of a table from now on; without prefixes, the changes of all items.
    pub(super) fn watch(&self, table: &str, streamed: bool, prefixes: &[String]) -> Result<(), CloudError> {
        watch(self.storage.conn(), table, streamed, prefixes)
    }

    /// Says what the triggers note down at the writes that follow.
    pub(super) fn begin(&self, writing: Writing) {
        *self.writing.lock().unwrap_or_else(PoisonError::into_inner) = writing;
    }

    /// The request that was carried out under `token` after `since`.
    pub(super) fn token(&self, token: &str, since: i64) -> Result<Option<String>, CloudError> {
        let connection = self.storage.conn();
        let found = connection
            .prepare_cached("SELECT request FROM \"door::tokens\" WHERE token = ?1 AND at > ?2")?
            .query_row(params![token, since], |row| row.get(0))
            .optional()?;
        Ok(found)
    }

    /// Remembers the token of a transaction that changed nothing, whose triggers therefore did not.
    pub(super) fn remember(&self, writing: &Writing) -> Result<(), CloudError> {
        let Some((token, request)) = &writing.token else { return Ok(()) };
        if self.writing.lock().unwrap_or_else(PoisonError::into_inner).noted {
            return Ok(());
        }
        let connection = self.storage.conn();
        let mut insert = connection.prepare_cached(
            "INSERT OR REPLACE INTO \"door::tokens\" (token, request, at) VALUES (?1, ?2, ?3)",
        )?;
        insert.execute(params![token, request, writing.at])?;
        Ok(())
    }

    /// Forgets the tokens from before `until`; not at each call, since there is no index of their age.
    pub(super) fn forget_tokens(&self, until: i64) -> Result<(), CloudError> {
        if until < self.tokens_since.get().saturating_add(FORGET_EVERY) {
            return Ok(());
        }
        let connection = self.storage.conn();
        connection.prepare_cached("DELETE FROM \"door::tokens\" WHERE at <= ?1")?.execute([until])?;
        self.tokens_since.set(until);
        Ok(())
    }

    /// Keeps mails and bus events, all or none.
    pub(super) fn record(
        &self,
        at: Timestamp,
        mail: Option<&Mail>,
        events: &[(String, Value)],
    ) -> Result<(), CloudError> {
        let transaction = self.storage.conn().unchecked_transaction()?;
        if let Some(mail) = mail {
            transaction
                .prepare_cached("INSERT INTO \"door::mails\" (mail) VALUES (?1)")?
                .execute([serde_json::to_string(mail).map_err(malformed)?])?;
        }
        self.note_events(at, events)?;
        transaction.commit()?;
        Ok(())
    }

    /// Notes bus events, in the transaction under way.
    pub(super) fn note_events(&self, at: Timestamp, events: &[(String, Value)]) -> Result<(), CloudError> {
        for (bus, event) in events {
            self.storage
                .conn()
                .prepare_cached(
                    "INSERT INTO \"door::effects\" (at, source, target, new) VALUES (?1, 'bus', ?2, ?3)",
                )?
                .execute(params![at.as_microsecond(), bus, event.to_string()])?;
        }
        Ok(())
    }

    /// Does all of `work`, or nothing of it where it fails.
    pub(super) fn atomically<T>(
        &self,
        work: impl FnOnce(&Self) -> Result<T, CloudError>,
    ) -> Result<T, CloudError> {
        let transaction = self.storage.conn().unchecked_transaction()?;
        let done = work(self)?;
        transaction.commit()?;
        Ok(done)
    }

    /// The effects not yet handed out in this process, in the order of commit.
    pub(super) fn take_effects(&mut self) -> Result<Vec<Due>, CloudError> {
        let mut taken = Vec::new();
        let mut idle = Vec::new();
        {
            let mut statement = self.storage.conn().prepare_cached(
                "SELECT id, at, source, target, old, new FROM \"door::effects\" WHERE id > ?1 ORDER BY id",
            )?;
            let mut rows = statement.query([self.handed_out])?;
            while let Some(row) = rows.next()? {
                let id: i64 = row.get(0)?;
                let at = Timestamp::from_microsecond(row.get(1)?).map_err(malformed)?;
                let (source, target): (String, String) = (row.get(2)?, row.get(3)?);
                let (old, new) = (image(row.get(4)?)?, image(row.get(5)?)?);
                self.handed_out = id;
                match (source.as_str(), new) {
                    ("bus", Some(event)) => {
                        taken.push(Due { id, at, effect: Effect::Bus { bus: target, event } });
                    }
                    // A write that changes nothing makes no record in a stream.
                    (_, new) if old == new => idle.push(id),
                    (_, new) => {
                        let keys = self.keys(&target)?;
                        let record = stream::record(id, at, &target, &keys, old, new);
                        taken.push(Due { id, at, effect: Effect::Stream { table: target, record } });
                    }
                }
            }
        }
        self.acknowledge(&idle)?;
        Ok(taken)
    }

    /// Forgets effects that have reached whoever answers for them now.
    pub(super) fn acknowledge(&self, ids: &[i64]) -> Result<(), CloudError> {
        self.settle(ids, &[], &[])
    }

    /// Forgets effects, keeps and forgets the wiring's own notes: all or none.
    pub(super) fn settle(
        &self,
        acknowledged: &[i64],
        keep: &[(&str, &str, Value)],
        forget: &[(&str, &str)],
    ) -> Result<(), CloudError> {
        if acknowledged.is_empty() && keep.is_empty() && forget.is_empty() {
            return Ok(());
        }
        let transaction = self.storage.conn().unchecked_transaction()?;
        for id in acknowledged {
            transaction.prepare_cached("DELETE FROM \"door::effects\" WHERE id = ?1")?.execute([id])?;
        }
        for (room, key, value) in keep {
            transaction
                .prepare_cached(
                    "INSERT OR REPLACE INTO \"door::kept\" (room, key, value) VALUES (?1, ?2, ?3)",
                )?
                .execute(params![room, key, value.to_string()])?;
        }
        for (room, key) in forget {
            transaction
                .prepare_cached("DELETE FROM \"door::kept\" WHERE room = ?1 AND key = ?2")?
                .execute(params![room, key])?;
        }
        transaction.commit()?;
        Ok(())
    }

    /// What is kept in a room, by key.
    pub(super) fn kept(&self, room: &str) -> Result<Vec<(String, Value)>, CloudError> {
        let mut statement = self
            .storage
            .conn()
            .prepare_cached("SELECT key, value FROM \"door::kept\" WHERE room = ?1 ORDER BY key")?;
        let rows = statement.query_map([room], |row| Ok((row.get(0)?, row.get::<_, String>(1)?)))?;
        rows.map(|row| {
            let (key, value) = row?;
            Ok((key, serde_json::from_str(&value).map_err(malformed)?))
        })
        .collect()
    }

    /// One kept value.
    pub(super) fn kept_at(&self, room: &str, key: &str) -> Result<Option<Value>, CloudError> {
        let value: Option<String> = self
            .storage
            .conn()
            .prepare_cached("SELECT value FROM \"door::kept\" WHERE room = ?1 AND key = ?2")?
            .query_row([room, key], |row| row.get(0))
            .optional()?;
        value.map(|value| serde_json::from_str(&value).map_err(malformed)).transpose()
    }

    /// The captured mails after so many, oldest first.
    pub(super) fn mails(&self, after: usize) -> Result<Vec<Mail>, CloudError> {
        // Mails are numbered from 1 without a gap, since none is ever removed.
        let mut statement = self
            .storage
            .conn()
            .prepare_cached("SELECT mail FROM \"door::mails\" WHERE id > ?1 ORDER BY id")?;
        let after = i64::try_from(after).unwrap_or(i64::MAX);
        let rows = statement.query_map([after], |row| row.get::<_, String>(0))?;
        rows.map(|mail| serde_json::from_str(&mail?).map_err(malformed)).collect()
    }

    /// The names of a table's key attributes, the partition's first; none for a table that is not there.
    pub(super) fn keys(&self, table: &str) -> Result<Arc<[String]>, CloudError> {
        if let Some(keys) = self.keys.borrow().get(table) {
            return Ok(Arc::clone(keys));
        }
        let Some(metadata) = self.storage.get_table_metadata(table)? else { return Ok(Arc::new([])) };
        let schema: Value = serde_json::from_str(&metadata.key_schema).map_err(malformed)?;
        let names = schema.as_array().into_iter().flatten();
        let keys: Arc<[String]> =
            names.filter_map(|key| key["AttributeName"].as_str().map(str::to_owned)).collect();
        self.keys.borrow_mut().insert(table.to_owned(), Arc::clone(&keys));
        Ok(keys)
    }

    /// Leaves no transaction open behind a call that panicked.
    pub(super) fn recover(&self) {
        // Fails when none is open, which is the usual case.
        drop(self.storage.rollback());
    }
}

/// Whether a table's definition asks for a stream.
pub(super) fn is_streamed(definition: &Value) -> bool {
    definition["StreamSpecification"]["StreamViewType"].is_string()
}

pub(super) fn malformed(error: impl std::fmt::Display) -> CloudError {
    CloudError::Malformed(format!("stored data cannot be read: {error}"))
}

fn image(text: Option<String>) -> Result<Option<Value>, CloudError> {
    text.map(|text| serde_json::from_str(&text).map_err(malformed)).transpose()
}
