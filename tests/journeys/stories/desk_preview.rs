//! The letter that an action would send, looked at before it goes out.

use serde_json::{Value, json};

use crate::desk::browser::{Browser, Form};
use crate::desk::customer::Customer;
use crate::desk::staff::Staff;
use crate::desk::{Desk, letter};

const ANN: &str = "ann@example.com";
const SAM: &str = "sam@northgate.example";

async fn in_german<'d>(desk: &'d Desk, email: &str) -> Customer<'d> {
    let body = json!({"name": "Ann", "email": email, "language": "de", "description": "Zweimal abgebucht."});
    desk.posts(&body).await
}

fn with_preview(body: &Value) -> Value {
    let mut body = body.clone();
    body["preview"] = json!(true);
    body
}

/// A letter's name, subject and text, but for the private links in it.
type Told = (String, String, String);

fn foretold(preview: &Value) -> Vec<Told> {
    let text = |letter: &Value, name: &str| letter[name].as_str().unwrap().to_owned();
    let letters = preview["letters"].as_array().unwrap().iter();
    letters.map(|it| (text(it, "letter"), text(it, "subject"), text(it, "text"))).collect()
}

fn mailed(desk: &Desk, address: &str, before: usize) -> Vec<Told> {
    let unlinked = |text: &str| {
        let lines = text.split('\n');
        let is_link = |line: &str| line.contains("/link/") || line.contains("/disown/");
        let lines = lines.map(|line| if is_link(line) { "[private link]" } else { line });
        lines.collect::<Vec<_>>().join("\n")
    };
    let mails = desk.mails_to(address).into_iter().skip(before);
    mails.map(|mail| (letter(&mail), mail.subject.clone(), unlinked(&mail.text.unwrap()))).collect()
}

/// Looks first, then does it: what goes out is what was shown, and until then nothing did.
async fn keeps_its_word(
    desk: &Desk,
    staff: &Staff<'_>,
    (reference, address): (&str, &str),
    route: &str,
    body: &Value,
) -> Vec<String> {
    let (before, version) = (desk.mails_to(address).len(), staff.case(reference).await["version"].clone());
    let shown = staff.tries(reference, route, &with_preview(body)).await;
    assert_eq!(shown.status, 200, "{route}: {}", shown.body);
    assert!(!shown.body.contains("/link/"), "{route}: {}", shown.body);
    assert_eq!(staff.case(reference).await["version"], version, "{route} is only shown");
    assert_eq!(desk.mails_to(address).len(), before, "{route} sends nothing yet");
    staff.does(reference, route, body).await;
    let foretold = foretold(&shown.json());
    assert_eq!(foretold, mailed(desk, address, before), "{route}");
    foretold.into_iter().map(|(letter, ..)| letter).collect()
}

