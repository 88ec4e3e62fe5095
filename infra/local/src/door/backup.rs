//! A table as it stood, and its return to that: what a restore to an earlier point in time leaves to the product.

use rusqlite::OptionalExtension;

use super::cloud::Cloud;
use super::file::CloudError;
use super::store::Store;

/// A row of `dynoxide`'s storage, as it is kept.
type Row = Vec<rusqlite::types::Value>;

/// A table with its indexes as they stood at one moment.
#[derive(Clone, Debug)]
pub struct Snapshot {
    /// The rows of each of the storage's tables.
    rows: Vec<(String, Vec<Row>)>,
}

impl Cloud {
    /// The table as it stands now.
    pub fn snapshot(&self, table: &str) -> Result<Snapshot, CloudError> {
        let store = self.store();
        let mut rows = Vec::new();
        for name in parts(&store, table)? {
            let found = rows_of(&store, &name)?;
            rows.push((name, found));
        }
        Ok(Snapshot { rows })
    }

    /// Makes the table what it was. No stream tells of it, and what the stream had not told yet is never told: a restored
    /// table is a new one.
    pub fn restore(&self, snapshot: &Snapshot) -> Result<(), CloudError> {
        let store = self.store();
        let transaction = store.storage().conn().unchecked_transaction()?;
        let triggers = triggers(&store)?;
        for (name, _) in &triggers {
            transaction.execute_batch(&format!("DROP TRIGGER temp.{}", quoted(name)))?;
        }
        for (name, rows) in &snapshot.rows {
            transaction.execute(&format!("DELETE FROM {}", quoted(name)), [])?;
            let Some(first) = rows.first() else { continue };
            let places = vec!["?"; first.len()].join(", ");
            let mut insert =
                transaction.prepare(&format!("INSERT INTO {} VALUES ({places})", quoted(name)))?;
            for row in rows {
                insert.execute(rusqlite::params_from_iter(row))?;
            }
        }
        transaction.execute("DELETE FROM \"door::effects\" WHERE source = 'stream'", [])?;
        transaction.execute("DELETE FROM \"door::tokens\"", [])?;
        for (_, sql) in &triggers {
            transaction.execute_batch(sql)?;
        }
        transaction.commit()?;
        self.changed();
        Ok(())
    }

    /// The sort key of the first item in a partition of an index, or of the table itself.
    pub fn first_in(
        &self,
        table: &str,
        index: Option<&str>,
        partition: &str,
    ) -> Result<Option<String>, CloudError> {
        let (name, pk, sk) = match index {
            Some(index) => (part(table, index), "gsi_pk", "gsi_sk"),
            None => (table.to_owned(), "pk", "sk"),
        };
        let store = self.store();
        let sql = format!("SELECT {sk} FROM {} WHERE {pk} = ?1 ORDER BY {pk}, {sk} LIMIT 1", quoted(&name));
        let first: Option<String> = store
            .storage()
            .conn()
            .prepare_cached(&sql)?
            .query_row([format!("S:{partition}")], |row| row.get(0))
            .optional()?;
        Ok(first.map(|key| key.strip_prefix("S:").unwrap_or(&key).to_owned()))
    }

    /// The items of a partition as DynamoDB writes them in JSON, in their order: for who looks on without a client.
    pub fn items_of(&self, table: &str, partition: &str) -> Result<Vec<String>, CloudError> {
        let store = self.store();
        let sql = format!("SELECT item_json FROM {} WHERE pk = ?1 ORDER BY sk", quoted(table));
        let mut statement = store.storage().conn().prepare_cached(&sql)?;
        let rows = statement.query_map([format!("S:{partition}")], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// All items of the table as DynamoDB writes them in JSON, by partition and order in it.
    pub fn items(&self, table: &str) -> Result<Vec<String>, CloudError> {
        let store = self.store();
        let mut statement = store
            .storage()
            .conn()
            .prepare_cached(&format!("SELECT item_json FROM {} ORDER BY pk, sk", quoted(table)))?;
        let rows = statement.query_map([], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// What `dynoxide` calls an index's table.
fn part(table: &str, index: &str) -> String {
    format!("{table}::gsi::{index}")
}

/// The storage's tables that make up a table.
fn parts(store: &Store, table: &str) -> Result<Vec<String>, CloudError> {
    let mut statement = store.storage().conn().prepare_cached(
        "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND (name = ?1 OR name LIKE ?1 || '::%') ORDER BY name",
    )?;
    let names = statement.query_map([table], |row| row.get(0))?;
    Ok(names.collect::<Result<_, _>>()?)
}

fn rows_of(store: &Store, name: &str) -> Result<Vec<Row>, CloudError> {
    let mut statement = store.storage().conn().prepare(&format!("SELECT * FROM {}", quoted(name)))?;
    let columns = statement.column_count();
    let rows = statement.query_map([], |row| (0..columns).map(|column| row.get(column)).collect())?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The triggers by which the stream hears of changes, with what makes them.
fn triggers(store: &Store) -> Result<Vec<(String, String)>, CloudError> {
    let mut statement = store
        .storage()
        .conn()
        .prepare_cached("SELECT name, sql FROM temp.sqlite_schema WHERE type = 'trigger' ORDER BY name")?;
    let triggers = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(triggers.collect::<Result<_, _>>()?)
}
