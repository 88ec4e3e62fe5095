//! Staff at their desks: they look at cases in their hours, and do what is next.

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use crate::life::{Fate, Rest};
use crate::month::{Errand, Month};
use crate::web::{Ask, get, post};
use crate::{Trouble, staff};

impl Month<'_> {
    /// Most are taken on soon, some not before they have gone a level up for that, some not for days.
    pub(crate) fn plan_first_look(&mut self, number: usize) {
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

    pub(crate) fn plan(&mut self, number: usize, at: Timestamp) {
        if !self.lives[number].planned {
            self.lives[number].planned = true;
            self.enter(at, Errand::Look(number));
        }
    }

    pub(crate) async fn look(&mut self, number: usize) -> Result<(), Trouble> {
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

    /// A request with a fresh token of this person.
    pub(crate) fn signed(
        &mut self,
        ask: Ask,
        (name, role): (&'static str, &'static str),
    ) -> Result<Ask, Trouble> {
        let now = self.world.now();
        let fresh = self.tokens.get(name).filter(|(until, _)| *until > now).map(|(_, token)| token.clone());
        let token = if let Some(token) = fresh {
            token
        } else {
            let token = self.world.token(name, role)?;
            self.tokens.insert(name, (now + SignedDuration::from_hours(8), token.clone()));
            token
        };
        Ok(ask.with("authorization", &format!("Bearer {token}")))
    }
}
