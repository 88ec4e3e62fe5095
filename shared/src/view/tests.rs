use jiff::{SignedDuration, Timestamp};

use super::{
    story::{Story, staff, text},
    *,
};
use crate::{
    actor::Actor,
    command::{Command, Outcome, Pattern, Verb},
    complaint::StageName,
    evidence::{Described, FileKind, FileName, FileState, FileView},
    story::{csr, finding, propose},
    values::{Channel, Role, TextId},
};

fn view(story: &Story) -> CustomerView {
    CustomerView::of(&story.complaint, &story.history, &story.policy, story.now)
}

/// What the customer sees at a point of the story: the stage, the question, and the promises.
fn check(story: &Story, stage: StageName, question: Option<&str>, promises: &[&str]) {
    let view = view(story);
    assert_eq!(view.stage, stage);
    assert_eq!(view.question, question);
    let found: Vec<_> = view.promises.iter().map(|promised| promised.promise).collect();
    assert_eq!(found, promises, "{stage:?}");
}

#[test]
fn the_customer_sees_what_they_were_promised_and_what_they_are_asked() {
    let first = ["acknowledge", "first_contact", "update", "answer"];
    check(&Story::received(), StageName::Received, None, &first);
    check(&Story::acknowledged(), StageName::Acknowledged, None, &first[1..]);
    check(&Story::investigating(), StageName::Investigating, None, &first[2..]);
    check(&Story::waiting(), StageName::Investigating, Some("information"), &["update", "information"]);
    check(&Story::proposed(), StageName::Proposed, Some("proposal"), &["consent"]);
    check(&Story::refused(), StageName::Investigating, None, &["update", "answer"]);
    check(&Story::implementing(), StageName::Implementing, None, &[]);
    check(&Story::asked(), StageName::FollowingUp, Some("satisfaction"), &["close"]);
    check(&Story::closed(), StageName::Closed, Some("satisfaction"), &[]);
}

#[test]
fn who_accepts_after_a_date_that_was_offered_is_told_what_becomes_of_it() {
    let mut story = Story::proposed();
    assert_eq!(view(&story).if_accepted, "We carry it out by the dates above.");
    story.now = story.complaint.remedies()[0].promised_by;
    assert!(view(&story).if_accepted.contains("within the same time from now"));
}

#[test]
fn who_accepts_words_alone_is_not_told_of_dates() {
    let nothing = propose(Outcome::NotUpheld, Vec::new());
    let story = Story::investigating().then(1, &csr(), finding()).then(1, &csr(), nothing);
    let told = view(&story).if_accepted;
    assert!(told.starts_with("Nothing else is left to do") && !told.contains("date"), "{told}");
}

#[test]
fn the_history_tells_the_customer_what_happened_and_leaves_out_what_staff_do_among_themselves() {
    let words: Vec<_> = view(&Story::closed()).history.into_iter().map(|entry| entry.words).collect();
    assert_eq!(
        words,
        [
            "You complained on our website.",
            "We confirmed that we have your complaint.",
            "A person took your complaint on.",
            "We got in touch with you by phone.",
            "We found out what happened.",
            "We made you a proposal.",
            "You accepted our proposal.",
            "Done: an apology.",
            "Done: a refund of 12.50 GBP.",
            "Everything that was decided is done.",
            "We asked you whether you are satisfied.",
            "You told us how satisfied you are: 4 of 5.",
            "Your complaint was closed.",
        ]
    );
}

#[test]
fn a_broken_promise_is_said_to_the_customer() {
    let view = view(&Story::forgotten());
    let words: Vec<_> = view.history.iter().map(|entry| entry.words.as_str()).collect();
    assert!(words.iter().any(|words| words.contains("We did not answer by the date")), "{words:#?}");
    assert!(view.promises.iter().any(|promised| promised.late), "{:#?}", view.promises);
}

#[test]
fn a_date_that_was_put_off_before_it_passed_is_not_said_to_be_broken() {
    let story = Story::acknowledged();
    let until = story.now + SignedDuration::from_hours(24 * 40);
    let story = story.then(24, &csr(), Command::AnnounceDelay { until, text: text() });
    let story = story.then(24 * 20, &Actor::System, Command::WatchPromises);
    let said = |story: &Story| {
        let broken = "We did not answer by the date";
        view(story).history.iter().filter(|entry| entry.words.contains(broken)).count()
    };
    assert!(story.history.iter().any(|recorded| recorded.event.name() == "PromiseMissed"));
    assert_eq!((said(&story), said(&Story::forgotten())), (0, 1));
}

#[test]
fn the_view_as_json_has_no_staff_in_it() {
    let json = serde_json::to_string(&view(&Story::closed())).unwrap();
    assert!(!json.contains("ana"), "{json}");
}

