//! A day at the desk, in a browser: a whole complaint by forms only, and what may go wrong at it.

use serde_json::json;

use crate::desk::ask::post;
use crate::desk::browser::{Browser, Form};
use crate::desk::staff::{events, stage};
use crate::desk::{Desk, files};

const SAM: &str = "sam@northgate.example";
const MIA: &str = "mia@northgate.example";
const FIN: &str = "fin@northgate.example";

#[tokio::test]
async fn a_whole_complaint_is_worked_by_forms_through_three_roles() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", "ann@example.com").await;
    let (sam, mia, fin) = (
        Browser::of(&desk, SAM, "csr"),
        Browser::of(&desk, MIA, "manager"),
        Browser::of(&desk, FIN, "final"),
    );
    let it = ann.reference.as_str();
    assert!(sam.opens("/staff/complaints?queue=unowned").await.contains(it));
    // The owner is filled in already, and what the text suggests for the triage.
    sam.does(it, "assign", &[]).await;
    assert!(sam.opens("/staff/complaints").await.contains(it), "it is in their own queue now");
    let triage = [("severity", "high"), ("flags/legal", "yes"), ("loss", "12.50"), ("note", "Twice.")];
    let page = sam.does(it, "triage", &triage).await;
    assert!(
        page.contains("Triaged: Billing, high, ")
            && page.contains("; legal steps threatened; lost 12.50 GBP."),
        "{page}"
    );
    sam.does(it, "contact", &[("channel", "phone"), ("text", "We look into it.")]).await;
    sam.does(it, "note", &[("note", "Asked the card team."), ("kind", "conversation")]).await;
    sam.does(it, "consultation", &[("department", "payments"), ("question", "Was it sent twice?")]).await;
    sam.does(it, "consultation-answer", &[("consultation", "1"), ("answer", "It was.")]).await;
    let page = sam
        .does(it, "finding", &[("finding", "Sent twice."), ("root_cause", "it"), ("preventable", "true")])
        .await;
    assert!(page.contains("Payments") && page.contains("It was."), "{page}");
    sam.does(it, "escalate", &[("reason", "The press is asking.")]).await;
    assert!(!sam.case(it).await.contains("id=\"propose\""), "that is for level 2 now");
    assert!(mia.opens("/staff/complaints?queue=escalated").await.contains(it));
    let offer = [
        ("outcome", "upheld"),
        ("explanation", "You were charged twice."),
        ("remedies/0/kind", "apology"),
        ("remedies/0/promised_by", "2026-10-09"),
        ("remedies/2/kind", "refund"),
        ("remedies/2/amount", "25.00"),
        ("remedies/2/promised_by", "2026-10-12"),
    ];
    mia.does(it, "propose", &offer).await;
    assert!(sam.opens("/staff/complaints?queue=waiting").await.contains(it));
    let refused = [("answer", "refuse"), ("reason", "Too little."), ("channel", "phone")];
    sam.does(it, "answer", &refused).await;
    assert!(fin.opens("/staff/complaints?queue=escalated").await.contains(it));
    fin.does(it, "propose", &offer).await;
    sam.does(it, "implement", &[("remedy", "1"), ("details", "Posted.")]).await;
    let page = sam.does(it, "implement", &[("remedy", "2"), ("details", "Paid.")]).await;
    assert!(page.contains("Refund of 25.00 GBP") && page.contains("Resolution summary"), "{page}");
    mia.does(it, "hold", &[("reason", "A claim is before the court.")]).await;
    mia.does(it, "lift", &[("reason", "It was settled.")]).await;
    sam.does(it, "close", &[("waive_follow_up", "They asked not to be asked.")]).await;
    let case = desk.mia().case(it).await;
    assert_eq!(stage(&case), "closed");
    assert!(events(&case).contains(&"Decided") && case["level"] == 3, "{case}");
    desk.rests().await;
}

