//! A message's words and files.

use unicode_normalization::UnicodeNormalization;

use super::{
    part::{Body, Part, TooMany, parts_of},
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
        let (said, sent): (Vec<Part>, Vec<Part>) = parts.into_iter().partition(is_said);
        // Of what comes in several forms the plain one, or where that says nothing the page.
        let ways = [Form::Plain, Form::Page].map(|form| in_form(&said, form));
        let words = ways.into_iter().find(|words| !words.is_empty()).unwrap_or_default();
        let is_cut = words.chars().nth(LONGEST).is_some() || said.iter().any(is_too_long);
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
fn in_form(said: &[Part], wanted: Form) -> String {
    let is_there = |choice| said.iter().any(|part| part.choice == choice && form_of(part) == Some(wanted));
    let chosen = said
        .iter()
        .filter(|part| part.choice.is_none() || form_of(part) == Some(wanted) || !is_there(part.choice));
    let texts: Vec<String> = chosen.filter_map(text_of).collect();
    quote::own_words(&clean(&texts.join("\n\n")))
}

fn form_of(part: &Part) -> Option<Form> {
    match part.body {
        Body::Plain(_) => Some(Form::Plain),
        Body::Page(_) => Some(Form::Page),
        Body::Bytes(_) => None,
    }
}

/// Whether it is what the sender says, and no file that is sent along.
fn is_said(part: &Part) -> bool {
    form_of(part).is_some() && !part.is_attached && part.name.is_none() && !part.is_related
}

/// Whether not all of it is looked at.
fn is_too_long(part: &Part) -> bool {
    match &part.body {
        Body::Plain(text) => text.chars().nth(LOOKED_AT).is_some(),
        Body::Page(page) => page.chars().nth(PAGE).is_some(),
        Body::Bytes(_) => false,
    }
}

fn text_of(part: &Part) -> Option<String> {
    match &part.body {
        Body::Plain(text) => Some(if part.is_flowed { unflowed(text) } else { text.clone() }),
        Body::Page(page) => {
            let end = page.char_indices().nth(PAGE).map_or(page.len(), |(end, _)| end);
            Some(plain::text_of(&page[..end]))
        }
        Body::Bytes(_) => None,
    }
}

fn file_of(part: Part) -> Option<File> {
    let Part { body, media_type, name, .. } = part;
    let bytes = match body {
        Body::Plain(text) | Body::Page(text) => text.into_bytes(),
        Body::Bytes(bytes) => bytes,
    };
    (!bytes.is_empty()).then_some(File { name, media_type, bytes })
}

/// Lines that a mail program broke, put together again (RFC 3676).
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
