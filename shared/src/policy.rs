//! What the company has resolved about complaints: who decides what, how long things may take, what there is to
//! complain about.
//!
//! A policy is a TOML document. The shipped one, `policy.toml`, is compiled in; a company's own names what differs,
//! and must say its version, since when it is in force, what changed and who approved it. A complaint carries the
//! version that it was received under, and the dates promised then; its later ones come from that version's [`Terms`].

mod document;
mod lists;
mod logo;
mod rules;
mod span;
mod terms;
mod times;

use std::collections::BTreeMap;

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use serde::Deserialize;

use crate::calendar::WorkCalendar;
use crate::evidence::FileKind;
use crate::triage::{Keyword, Sign};
use crate::values::{Colour, EmailAddress, Language, Level, Line, Money, Role};

pub use document::InvalidPolicy;
pub use lists::{Category, Entry, SubCategory};
pub use logo::{InvalidOutline, Logo, Outline, Shape};
pub use span::{InvalidSpan, Span};
pub use terms::Terms;
pub use times::{
    Consent, Consultation, Delay, Escalation, FollowUp, Information, Reopening, Severities, SeverityRule,
    Silence,
};

/// A name that a policy gives to something.
pub type Name = Line<120>;

/// The whole document.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// Counts the revisions from 1.
    pub version: u32,
    /// Since when this version is in force.
    #[serde(deserialize_with = "document::date")]
    pub effective: Date,
    /// What this version changed.
    pub change: Line<500>,
    /// Who approved it.
    pub approved_by: Name,
    /// Whose policy it is. Boxed, since a policy stands in many a future that waits.
    pub company: Box<Company>,
    /// Where mail for staff goes.
    pub mailboxes: Mailboxes,
    /// Who decides a dispute that level 3 did not settle.
    pub external_body: ExternalBody,
    /// Languages that letters are written in; the first is that of customers whose language is none of them.
    pub languages: Vec<Language>,
    /// When the company works.
    pub calendar: WorkCalendar,
    /// What is promised for each severity.
    pub severities: Severities,
    /// When a complaint goes one level up without anybody saying so.
    pub escalation: Escalation,
    /// What follows a question to the customer.
    pub information: Information,
    /// What follows a question to a department.
    pub consultation: Consultation,
    /// What happens before a promised date is missed.
    pub delay: Delay,
    /// What follows a proposal.
    pub consent: Consent,
    /// What follows the last remedy.
    pub follow_up: FollowUp,
    /// For how long a complaint can be taken up again.
    pub reopening: Reopening,
    /// Who may give how much.
    pub redress: Redress,
    /// What customers complain about; each complaint has one main category.
    pub categories: Vec<Category>,
    /// Why things went wrong.
    pub root_causes: Vec<Entry>,
    /// The company's products and services, as customers choose them in the form.
    pub products: Vec<Name>,
    /// Whom staff can ask, by name.
    pub departments: Vec<Department>,
    /// What in a complaint's text suggests that it is severe, or has to be known early.
    pub triage: BTreeMap<Sign, Vec<Keyword>>,
    /// How long records are kept.
    pub retention: Retention,
    /// Which files are taken.
    pub evidence: Evidence,
    /// Bounds against abuse.
    pub limits: Limits,
}

/// Whose policy it is.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Company {
    /// As letters are signed.
    pub name: Name,
    /// Where customers' replies to letters go.
    pub reply_to: EmailAddress,
    /// What the company calls levels 1, 2 and 3.
    pub level_names: [Name; 3],
    /// The colours of its pages.
    pub colours: Colours,
    /// What stands at their head; the name where there is none.
    pub logo: Option<Logo>,
}

/// The colours of buttons, links and marks; whatever is written on them or beside them follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Colours {
    /// On light pages.
    pub accent: Colour,
    /// On dark ones.
    pub accent_dark: Colour,
}

impl Company {
    /// What the company calls a level.
    pub fn level_name(&self, level: Level) -> &Name {
        &self.level_names[usize::from(level.number()) - 1]
    }
}

/// Where mail for staff goes that is for a role, or for somebody whose own address is not known.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mailboxes {
    /// Customer service representatives.
    pub csr: EmailAddress,
    /// The complaints manager.
    pub manager: EmailAddress,
    /// The final decider; `final` in the document.
    #[serde(rename = "final")]
    pub final_decider: EmailAddress,
}

impl Mailboxes {
    /// The mailbox of a role.
    pub fn of(&self, role: Role) -> &EmailAddress {
        match role {
            Role::Csr => &self.csr,
            Role::Manager => &self.manager,
            Role::Final => &self.final_decider,
        }
    }
}

/// Who decides a dispute that level 3 did not settle: an ombudsman.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExternalBody {
    /// As letters name it.
    pub name: Name,
    /// Its page for complainants; starts with `https://`.
    pub url: Line<300>,
}

