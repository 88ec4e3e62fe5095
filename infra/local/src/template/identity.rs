//! What other parts of the template get when they refer to a resource: its name, its ARN.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::TemplateError;
use super::resolve::{ACCOUNT, Place, REGION, Resolver, text};

/// What `Ref` and `GetAtt` give for one resource.
pub(super) struct Identity {
    pub(super) reference: String,
    pub(super) attributes: BTreeMap<String, String>,
}

/// Types that have no meaning on one machine: watched, kept, charged or allowed by AWS only. What is in them is not
/// looked at. Mail, staff sign-in and secrets are stood in for by the door and by the steps' environment.
const WITHOUT_LOCAL_MEANING: [&str; 29] = [
    "AWS::ApiGatewayV2::ApiMapping",
    "AWS::ApiGatewayV2::DomainName",
    "AWS::Budgets::Budget",
    "AWS::CloudWatch::Alarm",
    "AWS::CloudWatch::CompositeAlarm",
    "AWS::CloudWatch::Dashboard",
    "AWS::Cognito::UserPool",
    "AWS::Cognito::UserPoolClient",
    "AWS::Cognito::UserPoolDomain",
    "AWS::Cognito::UserPoolGroup",
    "AWS::Events::Archive",
    "AWS::IAM::ManagedPolicy",
    "AWS::IAM::Policy",
    "AWS::IAM::Role",
    "AWS::KMS::Alias",
    "AWS::KMS::Key",
    "AWS::Lambda::Permission",
    "AWS::Logs::LogGroup",
    "AWS::Logs::MetricFilter",
    "AWS::S3::BucketPolicy",
    "AWS::SES::ConfigurationSet",
    "AWS::SES::ConfigurationSetEventDestination",
    "AWS::SES::EmailIdentity",
    "AWS::SES::ReceiptRuleSet",
    "AWS::SNS::Subscription",
    "AWS::SNS::Topic",
    "AWS::SNS::TopicPolicy",
    "AWS::SQS::QueuePolicy",
    "AWS::SecretsManager::Secret",
];

/// Whether a resource of this type may be passed over.
pub(super) fn is_without_local_meaning(kind: &str) -> bool {
    WITHOUT_LOCAL_MEANING.contains(&kind)
}

impl Identity {
    /// The identity of a resource of any type that is understood or passed over.
    pub(super) fn of(
        logical: &str,
        kind: &str,
        properties: &Map<String, Value>,
        resolver: &Resolver,
    ) -> Result<Self, TemplateError> {
        let named = |property: &str| {
            let at = Place::of(logical).inside(property);
            match properties.get(property) {
                None => Ok(logical.to_owned()),
                Some(value) => {
                    let value = resolver.value(value, &at)?;
                    text(&value).ok_or_else(|| at.error("is not a text"))
                }
            }
        };
        Ok(match kind {
            "AWS::Serverless::Function" => {
                let name = named("FunctionName")?;
                Self::new(&name, &[("Arn", arn("lambda", &format!("function:{name}")))])
            }
            "AWS::SQS::Queue" => {
                let name = named("QueueName")?;
                let url = format!("https://sqs.{REGION}.amazonaws.com/{ACCOUNT}/{name}");
                Self::new(&url, &[("Arn", arn("sqs", &name)), ("QueueName", name), ("QueueUrl", url.clone())])
            }
            "AWS::DynamoDB::Table" => {
                let name = named("TableName")?;
                let table = arn("dynamodb", &format!("table/{name}"));
                Self::new(
                    &name,
                    &[("StreamArn", format!("{table}/stream/2026-01-01T00:00:00.000")), ("Arn", table)],
                )
            }
            "AWS::Events::EventBus" => {
                let name = named("Name")?;
                Self::new(
                    &name,
                    &[("Arn", arn("events", &format!("event-bus/{name}"))), ("Name", name.clone())],
                )
            }
            "AWS::S3::Bucket" => {
                let name = bucket_name(
                    properties.get("BucketName").map(|_| named("BucketName")).transpose()?,
                    logical,
                );
                Self::new(&name, &[("Arn", format!("arn:aws:s3:::{name}"))])
            }
            "AWS::SES::ConfigurationSet" => Self::new(&named("Name")?, &[]),
            _ => Self::new(logical, &[("Arn", arn("local", logical))]),
        })
    }

    fn new(reference: &str, attributes: &[(&str, String)]) -> Self {
        let attributes = attributes.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        Self { reference: reference.to_owned(), attributes }
    }
}

/// A bucket's name: as given, or made of the resource's, in small letters as all are.
pub(super) fn bucket_name(given: Option<String>, logical: &str) -> String {
    given.unwrap_or_else(|| format!("local-{}", logical.to_lowercase()))
}

/// An ARN in the twin's region and account.
pub(super) fn arn(service: &str, resource: &str) -> String {
    format!("arn:aws:{service}:{REGION}:{ACCOUNT}:{resource}")
}
