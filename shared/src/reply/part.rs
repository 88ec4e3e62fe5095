//! A message taken apart: what is in it, part by part, however deep they lie.
//!
//! The library reads headers, encodings and character sets. Where the next part begins is looked for here, each level
//! once, since the library looks for every boundary to the message's end and opens messages in messages without a bound:
//! a single mail would hold it for hours, or take all memory there is. So it is given headers alone, and each body under
//! a header of ours, which says how it is encoded and that there is nothing in it but itself.

use mail_parser::{ContentType, Message, MessageParser, MimeHeaders, PartType};

/// Parts lie in each other so deep at most; what lies deeper is taken as it stands.
const DEEPEST: usize = 10;
/// A message of more parts is refused.
pub(super) const MOST_PARTS: usize = 2_000;

/// What has no parts itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// What is in it.
    pub(super) body: Body,
    /// Its type, as it says.
    pub(super) media_type: String,
    /// Its name as a file, if it has one.
    pub(super) name: Option<String>,
    /// Whether it says that it is attached.
    pub(super) is_attached: bool,
    /// Whether its lines were broken to be put together again (RFC 3676).
    pub(super) is_flowed: bool,
    /// Which of the message's choices between the same in several forms it is one of.
    pub(super) choice: Option<usize>,
    /// Whether it belongs to the part before it, as a picture to the page that shows it.
    pub(super) is_related: bool,
}

/// What is in a part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Body {
    /// Plain text.
    Plain(String),
    /// A page of HTML.
    Page(String),
    /// Anything else, decoded; of a message that was sent along all of it as it stands.
    Bytes(Vec<u8>),
}

/// There are too many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TooMany;

/// Where a part stands among the others.
#[derive(Clone, Copy, Default)]
struct Place {
    depth: usize,
    choice: Option<usize>,
    is_related: bool,
    /// What says nothing of itself is a message here.
    is_digest: bool,
}

/// The parts of a message, in their order.
pub(super) fn parts_of(raw: &[u8]) -> Result<Vec<Part>, TooMany> {
    let mut found = Found { parts: Vec::new(), choices: 0, most: MOST_PARTS };
    found.take(raw, Place::default())?;
    Ok(found.parts)
}

struct Found {
    parts: Vec<Part>,
    choices: usize,
    /// So many may still come, those that have parts counted as well.
    most: usize,
}

impl Found {
    fn take(&mut self, raw: &[u8], place: Place) -> Result<(), TooMany> {
        self.most = self.most.checked_sub(1).ok_or(TooMany)?;
        let (headers, body) = raw.split_at(end_of_headers(raw));
        let mime = MessageParser::new().with_mime_headers().parse_headers(headers);
        let (mime, kind) = (mime.as_ref(), mime.as_ref().and_then(|mime| mime.content_type()));
        let (of, what) = match kind {
            Some(kind) => (kind.ctype().to_lowercase(), kind.subtype().unwrap_or_default().to_lowercase()),
            None if place.is_digest => ("message".to_owned(), "rfc822".to_owned()),
            None => ("text".to_owned(), "plain".to_owned()),
        };
        if of != "multipart" {
            let body = match (of.as_str(), what.as_str()) {
                ("message", _) => Body::Bytes(body.to_vec()),
                ("text", "plain" | "") => Body::Plain(decoded_text(body, mime)),
                ("text", "html") => Body::Page(decoded_text(body, mime)),
                ("text", _) => Body::Bytes(decoded_text(body, mime).into_bytes()),
                _ => Body::Bytes(decoded(body, mime, "application/octet-stream", |body| match body {
                    PartType::Text(text) | PartType::Html(text) => text.into_owned().into_bytes(),
                    PartType::Binary(bytes) | PartType::InlineBinary(bytes) => bytes.into_owned(),
                    PartType::Message(_) | PartType::Multipart(_) => Vec::new(),
                })),
            };
            self.add(body, mime, format!("{of}/{what}"), place);
            return Ok(());
        }
        let boundary = kind.and_then(|kind| kind.attribute("boundary")).unwrap_or_default();
        let inside = if place.depth < DEEPEST { between(body, boundary.as_bytes()) } else { Vec::new() };
        if inside.is_empty() {
            self.add(Body::Plain(decoded_text(body, None)), None, "text/plain".to_owned(), place);
            return Ok(());
        }
        let choice = if what == "alternative" {
            self.choices += 1;
            Some(self.choices)
        } else {
            place.choice
        };
        for (number, part) in inside.into_iter().enumerate() {
            let is_related = place.is_related || what == "related" && number > 0;
            let place = Place { depth: place.depth + 1, choice, is_related, is_digest: what == "digest" };
            self.take(part, place)?;
        }
        Ok(())
    }

