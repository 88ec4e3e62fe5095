//! Staff at work: who may what, on which version, and how they find their complaints.

use serde_json::json;

use crate::desk::Desk;
use crate::desk::ask::{get, post};
use crate::desk::staff::{Staff, stage};

#[tokio::test]
async fn of_two_on_one_version_one_wins_and_the_other_is_told() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", "ann@example.com").await;
    let (sam, pat) = (desk.sam(), Staff::new(&desk, "pat@northgate.example", "csr"));
    let seen = sam.case(&ann.reference).await["version"].as_u64().unwrap();
    let body = |name: &str| json!({"owner": name});
    let first = sam.tries_on(seen, &ann.reference, "assign", &body("sam@northgate.example")).await;
    let second = pat.tries_on(seen, &ann.reference, "assign", &body("pat@northgate.example")).await;
    assert_eq!((first.status, first.header("etag")), (200, Some(format!("\"{}\"", seen + 1).as_str())));
    // Taking over what another has is not a representative's to do at all; anything else is stale.
    assert!([403, 412].contains(&second.status), "{}", second.body);
    let stale =
        pat.tries_on(seen, &ann.reference, "contact", &json!({"channel": "phone", "text": "Called."})).await;
    assert_eq!((stale.status, stale.problem().as_str()), (412, "stale"));
    assert_eq!(stale.json()["version"], seen + 1);
    assert_eq!(sam.case(&ann.reference).await["owner"], "sam@northgate.example");
    desk.rests().await;
}

#[tokio::test]
async fn a_write_says_on_which_version() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", "ann@example.com").await;
    let sam = desk.sam();
    let path = format!("/staff/complaints/{}/assign", ann.reference);
    let body = json!({"owner": "sam@northgate.example"});
    let without = desk.send(sam.signed(post(&path).json(&body))).await;
    assert_eq!((without.status, without.problem().as_str()), (428, "precondition-required"));
    for wrong in ["7", "*", "\"seven\"", "\"1\", \"2\"", "W/\"2\""] {
        let reply = desk.send(sam.signed(post(&path).json(&body)).header("if-match", wrong)).await;
        assert_eq!(reply.status, 422, "{wrong}: {}", reply.body);
    }
    assert_eq!(sam.case(&ann.reference).await["owner"], json!(null));
    desk.rests().await;
}

#[tokio::test]
async fn nobody_works_here_without_a_token_and_a_role() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", "ann@example.com").await;
    let case = format!("/staff/complaints/{}", ann.reference);
    let cookie = ann.opens().await;
    let token = |role: &str| desk.world.token("eve@example.com", role).unwrap();
    let other_client = desk
        .world
        .cloud()
        .sign_staff_token("eve@example.com", "csr", "another-client", jiff::SignedDuration::from_hours(1))
        .unwrap();
    let mut forged = token("csr");
    forged.replace_range(40..41, if forged.as_bytes()[40] == b'A' { "B" } else { "A" });
    let signed = |token: &str| format!("Bearer {token}");
    let attempts = [
        ("cookie", cookie),
        ("authorization", signed("nonsense")),
        ("authorization", signed(&token("visitor"))),
        ("authorization", signed(&other_client)),
        ("authorization", signed(&forged)),
        ("authorization", signed(&ann.token)),
    ];
    for (name, value) in attempts {
        let reply = desk.send(get(&case).header(name, &value)).await;
        assert_eq!(reply.status, 403, "{name}: {}", reply.body);
        assert!(!reply.body.contains("charged"), "{}", reply.body);
    }
    let nobody = desk.send(get(&case)).await;
    assert_eq!(nobody.status, 403, "the gateway has nothing to miss: {}", nobody.body);
    let write = post("/staff/complaints")
        .json(&json!({"channel": "phone", "phone": "020 7946 0000", "description": "x"}));
    assert_eq!(desk.send(write).await.status, 403);
    // A good one ends with its shift.
    let mias = desk.mia().signed(get(&case));
    assert_eq!(desk.send(mias.clone()).await.status, 200);
    desk.sam().takes(&ann.reference).await;
    desk.hours(13).await;
    assert_eq!(desk.send(mias).await.status, 403, "the token has expired");
    desk.rests().await;
}

#[tokio::test]
async fn giving_work_to_others_is_the_managers() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", "ann@example.com").await;
    let body = json!({"owner": "pat@northgate.example"});
    let refused = desk.sam().tries(&ann.reference, "assign", &body).await;
    assert_eq!((refused.status, refused.problem().as_str()), (403, "forbidden"));
    desk.mia().assigns(&ann.reference, "pat@northgate.example").await;
    assert_eq!(desk.letters_to("pat@northgate.example"), ["assigned"]);
    let pat = Staff::new(&desk, "pat@northgate.example", "csr");
    assert_eq!(pat.assigns(&ann.reference, "sam@northgate.example").await["owner"], "sam@northgate.example");
    assert_eq!(desk.letters_to("sam@northgate.example"), ["assigned"], "their own they may hand on");
    desk.rests().await;
}

#[tokio::test]
async fn nobody_handles_a_complaint_about_themselves_however_their_name_is_typed() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", "ann@example.com").await;
    let triage = json!({"category": "billing", "severity": "normal", "subject": "SAM@Northgate.example"});
    desk.mia().does(&ann.reference, "triage", &triage).await;
    let contact = json!({"channel": "phone", "text": "I talked them out of it."});
    let version = desk.mia().case(&ann.reference).await["version"].as_u64().unwrap();
    assert_eq!(desk.sam().tries_on(version, &ann.reference, "contact", &contact).await.status, 403);
    let bo = desk.complains("Bo", "bo@example.com").await;
    desk.mia().assigns(&bo.reference, "Sam@northgate.example").await;
    assert_eq!(desk.sam().lists("?queue=mine").await["complaints"][0]["reference"], bo.reference.as_str());
    desk.rests().await;
}

