//! Mail: one record per cause, claimed before SES is called, and SES called with one attempt.
//!
//! `SendEmail` has no token: a lost answer plus a retry is two mails. So the record says what is known:
//!
//! ```text
//!            claim              200
//!  (none) ──────────► sending ───────► sent ──── SES event ───► bounced, suppressed, complained
//!                      │  │ no answer
//!     refused for now  │  └──────────► unknown ── SES event ──► sent
//!                      ▼                 │ no event in 15 minutes: one more attempt, then
//!                   pending              └─────────────────────► rejected
//! ```
//!
//! A crash between claim and answer leaves `sending`, which after 15 minutes counts as `unknown`.

use aws_config::SdkConfig;
use aws_sdk_dynamodb::types::{AttributeValue, ReturnValuesOnConditionCheckFailure};
use aws_sdk_sesv2::{
    config::retry::RetryConfig,
    error::SdkError,
    operation::send_email::SendEmailError,
    types::{
        Attachment as SesAttachment, Body, Content, Destination, EmailContent, Message, MessageHeader,
        MessageTag,
    },
};
use jiff::SignedDuration;

use super::{
    Shell, StepError,
    error::code_of,
    keys::{self, Item, Key, get_number, get_text, number, text},
};
use crate::{command::UndeliverableReason, letter::Letter, letter_kind::LetterKind, values::EmailAddress};

/// How long SES has to say what became of a mail before it is tried once more.
const SETTLE_AFTER: SignedDuration = SignedDuration::from_mins(15);
/// When a mail that SES did not want for now is tried again.
const TRY_AGAIN_AFTER: SignedDuration = SignedDuration::from_mins(5);
/// After this a mail that SES never wanted is given up, so that staff reach the customer within the day promised.
const GIVE_UP_AFTER: SignedDuration = SignedDuration::from_hours(20);
/// A cause has so many calls of SES whose result may be unknown, and no more.
const MOST_ATTEMPTS: i64 = 2;

/// Names a mail: the same cause has the same name, however often it comes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailName {
    /// A complaint's id, or what else the mail is about.
    pub subject: String,
    /// Which letter.
    pub letter: LetterKind,
    /// The event's version, with the addressee where one event has several.
    pub cause: String,
}

impl MailName {
    /// As SES carries it in a tag, whose characters are letters, digits, `_`, `-`, `.` and `@`.
    pub fn tag(&self) -> String {
        format!("{}_{}_{}", self.subject, self.letter.code(), self.cause)
    }

    /// Reads a tag.
    pub fn parse(tag: &str) -> Option<MailName> {
        let mut parts = tag.splitn(3, '_');
        let (subject, letter, cause) = (parts.next()?, parts.next()?, parts.next()?);
        Some(MailName {
            subject: subject.to_owned(),
            letter: LetterKind::parse(letter)?,
            cause: cause.to_owned(),
        })
    }

    /// The record's key.
    pub fn key(&self) -> Key {
        keys::mail(&self.subject, self.letter.code(), &self.cause)
    }

    /// The name in a record's key.
    pub fn of_key(key: &Key) -> Option<MailName> {
        let (letter, cause) = key.sk.split_once('#')?;
        Some(MailName {
            subject: key.pk.strip_prefix("M#")?.to_owned(),
            letter: LetterKind::parse(letter)?,
            cause: cause.to_owned(),
        })
    }
}

/// A file that goes with a mail.
#[derive(Clone, Debug)]
pub struct Attachment {
    /// Its name.
    pub name: String,
    /// Its media type.
    pub content_type: &'static str,
    /// What is in it.
    pub content: Vec<u8>,
}

/// A mail, ready to be sent.
#[derive(Clone, Debug)]
pub struct Outgoing {
    /// Which one.
    pub name: MailName,
    /// To whom.
    pub to: Vec<EmailAddress>,
    /// What it says.
    pub letter: Letter,
    /// What goes with it.
    pub attachments: Vec<Attachment>,
}

/// What is known of a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// SES took it.
    Sent,
    /// It is being sent by another, or whether SES took it is not known yet.
    Open,
    /// It will not arrive.
    Failed(UndeliverableReason),
}

