//! Customers' answers to our mails, read from the message as it came.
//!
//! A message is a stranger's work. So it is read in two steps: first its headers only, which say whether it is for a
//! complaint at all ([`ReplyAddress`]), whether a machine wrote it and what the mail service found ([`Envelope`]); and
//! then, of those that are, the words and the files ([`Content`]). Every bound is here.

pub(crate) mod address;
mod automatic;
mod content;
mod header;
mod part;
mod plain;
mod quote;
mod verdict;

#[cfg(test)]
mod tests;

use crate::values::{Digest, EmailAddress};

pub use address::{Addressee, ReplyAddress};
pub use automatic::Automatic;
pub use content::{Content, File, LONGEST, MESSAGE, Unreadable};
pub use quote::MARKER;
pub use verdict::Verdicts;

use header::Headers;

/// What a message's headers say.
#[derive(Clone, Debug)]
pub struct Envelope {
    headers: Headers,
    /// Who wrote it, as it says itself; none where that is not one address.
    pub from: Option<EmailAddress>,
    /// What the mail service found.
    pub verdicts: Verdicts,
}

impl Envelope {
    /// Reads the headers.
    pub fn read(raw: &[u8]) -> Envelope {
        let headers = Headers::read(raw);
        let from = headers.all("from").next().and_then(header::address);
        let verdicts = Verdicts::of(&headers, from.as_ref());
        Envelope { headers, from, verdicts }
    }

    /// Which of our addresses it is for: those in its headers, and the one that it was handed over for.
    pub fn addressee(&self, key: &[u8], domain: &str) -> Addressee {
        const NAMED: [&str; 5] = ["to", "cc", "delivered-to", "x-original-to", "received"];
        let named = NAMED.iter().flat_map(|name| self.headers.all(name));
        ReplyAddress::find(key, domain, named)
    }

    /// Whether a machine wrote it, and which kind; `ours` are the addresses that we write from.
    pub fn automatic(&self, ours: &[&str]) -> Option<Automatic> {
        automatic::of(&self.headers, self.from.as_ref(), ours)
    }

    /// Names the message with these words: the same message has the same name, however often it is delivered. Keyed,
    /// so that it says nothing of the message to who does not have the key.
    pub fn name(&self, key: &[u8], words: &str) -> Digest {
        let part = |name| self.headers.first(name).unwrap_or_default();
        let all = [part("message-id"), part("date"), part("from"), words].join("\0");
        Digest::keyed(key, all.as_bytes())
    }
}
