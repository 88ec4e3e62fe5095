//! Properties read by name, each once; what is left over when all known ones are read is an error, not a silence.

use std::time::Duration;

use serde_json::{Map, Value};

use super::TemplateError;
use super::resolve::{Place, Resolver, text};

/// The properties of a resource, or of a section of one.
pub(super) struct Properties<'a> {
    left: Map<String, Value>,
    at: Place,
    resolver: &'a Resolver,
}

impl<'a> Properties<'a> {
    pub(super) fn new(properties: Map<String, Value>, at: Place, resolver: &'a Resolver) -> Self {
        Self { left: properties, at, resolver }
    }

    /// Passes over properties that change nothing here.
    pub(super) fn ignore(&mut self, names: &[&str]) {
        for name in names {
            self.left.remove(*name);
        }
    }

    /// A property with its intrinsics worked out.
    pub(super) fn value(&mut self, name: &str) -> Result<Option<Value>, TemplateError> {
        let Some(value) = self.left.remove(name) else { return Ok(None) };
        let value = self.resolver.value(&value, &self.at.inside(name))?;
        Ok(Some(value).filter(|value| !value.is_null()))
    }

    pub(super) fn text(&mut self, name: &str) -> Result<Option<String>, TemplateError> {
        self.read(name, "a text", text)
    }

    pub(super) fn number(&mut self, name: &str) -> Result<Option<i64>, TemplateError> {
        self.read(name, "a whole number", |value| text(value)?.parse().ok())
    }

    pub(super) fn flag(&mut self, name: &str) -> Result<bool, TemplateError> {
        let flag = self.read(name, "true or false", |value| text(value)?.parse().ok())?;
        Ok(flag.unwrap_or(false))
    }

    /// A whole number that is not negative.
    pub(super) fn count(&mut self, name: &str) -> Result<Option<u32>, TemplateError> {
        self.read(name, "a count", |value| text(value)?.parse().ok())
    }

    pub(super) fn seconds(&mut self, name: &str) -> Result<Option<Duration>, TemplateError> {
        Ok(self.count(name)?.map(|seconds| Duration::from_secs(u64::from(seconds))))
    }

    /// A list of texts; absent is empty.
    pub(super) fn texts(&mut self, name: &str) -> Result<Vec<String>, TemplateError> {
        let list = self.read(name, "a list of texts", |value| value.as_array()?.iter().map(text).collect());
        list.map(Option::unwrap_or_default)
    }

    /// A section with properties of its own.
    pub(super) fn section(&mut self, name: &str) -> Result<Option<Properties<'a>>, TemplateError> {
        let Some(value) = self.left.remove(name) else { return Ok(None) };
        let at = self.at.inside(name);
        match self.resolver.section(&value, &at)? {
            Value::Object(properties) => Ok(Some(Properties::new(properties, at, self.resolver))),
            Value::Null => Ok(None),
            _ => Err(at.error("is not a section")),
        }
    }

    /// All that is left, each a section of its own.
    pub(super) fn sections(mut self) -> Result<Vec<(String, Properties<'a>)>, TemplateError> {
        let names: Vec<String> = self.left.keys().cloned().collect();
        let mut sections = Vec::new();
        for name in names {
            if let Some(section) = self.section(&name)? {
                sections.push((name, section));
            }
        }
        Ok(sections)
    }

    pub(super) fn names(&self) -> Vec<String> {
        self.left.keys().cloned().collect()
    }

    /// The value of a property that must be there.
    pub(super) fn required<T>(&self, name: &str, value: Option<T>) -> Result<T, TemplateError> {
        value.ok_or_else(|| self.at.inside(name).error("is missing"))
    }

    /// An error about one of these properties.
    pub(super) fn error(&self, name: &str, problem: impl Into<String>) -> TemplateError {
        self.at.inside(name).error(problem)
    }

    /// Refuses what has not been read.
    pub(super) fn finish(self) -> Result<(), TemplateError> {
        match self.left.keys().next() {
            None => Ok(()),
            Some(name) => Err(self.at.inside(name).error("is not understood by the local twin")),
        }
    }

    fn read<T>(
        &mut self,
        name: &str,
        wanted: &str,
        read: impl FnOnce(&Value) -> Option<T>,
    ) -> Result<Option<T>, TemplateError> {
        match self.value(name)? {
            None => Ok(None),
            Some(value) => {
                read(&value).map(Some).ok_or_else(|| self.at.inside(name).error(format!("is not {wanted}")))
            }
        }
    }
}
