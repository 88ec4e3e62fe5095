//! A message's headers, in their order: those that the mail service added stand first.

use mail_parser::MessageParser;

use crate::values::EmailAddress;

/// Headers beyond this many bytes are not looked at; whoever needs more has nothing to say to us.
const LONGEST: usize = 128 * 1024;

/// Names in small letters, values unfolded.
#[derive(Clone, Debug, Default)]
pub(super) struct Headers(Vec<(String, String)>);

impl Headers {
    pub(super) fn read(raw: &[u8]) -> Headers {
        let text = String::from_utf8_lossy(&raw[..raw.len().min(LONGEST)]);
        let mut headers = Vec::new();
        for line in text.lines() {
            if line.trim_end().is_empty() {
                break;
            }
            if line.starts_with([' ', '\t']) {
                let folded: Option<&mut (String, String)> = headers.last_mut();
                if let Some((_, value)) = folded {
                    value.push(' ');
                    value.push_str(line.trim());
                }
            } else if let Some((name, value)) = line.split_once(':') {
                headers.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
            }
        }
        Headers(headers)
    }

    /// The topmost of this name: a sender's own of the same name stand below the mail service's.
    pub(super) fn first(&self, name: &str) -> Option<&str> {
        self.all(name).next()
    }

    pub(super) fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.0.iter().filter(move |(given, _)| given == name).map(|(_, value)| value.as_str())
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.first(name).is_some()
    }
}

/// The one address in a header's value, of whatever is written around it.
pub(super) fn address(value: &str) -> Option<EmailAddress> {
    let header = format!("From: {value}\r\n\r\n");
    let message = MessageParser::default().parse_headers(header.as_bytes())?;
    let mut all = message.from()?.iter();
    let one = EmailAddress::parse(all.next()?.address()?).ok()?;
    all.next().is_none().then_some(one)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_read_in_their_order_and_unfolded_up_to_the_first_empty_line() {
        let headers = Headers::read(
            b"X-A: 1\r\nx-a: 2\r\nSubject: one\r\n\ttwo\r\n three\r\nno header\r\n\r\nX-B: 3\r\n",
        );
        assert_eq!(headers.all("x-a").collect::<Vec<_>>(), ["1", "2"]);
        assert_eq!((headers.first("x-a"), headers.first("subject")), (Some("1"), Some("one two three")));
        assert!(!headers.has("x-b"));
        assert!(!Headers::read(b"").has("x-a") && !Headers::read(&[0xff; 9]).has("x-a"));
    }

    #[test]
    fn a_header_without_end_is_cut() {
        let long = format!("X-A: {}\nX-B: 1\n\n", "a".repeat(LONGEST));
        let headers = Headers::read(long.as_bytes());
        assert!(headers.has("x-a") && !headers.has("x-b"));
    }

    #[test]
    fn the_sender_is_one_address_whatever_is_written_around_it() {
        let read = |value| address(value).map(|address| address.as_str().to_owned());
        assert_eq!(read("ann@example.com").as_deref(), Some("ann@example.com"));
        assert_eq!(read("=?utf-8?q?J=C3=B6rg?= <jo@example.com>").as_deref(), Some("jo@example.com"));
        assert_eq!(read("\"a@b.c, d\" <ann@example.com> (home)").as_deref(), Some("ann@example.com"));
        assert_eq!(read("ann@example.com, bo@example.com"), None);
        assert_eq!(read("nobody"), None);
        assert_eq!(read(""), None);
    }
}
