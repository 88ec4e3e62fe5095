//! What a run has been through, so that all runs together can be asked whether they left anything out.

use std::collections::BTreeMap;

/// Counts by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Coverage(BTreeMap<String, u64>);

impl Coverage {
    pub(super) fn note(&mut self, name: impl Into<String>) {
        self.add(name, 1);
    }

    pub(super) fn add(&mut self, name: impl Into<String>, times: u64) {
        *self.0.entry(name.into()).or_default() += times;
    }

    pub(super) fn join(&mut self, other: &Coverage) {
        other.0.iter().for_each(|(name, times)| self.add(name, *times));
    }

    /// Which of these never happened.
    pub(super) fn lacks<'n>(&self, names: impl IntoIterator<Item = &'n str>) -> Vec<&'n str> {
        names.into_iter().filter(|name| !self.0.contains_key(*name)).collect()
    }

    /// As a table.
    pub(super) fn table(&self) -> String {
        let lines: Vec<String> = self.0.iter().map(|(name, times)| format!("{times:>8}  {name}")).collect();
        lines.join("\n")
    }
}
