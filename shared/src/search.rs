//! What staff enter to find complaints again: a reference, or how their customer is reached.

use crate::values::{EmailAddress, Phone, Reference};

/// What was entered. Nine digits can be a reference and a number to call.
#[derive(Clone, PartialEq, Eq)]
pub struct Sought {
    /// The reference that it is.
    pub reference: Option<Reference>,
    /// The e-mail address or phone number that it is, as they are compared.
    pub person: Option<String>,
}

impl Sought {
    /// Reads what was entered; none where it is nothing that there is to find.
    pub fn parse(text: &str) -> Option<Sought> {
        let text = text.trim();
        let reference = Reference::parse(text).ok();
        let email = EmailAddress::parse(text).ok().map(|email| email.normalised());
        let phone = || Phone::parse(text).ok().map(|phone| phone.normalised());
        let person = email.or_else(phone);
        (reference.is_some() || person.is_some()).then_some(Sought { reference, person })
    }
}

impl std::fmt::Debug for Sought {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Sought { reference, person } = self;
        write!(f, "Sought({reference:?}, a person: {})", person.is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_addresses_and_numbers_are_told_apart() {
        let of = |text: &str| Sought::parse(text).map(|it| (it.reference.is_some(), it.person));
        assert_eq!(of(" 28t5cy01j "), Some((true, None)));
        assert_eq!(of("Ann@Example.com"), Some((false, Some("ann@example.com".to_owned()))));
        assert_eq!(of("+44 (20) 7946-0123"), Some((false, Some("+442079460123".to_owned()))));
        assert_eq!(of("Ann"), None);
        assert_eq!(of(""), None);
    }

    #[test]
    fn who_is_sought_is_told_to_no_log() {
        let sought = Sought::parse("ann@example.com");
        assert!(!format!("{sought:?}").contains("ann"));
    }
}
