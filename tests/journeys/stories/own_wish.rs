//! What customers do at their own wish: tell more, ask for a higher level, withdraw, ask for erasure; and those who
//! never complained.

use serde_json::{Value, json};

use crate::desk::ask::{Reply, get, post};
use crate::desk::customer::{Customer, token_after};
use crate::desk::staff::{events, stage};
use crate::desk::{Desk, MANAGER};

const ANN: &str = "ann@example.com";
const SAM: &str = "sam@northgate.example";

/// Sends a form or JSON from the private page.
async fn sends(ann: &Customer<'_>, way: &str, body: &Value) -> Reply {
    ann.there(post(&format!("/my/{}/{way}", ann.reference)).json(body)).await
}

async fn sends_form(ann: &Customer<'_>, way: &str, fields: &[(&str, &str)]) -> Reply {
    ann.there(post(&format!("/my/{}/{way}", ann.reference)).form(fields)).await
}

/// The hidden key of the only form on a page that has one.
fn key_in(page: &str) -> String {
    let after = page.split_once("name=\"idempotency_key\" value=\"").expect("a key on the page").1;
    after.split_once('"').unwrap().0.to_owned()
}

/// What stands in the case's texts.
fn texts(case: &Value) -> Vec<&str> {
    case["texts"].as_object().unwrap().values().map(|text| text.as_str().unwrap()).collect()
}

fn count(case: &Value, event: &str) -> usize {
    events(case).iter().filter(|name| **name == event).count()
}

#[tokio::test]
async fn a_customer_adds_something_at_any_time_and_whoever_handles_it_is_told() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", ANN).await;
    desk.sam().takes(&ann.reference).await;
    let page = ann.looks().await;
    assert!(page.contains("Add something"), "{page}");
    let thanks = sends_form(
        &ann,
        "information",
        &[("idempotency_key", &key_in(&page)), ("text", "It happened <b>again</b> today.")],
    )
    .await;
    assert_eq!(thanks.status, 200, "{}", thanks.body);
    assert!(thanks.body.contains("Thank you, we have it"), "{}", thanks.body);
    let case = desk.sam().case(&ann.reference).await;
    assert_eq!(texts(&case), ["It happened <b>again</b> today."]);
    assert!(ann.looks().await.contains("You told us more."));
    let task = desk.mail(SAM, "task");
    assert!(!task.text.unwrap().contains("again"), "staff read it in the case");
    assert_eq!(desk.letters_to(ANN), ["acknowledgement"], "nobody was waiting for it");
    desk.rests().await;
}

#[tokio::test]
async fn a_double_click_or_a_refresh_adds_nothing_twice_but_another_text_is_another() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", ANN).await;
    let key = key_in(&ann.looks().await);
    for _ in 0..2 {
        let fields = [("idempotency_key", key.as_str()), ("text", "The receipt is lost.")];
        assert_eq!(sends_form(&ann, "information", &fields).await.status, 200);
    }
    let case = desk.sam().case(&ann.reference).await;
    assert_eq!((count(&case, "InformationAdded"), texts(&case)), (1, vec!["The receipt is lost."]));
    // Back to the same page, and something else is written.
    let fields = [("idempotency_key", key.as_str()), ("text", "I found it.")];
    assert_eq!(sends_form(&ann, "information", &fields).await.status, 200);
    // Programs name a sending by the header.
    for _ in 0..2 {
        let ask = post(&format!("/my/{}/information", ann.reference)).json(&json!({"text": "Here it is."}));
        assert_eq!(ann.there(ask.header("idempotency-key", "one-and-the-same")).await.status, 200);
    }
    assert_eq!(count(&desk.sam().case(&ann.reference).await, "InformationAdded"), 3);
    assert_eq!(sends(&ann, "information", &json!({"text": "Twice."})).await.status, 200);
    assert_eq!(sends(&ann, "information", &json!({"text": "Twice."})).await.status, 200);
    let case = desk.sam().case(&ann.reference).await;
    assert_eq!(count(&case, "InformationAdded"), 5, "without a name each is its own");
    desk.rests().await;
}

