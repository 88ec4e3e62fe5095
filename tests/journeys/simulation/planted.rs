//! Bugs planted around the product's own steps, each of which the simulation must find.

use std::collections::HashMap;
use std::sync::Arc;

use aws_sdk_dynamodb::types::AttributeValue;
use local::door::Cloud;
use local::{Handler, Handlers, Wiring};
use serde_json::{Value, json};

/// A bug.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bug {
    /// What `PutEvents` refused inside its 200 counts as published.
    DropsFailedEntries,
    /// The condition on a mail's record is left out: each notice sends.
    OmitsTheClaim,
    /// A complaint is acknowledged before it is stored.
    MailsBeforeCommit,
    /// A sweep that comes late believes what it is told about the time.
    TrustsItsInput,
    /// A letter that came back is nobody's task.
    IgnoresBounces,
}

impl Bug {
    pub(super) fn plant(self, mut handlers: Handlers, cloud: &Cloud, wiring: &Wiring) -> Handlers {
        let step = match self {
            Bug::DropsFailedEntries => "publish-events",
            Bug::OmitsTheClaim => "send-letter",
            Bug::MailsBeforeCommit => "receive-complaint",
            Bug::TrustsItsInput => "watch-deadlines",
            Bug::IgnoresBounces => "record-mail-events",
        };
        let table = wiring.table.name.clone();
        if let Some(right) = handlers.remove(step) {
            let wrong = match self {
                Bug::DropsFailedEntries => drops_failed_entries(right, cloud, table),
                Bug::OmitsTheClaim => omits_the_claim(right, cloud, table),
                Bug::MailsBeforeCommit => mails_before_commit(right, cloud),
                Bug::TrustsItsInput => trusts_its_input(right, cloud),
                Bug::IgnoresBounces => ignores_bounces(right),
            };
            handlers.insert(step.to_owned(), wrong);
        }
        handlers
    }
}

fn wrap<F, R>(run: F) -> Handler
where
    F: Fn(Value) -> R + Send + Sync + 'static,
    R: Future<Output = Result<Value, String>> + Send + 'static,
{
    local::handler(run)
}

async fn delete(client: &aws_sdk_dynamodb::Client, table: &str, pk: &str, sk: &str) {
    let key = HashMap::from([
        ("pk".to_owned(), AttributeValue::S(pk.to_owned())),
        ("sk".to_owned(), AttributeValue::S(sk.to_owned())),
    ]);
    drop(client.delete_item().table_name(table).set_key(Some(key)).send().await);
}

fn drops_failed_entries(right: Handler, cloud: &Cloud, table: String) -> Handler {
    let client = aws_sdk_dynamodb::Client::new(&cloud.sdk_config());
    wrap(move |event| {
        let (right, client, table) = (Arc::clone(&right), client.clone(), table.clone());
        async move {
            right(event.clone()).await?;
            for record in event["Records"].as_array().into_iter().flatten() {
                let pointer = record["dynamodb"]["NewImage"]["outbox"]["S"].as_str().unwrap_or_default();
                if let Some((pk, sk)) = pointer.split_once(' ') {
                    delete(&client, &table, pk, sk).await;
                }
            }
            Ok(json!({"batchItemFailures": []}))
        }
    })
}

fn omits_the_claim(right: Handler, cloud: &Cloud, table: String) -> Handler {
    let client = aws_sdk_dynamodb::Client::new(&cloud.sdk_config());
    wrap(move |event| {
        let (right, client, table) = (Arc::clone(&right), client.clone(), table.clone());
        async move {
            let detail = &event["detail"];
            let pk = format!("M#{}", detail["complaint"].as_str().unwrap_or_default());
            for letter in
                ["proposal", "escalation-notice", "resolution-summary", "satisfaction-question", "update"]
            {
                delete(&client, &table, &pk, &format!("{letter}#{}", detail["version"])).await;
            }
            right(event).await
        }
    })
}

/// What is acknowledged is not there yet, and may never be.
fn mails_before_commit(right: Handler, cloud: &Cloud) -> Handler {
    let client = aws_sdk_sesv2::Client::new(&cloud.sdk_config());
    let cloud = cloud.clone();
    wrap(move |event| {
        let (right, client, cloud) = (Arc::clone(&right), client.clone(), cloud.clone());
        async move {
            let mut id = [0; 16];
            cloud.next_bytes(&mut id);
            let id = uuid::Builder::from_random_bytes(id).into_uuid();
            drop(early_mail(&client, &format!("{id}_acknowledgement_1")).await);
            right(event).await
        }
    })
}

async fn early_mail(client: &aws_sdk_sesv2::Client, tag: &str) -> Result<(), aws_sdk_sesv2::Error> {
    use aws_sdk_sesv2::types::{Body, Content, Destination, EmailContent, Message, MessageTag};
    let said = |text: &str| Content::builder().data(text).build();
    let message = Message::builder()
        .subject(said("We have your complaint")?)
        .body(Body::builder().text(said("Thank you.")?).build())
        .build();
    client
        .send_email()
        .from_email_address("complaints@desk.example")
        .destination(Destination::builder().to_addresses("someone@customer.example").build())
        .content(EmailContent::builder().simple(message).build())
        .email_tags(MessageTag::builder().name("mail").value(tag).build()?)
        .send()
        .await?;
    Ok(())
}

fn trusts_its_input(right: Handler, cloud: &Cloud) -> Handler {
    let clock = cloud.clock().clone();
    wrap(move |event: Value| {
        let (right, clock) = (Arc::clone(&right), clock.clone());
        async move {
            let told = event["time"].as_str().and_then(|time| time.parse::<jiff::Timestamp>().ok());
            let is_late = told.is_none_or(|told| clock.now().duration_since(told).as_mins() > 1);
            if is_late { Ok(Value::Null) } else { right(event).await }
        }
    })
}

fn ignores_bounces(right: Handler) -> Handler {
    wrap(move |event: Value| {
        let right = Arc::clone(&right);
        async move { if event["detail"]["eventType"] == "Bounce" { Ok(Value::Null) } else { right(event).await } }
    })
}
