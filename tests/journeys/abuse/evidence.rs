//! Files that should not be: too large, too many, of the wrong kind, badly named, or not theirs to send.

use jiff::SignedDuration;
use serde_json::json;

use crate::desk::Desk;
use crate::desk::ask::{get, post};
use crate::desk::files::{self, File, PDF, PNG, SHOT, states};
use crate::desk::log::Log;

const MOST: usize = 10 * 1024 * 1024;

#[tokio::test]
async fn a_file_over_the_limit_is_refused_when_it_is_asked_for_and_when_it_is_sent() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", "ann@example.com").await;
    let large = vec![b'x'; MOST + 1];
    let file = File { name: "large.txt", kind: "text/plain", content: &large };
    let reply = files::asks(&ann, &file).await;
    assert_eq!(
        (reply.status, reply.pointers()),
        (422, vec![("/size".to_owned(), "out_of_range".to_owned())])
    );
    let page = files::page(&ann).await;
    let answer = desk.to_bucket(file.posted_with(&page)).await;
    assert_eq!(answer.status(), 400);
    assert!(String::from_utf8_lossy(answer.body()).contains("EntityTooLarge"));
    // Said to be small, and sent large.
    let offer = files::asks(&ann, &SHOT).await.json();
    let liar = File { content: &large, ..SHOT };
    assert_eq!(desk.to_bucket(liar.sending(&offer)).await.status(), 403);
    assert!(desk.lies().is_empty() && states(&files::of(&ann).await).is_empty());
    // As large as it may be is taken.
    files::sends(&desk, &ann, &File { content: &large[..MOST], ..file }).await;
    assert_eq!(states(&files::of(&ann).await), ["kept"]);
    desk.rests().await;
}

#[tokio::test]
async fn what_is_asked_for_has_to_be_said_and_listed() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", "ann@example.com").await;
    let check = async |body: serde_json::Value, pointers: &[&str]| {
        let reply = ann.there(post(&format!("/my/{}/files", ann.reference)).json(&body)).await;
        let found: Vec<_> = reply.pointers().into_iter().map(|(pointer, _)| pointer).collect();
        assert_eq!(
            (reply.status, found),
            (422, pointers.iter().map(|one| (*one).to_owned()).collect()),
            "{body}"
        );
    };
    check(json!({}), &["/name", "/type", "/size", "/sha256"]).await;
    for kind in
        ["text/html", "image/svg+xml", "application/zip", "application/x-msdownload", "TEXT/PLAIN", ""]
    {
        check(File { kind, ..SHOT }.body(), &["/type"]).await;
    }
    let mut body = SHOT.body();
    for sum in ["x", &"g".repeat(64), &"a".repeat(63), &"ä".repeat(32)] {
        body["sha256"] = json!(sum);
        check(body.clone(), &["/sha256"]).await;
    }
    let mut body = SHOT.body();
    for size in [json!(0), json!(-1), json!("7"), json!(1.5)] {
        body["size"] = size;
        check(body.clone(), &["/size"]).await;
    }
    let mut body = SHOT.body();
    body["key"] = json!("kept/x");
    check(body, &["/key"]).await;
    let form = ann.there(post(&format!("/my/{}/files", ann.reference)).form(&[("name", "x")])).await;
    assert_eq!(form.status, 415, "a form of another site cannot ask for it");
}

#[tokio::test]
async fn the_eleventh_file_is_not_taken_by_any_way() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", "ann@example.com").await;
    let page = files::page(&ann).await;
    let mut late = Vec::new();
    for number in 0..11 {
        let content = format!("file {number}").into_bytes();
        let file = File { name: "note.txt", kind: "text/plain", content: &content };
        late.push((files::asks(&ann, &file).await.json(), content));
    }
    for (offer, content) in &late {
        let file = File { name: "note.txt", kind: "text/plain", content };
        assert_eq!(desk.to_bucket(file.sending(offer)).await.status(), 200);
    }
    assert_eq!(states(&files::of(&ann).await), ["kept"; 10]);
    assert_eq!(desk.lies(), ["kept"; 10]);
    assert_eq!(desk.to_bucket(SHOT.posted_with(&page)).await.status(), 303, "the bucket knows no numbers");
    assert_eq!(desk.lies(), ["kept"; 10], "and it is not kept");
    let reply = files::asks(&ann, &SHOT).await;
    assert_eq!((reply.status, reply.pointers()[0].1.as_str()), (422, "too_many"));
    assert!(!files::page(&ann).await.contains("multipart"), "no form is shown for what is not taken");
    desk.rests().await;
}

