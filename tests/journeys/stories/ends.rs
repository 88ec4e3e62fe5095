//! What is put right at once, the ways out before there is an answer, and what is taken up again by phone.

use complaints::actor::Actor;
use complaints::command::{Command, Other};
use complaints::event::Recorded;
use complaints::evolve::evolve;
use complaints::rejection::Rejection;
use complaints::shell::ledger::NotDone;
use complaints::values::{Role, StaffId};
use serde_json::json;

use crate::desk::ask::Reply;
use crate::desk::browser::Browser;
use crate::desk::customer::Customer;
use crate::desk::inspector::Inspector;
use crate::desk::staff::{Staff, events, stage};
use crate::desk::{Desk, MANAGER};

const ANN: &str = "ann@example.com";
const BEN: &str = "ben@example.com";
const SAM: &str = "sam@northgate.example";

async fn triaged(desk: &Desk) -> (Customer<'_>, Staff<'_>) {
    let (ann, sam) = (desk.complains("Ann", ANN).await, desk.sam());
    sam.takes(&ann.reference).await;
    sam.triages(&ann.reference, "billing", "low").await;
    (ann, sam)
}

/// What is wrong with the one field that is.
fn wrong(reply: &Reply) -> (String, String) {
    assert_eq!(reply.status, 422, "{}", reply.body);
    reply.pointers().remove(0)
}

#[tokio::test]
async fn a_straightforward_complaint_is_put_right_in_one_action() {
    let desk = Desk::open();
    let (ann, sam) = triaged(&desk).await;
    let settlement = |amount: &str| {
        json!({"finding": "Charged twice.", "root_cause": "it", "outcome": "upheld", "channel": "phone",
            "explanation": "You were charged twice; we are sorry.",
            "remedies": [{"kind": "refund", "amount": amount, "promised_by": "2026-10-09"}]})
    };
    let settled = sam.does(&ann.reference, "settlement", &settlement("12.50")).await;
    assert_eq!(stage(&settled), "implementing");
    let case = sam.case(&ann.reference).await;
    let steps = events(&case);
    assert_eq!(steps[steps.len() - 3..], ["FindingRecorded", "Proposed", "ProposalAccepted"]);
    assert_eq!(case["stage"]["decision"]["consent"], json!({"by": "given", "channel": "phone"}));
    let letter = desk.mail(ANN, "proposal").text.unwrap();
    assert!(letter.contains("You were charged twice") && letter.contains("12.50"), "{letter}");
    sam.carries_out(&ann.reference, 1).await;
    assert_eq!(desk.letters_to(ANN), ["acknowledgement", "proposal", "resolution-summary"]);

    // What is more than a representative may give goes up instead, with what was written.
    let (bob, sam) = triaged(&desk).await;
    let up = sam.does(&bob.reference, "settlement", &settlement("100.01")).await;
    assert_eq!((stage(&up), &up["level"]), ("investigating", &json!(2)));
    desk.rests().await;
}

#[tokio::test]
async fn who_takes_a_complaint_back_by_phone_gets_a_letter_that_it_has_ended() {
    let desk = Desk::open();
    let (ann, sam) = triaged(&desk).await;
    let word = json!({"reason": "The shop has paid it back.", "channel": "phone"});
    assert_eq!(stage(&sam.does(&ann.reference, "withdrawal", &word).await), "withdrawn");
    let version = sam.case(&ann.reference).await["version"].clone();
    assert_eq!(sam.does(&ann.reference, "withdrawal", &word).await["version"], version, "once");
    assert_eq!(desk.letters_to(ANN), ["acknowledgement", "withdrawal"]);
    let late = sam.tries(&ann.reference, "escalate", &json!({"reason": "x"})).await;
    assert_eq!((late.status, late.problem().as_str()), (409, "illegal-transition"));
    desk.hours(24).await;
    assert_eq!(desk.letters_to(ANN).len(), 2, "nothing is owed any more");
    desk.rests().await;
}

