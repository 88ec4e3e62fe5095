//! A mail's name: in its record's key, and in the tag that SES hands back.

use jiff::Timestamp;

use crate::{
    letter_kind::LetterKind,
    shell::keys::{self, Key},
    values::Digest,
};

/// Names a mail: the same cause has the same name, however often it comes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailName {
    /// A complaint's id, or what else the mail is about.
    pub subject: String,
    /// Which letter.
    pub letter: LetterKind,
    /// The event's version, with the addressee where one event has several.
    pub cause: String,
}

/// What a gathering's mail is about, before the digest of who gets it.
const GATHERED: &str = "gathered-";

impl MailName {
    /// The mail in which what these addressees would get of a letter is gathered from this instant on, `2026-10-05T0815` by
    /// UTC.
    pub fn gathering(letter: LetterKind, to: &Digest, begins: Timestamp) -> MailName {
        MailName {
            subject: format!("{GATHERED}{to}"),
            letter,
            cause: begins.strftime("%Y-%m-%dT%H%M").to_string(),
        }
    }

    /// Whether it is about several complaints.
    pub fn is_gathering(&self) -> bool {
        self.subject.starts_with(GATHERED)
    }

    /// As SES carries it in a tag, whose characters are letters, digits, `_` and `-`.
    pub fn tag(&self) -> String {
        format!("{}_{}_{}", self.subject, self.letter.code(), self.cause)
    }

    /// Reads a tag: from its end, since the digest of who gets a gathered mail may have a `_` as well.
    pub fn parse(tag: &str) -> Option<MailName> {
        let mut parts = tag.rsplitn(3, '_');
        let (cause, letter, subject) = (parts.next()?, parts.next()?, parts.next()?);
        Some(MailName {
            subject: subject.to_owned(),
            letter: LetterKind::parse(letter)?,
            cause: cause.to_owned(),
        })
    }

    /// The record's key.
    pub fn key(&self) -> Key {
        keys::mail(&self.subject, self.letter.code(), &self.cause)
    }

    /// The name in a record's key.
    pub fn of_key(key: &Key) -> Option<MailName> {
        let (letter, cause) = key.sk.split_once('#')?;
        Some(MailName {
            subject: key.pk.strip_prefix("M#")?.to_owned(),
            letter: LetterKind::parse(letter)?,
            cause: cause.to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tag_of_a_gathered_mail_leads_back_to_it_whoever_gets_it() {
        let begins = Timestamp::UNIX_EPOCH;
        let names = (0..200).map(|number: u32| {
            MailName::gathering(LetterKind::Digest, &Digest::of(&number.to_be_bytes()), begins)
        });
        let names: Vec<MailName> = names.collect();
        for name in &names {
            assert_eq!(MailName::parse(&name.tag()).as_ref(), Some(name));
            let may_be_in_a_tag = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
            assert!(name.tag().chars().all(may_be_in_a_tag), "{}", name.tag());
        }
        let different: std::collections::BTreeSet<&String> = names.iter().map(|name| &name.subject).collect();
        assert_eq!(different.len(), names.len());
    }
}
