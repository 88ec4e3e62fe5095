//! One run: a seed's world, its people, and what is known of both after each move.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use local::door::{Clock, Request};
use local::{Options, Rates, World};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::books::Books;
use super::coverage::Coverage;
use super::laws;
use super::life::{Faults, Life};
use super::log::Log;
use super::mailbag::Mailbag;
use super::operator::Restoring;
use super::post::Post;
use super::rest::Rest;
use super::weather::{Weather, rates};
use super::witness::Witness;
use crate::ask::{Ask, Reply};

/// When a run may begin: before DST's two changes, a leap day, a year's end.
const BEGINNINGS: [&str; 5] = [
    "2026-03-09T08:00:00Z",
    "2026-10-05T08:00:00Z",
    "2027-12-06T09:00:00Z",
    "2028-02-07T09:00:00Z",
    "2026-05-18T08:00:00Z",
];

/// One run of one seed.
pub(super) struct Run {
    pub(super) world: World,
    pub(super) dice: ChaCha8Rng,
    pub(super) books: Books,
    pub(super) posts: Vec<Post>,
    pub(super) mailbag: Mailbag,
    pub(super) witness: Witness,
    pub(super) coverage: Coverage,
    /// The staff's tokens, and when each was given; and those that they had before.
    pub(super) badges: BTreeMap<&'static str, (Timestamp, String)>,
    pub(super) former_badges: Vec<(Timestamp, String)>,
    pub(super) trails: laws::record::Trails,
    pub(super) restoring: Restoring,
    /// When an operator does something odd.
    pub(super) odd_at: Vec<Timestamp>,
    pub(super) weather: Weather,
    log: Log,
    /// What was done, for who reads of a failure.
    diary: Vec<String>,
    end: Timestamp,
}

/// What came of a run.
pub(super) struct Ended {
    pub(super) trace: String,
    pub(super) coverage: Coverage,
    /// How long after its time the latest alarm was given.
    pub(super) latest_alarm: SignedDuration,
    /// What law was broken, and how it came to that.
    pub(super) broken: Option<String>,
}

/// The shipped policy, but that whoever writes twice on a day has one acknowledgement of their own, and that records go
/// and links end sooner.
pub(super) const POLICY: &str = "version = 2\neffective = \"2026-01-01\"\nchange = \"For the simulation\"\n\
     approved_by = \"The board\"\n[limits]\nacknowledgements_per_day = 1\nlink_days = 21\n[retention]\nyears = 1";

impl Run {
    fn new(life: &Life) -> Run {
        let seed = life.seed;
        let mut dice = ChaCha8Rng::seed_from_u64(seed);
        let drawn: Timestamp = BEGINNINGS[dice.random_range(0..BEGINNINGS.len())].parse().unwrap();
        let drawn = drawn + SignedDuration::from_mins(dice.random_range(0..4 * 1440));
        let beginning = life.beginning.map_or(drawn, |at| at.parse().unwrap());
        let (weather, rest) = (Weather::new(seed), Rest::new(seed));
        let witness = Witness::new(seed, &weather, &rest);
        let mut options = Options::new(Clock::frozen(beginning));
        options.seed = Some(seed);
        options.base_url = format!("https://seed-{seed}.example");
        options.policy = Some(POLICY.to_owned());
        options.faults = rates(&mut dice);
        if life.faults == Faults::None {
            options.faults = Rates::default();
            weather.end();
            witness.notes().is_calm = true;
        }
        options.staffing = witness.staffing(life.bug);
        options.rest = Some(rest.asked());
        let log = Log::listen();
        let world = World::new(options).expect("the product's own template and steps make a world");
        world.cloud().inject(weather.injector());
        let posts = Post::draw(life, beginning, &mut dice);
        let end = beginning + SignedDuration::from_hours(24 * life.days);
        Run {
            books: Books::new(&world),
            world,
            posts,
            mailbag: Mailbag::default(),
            witness,
            coverage: Coverage::default(),
            restoring: Restoring::draw(life, beginning, &mut dice),
            odd_at: super::operator::odd_times(life, beginning, &mut dice),
            weather,
            log,
            trails: laws::record::Trails::default(),
            badges: BTreeMap::new(),
            former_badges: Vec::new(),
            diary: Vec::new(),
            dice,
            end,
        }
    }

    /// Lives a seed to its end, or to the first law that is broken.
    pub(super) fn of(life: &Life) -> Ended {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        runtime.block_on(async {
            let mut run = Run::new(life);
            let result = run.live().await;
            let diary = run.diary[run.diary.len().saturating_sub(25)..].join("\n  ");
            let broken =
                result.err().map(|law| format!("{law}\n{}The last moves:\n  {diary}", run.stories(&law)));
            run.count();
            let latest_alarm = run.trails.latest_alarm();
            Ended { trace: run.world.trace(), coverage: run.coverage, latest_alarm, broken }
        })
    }

    async fn live(&mut self) -> Result<(), String> {
        while self.world.now() < self.end {
            for _ in 0..self.dice.random_range(1..=2) {
                self.act().await?;
            }
            self.operate().await?;
            let pause = self.pause();
            self.pass(pause).await?;
        }
        self.calm_down().await?;
        laws::ending::check(self).await?;
        self.outlast().await
    }

    /// Faults stop, an operator redrives what lies in the queues, and time enough passes.
    async fn calm_down(&mut self) -> Result<(), String> {
        self.weather.end();
        self.witness.notes().is_calm = true;
        self.world.set_faults(Rates::default());
        self.clear_away().await?;
        self.pass(SignedDuration::from_mins(130)).await?;
        self.redrive_all().await?;
        self.pass(SignedDuration::from_mins(70)).await
    }

