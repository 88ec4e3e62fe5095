//! The form to complain with, and the thanks for it.

use std::collections::BTreeMap;

use askama::Template;
use jiff::tz::TimeZone;

use super::{Frame, html, retyped::retyped};
use crate::{
    fields::FieldError,
    policy::Name,
    values::Language,
    view::Promised,
    words::{self, Said, Words},
};

/// The form; the same page again with what was typed when something in it was wrong.
#[derive(Clone, Debug, Template)]
#[template(path = "page/form.html")]
pub struct Form<'a> {
    /// What surrounds the page.
    pub frame: Frame<'a>,
    /// The policy's products to choose from; none makes it a field to type in.
    pub products: &'a [Name],
    /// The languages that the company answers in.
    pub languages: &'a [Language],
    /// What was typed, by field, as [`Fields::typed`](crate::fields::Fields::typed) gives it.
    pub typed: &'a BTreeMap<String, String>,
    /// What is wrong with it.
    pub errors: &'a [FieldError],
    /// What went wrong otherwise, while nothing is wrong with the fields.
    pub notice: Option<&'a Said>,
    /// Names the post that this form will be.
    pub key: &'a str,
    /// When it was handed out, signed.
    pub issued: &'a str,
    /// How much work a sender has to prove; none for 0.
    pub proof_bits: u32,
    /// Whether it is shown in a page of the company's own site, by [`EMBED_SCRIPT`](super::EMBED_SCRIPT).
    pub embedded: bool,
}

/// A field on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The element's id.
    pub id: &'static str,
    /// What the page calls it.
    pub label: &'static str,
}

/// How many of the form's places stand above the fold.
const ALWAYS_OPEN: usize = 4;

/// The form's fields in their order, with what lists call them.
pub(super) fn places(words: &words::Form) -> [(&'static str, &'static str); 11] {
    [
        ("description", words.description.short),
        ("name", words.name.short),
        ("email", words.email.short),
        ("phone", words.phone.short),
        ("product", words.product.short),
        ("incident_date", words.incident_date.short),
        ("order_reference", words.order_reference.short),
        ("people_involved", words.people_involved.short),
        ("remedy_wanted", words.remedy_wanted.short),
        ("on_behalf_of", words.on_behalf_of.short),
        ("needs", words.needs.short),
    ]
}

impl Form<'_> {
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
        place_of(&places(&self.frame.words.form), error)
    }

    fn wrong(&self, error: &FieldError) -> String {
        (self.frame.words.wrong)(error)
    }

    /// The rest of the fields is shown at once when something was typed there or is wrong there.
    fn is_more_open(&self) -> bool {
        let shown = |name: &str| {
            self.error(name).is_some() || self.typed.get(name).is_some_and(|text| !text.is_empty())
        };
        places(&self.frame.words.form)[ALWAYS_OPEN..].iter().any(|(name, _)| shown(name))
    }

    /// The policy's products, and what was posted where that is another.
    fn product_choices(&self) -> Vec<String> {
        let typed = self.typed("product");
        let mut choices: Vec<String> = self.products.iter().map(|name| name.as_str().to_owned()).collect();
        if !typed.is_empty() && !choices.contains(&typed) {
            choices.push(typed);
        }
        choices
    }

    /// The other languages that there is this page in. Once something was typed none are shown, since it would be lost.
    fn other_languages(&self) -> Vec<&'static Words> {
        if !self.typed.is_empty() {
            return Vec::new();
        }
        let offered = self.languages.iter().filter(|language| words::has(**language));
        offered
            .map(|language| words::of(*language))
            .filter(|words| words.tag != self.frame.words.tag)
            .collect()
    }
}

pub(super) fn error_of<'a>(errors: &'a [FieldError], name: &str) -> Option<&'a FieldError> {
    errors.iter().find(|error| error.pointer.strip_prefix('/') == Some(name))
}

pub(super) fn place_of(places: &[(&'static str, &'static str)], error: &FieldError) -> Option<Place> {
    let named = |(id, _): &&(&str, &str)| error.pointer.strip_prefix('/') == Some(id);
    places.iter().find(named).map(|(id, label)| Place { id, label })
}

/// The page after a complaint was taken in.
#[derive(Clone, Copy, Debug, Template)]
#[template(path = "page/thanks.html")]
pub struct Thanks<'a> {
    /// What surrounds the page.
    pub frame: Frame<'a>,
    /// What people say on the phone.
    pub reference: &'a str,
    /// What the customer can expect by when.
    pub promises: &'a [Promised],
    /// The private page.
    pub link: Option<&'a str>,
    /// Whether there is an address that the acknowledgement goes to.
    pub by_mail: bool,
    /// Where the company is.
    pub zone: &'a TimeZone,
}

impl Thanks<'_> {
    /// The page.
    pub fn render(&self) -> String {
        html(self)
    }

    fn by(&self, promise: &Promised) -> String {
        self.frame.words.promised_by(promise, self.zone)
    }
}