#[tokio::test]
async fn who_sends_what_cannot_be_taken_does_not_get_on_for_ever() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", "ann@example.com").await;
    for number in 0..21 {
        let page = files::page(&ann).await;
        if number == 20 {
            assert!(!page.contains("multipart"), "twenty are enough");
            break;
        }
        let content = format!("MZ\0{number}").into_bytes();
        desk.to_bucket(File { content: &content, ..SHOT }.posted_with(&page)).await;
    }
    assert_eq!(states(&files::of(&ann).await), ["unfit"; 20]);
    assert!(desk.lies().is_empty());
    desk.rests().await;
}

#[tokio::test]
async fn nobody_sends_files_to_or_opens_those_of_anothers_complaint() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", "ann@example.com").await;
    let bob = desk.complains("Bob", "bob@example.com").await;
    files::sends(&desk, &ann, &SHOT).await;
    let path = format!("/my/{}/files", ann.reference);
    for reply in [bob.there(post(&path).json(&SHOT.body())).await, bob.there(get(&path)).await] {
        assert_eq!((reply.status, reply.problem().as_str()), (404, "not-found"));
    }
    let reply = desk.send(get(&path)).await;
    assert_eq!(reply.status, 404, "nor without a cookie");
    // Ann's file under Bob's complaint is nobody's.
    let file = desk.sam().case(&ann.reference).await["files"][0].clone();
    let reply = files::opens(&desk, &desk.sam(), &bob.reference, &file).await;
    assert_eq!(reply.status, 404);
    for id in ["x", "../../kept", "0192fa3c-0000-7000-8000-000000000000"] {
        let reply = files::opens(&desk, &desk.sam(), &ann.reference, &json!({"id": id})).await;
        assert_eq!(reply.status, 404, "{id}");
    }
    let unsigned = desk.send(get(&format!("/staff/complaints/{}/files/{}", ann.reference, file["id"]))).await;
    assert_eq!(unsigned.status, 403);
    // And the bucket hands out nothing to who has no link.
    for key in desk.world.cloud().object_keys(files::BUCKET).unwrap() {
        let answer = desk.fetches(&format!("http://localhost:8787/{}/{key}", files::BUCKET)).await;
        assert_eq!(answer.status(), 403);
    }
    desk.rests().await;
}

#[tokio::test]
async fn a_link_or_form_that_is_too_old_takes_nothing() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", "ann@example.com").await;
    let (offer, page) = (files::asks(&ann, &SHOT).await.json(), files::page(&ann).await);
    desk.world.advance(SignedDuration::from_mins(61)).await.unwrap();
    assert_eq!(desk.to_bucket(SHOT.sending(&offer)).await.status(), 403);
    assert_eq!(desk.to_bucket(SHOT.posted_with(&page)).await.status(), 403);
    files::sends(&desk, &ann, &SHOT).await;
    let file = desk.sam().case(&ann.reference).await["files"][0].clone();
    let reply = files::opens(&desk, &desk.sam(), &ann.reference, &file).await;
    let link = reply.header("location").unwrap();
    assert_eq!(desk.fetches(link).await.status(), 200);
    desk.world.advance(SignedDuration::from_secs(61)).await.unwrap();
    assert_eq!(desk.fetches(link).await.status(), 403, "a minute is over");
}

