//! What customers send in, and what they were answered.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use serde_json::{Value, json};

use super::canary;
use super::life::Life;
use super::rest::MOST_SKEW;
use super::run::Run;
use crate::ask::get;

/// A key's answer is kept for thirty days; nobody sends the same post again after so many.
const LAST_RETRY: i64 = 28;

/// What the complaints are about: few things, so that several are alike.
const PRODUCTS: [&str; 3] = ["Mortgage", "Debt collection", "Student loan"];

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
    pub(super) email: Option<String>,
    product: Option<&'static str>,
    language: &'static str,
    /// When they have something to complain about.
    pub(super) from: Timestamp,
    /// Names the post, however often it is sent; some programs send none.
    pub(super) key: Option<String>,
    /// The very bytes, once they were sent.
    pub(super) body: Option<String>,
    pub(super) sent: u32,
    pub(super) first_sent: Option<Timestamp>,
    /// Times it was accepted.
    pub(super) accepted: u32,
    /// What it was accepted under.
    pub(super) references: BTreeSet<String>,
    /// The token of the private link, and when it was given.
    pub(super) token: Option<(String, Timestamp)>,
    /// The cookie of their last visit, and when it was given.
    pub(super) cookie: Option<(String, Timestamp)>,
}

impl Post {
    /// The customers of a seed, who complain within the first two thirds of the days.
    pub(super) fn draw(life: &Life, beginning: Timestamp, dice: &mut ChaCha8Rng) -> Vec<Post> {
        let hours = (life.days * 16).max(1);
        let draw = |number| {
            let from = beginning + SignedDuration::from_hours(dice.random_range(0..hours));
            Post::one(life.seed, number, from, dice)
        };
        (0..life.complaints).map(draw).collect()
    }

    fn one(seed: u64, number: usize, from: Timestamp, dice: &mut ChaCha8Rng) -> Post {
        let canary = canary::of(seed, number);
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
            9..=10 => Some(HOUSEHOLD.to_owned()),
            _ => Some(format!("{canary}@customer.example")),
        };
        let has_key = way != Way::Json || dice.random_range(0..10) > 0;
        let key = has_key.then(|| format!("key-{canary}"));
        let product = dice.random_bool(0.8).then(|| PRODUCTS[dice.random_range(0..PRODUCTS.len())]);
        let language = if dice.random_bool(0.3) { "de" } else { "en" };
        let (body, first_sent) = (None, None);
        Post {
            way,
            canary,
            email,
            product,
            language,
            from,
            key,
            body,
            sent: 0,
            first_sent,
            accepted: 0,
            references: BTreeSet::new(),
            token: None,
            cookie: None,
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
        fields.extend(self.product.map(|product| ("product", product.to_owned())));
        if self.way != Way::Desk {
            fields.push(("language", self.language.to_owned()));
        }
        fields
    }

    /// Contact data as it turns out to be right: an address of their own.
    pub(super) fn put_right(&self) -> Value {
        json!({
            "name": format!("Robin {} Again", self.canary),
            "email": format!("right.{}@customer.example", self.canary),
            "language": self.language,
            "reason": format!("They called, says {}.", self.canary),
        })
    }

    pub(super) fn json(&self) -> Value {
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

    /// Whether it is of the same customer as another, as far as the desk can know.
    pub(super) fn is_of_same_customer(&self, other: &Post) -> bool {
        self.email == other.email
    }

    /// Nobody knows of it any more: its customer is told, and complains again.
    pub(super) fn is_lost(&mut self) {
        (self.body, self.first_sent, self.token, self.cookie) = (None, None, None, None);
        (self.sent, self.accepted) = (0, 0);
        self.references.clear();
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
        if self.posts[number].key.is_none() || self.chance(75) {
            return self.submit(number, "submit").await;
        }
        if self.chance(50) {
            return self.submit_at_once(number).await;
        }
        self.submit(number, "double submit").await?;
        self.submit(number, "double submit").await
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
        // So long that no two clocks can make a machine of them.
        let seconds = self.dice.random_range(15..900);
        self.pass(SignedDuration::from_secs(seconds)).await?;
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
        // Whose clock is behind has not come as far as that of who takes it down.
        let received_at = self.world.now() - SignedDuration::from_mins(minutes).max(MOST_SKEW);
        let channel = self.one_of(&["phone", "counter", "letter", "email"]);
        let mut body = self.posts[number].json();
        body["channel"] = channel.into();
        body["received_at"] = json!(received_at);
        body.to_string()
    }
}