#[tokio::test]
async fn a_refusal_needs_the_manager_and_its_letter_names_the_body_outside() {
    let desk = Desk::open();
    let (ann, sam) = triaged(&desk).await;
    let refusal = json!({"grounds": "out_of_scope", "explanation": "This is about another bank."});
    let asked = sam.does(&ann.reference, "refusal", &refusal).await;
    assert_eq!(asked["refusal"]["grounds"], "out_of_scope");
    assert_eq!(
        (desk.letters_to(MANAGER), desk.letters_to(ANN)),
        (vec!["task".to_owned()], vec!["acknowledgement".to_owned()])
    );
    let yes = json!({"approve": true, "text": "It is not ours."});
    assert_eq!(sam.tries(&ann.reference, "refusal-decision", &yes).await.status, 403);
    let refused = desk.mia().does(&ann.reference, "refusal-decision", &yes).await;
    assert_eq!((stage(&refused), refused.get("refusal")), ("refused", None));
    let page = ann.looks().await;
    assert!(page.contains("This is about another bank.") && !page.contains("It is not ours."), "{page}");
    let outside =
        "can look at your complaint: <a href=\"https://ombudsman.example/\">Financial Ombudsman</a>";
    assert!(page.contains(outside), "{page}");
    let letter = desk.mail(ANN, "refusal").text.unwrap();
    assert!(
        letter.contains("This is about another bank.") && letter.contains("Financial Ombudsman"),
        "{letter}"
    );
    assert!(!letter.contains("It is not ours."), "why the manager agrees is between staff");
    desk.rests().await;
}

#[tokio::test]
async fn a_refusal_that_the_manager_declines_is_handled_further() {
    let desk = Desk::open();
    let (ann, sam) = triaged(&desk).await;
    let nothing = sam.tries(&ann.reference, "refusal-decision", &json!({"approve": true, "text": "x"})).await;
    assert_eq!(nothing.status, 403);
    let no = json!({"approve": false, "text": "We sold it to her."});
    let nothing = desk.mia().tries(&ann.reference, "refusal-decision", &no).await;
    assert_eq!((nothing.status, nothing.problem().as_str()), (409, "too-early"));
    let refusal = json!({"grounds": "too_old", "explanation": "x"});
    sam.does(&ann.reference, "refusal", &refusal).await;
    let open = desk.mia().does(&ann.reference, "refusal-decision", &no).await;
    assert_eq!((stage(&open), open.get("refusal")), ("acknowledged", None));
    assert_eq!(desk.letters_to(SAM), ["task"]);
    assert_eq!(desk.letters_to(ANN), ["acknowledgement"]);
    assert_eq!(
        stage(&desk.mia().does(&ann.reference, "refusal", &refusal).await),
        "refused",
        "a manager at once"
    );
    desk.rests().await;
}

#[tokio::test]
async fn a_duplicate_ends_with_a_letter_and_what_was_said_there_is_with_the_other_once() {
    let desk = Desk::open();
    let (first, sam) = triaged(&desk).await;
    let body = json!({"email": ANN, "description": "Once more: charged twice, on the third.",
        "order_reference": "4711", "needs": "Please write: I am deaf."});
    let second = desk.posts(&body).await;
    let added = json!({"text": "And the fee came twice as well.", "channel": "phone"});
    sam.does(&second.reference, "information", &added).await;
    let of = |reference: &str| json!({"of": reference});
    let duplicate = async |reference: &str| sam.tries(&second.reference, "duplicate", &of(reference)).await;
    assert_eq!(wrong(&duplicate("EY5-W4F-4NB").await).0, "/of");
    assert_eq!(wrong(&duplicate("no reference").await).0, "/of");
    assert_eq!(wrong(&duplicate(&second.reference).await), ("/of".to_owned(), "same".to_owned()));
    let marked = duplicate(&first.reference).await;
    assert_eq!((marked.status, stage(&marked.json())), (200, "duplicate"), "{}", marked.body);
    assert_eq!(desk.letters_to(ANN), ["acknowledgement", "acknowledgement", "duplicate"]);
    let letter = desk.mail(ANN, "duplicate").text.unwrap();
    assert!(letter.contains(&format!("the other one, {}", first.reference)), "{letter}");
    let told = desk.mail(SAM, "task").text.unwrap();
    assert!(told.contains("complained of it once more"), "{told}");

    let case = sam.case(&first.reference).await;
    assert_eq!(case["duplicates"], json!([marked.json()["id"]]));
    let browser = Browser::of(&desk, SAM, "csr");
    let link = |reference: &str| format!("href=\"/staff/complaints/{reference}\">{reference}</a>");
    assert!(browser.case(&first.reference).await.contains(&link(&second.reference)));
    assert!(browser.case(&second.reference).await.contains(&link(&first.reference)));
    let all = [
        "Once more: charged twice, on the third.",
        "Order or account: 4711",
        "What they need from us: Please write: I am deaf.",
        "And the fee came twice as well.",
    ];
    assert!(case["texts"].to_string().contains(&all.join("\\n\\n")), "{}", case["texts"]);
    let (id, version) = (&marked.json()["id"], &marked.json()["version"]);
    let event = format!("{}:{version}", id.as_str().unwrap());
    let notice = json!({"detail": {"event": event, "complaint": id, "version": version}});
    desk.world.invoke("carry-over", notice).await.unwrap();
    assert_eq!(sam.case(&first.reference).await["version"], case["version"], "once");

    let third = desk.posts(&body).await;
    let refused = sam.tries(&third.reference, "duplicate", &of(&second.reference)).await;
    assert_eq!(wrong(&refused), ("/of".to_owned(), "over".to_owned()), "what has ended takes nothing over");
    desk.rests().await;
}

