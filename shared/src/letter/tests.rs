mod answers;
mod same;

use insta::assert_snapshot;

use super::*;
use crate::{
    actor::Actor,
    command::{Answer, Command, ContactData, Grounds, Other, Outcome, Reach, Verdict},
    intake::Intake,
    story::*,
    values::{Channel, Digest, Language, Line, Severity},
};
use same::{check_both_say_the_same, check_in_german, links};

const LINK: &str = "https://complaints.northgate.example/link/TOKEN";
const NOT_ME: &str = "https://complaints.northgate.example/disown/TOKEN";
const BASE_URL: &str = "https://complaints.northgate.example";
const EXPLANATION: &str = "We booked the old rate by mistake.\n\nFrom now on <two> people check each change.";

fn to_customer_about(story: &Story, event: &str, kind: LetterKind) -> Letter {
    let recorded = story.last(event);
    assert_eq!(customer_letter_for(recorded, &story.complaint), Some(kind));
    written(story, Some(recorded), &intake(), kind)
}

fn written(story: &Story, recorded: Option<&Recorded>, intake: &Intake, kind: LetterKind) -> Letter {
    let facts = CustomerFacts {
        policy: &story.policy,
        complaint: &story.complaint,
        intake,
        link: LINK,
        not_me: NOT_ME,
        answerable: false,
        text: Some(EXPLANATION),
        other: Some(Reference::from_bytes([0x12, 0x34, 0x56, 0x78, 2])),
        recorded,
    };
    to_customer(kind, &facts).unwrap()
}

/// Snapshots a letter in both forms under its own name.
fn check(letter: &Letter, name: &str) {
    let Letter { subject, text, html, .. } = letter;
    assert!(!subject.contains(char::is_control), "{subject:?} is not safe in a header");
    assert_eq!(html.matches("<h1").count(), 1, "one main heading");
    assert!(!html.contains("<img") && !html.contains("src="), "nothing from outside");
    assert!(html.len() < 100 * 1024 && text.len() < 100 * 1024, "{name}: {} bytes", html.len());
    check_both_say_the_same(letter);
    assert_snapshot!(format!("{name}.txt"), format!("Subject: {subject}\n\n{text}"));
    assert_snapshot!(format!("{name}.html"), html);
}

fn in_language(story: &Story, words: &Words) -> Story {
    let mut story = story.clone();
    story.complaint.language = Language::parse(words.tag).unwrap();
    story
}

fn check_customer(story: &Story, event: &str, kind: LetterKind) {
    assert_eq!(customer_letter_for(story.last(event), &story.complaint), Some(kind));
    check_languages(story, Some(event), kind, kind.code());
}

/// Snapshots a letter to the customer in every language.
fn check_languages(story: &Story, event: Option<&str>, kind: LetterKind, name: &str) {
    let [english, german] = words::ALL.map(|words| {
        let story = in_language(story, words);
        let letter = written(&story, event.map(|event| story.last(event)), &intake(), kind);
        assert!(letter.html.contains(&format!("<html lang=\"{}\">", words.tag)));
        let is_first = kind == LetterKind::Acknowledgement || event == Some("ContactCorrected");
        let others = is_first.then_some(NOT_ME);
        let all: Vec<&str> = [LINK].into_iter().chain(others).collect();
        assert_eq!(
            links(&letter.html),
            all,
            "the private link, once, and no other but for who never complained"
        );
        // English ones go by their name alone.
        check(&letter, &if words.tag == "en" { name.to_owned() } else { format!("{name}.{}", words.tag) });
        letter
    });
    let reference = story.complaint.reference.to_string();
    check_in_german(name, &story.policy, &reference, [&english, &german]);
}

fn check_staff(story: &Story, event: &str, kind: LetterKind, name: &str) {
    let recorded = story.last(event);
    let (found, _) = staff_letter_for(recorded, &story.complaint, &story.policy).unwrap();
    assert_eq!(found, kind);
    let facts = StaffFacts {
        policy: &story.policy,
        complaint: &story.complaint,
        recorded,
        text: Some("Was the payment sent twice?"),
        link: Some(LINK),
        base_url: BASE_URL,
    };
    check(&to_staff(kind, &facts).unwrap(), name);
}

