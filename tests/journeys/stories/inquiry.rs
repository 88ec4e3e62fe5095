//! Questions to the customer and to departments, and dates that are not kept.

use local::door::{Fault, Service};
use serde_json::json;

use crate::desk::Desk;
use crate::desk::staff::{events, stage};

const ANN: &str = "ann@example.com";
const PAYMENTS: &str = "payments@northgate.example";
const SAM: &str = "sam@northgate.example";
/// A customer who is asked is reminded on the next working day, and waited for until the one after.
const QUICK: &str = "[information]\nremind_after = \"1 working day\"\nsilence_after = \"2 working days\"";

/// The date of a promise that stands.
fn by<'c>(case: &'c serde_json::Value, promise: &str) -> Option<&'c str> {
    let promises = case["promises"].as_array().unwrap();
    promises.iter().find(|it| it["promise"] == promise).map(|it| it["by"].as_str().unwrap())
}

#[tokio::test]
async fn while_the_customer_is_asked_the_time_to_answer_stands_still_and_their_late_answer_moves_the_date() {
    let desk = Desk::with_policy(QUICK);
    let ann = desk.complains("Ann", ANN).await;
    let (sam, reference) = (desk.sam(), &ann.reference);
    sam.takes(reference).await;
    assert_eq!(by(&sam.triages(reference, "billing", "low").await, "answer"), Some("2026-10-08T16:00:00Z"));
    let asked = sam.does(reference, "information-request", &json!({"text": "Which of the two days?"})).await;
    assert_eq!(asked["stage"]["waiting_since"], "2026-10-05T08:00:00Z");
    let request = desk.mail(ANN, "information-request").text.unwrap();
    assert!(request.contains("Which of the two days?") && request.contains("7 October 2026"), "{request}");

    desk.until("2026-10-06T16:05:00Z").await;
    desk.mail(ANN, "information-reminder");
    desk.until("2026-10-07T08:00:00Z").await;
    let case = sam.case(reference).await;
    assert_eq!((&case["overdue"], &case["level"]), (&json!(false), &json!(1)));
    assert_eq!(by(&case, "answer"), Some("2026-10-08T16:00:00Z"), "as far away as when it stopped");
    let given = json!({"text": "It was the Friday.", "channel": "phone"});
    let told = sam.does(reference, "information", &given).await;
    assert_eq!(told["stage"].get("waiting_since"), None);
    // Two working days stood still, and the weekend is none.
    assert_eq!(by(&told, "answer"), Some("2026-10-12T16:00:00Z"));
    assert_eq!((&told["answer_by"], &told["told_by"]), (&told["told_by"], &json!("2026-10-12T16:00:00Z")));
    let letter = desk.mails_to(ANN).pop().unwrap().text.unwrap();
    assert!(
        letter.contains("Thank you: we have what you sent us") && letter.contains("12 October 2026"),
        "{letter}"
    );
    assert!(!desk.letters_to(SAM).contains(&"deadline-near".to_owned()), "{:?}", desk.letters_to(SAM));
    desk.rests().await;
}

#[tokio::test]
async fn without_an_answer_it_goes_on_with_what_is_known_and_all_are_told() {
    let desk = Desk::with_policy(QUICK);
    let ann = desk.complains("Ann", ANN).await;
    let sam = desk.sam();
    sam.takes(&ann.reference).await;
    sam.triages(&ann.reference, "billing", "low").await;
    sam.does(&ann.reference, "information-request", &json!({"text": "Which of the two days?"})).await;
    desk.until("2026-10-07T22:55:00Z").await;
    assert!(!events(&sam.case(&ann.reference).await).contains(&"WaitEnded"), "the day is theirs");
    desk.until("2026-10-07T23:05:00Z").await;
    let case = sam.case(&ann.reference).await;
    assert_eq!(events(&case).iter().filter(|event| **event == "WaitEnded").count(), 1);
    assert_eq!(by(&case, "answer"), Some("2026-10-13T16:00:00Z"));
    let letter = desk.mails_to(ANN).pop().unwrap().text.unwrap();
    assert!(letter.contains("have not heard from you"), "{letter}");
    assert_eq!(desk.letters_to(SAM).last().unwrap(), "task");
    desk.rests().await;
}

