//! What comes as mail: how much of it is taken in, and what is counted of the rest.

use aws_sdk_dynamodb::{operation::update_item::UpdateItemError, types::AttributeValue};
use jiff::SignedDuration;

use super::{Ledger, transaction, write};
use crate::{
    figures::Period,
    shell::{
        StepError,
        keys::{self, Key, number, text},
    },
    values::{ComplaintId, Digest},
};

/// The set of a day's is kept for as long as a day may last anywhere, and then some.
const KEPT: SignedDuration = SignedDuration::from_hours(72);
/// The step whose effect it is that a mail was counted.
const COUNTED: &str = "counted";

impl Ledger<'_> {
    /// Whether this mail is one of those that are taken in for its complaint today.
    pub async fn may_take_reply(self, id: ComplaintId, mail: &Digest) -> Result<bool, StepError> {
        let (now, policy) = (self.shell.now(), self.shell.policy());
        let key = keys::replies(id, &policy.calendar.date(now).to_string());
        self.is_among_first(&key, &mail.to_string(), policy.limits.replies_per_day).await
    }

    /// Counts a mail that came to no complaint that there is, or that a machine wrote: once, however often it comes.
    pub async fn count_mail(self, mail: &Digest, kind: &str) -> Result<(), StepError> {
        let month = Period::of(self.shell.now(), &self.shell.policy().calendar);
        let figure = Key::new(keys::figures(&month.to_string()), format!("replies#{kind}#0"));
        // The mark carries the time, and DynamoDB refuses a token that comes with other writes than before.
        let token = Digest::of(format!("{mail} {}", self.shell.now()).as_bytes());
        let one: [(&str, AttributeValue); 1] = [(":one", number(1))];
        let writes = vec![
            self.effect_write(&format!("mail:{mail}"), COUNTED)?,
            transaction::update(self.table()?, &figure, "ADD mails :one", None, one)?,
        ];
        // The one condition is that it was not counted before.
        let _counted = self.transact(writes, &token, &figure).await?;
        Ok(())
    }

    /// Whether this is one of the first so many of a day; the same one gets the same answer however often it is asked.
    pub(super) async fn is_among_first(self, key: &Key, one: &str, most: u32) -> Result<bool, StepError> {
        let update = self
            .client()
            .update_item()
            .table_name(self.table()?)
            .set_key(Some(key.item()))
            .update_expression("SET expires = :expires ADD complaints :ids")
            .condition_expression(
                "attribute_not_exists(complaints) OR size(complaints) < :most OR contains(complaints, :id)",
            )
            .expression_attribute_values(":expires", write::expires(self.shell.now(), KEPT))
            .expression_attribute_values(":ids", AttributeValue::Ss(vec![one.to_owned()]))
            .expression_attribute_values(":id", text(one))
            .expression_attribute_values(":most", number(most));
        match update.send().await {
            Ok(_) => Ok(true),
            Err(error)
                if error
                    .as_service_error()
                    .is_some_and(UpdateItemError::is_conditional_check_failed_exception) =>
            {
                Ok(false)
            }
            Err(error) => Err(StepError::call("count one of a day", &key.to_string(), &error)),
        }
    }
}
