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
    check(&Rejection::TakenAsConsent, 409, "taken-as-consent");
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
    let nothing =
        check(&Rejection::Illegal { stage: StageName::Closed, allowed: vec![] }, 409, "illegal-transition");
    assert_eq!(serde_json::to_value(nothing).unwrap()["allowed"], serde_json::json!([]));
    let early = check(
        &Rejection::TooEarly { first: Verb::RecordFinding, detail: "Find out first." },
        409,
        "too-early",
    );
    assert_eq!(early.allowed, Some(vec![Verb::RecordFinding]));
}

#[test]
fn an_incomplete_record_says_what_is_missing() {
    let missing = vec![Missing::RootCause, Missing::Remedy { number: 2, kind: RemedyKind::GoodwillPayment }];
    let problem = check(&Rejection::Incomplete { missing }, 409, "incomplete");
    let codes: Vec<_> = problem.missing.iter().map(|lack| lack.code.as_str()).collect();
    assert_eq!(codes, ["root_cause", "remedy"]);
    assert_eq!(problem.missing[1].detail, "Remedy 2 (goodwill payment) is not carried out.");
}

#[test]
fn a_problem_is_json_of_rfc_9457() {
    let error = FieldError::new("/email".to_owned(), "required", "This is needed.");
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

#[test]
fn every_kind_is_known_again_by_its_name() {
    for kind in Kind::ALL {
        assert_eq!(Kind::try_from(String::from(kind)), Ok(kind));
    }
    for name in ["", "invalid", "/problems/", "/problems/other"] {
        assert!(Kind::try_from(name.to_owned()).is_err(), "{name}");
    }
}
