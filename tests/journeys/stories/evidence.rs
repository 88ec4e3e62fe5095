//! Files with a complaint: sent, looked at, scanned, opened by staff, and gone with the rest.

use jiff::SignedDuration;
use local::door::Fault;
use serde_json::json;

use crate::desk::Desk;
use crate::desk::ask::{get, post};
use crate::desk::files::{self, File, PDF, PNG, SHOT, eicar, states};
use crate::desk::staff::events;

const ANN: &str = "ann@example.com";
const SAM: &str = "sam@northgate.example";

#[tokio::test]
async fn a_customer_sends_a_file_from_their_page_without_javascript_and_staff_open_it() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", ANN).await;
    desk.sam().takes(&ann.reference).await;
    let mine = ann.looks().await;
    assert!(mine.contains(&format!("href=\"/my/{}/files\"", ann.reference)), "{mine}");
    let page = files::page(&ann).await;
    assert!(page.contains("There are no files with this complaint yet."), "{page}");
    let answer = desk.to_bucket(SHOT.posted_with(&page)).await;
    assert_eq!(answer.status(), 303, "{:?}", answer.body());
    let back = answer.headers()["location"].to_str().unwrap().to_owned();
    let (path, query) = back.split_once('?').unwrap();
    assert!(path.ends_with(&format!("/my/{}/files", ann.reference)), "{back}");
    let there = ann.there(get(&format!("/my/{}/files?{query}", ann.reference)).html()).await.body;
    assert!(there.contains("Your file has been sent") && there.contains("receipt.png"), "{there}");
    assert!(there.contains("We have it."), "{there}");
    assert!(ann.looks().await.contains("receipt.png"));

    let case = desk.sam().case(&ann.reference).await;
    let file = &case["files"][0];
    assert_eq!((&file["name"], &file["type"]), (&json!("receipt.png"), &json!("image/png")));
    assert_eq!((&file["size"], &file["state"]), (&json!(PNG.len()), &json!("kept")));
    assert_eq!(file["by"], json!({"kind": "customer"}));
    assert_eq!(case["texts"], json!({}), "what describes a file is no text");
    let reply = files::opens(&desk, &desk.sam(), &ann.reference, file).await;
    assert_eq!(reply.status, 303, "{}", reply.body);
    let link = reply.header("location").unwrap();
    let got = desk.fetches(link).await;
    assert_eq!((got.status().as_u16(), &got.body()[..]), (200, PNG));
    assert_eq!(got.headers()["content-type"], "application/octet-stream");
    assert!(
        got.headers()["content-disposition"]
            .to_str()
            .unwrap()
            .starts_with("attachment; filename=\"receipt.png\"")
    );
    let accesses = desk.mia().case(&ann.reference).await["accesses"].clone();
    let route = json!("GET /staff/complaints/{complaint}/files/{file}");
    assert!(accesses.as_array().unwrap().iter().any(|access| access["route"] == route), "{accesses}");
    assert_eq!(desk.letters_to(SAM).iter().filter(|letter| *letter == "task").count(), 1, "Sam is told once");
    desk.rests().await;
}

#[tokio::test]
async fn a_customer_who_answers_a_question_by_a_file_is_not_waited_for_any_more() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", ANN).await;
    let (sam, reference) = (desk.sam(), &ann.reference);
    sam.takes(reference).await;
    sam.triages(reference, "billing", "normal").await;
    sam.does(reference, "information-request", &json!({"text": "Have you got the receipt?"})).await;
    files::sends(&desk, &ann, &SHOT).await;
    let case = sam.case(reference).await;
    assert_eq!(case["stage"].get("waiting_since"), None, "{}", case["stage"]);
    let letter = desk.mails_to(ANN).pop().unwrap().text.unwrap();
    assert!(letter.contains("Thank you: we have what you sent us"), "{letter}");
    desk.until("2026-10-30T16:00:00Z").await;
    assert!(!desk.letters_to(ANN).contains(&"information-reminder".to_owned()), "{:?}", desk.letters_to(ANN));
    desk.rests().await;
}

