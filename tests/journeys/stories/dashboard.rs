//! What those who lead look at: the dashboard, the reports of months past, the policy.

use serde_json::json;

use crate::desk::browser::Browser;
use crate::desk::folder::Folder;
use crate::desk::inspector::Inspector;
use crate::desk::report::Sheet;
use crate::desk::{Desk, MANAGER};

const SAM: &str = "sam@northgate.example";
const MIA: &str = "mia@northgate.example";
const FIN: &str = "fin@northgate.example";

/// The number that is shown large over these words, and where it leads.
fn tile(page: &str, what: &str) -> (String, Option<String>) {
    let end = format!("</strong> <span>{what}");
    let (before, _) = page.split_once(&end).unwrap_or_else(|| panic!("{what} in {page}"));
    let (before, number) = before.rsplit_once("<strong>").unwrap();
    let link = before.strip_suffix("\">").and_then(|before| before.rsplit_once("<a href=\""));
    (number.to_owned(), link.map(|(_, at)| at.to_owned()))
}

#[tokio::test]
async fn the_dashboard_counts_what_was_done_and_leads_to_the_complaints() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", "ann@example.com").await;
    let bo = desk.complains("Bo", "bo@example.com").await;
    let cy = desk.complains("Cy", "cy@example.com").await;
    let sam = desk.sam();
    sam.resolves(&ann).await;
    sam.does(&ann.reference, "close", &json!({"waive_follow_up": "They asked for it."})).await;
    sam.takes(&bo.reference).await;
    sam.triages(&bo.reference, "billing", "normal").await;
    sam.calls(&bo.reference).await;
    sam.does(&bo.reference, "escalate", &json!({"reason": "The press is asking."})).await;
    desk.is_counted().await;
    let mia = Browser::of(&desk, MIA, "manager");
    let page = mia.opens("/staff/dashboard").await;
    for (what, number) in [
        ("Received", "3"),
        ("Closed", "1"),
        ("All open", "2"),
        ("Answer or remedy overdue", "0"),
        ("Without an owner", "1"),
        ("Acknowledged in time", "100.0 %"),
        ("Answered in time", "100.0 %"),
        ("At level 2, Complaints manager", "1"),
    ] {
        assert_eq!(tile(&page, what).0, number, "{what}");
    }
    assert!(page.contains("October 2026 so far") && page.contains("role=\"img\""), "{page}");
    for (what, leads_to, not_to) in
        [("Without an owner", &cy, [&ann, &bo]), ("At level 2, Complaints manager", &bo, [&ann, &cy])]
    {
        let list = mia.opens(&tile(&page, what).1.expect("it leads somewhere")).await;
        assert!(list.contains(&leads_to.reference), "{what}: {list}");
        assert!(not_to.iter().all(|other| !list.contains(&other.reference)), "{what}: {list}");
    }
    let by_owner = mia.opens("/staff/complaints?owner=sam%40northgate.example").await;
    assert!(page.contains("?owner=sam%40northgate.example\">sam@northgate.example</a></th><td>1</td>"));
    assert!(by_owner.contains("<h1>Owned by sam@northgate.example</h1>") && by_owner.contains(&bo.reference));
    let by_stage = mia.opens("/staff/complaints?stage=acknowledged").await;
    assert!(page.contains("?stage=acknowledged\">Acknowledged</a></th><td>2</td>"), "{page}");
    assert_eq!(by_stage.matches("<th scope=\"row\">").count(), 2, "{by_stage}");
    // What is due soon is counted in the index, and so is the list.
    let (due, at) = tile(&page, "Due soon");
    let list = mia.opens(&at.unwrap()).await;
    assert_eq!(list.matches("<th scope=\"row\">").count().to_string(), due, "{list}");
    assert!(Browser::of(&desk, FIN, "final").opens("/staff/dashboard").await.contains("Month by month"));
    desk.rests().await;
}

