//! DynamoDB: requests as JSON, carried out by the embedded `dynoxide`, with their cost and what they touched.

use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use dynoxide::DynoxideError;
use dynoxide::actions::{
    batch_get_item, batch_write_item, delete_item, describe_table, get_item, list_tables, put_item, query,
    scan, transact_get_items, transact_write_items, update_item,
};
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::cost::{Cost, partition, queried, weigh};
use super::fault::{Fault, Service};
use super::file::{CloudError, Writing};
use super::fingerprint;
use super::reply::Reply;
use super::store::Store;

/// How long DynamoDB remembers the token of a transaction.
const TOKEN_LIFE: SignedDuration = SignedDuration::from_mins(10);

const LONGEST_TOKEN: usize = 36;

type Outcome = Result<Reply, DynoxideError>;

/// Carries out one operation.
pub(super) fn answer(
    store: &Store,
    operation: &str,
    body: &[u8],
    at: Timestamp,
    fault: Fault,
) -> Result<Reply, CloudError> {
    store.begin(Writing::new(at, None));
    let outcome = match operation {
        "GetItem" => get(store, body),
        "PutItem" => put(store, body),
        "UpdateItem" => update(store, body),
        "DeleteItem" => delete(store, body),
        "Query" => ask(store, body),
        "Scan" => read_all(store, body),
        "BatchGetItem" => batch_get(store, body, fault),
        "BatchWriteItem" => batch_write(store, body, fault),
        "TransactGetItems" => transact_get(store, body),
        "TransactWriteItems" => return transact_write(store, body, at),
        "DescribeTable" => parse(body).and_then(|request| {
            let lifecycle = dynoxide::actions::vector_lifecycle::VectorIndexLifecycle::new();
            reply(&ready(describe_table::execute(store.storage(), request, &lifecycle))?)
        }),
        "ListTables" => {
            parse(body).and_then(|request| reply(&ready(list_tables::execute(store.storage(), request))?))
        }
        _ => Ok(Reply::error(
            Service::DynamoDb,
            400,
            "UnknownOperationException",
            "not in this table's stand-in",
        )),
    };
    Ok(outcome.unwrap_or_else(|error| refused(&error)))
}

/// How many entries a transaction has, for the reasons of its refusal.
pub(super) fn entries(body: &[u8]) -> usize {
    serde_json::from_slice::<Value>(body)
        .ok()
        .and_then(|body| body["TransactItems"].as_array().map(Vec::len))
        .unwrap_or(0)
}

/// The index that a query is of, when it asks from the beginning.
pub(super) fn whole_query_of_index(body: &[u8]) -> Option<String> {
    #[derive(serde::Deserialize)]
    #[serde(rename_all = "PascalCase")]
    struct Asked {
        index_name: Option<String>,
        exclusive_start_key: Option<serde::de::IgnoredAny>,
    }
    let asked: Asked = serde_json::from_slice(body).ok()?;
    asked.index_name.filter(|_| asked.exclusive_start_key.is_none())
}

fn get(store: &Store, body: &[u8]) -> Outcome {
    let mut request: get_item::GetItemRequest = parse(body)?;
    let asked = weigh(&mut request.return_consumed_capacity);
    let keys = vec![partition(store, &request.table_name, &request.key)];
    let mut response = ready(get_item::execute(store.storage(), request))?;
    let read_units = response.consumed_capacity.cost(asked);
    Ok(Reply { keys, read_units, items: usize::from(response.item.is_some()), ..reply(&response)? })
}

fn put(store: &Store, body: &[u8]) -> Outcome {
    let mut request: put_item::PutItemRequest = parse(body)?;
    let asked = weigh(&mut request.return_consumed_capacity);
    let keys = vec![partition(store, &request.table_name, &request.item)];
    let mut response = ready(put_item::execute(store.storage(), request))?;
    let write_units = response.consumed_capacity.cost(asked);
    Ok(Reply { keys, write_units, items: 1, ..reply(&response)? })
}

fn update(store: &Store, body: &[u8]) -> Outcome {
    let mut request: update_item::UpdateItemRequest = parse(body)?;
    let asked = weigh(&mut request.return_consumed_capacity);
    let keys = vec![partition(store, &request.table_name, &request.key)];
    let mut response = ready(update_item::execute(store.storage(), request))?;
    let write_units = response.consumed_capacity.cost(asked);
    Ok(Reply { keys, write_units, items: 1, ..reply(&response)? })
}

fn delete(store: &Store, body: &[u8]) -> Outcome {
    let mut request: delete_item::DeleteItemRequest = parse(body)?;
    let asked = weigh(&mut request.return_consumed_capacity);
    let keys = vec![partition(store, &request.table_name, &request.key)];
    let mut response = ready(delete_item::execute(store.storage(), request))?;
    let write_units = response.consumed_capacity.cost(asked);
    Ok(Reply { keys, write_units, items: 1, ..reply(&response)? })
}

