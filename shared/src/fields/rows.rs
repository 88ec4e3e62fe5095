//! Lists in a form, whose fields are named as pointers are: `remedies/0/kind`, `flags/legal`.

use std::collections::BTreeMap;

use super::{Fields, json::Value};

impl Fields {
    /// The items of a list, each with its place.
    pub(super) fn items(&mut self, name: &str) -> Option<Vec<(usize, Value)>> {
        if self.is_form {
            return Some(self.rows(name));
        }
        let Value::List(items) = self.take(name)? else {
            self.report(name, "wrong_type", "Give a list of objects.");
            return None;
        };
        Some(items.into_iter().enumerate().collect())
    }

    /// The rows of a form that belong to this list.
    fn rows(&mut self, name: &str) -> Vec<(usize, Value)> {
        let mut rows = BTreeMap::<usize, BTreeMap<String, Value>>::new();
        for (inner, value) in self.taken_below(name) {
            let place = inner.split_once('/').and_then(|(row, field)| Some((row.parse().ok()?, row, field)));
            match place {
                // Another way to write the same number would hide one of two values.
                Some((row, written, field)) if usize::to_string(&row) == written => {
                    rows.entry(row).or_default().insert(field.to_owned(), value);
                }
                _ => drop(self.values.insert(format!("{name}/{inner}"), value)),
            }
        }
        rows.retain(|_, row| row.values().any(|value| !self.is_absent(value)));
        rows.into_iter().map(|(row, values)| (row, Value::Object(values))).collect()
    }

    /// The words of a form's boxes of this name that are ticked.
    pub(super) fn ticked(&mut self, name: &str) -> Vec<String> {
        let boxes = self.taken_below(name);
        boxes.into_iter().filter(|(_, value)| !self.is_absent(value)).map(|(word, _)| word).collect()
    }

    /// Takes all fields whose names go on after this one and a slash.
    fn taken_below(&mut self, name: &str) -> Vec<(String, Value)> {
        let below = |field: &String| Some(field.strip_prefix(name)?.strip_prefix('/')?.to_owned());
        let named: Vec<_> =
            self.values.keys().filter_map(|field| Some((field.clone(), below(field)?))).collect();
        named.into_iter().filter_map(|(field, inner)| Some((inner, self.values.remove(&field)?))).collect()
    }
}
