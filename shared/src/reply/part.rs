//! A message taken apart: what is in it, part by part, however deep they lie.
//!
//! The library reads what is one part: headers, encodings, character sets. Where the next part begins is looked for here,
//! each level once, since the library looks for every boundary to the message's end and opens messages in messages
//! without a bound: a single mail would hold it for hours, or take all memory there is.

use std::borrow::Cow;

use mail_parser::{Message, MessageParser, MimeHeaders};

/// Parts lie in each other so deep at most; what lies deeper is taken as it stands.
const DEEPEST: usize = 10;
/// A message of more parts is refused.
pub(super) const MOST_PARTS: usize = 2_000;

/// What has no parts itself.
#[derive(Debug)]
pub(super) struct Part<'x> {
    /// The part alone, as a message; none of one that is a message, which is not opened.
    pub(super) message: Option<Message<'x>>,
    /// Its bytes, with its headers.
    pub(super) raw: Cow<'x, [u8]>,
    /// Which of the message's choices between the same in several forms it is one of.
    pub(super) choice: Option<usize>,
    /// Whether it belongs to the part before it, as a picture to the page that shows it.
    pub(super) is_related: bool,
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
pub(super) fn parts_of(raw: &[u8]) -> Result<Vec<Part<'_>>, TooMany> {
    let mut found = Found { parts: Vec::new(), choices: 0, most: MOST_PARTS };
    found.take(raw, Place::default())?;
    Ok(found.parts)
}

struct Found<'x> {
    parts: Vec<Part<'x>>,
    choices: usize,
    /// So many may still come, those that have parts counted as well.
    most: usize,
}

impl<'x> Found<'x> {
    fn take(&mut self, raw: &'x [u8], place: Place) -> Result<(), TooMany> {
        self.most = self.most.checked_sub(1).ok_or(TooMany)?;
        let (headers, body) = raw.split_at(end_of_headers(raw));
        let mime = MessageParser::new().with_mime_headers().parse_headers(headers);
        let kind = mime.as_ref().and_then(|mime| mime.content_type());
        let (of, what) = match kind {
            Some(kind) => (kind.ctype(), kind.subtype().unwrap_or_default()),
            None if place.is_digest => ("message", "rfc822"),
            None => ("text", "plain"),
        };
        if of.eq_ignore_ascii_case("message") {
            self.add(None, raw.into(), place);
            return Ok(());
        }
        if !of.eq_ignore_ascii_case("multipart") {
            // The library takes the first line for a header where there is none.
            let raw = if headers.trim_ascii().is_empty() { plain(body) } else { raw.into() };
            self.parse(raw, place);
            return Ok(());
        }
        let boundary = kind.and_then(|kind| kind.attribute("boundary")).unwrap_or_default();
        let inside = if place.depth < DEEPEST { between(body, boundary.as_bytes()) } else { Vec::new() };
        if inside.is_empty() {
            self.parse(plain(body), place);
            return Ok(());
        }
        let is = |name: &str| what.eq_ignore_ascii_case(name);
        let choice = if is("alternative") {
            self.choices += 1;
            Some(self.choices)
        } else {
            place.choice
        };
        for (number, part) in inside.into_iter().enumerate() {
            let is_related = place.is_related || is("related") && number > 0;
            self.take(part, Place { depth: place.depth + 1, choice, is_related, is_digest: is("digest") })?;
        }
        Ok(())
    }

    fn parse(&mut self, raw: Cow<'x, [u8]>, place: Place) {
        let message = match &raw {
            Cow::Borrowed(raw) => MessageParser::default().parse(*raw),
            Cow::Owned(raw) => MessageParser::default().parse(raw).map(Message::into_owned),
        };
        if message.is_some() {
            self.add(message, raw, place);
        }
    }

    fn add(&mut self, message: Option<Message<'x>>, raw: Cow<'x, [u8]>, place: Place) {
        let Place { choice, is_related, .. } = place;
        self.parts.push(Part { message, raw, choice, is_related });
    }
}

