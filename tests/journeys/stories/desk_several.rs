//! Several complaints given to somebody at once, from a list.

use local::door::{Fault, Service};
use serde_json::{Value, json};

use crate::desk::Desk;
use crate::desk::ask::{Reply, post};
use crate::desk::browser::{Browser, Form};

const SAM: &str = "sam@northgate.example";
const PAT: &str = "pat@northgate.example";

async fn assigns(desk: &Desk, owner: &str, complaints: &[Value]) -> Reply {
    let body = json!({"owner": owner, "complaints": complaints});
    desk.send(desk.mia().signed(post("/staff/assign").json(&body))).await
}

fn row(case: &Value) -> Value {
    json!({"complaint": case["id"], "version": case["version"]})
}

/// The form around the list, with the place in it of each reference.
fn several(page: &str) -> (Form, impl Fn(&str) -> String + use<>) {
    let form = format!("<form {}", page.split_once("<form id=\"several\" ").expect("the form").1);
    let places = form.clone();
    let place = move |reference: &str| {
        let before = places.split_once(&format!("Choose {reference}<")).expect("its row").0;
        before.rsplit_once("name=\"").unwrap().1.split_once('"').unwrap().0.to_owned()
    };
    (Form::first_in(&form), place)
}

#[tokio::test]
async fn those_that_are_ticked_in_a_list_get_their_owner_and_the_others_do_not() {
    let desk = Desk::open();
    let mut all = Vec::new();
    for name in ["ann", "bo", "cy"] {
        all.push(desk.complains(name, &format!("{name}@example.com")).await.reference);
    }
    let mia = Browser::of(&desk, "mia@northgate.example", "manager");
    let (form, place) = several(&mia.opens("/staff/complaints?queue=unowned").await);
    assert_eq!(form.fields["owner"], "mia@northgate.example");
    let id = |case: &Value| case["id"].as_str().unwrap().to_owned();
    let (ann, bo) = (desk.mia().case(&all[0]).await, desk.mia().case(&all[1]).await);
    let ticked = form.with(&[("owner", PAT), (&place(&all[0]), &id(&ann)), (&place(&all[1]), &id(&bo))]);
    // Somebody is faster with one of the two.
    desk.sam().triages(&all[1], "billing", "normal").await;
    let came = mia.submits(&ticked).await;
    assert_eq!(came.status, 200, "{}", came.body);
    let page = came.body.split_once("<main").unwrap().1;
    let (left, done) = page.split_once("1 assigned to pat@northgate.example").expect(page);
    assert!(left.contains("1 not assigned") && left.contains(&all[1]), "{page}");
    assert!(left.contains("Somebody changed it meanwhile.") && done.contains(&all[0]), "{page}");
    let mut owners = Vec::new();
    for reference in &all {
        owners.push(desk.mia().case(reference).await["owner"].clone());
    }
    assert_eq!(owners, [json!(PAT), Value::Null, Value::Null]);
    desk.rests().await;
}

#[tokio::test]
async fn each_is_a_command_of_its_own_and_the_same_sent_again_is_done() {
    let desk = Desk::open();
    let (ann, bo) =
        (desk.complains("Ann", "ann@example.com").await, desk.complains("Bo", "bo@example.com").await);
    let cases = [desk.mia().case(&ann.reference).await, desk.mia().case(&bo.reference).await];
    let nowhere = json!({"complaint": "0192fa3c-0000-7000-8000-000000000000", "version": 1});
    let rows = [row(&cases[0]), nowhere, row(&cases[1])];
    for _ in 0..2 {
        let came = assigns(&desk, PAT, &rows).await;
        assert_eq!(came.status, 200, "{}", came.body);
        let came = came.json();
        let assigned = came["assigned"].as_array().unwrap();
        assert!(assigned.len() == 2 && assigned.iter().all(|it| it["owner"] == PAT), "{came}");
        assert_eq!(came["not_assigned"][0]["problem"]["status"], 404, "{came}");
    }
    let version = desk.mia().case(&ann.reference).await["version"].as_u64().unwrap();
    assert_eq!(version, cases[0]["version"].as_u64().unwrap() + 1, "once");
    desk.rests().await;
}

#[tokio::test]
async fn a_representative_takes_several_and_gives_away_none() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", "ann@example.com").await;
    let sam = desk.sam();
    let rows = [row(&sam.case(&ann.reference).await)];
    let ask = |owner: &str| post("/staff/assign").json(&json!({"owner": owner, "complaints": rows}));
    let came = desk.send(sam.signed(ask(PAT))).await.json();
    assert_eq!(came["not_assigned"][0]["problem"]["status"], 403, "{came}");
    let looked_at = desk.mia().case(&ann.reference).await;
    let refused = looked_at["accesses"].as_array().unwrap().iter().filter(|access| access["refused"] == true);
    assert_eq!(refused.count(), 1, "{looked_at}");
    let came = desk.send(sam.signed(ask(SAM))).await.json();
    assert_eq!(came["assigned"][0]["owner"], SAM, "{came}");
    desk.rests().await;
}

