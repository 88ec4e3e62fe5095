//! Which acknowledgements and letters to staff have a mail of their own, and which are gathered; why and how is said in
//! the shell's `acknowledging` and `alerting`.

use aws_sdk_dynamodb::{
    operation::update_item::UpdateItemError,
    types::{AttributeValue, ReturnValue, ReturnValuesOnConditionCheckFailure, TransactWriteItem, Update},
};
use jiff::{SignedDuration, Timestamp};

use super::{Ledger, transaction::Cancelled, write};
use crate::{
    complaint::Complaint,
    letter_kind::LetterKind,
    shell::{
        StepError,
        keys::{self, Item, Key, number, text},
        mailer::MailName,
    },
    values::{ComplaintId, Digest, EmailAddress},
};

/// Only a clock that is slow finds the mail of its time closed; then the next one's is open.
const MOST_TIMES: i64 = 3;

/// What is gathered together: mails of one letter to the same addresses, within the same time.
#[derive(Clone, Debug)]
pub(in crate::shell) struct Gathering {
    letter: LetterKind,
    to: Digest,
    every: SignedDuration,
    /// Where it goes, where that is not to be had from the complaints themselves.
    addresses: Vec<String>,
}

impl Gathering {
    /// Acknowledgements to this customer, by the hour.
    pub(in crate::shell) fn of_customer(customer: Digest) -> Gathering {
        let every = SignedDuration::from_hours(1);
        Gathering { letter: LetterKind::Acknowledgement, to: customer, every, addresses: Vec::new() }
    }

    /// Letters to these mailboxes of staff, by the quarter of an hour.
    pub(in crate::shell) fn of_staff(to: &[EmailAddress]) -> Gathering {
        let addresses: Vec<String> = to.iter().map(ToString::to_string).collect();
        let (digest, every) = (Digest::of(addresses.join(" ").as_bytes()), SignedDuration::from_mins(15));
        Gathering { letter: LetterKind::Digest, to: digest, every, addresses }
    }

    /// When the time begins that this instant is in, or the so-manieth after it.
    fn begins(&self, now: Timestamp, further: i64) -> Timestamp {
        let every = self.every.as_secs();
        let begun = now.as_second() - now.as_second().rem_euclid(every);
        Timestamp::from_second(begun + further * every).unwrap_or(now)
    }

    /// Whether this mail is of it.
    pub(in crate::shell) fn is_of(&self, mail: &MailName) -> bool {
        mail.subject == self.name(Timestamp::UNIX_EPOCH).subject
    }

    fn name(&self, begins: Timestamp) -> MailName {
        MailName::gathering(self.letter, &self.to, begins)
    }
}

/// What a customer is mailed about a few complaints a day, each counted apart: nobody who posts in their name keeps them
/// from a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::shell) enum Mailed {
    /// The acknowledgement, and what else its day brings about.
    Letters,
    /// A new link for an old one.
    NewLinks,
}