/// What staff are told of the last event of this name.
fn to_staff_about(story: &Story, event: &str, kind: LetterKind) -> Letter {
    let facts = StaffFacts {
        policy: &story.policy,
        complaint: &story.complaint,
        recorded: story.last(event),
        text: None,
        link: None,
        base_url: BASE_URL,
    };
    to_staff(kind, &facts).unwrap()
}

/// What staff are told of the letter that came back last.
fn undeliverable(story: &Story) -> Letter {
    to_staff_about(story, "LetterUndeliverable", LetterKind::Undeliverable)
}

fn begun() -> Story {
    Story::begins("2026-11-02T10:00:00Z")
}

#[test]
fn the_acknowledgement_thanks_apologises_and_tells_reference_details_and_dates() {
    check_customer(&begun(), "Received", LetterKind::Acknowledgement);
}

#[test]
fn complaints_that_were_gathered_are_acknowledged_in_one_letter() {
    let later = "2026-11-02T10:20:00Z".parse().unwrap();
    let (posted, links) = (intake(), [LINK, "https://complaints.northgate.example/link/OTHER"]);
    for words in words::ALL {
        let stories = [begun(), Story::begins_with(2, later, Channel::Web, None, Policy::built_in())];
        let stories = stories.map(|story| in_language(&story, words));
        let facts = |number: usize| CustomerFacts {
            policy: &stories[number].policy,
            complaint: &stories[number].complaint,
            intake: &posted,
            link: links[number],
            not_me: NOT_ME,
            answerable: false,
            text: None,
            other: None,
            recorded: Some(stories[number].last("Received")),
        };
        let both = [facts(0), facts(1)];
        let name = if words.tag == "en" { "" } else { ".de" };
        check(&acknowledgements(&both).unwrap(), &format!("acknowledgements{name}"));
        assert_eq!(acknowledgements(&both[..1]), to_customer(LetterKind::Acknowledgement, &both[0]));
    }
    assert_eq!(acknowledgements(&[]), None);
}

#[test]
fn a_contact_by_email_is_an_update_in_the_representatives_words() {
    let mut story = begun();
    story.taken_on().then(&csr(), Command::RecordContact { channel: Channel::Email, text: text() });
    check_customer(&story, "ContactMade", LetterKind::Update);
}

#[test]
fn a_proposal_explains_offers_and_asks() {
    let mut story = begun();
    story.taken_on().proposed();
    check_customer(&story, "Proposed", LetterKind::Proposal);
}

#[test]
fn a_proposal_that_was_answered_already_does_not_ask() {
    let mut story = begun();
    story.taken_on().proposed().accepted();
    let letter = to_customer_about(&story, "Proposed", LetterKind::Proposal);
    assert!(!letter.text.contains("Please tell us by"));
    assert!(letter.text.contains("for your records"));
    check_languages(&story, Some("Proposed"), LetterKind::Proposal, "proposal-answered");
}

#[test]
fn a_proposal_without_an_answer_is_reminded_of() {
    let mut story = begun();
    story.taken_on().proposed().after(24 * 8).then(&Actor::System, Command::WatchPromises);
    check_customer(&story, "PromiseWarned", LetterKind::ProposalReminder);
}

#[test]
fn a_refusal_goes_up_and_the_customer_is_told_the_new_date() {
    let mut story = begun();
    story.taken_on().proposed().after(24).then(&Actor::Customer, answer(1, Answer::Refuse));
    check_customer(&story, "Escalated", LetterKind::EscalationNotice);
}

#[test]
fn what_takes_the_place_of_a_proposal_says_so() {
    let mut story = begun();
    story.taken_on().proposed();
    let first = story.last("Proposed").clone();
    let now = story.now;
    story.then(&csr(), propose(Outcome::Upheld, vec![refund(now, "50.00 GBP")]));
    let letter = to_customer_about(&story, "Proposed", LetterKind::Proposal);
    assert!(letter.text.contains("takes the place of what we proposed to you before"), "{}", letter.text);
    check_languages(&story, Some("Proposed"), LetterKind::Proposal, "proposal-instead");
    assert_eq!(customer_letter_for(&first, &story.complaint), None, "it is overtaken");
}

