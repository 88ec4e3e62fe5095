//! What is answered to requests that are not carried out: problem details of RFC 9457.

use serde::{Deserialize, Serialize};

use crate::{
    command::Verb,
    fields::{FieldError, Malformed},
    rejection::{Missing, Rejection},
};

/// The media type of a problem's JSON.
pub const MEDIA_TYPE: &str = "application/problem+json";

/// One problem. Its JSON is the answer's body; pages show the same in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// Names the kind for ever, relative to the API: `/problems/invalid`.
    #[serde(rename = "type")]
    pub kind: String,
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
    fn new(status: u16, slug: &str, title: &str, detail: &str) -> Problem {
        Problem {
            kind: format!("/problems/{slug}"),
            title: title.to_owned(),
            status,
            detail: detail.to_owned(),
            instance: None,
            errors: Vec::new(),
            allowed: None,
            missing: Vec::new(),
            version: None,
            retry_after: None,
        }
    }

    /// The same, of the request of this id.
    #[must_use]
    pub fn of_request(self, id: &str) -> Problem {
        Problem { instance: Some(id.to_owned()), ..self }
    }

    /// The last part of the kind: `invalid`.
    pub fn slug(&self) -> &str {
        self.kind.trim_start_matches("/problems/")
    }

    /// 400: the body cannot be read.
    pub fn malformed(why: Malformed) -> Problem {
        Problem::new(400, "malformed", "The request cannot be read", &why.to_string())
    }

    /// 401: nobody signed in.
    pub fn unauthorized() -> Problem {
        Problem::new(401, "unauthorized", "Sign in first", "This needs a valid staff token.")
    }

    /// 403: somebody else may.
    pub fn forbidden(detail: &str) -> Problem {
        Problem::new(403, "forbidden", "You are not allowed to do this", detail)
    }

    /// 404: there is none, or not for you; both look alike.
    pub fn not_found() -> Problem {
        let detail =
            "There is nothing here, or it is not open to you. Check the address or open your link again.";
        Problem::new(404, "not-found", "Not found", detail)
    }

    /// 410: the link is too old.
    pub fn gone() -> Problem {
        let detail =
            "This link has expired. Ask for a new one: it is sent to the address that we have on file.";
        Problem::new(410, "expired", "This link has expired", detail)
    }

    /// 412: somebody changed the complaint meanwhile.
    pub fn stale(version: u32) -> Problem {
        let detail = "The complaint was changed meanwhile. Load it again, look at what changed, and repeat if you still want to.";
        Problem { version: Some(version), ..Problem::new(412, "stale", "Changed meanwhile", detail) }
    }

    /// 413: more than `limit` KiB.
    pub fn too_large(limit: usize) -> Problem {
        let detail = format!("The request is larger than {limit} KiB. Shorten it; more can be added later.");
        Problem::new(413, "too-large", "Too large", &detail)
    }

    /// 415: neither JSON nor a form.
    pub fn unsupported_media() -> Problem {
        let detail = "Send application/json or application/x-www-form-urlencoded.";
        Problem::new(415, "unsupported-media-type", "Unsupported media type", detail)
    }

    /// 422: fields are missing or wrong.
    pub fn invalid(errors: Vec<FieldError>) -> Problem {
        let detail = "Some fields are missing or wrong; nothing was recorded.";
        Problem { errors, ..Problem::new(422, "invalid", "Please check what you entered", detail) }
    }

    /// 422: one thing outside the fields is wrong, a header or a part of the address.
    pub fn invalid_request(code: &str, detail: &str) -> Problem {
        let error = FieldError { pointer: String::new(), code: code.to_owned(), detail: detail.to_owned() };
        Problem::invalid(vec![error])
    }

    /// 422: the idempotency key came before with another body.
    pub fn key_reused() -> Problem {
        let detail =
            "This idempotency key was used before with other content. Use a new key for a new complaint.";
        Problem::new(422, "key-reused", "The key was used for something else", detail)
    }

    /// 428: a write without saying on which version.
    pub fn precondition_required() -> Problem {
        let detail = "Send If-Match with the version that you have seen, such as \"7\", in its quotes.";
        Problem::new(428, "precondition-required", "Say which version you have seen", detail)
    }

    /// 429: too many from one address or network today.
    pub fn too_many(retry_after: u32) -> Problem {
        let detail = "We have had very many messages from you today. Please try again later, or call us.";
        Problem {
            retry_after: Some(retry_after),
            ..Problem::new(429, "too-many", "Too many messages", detail)
        }
    }

    /// 500: our fault, and trying again does not help by itself.
    pub fn internal() -> Problem {
        let detail = "We have been told about it. You can try again: nothing is recorded twice.";
        Problem::new(500, "internal", "Something went wrong on our side", detail)
    }

    /// 503: our fault for the moment.
    pub fn unavailable(retry_after: u32) -> Problem {
        let detail = "We cannot do this at the moment. Please try again shortly: nothing is recorded twice.";
        Problem {
            retry_after: Some(retry_after),
            ..Problem::new(503, "unavailable", "Please try again shortly", detail)
        }
    }

    fn conflict(slug: &str, title: &str, detail: &str) -> Problem {
        Problem::new(409, slug, title, detail)
    }
}