#[tokio::test]
async fn whatever_staff_do_the_letter_that_goes_out_is_the_one_that_was_shown() {
    let desk = Desk::open();
    let (ann, sam, mia) = (in_german(&desk, ANN).await, desk.sam(), desk.mia());
    let it = ann.reference.as_str();
    sam.takes(it).await;
    let offer = json!({"outcome": "upheld", "explanation": "Es tut uns leid.",
        "remedies": [{"kind": "apology", "promised_by": "2026-10-09"}]});
    let by_phone = |mut body: Value| {
        body["channel"] = json!("phone");
        body
    };
    let steps = [
        (&sam, "triage", json!({"category": "billing", "severity": "normal"}), ""),
        (&sam, "contact", json!({"channel": "email", "text": "Wir prüfen das."}), "update"),
        (&sam, "contact", by_phone(json!({"text": "Told them."})), ""),
        (&sam, "information-request", json!({"text": "Welcher Tag?"}), "information-request"),
        (&sam, "information", by_phone(json!({"text": "Montag."})), "update"),
        (&sam, "delay", json!({"until": "2026-12-15", "text": "Die andere Bank."}), "delay-notice"),
        (&sam, "investigate", json!({"finding": "Twice.", "root_cause": "it"}), "no preview"),
        (&sam, "propose", offer.clone(), "proposal"),
        (&sam, "answer", by_phone(json!({"proposal": 1, "answer": "refuse"})), "escalation-notice"),
        (&mia, "propose", offer, "proposal"),
        (&mia, "answer", by_phone(json!({"proposal": 2, "answer": "accept"})), ""),
        (
            &mia,
            "remedy-change",
            json!({"remedy": 1, "promised_by": "2026-10-12", "reason": "Die Post."}),
            "remedy-change",
        ),
        (&mia, "implement", json!({"remedy": 1, "details": "Posted."}), "resolution-summary"),
        (&mia, "feedback", by_phone(json!({"rating": 5})), "closing"),
        (&mia, "reopening", by_phone(json!({"text": "Doch nicht."})), "reopening"),
        (&mia, "link-ending", json!({"reason": "A shared mailbox."}), "new-link"),
        (&mia, "withdrawal", by_phone(json!({})), "withdrawal"),
    ];
    for (staff, route, body, letter) in steps {
        if letter == "no preview" {
            let no = staff.tries(it, route, &with_preview(&body)).await;
            assert_eq!(no.pointers(), [("/preview".to_owned(), "unknown_field".to_owned())]);
            staff.does(it, route, &body).await;
            continue;
        }
        let letters = keeps_its_word(&desk, staff, (it, ANN), route, &body).await;
        let letter: Vec<&str> = Some(letter).filter(|it| !it.is_empty()).into_iter().collect();
        assert_eq!(letters, letter, "{route}");
    }
    let right = json!({"email": "ann@example.org", "language": "de", "reason": "She called."});
    let letters = keeps_its_word(&desk, &sam, (it, "ann@example.org"), "contact-data", &right).await;
    assert_eq!(letters, ["new-link"], "to where it goes from then on");
    desk.rests().await;
}

#[tokio::test]
async fn the_ways_out_are_shown_before_they_are_taken_as_well() {
    let desk = Desk::open();
    let (sam, mia) = (desk.sam(), desk.mia());
    let refusal = json!({"grounds": "out_of_scope", "explanation": "Eine andere Bank."});
    let settlement = json!({"finding": "Twice.", "root_cause": "it", "outcome": "upheld", "channel": "phone",
        "explanation": "Es tut uns leid."});
    // Each has a customer of its own, since the third complaint of one goes up by itself; a duplicate has the same.
    let goes_on = in_german(&desk, ANN).await.reference;
    sam.triages(&goes_on, "billing", "low").await;
    let cases = [
        (&sam, "settlement", settlement, "resolution-summary"),
        (&sam, "refusal", refusal.clone(), ""),
        (&mia, "refusal", refusal, "refusal"),
        (&sam, "escalate", json!({"reason": "Above me."}), "escalation-notice"),
        (&sam, "duplicate", json!({"of": goes_on}), "duplicate"),
    ];
    for (number, (staff, route, body, letter)) in cases.into_iter().enumerate() {
        let address = if route == "duplicate" { ANN.to_owned() } else { format!("ann{number}@example.com") };
        let it = in_german(&desk, &address).await.reference;
        sam.takes(&it).await;
        sam.triages(&it, "billing", "low").await;
        let letters = keeps_its_word(&desk, staff, (&it, &address), route, &body).await;
        let letter: Vec<&str> = Some(letter).filter(|it| !it.is_empty()).into_iter().collect();
        assert_eq!(letters, letter, "{route}");
        if route == "refusal" && letter.is_empty() {
            let yes = json!({"approve": true, "text": "It is not ours."});
            assert_eq!(
                keeps_its_word(&desk, &mia, (&it, &address), "refusal-decision", &yes).await,
                ["refusal"]
            );
        }
    }
    desk.rests().await;
}

