//! Which acknowledgements have a mail of their own, and which are gathered; why and how is said in the shell's
//! `acknowledging`.

use aws_sdk_dynamodb::{
    operation::update_item::UpdateItemError,
    types::{AttributeValue, ReturnValue, ReturnValuesOnConditionCheckFailure, TransactWriteItem, Update},
};
use jiff::{SignedDuration, Timestamp};

use super::{Ledger, transaction::Cancelled};
use crate::{
    complaint::Complaint,
    shell::{
        StepError,
        keys::{self, Item, Key, number, text},
        mailer::MailName,
    },
    values::{ComplaintId, Digest},
};

const AN_HOUR: SignedDuration = SignedDuration::from_hours(1);
/// Only a clock that is slow finds the mail of its hour closed; then the next hour's is open.
const MOST_HOURS: i64 = 3;

impl Ledger<'_> {
    /// Whether the acknowledgement of this complaint is one of those that its customer gets as a mail of its own today.
    pub(in crate::shell) async fn has_own_acknowledgement(
        self,
        customer: &Digest,
        complaint: ComplaintId,
    ) -> Result<bool, StepError> {
        let (now, policy) = (self.shell.now(), self.shell.policy());
        let key = keys::own_acknowledgements(customer, &policy.calendar.date(now).to_string());
        self.is_among_first(&key, &complaint.to_string(), policy.limits.acknowledgements_per_day).await
    }

    /// Puts a complaint into the mail of this hour. What its own mail's record says, if there was one before: then
    /// nothing is done.
    pub(in crate::shell) async fn gather(
        self,
        complaint: &Complaint,
        own: &Key,
    ) -> Result<Option<Item>, StepError> {
        let now = self.shell.now();
        let token = Digest::of(self.shell.new_command_id()?.to_string().as_bytes());
        for hour in 0..MOST_HOURS {
            let begun = now.as_second() - now.as_second().rem_euclid(AN_HOUR.as_secs());
            let begins = Timestamp::from_second(begun + hour * AN_HOUR.as_secs()).unwrap_or(now);
            let cause = begins.strftime("%Y-%m-%dT%H").to_string();
            let into = MailName::gathering(&complaint.customer, &cause);
            let writes =
                vec![self.mark_gathered(own, &into)?, self.add_to_gathering(&into, complaint, begins)?];
            let token = Digest::of(format!("{token} {cause}").as_bytes());
            match self.transact(writes, &token, own).await? {
                Ok(()) => return Ok(None),
                Err(Cancelled::Condition(0, before)) => return Ok(Some(before.unwrap_or_default())),
                Err(Cancelled::Condition(..)) => {}
            }
        }
        Err(StepError::retry("gather", own.to_string(), "the mails of these hours are closed"))
    }

    fn mark_gathered(self, own: &Key, into: &MailName) -> Result<TransactWriteItem, StepError> {
        let update = Update::builder()
            .table_name(self.table()?)
            .set_key(Some(own.item()))
            .update_expression("SET #state = :gathered, gathered_into = :into")
            .condition_expression("attribute_not_exists(pk)")
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
            .expression_attribute_names("#state", "state")
            .expression_attribute_values(":gathered", text("gathered"))
            .expression_attribute_values(":into", text(into.tag()));
        built(update, own)
    }

    /// The record is that of a mail which is not sent yet, and due when its hour is over.
    fn add_to_gathering(
        self,
        into: &MailName,
        complaint: &Complaint,
        begins: Timestamp,
    ) -> Result<TransactWriteItem, StepError> {
        let key = into.key();
        let shard = keys::shard(into.subject.as_bytes(), self.shell.config.shards);
        let due = begins.checked_add(AN_HOUR).unwrap_or(begins);
        let update = Update::builder()
            .table_name(self.table()?)
            .set_key(Some(key.item()))
            .update_expression(
                "SET #state = :pending, created = if_not_exists(created, :now), due_shard = :shard, due_at = :due \
                 ADD complaints :ids",
            )
            .condition_expression("attribute_not_exists(closed)")
            .expression_attribute_names("#state", "state")
            .expression_attribute_values(":pending", text("pending"))
            .expression_attribute_values(":now", number(self.shell.now().as_second()))
            .expression_attribute_values(":shard", text(keys::due_mails(shard)))
            .expression_attribute_values(":due", text(keys::instant(due)))
            .expression_attribute_values(":ids", AttributeValue::Ss(vec![complaint.id.to_string()]));
        built(update, &key)
    }

    /// The complaints in a gathering, the earliest first; none comes to them any more.
    pub(in crate::shell) async fn close_gathering(self, key: &Key) -> Result<Vec<ComplaintId>, StepError> {
        let update = self
            .client()
            .update_item()
            .table_name(self.table()?)
            .set_key(Some(key.item()))
            .update_expression("SET closed = :yes")
            .condition_expression("attribute_exists(complaints)")
            .return_values(ReturnValue::AllNew)
            .expression_attribute_values(":yes", AttributeValue::Bool(true));
        let item = match update.send().await {
            Ok(output) => output.attributes.unwrap_or_default(),
            Err(error)
                if error
                    .as_service_error()
                    .is_some_and(UpdateItemError::is_conditional_check_failed_exception) =>
            {
                Item::new()
            }
            Err(error) => return Err(StepError::call("close the gathering", &key.to_string(), &error)),
        };
        let ids = item.get("complaints").and_then(|ids| ids.as_ss().ok()).into_iter().flatten();
        let mut ids: Vec<ComplaintId> = ids.filter_map(|id| ComplaintId::parse(id).ok()).collect();
        ids.sort_unstable();
        Ok(ids)
    }
}

fn built(
    update: aws_sdk_dynamodb::types::builders::UpdateBuilder,
    key: &Key,
) -> Result<TransactWriteItem, StepError> {
    let update =
        update.build().map_err(|error| StepError::give_up("build a write", key.to_string(), error))?;
    Ok(TransactWriteItem::builder().update(update).build())
}