impl From<&Rejection> for Problem {
    fn from(rejection: &Rejection) -> Problem {
        match rejection {
            Rejection::NotFound => Problem::not_found(),
            Rejection::NotAllowed { needs: Some(role) } => {
                Problem::forbidden(&format!("This needs the role {}.", role.code()))
            }
            Rejection::NotAllowed { needs: None } => Problem::forbidden("This is for somebody else to do."),
            Rejection::Illegal { stage, allowed } => {
                let detail = format!("This is not possible in the stage {}.", stage.code());
                let allowed = Some(allowed.clone());
                Problem { allowed, ..Problem::conflict("illegal-transition", "Not possible now", &detail) }
            }
            Rejection::TooEarly { first } => {
                let detail = "Something else has to come first; `allowed` says what.";
                let allowed = Some(vec![*first]);
                Problem {
                    allowed,
                    ..Problem::conflict("too-early", "Something else has to come first", detail)
                }
            }
            Rejection::Incomplete { missing } => {
                let detail = "The complaint cannot be closed before its record is complete.";
                let missing = missing.iter().copied().map(Lack::from).collect();
                Problem { missing, ..Problem::conflict("incomplete", "The record is incomplete", detail) }
            }
            Rejection::AlreadyAnswered => {
                let detail = "You gave another answer before. If you have changed your mind, reply to our e-mail or \
                              call us: a person will help you.";
                Problem::conflict("already-answered", "Already answered", detail)
            }
            Rejection::Held => {
                let detail = "The record is held: nothing is taken away before the hold is lifted.";
                Problem::conflict("held", "The record is held", detail)
            }
            Rejection::WindowPassed => {
                let detail = "This complaint can no longer be taken up again. Reply to our e-mail or call us, or send \
                              a new complaint.";
                Problem::conflict("window-passed", "The time for this has passed", detail)
            }
            Rejection::Unfit { pointer, code, detail } => {
                let (code, detail) = ((*code).to_owned(), detail.clone());
                Problem::invalid(vec![FieldError { pointer: pointer.clone(), code, detail }])
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{command::RemedyKind, complaint::StageName, values::Role};

    fn check(rejection: &Rejection, status: u16, slug: &str) -> Problem {
        let problem = Problem::from(rejection);
        assert_eq!((problem.status, problem.slug()), (status, slug));
        problem
    }

    #[test]
    fn every_business_no_has_its_status() {
        check(&Rejection::NotFound, 404, "not-found");
        check(&Rejection::NotAllowed { needs: Some(Role::Manager) }, 403, "forbidden");
        check(&Rejection::NotAllowed { needs: None }, 403, "forbidden");
        check(&Rejection::AlreadyAnswered, 409, "already-answered");
        check(&Rejection::WindowPassed, 409, "window-passed");
        let detail = "There is no remedy of that number.".to_owned();
        let unfit = Rejection::Unfit { pointer: "/remedy".to_owned(), code: "unknown_value", detail };
        assert_eq!(check(&unfit, 422, "invalid").errors[0].pointer, "/remedy");
    }

    #[test]
    fn an_illegal_step_says_what_is_possible_now() {
        let illegal = Rejection::Illegal { stage: StageName::Closed, allowed: vec![Verb::RecordFeedback] };
        let problem = check(&illegal, 409, "illegal-transition");
        assert_eq!(problem.allowed, Some(vec![Verb::RecordFeedback]));
        let nothing = check(
            &Rejection::Illegal { stage: StageName::Closed, allowed: vec![] },
            409,
            "illegal-transition",
        );
        assert_eq!(serde_json::to_value(nothing).unwrap()["allowed"], serde_json::json!([]));
        let early = check(&Rejection::TooEarly { first: Verb::RecordFinding }, 409, "too-early");
        assert_eq!(early.allowed, Some(vec![Verb::RecordFinding]));
    }

    #[test]
    fn an_incomplete_record_says_what_is_missing() {
        let missing =
            vec![Missing::RootCause, Missing::Remedy { number: 2, kind: RemedyKind::GoodwillPayment }];
        let problem = check(&Rejection::Incomplete { missing }, 409, "incomplete");
        let codes: Vec<_> = problem.missing.iter().map(|lack| lack.code.as_str()).collect();
        assert_eq!(codes, ["root_cause", "remedy"]);
        assert_eq!(problem.missing[1].detail, "Remedy 2 (goodwill payment) is not carried out.");
    }

    #[test]
    fn a_problem_is_json_of_rfc_9457() {
        let error = FieldError {
            pointer: "/email".to_owned(),
            code: "required".to_owned(),
            detail: "This is needed.".to_owned(),
        };
        let problem = Problem::invalid(vec![error]).of_request("req-1");
        let json = serde_json::to_value(&problem).unwrap();
        assert_eq!(
            json,
            serde_json::json!({
                "type": "/problems/invalid",
                "title": "Please check what you entered",
                "status": 422,
                "detail": "Some fields are missing or wrong; nothing was recorded.",
                "instance": "req-1",
                "errors": [{"pointer": "/email", "code": "required", "detail": "This is needed."}],
            })
        );
        assert_eq!(serde_json::from_value::<Problem>(json).unwrap(), problem);
    }

    #[test]
    fn what_is_not_yours_looks_like_what_is_not_there() {
        assert_eq!(Problem::from(&Rejection::NotFound), Problem::not_found());
    }
}