#[tokio::test]
async fn the_form_comes_back_with_the_letter_below_and_all_that_was_typed() {
    let desk = Desk::open();
    let (ann, sam) = (in_german(&desk, ANN).await, Browser::of(&desk, SAM, "csr"));
    let it = ann.reference.as_str();
    sam.does(it, "triage", &[("category", "billing"), ("severity", "normal")]).await;
    sam.does(it, "finding", &[("finding", "Twice."), ("root_cause", "it")]).await;
    let offer = [
        ("outcome", "upheld"),
        ("explanation", "Es tut uns <i>leid</i>."),
        ("remedies/1/kind", "apology"),
        ("remedies/1/promised_by", "2026-10-09"),
        ("preview", "true"),
    ];
    let shown = sam.tries(it, "propose", &offer).await;
    assert_eq!(shown.status, 200, "{}", shown.body);
    let page = &shown.body;
    for words in [
        "<title>Preview: Propose a resolution",
        "<article lang=\"de\"",
        "&#62; Es tut uns &#60;i&#62;leid&#60;/i&#62;.",
        "[private link]",
        "Es tut uns &#60;i&#62;leid&#60;/i&#62;.</textarea>",
        "name=\"preview\" value=\"true\">Preview the letter</button>",
    ] {
        assert!(page.contains(words), "{words} in {page}");
    }
    assert!(!page.contains("/link/") && !page.contains("<i>leid"), "{page}");
    assert_eq!(desk.letters_to(ANN), ["acknowledgement"]);
    let looked = Browser::of(&desk, "mia@northgate.example", "manager").case(it).await;
    assert!(looked.contains("representative: POST /staff/complaints/{complaint}/propose"), "{looked}");
    // The button to send is the form's own.
    let again = Form::first_in(page.split_once("<main").unwrap().1);
    assert_eq!(again.fields["remedies/1/promised_by"], "2026-10-09");
    assert_eq!(sam.submits(&again).await.status, 303);
    assert_eq!(desk.letters_to(ANN), ["acknowledgement", "proposal"]);
    let page = sam.form(it, "assign").await;
    assert!(!page.fields.contains_key("preview"), "an action without a letter has nothing to show");
    desk.rests().await;
}

#[tokio::test]
async fn what_cannot_be_done_is_said_in_place_of_a_letter() {
    let desk = Desk::open();
    let (ann, sam) = (in_german(&desk, ANN).await, desk.sam());
    let it = ann.reference.as_str();
    let offer = with_preview(&json!({"outcome": "upheld", "explanation": "Sorry.", "remedies": []}));
    let early = sam.tries(it, "propose", &offer).await;
    assert_eq!((early.status, early.problem().as_str()), (409, "illegal-transition"), "{}", early.body);
    let decision = with_preview(&json!({"approve": true, "text": "x"}));
    assert_eq!(sam.tries(it, "refusal-decision", &decision).await.status, 403);
    let case = desk.mia().case(it).await;
    let refused = case["accesses"].as_array().unwrap().iter().filter(|access| access["refused"] == true);
    assert_eq!(refused.count(), 1, "{case}");
    let contact = with_preview(&json!({"channel": "email", "text": "Soon."}));
    assert_eq!(sam.tries_on(1, it, "contact", &contact).await.status, 412);
    let odd = json!({"channel": "email", "text": "Soon.", "preview": "maybe"});
    assert_eq!(sam.tries(it, "contact", &odd).await.pointers()[0].0, "/preview");
    desk.rests().await;
}

#[tokio::test]
async fn who_has_no_address_gets_no_letter_and_staff_see_what_they_have_to_be_told() {
    let desk = Desk::open();
    let reply = desk.posts(&json!({"phone": "020 7946 0000", "description": "x"})).await;
    let withdrawal = with_preview(&json!({"channel": "phone"}));
    let shown = desk.sam().tries(&reply.reference, "withdrawal", &withdrawal).await.json();
    assert_eq!(
        (&shown["letters"][0]["letter"], &shown["unreachable"]),
        (&json!("withdrawal"), &json!(true)),
        "{shown}"
    );
    let sam = Browser::of(&desk, SAM, "csr");
    let typed = [("channel", "phone"), ("preview", "true")];
    let page = sam.tries(&reply.reference, "withdrawal", &typed).await.body;
    assert!(page.contains("there is no address that we may write to"), "{page}");
    assert!(page.contains("<article lang=\"en\""), "{page}");
    desk.rests().await;
}