    fn add(&mut self, body: Body, mime: Option<&Message<'_>>, media_type: String, place: Place) {
        let disposition = mime.and_then(|mime| mime.content_disposition());
        let format = mime.and_then(|mime| mime.content_type()).and_then(|kind| kind.attribute("format"));
        self.parts.push(Part {
            body,
            media_type,
            name: mime.and_then(|mime| mime.attachment_name()).map(str::to_owned),
            is_attached: disposition.is_some_and(ContentType::is_attachment),
            is_flowed: format.is_some_and(|format| format.eq_ignore_ascii_case("flowed")),
            choice: place.choice,
            is_related: place.is_related,
        });
    }
}

fn decoded_text(body: &[u8], mime: Option<&Message<'_>>) -> String {
    decoded(body, mime, "text/plain", |body| match body {
        PartType::Text(text) | PartType::Html(text) => text.into_owned(),
        PartType::Binary(bytes) | PartType::InlineBinary(bytes) => {
            String::from_utf8_lossy(&bytes).into_owned()
        }
        PartType::Message(_) | PartType::Multipart(_) => String::new(),
    })
}

/// A body as its headers say that it is encoded, read under a header of ours.
fn decoded<T: Default>(
    body: &[u8],
    mime: Option<&Message<'_>>,
    media_type: &str,
    read: impl FnOnce(PartType<'_>) -> T,
) -> T {
    let plain = |text: &str| -> String {
        text.chars().filter(|letter| letter.is_ascii_alphanumeric() || "-_.:".contains(*letter)).collect()
    };
    let charset = mime.and_then(|mime| mime.content_type()).and_then(|kind| kind.attribute("charset"));
    let encoding = mime.and_then(|mime| mime.content_transfer_encoding());
    let charset = charset.map(|charset| format!("; charset={}", plain(charset))).unwrap_or_default();
    let encoding = encoding.map(|encoding| format!("\nContent-Transfer-Encoding: {}", plain(encoding)));
    let header = format!("Content-Type: {media_type}{charset}{}\n\n", encoding.unwrap_or_default());
    let raw = [header.as_bytes(), body].concat();
    let message = MessageParser::default().parse(&raw);
    message.and_then(|mut message| message.parts.pop()).map(|part| read(part.body)).unwrap_or_default()
}

/// Where the body begins: after the first empty line. One of blanks goes on with the header before it.
fn end_of_headers(raw: &[u8]) -> usize {
    let mut at = 0;
    for line in raw.split_inclusive(|byte| *byte == b'\n') {
        at += line.len();
        if matches!(line, b"\n" | b"\r\n") {
            break;
        }
    }
    at
}

/// What lies between the lines that part a body; without the last one it goes on to the end. None where there is no such
/// line.
fn between<'x>(body: &'x [u8], boundary: &[u8]) -> Vec<&'x [u8]> {
    let (mut parts, mut begins, mut at) = (Vec::new(), None, 0);
    if boundary.is_empty() {
        return parts;
    }
    for line in body.split_inclusive(|byte| *byte == b'\n') {
        let begin_of_line = at;
        at += line.len();
        let Some(after) = line.strip_prefix(b"--").and_then(|rest| rest.strip_prefix(boundary)) else {
            continue;
        };
        let is_last = after.trim_ascii() == b"--";
        if !is_last && !after.trim_ascii().is_empty() {
            continue;
        }
        if let Some(begins) = begins {
            parts.push(without_line_end(&body[begins..begin_of_line]));
        }
        begins = Some(at).filter(|_| !is_last);
        if is_last {
            break;
        }
    }
    parts.extend(begins.map(|begins| &body[begins..]));
    parts
}

