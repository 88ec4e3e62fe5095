//! The month: everybody does at the right time what they do, and reads what they are written.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use local::World;
use local::door::Mail;
use serde_json::{Value, json};

use crate::cost::{Table, processor_time};
use crate::dice::Dice;
use crate::input::Text;
use crate::life::{Fate, Life, Rest, Way};
use crate::web::{PAGE, Ask, form, get, post};
use crate::{Trouble, staff};

/// What somebody does.
enum Errand {
    /// A customer opens the form.
    OpenForm(usize),
    /// A customer sends what happened; with the form's hidden fields where it is the form.
    Send(usize, Vec<(String, String)>),
    /// Staff look at a case, and do what is next.
    Look(usize),
    /// A customer answers a proposal, through the link in its letter.
    Answer(usize, String),
    /// A customer says how satisfied they are, through the link in the letter that asked.
    Rate(usize, String),
}

pub(crate) struct Month<'t> {
    pub(crate) world: World,
    texts: &'t [Text],
    dice: Dice,
    agenda: BTreeMap<(Timestamp, usize), Errand>,
    entered: usize,
    pub(crate) lives: Vec<Life>,
    by_address: BTreeMap<String, usize>,
    by_id: BTreeMap<String, usize>,
    tokens: BTreeMap<&'static str, (Timestamp, String)>,
    pub(crate) seen: Seen,
    pub(crate) table: Table,
}

/// What was noticed on the way.
#[derive(Default)]
pub(crate) struct Seen {
    /// Mails by their letters' names.
    pub(crate) letters: BTreeMap<String, usize>,
    mails: usize,
    /// Complaints whose letter came back, and staff were told.
    pub(crate) told_to_staff: BTreeSet<String>,
    pub(crate) reports: Vec<Mail>,
    /// What was not taken in, by its reason.
    pub(crate) refused: BTreeMap<String, usize>,
    /// What went wrong, as sentences.
    pub(crate) wrong: Vec<String>,
    /// Processor time of taking in and acknowledging, and how many that were.
    pub(crate) posting: Duration,
    pub(crate) posts: u32,
    pub(crate) deeds: usize,
}

