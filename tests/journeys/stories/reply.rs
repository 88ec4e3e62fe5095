//! Customers answer the mails they get.

use complaints::reply::MARKER;
use jiff::SignedDuration;
use local::door::{Fault, Service};
use serde_json::{Value, json};

use crate::desk::customer::Customer;
use crate::desk::inspector::Inspector;
use crate::desk::staff::{events, stage};
use crate::desk::{Desk, Opening};

const ANN: &str = "ann@example.com";
const SAM: &str = "sam@northgate.example";
const DESK: &str = crate::desk::DESK;

/// The address that answers to a customer's letters go to.
pub(super) fn answer_address(desk: &Desk, to: &str) -> String {
    desk.mails_to(to).remove(0).reply_to.remove(0)
}

/// A mail as a plain program makes it, with further headers.
fn mail(from: &str, to: &str, headers: &str, text: &str) -> String {
    format!("From: {from}\r\nTo: {to}\r\nSubject: Re: Your complaint\r\n{headers}\r\n{text}\r\n")
}

pub(super) fn texts(case: &Value) -> Vec<&str> {
    case["texts"].as_object().unwrap().values().map(|text| text.as_str().unwrap()).collect()
}

/// The events of this name.
pub(super) fn of<'c>(case: &'c Value, name: &str) -> Vec<&'c Value> {
    let history = case["history"].as_array().unwrap().iter().map(|entry| &entry["event"]);
    history.filter(|event| event["type"] == name).collect()
}

/// Ann's complaint, which Sam has taken on; and the address that she answers to.
pub(super) async fn taken_on(desk: &Desk) -> (Customer<'_>, String) {
    let ann = desk.complains("Ann", ANN).await;
    desk.sam().takes(&ann.reference).await;
    desk.sam().triages(&ann.reference, "billing", "normal").await;
    let address = answer_address(desk, ANN);
    (ann, address)
}

#[tokio::test]
async fn an_answer_is_put_with_the_complaint_once_and_brought_to_its_owner() {
    let desk = Desk::open();
    let (ann, address) = taken_on(&desk).await;
    let letter = desk.mails_to(ANN).remove(0);
    assert!(letter.text.as_deref().unwrap().starts_with(MARKER) && letter.html.unwrap().contains(MARKER));
    let quoted =
        format!("On Mon, 5 Oct 2026, Northgate Bank wrote:\r\n> {MARKER} Please write above\r\n> Dear Ann");
    let text = format!("It was <b>the Friday</b>.\r\n\r\n{quoted}");
    let raw = mail(
        &format!("Ann <{ANN}>"),
        &format!("Bank <{}>", address.to_uppercase()),
        "Message-ID: <1@a>\r\n",
        &text,
    );
    desk.receives(&raw, &address).await;
    desk.receives(&raw, &address).await;
    let case = desk.sam().case(&ann.reference).await;
    assert_eq!(texts(&case), ["It was <b>the Friday</b>."]);
    let added = of(&case, "InformationAdded");
    assert_eq!((added.len(), &added[0]["channel"]), (1, &json!("email")));
    assert_eq!(added[0].get("marks"), None, "it is from the address on file, whose domain vouches for it");
    assert_eq!(desk.letters_to(SAM), ["task"]);
    assert_eq!(desk.letters_to(ANN), ["acknowledgement"], "nobody is answered by a machine");
    assert_eq!(desk.inbox(), [""; 0], "what was dealt with is removed");
    desk.rests().await;
}

#[tokio::test]
async fn an_answer_to_a_question_ends_the_wait_for_it() {
    let desk = Desk::open();
    let (ann, address) = taken_on(&desk).await;
    let sam = desk.sam();
    sam.does(&ann.reference, "information-request", &json!({"text": "Which of the two days?"})).await;
    desk.hours(24).await;
    desk.receives(&mail(ANN, &address, "", "The Friday."), &address).await;
    let case = sam.case(&ann.reference).await;
    assert_eq!((stage(&case), case["stage"].get("waiting_since")), ("investigating", None));
    assert!(of(&case, "InformationAdded")[0]["resumed"].is_object());
    let told = desk.mails_to(ANN).pop().unwrap().text.unwrap();
    assert!(told.contains("we have what you sent us"), "{told}");
    desk.rests().await;
}