/// What SES said about a mail later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Report {
    /// It was sent or delivered.
    Sent,
    /// It did not or will not arrive.
    Failed(UndeliverableReason),
}

/// Which attempt at a mail this is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attempt {
    /// Nobody has tried, or SES certainly did not take it.
    First,
    /// Whether SES took the first is unknown, and it had its time to say so.
    Again,
}

/// The mail.
#[derive(Clone, Copy, Debug)]
pub struct Mailer<'a> {
    shell: &'a Shell,
}

/// The client for SES: one attempt, never a retry.
pub(super) fn client(sdk: &SdkConfig) -> aws_sdk_sesv2::Client {
    let config = aws_sdk_sesv2::config::Builder::from(sdk).retry_config(RetryConfig::disabled()).build();
    aws_sdk_sesv2::Client::from_conf(config)
}

enum Claim {
    Ours,
    Theirs(Fate),
}

impl<'a> Mailer<'a> {
    pub(super) fn new(shell: &'a Shell) -> Mailer<'a> {
        Mailer { shell }
    }

    /// Sends a mail unless that was done, or is being done.
    pub async fn send(&self, outgoing: &Outgoing, attempt: Attempt) -> Result<Fate, StepError> {
        match self.claim(&outgoing.name, attempt).await? {
            Claim::Theirs(fate) => Ok(fate),
            Claim::Ours => self.call(outgoing).await,
        }
    }

    async fn claim(&self, name: &MailName, attempt: Attempt) -> Result<Claim, StepError> {
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
                Some(aws_sdk_dynamodb::operation::update_item::UpdateItemError::ConditionalCheckFailedException(
                    failed,
                )) => Ok(Claim::Theirs(failed.item().map_or(Fate::Open, fate_of))),
                _ => Err(StepError::call("claim the mail", &key.to_string(), &error)),
            },
        }
    }

    async fn call(&self, outgoing: &Outgoing) -> Result<Fate, StepError> {
        let name = &outgoing.name;
        let sent = self
            .shell
            .ses
            .send_email()
            .from_email_address(self.shell.config.sender()?.to_ascii())
            .destination(Destination::builder().set_to_addresses(Some(addresses(&outgoing.to))).build())
            .reply_to_addresses(self.shell.policy().company.reply_to.to_ascii())
            .configuration_set_name(self.shell.config.configuration_set()?)
            .email_tags(tag("mail", &name.tag())?)
            .content(EmailContent::builder().simple(message(outgoing)?).build())
            .send()
            .await;
        let error = match sent {
            Ok(sent) => {
                self.settle(name, "sent", sent.message_id()).await?;
                return Ok(Fate::Sent);
            }
            Err(error) => error,
        };
        match refusal(&error) {
            Refusal::ForNow => {
                // The record is the promise to send it later; a step's own retries would only add to SES's load.
                tracing::warn!(mail = %name.key(), cause = code_of(&error), "SES did not want a mail for now");
                self.put_off(name).await?;
                Ok(Fate::Open)
            }
            Refusal::ForGood => {
                tracing::warn!(mail = %name.key(), cause = code_of(&error), "SES refused a mail for good");
                self.settle(name, "rejected", None).await?;
                Ok(Fate::Failed(UndeliverableReason::Rejected))
            }
            Refusal::Unknown => {
                tracing::warn!(mail = %name.key(), cause = code_of(&error), "whether SES took a mail is unknown");
                self.unknown(name).await?;
                Ok(Fate::Open)
            }
        }
    }

    /// The answer is known: nothing more is due, unless SES's own events came first and said more.
    async fn settle(&self, name: &MailName, state: &str, message_id: Option<&str>) -> Result<(), StepError> {
        let message_id = text(message_id.unwrap_or_default());
        let set = "SET #state = :state, message_id = :id REMOVE due_shard, due_at, settle_at";
        let values = [(":state", text(state)), (":id", message_id), (":from", text("sending"))];
        self.change(name, set, "#state = :from", &values).await
    }

    /// SES certainly did not take it: the attempt does not count.
    async fn put_off(&self, name: &MailName) -> Result<(), StepError> {
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

    async fn unknown(&self, name: &MailName) -> Result<(), StepError> {
        let values = [(":state", text("unknown")), (":from", text("sending"))];
        self.change(name, "SET #state = :state", "#state = :from", &values).await
    }

    /// Records what SES said later. What it says of a failure stands; that it sent something settles only what is open.
    pub async fn record(&self, name: &MailName, report: Report) -> Result<(), StepError> {
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
        let key = name.key();
        let mut update = self
            .shell
            .dynamo
            .update_item()
            .table_name(self.shell.config.table()?)
            .set_key(Some(key.item()))
            .update_expression(set)
            .condition_expression(condition)
            .expression_attribute_names("#state", "state");
        for (name, value) in values {
            update = update.expression_attribute_values(*name, value.clone());
        }
        match update.send().await {
            Ok(_) => Ok(()),
            Err(error) if is_condition(&error) => Ok(()),
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
            Some("pending") if old => Next::GiveUp,
            Some("pending") => Next::Send(Attempt::First),
            Some("sending" | "unknown") if !lapsed => Next::Nothing,
            Some("sending" | "unknown") if attempts >= MOST_ATTEMPTS => Next::GiveUp,
            Some("sending" | "unknown") => Next::Send(Attempt::Again),
            Some(_) | None => Next::Nothing,
        })
    }
}

