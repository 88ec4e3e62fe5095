//! What is known of a mail, in its record: claimed, settled, put off, given up.

use aws_sdk_dynamodb::{
    operation::update_item::UpdateItemError,
    types::{AttributeValue, ReturnValue, ReturnValuesOnConditionCheckFailure},
};
use aws_smithy_runtime_api::{client::result::SdkError, http::Response};
use jiff::SignedDuration;

use super::{Attempt, Fate, MailName, Mailer, Next, Report, note_failure};
use crate::{
    command::UndeliverableReason,
    shell::{
        StepError,
        keys::{self, Item, get_number, get_text, number, text},
    },
};

/// How long SES has to say what became of a mail before it is tried once more.
const SETTLE_AFTER: SignedDuration = SignedDuration::from_mins(15);
/// When a mail that SES did not want for now is tried again.
const TRY_AGAIN_AFTER: SignedDuration = SignedDuration::from_mins(5);
/// After this a mail that SES never wanted is given up, so that staff reach the customer within the day promised.
const GIVE_UP_AFTER: SignedDuration = SignedDuration::from_hours(20);
/// A cause has so many calls of SES whose result may be unknown, and no more.
const MOST_ATTEMPTS: i64 = 2;

/// Whether the mail is ours to send.
pub(super) enum Claim {
    Ours,
    Theirs(Fate),
}