    fn pause(&mut self) -> SignedDuration {
        let seconds = match self.dice.random_range(0..10) {
            0 => 0,
            1..=2 => self.dice.random_range(1..1_800),
            3..=4 => self.dice.random_range(1_800..4 * 3_600),
            _ => self.dice.random_range(6 * 3_600..36 * 3_600),
        };
        SignedDuration::from_secs(seconds)
    }

    /// Time passes, and everything that falls due in it; then all laws hold.
    pub(super) async fn pass(&mut self, time: SignedDuration) -> Result<(), String> {
        let to = self.world.now() + time;
        loop {
            // Events of SES that were kept back on the way come in between.
            let next = self.witness.notes().later.iter().map(|(at, _)| *at).min();
            let stop = next.map_or(to, |next| next.min(to)).max(self.world.now());
            self.world.advance_to(stop).await.map_err(|error| error.to_string())?;
            while let Some(event) = self.take_later() {
                // Whether it fails is the step's to know: events of SES are delivered at least once, and this was.
                drop(self.world.invoke("record-mail-events", event).await);
            }
            if stop >= to {
                break;
            }
        }
        self.look()?;
        Ok(())
    }

    fn take_later(&self) -> Option<serde_json::Value> {
        self.witness.notes().take_later(self.world.now())
    }

    /// Sends a request. What follows from it waits, but all laws hold already.
    pub(super) async fn ask(&mut self, who: &str, what: &str, ask: Ask) -> Result<Reply, String> {
        let reply = Reply::of(self.world.http(ask.into_request()).await);
        let requests = self.note(who, what, &reply)?;
        let law = laws::access::check(&self.books, &reply, &requests);
        law.map_err(|law| format!("{law}\n{who}: {what} -> {}", reply.status))?;
        Ok(reply)
    }

    /// Sends two requests at once.
    pub(super) async fn ask_at_once(
        &mut self,
        who: &str,
        what: &str,
        one: Ask,
        other: Ask,
    ) -> Result<(Reply, Reply), String> {
        let (one, other) = self.world.http_at_once(one.into_request(), other.into_request()).await;
        let (one, other) = (Reply::of(one), Reply::of(other));
        self.note(who, what, &one)?;
        self.note(who, what, &other)?;
        Ok((one, other))
    }

    fn note(&mut self, who: &str, what: &str, reply: &Reply) -> Result<Vec<Request>, String> {
        reply.check_headers();
        let said = reply.body.chars().take(120).collect::<String>().replace('\n', " ");
        self.diary.push(format!("{} {who}: {what} -> {} {said}", self.world.now(), reply.status));
        self.coverage.note(format!("answer {}", reply.status));
        self.look()
    }

    /// Reads what changed, and holds it against the laws; says what was asked of the cloud.
    pub(super) fn look(&mut self) -> Result<Vec<Request>, String> {
        let requests: Vec<Request> = self.world.cloud().requests();
        self.world.cloud().clear_requests();
        let mut touched = self.books.follow(&requests)?;
        let now = self.world.now();
        self.books.take_removed(&mut touched, |complaint| laws::person::is_over(complaint, now))?;
        let mails =
            self.world.cloud().mails_after(self.mailbag.sent.len()).map_err(|error| error.to_string())?;
        self.mailbag.take(mails, &requests)?;
        for id in &touched {
            laws::record::check(&self.books, id, &mut self.trails, &mut self.coverage)?;
        }
        laws::check(self)?;
        if let Some(law) = self.witness.notes().broken.take() {
            return Err(law);
        }
        self.log.check()?;
        Ok(requests)
    }

    /// Whether it is so, so many times in a hundred.
    pub(super) fn chance(&mut self, percent: u32) -> bool {
        self.dice.random_range(0..100) < percent
    }

    /// One of these.
    pub(super) fn one_of<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.dice.random_range(0..list.len())]
    }

    pub(super) fn tell(&mut self, what: String) {
        self.diary.push(format!("{} {what}", self.world.now()));
    }

    /// The stories of the complaints that a law names.
    fn stories(&self, law: &str) -> String {
        let named = |(id, case): (&String, &super::books::Case)| {
            let reference = case.complaint.as_ref().map(|complaint| complaint.reference.to_string());
            let is_named =
                law.contains(id.as_str()) || reference.is_some_and(|reference| law.contains(&reference));
            is_named.then(|| format!("{id}:\n{}", case.story()))
        };
        self.books.cases.iter().filter_map(named).collect()
    }

    fn count(&mut self) {
        for (kind, times) in self.world.faults() {
            self.coverage.add(format!("fault in delivery: {kind:?}"), times);
        }
        for (kind, times) in self.weather.seen() {
            self.coverage.add(kind, times);
        }
        let notes = self.witness.notes();
        for (name, times) in &notes.seen {
            self.coverage.add(*name, *times);
        }
        self.coverage.add("log lines", self.log.count());
        self.coverage.add("calls at the door", self.world.cloud().calls());
        for (step, (runs, calls)) in &notes.runs {
            self.coverage.add(format!("step {step}"), *runs);
            self.coverage.add(format!("calls by {step}"), *calls);
        }
        for (error, times) in &notes.errors {
            self.coverage.add(format!("error {}", error.chars().take(90).collect::<String>()), *times);
        }
    }
}