/// What is to be done with a mail whose fate is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Wait, or it is settled.
    Nothing,
    /// Send it.
    Send(Attempt),
    /// Its attempts or its time are used up.
    GiveUp,
}

fn fate_of(item: &Item) -> Fate {
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

enum Refusal {
    ForNow,
    ForGood,
    Unknown,
}

/// What an error of SES says about whether the mail was taken: a 4xx was not, anything else may have been.
fn refusal(error: &SdkError<SendEmailError>) -> Refusal {
    let SdkError::ServiceError(service) = error else { return Refusal::Unknown };
    if service.raw().status().is_server_error() {
        return Refusal::Unknown;
    }
    match service.err() {
        SendEmailError::MessageRejected(_) | SendEmailError::BadRequestException(_) => Refusal::ForGood,
        // Throttled, paused, a domain not verified yet: later it may go.
        _ => Refusal::ForNow,
    }
}

fn is_condition(
    error: &SdkError<
        aws_sdk_dynamodb::operation::update_item::UpdateItemError,
        aws_smithy_runtime_api::http::Response,
    >,
) -> bool {
    error.as_service_error().is_some_and(
        aws_sdk_dynamodb::operation::update_item::UpdateItemError::is_conditional_check_failed_exception,
    )
}

fn addresses(to: &[EmailAddress]) -> Vec<String> {
    to.iter().map(EmailAddress::to_ascii).collect()
}

fn tag(name: &str, value: &str) -> Result<MessageTag, StepError> {
    MessageTag::builder().name(name).value(value).build().map_err(|error| unbuilt(value, error))
}

fn unbuilt(key: &str, error: impl ToString) -> StepError {
    StepError::give_up("build the mail", key, error)
}

fn message(outgoing: &Outgoing) -> Result<Message, StepError> {
    let key = outgoing.name.key().to_string();
    let content = |data: &str| {
        Content::builder().data(data).charset("UTF-8").build().map_err(|error| unbuilt(&key, error))
    };
    let header = |name: &str, value: &str| {
        MessageHeader::builder().name(name).value(value).build().map_err(|error| unbuilt(&key, error))
    };
    let body =
        Body::builder().text(content(&outgoing.letter.text)?).html(content(&outgoing.letter.html)?).build();
    let mut message = Message::builder()
        .subject(content(&outgoing.letter.subject)?)
        .body(body)
        .headers(header("Auto-Submitted", "auto-generated")?)
        .headers(header("X-Auto-Response-Suppress", "All")?);
    for file in &outgoing.attachments {
        let attachment = SesAttachment::builder()
            .file_name(&file.name)
            .content_type(file.content_type)
            .raw_content(aws_sdk_sesv2::primitives::Blob::new(file.content.clone()))
            .build()
            .map_err(|error| unbuilt(&key, error))?;
        message = message.attachments(attachment);
    }
    Ok(message.build())
}
