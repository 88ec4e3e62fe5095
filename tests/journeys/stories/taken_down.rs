//! What customers say by phone or post, taken down later than they said it.

use serde_json::json;

use crate::desk::Desk;
use crate::desk::browser::Browser;
use crate::desk::staff::{events, stage};

#[tokio::test]
async fn a_refusal_that_lay_in_the_post_counts_as_one_though_silence_was_taken_for_a_yes_meanwhile() {
    let desk = Desk::at("2026-11-02T09:00:00Z");
    let (ann, sam) = (desk.complains("Ann", "ann@example.com").await, desk.sam());
    sam.investigates(&ann.reference).await;
    sam.offers(&ann.reference).await;
    desk.until("2026-11-18T09:00:00Z").await;
    let case = sam.case(&ann.reference).await;
    assert_eq!(
        (stage(&case), &case["stage"]["decision"]["consent"]),
        ("implementing", &json!({"by": "silence"}))
    );

    let refusal = |said_at: &str| json!({"proposal": 1, "answer": "refuse", "reason": "Too little.", "channel": "letter", "said_at": said_at});
    let late = sam.tries(&ann.reference, "answer", &refusal("2026-11-17T10:00:00Z")).await;
    assert_eq!((late.status, late.problem().as_str()), (409, "taken-as-consent"), "{}", late.body);
    let early = sam.tries(&ann.reference, "answer", &refusal("2026-10-30T10:00:00Z")).await;
    assert_eq!((early.status, early.pointers().remove(0).0.as_str()), (422, "/said_at"));
    let refused = sam.does(&ann.reference, "answer", &refusal("2026-11-12T10:00:00Z")).await;
    assert_eq!((stage(&refused), &refused["level"]), ("investigating", &json!(2)));
    assert_eq!(desk.letters_to("ann@example.com").last().unwrap(), "escalation-notice");
    let page = Browser::of(&desk, "sam@northgate.example", "csr").case(&ann.reference).await;
    assert!(page.contains("That was Thu 12 Nov 2026, 10:00"), "{page}");
    desk.rests().await;
}

#[tokio::test]
async fn a_call_noted_at_the_desk_the_next_day_is_of_the_day_before() {
    let desk = Desk::at("2026-11-02T09:00:00Z");
    let (ann, sam) = (desk.complains("Ann", "ann@example.com").await, desk.sam());
    sam.takes(&ann.reference).await;
    sam.triages(&ann.reference, "billing", "normal").await;
    desk.until("2026-11-05T09:00:00Z").await;
    let browser = Browser::of(&desk, "sam@northgate.example", "csr");
    // As a browser sends it: the time on the wall of the company.
    let note = [("channel", "phone"), ("text", "We spoke of the fee."), ("said_at", "2026-11-03T10:30")];
    browser.does(&ann.reference, "contact", &note).await;
    let case = sam.case(&ann.reference).await;
    let contact =
        case["history"].as_array().unwrap().iter().find(|it| it["event"]["type"] == "ContactMade").unwrap();
    let event = &contact["event"];
    assert_eq!(
        (&event["said_at"], &event["first"]["in_time"]),
        (&json!("2026-11-03T10:30:00Z"), &json!(true))
    );
    let tomorrow = json!({"channel": "phone", "text": "Again.", "said_at": "2026-11-06T10:30:00Z"});
    let refused = sam.tries(&ann.reference, "contact", &tomorrow).await;
    assert_eq!(refused.pointers(), [("/said_at".to_owned(), "in_future".to_owned())], "{}", refused.body);
    assert_eq!(events(&sam.case(&ann.reference).await).iter().filter(|it| **it == "ContactMade").count(), 1);
    desk.rests().await;
}
