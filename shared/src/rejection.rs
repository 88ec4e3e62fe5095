//! A business no: why a well-formed command is not carried out.

use thiserror::Error;

use crate::{
    command::{RemedyKind, Verb},
    complaint::StageName,
    values::Role,
};

/// Why a command is not carried out. Nothing is recorded.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Rejection {
    /// There is no such complaint.
    #[error("there is no such complaint")]
    NotFound,
    /// Not by this actor.
    #[error("this needs {}", match .needs { Some(role) => format!("the role {}", role.code()), None => "somebody else".to_owned() })]
    NotAllowed {
        /// The least role that may; none where no role of staff may.
        needs: Option<Role>,
    },
    /// Not in this stage.
    #[error("not possible in the stage {}", .stage.code())]
    Illegal {
        /// Where the complaint is.
        stage: StageName,
        /// What is possible now.
        allowed: Vec<Verb>,
    },
    /// A further step is missing before this one.
    #[error("{detail}")]
    TooEarly {
        /// What.
        first: Verb,
        /// The same, for people.
        detail: &'static str,
    },
    /// The record is not fit to be closed.
    #[error("the record is incomplete")]
    Incomplete {
        /// What is missing.
        missing: Vec<Missing>,
    },
    /// Another answer was given before.
    #[error("another answer was given before")]
    AlreadyAnswered,
    /// No answer came by its date, and that was taken as consent.
    #[error("no answer came by its date, and that was taken as consent")]
    TakenAsConsent,
    /// The record is held, which beats every wish to take something away.
    #[error("the record is held")]
    Held,
    /// The time in which it could be reopened has passed.
    #[error("the time in which it could be reopened has passed")]
    WindowPassed,
    /// A value is not one of the policy's, or does not fit the complaint.
    #[error("{detail}")]
    Unfit {
        /// The field it stands in, as a JSON pointer.
        pointer: String,
        /// What is wrong, for programs.
        code: &'static str,
        /// What is wrong, for people.
        detail: String,
    },
}

impl Rejection {
    /// A value does not fit.
    pub(crate) fn unfit(pointer: &str, code: &'static str, detail: impl Into<String>) -> Rejection {
        Rejection::Unfit { pointer: pointer.to_owned(), code, detail: detail.into() }
    }

    /// What is over cannot take over anything: nobody would hear of what was said here.
    pub(crate) fn other_is_over() -> Rejection {
        let detail = "That complaint has ended. Choose one that goes on, or handle this one.";
        Rejection::unfit("/of", "over", detail)
    }
}

/// What a record lacks that closing demands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// What was concluded.
    Outcome,
    /// The answer in writing, delivered, or the customer reached another way.
    WrittenResponse,
    /// The customer's consent, or a final decision.
    Consent,
    /// This remedy.
    Remedy {
        /// Counted from 1.
        number: u8,
        /// What it is.
        kind: RemedyKind,
    },
    /// The root cause of a complaint that was upheld.
    RootCause,
    /// The follow-up, or the reason for leaving it out.
    FollowUp,
}

impl Missing {
    /// For programs.
    pub fn code(self) -> &'static str {
        match self {
            Missing::Outcome => "outcome",
            Missing::WrittenResponse => "written_response",
            Missing::Consent => "consent",
            Missing::Remedy { .. } => "remedy",
            Missing::RootCause => "root_cause",
            Missing::FollowUp => "follow_up",
        }
    }

    /// For people.
    pub fn detail(self) -> String {
        match self {
            Missing::Outcome => "The complaint has no outcome: propose a resolution or decide.".to_owned(),
            Missing::WrittenResponse => {
                "What the customer has to hear did not reach them: reach them another way and record the contact."
                    .to_owned()
            }
            Missing::Consent => "The customer has not agreed, and there is no final decision.".to_owned(),
            Missing::Remedy { number, kind } => {
                format!("Remedy {number} ({}) is not carried out.", kind.code().replace('_', " "))
            }
            Missing::RootCause => "An upheld complaint needs a root cause in its finding.".to_owned(),
            Missing::FollowUp => {
                "The customer has not said whether they are satisfied: wait for it, or give a reason to end it without."
                    .to_owned()
            }
        }
    }
}
