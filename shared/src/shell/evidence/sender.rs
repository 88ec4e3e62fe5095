//! Who sends a file, and what they call it, as metadata that comes along with it. A link or form is bound to it, so that
//! it is as trustworthy as the signature; but the name of a form's file is what the browser says.

use base64::{Engine, engine::general_purpose::STANDARD};
use percent_encoding::percent_decode_str;

use crate::{
    actor::Actor,
    complaint::Complaint,
    evidence::FileName,
    values::{Channel, Role, StaffId},
};

/// What the bucket puts in for the name of a form's file.
pub(super) const BROWSERS_NAME: &str = "${filename}";

const CUSTOMER: &str = "customer";

/// Who sends a file, and by which way it came to them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sender {
    /// The customer, or a member of staff for them.
    pub actor: Actor,
    /// By which way.
    pub channel: Channel,
    /// Of who came by a private link, how often the complaint's links had been ended: what they sent is theirs as long as
    /// that holds.
    pub links: Option<u8>,
}

impl Sender {
    /// The customer, from the private page of this complaint.
    pub fn customer(complaint: &Complaint) -> Sender {
        Sender { actor: Actor::Customer, channel: Channel::Web, links: Some(complaint.links) }
    }

    /// A member of staff, for a customer.
    pub fn staff(actor: Actor, channel: Channel) -> Sender {
        Sender { actor, channel, links: None }
    }

    /// The customer, with a mail.
    pub fn customer_by_mail() -> Sender {
        Sender { actor: Actor::Customer, channel: Channel::Email, links: None }
    }

    /// As metadata, with the name of the file.
    pub fn metadata(&self, name: &str) -> Vec<(&'static str, String)> {
        let (by, role) = match &self.actor {
            Actor::Staff { id, role } => (id.as_str().to_owned(), role.code().to_owned()),
            Actor::Customer | Actor::Department { .. } | Actor::System => {
                (String::new(), CUSTOMER.to_owned())
            }
        };
        let mut metadata =
            vec![("name", encoded(name)), ("role", role), ("channel", self.channel.code().to_owned())];
        if !by.is_empty() {
            metadata.push(("by", encoded(&by)));
        }
        if let Some(links) = self.links {
            metadata.push(("links", links.to_string()));
        }
        metadata
    }

    /// Who sent what has this metadata, and what they call it; nobody when it has none of ours.
    pub fn read(metadata: &[(String, String)]) -> Option<(Sender, FileName)> {
        let part =
            |wanted: &str| metadata.iter().find(|(name, _)| name == wanted).map(|(_, value)| decoded(value));
        let role = part("role")?;
        let actor = match role.as_str() {
            CUSTOMER => Actor::Customer,
            role => Actor::Staff { id: StaffId::parse(&part("by")?).ok()?, role: Role::parse(role).ok()? },
        };
        let channel = Channel::parse(&part("channel")?).ok()?;
        let links = match part("links") {
            Some(links) => Some(links.parse().ok()?),
            None => None,
        };
        Some((Sender { actor, channel, links }, FileName::of(&part("name").unwrap_or_default())))
    }
}

/// A value as a header can have it: what is not plain ASCII as an encoded word (RFC 2047), as the bucket itself does it.
fn encoded(text: &str) -> String {
    let is_plain = text.bytes().all(|byte| (b' '..=b'~').contains(&byte)) && !text.contains("=?");
    if is_plain { text.to_owned() } else { format!("=?UTF-8?B?{}?=", STANDARD.encode(text)) }
}

/// The text that a value stands for; blanks between encoded words are not part of it.
fn decoded(value: &str) -> String {
    let words: Option<Vec<String>> = value.split_ascii_whitespace().map(word).collect();
    words.map_or_else(|| value.to_owned(), |words| words.concat())
}

fn word(text: &str) -> Option<String> {
    let inside = text.strip_prefix("=?")?.strip_suffix("?=")?;
    let mut parts = inside.splitn(3, '?');
    let (charset, encoding, content) = (parts.next()?, parts.next()?, parts.next()?);
    if !charset.eq_ignore_ascii_case("utf-8") {
        return None;
    }
    let bytes = match encoding {
        "B" | "b" => STANDARD.decode(content).ok()?,
        "Q" | "q" => {
            percent_decode_str(&content.replace('%', "%25").replace('_', " ").replace('=', "%")).collect()
        }
        _ => return None,
    };
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(metadata: &[(&str, &str)]) -> Option<(Sender, FileName)> {
        let own: Vec<_> =
            metadata.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Sender::read(&own)
    }

    #[test]
    fn a_sender_survives_the_way_through_the_bucket() {
        let staff = Actor::Staff { id: StaffId::parse("sam@northgate.example").unwrap(), role: Role::Csr };
        let customer = Sender { actor: Actor::Customer, channel: Channel::Web, links: Some(3) };
        for sender in [customer, Sender::customer_by_mail(), Sender::staff(staff, Channel::Letter)] {
            for name in ["bill.pdf", "Beleg für Zoë.pdf", "קבלה.pdf"] {
                let metadata: Vec<_> =
                    sender.metadata(name).into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
                assert!(metadata.iter().all(|(_, value)| value.is_ascii()));
                assert_eq!(Sender::read(&metadata), Some((sender.clone(), FileName::of(name))));
            }
        }
    }

    #[test]
    fn a_name_comes_in_whatever_way_the_bucket_writes_it() {
        let name = |value: &str| {
            read(&[("role", "customer"), ("channel", "web"), ("name", value)]).unwrap().1.as_str().to_owned()
        };
        assert_eq!(name("=?UTF-8?Q?Beleg_f=C3=BCr_100%_x.pdf?="), "Beleg für 100_ x.pdf");
        assert_eq!(name("=?UTF-8?B?QmVsZWc=?= =?utf-8?B?LnBkZg==?="), "Beleg.pdf");
        assert_eq!(name("../=?x?=.pdf"), "=_x_=.pdf");
    }

    #[test]
    fn what_nobody_of_ours_signed_for_is_from_nobody() {
        assert_eq!(read(&[]), None);
        assert_eq!(read(&[("role", "customer"), ("channel", "smoke")]), None);
        assert_eq!(read(&[("role", "csr"), ("channel", "letter")]), None);
        assert_eq!(read(&[("role", "customer"), ("channel", "web"), ("links", "many")]), None);
        assert_eq!(read(&[("role", "system"), ("channel", "web"), ("by", "x")]), None);
    }
}
