//! What a customer can do at their own wish, each with its form: below the private page, or as a page of its own.

use std::collections::BTreeMap;

use askama::Template;

use super::{
    Frame,
    form::{Place, error_of, place_of},
    html,
    retyped::retyped,
};
use crate::{
    command::Verb,
    fields::FieldError,
    values,
    words::{self, Field},
};

/// What a customer can do at their own wish.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Tell us more, asked or not.
    Information,
    /// Ask for a higher level.
    Escalation,
    /// Take the complaint back.
    Withdrawal,
    /// End the links that were mailed, and get a new one.
    Links,
    /// Ask for a copy of their data.
    Data,
    /// Ask for their data to be erased.
    Erasure,
}

impl Way {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Way; 6] =
        [Way::Information, Way::Escalation, Way::Withdrawal, Way::Links, Way::Data, Way::Erasure];

    /// What it asks of the complaint.
    pub fn verb(self) -> Verb {
        match self {
            Way::Information => Verb::AddInformation,
            Way::Escalation => Verb::AskEscalation,
            Way::Withdrawal => Verb::Withdraw,
            Way::Links => Verb::EndLinks,
            Way::Data => Verb::AskData,
            Way::Erasure => Verb::AskErasure,
        }
    }

    /// The last part of its address.
    pub fn slug(self) -> &'static str {
        match self {
            Way::Information => "information",
            Way::Escalation => "escalation",
            Way::Withdrawal => "withdrawal",
            Way::Links => "links",
            Way::Data => "data",
            Way::Erasure => "erasure",
        }
    }

    /// The name of its field.
    pub fn field(self) -> &'static str {
        match self {
            Way::Information | Way::Escalation | Way::Links | Way::Data | Way::Erasure => "text",
            Way::Withdrawal => "reason",
        }
    }

    /// Whether it can be sent more than once, so that its form has to say which sending it is.
    pub fn is_repeatable(self) -> bool {
        self == Way::Information
    }

    /// Whether the private page only leads to it: what ends the complaint is asked for once more.
    pub fn is_confirmed(self) -> bool {
        self == Way::Withdrawal
    }

    pub(crate) fn words(self, words: &words::Ways) -> words::Way {
        match self {
            Way::Information => words.information,
            Way::Escalation => words.escalation,
            Way::Withdrawal => words.withdrawal,
            Way::Links => words.links,
            Way::Data => words.data,
            Way::Erasure => words.erasure,
        }
    }
}

/// A page for one of them; the same page again with what was typed when something in it was wrong.
#[derive(Clone, Copy, Debug, Template)]
#[template(path = "page/tell.html")]
pub struct Tell<'a> {
    /// What surrounds the page.
    pub frame: Frame<'a>,
    /// What people say on the phone.
    pub reference: &'a str,
    /// What it is about.
    pub way: Way,
    /// What the customer was asked and has not answered.
    pub asked: &'a [String],
    /// Names this sending.
    pub key: &'a str,
    /// What was typed, by field.
    pub typed: &'a BTreeMap<String, String>,
    /// What is wrong with it.
    pub errors: &'a [FieldError],
}

impl Tell<'_> {
    /// The page.
    pub fn render(&self) -> String {
        html(self)
    }

    fn words(&self) -> words::Way {
        self.way.words(&self.frame.words.ways)
    }

    /// An answer to a question is called so.
    fn field(&self) -> Option<Field> {
        if self.is_answer() { Some(self.frame.words.ways.answer) } else { self.words().field }
    }

    fn is_answer(&self) -> bool {
        self.way == Way::Information && !self.asked.is_empty()
    }

    fn title(&self) -> &'static str {
        if self.is_answer() { self.frame.words.ways.question } else { self.words().title }
    }

    fn send(&self) -> &'static str {
        if self.is_answer() { self.frame.words.my.send_answer } else { self.words().send }
    }

    fn typed(&self, name: &str) -> String {
        self.typed.get(name).map(|text| retyped(text)).unwrap_or_default()
    }

    fn error(&self, name: &str) -> Option<&FieldError> {
        error_of(self.errors, name)
    }

    fn place(&self, error: &FieldError) -> Option<Place> {
        let field = self.field()?;
        place_of(&[(self.way.field(), field.short)], error)
    }

    fn wrong(&self, error: &FieldError) -> String {
        (self.frame.words.wrong)(error)
    }

    #[expect(clippy::unused_self, reason = "templates call it so")]
    fn seen(&self, text: &str) -> String {
        values::visible(text).into_owned()
    }
}
