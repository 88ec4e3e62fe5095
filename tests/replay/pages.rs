//! What it takes to show staff a page: a full queue, and a case with a long history.

use serde_json::Value;

use crate::Trouble;
use crate::cost::Spent;
use crate::month::Month;
use crate::staff::by_phone;
use crate::web::{PAGE, get, post};

/// How often each page is shown.
const TIMES: u32 = 200;
/// How long the history of the case is.
const EVENTS: u64 = 200;
/// The next due of all that are open, each of which is read.
const QUEUE: &str = "/staff/complaints?queue=open";
const LINE: &str = "<th scope=\"row\">";

/// A page that was shown.
pub(crate) struct Shown {
    pub(crate) what: String,
    /// Processor time of one showing.
    pub(crate) spent: Spent,
    pub(crate) bytes: usize,
}

impl Month<'_> {
    /// Shows both pages many times.
    pub(crate) async fn show(&mut self) -> Result<Vec<Shown>, Trouble> {
        let (number, case) = self.open_case().await?;
        let clerk = self.lives[number].staff[0];
        let path = format!("/staff/complaints/{}", case["reference"].as_str().unwrap_or_default());
        let mut version = case["version"].as_u64().unwrap_or_default();
        while version < EVENTS {
            let ask = self.signed(post(&format!("{path}/contact"), &by_phone()), clerk)?;
            let done = ask.with("if-match", &format!("\"{version}\"")).send(&self.world).await;
            self.world.settle().await?;
            version = match done.json()["version"].as_u64() {
                Some(version) => version,
                None => return Err(Trouble::Failed(format!("cannot be worked: {}", done.told()))),
            };
        }
        let (queue, page) = self.shown(QUEUE, clerk).await?;
        let lines = page.matches(LINE).count();
        let queue = Shown { what: format!("A queue of {lines}"), spent: queue, bytes: page.len() };
        let (case, page) = self.shown(&path, clerk).await?;
        let what = format!("A case with {version} events");
        Ok(vec![queue, Shown { what, spent: case, bytes: page.len() }])
    }

    async fn open_case(&mut self) -> Result<(usize, Value), Trouble> {
        for number in 0..self.lives.len() {
            let Some(case) = self.case(number).await? else { continue };
            let is_theirs = case["owner"] == self.lives[number].staff[0].0;
            if is_theirs && case["stage"]["name"] == "investigating" {
                return Ok((number, case));
            }
        }
        Err(Trouble::Failed("no case is open".into()))
    }

    async fn shown(
        &mut self,
        path: &str,
        clerk: (&'static str, &'static str),
    ) -> Result<(Spent, String), Trouble> {
        let mut page = String::new();
        let before = self.meter.spent(self.world.cloud());
        for _ in 0..TIMES {
            let reply = self.signed(get(path), clerk)?.with("accept", PAGE).send(&self.world).await;
            if reply.status() != 200 {
                return Err(Trouble::Failed(format!("{path}: {}", reply.told())));
            }
            page = reply.text();
        }
        Ok((self.meter.since(before, self.world.cloud()).share(TIMES), page))
    }
}
