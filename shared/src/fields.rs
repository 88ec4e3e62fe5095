//! The fields of a posted body, JSON or form, taken one by one; what is wrong with them is collected, not thrown.
//!
//! Details never repeat a value: it may be personal data, and answers end up in logs.

mod fault;
mod form;
mod json;
mod plain;
mod rows;

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    str::FromStr,
};

use jiff::{Timestamp, civil::Date};

use crate::values::InvalidValue;
use json::Value;
use plain::sentence;

pub use fault::{FieldError, Malformed};
pub(crate) use plain::{parse_date, parse_instant};

/// More errors than this help nobody, and would let a small body ask for a large answer.
const MOST_ERRORS: usize = 50;
/// Longer names of unknown fields are not repeated.
const LONGEST_NAME: usize = 64;

/// The fields of one object. Each is taken at most once; [`finish`](Fields::finish) reports those that nobody took.
pub struct Fields {
    values: BTreeMap<String, Value>,
    /// Where this object stands in the body.
    place: String,
    is_form: bool,
    errors: Vec<FieldError>,
}

impl Fields {
    /// Reads a body of `application/json`.
    pub fn from_json(body: &[u8]) -> Result<Fields, Malformed> {
        let values = json::read_object(body)?;
        Ok(Fields { values, place: String::new(), is_form: false, errors: Vec::new() })
    }

    /// Reads a body of `application/x-www-form-urlencoded`. A field left empty counts as not given: a browser sends
    /// every field of a form.
    pub fn from_form(body: &[u8]) -> Result<Fields, Malformed> {
        let values = form::read(body)?.into_iter().map(|(name, text)| (name, Value::Text(text))).collect();
        Ok(Fields { values, place: String::new(), is_form: true, errors: Vec::new() })
    }

    /// Whether the body was a form and not JSON.
    pub fn is_form(&self) -> bool {
        self.is_form
    }

    /// The texts as they came, for showing a form again; values that are no text are left out.
    pub fn typed(&self) -> BTreeMap<String, String> {
        let text = |value: &Value| if let Value::Text(text) = value { Some(text.clone()) } else { None };
        self.values.iter().filter_map(|(name, value)| Some((name.clone(), text(value)?))).collect()
    }

    /// How many bytes there are of the texts and their names.
    pub fn typed_bytes(&self) -> usize {
        let bytes = |(name, value): (&String, &Value)| match value {
            Value::Text(text) => name.len() + text.len(),
            _ => name.len(),
        };
        self.values.iter().map(bytes).sum()
    }

    /// Whether a field has a value.
    pub fn has(&self, name: &str) -> bool {
        self.values.get(name).is_some_and(|value| !self.is_absent(value))
    }

    /// Takes a text and parses it. `None` when it is absent, or wrong and reported.
    pub fn text<T>(&mut self, name: &str) -> Option<T>
    where
        T: FromStr,
        T::Err: InvalidValue,
    {
        let text = self.raw_text(name)?;
        text.parse().map_err(|invalid: T::Err| self.report_invalid(name, &invalid)).ok()
    }

    /// Takes a text that has to be there.
    pub fn required_text<T>(&mut self, name: &str) -> Option<T>
    where
        T: FromStr,
        T::Err: InvalidValue,
    {
        self.demand(name)?;
        self.text(name)
    }

