//! A new complaint: everything that makes it, in one request. One post is one complaint, however often it comes.

use aws_sdk_dynamodb::types::{AttributeValue, TransactWriteItem};
use jiff::{SignedDuration, Timestamp, ToSpan};
use serde::{Deserialize, Serialize};

use super::{
    Ledger, NotDone, PrivateText,
    found::note_found_by,
    group::item_of_customer,
    transaction::{self, Cancelled},
    write::{self, Entry},
};
use crate::{
    actor::Actor,
    command::{Command, Reach, Receipt, TextRef},
    complaint::Complaint,
    decide::{Context, decide},
    event::Recorded,
    intake::Intake,
    policy::Policy,
    shell::{
        StepError,
        keys::{self, Item, get_text, number, text},
    },
    trail,
    values::{Channel, CommandId, ComplaintId, Digest, Reference},
};

/// How long the answer to a key is kept.
const ANSWERS_KEPT: SignedDuration = SignedDuration::from_hours(24 * 30);

/// A sender's key for one post.
#[derive(Clone, Debug)]
pub struct Idempotency {
    /// As the sender made it.
    pub key: String,
    /// SHA-256 of what was posted under it.
    pub body: Digest,
}

/// A complaint that comes in.
#[derive(Clone, Debug)]
pub struct Receiving {
    /// What the customer wrote.
    pub intake: Intake,
    /// By which way.
    pub channel: Channel,
    /// When the customer complained.
    pub received_at: Timestamp,
    /// The customer, or the member of staff who took it down.
    pub actor: Actor,
    /// The sender's key, if there is one.
    pub idempotency: Option<Idempotency>,
    /// The network it came from, for the count of posts; none for staff.
    pub network: Option<String>,
    /// Why it is held back, if it is: answered like any other, but no complaint yet and no mail.
    pub suspicion: Option<Suspicion>,
}

/// Why a post looks like spam.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Suspicion {
    /// The field that people do not see was filled.
    Trapped,
    /// It was sent faster than anybody writes.
    TooFast,
    /// The work that the policy asks for was not proved: sent without script, or by a program.
    Unproven,
}

/// What was made of it.
#[derive(Clone, Debug)]
pub struct Reception {
    /// The complaint.
    pub complaint: Complaint,
    /// Whether it had come before.
    pub replayed: bool,
}

/// Why it was not taken in.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// The key was used for another post.
    #[error("the idempotency key was used for another post")]
    KeyReused {
        /// What the other post was taken in as.
        taken_in_as: Reference,
    },
    /// More posts than the policy takes in a day.
    #[error("too many posts")]
    TooMany {
        /// Until the count begins anew.
        retry_after_seconds: i64,
    },
    /// The domain says no, or the world does not answer.
    #[error(transparent)]
    NotDone(#[from] NotDone),
}

impl From<StepError> for Refused {
    fn from(error: StepError) -> Self {
        Refused::NotDone(NotDone::Failed(error))
    }
}

/// What a key's answer is made of again.
#[derive(Serialize, Deserialize)]
struct Kept {
    body: Digest,
    complaint: Complaint,
}

/// Which write of the transaction is which.
struct Places {
    idempotency: Option<usize>,
    reference: usize,
    counts: std::ops::Range<usize>,
}

/// How often a new reference is drawn when one is taken.
const MOST_REFERENCES: u32 = 4;

