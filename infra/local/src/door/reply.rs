//! An answer in the making, in the dialects that AWS's services speak.

use bytes::Bytes;
use serde_json::{Value, json};

use super::ACCOUNT;
use super::fault::{Call, Fault, Service};
use super::objects;

/// What a service answers, and what the request log says of it.
#[derive(Debug, Default)]
pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) content_type: &'static str,
    /// The error's name, where the dialect has it in a header.
    pub(super) error: Option<String>,
    /// Further headers, or others than usual; names in lower case.
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
    pub(super) keys: Vec<String>,
    pub(super) read_units: f64,
    pub(super) write_units: f64,
    pub(super) items: usize,
}

impl Reply {
    /// A success with a JSON body.
    pub(super) fn json(service: Service, body: &Value) -> Self {
        Self {
            status: 200,
            content_type: content_type(service),
            body: body.to_string().into_bytes(),
            ..Self::default()
        }
    }

    /// A failure, as this service words it.
    pub(super) fn error(service: Service, status: u16, name: &str, message: &str) -> Self {
        let body = match service {
            Service::DynamoDb => {
                json!({"__type": format!("com.amazonaws.dynamodb.v20120810#{name}"), "message": message})
            }
            Service::EventBridge => json!({"__type": name, "message": message}),
            Service::Ses | Service::Sts | Service::Issuer | Service::S3 => json!({"message": message}),
        };
        let error = matches!(service, Service::Ses).then(|| name.to_owned());
        Self {
            status,
            content_type: content_type(service),
            error,
            body: body.to_string().into_bytes(),
            ..Self::default()
        }
    }

    /// The refusal that a fault asks for, if it asks for one.
    pub(super) fn refusal(call: &Call, fault: Fault, entries: impl FnOnce() -> usize) -> Option<Self> {
        let service = call.service;
        match (fault, service) {
            (Fault::Conflict, Service::DynamoDb) => Some(conflict(call, entries())),
            (Fault::Throttle, Service::DynamoDb) => Some(Self::error(
                service,
                400,
                "ProvisionedThroughputExceededException",
                "The level of configured provisioned throughput for the table was exceeded.",
            )),
            (Fault::Throttle | Fault::Conflict, Service::Ses) => {
                Some(Self::error(service, 429, "TooManyRequestsException", "Maximum sending rate exceeded."))
            }
            (Fault::Reject, Service::Ses) => Some(Self::error(
                service,
                400,
                "MessageRejected",
                "The message has content that is not allowed.",
            )),
            (Fault::Throttle | Fault::Conflict, Service::S3) => Some(objects::injected(503, "SlowDown")),
            (Fault::Throttle | Fault::Conflict, _) => {
                Some(Self::error(service, 400, "ThrottlingException", "Rate exceeded"))
            }
            (Fault::ServerError, Service::S3) => Some(objects::injected(500, "InternalError")),
            (Fault::ServerError, Service::DynamoDb) => {
                Some(Self::error(service, 500, "InternalServerError", "Internal server error"))
            }
            (Fault::ServerError, Service::EventBridge) => {
                Some(Self::error(service, 500, "InternalException", "Internal error"))
            }
            (Fault::ServerError, _) => {
                Some(Self::error(service, 500, "InternalServiceErrorException", "Internal error"))
            }
            (Fault::DieBefore, _) => Some(Self::error(service, 500, "Dead", "the caller has died")),
            (
                Fault::None
                | Fault::Reject
                | Fault::LoseAnswer
                | Fault::Partial
                | Fault::Stale
                | Fault::DieAfter,
                _,
            ) => None,
        }
    }

    /// The HTTP answer.
    pub(super) fn into_http(self, number: u64) -> http::Response<Bytes> {
        let mut answer = http::Response::new(Bytes::from(self.body));
        *answer.status_mut() =
            http::StatusCode::from_u16(self.status).unwrap_or(http::StatusCode::INTERNAL_SERVER_ERROR);
        let headers = answer.headers_mut();
        headers.insert(http::header::CONTENT_TYPE, http::HeaderValue::from_static(self.content_type));
        headers.insert("x-amzn-requestid", http::HeaderValue::from(number));
        for (name, value) in self.headers {
            let name = http::HeaderName::try_from(name);
            if let (Ok(name), Ok(value)) = (name, http::HeaderValue::try_from(value)) {
                headers.insert(name, value);
            }
        }
        if let Some(error) = self.error.and_then(|error| http::HeaderValue::try_from(error).ok()) {
            headers.insert("x-amzn-errortype", error);
        }
        answer
    }
}

/// What STS says of the twin's credentials.
pub(super) fn caller_identity() -> Reply {
    let body = format!(
        "<GetCallerIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><GetCallerIdentityResult>\
         <Arn>arn:aws:iam::{ACCOUNT}:root</Arn><UserId>{ACCOUNT}</UserId><Account>{ACCOUNT}</Account>\
         </GetCallerIdentityResult><ResponseMetadata><RequestId>twin</RequestId></ResponseMetadata>\
         </GetCallerIdentityResponse>"
    );
    Reply { status: 200, content_type: "text/xml", body: body.into_bytes(), ..Reply::default() }
}

/// What DynamoDB says when another transaction holds an item; in a transaction, of its first item.
fn conflict(call: &Call, entries: usize) -> Reply {
    if call.operation != "TransactWriteItems" && call.operation != "TransactGetItems" {
        return Reply::error(
            call.service,
            400,
            "TransactionConflictException",
            "Transaction is ongoing for the item",
        );
    }
    let reasons: Vec<Value> = (0..entries.max(1))
        .map(|entry| match entry {
            0 => json!({"Code": "TransactionConflict", "Message": "Transaction is ongoing for the item"}),
            _ => json!({"Code": "None"}),
        })
        .collect();
    let mut reply = Reply::error(call.service, 400, "TransactionCanceledException", "");
    let codes: Vec<&str> = reasons.iter().filter_map(|reason| reason["Code"].as_str()).collect();
    let message = format!(
        "Transaction cancelled, please refer cancellation reasons for specific reasons [{}]",
        codes.join(", ")
    );
    reply.body = json!({
        "__type": "com.amazonaws.dynamodb.v20120810#TransactionCanceledException",
        "Message": message,
        "CancellationReasons": reasons,
    })
    .to_string()
    .into_bytes();
    reply
}

fn content_type(service: Service) -> &'static str {
    match service {
        Service::DynamoDb => "application/x-amz-json-1.0",
        Service::EventBridge => "application/x-amz-json-1.1",
        Service::Ses | Service::Issuer => "application/json",
        Service::Sts => "text/xml",
        Service::S3 => "application/xml",
    }
}
