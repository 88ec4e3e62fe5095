//! SAM's `Globals`: properties that all resources of a type share.

use serde_json::{Map, Value};

use super::TemplateError;

pub(super) struct Globals {
    function: Map<String, Value>,
    api: Map<String, Value>,
}

impl Globals {
    pub(super) fn read(template: &Map<String, Value>) -> Result<Self, TemplateError> {
        let mut sections = template.get("Globals").and_then(Value::as_object).cloned().unwrap_or_default();
        let mut take = |name: &str| match sections.remove(name) {
            Some(Value::Object(section)) => section,
            _ => Map::new(),
        };
        let globals = Self { function: take("Function"), api: take("HttpApi") };
        match sections.keys().next() {
            Some(name) => {
                Err(TemplateError::Syntax(format!("Globals.{name} is not understood by the local twin")))
            }
            None => Ok(globals),
        }
    }

    /// A resource's own properties over the shared ones: sections merge, lists are appended, values replaced.
    pub(super) fn merged(&self, kind: &str, own: Map<String, Value>) -> Map<String, Value> {
        match kind {
            "AWS::Serverless::Function" => merge(self.function.clone(), own),
            "AWS::Serverless::HttpApi" => merge(self.api.clone(), own),
            _ => own,
        }
    }
}

fn merge(mut shared: Map<String, Value>, own: Map<String, Value>) -> Map<String, Value> {
    for (name, value) in own {
        let merged = match (shared.remove(&name), value) {
            (Some(Value::Object(shared)), Value::Object(own)) => Value::Object(merge(shared, own)),
            (Some(Value::Array(shared)), Value::Array(own)) => Value::Array([shared, own].concat()),
            (_, own) => own,
        };
        shared.insert(name, merged);
    }
    shared
}