/// A department of the company, which can be asked without having an account here.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Department {
    /// What records say.
    pub key: String,
    /// What people say.
    pub name: Name,
    /// Where questions go.
    pub email: EmailAddress,
}

/// How much money each role may give in one proposal. All amounts are in one currency.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Redress {
    /// A representative.
    pub csr: Money,
    /// The manager; the final decider may give any sum.
    pub manager: Money,
}

impl Redress {
    /// How much a role may give; none when there is no limit.
    pub fn limit(&self, role: Role) -> Option<Money> {
        match role {
            Role::Csr => Some(self.csr),
            Role::Manager => Some(self.manager),
            Role::Final => None,
        }
    }

    /// The least role that may give this sum.
    pub fn role_for(&self, amount: Money) -> Role {
        let may_give = |role: &Role| self.limit(*role).is_none_or(|limit| !amount.exceeds(limit));
        Role::ALL.into_iter().find(may_give).unwrap_or(Role::Final)
    }
}

/// How long records are kept.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Retention {
    /// After the later of receipt and closure.
    pub years: u16,
}

impl Retention {
    /// Until when a record is kept whose time counts from then, by the calendar of this zone.
    pub fn until(&self, from: Timestamp, zone: &TimeZone) -> Timestamp {
        let kept = from.to_zoned(zone.clone()).checked_add(jiff::Span::new().years(self.years));
        kept.map_or(Timestamp::MAX, |until| until.timestamp())
    }
}

/// Which files are taken with a complaint.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// How many are kept with one complaint; such as come with mails leave a third of the places free.
    pub max_files: u8,
    /// How large each may be, in bytes.
    pub max_bytes: u64,
    /// Of which types, as media types.
    pub types: Vec<FileKind>,
}

impl Evidence {
    /// How many there may be for one more to be taken from a mail: what mail programs send along, pictures in signatures
    /// too, leaves room for what people choose to send.
    pub fn max_files_by_mail(&self) -> u8 {
        self.max_files - self.max_files / 3
    }
}

/// Bounds against abuse, and how long links and sessions live.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// Complaints taken from one e-mail address on one day.
    pub posts_per_address: u32,
    /// Complaints taken from one network (an IPv4 address, or the /48 of an IPv6 one) on one day.
    pub posts_per_network: u32,
    /// Acknowledgements that one address gets as mails of their own on one day; further ones are gathered.
    pub acknowledgements_per_day: u32,
    /// Mails of their own that the same mailboxes of staff get within a quarter of an hour; further ones are gathered.
    pub alerts_at_once: u32,
    /// How old a form must be when it is posted, in seconds; a younger one is suspected to be a machine's.
    pub form_minimum_seconds: u32,
    /// Mails that are taken in for one complaint on one day.
    pub replies_per_day: u32,
    /// What a customer adds to one complaint on its page, in all.
    pub additions: u8,
    /// How much work a sender has to prove, in leading zero bits of a SHA-256; 0 asks for none. A form without the proof is
    /// held as suspected spam, since it may be sent without script.
    pub proof_bits: u32,
    /// How long a post held as suspected spam is kept, in days.
    pub held_days: u32,
    /// How long a mailed link works, in days.
    pub link_days: u32,
    /// How long a customer's session lasts, in minutes.
    pub session_minutes: u32,
}

impl Policy {
    /// The shipped policy.
    pub fn built_in() -> Policy {
        document::built_in()
    }

    /// Reads a company's policy: the shipped one with all that the text says in its place. Tables are joined key by
    /// key; lists, the calendar's hours and its holidays are taken whole. An empty text is the shipped policy.
    pub fn parse(text: &str) -> Result<Policy, InvalidPolicy> {
        document::parse(text)
    }

    /// The language letters to this customer are written in.
    pub fn language(&self, wanted: Language) -> Language {
        let offered = self.languages.iter().copied();
        offered.clone().find(|language| *language == wanted).or(offered.clone().next()).unwrap_or_default()
    }

    /// The category of this key.
    pub fn category(&self, key: &str) -> Option<&Category> {
        self.categories.iter().find(|category| category.key == key)
    }

    /// The department of this key.
    pub fn department(&self, key: &str) -> Option<&Department> {
        self.departments.iter().find(|department| department.key == key)
    }

    /// The root cause of this key.
    pub fn root_cause(&self, key: &str) -> Option<&Entry> {
        self.root_causes.iter().find(|entry| entry.key == key)
    }

    /// The product of this name, whatever the case it is written in.
    pub fn product(&self, name: &str) -> Option<&Name> {
        let name = name.trim().to_lowercase();
        self.products.iter().find(|product| product.as_str().to_lowercase() == name)
    }
}

impl Default for Policy {
    fn default() -> Policy {
        Policy::built_in()
    }
}

#[cfg(test)]
mod tests;