#[tokio::test]
async fn a_question_that_comes_back_is_not_waited_for_and_staff_have_the_task() {
    let desk = Desk::with_policy(QUICK);
    let ann = desk.complains("Ann", "bounce@example.com").await;
    let sam = desk.sam();
    sam.takes(&ann.reference).await;
    sam.triages(&ann.reference, "billing", "low").await;
    sam.calls(&ann.reference).await;
    sam.does(&ann.reference, "information-request", &json!({"text": "Which of the two days?"})).await;
    let case = sam.case(&ann.reference).await;
    let last = events(&case);
    assert_eq!(last[last.len() - 3..], ["InformationAsked", "LetterUndeliverable", "WaitEnded"]);
    assert_eq!(case["stage"].get("waiting_since"), None);
    assert_eq!(by(&case, "answer"), Some("2026-10-08T16:00:00Z"), "no time was lost");
    assert_eq!(desk.letters_to("bounce@example.com"), ["acknowledgement", "information-request"]);
    assert_eq!(desk.letters_to(SAM), ["undeliverable"]);
    desk.rests().await;
}

#[tokio::test]
async fn a_customer_is_asked_again_until_the_policys_time_is_used_up() {
    let desk = Desk::with_policy(
        "[information]\nremind_after = \"1 working day\"\nsilence_after = \"2 working days\"\nlongest_wait = \"2 working days\"",
    );
    let ann = desk.complains("Ann", ANN).await;
    let (sam, question) = (desk.sam(), json!({"text": "Which of the two days?"}));
    sam.takes(&ann.reference).await;
    sam.triages(&ann.reference, "billing", "normal").await;
    sam.does(&ann.reference, "information-request", &question).await;
    desk.until("2026-10-06T08:00:00Z").await;
    let again = sam.does(&ann.reference, "information-request", &question).await;
    assert_eq!(by(&again, "information"), Some("2026-10-07T22:59:59Z"));
    desk.until("2026-10-08T08:00:00Z").await;
    let refused = sam.tries(&ann.reference, "information-request", &question).await;
    assert_eq!((refused.status, refused.pointers()[0].0.as_str()), (422, "/text"));
    desk.rests().await;
}

#[tokio::test]
async fn what_a_customer_adds_unasked_is_kept_and_told_to_the_owner_and_moves_nothing() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", ANN).await;
    let (sam, mia) = (desk.sam(), desk.mia());
    sam.takes(&ann.reference).await;
    let before = sam.triages(&ann.reference, "billing", "normal").await;
    let added = json!({"text": "I found the receipt.", "channel": "counter"});
    let after = mia.does(&ann.reference, "information", &added).await;
    assert_eq!(before["promises"], after["promises"]);
    assert_eq!(desk.letters_to(SAM), ["task"]);
    let kept = sam.case(&ann.reference).await["texts"].to_string();
    assert!(kept.contains("I found the receipt."), "{kept}");
    desk.rests().await;
}

