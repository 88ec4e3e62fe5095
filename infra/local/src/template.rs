//! The wiring, read from the product's own SAM template: who is woken by what, and what happens on failure.
//!
//! What is not understood there (a type, a property, an intrinsic, a pattern) is an error that names its place.
//! Nothing is passed over in silence but what is listed by name as having no meaning on one machine.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::{Map, Value};

mod api;
mod bucket;
mod document;
mod event;
mod function;
mod globals;
mod identity;
mod properties;
mod receipt;
mod resolve;
mod resource;
#[cfg(test)]
mod tests;
mod wiring;

pub use wiring::{
    Asynchronous, Authorizer, Cors, Function, IdentitySource, Queue, Receipt, Retry, Route, Rule, Schedule,
    Segment, StreamSource, Table, Wiring,
};

use identity::{Identity, is_without_local_meaning};
use properties::Properties;
use resolve::{Place, Resolver};

/// What the twin gives itself.
#[derive(Clone, Debug, Default)]
pub struct StandIns {
    /// Values of environment variables, whatever the template says.
    pub environment: BTreeMap<String, String>,
    /// Values of parameters, in place of their defaults.
    pub parameters: BTreeMap<String, String>,
}

/// Why a template cannot be wired.
#[derive(Debug, thiserror::Error)]
pub enum TemplateError {
    /// The file cannot be read.
    #[error("template {path}: {error}")]
    Unreadable {
        /// The file.
        path: String,
        /// What the system says.
        error: std::io::Error,
    },
    /// It is not YAML, or uses a tag that has no meaning here.
    #[error("template: {0}")]
    Syntax(String),
    /// A resource or property has no meaning here, or a wrong one.
    #[error("template: resource {resource}{}: {problem}", of_property(property))]
    Place {
        /// The resource's name in the template.
        resource: String,
        /// The path to the property; empty for the resource itself.
        property: String,
        /// What is wrong with it.
        problem: String,
    },
}

/// The template's text as one value, short intrinsics written out (`{"Ref": "Table"}`): for tests that look at what
/// has no meaning on one machine, such as permissions.
pub fn template_document(text: &str) -> Result<Value, TemplateError> {
    document::parse(text)
}

fn of_property(property: &str) -> String {
    if property.is_empty() { String::new() } else { format!(", property {property}") }
}

impl Wiring {
    /// Reads the template from a file.
    pub fn read(path: &Path, stand_ins: &StandIns) -> Result<Self, TemplateError> {
        let text = std::fs::read_to_string(path)
            .map_err(|error| TemplateError::Unreadable { path: path.display().to_string(), error })?;
        Self::parse(&text, stand_ins)
    }

    /// Reads the template from its text.
    pub fn parse(text: &str, stand_ins: &StandIns) -> Result<Self, TemplateError> {
        let Value::Object(template) = document::parse(text)? else {
            return Err(TemplateError::Syntax("it is not a mapping".into()));
        };
        check_sections(&template)?;
        let mut resolver = Resolver::new(&template, &stand_ins.parameters);
        let resources = existing(&template, &resolver)?;
        for one in &resources {
            let identity = Identity::of(&one.logical, &one.kind, &one.properties, &resolver)?;
            resolver.introduce(&one.logical, identity);
        }
        wire(resources, &resolver, stand_ins)
    }
}

/// One resource as it stands in the template, globals merged in.
struct Resource {
    logical: String,
    kind: String,
    properties: Map<String, Value>,
    metadata: Value,
}

fn check_sections(template: &Map<String, Value>) -> Result<(), TemplateError> {
    const KNOWN: [&str; 10] = [
        "AWSTemplateFormatVersion",
        "Conditions",
        "Description",
        "Globals",
        "Mappings",
        "Metadata",
        "Outputs",
        "Parameters",
        "Resources",
        "Transform",
    ];
    match template.keys().find(|name| !KNOWN.contains(&name.as_str())) {
        Some(name) => {
            Err(TemplateError::Syntax(format!("section {name} is not understood by the local twin")))
        }
        None => Ok(()),
    }
}

/// The resources whose condition holds.
fn existing(template: &Map<String, Value>, resolver: &Resolver) -> Result<Vec<Resource>, TemplateError> {
    const AROUND: [&str; 7] =
        ["Condition", "DeletionPolicy", "DependsOn", "Metadata", "Properties", "Type", "UpdateReplacePolicy"];
    let globals = globals::Globals::read(template)?;
    let mut resources = Vec::new();
    for (logical, body) in template.get("Resources").and_then(Value::as_object).into_iter().flatten() {
        let at = Place::of(logical);
        let body = body.as_object().ok_or_else(|| at.error("is not a section"))?;
        if let Some(name) = body.keys().find(|name| !AROUND.contains(&name.as_str())) {
            return Err(at.inside(name).error("is not understood by the local twin"));
        }
        let kind =
            body.get("Type").and_then(Value::as_str).ok_or_else(|| at.inside("Type").error("is missing"))?;
        if let Some(condition) = body.get("Condition").and_then(Value::as_str)
            && !resolver.holds(condition, &at)?
        {
            continue;
        }
        let own = body.get("Properties").and_then(Value::as_object).cloned().unwrap_or_default();
        let metadata = body.get("Metadata").cloned().unwrap_or_default();
        let properties = globals.merged(kind, own);
        resources.push(Resource { logical: logical.clone(), kind: kind.to_owned(), properties, metadata });
    }
    Ok(resources)
}

/// Reads queues first, then what refers to them.
fn wire(
    resources: Vec<Resource>,
    resolver: &Resolver,
    stand_ins: &StandIns,
) -> Result<Wiring, TemplateError> {
    let mut draft = resource::Draft::default();
    let mut functions = Vec::new();
    for one in resources {
        let at = Place::of(&one.logical);
        let properties = Properties::new(one.properties, at.clone(), resolver);
        match one.kind.as_str() {
            "AWS::Serverless::Function" => functions.push((one.logical, properties, one.metadata)),
            "AWS::Serverless::HttpApi" => draft.api(&one.logical, properties)?,
            "AWS::DynamoDB::Table" => draft.table(&one.logical, properties)?,
            "AWS::Events::EventBus" => draft.bus(&one.logical, properties)?,
            "AWS::SQS::Queue" => draft.queue(&one.logical, properties)?,
            "AWS::S3::Bucket" => draft.bucket(&one.logical, properties)?,
            "AWS::SES::ReceiptRule" => draft.receipt(properties)?,
            "AWS::GuardDuty::MalwareProtectionPlan" => draft.scanner(properties)?,
            kind if is_without_local_meaning(kind) => {}
            kind => return Err(at.error(format!("type {kind} is not understood by the local twin"))),
        }
    }
    let names = functions
        .iter_mut()
        .map(|(_, properties, metadata)| function::name(properties, metadata))
        .collect::<Result<Vec<_>, _>>()?;
    let distinct: BTreeSet<&String> = names.iter().collect();
    if distinct.len() < names.len() {
        return Err(TemplateError::Syntax("two functions have the same folder".into()));
    }
    for (name, (logical, properties, _)) in names.into_iter().zip(functions) {
        draft.function(&name, &logical, properties, stand_ins)?;
    }
    draft.finish()
}