#[test]
fn a_change_of_what_was_agreed_is_told_with_its_reason_and_the_last_one_dropped_by_the_summary() {
    let change = |promised_by| Command::ChangeRemedy { remedy: 1, promised_by, text: text() };
    let two = vec![refund(begun().now, "25.00 GBP"), refund(begun().now, "5.00 GBP")];
    let mut story = begun();
    story.taken_on().then(&csr(), finding()).then(&csr(), propose(Outcome::Upheld, two)).accepted();
    let mut moved = story.clone();
    moved.then(&csr(), change(Some("2026-12-01T23:59:59Z".parse().unwrap())));
    let first = moved.last("RemedyChanged").clone();
    check_customer(&moved, "RemedyChanged", LetterKind::RemedyChange);
    moved.then(&csr(), change(Some("2026-12-02T23:59:59Z".parse().unwrap())));
    assert_eq!(customer_letter_for(&first, &moved.complaint), None, "it is overtaken");
    let mut dropped = story.clone();
    dropped.then(&csr(), change(None));
    check_languages(&dropped, Some("RemedyChanged"), LetterKind::RemedyChange, "remedy-dropped");
    let mut again = dropped.clone();
    again.then(&csr(), change(Some("2026-12-01T23:59:59Z".parse().unwrap())));
    check_languages(&again, Some("RemedyChanged"), LetterKind::RemedyChange, "remedy-after-all");
    dropped.then(&csr(), Command::CompleteRemedy { remedy: 2, text: text() });
    let summary = to_customer_about(&dropped, "Resolved", LetterKind::ResolutionSummary);
    assert!(summary.text.contains("A refund (25.00 GBP): not carried out"), "{}", summary.text);
    assert!(!summary.text.contains("Everything that we promised you is done"), "{}", summary.text);
    story.then(&csr(), Command::CompleteRemedy { remedy: 2, text: text() }).then(&csr(), change(None));
    assert_eq!(
        customer_letter_for(story.last("RemedyChanged"), &story.complaint),
        None,
        "one letter says both"
    );
    check_languages(&story, Some("Resolved"), LetterKind::ResolutionSummary, "resolution-summary-dropped");
}

#[test]
fn what_goes_up_with_an_answer_tells_that_this_stands() {
    let up = || Command::Escalate { reason: text() };
    let mut proposed = begun();
    proposed.taken_on().proposed();
    let mut agreed = proposed.clone();
    agreed.accepted();
    let mut done = agreed.clone();
    done.after(24).then(&csr(), Command::CompleteRemedy { remedy: 1, text: text() });
    let told = [
        ("proposed", &mut proposed, "proposed to you stands", "waits for the customer's answer"),
        ("agreed", &mut agreed, "promised you stands", "carried out"),
        ("done", &mut done, "answer to you stands", "still finds wrong"),
    ];
    for (name, story, customer, staff) in told {
        story.then(&csr(), up());
        let letter = to_customer_about(story, "Escalated", LetterKind::EscalationNotice);
        assert!(letter.text.contains(customer), "{name}: {}", letter.text);
        check_languages(story, Some("Escalated"), LetterKind::EscalationNotice, &format!("up-{name}"));
        let letter = to_staff_about(story, "Escalated", LetterKind::Escalated);
        assert!(letter.text.contains(staff), "{name}: {}", letter.text);
    }
}

fn at_the_top() -> Story {
    let mut story = begun();
    let up = || Command::Escalate { reason: text() };
    story.taken_on().then(&csr(), finding()).then(&csr(), up()).then(&manager(), up());
    story
}

#[test]
fn a_final_decision_names_the_body_outside() {
    let mut story = at_the_top();
    let now = story.now;
    story.then(&decider(), propose(Outcome::PartlyUpheld, vec![refund(now, "1500.00 GBP")]));
    check_customer(&story, "Decided", LetterKind::FinalDecision);
}

fn resolved() -> Story {
    let mut story = begun();
    story.taken_on().proposed().after(2).accepted();
    story.after(24).then(&csr(), Command::CompleteRemedy { remedy: 1, text: text() });
    story
}

fn asked() -> Story {
    let mut story = resolved();
    story.after(24 * 4).then(&Actor::System, Command::FollowUp);
    story
}

#[test]
fn a_resolution_is_summed_up_in_writing() {
    check_customer(&resolved(), "Resolved", LetterKind::ResolutionSummary);
}

#[test]
fn the_customer_is_asked_reminded_and_told_of_the_closing() {
    let mut story = asked();
    check_customer(&story, "SatisfactionAsked", LetterKind::SatisfactionQuestion);
    story.after(24 * 10).then(&Actor::System, Command::FollowUp);
    check_customer(&story, "PromiseWarned", LetterKind::SatisfactionReminder);
    story.after(24 * 12).then(&Actor::System, Command::FollowUp);
    check_customer(&story, "Closed", LetterKind::Closing);
}

