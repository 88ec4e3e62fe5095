//! Customers attach files to their answers.

use std::fmt::Write;

use base64::{Engine, engine::general_purpose::STANDARD};
use jiff::SignedDuration;
use local::door::{Fault, Service};
use serde_json::{Value, json};

use super::reply::{answer_address, of, taken_on, texts};
use crate::desk::Desk;
use crate::desk::files::{self, File, PDF, SHOT, eicar, states};

const ANN: &str = "ann@example.com";
const SAM: &str = "sam@northgate.example";

/// A mail of Ann's as programs make it, with further headers, perhaps words, and files.
fn mail(to: &str, headers: &str, words: Option<&str>, files: &[File<'_>]) -> String {
    let mut mail = format!(
        "From: {ANN}\r\nTo: {to}\r\nSubject: Re: Your complaint\r\nMIME-Version: 1.0\r\n{headers}\
         Content-Type: multipart/mixed; boundary=edge\r\n\r\n"
    );
    if let Some(words) = words {
        write!(mail, "--edge\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{words}\r\n").unwrap();
    }
    for File { name, kind, content } in files {
        let content = STANDARD.encode(content);
        write!(
            mail,
            "--edge\r\nContent-Type: {kind}\r\nContent-Disposition: attachment; filename=\"{name}\"\r\n\
             Content-Transfer-Encoding: base64\r\n\r\n{content}\r\n"
        )
        .unwrap();
    }
    mail + "--edge--\r\n"
}

/// The marks on what was added, one after the other.
fn marks(case: &Value) -> Vec<Value> {
    of(case, "InformationAdded").iter().map(|event| event["marks"].clone()).collect()
}

/// How many letters to Sam have this in their subject.
fn told(desk: &Desk, subject: &str) -> usize {
    desk.mails_to(SAM).into_iter().filter(|mail| mail.subject.contains(subject)).count()
}

#[tokio::test]
async fn a_picture_with_an_answer_is_a_scanned_file_of_the_case_once_however_often_the_mail_comes() {
    let desk = Desk::open();
    let (ann, address) = taken_on(&desk).await;
    let bill = File { name: "../../bill.exe", kind: "application/x-msdownload", content: PDF };
    let raw = mail(&address, "Message-ID: <1@a>\r\n", Some("Here they are."), &[SHOT, bill]);
    desk.receives(&raw, &address).await;
    let before = desk.sam().case(&ann.reference).await;
    for hours in [0, 1, 48] {
        desk.hours(hours).await;
        desk.receives(&raw, &address).await;
    }
    let case = desk.sam().case(&ann.reference).await;
    assert_eq!((texts(&case), marks(&case)), (vec!["Here they are."], vec![json!(null)]));
    assert_eq!((states(&case), &case["files"]), (vec!["kept", "kept"], &before["files"]));
    let mut names: Vec<_> = case["files"].as_array().unwrap().iter().map(|file| &file["name"]).collect();
    names.sort_by_key(ToString::to_string);
    assert_eq!(names, [&json!("bill.exe.pdf"), &json!("receipt.png")], "called what they are");
    for (file, added) in case["files"].as_array().unwrap().iter().zip(of(&case, "EvidenceAdded")) {
        assert_eq!((&file["by"], &added["channel"]), (&json!({"kind": "customer"}), &json!("email")));
        assert!(file["at"].as_str().unwrap().starts_with("2026-"), "{file}");
        assert_eq!(files::opens(&desk, &desk.sam(), &ann.reference, file).await.status, 303);
    }
    assert!(ann.looks().await.contains("receipt.png"), "the customer sees that it is there");
    assert_eq!((desk.lies(), desk.inbox().len()), (vec!["kept".to_owned(), "kept".to_owned()], 0));
    desk.rests().await;
}

#[tokio::test]
async fn files_of_who_may_be_anybody_are_left_out_and_mails_leave_places_free() {
    let desk = Desk::with_policy("[evidence]\nmax_files = 3");
    let (ann, address) = taken_on(&desk).await;
    let stranger = mail(&address, "Message-ID: <1@e>\r\n", Some("It was me."), &[SHOT]);
    desk.receives(&stranger.replace(ANN, "eve@example.com"), &address).await;
    let case = desk.sam().case(&ann.reference).await;
    assert_eq!(states(&case), [""; 0]);
    let left_out = json!("files_left_out");
    assert!(marks(&case)[0].as_array().unwrap().contains(&left_out), "{:?}", marks(&case));
    let bills = [0, 1, 2].map(|_| File { name: "bill.pdf", kind: "application/pdf", content: PDF });
    desk.receives(&mail(&address, "Message-ID: <1@a>\r\n", Some("Three."), &bills), &address).await;
    let case = desk.sam().case(&ann.reference).await;
    assert_eq!(states(&case), ["kept", "kept"], "two of three");
    files::sends(&desk, &ann, &SHOT).await;
    assert_eq!(
        states(&desk.sam().case(&ann.reference).await).len(),
        3,
        "what they choose to send has its place"
    );
    desk.rests().await;
}

#[tokio::test]
async fn a_mail_of_nothing_but_a_picture_is_an_answer() {
    let desk = Desk::open();
    let (ann, address) = taken_on(&desk).await;
    desk.receives(&mail(&address, "", None, &[SHOT]), &address).await;
    let case = desk.sam().case(&ann.reference).await;
    assert_eq!((texts(&case), states(&case)), (vec!["(An e-mail without words.)"], vec!["kept"]));
    desk.rests().await;
}

#[tokio::test]
async fn a_harmful_file_with_an_answer_is_found_by_the_scan_and_staff_are_told() {
    let desk = Desk::open();
    let (ann, address) = taken_on(&desk).await;
    let eicar = eicar();
    let harmful = File { name: "note.txt", kind: "text/plain", content: &eicar };
    desk.receives(&mail(&address, "", Some("Look."), &[harmful, SHOT]), &address).await;
    let case = desk.sam().case(&ann.reference).await;
    let mut found = states(&case);
    found.sort_unstable();
    assert_eq!((texts(&case), found), (vec!["Look."], vec!["infected", "kept"]));
    assert_eq!((told(&desk, "a file is harmful"), desk.lies()), (1, vec!["kept".to_owned()]));
    desk.rests().await;
}

#[tokio::test]
async fn a_file_that_comes_with_an_answer_has_its_hour_to_be_scanned_however_old_the_complaint_is() {
    let desk = Desk::open();
    let (ann, address) = taken_on(&desk).await;
    desk.hours(48).await;
    let file = File { name: "note.txt", kind: "text/plain", content: b"TWIN-SCAN-NEVER" };
    desk.receives(&mail(&address, "", Some("Look."), &[file]), &address).await;
    desk.world.advance(SignedDuration::from_mins(55)).await.unwrap();
    assert_eq!(states(&desk.sam().case(&ann.reference).await), ["waiting"]);
    desk.world.advance(SignedDuration::from_mins(11)).await.unwrap();
    assert_eq!(states(&desk.sam().case(&ann.reference).await), ["unscanned"]);
    desk.rests().await;
}

#[tokio::test]
async fn what_is_too_large_or_of_no_type_that_is_taken_is_left_out_and_the_case_says_so() {
    let desk = Desk::with_policy("[evidence]\nmax_bytes = 64");
    let (ann, address) = taken_on(&desk).await;
    let large = File { name: "large.txt", kind: "text/plain", content: &[b'a'; 65] };
    let program = File { name: "receipt.png", kind: "image/png", content: b"MZ\x90\0 a program" };
    for (number, files) in [[large, SHOT], [SHOT, program]].iter().enumerate() {
        let headers = format!("Message-ID: <{number}@a>\r\n");
        desk.receives(&mail(&address, &headers, Some("See there."), files), &address).await;
    }
    let case = desk.sam().case(&ann.reference).await;
    assert_eq!(marks(&case), [json!(["files_left_out"]), json!(["files_left_out"])]);
    assert_eq!(states(&case), ["kept", "kept"]);
    let letters = desk.mails_to(SAM).into_iter().filter_map(|mail| mail.text);
    assert_eq!(letters.filter(|text| text.contains("Not all that was attached")).count(), 2);
    assert_eq!(told(&desk, "a file was not taken"), 0, "that is said once, with the words");
    desk.rests().await;
}

#[tokio::test]
async fn the_file_beyond_the_most_is_left_out_with_the_same_mail_and_with_the_next() {
    let desk = Desk::with_policy("[evidence]\nmax_files = 15");
    let (ann, address) = taken_on(&desk).await;
    desk.receives(&mail(&address, "Message-ID: <1@a>\r\n", Some("All."), &[SHOT; 11]), &address).await;
    desk.receives(&mail(&address, "Message-ID: <2@a>\r\n", Some("One more."), &[SHOT]), &address).await;
    let case = desk.sam().case(&ann.reference).await;
    assert_eq!(states(&case), ["kept"; 10]);
    assert_eq!(marks(&case), [json!(["files_left_out"]), json!(["files_left_out"])]);
    assert_eq!(desk.lies().len(), 10);
    desk.rests().await;
}

#[tokio::test]
async fn files_of_machines_of_harmful_mails_and_of_too_many_are_never_taken() {
    let desk = Desk::with_policy("[limits]\nreplies_per_day = 1");
    let (ann, address) = taken_on(&desk).await;
    let away = "Auto-Submitted: auto-replied\r\nMessage-ID: <1@a>\r\n";
    desk.receives(&mail(&address, away, Some("Away."), &[SHOT]), &address).await;
    let virus = String::from_utf8(eicar()).unwrap();
    desk.receives(&mail(&address, "Message-ID: <2@a>\r\n", Some(&virus), &[SHOT]), &address).await;
    desk.receives(&mail(&address, "Message-ID: <3@a>\r\n", Some("The one."), &[]), &address).await;
    desk.receives(&mail(&address, "Message-ID: <4@a>\r\n", Some("Too many."), &[SHOT]), &address).await;
    let case = desk.sam().case(&ann.reference).await;
    assert_eq!(texts(&case), ["The one."]);
    let why: Vec<&Value> = of(&case, "ReplyLeftOut").iter().map(|event| &event["why"]).collect();
    assert_eq!(why, [&json!("automatic"), &json!("harmful"), &json!("too_many")]);
    assert_eq!((states(&case).len(), desk.lies().len()), (0, 0));
    desk.rests().await;
}

#[tokio::test]
async fn a_complaint_that_is_over_takes_words_without_files_and_an_erased_one_takes_nothing() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", ANN).await;
    desk.sam().resolves(&ann).await;
    desk.mia().does(&ann.reference, "close", &json!({"waive_follow_up": "By phone."})).await;
    let address = answer_address(&desk, ANN);
    let late = mail(&address, "Message-ID: <1@a>\r\n", Some("It is still wrong."), &[SHOT]);
    desk.receives(&late, &address).await;
    let case = desk.mia().case(&ann.reference).await;
    assert!(texts(&case).contains(&"It is still wrong."));
    assert_eq!((marks(&case), states(&case).len()), (vec![json!(["files_left_out"])], 0));
    desk.mia().does(&ann.reference, "restriction", &json!({"reason": "Asked for."})).await;
    let later = mail(&address, "Message-ID: <2@a>\r\n", Some("And now?"), &[SHOT]);
    desk.receives(&later, &address).await;
    let case = desk.mia().case(&ann.reference).await;
    assert_eq!((marks(&case).len(), states(&case).len(), desk.lies().len()), (1, 0, 0));
    desk.rests().await;
}

