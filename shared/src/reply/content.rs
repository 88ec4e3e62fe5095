//! A message's words and files.

use mail_parser::{MessagePart, MimeHeaders, PartType};
use unicode_normalization::UnicodeNormalization;

use super::{
    part::{Part, TooMany, parts_of},
    plain, quote,
};
use crate::values::Text;

/// Bytes of a message that are read; the mail service takes no more.
pub const MESSAGE: usize = 40 * 1024 * 1024;
/// Characters of the words that are kept: as many as of a complaint.
pub const LONGEST: usize = 25_000;
/// Characters of the words that are looked at for what they quote.
const LOOKED_AT: usize = 400_000;
/// Characters of a page of HTML that are read for that.
const PAGE: usize = 4_000_000;
/// Lines of a message: one of nothing but lines would take a hundred times its room.
const MOST_LINES: usize = 800_000;

/// What is in a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content {
    /// What the sender wrote, without what it answers to; none where there is nothing but files, or nothing.
    pub words: Option<Text<LONGEST>>,
    /// Whether the words were cut at their greatest length.
    pub is_cut: bool,
    /// What is attached.
    pub files: Vec<File>,
}

/// A file that is attached, as its sender names it: nothing of that is checked.
#[derive(Clone, PartialEq, Eq)]
pub struct File {
    /// Its name, if it has one.
    pub name: Option<String>,
    /// Its media type.
    pub media_type: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

impl std::fmt::Debug for File {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "File({}, {} bytes)", self.media_type, self.bytes.len())
    }
}

/// A message is beyond all bounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the message is too large, or has too many parts")]
pub struct Unreadable;

impl Content {
    /// Reads a message. What does not fit the rules of mail is read as well as it can be.
    pub fn read(raw: &[u8]) -> Result<Content, Unreadable> {
        let lines = raw.split(|byte| *byte == b'\n').count();
        if raw.len() > MESSAGE || lines > MOST_LINES {
            return Err(Unreadable);
        }
        let parts = parts_of(raw).map_err(|TooMany| Unreadable)?;
        let (said, sent): (Vec<&Part<'_>>, Vec<&Part<'_>>) = parts.iter().partition(|part| is_said(part));
        // Of what comes in several forms the plain one, or where that says nothing the page.
        let ways = [Form::Plain, Form::Page].map(|form| in_form(&said, form));
        let words = ways.into_iter().find(|words| !words.is_empty()).unwrap_or_default();
        let is_cut = words.chars().nth(LONGEST).is_some();
        let kept: String = words.chars().take(LONGEST).collect();
        Ok(Content {
            words: Text::parse(&kept).ok(),
            is_cut,
            files: sent.into_iter().filter_map(file_of).collect(),
        })
    }
}

/// In which of two forms something is said.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Plain,
    Page,
}

/// What is said, in this form where there is a choice.
fn in_form(said: &[&Part<'_>], wanted: Form) -> String {
    let is_there = |choice| said.iter().any(|part| part.choice == choice && form_of(part) == Some(wanted));
    let chosen = said
        .iter()
        .filter(|part| part.choice.is_none() || form_of(part) == Some(wanted) || !is_there(part.choice));
    let texts: Vec<String> = chosen.filter_map(|part| text_of(body_of(part)?)).collect();
    quote::own_words(&clean(&texts.join("\n\n")))
}

fn body_of<'p>(part: &'p Part<'_>) -> Option<&'p MessagePart<'p>> {
    part.message.as_ref()?.parts.first()
}

fn form_of(part: &Part<'_>) -> Option<Form> {
    match body_of(part)?.body {
        PartType::Text(_) => Some(Form::Plain),
        PartType::Html(_) => Some(Form::Page),
        _ => None,
    }
}

/// Whether it is what the sender says, and no file that is sent along.
fn is_said(part: &Part<'_>) -> bool {
    let is_attached = |body: &MessagePart<'_>| {
        body.attachment_name().is_some()
            || body.content_disposition().is_some_and(mail_parser::ContentType::is_attachment)
    };
    let is_words = matches!(body_of(part), Some(body) if is_text(body) && !is_attached(body));
    is_words && !part.is_related
}

