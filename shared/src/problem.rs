//! What is answered to requests that are not carried out: problem details of RFC 9457.

mod kind;

use serde::{Deserialize, Serialize};

use crate::{
    command::Verb,
    fields::{FieldError, Malformed},
    rejection::{Missing, Rejection},
    values::Reference,
};

pub use kind::Kind;

/// The media type of a problem's JSON.
pub const MEDIA_TYPE: &str = "application/problem+json";

/// One problem. Its JSON is the answer's body; pages show the same in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// Names the kind for ever, relative to the API: `/problems/invalid`.
    #[serde(rename = "type")]
    pub kind: Kind,
    /// The kind in words.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What to do about it.
    pub detail: String,
    /// The request's id, to be quoted when asking for help.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instance: Option<String>,
    /// What is wrong with which field.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldError>,
    /// What is possible with the complaint now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allowed: Option<Vec<Verb>>,
    /// What the record lacks for being closed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<Lack>,
    /// The complaint's present version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<u32>,
    /// The reference of the complaint that there is already, where staff sent one twice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<Reference>,
    /// In how many seconds to try again; also the header `Retry-After`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<u32>,
}

/// Something that a record lacks for being closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lack {
    /// What, for programs.
    pub code: String,
    /// What, and what to do about it.
    pub detail: String,
}

impl From<Missing> for Lack {
    fn from(missing: Missing) -> Lack {
        Lack { code: missing.code().to_owned(), detail: missing.detail() }
    }
}

impl Problem {
    fn new(status: u16, kind: Kind, title: &str, detail: &str) -> Problem {
        Problem {
            kind,
            title: title.to_owned(),
            status,
            detail: detail.to_owned(),
            instance: None,
            errors: Vec::new(),
            allowed: None,
            missing: Vec::new(),
            version: None,
            reference: None,
            retry_after: None,
        }
    }

    /// The same, of the request of this id.
    #[must_use]
    pub fn of_request(self, id: &str) -> Problem {
        Problem { instance: Some(id.to_owned()), ..self }
    }

    /// The last part of the kind: `invalid`.
    pub fn slug(&self) -> &'static str {
        self.kind.slug()
    }

    /// 400: the body cannot be read.
    pub fn malformed(why: Malformed) -> Problem {
        Problem::new(400, Kind::Malformed, "The request cannot be read", &why.to_string())
    }

    /// 401: nobody signed in.
    pub fn unauthorized() -> Problem {
        Problem::new(401, Kind::Unauthorized, "Sign in first", "This needs a valid staff token.")
    }

    /// 403: somebody else may.
    pub fn forbidden(detail: &str) -> Problem {
        Problem::new(403, Kind::Forbidden, "You are not allowed to do this", detail)
    }

    /// 404: there is none, or not for you; both look alike.
    pub fn not_found() -> Problem {
        let detail =
            "There is nothing here, or it is not open to you. Check the address or open your link again.";
        Problem::new(404, Kind::NotFound, "Not found", detail)
    }

    /// 410: the link is too old.
    pub fn gone() -> Problem {
        let detail = "This has expired, to keep it private. Open the link in our e-mail once more. If that is too old as well, \
             it offers you a new one, or you can reply to the e-mail. If you have no e-mail of ours, call us with your reference.";
        Problem::new(410, Kind::Expired, "This link has expired", detail)
    }

    /// 409: a held post was released before, and cannot be discarded any more, or the other way round.
    pub fn decided(detail: &str) -> Problem {
        Problem::new(409, Kind::Decided, "Decided before", detail)
    }

    /// 409: a file that is not scanned yet.
    pub fn not_scanned() -> Problem {
        let detail = "The file has not been checked yet. Try again in a minute; nobody can open it before.";
        Problem::conflict(Kind::TooEarly, "Not checked yet", detail)
    }

    /// 409: the complaint has gone on since a department was asked.
    pub fn not_needed() -> Problem {
        let detail = "The complaint has gone on since we asked. Thank you all the same.";
        Problem::conflict(Kind::IllegalTransition, "This answer is no longer needed", detail)
    }

    /// 412: somebody changed the complaint meanwhile.
    pub fn stale(version: u32) -> Problem {
        let detail = "The complaint was changed meanwhile. Load it again, look at what changed, and repeat if you still want to.";
        Problem { version: Some(version), ..Problem::new(412, Kind::Stale, "Changed meanwhile", detail) }
    }

    /// 413: more than `limit` KiB.
    pub fn too_large(limit: usize) -> Problem {
        let detail = format!("The request is larger than {limit} KiB. Shorten it; more can be added later.");
        Problem::new(413, Kind::TooLarge, "Too large", &detail)
    }

    /// 415: neither JSON nor a form.
    pub fn unsupported_media() -> Problem {
        let detail = "Send application/json or application/x-www-form-urlencoded.";
        Problem::new(415, Kind::UnsupportedMediaType, "Unsupported media type", detail)
    }

    /// 422: fields are missing or wrong.
    pub fn invalid(errors: Vec<FieldError>) -> Problem {
        let detail = "Some fields are missing or wrong; nothing was recorded.";
        Problem { errors, ..Problem::new(422, Kind::Invalid, "Please check what you entered", detail) }
    }

    /// 422: one thing outside the fields is wrong, a header or a part of the address.
    pub fn invalid_request(code: &str, detail: &str) -> Problem {
        Problem::invalid(vec![FieldError::new(String::new(), code, detail)])
    }

    /// 422: the idempotency key came before with another body.
    pub fn key_reused() -> Problem {
        let detail =
            "This idempotency key was used before with other content. Use a new key for a new complaint.";
        Problem::new(422, Kind::KeyReused, "The key was used for something else", detail)
    }

    /// The same, to staff: which complaint was made of what came before.
    pub fn taken_in_before(reference: Reference) -> Problem {
        let detail = format!(
            "This form was sent before, and taken in as {reference}. Record there what you changed since; for another \
             complaint begin a new form."
        );
        Problem {
            title: "It was taken in already".to_owned(),
            detail,
            reference: Some(reference),
            ..Problem::key_reused()
        }
    }

    /// 428: a write without saying on which version.
    pub fn precondition_required() -> Problem {
        let detail = "Send If-Match with the version that you have seen, such as \"7\", in its quotes.";
        Problem::new(428, Kind::PreconditionRequired, "Say which version you have seen", detail)
    }

    /// 429: too many from one address or network today.
    pub fn too_many(retry_after: u32) -> Problem {
        let detail = "We have had very many messages from you today. Please try again later, or call us.";
        Problem {
            retry_after: Some(retry_after),
            ..Problem::new(429, Kind::TooMany, "Too many messages", detail)
        }
    }

    /// 500: our fault, and trying again does not help by itself.
    pub fn internal() -> Problem {
        let detail = "We have been told about it. You can try again: nothing is recorded twice.";
        Problem::new(500, Kind::Internal, "Something went wrong on our side", detail)
    }

    /// 503: our fault for the moment.
    pub fn unavailable(retry_after: u32) -> Problem {
        let detail = "We cannot do this at the moment. Please try again shortly: nothing is recorded twice.";
        Problem {
            retry_after: Some(retry_after),
            ..Problem::new(503, Kind::Unavailable, "Please try again shortly", detail)
        }
    }

    fn conflict(kind: Kind, title: &str, detail: &str) -> Problem {
        Problem::new(409, kind, title, detail)
    }
}