#[tokio::test]
async fn a_mistake_is_said_beside_its_field_and_keeps_what_was_typed() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", "ann@example.com").await;
    let (sam, it) = (Browser::of(&desk, SAM, "csr"), ann.reference.as_str());
    sam.does(it, "triage", &[("category", "billing")]).await;
    let finding = [("finding", "Sent twice."), ("root_cause", "it")];
    sam.does(it, "finding", &finding).await;
    let offer = [
        ("outcome", "upheld"),
        ("explanation", "You were <i>charged</i> twice."),
        ("remedies/1/kind", "refund"),
        ("remedies/1/amount", "twelve"),
    ];
    let wrong = sam.tries(it, "propose", &offer).await;
    assert_eq!(wrong.status, 422, "{}", wrong.body);
    for words in [
        "href=\"#propose-remedies-1-amount\"",
        "href=\"#propose-remedies-1-promised_by\"",
        "You were &#60;i&#62;charged&#60;/i&#62; twice.",
    ] {
        assert!(wrong.body.contains(words), "{words} in {}", wrong.body);
    }
    let again = Form::first_in(wrong.body.split_once("<main").unwrap().1);
    assert_eq!(again.fields["remedies/1/amount"], "twelve");
    let mended = again.with(&[("remedies/1/amount", "12.00"), ("remedies/1/promised_by", "2026-10-12")]);
    assert_eq!(sam.submits(&mended).await.status, 303);
    // What is wrong for the domain and not for the form comes back alike.
    let close = sam.tries(it, "close", &[("waive_follow_up", "No need.")]).await;
    assert_eq!(close.status, 409, "{}", close.body);
    assert!(close.body.contains("The customer has not agreed") && close.body.contains("No need.</textarea>"));
    desk.rests().await;
}

#[tokio::test]
async fn two_people_on_one_case_are_told_of_each_other_and_lose_nothing() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", "ann@example.com").await;
    let (sam, mia) = (Browser::of(&desk, SAM, "csr"), Browser::of(&desk, MIA, "manager"));
    let it = ann.reference.as_str();
    let form = sam.form(it, "contact").await.with(&[("text", "We look into it.")]);
    mia.does(it, "assign", &[("owner", "pat@northgate.example")]).await;
    // Who is told of a mistake has not seen what changed meanwhile.
    let wrong = sam.submits(&form.with(&[("text", "")])).await;
    assert_eq!(wrong.status, 422, "{}", wrong.body);
    let form = Form::first_in(wrong.body.split_once("<main").unwrap().1);
    let late = sam.submits(&form.with(&[("text", "We look into it.")])).await;
    assert_eq!(late.status, 409, "{}", late.body);
    assert!(late.body.contains("Changed by somebody else") && late.body.contains("We look into it."));
    let case = desk.sam().case(it).await;
    assert!(!events(&case).contains(&"ContactMade"), "nothing was recorded");
    let again = Form::first_in(late.body.split_once("<main").unwrap().1);
    assert_eq!(sam.submits(&again).await.status, 303, "on the complaint as it is now");
    desk.rests().await;
}

#[tokio::test]
async fn what_a_role_may_not_do_is_refused_recorded_and_kept() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", "ann@example.com").await;
    let (sam, it) = (Browser::of(&desk, SAM, "csr"), ann.reference.as_str());
    let no = sam.tries(it, "assign", &[("owner", "pat@northgate.example")]).await;
    assert_eq!(no.status, 403, "{}", no.body);
    assert!(
        no.body.contains("This is for the manager to do")
            && no.body.contains("value=\"pat@northgate.example\"")
    );
    let page = Browser::of(&desk, MIA, "manager").case(it).await;
    assert!(page.contains("sam@northgate.example, representative, refused: POST"), "{page}");
    desk.rests().await;
}

#[tokio::test]
async fn what_customers_write_is_shown_literally_and_stands_in_no_list() {
    let desk = Desk::open();
    let markup = "<script>alert(1)</script> {{ 7*7 }} \u{202e}txt";
    let body =
        json!({"name": "<b>Ann</b>", "email": "ann@example.com", "description": markup, "needs": markup});
    let ann = desk.posts(&body).await;
    let sam = Browser::of(&desk, SAM, "csr");
    let page = sam.case(&ann.reference).await;
    assert!(page.contains("&#60;script&#62;alert(1)") && page.contains("{{ 7*7 }}"), "{page}");
    assert!(!page.contains("<script>") && !page.contains("<b>Ann") && !page.contains('\u{202e}'), "{page}");
    for queue in ["mine", "unowned", "due", "overdue", "waiting", "open"] {
        let list = sam.opens(&format!("/staff/complaints?queue={queue}")).await;
        assert!(
            !list.contains("Ann") && !list.contains("alert") && !list.contains("example.com\""),
            "{list}"
        );
    }
    desk.rests().await;
}

