//! Whole messages, as the usual programs make them and as SES hands them over.

use super::*;
use crate::values::Reference;

const KEY: &[u8] = b"a key of the test, long enough for anybody";
const DOMAIN: &str = "reply.bank.example";
const OURS: [&str; 2] = ["complaints@desk.example", DOMAIN];

/// The message of this name, to a complaint's address.
fn mail(raw: &str) -> Vec<u8> {
    let address = ReplyAddress::new(KEY, Reference::from_bytes([1, 2, 3, 4, 5]), DOMAIN);
    raw.replace("REPLY_ADDRESS", address.as_str()).into_bytes()
}

macro_rules! mail {
    ($name:literal) => {
        mail(include_str!(concat!("mails/", $name, ".eml")))
    };
}

/// A person's message: its words, and its sender proven.
fn check(raw: &[u8], words: &str) {
    let envelope = Envelope::read(raw);
    let reference = Reference::from_bytes([1, 2, 3, 4, 5]);
    assert_eq!(envelope.addressee(KEY, DOMAIN), Addressee::Complaint(reference));
    assert_eq!(envelope.automatic(&OURS), None);
    assert_eq!(envelope.from.as_ref().map(EmailAddress::as_str), Some("ann@example.com"));
    assert_eq!(envelope.verdicts, Verdicts { virus: false, spam: false, proven: true });
    let content = Content::read(raw).unwrap();
    assert_eq!(content.words.as_ref().map(crate::values::Text::as_str), Some(words));
    assert!(!content.is_cut);
}

fn words(raw: &[u8]) -> Option<String> {
    Content::read(raw).unwrap().words.map(|words| words.as_str().to_owned())
}

#[test]
fn answers_from_the_usual_programs_are_read_without_what_they_quote() {
    check(
        &mail!("gmail"),
        "It was the Friday. The second charge is – I think – of the shop on the corner – € 25.\n\nBest, Ann",
    );
    check(&mail!("outlook"), "It was the Friday. I’ve the receipt.");
    check(&mail!("apple"), "It was the Friday.");
    check(
        &mail!("thunderbird"),
        "Es war der Freitag, und zwar am späten Nachmittag, als ich noch einmal in der Filiale war.\n\nViele Grüße\nJörg",
    );
    check(&mail!("html_only"), "It was the Friday, for 25 €.\n\nAnn");
    check(&mail!("latin1"), "Am Freitag, in der Filiale Köln-Sülz.");
}

#[test]
fn files_are_kept_apart_from_the_words() {
    let raw = mail!("attached");
    check(&raw, "Here is the receipt, and the letter of the 東京 branch.");
    let files = Content::read(&raw).unwrap().files;
    let named: Vec<_> = files.iter().map(|file| (file.name.as_deref(), file.media_type.as_str())).collect();
    assert_eq!(named, [(Some("reçu €.pdf"), "application/pdf"), (Some("notes.txt"), "text/plain")]);
    assert_eq!(files[0].bytes, b"%PDF-1.4\n% a receipt\n");
    assert!(!format!("{files:?}").contains("notes"));
}

#[test]
fn what_machines_write_is_known() {
    let automatic = |raw: Vec<u8>| Envelope::read(&raw).automatic(&OURS);
    assert_eq!(automatic(mail!("absent")), Some(Automatic::Response));
    assert_eq!(automatic(mail!("bounce")), Some(Automatic::Report));
    assert_eq!(automatic(mail!("list")), Some(Automatic::List));
    let ours = String::from_utf8(mail!("gmail"))
        .unwrap()
        .replace("<ann@", "<reply+x@")
        .replace("+x@example.com>", "+x@REPLY.bank.example>");
    assert_eq!(automatic(ours.into_bytes()), Some(Automatic::Ours));
}

#[test]
fn what_a_sender_writes_into_the_headers_counts_for_nothing() {
    let envelope = Envelope::read(&mail!("spam"));
    assert_eq!(envelope.verdicts, Verdicts { virus: false, spam: true, proven: false });
}

#[test]
fn a_message_has_one_name_however_often_it_comes_by_whatever_way() {
    let name = |raw: &[u8], words| Envelope::read(raw).name(KEY, words);
    let raw = mail!("gmail");
    let other_way =
        String::from_utf8(raw.clone()).unwrap().replace("192.0.2.7", "192.0.2.8").replace("id 0x1", "id 0x2");
    assert_eq!(name(&raw, "a"), name(other_way.as_bytes(), "a"));
    assert_ne!(name(&raw, "a"), name(&raw, "b"));
    assert_ne!(name(&raw, "a"), name(&mail!("apple"), "a"));
}

#[test]
fn long_words_are_cut_and_said_to_be() {
    let long = format!("Subject: x\n\n{}", "é".repeat(LONGEST + 1));
    let content = Content::read(long.as_bytes()).unwrap();
    assert!(content.is_cut);
    assert_eq!(content.words.unwrap().as_str().chars().count(), LONGEST);
    let huge = format!("Subject: x\n\n{}", "word ".repeat(1_000_000));
    assert!(Content::read(huge.as_bytes()).unwrap().is_cut);
}

#[test]
fn a_message_without_words_has_none() {
    let blank = "Content-Type: text/html\n\n<html><body><img src=x>&nbsp;<br></body></html>";
    for raw in ["", "\n", "Subject: x\n\n", "Subject: x", "Subject: x\n\n \n\n", blank] {
        assert_eq!(words(raw.as_bytes()), None, "{raw}");
    }
}

#[test]
fn whatever_is_broken_is_read_as_well_as_it_can_be() {
    let open =
        "Content-Type: multipart/mixed; boundary=a\n\n--a\nContent-Type: text/plain\n\nIt was the Friday.";
    assert_eq!(words(open.as_bytes()).as_deref(), Some("It was the Friday."));
    let unknown =
        "Content-Type: text/plain; charset=x-none\nContent-Transfer-Encoding: x-none\n\nIt was the Friday.";
    assert_eq!(words(unknown.as_bytes()).as_deref(), Some("It was the Friday."));
    let binary: Vec<u8> = b"Subject: x\n\nIt was \xff\x00the Friday.".to_vec();
    assert_eq!(words(&binary).as_deref(), Some("It was \u{fffd}the Friday."));
    let nested = format!("{}\nIt was the Friday.", "Content-Type: message/rfc822\n\n".repeat(900));
    assert!(Content::read(nested.as_bytes()).is_ok());
    let deep =
        (0..900).map(|depth| format!("Content-Type: multipart/mixed; boundary=b{depth}\n\n--b{depth}"));
    let deep = deep.collect::<Vec<_>>().join("\n");
    assert!(Content::read(format!("{deep}\n\nIt was the Friday.").as_bytes()).is_ok());
    for length in 0..400 {
        let whole = mail!("attached");
        let cut = &whole[..whole.len().saturating_sub(length * 3)];
        assert!(Content::read(cut).is_ok());
        Envelope::read(cut);
    }
}