#[tokio::test]
async fn a_customer_who_asks_gets_a_higher_level_once() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", ANN).await;
    desk.sam().takes(&ann.reference).await;
    assert!(ann.looks().await.contains("/escalation?lang=en"));
    for _ in 0..2 {
        let reply = sends(&ann, "escalation", &json!({"text": "It takes too long."})).await;
        assert_eq!(reply.status, 200, "{}", reply.body);
    }
    let case = desk.sam().case(&ann.reference).await;
    assert_eq!((case["level"].as_u64(), count(&case, "Escalated")), (Some(2), 1));
    assert_eq!(count(&case, "InformationAdded"), 0);
    // What they say beyond that is kept, and is the owner's to read.
    let reply = sends(&ann, "escalation", &json!({"text": "It still takes too long."})).await;
    assert_eq!(reply.status, 200, "{}", reply.body);
    let case = desk.sam().case(&ann.reference).await;
    assert_eq!((case["level"].as_u64(), count(&case, "InformationAdded")), (Some(2), 1));
    assert!(case["texts"].to_string().contains("It still takes too long."));
    assert_eq!(desk.letters_to("sam@northgate.example").last().unwrap(), "task");
    assert!(!ann.looks().await.contains("/escalation?lang=en"), "it is not offered any more");
    assert_eq!(desk.letters_to(ANN), ["acknowledgement", "escalation-notice"]);
    assert!(desk.letters_to(MANAGER).contains(&"escalated".to_owned()));
    desk.rests().await;
}

#[tokio::test]
async fn who_asks_for_a_higher_level_keeps_what_was_agreed() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", ANN).await;
    let sam = desk.sam();
    sam.investigates(&ann.reference).await;
    sam.offers(&ann.reference).await;
    assert!(!ann.looks().await.contains("/escalation?lang=en"), "to refuse the proposal is the way");
    ann.accepts().await;
    assert!(ann.looks().await.contains("/escalation?lang=en"));
    let reply = sends(&ann, "escalation", &json!({"text": "Nobody answers my calls."})).await;
    assert_eq!(reply.status, 200, "{}", reply.body);
    let case = sam.case(&ann.reference).await;
    assert_eq!((case["level"].as_u64(), case["stage"]["name"].as_str()), (Some(2), Some("implementing")));
    let notice = desk.mail(ANN, "escalation-notice").text.unwrap();
    assert!(notice.contains("What we have promised you stands"), "{notice}");
    desk.rests().await;
}

#[tokio::test]
async fn who_asks_for_a_higher_level_by_phone_while_a_proposal_stands_refuses_it() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", ANN).await;
    let sam = desk.sam();
    sam.investigates(&ann.reference).await;
    sam.offers(&ann.reference).await;
    let asked = json!({"reason": "Too little.", "asked_by": "phone"});
    let up = sam.does(&ann.reference, "escalate", &asked).await;
    assert_eq!((up["level"].as_u64(), up["stage"]["name"].as_str()), (Some(2), Some("investigating")));
    let case = sam.case(&ann.reference).await;
    assert_eq!(count(&case, "ProposalRefused"), 1);
    assert!(texts(&case).contains(&"Too little."));
    desk.rests().await;
}

#[tokio::test]
async fn what_is_not_possible_any_more_is_said_in_plain_words() {
    let desk = Desk::at("2026-11-02T09:00:00Z");
    let ann = desk.complains("Ann", ANN).await;
    let sam = desk.sam();
    sam.investigates(&ann.reference).await;
    sam.offers(&ann.reference).await;
    ann.accepts().await;
    sam.carries_out(&ann.reference, 1).await;
    sam.carries_out(&ann.reference, 2).await;
    for (way, body) in [("escalation", json!({"text": "No."})), ("withdrawal", json!({}))] {
        let reply = sends(&ann, way, &body).await;
        assert_eq!((reply.status, reply.problem().as_str()), (409, "illegal-transition"), "{way}");
        let fields: &[(&str, &str)] = if way == "escalation" { &[("text", "No.")] } else { &[] };
        let page = sends_form(&ann, way, fields).await;
        assert_eq!(page.status, 409);
        assert!(page.body.contains("This is not possible as your complaint stands now."), "{}", page.body);
        assert!(!page.body.contains("following"), "{}", page.body);
    }
    let asked = ann.there(get(&format!("/my/{}/withdrawal", ann.reference)).html()).await;
    assert_eq!(asked.status, 303, "nothing to be sure about: the private page says how things stand");
    desk.rests().await;
}

