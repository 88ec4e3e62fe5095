//! What customers send in, and what they were answered.

use std::collections::BTreeSet;

use jiff::Timestamp;
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use serde_json::{Value, json};

use super::run::Run;
use crate::desk::ask::{Ask, get, post};

/// How many complaints a seed has.
const POSTS: usize = 10;

/// A key's answer is kept for thirty days; nobody sends the same post again after so many.
const LAST_RETRY: i64 = 28;

/// By which way a complaint comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// A program posts JSON.
    Json,
    /// A browser posts the form.
    Form,
    /// A customer calls, and a representative takes it down.
    Desk,
}

/// An address that several customers share, who write on the same day.
const HOUSEHOLD: &str = "household@customer.example";

/// One complaint as its customer knows it.
#[derive(Clone, Debug)]
pub(super) struct Post {
    pub(super) way: Way,
    /// A word that is in everything this customer says, and in no other's.
    pub(super) canary: String,
    email: Option<String>,
    /// Names the post, however often it is sent; some programs send none.
    pub(super) key: Option<String>,
    /// The very bytes, once they were sent.
    body: Option<String>,
    pub(super) sent: u32,
    pub(super) first_sent: Option<Timestamp>,
    /// Times it was accepted.
    pub(super) accepted: u32,
    /// What it was accepted under.
    pub(super) references: BTreeSet<String>,
    /// The token of the private link.
    pub(super) token: Option<String>,
}

impl Post {
    /// The customers of a seed.
    pub(super) fn draw(seed: u64, dice: &mut ChaCha8Rng) -> Vec<Post> {
        (0..POSTS).map(|number| Post::one(seed, number, dice)).collect()
    }

    fn one(seed: u64, number: usize, dice: &mut ChaCha8Rng) -> Post {
        let canary = format!("canary{seed}x{number}x");
        let way = match dice.random_range(0..10) {
            0..=4 => Way::Json,
            5..=7 => Way::Form,
            _ => Way::Desk,
        };
        let email = match dice.random_range(0..20) {
            0..=2 => None,
            3..=4 => Some(format!("bounce+{canary}@customer.example")),
            5 => Some(format!("suppressed+{canary}@customer.example")),
            6 => Some(format!("complaint+{canary}@customer.example")),
            7 => Some(format!("reject+{canary}@customer.example")),
            8 => Some(format!("soft+{canary}@customer.example")),
            9..=11 => Some(HOUSEHOLD.to_owned()),
            _ => Some(format!("{canary}@customer.example")),
        };
        let has_key = way != Way::Json || dice.random_range(0..10) > 0;
        let key = has_key.then(|| format!("key-{canary}"));
        let (body, first_sent) = (None, None);
        Post {
            way,
            canary,
            email,
            key,
            body,
            sent: 0,
            first_sent,
            accepted: 0,
            references: BTreeSet::new(),
            token: None,
        }
    }

    fn fields(&self) -> Vec<(&'static str, String)> {
        let mut fields = vec![
            ("name", format!("Robin {}", self.canary)),
            ("description", format!("The card was charged twice, says {}.", self.canary)),
            ("order_reference", format!("No {}", self.canary)),
        ];
        match &self.email {
            Some(email) => fields.push(("email", email.clone())),
            None => fields.push(("phone", "+44 20 7946 0123".to_owned())),
        }
        fields
    }

    fn json(&self) -> Value {
        Value::Object(
            self.fields().into_iter().map(|(name, value)| (name.to_owned(), value.into())).collect(),
        )
    }

    /// Whether the answer to its key is kept still: for thirty days.
    pub(super) fn is_kept(&self, now: Timestamp) -> bool {
        self.first_sent.is_some_and(|at| now.duration_since(at).as_hours() < 24 * LAST_RETRY)
    }

    /// Whether it comes from the address that several share.
    pub(super) fn is_of_the_household(&self) -> bool {
        self.email.as_deref() == Some(HOUSEHOLD)
    }

    /// Whether it is known to be taken in.
    pub(super) fn is_accepted(&self) -> bool {
        self.accepted > 0
    }
}

impl Run {
    /// Somebody complains; those of a household do so one after the other.
    pub(super) async fn complain_together(&mut self, number: usize) -> Result<(), String> {
        self.complain(number).await?;
        let waits = |post: &Post| post.is_of_the_household() && post.first_sent.is_none();
        while let Some(next) =
            self.posts.iter().position(waits).filter(|_| self.posts[number].is_of_the_household())
        {
            self.complain(next).await?;
        }
        Ok(())
    }

    /// A customer sends in their complaint for the first time, and perhaps twice at once.
    pub(super) async fn complain(&mut self, number: usize) -> Result<(), String> {
        self.posts[number].first_sent = Some(self.world.now());
        let body = match self.posts[number].way {
            Way::Json => self.posts[number].json().to_string(),
            Way::Form => match self.fill_form(number).await? {
                Some(body) => body,
                None => return Ok(()),
            },
            Way::Desk => self.take_down(number),
        };
        self.posts[number].body = Some(body);
        let times = if self.chance(25) && self.posts[number].key.is_some() { 2 } else { 1 };
        for _ in 0..times {
            self.submit(number, if times > 1 { "double submit" } else { "submit" }).await?;
        }
        Ok(())
    }

