//! From the TOML text to a policy that holds together.

use std::fmt;
use std::sync::LazyLock;

use jiff::civil::Date;
use serde::{Deserialize, Deserializer};
use toml::de::{DeTable, DeValue};
use toml::{Spanned, Table, Value};

use super::{Policy, rules};

const BUILT_IN: &str = include_str!("../../policy.toml");

/// What a company's own policy must say, so that no version stands for two documents.
const REVISION: [&str; 4] = ["version", "effective", "change", "approved_by"];

/// Tables that are taken whole: who gives the hours or the holidays gives all of them.
const WHOLE: [&[&str]; 2] = [&["calendar", "hours"], &["calendar", "holidays"]];

/// Why a text is no policy: one line that says where and what.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct InvalidPolicy {
    /// The line of the text, from 1, where one can be named.
    pub line: Option<usize>,
    /// Keys down to the field, joined by dots; empty when the text is no TOML at all.
    pub field: String,
    /// What is wrong there.
    pub detail: String,
}

impl fmt::Display for InvalidPolicy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("policy")?;
        if let Some(line) = self.line {
            write!(f, ", line {line}")?;
        }
        if !self.field.is_empty() {
            write!(f, ", {}", self.field)?;
        }
        write!(f, ": {}", self.detail)
    }
}

/// Read once in a process: that is most of what a world of tests would cost otherwise.
static SHIPPED: LazyLock<Policy> = LazyLock::new(|| {
    toml::from_str(BUILT_IN).expect("a test reads the shipped policy and keeps it to all rules")
});

pub(super) fn built_in() -> Policy {
    SHIPPED.clone()
}

pub(super) fn parse(text: &str) -> Result<Policy, InvalidPolicy> {
    let own = DeTable::parse(text).map_err(|error| syntax_error(text, &error))?;
    let own_values: Table = toml::from_str(text).map_err(|error| syntax_error(text, &error))?;
    if own_values.is_empty() {
        return Ok(built_in());
    }
    if let Some(missing) = REVISION.into_iter().find(|key| !own_values.contains_key(*key)) {
        let detail = "is missing: a policy says its version, effective date, change and approver".to_owned();
        return Err(InvalidPolicy { line: None, field: missing.to_owned(), detail });
    }
    let mut values = toml::from_str(BUILT_IN).expect("a test reads the shipped policy");
    lay_over(&mut values, own_values, &mut Vec::new());
    let at = |field: String, detail: String| {
        let keys: Vec<&str> = field.split('.').collect();
        InvalidPolicy { line: line_of(text, own.get_ref(), &keys), field, detail }
    };
    let policy: Policy = serde_path_to_error::deserialize(Value::Table(values))
        .map_err(|error| at(field_of(error.path()), one_line(error.inner().message())))?;
    rules::check(&policy).map_err(|(field, detail)| at(field, detail))?;
    Ok(policy)
}

/// Takes a date with or without quotes.
pub(super) fn date<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
    let text = match Value::deserialize(deserializer)? {
        Value::String(text) => text,
        Value::Datetime(date) => date.to_string(),
        _ => String::new(),
    };
    // `Date` also reads the date of a time, which nobody means here.
    let date = text.parse().ok().filter(|_| text.len() == "2026-12-25".len());
    date.ok_or_else(|| serde::de::Error::custom("is no date, such as 2026-12-25"))
}

fn lay_over(below: &mut Table, above: Table, path: &mut Vec<String>) {
    for (key, value) in above {
        path.push(key.clone());
        match (below.get_mut(&key), value) {
            (Some(Value::Table(below)), Value::Table(above)) if !WHOLE.iter().any(|whole| path == whole) => {
                lay_over(below, above, path);
            }
            (_, value) => {
                below.insert(key, value);
            }
        }
        path.pop();
    }
}

fn field_of(path: &serde_path_to_error::Path) -> String {
    let segments: Vec<String> = path.iter().map(ToString::to_string).collect();
    // Indexes are shown by the library as `[0]`; here every step is one key.
    segments.iter().map(|segment| segment.trim_matches(['[', ']'])).collect::<Vec<_>>().join(".")
}

fn syntax_error(text: &str, error: &toml::de::Error) -> InvalidPolicy {
    let line = error.span().map(|span| line_at(text, span.start));
    InvalidPolicy { line, field: String::new(), detail: one_line(error.message()) }
}

fn one_line(message: &str) -> String {
    message.lines().collect::<Vec<_>>().join(", ")
}

/// The line of the text at which the deepest of these keys stands; none when it comes from the shipped policy.
fn line_of(text: &str, table: &DeTable<'_>, keys: &[&str]) -> Option<usize> {
    let (first, rest) = keys.split_first()?;
    let (key, value) = table.iter().find(|(key, _)| key.get_ref() == first)?;
    line_within(text, value, rest).or_else(|| Some(line_at(text, key.span().start)))
}

fn line_within(text: &str, value: &Spanned<DeValue<'_>>, keys: &[&str]) -> Option<usize> {
    match value.get_ref() {
        DeValue::Table(table) => line_of(text, table, keys),
        DeValue::Array(items) => {
            let (first, rest) = keys.split_first()?;
            let item = items.get(first.parse::<usize>().ok()?)?;
            line_within(text, item, rest).or_else(|| Some(line_at(text, item.span().start)))
        }
        _ => None,
    }
}

fn line_at(text: &str, byte: usize) -> usize {
    text.bytes().take(byte).filter(|byte| *byte == b'\n').count() + 1
}