#[tokio::test]
async fn a_reference_opens_its_complaint_and_what_is_none_is_said() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", "ann@example.com").await;
    let sam = Browser::of(&desk, SAM, "csr");
    let typed = ann.reference.to_lowercase().replace('-', "");
    let found = sam.goes(&format!("/staff/complaints?reference={typed}")).await;
    assert_eq!(found.header("location"), Some(format!("/staff/complaints/{}", ann.reference).as_str()));
    let none = sam.goes("/staff/complaints?reference=%3Ci%3E").await;
    assert_eq!(none.status, 422);
    assert!(none.body.contains("&#60;i&#62; is no reference"), "{}", none.body);
    let unknown = sam.goes("/staff/complaints/7K2-M9F-4QA").await;
    assert!(unknown.status == 404 && unknown.body.contains("To the queues"), "{}", unknown.body);
    let wrong = sam.goes("/staff/complaints?queue=nonsense").await;
    assert!(wrong.status == 422 && wrong.body.contains("There is no such queue."), "{}", wrong.body);
    assert_eq!(sam.goes("/staff/complaints?queue=held&stage=closed").await.status, 422);
    let narrowed = sam.opens("/staff/complaints?queue=unowned&stage=acknowledged").await;
    assert!(
        narrowed.contains(&ann.reference) && narrowed.contains("Stage acknowledged, unowned"),
        "{narrowed}"
    );
    let theirs = sam.opens("/staff/complaints?queue=mine&stage=acknowledged").await;
    assert!(!theirs.contains(&ann.reference), "{theirs}");
    desk.rests().await;
}

#[tokio::test]
async fn a_file_is_added_and_opened_from_the_case() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", "ann@example.com").await;
    let (sam, it) = (Browser::of(&desk, SAM, "csr"), ann.reference.as_str());
    let page = sam.tries(it, "files", &[("channel", "letter")]).await;
    assert_eq!(page.status, 200, "{}", page.body);
    let policy = page.header("content-security-policy").unwrap();
    assert!(policy.contains("form-action 'self' http"), "{policy}");
    let sent = desk.to_bucket(files::SHOT.posted_with(&page.body)).await;
    assert_eq!(sent.status(), 303);
    let back = sent.headers()["location"].to_str().unwrap();
    let back = back.trim_start_matches("http://localhost:8787");
    let case = sam.opens(back).await;
    assert!(case.contains("The file was sent.") && case.contains("receipt.png"), "{case}");
    let link =
        case.split("href=\"").find(|link| link.contains("/files/")).unwrap().split('"').next().unwrap();
    let open = sam.goes(link).await;
    assert_eq!(open.status, 303, "{}", open.body);
    assert_eq!(desk.fetches(open.header("location").unwrap()).await.body(), files::PNG);
    desk.rests().await;
}

#[tokio::test]
async fn programs_go_on_as_before_and_say_the_version_in_a_header() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", "ann@example.com").await;
    let sam = desk.sam();
    let path = format!("/staff/complaints/{}/assign", ann.reference);
    let form =
        |fields: &[(&str, &str)]| sam.signed(post(&path).form(fields).header("accept", "application/json"));
    assert_eq!(desk.send(form(&[("owner", SAM)])).await.status, 428, "a form has to say its version");
    let odd = Browser::of(&desk, SAM, "csr");
    let wrong = odd.form(&ann.reference, "assign").await.with(&[("version", "two")]);
    assert_eq!(odd.submits(&wrong).await.status, 422);
    let json = desk.sam().takes(&ann.reference).await;
    assert_eq!(json["owner"], SAM);
    desk.rests().await;
}