impl From<&Rejection> for Problem {
    fn from(rejection: &Rejection) -> Problem {
        match rejection {
            Rejection::NotFound => Problem::not_found(),
            Rejection::NotAllowed { needs: Some(role) } => {
                Problem::forbidden(&format!("This is for the {} to do.", role.title()))
            }
            Rejection::NotAllowed { needs: None } => Problem::forbidden("This is for somebody else to do."),
            Rejection::Illegal { stage, allowed } => {
                let detail = format!("This is not possible in the stage “{}”.", stage.title());
                let allowed = Some(allowed.clone());
                Problem { allowed, ..Problem::conflict(Kind::IllegalTransition, "Not possible now", &detail) }
            }
            Rejection::TooEarly { first, detail } => {
                let allowed = Some(vec![*first]);
                Problem {
                    allowed,
                    ..Problem::conflict(Kind::TooEarly, "Something else has to come first", detail)
                }
            }
            Rejection::Incomplete { missing } => {
                let detail = "The complaint cannot be closed before its record is complete.";
                let missing = missing.iter().copied().map(Lack::from).collect();
                Problem { missing, ..Problem::conflict(Kind::Incomplete, "The record is incomplete", detail) }
            }
            Rejection::AlreadyAnswered => {
                let detail = "You answered before, and that answer stands; what you sent now is not kept. If you have \
                              changed your mind or want to say more, reply to our e-mail or call us: a person will \
                              help you.";
                Problem::conflict(Kind::AlreadyAnswered, "Already answered", detail)
            }
            Rejection::TakenAsConsent => {
                let detail = "We had no answer by the date that we told you, and went on with what we proposed; \
                              what you sent now is not kept. If you do not agree or want to say more, please tell us so on \
                              your page, reply to our e-mail or call us: a person will look at it.";
                Problem::conflict(Kind::TakenAsConsent, "We went on without your answer", detail)
            }
            Rejection::Held => {
                let detail = "The record is held: nothing is taken away before the hold is lifted.";
                Problem::conflict(Kind::Held, "The record is held", detail)
            }
            Rejection::WindowPassed => {
                let detail = "This complaint can no longer be taken up again. Reply to our e-mail or call us, or send \
                              a new complaint.";
                Problem::conflict(Kind::WindowPassed, "The time for this has passed", detail)
            }
            Rejection::Unfit { pointer, code, detail } => {
                Problem::invalid(vec![FieldError::new(pointer.clone(), code, detail)])
            }
        }
    }
}

#[cfg(test)]
mod tests;
