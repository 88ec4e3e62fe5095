use std::time::Duration;

use aws_sdk_s3::Client;
use aws_sdk_s3::config::Builder;
use aws_sdk_s3::error::ProvideErrorMetadata;
use aws_sdk_s3::primitives::ByteStream;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use complaints::shell::files::{Files, FormBounds, Sent, UploadLink};
use complaints::shell::{Chance, Config, Shell};
use http::{Request, Response};
use jiff::SignedDuration;
use sha2::{Digest, Sha256};

use super::*;

const LINK: Duration = Duration::from_mins(10);

/// A cloud with a bucket, and a step's shell at its door.
fn desk(data: Option<&std::path::Path>) -> (Cloud, Shell) {
    let cloud = open(data);
    cloud.create_bucket(&Bucket {
        name: "files".into(),
        notifies: true,
        scanned: vec!["quarantine/".into()],
    });
    let config = Config::read(|name| (name == "BUCKET").then(|| "files".to_owned())).unwrap();
    let shell = Shell::new(cloud.sdk_config(), config, Chance::System);
    (cloud, shell)
}

fn sum(content: &[u8]) -> String {
    STANDARD.encode(Sha256::digest(content))
}

async fn link(files: Files<'_>, key: &str, content: &[u8]) -> UploadLink {
    let sha256 = sum(content);
    let sent = Sent {
        size: content.len() as u64,
        content_type: "text/plain",
        sha256: &sha256,
        metadata: vec![("name", "note.txt".to_owned())],
    };
    files.upload_link(key, &sent, LINK).await.unwrap()
}

/// What a client sends by a link.
fn sending(link: &UploadLink, content: &[u8]) -> Request<Bytes> {
    let mut request = Request::put(&link.url).header("content-length", content.len());
    for (name, value) in &link.headers {
        request = request.header(name, value);
    }
    request.body(Bytes::copy_from_slice(content)).unwrap()
}

fn form(fields: &[(String, String)], file: (&str, &[u8])) -> Request<Bytes> {
    let mut body = Vec::new();
    for (name, value) in fields {
        let part = format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        body.extend(part.into_bytes());
    }
    let head = format!(
        "--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{}\"\r\nContent-Type: text/plain\r\n\r\n",
        file.0
    );
    body.extend(head.into_bytes());
    body.extend(file.1);
    body.extend(b"\r\n--edge--\r\n");
    let request = Request::post("http://localhost:8787/files/");
    request.header("content-type", "multipart/form-data; boundary=edge").body(Bytes::from(body)).unwrap()
}