#[test]
fn a_further_concern_opens_again_with_new_dates() {
    let mut story = asked();
    story.then(&Actor::Customer, feedback(2, true));
    check_customer(&story, "Reopened", LetterKind::Reopening);
}

#[test]
fn a_new_link_needs_no_event() {
    check_languages(&begun(), None, LetterKind::NewLink, "new-link");
}

#[test]
fn links_that_were_ended_are_replaced_by_a_letter_that_says_so() {
    let mut story = begun();
    story.then(&Actor::Customer, Command::EndLinks { reason: None });
    check_languages(&story, Some("LinksEnded"), LetterKind::NewLink, "new-link-ended");
    let mut corrected = begun();
    let contact = ContactData {
        form: text(),
        reach: Some(Reach::Email),
        customer: Digest::of(b"ann"),
        language: corrected.complaint.language,
    };
    corrected.then(&csr(), Command::CorrectContact { contact, text: text() });
    check_languages(&corrected, Some("ContactCorrected"), LetterKind::NewLink, "new-link-new-address");
    let mut unread = begun();
    unread
        .then(&Actor::Customer, Command::Disown)
        .then(&manager(), Command::EndLinks { reason: Some(text()) });
    assert_eq!(customer_letter_for(unread.last("LinksEnded"), &unread.complaint), None);
}

#[test]
fn what_customers_and_staff_wrote_is_shown_literally_in_every_language() {
    let hostile = "<script>alert(1)</script> {{ 7*7 }} \u{202e}cod";
    let intake = Intake { name: Some(Line::parse(hostile).unwrap()), ..intake() };
    for words in words::ALL {
        let story = in_language(&begun(), words);
        let letter = written(&story, Some(story.last("Received")), &intake, LetterKind::Acknowledgement);
        let Letter { text, html, subject, .. } = &letter;
        assert!(text.contains(" <script>alert(1)</script> {{ 7*7 }} ⟦U+202E⟧cod,"), "{text}");
        assert!(!html.contains("<script>") && !html.contains('\u{202e}'), "{html}");
        assert!(html.contains("&#60;script&#62;alert(1)&#60;/script&#62; {{ 7*7 }} ⟦U+202E⟧cod"), "{html}");
        assert!(!subject.contains("script"), "{subject}");
    }
}

#[test]
fn staff_are_told_what_is_theirs_and_what_is_due() {
    let mut story = begun();
    story
        .after(1)
        .then(&Actor::System, Command::Acknowledge)
        .then(&manager(), Command::Assign { owner: owner() });
    check_staff(&story, "Assigned", LetterKind::Assigned, "assigned");
    story.then(&csr(), triage("billing", Severity::High));
    check_staff(&story, "Triaged", LetterKind::Task, "task-severe");
    story.at("2026-11-09T08:30:00Z").then(&Actor::System, Command::WatchPromises);
    check_staff(&story, "PromiseWarned", LetterKind::DeadlineNear, "deadline-near");
    check_staff(&story, "PromiseMissed", LetterKind::DeadlineMissed, "deadline-missed");
    story.at("2026-11-10T09:00:00Z").then(&Actor::System, Command::WatchPromises);
    check_staff(&story, "Escalated", LetterKind::Escalated, "escalated");
    story.then(&Actor::System, bounced(LetterKind::Acknowledgement));
    check_staff(&story, "LetterUndeliverable", LetterKind::Undeliverable, "undeliverable");
}

#[test]
fn what_did_not_arrive_tells_what_can_be_done_about_it_then() {
    let told = |story: &Story| undeliverable(story).text;
    let mut story = asked();
    story.then(&Actor::System, bounced(LetterKind::ResolutionSummary));
    assert!(told(&story).contains("record the contact"));
    story.then(&Actor::System, bounced(LetterKind::SatisfactionQuestion));
    assert!(told(&story).contains("record what they answer"));
    story.then(&Actor::Customer, feedback(5, false)).then(&Actor::System, bounced(LetterKind::Closing));
    assert!(told(&story).contains("The complaint is over, and nothing has to be recorded"));
    // What was agreed to on the phone is not to be answered any more.
    let mut agreed = begun();
    agreed.taken_on().proposed().accepted().then(&Actor::System, bounced(LetterKind::Proposal));
    assert!(told(&agreed).contains("record the contact"));
}

