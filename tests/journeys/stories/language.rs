//! A customer reads and is written to in their own language, from the form to the close.

use local::door::Mail;
use serde_json::json;

use crate::desk::ask::{get, post};
use crate::desk::customer::{Customer, token_in};
use crate::desk::{Desk, MANAGER};

const GRETE: &str = "grete@example.com";

/// A browser of somebody who reads German, and some English.
const GERMAN_BROWSER: &str = "de-DE,de;q=0.9,en;q=0.5";

#[tokio::test]
async fn a_german_customer_reads_german_from_the_form_to_the_close() {
    let desk = Desk::at("2026-10-26T09:00:00Z");
    let reference = complains_in_german(&desk).await;
    let acknowledgement = desk.mail(GRETE, "acknowledgement");
    let text = acknowledgement.text.clone().unwrap();
    assert!(text.contains("Guten Tag Grete Müller,") && text.contains("Montag, 26. Oktober 2026"), "{text}");
    let grete = Customer::reading(&desk, &reference, &text);
    assert_eq!(grete.sees().await["status"], "Ihre Beschwerde wartet auf die Prüfung");

    let sam = desk.sam();
    sam.investigates(&reference).await;
    sam.offers(&reference).await;
    let page = grete.looks().await;
    assert!(
        page.contains("Unser Vorschlag") && page.contains("Erstattung</strong> über 25,00 GBP"),
        "{page}"
    );
    let answer = format!("/my/{reference}/answer?lang=de");
    let wrong = grete.there(post(&answer).form(&[("proposal", "1")])).await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.body.contains("Wählen Sie, ob Sie unseren Vorschlag annehmen."), "{}", wrong.body);
    let thanks = grete.there(post(&answer).form(&[("proposal", "1"), ("answer", "accept")])).await;
    assert!(thanks.body.contains("Vielen Dank für Ihre Zustimmung"), "{}", thanks.body);
    let changed = grete.there(post(&answer).form(&[("proposal", "1"), ("answer", "refuse")])).await;
    assert_eq!(changed.status, 409);
    assert!(changed.body.contains("Sie haben schon geantwortet, und dabei bleibt es"), "{}", changed.body);

    sam.carries_out(&reference, 1).await;
    sam.carries_out(&reference, 2).await;
    desk.until("2026-10-29T17:05:00Z").await;
    assert_eq!(
        grete.rates(&json!({"rating": 5})).await.json()["status"],
        "Ihre Beschwerde ist abgeschlossen"
    );
    let letters = ["acknowledgement", "proposal", "resolution-summary", "satisfaction-question", "closing"];
    assert_eq!(desk.letters_to(GRETE), letters);
    for mail in desk.mails_to(GRETE) {
        check(&mail, "de", "Ihre Beschwerde");
    }
    // Staff work in English, whatever their customers read.
    for mail in desk.mails_to("sam@northgate.example") {
        check(&mail, "en", "Complaint ");
    }
    assert!(!desk.mails_to("sam@northgate.example").is_empty());
    desk.rests().await;
    assert_eq!(desk.mails_to(MANAGER).len(), 0, "{:?}", desk.letters_to(MANAGER));
}

/// A letter in this language, with a subject that begins so.
fn check(mail: &Mail, language: &str, subject: &str) {
    let html = mail.html.as_deref().unwrap();
    assert!(html.contains(&format!("<html lang=\"{language}\">")), "{html}");
    assert!(mail.subject.starts_with(subject), "{}", mail.subject);
}

