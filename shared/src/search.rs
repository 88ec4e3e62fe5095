//! What staff enter to find complaints again: a reference, how their customer is reached, or the customer's name.

pub mod name;

use crate::values::{EmailAddress, Phone, Reference};

/// What was entered. Nine digits can be a reference and a number to call, nine letters a reference and a name.
#[derive(Clone, PartialEq, Eq)]
pub struct Sought {
    /// The reference that it is.
    pub reference: Option<Reference>,
    /// Whom it says.
    pub person: Option<Person>,
}

/// Who is looked for, as they are compared.
#[derive(Clone, PartialEq, Eq)]
pub enum Person {
    /// Who has this e-mail address.
    Written(String),
    /// Who is called by this phone number.
    Called(String),
    /// Who has all of these words in their name; at least one.
    Named(Vec<String>),
}

impl Sought {
    /// Reads what was entered; none where it is nothing that there is to find.
    pub fn parse(text: &str) -> Option<Sought> {
        let text = text.trim();
        let reference = Reference::parse(text).ok();
        let email = EmailAddress::parse(text).ok().map(|email| Person::Written(email.normalised()));
        let phone = || Phone::parse(text).ok().map(|phone| Person::Called(phone.normalised()));
        let person = email.or_else(phone).or_else(|| named(text));
        (reference.is_some() || person.is_some()).then_some(Sought { reference, person })
    }
}

/// What has digits is a reference that was not read well, and what has an "@" an address.
fn named(text: &str) -> Option<Person> {
    let words = if text.contains(|letter: char| letter == '@' || letter.is_numeric()) {
        Vec::new()
    } else {
        name::words(text)
    };
    (!words.is_empty()).then_some(Person::Named(words))
}

impl std::fmt::Debug for Sought {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Sought { reference, person } = self;
        write!(f, "Sought({reference:?}, {person:?})")
    }
}

impl std::fmt::Debug for Person {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Person::Written(_) => f.write_str("by an address"),
            Person::Called(_) => f.write_str("by a number"),
            Person::Named(words) => write!(f, "by {} words", words.len()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_addresses_numbers_and_names_are_told_apart() {
        let of = |text: &str| Sought::parse(text).map(|it| (it.reference.is_some(), it.person));
        assert_eq!(of(" 28t5cy01j "), Some((true, None)));
        let ann = Person::Written("ann@example.com".to_owned());
        assert_eq!(of("Ann@Example.com"), Some((false, Some(ann))));
        let called = Person::Called("+442079460123".to_owned());
        assert_eq!(of("+44 (20) 7946-0123"), Some((false, Some(called))));
        let named = Person::Named(vec!["ann".to_owned(), "obrien".to_owned()]);
        assert_eq!(of("Ann O'Brien"), Some((false, Some(named))));
        for nothing in ["", "-", "A.", "Mr.", "ann@", "28T-5CY-01K", "<>"] {
            assert_eq!(of(nothing), None, "{nothing:?}");
        }
    }

    #[test]
    fn who_is_sought_is_told_to_no_log() {
        for text in ["ann@example.com", "Ann Lee"] {
            let told = format!("{:?}", Sought::parse(text)).to_lowercase();
            assert!(!told.contains("ann") && !told.contains("lee"), "{told}");
        }
    }
}