    /// Looks at the form, and fills it in within a while.
    async fn fill_form(&mut self, number: usize) -> Result<Option<String>, String> {
        let page = self.ask("customer", "GET /complaints", get("/complaints").html()).await?;
        if page.status != 200 {
            self.posts[number].first_sent = None;
            return Ok(None);
        }
        let hidden = |name: &str| {
            let at = page.body.split_once(&format!("name=\"{name}\" value=\"")).map(|(_, rest)| rest);
            at.and_then(|rest| rest.split('"').next()).map(str::to_owned)
        };
        let (key, issued) =
            hidden("idempotency_key").zip(hidden("form_issued")).ok_or("the form has no key")?;
        let seconds = self.dice.random_range(3..900);
        self.pass(jiff::SignedDuration::from_secs(seconds)).await?;
        let post = &mut self.posts[number];
        let mut fields = post.fields();
        fields.extend([
            ("idempotency_key", key.clone()),
            ("form_issued", issued),
            ("website", String::new()),
        ]);
        post.key = Some(key);
        Ok(Some(form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()))
    }

    /// A representative takes the complaint down, some time after it was made.
    fn take_down(&mut self, number: usize) -> String {
        let minutes = self.dice.random_range(0..600);
        let received_at = self.world.now() - jiff::SignedDuration::from_mins(minutes);
        let channel = self.one_of(&["phone", "counter", "letter", "email"]);
        let mut body = self.posts[number].json();
        body["channel"] = channel.into();
        body["received_at"] = json!(received_at);
        body.to_string()
    }

    fn request(&mut self, number: usize) -> Result<Ask, String> {
        let post_of = &self.posts[number];
        let body = post_of.body.clone().unwrap_or_default();
        let ask = match post_of.way {
            Way::Json => post("/complaints").body("application/json", body),
            Way::Form => post("/complaints").body("application/x-www-form-urlencoded", body).html(),
            Way::Desk => post("/staff/complaints").body("application/json", body),
        };
        let (way, key) = (post_of.way, post_of.key.clone());
        let ask = if way == Way::Desk { self.signed(ask, super::staff::CSR)? } else { ask };
        Ok(match key.filter(|_| way != Way::Form) {
            Some(key) => ask.header("idempotency-key", &key),
            None => ask,
        })
    }

    /// Sends the post, for the first time or again, and holds the answer against what was answered before.
    pub(super) async fn submit(&mut self, number: usize, how: &str) -> Result<(), String> {
        let ask = self.request(number)?;
        self.posts[number].sent += 1;
        self.coverage.note(format!("customer: {how}"));
        let canary = self.posts[number].canary.clone();
        let way = self.posts[number].way;
        let reply = self.ask(&canary, &format!("{how} by {way:?}"), ask).await?;
        let post_of = &mut self.posts[number];
        match reply.status {
            201 => {
                let answer = reply.json();
                let reference = answer["reference"].as_str().ok_or("a 201 without reference")?;
                post_of.references.insert(reference.to_owned());
                if let Some(link) = answer["link"].as_str() {
                    post_of.token = link.rsplit_once("/link/").map(|(_, token)| token.to_owned());
                }
            }
            303 => {
                let location = reply.header("location").unwrap_or_default();
                let reference = location.trim_start_matches("/my/").split('?').next().unwrap_or_default();
                post_of.references.insert(reference.to_owned());
            }
            500..=599 => return Ok(()),
            status => {
                return Err(format!("{canary}: a right post was answered with {status}: {}", reply.body));
            }
        }
        if post_of.accepted > 0
            && post_of.key.is_some()
            && reply.header("idempotent-replayed") != Some("true")
        {
            return Err(format!("{canary}: a repetition was not said to be one"));
        }
        post_of.accepted += 1;
        Ok(())
    }

    /// The same key for another complaint, or a post that lacks something.
    pub(super) async fn post_badly(&mut self, number: usize) -> Result<(), String> {
        let post_of = self.posts[number].clone();
        let mut body = post_of.json();
        let has_key = post_of.is_accepted() && post_of.key.is_some() && post_of.way == Way::Json;
        let what = if has_key && post_of.is_kept(self.world.now()) {
            body["description"] = format!("Something else, says {}.", post_of.canary).into();
            "the same key for another post"
        } else {
            body["description"] = Value::Null;
            "a post without description"
        };
        let mut ask = post("/complaints").json(&body);
        if let Some(key) = &post_of.key {
            ask = ask.header("idempotency-key", key);
        }
        let reply = self.ask(&post_of.canary, what, ask).await?;
        self.coverage.note(format!("customer: {what}"));
        if reply.status != 422 && reply.status < 500 {
            return Err(format!("{what} was answered with {}: {}", reply.status, reply.body));
        }
        Ok(())
    }
}
