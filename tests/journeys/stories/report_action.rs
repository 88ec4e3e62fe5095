//! What management decides to do about a report, from its record to its end.

use local::door::Mail;
use serde_json::{Value, json};

use crate::desk::ask::{Ask, Reply, post};
use crate::desk::browser::{Browser, Form};
use crate::desk::inspector::Inspector;
use crate::desk::report::Sheet;
use crate::desk::staff::Staff;
use crate::desk::{Desk, MANAGER, instant, letter};

const MIA: &str = "mia@northgate.example";
const FIN: &str = "fin@northgate.example";
const SEPTEMBER: &str = "/staff/reports/2026-09";
const MARKUP: &str = "<script>alert(1)</script> {{ 7*7 }}";

/// A desk on the morning of the 1st of October, whose report of September is made.
async fn reported() -> Desk {
    let desk = Desk::at("2026-10-01T06:01:00Z");
    desk.world.invoke("send-report", json!({})).await.unwrap();
    desk
}

/// The report of the month that has ended then, as it is mailed.
async fn report_at(desk: &Desk, at: &str) -> Mail {
    desk.world.cloud().set_clock(instant(at)).unwrap();
    desk.world.invoke("send-report", json!({})).await.unwrap();
    let mut mails = desk.mails_to(MANAGER).into_iter();
    mails.rfind(|mail| letter(mail) == "monthly-report").expect("it was mailed")
}

fn body(what: &str, due: &str) -> Value {
    json!({"what": what, "owner": MIA, "due": due})
}

/// A request to the routes of the actions on September's report.
fn ask(way: &str, body: &Value) -> Ask {
    post(&format!("{SEPTEMBER}/actions{way}")).json(body)
}

async fn decides(desk: &Desk, who: &Staff<'_>, way: &str, body: &Value) -> Reply {
    desk.send(who.signed(ask(way, body))).await
}

/// The form of the page that is posted to this address.
fn form(page: &str, at: &str) -> Form {
    let start = page.find(&format!("<form method=\"post\" action=\"{at}\"")).expect("the form is there");
    Form::first_in(&page[start..])
}

#[tokio::test]
async fn an_action_is_seen_with_its_report_and_told_in_the_next_until_it_has_ended() {
    let desk = reported().await;
    let fin = Browser::of(&desk, FIN, "final");
    let page = fin.opens(SEPTEMBER).await;
    assert!(page.contains("Nothing was decided on it yet."), "{page}");
    let of = |what: &str, due: &str| {
        form(&page, &format!("{SEPTEMBER}/actions")).with(&[("what", what), ("owner", MIA), ("due", due)])
    };
    let train = of("Train the card team.", "2026-10-20");
    let reply = fin.submits(&train).await;
    assert_eq!(reply.status, 303, "{}", reply.body);
    let onward = reply.header("location").unwrap();
    assert_eq!(onward, format!("{SEPTEMBER}?done=report-action#actions"));
    let page = fin.opens(onward.split_once('#').unwrap().0).await;
    assert!(page.contains("<strong>Recorded:</strong>") && page.contains("Train the card team."), "{page}");
    assert!(page.contains("mia@northgate.example, by Tuesday 20 October 2026."), "{page}");
    // A second press is the same action.
    assert_eq!(fin.submits(&train).await.status, 303);
    assert_eq!(fin.opens(SEPTEMBER).await.matches("Train the card team.</strong>").count(), 1);
    // A manager sees it, on the dashboard too, and has no form for it.
    let mia = Browser::of(&desk, MIA, "manager");
    let page = mia.opens(SEPTEMBER).await;
    assert!(page.contains("Train the card team.") && !page.contains("/actions\""), "{page}");
    let page = mia.opens("/staff/dashboard").await;
    assert!(
        page.contains("<a href=\"/staff/reports#actions\"><strong>1</strong> <span>Open actions on reports"),
        "{page}"
    );
    assert!(mia.opens("/staff/reports").await.contains("Management’s open actions"));

    let mail = report_at(&desk, "2026-11-01T07:01:00Z").await;
    let sheet = Sheet::of(&mail);
    assert_eq!(told(&sheet), [1, 1, 0, 0]);
    assert!(sheet.text.contains("learning,action#2026-09#1,standing,,,Overdue,\r\n"), "{}", sheet.text);
    assert!(
        sheet.text.contains("learning,action#2026-09#1,what,,,Train the card team.,\r\n"),
        "{}",
        sheet.text
    );
    for text in [mail.text.unwrap(), mail.html.unwrap()] {
        assert!(text.contains("Train the card team.") && text.contains("Overdue"), "{text}");
    }
    let fin = Browser::of(&desk, FIN, "final");
    let page = fin.opens("/staff/dashboard").await;
    assert!(page.contains("<small class=\"aside\">1 overdue</small>"), "{page}");
    let end = format!("{SEPTEMBER}/actions/1/end");
    let page = fin.opens(SEPTEMBER).await;
    assert!(page.contains("<span class=\"tag grave\">Overdue</span>"), "{page}");
    let given_up = form(&page, &end).with(&[("ending", "given_up")]);
    let reply = fin.submits(&given_up).await;
    assert_eq!(reply.status, 422);
    assert!(reply.body.contains("Say why it is given up."), "{}", reply.body);
    let done = Form::first_in(reply.body.split_once("</header>").unwrap().1).with(&[("ending", "done")]);
    assert_eq!((done.action.as_str(), fin.submits(&done).await.status), (end.as_str(), 303));
    let page = fin.opens(SEPTEMBER).await;
    assert!(page.contains("<span class=\"tag\">Done</span>") && !page.contains(&end), "{page}");
    assert!(!fin.opens("/staff/reports").await.contains("open actions"));

    assert_eq!(told(&Sheet::of(&report_at(&desk, "2026-12-01T07:01:00Z").await)), [0, 0, 1, 0]);
    assert_eq!(told(&Sheet::of(&report_at(&desk, "2027-01-01T07:01:00Z").await)), [0; 4]);
    desk.rests().await;
}