#[tokio::test]
async fn a_link_that_is_used_again_brings_nothing_new_and_a_form_with_another_file_another_file() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", "ann@example.com").await;
    let (offer, page) = (files::asks(&ann, &SHOT).await.json(), files::page(&ann).await);
    for _ in 0..3 {
        assert_eq!(desk.to_bucket(SHOT.sending(&offer)).await.status(), 200);
    }
    assert_eq!(states(&files::of(&ann).await), ["kept"], "the same file is there once");
    let other = File { content: b"%PDF-1.4 something else", ..SHOT };
    assert_eq!(desk.to_bucket(other.sending(&offer)).await.status(), 403);
    // Who goes back to the page and chooses another file sends another file.
    for content in [PDF, PNG, PDF] {
        assert_eq!(desk.to_bucket(File { content, ..SHOT }.posted_with(&page)).await.status(), 303);
    }
    assert_eq!(states(&files::of(&ann).await), ["kept"; 3]);
    assert_eq!(desk.lies(), ["kept"; 3]);
    desk.rests().await;
}

#[tokio::test]
async fn a_name_is_made_safe_wherever_it_comes_from() {
    let log = Log::listen();
    let desk = Desk::open();
    let ann = desk.complains("Ann", "ann@example.com").await;
    let names = [
        ("../../../etc/passwd", "passwd.png"),
        ("C:\\Users\\Kanarienvogel\\shot.png", "shot.png"),
        ("<img src=x onerror=alert(1)>.png", "_img src=x onerror=alert(1)_.png"),
        ("a\r\nSet-Cookie: b.png", "aSet-Cookie_ b.png"),
        ("shot\u{202e}gnp.exe", "shotgnp.exe.png"),
        ("Quittung für Zoë.png", "Quittung für Zoë.png"),
        ("{{ 7*7 }}.png", "{{ 7_7 }}.png"),
    ];
    for (number, (name, _)) in names.iter().enumerate() {
        let content = [PNG, &[u8::try_from(number).unwrap()]].concat();
        files::sends(&desk, &ann, &File { name, content: &content, ..SHOT }).await;
    }
    let case = desk.sam().case(&ann.reference).await;
    let found: Vec<_> =
        case["files"].as_array().unwrap().iter().map(|file| file["name"].as_str().unwrap()).collect();
    assert_eq!(found, names.map(|(_, safe)| safe));
    let page = files::page(&ann).await;
    assert!(!page.contains("<img") && page.contains("{{ 7_7 }}.png"), "{page}");
    for file in case["files"].as_array().unwrap() {
        let reply = files::opens(&desk, &desk.sam(), &ann.reference, file).await;
        let answer = desk.fetches(reply.header("location").unwrap()).await;
        assert_eq!(answer.status(), 200);
        assert!(answer.headers().get("set-cookie").is_none());
    }
    let keys = desk.world.cloud().object_keys(files::BUCKET).unwrap().join(" ");
    assert!(!keys.contains("Quittung") && !log.text().contains("Quittung"), "{keys}");
    desk.rests().await;
}

#[tokio::test]
async fn a_form_can_be_bent_to_no_other_place_sender_or_name() {
    let desk = Desk::open();
    let (ann, bob) =
        (desk.complains("Ann", "ann@example.com").await, desk.complains("Bob", "bob@example.com").await);
    let (mine, his) = (files::page(&ann).await, files::page(&bob).await);
    let key = |page: &str| files::form_in(page).1.into_iter().find(|(name, _)| name == "key").unwrap().1;
    for (from, to) in [
        (key(&mine), key(&his)),
        (key(&mine), key(&mine).replace("incoming", "kept")),
        (key(&mine), key(&mine).replace("incoming", "quarantine")),
        ("value=\"customer\"".to_owned(), "value=\"manager\"".to_owned()),
    ] {
        let bent = mine.replace(&from, &to);
        assert_ne!(bent, mine, "{from}");
        assert_eq!(desk.to_bucket(SHOT.posted_with(&bent)).await.status(), 403, "{to}");
    }
    assert!(desk.lies().is_empty());
}
