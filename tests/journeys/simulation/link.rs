//! Links and cookies, good ones and others: each works for its complaint and purpose, and for its time.

use complaints::command::{Reach, Verb};
use complaints::complaint::Complaint;
use complaints::event::Event;
use jiff::{SignedDuration, Timestamp};
use rand::RngExt;
use serde_json::json;

use super::coverage::done;
use super::customer::allow;
use super::laws::POLICY;
use super::run::Run;
use crate::ask::{Reply, get, post};

/// Within so long of its end a token may be either, as the clocks go.
const EITHER: SignedDuration = SignedDuration::from_secs(10);

/// What is known of a token by its age.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Age {
    Good,
    Either,
    Over,
}

impl Age {
    /// Of what opens a complaint's page: who never complained has ended that, and so has what ended its links since.
    fn of_opener(
        complaint: &Complaint,
        ended: Option<Timestamp>,
        given: Timestamp,
        good_for: SignedDuration,
        now: Timestamp,
    ) -> Age {
        match ended {
            _ if complaint.reach == Reach::Disowned => Age::Over,
            Some(ended) if given < ended - EITHER => Age::Over,
            Some(ended) if given < ended + EITHER => Age::Either,
            _ => Age::of(given, good_for, now),
        }
    }

    fn of(given: Timestamp, good_for: SignedDuration, now: Timestamp) -> Age {
        let end = given + good_for;
        if now < end - EITHER {
            Age::Good
        } else if now > end + EITHER {
            Age::Over
        } else {
            Age::Either
        }
    }

    /// 14: what a token of this age is answered, where a good one is answered so.
    fn expects(self, reply: &Reply, good: u16) -> Result<(), String> {
        let statuses: &[u16] = match self {
            Age::Good => &[good],
            Age::Either => &[good, 410],
            Age::Over => &[410],
        };
        allow(reply, statuses).map_err(|error| format!("14: a token that is {self:?}: {error}"))
    }
}

/// How long links work.
fn link_life() -> SignedDuration {
    SignedDuration::from_hours(24 * i64::from(POLICY.limits.link_days))
}

/// How long cookies do.
fn session_life() -> SignedDuration {
    SignedDuration::from_mins(i64::from(POLICY.limits.session_minutes))
}

impl Run {
    /// Gets to the private page: by the cookie of the last visit, or the button behind the link; and sometimes looks at
    /// another's.
    pub(super) async fn open_page(
        &mut self,
        number: usize,
        complaint: &Complaint,
    ) -> Result<Option<String>, String> {
        let canary = self.posts[number].canary.clone();
        let ended = self.links_ended(complaint);
        if let Some((cookie, given)) = self.posts[number].cookie.clone().filter(|_| self.chance(30)) {
            let age = Age::of_opener(complaint, ended, given, session_life(), self.world.now());
            let page = get(&format!("/my/{}", complaint.reference)).header("cookie", &cookie);
            let reply = self.ask(&canary, "the old cookie", page).await?;
            age.expects(&reply, 200)?;
            if age == Age::Over {
                self.coverage.note("customer: an old cookie");
            }
            if reply.status == 200
                && age == Age::Good
                && given + session_life() > self.world.now() + EITHER * 2
            {
                return Ok(Some(cookie));
            }
        }
        let Some((token, given)) = self.token_of(number, complaint) else { return Ok(None) };
        let reply = self.ask(&canary, "open the link", post("/link").form(&[("token", &token)])).await?;
        let age = match ended {
            // However late their post is answered again, its link is the first.
            Some(_) if self.is_first_link(number, &token) => Age::Over,
            _ => Age::of_opener(complaint, ended, given, link_life(), self.world.now()),
        };
        age.expects(&reply, 303)?;
        if reply.status == 410 {
            self.coverage.note("customer: an old link");
            return self.ask_for_a_new_link(number, &token).await.map(|()| None);
        }
        let Some(cookie) = reply.cookie() else { return Ok(None) };
        self.posts[number].cookie = Some((cookie.clone(), self.world.now()));
        if self.chance(10) {
            self.pry(&canary, complaint, &cookie).await?;
        }
        Ok(Some(cookie))
    }

    /// Whether it is the link that the post was answered with.
    fn is_first_link(&self, number: usize, token: &str) -> bool {
        self.posts[number].token.as_ref().is_some_and(|(first, _)| first == token)
    }

    /// When what opened a complaint's page until then was last ended.
    fn links_ended(&self, complaint: &Complaint) -> Option<Timestamp> {
        let case = self.books.cases.get(&complaint.id.to_string())?;
        let ended = case.events.iter().rev().find(|recorded| match &recorded.event {
            Event::LinksEnded { .. } => true,
            Event::ContactCorrected { contact, .. } => contact.reach.is_some(),
            _ => false,
        });
        ended.map(|recorded| recorded.at)
    }