impl Ledger<'_> {
    /// Takes a complaint in.
    pub async fn receive(self, receiving: Receiving) -> Result<Reception, Refused> {
        let (id, command) = (self.shell.new_complaint_id()?, self.shell.new_command_id()?);
        let policy = self.shell.policy_at(receiving.received_at).await?;
        for _ in 0..MOST_REFERENCES {
            let reference = self.shell.new_reference()?;
            let (complaint, writes, places) = self.compose(&receiving, &policy, id, reference, command)?;
            let token = Digest::of(format!("{command} {reference}").as_bytes());
            match self.transact(writes, &token, &keys::complaint(id)).await? {
                Ok(()) => {
                    if receiving.suspicion.is_none() {
                        self.shell.terms_are_kept();
                    }
                    return Ok(Reception { complaint, replayed: false });
                }
                Err(Cancelled::Condition(place, item)) if Some(place) == places.idempotency => {
                    return replay(item.as_ref(), &receiving);
                }
                Err(Cancelled::Condition(place, _)) if places.counts.contains(&place) => {
                    return Err(Refused::TooMany { retry_after_seconds: self.until_tomorrow() });
                }
                Err(Cancelled::Condition(place, _)) if place == places.reference => {}
                Err(Cancelled::Condition(..)) => {
                    // The id is ours alone, so that an earlier attempt was carried out and its answer lost.
                    return Ok(Reception { complaint, replayed: false });
                }
            }
        }
        Err(StepError::retry("draw a reference", id.to_string(), "all that were drawn are taken").into())
    }

    fn compose(
        self,
        receiving: &Receiving,
        policy: &Policy,
        id: ComplaintId,
        reference: Reference,
        command: CommandId,
    ) -> Result<(Complaint, Vec<TransactWriteItem>, Places), Refused> {
        let table = self.table()?;
        let (complaint, mut writes) = self.begin(receiving, policy, id, reference, command)?;
        if let Some(suspicion) = receiving.suspicion {
            writes = self.held_writes(receiving, &complaint, suspicion)?;
        }
        let mut owner = keys::reference(reference).item();
        owner.insert("id".to_owned(), text(id.to_string()));
        writes.push(transaction::put_new(table, owner)?);
        let mut places = Places { idempotency: None, reference: writes.len() - 1, counts: 0..0 };
        if let Some(idempotency) = &receiving.idempotency {
            places.idempotency = Some(writes.len());
            writes.push(self.answer_write(idempotency, &complaint)?);
        }
        let counts = self.count_writes(receiving)?;
        places.counts = writes.len()..writes.len() + counts.len();
        writes.extend(counts);
        Ok((complaint, writes, places))
    }

    /// A complaint's beginning: itself, its first event, the form as it was posted, that it is this customer's, and
    /// what else it is found by.
    pub(super) fn begin(
        self,
        receiving: &Receiving,
        policy: &Policy,
        id: ComplaintId,
        reference: Reference,
        command: CommandId,
    ) -> Result<(Complaint, Vec<TransactWriteItem>), NotDone> {
        let (shell, table, now) = (self.shell, self.table()?, self.shell.now());
        let form = form_text(self, &receiving.intake)?;
        let receipt = self.receipt(receiving, id, reference, form.reference())?;
        let context = Context::new(now, policy, &receiving.actor, command);
        let events = decide(None, Command::Receive(receipt), &context)?;
        let entry = Entry { at: now, actor: &receiving.actor, command, policy: policy.version };
        let (complaint, recorded) = write::record(None, trail::nothing_before(), events, &entry)
            .ok_or_else(|| StepError::give_up("receive", id.to_string(), "no event came of it"))?;
        let head = recorded.last().map_or_else(trail::nothing_before, |last: &Recorded| last.hash);
        let mut writes = vec![transaction::put_new(table, self.complaint_item(&complaint, &head, command)?)?];
        writes.extend(self.event_writes(&recorded)?);
        let found_by = self.found_by(&receiving.intake)?;
        let mut form_item = write::private_item(&keys::intake(id), &form);
        note_found_by(&mut form_item, &found_by);
        writes.push(transaction::put(table, form_item)?);
        writes.extend(self.found_writes(id, &found_by)?);
        writes.push(transaction::put(
            table,
            item_of_customer(&complaint, receiving.intake.description.as_str()),
        )?);
        if let Some(terms) = shell.terms_item()? {
            writes.push(transaction::put(table, terms)?);
        }
        Ok((complaint, writes))
    }

    fn receipt(
        self,
        receiving: &Receiving,
        id: ComplaintId,
        reference: Reference,
        form: TextRef,
    ) -> Result<Receipt, StepError> {
        let (intake, policy) = (&receiving.intake, self.shell.policy());
        let product = intake.product.as_ref().and_then(|named| policy.product(named.as_str()));
        Ok(Receipt {
            id,
            reference,
            received_at: receiving.received_at,
            channel: receiving.channel,
            language: policy.language(intake.language),
            reach: if intake.email.is_some() { Reach::Email } else { Reach::PhoneOnly },
            customer: self.customer(intake)?,
            product: product.map(ToString::to_string),
            form,
        })
    }

    /// The customer under a key, so that their complaints can be found together but the address not from them.
    pub(super) fn customer(self, intake: &Intake) -> Result<Digest, StepError> {
        let address = intake.email.as_ref().map(crate::values::EmailAddress::normalised);
        let phone = intake.phone.as_ref().map(crate::values::Phone::normalised);
        self.customer_called(&address.or(phone).unwrap_or_default())
    }

    /// Whose posts are counted together.
    fn mailbox(self, intake: &Intake) -> Result<Digest, StepError> {
        match &intake.email {
            Some(email) => self.customer_called(&email.mailbox()),
            None => self.customer(intake),
        }
    }

    /// The customer who is reached by this normalised address or phone number, under a key.
    pub fn customer_called(self, person: &str) -> Result<Digest, StepError> {
        Ok(Digest::keyed(self.shell.config.link_secret()?.bytes(), format!("customer {person}").as_bytes()))
    }

    fn answer_write(
        self,
        idempotency: &Idempotency,
        complaint: &Complaint,
    ) -> Result<TransactWriteItem, StepError> {
        let key = keys::idempotency(&Digest::of(idempotency.key.as_bytes()));
        let kept = Kept { body: idempotency.body, complaint: complaint.clone() };
        let mut item = key.item();
        item.insert("record".to_owned(), text(write::json(&kept, &key)?));
        item.insert("expires".to_owned(), write::expires(self.shell.now(), ANSWERS_KEPT));
        let now = number(self.shell.now().as_second());
        transaction::put_if(
            self.table()?,
            item,
            "attribute_not_exists(pk) OR expires < :now",
            [(":now", now)],
        )
    }

    /// One more post of this address and of this network today; past the policy's number the write cancels.
    fn count_writes(self, receiving: &Receiving) -> Result<Vec<TransactWriteItem>, StepError> {
        let Some(network) = &receiving.network else { return Ok(Vec::new()) };
        let limits = &self.shell.policy().limits;
        let secret = self.shell.config.link_secret()?.bytes();
        let network = Digest::keyed(secret, format!("network {network}").as_bytes());
        let counts = [
            (self.mailbox(&receiving.intake)?, limits.posts_per_address),
            (network, limits.posts_per_network),
        ];
        let now = self.shell.now();
        let day = self.shell.policy().calendar.date(now).to_string();
        counts
            .into_iter()
            .map(|(sender, most)| {
                let values: [(&str, AttributeValue); 3] = [
                    (":one", number(1)),
                    (":most", number(most)),
                    (":expires", write::expires(now, SignedDuration::from_hours(72))),
                ];
                transaction::update(
                    self.table()?,
                    &keys::posts(&sender, &day),
                    "SET expires = :expires ADD posts :one",
                    Some("attribute_not_exists(posts) OR posts < :most"),
                    values,
                )
            })
            .collect()
    }

    /// Seconds until the policy's next day begins.
    fn until_tomorrow(self) -> i64 {
        let (now, zone) = (self.shell.now(), self.shell.policy().calendar.zone());
        let tomorrow = self
            .shell
            .policy()
            .calendar
            .date(now)
            .checked_add(1.day())
            .and_then(|date| date.to_zoned(zone.clone()))
            .map_or(now, |midnight| midnight.timestamp());
        (tomorrow.as_second() - now.as_second()).max(1)
    }
}

/// The form, sealed.
pub(super) fn form_text(ledger: Ledger<'_>, intake: &Intake) -> Result<PrivateText, StepError> {
    let json = serde_json::to_string(intake)
        .map_err(|error| StepError::give_up("write as JSON", "intake", error))?;
    PrivateText::new(ledger.shell, json)
}

/// The key was used before: for the same post the same answer, for another one a no.
fn replay(item: Option<&Item>, receiving: &Receiving) -> Result<Reception, Refused> {
    let kept: Kept = item
        .and_then(|item| get_text(item, "record"))
        .and_then(|json| serde_json::from_str(json).ok())
        .ok_or_else(|| StepError::give_up("replay", "idempotency record", "it has no answer"))?;
    match &receiving.idempotency {
        Some(idempotency) if idempotency.body == kept.body => {
            Ok(Reception { complaint: kept.complaint, replayed: true })
        }
        Some(_) | None => Err(Refused::KeyReused { taken_in_as: kept.complaint.reference }),
    }
}