#[tokio::test]
async fn a_representative_gets_the_policy_and_no_figures_and_that_is_recorded() {
    let desk = Desk::open();
    let sam = Browser::of(&desk, SAM, "csr");
    let settings = sam.opens("/staff/settings").await;
    assert!(settings.contains("Policy, version 1") && !settings.contains("href=\"/staff/dashboard\""));
    assert!(!settings.contains("href=\"/staff/accesses\""));
    for path in ["/staff/dashboard", "/staff/reports", "/staff/reports/2026-09", "/staff/accesses"] {
        let reply = sam.goes(path).await;
        assert_eq!((reply.status, reply.header("content-type")), (403, Some("text/html; charset=utf-8")));
        assert!(reply.body.contains("This is for managers and final deciders."), "{path}: {}", reply.body);
        reply.check_headers();
    }
    let records = Inspector::of(&desk).all().await;
    let refused = records.iter().filter(|item| item["pk"].as_s().is_ok_and(|pk| pk == "A#desk#2026-10"));
    assert_eq!(refused.count(), 4);
    desk.rests().await;
}

#[tokio::test]
async fn a_past_report_opens_and_its_file_is_the_one_that_was_mailed() {
    let desk = Desk::at("2026-09-30T22:00:00Z");
    desk.complains("Ann", "ann@example.com").await;
    let mia = Browser::of(&desk, MIA, "manager");
    assert!(mia.opens("/staff/reports").await.contains("There is no report here"));
    assert_eq!(mia.goes("/staff/reports/2026-09").await.status, 404);
    desk.until("2026-10-01T06:01:00Z").await;
    let mia = Browser::of(&desk, MIA, "manager");
    let list = mia.opens("/staff/reports").await;
    assert!(list.contains("<a href=\"/staff/reports/2026-09\">September 2026</a></th><td>1</td>"), "{list}");
    let page = mia.opens("/staff/reports/2026-09").await;
    assert!(
        page.contains("<h1>Complaints in September 2026</h1>") && page.contains("Nothing is lost"),
        "{page}"
    );
    let file = mia.goes("/staff/reports/2026-09?format=csv").await;
    assert_eq!(file.header("content-type"), Some("text/csv; charset=utf-8"));
    assert_eq!(file.header("content-disposition"), Some("attachment; filename=\"complaints-2026-09.csv\""));
    assert_eq!(file.body, Sheet::of(&desk.mail(MANAGER, "monthly-report")).text);
    assert!(mia.opens("/staff/reports?before=2026-09").await.contains("There is no report here"));
    for (path, status) in [
        ("/staff/reports/2026-10", 404),
        ("/staff/reports/last", 404),
        ("/staff/reports/2026-09?format=pdf", 422),
        ("/staff/reports?before=yesterday", 422),
    ] {
        assert_eq!(mia.goes(path).await.status, status, "{path}");
    }
    // The dashboard carries on from it: what stood then stands now, and its month is one of those before.
    desk.is_counted().await;
    let page = mia.opens("/staff/dashboard").await;
    assert_eq!((tile(&page, "Received").0, tile(&page, "All open").0), ("0".to_owned(), "1".to_owned()));
    assert!(page.contains("<th scope=\"row\">September 2026</th><td>1</td><td>0</td>"), "{page}");
    desk.rests().await;
}

/// Version 3: representatives may give less, and customers hear sooner.
const SOONER: &str = r#"version = 3
effective = "2026-10-05"
change = "Customers hear daily"
approved_by = "The board"
[severities.normal]
update_every = "1 working day"
"#;

#[tokio::test]
async fn the_settings_name_the_version_and_what_earlier_ones_had_other() {
    let folder = Folder::new("settings");
    let desk = folder.desk_under("[severities.normal]\nupdate_every = \"4 working days\"");
    desk.complains("Ann", "ann@example.com").await;
    drop(desk);
    let desk = folder.desk_under(SOONER);
    let page = Browser::of(&desk, SAM, "csr").opens("/staff/settings").await;
    for words in [
        "<h1>Policy, version 3</h1>",
        "In force since 5 October 2026: Customers hear daily. Approved by The board.",
        "<h3>Version 2, in force since 2026-01-01</h3>",
        "Severities, normal, update every</th><td>4 working days</td><td>1 working day</td>",
    ] {
        assert!(page.contains(words), "{words} in {page}");
    }
    assert!(!page.contains("Version 1,"), "no complaint came in under it");
    desk.rests().await;
}
