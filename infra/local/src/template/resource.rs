//! The wiring as it grows, resource by resource: tables, buses, queues, and the names that others refer to.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use crate::door::Bucket;

use super::TemplateError;
use super::identity::arn;
use super::properties::Properties;
use super::resolve::Place;
use super::wiring::{
    Authorizer, Cors, Function, Queue, Receipt, Route, Rule, Schedule, Segment, StreamSource, Table, Wiring,
};

/// What has been read so far.
#[derive(Default)]
pub(super) struct Draft {
    pub(super) functions: BTreeMap<String, Function>,
    pub(super) routes: Vec<Route>,
    /// By name; the function still as an ARN until all functions are known.
    pub(super) authorizers: BTreeMap<String, Authorizer>,
    pub(super) default_authorizer: Option<String>,
    pub(super) cors: Option<Cors>,
    pub(super) streams: Vec<StreamSource>,
    pub(super) rules: Vec<Rule>,
    pub(super) schedules: Vec<Schedule>,
    pub(super) apis: Vec<String>,
    pub(super) stream_arn: Option<String>,
    pub(super) buses: BTreeSet<String>,
    pub(super) buckets: Vec<Bucket>,
    /// What is scanned: buckets, and what keys there begin with.
    pub(super) scanned: Vec<(String, Vec<String>)>,
    pub(super) receipts: Vec<Receipt>,
    queues: Vec<Queue>,
    table: Option<Table>,
}

impl Draft {
    pub(super) fn table(
        &mut self,
        logical: &str,
        mut properties: Properties<'_>,
    ) -> Result<(), TemplateError> {
        if self.table.is_some() {
            return Err(Place::of(logical).error("is a second table; the local twin has one"));
        }
        properties.ignore(&[
            "BillingMode",
            "ContributorInsightsSpecification",
            "DeletionProtectionEnabled",
            "OnDemandThroughput",
            "PointInTimeRecoverySpecification",
            "SSESpecification",
            "TableClass",
            "Tags",
            "TimeToLiveSpecification",
        ]);
        let name = properties.text("TableName")?.unwrap_or_else(|| logical.to_owned());
        let mut definition = Map::new();
        for property in [
            "AttributeDefinitions",
            "KeySchema",
            "GlobalSecondaryIndexes",
            "LocalSecondaryIndexes",
            "StreamSpecification",
        ] {
            if let Some(value) = properties.value(property)? {
                definition.insert(property.to_owned(), value);
            }
        }
        properties.finish()?;
        if definition.contains_key("StreamSpecification") {
            self.stream_arn = Some(arn("dynamodb", &format!("table/{name}/stream/2026-01-01T00:00:00.000")));
        }
        definition.insert("TableName".into(), name.clone().into());
        self.table = Some(Table { name, definition: Value::Object(definition) });
        Ok(())
    }

    pub(super) fn bus(&mut self, logical: &str, mut properties: Properties<'_>) -> Result<(), TemplateError> {
        properties.ignore(&["Description", "KmsKeyIdentifier", "LogConfig", "Tags", "Policy"]);
        let name = properties.text("Name")?.unwrap_or_else(|| logical.to_owned());
        properties.finish()?;
        self.buses.insert(name);
        Ok(())
    }

    pub(super) fn queue(
        &mut self,
        logical: &str,
        mut properties: Properties<'_>,
    ) -> Result<(), TemplateError> {
        // Messages stay until they are looked at, so their retention has no meaning here.
        properties.ignore(&[
            "KmsDataKeyReusePeriodSeconds",
            "KmsMasterKeyId",
            "MessageRetentionPeriod",
            "RedriveAllowPolicy",
            "SqsManagedSseEnabled",
            "Tags",
            "VisibilityTimeout",
        ]);
        let name = properties.text("QueueName")?.unwrap_or_else(|| logical.to_owned());
        properties.finish()?;
        self.queues.push(Queue { arn: arn("sqs", &name), name });
        Ok(())
    }

    /// The name of the queue with this ARN.
    pub(super) fn queue_named(&self, arn: &str) -> Option<String> {
        self.queues.iter().find(|queue| queue.arn == arn).map(|queue| queue.name.clone())
    }

    pub(super) fn finish(mut self) -> Result<Wiring, TemplateError> {
        self.name_authorizers()?;
        self.join_scanners()?;
        let table = self.table.ok_or_else(|| TemplateError::Syntax("there is no table".into()))?;
        self.routes.sort_by_cached_key(exactness);
        let twice = self.routes.windows(2).find_map(|pair| match pair {
            [one, other] if same_route(one, other) => Some((one, other)),
            _ => None,
        });
        if let Some((one, other)) = twice {
            return Err(TemplateError::Syntax(format!(
                "{} {} is answered by {} and {}",
                one.method, one.path, one.function, other.function
            )));
        }
        Ok(Wiring {
            functions: self.functions,
            routes: self.routes,
            authorizers: self.authorizers,
            cors: self.cors,
            streams: self.streams,
            rules: self.rules,
            schedules: self.schedules,
            queues: self.queues,
            buckets: self.buckets,
            receipts: self.receipts,
            table,
        })
    }

    fn name_authorizers(&mut self) -> Result<(), TemplateError> {
        for (name, authorizer) in &mut self.authorizers {
            let named = self.functions.values().find(|function| function.arn == authorizer.function);
            let named = named.ok_or_else(|| {
                TemplateError::Syntax(format!(
                    "authorizer {name}: {} is not a function here",
                    authorizer.function
                ))
            })?;
            authorizer.function.clone_from(&named.name);
        }
        Ok(())
    }
}

/// Orders routes by what a request is matched against first: paths without a greedy end, literal parts, own methods.
fn exactness(route: &Route) -> (bool, Vec<Segment>, bool, String) {
    let is_greedy = matches!(route.segments.last(), Some(Segment::Greedy(_)));
    (is_greedy, route.segments.clone(), route.method == "ANY", route.method.clone())
}

fn same_route(one: &Route, other: &Route) -> bool {
    one.method == other.method && one.segments == other.segments
}
