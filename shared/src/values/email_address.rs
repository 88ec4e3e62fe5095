//! One e-mail address, safe to put into a mail's header.

use std::fmt;

use thiserror::Error;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::{InvalidValue, parsed_text, punycode};

/// Exactly one e-mail address, `local@domain.tld`, kept as it was typed.
///
/// No display name, comment, quote, address literal or line break, encoded or not. The domain may be international;
/// the part before the `@` is ASCII, since the mail service takes no other.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EmailAddress {
    typed: String,
    /// Where the `@` is.
    at: usize,
}

/// Why a text is no e-mail address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum InvalidEmailAddress {
    /// There is nothing but blanks.
    #[error("the e-mail address is empty")]
    Empty,
    /// It is longer than mail can carry.
    #[error("the e-mail address is too long: at most 254 characters, 64 of them before the @")]
    TooLong,
    /// It has control characters or line breaks, plain or encoded.
    #[error("the e-mail address has line breaks or other control characters")]
    Control,
    /// It does not have one `@`.
    #[error("give exactly one e-mail address, with one @")]
    NotOne,
    /// What stands before the `@` is none of an address.
    #[error("the part before the @ has characters that an e-mail address does not have there")]
    Local,
    /// What stands after the `@` is no domain name.
    #[error("the part after the @ is not a domain name such as example.com")]
    Domain,
}

impl InvalidValue for InvalidEmailAddress {
    fn code(&self) -> &'static str {
        match self {
            InvalidEmailAddress::Empty => "empty",
            InvalidEmailAddress::TooLong => "too_long",
            InvalidEmailAddress::Control => "control_characters",
            InvalidEmailAddress::NotOne => "not_one_address",
            InvalidEmailAddress::Local => "malformed_local_part",
            InvalidEmailAddress::Domain => "malformed_domain",
        }
    }
}

const MAX_ADDRESS: usize = 254;
const MAX_LOCAL: usize = 64;
const MAX_LABEL: usize = 63;

impl EmailAddress {
    /// Takes an address as it was typed; blanks around it go.
    pub fn parse(text: &str) -> Result<EmailAddress, InvalidEmailAddress> {
        if text.contains(char::is_control) || has_encoded_line_break(text) {
            return Err(InvalidEmailAddress::Control);
        }
        let typed: String = text.trim().nfc().collect();
        if typed.is_empty() {
            return Err(InvalidEmailAddress::Empty);
        }
        let at = typed.find('@').ok_or(InvalidEmailAddress::NotOne)?;
        let (local, domain) = (&typed[..at], &typed[at + 1..]);
        if domain.contains('@') {
            return Err(InvalidEmailAddress::NotOne);
        }
        if local.len() > MAX_LOCAL || typed.len() > MAX_ADDRESS {
            return Err(InvalidEmailAddress::TooLong);
        }
        if !is_local_part(local) {
            return Err(InvalidEmailAddress::Local);
        }
        let ascii = domain_to_ascii(domain).ok_or(InvalidEmailAddress::Domain)?;
        if local.len() + 1 + ascii.len() > MAX_ADDRESS {
            return Err(InvalidEmailAddress::TooLong);
        }
        Ok(EmailAddress { typed, at })
    }

    /// The address as it was typed.
    pub fn as_str(&self) -> &str {
        &self.typed
    }

    /// The address for the mail service: the part before the `@` as typed, the domain in ASCII.
    pub fn to_ascii(&self) -> String {
        let domain =
            domain_to_ascii(self.domain()).expect("the domain was found convertible when it was parsed");
        format!("{}@{domain}", &self.typed[..self.at])
    }

    /// The address for comparing, in lower case and ASCII: two spellings of one address give the same.
    pub fn normalised(&self) -> String {
        self.to_ascii().to_ascii_lowercase()
    }