#[tokio::test]
async fn a_department_is_asked_by_mail_is_reminded_and_its_answer_comes_to_the_owner() {
    let desk = Desk::open();
    let ann = desk.complains("Ann Canary", ANN).await;
    let (sam, reference) = (desk.sam(), &ann.reference);
    sam.investigates(reference).await;
    let unknown = json!({"department": "kitchen", "question": "x"});
    let refused = sam.tries(reference, "consultation", &unknown).await;
    assert_eq!((refused.status, refused.pointers()[0].0.as_str()), (422, "/department"));
    let question = json!({"department": "payments", "question": "Was the payment sent twice?"});
    let asked = sam.does(reference, "consultation", &question).await;
    assert_eq!(by(&asked, "consultation 1"), Some("2026-10-07T16:00:00Z"));
    let mail = desk.mail(PAYMENTS, "consultation").text.unwrap();
    assert!(mail.contains("Was the payment sent twice?") && mail.contains("/consultation/"), "{mail}");
    assert!(!mail.contains("Canary") && !mail.contains(ANN) && !mail.contains("charged twice"), "{mail}");

    desk.until("2026-10-07T15:55:00Z").await;
    assert_eq!(desk.letters_to(PAYMENTS), ["consultation"]);
    desk.until("2026-10-07T16:05:00Z").await;
    assert_eq!(desk.letters_to(PAYMENTS), ["consultation", "consultation-reminder"]);
    let answer = json!({"consultation": 1, "answer": "It was. The retry is mended."});
    sam.does(reference, "consultation-answer", &answer).await;
    let again = sam.tries(reference, "consultation-answer", &answer).await;
    assert_eq!((again.status, again.problem().as_str()), (409, "already-answered"));
    desk.until("2026-10-08T16:05:00Z").await;
    assert_eq!(desk.letters_to(PAYMENTS).len(), 2, "it is not asked again");
    desk.rests().await;
}

#[tokio::test]
async fn before_a_promised_date_is_missed_the_customer_is_told_the_new_one() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", ANN).await;
    let sam = desk.sam();
    sam.takes(&ann.reference).await;
    sam.triages(&ann.reference, "billing", "low").await;
    desk.until("2026-10-08T12:45:00Z").await;
    assert!(!desk.letters_to(ANN).contains(&"delay-notice".to_owned()));
    desk.until("2026-10-08T12:55:00Z").await;
    let notice = desk.mail(ANN, "delay-notice").text.unwrap();
    assert!(notice.contains("8 October 2026") && notice.contains("16 October 2026"), "{notice}");
    let case = sam.case(&ann.reference).await;
    assert_eq!(case["answer_by"], "2026-10-08T16:00:00Z", "it is measured by the first date still");
    assert_eq!(case["told_by"], "2026-10-16T16:00:00Z");
    desk.rests().await;
}

#[tokio::test]
async fn staff_announce_a_delay_themselves_with_the_reason_and_a_later_date() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", ANN).await;
    let sam = desk.sam();
    sam.investigates(&ann.reference).await;
    let sooner = json!({"until": "2026-10-16", "text": "x"});
    let refused = sam.tries(&ann.reference, "delay", &sooner).await;
    assert_eq!((refused.status, refused.pointers()[0].0.as_str()), (422, "/until"));
    let later = json!({"until": "2026-10-30", "text": "We wait for the other bank."});
    let told = sam.does(&ann.reference, "delay", &later).await;
    assert_eq!(told["told_by"], "2026-10-30T23:59:59Z");
    assert_eq!(stage(&told), "investigating");
    let notice = desk.mail(ANN, "delay-notice").text.unwrap();
    assert!(notice.contains("We wait for the other bank.") && notice.contains("30 October 2026"), "{notice}");
    desk.rests().await;
}

#[tokio::test]
async fn a_letter_that_was_put_off_is_not_sent_once_it_has_been_overtaken() {
    let desk = Desk::with_policy(QUICK);
    let ann = desk.complains("Ann", ANN).await;
    let sam = desk.sam();
    sam.takes(&ann.reference).await;
    sam.triages(&ann.reference, "billing", "low").await;
    desk.world.cloud().inject(Box::new(|call| match call.service {
        Service::Ses => Fault::Throttle,
        _ => Fault::None,
    }));
    let question = json!({"text": "Which of the two days?"});
    sam.does(&ann.reference, "information-request", &question).await;
    let given = json!({"text": "It was the Friday.", "channel": "phone"});
    sam.does(&ann.reference, "information", &given).await;
    desk.world.cloud().inject_nothing();
    desk.hours(1).await;
    let letters = desk.letters_to(ANN);
    assert!(!letters.contains(&"information-request".to_owned()), "nobody asks again: {letters:?}");
    assert!(letters.contains(&"update".to_owned()), "that the answer has come is told: {letters:?}");
    desk.rests().await;
}
