//! All mail that SES accepted, with what the sender learned of it.

use std::collections::BTreeMap;

use local::door::{Fault, Mail, Request, Service};

use super::books::is_write;

/// A mail that SES accepted.
#[derive(Clone, Debug)]
pub(super) struct Sent {
    pub(super) mail: Mail,
    /// Whether the sender knows: the answer came, and was recorded.
    pub(super) is_known: bool,
}

/// All of them.
#[derive(Clone, Debug, Default)]
pub(super) struct Mailbag {
    pub(super) sent: Vec<Sent>,
    /// How many of them the laws have looked at.
    pub(super) looked_at: usize,
    /// Which there are of each name.
    by_name: BTreeMap<String, Vec<usize>>,
}

impl Mailbag {
    /// Takes in what was accepted since; `requests` are all calls since it was asked last.
    pub(super) fn take(&mut self, new: Vec<Mail>, requests: &[Request]) -> Result<(), String> {
        let is_accepted = |request: &Request| request.call.service == Service::Ses && request.status == 200;
        let accepted: Vec<usize> =
            (0..requests.len()).filter(|index| is_accepted(&requests[*index])).collect();
        if new.len() != accepted.len() {
            return Err(format!("{} mails, and {} calls that SES accepted", new.len(), accepted.len()));
        }
        for (mail, index) in new.into_iter().zip(accepted) {
            let call = &requests[index];
            let came = !matches!(call.fault, Fault::LoseAnswer | Fault::DieAfter);
            let is_known = came && is_recorded(call.instance, &requests[index + 1..]);
            if let Some(tag) = tag_of(&mail) {
                self.by_name.entry(tag.to_owned()).or_default().push(self.sent.len());
            }
            self.sent.push(Sent { mail, is_known });
        }
        Ok(())
    }

    /// The table no longer knows of the mails after so many: what it says of the same names is about others.
    pub(super) fn forget_after(&mut self, count: usize) {
        for mails in self.by_name.values_mut() {
            mails.retain(|mail| *mail < count);
        }
    }

    /// The mails of this name, the earliest first.
    pub(super) fn of(&self, tag: &str) -> Vec<&Sent> {
        self.by_name.get(tag).into_iter().flatten().map(|index| &self.sent[*index]).collect()
    }

    /// The last parts of the links of this kind in letters about this complaint, each with when it was mailed; the latest
    /// first.
    pub(super) fn links(
        &self,
        complaint: &str,
        kind: &str,
    ) -> impl DoubleEndedIterator<Item = (String, jiff::Timestamp)> {
        let about = move |sent: &&Sent| {
            sent.mail.delivered && tag_of(&sent.mail).is_some_and(|tag| tag.starts_with(complaint))
        };
        self.sent.iter().rev().filter(about).filter_map(move |sent| {
            let words = sent.mail.text.as_deref()?.split_whitespace();
            let link = words.filter_map(|word| word.split_once(kind)).next_back()?;
            Some((link.1.to_owned(), sent.mail.at))
        })
    }

    /// How many names there are more than one mail of.
    pub(super) fn sent_twice(&self) -> usize {
        self.by_name.values().filter(|mails| mails.len() > 1).count()
    }
}

/// What SES hands back with the mail's fate.
pub(super) fn tag_of(mail: &Mail) -> Option<&str> {
    mail.tags.iter().find(|(name, _)| name == "mail").map(|(_, tag)| tag.as_str())
}

/// Whether the very next calls of the sender record the answer: tries of one update of the mail's record, until one is
/// done.
fn is_recorded(sender: Option<u64>, next: &[Request]) -> bool {
    let of_mail = |request: &&Request| {
        request.call.operation == "UpdateItem"
            && (request.keys.is_empty() || request.keys[0].starts_with("M#"))
    };
    let own = next.iter().filter(|request| request.instance == sender);
    own.take(3).take_while(of_mail).any(is_write)
}
