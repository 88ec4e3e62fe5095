//! All data on one person is handed out.

use std::io::{Cursor, Read};

use jiff::SignedDuration;
use serde_json::{Value, json};
use zip::ZipArchive;

use crate::desk::Desk;
use crate::desk::ask::{Reply, post};
use crate::desk::staff::{Staff, events};

#[tokio::test]
async fn an_export_holds_all_of_the_person_and_nothing_of_another() {
    let desk = Desk::open();
    let body = |email: &str, words: &str| json!({"name": words, "email": email, "description": words});
    let first = desk.posts(&body("ann@example.com", "Anns first words")).await.reference;
    desk.world.advance(SignedDuration::from_secs(1)).await.unwrap();
    desk.posts(&body("bo@example.com", "Bos own words")).await;
    let second = desk.posts(&body("ANN@example.com", "Anns second words")).await.reference;
    desk.sam().takes(&first).await;
    desk.sam().triages(&first, "billing", "normal").await;
    desk.sam().does(&first, "investigate", &json!({"note": "A note on Ann"})).await;

    let reply = exports(&desk, &desk.mia(), &second, &json!({"reason": "Asked for by letter."})).await;
    assert_eq!(
        (reply.status, reply.header("content-type")),
        (200, Some("application/zip")),
        "{}",
        reply.body
    );
    assert_eq!(reply.header("cache-control"), Some("no-store"));
    assert_eq!(reply.header("export-continues-from"), None);
    let files = files(&reply);
    let contents: Value = serde_json::from_str(&files["contents.json"]).unwrap();
    assert_eq!(contents["complaints"], json!([first, second]));
    for (reference, words) in [(&first, "Anns first words"), (&second, "Anns second words")] {
        let told: Value = serde_json::from_str(&files[&format!("{reference}/told.json")]).unwrap();
        assert_eq!(told["description"], words);
        let history: Value = serde_json::from_str(&files[&format!("{reference}/history.json")]).unwrap();
        assert_eq!(history.as_array().unwrap().last().unwrap()["event"]["type"], "Exported");
        let texts = &files[&format!("{reference}/texts.json")];
        assert!(texts.contains("Asked for by letter."), "{texts}");
    }
    assert!(files[&format!("{first}/texts.json")].contains("A note on Ann"));
    let all: String = files.values().map(String::as_str).collect();
    assert!(!all.contains("Bos own words") && !all.contains("bo@example.com"));
    for reference in [&first, &second] {
        let case = desk.mia().case(reference).await;
        assert_eq!(events(&case).last(), Some(&"Exported"));
        let routes = case["accesses"].as_array().unwrap();
        let route = json!("POST /staff/complaints/{complaint}/export");
        assert!(routes.iter().any(|access| access["route"] == route), "{routes:?}");
    }
    desk.rests().await;
}

#[tokio::test]
async fn what_does_not_fit_into_one_file_comes_in_the_next() {
    let desk = Desk::with_policy("[limits]\nposts_per_address = 200\n[escalation]\nrepeated = 1000");
    let words = "€".repeat(25_000);
    let mut references = Vec::new();
    for number in 0..45 {
        let body = json!({"email": "ann@example.com", "description": format!("{number:02}{}", &words[6..])});
        references.push(desk.posts(&body).await.reference);
        desk.world.advance(SignedDuration::from_secs(1)).await.unwrap();
    }
    let (mut from, mut found) = (None, Vec::new());
    for _ in 0..3 {
        let body = match &from {
            Some(from) => json!({"reason": "Asked for.", "from": from}),
            None => json!({"reason": "Asked for."}),
        };
        let reply = exports(&desk, &desk.mia(), &references[0], &body).await;
        assert_eq!(reply.status, 200, "{}", reply.body);
        assert!(reply.file.len() < 4_400_000, "{}", reply.file.len());
        let contents: Value = serde_json::from_str(&files(&reply)["contents.json"]).unwrap();
        found.extend(
            contents["complaints"].as_array().unwrap().iter().map(|it| it.as_str().unwrap().to_owned()),
        );
        from = reply.header("export-continues-from").map(str::to_owned);
        if from.is_none() {
            break;
        }
    }
    assert_eq!(found, references, "each once");
}

