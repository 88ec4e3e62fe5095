//! The month: everybody does at the right time what they do, and reads what they are written.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use local::World;
use local::door::Mail;

use crate::Trouble;
use crate::cost::{Meter, Spent, Table};
use crate::dice::Dice;
use crate::input::Text;
use crate::life::{Life, Way};

/// The month that is lived, as its report's subject names it.
const MONTH: &str = "October 2026";

/// So many minutes before the end nobody begins to complain any more: a form takes its time to be filled.
const LAST_POST: i64 = 30;

/// What somebody does.
pub(crate) enum Errand {
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
    pub(crate) meter: Meter,
    pub(crate) texts: &'t [Text],
    pub(crate) dice: Dice,
    agenda: BTreeMap<(Timestamp, usize), Errand>,
    entered: usize,
    pub(crate) lives: Vec<Life>,
    by_address: BTreeMap<String, usize>,
    pub(crate) by_id: BTreeMap<String, usize>,
    pub(crate) tokens: BTreeMap<&'static str, (Timestamp, String)>,
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
    pub(crate) posting: Spent,
    pub(crate) posts: u32,
    /// What posts asked AWS for until they were acknowledged, by operation.
    pub(crate) asked: BTreeMap<String, u32>,
    pub(crate) deeds: usize,
}

impl<'t> Month<'t> {
    pub(crate) fn new(
        world: World,
        meter: Meter,
        texts: &'t [Text],
        mut dice: Dice,
        end: Timestamp,
    ) -> Month<'t> {
        let start = world.now();
        let minutes = end.duration_since(start).as_mins() - LAST_POST;
        let lives: Vec<Life> = (0..texts.len()).map(|number| Life::drawn(number, &mut dice)).collect();
        let by_address = lives.iter().map(|life| (life.address(), life.number)).collect();
        let mut month = Month {
            world,
            meter,
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

    pub(crate) fn enter(&mut self, at: Timestamp, errand: Errand) {
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

    /// Takes in what was mailed since, and empties the log of calls.
    pub(crate) fn read_mails(&mut self) -> Result<(), Trouble> {
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
        // That of the month before, when there was nothing yet, is mailed on the first morning.
        if letter == "monthly-report" && mail.subject.contains(MONTH) {
            self.seen.reports.push(mail);
        }
    }

    pub(crate) fn wrong(&mut self, number: usize, what: &str) {
        let reference = self.lives[number].reference.as_deref().unwrap_or("without reference");
        let line = format!("complaint {} ({reference}, {}): {what}", number + 1, self.world.now());
        self.seen.wrong.push(line);
    }
}