    /// The mailbox that it most likely ends in, for counting only: what follows a `+` is the owner's own label with most
    /// who run mailboxes, so that one person has as many addresses as they like.
    pub fn mailbox(&self) -> String {
        let whole = self.normalised();
        match whole.rsplit_once('@') {
            Some((local, domain)) => format!("{}@{domain}", local.split('+').next().unwrap_or(local)),
            None => whole,
        }
    }

    /// What stands after the `@`, as typed.
    pub fn domain(&self) -> &str {
        &self.typed[self.at + 1..]
    }
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.typed)
    }
}

impl fmt::Debug for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "EmailAddress({} bytes)", self.typed.len())
    }
}

parsed_text!(EmailAddress, InvalidEmailAddress);

/// Whether some later decoder could make a line break of it: percent-encoding, quoted-printable, HTML references.
fn has_encoded_line_break(text: &str) -> bool {
    const ENCODED: [&str; 10] =
        ["%0d", "%0a", "=0d", "=0a", "%250d", "%250a", "&#13", "&#10", "&#xd", "&#xa"];
    let lower = text.to_ascii_lowercase();
    ENCODED.iter().any(|encoded| lower.contains(encoded))
}

/// Atoms parted by single dots (RFC 5321's `Dot-string`).
fn is_local_part(local: &str) -> bool {
    local.split('.').all(|atom| !atom.is_empty() && atom.bytes().all(is_atom_byte))
}