#[test]
fn an_offer_of_words_alone_promises_nothing_to_be_done() {
    let mut story = begun();
    story.taken_on().then(&csr(), finding()).then(&csr(), propose(Outcome::NotUpheld, Vec::new()));
    let proposal = to_customer_about(&story, "Proposed", LetterKind::Proposal).text;
    story.after(24 * 8).then(&Actor::System, Command::WatchPromises);
    let reminder = to_customer_about(&story, "PromiseWarned", LetterKind::ProposalReminder).text;
    for letter in [proposal, reminder] {
        assert!(letter.contains("we take it that you agree."), "{letter}");
        assert!(!letter.contains("dates above") && !letter.contains("do what we have proposed"), "{letter}");
    }
}

#[test]
fn who_has_written_is_not_told_that_silence_settles_it_and_staff_are_told_to_read_it() {
    let inform = || Command::AddInformation { text: text(), channel: Channel::Web, marks: Vec::new() };
    let missed = |story: &Story| to_staff_about(story, "PromiseMissed", LetterKind::DeadlineMissed).text;
    let mut story = begun();
    story.taken_on().proposed().then(&Actor::Customer, inform());
    story.after(24 * 8).then(&Actor::System, Command::WatchPromises);
    for words in words::ALL {
        let reminder =
            to_customer_about(&in_language(&story, words), "PromiseWarned", LetterKind::ProposalReminder)
                .text;
        assert!(!reminder.contains("we take it") && !reminder.contains("gehen wir davon aus"), "{reminder}");
    }
    story.after(24 * 8).then(&Actor::System, Command::WatchPromises);
    assert!(missed(&story).contains("has written since they were asked"));
    let mut story = asked();
    story.then(&Actor::Customer, inform()).after(24 * 10).then(&Actor::System, Command::FollowUp);
    for words in words::ALL {
        let reminder =
            to_customer_about(&in_language(&story, words), "PromiseWarned", LetterKind::SatisfactionReminder)
                .text;
        assert!(!reminder.contains("we close") && !reminder.contains("ab."), "{reminder}");
    }
    story.after(24 * 8).then(&Actor::System, Command::FollowUp);
    let told = missed(&story);
    assert!(told.contains("has written since they were asked") && !told.contains("incomplete"), "{told}");
    // By now the time in which it could be taken up again is over, and no date of it is told.
    story.after(24 * 30).then(&csr(), Command::Close { waive_follow_up: None, not_reached: None });
    let closing = to_customer_about(&story, "Closed", LetterKind::Closing).text;
    assert!(!closing.contains("still be wrong"), "{closing}");
}

#[test]
fn a_level_is_told_that_what_it_has_has_become_more_severe() {
    let mut story = begun();
    story.taken_on().then(&csr(), Command::Escalate { reason: text() });
    story.then(&csr(), triage("billing", Severity::Critical));
    check_staff(&story, "Triaged", LetterKind::Task, "task-more-severe");
}

#[test]
fn who_is_waited_for_is_not_told_that_we_are_at_work() {
    let mut story = begun();
    story.taken_on().then(&csr(), Command::AskCustomer { text: text() });
    story.after(24 * 3).then(&csr(), Command::RecordContact { channel: Channel::Phone, text: text() });
    story.after(24 * 4 + 12).then(&Actor::System, Command::WatchPromises);
    story.after(24 * 3).then(&Actor::System, Command::WatchPromises);
    let update = to_customer_about(&story, "PromiseMissed", LetterKind::Update).text;
    assert!(update.contains("as soon as we have what we asked you for"), "{update}");
}

#[test]
fn staff_are_told_which_remedies_to_carry_out_and_what_came_back() {
    let mut story = begun();
    story.taken_on().proposed().accepted();
    check_staff(&story, "ProposalAccepted", LetterKind::Task, "task-remedies");
    let mut story = asked();
    story.then(&Actor::Customer, feedback(1, true));
    check_staff(&story, "Reopened", LetterKind::Task, "task-reopened");
}

#[test]
fn managers_are_told_when_the_books_do_not_balance() {
    let day = jiff::civil::date(2026, 11, 3);
    let letter = reconciliation(&Policy::built_in(), day, &["28T-5CY-4TV has no acknowledgement".to_owned()]);
    check(&letter, "reconciliation");
}