#[test]
fn the_texts_come_from_where_the_record_points() {
    let story = Story::proposed();
    assert!(CustomerView::explanation_of(&story.complaint).is_some());
    assert!(CustomerView::explanation_of(&Story::acknowledged().complaint).is_none());
    let view = view(&story).with_texts(Some(story::intake()), Some("Because.".to_owned()));
    assert_eq!(view.resolution.unwrap().explanation.as_deref(), Some("Because."));
}

#[test]
fn only_what_was_asked_since_the_last_answer_waits_for_one() {
    let count = |story: &Story| CustomerView::questions_of(&story.complaint, &story.history).len();
    assert_eq!(count(&Story::investigating()), 0);
    assert_eq!(count(&Story::waiting()), 1);
    let again = Story::waiting().then(1, &staff(), Command::AskCustomer { text: text() });
    assert_eq!(count(&again), 2, "none of the two is answered");
    let added = Command::AddInformation { text: text(), channel: Channel::Web, marks: Vec::new() };
    assert_eq!(count(&again.then(1, &Actor::Customer, added)), 0);
}

#[test]
fn the_customer_is_offered_what_they_can_do_and_nothing_else() {
    use Verb::{AddEvidence, AddInformation, AskData, AskErasure, AskEscalation, EndLinks, Withdraw};
    let check = |story: Story, verbs: &[Verb]| assert_eq!(view(&story).allowed, verbs);
    check(
        Story::received(),
        &[AddInformation, AskEscalation, Withdraw, AddEvidence, EndLinks, AskData, AskErasure],
    );
    check(
        Story::investigating(),
        &[AddInformation, AskEscalation, Withdraw, AddEvidence, EndLinks, AskData, AskErasure],
    );
    check(Story::proposed(), &[AddInformation, Withdraw, AddEvidence, EndLinks, AskData, AskErasure]);
    check(Story::refused(), &[AddInformation, Withdraw, AddEvidence, EndLinks, AskData, AskErasure]);
    check(
        Story::implementing(),
        &[AddInformation, AskEscalation, AddEvidence, EndLinks, AskData, AskErasure],
    );
    check(Story::closed(), &[AddInformation, EndLinks, AskData, AskErasure]);
    let asked = Story::closed().then(1, &Actor::Customer, Command::AskErasure { channel: Channel::Web });
    check(asked, &[AddInformation, EndLinks, AskData]);
    let asked = Story::closed().then(1, &Actor::Customer, Command::AskData { channel: Channel::Web });
    check(asked, &[AddInformation, EndLinks, AskErasure]);
    // Who has no address would be left without a link.
    let unread = Story::received().then(1, &Actor::Customer, Command::Disown);
    check(unread, &[AddInformation, AskEscalation, Withdraw, AddEvidence, AskData, AskErasure]);
}

#[test]
fn staff_see_in_a_summary_what_they_can_do_now() {
    let story = Story::proposed();
    let csr = Actor::Staff { id: "ben".parse().unwrap(), role: Role::Csr };
    let summary = Summary::of(&story.complaint, &csr);
    assert_eq!(summary.version, story.complaint.version);
    assert!(summary.allowed.contains(&Verb::AnswerProposal));
    assert!(!summary.allowed.contains(&Verb::CompleteRemedy));
}

#[test]
fn a_summary_as_json_stays_as_clients_know_it() {
    let story = Story::implementing();
    let csr = Actor::Staff { id: "ben".parse().unwrap(), role: Role::Csr };
    let summary = Summary::of(&story.complaint, &csr);
    insta::assert_snapshot!(serde_json::to_string_pretty(&summary).unwrap());
}

#[test]
fn a_further_concern_is_asked_for_only_while_it_can_be_taken_up() {
    let late = jiff::SignedDuration::from_hours(24 * 40);
    let mut story = Story::closed();
    assert!(view(&story).reopen_until.is_some());
    story.now += late;
    assert_eq!(view(&story).reopen_until, None);
    // What is not closed can be taken up as long as it is not, which is today for certain.
    let mut story = Story::asked();
    story.now += late;
    assert_eq!(view(&story).reopen_until, Some(story.policy.calendar.end_of_day(story.now)));
}

/// Whether all that stands in an answer is described, at every depth, and all that is described as needed is there.
fn check_described(
    document: &serde_json::Value,
    schema: &serde_json::Value,
    value: &serde_json::Value,
    place: &str,
) {
    if let Some(target) = schema["$ref"].as_str() {
        let target = document.pointer(target.trim_start_matches('#')).unwrap();
        return check_described(document, target, value, place);
    }
    if let (Some(properties), Some(fields)) = (schema["properties"].as_object(), value.as_object()) {
        let is_open = properties.is_empty() || place.ends_with("/event");
        for (name, field) in fields.iter().filter(|_| !is_open) {
            let place = format!("{place}/{name}");
            check_described(
                document,
                properties.get(name).unwrap_or_else(|| panic!("{place} is not described")),
                field,
                &place,
            );
        }
        for needed in schema["required"].as_array().into_iter().flatten() {
            assert!(fields.contains_key(needed.as_str().unwrap()), "{place} lacks {needed}");
        }
    }
    for item in value.as_array().into_iter().flatten() {
        check_described(document, &schema["items"], item, &format!("{place}/0"));
    }
    if let Some(words) = schema["enum"].as_array() {
        assert!(words.contains(value), "{place}: {value} is none of {words:?}");
    }
}