#[tokio::test]
async fn a_remedy_that_is_ticked_off_again_with_other_words_is_not_lost_unseen() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", "ann@example.com").await;
    let (sam, reference) = (desk.sam(), &ann.reference);
    sam.investigates(reference).await;
    sam.offers(reference).await;
    ann.accepts().await;
    let paid = |words: &str| json!({"remedy": 1, "details": words});
    sam.does(reference, "implement", &paid("Paid.")).await;
    sam.does(reference, "implement", &paid("Paid.")).await;
    let again = sam.tries(reference, "implement", &paid("Paid to another account.")).await;
    assert_eq!((again.status, again.problem().as_str()), (409, "already-answered"));
    desk.rests().await;
}

#[tokio::test]
async fn what_is_not_possible_now_is_refused_with_what_is() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", "ann@example.com").await;
    let sam = desk.sam();
    let body = json!({"outcome": "upheld", "explanation": "Sorry.", "remedies": []});
    let refused = sam.tries(&ann.reference, "propose", &body).await;
    assert_eq!((refused.status, refused.problem().as_str()), (409, "illegal-transition"));
    assert_eq!(refused.json()["allowed"], sam.case(&ann.reference).await["allowed"]);
    let early = sam.tries(&ann.reference, "investigate", &json!({"finding": "Clear."})).await;
    assert_eq!((early.status, early.problem().as_str()), (409, "too-early"));
    assert_eq!(early.json()["allowed"], json!(["triage"]));
    let none = sam.tries(&ann.reference, "implement", &json!({"remedy": 1, "details": "Done."})).await;
    assert_eq!((none.status, none.problem().as_str()), (409, "illegal-transition"));
    desk.rests().await;
}

#[tokio::test]
async fn complaints_are_found_by_stage_owner_and_due_date() {
    let desk = Desk::open();
    let (ann, bo) =
        (desk.complains("Ann", "ann@example.com").await, desk.complains("Bo", "bo@example.com").await);
    let sam = desk.sam();
    sam.takes(&ann.reference).await;
    sam.triages(&ann.reference, "billing", "normal").await;
    sam.finds(&ann.reference, "it").await;
    let found = async |query: &str| -> Vec<String> {
        let page = sam.lists(query).await;
        let complaints = page["complaints"].as_array().unwrap().clone();
        assert!(!page.to_string().contains("example.com\""), "lists hold no customers' data: {page}");
        complaints.iter().map(|complaint| complaint["reference"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(found("?stage=investigating").await, [ann.reference.as_str()]);
    assert_eq!(found("?stage=acknowledged").await, [bo.reference.as_str()]);
    assert_eq!(found("?owner=sam@northgate.example").await, [ann.reference.as_str()]);
    assert_eq!(found("?owner=pat@northgate.example").await, Vec::<String>::new());
    assert_eq!(found("").await, [bo.reference.clone(), ann.reference.clone()], "the next due first");
    assert_eq!(found("?due=now").await, Vec::<String>::new());
    assert_eq!(found("?due=2026-10-05T10:00:00Z").await, [bo.reference.as_str()], "that nobody has taken on");
    assert_eq!(found("?queue=mine").await, [ann.reference.as_str()]);
    assert_eq!(found("?queue=unowned").await, [bo.reference.as_str()]);
    assert_eq!(found("?queue=unowned&stage=investigating").await, Vec::<String>::new());
    desk.mia().records(&json!({"channel": "phone", "email": "cy@example.com", "description": "x"})).await;
    let cy = found("?stage=acknowledged&queue=unowned").await.into_iter().find(|it| *it != bo.reference);
    let cy = cy.expect("another that nobody owns");
    sam.does(&cy, "withdrawal", &json!({"channel": "phone"})).await;
    assert_eq!(found("?stage=withdrawn").await, [cy.as_str()]);
    assert_eq!(found("?stage=withdrawn&queue=unowned").await, Vec::<String>::new(), "over is in no queue");
    assert_eq!(sam.lists("?queue=held").await, sam.lists("?held=true").await);
    for wrong in [
        "?queue=lost",
        "?held=false",
        "?held=true&queue=open",
        "?queue=held&due=now",
        "?stage=lost",
        "?due=soon",
        "?owner=%0A",
        "?cursor=nonsense",
    ] {
        let reply = desk.send(sam.signed(get(&format!("/staff/complaints{wrong}")))).await;
        assert_eq!(reply.status, 422, "{wrong}: {}", reply.body);
    }
    assert_eq!(stage(&sam.case(&bo.reference).await), "acknowledged");
    desk.rests().await;
}

#[tokio::test]
async fn what_is_not_there_is_not_found() {
    let desk = Desk::open();
    let sam = desk.sam();
    for named in ["0192fa3c-0000-7000-8000-000000000000", "7K2-M9F-4QA", "nonsense", "%2e%2e"] {
        let reply = desk.send(sam.signed(get(&format!("/staff/complaints/{named}")))).await;
        assert_eq!((reply.status, reply.problem().as_str()), (404, "not-found"), "{named}");
        let ask =
            post(&format!("/staff/complaints/{named}/close")).json(&json!({})).header("if-match", "\"1\"");
        assert_eq!(desk.send(sam.signed(ask)).await.status, 404, "{named}");
    }
    desk.rests().await;
}