#[tokio::test]
async fn a_file_that_cannot_be_taken_is_no_answer_and_nobody_is_thanked_for_it() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", ANN).await;
    let (sam, reference) = (desk.sam(), &ann.reference);
    sam.takes(reference).await;
    sam.triages(reference, "billing", "normal").await;
    sam.does(reference, "information-request", &json!({"text": "Have you got the receipt?"})).await;
    let eicar = eicar();
    files::sends(&desk, &ann, &File { name: "receipt.txt", kind: "text/plain", content: &eicar }).await;
    let case = sam.case(reference).await;
    assert_eq!(states(&case), ["infected"]);
    assert!(case["stage"]["waiting_since"].is_string(), "{}", case["stage"]);
    assert!(
        desk.mails_to(ANN).iter().all(|mail| !mail.text.as_ref().unwrap().contains("we have what you sent"))
    );
    files::sends(&desk, &ann, &SHOT).await;
    assert_eq!(sam.case(reference).await["stage"].get("waiting_since"), None, "the next one is");
    desk.rests().await;
}

#[tokio::test]
async fn a_program_sends_a_file_by_a_link_that_is_for_this_file() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", ANN).await;
    files::sends(&desk, &ann, &SHOT).await;
    let view = files::of(&ann).await;
    assert_eq!(states(&view), ["kept"]);
    assert_eq!((&view["takes"], &view["most_files"]), (&json!(true), &json!(10)));
    assert_eq!(view["files"][0]["by"], json!(null), "customers are not told who of staff sent what");
    assert_eq!(desk.lies(), ["kept"], "and nothing of it lies elsewhere");
    let seen = ann.sees().await;
    assert_eq!(states(&seen), ["kept"]);
    desk.rests().await;
}

#[tokio::test]
async fn staff_add_a_file_that_came_by_another_way() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", ANN).await;
    let file = File { name: "letter.pdf", kind: "application/pdf", content: PDF };
    let mut body = file.body();
    let reply = files::staff_asks(&desk, &desk.sam(), &ann.reference, &body).await;
    assert_eq!((reply.status, reply.pointers()[0].0.as_str()), (422, "/channel"));
    body["channel"] = json!("letter");
    let offer = files::staff_asks(&desk, &desk.sam(), &ann.reference, &body).await;
    assert_eq!(offer.status, 201, "{}", offer.body);
    assert_eq!(desk.to_bucket(file.sending(&offer.json())).await.status(), 200);
    let case = desk.sam().case(&ann.reference).await;
    assert_eq!(states(&case), ["kept"]);
    assert_eq!(case["files"][0]["by"], json!({"kind": "staff", "id": SAM, "role": "csr"}));
    let added =
        case["history"].as_array().unwrap().iter().find(|one| one["event"]["type"] == "EvidenceAdded");
    assert_eq!(added.unwrap()["event"]["channel"], "letter");
    assert!(files::page(&ann).await.contains("letter.pdf"));
    desk.rests().await;
}

#[tokio::test]
async fn a_harmful_file_is_removed_and_those_concerned_are_told() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", ANN).await;
    desk.sam().takes(&ann.reference).await;
    let eicar = eicar();
    files::sends(&desk, &ann, &File { name: "note.txt", kind: "text/plain", content: &eicar }).await;
    let case = desk.sam().case(&ann.reference).await;
    assert_eq!(states(&case), ["infected"]);
    assert_eq!(events(&case)[events(&case).len() - 2..], ["EvidenceAdded", "EvidenceScanned"]);
    assert!(desk.lies().is_empty(), "it is kept nowhere");
    let reply = files::opens(&desk, &desk.sam(), &ann.reference, &case["files"][0]).await;
    assert_eq!((reply.status, reply.problem().as_str()), (404, "not-found"));
    assert!(files::page(&ann).await.contains("our check found something harmful"));
    let tasks = desk.mails_to(SAM).into_iter().filter(|mail| mail.subject.contains("a file is harmful"));
    assert_eq!(tasks.count(), 1);
    desk.rests().await;
}

#[tokio::test]
async fn a_file_that_is_not_what_it_was_said_to_be_is_not_taken() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", ANN).await;
    desk.sam().takes(&ann.reference).await;
    files::sends(&desk, &ann, &File { kind: "application/pdf", ..SHOT }).await;
    let page = files::page(&ann).await;
    let answer = desk.to_bucket(File { content: b"MZ\x90\0 a program", ..SHOT }.posted_with(&page)).await;
    assert_eq!(answer.status(), 303);
    let case = desk.sam().case(&ann.reference).await;
    assert_eq!(states(&case), ["unfit", "unfit"]);
    assert!(desk.lies().is_empty());
    assert!(files::page(&ann).await.contains("Not taken: it is too large, or not of a type"));
    let tasks = desk.mails_to(SAM).into_iter().filter(|mail| mail.subject.contains("a file was not taken"));
    assert_eq!(tasks.count(), 2);
    desk.rests().await;
}

