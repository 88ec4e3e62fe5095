//! Everything that staff can do, with the fields that it needs: one table, from which the forms are made. A field's name
//! is that of the route's JSON; one within a list is named as a pointer to it, `remedies/0/kind`.

mod table;

use std::collections::BTreeMap;

use crate::{command::Verb, intake::Intake, words};

pub(super) use table::REMEDY;
pub use table::{ACTIONS, DISCARD, ENTRY, HELD, ON_REPORTS, RELEASE, REPORT_ACTION, REPORT_ACTION_END};

/// Something that staff can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Action {
    /// Names it on a page: `finding`.
    pub key: &'static str,
    /// The last part of its route: `investigate`.
    pub route: &'static str,
    /// What it asks of the complaint; none where there is no complaint yet.
    pub verb: Option<Verb>,
    /// What it is called.
    pub title: &'static str,
    /// What it does, where its name does not say it.
    pub lead: &'static str,
    /// The button.
    pub send: &'static str,
    /// Its fields, in their order.
    pub fields: &'static [Asked],
}

/// A field that an action needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    /// As the body has it.
    pub name: &'static str,
    /// What the page calls it.
    pub label: &'static str,
    /// What to enter; empty where the label says it.
    pub hint: &'static str,
    /// What is entered.
    pub kind: Kind,
}

/// What is entered into a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Always this; not seen.
    Fixed(&'static str),
    /// The number of the proposal that waits for an answer; not seen.
    Proposal,
    /// One line.
    Line,
    /// An e-mail address.
    Email,
    /// A text of so many rows at first.
    Text(u8),
    /// A day.
    Day,
    /// A day and a time.
    Moment,
    /// An amount in the policy's currency.
    Money,
    /// One of a list; may be left out.
    One(List),
    /// One of a list that has to be chosen.
    OneOf(List),
    /// Any of what makes a complaint grave.
    Flags,
    /// A box to tick.
    Tick,
    /// Rows of remedies.
    Remedies,
}

/// What there is to choose from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    /// The ways between staff and customers.
    Channels,
    /// The policy's categories.
    Categories,
    /// Their sub-categories.
    SubCategories,
    /// The policy's products.
    Products,
    /// The policy's root causes.
    RootCauses,
    /// The policy's departments.
    Departments,
    /// The languages of letters.
    Languages,
    /// How severe.
    Severities,
    /// Roles of staff.
    Roles,
    /// What a note notes.
    Notes,
    /// What was concluded.
    Outcomes,
    /// What can be done for a customer.
    RemedyKinds,
    /// Remedies that are to be carried out.
    OpenRemedies,
    /// The same, and those that were dropped.
    UndoneRemedies,
    /// Departments that have not answered yet.
    OpenConsultations,
    /// On which grounds a complaint is not taken on.
    Grounds,
    /// Accept or refuse.
    Answers,
    /// From 1 to 5.
    Ratings,
    /// Yes or no.
    YesNo,
    /// How an action on a report ends.
    Endings,
}

/// What was filled in of the form that staff have, besides what happened, in its order: each field, and what it says.
pub(crate) fn filled_in(told: &Intake) -> impl Iterator<Item = (&'static Asked, String)> {
    let value = |name: &str| match name {
        "name" => told.name.as_ref().map(ToString::to_string),
        "email" => told.email.as_ref().map(ToString::to_string),
        "phone" => told.phone.as_ref().map(ToString::to_string),
        "product" => told.product.as_ref().map(ToString::to_string),
        "incident_date" => told.incident_date.map(words::english().plain_day),
        "order_reference" => told.order_reference.as_ref().map(ToString::to_string),
        "people_involved" => told.people_involved.as_ref().map(ToString::to_string),
        "remedy_wanted" => told.remedy_wanted.as_ref().map(ToString::to_string),
        "on_behalf_of" => told.on_behalf_of.as_ref().map(ToString::to_string),
        "needs" => told.needs.as_ref().map(ToString::to_string),
        _ => None,
    };
    ENTRY.fields.iter().filter_map(move |asked| Some((asked, value(asked.name)?)))
}

/// What is done to few complaints only, by key.
const RARE: [&str; 17] = [
    "silence",
    "remedy-drop",
    "withdrawal",
    "refusal",
    "duplicate",
    "link",
    "unlink",
    "reopening",
    "link-ending",
    "hold",
    "lift",
    "export",
    "contact-data",
    "data-request",
    "erasure-request",
    "erasure-refusal",
    "restriction",
];

/// The field of when something was said, of what is taken down later.
pub const SAID_AT: &str = "said_at";

/// What was done, by key, where what was to be offered was more than who offers it may give.
pub const DRAFT: &str = "draft";

/// What a letter to the customer can come of, by key.
const WRITING: [&str; 22] = [
    "contact-data",
    "triage",
    "contact",
    "information-request",
    "information",
    "delay",
    "propose",
    "settlement",
    "answer",
    "silence",
    "implement",
    "remedy-date",
    "remedy-drop",
    "escalate",
    "feedback",
    "close",
    "reopening",
    "withdrawal",
    "refusal",
    "refusal-decision",
    "duplicate",
    "link-ending",
];

impl Action {
    /// The action that was sent to a route: of several the one whose own fields came.
    pub fn sent(route: &str, typed: &BTreeMap<String, String>) -> Option<&'static Action> {
        let of_route = |action: &&Action| action.route == route;
        let came = |action: &&Action| match action.fields.first() {
            Some(Asked { name, kind: Kind::Fixed(value), .. }) => {
                typed.get(*name).is_some_and(|it| it == value)
            }
            Some(Asked { name, .. }) => typed.contains_key(*name),
            None => true,
        };
        let all = || ACTIONS.iter().chain(HELD).chain(ON_REPORTS).filter(of_route);
        all().find(came).or_else(|| all().next())
    }

    /// Whether it is done to few complaints only.
    pub(super) fn is_rare(&self) -> bool {
        RARE.contains(&self.key)
    }

    /// Whether a letter to the customer can come of it, so that there is something to look at before.
    pub fn writes(&self) -> bool {
        WRITING.contains(&self.key)
    }

    /// Whether a letter to the customer can come of what is sent to a route.
    pub fn route_writes(route: &str) -> bool {
        ACTIONS.iter().any(|action| action.route == route && action.writes())
    }

    /// Whether what is sent to a route may have been said earlier.
    pub fn route_takes_down(route: &str) -> bool {
        let is_asked = |action: &Action| action.fields.iter().any(|asked| asked.name == SAID_AT);
        ACTIONS.iter().any(|action| action.route == route && is_asked(action))
    }

    /// The action of this key.
    pub fn keyed(key: &str) -> Option<&'static Action> {
        ACTIONS.iter().chain(HELD).chain(ON_REPORTS).chain([&ENTRY]).find(|action| action.key == key)
    }
}