impl<'t> Month<'t> {
    pub(crate) fn new(world: World, texts: &'t [Text], mut dice: Dice, last_post: Timestamp) -> Month<'t> {
        let start = world.now();
        let minutes = last_post.duration_since(start).as_mins();
        let lives: Vec<Life> = (0..texts.len()).map(|number| Life::drawn(number, &mut dice)).collect();
        let by_address = lives.iter().map(|life| (life.address(), life.number)).collect();
        let mut month = Month {
            world,
            texts,
            dice,
            agenda: BTreeMap::new(),
            entered: 0,
            lives,
            by_address,
            by_id: BTreeMap::new(),
            tokens: BTreeMap::new(),
            seen: Seen::default(),
            table: Table::default(),
        };
        for number in 0..texts.len() {
            let at = month.dice.minutes_after(start, 1, minutes);
            let errand = match month.lives[number].way {
                Way::Form => Errand::OpenForm(number),
                Way::Program | Way::Bounce | Way::Phone => Errand::Send(number, Vec::new()),
            };
            month.enter(at, errand);
        }
        month
    }

    /// Lives through all of it, up to this instant.
    pub(crate) async fn pass(&mut self, until: Timestamp) -> Result<(), Trouble> {
        while let Some(entry) = self.agenda.first_entry() {
            let at = entry.key().0;
            if at > until {
                break;
            }
            let errand = entry.remove();
            if at > self.world.now() {
                self.world.advance_to(at).await?;
            }
            self.read_mails()?;
            self.run(errand).await?;
            self.read_mails()?;
        }
        self.world.advance_to(until).await?;
        self.read_mails()
    }

    fn enter(&mut self, at: Timestamp, errand: Errand) {
        self.entered += 1;
        self.agenda.insert((at, self.entered), errand);
    }

    async fn run(&mut self, errand: Errand) -> Result<(), Trouble> {
        match errand {
            Errand::OpenForm(number) => self.open_form(number).await,
            Errand::Send(number, hidden) => self.send(number, hidden).await,
            Errand::Look(number) => self.look(number).await,
            Errand::Answer(number, token) => {
                let refuses = self.lives[number].refuses();
                self.lives[number].refusals += u8::from(refuses);
                self.answer(number, &token, if refuses { "refuse" } else { "accept" }).await
            }
            Errand::Rate(number, token) => self.rate(number, &token).await,
        }
    }

    async fn open_form(&mut self, number: usize) -> Result<(), Trouble> {
        let page = get("/").with("accept", PAGE).from(number).send(&self.world).await.text();
        let hidden = ["idempotency_key", "form_issued"].map(|name| (name.to_owned(), hidden(&page, name)));
        let at = self.dice.minutes_after(self.world.now(), 2, 20);
        self.enter(at, Errand::Send(number, hidden.into()));
        Ok(())
    }

    /// The only part whose processor time is looked at by itself: the post, and all that follows from it at once.
    async fn send(&mut self, number: usize, hidden: Vec<(String, String)>) -> Result<(), Trouble> {
        let ask = self.complaint(number, hidden);
        let before = processor_time()?;
        let reply = ask.from(number).send(&self.world).await;
        self.world.settle().await?;
        self.seen.posting += processor_time()?.saturating_sub(before);
        let reference = match reply.status() {
            201 => reply.json()["reference"].as_str().map(str::to_owned),
            303 => reply.header("location").strip_prefix("/my/").map(|page| {
                page.split('?').next().unwrap_or_default().to_owned()
            }),
            _ => None,
        };
        let Some(reference) = reference else {
            *self.seen.refused.entry(reply.told()).or_default() += 1;
            return Ok(());
        };
        self.seen.posts += 1;
        self.lives[number].reference = Some(reference);
        self.read_mails()?;
        let life = &self.lives[number];
        if life.way != Way::Phone && life.acknowledgements != 1 {
            self.wrong(number, "was not acknowledged at once");
        }
        self.plan_first_look(number);
        Ok(())
    }

    fn complaint(&mut self, number: usize, hidden: Vec<(String, String)>) -> Ask {
        let text = &self.texts[number];
        let mut fields = self.lives[number].fields(text, &mut self.dice);
        if self.lives[number].way != Way::Form {
            fields["description"] = json!(text.narrative);
            return post("/complaints", &fields);
        }
        // As browsers send what was typed into a text area.
        let description = text.narrative.replace('\n', "\r\n");
        let typed = fields.as_object().into_iter().flatten();
        let typed = typed.filter_map(|(name, value)| Some((name.as_str(), value.as_str()?)));
        let hidden = hidden.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let fields: Vec<_> =
            typed.chain(hidden).chain([("website", ""), ("description", &description)]).collect();
        form("/complaints", &fields)
    }

    /// Most are taken on soon, some not before they have gone a level up for that, some not for days.
    fn plan_first_look(&mut self, number: usize) {
        let now = self.world.now();
        let at = match self.lives[number].fate {
            Fate::Left(Rest::Untouched) => return,
            Fate::Neglected => {
                let days = self.dice.between(3, 22);
                self.dice.at_work(now + SignedDuration::from_hours(24 * days), 0, 60)
            }
            _ => self.dice.at_work(now, 5, 100),
        };
        self.plan(number, at);
    }

    fn plan(&mut self, number: usize, at: Timestamp) {
        if !self.lives[number].planned {
            self.lives[number].planned = true;
            self.enter(at, Errand::Look(number));
        }
    }

    async fn look(&mut self, number: usize) -> Result<(), Trouble> {
        self.lives[number].planned = false;
        let Some(reference) = self.lives[number].reference.clone() else { return Ok(()) };
        let clerk = self.lives[number].staff[0];
        let path = format!("/staff/complaints/{reference}");
        let case = self.signed(get(&path), clerk)?.send(&self.world).await;
        if case.status() != 200 {
            self.wrong(number, &format!("cannot be looked at: {}", case.told()));
            return Ok(());
        }
        let case = case.json();
        if let Some(id) = case["id"].as_str() {
            self.by_id.insert(id.to_owned(), number);
            self.lives[number].id = Some(id.to_owned());
        }
        let now = self.world.now();
        let Some(deed) = staff::next(&case, &self.lives[number], &mut self.dice, now) else { return Ok(()) };
        let ask = post(&format!("{path}/{}", deed.verb), &deed.body);
        let ask = self.signed(ask, deed.by)?.with("if-match", &format!("\"{}\"", case["version"]));
        let done = ask.send(&self.world).await;
        if done.status() != 200 {
            self.wrong(number, &format!("{} by {}: {}", deed.verb, deed.by.1, done.told()));
            return Ok(());
        }
        self.seen.deeds += 1;
        self.lives[number].refusals += u8::from(deed.body["answer"] == "refuse");
        self.world.settle().await?;
        let at = self.dice.at_work(now, 10, 360);
        self.plan(number, at);
        Ok(())
    }

    async fn answer(&mut self, number: usize, token: &str, answer: &str) -> Result<(), Trouble> {
        let Some((page, cookie)) = self.opened(number, token).await else { return Ok(()) };
        let seen = get(&page).with("cookie", &cookie).with("accept", "application/json").from(number);
        let seen = seen.send(&self.world).await.json();
        let body = json!({"proposal": seen["resolution"]["number"], "answer": answer});
        self.from_the_page(number, post(&format!("{page}/answer"), &body), &cookie).await
    }

    async fn rate(&mut self, number: usize, token: &str) -> Result<(), Trouble> {
        let Some((page, cookie)) = self.opened(number, token).await else { return Ok(()) };
        let concern = self.lives[number].has_concern();
        let rating = if concern { self.dice.between(1, 3) } else { self.dice.between(2, 5) };
        let mut body = json!({"rating": rating, "concern": concern});
        if concern || self.dice.percent(25) {
            body["comment"] = json!("This is how it was for me.");
        }
        self.lives[number].concerns += u8::from(concern);
        self.from_the_page(number, post(&format!("{page}/feedback"), &body), &cookie).await
    }

    /// Presses the button behind a link: the private page's address, and the cookie that opens it.
    async fn opened(&mut self, number: usize, token: &str) -> Option<(String, String)> {
        let reply = form("/link", &[("token", token)]).from(number).send(&self.world).await;
        if reply.status() != 303 {
            self.wrong(number, &format!("a mailed link does not open: {}", reply.told()));
            return None;
        }
        let cookie = reply.header("set-cookie").split(';').next().unwrap_or_default().to_owned();
        Some((reply.header("location").to_owned(), cookie))
    }

    async fn from_the_page(&mut self, number: usize, ask: Ask, cookie: &str) -> Result<(), Trouble> {
        let ask = ask.with("cookie", cookie).with("accept", "application/json").from(number);
        let reply = ask.send(&self.world).await;
        if reply.status() != 200 {
            self.wrong(number, &format!("the customer's answer: {}", reply.told()));
        }
        self.seen.deeds += 1;
        Ok(self.world.settle().await?)
    }

    /// A request with a fresh token of this person.
    pub(crate) fn signed(&mut self, ask: Ask, (name, role): (&'static str, &'static str)) -> Result<Ask, Trouble> {
        let now = self.world.now();
        let fresh = self.tokens.get(name).filter(|(until, _)| *until > now).map(|(_, token)| token.clone());
        let token = match fresh {
            Some(token) => token,
            None => {
                let token = self.world.token(name, role)?;
                self.tokens.insert(name, (now + SignedDuration::from_hours(8), token.clone()));
                token
            }
        };
        Ok(ask.with("authorization", &format!("Bearer {token}")))
    }

    /// Takes in what was mailed since, and empties the log of calls.
    fn read_mails(&mut self) -> Result<(), Trouble> {
        let cloud = self.world.cloud();
        self.table.note(&cloud.requests());
        cloud.clear_requests();
        let mails = cloud.mails_after(self.seen.mails)?;
        self.seen.mails += mails.len();
        for mail in mails {
            self.read(mail);
        }
        Ok(())
    }

    fn read(&mut self, mail: Mail) {
        let tag = mail.tags.iter().find(|(name, _)| name == "mail").map_or("", |(_, tag)| tag.as_str());
        let (subject, rest) = tag.split_once('_').unwrap_or_default();
        let letter = rest.split('_').next().unwrap_or_default().to_owned();
        *self.seen.letters.entry(letter.clone()).or_default() += 1;
        if let Some(number) = mail.to.first().and_then(|to| self.by_address.get(to)).copied() {
            return self.read_by_customer(number, &letter, &mail);
        }
        if letter == "undeliverable" {
            self.seen.told_to_staff.insert(subject.to_owned());
        }
        let for_staff = matches!(letter.as_str(), "task" | "undeliverable" | "escalated" | "deadline-missed");
        if let Some(number) = self.by_id.get(subject).copied().filter(|_| for_staff) {
            let at = self.dice.at_work(self.world.now(), 10, 360);
            self.plan(number, at);
        }
        if letter == "monthly-report" {
            self.seen.reports.push(mail);
        }
    }

    fn read_by_customer(&mut self, number: usize, letter: &str, mail: &Mail) {
        self.lives[number].acknowledgements += u32::from(letter == "acknowledgement");
        let (life, now) = (&self.lives[number], self.world.now());
        let Some(token) = mail.text.as_deref().and_then(token).filter(|_| mail.delivered) else { return };
        let late = |dice: &mut Dice| dice.minutes_after(now, 30, 4 * 24 * 60);
        match (letter, life.fate) {
            (_, Fate::SilentOnProposal) | ("proposal", Fate::Left(_)) => {}
            ("proposal", _) => {
                let at = late(&mut self.dice);
                self.enter(at, Errand::Answer(number, token));
            }
            ("satisfaction-question", Fate::SilentOnQuestion) => {}
            ("satisfaction-question", _) => {
                let at = late(&mut self.dice);
                self.enter(at, Errand::Rate(number, token));
            }
            ("closing", Fate::ConcernAfterClose) if life.concerns == 0 => {
                let at = late(&mut self.dice);
                self.enter(at, Errand::Rate(number, token));
            }
            _ => {}
        }
    }

    fn wrong(&mut self, number: usize, what: &str) {
        let reference = self.lives[number].reference.as_deref().unwrap_or("without reference");
        let line = format!("complaint {} ({reference}, {}): {what}", number + 1, self.world.now());
        self.seen.wrong.push(line);
    }

    /// The whole case of a complaint, as staff see it.
    pub(crate) async fn case(&mut self, number: usize) -> Result<Option<Value>, Trouble> {
        let Some(reference) = self.lives[number].reference.clone() else { return Ok(None) };
        let ask = self.signed(get(&format!("/staff/complaints/{reference}")), self.lives[number].staff[2])?;
        let reply = ask.send(&self.world).await;
        if reply.status() != 200 {
            self.wrong(number, &format!("is lost: {}", reply.told()));
            return Ok(None);
        }
        Ok(Some(reply.json()))
    }
}

/// The value of a hidden field of a page.
fn hidden(page: &str, name: &str) -> String {
    let field = page.split_once(&format!("name=\"{name}\" value=\"")).map(|(_, rest)| rest);
    field.and_then(|field| field.split('"').next()).unwrap_or_default().to_owned()
}

/// The token in the first private link of a letter.
fn token(text: &str) -> Option<String> {
    let link = text.split_whitespace().find(|word| word.contains("/link/"))?;
    link.rsplit_once("/link/").map(|(_, token)| token.to_owned())
}