fn bounds(metadata: Vec<(&'static str, String)>) -> FormBounds<'static> {
    FormBounds { key: "incoming/1", most: 100, then: "http://localhost:8787/my/ABC", metadata }
}

#[track_caller]
fn refused(answer: &Response<Bytes>, status: u16, code: &str) {
    let text = String::from_utf8_lossy(answer.body()).into_owned();
    assert_eq!(answer.status(), status, "{text}");
    assert!(text.contains(&format!("<Code>{code}</Code>")), "{text}");
}

#[tokio::test]
async fn an_object_is_kept_described_copied_and_removed() {
    let (cloud, shell) = desk(None);
    let files = shell.files();
    files.put("inbound/1", "text/plain", b"hello".to_vec(), &[]).await.unwrap();
    let described = files.describe("inbound/1").await.unwrap().unwrap();
    assert_eq!((described.size, described.content_type.as_str()), (5, "text/plain"));
    assert!(!files.copy("inbound/1", "other", "kept/1", "text/plain").await.unwrap());
    assert!(files.copy("inbound/1", &described.etag, "kept/1", "text/plain").await.unwrap());
    assert!(!files.copy("inbound/2", &described.etag, "kept/2", "text/plain").await.unwrap());
    files.delete_seen("inbound/1", "other").await.unwrap();
    assert_eq!(cloud.object_keys("files").unwrap(), ["inbound/1", "kept/1"]);
    files.delete_seen("inbound/1", &described.etag).await.unwrap();
    files.delete_seen("inbound/1", &described.etag).await.unwrap();
    files.delete("inbound/1").await.unwrap();
    assert_eq!(cloud.object_keys("files").unwrap(), ["kept/1"]);
    assert_eq!(files.read("kept/1", 5).await.unwrap().unwrap().1.unwrap(), b"hello");
    assert_eq!(files.read("kept/1", 4).await.unwrap().unwrap().1, None);
    assert_eq!(files.read("inbound/1", 5).await.unwrap(), None);
    assert_eq!(files.describe("inbound/1").await.unwrap(), None);
}

#[tokio::test]
async fn an_arrival_is_told_to_the_default_bus() {
    let (cloud, shell) = desk(None);
    shell.files().put("inbound/1", "text/plain", b"hello".to_vec(), &[]).await.unwrap();
    let events = events(&cloud, "default");
    assert_eq!(events.len(), 1);
    assert_eq!(
        (&events[0]["detail-type"], &events[0]["source"]),
        (&json!("Object Created"), &json!("aws.s3"))
    );
    assert_eq!(events[0]["detail"]["bucket"]["name"], "files");
    assert_eq!(events[0]["detail"]["object"]["key"], "inbound/1");
    assert_eq!(events[0]["detail"]["object"]["size"], 5);
    assert_eq!(events[0]["detail"]["reason"], "PutObject");
}

#[tokio::test]
async fn what_is_to_be_scanned_is_told_of_with_what_was_found() {
    let (cloud, shell) = desk(None);
    let found = |content: &'static [u8]| {
        let (cloud, files) = (cloud.clone(), shell.files());
        async move {
            files.put("quarantine/1", "text/plain", content.to_vec(), &[]).await.unwrap();
            let events = events(&cloud, "default");
            events.get(1).map(|event| event["detail"]["scanResultDetails"]["scanResultStatus"].clone())
        }
    };
    assert_eq!(found(b"hello").await, Some(json!("NO_THREATS_FOUND")));
    let eicar = br"say X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*";
    assert_eq!(found(eicar).await, Some(json!("THREATS_FOUND")));
    assert_eq!(found(b"TWIN-SCAN-FAILED").await, Some(json!("FAILED")));
    assert_eq!(found(b"TWIN-SCAN-NEVER").await, None);
}

#[tokio::test]
async fn what_was_sent_by_a_link_comes_with_its_type_and_metadata() {
    let (cloud, shell) = desk(None);
    let link = link(shell.files(), "incoming/1", b"hello").await;
    assert_eq!(cloud.call(sending(&link, b"hello")).await.status(), 200);
    let described = shell.files().describe("incoming/1").await.unwrap().unwrap();
    assert_eq!(described.content_type, "text/plain");
    assert_eq!(described.metadata, [("name".to_owned(), "note.txt".to_owned())]);
}

#[tokio::test]
async fn a_link_takes_nothing_but_what_it_was_made_for() {
    let (cloud, shell) = desk(None);
    let link = link(shell.files(), "incoming/1", b"hello").await;
    refused(&cloud.call(sending(&link, b"hellO")).await, 400, "BadDigest");
    refused(&cloud.call(sending(&link, b"hello!")).await, 403, "SignatureDoesNotMatch");
    let with = |name: &'static str, value: &'static str| {
        let mut request = sending(&link, b"hello");
        request.headers_mut().insert(name, http::HeaderValue::from_static(value));
        cloud.call(request)
    };
    refused(&with("content-type", "text/html").await, 403, "SignatureDoesNotMatch");
    refused(&with("x-amz-meta-name", "other").await, 403, "SignatureDoesNotMatch");
    refused(&with("x-amz-meta-more", "other").await, 403, "AccessDenied");
    let mut other = link.clone();
    other.url = link.url.replace("incoming/1", "incoming/2");
    refused(&cloud.call(sending(&other, b"hello")).await, 403, "SignatureDoesNotMatch");
    other.url.clone_from(&link.url);
    other.headers.remove("x-amz-checksum-sha256");
    refused(&cloud.call(sending(&other, b"hello")).await, 403, "SignatureDoesNotMatch");
    let mut reading = sending(&link, b"");
    *reading.method_mut() = http::Method::GET;
    refused(&cloud.call(reading).await, 403, "SignatureDoesNotMatch");
    assert!(cloud.object_keys("files").unwrap().is_empty());
}

#[tokio::test]
async fn a_link_ends() {
    let (cloud, shell) = desk(None);
    let link = link(shell.files(), "incoming/1", b"hello").await;
    cloud.set_clock(noon() + SignedDuration::from_secs(601)).unwrap();
    refused(&cloud.call(sending(&link, b"hello")).await, 403, "AccessDenied");
}

#[tokio::test]
async fn a_link_to_fetch_by_hands_out_a_file_to_be_kept() {
    let (cloud, shell) = desk(None);
    shell.files().put("kept/1", "text/html", b"hello".to_vec(), &[]).await.unwrap();
    let link = shell.files().download_link("kept/1", "Beleg 1.pdf", LINK).await.unwrap();
    let fetch = |link: &str| cloud.call(Request::get(link).body(Bytes::new()).unwrap());
    let answer = fetch(&link).await;
    assert_eq!((answer.status().as_u16(), &answer.body()[..]), (200, &b"hello"[..]));
    assert_eq!(answer.headers()["content-type"], "application/octet-stream");
    let expected = "attachment; filename=\"Beleg 1.pdf\"; filename*=UTF-8''Beleg%201.pdf";
    assert_eq!(answer.headers()["content-disposition"], expected);
    refused(&fetch(&link.replace("attachment", "inline")).await, 403, "SignatureDoesNotMatch");
    refused(&fetch("http://localhost:8787/files/kept/1").await, 403, "AccessDenied");
}

#[tokio::test]
async fn a_form_posts_a_file_and_the_browser_goes_on() {
    let (cloud, shell) = desk(None);
    let metadata = vec![("name", "${filename}".to_owned()), ("by", "customer".to_owned())];
    let made = shell.files().upload_form(&bounds(metadata), LINK).await.unwrap();
    assert_eq!(
        (made.action.as_str(), made.origin()),
        ("http://localhost:8787/files/", "http://localhost:8787")
    );
    let answer = cloud.call(form(&made.fields, ("C:\\mine\\Beleg €.txt", b"hello"))).await;
    assert_eq!(answer.status(), 303);
    let location = answer.headers()["location"].to_str().unwrap();
    assert!(location.starts_with("http://localhost:8787/my/ABC?bucket=files&key=incoming%2F1"), "{location}");
    let described = shell.files().describe("incoming/1").await.unwrap().unwrap();
    let name = format!("=?UTF-8?B?{}?=", STANDARD.encode("Beleg €.txt"));
    let expected = [("by".to_owned(), "customer".to_owned()), ("name".to_owned(), name)];
    assert_eq!(described.metadata, expected);
}

#[tokio::test]
async fn a_form_takes_nothing_but_what_its_policy_says() {
    let (cloud, shell) = desk(None);
    let made = shell.files().upload_form(&bounds(vec![("by", "customer".to_owned())]), LINK).await.unwrap();
    let post = |fields: Vec<(String, String)>, content: &'static [u8]| {
        cloud.call(form(&fields, ("note.txt", content)))
    };
    let with = |name: &str, value: &str| {
        let mut fields = made.fields.clone();
        fields.retain(|(known, _)| known != name);
        fields.insert(0, (name.to_owned(), value.to_owned()));
        fields
    };
    refused(&post(made.fields.clone(), &[b'x'; 101]).await, 400, "EntityTooLarge");
    refused(&post(made.fields.clone(), b"").await, 400, "EntityTooSmall");
    refused(&post(with("key", "kept/1"), b"hello").await, 403, "AccessDenied");
    refused(&post(with("x-amz-meta-by", "staff"), b"hello").await, 403, "AccessDenied");
    refused(&post(with("x-amz-meta-more", "x"), b"hello").await, 403, "AccessDenied");
    refused(
        &post(with("success_action_redirect", "https://evil.example"), b"hello").await,
        403,
        "AccessDenied",
    );
    let longer = STANDARD.encode(r#"{"expiration": "2030-01-01T00:00:00Z", "conditions": []}"#);
    refused(&post(with("policy", &longer), b"hello").await, 403, "SignatureDoesNotMatch");
    refused(&post(Vec::new(), b"hello").await, 403, "AccessDenied");
    cloud.set_clock(noon() + SignedDuration::from_secs(601)).unwrap();
    refused(&post(made.fields.clone(), b"hello").await, 403, "AccessDenied");
    assert!(cloud.object_keys("files").unwrap().is_empty());
}

#[tokio::test]
async fn objects_and_what_follows_from_them_survive_a_restart() {
    let folder = std::env::temp_dir().join(format!("door-objects-{}", std::process::id()));
    drop(std::fs::remove_dir_all(&folder));
    {
        let (_cloud, shell) = desk(Some(&folder));
        shell.files().put("inbound/1", "text/plain", b"hello".to_vec(), &[]).await.unwrap();
    }
    {
        let (cloud, shell) = desk(Some(&folder));
        assert_eq!(shell.files().read("inbound/1", 9).await.unwrap().unwrap().1.unwrap(), b"hello");
        assert_eq!(events(&cloud, "default").len(), 1);
    }
    std::fs::remove_dir_all(&folder).unwrap();
}

#[tokio::test]
async fn a_bucket_that_fails_says_so_as_s3_does() {
    let (cloud, _) = desk(None);
    let config = Builder::from(&cloud.sdk_config()).force_path_style(true).build();
    let client = Client::from_conf(config);
    for (fault, code) in [(Fault::Throttle, "SlowDown"), (Fault::ServerError, "InternalError")] {
        cloud.inject(Box::new(move |_| fault));
        let put = client.put_object().bucket("files").key("a").body(ByteStream::from_static(b"hello"));
        assert_eq!(put.send().await.unwrap_err().code(), Some(code));
    }
    cloud.inject(Box::new(|_| Fault::LoseAnswer));
    client.put_object().bucket("files").key("a").send().await.unwrap_err();
    assert_eq!(cloud.object_keys("files").unwrap(), ["a"]);
}