#[tokio::test]
async fn a_customer_withdraws_once_they_have_confirmed_it() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", ANN).await;
    desk.sam().takes(&ann.reference).await;
    let address = format!("/my/{}/withdrawal", ann.reference);
    assert!(ann.looks().await.contains(&format!("href=\"{address}\"")));
    let asked = ann.there(get(&address).html()).await;
    assert_eq!(asked.status, 200, "{}", asked.body);
    assert!(
        asked.body.contains("Yes, withdraw my complaint") && asked.body.contains("No, back to my complaint")
    );
    assert_eq!(stage(&desk.sam().case(&ann.reference).await), "acknowledged", "a look changes nothing");

    for _ in 0..2 {
        let done = sends_form(&ann, "withdrawal", &[("reason", "It was my own mistake.")]).await;
        assert_eq!(done.status, 200, "{}", done.body);
        assert!(done.body.contains("You have withdrawn your complaint"), "{}", done.body);
    }
    let case = desk.sam().case(&ann.reference).await;
    assert_eq!((stage(&case), count(&case, "Withdrawn")), ("withdrawn", 1));
    assert_eq!(texts(&case), ["It was my own mistake."]);
    assert_eq!(
        ann.sees().await["allowed"],
        json!(["add_information", "end_links", "ask_data", "ask_erasure"])
    );
    assert_eq!(desk.letters_to(ANN), ["acknowledgement", "withdrawal"]);
    desk.rests().await;
}

#[tokio::test]
async fn a_page_of_a_neighbouring_site_takes_back_nobodys_complaint() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", ANN).await;
    let way = format!("/my/{}/withdrawal", ann.reference);
    let from = |site: &'static str| post(&way).form(&[("reason", "x")]).header("sec-fetch-site", site);
    // Below the same domain, so that the browser sends our cookie with it.
    let refused = ann.there(from("same-site")).await;
    assert_eq!(refused.status, 404, "{}", refused.body);
    assert_eq!(stage(&desk.sam().case(&ann.reference).await), "acknowledged");
    // Their own page does, and so does a link from a neighbour's.
    let shown =
        ann.there(get(&format!("/my/{}", ann.reference)).html().header("sec-fetch-site", "same-site")).await;
    assert_eq!(shown.status, 200);
    assert_eq!(ann.there(from("same-origin")).await.status, 200);
    assert_eq!(stage(&desk.sam().case(&ann.reference).await), "withdrawn");
    desk.rests().await;
}

#[tokio::test]
async fn a_customer_asks_for_erasure_and_the_manager_is_told_once() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", ANN).await;
    desk.sam().takes(&ann.reference).await;
    for _ in 0..2 {
        let asked = sends_form(&ann, "erasure", &[]).await;
        assert_eq!(asked.status, 200, "{}", asked.body);
        assert!(asked.body.contains("A person decides what can be erased"), "{}", asked.body);
    }
    let case = desk.sam().case(&ann.reference).await;
    assert_eq!(count(&case, "ErasureAsked"), 1);
    assert!(ann.sees().await["complaint"].is_object(), "nothing is gone yet");
    let page = ann.looks().await;
    assert!(page.contains("You asked us to erase your data.") && !page.contains("/erasure?"), "{page}");
    desk.mail(MANAGER, "task");
    desk.rests().await;
}

