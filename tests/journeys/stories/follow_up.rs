//! After the last remedy: the question, the reminder, the end, and the way back.

use serde_json::json;

use crate::desk::ask::post;
use crate::desk::browser::Browser;
use crate::desk::staff::{missing, stage};
use crate::desk::{DESK, Desk};

const QUICK: &str = "[follow_up]\nask_after = \"1 working hour\"\nremind_after = \"1 working hour\"\nclose_after = \"2 working hours\"";

#[tokio::test]
async fn who_says_nothing_is_asked_reminded_once_and_their_complaint_is_closed() {
    let desk = Desk::with_policy(QUICK);
    let ann = desk.complains("Ann", "ann@example.com").await;
    desk.sam().resolves(&ann).await;
    let resolved = ["acknowledgement", "proposal", "resolution-summary"];
    assert_eq!(desk.letters_to("ann@example.com"), resolved);
    desk.until("2026-10-05T09:05:00Z").await;
    assert_eq!(desk.letters_to("ann@example.com")[3..], ["satisfaction-question"]);
    desk.until("2026-10-05T10:10:00Z").await;
    assert_eq!(desk.letters_to("ann@example.com")[3..], ["satisfaction-question", "satisfaction-reminder"]);
    assert_eq!(stage(&desk.sam().case(&ann.reference).await), "following_up");
    desk.until("2026-10-05T11:10:00Z").await;
    assert_eq!(stage(&desk.sam().case(&ann.reference).await), "closed");
    assert_eq!(desk.letters_to("ann@example.com")[4..], ["satisfaction-reminder", "closing"]);
    desk.rests().await;
}

#[tokio::test]
async fn who_has_no_address_is_asked_by_phone_before_their_silence_closes() {
    let desk = Desk::with_policy(QUICK);
    let bo = desk.posts(&json!({"phone": "020 7946 0000", "description": "Charged twice."})).await.reference;
    let sam = desk.sam();
    sam.investigates(&bo).await;
    sam.offers(&bo).await;
    sam.does(&bo, "answer", &json!({"proposal": 1, "answer": "accept", "channel": "phone"})).await;
    sam.carries_out(&bo, 1).await;
    sam.carries_out(&bo, 2).await;
    assert_eq!(sam.calls(&bo).await["unreached"], false, "they know what was done");
    desk.until("2026-10-05T09:05:00Z").await;
    let told = desk.mails_to("sam@northgate.example").pop().unwrap().text.unwrap();
    assert!(told.contains("Satisfaction question") && told.contains("record what they answer"), "{told}");
    assert_eq!(sam.case(&bo).await["unreached"], true, "and nobody has asked them");
    desk.until("2026-10-05T12:00:00Z").await;
    assert_eq!(stage(&sam.case(&bo).await), "following_up");
    sam.calls(&bo).await;
    desk.until("2026-10-06T12:00:00Z").await;
    assert_eq!(stage(&sam.case(&bo).await), "closed");
    desk.rests().await;
}

#[tokio::test]
async fn who_cannot_be_reached_about_a_proposal_gets_what_was_proposed_once_a_manager_says_so() {
    let desk = Desk::with_policy(QUICK);
    let (sam, mia) = (desk.sam(), desk.mia());
    let bo = desk.posts(&json!({"phone": "020 7946 0000", "description": "Charged twice."})).await.reference;
    sam.investigates(&bo).await;
    sam.offers(&bo).await;
    let none = json!({"proposal": 1, "answer": "none", "reason": "Called five times on three days."});
    let early = mia.tries(&bo, "answer", &none).await;
    assert_eq!((early.status, early.pointers()), (422, vec![("/answer".to_owned(), "too_early".to_owned())]));
    // However long nobody is reached, nothing is taken for a yes by itself.
    desk.until("2026-10-30T09:05:00Z").await;
    assert_eq!(stage(&sam.case(&bo).await), "proposed");
    assert_eq!(sam.tries(&bo, "answer", &none).await.status, 403);
    let page = Browser::of(&desk, "mia@northgate.example", "manager").case(&bo).await;
    assert!(page.contains("Take no answer for a yes"), "{page}");
    let taken = mia.does(&bo, "answer", &none).await;
    assert_eq!(taken["stage"]["decision"]["consent"], json!({"by": "silence"}), "{taken}");
    sam.carries_out(&bo, 1).await;
    sam.carries_out(&bo, 2).await;
    let reasons =
        json!({"waive_follow_up": "Nobody answers.", "not_reached": "Called five times on three days."});
    assert_eq!(stage(&sam.does(&bo, "close", &reasons).await), "closed");
    desk.rests().await;
}

