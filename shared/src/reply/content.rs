//! A message's words and files.

use mail_parser::{MessageParser, MessagePart, MimeHeaders, PartType};
use unicode_normalization::UnicodeNormalization;

use super::{plain, quote};
use crate::values::Text;

/// Bytes of a message that are read; the mail service takes no more.
pub const MESSAGE: usize = 40 * 1024 * 1024;
/// Characters of the words that are kept: as many as of a complaint.
pub const LONGEST: usize = 25_000;
/// Characters of the words that are looked at for what they quote.
const LOOKED_AT: usize = 400_000;
/// Lines of a message, and among them such as may part it: a message of parts alone would take a hundred times its room.
const MOST_LINES: usize = 800_000;
const MOST_PARTS: usize = 2_000;

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
        if raw.len() > MESSAGE || has_too_many_parts(raw) {
            return Err(Unreadable);
        }
        let Some(message) = MessageParser::default().parse(raw) else {
            return Ok(Content { words: None, is_cut: false, files: Vec::new() });
        };
        let part = |id: &u32| message.parts.get(usize::try_from(*id).ok()?);
        let written = |ids: &[u32]| {
            let texts: Vec<String> = ids.iter().filter_map(part).filter_map(text_of).collect();
            quote::own_words(&clean(&texts.join("\n\n")))
        };
        // What a message that was cut off says last counts as attached.
        let is_inline = |id: &&u32| part(id).is_some_and(is_unnamed_text);
        let (last, files): (Vec<u32>, Vec<u32>) = if message.text_body.is_empty() {
            message.attachments.iter().partition(|id| is_inline(id))
        } else {
            (Vec::new(), message.attachments.clone())
        };
        let ways = [&message.text_body, &message.html_body, &last];
        let words =
            ways.into_iter().map(|ids| written(ids)).find(|words| !words.is_empty()).unwrap_or_default();
        let is_cut = words.chars().nth(LONGEST).is_some();
        let kept: String = words.chars().take(LONGEST).collect();
        Ok(Content {
            words: Text::parse(&kept).ok(),
            is_cut,
            files: files.iter().filter_map(part).filter_map(file_of).collect(),
        })
    }
}

fn has_too_many_parts(raw: &[u8]) -> bool {
    let (mut lines, mut parts) = (0, 0);
    for line in raw.split(|byte| *byte == b'\n') {
        lines += 1;
        parts += usize::from(line.starts_with(b"--"));
    }
    lines > MOST_LINES || parts > MOST_PARTS
}

fn text_of(part: &MessagePart<'_>) -> Option<String> {
    match &part.body {
        PartType::Text(text) => Some(if is_flowed(part) { unflowed(text) } else { text.to_string() }),
        PartType::Html(html) => Some(plain::text_of(html)),
        _ => None,
    }
}

fn is_unnamed_text(part: &MessagePart<'_>) -> bool {
    matches!(part.body, PartType::Text(_) | PartType::Html(_))
        && part.attachment_name().is_none()
        && part.content_disposition().is_none()
}

fn file_of(part: &MessagePart<'_>) -> Option<File> {
    if matches!(part.body, PartType::Multipart(_)) || part.contents().is_empty() {
        return None;
    }
    let kind = part.content_type();
    let media_type = kind.map_or_else(
        || "application/octet-stream".to_owned(),
        |kind| format!("{}/{}", kind.ctype(), kind.subtype().unwrap_or("octet-stream")).to_lowercase(),
    );
    Some(File {
        name: part.attachment_name().map(str::to_owned),
        media_type,
        bytes: part.contents().to_vec(),
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
    fn a_message_of_nothing_but_parts_is_refused() {
        let many =
            format!("Content-Type: multipart/mixed; boundary=a\n\n{}", "--a\n\n".repeat(MOST_PARTS + 1));
        assert_eq!(Content::read(many.as_bytes()), Err(Unreadable));
        assert_eq!(Content::read("a\n".repeat(MOST_LINES + 1).as_bytes()), Err(Unreadable));
        assert_eq!(Content::read(&vec![b'a'; MESSAGE + 1]), Err(Unreadable));
    }
}