    /// A token that the customer has: mostly the latest, sometimes their first.
    fn token_of(&mut self, number: usize, complaint: &Complaint) -> Option<(String, Timestamp)> {
        let is_first = self.chance(25);
        let id = complaint.id.to_string();
        let mut mailed = self.mailbag.links(&id, "/link/");
        let own = self.posts[number].token.clone();
        if is_first {
            return own.or_else(|| mailed.next_back());
        }
        [own, mailed.next()].into_iter().flatten().max_by_key(|(_, given)| *given)
    }

    async fn ask_for_a_new_link(&mut self, number: usize, token: &str) -> Result<(), String> {
        let canary = self.posts[number].canary.clone();
        let reply =
            self.ask(&canary, "a new link", post("/link/renew").json(&json!({"token": token}))).await?;
        self.coverage.note("customer: a new link");
        allow(&reply, &[202])
    }

    /// A link of another purpose, or one that was altered; or that of somebody who never complained.
    pub(super) async fn follow_an_odd_link(&mut self) -> Result<(), String> {
        let known = self.known();
        if known.is_empty() {
            return Ok(());
        }
        let (number, complaint) = known[self.dice.random_range(0..known.len())].clone();
        let canary = self.posts[number].canary.clone();
        let disown = self.mailbag.links(&complaint.id.to_string(), "/disown/").next();
        match (self.dice.random_range(0..4), disown, self.token_of(number, &complaint)) {
            (0, Some((token, _)), _) => {
                let reply =
                    self.ask(&canary, "another's purpose", post("/link").form(&[("token", &token)])).await?;
                self.coverage.note("customer: a link of another purpose");
                allow(&reply, &[404]).map_err(|error| format!("14: {error}"))
            }
            (1, Some((token, given)), _) if self.chance(15) => {
                let reply = self.ask(&canary, "disown", post("/disown").form(&[("token", &token)])).await?;
                if reply.status == 200 {
                    self.coverage.note("customer: never complained");
                    self.coverage.note(done(Verb::Disown, complaint.stage_name()));
                }
                Age::of(given, link_life(), self.world.now()).expects(&reply, 200)
            }
            (2, _, Some((token, _))) => {
                let altered = altered(&token, self.dice.random_range(0..token.len()));
                let reply =
                    self.ask(&canary, "an altered link", post("/link").form(&[("token", &altered)])).await?;
                self.coverage.note("customer: an altered link");
                allow(&reply, &[404]).map_err(|error| format!("14: {error}"))
            }
            (3, _, Some((token, _))) => {
                let reply = self
                    .ask(&canary, "a link to stop mail", post("/disown").form(&[("token", &token)]))
                    .await?;
                self.coverage.note("customer: a link of another purpose");
                allow(&reply, &[404]).map_err(|error| format!("14: {error}"))
            }
            _ => Ok(()),
        }
    }

    /// A department answers by its link: the question that it was asked, and no other.
    pub(super) async fn answer_for_a_department(&mut self) -> Result<(), String> {
        let open: Vec<(Complaint, u8)> = self
            .books
            .complaints()
            .filter_map(|(complaint, _)| Some((complaint.clone(), complaint.consulted.first()?.number)))
            .collect();
        if open.is_empty() {
            return Ok(());
        }
        let (complaint, number) = open[self.dice.random_range(0..open.len())].clone();
        let (id, kind) = (complaint.id.to_string(), format!("/consultation/{number}/"));
        let found = self.mailbag.links(&id, &kind).next();
        let Some((token, given)) = found else { return Ok(()) };
        let body = json!({"text": self.words(&complaint, "The ledger shows both charges of")});
        if self.chance(15) {
            let other = format!("/consultation/{}/{token}", number.saturating_add(1));
            let reply = self.ask("department", "another question", post(&other).json(&body)).await?;
            self.coverage.note("department: another question");
            return allow(&reply, &[404]).map_err(|error| format!("14: {error}"));
        }
        let ask = post(&format!("/consultation/{number}/{token}")).json(&body);
        let reply = self.ask("department", "answer", ask).await?;
        if reply.status == 200 {
            self.coverage.note("department: answers");
            self.coverage.note(done(Verb::AnswerConsultation, complaint.stage_name()));
        }
        Age::of(given, link_life(), self.world.now()).expects(&reply, 200)
    }
}

/// The token with one character changed for another of its alphabet. The last holds bits that say nothing.
fn altered(token: &str, place: usize) -> String {
    let place = place.min(token.len().saturating_sub(2));
    let other = if token[place..].starts_with('A') { 'B' } else { 'A' };
    token.chars().enumerate().map(|(at, letter)| if at == place { other } else { letter }).collect()
}
