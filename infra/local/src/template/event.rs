//! What wakes a function: routes, the stream, rules, schedules.

use std::time::Duration;

use super::TemplateError;
use super::properties::Properties;
use super::resource::Draft;
use super::wiring::{Retry, Rule, Schedule, StreamSource};
use crate::pattern::Pattern;
use crate::schedule::Recurrence;

/// EventBridge's and its scheduler's own bounds: 185 retries in 24 hours.
const DEFAULT_RETRY: Retry = Retry { attempts: Some(185), age: Some(Duration::from_hours(24)) };

impl Draft {
    /// One entry of a function's `Events`.
    pub(super) fn event(
        &mut self,
        function: &str,
        name: &str,
        mut event: Properties<'_>,
    ) -> Result<(), TemplateError> {
        let kind = event.text("Type")?;
        let kind = event.required("Type", kind)?;
        let section = event.section("Properties")?;
        let properties = event.required("Properties", section)?;
        match kind.as_str() {
            "HttpApi" => self.route(function, properties)?,
            "DynamoDB" => self.stream(function, properties)?,
            "EventBridgeRule" => self.rule(function, name, properties)?,
            "ScheduleV2" => self.schedule(function, name, properties)?,
            _ => return Err(event.error("Type", format!("{kind} is not understood by the local twin"))),
        }
        event.finish()
    }

    fn stream(&mut self, function: &str, mut properties: Properties<'_>) -> Result<(), TemplateError> {
        // The twin's stream begins with the table, and each reader has one shard.
        properties.ignore(&["StartingPosition", "ParallelizationFactor"]);
        let stream = properties.text("Stream")?;
        let stream = properties.required("Stream", stream)?;
        if self.stream_arn.as_ref() != Some(&stream) {
            return Err(properties.error("Stream", format!("{stream} is not the stream of the table")));
        }
        let source = StreamSource {
            function: function.to_owned(),
            stream,
            filters: filters(&mut properties)?,
            batch: usize::try_from(properties.count("BatchSize")?.unwrap_or(100)).unwrap_or(usize::MAX),
            window: properties.seconds("MaximumBatchingWindowInSeconds")?.unwrap_or_default(),
            bisect: properties.flag("BisectBatchOnFunctionError")?,
            partial: partial(&mut properties)?,
            retry: Retry {
                attempts: bound(&mut properties, "MaximumRetryAttempts")?,
                age: bound(&mut properties, "MaximumRecordAgeInSeconds")?
                    .map(|age| Duration::from_secs(age.into())),
            },
            on_failure: self.destination(&mut properties)?,
        };
        properties.finish()?;
        self.streams.push(source);
        Ok(())
    }

    fn rule(
        &mut self,
        function: &str,
        name: &str,
        mut properties: Properties<'_>,
    ) -> Result<(), TemplateError> {
        properties.ignore(&["RuleName"]);
        let bus = properties.text("EventBusName")?.unwrap_or_else(|| "default".into());
        if bus != "default" && !self.buses.contains(&bus) {
            return Err(properties.error("EventBusName", format!("{bus} is not a bus of this template")));
        }
        let pattern = properties.value("Pattern")?;
        let pattern = properties.required("Pattern", pattern)?;
        let pattern =
            Pattern::new(&pattern).map_err(|error| properties.error("Pattern", error.to_string()))?;
        let is_on = enabled(&mut properties)?;
        let rule = Rule {
            name: name.to_owned(),
            bus,
            pattern,
            function: function.to_owned(),
            retry: retry(&mut properties)?,
            dead_letters: self.dead_letters(&mut properties)?,
        };
        properties.finish()?;
        self.rules.extend(is_on.then_some(rule));
        Ok(())
    }

    fn schedule(
        &mut self,
        function: &str,
        name: &str,
        mut properties: Properties<'_>,
    ) -> Result<(), TemplateError> {
        properties.ignore(&[
            "Description",
            "GroupName",
            "Name",
            "OmitName",
            "PermissionsBoundary",
            "RoleArn",
        ]);
        if let Some(mut window) = properties.section("FlexibleTimeWindow")? {
            if window.text("Mode")?.as_deref() != Some("OFF") {
                return Err(window.error("Mode", "other than OFF is not understood by the local twin"));
            }
            window.finish()?;
        }
        let expression = properties.text("ScheduleExpression")?;
        let expression = properties.required("ScheduleExpression", expression)?;
        let zone = properties.text("ScheduleExpressionTimezone")?.unwrap_or_else(|| "UTC".into());
        let recurrence = Recurrence::parse(&expression, &zone)
            .map_err(|error| properties.error("ScheduleExpression", error.to_string()))?;
        let is_on = enabled(&mut properties)?;
        let schedule = Schedule {
            name: name.to_owned(),
            recurrence,
            function: function.to_owned(),
            input: properties.text("Input")?,
            retry: retry(&mut properties)?,
            dead_letters: self.dead_letters(&mut properties)?,
        };
        properties.finish()?;
        self.schedules.extend(is_on.then_some(schedule));
        Ok(())
    }

    fn dead_letters(&self, properties: &mut Properties<'_>) -> Result<Option<String>, TemplateError> {
        properties.section("DeadLetterConfig")?.map(|section| self.sqs(section, "Arn")).transpose()
    }
}

fn retry(properties: &mut Properties<'_>) -> Result<Retry, TemplateError> {
    let Some(mut section) = properties.section("RetryPolicy")? else { return Ok(DEFAULT_RETRY) };
    let attempts = section.count("MaximumRetryAttempts")?.or(DEFAULT_RETRY.attempts);
    let age = section.seconds("MaximumEventAgeInSeconds")?.or(DEFAULT_RETRY.age);
    section.finish()?;
    Ok(Retry { attempts, age })
}

/// A bound of a stream's retries; -1 is none.
fn bound(properties: &mut Properties<'_>, name: &str) -> Result<Option<u32>, TemplateError> {
    Ok(properties.number(name)?.and_then(|number| u32::try_from(number).ok()))
}

fn enabled(properties: &mut Properties<'_>) -> Result<bool, TemplateError> {
    match properties.text("State")?.as_deref() {
        None | Some("ENABLED") => Ok(true),
        Some("DISABLED") => Ok(false),
        Some(other) => Err(properties.error("State", format!("{other} is not understood by the local twin"))),
    }
}

fn filters(properties: &mut Properties<'_>) -> Result<Vec<Pattern>, TemplateError> {
    let Some(mut criteria) = properties.section("FilterCriteria")? else { return Ok(Vec::new()) };
    let list = criteria.value("Filters")?.and_then(|list| list.as_array().cloned()).unwrap_or_default();
    let patterns = list.iter().map(|filter| {
        let text = filter["Pattern"]
            .as_str()
            .ok_or_else(|| criteria.error("Filters", "need a Pattern as JSON text"))?;
        Pattern::parse(text).map_err(|error| criteria.error("Filters.Pattern", error.to_string()))
    });
    let patterns = patterns.collect::<Result<_, _>>()?;
    criteria.finish()?;
    Ok(patterns)
}

fn partial(properties: &mut Properties<'_>) -> Result<bool, TemplateError> {
    let kinds = properties.texts("FunctionResponseTypes")?;
    match kinds.iter().find(|kind| *kind != "ReportBatchItemFailures") {
        Some(kind) => Err(properties.error("FunctionResponseTypes", format!("{kind} is not understood"))),
        None => Ok(!kinds.is_empty()),
    }
}