impl Ledger<'_> {
    /// Whether this complaint is one of those about which its customer gets such mails of their own today.
    pub(in crate::shell) async fn is_among_todays(
        self,
        complaint: &Complaint,
        mailed: Mailed,
    ) -> Result<bool, StepError> {
        let (now, policy) = (self.shell.now(), self.shell.policy());
        let day = policy.calendar.date(now);
        let day = match mailed {
            Mailed::Letters => day.to_string(),
            Mailed::NewLinks => format!("{day}-links"),
        };
        let key = keys::own_mails(&complaint.customer, &day);
        self.is_among_first(&key, &complaint.id.to_string(), policy.limits.acknowledgements_per_day).await
    }

    /// Whether the letter about this event is one of those that its mailboxes get as a mail of its own now.
    pub(in crate::shell) async fn has_own_alert(
        self,
        gathering: &Gathering,
        event: &str,
    ) -> Result<bool, StepError> {
        let begins = gathering.begins(self.shell.now(), 0);
        let key = keys::own_mails(&gathering.to, &keys::instant(begins));
        self.is_among_first(&key, event, self.shell.policy().limits.alerts_at_once).await
    }

    /// Puts a complaint, or an event of one, into the mail of this time. What its own mail's record says, if there was
    /// one before: then nothing is done.
    pub(in crate::shell) async fn gather(
        self,
        gathering: &Gathering,
        member: &str,
        own: &Key,
    ) -> Result<Option<Item>, StepError> {
        let now = self.shell.now();
        let token = Digest::of(self.shell.new_command_id()?.to_string().as_bytes());
        for further in 0..MOST_TIMES {
            let begins = gathering.begins(now, further);
            let into = gathering.name(begins);
            let due = begins.checked_add(gathering.every).unwrap_or(begins);
            let writes =
                vec![self.mark_gathered(own, &into)?, self.add_to_gathering(&into, gathering, member, due)?];
            let token = Digest::of(format!("{token} {}", into.cause).as_bytes());
            match self.transact(writes, &token, own).await? {
                Ok(()) => return Ok(None),
                Err(Cancelled::Condition(0, before)) => return Ok(Some(before.unwrap_or_default())),
                Err(Cancelled::Condition(..)) => {}
            }
        }
        Err(StepError::retry("gather", own.to_string(), "the mails of these times are closed"))
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

    /// The record is that of a mail which is not sent yet, and due when its time is over.
    fn add_to_gathering(
        self,
        into: &MailName,
        gathering: &Gathering,
        member: &str,
        due: Timestamp,
    ) -> Result<TransactWriteItem, StepError> {
        let key = into.key();
        let shard = keys::shard(into.subject.as_bytes(), self.shell.config.shards);
        let addressed = if gathering.addresses.is_empty() { "" } else { ", addresses = :to" };
        let mut update = Update::builder()
            .table_name(self.table()?)
            .set_key(Some(key.item()))
            .update_expression(format!(
                "SET #state = :pending, created = if_not_exists(created, :now), due_shard = :shard, due_at = :due{addressed} \
                 ADD complaints :ids",
            ))
            .condition_expression("attribute_not_exists(closed)")
            .expression_attribute_names("#state", "state")
            .expression_attribute_values(":pending", text("pending"))
            .expression_attribute_values(":now", number(self.shell.now().as_second()))
            .expression_attribute_values(":shard", text(keys::due_mails(shard)))
            .expression_attribute_values(":due", text(keys::instant(due)))
            .expression_attribute_values(":ids", AttributeValue::Ss(vec![member.to_owned()]));
        if !gathering.addresses.is_empty() {
            let to = gathering.addresses.iter().cloned().map(AttributeValue::S).collect();
            update = update.expression_attribute_values(":to", AttributeValue::L(to));
        }
        built(update, &key)
    }

    /// What is in a gathering, and where it goes if that was said; nothing comes to it any more.
    pub(in crate::shell) async fn close_gathering(self, key: &Key) -> Result<Gathered, StepError> {
        let update = self
            .client()
            .update_item()
            .table_name(self.table()?)
            .set_key(Some(key.item()))
            .update_expression("SET closed = :yes, expires = :expires")
            .condition_expression("attribute_exists(complaints)")
            .return_values(ReturnValue::AllNew)
            .expression_attribute_values(":yes", AttributeValue::Bool(true))
            .expression_attribute_values(":expires", write::expires(self.shell.now(), write::EFFECTS_KEPT));
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
        let members = item.get("complaints").and_then(|members| members.as_ss().ok()).cloned();
        let mut members = members.unwrap_or_default();
        members.sort_unstable();
        let addresses = item.get("addresses").and_then(|to| to.as_l().ok()).into_iter().flatten();
        let to = addresses.filter_map(|to| EmailAddress::parse(to.as_s().ok()?).ok()).collect();
        Ok(Gathered { members, to })
    }
}

/// What a mail was gathered from.
#[derive(Clone, Debug, Default)]
pub(in crate::shell) struct Gathered {
    members: Vec<String>,
    /// Where it goes, where that is not to be had from the complaints themselves.
    pub(in crate::shell) to: Vec<EmailAddress>,
}

impl Gathered {
    /// The complaints, the earliest first.
    pub(in crate::shell) fn complaints(&self) -> impl Iterator<Item = ComplaintId> {
        self.members.iter().filter_map(|member| ComplaintId::parse(member).ok())
    }

    /// The events, each a complaint and the version that it made, the earliest complaint first.
    pub(in crate::shell) fn events(&self) -> impl Iterator<Item = (ComplaintId, u32)> {
        self.members.iter().filter_map(|member| {
            let (complaint, version) = member.split_once(':')?;
            Some((ComplaintId::parse(complaint).ok()?, version.parse().ok()?))
        })
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
