use bytes::Bytes;
use jiff::SignedDuration;

use super::*;

/// A folder that goes with the test.
struct Folder(std::path::PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("door-{name}-{}", std::process::id()));
        drop(std::fs::remove_dir_all(&path));
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.0));
    }
}

async fn mail(cloud: &Cloud) {
    let body = json!({
        "FromEmailAddress": "desk@shop.example",
        "Destination": {"ToAddresses": ["ada@customer.example"]},
        "Content": {"Simple": {"Subject": {"Data": "Hello"}, "Body": {"Text": {"Data": "Dear Ada"}}}},
        "ConfigurationSetName": "complaints",
    });
    let request = http::Request::post("https://email.local/v2/email/outbound-emails");
    let answer = cloud.call(request.body(Bytes::from(body.to_string())).unwrap()).await;
    assert_eq!(answer.status(), 200);
}

#[tokio::test]
async fn items_mails_effects_and_notes_survive_a_restart() {
    let folder = Folder::new("survive");
    {
        let cloud = open(Some(&folder.0));
        let client = Client::new(&cloud.sdk_config());
        put(&client, "C#1", "C", "a").await;
        put(&client, "C#2", "C", "b").await;
        mail(&cloud).await;
        let due = cloud.take_effects().unwrap();
        assert_eq!(due.len(), 4);
        cloud.settle(&[due[0].id], &[("queue", "1", json!("C#1"))], &[]).unwrap();
    }
    let cloud = open(Some(&folder.0));
    let client = Client::new(&cloud.sdk_config());
    assert_eq!(note(&client, "C#1", "C").await.as_deref(), Some("a"));
    assert_eq!(cloud.mails().unwrap().len(), 1);
    assert_eq!(cloud.kept("queue").unwrap(), [("1".to_owned(), json!("C#1"))]);
    let due = cloud.take_effects().unwrap();
    let Effect::Stream { record, .. } = &due[0].effect else { panic!("{due:?}") };
    assert_eq!((due.len(), &record["dynamodb"]["Keys"]["pk"]["S"]), (3, &json!("C#2")));
}

/// The writer that the next test kills: it says each number after its write was answered.
#[tokio::test]
#[ignore = "runs in a process of its own, until it is killed"]
async fn writes_until_killed() {
    let folder = std::env::temp_dir().join(format!("door-killed-{}", std::os::unix::process::parent_id()));
    if !folder.exists() {
        return; // Nobody waits to kill it.
    }
    let cloud = open(Some(&folder));
    let client = Client::new(&cloud.sdk_config());
    for number in 0_u32.. {
        put(&client, &format!("C#{number}"), "C", "a").await;
        mail(&cloud).await;
        std::io::Write::write_all(&mut std::io::stderr(), format!("{number}\n").as_bytes()).unwrap();
    }
}

#[tokio::test]
async fn a_kill_at_any_point_loses_neither_an_answered_write_nor_what_follows_from_it() {
    let folder = Folder::new("killed");
    std::fs::create_dir_all(&folder.0).unwrap();
    let mut known = 0;
    for answered in [1, 7, 23] {
        let mut writer = std::process::Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "door::tests::restart::writes_until_killed", "--ignored", "--nocapture"])
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        let said = std::io::BufRead::lines(std::io::BufReader::new(writer.stderr.take().unwrap()));
        assert_eq!(said.take(answered).count(), answered);
        writer.kill().unwrap();
        writer.wait().unwrap();

        let cloud = open(Some(&folder.0));
        let client = Client::new(&cloud.sdk_config());
        let told: std::collections::BTreeSet<_> =
            records(&cloud).iter().map(|r| r["dynamodb"]["Keys"]["pk"].to_string()).collect();
        let mut there = 0;
        while note(&client, &format!("C#{there}"), "C").await.is_some() {
            assert!(
                told.contains(&json!({"S": format!("C#{there}")}).to_string()),
                "C#{there} is not in the stream"
            );
            there += 1;
        }
        assert!(there >= answered.max(known) && told.len() == there);
        assert!(cloud.mails().unwrap().len() >= answered);
        known = there;
    }
}

#[tokio::test]
async fn changes_after_a_restart_reach_the_stream_under_higher_numbers() {
    let folder = Folder::new("numbers");
    let number = |cloud: &Cloud| {
        let due = cloud.take_effects().unwrap();
        cloud.acknowledge(&due.iter().map(|due| due.id).collect::<Vec<_>>()).unwrap();
        due[0].id
    };
    let first = {
        let cloud = open(Some(&folder.0));
        put(&Client::new(&cloud.sdk_config()), "C#1", "C", "a").await;
        number(&cloud)
    };
    let cloud = open(Some(&folder.0));
    put(&Client::new(&cloud.sdk_config()), "C#1", "C", "b").await;
    assert!(number(&cloud) > first);
}

