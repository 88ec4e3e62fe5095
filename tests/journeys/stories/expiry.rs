//! Records go when their time is over, and not before.

use std::path::{Path, PathBuf};

use serde_json::json;

use crate::desk::ask::get;
use crate::desk::inspector::Inspector;
use crate::desk::report::Sheet;
use crate::desk::{Desk, MANAGER, Opening};

/// The least that a policy may say.
const A_YEAR: &str = "[retention]\nyears = 1";

#[tokio::test]
async fn a_record_goes_a_year_after_its_end_and_not_before_and_what_is_held_stays() {
    let folder = Folder::new("expiry");
    let desk = folder.desk("2026-10-05T08:00:00Z");
    let (ann, bo) = (over(&desk, "ann@example.com").await, over(&desk, "bo@example.com").await);
    let open = desk.complains("Cy", "cy@example.com").await.reference;
    let id = desk.mia().case(&ann).await["id"].as_str().unwrap().to_owned();
    desk.mia().does(&bo, "hold", &json!({"hold": true, "reason": "A claim is before the court."})).await;
    desk.hours(1).await;
    drop(desk);

    // The last turn before the year is over, by the clock of London.
    let desk = folder.desk("2027-10-05T07:59:59Z");
    assert_eq!(expired(&desk).await, (0, 0));
    assert_eq!(desk.mia().case(&ann).await["stage"]["name"], "closed");
    drop(desk);
    let desk = folder.desk("2027-10-05T08:00:00Z");
    assert_eq!(expired(&desk).await, (1, 0));
    assert_eq!(expired(&desk).await, (0, 0), "and once only");
    let left = format!("{:?}", Inspector::of(&desk).all().await);
    assert!(!left.contains(&format!("#{id}\"")), "nothing is left of it: {left}");
    assert_eq!(desk.mia().case(&bo).await["stage"]["name"], "closed", "what is held stays");
    let level = desk.mia().case(&open).await["stage"]["name"].clone();
    assert_ne!(level, "closed", "and what is open does");
    assert_eq!(Inspector::of(&desk).verifies().await.0, [""; 0]);
    desk.mia().does(&bo, "hold", &json!({"hold": false, "reason": "It was settled."})).await;
    // The night's turn was due while nobody lived through it, and comes with the next thing that happens.
    assert!(is_gone(&desk, &bo).await);
    assert_eq!(Inspector::of(&desk).verifies().await.0, [""; 0]);
}

#[tokio::test]
async fn figures_stay_when_the_record_they_count_has_gone() {
    let folder = Folder::new("expiry-figures");
    let desk = folder.desk("2026-09-30T08:00:00Z");
    over(&desk, "ann@example.com").await;
    desk.hours(1).await;
    drop(desk);
    let desk = folder.desk("2027-09-30T09:00:00Z");
    assert_eq!(expired(&desk).await, (1, 0));
    desk.world.invoke("send-report", json!({})).await.unwrap();
    desk.world.settle().await.unwrap();
    let report =
        desk.mails_to(MANAGER).into_iter().find(|mail| mail.subject.contains("September 2026")).unwrap();
    assert_eq!(Sheet::of(&report).count("flow", "total#all", "closed"), 1);
    desk.rests().await;
}

#[tokio::test]
async fn a_removal_that_was_cut_short_is_taken_up_again() {
    let folder = Folder::new("expiry-cut-short");
    let desk = folder.desk("2026-10-05T08:00:00Z");
    let ann = over(&desk, "ann@example.com").await;
    drop(desk);
    let desk = folder.desk("2027-10-06T08:00:00Z");
    // The first write takes the complaint away, the next ones fail.
    let writes = std::sync::Mutex::new(0);
    desk.world.cloud().inject(Box::new(move |call| {
        let mut writes = writes.lock().unwrap();
        *writes += i32::from(call.operation == "TransactWriteItems");
        if *writes > 1 { local::door::Fault::ServerError } else { local::door::Fault::None }
    }));
    assert!(desk.world.invoke("expire-records", json!({})).await.is_err());
    desk.world.cloud().inject_nothing();
    assert!(is_gone(&desk, &ann).await);
    assert_eq!(Inspector::of(&desk).verifies().await.0, [""; 0], "what is on its way out is no fault");
    assert_eq!(expired(&desk).await, (1, 0));
    let left = Inspector::of(&desk).all().await;
    assert!(
        !left.iter().any(|item| ["C#", "E#", "P#", "A#", "X#", "K#", "N#", "R#"]
            .iter()
            .any(|kind| item["pk"].as_s().unwrap().starts_with(kind))),
        "{left:?}"
    );
}

/// How many records a turn removes, and how many it could not.
async fn expired(desk: &Desk) -> (u64, u64) {
    let turn = desk.world.invoke("expire-records", json!({})).await.unwrap();
    (turn["removed"].as_u64().unwrap(), turn["failed"].as_u64().unwrap())
}

/// Whether there is no such complaint any more.
async fn is_gone(desk: &Desk, reference: &str) -> bool {
    let look = desk.mia().signed(get(&format!("/staff/complaints/{reference}")));
    desk.ask(look).await.status == 404
}

/// A complaint that is over.
async fn over(desk: &Desk, email: &str) -> String {
    let customer = desk.complains("Ann", email).await;
    desk.sam().resolves(&customer).await;
    desk.sam().does(&customer.reference, "close", &json!({"waive_follow_up": "They asked for it."})).await;
    customer.reference
}

/// A folder of its own, gone with the test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        // What an earlier run left behind, if anything.
        std::fs::remove_dir_all(&folder).ok();
        Folder(folder)
    }

    /// The desk at a time; the years between are not lived through.
    fn desk(&self, at: &'static str) -> Desk {
        Desk::with(Opening {
            at: Some(at),
            data: Some(self.0.clone()),
            policy: Some(A_YEAR),
            ..Opening::default()
        })
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).ok();
    }
}