fn ask(store: &Store, body: &[u8]) -> Outcome {
    let mut request: query::QueryRequest = parse(body)?;
    let asked = weigh(&mut request.return_consumed_capacity);
    let keys = queried(&request).into_iter().collect();
    let mut response = ready(query::execute(store.storage(), request))?;
    let read_units = response.consumed_capacity.cost(asked);
    Ok(Reply { keys, read_units, items: response.scanned_count, ..reply(&response)? })
}

fn read_all(store: &Store, body: &[u8]) -> Outcome {
    let mut request: scan::ScanRequest = parse(body)?;
    let asked = weigh(&mut request.return_consumed_capacity);
    let mut response = ready(scan::execute(store.storage(), request))?;
    let read_units = response.consumed_capacity.cost(asked);
    Ok(Reply { read_units, items: response.scanned_count, ..reply(&response)? })
}

fn batch_get(store: &Store, body: &[u8], fault: Fault) -> Outcome {
    let mut whole: Value = parse(body)?;
    let left = if fault == Fault::Partial { set_keys_aside(&mut whole) } else { json!({}) };
    if whole["RequestItems"].as_object().is_some_and(serde_json::Map::is_empty) && left != json!({}) {
        return reply(&json!({"Responses": {}, "UnprocessedKeys": left}));
    }
    let mut request: batch_get_item::BatchGetItemRequest =
        serde_json::from_value(whole).map_err(|error| misread(&error))?;
    let asked = weigh(&mut request.return_consumed_capacity);
    let wanted = request
        .request_items
        .iter()
        .flat_map(|(table, wanted)| wanted.keys.iter().map(move |key| (table, key)));
    let keys = wanted.map(|(table, key)| partition(store, table, key)).collect();
    let mut response = ready(batch_get_item::execute(store.storage(), request))?;
    let read_units = response.consumed_capacity.cost(asked);
    let items = response.responses.values().map(Vec::len).sum();
    if let Value::Object(left) = left {
        response.unprocessed_keys.extend(left);
    }
    Ok(Reply { keys, read_units, items, ..reply(&response)? })
}

fn batch_write(store: &Store, body: &[u8], fault: Fault) -> Outcome {
    let mut whole: Value = parse(body)?;
    let left = if fault == Fault::Partial { set_aside(&mut whole) } else { json!({}) };
    if whole["RequestItems"].as_object().is_some_and(serde_json::Map::is_empty) && left != json!({}) {
        return reply(&json!({"UnprocessedItems": left}));
    }
    let mut request: batch_write_item::BatchWriteItemRequest =
        serde_json::from_value(whole).map_err(|error| misread(&error))?;
    let asked = weigh(&mut request.return_consumed_capacity);
    let mut keys = Vec::new();
    for (table, writes) in &request.request_items {
        for write in writes {
            let item = write.put_request.as_ref().map(|put| &put.item);
            let key = item.or(write.delete_request.as_ref().map(|delete| &delete.key));
            keys.extend(key.map(|key| partition(store, table, key)));
        }
    }
    let mut response = ready(batch_write_item::execute(store.storage(), request))?;
    let write_units = response.consumed_capacity.cost(asked);
    if let Value::Object(left) = left {
        response.unprocessed_items.extend(left);
    }
    Ok(Reply { items: keys.len(), keys, write_units, ..reply(&response)? })
}

/// Takes every second write out of a batch, the first one included.
fn set_aside(whole: &mut Value) -> Value {
    let mut left = serde_json::Map::new();
    let Some(tables) = whole["RequestItems"].as_object_mut() else { return json!({}) };
    for (table, writes) in tables.iter_mut() {
        let Value::Array(writes) = writes else { continue };
        left.insert(table.clone(), every_second(writes).into());
    }
    tables.retain(|_, writes| writes.as_array().is_none_or(|writes| !writes.is_empty()));
    Value::Object(left)
}

/// The same with the keys of a batch that is read.
fn set_keys_aside(whole: &mut Value) -> Value {
    let mut left = serde_json::Map::new();
    let Some(tables) = whole["RequestItems"].as_object_mut() else { return json!({}) };
    for (table, wanted) in tables.iter_mut() {
        let mut aside = wanted.clone();
        let Some(keys) = wanted["Keys"].as_array_mut() else { continue };
        aside["Keys"] = every_second(keys).into();
        left.insert(table.clone(), aside);
    }
    tables.retain(|_, wanted| wanted["Keys"].as_array().is_none_or(|keys| !keys.is_empty()));
    Value::Object(left)
}

/// Takes every second entry out of a list, the first one included.
fn every_second(list: &mut Vec<Value>) -> Vec<Value> {
    let mut number = 0;
    list.extract_if(.., |_| {
        number += 1;
        number % 2 == 1
    })
    .collect()
}

