//! Other complaints that are like one which nobody has triaged yet: its customer's, and those whose texts are alike.

use serde::Serialize;

use crate::{
    triage::likeness::{ALIKE, Gist},
    values::{ComplaintId, Reference},
};

/// So many are shown of each sort.
const MOST_SHOWN: usize = 5;
/// So many common terms are named.
const MOST_WORDS: usize = 5;

/// What another complaint has in common with this one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Alike {
    /// Its id.
    pub id: ComplaintId,
    /// What people say on the phone.
    pub reference: Reference,
    /// Whether it is the same customer's.
    pub same_customer: bool,
    /// How much the texts have in common, in hundredths of what either says.
    pub likeness: u8,
    /// Why, in words.
    pub because: Vec<String>,
}

/// Another complaint, before it is known whether it is still there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Which.
    pub complaint: ComplaintId,
    same_customer: bool,
    likeness: u8,
    because: Vec<String>,
}

impl Candidate {
    /// The last of the same customer, whatever they are about.
    pub fn of_customer<'g>(
        own: &Gist,
        others: impl IntoIterator<Item = (ComplaintId, &'g Gist)>,
    ) -> Vec<Candidate> {
        let others = others.into_iter().take(MOST_SHOWN);
        others.map(|(complaint, gist)| Candidate::new(complaint, own, gist, true)).collect()
    }

    /// Those whose texts are alike, the most alike first.
    pub fn alike<'g>(
        own: &Gist,
        others: impl IntoIterator<Item = (ComplaintId, &'g Gist)>,
    ) -> Vec<Candidate> {
        let others = others.into_iter().map(|(complaint, gist)| Candidate::new(complaint, own, gist, false));
        let mut alike: Vec<Candidate> = others.filter(|other| other.likeness >= ALIKE).collect();
        alike.sort_by_key(|other| std::cmp::Reverse(other.likeness));
        alike.truncate(MOST_SHOWN);
        alike
    }

    fn new(complaint: ComplaintId, own: &Gist, gist: &Gist, same_customer: bool) -> Candidate {
        let customer = same_customer.then(|| "the same customer".to_owned());
        let words: Vec<&str> = own.common(gist).take(MOST_WORDS).collect();
        let words = (!words.is_empty()).then(|| format!("words in common: {}", words.join(", ")));
        let because = customer.into_iter().chain(words).collect();
        Candidate { complaint, same_customer, likeness: own.likeness(gist), because }
    }

    /// As staff see it.
    pub fn called(self, reference: Reference) -> Alike {
        let Candidate { complaint, same_customer, likeness, because } = self;
        Alike { id: complaint, reference, same_customer, likeness, because }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(number: u8) -> ComplaintId {
        ComplaintId::from_parts(jiff::Timestamp::UNIX_EPOCH, [number; 10])
    }

    #[test]
    fn the_most_alike_come_first_and_what_is_not_alike_is_left_out() {
        let own = Gist::of("The mortgage servicer charged a late fee on my escrow payment.");
        let near = Gist::of("My mortgage servicer charged me a late fee for the escrow payment again.");
        let far = Gist::of("A debt collector keeps calling me about a debt.");
        let others = [(id(1), &far), (id(2), &near), (id(3), &own)];
        let alike = Candidate::alike(&own, others);
        assert_eq!(alike.iter().map(|other| other.complaint).collect::<Vec<_>>(), [id(3), id(2)]);
        assert_eq!(alike[0].likeness, 100);
        assert!(alike[1].because[0].starts_with("words in common: "), "{:?}", alike[1].because);
    }

    #[test]
    fn those_of_the_same_customer_are_shown_whatever_they_are_about_and_only_the_first_few() {
        let (own, none) = (Gist::of("A late fee on my mortgage."), Gist::default());
        let others: Vec<_> = (1..=9).map(|number| (id(number), &none)).collect();
        let shown = Candidate::of_customer(&own, others);
        assert_eq!(shown.len(), MOST_SHOWN);
        assert_eq!(shown[0].because, ["the same customer"]);
    }
}
