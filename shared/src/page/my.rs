//! The customer's private page, and the thanks for what they answer there.

use std::collections::BTreeMap;

use askama::Template;
use jiff::{Timestamp, tz::TimeZone};

use super::{
    Frame, files,
    form::{Place, error_of, place_of, places},
    html,
    retyped::retyped,
    way::Way,
};
use crate::{
    command::Verb,
    evidence::FileView,
    fields::FieldError,
    intake::Intake,
    values,
    values::Money,
    view::{CustomerView, Promised},
};

/// The private page; the same page again with what was typed when something in an answer was wrong.
#[derive(Clone, Copy, Debug, Template)]
#[template(path = "page/my.html")]
pub struct My<'a> {
    /// What surrounds the page.
    pub frame: Frame<'a>,
    /// The complaint.
    pub view: &'a CustomerView,
    /// Names what is sent from it, should that be information.
    pub key: &'a str,
    /// Whether it was sent a moment ago.
    pub just_received: bool,
    /// What was typed, by field.
    pub typed: &'a BTreeMap<String, String>,
    /// What is wrong with it.
    pub errors: &'a [FieldError],
    /// Where the company is.
    pub zone: &'a TimeZone,
}

impl My<'_> {
    /// The page.
    pub fn render(&self) -> String {
        html(self)
    }

    fn typed(&self, name: &str) -> String {
        self.typed.get(name).map(|text| retyped(text)).unwrap_or_default()
    }

    fn error(&self, name: &str) -> Option<&FieldError> {
        error_of(self.errors, name)
    }

    fn place(&self, error: &FieldError) -> Option<Place> {
        let words = &self.frame.words.my;
        let comment = if self.view.rating.is_some() { words.still_wrong } else { words.comment };
        let places = [
            ("answer", words.accept_short),
            ("reason", words.reason.short),
            ("rating", words.rating_short),
            ("comment", comment.short),
            ("concern", words.concern_short),
        ];
        place_of(&places, error)
    }

    fn wrong(&self, error: &FieldError) -> String {
        (self.frame.words.wrong)(error)
    }

    /// The marks, and what each means.
    fn ratings(&self) -> Vec<(String, &'static str)> {
        (1..).map(|mark: u8| mark.to_string()).zip(self.frame.words.my.ratings).collect()
    }

    fn asks_for_answer(&self) -> bool {
        self.view.question == Some("proposal")
    }

    fn asks_for_information(&self) -> bool {
        self.view.question == Some("information")
    }

    /// What they can do besides answering; while they are asked for information, that is asked above.
    fn ways(&self) -> Vec<Way> {
        let offered = |way: &Way| self.view.allowed.contains(&way.verb());
        let elsewhere = |way: &Way| *way == Way::Information && self.asks_for_information();
        Way::ALL.into_iter().filter(|way| offered(way) && !elsewhere(way)).collect()
    }

    #[expect(clippy::unused_self, clippy::trivially_copy_pass_by_ref, reason = "templates call it so")]
    fn id_of(&self, way: &Way) -> String {
        format!("{}-{}", way.slug(), way.field())
    }

    fn shows_files(&self) -> bool {
        !self.view.files.is_empty() || self.view.allowed.contains(&Verb::AddEvidence)
    }

    fn file_name(&self, file: &FileView) -> String {
        files::name_of(file, &self.frame.words.files)
    }

    fn file_state(&self, file: &FileView) -> &'static str {
        (self.frame.words.files.state)(file.state)
    }

    fn asks_for_feedback(&self) -> bool {
        self.view.question == Some("satisfaction")
    }

    fn when(&self, at: &Timestamp) -> String {
        self.frame.words.time_at(*at, self.zone)
    }

    fn received(&self) -> String {
        (self.frame.words.my.received)(&self.when(&self.view.received_at))
    }

    fn done_on(&self, at: &Timestamp) -> String {
        (self.frame.words.my.done_on)(&self.day(at))
    }

    fn still_wrong_until(&self, at: &Timestamp) -> String {
        (self.frame.words.my.still_wrong_until)(&self.until(at))
    }

    fn concern_until(&self, at: &Timestamp) -> String {
        (self.frame.words.my.concern_until)(&self.until(at))
    }

    fn amount(&self, amount: &Money) -> String {
        (self.frame.words.amount)(*amount)
    }

    fn day(&self, at: &Timestamp) -> String {
        self.frame.words.day_at(*at, self.zone)
    }

    fn by(&self, promise: &Promised) -> String {
        self.frame.words.promised_by(promise, self.zone)
    }

    fn until(&self, at: &Timestamp) -> String {
        self.frame.words.until_at(*at, self.zone)
    }

    #[expect(clippy::unused_self, reason = "templates call it so")]
    fn seen(&self, text: &str) -> String {
        values::visible(text).into_owned()
    }

    /// What the customer told us, with the form's labels.
    fn copy(&self, complaint: &Intake) -> Vec<(&'static str, String)> {
        fn shown(value: Option<&impl ToString>) -> Option<String> {
            value.map(ToString::to_string)
        }
        let date = complaint.incident_date.map(self.frame.words.plain_day);
        let all = [
            Some(complaint.description.to_string()),
            shown(complaint.name.as_ref()),
            shown(complaint.email.as_ref()),
            shown(complaint.phone.as_ref()),
            shown(complaint.product.as_ref()),
            date,
            shown(complaint.order_reference.as_ref()),
            shown(complaint.people_involved.as_ref()),
            shown(complaint.remedy_wanted.as_ref()),
            shown(complaint.on_behalf_of.as_ref()),
            shown(complaint.needs.as_ref()),
        ];
        let labelled = places(&self.frame.words.form).into_iter().zip(all);
        labelled.filter_map(|((_, label), text)| Some((label, text?))).collect()
    }
}

