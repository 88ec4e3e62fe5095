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
#[derive(Debug, Default)]
pub(super) struct Mailbag {
    pub(super) sent: Vec<Sent>,
    /// How many of them the laws have looked at.
    pub(super) looked_at: usize,
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
            let is_known = requests[index].fault != Fault::LoseAnswer && is_recorded(&requests[index + 1..]);
            self.sent.push(Sent { mail, is_known });
        }
        Ok(())
    }

    /// The mails of this name, the earliest first.
    pub(super) fn of(&self, tag: &str) -> Vec<&Sent> {
        self.sent.iter().filter(|sent| tag_of(&sent.mail) == Some(tag)).collect()
    }

    /// The private link's token in any letter about this complaint.
    pub(super) fn token_of(&self, complaint: &str) -> Option<String> {
        let about = |sent: &&Sent| {
            tag_of(&sent.mail).is_some_and(|tag| tag.starts_with(complaint)) && sent.mail.delivered
        };
        let texts = self.sent.iter().filter(about).filter_map(|sent| sent.mail.text.as_deref());
        let links =
            texts.flat_map(|text| text.split_whitespace().filter_map(|word| word.rsplit_once("/link/")));
        links.last().map(|(_, token)| token.to_owned())
    }

    /// How many there are of each name.
    pub(super) fn counts(&self) -> BTreeMap<&str, usize> {
        let mut counts = BTreeMap::new();
        self.sent
            .iter()
            .filter_map(|sent| tag_of(&sent.mail))
            .for_each(|tag| *counts.entry(tag).or_default() += 1);
        counts
    }
}

/// What SES hands back with the mail's fate.
pub(super) fn tag_of(mail: &Mail) -> Option<&str> {
    mail.tags.iter().find(|(name, _)| name == "mail").map(|(_, tag)| tag.as_str())
}

/// Whether the very next calls record the answer: tries of one update of the mail's record, until one is done.
fn is_recorded(next: &[Request]) -> bool {
    let of_mail = |request: &&Request| {
        request.call.operation == "UpdateItem"
            && (request.keys.is_empty() || request.keys[0].starts_with("M#"))
    };
    next.iter().take(3).take_while(of_mail).any(is_write)
}
