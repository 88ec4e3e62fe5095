use aws_sdk_sesv2::Client;
use aws_sdk_sesv2::primitives::Blob;
use aws_sdk_sesv2::types::{
    Attachment as File, Body, Content, Destination, EmailContent, Message, MessageHeader, MessageTag,
};

use super::*;

fn ses() -> (Cloud, Client) {
    let cloud = open(None);
    let client = Client::new(&cloud.sdk_config());
    (cloud, client)
}

fn text(data: &str) -> Content {
    Content::builder().data(data).charset("UTF-8").build().unwrap()
}

fn letter(to: &str) -> (Destination, EmailContent) {
    let file =
        File::builder().file_name("cases.csv").content_type("text/csv").raw_content(Blob::new("a,b\n"));
    let header = MessageHeader::builder().name("Auto-Submitted").value("auto-generated").build().unwrap();
    let message = Message::builder()
        .subject(text("Your complaint"))
        .body(Body::builder().text(text("Dear Ada")).html(text("<p>Dear Ada</p>")).build())
        .headers(header)
        .attachments(file.build().unwrap());
    let content = EmailContent::builder().simple(message.build()).build();
    (Destination::builder().to_addresses(to).build(), content)
}

async fn send(client: &Client, to: &str, tag: &str) -> Result<String, String> {
    let (destination, content) = letter(to);
    let tag = MessageTag::builder().name("mail").value(tag).build().unwrap();
    let mail = client.send_email().from_email_address("Desk <desk@shop.example>").destination(destination);
    let mail = mail.content(content).email_tags(tag).configuration_set_name("complaints");
    let answer = mail.send().await.map_err(|error| error.into_service_error().meta().to_string())?;
    Ok(answer.message_id.unwrap())
}

/// What the default bus hears of a mail to `to`.
async fn told(to: &str) -> Vec<String> {
    let (cloud, client) = ses();
    send(&client, to, "m-1").await.unwrap();
    events(&cloud, "default").iter().map(|event| event["detail-type"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_mail_is_captured_whole() {
    let (cloud, client) = ses();
    let id = send(&client, "Ada <ada@customer.example>", "m-1").await.unwrap();
    let mails = cloud.mails().unwrap();
    assert_eq!(mails.len(), 1);
    let mail = &mails[0];
    assert_eq!((mail.at, &mail.message_id), (noon(), &id));
    assert_eq!(mail.to, ["Ada <ada@customer.example>"]);
    assert_eq!((mail.from.as_str(), mail.subject.as_str()), ("Desk <desk@shop.example>", "Your complaint"));
    assert_eq!((mail.text.as_deref(), mail.html.as_deref()), (Some("Dear Ada"), Some("<p>Dear Ada</p>")));
    assert_eq!(mail.headers, [("Auto-Submitted".to_owned(), "auto-generated".to_owned())]);
    let csv =
        Attachment { name: "cases.csv".into(), content_type: "text/csv".into(), content: "YSxiCg==".into() };
    assert_eq!(mail.attachments, [csv]);
    assert!(mail.delivered);
}

#[tokio::test]
async fn events_of_a_mail_carry_its_tags_and_id() {
    let (cloud, client) = ses();
    let id = send(&client, "ada@customer.example", "m-1").await.unwrap();
    let events = events(&cloud, "default");
    let kinds: Vec<_> = events.iter().map(|event| event["detail-type"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["Email Sent", "Email Delivered"]);
    let detail = &events[0]["detail"];
    assert_eq!((&events[0]["source"], &detail["eventType"]), (&json!("aws.ses"), &json!("Send")));
    assert_eq!(detail["mail"]["messageId"], json!(id));
    assert_eq!(detail["mail"]["tags"]["mail"], json!(["m-1"]));
    assert_eq!(detail["mail"]["tags"]["ses:configuration-set"], json!(["complaints"]));
}

#[tokio::test]
async fn an_address_says_what_becomes_of_its_mail() {
    assert_eq!(told("bounce@customer.example").await, ["Email Sent", "Email Bounced"]);
    assert_eq!(told("ada@bounce.example").await, ["Email Sent", "Email Bounced"]);
    assert_eq!(told("soft+1@customer.example").await, ["Email Sent", "Email Bounced"]);
    assert_eq!(told("suppressed@customer.example").await, ["Email Sent", "Email Bounced"]);
    assert_eq!(told("reject@customer.example").await, ["Email Sent", "Email Rejected"]);
    assert_eq!(
        told("complaint@customer.example").await,
        ["Email Sent", "Email Delivered", "Email Complaint Received"]
    );
}

#[tokio::test]
async fn a_bounce_says_of_which_kind_it_is() {
    for (to, kind, detail) in [
        ("bounce@a.example", "Permanent", "General"),
        ("soft@a.example", "Transient", "MailboxFull"),
        ("suppressed@a.example", "Permanent", "OnAccountSuppressionList"),
    ] {
        let (cloud, client) = ses();
        send(&client, to, "m-1").await.unwrap();
        let bounce = &events(&cloud, "default")[1]["detail"]["bounce"];
        assert_eq!((&bounce["bounceType"], &bounce["bounceSubType"]), (&json!(kind), &json!(detail)));
        assert_eq!(bounce["bouncedRecipients"][0]["emailAddress"], to);
        assert!(!cloud.mails().unwrap()[0].delivered);
    }
}

#[tokio::test]
async fn a_tag_that_ses_would_refuse_is_refused() {
    let (cloud, client) = ses();
    let refused = send(&client, "ada@customer.example", "letter#1").await.unwrap_err();
    assert!(refused.contains("BadRequestException"), "{refused}");
    assert!(cloud.mails().unwrap().is_empty());
    assert!(events(&cloud, "default").is_empty());
}

#[tokio::test]
async fn a_mail_without_a_configuration_set_makes_no_events() {
    let (cloud, client) = ses();
    let (destination, content) = letter("ada@customer.example");
    let mail = client.send_email().from_email_address("desk@shop.example").destination(destination);
    mail.content(content).send().await.unwrap();
    assert_eq!(cloud.mails().unwrap().len(), 1);
    assert!(events(&cloud, "default").is_empty());
}
