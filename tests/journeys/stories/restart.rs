//! The process ends in the middle of its work, and everything is there when it comes back.

use serde_json::json;

use crate::desk::ask::post;
use crate::desk::customer::Customer;
use crate::desk::folder::Folder;

#[tokio::test]
async fn what_was_accepted_before_a_kill_is_acknowledged_after_it() {
    let folder = Folder::new("killed-at-once");
    let body =
        json!({"name": "Ann", "email": "ann@example.com", "description": "The card was charged twice."});
    let desk = folder.desk();
    // Answered, and nothing that follows from it has happened yet.
    let accepted =
        desk.ask(post("/complaints").json(&body).header("idempotency-key", "before-the-kill")).await;
    assert_eq!((accepted.status, desk.mails_to("ann@example.com").len()), (201, 0));
    drop(desk);

    let desk = folder.desk();
    desk.world.settle().await.unwrap();
    assert_eq!(desk.letters_to("ann@example.com"), ["acknowledgement"]);
    let ann = Customer::of(&desk, &accepted.json());
    assert_eq!(ann.sees().await["stage"], "acknowledged");
    let again = desk.send(post("/complaints").json(&body).header("idempotency-key", "before-the-kill")).await;
    assert_eq!(again.json()["reference"], accepted.json()["reference"]);
    assert_eq!(again.header("idempotent-replayed"), Some("true"));
    desk.rests().await;
}

#[tokio::test]
async fn a_complaint_in_work_and_its_deadlines_outlive_the_process() {
    let folder = Folder::new("killed-in-work");
    let desk = folder.desk();
    let (reference, token) = {
        let ann = desk.complains("Ann", "ann@example.com").await;
        desk.sam().investigates(&ann.reference).await;
        desk.sam().offers(&ann.reference).await;
        (ann.reference.clone(), ann.token.clone())
    };
    let bo = desk.complains("Bo", "bo@example.com").await.reference;
    desk.hours(1).await;
    let (case, mails) = (desk.sam().case(&reference).await, desk.world.mails().unwrap());
    drop(desk);

    let desk = folder.desk();
    assert_eq!(desk.sam().case(&reference).await, case);
    assert_eq!(desk.world.mails().unwrap(), mails);
    let link = format!("http://localhost/link/{token}");
    let ann = Customer::of(&desk, &json!({"reference": reference, "link": link}));
    ann.accepts().await;
    // The clock went on where it stood, and what nobody took goes up at its time.
    desk.until("2026-10-05T10:06:00Z").await;
    assert_eq!(desk.sam().case(&bo).await["level"], 2);
    desk.rests().await;
}