#[tokio::test]
async fn only_managers_export_and_only_with_a_reason() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", "ann@example.com").await.reference;
    let bo = desk.complains("Bo", "bo@example.com").await.reference;
    let reply = exports(&desk, &desk.sam(), &ann, &json!({"reason": "x"})).await;
    assert_eq!((reply.status, reply.problem().as_str()), (403, "forbidden"));
    let reply = exports(&desk, &desk.mia(), &ann, &json!({})).await;
    assert_eq!((reply.status, reply.pointers()[0].0.as_str()), (422, "/reason"));
    let reply = exports(&desk, &desk.mia(), &ann, &json!({"reason": "x", "from": bo})).await;
    assert_eq!((reply.status, reply.pointers()[0].1.as_str()), (422, "unknown_from"));
    let case = desk.mia().case(&ann).await;
    assert!(!events(&case).contains(&"Exported"));
    let refused = case["accesses"].as_array().unwrap().iter().filter(|access| access["refused"] == true);
    assert_eq!(refused.count(), 1);
    desk.rests().await;
}

#[tokio::test]
async fn what_was_erased_or_is_somebody_elses_is_left_out_and_the_rest_is_handed_out() {
    let desk = Desk::open();
    let body = |words: &str| json!({"email": "ann@example.com", "description": words});
    let erased = desk.posts(&body("Long over")).await.reference;
    let wrongly = desk.posts(&body("Ritas own story")).await;
    let open = desk.posts(&body("Still open")).await.reference;
    desk.sam().does(&erased, "withdrawal", &json!({"channel": "phone"})).await;
    desk.mia().does(&erased, "restriction", &json!({"reason": "Asked for."})).await;
    let letter = desk.mails_to("ann@example.com").into_iter().filter_map(|mail| mail.text);
    let told = letter.into_iter().find(|text| text.contains(&wrongly.reference)).unwrap();
    let token = told.split_once("/disown/").unwrap().1.split_whitespace().next().unwrap().to_owned();
    assert_eq!(desk.send(post("/disown").form(&[("token", &token)])).await.status, 200);

    let contents = async |reference: &str| {
        let reply = exports(&desk, &desk.mia(), reference, &json!({"reason": "Asked for."})).await;
        assert_eq!(reply.status, 200, "{}", reply.body);
        serde_json::from_str::<Value>(&files(&reply)["contents.json"]).unwrap()["complaints"].clone()
    };
    assert_eq!(contents(&open).await, json!([open]));
    assert_eq!(contents(&wrongly.reference).await, json!([wrongly.reference]), "whose it is may ask for it");
    let duplicate = desk.mia().tries(&open, "duplicate", &json!({"of": wrongly.reference})).await;
    assert_eq!(duplicate.pointers()[0].1, "disowned", "nothing of anybody else is put with it");
    desk.rests().await;
}

async fn exports(desk: &Desk, staff: &Staff<'_>, reference: &str, body: &Value) -> Reply {
    let path = format!("/staff/complaints/{reference}/export");
    desk.send(staff.signed(post(&path).json(body))).await
}

/// The texts of the files in the file.
fn files(reply: &Reply) -> std::collections::BTreeMap<String, String> {
    let mut archive = ZipArchive::new(Cursor::new(reply.file.clone())).unwrap();
    let mut files = std::collections::BTreeMap::new();
    for number in 0..archive.len() {
        let mut file = archive.by_index(number).unwrap();
        let (name, mut text) = (file.name().unwrap().into_owned(), String::new());
        file.read_to_string(&mut text).unwrap();
        files.insert(name, text);
    }
    files
}