    /// Takes one of a list of words.
    pub fn choice<T: Copy>(
        &mut self,
        name: &str,
        choices: impl IntoIterator<Item = (&'static str, T)>,
    ) -> Option<T> {
        let text = self.raw_text(name)?;
        let mut words = Vec::new();
        for (word, choice) in choices {
            if word == text {
                return Some(choice);
            }
            words.push(word);
        }
        self.report(name, "unknown_value", &format!("Choose one of: {}.", words.join(", ")));
        None
    }

    /// Takes one of a list of words that has to be there.
    pub fn required_choice<T: Copy>(
        &mut self,
        name: &str,
        choices: impl IntoIterator<Item = (&'static str, T)>,
    ) -> Option<T> {
        self.demand(name)?;
        self.choice(name, choices)
    }

    /// Takes yes or no: `true` or `false`; in forms also what a ticked box sends.
    pub fn flag(&mut self, name: &str) -> Option<bool> {
        let value = match self.take(name)? {
            Value::Bool(flag) => Some(flag),
            Value::Text(text) if self.is_form => match text.as_str() {
                "true" | "yes" | "on" => Some(true),
                "false" | "no" => Some(false),
                _ => None,
            },
            _ => None,
        };
        if value.is_none() {
            self.report(name, "wrong_type", "Give true or false.");
        }
        value
    }

    /// Takes a yes or no that has to be there.
    pub fn required_flag(&mut self, name: &str) -> Option<bool> {
        self.demand(name)?;
        self.flag(name)
    }

    /// Takes a whole number within bounds; forms carry it as digits.
    pub fn number(&mut self, name: &str, least: u8, most: u8) -> Option<u8> {
        self.count(name, least.into(), most.into()).and_then(|number| u8::try_from(number).ok())
    }

    /// The same of larger numbers.
    pub fn count(&mut self, name: &str, least: u64, most: u64) -> Option<u64> {
        let number = match self.take(name)? {
            Value::Integer(number) => Some(number),
            Value::Text(text) if self.is_form => text.trim().parse().ok(),
            _ => None,
        };
        let Some(number) = number else {
            self.report(name, "wrong_type", "Give a whole number.");
            return None;
        };
        let within = u64::try_from(number).ok().filter(|number| (least..=most).contains(number));
        if within.is_none() {
            self.report(name, "out_of_range", &format!("Give a whole number from {least} to {most}."));
        }
        within
    }

    /// Takes a whole number that has to be there.
    pub fn required_number(&mut self, name: &str, least: u8, most: u8) -> Option<u8> {
        self.demand(name)?;
        self.number(name, least, most)
    }

    /// Takes a larger number that has to be there.
    pub fn required_count(&mut self, name: &str, least: u64, most: u64) -> Option<u64> {
        self.demand(name)?;
        self.count(name, least, most)
    }

    /// Takes a text as it is that has to be there.
    pub fn required_raw(&mut self, name: &str) -> Option<String> {
        self.demand(name)?;
        self.raw_text(name)
    }

    /// Takes a day, written `2026-03-31`.
    pub fn date(&mut self, name: &str) -> Option<Date> {
        let text = self.raw_text(name)?;
        let date = parse_date(&text);
        if date.is_none() {
            self.report(name, "malformed_date", "Write the date as year, month and day, such as 2026-03-31.");
        }
        date
    }

    /// Takes an instant of RFC 3339, such as `2026-03-31T09:30:00Z`.
    pub fn instant(&mut self, name: &str) -> Option<Timestamp> {
        let text = self.raw_text(name)?;
        let instant = parse_instant(&text);
        if instant.is_none() {
            self.report(
                name,
                "malformed_instant",
                "Write the time with its date and zone, such as 2026-03-31T09:30:00Z.",
            );
        }
        instant
    }

    /// Takes a text as it is. An empty one in JSON is reported: there a field can be left out.
    pub fn raw_text(&mut self, name: &str) -> Option<String> {
        match self.take(name)? {
            Value::Text(text) if text.trim().is_empty() => {
                self.report(name, "empty", "This is empty.");
                None
            }
            Value::Text(text) => Some(text),
            _ => {
                self.report(name, "wrong_type", "Give a text.");
                None
            }
        }
    }

    /// Takes a list of at most `most` objects; `read` makes something of each, and reports what is wrong in it. A form
    /// names a field of one as pointers do, `remedies/0/kind`; a row in which nothing was entered is none.
    pub fn objects<T>(
        &mut self,
        name: &str,
        most: usize,
        mut read: impl FnMut(&mut Fields) -> Option<T>,
    ) -> Option<Vec<T>> {
        let items = self.items(name)?;
        if items.len() > most {
            self.report(name, "too_many", &format!("Give at most {most} of them."));
            return None;
        }
        let mut made = Vec::with_capacity(items.len());
        for (index, item) in items {
            let Value::Object(values) = item else {
                self.report(&format!("{name}/{index}"), "wrong_type", "Give an object.");
                continue;
            };
            let place = format!("{}/{name}/{index}", self.place);
            let mut fields = Fields { values, place, is_form: self.is_form, errors: Vec::new() };
            let item = read(&mut fields);
            match (item, fields.finish()) {
                (item, Ok(())) => made.extend(item),
                (_, Err(errors)) => self.errors.extend(errors),
            }
        }
        Some(made)
    }

    /// Several of a list of words: as a list, or of a form in one text with spaces between them, or each as a box of its
    /// own that is ticked, `flags/legal`.
    pub fn choices<T: Copy + Ord>(&mut self, name: &str, words: &[(&str, T)]) -> BTreeSet<T> {
        let given = match self.take(name) {
            None if self.is_form => self.ticked(name),
            None => return BTreeSet::new(),
            Some(Value::Text(text)) => text.split_ascii_whitespace().map(str::to_owned).collect(),
            Some(Value::List(items)) => {
                let text = |item| if let Value::Text(text) = item { text } else { String::new() };
                items.into_iter().map(text).collect::<Vec<_>>()
            }
            Some(_) => vec![String::new()],
        };
        let known = |given: &String| words.iter().find(|(word, _)| word == given).map(|(_, value)| *value);
        if given.iter().any(|given| known(given).is_none()) {
            let all: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            self.report(name, "unknown_value", &format!("Choose from: {}.", all.join(", ")));
        }
        given.iter().filter_map(known).collect()
    }

    /// Reports that a field is wrong.
    pub fn report(&mut self, name: &str, code: &str, detail: &str) {
        let pointer = format!("{}/{name}", self.place);
        self.errors.push(FieldError::new(pointer, code, detail));
    }

    fn report_invalid(&mut self, name: &str, invalid: &impl InvalidValue) {
        let error = FieldError::new(format!("{}/{name}", self.place), invalid.code(), &sentence(invalid));
        self.errors.push(FieldError { limit: invalid.limit(), ..error });
    }

    /// Reports that a field is missing, in the words given.
    pub fn report_missing(&mut self, name: &str, detail: &str) {
        self.report(name, "required", detail);
    }

    /// Whether something was reported.
    pub fn has_errors(&self) -> bool {
        !self.errors.is_empty()
    }

    /// Everything that is wrong, the fields that nobody asked for among it.
    pub fn finish(mut self) -> Result<(), Vec<FieldError>> {
        let unknown: Vec<String> = self.values.keys().take(MOST_ERRORS).cloned().collect();
        for name in unknown {
            let pointer = if name.chars().count() > LONGEST_NAME {
                self.place.clone()
            } else {
                format!("{}/{}", self.place, name.replace('~', "~0").replace('/', "~1"))
            };
            self.errors.push(FieldError::new(pointer, "unknown_field", "There is no such field."));
        }
        self.errors.truncate(MOST_ERRORS);
        if self.errors.is_empty() { Ok(()) } else { Err(self.errors) }
    }

    /// Finishes, and hands out what was made of the fields.
    pub fn made<T>(self, made: Option<T>) -> Result<T, Vec<FieldError>> {
        let pointer = self.place.clone();
        self.finish()?;
        // Getters report what they leave out, so that this is about what has no getter.
        made.ok_or_else(|| vec![FieldError::new(pointer, "required", "Something is missing here.")])
    }

    fn demand(&mut self, name: &str) -> Option<()> {
        if self.has(name) {
            return Some(());
        }
        self.values.remove(name);
        self.report_missing(name, "This is needed.");
        None
    }

    fn take(&mut self, name: &str) -> Option<Value> {
        let value = self.values.remove(name)?;
        (!self.is_absent(&value)).then_some(value)
    }

    fn is_absent(&self, value: &Value) -> bool {
        match value {
            Value::Null => true,
            Value::Text(text) => self.is_form && text.trim().is_empty(),
            _ => false,
        }
    }
}

impl fmt::Debug for Fields {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Fields({} of them)", self.values.len())
    }
}

#[cfg(test)]
mod tests;
