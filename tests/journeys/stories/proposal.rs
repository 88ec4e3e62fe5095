//! Proposals and what customers say to them: yes, no, nothing, and twice.

use serde_json::json;

use crate::desk::ask::post;
use crate::desk::browser::Browser;
use crate::desk::staff::{events, stage};
use crate::desk::{Desk, MANAGER, SENIOR};

#[tokio::test]
async fn each_refusal_goes_one_level_up_and_the_third_level_decides_for_good() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", "ann@example.com").await;
    let (sam, mia, fin) = (desk.sam(), desk.mia(), desk.fin());
    sam.investigates(&ann.reference).await;
    sam.offers(&ann.reference).await;
    ann.refuses(1).await;
    let case = sam.case(&ann.reference).await;
    assert_eq!((stage(&case), &case["level"]), ("investigating", &json!(2)));
    assert_eq!(desk.letters_to(MANAGER), ["escalated"]);

    mia.proposes(&ann.reference, "partly_upheld", json!([])).await;
    ann.refuses(2).await;
    assert_eq!(sam.case(&ann.reference).await["level"], 3);
    assert_eq!(desk.letters_to(SENIOR), ["escalated"]);

    // Nothing left to carry out, and nobody to ask for consent.
    let decided = fin.proposes(&ann.reference, "not_upheld", json!([])).await;
    assert_eq!(stage(&decided), "following_up");
    assert_eq!(decided["stage"]["decision"]["consent"]["by"], "not_needed");
    let letter = desk.mail("ann@example.com", "final-decision");
    for text in [letter.text.unwrap(), letter.html.unwrap()] {
        assert!(
            text.contains("Financial Ombudsman") && text.contains("https://ombudsman.example/"),
            "{text}"
        );
    }
    let page = ann.looks().await;
    let outside =
        "can look at your complaint: <a href=\"https://ombudsman.example/\">Financial Ombudsman</a>";
    assert!(page.contains("This is our final decision.") && page.contains(outside), "{page}");
    let letters = [
        "acknowledgement",
        "proposal",
        "escalation-notice",
        "proposal",
        "escalation-notice",
        "final-decision",
    ];
    assert_eq!(desk.letters_to("ann@example.com"), letters);
    desk.rests().await;
}

#[tokio::test]
async fn silence_is_reminded_of_and_then_taken_as_a_yes() {
    let desk = Desk::with_policy(
        "[consent]\nremind_after = \"2 working hours\"\nsilence_after = \"4 working hours\"",
    );
    let ann = desk.complains("Ann", "ann@example.com").await;
    let sam = desk.sam();
    sam.investigates(&ann.reference).await;
    sam.offers(&ann.reference).await;
    desk.until("2026-10-05T10:05:00Z").await;
    assert_eq!(desk.letters_to("ann@example.com"), ["acknowledgement", "proposal", "proposal-reminder"]);
    assert_eq!(stage(&sam.case(&ann.reference).await), "proposed");
    desk.until("2026-10-05T12:05:00Z").await;
    let case = sam.case(&ann.reference).await;
    assert_eq!(stage(&case), "implementing");
    assert_eq!(case["stage"]["decision"]["consent"]["by"], "silence");
    assert_eq!(desk.letters_to("ann@example.com").len(), 3, "one reminder");
    assert_eq!(desk.letters_to("sam@northgate.example"), ["task"], "the remedies are to be carried out");
    // From a page that was open meanwhile.
    let late = ann.answers(1, "refuse").await;
    assert_eq!((late.status, late.problem().as_str()), (409, "taken-as-consent"));
    assert!(late.json()["detail"].as_str().unwrap().contains("tell us so on your page"), "{}", late.body);
    assert_eq!(ann.answers(1, "accept").await.status, 200);
    let words = json!({"proposal": 1, "answer": "accept", "reason": "At last."});
    let late = ann.there(post(&format!("/my/{}/answer", ann.reference)).json(&words)).await;
    assert_eq!((late.status, late.problem().as_str()), (409, "taken-as-consent"));
    assert!(late.json()["detail"].as_str().unwrap().contains("is not kept"), "{}", late.body);
    assert_eq!(sam.case(&ann.reference).await["version"], case["version"]);
    desk.rests().await;
}

