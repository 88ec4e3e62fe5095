use std::collections::{BTreeMap, BTreeSet};

use super::*;
use crate::{
    command::{Command, Verb},
    evidence::FileView,
    fields::{FieldError, Fields},
    problem::Problem,
    rejection::{Missing, Rejection},
    staff_body,
    story::{Story, csr, intake, manager, owner},
    values::{Channel, Currency, Role, Severity, StaffId, TextId},
    view::{self, Case, Summary},
};

const TEXT: &str = "<b>Bold</b> & \u{202e}more";

/// All there is of a story's complaint, every text of it being the same.
fn case(story: &Story, actor: &Actor) -> Case {
    let texts: BTreeMap<TextId, String> = [(crate::story::text().id, TEXT.to_owned())].into();
    let told = intake();
    Case {
        same: Vec::new(),
        linked: Vec::new(),
        told: Vec::new(),
        summary: Summary::of(&story.complaint, actor),
        suggestion: Case::suggestion(&story.complaint, Some(&told), &story.policy),
        complaint: Some(told),
        files: FileView::of(&story.events, &std::collections::HashMap::new()),
        history: story.events.clone(),
        texts,
        texts_left_out: 0,
        alike: Vec::new(),
        together: Vec::new(),
        redress: None,
        accesses: None,
    }
}

fn page(story: &Story, actor: &Actor) -> String {
    let case: view::Case = case(story, actor);
    let frame = Frame::of(&story.policy, Some(actor));
    let (complaint, policy, now) = (&story.complaint, &story.policy, story.now);
    CasePage { frame, case: &case, complaint, done: None, actor, policy, now }.render()
}

fn queue(queue: Queue, stories: &[Story], actor: &Actor) -> String {
    let policy = &stories[0].policy;
    let now = stories[0].now;
    let complaints: Vec<_> = stories.iter().map(|story| story.complaint.clone()).collect();
    let complaints: Vec<_> =
        complaints.into_iter().filter(|complaint| queue.takes(complaint, actor, (now, policy))).collect();
    let frame = Frame::of(policy, Some(actor));
    QueuePage {
        frame,
        queue,
        narrowed: None,
        complaints: &complaints,
        next: None,
        hint: None,
        sought: None,
        about: (None, None),
        actor,
        policy,
        now,
    }
    .render()
}

fn investigated() -> Story {
    let mut story = Story::begins("2026-10-05T08:00:00Z");
    story.taken_on();
    story
}

/// What stands between two parts of a page.
fn between<'p>(page: &'p str, from: &str, to: &str) -> &'p str {
    page.split_once(from).unwrap_or_else(|| panic!("{from} in {page}")).1.split_once(to).unwrap().0
}

#[test]
fn the_queue_is_shown_with_the_nearest_promise_first() {
    let received = Story::begins("2026-10-05T09:00:00Z");
    let mut taken = investigated();
    taken.now = received.now;
    insta::assert_snapshot!(queue(Queue::Open, &[taken, received], &csr()));
}

#[test]
fn the_case_is_shown_with_everything_that_can_be_done() {
    let mut story = investigated();
    story.proposed();
    insta::assert_snapshot!(page(&story, &manager()));
}

#[test]
fn a_case_says_what_its_text_suggests_and_fills_it_in() {
    let story = Story::begins("2026-10-05T08:00:00Z");
    let page = page(&story, &csr());
    let suggested = between(&page, "What its text suggests", "</section>");
    assert!(suggested.contains("Severity") && suggested.contains("because:"), "{suggested}");
    let triage = between(&page, "id=\"triage\"", "</form>");
    assert!(triage.contains("<option value=\"normal\" selected>"), "{triage}");
}