#[tokio::test]
async fn what_has_been_answered_takes_nothing_over_until_it_is_taken_up_again() {
    let desk = Desk::open();
    let (first, sam) = triaged(&desk).await;
    let settled = json!({"finding": "Charged twice.", "root_cause": "it", "outcome": "upheld",
        "channel": "phone", "explanation": "We are sorry.", "remedies": []});
    assert_eq!(stage(&sam.does(&first.reference, "settlement", &settled).await), "following_up");
    let second = desk.posts(&json!({"email": ANN, "description": "Once more: charged twice."})).await;
    let of = json!({"of": first.reference});
    let refused = sam.tries(&second.reference, "duplicate", &of).await;
    assert_eq!(wrong(&refused), ("/of".to_owned(), "answered".to_owned()));
    sam.does(&first.reference, "reopening", &json!({"text": "Charged again.", "channel": "phone"})).await;
    assert_eq!(stage(&sam.does(&second.reference, "duplicate", &of).await), "duplicate");
    desk.rests().await;
}

#[tokio::test]
async fn what_has_gone_up_is_no_duplicate_of_what_has_not() {
    let desk = Desk::open();
    let (first, sam) = triaged(&desk).await;
    let second = desk.posts(&json!({"email": ANN, "description": "Somebody uses my card now."})).await;
    sam.triages(&second.reference, "billing", "critical").await;
    let refused = desk.mia().tries(&second.reference, "duplicate", &json!({"of": first.reference})).await;
    assert_eq!(wrong(&refused), ("/of".to_owned(), "lower".to_owned()));
    let turned_round = sam.does(&first.reference, "duplicate", &json!({"of": second.reference})).await;
    assert_eq!(stage(&turned_round), "duplicate");
    desk.rests().await;
}

