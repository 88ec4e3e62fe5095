//! The listener from the outside: raw HTTP over loopback.

use std::path::PathBuf;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use super::*;
use crate::door::Clock;
use crate::handler::{Handlers, handler};
use crate::world::Options;

const TEMPLATE: &str = r"
Resources:
  Table:
    Type: AWS::DynamoDB::Table
    Properties:
      KeySchema: [{AttributeName: pk, KeyType: HASH}]
      AttributeDefinitions: [{AttributeName: pk, AttributeType: S}]
  Api: {Type: AWS::Serverless::HttpApi}
  Stuck: {Type: AWS::SQS::Queue}
  Inbox: {Type: AWS::S3::Bucket}
  Mail:
    Type: AWS::SES::ReceiptRule
    Properties:
      Rule:
        Enabled: true
        Recipients: [reply.example]
        Actions: [{S3Action: {BucketName: !Ref Inbox, ObjectKeyPrefix: inbound/}}]
  Echo:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: echo
      Events: {Post: {Type: HttpApi, Properties: {ApiId: !Ref Api, Method: POST, Path: /echo}}}
  Report:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: report
      Events:
        Monthly:
          Type: ScheduleV2
          Properties: {ScheduleExpression: cron(0 7 1 * ? *), ScheduleExpressionTimezone: Europe/Berlin}
      EventInvokeConfig: {MaximumRetryAttempts: 0, DestinationConfig: {OnFailure: {Type: SQS, Destination: !GetAtt Stuck.Arn}}}
";

struct Listening {
    address: SocketAddr,
    world: World,
    stop: oneshot::Sender<()>,
    served: JoinHandle<std::io::Result<()>>,
}

struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Answer {
    fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

async fn listening() -> Listening {
    static NUMBER: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
    let number = NUMBER.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    let template: PathBuf =
        std::env::temp_dir().join(format!("twin-server-{}-{number}.yaml", std::process::id()));
    std::fs::write(&template, TEMPLATE).unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let base_url = format!("http://localhost:{}", address.port());
    let mut options = Options::new(Clock::frozen("2026-11-15T12:00:00Z".parse().unwrap()));
    options.template.clone_from(&template);
    options.base_url.clone_from(&base_url);
    options.staffing = Box::new(|_, _| {
        let echo = handler(|event| async move { Ok(json!({"statusCode": 200, "body": event.to_string()})) });
        let report = handler(|_| async { Err("<b>no</b>".to_owned()) });
        Ok(Handlers::from([("echo".to_owned(), echo), ("report".to_owned(), report)]))
    });
    let world = World::new(options).unwrap();
    drop(std::fs::remove_file(template));
    let (stop, stopped) = oneshot::channel();
    let serving = world.clone();
    let served =
        tokio::spawn(async move { serve(serving, listener, &base_url, async { drop(stopped.await) }).await });
    Listening { address, world, stop, served }
}

impl Listening {
    async fn ask(&self, line: &str, headers: &str, body: &str) -> Answer {
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        let length = body.len();
        let request = format!(
            "{line} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncontent-length: {length}\r\n{headers}\r\n{body}"
        );
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut response = String::new();
        stream.read_to_string(&mut response).await.unwrap();
        let (head, body) = response.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Answer { status, head: head.to_owned(), body: body.to_owned() }
    }

    async fn get(&self, path: &str) -> Answer {
        self.ask(&format!("GET {path}"), "", "").await
    }

    async fn send_mail(&self, html: &str) {
        let content = json!({"Simple": {
            "Subject": {"Data": "Hello <you>"},
            "Body": {"Text": {"Data": "See http://localhost:1/x."}, "Html": {"Data": html}},
            "Attachments": [{"FileName": "a\"b.csv", "ContentType": "text/csv", "RawContent": BASE64_STANDARD.encode("a,b")}],
        }});
        let body = json!({"FromEmailAddress": "desk@desk.example", "Destination": {"ToAddresses": ["ann@example.org"]},
            "Content": content});
        let signed = "authorization: AWS4-HMAC-SHA256 x\r\ncontent-type: application/json\r\n";
        let answer = self.ask("POST /v2/email/outbound-emails", signed, &body.to_string()).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
    }
}

#[tokio::test]
async fn the_product_answers_behind_the_gateway_and_sees_its_peer() {
    let twin = listening().await;
    let plain = twin.ask("POST /echo?a=1", "content-type: text/plain\r\n", "hello").await.json();
    assert_eq!(
        (&plain["body"], &plain["requestContext"]["http"]["sourceIp"]),
        (&json!("hello"), &json!("127.0.0.1"))
    );
    let played = twin.ask("POST /echo", "x-forwarded-for: 192.0.2.1, 203.0.113.9\r\n", "").await.json();
    assert_eq!(played["requestContext"]["http"]["sourceIp"], "203.0.113.9");
    assert_eq!(played["headers"]["x-forwarded-for"], "203.0.113.9");
    assert_eq!(twin.get("/echo").await.json(), json!({"message": "Not Found"}));
}

#[tokio::test]
async fn the_clock_is_moved_by_json_and_by_forms_and_refuses_nonsense() {
    let twin = listening().await;
    assert_eq!(
        twin.get("/twin/clock").await.json(),
        json!({"now": "2026-11-15T12:00:00Z", "running": false})
    );
    let moved = twin.ask("POST /twin/clock", "", r#"{"advance":"PT24H"}"#).await;
    assert_eq!((moved.status, &moved.json()["now"]), (200, &json!("2026-11-16T12:00:00Z")));
    let form = "content-type: application/x-www-form-urlencoded\r\n";
    let moved = twin.ask("POST /twin/clock", form, "to=next-month").await;
    assert_eq!(moved.status, 303);
    assert!(moved.head.contains("location: /twin/"));
    assert_eq!(twin.world.now().to_string(), "2026-12-01T06:05:00Z");
    let queues = twin.get("/twin/queues").await.json();
    assert_eq!(queues[0]["name"], "Stuck");
    assert_eq!(queues[0]["messages"][0]["body"]["responsePayload"]["errorMessage"], "<b>no</b>");
    let refused = twin.ask("POST /twin/clock", form, "to=2026-01-01T00:00").await;
    assert_eq!(refused.status, 400);
    assert!(refused.body.contains("Not moved: the clock never goes back"), "{}", refused.body);
    let curl = twin.ask("POST /twin/clock", form, r#"{"to":"2026-12-02T07:00:00Z"}"#).await;
    assert_eq!((curl.status, &curl.json()["now"]), (200, &json!("2026-12-02T07:00:00Z")));
    for body in
        ["", "{", "[]", r#"{"by":"PT1H"}"#, r#"{"advance":"soon"}"#, r#"{"to":"2026-01-01T00:00:00Z"}"#]
    {
        let refused = twin.ask("POST /twin/clock", "", body).await;
        assert_eq!(refused.status, 400, "{body}");
        assert!(refused.json()["error"].is_string());
    }
}

#[tokio::test]
async fn mails_are_listed_shown_and_harmless() {
    let twin = listening().await;
    twin.send_mail("<head></head><script>alert(1)</script>").await;
    let mails = twin.get("/twin/mails").await.json();
    assert_eq!((&mails[0]["to"], &mails[0]["subject"]), (&json!(["ann@example.org"]), &json!("Hello <you>")));
    assert_eq!(mails[0]["at"], "2026-11-15T12:00:00Z");
    let inbox = twin.get("/twin/inbox").await.body;
    assert!(inbox.contains("Hello &#60;you&#62;") && !inbox.contains("Hello <you>"), "{inbox}");
    let letter = twin.get("/twin/inbox/1").await;
    assert!(letter.body.contains("sandbox=") && !letter.body.contains("alert"), "{}", letter.body);
    assert!(letter.head.contains("content-security-policy: default-src 'none'"));
    let html = twin.get("/twin/inbox/1/html").await;
    assert!(html.head.contains("sandbox allow-popups") && html.body.starts_with("<head><base target"));
    let file = twin.get("/twin/inbox/1/files/1").await;
    assert!(file.head.contains("attachment; filename=\"a_b.csv\"") && file.body == "a,b", "{}", file.head);
    for path in ["/twin/inbox/0", "/twin/inbox/2", "/twin/inbox/1/files/2", "/twin/inbox/1/files/0"] {
        assert_eq!(twin.get(path).await.status, 404, "{path}");
    }
}

#[tokio::test]
async fn a_token_is_given_to_the_roles_that_there_are() {
    let twin = listening().await;
    let token =
        twin.get("/twin/token?name=Ann&role=manager").await.json()["token"].as_str().unwrap().to_owned();
    assert_eq!(token.split('.').count(), 3);
    for path in [
        "/twin/token",
        "/twin/token?name=Ann",
        "/twin/token?name=Ann&role=boss",
        "/twin/token?name=%20&role=csr",
    ] {
        assert_eq!(twin.get(path).await.status, 400, "{path}");
    }
    let page = twin.ask("GET /twin/token?name=%3Ci%3E&role=csr", "accept: text/html\r\n", "").await;
    assert!(page.body.contains("Token for &#60;i&#62;"), "{}", page.body);
    let discovery = twin.get("/twin/issuer/.well-known/openid-configuration").await;
    assert_eq!(discovery.status, 200);
}

#[tokio::test]
async fn every_page_is_there_in_html() {
    let twin = listening().await;
    for path in ["/twin/", "/twin/inbox", "/twin/queues", "/twin/twin.css"] {
        let page = twin.ask(&format!("GET {path}"), "accept: text/html\r\n", "").await;
        assert_eq!(page.status, 200, "{path}: {}", page.body);
    }
    assert_eq!(twin.get("/twin").await.status, 308);
}

#[tokio::test]
async fn a_stop_ends_the_listener_in_order() {
    let twin = listening().await;
    twin.stop.send(()).unwrap();
    twin.served.await.unwrap().unwrap();
    assert!(TcpStream::connect(twin.address).await.is_err());
}

#[tokio::test]
async fn mail_comes_in_whole_in_parts_and_by_a_form() {
    let twin = listening().await;
    let inbound = "POST /twin/inbound";
    let kept = || twin.world.cloud().object_keys("local-inbox").unwrap().len();
    let raw = "From: ann@example.com\r\nTo: Bank <Any@reply.example>, bo@example.com\r\n\r\nHello";
    let whole = twin.ask(inbound, "content-type: message/rfc822\r\n", raw).await;
    assert_eq!((whole.status, whole.json()), (202, json!({"to": "Any@reply.example"})));
    let parts =
        json!({"from": "ann@example.com", "to": "any@reply.example", "subject": "Hi", "text": "Hello\nyou"});
    let parts = twin.ask(inbound, "content-type: application/json\r\n", &parts.to_string()).await;
    assert_eq!((parts.status, kept()), (202, 2));
    let form = "from=ann%40example.com&to=any%40reply.example&subject=Hi&text=Hello";
    let form = twin.ask(inbound, "content-type: application/x-www-form-urlencoded\r\n", form).await;
    assert!(form.status == 303 && form.head.contains("location: /twin/inbox"), "{}", form.head);
    assert_eq!(kept(), 3);
    let json = "content-type: application/json\r\n";
    for (refused, why) in [
        (json!({"from": "ann@example.com", "to": "any@elsewhere.example"}), "nobody here takes mail"),
        (json!({"from": "ann@example.com\r\nBcc: x", "to": "any@reply.example"}), "one line each"),
        (json!({"from": "ann@example.com"}), "is not understood"),
    ] {
        let answer = twin.ask(inbound, json, &refused.to_string()).await;
        assert!(answer.status == 400 && answer.body.contains(why), "{}", answer.body);
    }
    assert_eq!(kept(), 3);
    twin.stop.send(()).expect("it still runs");
}
