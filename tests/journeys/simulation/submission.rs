//! Posts on their way to the desk: once, twice, twice at once, once more weeks later; and what is no right post.

use serde_json::Value;

use super::post::Way;
use super::run::Run;
use crate::ask::{Ask, Reply, post};

impl Run {
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

    /// Sends the post, for the first time or again, and holds the answer against what was answered before; or does not
    /// wait for the answer.
    pub(super) async fn submit(&mut self, number: usize, how: &str) -> Result<(), String> {
        let ask = self.request(number)?;
        self.posts[number].sent += 1;
        self.coverage.note(format!("customer: {how}"));
        let (canary, way) = (self.posts[number].canary.clone(), self.posts[number].way);
        let reply = self.ask(&canary, &format!("{how} by {way:?}"), ask).await?;
        if self.chance(5) {
            self.coverage.note("customer: hangs up");
            return Ok(());
        }
        self.answered(number, &reply)
    }

    /// A double click: the same post twice at the same time.
    pub(super) async fn submit_at_once(&mut self, number: usize) -> Result<(), String> {
        let (one, other) = (self.request(number)?, self.request(number)?);
        self.posts[number].sent += 2;
        self.coverage.note("customer: two clicks at once");
        let canary = self.posts[number].canary.clone();
        let (one, other) = self.ask_at_once(&canary, "two clicks", one, other).await?;
        // Which was first is not known; that one of them repeats the other is.
        let are_both_new = [&one, &other].iter().all(|reply| is_new(reply));
        if are_both_new {
            return Err(format!("1: {canary} was taken in twice, by two clicks at once"));
        }
        for reply in [one, other] {
            if matches!(reply.status, 409 | 429) {
                continue;
            }
            self.take_answer(number, &reply)?;
        }
        Ok(())
    }

    fn answered(&mut self, number: usize, reply: &Reply) -> Result<(), String> {
        let before = &self.posts[number];
        let is_said = before.accepted == 0 || before.key.is_none() || reply.status >= 500 || !is_new(reply);
        if !is_said {
            return Err(format!("{}: a repetition was not said to be one", before.canary));
        }
        self.take_answer(number, reply)
    }

    fn take_answer(&mut self, number: usize, reply: &Reply) -> Result<(), String> {
        let now = self.world.now();
        let post_of = &mut self.posts[number];
        match reply.status {
            201 => {
                let answer = reply.json();
                let reference = answer["reference"].as_str().ok_or("a 201 without reference")?;
                post_of.references.insert(reference.to_owned());
                if let Some((_, token)) = answer["link"].as_str().and_then(|link| link.rsplit_once("/link/"))
                {
                    post_of.token = Some((token.to_owned(), now));
                }
            }
            303 => {
                let location = reply.header("location").unwrap_or_default();
                let reference = location.trim_start_matches("/my/").split('?').next().unwrap_or_default();
                post_of.references.insert(reference.to_owned());
            }
            500..=599 => return Ok(()),
            status => {
                let canary = &post_of.canary;
                return Err(format!("{canary}: a right post was answered with {status}: {}", reply.body));
            }
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

/// Whether it is the answer to a post that was not known before.
fn is_new(reply: &Reply) -> bool {
    matches!(reply.status, 201 | 303) && reply.header("idempotent-replayed") != Some("true")
}
