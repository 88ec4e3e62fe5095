//! Contact data that is put right: an address that was mistyped or comes later, a name, a language.

use serde_json::{Value, json};

use crate::desk::Desk;
use crate::desk::ask::{get, post};
use crate::desk::customer::{Customer, token_after};
use crate::desk::staff::{events, stage};

const WRONG: &str = "ann@exmaple.com";
const ANN: &str = "ann@example.com";
const SAM: &str = "sam@northgate.example";

fn right(email: &str) -> Value {
    json!({"name": "Ann", "email": email, "language": "en", "reason": "She called, and knew the order."})
}

/// The references that a search finds, and how many there are.
async fn found(desk: &Desk, text: &str) -> Vec<String> {
    let reply = desk.send(desk.sam().signed(post("/staff/search").json(&json!({"text": text})))).await.json();
    let complaints = reply["complaints"].as_array().unwrap().iter();
    complaints.map(|complaint| complaint["reference"].as_str().unwrap().to_owned()).collect()
}

async fn levels(desk: &Desk, references: &[String]) -> Vec<u64> {
    let mut levels = Vec::new();
    for reference in references {
        levels.push(desk.sam().case(reference).await["level"].as_u64().unwrap());
    }
    levels
}

fn count(case: &Value, event: &str) -> usize {
    events(case).iter().filter(|name| **name == event).count()
}

#[tokio::test]
async fn a_mistyped_address_is_put_right_and_the_customer_gets_a_link_of_their_own_there() {
    let desk = Desk::open();
    let stranger = desk.complains("An", WRONG).await;
    let sam = desk.sam();
    sam.takes(&stranger.reference).await;
    let first = desk.mail(WRONG, "acknowledgement").text.unwrap();
    let cookie = stranger.opens().await;
    sam.does(&stranger.reference, "contact-data", &right(ANN)).await;

    let letter = desk.mail(ANN, "new-link").text.unwrap();
    assert!(letter.contains("We have this address for your complaint now"), "{letter}");
    assert!(letter.contains(&stranger.reference), "{letter}");
    let ann = Customer::reading(&desk, &stranger.reference, &letter);
    assert_eq!(ann.sees().await["stage"], "acknowledged");
    assert!(ann.looks().await.contains("We put right what we have down of you"));
    assert_eq!(desk.letters_to(WRONG), ["acknowledgement"], "nobody else hears of it");

    // What was mailed to somebody else opens nothing, and stops nothing that goes to the customer.
    let old = token_after(&first, "/link/");
    assert_eq!(desk.send(post("/link").json(&json!({"token": old}))).await.status, 410);
    let page = get(&format!("/my/{}", stranger.reference)).header("cookie", &cookie);
    assert_eq!(desk.send(page).await.status, 410);
    let not_me = token_after(&first, "/disown/");
    let page = desk.send(post("/disown").form(&[("token", &not_me)])).await;
    assert!(page.status == 200 && page.body.contains("We write to you no more"), "{}", page.body);

    let case = sam.case(&stranger.reference).await;
    assert_eq!((count(&case, "ContactCorrected"), count(&case, "Disowned")), (1, 0));
    assert_eq!(case["complaint"]["email"], ANN);
    assert_eq!(case["complaint"]["name"], "Ann");
    let texts = case["texts"].as_object().unwrap();
    let told = texts.values().map(|text| text.as_str().unwrap()).collect::<Vec<_>>();
    assert_eq!(told, ["Name before: An\nE-mail before: ann@exmaple.com\n\nShe called, and knew the order."]);
    assert!(!case["history"].to_string().contains("exmaple"), "events hold nothing of the customer");

    // They are found by what is right, and by nothing else.
    assert_eq!(found(&desk, ANN).await, [stranger.reference.as_str()]);
    assert_eq!(found(&desk, WRONG).await, [""; 0]);
    sam.investigates(&stranger.reference).await;
    sam.offers(&stranger.reference).await;
    assert_eq!(desk.letters_to(ANN), ["new-link", "proposal"]);
    // Whoever has that address can say in their turn that it is not theirs.
    let not_me = token_after(&letter, "/disown/");
    desk.send(post("/disown").form(&[("token", &not_me)])).await;
    assert_eq!(count(&sam.case(&stranger.reference).await, "Disowned"), 1);
    desk.rests().await;
}