/// As a browser does: the form in the browser's language, wrong first, and on to the private page.
async fn complains_in_german(desk: &Desk) -> String {
    let form = desk.send(get("/").html().header("accept-language", GERMAN_BROWSER)).await;
    assert!(form.body.contains("<html lang=\"de\">") && form.body.contains("Was ist geschehen?"));
    assert!(form.body.contains("<input type=\"hidden\" name=\"language\" value=\"de\">"));
    let fields = |email| {
        [
            ("language", "de"),
            ("description", "Die Karte wurde zweimal belastet."),
            ("name", "Grete Müller"),
            ("email", email),
        ]
    };
    let wrong = desk.send(post("/complaints?lang=de").form(&fields("grete"))).await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.body.contains("<title>Fehler: Beschwerde einreichen"), "{}", wrong.body);
    assert!(wrong.body.contains("Geben Sie genau eine E-Mail-Adresse an, mit einem @."), "{}", wrong.body);
    let posted = desk.send(post("/complaints?lang=de").form(&fields(GRETE))).await;
    assert_eq!(posted.status, 303, "{}", posted.body);
    let page = posted.header("location").unwrap().to_owned();
    let thanks = desk.send(get(&page).html().header("cookie", &posted.cookie().unwrap())).await;
    assert!(thanks.body.contains("Wir haben Ihre Beschwerde"), "{}", thanks.body);
    page.trim_start_matches("/my/").split('?').next().unwrap().to_owned()
}

#[tokio::test]
async fn an_unknown_language_falls_back_to_english() {
    let desk = Desk::open();
    let body = json!({"email": "q@example.com", "description": "nuqneH", "language": "tlh-Latn"});
    let klingon = desk.posts(&body).await;
    let letter = desk.mail("q@example.com", "acknowledgement");
    check(&letter, "en", "Your complaint");
    assert_eq!(klingon.sees().await["status"], "Your complaint is waiting to be looked into");
    assert!(klingon.looks().await.contains("<html lang=\"en\">"));
    desk.rests().await;
}

#[tokio::test]
async fn a_program_is_told_the_promises_in_the_complaint_s_language_and_its_mistakes_in_english() {
    let desk = Desk::open();
    let body = json!({"email": GRETE, "description": "Zweimal belastet.", "language": "de-AT"});
    let accepted = desk.send(post("/complaints").json(&body)).await.json();
    assert_eq!(accepted["promises"][0]["words"], "Wir bestätigen den Eingang Ihrer Beschwerde");
    let wrong = json!({"description": "x", "email": "x", "language": "de"});
    let refused = desk.send(post("/complaints").json(&wrong).header("accept-language", "de")).await;
    assert_eq!(refused.problem(), "invalid");
    assert_eq!(refused.json()["title"], "Please check what you entered");
    desk.rests().await;
}

#[tokio::test]
async fn a_page_is_in_the_language_that_its_address_or_else_the_browser_asks_for() {
    let desk = Desk::with_policy("[limits]\nlink_days = 1");
    for (path, browser, language) in [
        ("/", "", "en"),
        ("/", "de", "de"),
        ("/?lang=en", "de", "en"),
        ("/?lang=de", "en", "de"),
        ("/?lang=xx", "de", "de"),
        ("/?lang=%3Cscript%3E", "*;q=x", "en"),
        ("/my/28T-5CY-01J", "de", "de"),
        ("/link/nothing", "de", "de"),
    ] {
        let page = desk.send(get(path).html().header("accept-language", browser)).await;
        assert!(
            page.body.contains(&format!("<html lang=\"{language}\">")),
            "{path} {browser}: {}",
            page.body
        );
    }

    let grete = desk.posts(&json!({"email": GRETE, "description": "Zweimal.", "language": "de"})).await;
    desk.sam().takes(&grete.reference).await;
    desk.hours(24).await;
    let expired = desk.send(post("/link?lang=de").form(&[("token", &grete.token)])).await;
    assert!(expired.body.contains("Dieser Link ist abgelaufen"), "{}", expired.body);
    let sent = desk.send(post("/link/renew?lang=de").form(&[("token", &grete.token)])).await;
    assert!(sent.body.contains("Bitte sehen Sie in Ihre E-Mails"), "{}", sent.body);
    let letter = desk.mail(GRETE, "new-link");
    check(&letter, "de", "Ihre Beschwerde");
    assert_ne!(token_in(&letter.text.unwrap()), grete.token);
    desk.rests().await;
}