#[tokio::test]
async fn a_customer_asks_for_a_copy_of_their_data_and_the_manager_hands_it_out() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", ANN).await;
    desk.sam().takes(&ann.reference).await;
    for _ in 0..2 {
        let asked = sends_form(&ann, "data", &[]).await;
        assert_eq!(asked.status, 200, "{}", asked.body);
        assert!(asked.body.contains("sends you all that we hold on you"), "{}", asked.body);
    }
    let page = ann.looks().await;
    assert!(page.contains("You asked for a copy of your data.") && !page.contains("/data\""), "{page}");
    let task = desk.mail(MANAGER, "task").text.unwrap();
    assert!(task.contains("The customer wants a copy of their data"), "{task}");
    let case = desk.mia().case(&ann.reference).await;
    assert_eq!((count(&case, "DataAsked"), &case["data_asked"]), (1, &json!(true)));

    let export = post(&format!("/staff/complaints/{}/export", ann.reference));
    let handed_out = desk.send(desk.mia().signed(export.json(&json!({"reason": "To Ann, by mail."})))).await;
    assert_eq!(handed_out.status, 200, "{}", handed_out.body);
    assert_eq!(desk.mia().case(&ann.reference).await["data_asked"], false);
    assert!(ann.looks().await.contains("The data that we hold on you was handed out."));
    // Later, they may want it again, by phone as well.
    desk.sam().does(&ann.reference, "data-request", &json!({"channel": "phone"})).await;
    assert_eq!(count(&desk.sam().case(&ann.reference).await, "DataAsked"), 2);
    desk.rests().await;
}

#[tokio::test]
async fn a_german_customer_does_all_of_it_in_german() {
    let desk = Desk::open();
    let body = json!({"email": ANN, "description": "Zweimal belastet.", "language": "de"});
    let grete = desk.posts(&body).await;
    let page = grete.looks().await;
    assert!(page.contains("Sie können außerdem") && page.contains("Etwas ergänzen"), "{page}");
    let wrong = sends_form(&grete, "escalation", &[("text", "")]).await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.body.contains("<title>Fehler: Um eine höhere Stufe bitten"), "{}", wrong.body);
    let thanks = sends_form(&grete, "information", &[("text", "Heute noch einmal.")]).await;
    assert!(thanks.body.contains("Vielen Dank, es ist bei uns"), "{}", thanks.body);
    let asked = grete.there(get(&format!("/my/{}/withdrawal", grete.reference)).html()).await;
    assert!(asked.body.contains("Ja, Beschwerde zurückziehen"), "{}", asked.body);
    desk.rests().await;
}

#[tokio::test]
async fn who_never_complained_stops_our_mail_by_a_button() {
    let desk = Desk::open();
    let eve = desk.complains("Ann", ANN).await;
    desk.sam().takes(&eve.reference).await;
    let letter = desk.mail(ANN, "acknowledgement").text.unwrap();
    let token = token_after(&letter, "/disown/");
    desk.world.cloud().clear_requests();
    let page = desk.send(get(&format!("/disown/{token}")).html()).await;
    assert_eq!(page.status, 200);
    assert!(page.body.contains("It was not me") && !page.body.contains(&eve.reference), "{}", page.body);
    assert!(desk.table_requests().is_empty(), "a mail scanner that follows the link stops nothing");

    for _ in 0..2 {
        let done = desk.send(post("/disown").form(&[("token", &token)])).await;
        assert_eq!(done.status, 200, "{}", done.body);
        assert!(done.body.contains("We write to you no more"), "{}", done.body);
    }
    assert_eq!(desk.send(post("/disown").json(&json!({"token": token}))).await.status, 200);
    let link = token_after(&letter, "/link/");
    let opened = desk.send(post("/link").json(&json!({"token": link}))).await;
    assert_eq!(opened.status, 410, "what is not theirs is closed to them: {}", opened.body);
    let case = desk.sam().case(&eve.reference).await;
    assert_eq!(count(&case, "Disowned"), 1);
    assert!(desk.letters_to(SAM).contains(&"task".to_owned()), "{:?}", desk.letters_to(SAM));
    let contact = json!({"channel": "email", "text": "How are things?"});
    assert_eq!(desk.sam().tries(&eve.reference, "contact", &contact).await.status, 422, "no address is left");
    desk.sam().does(&eve.reference, "escalate", &json!({"reason": "What is this?"})).await;
    assert_eq!(desk.letters_to(ANN), ["acknowledgement"], "no mail more");
    desk.rests().await;
}

