//! A department is asked one question and answers it by the link in its mail, without an account.

use serde_json::{Value, json};

use crate::desk::Desk;
use crate::desk::ask::{Reply, get, post};
use crate::desk::customer::{Customer, token_after};
use crate::desk::staff::events;

const PAYMENTS: &str = "payments@northgate.example";
const SAM: &str = "sam@northgate.example";

/// Ann's complaint with a question to the department, and the path of the link that it was mailed.
async fn asked<'d>(desk: &'d Desk, question: &str) -> (Customer<'d>, String) {
    let body =
        json!({"name": "Quillon Zweig", "email": "canary@example.com", "description": "Kanarienvogel"});
    let ann = desk.posts(&body).await;
    let sam = desk.sam();
    sam.takes(&ann.reference).await;
    sam.triages(&ann.reference, "billing", "normal").await;
    asks(desk, &ann, question).await;
    let token = token_after(&desk.mail(PAYMENTS, "consultation").text.unwrap(), "/consultation/1/");
    (ann, format!("/consultation/1/{token}"))
}

async fn asks(desk: &Desk, ann: &Customer<'_>, question: &str) {
    let body = json!({"department": "payments", "question": question});
    desk.sam().does(&ann.reference, "consultation", &body).await;
}

async fn answers(desk: &Desk, link: &str, answer: &str) -> Reply {
    desk.send(post(link).form(&[("text", answer)])).await
}

/// What stands in the case's texts.
fn texts(case: &Value) -> Vec<&str> {
    case["texts"].as_object().unwrap().values().map(|text| text.as_str().unwrap()).collect()
}

#[tokio::test]
async fn a_department_answers_by_its_link_and_whoever_handles_the_complaint_is_told() {
    let desk = Desk::open();
    let (ann, link) = asked(&desk, "Was the payment sent twice?").await;
    let version = desk.sam().case(&ann.reference).await["version"].clone();
    let page = desk.send(get(&link).html()).await;
    assert_eq!(page.status, 200, "{}", page.body);
    assert!(page.body.contains("Was the payment sent twice?") && page.body.contains(&ann.reference));
    assert_eq!(desk.sam().case(&ann.reference).await["version"], version, "a look changes nothing");

    let thanks = answers(&desk, &link, "Yes, after a time-out.").await;
    assert_eq!(thanks.status, 200, "{}", thanks.body);
    assert!(thanks.body.contains("Thank you for your answer"), "{}", thanks.body);
    let case = desk.sam().case(&ann.reference).await;
    assert!(texts(&case).contains(&"Yes, after a time-out."), "{case}");
    let entry = case["history"]
        .as_array()
        .unwrap()
        .iter()
        .find(|entry| entry["event"]["type"] == "ConsultationAnswered");
    assert_eq!(entry.unwrap()["actor"], json!({"kind": "department", "key": "payments"}));
    assert_eq!(desk.letters_to(SAM).iter().filter(|letter| *letter == "task").count(), 1);
    desk.rests().await;
}

#[tokio::test]
async fn the_same_answer_again_is_thanked_for_and_another_one_is_not_taken() {
    let desk = Desk::open();
    let (ann, link) = asked(&desk, "Twice?").await;
    for _ in 0..2 {
        assert_eq!(answers(&desk, &link, "Yes.").await.status, 200);
    }
    let other = answers(&desk, &link, "No.").await;
    assert_eq!(other.status, 409);
    assert!(other.body.contains("This question was answered before"), "{}", other.body);
    let looked = desk.send(get(&link).html()).await;
    assert_eq!(looked.status, 409);
    assert!(
        looked.body.contains("reply to our e-mail") && !looked.body.contains("Twice?"),
        "{}",
        looked.body
    );
    let program = desk.send(post(&link).json(&json!({"text": "No."}))).await;
    assert_eq!((program.status, program.problem().as_str()), (409, "already-answered"));
    assert_eq!(desk.send(post(&link).json(&json!({"text": "Yes."}))).await.status, 200);
    let case = desk.sam().case(&ann.reference).await;
    let answered = events(&case).into_iter().filter(|event| *event == "ConsultationAnswered").count();
    assert_eq!(answered, 1);
    assert!(!texts(&case).contains(&"No."));
    desk.rests().await;
}

#[tokio::test]
async fn an_answer_that_comes_after_the_proposal_is_kept_and_told_to_whoever_handles_the_complaint() {
    let desk = Desk::at("2026-11-02T09:00:00Z");
    let (ann, link) = asked(&desk, "Twice?").await;
    let sam = desk.sam();
    sam.finds(&ann.reference, "it").await;
    sam.offers(&ann.reference).await;
    assert_eq!(desk.send(get(&link).html()).await.status, 200);
    let told = desk.letters_to(SAM).len();
    assert_eq!(answers(&desk, &link, "Yes, and it was paid back last week.").await.status, 200);
    let case = sam.case(&ann.reference).await;
    assert_eq!((case["stage"]["name"].as_str(), &case["consulted"]), (Some("proposed"), &Value::Null));
    assert!(texts(&case).contains(&"Yes, and it was paid back last week."), "{case}");
    assert_eq!(desk.letters_to(SAM)[told..], ["task"]);
    desk.rests().await;
}

#[tokio::test]
async fn who_has_the_customers_answer_reminds_no_department_of_what_was_asked_for_it() {
    let desk = Desk::at("2026-11-02T09:00:00Z");
    let (ann, _) = asked(&desk, "Twice?").await;
    let sam = desk.sam();
    sam.finds(&ann.reference, "it").await;
    sam.offers(&ann.reference).await;
    desk.hours(4 * 24).await;
    assert_eq!(desk.letters_to(PAYMENTS), ["consultation"]);
    desk.rests().await;
}