#[tokio::test]
async fn what_was_never_scanned_is_never_opened_and_becomes_a_task_after_an_hour() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", ANN).await;
    desk.sam().takes(&ann.reference).await;
    let file = File { name: "note.txt", kind: "text/plain", content: b"TWIN-SCAN-NEVER" };
    files::sends(&desk, &ann, &file).await;
    let case = desk.sam().case(&ann.reference).await;
    assert_eq!((states(&case), desk.lies()), (vec!["waiting"], vec!["quarantine".to_owned()]));
    let reply = files::opens(&desk, &desk.sam(), &ann.reference, &case["files"][0]).await;
    assert_eq!((reply.status, reply.problem().as_str()), (409, "too-early"));
    assert!(files::page(&ann).await.contains("Waiting to be checked"));
    desk.world.advance(SignedDuration::from_mins(66)).await.unwrap();
    let case = desk.sam().case(&ann.reference).await;
    assert_eq!(states(&case), ["unscanned"]);
    let tasks = desk.mails_to(SAM).into_iter().filter(|mail| mail.subject.contains("could not be scanned"));
    assert_eq!(tasks.count(), 1);
    // The scanner wakes up at last: the file is removed all the same.
    let key = desk.world.object_keys(files::BUCKET).unwrap().remove(0);
    let result = json!({"detail": {
        "s3ObjectDetails": {"objectKey": key, "eTag": "x", "bucketName": files::BUCKET},
        "scanResultDetails": {"scanResultStatus": "NO_THREATS_FOUND"},
    }});
    desk.world.invoke("record-scan", result).await.unwrap();
    assert!(desk.lies().is_empty());
    assert_eq!(states(&desk.sam().case(&ann.reference).await), ["unscanned"]);
    desk.rests().await;
}

#[tokio::test]
async fn a_scan_that_fails_is_as_good_as_none() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", ANN).await;
    let file = File { name: "note.txt", kind: "text/plain", content: b"TWIN-SCAN-FAILED" };
    files::sends(&desk, &ann, &file).await;
    assert_eq!(states(&files::of(&ann).await), ["unscanned"]);
    assert!(desk.lies().is_empty());
    desk.rests().await;
}

#[tokio::test]
async fn arrivals_and_scans_that_are_told_again_change_nothing() {
    let desk = Desk::open();
    let overheard = crate::desk::Overheard::default();
    drop(desk);
    let desk = Desk::with(crate::desk::Opening { overheard: Some(overheard.clone()), ..Default::default() });
    let ann = desk.complains("Ann", ANN).await;
    files::sends(&desk, &ann, &SHOT).await;
    let told = overheard.lock().unwrap().clone();
    let before = desk.sam().case(&ann.reference).await["version"].clone();
    for (name, event) in told.iter().filter(|(name, _)| name == "take-file" || name == "record-scan").rev() {
        for _ in 0..2 {
            desk.world.invoke(name, event.clone()).await.unwrap();
        }
    }
    desk.world.settle().await.unwrap();
    assert_eq!(desk.sam().case(&ann.reference).await["version"], before);
    assert_eq!((states(&files::of(&ann).await), desk.lies()), (vec!["kept"], vec!["kept".to_owned()]));
    desk.rests().await;
}

#[tokio::test]
async fn an_arrival_that_two_instances_take_in_at_the_same_time_is_one_file_that_is_kept() {
    let overheard = crate::desk::Overheard::default();
    let desk = Desk::with(crate::desk::Opening { overheard: Some(overheard.clone()), ..Default::default() });
    let ann = desk.complains("Ann", ANN).await;
    desk.world.cloud().inject(Box::new(|call| match call.operation.as_str() {
        "GetObject" => Fault::ServerError,
        _ => Fault::None,
    }));
    files::sends(&desk, &ann, &SHOT).await;
    desk.world.cloud().inject_nothing();
    let told = overheard.lock().unwrap().clone();
    let (_, arrival) = told.into_iter().find(|(name, _)| name == "take-file").unwrap();
    let take = || desk.world.invoke("take-file", arrival.clone());
    let (one, other) = tokio::join!(take(), take());
    assert!(one.is_ok() && other.is_ok(), "{one:?} {other:?}");
    desk.hours(2).await;
    assert_eq!((states(&files::of(&ann).await), desk.lies()), (vec!["kept"], vec!["kept".to_owned()]));
    desk.rests().await;
}