#[tokio::test]
async fn a_further_concern_opens_the_complaint_again_and_a_second_one_takes_it_up() {
    let desk = Desk::with_policy(QUICK);
    let ann = desk.complains("Ann", "ann@example.com").await;
    let sam = desk.sam();
    sam.resolves(&ann).await;
    desk.until("2026-10-05T09:05:00Z").await;
    let concern = json!({"rating": 1, "concern": true, "comment": "It happened again."});
    let reply = ann.rates(&concern).await;
    assert_eq!(
        (reply.status, reply.json()["stage"].as_str()),
        (200, Some("investigating")),
        "{}",
        reply.body
    );
    assert_eq!(desk.letters_to("ann@example.com").last().unwrap(), "reopening");
    assert_eq!(
        desk.letters_to("sam@northgate.example"),
        ["task", "task"],
        "remedies, and that it is open again"
    );
    assert_eq!(sam.case(&ann.reference).await["level"], 1);

    // Solved again, closed by silence, and still wrong: from the closed complaint, within the window.
    sam.finds(&ann.reference, "process").await;
    sam.offers(&ann.reference).await;
    let accepted = ann.answers(2, "accept").await;
    assert_eq!(accepted.status, 200, "{}", accepted.body);
    sam.carries_out(&ann.reference, 1).await;
    sam.carries_out(&ann.reference, 2).await;
    desk.until("2026-10-05T12:30:00Z").await;
    assert_eq!(stage(&sam.case(&ann.reference).await), "closed");
    let reply = ann.rates(&concern).await;
    assert_eq!(
        (reply.status, reply.json()["stage"].as_str()),
        (200, Some("investigating")),
        "{}",
        reply.body
    );
    assert_eq!(sam.case(&ann.reference).await["level"], 2);
    desk.rests().await;
}

#[tokio::test]
async fn a_concern_after_the_window_gets_a_way_to_a_person() {
    let desk = Desk::with_policy(
        "[follow_up]\nask_after = \"1 working hour\"\nremind_after = \"1 working hour\"\nclose_after = \"2 working hours\"\n[reopening]\nwithin = \"5 hours\"",
    );
    let ann = desk.complains("Ann", "ann@example.com").await;
    desk.sam().resolves(&ann).await;
    desk.until("2026-10-05T13:05:00Z").await;
    let late = ann.rates(&json!({"rating": 1, "concern": true, "comment": "Still wrong."})).await;
    assert_eq!((late.status, late.problem().as_str()), (409, "window-passed"));
    assert_eq!(stage(&desk.sam().case(&ann.reference).await), "closed");
    let sam = Browser::of(&desk, "sam@northgate.example", "csr");
    let page = sam.case(&ann.reference).await;
    assert!(!page.contains("id=\"reopening\"") && page.contains("The time for it has passed"), "{page}");
    let concern = [("rating", "1"), ("concern", "true"), ("comment", "Still wrong."), ("channel", "phone")];
    let late = sam.tries(&ann.reference, "feedback", &concern).await;
    assert!(late.status == 409 && late.body.contains("take one down for them"), "{}", late.body);
    desk.rests().await;
}

#[tokio::test]
async fn feedback_given_twice_is_taken_once() {
    let desk = Desk::with_policy(QUICK);
    let ann = desk.complains("Ann", "ann@example.com").await;
    desk.sam().resolves(&ann).await;
    desk.until("2026-10-05T09:05:00Z").await;
    let (first, again) = (ann.rates(&json!({"rating": 4})).await, ann.rates(&json!({"rating": 4})).await);
    assert_eq!((first.status, again.status), (200, 200));
    assert_eq!(first.json(), again.json());
    let other = ann.rates(&json!({"rating": 2})).await;
    assert_eq!((other.status, other.problem().as_str()), (409, "already-answered"));
    assert_eq!(desk.letters_to("ann@example.com").last().unwrap(), "closing");
    desk.rests().await;
}