#[test]
fn the_loss_that_was_given_stands_in_the_form_of_triage() {
    let mut story = investigated();
    for (loss, stands) in [(Some("120.50 GBP"), "value=\"120.50\""), (None, "value=\"\"")] {
        let loss = loss.map(|loss| loss.parse().unwrap());
        let triage = crate::command::Triage { loss, ..crate::story::triaged("billing", Severity::Low) };
        story.then(&csr(), Command::Triage(triage));
        let page = page(&story, &csr());
        let field = between(&page, "for=\"triage-loss\"", "</div>");
        assert!(field.contains(stands), "{field}");
    }
}

#[test]
fn every_kind_of_complaint_has_a_page_that_holds_no_markup_of_others() {
    let mut story = investigated();
    let mut pages = vec![page(&story, &csr())];
    story.proposed();
    pages.push(page(&story, &csr()));
    story.accepted();
    pages.push(page(&story, &manager()));
    for page in pages {
        assert!(!page.contains("<b>Bold") && !page.contains('\u{202e}'), "{page}");
        assert!(page.len() < 100_000, "{} bytes", page.len());
    }
}

#[test]
fn what_cannot_be_done_is_listed_with_the_reason() {
    let story = investigated();
    let page = page(&story, &csr());
    let not_now = between(&page, "What you cannot do now, and why", "</details>");
    for (title, why) in [
        ("Propose a resolution", "What was found has to be recorded first"),
        ("Tick off a remedy", "Not while it is acknowledged"),
        ("Hold the record", "That is for the manager to do"),
        ("Lift the hold", "That is for the manager to do"),
    ] {
        assert!(not_now.contains(&format!("<dt>{title}</dt><dd>{why}.</dd>")), "{title}: {not_now}");
    }
    let about_me = {
        let mut story = investigated();
        let subject = crate::command::Triage {
            subject: Some(crate::story::owner()),
            ..crate::story::triaged("billing", Severity::Low)
        };
        story.then(&manager(), Command::Triage(subject));
        story
    };
    assert!(self::page(&about_me, &csr()).contains("<dt>Get in touch</dt><dd>It is about you.</dd>"));
    for action in ACTIONS {
        let form = format!("id=\"{}\"", action.key);
        assert!(
            page.contains(&form) != not_now.contains(&format!("<dt>{}</dt>", action.title)),
            "{}",
            action.key
        );
    }
}

#[test]
fn every_action_that_is_allowed_has_its_form_and_each_is_of_staff() {
    let verbs: BTreeSet<Verb> = ACTIONS.iter().filter_map(|action| action.verb).collect();
    for role in Role::ALL {
        let actor = Actor::Staff { id: "pat".parse().unwrap(), role };
        let mut story = investigated();
        for _ in 0..3 {
            let allowed = crate::decide::allowed_now(&story.complaint, &actor);
            // A higher level is asked for by the form that escalates; for data or its erasure, by the customer.
            let without = [Verb::AskEscalation, Verb::AskData, Verb::AskErasure];
            let missing = allowed.iter().filter(|verb| !verbs.contains(verb) && !without.contains(verb));
            assert_eq!(missing.collect::<Vec<_>>(), [&Verb::Receive; 0]);
            if story.complaint.proposals == 0 {
                story.proposed();
            } else if story.complaint.answered.is_none() {
                story.accepted();
            }
        }
    }
    let keys: BTreeSet<&str> =
        ACTIONS.iter().chain(HELD).chain(ON_REPORTS).map(|action| action.key).collect();
    assert_eq!(keys.len(), ACTIONS.len() + HELD.len() + ON_REPORTS.len(), "each has a name of its own");
}