#[tokio::test]
async fn who_gives_an_address_later_is_written_to_from_then_on_and_in_their_language() {
    let desk = Desk::open();
    let phone = "+44 20 7946 0123";
    let bo = desk.posts(&json!({"name": "Bo Ek", "phone": phone, "description": "Charged twice."})).await;
    let sam = desk.sam();
    let german = json!({"name": "Bo Ekström", "email": "bo@example.com", "phone": phone, "language": "de", "reason": "Am Telefon."});
    sam.does(&bo.reference, "contact-data", &german).await;
    let letter = desk.mail("bo@example.com", "new-link").text.unwrap();
    assert!(letter.contains("Für Ihre Beschwerde haben wir jetzt diese Adresse"), "{letter}");
    sam.takes(&bo.reference).await;
    let update = json!({"channel": "email", "text": "Wir prüfen das."});
    sam.does(&bo.reference, "contact", &update).await;
    assert_eq!(desk.letters_to("bo@example.com"), ["new-link", "update"]);
    for sought in ["bo@example.com", phone, "Ekström"] {
        assert_eq!(found(&desk, sought).await, [bo.reference.as_str()], "{sought}");
    }
    // The words of the name that is right alone.
    assert_eq!(found(&desk, "Ek").await, [""; 0]);
    // And without it again: their number is what they are known by.
    let called =
        json!({"name": "Bo Ekström", "phone": phone, "language": "de", "reason": "No mails, please."});
    sam.does(&bo.reference, "contact-data", &called).await;
    assert_eq!(sam.tries(&bo.reference, "contact", &update).await.status, 422, "no address is left");
    assert_eq!(found(&desk, phone).await, [bo.reference.as_str()]);
    assert_eq!(found(&desk, "bo@example.com").await, [""; 0]);
    desk.rests().await;
}

#[tokio::test]
async fn a_name_or_number_is_put_right_without_a_new_link() {
    let desk = Desk::open();
    let ann = desk.complains("An", ANN).await;
    desk.sam().does(&ann.reference, "contact-data", &right(ANN)).await;
    assert_eq!(ann.sees().await["complaint"]["name"], "Ann", "their link still opens it");
    assert_eq!(desk.letters_to(ANN), ["acknowledgement"]);
    desk.rests().await;
}

#[tokio::test]
async fn what_turns_out_to_be_the_third_of_a_customer_goes_up() {
    let desk = Desk::open();
    let sam = desk.sam();
    let mut all = Vec::new();
    for address in [ANN, ANN, WRONG] {
        all.push(desk.complains("Ann", address).await.reference);
    }
    assert_eq!(levels(&desk, &all).await, [1, 1, 1]);
    sam.does(&all[2], "contact-data", &right(ANN)).await;
    // At one instant, whichever of them counts as the last.
    let mut levels = levels(&desk, &all).await;
    levels.sort_unstable();
    assert_eq!(levels, [1, 1, 2]);
    desk.rests().await;
}

#[tokio::test]
async fn what_cannot_be_put_right_is_said() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", ANN).await;
    let (sam, mia) = (desk.sam(), desk.mia());
    for (body, pointer, code) in [
        (right(ANN), "", "unchanged"),
        (json!({"language": "en", "reason": "x"}), "/email", "required"),
        (json!({"email": "no address", "language": "en", "reason": "x"}), "/email", "not_one_address"),
        (json!({"email": ANN, "reason": "x"}), "/language", "required"),
        (json!({"email": ANN, "language": "de"}), "/reason", "required"),
    ] {
        let reply = sam.tries(&ann.reference, "contact-data", &body).await;
        assert_eq!(
            (reply.status, reply.pointers()),
            (422, vec![(pointer.to_owned(), code.to_owned())]),
            "{body}"
        );
    }
    mia.does(&ann.reference, "withdrawal", &json!({"channel": "phone"})).await;
    mia.does(&ann.reference, "restriction", &json!({"reason": "Asked for, and nothing is owed."})).await;
    let reply = sam.tries(&ann.reference, "contact-data", &right(WRONG)).await;
    assert_eq!(reply.status, 409, "of nobody there is nothing to put right: {}", reply.body);
    assert_eq!(stage(&sam.case(&ann.reference).await), "withdrawn");
    desk.rests().await;
}