#[tokio::test]
async fn what_nobody_vouches_for_is_no_answer_to_a_question() {
    let desk = Desk::open();
    let (ann, address) = taken_on(&desk).await;
    let sam = desk.sam();
    sam.does(&ann.reference, "information-request", &json!({"text": "Which of the two days?"})).await;
    desk.receives(&mail("forged@example.com", &address, "", "No day at all."), &address).await;
    let advertised = ["XJS*C4JDBQADN1.NSBN3*2IDNEN*", "GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X"].concat();
    desk.receives(&mail(ANN, &address, "", &advertised), &address).await;
    let case = sam.case(&ann.reference).await;
    assert_eq!(of(&case, "InformationAdded").len(), 2, "they are kept and shown");
    assert!(case["stage"]["waiting_since"].is_string(), "{}", case["stage"]);
    desk.receives(&mail("ann@work.example", &address, "", "The Friday."), &address).await;
    assert_eq!(
        sam.case(&ann.reference).await["stage"].get("waiting_since"),
        None,
        "from another address of theirs"
    );
    desk.rests().await;
}

#[tokio::test]
async fn who_writes_from_elsewhere_is_heard_and_marked_and_agrees_to_nothing() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", ANN).await;
    let sam = desk.sam();
    sam.investigates(&ann.reference).await;
    sam.offers(&ann.reference).await;
    let address = answer_address(&desk, ANN);
    desk.receives(&mail("eve@elsewhere.example", &address, "", "I accept."), &address).await;
    desk.receives(&mail("forged@example.com", &address, "", "I accept, says Ann."), &address).await;
    let advertised = ["XJS*C4JDBQADN1.NSBN3*2IDNEN*", "GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X"].concat();
    desk.receives(&mail(ANN, &address, "", &advertised), &address).await;
    let case = sam.case(&ann.reference).await;
    assert_eq!(stage(&case), "proposed", "a mail is no consent");
    let marks: Vec<&Value> = of(&case, "InformationAdded").iter().map(|event| &event["marks"]).collect();
    assert_eq!(
        marks,
        [&json!(["other_address"]), &json!(["other_address", "unproven"]), &json!(["suspected_spam"])]
    );
    let task = desk.mails_to(SAM).into_iter().filter_map(|mail| mail.text);
    let task: Vec<String> = task.filter(|text| text.contains("another address")).collect();
    assert_eq!(task.len(), 2);
    assert!(task.iter().all(|text| !text.contains("eve@") && !text.contains("I accept")), "{task:?}");
    desk.rests().await;
}

#[tokio::test]
async fn machines_are_not_heard_and_not_answered() {
    let desk = Desk::open();
    let (ann, address) = taken_on(&desk).await;
    let mails = desk.world.mails().unwrap().len();
    for (from, headers) in [
        (ANN, "Auto-Submitted: auto-replied\r\nMessage-ID: <1@a>\r\n"),
        (ANN, "X-Auto-Response-Suppress: All\r\nMessage-ID: <2@a>\r\n"),
        (ANN, "Return-Path: <>\r\nMessage-ID: <3@a>\r\n"),
        ("mailer-daemon@example.com", "Content-Type: multipart/report; boundary=x\r\nMessage-ID: <4@a>\r\n"),
        (ANN, "List-Id: <talk.example.com>\r\nMessage-ID: <5@a>\r\n"),
        ("complaints@desk.example", "Message-ID: <6@a>\r\n"),
        (address.as_str(), "Message-ID: <7@a>\r\n"),
    ] {
        desk.receives(&mail(from, &address, headers, "I am away."), &address).await;
    }
    let case = desk.sam().case(&ann.reference).await;
    assert_eq!((texts(&case).len(), of(&case, "InformationAdded").len()), (0, 0));
    let noted: Vec<&Value> = of(&case, "ReplyLeftOut").iter().map(|event| &event["why"]).collect();
    assert_eq!(noted, [&json!("automatic")], "noted once a day at most");
    assert_eq!(desk.world.mails().unwrap().len(), mails, "nothing is sent for it");
    assert_eq!(desk.inbox(), [""; 0]);
    desk.rests().await;
}