/// A body that has no headers, or none that help.
fn plain(body: &[u8]) -> Cow<'_, [u8]> {
    [b"Content-Type: text/plain\n\n", body].concat().into()
}

/// Where the body begins: after the first blank line.
fn end_of_headers(raw: &[u8]) -> usize {
    let mut at = 0;
    for line in raw.split_inclusive(|byte| *byte == b'\n') {
        at += line.len();
        if line.trim_ascii().is_empty() {
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

    fn texts(raw: &str) -> Vec<String> {
        let text = |part: &Part<'_>| match &part.message {
            Some(message) => message.parts[0].text_contents().unwrap_or_default().to_owned(),
            None => "(a message)".to_owned(),
        };
        parts_of(raw.as_bytes()).unwrap().iter().map(text).collect()
    }

    #[test]
    fn parts_are_told_apart_by_whole_lines_and_those_inside_of_them_too() {
        let raw = "Content-Type: multipart/mixed; boundary=a\r\n\r\nNobody reads this.\r\n--a\r\n\r\nOne --a\r\n--ab\r\n\
                   --a  \r\nContent-Type: multipart/alternative; boundary=\"a b\"\r\n\r\n--a b\r\n\r\nTwo\r\n--a b\r\n\
                   Content-Type: text/html\r\n\r\n<p>Three\r\n--a b--\r\nNor this.\r\n--a\r\n\
                   Content-Type: message/rfc822\r\n\r\nSubject: x\r\n\r\nFour\r\n--a--\r\nNor this.";
        assert_eq!(texts(raw), ["One --a\r\n--ab", "Two", "<p>Three", "(a message)"]);
        let parts = parts_of(raw.as_bytes()).unwrap();
        assert_eq!(parts.iter().map(|part| part.choice).collect::<Vec<_>>(), [None, Some(1), Some(1), None]);
    }

    #[test]
    fn what_cannot_be_told_apart_is_taken_as_it_stands() {
        assert_eq!(texts("Content-Type: multipart/mixed; boundary=a\n\nNo part."), ["No part."]);
        assert_eq!(texts("Content-Type: multipart/mixed\n\n--a\n\nNo boundary."), ["--a\n\nNo boundary."]);
        assert_eq!(texts("\nNo header."), ["No header."]);
        let digest = "Content-Type: multipart/digest; boundary=a\n\n--a\n\nSubject: x\n\nOne\n--a--";
        assert_eq!(texts(digest), ["(a message)"]);
    }

    #[test]
    fn more_parts_than_anybody_sends_are_refused_wherever_they_lie() {
        let many =
            format!("Content-Type: multipart/mixed; boundary=a\n\n{}", "--a\n\n".repeat(MOST_PARTS + 1));
        assert_eq!(parts_of(many.as_bytes()).unwrap_err(), TooMany);
    }

    #[test]
    fn what_would_be_looked_through_again_and_again_is_looked_through_once() {
        // Each of these held the library for as long as the square of its length.
        let never = "--a\nContent-Type: multipart/mixed; boundary=z\n\n".repeat(1_900);
        let never =
            format!("Content-Type: multipart/mixed; boundary=a\n\n{never}{}", "x\n".repeat(5_000_000));
        assert_eq!(parts_of(never.as_bytes()).unwrap().len(), 1_900);
        let hidden = base64::engine::general_purpose::STANDARD.encode("--a\n\n".repeat(400_000));
        let inside = format!("Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n{hidden}");
        assert_eq!(texts(&inside), ["(a message)"]);
        let mut deep = String::new();
        for depth in 0..100_000 {
            writeln!(deep, "Content-Type: multipart/mixed; boundary=b{depth}\n\n--b{depth}").unwrap();
        }
        assert_eq!(parts_of(deep.as_bytes()).unwrap().len(), 1);
    }
}