impl Mailer<'_> {
    /// Takes the mail on, if nobody has.
    pub(super) async fn claim(&self, name: &MailName, attempt: Attempt) -> Result<Claim, StepError> {
        let (key, now) = (name.key(), self.shell.now());
        let condition = match attempt {
            Attempt::First => "attribute_not_exists(pk) OR #state = :pending",
            Attempt::Again => {
                "(#state = :unknown OR (#state = :sending AND settle_at <= :now)) AND attempts < :most"
            }
        };
        let settle_at = now.checked_add(SETTLE_AFTER).unwrap_or(now);
        let shard = keys::shard(name.subject.as_bytes(), self.shell.config.shards);
        let mut update = self
            .shell
            .dynamo
            .update_item()
            .table_name(self.shell.config.table()?)
            .set_key(Some(key.item()))
            .update_expression(
                "SET #state = :sending, settle_at = :settle, due_shard = :shard, due_at = :due, \
                 created = if_not_exists(created, :now) ADD attempts :one",
            )
            .condition_expression(condition)
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
            .expression_attribute_names("#state", "state")
            .expression_attribute_values(":sending", text("sending"))
            .expression_attribute_values(":settle", number(settle_at.as_second()))
            .expression_attribute_values(":shard", text(keys::due_mails(shard)))
            .expression_attribute_values(":due", text(keys::instant(settle_at)))
            .expression_attribute_values(":now", number(now.as_second()))
            .expression_attribute_values(":one", number(1));
        update = match attempt {
            Attempt::First => update.expression_attribute_values(":pending", text("pending")),
            Attempt::Again => update
                .expression_attribute_values(":unknown", text("unknown"))
                .expression_attribute_values(":most", number(MOST_ATTEMPTS)),
        };
        match update.send().await {
            Ok(_) => Ok(Claim::Ours),
            Err(error) => match error.as_service_error() {
                Some(UpdateItemError::ConditionalCheckFailedException(failed)) => {
                    Ok(Claim::Theirs(failed.item().map_or(Fate::Open, fate_of)))
                }
                _ => Err(StepError::call("claim the mail", &key.to_string(), &error)),
            },
        }
    }

    /// The answer is known: nothing more is due, unless SES's own events came first and said more. A gathering stays due
    /// until each complaint in it has been told.
    pub(super) async fn settle(
        &self,
        name: &MailName,
        state: &str,
        message_id: Option<&str>,
    ) -> Result<(), StepError> {
        let message_id = text(message_id.unwrap_or_default());
        let done = if name.is_gathering() { "settle_at" } else { "due_shard, due_at, settle_at" };
        let set = format!("SET #state = :state, message_id = :id REMOVE {done}");
        let values = [(":state", text(state)), (":id", message_id), (":from", text("sending"))];
        self.change(name, &set, "#state = :from", &values).await
    }

    /// Each complaint in a gathering has been told what became of it.
    pub async fn told(&self, name: &MailName) -> Result<(), StepError> {
        let set = "SET #state = #state REMOVE due_shard, due_at";
        self.change(name, set, "attribute_exists(pk)", &[]).await
    }

    /// SES certainly did not take it: the attempt does not count.
    pub(super) async fn put_off(&self, name: &MailName) -> Result<(), StepError> {
        let due = self.shell.now().checked_add(TRY_AGAIN_AFTER).unwrap_or(self.shell.now());
        let set = "SET #state = :state, due_at = :due, attempts = attempts - :one";
        let values = [
            (":state", text("pending")),
            (":due", text(keys::instant(due))),
            (":one", number(1)),
            (":from", text("sending")),
        ];
        self.change(name, set, "#state = :from", &values).await
    }

    pub(super) async fn unknown(&self, name: &MailName) -> Result<(), StepError> {
        let values = [(":state", text("unknown")), (":from", text("sending"))];
        self.change(name, "SET #state = :state", "#state = :from", &values).await
    }

    /// Records what SES said later. What it says of a failure stands; that it sent something settles only what is open.
    pub async fn record(&self, name: &MailName, report: Report) -> Result<(), StepError> {
        if let Report::Failed(reason) = report {
            note_failure(name, reason);
        }
        // Mostly the step that sent it knows already. A look costs a fifth of a write, even of one that is refused.
        if report == Report::Sent && !self.is_open(name).await? {
            return Ok(());
        }
        let (state, condition) = match report {
            Report::Sent => ("sent", "#state IN (:sending, :unknown, :pending)"),
            Report::Failed(reason) => (state_of(reason), "attribute_exists(pk)"),
        };
        let mut values = vec![(":state", text(state))];
        if report == Report::Sent {
            values.extend([
                (":sending", text("sending")),
                (":unknown", text("unknown")),
                (":pending", text("pending")),
            ]);
        }
        self.change(name, "SET #state = :state REMOVE due_shard, due_at, settle_at", condition, &values).await
    }

    async fn is_open(&self, name: &MailName) -> Result<bool, StepError> {
        let record = self.shell.ledger().get(&name.key()).await?;
        Ok(record.is_some_and(|record| fate_of(&record) == Fate::Open))
    }

    /// Notes that the receiving server took the mail; says whether that is news, since it was not known to be sent.
    pub async fn note_delivery(&self, name: &MailName) -> Result<bool, StepError> {
        let set = "SET #state = #state, delivered = :yes";
        let values = [(":yes", AttributeValue::Bool(true))];
        let record = self.changed(name, set, "attribute_exists(pk)", &values).await?;
        Ok(record.is_none_or(|record| fate_of(&record) == Fate::Open))
    }

    /// Whether the receiving server took the mail.
    pub async fn was_delivered(&self, name: &MailName) -> Result<bool, StepError> {
        Ok(self.shell.ledger().get(&name.key()).await?.is_some_and(|item| item.contains_key("delivered")))
    }

    /// A mail that has nothing to say any more is not sent.
    pub async fn drop(&self, name: &MailName) -> Result<(), StepError> {
        let set = "SET #state = :state REMOVE due_shard, due_at, settle_at";
        self.change(name, set, "attribute_exists(pk)", &[(":state", text("overtaken"))]).await
    }

    /// Changes the record if the condition holds; if not, somebody knew more.
    async fn change(
        &self,
        name: &MailName,
        set: &str,
        condition: &str,
        values: &[(&str, AttributeValue)],
    ) -> Result<(), StepError> {
        self.changed(name, set, condition, values).await.map(|_| ())
    }

    /// Changes the record if the condition holds, and says how it is then; none if the condition does not hold.
    async fn changed(
        &self,
        name: &MailName,
        set: &str,
        condition: &str,
        values: &[(&str, AttributeValue)],
    ) -> Result<Option<Item>, StepError> {
        let key = name.key();
        let mut update = self
            .shell
            .dynamo
            .update_item()
            .table_name(self.shell.config.table()?)
            .set_key(Some(key.item()))
            .update_expression(set)
            .condition_expression(condition)
            .return_values(ReturnValue::AllNew)
            .expression_attribute_names("#state", "state");
        for (name, value) in values {
            update = update.expression_attribute_values(*name, value.clone());
        }
        match update.send().await {
            Ok(output) => Ok(output.attributes),
            Err(error) if is_condition(&error) => Ok(None),
            Err(error) => Err(StepError::call("record the mail's fate", &key.to_string(), &error)),
        }
    }

    /// The mails whose fate is open and whose time to be settled has come.
    pub async fn unsettled(&self) -> Result<Vec<MailName>, StepError> {
        let mut names = Vec::new();
        for shard in 0..self.shell.config.shards {
            let due = self.shell.ledger().due(&keys::due_mails(shard), self.shell.now()).await?;
            names.extend(due.iter().filter_map(MailName::of_key));
        }
        Ok(names)
    }

    /// What is to be done with a mail whose fate is open.
    pub async fn next(&self, name: &MailName) -> Result<Next, StepError> {
        let Some(item) = self.shell.ledger().get(&name.key()).await? else { return Ok(Next::Nothing) };
        let now = self.shell.now().as_second();
        let attempts = get_number(&item, "attempts").unwrap_or(0);
        let old = get_number(&item, "created").is_some_and(|at| at + GIVE_UP_AFTER.as_secs() <= now);
        let lapsed = get_number(&item, "settle_at").is_none_or(|at| at <= now);
        Ok(match get_text(&item, "state") {
            Some("pending" | "sending" | "unknown") if old => Next::GiveUp,
            Some("pending") => Next::Send(Attempt::First),
            Some("sending" | "unknown") if !lapsed => Next::Nothing,
            Some("sending" | "unknown") if attempts >= MOST_ATTEMPTS => Next::GiveUp,
            Some("sending" | "unknown") => Next::Send(Attempt::Again),
            Some(_) if item.contains_key("due_shard") => match fate_of(&item) {
                Fate::Open => Next::Nothing,
                fate => Next::Tell(fate),
            },
            Some(_) | None => Next::Nothing,
        })
    }
}

pub(in crate::shell) fn fate_of(item: &Item) -> Fate {
    match get_text(item, "state") {
        Some("sent") => Fate::Sent,
        Some("bounced") => Fate::Failed(UndeliverableReason::Bounced),
        Some("suppressed") => Fate::Failed(UndeliverableReason::Suppressed),
        Some("complained") => Fate::Failed(UndeliverableReason::MarkedAsSpam),
        Some("rejected") => Fate::Failed(UndeliverableReason::Rejected),
        Some(_) | None => Fate::Open,
    }
}

fn state_of(reason: UndeliverableReason) -> &'static str {
    match reason {
        UndeliverableReason::Bounced | UndeliverableReason::NoAddress => "bounced",
        UndeliverableReason::Suppressed => "suppressed",
        UndeliverableReason::Rejected => "rejected",
        UndeliverableReason::MarkedAsSpam => "complained",
    }
}

fn is_condition(error: &SdkError<UpdateItemError, Response>) -> bool {
    error.as_service_error().is_some_and(UpdateItemError::is_conditional_check_failed_exception)
}