#[tokio::test]
async fn what_was_put_right_is_gone_with_the_erasure() {
    let desk = Desk::open();
    let ann = desk.complains("An", WRONG).await;
    let mia = desk.mia();
    mia.does(&ann.reference, "contact-data", &right(ANN)).await;
    mia.does(&ann.reference, "withdrawal", &json!({"channel": "phone"})).await;
    mia.does(&ann.reference, "restriction", &json!({"reason": "Asked for, and nothing is owed."})).await;
    let table = format!("{:?}", crate::desk::inspector::Inspector::of(&desk).all().await);
    assert!(!table.contains("exmaple") && !table.contains(ANN), "{table}");
    desk.rests().await;
}

#[tokio::test]
async fn whoever_handles_it_hears_that_somebody_else_put_it_right() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", WRONG).await;
    desk.sam().takes(&ann.reference).await;
    desk.mia().does(&ann.reference, "contact-data", &right(ANN)).await;
    let task = desk.mail(SAM, "task").text.unwrap();
    assert!(task.contains("contact data was put right") && !task.contains("exmaple"), "{task}");
    desk.rests().await;
}

#[tokio::test]
async fn whom_a_complaint_is_about_learns_nothing_by_putting_it_right() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", ANN).await;
    let about = json!({"category": "billing", "severity": "normal", "subject": SAM, "subject_role": "csr"});
    desk.mia().does(&ann.reference, "triage", &about).await;
    let reply = desk.sam().tries_on(1, &ann.reference, "contact-data", &right(ANN)).await;
    assert_eq!(reply.status, 403, "neither whether it is so: {}", reply.body);
    // Whoever may is told, and that they looked is recorded.
    let fin = desk.fin();
    let reply = fin.tries(&ann.reference, "contact-data", &right(ANN)).await;
    assert_eq!(reply.pointers(), [(String::new(), "unchanged".to_owned())]);
    let looks = desk.mia().case(&ann.reference).await["accesses"].to_string();
    assert!(looks.contains("contact-data") && looks.contains("\"refused\":true"), "{looks}");
    desk.rests().await;
}

#[tokio::test]
async fn a_mail_from_the_old_address_answers_nothing_for_the_customer() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", WRONG).await;
    let sam = desk.sam();
    sam.takes(&ann.reference).await;
    sam.does(&ann.reference, "information-request", &json!({"text": "Which day was it?"})).await;
    let asked = desk.mail(WRONG, "information-request");
    sam.does(&ann.reference, "contact-data", &right(ANN)).await;
    let to = asked.reply_to[0].clone();
    let raw =
        format!("From: <{WRONG}>\r\nTo: <{to}>\r\nSubject: Re: {}\r\n\r\nOn Monday.\r\n", asked.subject);
    desk.receives(&raw, &to).await;
    let case = sam.case(&ann.reference).await;
    assert_eq!((count(&case, "InformationAdded"), count(&case, "WaitEnded")), (1, 0), "{case}");
    assert!(case["stage"]["waiting_since"].is_string(), "she is waited for: {}", case["stage"]);
    desk.rests().await;
}

#[tokio::test]
async fn who_was_not_reached_before_has_all_on_their_page_at_the_right_address_and_not_at_another_wrong_one()
{
    let desk = Desk::open();
    let sam = desk.sam();
    for (address, unreached) in [(ANN, false), ("bounce+again@example.com", true)] {
        let customer = desk.complains("Ann", "bounce@example.com").await;
        sam.takes(&customer.reference).await;
        assert_eq!(sam.case(&customer.reference).await["unreached"], true);
        sam.does(&customer.reference, "contact-data", &right(address)).await;
        assert_eq!(sam.case(&customer.reference).await["unreached"], unreached, "{address}");
    }
    let letter = desk.mail(ANN, "new-link").text.unwrap();
    let reference = letter.split_once("Your reference is ").unwrap().1.split_once('.').unwrap().0.to_owned();
    let ann = Customer::reading(&desk, &reference, &letter);
    let update = json!({"channel": "email", "text": "We look into it."});
    sam.does(&reference, "contact", &update).await;
    assert_eq!(stage(&sam.case(&reference).await), "acknowledged");
    sam.triages(&reference, "billing", "normal").await;
    sam.finds(&reference, "it").await;
    sam.offers(&reference).await;
    ann.accepts().await;
    assert_eq!(stage(&sam.case(&reference).await), "implementing");
    desk.rests().await;
}
