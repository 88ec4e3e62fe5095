//! The address that an answer to a letter goes to: it names the complaint, and only we can make it.

use std::fmt;

use crate::values::{Digest, Reference};

/// `reply+<reference>.<signature>@<domain>`, in small letters; mail programs may write it in any case.
///
/// 48 characters before the `@`, of at most 64. It has no end: a letter may be answered years later. Who knows it has
/// had one of our letters, or was shown one; it proves nothing else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReplyAddress(String);

/// Whom a message is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Addressee {
    /// The complaint of this reference: the address is one that we made.
    Complaint(Reference),
    /// Nobody that we know: another address of the domain, or one that was altered.
    Nobody,
}

const BEGINNING: &str = "reply+";
/// Bytes of the signature, each two characters.
const SIGNATURE: usize = 16;
const HEXADECIMAL: &[u8; 16] = b"0123456789abcdef";

impl ReplyAddress {
    /// The address for a complaint's letters, signed with this key.
    pub fn new(key: &[u8], reference: Reference, domain: &str) -> ReplyAddress {
        let compact = reference.compact().to_lowercase();
        ReplyAddress(format!("{BEGINNING}{compact}.{}@{}", signature(key, reference), domain.to_lowercase()))
    }

    /// The first address of ours in these headers' words.
    pub(super) fn find<'a>(key: &[u8], domain: &str, words: impl Iterator<Item = &'a str>) -> Addressee {
        let found = words.flat_map(|words| words.split(is_around)).find_map(|word| read(key, domain, word));
        found.map_or(Addressee::Nobody, Addressee::Complaint)
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ReplyAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What stands around addresses in a header.
fn is_around(character: char) -> bool {
    character.is_whitespace() || "<>,;:()\"'".contains(character)
}

fn read(key: &[u8], domain: &str, word: &str) -> Option<Reference> {
    let word = word.to_lowercase();
    let (reference, rest) = word.strip_prefix(BEGINNING)?.split_once('.')?;
    let (signed, at) = rest.split_once('@')?;
    let reference = Reference::parse(reference).ok().filter(|_| at == domain.to_lowercase())?;
    is_same(signature(key, reference).as_bytes(), signed.as_bytes()).then_some(reference)
}

fn signature(key: &[u8], reference: Reference) -> String {
    let digest = Digest::keyed(key, format!("reply\0{}", reference.compact()).as_bytes());
    let hexadecimal =
        |byte: &u8| [byte >> 4, byte & 15].map(|digit| char::from(HEXADECIMAL[usize::from(digit)]));
    digest.as_bytes()[..SIGNATURE].iter().flat_map(hexadecimal).collect()
}

/// Compares in the same time wherever the difference is.
pub(crate) fn is_same(ours: &[u8], theirs: &[u8]) -> bool {
    ours.len() == theirs.len() && ours.iter().zip(theirs).fold(0, |all, (a, b)| all | (a ^ b)) == 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::values::EmailAddress;

    const KEY: &[u8] = b"a key of the test, long enough for anybody";
    const DOMAIN: &str = "reply.bank.example";

    fn reference() -> Reference {
        Reference::from_bytes([1, 2, 3, 4, 5])
    }

    fn find(words: &str) -> Addressee {
        ReplyAddress::find(KEY, DOMAIN, [words].into_iter())
    }

    #[test]
    fn the_address_names_its_complaint_in_any_case_and_among_others() {
        let address = ReplyAddress::new(KEY, reference(), DOMAIN);
        for words in [
            address.to_string(),
            address.as_str().to_uppercase(),
            format!("\"Northgate Bank\" <{address}>, ann@example.com"),
            format!("ann@example.com,{address}"),
            format!(
                "from mx.example by inbound-smtp with SMTP id x1 for {address}; Mon, 5 Oct 2026 08:00:00 +0000"
            ),
        ] {
            assert_eq!(find(&words), Addressee::Complaint(reference()), "{words}");
        }
    }

    #[test]
    fn an_altered_address_is_nobodys() {
        let address = ReplyAddress::new(KEY, reference(), DOMAIN).to_string();
        let other = ReplyAddress::new(b"another key", reference(), DOMAIN).to_string();
        let another = Reference::from_bytes([1, 2, 3, 4, 6]).compact().to_lowercase();
        let last = address.find('@').unwrap() - 1;
        let turned = if &address[last..=last] == "0" { "1" } else { "0" };
        for words in [
            other,
            address.replace(DOMAIN, "bank.example"),
            address.replace(&reference().compact().to_lowercase(), &another),
            format!("{}{turned}{}", &address[..last], &address[last + 1..]),
            address.replace('.', "").replace("@replybankexample", "@reply.bank.example"),
            address.replace("reply+", "answer+"),
            "complaints@reply.bank.example".to_owned(),
            "reply+@reply.bank.example reply+. reply+.@ @ +".to_owned(),
            String::new(),
        ] {
            assert_eq!(find(&words), Addressee::Nobody, "{words}");
        }
    }

    #[test]
    fn the_address_is_one_that_mail_can_carry() {
        let address = ReplyAddress::new(KEY, reference(), DOMAIN);
        let local = address.as_str().split('@').next().unwrap();
        assert_eq!(local.len(), 48);
        assert_eq!(EmailAddress::parse(address.as_str()).unwrap().normalised(), address.as_str());
    }
}
