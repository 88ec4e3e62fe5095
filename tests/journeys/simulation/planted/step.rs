//! The wrong steps.

use std::collections::HashMap;
use std::sync::Arc;

use aws_sdk_dynamodb::types::AttributeValue;
use complaints::command::Command;
use complaints::shell::ledger::Change;
use complaints::shell::{Chance, Config, Shell};
use local::door::Cloud;
use local::{Handler, Wiring};
use serde_json::{Value, json};

use super::super::run::POLICY;

/// Letters of which some must be seen to go wrong.
const LETTERS: [&str; 5] =
    ["proposal", "escalation-notice", "resolution-summary", "satisfaction-question", "update"];

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

pub(super) fn drops_failed_entries(right: Handler, cloud: &Cloud, table: String) -> Handler {
    let client = aws_sdk_dynamodb::Client::new(&cloud.sdk_config());
    wrap(move |event| {
        let (right, client, table) = (Arc::clone(&right), client.clone(), table.clone());
        async move {
            // A batch whose first entry was refused fails whole; that is not noticed either.
            drop(right(event.clone()).await);
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

pub(super) fn omits_the_claim(right: Handler, cloud: &Cloud, table: String) -> Handler {
    let client = aws_sdk_dynamodb::Client::new(&cloud.sdk_config());
    wrap(move |event| {
        let (right, client, table) = (Arc::clone(&right), client.clone(), table.clone());
        async move {
            let detail = &event["detail"];
            let pk = format!("M#{}", detail["complaint"].as_str().unwrap_or_default());
            for letter in LETTERS {
                delete(&client, &table, &pk, &format!("{letter}#{}", detail["version"])).await;
            }
            right(event).await
        }
    })
}

/// What is acknowledged is not there yet, and may never be.
pub(super) fn mails_before_commit(right: Handler, cloud: &Cloud) -> Handler {
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

pub(super) fn ignores_bounces(right: Handler) -> Handler {
    wrap(move |event: Value| {
        let right = Arc::clone(&right);
        async move { if event["detail"]["eventType"] == "Bounce" { Ok(Value::Null) } else { right(event).await } }
    })
}

/// The step's own shell.
fn shell(name: &str, cloud: &Cloud, wiring: &Wiring) -> Arc<Shell> {
    let environment = &wiring.functions[name].environment;
    let config =
        Config::read(|variable| environment.get(variable).cloned()).expect("the step itself reads it");
    let entropy = cloud.clone();
    let chance = Chance::Given(Arc::new(move |bytes: &mut [u8]| entropy.next_bytes(bytes)));
    Arc::new(Shell::new(cloud.sdk_config(), config, chance))
}

pub(super) fn sweeps_one_page(cloud: &Cloud, wiring: &Wiring) -> Handler {
    let shell = shell("watch-deadlines", cloud, wiring);
    wrap(move |_| {
        let shell = Arc::clone(&shell);
        async move {
            let due = shell.ledger().due_complaints(shell.now()).await.map_err(|error| error.to_string())?;
            if let Some(id) = due.first() {
                let change = Change::by_system(&shell, *id, Command::WatchPromises, None);
                let change = change.map_err(|error| error.to_string())?;
                shell.ledger().execute(change).await.map_err(|_| "it was not done".to_owned())?;
            }
            Ok(Value::Null)
        }
    })
}

/// The step itself, handed another policy.
pub(super) fn under(name: &str, differs: &str, cloud: &Cloud, wiring: &Wiring) -> Handler {
    let mut other = wiring.clone();
    let policy = if let Some((table, rest)) = differs.split_once('\n')
        && POLICY.contains(table)
    {
        let setting = rest.split(" =").next().unwrap_or_default();
        let lines = POLICY.lines().filter(|line| !line.starts_with(setting));
        let lines = lines.map(|line| if line == table { differs } else { line });
        lines.collect::<Vec<_>>().join("\n")
    } else {
        format!("{POLICY}\n{differs}")
    };
    if let Some(function) = other.functions.get_mut(name) {
        function.environment.insert("POLICY".to_owned(), policy);
    }
    let mut handlers = local::steps::handlers(cloud, &other).expect("the policy is a right one");
    handlers.remove(name).expect("the step is there")
}

pub(super) fn does_nothing() -> Handler {
    wrap(|_| async { Ok(Value::Null) })
}

pub(super) fn forgets_the_key(right: Handler) -> Handler {
    wrap(move |mut event: Value| {
        let right = Arc::clone(&right);
        async move {
            if let Some(headers) = event["headers"].as_object_mut() {
                headers.remove("idempotency-key");
            }
            right(event).await
        }
    })
}

/// Whoever is told that there is a newer version names that one instead.
pub(super) fn omits_the_version(right: Handler) -> Handler {
    wrap(move |mut event: Value| {
        let right = Arc::clone(&right);
        async move {
            let answer = right(event.clone()).await?;
            let problem = answer["body"].as_str().and_then(|body| serde_json::from_str::<Value>(body).ok());
            let now = problem.and_then(|problem| problem["version"].as_u64());
            let Some(now) = now.filter(|_| answer["statusCode"] == 412) else { return Ok(answer) };
            event["headers"]["if-match"] = format!("\"{now}\"").into();
            right(event).await
        }
    })
}

pub(super) fn believes_anybody(right: Handler) -> Handler {
    wrap(move |event: Value| {
        let right = Arc::clone(&right);
        async move {
            let mut answer = right(event).await?;
            if answer["isAuthorized"] == true {
                answer["context"]["role"] = "manager".into();
            }
            Ok(answer)
        }
    })
}

/// Everything that is over goes, whenever it ended.
pub(super) fn removes_at_once(cloud: &Cloud, table: String) -> Handler {
    let cloud = cloud.clone();
    let client = aws_sdk_dynamodb::Client::new(&cloud.sdk_config());
    wrap(move |_| {
        let (cloud, client, table) = (cloud.clone(), client.clone(), table.clone());
        async move {
            for item in cloud.items(&table).map_err(|error| error.to_string())? {
                let item: Value = serde_json::from_str(&item).map_err(|error| error.to_string())?;
                let pk = item["pk"]["S"].as_str().unwrap_or_default();
                if item["due_shard"]["S"] == "KEPT#0" {
                    delete(&client, &table, pk, "C").await;
                }
            }
            Ok(Value::Null)
        }
    })
}

pub(super) fn logs_the_text(right: Handler) -> Handler {
    wrap(move |event: Value| {
        let right = Arc::clone(&right);
        async move {
            tracing::info!(body = %event["body"], "a complaint came");
            right(event).await
        }
    })
}

/// That events were counted is not noted down.
pub(super) fn counts_again(right: Handler, cloud: &Cloud, table: String) -> Handler {
    let cloud = cloud.clone();
    let client = aws_sdk_dynamodb::Client::new(&cloud.sdk_config());
    wrap(move |event: Value| {
        let (right, cloud, client, table) =
            (Arc::clone(&right), cloud.clone(), client.clone(), table.clone());
        async move {
            let answer = right(event).await?;
            for item in cloud.items(&table).map_err(|error| error.to_string())? {
                let item: Value = serde_json::from_str(&item).map_err(|error| error.to_string())?;
                let pk = item["pk"]["S"].as_str().unwrap_or_default();
                if pk.starts_with("S#") && item["sk"]["S"] == "tally" {
                    delete(&client, &table, pk, "tally").await;
                }
            }
            Ok(answer)
        }
    })
}

pub(super) fn names_no_record(right: Handler) -> Handler {
    wrap(move |event: Value| {
        let right = Arc::clone(&right);
        async move {
            right(event).await?;
            Ok(json!({"batchItemFailures": [{"itemIdentifier": ""}]}))
        }
    })
}