#[tokio::test]
async fn what_is_harmful_or_cannot_be_read_is_not_kept_and_staff_are_told() {
    let desk = Desk::open();
    let (ann, address) = taken_on(&desk).await;
    let virus = ["X5O!P%@AP[4\\PZX54(P^)7CC)7}$", "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"].concat();
    desk.receives(&mail(ANN, &address, "", &virus), &address).await;
    assert_eq!(desk.inbox(), [""; 0]);
    let parts = format!("Content-Type: multipart/mixed; boundary=a\r\n{}", "--a\r\n\r\n".repeat(3_000));
    desk.receives(&mail(ANN, &address, &parts, ""), &address).await;
    desk.receives(&mail(ANN, &address, "", " "), &address).await;
    let case = desk.sam().case(&ann.reference).await;
    let why: Vec<&Value> = of(&case, "ReplyLeftOut").iter().map(|event| &event["why"]).collect();
    assert_eq!((why, texts(&case).len()), (vec![&json!("harmful"), &json!("unreadable")], 0));
    assert_eq!(desk.letters_to(SAM), ["task", "task"]);
    assert_eq!(desk.inbox().len(), 2, "what could not be read stays for a while, for a person to look at");
    desk.rests().await;
}

#[tokio::test]
async fn after_the_end_an_answer_is_kept_and_its_writer_told_once_how_to_have_it_taken_up_again() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", ANN).await;
    let sam = desk.sam();
    sam.resolves(&ann).await;
    desk.mia().does(&ann.reference, "close", &json!({"waive_follow_up": "They said so on the phone."})).await;
    let (address, before) = (answer_address(&desk, ANN), desk.letters_to(SAM).len());
    for text in ["It is still wrong.", "Hello?"] {
        desk.receives(&mail(ANN, &address, "", text), &address).await;
    }
    let case = sam.case(&ann.reference).await;
    assert_eq!(stage(&case), "closed", "a person decides");
    assert!(texts(&case).contains(&"It is still wrong.") && texts(&case).contains(&"Hello?"));
    assert_eq!(desk.letters_to(SAM)[before..], ["task", "task"]);
    let letters = desk.letters_to(ANN);
    assert_eq!(letters[letters.len() - 2..], ["closing", "update"]);
    let told = desk.mails_to(ANN).pop().unwrap().text.unwrap();
    assert!(told.contains("does not open it again") && told.contains("/link/"), "{told}");
    desk.rests().await;
}

#[tokio::test]
async fn of_who_was_erased_nothing_is_kept_and_nobody_is_written_to() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", ANN).await;
    desk.sam().resolves(&ann).await;
    desk.mia().does(&ann.reference, "close", &json!({"waive_follow_up": "x"})).await;
    let address = answer_address(&desk, ANN);
    desk.mia().does(&ann.reference, "restriction", &json!({"reason": "They asked for it."})).await;
    let (mails, before) = (desk.world.mails().unwrap().len(), desk.mia().case(&ann.reference).await);
    for (headers, text) in [("", "Kanarienvogel"), ("Auto-Submitted: auto-replied\r\n", "Away.")] {
        desk.receives(&mail(ANN, &address, headers, text), &address).await;
    }
    let case = desk.mia().case(&ann.reference).await;
    assert_eq!((events(&case), &case["texts"]), (events(&before), &before["texts"]));
    assert_eq!((desk.world.mails().unwrap().len(), desk.inbox().len()), (mails, 0));
    assert!(
        !Inspector::of(&desk).all().await.iter().any(|item| format!("{item:?}").contains("Kanarienvogel"))
    );
    desk.rests().await;
}

#[tokio::test]
async fn mail_that_names_no_complaint_is_counted_and_kept_for_a_while_and_gets_no_answer() {
    let desk = Desk::open();
    let (ann, address) = taken_on(&desk).await;
    let mails = desk.world.mails().unwrap().len();
    let altered = address.replacen('+', "+z", 1);
    let turned = if &address[20..21] == "0" { "1" } else { "0" };
    let other = format!("{}{turned}{}", &address[..20], &address[21..]);
    for to in [altered.as_str(), other.as_str(), "complaints@reply.desk.example"] {
        desk.receives(&mail(ANN, to, "", "Are you there?"), to).await;
    }
    let case = desk.sam().case(&ann.reference).await;
    assert!(of(&case, "InformationAdded").is_empty() && of(&case, "ReplyLeftOut").is_empty());
    assert_eq!((desk.world.mails().unwrap().len(), desk.inbox().len()), (mails, 3));
    desk.rests().await;
}