/// Open, overdue, done and given up, as a report tells them.
fn told(sheet: &Sheet) -> [i64; 4] {
    ["open", "overdue", "done", "given_up"].map(|item| sheet.count("learning", item, "count"))
}

#[tokio::test]
async fn who_does_not_decide_finally_is_refused_and_that_is_recorded() {
    let desk = reported().await;
    let action = body("Train the card team.", "2026-10-20");
    assert_eq!(decides(&desk, &desk.fin(), "", &action).await.status, 201);
    for who in [desk.sam(), desk.mia()] {
        assert_eq!(decides(&desk, &who, "", &action).await.status, 403);
        assert_eq!(decides(&desk, &who, "/1/end", &json!({"ending": "done"})).await.status, 403);
    }
    let records = Inspector::of(&desk).all().await;
    let of = |pk: &str| records.iter().filter(|item| item["pk"].as_s().is_ok_and(|it| it == pk)).count();
    assert_eq!((of("A#desk#2026-10"), of("ACTIONS")), (4, 1));
    desk.rests().await;
}

#[tokio::test]
async fn an_action_is_recorded_once_and_ended_once_and_nothing_is_written_over() {
    let desk = reported().await;
    let fin = desk.fin();
    let keyed = |body: &Value| fin.signed(ask("", body)).header("idempotency-key", "one-and-the-same");
    let (train, hire) = (body("Train the card team.", "2026-10-20"), body("Hire.", "2026-10-20"));
    let first = desk.send(keyed(&train)).await;
    assert_eq!((first.status, first.header("idempotent-replayed")), (201, None));
    let again = desk.send(keyed(&train)).await;
    assert_eq!((again.status, again.header("idempotent-replayed")), (201, Some("true")));
    assert_eq!(first.json(), again.json());
    let other = desk.send(keyed(&hire)).await;
    assert_eq!((other.status, other.problem().as_str()), (422, "key-reused"));
    // Without a key each is an action of its own.
    let second = decides(&desk, &fin, "", &train).await;
    assert_eq!((second.status, &second.json()["number"]), (201, &json!(2)));
    let given_up = json!({"ending": "given_up", "reason": "The product ends."});
    let ended = decides(&desk, &fin, "/1/end", &given_up).await;
    assert_eq!((ended.status, &ended.json()["ended"]["how"]), (200, &json!("given_up")));
    let again = decides(&desk, &fin, "/1/end", &given_up).await;
    assert_eq!((again.status, again.json()), (200, ended.json()));
    let otherwise = decides(&desk, &fin, "/1/end", &json!({"ending": "done"})).await;
    assert_eq!((otherwise.status, otherwise.problem().as_str()), (409, "decided"));
    desk.rests().await;
}

#[tokio::test]
async fn what_is_no_action_is_refused_and_markup_is_shown_as_it_was_written() {
    let desk = reported().await;
    let fin = desk.fin();
    for (wrong, pointer) in [
        (json!({"owner": MIA, "due": "2026-10-20"}), "/what"),
        (body(&"x".repeat(301), "2026-10-20"), "/what"),
        (body("x", "2026-09-30"), "/due"),
        (body("x", "2036-10-20"), "/due"),
        (body("x", "soon"), "/due"),
        (json!({"what": "x", "owner": MIA}), "/due"),
        (json!({"what": "x", "due": "2026-10-20"}), "/owner"),
    ] {
        let reply = decides(&desk, &fin, "", &wrong).await;
        assert_eq!((reply.status, &reply.json()["errors"][0]["pointer"]), (422, &json!(pointer)), "{wrong}");
    }
    let action = body(MARKUP, "2026-10-01");
    for path in ["/staff/reports/2026-08/actions", "/staff/reports/last/actions"] {
        assert_eq!(desk.send(fin.signed(post(path).json(&action))).await.status, 404, "{path}");
    }
    for way in ["/1/end", "/300/end", "/x/end"] {
        assert_eq!(decides(&desk, &fin, way, &json!({"ending": "done"})).await.status, 404, "{way}");
    }
    for number in 1..=50 {
        assert_eq!(decides(&desk, &fin, "", &action).await.status, 201, "{number}");
    }
    let reply = decides(&desk, &fin, "", &action).await;
    assert_eq!((reply.status, &reply.json()["errors"][0]["code"]), (422, &json!("too_many_actions")));
    let decider = Browser::of(&desk, FIN, "final");
    let page = decider.opens(SEPTEMBER).await;
    assert!(!page.contains(&format!("action=\"{SEPTEMBER}/actions\"")), "there can be no more");
    let mail = report_at(&desk, "2026-11-01T07:01:00Z").await.html.unwrap();
    let decider = Browser::of(&desk, FIN, "final");
    for page in [decider.opens(SEPTEMBER).await, decider.opens("/staff/reports").await, mail] {
        assert!(page.contains("&#60;script&#62;alert(1)&#60;/script&#62; {{ 7*7 }}"), "{page}");
        assert!(!page.contains("<script>alert"), "{page}");
    }
    desk.rests().await;
}