/// What a customer has just told us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Given {
    /// They accept the proposal.
    Accepted,
    /// The same, and nothing is left to do.
    Agreed,
    /// They do not.
    Refused,
    /// They gave feedback.
    Feedback,
    /// They are not satisfied.
    Unsatisfied,
    /// They said that something is still wrong.
    Concern,
    /// They told us more, asked or not.
    Informed,
    /// They asked for a higher level.
    WentUp,
    /// The same, once everything was agreed.
    SeenTo,
    /// They took it back.
    Withdrawn,
    /// They ended the links that were mailed.
    LinksEnded,
    /// They asked for a copy of their data.
    DataAsked,
    /// They asked for their data to be erased.
    ErasureAsked,
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
        let words = &self.frame.words.answered;
        match self.given {
            Given::Accepted | Given::Agreed => words.accepted,
            Given::Refused => words.refused,
            Given::Feedback | Given::Unsatisfied => words.feedback,
            Given::Concern => words.concern,
            Given::Informed => words.informed,
            Given::WentUp | Given::SeenTo => words.went_up,
            Given::Withdrawn => words.withdrawn,
            Given::LinksEnded => words.links,
            Given::DataAsked => words.data,
            Given::ErasureAsked => words.erasure,
        }
    }

    /// Whether their page is still open to them.
    fn leads_back(&self) -> bool {
        self.given != Given::LinksEnded
    }

    fn text(&self) -> &'static str {
        let words = &self.frame.words.answered;
        match self.given {
            Given::Accepted => words.accepted_then,
            Given::Agreed => words.agreed_then,
            Given::Refused => words.refused_then,
            Given::Feedback => words.feedback_then,
            Given::Unsatisfied => words.unsatisfied_then,
            Given::Concern => words.concern_then,
            Given::Informed => words.informed_then,
            Given::WentUp => words.went_up_then,
            Given::SeenTo => words.seen_to_then,
            Given::Withdrawn => words.withdrawn_then,
            Given::LinksEnded => words.links_then,
            Given::DataAsked => words.data_then,
            Given::ErasureAsked => words.erasure_then,
        }
    }
}