#[test]
fn what_was_typed_comes_back_with_what_is_wrong_beside_its_field() {
    let mut story = investigated();
    story.then(&csr(), crate::story::finding());
    let sent = "version=4&outcome=upheld&explanation=Sorry+%3Ci%3E&remedies/0/kind=refund&remedies/0/amount=lots\
                &remedies/0/owner=&remedies/0/promised_by=2026-10-09&remedies/1/kind=&remedies/1/amount=";
    let fields = Fields::from_form(sent.as_bytes()).unwrap();
    let typed = fields.typed();
    let zone = story.policy.calendar.zone();
    let mut fields = Fields::from_form(sent.as_bytes()).unwrap();
    fields.raw_text("version");
    let errors = staff_body::Propose::read(fields, Currency::parse("GBP").unwrap(), zone).unwrap_err();
    let problem = Problem::invalid(errors);
    let action = Action::sent("propose", &typed).unwrap();
    let actor = csr();
    let ground =
        Ground { policy: &story.policy, complaint: Some(&story.complaint), suggestion: None, actor: &actor };
    let form = FormView::again(action, "/x".to_owned(), ground, None, &typed, &problem.errors);
    let frame = Frame::of(&story.policy, Some(&actor));
    let page = Act { frame, reference: Some("28T-5CY-01J"), form: &form, problem: Some(&problem) }.render();
    assert!(page.contains("<title>Error: Propose a resolution 28T-5CY-01J"), "{page}");
    assert!(page.contains("<a href=\"#propose-remedies-0-amount\">Amount: "), "{page}");
    let amount = between(&page, "for=\"propose-remedies-0-amount\"", "</div>");
    assert!(
        amount.contains("class=\"error\"")
            && amount.contains("value=\"lots\"")
            && amount.contains("aria-invalid")
    );
    assert!(page.contains("Sorry &#60;i&#62;</textarea>"), "{page}");
    assert!(page.contains("<option value=\"refund\" selected>") && page.contains("value=\"2026-10-09\""));
    assert!(page.contains(&format!("name=\"version\" value=\"{}\"", story.complaint.version)));
}

#[test]
fn what_is_refused_is_said_with_what_is_missing_or_possible_instead() {
    let story = investigated();
    let actor = csr();
    let ground =
        Ground { policy: &story.policy, complaint: Some(&story.complaint), suggestion: None, actor: &actor };
    let frame = Frame::of(&story.policy, Some(&actor));
    let check = |problem: Problem, words: &[&str]| {
        let form = FormView::new(Action::keyed("close").unwrap(), "/x".to_owned(), ground);
        let page =
            Act { frame, reference: Some("28T-5CY-01J"), form: &form, problem: Some(&problem) }.render();
        for words in words {
            assert!(page.contains(words), "{words} in {page}");
        }
    };
    let missing = vec![Missing::Outcome, Missing::Consent];
    check(
        Problem::from(&Rejection::Incomplete { missing }),
        &["The record is incomplete", "has no outcome", "has not agreed"],
    );
    check(
        Problem::from(&Rejection::TooEarly { first: Verb::RecordFinding, detail: "Find out first." }),
        &["Find out first.", "Possible now: Record what was found."],
    );
    check(Problem::stale(9), &["Changed by somebody else", "what you typed stands below"]);
}

#[test]
fn of_forms_to_one_route_the_one_that_was_sent_is_known() {
    let check = |route: &str, sent: &str, key: &str| {
        let typed = Fields::from_form(sent.as_bytes()).unwrap().typed();
        assert_eq!(Action::sent(route, &typed).map(|action| action.key), Some(key), "{route} {sent}");
    };
    check("investigate", "note=&kind=fact", "note");
    check("investigate", "finding=x", "finding");
    check("hold", "hold=true&reason=", "hold");
    check("hold", "hold=false&reason=", "lift");
    check("link", "linked=false&reason=", "unlink");
    check("remedy-change", "dropped=true&remedy=1&reason=x", "remedy-drop");
    check("remedy-change", "remedy=1&promised_by=&reason=x", "remedy-date");
    check("discard", "reason=", "discard");
    check("actions", "what=", "report-action");
    check("end", "ending=done", "report-action-end");
    assert_eq!(Action::sent("answer-nobody", &BTreeMap::new()), None);
}

