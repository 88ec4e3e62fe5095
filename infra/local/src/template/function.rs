//! Functions: their names, environments, and what becomes of their failures.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::Value;

use super::identity::arn;
use super::properties::Properties;
use super::resolve::text;
use super::resource::Draft;
use super::wiring::{Asynchronous, Function, Retry};
use super::{StandIns, TemplateError};

/// What AWS charges, watches, allows or builds by; no step behaves differently for it.
const WITHOUT_LOCAL_MEANING: [&str; 17] = [
    "Architectures",
    "AssumeRolePolicyDocument",
    "CodeUri",
    "Description",
    "FunctionName",
    "Handler",
    "LoggingConfig",
    "MemorySize",
    "PermissionsBoundary",
    "Policies",
    "PropagateTags",
    "RecursiveLoop",
    "ReservedConcurrentExecutions",
    "Role",
    "RolePath",
    "Tags",
    "Tracing",
];

impl Draft {
    pub(super) fn function(
        &mut self,
        name: &str,
        logical: &str,
        mut properties: Properties<'_>,
        stand_ins: &StandIns,
    ) -> Result<(), TemplateError> {
        let physical = properties.text("FunctionName")?.unwrap_or_else(|| logical.to_owned());
        properties.ignore(&WITHOUT_LOCAL_MEANING);
        let function = Function {
            name: name.to_owned(),
            arn: arn("lambda", &format!("function:{physical}")),
            environment: environment(&mut properties, stand_ins)?,
            timeout: properties.seconds("Timeout")?.unwrap_or(Duration::from_secs(3)),
            asynchronous: self.asynchronous(&mut properties)?,
        };
        let events = properties.section("Events")?;
        properties.finish()?;
        self.functions.insert(name.to_owned(), function);
        for (event, section) in events.map(Properties::sections).transpose()?.into_iter().flatten() {
            self.event(name, &format!("{logical}{event}"), section)?;
        }
        Ok(())
    }

    fn asynchronous(&self, properties: &mut Properties<'_>) -> Result<Asynchronous, TemplateError> {
        let dead_letters = match properties.section("DeadLetterQueue")? {
            Some(section) => Some(self.sqs(section, "TargetArn")?),
            None => None,
        };
        // Lambda's own defaults.
        let mut retry = Retry { attempts: Some(2), age: Some(Duration::from_hours(6)) };
        let mut on_failure = None;
        if let Some(mut config) = properties.section("EventInvokeConfig")? {
            if let Some(attempts) = config.count("MaximumRetryAttempts")? {
                retry.attempts = Some(attempts);
            }
            if let Some(age) = config.seconds("MaximumEventAgeInSeconds")? {
                retry.age = Some(age);
            }
            on_failure = self.destination(&mut config)?;
            config.finish()?;
        }
        Ok(Asynchronous { retry, on_failure, dead_letters })
    }

    /// `DestinationConfig` with an `OnFailure` queue.
    pub(super) fn destination(
        &self,
        properties: &mut Properties<'_>,
    ) -> Result<Option<String>, TemplateError> {
        let Some(mut config) = properties.section("DestinationConfig")? else { return Ok(None) };
        let queue = match config.section("OnFailure")? {
            Some(section) => Some(self.sqs(section, "Destination")?),
            None => None,
        };
        config.finish()?;
        Ok(queue)
    }

    /// A queue given as `Type: SQS` (or no type) and its ARN.
    pub(super) fn sqs(&self, mut section: Properties<'_>, property: &str) -> Result<String, TemplateError> {
        if let Some(kind) = section.text("Type")?.filter(|kind| kind != "SQS") {
            return Err(section.error("Type", format!("{kind} is not understood by the local twin")));
        }
        let arn = section.text(property)?;
        let arn = section.required(property, arn)?;
        let queue = self.queue_named(&arn);
        let queue =
            queue.ok_or_else(|| section.error(property, format!("{arn} is not a queue of this template")))?;
        section.finish()?;
        Ok(queue)
    }
}

/// A function's name: the folder that its code is taken from, or the binary that is built for it.
pub(super) fn name(properties: &mut Properties<'_>, metadata: &Value) -> Result<String, TemplateError> {
    let binary = metadata.pointer("/BuildProperties/Binary").and_then(Value::as_str).map(str::to_owned);
    let folder = properties.text("CodeUri")?.and_then(|uri| {
        let folder = uri.trim_end_matches('/').rsplit('/').next()?;
        Some(folder.to_owned()).filter(|folder| !folder.is_empty())
    });
    if properties.text("Runtime")?.is_some_and(|runtime| !runtime.starts_with("provided.")) {
        return Err(properties.error("Runtime", "is not one for a Rust binary"));
    }
    properties.required("CodeUri", binary.or(folder))
}

fn environment(
    properties: &mut Properties<'_>,
    stand_ins: &StandIns,
) -> Result<BTreeMap<String, String>, TemplateError> {
    let Some(mut section) = properties.section("Environment")? else { return Ok(BTreeMap::new()) };
    let variables = section.section("Variables")?;
    section.finish()?;
    let Some(mut variables) = variables else { return Ok(BTreeMap::new()) };
    let mut environment = BTreeMap::new();
    for name in variables.names() {
        let value = match stand_ins.environment.get(&name) {
            Some(value) => value.clone(),
            None => match variables.value(&name)? {
                Some(value) => text(&value).ok_or_else(|| variables.error(&name, "is not a text"))?,
                None => continue,
            },
        };
        environment.insert(name, value);
    }
    Ok(environment)
}