#[tokio::test]
async fn what_who_mistyped_their_address_must_hear_is_told_another_way_and_is_not_consented_to_in_silence() {
    let desk = Desk::open();
    let ann = desk
        .posts(&json!({"email": ANN, "phone": "+44 20 7946 0991", "description": "Charged twice."}))
        .await;
    let sam = desk.sam();
    let token = token_after(&desk.mail(ANN, "acknowledgement").text.unwrap(), "/disown/");
    desk.send(post("/disown").form(&[("token", &token)])).await;
    sam.investigates(&ann.reference).await;
    let called = json!({"channel": "phone", "text": "I have looked into it."});
    sam.does(&ann.reference, "contact", &called).await;
    assert_eq!(sam.case(&ann.reference).await["unreached"], json!(false));
    sam.offers(&ann.reference).await;
    let case = sam.case(&ann.reference).await;
    assert_eq!((stage(&case), &case["unreached"]), ("proposed", &json!(true)), "the proposal reached nobody");
    assert_eq!(count(&case, "LetterUndeliverable"), 1);
    assert_eq!(desk.letters_to(ANN), ["acknowledgement"], "nothing is written to somebody else");
    desk.hours(60 * 24).await;
    assert_eq!(stage(&sam.case(&ann.reference).await), "proposed", "nobody consents to what they never saw");
    desk.rests().await;
}

#[tokio::test]
async fn each_of_gathered_acknowledgements_has_its_own_way_to_say_that_it_was_not_me() {
    let desk = Desk::with_policy("[limits]\nacknowledgements_per_day = 1");
    for _ in 0..3 {
        desk.complains("Ann", ANN).await;
    }
    desk.hours(2).await;
    let letters: Vec<String> = desk.mails_to(ANN).into_iter().map(|mail| mail.text.unwrap()).collect();
    let ways = letters.iter().map(|letter| letter.matches("/disown/").count()).filter(|ways| *ways > 0);
    assert_eq!(ways.collect::<Vec<_>>(), [1, 2]);
    desk.rests().await;
}

#[tokio::test]
async fn a_customer_answers_on_the_private_page_what_they_were_asked() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", ANN).await;
    let sam = desk.sam();
    sam.takes(&ann.reference).await;
    sam.triages(&ann.reference, "billing", "normal").await;
    let question = "Which <i>day</i> was it?";
    sam.does(&ann.reference, "information-request", &json!({"text": question})).await;
    let view = ann.sees().await;
    assert_eq!((&view["question"], &view["asked"]), (&json!("information"), &json!([question])));
    let page = ann.looks().await;
    assert!(page.contains("Which &#60;i&#62;day&#60;/i&#62; was it?"), "{page}");
    let key = key_in(&page);
    let wrong = sends_form(&ann, "information", &[("idempotency_key", key.as_str()), ("text", "")]).await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.body.contains("Which &#60;i&#62;day&#60;/i&#62; was it?"), "{}", wrong.body);
    for _ in 0..2 {
        let fields = [("idempotency_key", key.as_str()), ("text", "On Friday.")];
        assert_eq!(sends_form(&ann, "information", &fields).await.status, 200);
    }
    let view = ann.sees().await;
    assert_eq!((view["question"].as_str(), view["asked"].as_array()), (None, None));
    let case = desk.sam().case(&ann.reference).await;
    assert_eq!(count(&case, "InformationAdded"), 1);
    assert!(texts(&case).contains(&"On Friday."));
    assert_eq!(desk.letters_to(ANN), ["acknowledgement", "information-request", "update"]);
    desk.rests().await;
}