/// What the forms send is what the bodies read: each field of each form is known to its route.
#[test]
fn every_field_of_every_form_is_one_of_its_body() {
    let policy = crate::policy::Policy::built_in();
    let (currency, zone) = (Currency::parse("GBP").unwrap(), policy.calendar.zone());
    let unknown = |action: &Action, errors: Result<(), Vec<FieldError>>| {
        let errors = errors.err().unwrap_or_default().into_iter();
        let unknown: Vec<_> =
            errors.filter(|error| error.code == "unknown_field").map(|error| error.pointer).collect();
        assert_eq!(unknown, [""; 0], "{}", action.key);
    };
    let value = |asked: &action::Asked| match asked.kind {
        action::Kind::Fixed(value) => value,
        _ => "1",
    };
    for action in ACTIONS.iter().chain(HELD).chain(ON_REPORTS) {
        // When something was said is read for all steps.
        let read_here =
            |asked: &&action::Asked| asked.kind != action::Kind::Remedies && asked.name != SAID_AT;
        let fields = action.fields.iter().filter(read_here);
        let mut pairs: Vec<_> = fields.map(|asked| (asked.name.to_owned(), value(asked))).collect();
        if action.fields.iter().any(|asked| asked.kind == action::Kind::Remedies) {
            pairs.extend(action::REMEDY.iter().map(|asked| (format!("remedies/0/{}", asked.name), "1")));
        }
        let form = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
        let fields = Fields::from_form(form.as_bytes()).unwrap();
        unknown(
            action,
            match action.route {
                "assign" => staff_body::Assign::read(fields).map(drop),
                "triage" => staff_body::Triage::read(fields, currency).map(drop),
                "contact" => staff_body::Contact::read(fields).map(drop),
                "investigate" => staff_body::Investigate::read(fields).map(drop),
                "information-request" => staff_body::RequestInformation::read(fields).map(drop),
                "information" => staff_body::RecordInformation::read(fields).map(drop),
                "consultation" => staff_body::Consult::read(fields).map(drop),
                "consultation-answer" => staff_body::RecordConsultation::read(fields).map(drop),
                "delay" => staff_body::AnnounceDelay::read(fields, zone).map(drop),
                "propose" => staff_body::Propose::read(fields, currency, zone).map(drop),
                "settlement" => staff_body::Settle::read(fields, currency, zone).map(drop),
                "answer" => staff_body::RecordAnswer::read(fields).map(drop),
                "implement" => staff_body::Implement::read(fields).map(drop),
                "remedy-change" => staff_body::ChangeRemedy::read(fields, zone).map(drop),
                "escalate" => staff_body::Escalate::read(fields).map(drop),
                "feedback" => staff_body::TakeFeedback::read(fields).map(drop),
                "close" => staff_body::Close::read(fields).map(drop),
                "reopening" => staff_body::Reopen::read(fields).map(drop),
                "withdrawal" => staff_body::RecordWithdrawal::read(fields).map(drop),
                "refusal" => staff_body::Refuse::read(fields).map(drop),
                "refusal-decision" => staff_body::DecideRefusal::read(fields).map(drop),
                "duplicate" => staff_body::MarkDuplicate::read(fields).map(drop),
                "files" => staff_body::AnnounceFile::read(fields).map(drop),
                "link" => staff_body::LinkComplaint::read(fields).map(drop),
                "hold" => staff_body::Hold::read(fields).map(drop),
                "export" => staff_body::Export::read(fields).map(drop),
                "contact-data" => staff_body::CorrectContact::read(fields).map(drop),
                "data-request" | "erasure-request" => staff_body::RecordDataRequest::read(fields).map(drop),
                "link-ending" | "restriction" | "erasure-refusal" => {
                    staff_body::Because::read(fields).map(drop)
                }
                "release" => staff_body::Release::read(fields).map(drop),
                "actions" => {
                    let today = jiff::civil::date(2026, 10, 5);
                    staff_body::RecordAction::read(fields, today).map(drop)
                }
                "end" => staff_body::EndAction::read(fields).map(drop),
                "discard" => staff_body::Discard::read(fields).map(drop),
                other => panic!("{other} has no body here"),
            },
        );
    }
}

