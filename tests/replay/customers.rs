//! Customers at the door: they complain, read their letters, answer, and say how satisfied they are.

use local::door::Mail;
use serde_json::json;

use crate::Trouble;
use crate::dice::Dice;
use crate::life::{Fate, Way};
use crate::month::{Errand, Month};
use crate::web::{Ask, PAGE, form, get, post};

impl Month<'_> {
    pub(crate) async fn open_form(&mut self, number: usize) -> Result<(), Trouble> {
        let page = get("/").with("accept", PAGE).from(number).send(&self.world).await.text();
        let hidden = ["idempotency_key", "form_issued"].map(|name| (name.to_owned(), hidden(&page, name)));
        let at = self.dice.minutes_after(self.world.now(), 2, 20);
        self.enter(at, Errand::Send(number, hidden.into()));
        Ok(())
    }

    /// The only part whose processor time is looked at by itself: the post, and all that follows from it at once.
    pub(crate) async fn send(&mut self, number: usize, hidden: Vec<(String, String)>) -> Result<(), Trouble> {
        let ask = self.complaint(number, hidden);
        let before = self.meter.spent(self.world.cloud());
        let reply = ask.from(number).send(&self.world).await;
        self.world.settle().await?;
        // What is counted is part of it too, when it has waited for its like.
        let windows = self.world.wiring().streams.iter().map(|source| source.window);
        self.world.advance(windows.max().unwrap_or_default().try_into().unwrap_or_default()).await?;
        let spent = self.meter.since(before, self.world.cloud());
        self.seen.posting = self.seen.posting.plus(spent);
        for request in self.world.cloud().requests() {
            *self.seen.asked.entry(request.call.operation).or_default() += 1;
        }
        let reference = match reply.status() {
            201 => reply.json()["reference"].as_str().map(str::to_owned),
            303 => reply
                .header("location")
                .strip_prefix("/my/")
                .map(|page| page.split('?').next().unwrap_or_default().to_owned()),
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

    pub(crate) async fn answer(&mut self, number: usize, token: &str, answer: &str) -> Result<(), Trouble> {
        let Some((page, cookie)) = self.opened(number, token).await else { return Ok(()) };
        let seen = get(&page).with("cookie", &cookie).with("accept", "application/json").from(number);
        let seen = seen.send(&self.world).await.json();
        let body = json!({"proposal": seen["resolution"]["number"], "answer": answer});
        self.send_from_page(number, post(&format!("{page}/answer"), &body), &cookie).await
    }

    pub(crate) async fn rate(&mut self, number: usize, token: &str) -> Result<(), Trouble> {
        let Some((page, cookie)) = self.opened(number, token).await else { return Ok(()) };
        let concern = self.lives[number].has_concern();
        let rating = if concern { self.dice.between(1, 3) } else { self.dice.between(2, 5) };
        let mut body = json!({"rating": rating, "concern": concern});
        if concern || self.dice.percent(25) {
            body["comment"] = json!("This is how it was for me.");
        }
        self.lives[number].concerns += u8::from(concern);
        self.send_from_page(number, post(&format!("{page}/feedback"), &body), &cookie).await
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

    async fn send_from_page(&mut self, number: usize, ask: Ask, cookie: &str) -> Result<(), Trouble> {
        let ask = ask.with("cookie", cookie).with("accept", "application/json").from(number);
        let reply = ask.send(&self.world).await;
        if reply.status() != 200 {
            self.wrong(number, &format!("the customer's answer: {}", reply.told()));
        }
        self.seen.deeds += 1;
        Ok(self.world.settle().await?)
    }

    pub(crate) fn read_by_customer(&mut self, number: usize, letter: &str, mail: &Mail) {
        self.lives[number].acknowledgements += u32::from(letter == "acknowledgement");
        let (life, now) = (&self.lives[number], self.world.now());
        let Some(token) = mail.text.as_deref().and_then(token).filter(|_| mail.delivered) else { return };
        let late = |dice: &mut Dice| dice.minutes_after(now, 30, 4 * 24 * 60);
        match (letter, life.fate) {
            (_, Fate::SilentOnProposal)
            | ("proposal", Fate::Left(_))
            | ("satisfaction-question", Fate::SilentOnQuestion) => {}
            ("proposal", _) => {
                let at = late(&mut self.dice);
                self.enter(at, Errand::Answer(number, token));
            }
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