#[tokio::test]
async fn a_mistake_keeps_which_were_chosen() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", "ann@example.com").await.reference;
    let mia = Browser::of(&desk, "mia@northgate.example", "manager");
    let (form, place) = several(&mia.opens("/staff/complaints?queue=unowned").await);
    let id = desk.mia().case(&ann).await["id"].as_str().unwrap().to_owned();
    let wrong = mia.submits(&form.with(&[("owner", ""), (&place(&ann), &id)])).await;
    assert_eq!(wrong.status, 422, "{}", wrong.body);
    let again = Form::first_in(wrong.body.split_once("<main").unwrap().1);
    assert_eq!(mia.submits(&again.with(&[("owner", PAT)])).await.status, 200);
    assert_eq!(desk.mia().case(&ann).await["owner"], PAT);
    desk.rests().await;
}

#[tokio::test]
async fn when_the_table_stops_answering_the_rest_is_left_untried_and_all_is_said() {
    let desk = Desk::open();
    let mut rows = Vec::new();
    for name in ["ann", "bo", "cy"] {
        let reference = desk.complains(name, &format!("{name}@example.com")).await.reference;
        rows.push(row(&desk.mia().case(&reference).await));
    }
    let mut reads = 0;
    desk.world.cloud().inject(Box::new(move |call| {
        reads += u32::from(call.operation == "GetItem");
        if call.service == Service::DynamoDb && reads > 1 { Fault::ServerError } else { Fault::None }
    }));
    desk.world.cloud().clear_requests();
    let came = assigns(&desk, PAT, &rows).await;
    desk.world.cloud().inject_nothing();
    let asked = desk.table_requests();
    let third = rows[2]["complaint"].as_str().unwrap();
    assert!(asked.iter().all(|it| it.keys.iter().all(|key| !key.contains(third))), "{asked:?}");
    let came = came.json();
    assert_eq!(came["assigned"].as_array().unwrap().len(), 1, "{came}");
    let left = came["not_assigned"].as_array().unwrap();
    assert!(left.len() == 2 && left.iter().all(|it| it["problem"]["status"] == 503), "{came}");
    desk.rests().await;
}

#[tokio::test]
async fn nobody_chosen_and_more_than_a_page_are_said() {
    let desk = Desk::open();
    assert_eq!(
        assigns(&desk, PAT, &[]).await.pointers(),
        [("/complaints".to_owned(), "required".to_owned())]
    );
    let one = json!({"complaint": "0192fa3c-0000-7000-8000-000000000000", "version": 1});
    let many = assigns(&desk, PAT, &vec![one; 51]).await;
    assert_eq!(many.pointers(), [("/complaints".to_owned(), "too_many".to_owned())]);
    desk.complains("Ann", "ann@example.com").await;
    let mia = Browser::of(&desk, "mia@northgate.example", "manager");
    let (form, _) = several(&mia.opens("/staff/complaints?queue=unowned").await);
    let none = mia.submits(&form).await;
    assert_eq!(none.status, 422);
    assert!(none.body.contains("Choose at least one complaint."), "{}", none.body);
    desk.rests().await;
}

#[tokio::test]
async fn the_desk_has_a_script_of_its_own_and_says_what_its_keys_do() {
    let desk = Desk::open();
    let script = desk.send(crate::desk::ask::get("/desk.js")).await;
    assert_eq!(script.header("content-type"), Some("text/javascript; charset=utf-8"));
    let sam = Browser::of(&desk, SAM, "csr");
    for path in ["/staff/complaints", "/staff/settings", "/staff/complaints/7K2-M9F-4QA"] {
        let page = sam.goes(path).await;
        assert!(page.header("content-security-policy").unwrap().contains("script-src 'self';"), "{path}");
        assert!(page.body.contains("<script src=\"/desk.js\" defer></script>"), "{}", page.body);
    }
    let settings = sam.opens("/staff/settings").await;
    let keys = settings.split_once("id=\"keyboard\"").unwrap().1;
    for key in ["j", "k", "x", "/", "g", "n", "?", "m", "u", "d", "o", "w", "e", "a", "h"] {
        assert!(keys.contains(&format!("<kbd>{key}</kbd>")), "{key}");
    }
    assert!(keys.contains("id=\"keys-off\""), "they can be turned off");
    let program = desk.send(desk.sam().signed(crate::desk::ask::get("/staff/complaints"))).await;
    assert!(!program.header("content-security-policy").unwrap().contains("script-src"));
    desk.rests().await;
}
