//! One `TransactWriteItems`, and what its refusal means.

use aws_sdk_dynamodb::{
    operation::transact_write_items::TransactWriteItemsError,
    types::{
        ConditionCheck, Delete, Put, ReturnValuesOnConditionCheckFailure, TransactWriteItem, Update,
        builders::DeleteBuilder,
    },
};

use super::Ledger;
use crate::{
    shell::{
        StepError,
        error::code_of,
        keys::{self, Item, Key, number, text},
    },
    values::Digest,
};

/// How often a transaction that met another one is tried.
const MOST_CONFLICTS: u32 = 8;

/// What kept one of the writes from being made.
#[derive(Clone, Debug)]
pub(super) enum Cancelled {
    /// The condition of the write with this number did not hold; the item as it is.
    Condition(usize, Option<Item>),
}

impl Ledger<'_> {
    /// Writes all or nothing. `token` names the attempt: DynamoDB takes the same token with the same writes as one
    /// for ten minutes.
    pub(super) async fn transact(
        self,
        writes: Vec<TransactWriteItem>,
        token: &Digest,
        key: &Key,
    ) -> Result<Result<(), Cancelled>, StepError> {
        for attempt in 0..MOST_CONFLICTS {
            let sent = self
                .client()
                .transact_write_items()
                .set_transact_items(Some(writes.clone()))
                .client_request_token(token_text(token))
                .send()
                .await;
            let Err(error) = sent else { return Ok(Ok(())) };
            match error.as_service_error() {
                Some(TransactWriteItemsError::TransactionCanceledException(cancelled)) => {
                    if let Some(condition) = failed_condition(cancelled.cancellation_reasons()) {
                        return Ok(Err(condition));
                    }
                    if !met_another(cancelled.cancellation_reasons()) {
                        return Err(StepError::retry("write", key.to_string(), reasons(cancelled)));
                    }
                }
                Some(TransactWriteItemsError::TransactionInProgressException(_)) => {}
                _ => return Err(StepError::retry("write", key.to_string(), code_of(&error))),
            }
            self.shell.pause(attempt).await?;
        }
        Err(StepError::retry("write", key.to_string(), "others are at the same items all the time"))
    }
}

fn failed_condition(reasons: &[aws_sdk_dynamodb::types::CancellationReason]) -> Option<Cancelled> {
    reasons
        .iter()
        .enumerate()
        .find(|(_, reason)| reason.code() == Some("ConditionalCheckFailed"))
        .map(|(index, reason)| Cancelled::Condition(index, reason.item().cloned()))
}

fn met_another(reasons: &[aws_sdk_dynamodb::types::CancellationReason]) -> bool {
    reasons.iter().any(|reason| {
        matches!(
            reason.code(),
            Some("TransactionConflict" | "ThrottlingError" | "ProvisionedThroughputExceeded")
        )
    })
}

fn reasons(cancelled: &aws_sdk_dynamodb::types::error::TransactionCanceledException) -> String {
    let codes = cancelled.cancellation_reasons().iter().filter_map(|reason| reason.code());
    codes.filter(|code| *code != "None").collect::<Vec<_>>().join(", ")
}

/// A client token has at most 36 characters.
fn token_text(token: &Digest) -> String {
    token.to_string().chars().take(36).collect()
}

/// Makes a new item; one that is there already cancels.
pub(super) fn put_new(table: &str, item: Item) -> Result<TransactWriteItem, StepError> {
    put_if(table, item, "attribute_not_exists(pk)", [])
}

/// Writes an item under a condition.
pub(super) fn put_if<const N: usize>(
    table: &str,
    item: Item,
    condition: &str,
    values: [(&str, aws_sdk_dynamodb::types::AttributeValue); N],
) -> Result<TransactWriteItem, StepError> {
    let mut put = Put::builder()
        .table_name(table)
        .set_item(Some(item))
        .condition_expression(condition)
        .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld);
    for (name, value) in values {
        put = put.expression_attribute_values(name, value);
    }
    let put = put.build().map_err(|error| StepError::give_up("build a write", table, error))?;
    Ok(TransactWriteItem::builder().put(put).build())
}

/// Writes an item, whatever was there.
pub(super) fn put(table: &str, item: Item) -> Result<TransactWriteItem, StepError> {
    let put = Put::builder()
        .table_name(table)
        .set_item(Some(item))
        .build()
        .map_err(|error| StepError::give_up("build a write", table, error))?;
    Ok(TransactWriteItem::builder().put(put).build())
}

/// Changes an item.
pub(super) fn update<'v>(
    table: &str,
    key: &Key,
    expression: &str,
    condition: Option<&str>,
    values: impl IntoIterator<Item = (&'v str, aws_sdk_dynamodb::types::AttributeValue)>,
) -> Result<TransactWriteItem, StepError> {
    let mut update = Update::builder()
        .table_name(table)
        .set_key(Some(key.item()))
        .update_expression(expression)
        .set_condition_expression(condition.map(str::to_owned))
        .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld);
    for (name, value) in values {
        update = update.expression_attribute_values(name, value);
    }
    let update =
        update.build().map_err(|error| StepError::give_up("build a write", key.to_string(), error))?;
    Ok(TransactWriteItem::builder().update(update).build())
}

/// Changes nothing, and cancels where this complaint is over: an open one has something due.
pub(super) fn check_open(table: &str, key: &Key) -> Result<TransactWriteItem, StepError> {
    let check = ConditionCheck::builder()
        .table_name(table)
        .set_key(Some(key.item()))
        .condition_expression("begins_with(due_shard, :open)")
        .expression_attribute_values(":open", text(keys::DUE))
        .build()
        .map_err(|error| StepError::give_up("build a write", key.to_string(), error))?;
    Ok(TransactWriteItem::builder().condition_check(check).build())
}

/// Removes an item; one that is not there is no matter.
pub(super) fn delete(table: &str, key: &Key) -> Result<TransactWriteItem, StepError> {
    remove(Delete::builder(), table, key)
}

/// Removes an item that is at the version that was seen.
pub(super) fn delete_seen(table: &str, key: &Key, version: u32) -> Result<TransactWriteItem, StepError> {
    let condition = Delete::builder()
        .condition_expression("version = :seen")
        .expression_attribute_values(":seen", number(version));
    remove(condition, table, key)
}

fn remove(delete: DeleteBuilder, table: &str, key: &Key) -> Result<TransactWriteItem, StepError> {
    let delete = delete.table_name(table).set_key(Some(key.item())).build();
    let delete = delete.map_err(|error| StepError::give_up("build a write", key.to_string(), error))?;
    Ok(TransactWriteItem::builder().delete(delete).build())
}
