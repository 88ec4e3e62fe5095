//! Who leads sees who of staff looked at what is no single complaint's, as long as that is kept.

use serde_json::{Value, json};

use crate::desk::Desk;
use crate::desk::ask::{get, post};
use crate::desk::browser::Browser;
use crate::desk::folder::Folder;
use crate::desk::inspector::Inspector;
use crate::desk::staff::Staff;

const SAM: &str = "sam@northgate.example";
const MIA: &str = "mia@northgate.example";

async fn seeks(desk: &Desk, staff: &Staff<'_>, text: &str) {
    let search = post("/staff/search").json(&json!({"text": text}));
    assert_eq!(desk.send(staff.signed(search)).await.status, 200);
}

async fn listed(desk: &Desk, query: &str) -> Value {
    let reply = desk.send(desk.mia().signed(get(&format!("/staff/accesses{query}")))).await;
    assert_eq!(reply.status, 200, "{}", reply.body);
    reply.json()
}

/// Who did what, as it is listed, and whether it was refused.
fn told(list: &Value) -> Vec<(&str, &str, bool)> {
    let accesses = list["accesses"].as_array().unwrap().iter();
    accesses
        .map(|access| {
            let refused = access["refused"].as_bool().unwrap();
            (access["staff"].as_str().unwrap(), access["route"].as_str().unwrap(), refused)
        })
        .collect()
}

#[tokio::test]
async fn managers_see_who_looked_for_customers_and_held_posts_and_who_was_refused() {
    let desk = Desk::open();
    let sam = desk.sam();
    seeks(&desk, &sam, "Ann Lee").await;
    sam.lists("?held=true").await;
    assert_eq!(desk.send(sam.signed(get("/staff/dashboard"))).await.status, 403);
    let list = listed(&desk, "").await;
    let mut seen = told(&list);
    seen.sort_unstable();
    assert_eq!(
        seen,
        [
            (SAM, "GET /staff/complaints", false),
            (SAM, "GET /staff/dashboard", true),
            (SAM, "POST /staff/search", false),
        ]
    );
    assert!(list.get("cursor").is_none() && !list.to_string().contains("Lee"), "{list}");
    let mia = Browser::of(&desk, MIA, "manager");
    assert!(
        mia.opens("/staff/settings").await.contains("<a href=\"/staff/accesses\">Who looked at what</a>")
    );
    let page = mia.opens("/staff/accesses").await;
    for words in [
        "<h1>Who looked at what, October 2026</h1>",
        "Looked for a customer",
        "Posts held as spam of October 2026",
        "The dashboard <span class=\"tag grave\">Refused</span>",
        "<a class=\"button quiet\" href=\"/staff/accesses?month=2026-09\">September 2026</a>",
    ] {
        assert!(page.contains(words), "{words} in {page}");
    }
    assert!(!page.contains("month=2026-11"), "that month has not begun: {page}");
    assert!(mia.opens("/staff/accesses?month=2026-09").await.contains("Nothing of this month is recorded."));
    assert_eq!(told(&listed(&desk, "").await).len(), 3, "who looks at the record is not in it");
    desk.rests().await;
}

#[tokio::test]
async fn representatives_do_not_see_the_record_and_that_they_tried_is_in_it() {
    let desk = Desk::open();
    let reply = desk.send(desk.sam().signed(get("/staff/accesses"))).await;
    assert_eq!((reply.status, reply.problem().as_str()), (403, "forbidden"));
    assert_eq!(told(&listed(&desk, "").await), [(SAM, "GET /staff/accesses", true)]);
    desk.rests().await;
}

#[tokio::test]
async fn what_was_refused_is_told_in_words_whatever_it_was() {
    let desk = Desk::open();
    let tried = [
        get("/staff/dashboard"),
        get("/staff/reports"),
        get("/staff/reports/2026-09"),
        post("/staff/reports/2026-09/actions").json(&json!({"text": "Call sooner", "due": "2026-11-02"})),
        post("/staff/reports/2026-09/actions/1/end").json(&json!({"how": "done", "text": "It is"})),
        get("/staff/accesses"),
    ];
    let many = tried.len();
    for request in tried {
        assert_eq!(desk.send(desk.sam().signed(request)).await.status, 403);
    }
    let page = Browser::of(&desk, MIA, "manager").opens("/staff/accesses").await;
    let told: Vec<_> = page.split("<td data-label=\"What\"><span>").skip(1).collect();
    assert_eq!(told.len(), many);
    for what in told {
        let what = what.split(" <span").next().unwrap();
        assert!(!what.contains("/staff"), "{what}");
    }
    desk.rests().await;
}

#[tokio::test]
async fn a_month_of_many_looks_comes_in_pages_each_in_one_request() {
    let desk = Desk::open();
    for number in 0..53 {
        seeks(&desk, &desk.sam(), &format!("ann{number}@example.com")).await;
    }
    desk.world.cloud().clear_requests();
    let first = listed(&desk, "").await;
    assert_eq!(desk.table_requests().len(), 1);
    let cursor: String =
        form_urlencoded::byte_serialize(first["cursor"].as_str().unwrap().as_bytes()).collect();
    let second = listed(&desk, &format!("?month=2026-10&cursor={cursor}")).await;
    assert_eq!((told(&first).len(), told(&second).len()), (50, 3));
    let all = [first["accesses"].as_array().unwrap().clone(), second["accesses"].as_array().unwrap().clone()];
    let mut requests: Vec<String> =
        all.concat().iter().map(|access| access["request"].as_str().unwrap().to_owned()).collect();
    requests.sort_unstable();
    requests.dedup();
    assert_eq!(requests.len(), 53, "each is on one page");
    let mia = Browser::of(&desk, MIA, "manager");
    let page = mia.opens("/staff/accesses").await;
    let next = page.split_once("<a class=\"button quiet\" href=\"").unwrap().1.split('"').next().unwrap();
    let next = mia.opens(&next.replace("&#38;", "&").replace("&amp;", "&")).await;
    assert_eq!(next.matches("<th scope=\"row\">").count(), 3, "{next}");
    for query in ["?month=last", "?month=2026-13", "?cursor=nonsense", "?cursor=2026%23x"] {
        let reply = desk.send(desk.mia().signed(get(&format!("/staff/accesses{query}")))).await;
        assert_eq!(reply.status, 422, "{query}");
    }
    desk.rests().await;
}

#[tokio::test]
async fn the_record_goes_when_the_policys_years_are_over() {
    let folder = Folder::new("accesses");
    let desk = folder.desk_at("2026-10-05T08:00:00Z");
    seeks(&desk, &desk.sam(), "ann@example.com").await;
    let items = Inspector::of(&desk).all().await;
    let [record] = items
        .iter()
        .filter(|item| item["pk"].as_s().unwrap() == "A#desk#2026-10")
        .collect::<Vec<_>>()
        .try_into()
        .expect("one look is one record");
    // Three years on, by the clock of London.
    assert_eq!(record["expires"].as_n().unwrap(), "1885881600");
    drop(desk);
    for (at, left) in [("2029-10-05T07:59:00Z", 1), ("2029-10-05T08:00:00Z", 0)] {
        let desk = folder.desk_at(at);
        assert_eq!(told(&listed(&desk, "?month=2026-10").await).len(), left, "{at}");
        desk.rests().await;
    }
}