#[tokio::test]
async fn a_token_is_remembered_across_a_restart() {
    let folder = Folder::new("token");
    for _ in 0..2 {
        let cloud = open(Some(&folder.0));
        let client = Client::new(&cloud.sdk_config());
        let put = aws_sdk_dynamodb::types::Put::builder().table_name("complaints").item("pk", s("C#1"));
        let put = put.item("sk", s("C")).condition_expression("attribute_not_exists(pk)").build().unwrap();
        let item = aws_sdk_dynamodb::types::TransactWriteItem::builder().put(put).build();
        client.transact_write_items().client_request_token("one").transact_items(item).send().await.unwrap();
    }
}

#[test]
fn the_clock_goes_on_from_where_it_was_moved() {
    let folder = Folder::new("clock");
    let month = noon() + SignedDuration::from_hours(24 * 30);
    open(Some(&folder.0)).set_clock(month).unwrap();
    assert_eq!(open(Some(&folder.0)).clock().now(), month);
}

#[test]
fn a_running_clock_keeps_its_lead_over_real_time() {
    let folder = Folder::new("lead");
    let running = || {
        Cloud::open(CloudOptions { clock: Clock::running(Clock::real_time()), ..options(Some(&folder.0)) })
    };
    let lead = |cloud: &Cloud| cloud.clock().now().duration_since(Clock::real_time()).as_hours();
    let cloud = running().unwrap();
    cloud.set_clock(Clock::real_time() + SignedDuration::from_hours(49)).unwrap();
    drop(cloud);
    assert_eq!(lead(&running().unwrap()), 48);
}

#[test]
fn a_folder_in_use_is_refused() {
    let folder = Folder::new("in-use");
    let _first = open(Some(&folder.0));
    assert!(matches!(Cloud::open(options(Some(&folder.0))), Err(CloudError::InUse(_))));
}

#[test]
fn a_table_of_another_definition_is_refused() {
    let folder = Folder::new("definition");
    let cloud = open(Some(&folder.0));
    cloud.create_table(&definition()).unwrap();
    let mut other = definition();
    other["GlobalSecondaryIndexes"] = json!([]);
    assert!(cloud.create_table(&other).unwrap_err().to_string().contains("another definition"));
}

#[test]
fn ids_differ_from_start_to_start_and_repeat_with_the_seed() {
    let folder = Folder::new("seed");
    let bytes = |cloud: &Cloud| {
        let mut bytes = [0; 16];
        cloud.next_bytes(&mut bytes);
        bytes
    };
    let first = bytes(&open(Some(&folder.0)));
    assert_ne!(first, bytes(&open(Some(&folder.0))));
    assert_eq!(bytes(&open(None)), bytes(&open(None)));
}

#[tokio::test]
async fn a_staff_token_verifies_against_the_published_key_before_and_after_a_restart() {
    let folder = Folder::new("token-key");
    let token = open(Some(&folder.0))
        .sign_staff_token("Grace", "csr", "desk", SignedDuration::from_hours(1))
        .unwrap();
    let cloud = open(Some(&folder.0));
    let get = |address: &str| {
        let request = http::Request::get(address).body(Bytes::new()).unwrap();
        let cloud = cloud.clone();
        async move { serde_json::from_slice::<Value>(cloud.call(request).await.body()).unwrap() }
    };
    let discovery = get("https://issuer.example/pool/.well-known/openid-configuration").await;
    assert_eq!(discovery["issuer"], "https://issuer.example/pool");
    let keys = get(discovery["jwks_uri"].as_str().unwrap()).await;
    let key: jsonwebtoken::jwk::Jwk = serde_json::from_value(keys["keys"][0].clone()).unwrap();
    let mut rules = jsonwebtoken::Validation::new(jsonwebtoken::Algorithm::ES256);
    rules.set_issuer(&["https://issuer.example/pool"]);
    rules.validate_exp = false;
    let key = jsonwebtoken::DecodingKey::from_jwk(&key).unwrap();
    let claims = jsonwebtoken::decode::<Value>(&token, &key, &rules).unwrap().claims;
    assert_eq!(claims["cognito:groups"], json!(["csr"]));
    assert_eq!((&claims["client_id"], &claims["username"]), (&json!("desk"), &json!("Grace")));
    assert_eq!(claims["exp"].as_i64().unwrap(), noon().as_second() + 3600);
}

#[tokio::test]
async fn the_same_door_answers_over_http() {
    let cloud = open(None);
    let request =
        http::Request::post("http://127.0.0.1/").header("x-amz-target", "DynamoDB_20120810.GetItem");
    let body = json!({"TableName": "complaints", "Key": {"pk": {"S": "C#1"}, "sk": {"S": "C"}}}).to_string();
    let answer = cloud.call(request.body(Bytes::from(body)).unwrap()).await;
    assert_eq!((answer.status().as_u16(), &answer.body()[..]), (200, &b"{}"[..]));
    let who = http::Request::post("http://127.0.0.1/")
        .body(Bytes::from("Action=GetCallerIdentity&Version=2011-06-15"));
    assert_eq!(cloud.call(who.unwrap()).await.status(), 200);
    let nobody = http::Request::get("http://127.0.0.1/favicon.ico").body(Bytes::new()).unwrap();
    assert_eq!(cloud.call(nobody).await.status(), 404);
}
