//! What a person decides about a held post: it becomes the complaint that it would have been, or it is discarded.
//!
//! One transaction each, under the condition that nobody has decided before; what was posted leaves the held item with
//! it. A complaint that is released has the id and reference that were answered, and every clock starts when it came.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    Ledger, NotDone,
    held::HeldPost,
    read::{parse, record},
    receive::Receiving,
    transaction::{self, Cancelled},
    write,
};
use crate::{
    actor::Actor,
    complaint::Complaint,
    shell::{
        StepError,
        keys::{Item, get_text, text},
    },
    values::{Channel, ComplaintId, Digest},
};

/// What was decided about a held post, and by whom. Nothing of the post is left in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// What.
    pub verdict: Decided,
    /// Who.
    pub actor: Actor,
    /// When.
    pub at: Timestamp,
    /// Why, where it was discarded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// What may be decided about a held post.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decided {
    /// It is a complaint.
    Released,
    /// It is none.
    Discarded,
}

/// What came of it.
#[derive(Clone, Debug)]
pub enum Judged {
    /// It is decided so, now or since somebody decided the same before.
    So(Verdict),
    /// It was decided otherwise before.
    Otherwise(Verdict),
    /// There is no such post, or not any more.
    Nothing,
}

/// A held item.
enum Held {
    Waiting(Item, Box<HeldPost>),
    Decided(Verdict),
}

/// Somebody else may decide while this is decided.
const MOST_ATTEMPTS: u32 = 3;

impl Ledger<'_> {
    /// Makes a complaint of a held post, or discards it with a reason.
    pub async fn judge(self, id: ComplaintId, verdict: &Verdict) -> Result<Judged, NotDone> {
        for _ in 0..MOST_ATTEMPTS {
            match self.held_post(id).await? {
                None => return Ok(Judged::Nothing),
                Some(Held::Decided(before)) if before.verdict == verdict.verdict => {
                    return Ok(Judged::So(before));
                }
                Some(Held::Decided(before)) => return Ok(Judged::Otherwise(before)),
                Some(Held::Waiting(item, post)) => {
                    if self.decide_held(&item, &post, verdict).await? {
                        return Ok(Judged::So(verdict.clone()));
                    }
                }
            }
        }
        Err(StepError::retry("judge", id.to_string(), "others are at the same post").into())
    }

    /// Whether it was done; not when somebody was faster.
    async fn decide_held(self, item: &Item, post: &HeldPost, verdict: &Verdict) -> Result<bool, NotDone> {
        let (table, key) = (self.table()?, self.held_key(post.id));
        let mut decided = key.item();
        decided.insert("decision".to_owned(), text(write::json(verdict, &key)?));
        decided.extend(item.get("expires").map(|expires| ("expires".to_owned(), expires.clone())));
        let nobody_did = "attribute_exists(pk) AND attribute_not_exists(decision)";
        let mut writes = vec![transaction::put_if(table, decided, nobody_did, [])?];
        let command = self.shell.new_command_id()?;
        if verdict.verdict == Decided::Released {
            let receiving = received(post, &verdict.actor);
            let policy = self.shell.policy_at(receiving.received_at).await?;
            let (_, complaint) = self.begin(&receiving, &policy, post.id, post.reference, command)?;
            writes.extend(complaint);
            writes.push(self.count_held("released")?);
        } else {
            writes.push(self.count_held("discarded")?);
        }
        let token = Digest::of(command.to_string().as_bytes());
        match self.transact(writes, &token, &key).await? {
            Ok(()) => Ok(true),
            Err(Cancelled::Condition(..)) => Ok(false),
        }
    }

    async fn held_post(self, id: ComplaintId) -> Result<Option<Held>, StepError> {
        let key = self.held_key(id);
        let Some(item) = self.get(&key).await?.filter(|item| !self.has_expired(item)) else {
            return Ok(None);
        };
        if let Some(decision) = get_text(&item, "decision") {
            return Ok(Some(Held::Decided(parse(decision, &key)?)));
        }
        let post = record(&item, &key)?;
        Ok(Some(Held::Waiting(item, Box::new(post))))
    }

    /// The complaint that a post was released as.
    pub async fn released(self, id: ComplaintId) -> Result<Complaint, StepError> {
        self.load(id)
            .await?
            .ok_or_else(|| StepError::give_up("read", id.to_string(), "it was released and is not there"))
    }
}

/// As it came, entered by who released it.
fn received(post: &HeldPost, actor: &Actor) -> Receiving {
    Receiving {
        intake: post.complaint.clone(),
        channel: Channel::Web,
        received_at: post.received_at,
        actor: actor.clone(),
        idempotency: None,
        network: None,
        suspicion: None,
    }
}