#[test]
fn the_letters_of_a_case_are_told_with_what_became_of_them() {
    let mut story = investigated();
    story.then(&csr(), Command::RecordContact { channel: Channel::Email, text: crate::story::text() });
    story.then(&Actor::System, crate::story::bounced(crate::letter_kind::LetterKind::Update));
    story.proposed();
    let told: Vec<_> =
        letter::letters(&story.events).into_iter().map(|sent| (sent.kind.code(), sent.fate)).collect();
    let fine = "Sent; nothing came back".to_owned();
    assert_eq!(
        told,
        [
            ("acknowledgement", fine.clone()),
            ("update", "Not delivered: it came back".to_owned()),
            ("proposal", fine),
        ]
    );
}

#[test]
fn an_acknowledgement_that_is_gathered_with_others_is_not_said_to_be_sent_before_it_is() {
    let mut story = Story::begins("2026-10-05T09:00:00Z");
    let fate = |story: &Story| letter::letters(&story.events).remove(0).fate;
    assert_eq!(fate(&story), "Not sent yet");
    story.then(&Actor::System, Command::Acknowledge);
    assert_eq!(fate(&story), "Sent; nothing came back");
}

#[test]
fn a_representative_is_not_offered_to_give_away_what_somebody_else_has() {
    let mut story = Story::begins("2026-10-05T09:00:00Z");
    let sam = Actor::Staff { id: StaffId::parse("sam@northgate.example").unwrap(), role: Role::Csr };
    let offered = |story: &Story, actor: &Actor| {
        crate::decide::allowed_now(&story.complaint, actor).contains(&Verb::Assign)
    };
    assert!(offered(&story, &sam) && offered(&story, &csr()));
    story.then(&csr(), Command::Assign { owner: owner() });
    assert!(!offered(&story, &sam) && offered(&story, &csr()) && offered(&story, &manager()));
    assert!(page(&story, &sam).contains("Somebody else has it"));
}

#[test]
fn each_queue_takes_what_it_is_for() {
    let received = Story::begins("2026-10-05T09:00:00Z");
    let mut mine = investigated();
    mine.now = received.now;
    let mut asked = investigated();
    asked.then(&csr(), Command::AskCustomer { text: crate::story::text() });
    let mut up = investigated();
    up.then(&csr(), Command::Escalate { reason: crate::story::text() });
    let mut late = investigated();
    late.after(24 * 30).then(&Actor::System, Command::WatchPromises);
    let all = [&received, &mine, &asked, &up, &late];
    let check = |queue: Queue, actor: &Actor, taken: &[bool]| {
        let takes = |story: &&Story| queue.takes(&story.complaint, actor, (story.now, &story.policy));
        assert_eq!(all.iter().map(takes).collect::<Vec<_>>(), taken, "{}", queue.code());
    };
    check(Queue::Unowned, &csr(), &[true, false, false, false, false]);
    check(Queue::Mine, &csr(), &[false, true, true, true, true]);
    check(Queue::Mine, &manager(), &[false; 5]);
    check(Queue::Waiting, &csr(), &[false, false, true, false, false]);
    check(Queue::Overdue, &csr(), &[false, false, false, false, true]);
    check(Queue::Escalated, &csr(), &[false; 5]);
    check(Queue::Escalated, &manager(), &[false, false, false, true, true]);
    check(Queue::Open, &csr(), &[true; 5]);
    check(Queue::Held, &csr(), &[false; 5]);
    assert!(Queue::DueSoon.takes(&received.complaint, &csr(), (received.now, &received.policy)));
    assert_eq!(late.complaint.severity, Severity::Normal);
}