fn transact_get(store: &Store, body: &[u8]) -> Outcome {
    let mut request: transact_get_items::TransactGetItemsRequest = parse(body)?;
    let asked = weigh(&mut request.return_consumed_capacity);
    let keys = request
        .transact_items
        .iter()
        .map(|item| partition(store, &item.get.table_name, &item.get.key))
        .collect();
    let mut response = ready(transact_get_items::execute(store.storage(), request))?;
    let read_units = response.consumed_capacity.cost(asked);
    let items = response.responses.iter().filter(|response| response.item.is_some()).count();
    Ok(Reply { keys, read_units, items, ..reply(&response)? })
}

/// A transaction, once for each token within its life: by the twin's clock, and across a restart, since the token
/// is written by the transaction itself (`dynoxide`'s own memory of tokens follows real time).
fn transact_write(store: &Store, body: &[u8], at: Timestamp) -> Result<Reply, CloudError> {
    let mut request: transact_write_items::TransactWriteItemsRequest = match parse(body) {
        Ok(request) => request,
        Err(error) => return Ok(refused(&error)),
    };
    let asked = weigh(&mut request.return_consumed_capacity);
    let keys: Vec<String> = request.transact_items.iter().map(|item| written(store, item)).collect();
    let items = keys.len();
    // A longer one is left in the request, to be refused with it.
    let token = request.client_request_token.take_if(|token| token.len() <= LONGEST_TOKEN);
    let writing = Writing::new(at, token.map(|token| (token, fingerprint::of(body))));
    if let Some(answered) = answered(store, &writing, at)? {
        return Ok(Reply { keys, items, ..answered });
    }
    store.begin(writing.clone());
    let outcome = ready(transact_write_items::execute(store.storage(), request)).and_then(|mut response| {
        let write_units = response.consumed_capacity.cost(asked);
        Ok(Reply { write_units, ..reply(&response)? })
    });
    if outcome.is_ok() {
        store.remember(&writing)?;
    }
    Ok(Reply { keys, items, ..outcome.unwrap_or_else(|error| refused(&error)) })
}

/// The answer to a transaction whose token was used before.
fn answered(store: &Store, writing: &Writing, at: Timestamp) -> Result<Option<Reply>, CloudError> {
    let Some((token, digest)) = &writing.token else { return Ok(None) };
    let since = (at - TOKEN_LIFE).as_microsecond();
    store.forget_tokens(since)?;
    Ok(store.token(token, since)?.map(|earlier| {
        if earlier == *digest {
            return Reply::json(Service::DynamoDb, &json!({}));
        }
        let name = "IdempotentParameterMismatchException";
        Reply::error(Service::DynamoDb, 400, name, "The request token was used before with other parameters")
    }))
}

fn written(store: &Store, item: &transact_write_items::TransactWriteItem) -> String {
    let put = item.put.as_ref().map(|put| (&put.table_name, &put.item));
    let update = || item.update.as_ref().map(|update| (&update.table_name, &update.key));
    let delete = || item.delete.as_ref().map(|delete| (&delete.table_name, &delete.key));
    let check = || item.condition_check.as_ref().map(|check| (&check.table_name, &check.key));
    let touched = put.or_else(update).or_else(delete).or_else(check);
    touched.map(|(table, key)| partition(store, table, key)).unwrap_or_default()
}

fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<T, DynoxideError> {
    serde_json::from_slice(body).map_err(|error| misread(&error))
}

/// `dynoxide` marks the checks that it makes while it reads a request.
fn misread(error: &serde_json::Error) -> DynoxideError {
    let message = error.to_string();
    let message = message.rsplit_once(" at line ").map_or(message.as_str(), |(message, _)| message);
    if let Some(message) = message.strip_prefix("VALIDATION:") {
        return DynoxideError::ValidationException(message.to_owned());
    }
    let message = message.strip_prefix("SERIALIZATION:").unwrap_or(message);
    DynoxideError::SerializationException(message.to_owned())
}

fn reply(response: &impl Serialize) -> Outcome {
    let body = serde_json::to_vec(response)
        .map_err(|error| DynoxideError::InternalServerError(error.to_string()))?;
    Ok(Reply { status: 200, content_type: "application/x-amz-json-1.0", body, ..Reply::default() })
}

fn refused(error: &DynoxideError) -> Reply {
    Reply {
        status: error.status_code(),
        content_type: "application/x-amz-json-1.0",
        body: error.to_json().into_bytes(),
        ..Reply::default()
    }
}

/// The result of a future of `dynoxide`'s native store, which is always ready: it waits for nothing.
pub(super) fn ready<T>(future: impl Future<Output = Result<T, DynoxideError>>) -> Result<T, DynoxideError> {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(result) => result,
        Poll::Pending => {
            Err(DynoxideError::InternalServerError("the embedded table waited for something".into()))
        }
    }
}
