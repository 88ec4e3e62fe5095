//! What staff do at the desk that begins with no complaint: they take one down, and decide about posts held as spam.

use serde_json::json;

use crate::desk::Desk;
use crate::desk::ask::{get, post};
use crate::desk::browser::{Browser, Form};

const SAM: &str = "sam@northgate.example";

/// The form to take a complaint down with.
async fn entry(sam: &Browser<'_>) -> Form {
    Form::first_in(sam.opens("/staff/new-complaint").await.split_once("<main").unwrap().1)
}

#[tokio::test]
async fn who_complains_by_phone_is_taken_down_in_a_form_once_however_often_it_is_sent() {
    let desk = Desk::open();
    let sam = Browser::of(&desk, SAM, "csr");
    let form = entry(&sam).await.with(&[
        ("description", "The card was charged twice."),
        ("name", "Ann"),
        ("phone", "020 7946 0000"),
        ("received_at", "2026-10-02T16:30"),
        ("product", "Mortgage"),
    ]);
    assert_eq!(form.fields["channel"], "phone", "the usual way is chosen");
    let taken = sam.submits(&form).await;
    assert_eq!(taken.status, 303, "{}", taken.body);
    let page = sam.opens(taken.header("location").unwrap()).await;
    assert!(page.contains("The complaint was taken in.") && page.contains("Fri 2 Oct 2026, 16:30"), "{page}");
    assert!(page.contains("020 7946 0000"), "{page}");
    let again = sam.submits(&form).await;
    assert_eq!(again.header("location"), taken.header("location"));
    assert_eq!(sam.opens("/staff/complaints?queue=open").await.matches("<th scope=\"row\">").count(), 1);
    desk.rests().await;
}

#[tokio::test]
async fn what_the_system_does_meanwhile_is_nobody_elses_change() {
    let desk = Desk::open();
    let body = json!({"channel": "phone", "email": "ann@example.com", "description": "x"});
    let taken = desk.ask(desk.sam().signed(post("/staff/complaints").json(&body))).await.json();
    let sam = Browser::of(&desk, SAM, "csr");
    let reference = taken["reference"].as_str().unwrap();
    let case = desk.ask(sam.sends(get(&format!("/staff/complaints/{reference}")))).await.body;
    let part = case.split_once("<details class=\"more way\" id=\"triage\">").unwrap().1;
    let form = Form::first_in(part).with(&[("category", "billing"), ("severity", "normal")]);
    desk.world.settle().await.unwrap();
    assert_eq!(desk.sam().case(reference).await["version"], 2, "it was acknowledged meanwhile");
    assert_eq!(sam.submits(&form).await.status, 303);
    assert_eq!(sam.submits(&form).await.status, 409, "and what somebody did is a change");
    desk.rests().await;
}

#[tokio::test]
async fn a_mistake_in_it_keeps_what_was_typed() {
    let desk = Desk::open();
    let sam = Browser::of(&desk, SAM, "csr");
    let form =
        entry(&sam).await.with(&[("description", "Charged <i>twice</i>."), ("incident_date", "2027-01-01")]);
    let wrong = sam.submits(&form).await;
    assert_eq!(wrong.status, 422, "{}", wrong.body);
    for words in ["href=\"#entry-email\"", "href=\"#entry-incident_date\"", "Charged &#60;i&#62;twice"] {
        assert!(wrong.body.contains(words), "{words} in {}", wrong.body);
    }
    let again = Form::first_in(wrong.body.split_once("<main").unwrap().1);
    assert_eq!(again.fields["idempotency_key"], form.fields["idempotency_key"], "it is the same sending");
    let mended = again.with(&[("email", "ann@example.com"), ("incident_date", "")]);
    assert_eq!(sam.submits(&mended).await.status, 303);
    assert_eq!(desk.letters_to("ann@example.com"), ["acknowledgement"]);
    desk.rests().await;
}

#[tokio::test]
async fn what_is_changed_and_sent_again_leads_to_the_complaint_that_there_is() {
    let desk = Desk::open();
    let sam = Browser::of(&desk, SAM, "csr");
    let form = entry(&sam).await.with(&[("description", "Charged twice."), ("phone", "020 7946 0000")]);
    let taken = sam.submits(&form).await;
    let location = taken.header("location").unwrap().trim_end_matches("?done=entry");
    // Its answer was lost on the way, and so the form is still in front of them.
    let again = sam.submits(&form.with(&[("description", "Charged three times.")])).await;
    assert_eq!(again.status, 422, "{}", again.body);
    assert!(again.body.contains(&format!("<a href=\"{location}\">Open ")), "{}", again.body);
    assert!(again.body.contains("Charged three times.</textarea>"), "{}", again.body);
    desk.rests().await;
}

#[tokio::test]
async fn held_posts_are_taken_in_or_discarded_from_their_list() {
    let desk = Desk::open();
    for text in ["<b>Buy</b> this.", "The card was charged twice."] {
        let trapped = [("description", text), ("email", "bot@example.com"), ("website", "x")];
        desk.send(post("/complaints").form(&trapped)).await;
    }
    let sam = Browser::of(&desk, SAM, "csr");
    let list = || async { sam.opens("/staff/complaints?queue=held").await };
    let page = list().await;
    assert!(page.contains("&#60;b&#62;Buy") && page.contains("A field that people do not see was filled."));
    let form = |page: &str, text: &str, route: &str| {
        let post = page.split("<article").find(|post| post.contains(text)).unwrap().to_owned();
        let part =
            post.split("<section>").find(|part| part.contains(&format!("/{route}\""))).unwrap().to_owned();
        Form::first_in(&part)
    };
    let none = sam.submits(&form(&page, "Buy", "discard")).await;
    assert_eq!(none.status, 422, "a reason is needed: {}", none.body);
    let reason =
        Form::first_in(none.body.split_once("<main").unwrap().1).with(&[("reason", "An advertisement.")]);
    let gone = sam.submits(&reason).await;
    assert_eq!((gone.status, gone.header("location")), (303, Some("/staff/complaints?queue=held")));
    let page = list().await;
    assert!(!page.contains("Buy"), "{page}");
    let taken = sam.submits(&form(&page, "charged twice", "release")).await;
    assert_eq!(taken.status, 303, "{}", taken.body);
    let case = sam.opens(taken.header("location").unwrap()).await;
    assert!(case.contains("The post was taken in as a complaint."), "{case}");
    assert!(list().await.contains("Nothing of this month is held."));
    desk.rests().await;
}