/// The line end before a line that parts belongs to that line.
fn without_line_end(part: &[u8]) -> &[u8] {
    let part = part.strip_suffix(b"\n").unwrap_or(part);
    part.strip_suffix(b"\r").unwrap_or(part)
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use base64::Engine;

    use super::*;

    fn said(raw: &str) -> Vec<String> {
        let said = |part: &Part| match &part.body {
            Body::Plain(text) => text.clone(),
            Body::Page(page) => format!("page {page}"),
            Body::Bytes(bytes) => format!("{} {}", part.media_type, String::from_utf8_lossy(bytes)),
        };
        parts_of(raw.as_bytes()).unwrap().iter().map(said).collect()
    }

    #[test]
    fn parts_are_told_apart_by_whole_lines_and_those_inside_of_them_too() {
        let raw = "Content-Type: multipart/mixed; boundary=a\r\n\r\nNobody reads this.\r\n--a\r\n\r\nOne --a\r\n--ab\r\n\
                   --a  \r\nContent-Type: multipart/alternative; boundary=\"a b\"\r\n\r\n--a b\r\n\r\nTwo\r\n--a b\r\n\
                   Content-Type: text/html\r\n\r\n<p>Three\r\n--a b--\r\nNor this.\r\n--a\r\n\
                   Content-Type: message/rfc822\r\n\r\nSubject: x\r\n\r\nFour\r\n--a--\r\nNor this.";
        let expected = ["One --a\r\n--ab", "Two", "page <p>Three", "message/rfc822 Subject: x\r\n\r\nFour"];
        assert_eq!(said(raw), expected);
        let parts = parts_of(raw.as_bytes()).unwrap();
        assert_eq!(parts.iter().map(|part| part.choice).collect::<Vec<_>>(), [None, Some(1), Some(1), None]);
    }

    #[test]
    fn each_is_decoded_as_it_says_and_called_what_it_is_called() {
        let raw = "Content-Type: multipart/related; boundary=a\n\n--a\nContent-Type: TEXT/Plain; charset=iso-8859-1; \
                   format=flowed\nContent-Transfer-Encoding: quoted-printable\n\nK=F6ln\n--a\n\
                   Content-Type: image/png; name=\"=?utf-8?q?Caf=C3=A9.png?=\"\nContent-Disposition: attachment\n\
                   Content-Transfer-Encoding: base64\n\niVBORw0K\n--a--";
        let [text, picture] = &parts_of(raw.as_bytes()).unwrap()[..] else { panic!("two") };
        assert_eq!((&text.body, text.is_flowed), (&Body::Plain("Köln".to_owned()), true));
        assert_eq!(picture.body, Body::Bytes(b"\x89PNG\r\n".to_vec()));
        assert_eq!((picture.media_type.as_str(), picture.name.as_deref()), ("image/png", Some("Café.png")));
        assert!(picture.is_attached && picture.is_related && !text.is_related);
    }

    #[test]
    fn what_cannot_be_told_apart_is_taken_as_it_stands() {
        assert_eq!(said("Content-Type: multipart/mixed; boundary=a\n\nNo part."), ["No part."]);
        assert_eq!(said("Content-Type: multipart/mixed\n\n--a\n\nNo boundary."), ["--a\n\nNo boundary."]);
        assert_eq!(said("\nNo header."), ["No header."]);
        let digest = "Content-Type: multipart/digest; boundary=a\n\n--a\n\nSubject: x\n\nOne\n--a--";
        assert_eq!(said(digest), ["message/rfc822 Subject: x\n\nOne"]);
    }

    #[test]
    fn a_line_of_blanks_goes_on_with_its_header() {
        let raw = "Subject: Saying hello\n \nContent-Type: multipart/mixed; boundary=a\n\n--a\n\nOne\n--a\n\nTwo\n--a--";
        assert_eq!(said(raw), ["One", "Two"]);
        let first = raw.strip_prefix("Subject: Saying hello\n").unwrap();
        assert_eq!(said(first).len(), parts_of(first.as_bytes()).unwrap().len());
    }

    #[test]
    fn more_parts_than_anybody_sends_are_refused_wherever_they_lie() {
        let many =
            format!("Content-Type: multipart/mixed; boundary=a\n\n{}", "--a\n\n".repeat(MOST_PARTS + 1));
        assert_eq!(parts_of(many.as_bytes()).unwrap_err(), TooMany);
    }

    #[test]
    fn what_would_be_looked_through_again_and_again_is_looked_through_once() {
        // Each of these held the library for as long as the square of its length, or took all memory.
        let never = "--a\nContent-Type: multipart/mixed; boundary=z\n\n".repeat(1_900);
        let never =
            format!("Content-Type: multipart/mixed; boundary=a\n\n{never}{}", "x\n".repeat(5_000_000));
        assert_eq!(parts_of(never.as_bytes()).unwrap().len(), 1_900);
        let hidden = base64::engine::general_purpose::STANDARD.encode("--a\n\n".repeat(400_000));
        let inside = format!("Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n{hidden}");
        assert_eq!(said(&inside), [format!("message/rfc822 {hidden}")]);
        let mut deep = String::new();
        for depth in 0..100_000 {
            writeln!(deep, "Content-Type: multipart/mixed; boundary=b{depth}\n\n--b{depth}").unwrap();
        }
        assert_eq!(parts_of(deep.as_bytes()).unwrap().len(), 1);
        let quoted = format!("Content-Type: multipart/mixed; boundary=\"a\n\n{never}");
        assert!(parts_of(quoted.as_bytes()).unwrap().len() <= 1_901);
    }
}