#[tokio::test]
async fn what_was_sent_and_not_taken_is_shown_with_the_way_back_and_sent_again_where_the_fault_is_ours() {
    use local::door::{Fault, Service};
    let desk = Desk::open();
    let ann = desk.complains("Ann", ANN).await;
    let cookie = ann.opens().await;
    let back = format!("href=\"/my/{}\"", ann.reference);
    let sent = |way: &str, site: &str| {
        let form = [("text", "Please <hurry>."), ("rating", "2"), ("comment", "Not yet.")];
        let form = if way == "feedback" { &form[1..] } else { &form[..1] };
        let ask = post(&format!("/my/{}/{way}", ann.reference)).form(form).html();
        ask.header("cookie", &cookie).header("sec-fetch-site", site)
    };
    let page = desk.send(sent("feedback", "same-origin")).await;
    assert_eq!(page.status, 409);
    assert!(page.body.contains("Not yet.") && page.body.contains(&back), "{}", page.body);
    assert!(!page.body.contains("Send it again"), "{}", page.body);
    desk.world.cloud().inject(Box::new(|call| match call.service {
        Service::DynamoDb => Fault::ServerError,
        _ => Fault::None,
    }));
    let page = desk.ask(sent("information", "same-origin")).await;
    assert_eq!(page.status, 503);
    assert_eq!(
        page.body.matches("Please &#60;hurry&#62;.").count(),
        2,
        "shown, and to be sent: {}",
        page.body
    );
    assert!(page.body.contains("Send it again") && page.body.contains(&back), "{}", page.body);
    let strange = desk.ask(sent("information", "cross-site")).await;
    assert!(strange.status == 404 && !strange.body.contains("hurry"), "{}", strange.body);
    desk.world.cloud().inject_nothing();
    assert_eq!(desk.send(sent("information", "same-origin")).await.status, 200);
    desk.rests().await;
}

#[tokio::test]
async fn what_was_typed_on_a_page_that_has_closed_can_be_sent_again_and_what_another_site_wrote_cannot() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", ANN).await;
    let told = || {
        let ask = post(&format!("/my/{}/information", ann.reference));
        ask.form(&[("text", "I have found the receipt.")]).html()
    };
    let closed = desk.ask(told().header("sec-fetch-site", "same-origin")).await;
    assert_eq!(closed.status, 404);
    assert!(closed.body.contains("I have found the receipt.") && closed.body.contains("Send it again"));
    let strange = [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("origin", "https://evil.example"),
    ];
    for (name, value) in strange {
        let answer = desk.ask(told().header(name, value)).await;
        assert_eq!(answer.status, 404);
        assert!(
            !answer.body.contains("receipt") && !answer.body.contains("Send it again"),
            "{}",
            answer.body
        );
    }
    desk.rests().await;
}

#[tokio::test]
async fn customers_are_thanked_by_what_came_of_what_they_sent() {
    let desk = Desk::open();
    let (ann, sam) = (desk.complains("Ann", ANN).await, desk.sam());
    sam.takes(&ann.reference).await;
    // They opened the form before it went up by itself.
    sam.does(&ann.reference, "escalate", &json!({"reason": "Above me."})).await;
    let sent = sends_form(&ann, "escalation", &[("text", "Somebody else, please.")]).await;
    assert!(sent.status == 200 && sent.body.contains("Thank you, we have it"), "{}", sent.body);
    let mia = desk.mia();
    mia.triages(&ann.reference, "billing", "low").await;
    mia.does(&ann.reference, "investigate", &json!({"finding": "As agreed.", "root_cause": "it"})).await;
    mia.proposes(&ann.reference, "not_upheld", json!([])).await;
    let yes = [("proposal", "1"), ("answer", "accept")];
    for _ in 0..2 {
        let thanks = sends_form(&ann, "answer", &yes).await;
        assert!(thanks.body.contains("Nothing else is left to do"), "{}", thanks.body);
    }
    desk.rests().await;
}