fn is_atom_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+/=?^_`{|}~-".contains(&byte)
}

/// The domain in lower case and ASCII; none when it is not two labels or more of letters, digits and inner dashes.
fn domain_to_ascii(domain: &str) -> Option<String> {
    let labels =
        domain.split('.').map(|label| label_to_ascii(&label.to_lowercase())).collect::<Option<Vec<_>>>()?;
    let top = labels.last()?;
    // The last label is never all digits, which tells names from IPv4 addresses.
    if labels.len() < 2 || top.bytes().all(|byte| byte.is_ascii_digit()) {
        None
    } else {
        Some(labels.join("."))
    }
}

fn label_to_ascii(label: &str) -> Option<String> {
    let label: String = label.nfc().collect();
    let fits =
        label.chars().all(|c| c == '-' || c.is_alphanumeric() || (!c.is_ascii() && is_combining_mark(c)));
    let starts_well = !label.starts_with('-') && !label.starts_with(is_combining_mark);
    if label.is_empty() || label.ends_with('-') || !fits || !starts_well {
        return None;
    }
    punycode::label_to_ascii(&label).filter(|ascii| ascii.len() <= MAX_LABEL)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn refused(text: &str, error: InvalidEmailAddress) {
        assert_eq!(EmailAddress::parse(text), Err(error), "{text:?}");
    }

    #[test]
    fn usual_and_unusual_addresses_are_taken_as_typed() {
        for text in [
            "ana@example.com",
            "Ana.Perez+bank@Mail.Example.CO.UK",
            "o'brien_{x}=a%b@example.museum",
            "a@xn--bcher-kva.example",
            "kunde@bücher.example",
            "x@परीक्षा.example",
            "1@2.com",
        ] {
            assert_eq!(EmailAddress::parse(text).unwrap().as_str(), text);
        }
        assert_eq!(EmailAddress::parse("  ana@example.com ").unwrap().as_str(), "ana@example.com");
    }

    #[test]
    fn spellings_of_one_address_compare_equal() {
        let key = |text: &str| EmailAddress::parse(text).unwrap().normalised();
        assert_eq!(key("Ana@EXAMPLE.com"), "ana@example.com");
        assert_eq!(key("k@BÜCHER.example"), key("k@xn--bcher-kva.example"));
        assert_eq!(key("k@bu\u{308}cher.example"), key("k@bücher.example"));
        assert_eq!(
            EmailAddress::parse("Kai@Bücher.example").unwrap().to_ascii(),
            "Kai@xn--bcher-kva.example"
        );
    }

    #[test]
    fn line_breaks_and_their_encodings_are_refused() {
        for text in [
            "a@example.com\r\nBcc: b@example.com",
            "a@example.com\n",
            "a\t@example.com",
            "a@example.com\0",
            "a%0d%0aBcc:b@example.com",
            "a%0A@example.com",
            "a=0D=0ABcc@example.com",
            "a%250d@example.com",
            "a&#13;@example.com",
        ] {
            refused(text, InvalidEmailAddress::Control);
        }
    }

    #[test]
    fn what_is_not_exactly_one_address_is_refused() {
        refused(" ", InvalidEmailAddress::Empty);
        refused("ana", InvalidEmailAddress::NotOne);
        refused("a@b@example.com", InvalidEmailAddress::NotOne);
        refused("a@example.com,b@example.com", InvalidEmailAddress::NotOne);
        refused("a@example.com; ", InvalidEmailAddress::Domain);
        refused("Ana <a@example.com>", InvalidEmailAddress::Local);
        refused("<a@example.com>", InvalidEmailAddress::Local);
        refused("\"a b\"@example.com", InvalidEmailAddress::Local);
        refused("(x)a@example.com", InvalidEmailAddress::Local);
        refused("a@example.com (x)", InvalidEmailAddress::Domain);
        refused("mailto:a@example.com", InvalidEmailAddress::Local);
        refused("jörg@example.com", InvalidEmailAddress::Local);
    }

    #[test]
    fn malformed_parts_are_refused() {
        for local in ["", ".a", "a.", "a..b", "a b", "a\\b", "a,b"] {
            refused(&format!("{local}@example.com"), InvalidEmailAddress::Local);
        }
        for domain in [
            "",
            "example",
            "example.",
            ".com",
            "a..b",
            "-a.com",
            "a-.com",
            "a_b.com",
            "[127.0.0.1]",
            "127.0.0.1",
            "a.1",
            "exa mple.com",
            "a\u{200b}b.com",
            "\u{301}a.com",
            "a\u{202e}b.com",
            "localhost",
        ] {
            refused(&format!("a@{domain}"), InvalidEmailAddress::Domain);
        }
    }

    #[test]
    fn an_address_that_mail_cannot_carry_is_refused() {
        let label = "a".repeat(63);
        let longest = format!("{}@{label}.{label}.{}", "x".repeat(64), "b".repeat(61));
        assert_eq!(longest.len(), 254);
        assert!(EmailAddress::parse(&longest).is_ok());
        refused(&format!("x{longest}"), InvalidEmailAddress::TooLong);
        refused(&longest.replace('b', "bb"), InvalidEmailAddress::TooLong);
        refused(&format!("{}@example.com", "x".repeat(65)), InvalidEmailAddress::TooLong);
        refused(&format!("x@{}.com", "a".repeat(64)), InvalidEmailAddress::Domain);
        refused(&format!("x@{}.com", "ü".repeat(60)), InvalidEmailAddress::Domain);
    }

    #[test]
    fn debug_does_not_show_the_address() {
        let address = EmailAddress::parse("canary@example.com").unwrap();
        assert_eq!(format!("{address:?}"), "EmailAddress(18 bytes)");
    }

    proptest! {
        #[test]
        fn every_address_taken_is_one_line_of_ascii_for_the_mail_service(text in "\\PC{0,12}@[a-zäß.\u{300}ﬁß-]{0,12}") {
            if let Ok(address) = EmailAddress::parse(&text) {
                prop_assert!(address.to_ascii().bytes().all(|byte| byte.is_ascii_graphic()));
                prop_assert_eq!(address.to_ascii().matches('@').count(), 1);
                prop_assert_eq!(EmailAddress::parse(address.as_str()), Ok(address.clone()));
                prop_assert_eq!(EmailAddress::parse(&address.normalised()).unwrap().normalised(), address.normalised());
            }
        }
    }
}