#[tokio::test]
async fn nobody_is_thanked_for_words_that_are_not_kept() {
    let desk = Desk::with_policy(QUICK);
    let ann = desk.complains("Ann", "ann@example.com").await;
    let sam = desk.sam();
    sam.resolves(&ann).await;
    desk.until("2026-10-05T09:05:00Z").await;
    let told = json!({"rating": 4, "comment": "Quick."});
    let (first, again) = (ann.rates(&told).await, ann.rates(&told).await);
    assert_eq!((first.status, again.status), (200, 200), "the same sending twice is one");
    let more = ann.rates(&json!({"rating": 4, "comment": "Charged once more!"})).await;
    assert_eq!((more.status, more.problem().as_str()), (409, "already-answered"));
    let by_phone = json!({"rating": 4, "comment": "Charged once more!", "channel": "phone"});
    let more = sam.tries(&ann.reference, "feedback", &by_phone).await;
    assert_eq!((more.status, more.problem().as_str()), (409, "already-answered"));

    // The page asks only for what can still be taken.
    let page = ann.looks().await;
    assert!(page.contains("name=\"rating\" value=\"4\"") && !page.contains("type=\"radio\""), "{page}");
    let concern = [("rating", "4"), ("concern", "yes"), ("comment", "")];
    let empty = ann.there(post(&format!("/my/{}/feedback", ann.reference)).form(&concern)).await;
    assert!(empty.status == 422 && empty.body.contains("id=\"comment-error\""), "{}", empty.body);
    let concern = json!({"rating": 4, "comment": "Charged once more!", "concern": true});
    let (first, again) = (ann.rates(&concern).await, ann.rates(&concern).await);
    assert_eq!((first.status, again.status), (200, 200), "the same sending twice is one");
    let other = ann.rates(&json!({"rating": 4, "comment": "And again!", "concern": true})).await;
    assert_eq!((other.status, other.problem().as_str()), (409, "already-answered"));
    let case = sam.case(&ann.reference).await;
    assert_eq!(stage(&case), "investigating");
    assert_eq!(case.to_string().matches("Charged once more!").count(), 1, "{case}");
    desk.rests().await;
}

#[tokio::test]
async fn an_incomplete_record_is_not_closed_and_the_answer_lists_what_is_missing() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", "ann@example.com").await;
    let sam = desk.sam();
    sam.investigates(&ann.reference).await;
    let refused = sam.tries(&ann.reference, "close", &json!({})).await;
    assert_eq!((refused.status, refused.problem().as_str()), (409, "incomplete"));
    assert_eq!(missing(&refused), ["outcome", "written_response", "consent", "follow_up"]);
    sam.offers(&ann.reference).await;
    let refused = sam.tries(&ann.reference, "close", &json!({})).await;
    assert_eq!(missing(&refused), ["consent", "remedy", "remedy", "follow_up"]);
    ann.accepts().await;
    sam.carries_out(&ann.reference, 1).await;
    let refused = sam.tries(&ann.reference, "close", &json!({})).await;
    assert_eq!(missing(&refused), ["remedy", "follow_up"]);
    sam.carries_out(&ann.reference, 2).await;
    assert_eq!(missing(&sam.tries(&ann.reference, "close", &json!({})).await), ["follow_up"]);
    let closed =
        sam.does(&ann.reference, "close", &json!({"waive_follow_up": "They asked not to be asked."})).await;
    assert_eq!(stage(&closed), "closed");
    assert_eq!(desk.letters_to("ann@example.com").last().unwrap(), "closing");
    desk.rests().await;
}

#[tokio::test]
async fn whom_the_answer_did_not_reach_has_to_be_reached_before_the_end() {
    let desk = Desk::open();
    let cy = desk.complains("Cy", "bounce@example.com").await;
    let sam = desk.sam();
    sam.investigates(&cy.reference).await;
    sam.offers(&cy.reference).await;
    // Called before the proposal; that one came back too.
    assert_eq!(sam.case(&cy.reference).await["unreached"], true);
    sam.does(&cy.reference, "answer", &json!({"proposal": 1, "answer": "accept", "channel": "phone"})).await;
    sam.carries_out(&cy.reference, 1).await;
    sam.carries_out(&cy.reference, 2).await;
    let refused = sam.tries(&cy.reference, "close", &json!({"waive_follow_up": "Done on the phone."})).await;
    assert_eq!(missing(&refused), ["written_response"]);
    sam.calls(&cy.reference).await;
    let closed = sam.tries(&cy.reference, "close", &json!({"waive_follow_up": "Done on the phone."})).await;
    assert_eq!(closed.status, 200, "{}", closed.body);
    assert_eq!(desk.letters_to(DESK)[..1], ["undeliverable"]);
    desk.rests().await;
}

#[tokio::test]
async fn who_is_not_satisfied_hears_that_a_person_reads_it_and_one_does() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", "ann@example.com").await;
    desk.sam().resolves(&ann).await;
    assert_eq!(ann.rates(&json!({"rating": 1, "comment": "The refund never came."})).await.status, 200);
    let case = desk.sam().case(&ann.reference).await;
    assert_eq!(stage(&case), "following_up");
    assert_eq!(desk.letters_to("sam@northgate.example").last().unwrap(), "task");
    let task = desk.mails_to("sam@northgate.example").pop().unwrap().text.unwrap();
    assert!(task.contains("1 of 5") && !task.contains("never came"), "{task}");
    desk.sam().does(&ann.reference, "close", &json!({})).await;
    desk.rests().await;
}