#[tokio::test]
async fn the_same_answer_again_changes_nothing_and_another_one_is_a_conflict() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", "ann@example.com").await;
    desk.sam().investigates(&ann.reference).await;
    desk.sam().offers(&ann.reference).await;
    let accepts = async |words: &str| {
        let body = json!({"proposal": 1, "answer": "accept", "reason": words});
        ann.there(post(&format!("/my/{}/answer", ann.reference)).json(&body)).await
    };
    assert_eq!(accepts("Be quick!").await.status, 200);
    let version = desk.sam().case(&ann.reference).await["version"].clone();
    for again in [ann.answers(1, "accept").await, accepts("Be quick!").await] {
        assert_eq!((again.status, again.json()["stage"].as_str()), (200, Some("implementing")));
    }
    let more = accepts("And call me first!").await;
    assert_eq!(
        (more.status, more.problem().as_str()),
        (409, "already-answered"),
        "words are not lost unseen"
    );
    let other = ann.answers(1, "refuse").await;
    assert_eq!((other.status, other.problem().as_str()), (409, "already-answered"));
    assert!(other.json()["detail"].as_str().unwrap().contains("a person will help you"));
    assert_eq!(desk.sam().case(&ann.reference).await["version"], version);
    // The same in a browser: a page with the way to a human.
    let form = [("proposal", "1"), ("answer", "refuse")];
    let page = ann.there(post(&format!("/my/{}/answer", ann.reference)).form(&form)).await;
    assert_eq!(page.status, 409);
    assert!(page.body.contains("complaints@northgate.example"), "{}", page.body);
    desk.rests().await;
}

#[tokio::test]
async fn staff_record_what_the_customer_said_on_the_phone() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", "ann@example.com").await;
    let sam = desk.sam();
    sam.investigates(&ann.reference).await;
    sam.offers(&ann.reference).await;
    let mut body = json!({"proposal": 1, "answer": "accept", "reason": "Be quick!", "channel": "phone"});
    let done = sam.does(&ann.reference, "answer", &body).await;
    assert_eq!(sam.does(&ann.reference, "answer", &body).await, done, "sent again on what it is now");
    body["reason"] = json!("And call me first!");
    let more = sam.tries(&ann.reference, "answer", &body).await;
    assert_eq!((more.status, more.problem().as_str()), (409, "already-answered"));
    assert_eq!(
        (stage(&done), &done["stage"]["decision"]["consent"]["channel"]),
        ("implementing", &json!("phone"))
    );
    desk.rests().await;
}

#[tokio::test]
async fn redress_above_the_limit_goes_up_with_a_draft_and_is_the_managers_to_give() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", "ann@example.com").await;
    desk.sam().investigates(&ann.reference).await;
    let remedies = json!([{"kind": "refund", "amount": "100.01", "promised_by": "2026-10-12"}]);
    let body = json!({"outcome": "upheld", "explanation": "Sorry.", "remedies": remedies});
    let gone_up = desk.sam().does(&ann.reference, "propose", &body).await;
    assert_eq!((&gone_up["level"], &gone_up["stage"]["name"]), (&json!(2), &json!("investigating")));
    let case = desk.mia().case(&ann.reference).await;
    assert!(case["texts"].as_object().unwrap().values().any(|text| text == "Sorry."), "the draft is kept");
    let refused = desk.sam().tries(&ann.reference, "propose", &body).await;
    assert_eq!((refused.status, refused.problem().as_str()), (403, "forbidden"));
    desk.mia().does(&ann.reference, "propose", &body).await;
    desk.rests().await;
}

#[tokio::test]
async fn who_offers_more_than_they_may_is_told_that_it_became_a_draft() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", "ann@example.com").await;
    desk.sam().investigates(&ann.reference).await;
    let sam = Browser::of(&desk, "sam@northgate.example", "csr");
    let offer = [
        ("outcome", "upheld"),
        ("explanation", "Sorry."),
        ("remedies/0/kind", "refund"),
        ("remedies/0/amount", "100.01"),
        ("remedies/0/promised_by", "2026-10-12"),
    ];
    let sent = sam.tries(&ann.reference, "propose", &offer).await;
    let onward = sent.header("location").unwrap();
    assert_eq!(onward, format!("/staff/complaints/{}?done=draft", ann.reference));
    let page = sam.opens(onward).await;
    assert!(page.contains("it has gone up to who may, as a draft with all that you entered"), "{page}");
    // The manager has it before them, and sends it as it is.
    let mia = Browser::of(&desk, "mia@northgate.example", "manager");
    let case = mia.opens(&format!("/staff/complaints/{}", ann.reference)).await;
    assert!(case.contains("Upheld; refund of 100.01 GBP by Monday 12 October 2026"), "{case}");
    let form = mia.form(&ann.reference, "propose").await;
    for (name, value) in offer {
        assert_eq!(form.value(name), Some(value), "{name}");
    }
    assert_eq!(mia.submits(&form).await.status, 303);
    assert_eq!(stage(&desk.mia().case(&ann.reference).await), "proposed");
    desk.rests().await;
}

#[tokio::test]
async fn whoever_upholds_without_a_root_cause_is_told_what_is_missing() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", "ann@example.com").await;
    let (sam, reference) = (desk.sam(), &ann.reference);
    sam.takes(reference).await;
    sam.triages(reference, "billing", "normal").await;
    sam.does(reference, "investigate", &json!({"finding": "Charged twice."})).await;
    let browser = Browser::of(&desk, "sam@northgate.example", "csr");
    let offer = [("outcome", "upheld"), ("explanation", "Sorry.")];
    let refused = browser.tries(reference, "propose", &offer).await;
    assert_eq!(refused.status, 409, "{}", refused.body);
    assert!(
        refused.body.contains("names no root cause") && refused.body.contains("Sorry."),
        "{}",
        refused.body
    );
    desk.rests().await;
}

