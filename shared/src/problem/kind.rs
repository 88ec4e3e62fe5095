//! The kinds of problems.

use serde::{Deserialize, Serialize};

/// What every kind's name begins with.
const PREFIX: &str = "/problems/";

/// A kind of problem; its name is the same for ever, relative to the API: `/problems/invalid`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum Kind {
    /// The body cannot be read.
    Malformed,
    /// Nobody signed in.
    Unauthorized,
    /// Somebody else may.
    Forbidden,
    /// There is none, or not for you.
    NotFound,
    /// The link is too old.
    Expired,
    /// Changed by somebody else meanwhile.
    Stale,
    /// More than is looked at.
    TooLarge,
    /// Neither JSON nor a form.
    UnsupportedMediaType,
    /// Fields are missing or wrong.
    Invalid,
    /// The idempotency key came before with another body.
    KeyReused,
    /// A write without saying on which version.
    PreconditionRequired,
    /// Too many today.
    TooMany,
    /// Our fault.
    Internal,
    /// Our fault for the moment.
    Unavailable,
    /// Not in this stage.
    IllegalTransition,
    /// Something else has to come first.
    TooEarly,
    /// The record lacks something.
    Incomplete,
    /// Another answer was given before.
    AlreadyAnswered,
    /// No answer came by its date, and it went on.
    TakenAsConsent,
    /// The record is held.
    Held,
    /// Somebody has decided on the post before.
    Decided,
    /// The time for it has passed.
    WindowPassed,
}

impl Kind {
    /// All of them.
    pub const ALL: [Kind; 22] = [
        Kind::Malformed,
        Kind::Unauthorized,
        Kind::Forbidden,
        Kind::NotFound,
        Kind::Expired,
        Kind::Stale,
        Kind::TooLarge,
        Kind::UnsupportedMediaType,
        Kind::Invalid,
        Kind::KeyReused,
        Kind::PreconditionRequired,
        Kind::TooMany,
        Kind::Internal,
        Kind::Unavailable,
        Kind::IllegalTransition,
        Kind::TooEarly,
        Kind::Incomplete,
        Kind::AlreadyAnswered,
        Kind::TakenAsConsent,
        Kind::Held,
        Kind::Decided,
        Kind::WindowPassed,
    ];

    /// The last part of its name: `invalid`.
    pub fn slug(self) -> &'static str {
        match self {
            Kind::Malformed => "malformed",
            Kind::Unauthorized => "unauthorized",
            Kind::Forbidden => "forbidden",
            Kind::NotFound => "not-found",
            Kind::Expired => "expired",
            Kind::Stale => "stale",
            Kind::TooLarge => "too-large",
            Kind::UnsupportedMediaType => "unsupported-media-type",
            Kind::Invalid => "invalid",
            Kind::KeyReused => "key-reused",
            Kind::PreconditionRequired => "precondition-required",
            Kind::TooMany => "too-many",
            Kind::Internal => "internal",
            Kind::Unavailable => "unavailable",
            Kind::IllegalTransition => "illegal-transition",
            Kind::TooEarly => "too-early",
            Kind::Incomplete => "incomplete",
            Kind::AlreadyAnswered => "already-answered",
            Kind::TakenAsConsent => "taken-as-consent",
            Kind::Held => "held",
            Kind::Decided => "decided",
            Kind::WindowPassed => "window-passed",
        }
    }
}

impl From<Kind> for String {
    fn from(kind: Kind) -> String {
        format!("{PREFIX}{}", kind.slug())
    }
}

impl TryFrom<String> for Kind {
    type Error = String;

    fn try_from(name: String) -> Result<Kind, String> {
        let slug = name.strip_prefix(PREFIX).unwrap_or_default();
        let known = Kind::ALL.into_iter().find(|kind| kind.slug() == slug);
        known.ok_or_else(|| "this is no kind of problem".to_owned())
    }
}