#[tokio::test]
async fn two_that_have_to_do_with_each_other_are_linked_on_both_cases_until_somebody_says_otherwise() {
    let desk = Desk::open();
    let (first, sam) = triaged(&desk).await;
    let second = desk.posts(&json!({"email": BEN, "description": "The same driver was rude to me."})).await;
    let link = async |reference: &str, other: &str, linked: bool| {
        let body = json!({"other": other, "linked": linked, "reason": "The same driver."});
        sam.tries(reference, "link", &body).await
    };
    let unknown = ("/other".to_owned(), "unknown_value".to_owned());
    assert_eq!(wrong(&link(&first.reference, "EY5-W4F-4NB", true).await), unknown);
    let itself = link(&first.reference, &first.reference, true).await;
    assert_eq!(wrong(&itself), ("/other".to_owned(), "itself".to_owned()));
    assert_eq!(link(&first.reference, &second.reference, true).await.status, 200);

    let linked = async |reference: &str| {
        let case = sam.case(reference).await;
        case["linked"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|other| other["reference"].clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(linked(&first.reference).await, [second.reference.as_str()]);
    assert_eq!(linked(&second.reference).await, [first.reference.as_str()]);
    assert_eq!(stage(&sam.case(&second.reference).await), "acknowledged", "each goes on by itself");
    let browser = Browser::of(&desk, SAM, "csr");
    let page = browser.case(&second.reference).await;
    assert!(page.contains(&format!("href=\"/staff/complaints/{0}\">{0}</a>", first.reference)), "{page}");
    assert_eq!(desk.letters_to(BEN), ["acknowledgement"], "customers are told nothing of it");

    // Said again in the same words, it is so already; other words are not thrown away with thanks. It can be taken away from
    // either side.
    let version = sam.case(&first.reference).await["version"].clone();
    assert_eq!(link(&first.reference, &second.reference, true).await.status, 200);
    assert_eq!(link(&second.reference, &first.reference, true).await.status, 409);
    assert_eq!(sam.case(&first.reference).await["version"], version);
    assert_eq!(link(&second.reference, &first.reference, false).await.status, 200);
    assert_eq!((linked(&first.reference).await.len(), linked(&second.reference).await.len()), (0, 0));
    desk.rests().await;
}

#[tokio::test]
async fn whom_a_complaint_is_about_neither_links_it_nor_learns_of_it_by_a_link() {
    let desk = Desk::open();
    let (first, sam) = triaged(&desk).await;
    let mia = desk.mia();
    let second = desk.posts(&json!({"email": BEN, "description": "Sam was rude to me."})).await;
    let about = json!({"category": "staff_conduct", "severity": "normal", "subject": SAM});
    mia.does(&second.reference, "triage", &about).await;
    let link =
        |other: &str, linked: bool| json!({"other": other, "linked": linked, "reason": "The same day."});
    mia.does(&first.reference, "link", &link(&second.reference, true)).await;
    assert_eq!(mia.case(&first.reference).await["linked"][0]["reference"], json!(second.reference));
    let seen = sam.case(&first.reference).await;
    assert!(seen.get("linked").is_none() && !events(&seen).contains(&"Linked"), "{seen}");
    assert!(!seen["texts"].to_string().contains("The same day."), "{seen}");
    for (route, body) in
        [("link", link(&second.reference, false)), ("duplicate", json!({"of": second.reference}))]
    {
        let refused = sam.tries(&first.reference, route, &body).await;
        assert_eq!(refused.status, 403, "{route}: {}", refused.body);
    }
    assert_eq!(mia.case(&second.reference).await["linked"][0]["reference"], json!(first.reference));
    desk.rests().await;
}

#[tokio::test]
async fn who_was_asked_and_complains_once_more_has_answered() {
    let desk = Desk::open();
    let (first, sam) = triaged(&desk).await;
    sam.does(&first.reference, "information-request", &json!({"text": "Which of the two days?"})).await;
    desk.hours(1).await;
    let second = desk.posts(&json!({"email": ANN, "description": "It was the Friday."})).await;
    sam.does(&second.reference, "duplicate", &json!({"of": first.reference})).await;
    let case = sam.case(&first.reference).await;
    assert_eq!(case["stage"].get("waiting_since"), None, "{}", case["stage"]);
    let told = desk.mails_to(ANN).pop().unwrap().text.unwrap();
    assert!(told.contains("we have what you sent us"), "{told}");
    desk.rests().await;
}

#[tokio::test]
async fn of_two_that_are_found_to_be_the_same_at_the_same_time_one_goes_on() {
    let desk = Desk::open();
    let (first, sam) = triaged(&desk).await;
    let second = desk.posts(&json!({"email": ANN, "description": "Once more: charged twice."})).await;
    let cases = [sam.case(&first.reference).await, sam.case(&second.reference).await];
    let id = |case: usize| cases[case]["id"].as_str().unwrap();
    // Each step has looked at the other complaint before the other step wrote.
    let same_as = |case: usize| {
        let trail: Recorded = serde_json::from_value(cases[case]["history"][0].clone()).unwrap();
        let other = Other::from(&evolve(None, &trail.event).expect("it begins with its receipt"));
        // The date of neither forbids it.
        Command::MarkDuplicate { other: Other { answer_by: None, ..other } }
    };
    let actor = Actor::Staff { id: StaffId::parse("sam@northgate.example").unwrap(), role: Role::Csr };
    let inspector = Inspector::of(&desk);
    inspector.carries_out(id(1), actor.clone(), same_as(0)).await.unwrap();
    let no = inspector.carries_out(id(0), actor, same_as(1)).await.unwrap_err();
    assert!(matches!(no, NotDone::Rejected(Rejection::Unfit { code: "over", .. })), "{no:?}");
    assert_eq!(stage(&sam.case(&first.reference).await), "acknowledged");
    desk.rests().await;
}

#[tokio::test]
async fn what_is_settled_with_words_alone_is_one_letter() {
    let desk = Desk::open();
    let (ann, sam) = triaged(&desk).await;
    let settlement = json!({"finding": "Told the wrong rate.", "root_cause": "people", "outcome": "upheld",
        "explanation": "We told you the wrong rate; we are sorry.", "channel": "phone"});
    assert_eq!(stage(&sam.does(&ann.reference, "settlement", &settlement).await), "following_up");
    assert_eq!(desk.letters_to(ANN), ["acknowledgement", "resolution-summary"]);
    let summary = desk.mail(ANN, "resolution-summary").text.unwrap();
    assert!(summary.contains("We told you the wrong rate"), "{summary}");
    desk.rests().await;
}

#[tokio::test]
async fn who_has_a_phone_only_gives_feedback_and_reopens_through_staff_and_the_second_time_it_is_high() {
    let desk = Desk::open();
    let sam = desk.sam();
    let body = json!({"channel": "phone", "phone": "020 7946 0000", "description": "Charged twice."});
    let reference = sam.records(&body).await.json()["reference"].as_str().unwrap().to_owned();
    sam.investigates(&reference).await;
    let resolve = async |staff: &Staff<'_>, proposal: u8| {
        staff.finds(&reference, "it").await;
        staff.proposes(&reference, "upheld", json!([{"kind": "apology", "promised_by": "2026-11-09"}])).await;
        let yes = json!({"proposal": proposal, "answer": "accept", "channel": "phone"});
        staff.does(&reference, "answer", &yes).await;
        staff.carries_out(&reference, 1).await;
    };
    resolve(&sam, 1).await;
    let again = json!({"text": "It happened again.", "channel": "phone"});
    let once = sam.does(&reference, "reopening", &again).await;
    assert_eq!(
        (stage(&once), &once["level"], &once["severity"]),
        ("investigating", &json!(1), &json!("normal"))
    );
    resolve(&sam, 2).await;
    let concern = json!({"rating": 1, "concern": true, "comment": "And again.", "channel": "phone"});
    let twice = sam.does(&reference, "feedback", &concern).await;
    assert_eq!(
        (stage(&twice), &twice["level"], &twice["severity"]),
        ("investigating", &json!(2), &json!("high"))
    );
    assert!(desk.letters_to(MANAGER).contains(&"escalated".to_owned()));
    let mia = desk.mia();
    resolve(&mia, 3).await;
    let well = json!({"rating": 5, "comment": "Well now.", "channel": "phone"});
    assert_eq!(stage(&mia.does(&reference, "feedback", &well).await), "closed");
    let other = mia.tries(&reference, "feedback", &json!({"rating": 4, "channel": "phone"})).await;
    assert_eq!((other.status, other.problem().as_str()), (409, "already-answered"));
    desk.rests().await;
}

#[tokio::test]
async fn only_a_manager_holds_a_record_and_lifts_that() {
    let desk = Desk::open();
    let (ann, sam) = triaged(&desk).await;
    let hold = |hold: bool| json!({"hold": hold, "reason": "A court asks for it."});
    assert_eq!(sam.tries(&ann.reference, "hold", &hold(true)).await.status, 403);
    assert_eq!(desk.mia().does(&ann.reference, "hold", &hold(true)).await["held"], true);
    assert_eq!(desk.mia().does(&ann.reference, "hold", &hold(false)).await["held"], false);
    desk.rests().await;
}