#[tokio::test]
async fn an_answer_that_is_no_longer_needed_is_thanked_for_and_not_taken() {
    let desk = Desk::at("2026-11-02T09:00:00Z");
    let (ann, link) = asked(&desk, "Twice?").await;
    let sam = desk.sam();
    sam.does(&ann.reference, "withdrawal", &json!({"channel": "phone"})).await;
    for page in [desk.send(get(&link).html()).await, answers(&desk, &link, "Yes.").await] {
        assert_eq!(page.status, 409);
        assert!(page.body.contains("This answer is no longer needed"), "{}", page.body);
        assert!(page.body.contains("Thank you all the same"), "{}", page.body);
    }
    assert!(!events(&sam.case(&ann.reference).await).contains(&"ConsultationAnswered"));
    desk.rests().await;
}

#[tokio::test]
async fn a_department_sees_nothing_of_the_customer() {
    let desk = Desk::open();
    let (_, link) = asked(&desk, "Twice?").await;
    let mut seen: Vec<String> = Vec::new();
    for mail in desk.mails_to(PAYMENTS) {
        seen.extend([mail.subject, mail.text.unwrap(), mail.html.unwrap()]);
    }
    seen.push(desk.send(get(&link).html()).await.body);
    seen.push(answers(&desk, &link, "").await.body);
    seen.push(answers(&desk, &link, "Yes.").await.body);
    seen.push(desk.send(get(&link).html()).await.body);
    for said in seen {
        for canary in ["Quillon", "Zweig", "canary@", "Kanarienvogel"] {
            assert!(!said.contains(canary), "{canary} in {said}");
        }
    }
    desk.rests().await;
}

#[tokio::test]
async fn each_question_has_its_own_link() {
    let desk = Desk::open();
    let (ann, first) = asked(&desk, "First?").await;
    asks(&desk, &ann, "Second?").await;
    let letters = desk.mails_to(PAYMENTS);
    let second = token_after(letters[1].text.as_ref().unwrap(), "/consultation/2/");
    let page = desk.send(get(&format!("/consultation/2/{second}")).html()).await;
    assert!(page.body.contains("Second?") && !page.body.contains("First?"), "{}", page.body);
    assert_eq!(desk.send(get(&format!("/consultation/1/{second}"))).await.status, 404);
    assert_eq!(desk.send(get(&first.replace("/1/", "/2/"))).await.status, 404);
    for (link, answer) in [(format!("/consultation/2/{second}"), "Two."), (first, "One.")] {
        assert_eq!(answers(&desk, &link, answer).await.status, 200);
    }
    let case = desk.sam().case(&ann.reference).await;
    assert!(texts(&case).contains(&"One.") && texts(&case).contains(&"Two."));
    desk.rests().await;
}

#[tokio::test]
async fn a_link_that_is_too_old_altered_or_another_s_answers_nothing() {
    let desk = Desk::with_policy("[limits]\nlink_days = 1");
    let (ann, link) = asked(&desk, "Twice?").await;
    let mut altered = link.clone();
    let at = altered.len() - 3;
    altered.replace_range(at..=at, if altered.as_bytes()[at] == b'A' { "B" } else { "A" });
    assert_eq!(answers(&desk, &altered, "Yes.").await.status, 404);
    let token = link.rsplit_once('/').unwrap().1;
    let body = json!({"token": token});
    assert_eq!(desk.send(post("/link").json(&body)).await.status, 404, "it opens no private page");
    assert_eq!(desk.send(post("/disown").json(&body)).await.status, 404);
    let private = format!("/consultation/1/{}", ann.token);
    assert_eq!(answers(&desk, &private, "Yes.").await.status, 404, "the customer's link answers nothing");
    desk.hours(24).await;
    for page in [desk.send(get(&link).html()).await, answers(&desk, &link, "Yes.").await] {
        assert_eq!(page.status, 410);
        assert!(page.body.contains("you can reply to the e-mail"), "{}", page.body);
    }
    assert!(!events(&desk.sam().case(&ann.reference).await).contains(&"ConsultationAnswered"));
    desk.rests().await;
}

#[tokio::test]
async fn bad_answers_are_refused_and_markup_is_shown_literally() {
    let desk = Desk::open();
    let (ann, link) = asked(&desk, "<script>alert(1)</script> {{ 7*7 }} \u{202e}evil\u{202c}").await;
    let page = desk.send(get(&link).html()).await.body;
    assert!(page.contains("&#60;script&#62;alert(1)") && page.contains("{{ 7*7 }}"), "{page}");
    assert!(!page.contains("<script") && !page.contains('\u{202e}'), "{page}");
    for (body, code) in [
        (json!({}), "required"),
        (json!({"text": "a\u{0}b"}), "control_characters"),
        (json!({"text": "x".repeat(10_001)}), "too_long"),
    ] {
        let reply = desk.send(post(&link).json(&body)).await;
        assert_eq!((reply.status, reply.problem().as_str()), (422, "invalid"));
        assert_eq!(reply.pointers(), [("/text".to_owned(), code.to_owned())]);
    }
    let wrong = answers(&desk, &link, "<b>\u{1}</b>").await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.body.contains("&#60;b&#62;") && wrong.body.contains("id=\"text-error\""), "{}", wrong.body);
    assert_eq!(desk.send(post(&link).body("text/plain", "x")).await.status, 415);
    assert_eq!(desk.send(post(&link).body("application/json", "{")).await.status, 400);
    assert!(!events(&desk.sam().case(&ann.reference).await).contains(&"ConsultationAnswered"));
    let markup = "<img src=x onerror=y>";
    assert_eq!(answers(&desk, &link, markup).await.status, 200);
    assert!(texts(&desk.sam().case(&ann.reference).await).contains(&markup), "kept as it was written");
    desk.rests().await;
}