fn text_of(part: &MessagePart<'_>) -> Option<String> {
    match &part.body {
        PartType::Text(text) => Some(if is_flowed(part) { unflowed(text) } else { text.to_string() }),
        PartType::Html(html) => {
            let end = html.char_indices().nth(PAGE).map_or(html.len(), |(end, _)| end);
            Some(plain::text_of(&html[..end]))
        }
        _ => None,
    }
}

/// Of a text its kind is what it says it is: a table or a calendar is a file.
fn is_text(part: &MessagePart<'_>) -> bool {
    match (&part.body, part.content_type()) {
        (PartType::Html(_), _) | (PartType::Text(_), None) => true,
        (PartType::Text(_), Some(kind)) => {
            kind.ctype() == "text" && kind.subtype().is_none_or(|subtype| subtype == "plain")
        }
        _ => false,
    }
}

/// A message that was sent along is a file as it stands.
fn file_of(part: &Part<'_>) -> Option<File> {
    let Some(body) = body_of(part) else {
        let media_type = "message/rfc822".to_owned();
        return Some(File { name: None, media_type, bytes: part.raw.to_vec() });
    };
    if body.contents().is_empty() {
        return None;
    }
    let kind = body.content_type();
    let media_type = kind.map_or_else(
        || "application/octet-stream".to_owned(),
        |kind| format!("{}/{}", kind.ctype(), kind.subtype().unwrap_or("octet-stream")).to_lowercase(),
    );
    Some(File {
        name: body.attachment_name().map(str::to_owned),
        media_type,
        bytes: body.contents().to_vec(),
    })
}

/// Lines that a mail program broke, to be put together again (RFC 3676).
fn is_flowed(part: &MessagePart<'_>) -> bool {
    let format = part.content_type().and_then(|kind| kind.attribute("format"));
    format.is_some_and(|format| format.eq_ignore_ascii_case("flowed"))
}

fn unflowed(text: &str) -> String {
    let mut whole: Vec<String> = Vec::new();
    let mut open: Option<usize> = None;
    for line in text.lines() {
        let quoted = line.bytes().take_while(|byte| *byte == b'>').count();
        let is_delimiter = line == "-- ";
        // A program puts a blank before what would look like a quotation.
        let content = line[quoted..].strip_prefix(' ').unwrap_or(&line[quoted..]);
        match whole.last_mut() {
            Some(last) if open == Some(quoted) && !is_delimiter => last.push_str(content),
            _ if quoted > 0 => whole.push(format!("{} {content}", ">".repeat(quoted))),
            _ => whole.push(if is_delimiter { line.to_owned() } else { content.to_owned() }),
        }
        open = (content.ends_with(' ') && !is_delimiter).then_some(quoted);
    }
    whole.join("\n")
}

/// One kind of line end, no control characters, in NFC, and not more than is looked at.
fn clean(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}'], "\n");
    let shown = text.nfc().filter(|character| !character.is_control() || matches!(character, '\n' | '\t'));
    shown.filter(|character| !matches!(character, '\u{feff}' | '\u{200b}')).take(LOOKED_AT).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn broken_lines_are_put_together_and_quotations_kept_apart() {
        let text = "I paid \ntwice, on \nMonday.\n\n-- \nAnn\n> you \n> asked\n>> deep\n  indented";
        assert_eq!(unflowed(text), "I paid twice, on Monday.\n\n-- \nAnn\n> you asked\n>> deep\n indented");
        assert_eq!(unflowed(""), "");
    }

    #[test]
    fn control_characters_go_and_line_ends_become_one_kind() {
        assert_eq!(clean("a\r\nb\rc\u{7}\u{1b}[0m\u{feff}\te\u{301}"), "a\nb\nc[0m\té");
    }

    #[test]
    fn a_message_beyond_all_bounds_is_refused() {
        assert_eq!(Content::read("a\n".repeat(MOST_LINES + 1).as_bytes()), Err(Unreadable));
        assert_eq!(Content::read(&vec![b'a'; MESSAGE + 1]), Err(Unreadable));
    }
}