#[tokio::test]
async fn words_and_files_come_once_each_whatever_gets_lost_on_the_way() {
    let desk = Desk::with_policy("[evidence]\nmax_files = 12");
    let (ann, address) = taken_on(&desk).await;
    for (service, fault) in [
        (Service::S3, Fault::ServerError),
        (Service::S3, Fault::LoseAnswer),
        (Service::DynamoDb, Fault::LoseAnswer),
        (Service::DynamoDb, Fault::Throttle),
    ] {
        // The first calls go well, so that it breaks off in the middle as well.
        let (mut well, mut left) = (2, 4);
        desk.world.cloud().inject(Box::new(move |call| {
            well -= i32::from(call.service == service && well > 0);
            let strikes = call.service == service && well == 0 && left > 0;
            left -= i32::from(strikes);
            if strikes { fault } else { Fault::None }
        }));
        let headers = format!("Message-ID: <{service:?}-{fault:?}@a>\r\n");
        desk.receives(&mail(&address, &headers, Some("The receipt."), &[SHOT, SHOT]), &address).await;
        desk.world.cloud().inject_nothing();
        desk.hours(1).await;
    }
    let case = desk.sam().case(&ann.reference).await;
    assert_eq!((of(&case, "InformationAdded").len(), states(&case)), (4, vec!["kept"; 8]));
    assert_eq!((marks(&case), desk.inbox().len()), (vec![json!(null); 4], 0));
    assert_eq!(desk.lies(), ["kept"; 8]);
    desk.rests().await;
}