#[tokio::test]
async fn an_erasure_takes_the_files_and_their_names() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", ANN).await;
    files::sends(&desk, &ann, &SHOT).await;
    // One that waits, and one that is still on its way.
    let waiting = File { name: "Kanarienvogel.txt", kind: "text/plain", content: b"TWIN-SCAN-NEVER" };
    files::sends(&desk, &ann, &waiting).await;
    let late = File { name: "late.pdf", kind: "application/pdf", content: PDF };
    let offer = files::asks(&ann, &late).await.json();
    let done = ann.there(post(&format!("/my/{}/withdrawal", ann.reference)).json(&json!({}))).await;
    assert_eq!(done.status, 200, "{}", done.body);
    desk.mia().does(&ann.reference, "restriction", &json!({"reason": "Asked for."})).await;
    assert!(desk.lies().is_empty());
    assert_eq!(desk.to_bucket(late.sending(&offer)).await.status(), 200);
    assert!(desk.lies().is_empty(), "what comes later is not kept either");
    let case = desk.mia().case(&ann.reference).await;
    assert_eq!(states(&case), ["erased", "erased"], "that there were files stays in the record");
    assert!(case["files"][0].get("name").is_none(), "{case}");
    assert!(
        !format!("{:?}", crate::desk::inspector::Inspector::of(&desk).all().await).contains("Kanarienvogel")
    );
    let reply = files::opens(&desk, &desk.mia(), &ann.reference, &case["files"][0]).await;
    assert_eq!(reply.status, 404, "there is nothing left to hand out");
    desk.rests().await;
}

#[tokio::test]
async fn what_is_sent_from_a_page_whose_links_were_ended_is_not_the_customers() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", ANN).await;
    let offer = files::asks(&ann, &SHOT).await.json();
    let page = files::page(&ann).await;
    let ended = ann.there(post(&format!("/my/{}/links", ann.reference)).form(&[])).await;
    assert_eq!(ended.status, 200, "{}", ended.body);
    assert_eq!(desk.to_bucket(SHOT.sending(&offer)).await.status(), 200);
    desk.to_bucket(SHOT.posted_with(&page)).await;
    assert!(desk.lies().is_empty(), "{:?}", desk.lies());
    assert_eq!(states(&desk.sam().case(&ann.reference).await), [""; 0]);
    desk.rests().await;
}

#[tokio::test]
async fn an_ended_complaint_takes_no_files_and_keeps_what_it_has() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", ANN).await;
    files::sends(&desk, &ann, &SHOT).await;
    let late = File { name: "late.pdf", kind: "application/pdf", content: PDF };
    let offer = files::asks(&ann, &late).await.json();
    let done = ann.there(post(&format!("/my/{}/withdrawal", ann.reference)).json(&json!({}))).await;
    assert_eq!(done.status, 200, "{}", done.body);
    assert_eq!(desk.to_bucket(late.sending(&offer)).await.status(), 200);
    assert_eq!((states(&files::of(&ann).await), desk.lies()), (vec!["kept"], vec!["kept".to_owned()]));
    let reply = files::asks(&ann, &late).await;
    assert_eq!((reply.status, reply.problem().as_str()), (409, "illegal-transition"));
    let page = files::page(&ann).await;
    assert!(page.contains("No more files can be sent here") && !page.contains("multipart"), "{page}");
    let case = desk.sam().case(&ann.reference).await;
    assert_eq!(files::opens(&desk, &desk.sam(), &ann.reference, &case["files"][0]).await.status, 303);
    desk.rests().await;
}

#[tokio::test]
async fn the_page_lets_its_form_post_to_the_bucket_and_nothing_else() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", ANN).await;
    let reply = ann.there(get(&format!("/my/{}/files", ann.reference)).html()).await;
    let (action, _) = files::form_in(&reply.body);
    let origin = action.strip_suffix(&format!("/{}/", files::BUCKET)).unwrap();
    let policy = reply.header("content-security-policy").unwrap();
    assert!(policy.contains(&format!("form-action 'self' {origin};")), "{policy}");
    let mine = ann.there(get(&format!("/my/{}", ann.reference)).html()).await;
    assert!(mine.header("content-security-policy").unwrap().contains("form-action 'self';"));
}

#[tokio::test]
async fn a_customer_who_reads_german_reads_it_here_too() {
    let desk = Desk::open();
    let body = json!({"email": ANN, "description": "Zweimal abgebucht.", "language": "de"});
    let ann = desk.posts(&body).await;
    files::sends(&desk, &ann, &SHOT).await;
    let page = files::page(&ann).await;
    assert!(page.contains("Ist bei uns. Gesendet am") && page.contains("Datei auswählen"), "{page}");
}