#[test]
fn letters_to_staff_hold_nothing_of_the_customer() {
    let mut story = begun();
    story.taken_on().then(&Actor::System, bounced(LetterKind::Acknowledgement));
    let letter = undeliverable(&story);
    for canary in ["Zoë", "zoe@", "ACC 12/7", "TOKEN", "rate"] {
        assert!(!letter.text.contains(canary) && !letter.html.contains(canary), "{canary}");
    }
}

#[test]
fn a_letter_of_the_wrong_event_or_to_the_wrong_side_is_not_written() {
    let story = begun();
    let facts = CustomerFacts {
        policy: &story.policy,
        complaint: &story.complaint,
        intake: &intake(),
        link: LINK,
        not_me: NOT_ME,
        answerable: false,
        text: None,
        other: None,
        recorded: Some(story.last("Received")),
    };
    for kind in LetterKind::ALL {
        let fits = matches!(kind, LetterKind::Acknowledgement | LetterKind::NewLink | LetterKind::Reopening);
        assert_eq!(to_customer(kind, &facts).is_some(), fits, "{kind:?}");
    }
}

#[test]
fn what_is_asked_delayed_and_ended_is_written() {
    let mut story = begun();
    story.taken_on().then(&csr(), Command::AskCustomer { text: text() });
    check_customer(&story, "InformationAsked", LetterKind::InformationRequest);
    story.after(24 * 8).then(&Actor::System, Command::WatchPromises);
    check_customer(&story, "PromiseWarned", LetterKind::InformationReminder);
    let inform = Command::AddInformation { text: text(), channel: Channel::Web, marks: Vec::new() };
    story.then(&Actor::Customer, inform);
    check(&to_customer_about(&story, "InformationAdded", LetterKind::Update), "update-informed");
    check_staff(&story, "InformationAdded", LetterKind::Task, "task-informed");
    let until = "2026-12-24T12:00:00Z".parse().unwrap();
    story.then(&csr(), Command::AnnounceDelay { until, text: text() });
    check_customer(&story, "DelayAnnounced", LetterKind::DelayNotice);
    let (consult, refuse) = (
        Command::Consult { department: "legal".to_owned(), text: text() },
        Command::ProposeRefusal { grounds: Grounds::TooOld, text: text() },
    );
    story.then(&csr(), consult);
    check_staff(&story, "Consulted", LetterKind::Consultation, "consultation");
    let mut withdrawn = story.clone();
    withdrawn.then(&Actor::Customer, Command::Withdraw { reason: None, channel: Channel::Web });
    check_customer(&withdrawn, "Withdrawn", LetterKind::Withdrawal);
    let mut refused = story.clone();
    refused.then(&csr(), refuse);
    check_staff(&refused, "RefusalProposed", LetterKind::Task, "task-refusal");
    refused.then(&manager(), Command::DecideRefusal { approve: true, text: text() });
    check_customer(&refused, "Refused", LetterKind::Refusal);
    let id = Story::begins_with(2, story.now, Channel::Web, None, Policy::built_in()).complaint.id;
    let other = Other { id, ..(&story.complaint).into() };
    story.then(&csr(), Command::MarkDuplicate { other });
    check_customer(&story, "MarkedDuplicate", LetterKind::Duplicate);
    let mut other = begun();
    other.taken_on().then(
        &Actor::System,
        Command::Absorb { duplicate: story.complaint.id, text: text(), said_at: story.complaint.received_at },
    );
    check_staff(&other, "DuplicateAbsorbed", LetterKind::Task, "task-absorbed");
}

#[test]
fn a_file_that_was_waited_for_is_thanked_for_with_the_new_date_and_staff_hear_that_time_goes_on() {
    let mut story = begun();
    let file = || Command::AddEvidence { file: text(), channel: Channel::Web };
    story.taken_on().then(&csr(), Command::AskCustomer { text: text() });
    story.after(24).then(&Actor::Customer, file());
    story.then(&Actor::System, Command::RecordScan { file: text().id, verdict: Verdict::Clean });
    check(&to_customer_about(&story, "WaitEnded", LetterKind::Update), "update-file");
    check_staff(&story, "EvidenceAdded", LetterKind::Task, "task-file-answers");
}