#[tokio::test]
async fn mail_that_is_only_counted_may_come_again_within_minutes() {
    let desk = Desk::open();
    let report = "Content-Type: multipart/report; boundary=x\r\nMessage-ID: <1@a>\r\n";
    for (from, headers) in [("mailer-daemon@example.com", report), (ANN, "Message-ID: <2@a>\r\n")] {
        let raw = mail(from, "complaints@reply.desk.example", headers, "Are you there?");
        for _ in 0..2 {
            desk.receives(&raw, "complaints@reply.desk.example").await;
            desk.world.advance(SignedDuration::from_secs(2)).await.unwrap();
        }
    }
    desk.hours(1).await;
    let counted = Inspector::of(&desk).all().await;
    let counted = counted.iter().filter(|item| item["sk"].as_s().unwrap().starts_with("replies#"));
    let counted: Vec<_> = counted.map(|item| item["mails"].as_n().unwrap().as_str()).collect();
    assert_eq!(counted, ["2"], "each once");
    desk.rests().await;
}

#[tokio::test]
async fn no_more_is_taken_in_a_day_than_the_policy_says() {
    let desk = Desk::with_policy("[limits]\nreplies_per_day = 3");
    let (ann, address) = taken_on(&desk).await;
    for number in 0..6 {
        desk.receives(&mail(ANN, &address, "", &format!("Number {number}.")), &address).await;
    }
    let case = desk.sam().case(&ann.reference).await;
    assert_eq!((texts(&case).len(), of(&case, "ReplyLeftOut").len(), desk.inbox().len()), (3, 1, 3));
    assert_eq!(
        desk.letters_to(SAM).len(),
        4,
        "three that came, and that there are more: {:?}",
        desk.letters_to(SAM)
    );
    desk.hours(24).await;
    desk.receives(&mail(ANN, &address, "", "The next day."), &address).await;
    assert!(texts(&desk.sam().case(&ann.reference).await).contains(&"The next day."));
    desk.rests().await;
}

#[tokio::test]
async fn an_answer_is_put_with_the_complaint_once_whatever_gets_lost_on_the_way() {
    let desk = Desk::open();
    let (ann, address) = taken_on(&desk).await;
    for (service, fault) in [
        (Service::S3, Fault::ServerError),
        (Service::S3, Fault::LoseAnswer),
        (Service::DynamoDb, Fault::LoseAnswer),
        (Service::DynamoDb, Fault::Throttle),
    ] {
        let mut left = 3;
        desk.world.cloud().inject(Box::new(move |call| {
            let strikes = call.service == service && left > 0;
            left -= i32::from(strikes);
            if strikes { fault } else { Fault::None }
        }));
        let raw = mail(ANN, &address, &format!("Message-ID: <{service:?}-{fault:?}@a>\r\n"), "The Friday.");
        desk.receives(&raw, &address).await;
        desk.world.cloud().inject_nothing();
        desk.hours(1).await;
    }
    let case = desk.sam().case(&ann.reference).await;
    assert_eq!((of(&case, "InformationAdded").len(), desk.inbox().len()), (4, 0));
    desk.rests().await;
}

#[tokio::test]
async fn without_a_domain_for_it_answers_go_to_the_address_of_the_policy() {
    let desk = Desk::with(Opening { answers: Some(false), ..Opening::default() });
    let ann = desk.complains("Ann", ANN).await;
    let letter = desk.mails_to(ANN).remove(0);
    assert_eq!(letter.reply_to, ["complaints@northgate.example"]);
    let text = letter.text.unwrap();
    assert!(
        !text.contains(MARKER) && text.contains("your reply goes to complaints@northgate.example"),
        "{text}"
    );
    assert!(!desk.world.takes_mail_for("reply+x@reply.desk.example"));
    desk.sam().takes(&ann.reference).await;
    desk.rests().await;
}

#[tokio::test]
async fn letters_to_staff_and_departments_name_no_complaint_in_their_reply_to() {
    let desk = Desk::open();
    let (ann, address) = taken_on(&desk).await;
    desk.receives(&mail(ANN, &address, "", "More."), &address).await;
    let question = json!({"department": "payments", "question": "Was the payment sent twice?"});
    desk.sam().does(&ann.reference, "consultation", &question).await;
    for to in [SAM, DESK, "payments@northgate.example"] {
        for mail in desk.mails_to(to) {
            assert_eq!(mail.reply_to, ["complaints@northgate.example"], "{to}");
        }
    }
    desk.rests().await;
}