#[tokio::test]
async fn a_remedy_past_its_date_alarms_its_owner_and_then_the_manager() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", "ann@example.com").await;
    let sam = desk.sam();
    sam.investigates(&ann.reference).await;
    let remedies = json!([
        {"kind": "refund", "amount": "25", "promised_by": "2026-10-05T12:00:00Z", "owner": "pat@northgate.example"},
        {"kind": "apology", "promised_by": "2026-10-09"},
    ]);
    sam.proposes(&ann.reference, "upheld", remedies).await;
    ann.accepts().await;
    assert_eq!(desk.letters_to("pat@northgate.example"), ["task"]);
    desk.until("2026-10-05T12:05:00Z").await;
    assert_eq!(desk.letters_to("pat@northgate.example"), ["task", "deadline-missed"]);
    assert_eq!(desk.letters_to(MANAGER), Vec::<String>::new());
    desk.until("2026-10-06T12:11:00Z").await;
    assert_eq!(desk.letters_to("pat@northgate.example"), ["task", "deadline-missed", "deadline-missed"]);
    assert_eq!(desk.letters_to(MANAGER), ["deadline-missed"]);
    assert_eq!(sam.case(&ann.reference).await["overdue"], true);
    assert_eq!(sam.carries_out(&ann.reference, 1).await["overdue"], false);
    let case = sam.case(&ann.reference).await;
    let done = case["history"].as_array().unwrap().last().unwrap();
    assert_eq!((events(&case).last(), &done["event"]["in_time"]), (Some(&"RemedyDone"), &json!(false)));
    desk.rests().await;
}

#[tokio::test]
async fn what_was_agreed_and_cannot_be_kept_is_changed_and_told_with_the_reason() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", "ann@example.com").await;
    let sam = desk.sam();
    sam.investigates(&ann.reference).await;
    let remedies = json!([
        {"kind": "refund", "amount": "25", "promised_by": "2026-10-08"},
        {"kind": "replacement", "promised_by": "2026-10-09", "owner": "pat@northgate.example"},
    ]);
    sam.proposes(&ann.reference, "upheld", remedies).await;
    ann.accepts().await;
    for (body, pointer, code) in [
        (json!({"remedy": 1, "reason": "x"}), "/promised_by", "required"),
        (
            json!({"remedy": 1, "reason": "x", "promised_by": "2026-10-12", "dropped": true}),
            "/dropped",
            "not_both",
        ),
        (json!({"remedy": 1, "promised_by": "2026-10-12"}), "/reason", "required"),
        (json!({"remedy": 1, "reason": "x", "promised_by": "2026-10-01"}), "/promised_by", "in_past"),
        (json!({"remedy": 3, "reason": "x", "dropped": true}), "/remedy", "unknown_value"),
    ] {
        let reply = sam.tries(&ann.reference, "remedy-change", &body).await;
        assert_eq!(
            (reply.status, reply.pointers()),
            (422, vec![(pointer.to_owned(), code.to_owned())]),
            "{body}"
        );
    }
    let later = json!({"remedy": 1, "promised_by": "2026-10-12", "reason": "The bank needs until then."});
    for _ in 0..2 {
        sam.does(&ann.reference, "remedy-change", &later).await;
    }
    let told = desk.mail("ann@example.com", "remedy-change").text.unwrap();
    assert!(told.contains("The bank needs until then.") && told.contains("12 October 2026"), "{told}");
    let other_words = json!({"remedy": 1, "promised_by": "2026-10-12", "reason": "Something else."});
    let reply = sam.tries(&ann.reference, "remedy-change", &other_words).await;
    assert_eq!(reply.status, 409, "what nobody keeps is not thanked for: {}", reply.body);
    sam.carries_out(&ann.reference, 1).await;
    let dropped = json!({"remedy": 2, "dropped": true, "reason": "It is not made any more."});
    let done = sam.does(&ann.reference, "remedy-change", &dropped).await;
    assert_eq!(done["stage"]["name"], "following_up");
    assert_eq!(
        desk.letters_to("ann@example.com"),
        ["acknowledgement", "proposal", "remedy-change", "resolution-summary"]
    );
    let told = desk.mails_to("ann@example.com").pop().unwrap().text.unwrap();
    assert!(
        told.contains("It is not made any more.") && told.contains("A replacement: not carried out"),
        "{told}"
    );
    assert_eq!(desk.letters_to("pat@northgate.example"), ["task", "task"]);
    let page = ann.looks().await;
    assert!(page.contains("We will not do what we promised after all: a replacement."), "{page}");
    assert!(page.contains("Nothing is left to do of what was decided."), "{page}");
    desk.rests().await;
}
