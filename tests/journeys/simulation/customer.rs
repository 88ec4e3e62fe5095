//! The customers: what they do after they complained, and who moves next.

use complaints::command::Verb;
use complaints::complaint::{Complaint, Stage};
use rand::RngExt;
use serde_json::json;

use super::coverage::done;
use super::run::Run;
use crate::ask::{Ask, Reply, get, post};

impl Run {
    /// Somebody does something.
    pub(super) async fn act(&mut self) -> Result<(), String> {
        let now = self.world.now();
        let waiting = (0..self.posts.len())
            .find(|number| self.posts[*number].first_sent.is_none() && self.posts[*number].from <= now);
        if let Some(number) = waiting {
            return self.complain_together(number).await;
        }
        match self.dice.random_range(0..100) {
            0..=4 => self.retry().await,
            5..=8 => {
                let number = self.dice.random_range(0..self.posts.len());
                self.post_badly(number).await
            }
            9..=38 => self.answer().await,
            39..=43 => self.follow_an_odd_link().await,
            44..=48 => self.answer_for_a_department().await,
            49..=60 => self.look_after_what_is_over().await,
            61..=63 => self.act_without_right().await,
            _ => self.work().await,
        }
    }

    /// Sends a post once more, of which nobody knows whether it came through, or which did long ago.
    async fn retry(&mut self) -> Result<(), String> {
        let now = self.world.now();
        let again = |post: &super::post::Post| {
            post.sent > 0 && post.is_kept(now) && (post.key.is_some() || !post.is_accepted())
        };
        let list: Vec<usize> = (0..self.posts.len()).filter(|number| again(&self.posts[*number])).collect();
        if list.is_empty() {
            return Ok(());
        }
        let unheard: Vec<usize> =
            list.iter().copied().filter(|number| !self.posts[*number].is_accepted()).collect();
        let number = if unheard.is_empty() { self.one_of(&list) } else { unheard[0] };
        self.submit(number, "late retry").await
    }

    /// A customer looks at their page, and answers what it asks.
    async fn answer(&mut self) -> Result<(), String> {
        let known: Vec<(usize, Complaint)> = self.known();
        if known.is_empty() {
            return Ok(());
        }
        let (number, complaint) = known[self.dice.random_range(0..known.len())].clone();
        let Some(cookie) = self.open_page(number, &complaint).await? else { return Ok(()) };
        let canary = self.posts[number].canary.clone();
        match &complaint.stage {
            Stage::Proposed(proposal) if self.chance(55) => {
                let answer = if self.chance(65) { "accept" } else { "refuse" };
                let ask = answer_to(&complaint, proposal.number, answer, &cookie, &canary);
                if self.chance(20) {
                    return self.two_tabs_at_once(&complaint, proposal.number, ask, &cookie, &canary).await;
                }
                let reply = self.ask(&canary, answer, ask).await?;
                allow(&reply, &[200])?;
                self.coverage.note(format!("customer: {answer}"));
                if reply.status == 200 {
                    self.coverage.note(done(Verb::AnswerProposal, complaint.stage_name()));
                    if self.chance(40) {
                        self.second_tab(&complaint, proposal.number, answer, &cookie).await?;
                    }
                }
                Ok(())
            }
            Stage::FollowingUp { asked: true, .. } | Stage::Closed { .. } if self.chance(35) => {
                self.give_feedback(&complaint, &canary, &cookie).await
            }
            _ if self.chance(20) => self.wish(&complaint, &canary, &cookie).await,
            _ => {
                let ask = get(&format!("/my/{}", complaint.reference)).header("cookie", &cookie);
                let ask = if self.chance(50) { ask.html() } else { ask };
                let reply = self.ask(&canary, "GET my page", ask).await?;
                allow(&reply, &[200])
            }
        }
    }

    /// Complaints whose customer has a link to them.
    pub(super) fn known(&self) -> Vec<(usize, Complaint)> {
        let find = |number: usize| {
            let reference = self.posts[number].references.first()?;
            Some((number, self.books.named(reference)?.clone()))
        };
        (0..self.posts.len()).filter_map(find).collect()
    }

    /// Whoever opened one complaint sees no other.
    pub(super) async fn pry(&mut self, canary: &str, own: &Complaint, cookie: &str) -> Result<(), String> {
        let others: Vec<String> = self.books.complaints().map(|(one, _)| one.reference.to_string()).collect();
        let other = self.dice.random_range(0..others.len());
        let other = &others[other];
        if *other == own.reference.to_string() {
            return Ok(());
        }
        let named = cookie.replace(&own.reference.to_string().replace('-', ""), &other.replace('-', ""));
        let reply = self.ask(canary, "pry", get(&format!("/my/{other}")).header("cookie", &named)).await?;
        self.coverage.note("customer: pries");
        allow(&reply, &[404])
    }

    /// In another tab the page still shows the question: the same answer changes nothing, the other is refused.
    async fn second_tab(
        &mut self,
        complaint: &Complaint,
        proposal: u8,
        given: &str,
        cookie: &str,
    ) -> Result<(), String> {
        let answer = self.one_of(&["accept", "refuse"]);
        let body = json!({"proposal": proposal, "answer": answer});
        let ask: Ask =
            post(&format!("/my/{}/answer", complaint.reference)).json(&body).header("cookie", cookie);
        let reply = self.ask("second tab", answer, ask).await?;
        self.coverage.note("customer: two tabs");
        allow(&reply, &[if answer == given { 200 } else { 409 }])
    }

    /// Both answers are sent from two tabs at the same time: at most one of them counts.
    async fn two_tabs_at_once(
        &mut self,
        complaint: &Complaint,
        proposal: u8,
        one: Ask,
        cookie: &str,
        canary: &str,
    ) -> Result<(), String> {
        let other = answer_to(complaint, proposal, "refuse", cookie, canary);
        self.coverage.note("customer: two tabs at once");
        let (one, other) = self.ask_at_once(canary, "two tabs", one, other).await?;
        allow(&one, &[200, 409])?;
        allow(&other, &[200, 409])
    }

    async fn give_feedback(
        &mut self,
        complaint: &Complaint,
        canary: &str,
        cookie: &str,
    ) -> Result<(), String> {
        let concern = self.chance(30);
        let rating = self.dice.random_range(1..=5);
        let body =
            json!({"rating": rating, "comment": format!("In all, says {canary}."), "concern": concern});
        let ask = post(&format!("/my/{}/feedback", complaint.reference)).json(&body).header("cookie", cookie);
        let reply = self.ask(canary, if concern { "concern" } else { "feedback" }, ask).await?;
        if reply.status == 200 {
            self.coverage.note(if concern { "customer: concern" } else { "customer: feedback" });
            self.coverage.note(done(Verb::RecordFeedback, complaint.stage_name()));
        }
        // Answered already, or too late to take it up again.
        allow(&reply, &[200, 409])
    }
}

fn answer_to(complaint: &Complaint, proposal: u8, answer: &str, cookie: &str, canary: &str) -> Ask {
    let body = json!({"proposal": proposal, "answer": answer, "reason": format!("So says {canary}.")});
    post(&format!("/my/{}/answer", complaint.reference)).json(&body).header("cookie", cookie)
}

/// An answer is one of these, or our fault.
pub(super) fn allow(reply: &Reply, statuses: &[u16]) -> Result<(), String> {
    if statuses.contains(&reply.status) || reply.status >= 500 {
        return Ok(());
    }
    Err(format!("answered with {} instead of {statuses:?}: {}", reply.status, reply.body))
}
