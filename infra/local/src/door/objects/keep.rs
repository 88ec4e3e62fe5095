//! Objects in the store: in the file of the table, so that an object and what follows from it are kept together.

use jiff::Timestamp;
use rusqlite::{OptionalExtension, params};

use super::super::file::CloudError;
use super::super::store::{Store, malformed};

/// The table that they are kept in.
pub(in super::super) const TABLE: &str = r#"
CREATE TABLE IF NOT EXISTS "door::objects" (
    bucket TEXT NOT NULL, key TEXT NOT NULL, at INTEGER NOT NULL, etag TEXT NOT NULL, headers TEXT NOT NULL,
    body BLOB NOT NULL, PRIMARY KEY (bucket, key)) WITHOUT ROWID;
"#;

/// An object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in super::super) struct Object {
    pub(in super::super) key: String,
    /// When it came.
    pub(in super::super) at: Timestamp,
    /// In hexadecimal digits, without the quotes.
    pub(in super::super) etag: String,
    /// What is handed out with it: its type, and what begins with `x-amz-meta-`.
    pub(in super::super) headers: Vec<(String, String)>,
    pub(in super::super) body: Vec<u8>,
}

impl Store {
    /// Keeps an object in place of one of the same key.
    pub(super) fn put_object(&self, bucket: &str, object: &Object) -> Result<(), CloudError> {
        let headers = serde_json::to_string(&object.headers).map_err(malformed)?;
        self.storage()
            .conn()
            .prepare_cached(
                "INSERT OR REPLACE INTO \"door::objects\" (bucket, key, at, etag, headers, body) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute(params![
                bucket,
                object.key,
                object.at.as_microsecond(),
                object.etag,
                headers,
                object.body
            ])?;
        Ok(())
    }

    /// The object of a key.
    pub(super) fn object(&self, bucket: &str, key: &str) -> Result<Option<Object>, CloudError> {
        let found = self
            .storage()
            .conn()
            .prepare_cached(
                "SELECT at, etag, headers, body FROM \"door::objects\" WHERE bucket = ?1 AND key = ?2",
            )?
            .query_row([bucket, key], |row| {
                Ok((row.get::<_, i64>(0)?, row.get(1)?, row.get::<_, String>(2)?, row.get(3)?))
            })
            .optional()?;
        let Some((at, etag, headers, body)) = found else { return Ok(None) };
        let at = Timestamp::from_microsecond(at).map_err(malformed)?;
        let headers = serde_json::from_str(&headers).map_err(malformed)?;
        Ok(Some(Object { key: key.to_owned(), at, etag, headers, body }))
    }

    /// Removes an object, if it is there.
    pub(super) fn delete_object(&self, bucket: &str, key: &str) -> Result<(), CloudError> {
        self.storage()
            .conn()
            .prepare_cached("DELETE FROM \"door::objects\" WHERE bucket = ?1 AND key = ?2")?
            .execute([bucket, key])?;
        Ok(())
    }

    /// The keys of a bucket's objects, in order.
    pub(in super::super) fn object_keys(&self, bucket: &str) -> Result<Vec<String>, CloudError> {
        let mut statement = self
            .storage()
            .conn()
            .prepare_cached("SELECT key FROM \"door::objects\" WHERE bucket = ?1 ORDER BY key")?;
        let keys = statement.query_map([bucket], |row| row.get(0))?;
        Ok(keys.collect::<Result<_, _>>()?)
    }
}
