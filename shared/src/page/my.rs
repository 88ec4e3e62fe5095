//! The customer's private page, and the thanks for what they answer there.

use std::collections::BTreeMap;

use askama::Template;
use jiff::{Timestamp, tz::TimeZone};

use super::{
    Frame,
    form::{Place, error_of, place_of},
    html, words,
};
use crate::{fields::FieldError, intake::Intake, values, view::CustomerView};

/// The private page; the same page again with what was typed when something in an answer was wrong.
#[derive(Clone, Copy, Debug, Template)]
#[template(path = "page/my.html")]
pub struct My<'a> {
    /// What surrounds the page.
    pub frame: Frame<'a>,
    /// The complaint.
    pub view: &'a CustomerView,
    /// Whether it was sent a moment ago.
    pub just_received: bool,
    /// What was typed, by field.
    pub typed: &'a BTreeMap<String, String>,
    /// What is wrong with it.
    pub errors: &'a [FieldError],
    /// Where the company is.
    pub zone: &'a TimeZone,
}

const PLACES: [(&str, &str); 5] = [
    ("answer", "Do you accept it"),
    ("reason", "Why"),
    ("rating", "How satisfied you are"),
    ("comment", "Do you want to tell us more"),
    ("concern", "Something is still wrong"),
];

const RATINGS: [(&str, &str); 5] = [
    ("1", "Very dissatisfied"),
    ("2", "Dissatisfied"),
    ("3", "Neither"),
    ("4", "Satisfied"),
    ("5", "Very satisfied"),
];

impl My<'_> {
    /// The page.
    pub fn render(&self) -> String {
        html(self)
    }

    fn typed(&self, name: &str) -> String {
        self.typed.get(name).map(|text| words::retyped(text)).unwrap_or_default()
    }

    fn error(&self, name: &str) -> Option<&FieldError> {
        error_of(self.errors, name)
    }

    #[expect(clippy::unused_self, reason = "templates call it so")]
    fn place(&self, error: &FieldError) -> Option<Place> {
        place_of(&PLACES, error)
    }

    #[expect(clippy::unused_self, reason = "templates call it so")]
    fn ratings(&self) -> &'static [(&'static str, &'static str)] {
        &RATINGS
    }

    fn asks_for_answer(&self) -> bool {
        self.view.question == Some("proposal")
    }

    fn asks_for_feedback(&self) -> bool {
        self.view.question == Some("satisfaction")
    }

    fn when(&self, at: &Timestamp) -> String {
        words::time_in_words(*at, self.zone)
    }

    fn day(&self, at: &Timestamp) -> String {
        words::day_in_words(*at, self.zone)
    }

    #[expect(clippy::unused_self, reason = "templates call it so")]
    fn seen(&self, text: &str) -> String {
        values::visible(text).into_owned()
    }

    /// What the customer told us, with the form's labels.
    #[expect(clippy::unused_self, reason = "templates call it so")]
    fn copy(&self, complaint: &Intake) -> Vec<(&'static str, String)> {
        fn shown(value: Option<&impl ToString>) -> Option<String> {
            value.map(ToString::to_string)
        }
        let all = [
            ("What happened", Some(complaint.description.to_string())),
            ("Your name", shown(complaint.name.as_ref())),
            ("E-mail address", shown(complaint.email.as_ref())),
            ("Phone number", shown(complaint.phone.as_ref())),
            ("Product or service", shown(complaint.product.as_ref())),
            ("When it happened", complaint.incident_date.map(|day| day.strftime("%-d %B %Y").to_string())),
            ("Order or account reference", shown(complaint.order_reference.as_ref())),
            ("Who was involved", shown(complaint.people_involved.as_ref())),
            ("What would put it right", shown(complaint.remedy_wanted.as_ref())),
            ("On whose behalf", shown(complaint.on_behalf_of.as_ref())),
            ("What we should take into account", shown(complaint.needs.as_ref())),
        ];
        all.into_iter().filter_map(|(label, text)| Some((label, text?))).collect()
    }
}

/// What a customer has just told us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Given {
    /// They accept the proposal.
    Accepted,
    /// They do not.
    Refused,
    /// They gave feedback.
    Feedback,
    /// They said that something is still wrong.
    Concern,
}

/// The page after an answer.
#[derive(Clone, Copy, Debug, Template)]
#[template(path = "page/answered.html")]
pub struct Answered<'a> {
    /// What surrounds the page.
    pub frame: Frame<'a>,
    /// What people say on the phone.
    pub reference: &'a str,
    /// What they told us.
    pub given: Given,
}

impl Answered<'_> {
    /// The page.
    pub fn render(&self) -> String {
        html(self)
    }

    fn heading(&self) -> &'static str {
        match self.given {
            Given::Accepted => "Thank you for accepting",
            Given::Refused => "Thank you for your answer",
            Given::Feedback => "Thank you for your feedback",
            Given::Concern => "We look at it again",
        }
    }

    fn text(&self) -> &'static str {
        match self.given {
            Given::Accepted => "We now carry out what we proposed, and write to you when everything is done.",
            Given::Refused => {
                "We are sorry that our proposal does not settle the matter. Your complaint goes one level up, where \
                 somebody else looks at it afresh. You will hear from us."
            }
            Given::Feedback => "It helps us to do better.",
            Given::Concern => {
                "We are sorry that something is still wrong. Your complaint is open again, and you will hear from us."
            }
        }
    }
}
