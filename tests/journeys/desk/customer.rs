//! Somebody who complained, with what they were given: a reference and a private link.

use serde_json::{Value, json};

use super::Desk;
use super::ask::{Ask, Reply, get, post};

pub(crate) struct Customer<'d> {
    desk: &'d Desk,
    pub(crate) reference: String,
    /// The private link's token.
    pub(crate) token: String,
}

impl<'d> Customer<'d> {
    /// Who got this answer to a post.
    pub(crate) fn of(desk: &'d Desk, accepted: &Value) -> Customer<'d> {
        let text = |name: &str| accepted[name].as_str().unwrap().to_owned();
        Customer { desk, reference: text("reference"), token: token_of(&text("link")).to_owned() }
    }

    /// Who read this letter.
    pub(crate) fn reading(desk: &'d Desk, reference: &str, letter: &str) -> Customer<'d> {
        Customer { desk, reference: reference.to_owned(), token: token_in(letter) }
    }

    /// Presses the button behind the link; the cookie opens the page for an hour.
    pub(crate) async fn opens(&self) -> String {
        let opened = self.desk.send(post("/link").form(&[("token", &self.token)])).await;
        assert_eq!(opened.status, 303, "{}", opened.body);
        assert_eq!(opened.header("location"), Some(format!("/my/{}", self.reference).as_str()));
        opened.cookie().unwrap()
    }

    /// Opens the private page and sends something from it, or looks at it.
    pub(crate) async fn there(&self, ask: Ask) -> Reply {
        let cookie = self.opens().await;
        self.desk.send(ask.header("cookie", &cookie)).await
    }

    /// What the private page says, for programs.
    pub(crate) async fn sees(&self) -> Value {
        let page =
            self.there(get(&format!("/my/{}", self.reference)).header("accept", "application/json")).await;
        assert_eq!(page.status, 200, "{}", page.body);
        page.json()
    }

    /// The private page.
    pub(crate) async fn looks(&self) -> String {
        let page = self.there(get(&format!("/my/{}", self.reference)).html()).await;
        assert_eq!(page.status, 200, "{}", page.body);
        page.body
    }

    /// Answers a proposal: `accept` or `refuse`.
    pub(crate) async fn answers(&self, proposal: u8, answer: &str) -> Reply {
        let body = json!({"proposal": proposal, "answer": answer});
        self.there(post(&format!("/my/{}/answer", self.reference)).json(&body)).await
    }

    /// Accepts the first proposal.
    pub(crate) async fn accepts(&self) {
        let reply = self.answers(1, "accept").await;
        assert_eq!(reply.status, 200, "{}", reply.body);
    }

    /// Refuses a proposal.
    pub(crate) async fn refuses(&self, proposal: u8) {
        let reply = self.answers(proposal, "refuse").await;
        assert_eq!(reply.status, 200, "{}", reply.body);
    }

    /// Says how satisfied they are.
    pub(crate) async fn rates(&self, body: &Value) -> Reply {
        self.there(post(&format!("/my/{}/feedback", self.reference)).json(body)).await
    }
}

/// The token in a link.
pub(crate) fn token_of(link: &str) -> &str {
    link.rsplit_once("/link/").expect("a private link").1
}

/// The token in the first private link of a text.
pub(crate) fn token_in(text: &str) -> String {
    let link =
        text.split_whitespace().find(|word| word.contains("/link/")).expect("a private link in the letter");
    token_of(link).to_owned()
}

/// The token that follows this part of an address in a letter.
pub(crate) fn token_after(letter: &str, part: &str) -> String {
    let link = letter.split_whitespace().find(|word| word.contains(part)).expect("such a link in the letter");
    link.rsplit_once(part).expect("it was found").1.to_owned()
}