#[test]
fn every_answer_is_as_the_description_of_the_api_says() {
    let document: serde_json::Value = serde_json::from_str(include_str!("../../openapi.json")).unwrap();
    let check = |schema: &str, value: serde_json::Value| {
        check_described(&document, &document["components"]["schemas"][schema], &value, schema);
    };
    let manager = Actor::Staff { id: "ana".parse().unwrap(), role: Role::Manager };
    let stories = vec![
        Story::received(),
        Story::acknowledged(),
        Story::investigating(),
        Story::proposed(),
        Story::refused(),
        Story::implementing(),
        Story::asked(),
        Story::closed(),
        Story::forgotten(),
    ];
    for story in stories {
        let summary = Summary::of(&story.complaint, &manager);
        let texts = std::collections::BTreeMap::new();
        let files = vec![file(&manager)];
        let seen = view(&story).with_texts(Some(story::intake()), Some("Because.".to_owned()));
        let seen = CustomerView { files: files.clone(), ..seen };
        let evidence = FilesView::of(summary.reference, files.clone(), true, &story.policy.evidence);
        check("Files", serde_json::to_value(evidence).unwrap());
        check("CustomerView", serde_json::to_value(seen).unwrap());
        check("Summary", serde_json::to_value(&summary).unwrap());
        let (complaint, history) = (Some(story::intake()), story.history.clone());
        let suggestion = Case::suggestion(&story.complaint, complaint.as_ref(), &story.policy);
        assert_eq!(suggestion.is_some(), story.complaint.category.is_none(), "until it is triaged");
        let other = Other { id: story.complaint.id, reference: story.complaint.reference };
        let together = vec![Together { pattern: Pattern::Alike, count: 5, others: vec![other] }];
        let accesses = Some(vec![access()]);
        let case = Case {
            same: Vec::new(),
            linked: Vec::new(),
            told: Vec::new(),
            summary,
            complaint,
            history,
            texts,
            texts_left_out: 1,
            files,
            suggestion,
            alike: Vec::new(),
            together,
            redress: None,
            accesses,
        };
        check("Case", serde_json::to_value(case).unwrap());
        let promises = Promised::to_customer(&story.complaint);
        let link = "https://complaints.example/link/token".to_owned();
        let accepted = Accepted { reference: story.complaint.reference, promises, link };
        check("Accepted", serde_json::to_value(accepted).unwrap());
    }
    let letter = PreviewedLetter {
        letter: crate::letter_kind::LetterKind::Proposal,
        language: crate::values::Language::ENGLISH,
        subject: "Our proposal".to_owned(),
        text: "Sorry.".to_owned(),
    };
    let reference = Story::received().complaint.reference;
    let preview = Preview { reference, letters: vec![letter], unreachable: false };
    check("Preview", serde_json::to_value(preview).unwrap());
    let problem = crate::problem::Problem::stale(3).of_request("req-1");
    check("Problem", serde_json::to_value(problem).unwrap());
}

fn file(by: &Actor) -> FileView {
    let described = Described {
        name: FileName::of("bill.pdf"),
        kind: Some(FileKind::Pdf),
        size: 7,
        sha256: crate::values::Digest::of(b"content"),
    };
    let (id, at) = (story::text().id, jiff::Timestamp::UNIX_EPOCH);
    FileView { id, at, by: Some(by.clone()), state: FileState::Kept, described: Some(described) }
}

fn access() -> crate::access::Access {
    crate::access::Access {
        at: "2026-10-05T08:00:00Z".parse().unwrap(),
        staff: "sam".parse().unwrap(),
        role: crate::values::Role::Csr,
        route: "GET /staff/complaints/{complaint}".to_owned(),
        refused: false,
        sought: None,
        held: None,
        request: "req-1".to_owned(),
    }
}

#[test]
fn of_more_texts_than_an_answer_has_room_for_the_latest_are_shown() {
    let text = |minute: i64, length: usize| {
        let at = Timestamp::UNIX_EPOCH + SignedDuration::from_mins(minute);
        (TextId::from_parts(at, [7; 10]), "x".repeat(length))
    };
    let (shown, left_out) = Case::fitting([text(1, 10), text(2, 10)]);
    assert_eq!((shown.len(), left_out), (2, 0));
    let (shown, left_out) = Case::fitting((0..200).map(|minute| text(minute, 40_000)));
    assert_eq!((shown.len(), left_out), (25, 175));
    assert_eq!(*shown.first_key_value().unwrap().0, text(175, 1).0, "none is missing in between");
    let (shown, left_out) = Case::fitting([text(1, 10), text(2, 1_000_001), text(3, 10)]);
    assert_eq!((shown.len(), left_out), (1, 2));
}
