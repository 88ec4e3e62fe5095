//! What staff find complaints by beside reference and customer: the words of a name, and a phone number that was given
//! beside an e-mail address. Each is an item that is written with the complaint and holds nothing but its id, under a
//! key that nobody can read a name from.
//!
//! Which these are stands with the form as it was posted. Nothing takes the form away before they are gone, so that none
//! is left behind, whatever secret they were made under.
//!
//! A word that many have is a partition that many write to. It takes five hundred such writes a second, far more than
//! come in.

use std::collections::BTreeSet;

use aws_sdk_dynamodb::types::{AttributeValue, TransactWriteItem};

use super::{Ledger, transaction};
use crate::{
    command::Reach,
    complaint::Complaint,
    intake::Intake,
    search::{Person, name},
    shell::{
        StepError,
        keys::{self, Item, Key, get_text},
    },
    values::{ComplaintId, Digest},
};

/// The attribute of a form's item that says what its complaint is found by.
const FOUND_BY: &str = "found_by";
/// So many words are looked for together: those that say most.
const MOST_SOUGHT: usize = 3;
/// Of a word among others, so many of the last complaints are looked through.
const MOST_LOOKED_THROUGH: usize = 2_000;

/// Complaints that were found.
#[derive(Clone, Debug)]
pub struct Found {
    /// The last of them, the last first.
    pub complaints: Vec<Complaint>,
    /// Whether there may be more.
    pub more: bool,
}

/// Some complaints by their ids, the last first.
struct Places {
    ids: Vec<ComplaintId>,
    more: bool,
}

impl Ledger<'_> {
    /// What the complaint of this form is found by, under a key: each word of its customer's name, and of whom it is
    /// made for; and their number, where that is not what their customer is known by.
    pub(super) fn found_by(self, intake: &Intake) -> Result<BTreeSet<Digest>, StepError> {
        let names = [&intake.name, &intake.on_behalf_of].into_iter().flatten();
        let words = names.flat_map(|name| name::words(name.as_str())).map(|word| self.named(&[word]));
        let phone = intake.phone.as_ref().filter(|_| intake.email.is_some());
        let phone = phone.map(|phone| self.customer_called(&phone.normalised()));
        words.chain(phone).collect()
    }

    /// The writes that let a complaint be found so.
    pub(super) fn found_writes(
        self,
        id: ComplaintId,
        found_by: &BTreeSet<Digest>,
    ) -> Result<Vec<TransactWriteItem>, StepError> {
        let table = self.table()?;
        found_by.iter().map(|sought| transaction::put(table, keys::found_by(sought, id).item())).collect()
    }

    /// Whom somebody looks for, under a key.
    pub fn sought(self, person: &Person) -> Result<Digest, StepError> {
        match person {
            Person::Written(person) | Person::Called(person) => self.customer_called(person),
            Person::Named(words) => self.named(words),
        }
    }

    /// The last complaints of a person, the last first, at most `most`. Whose data was taken away is not found by it.
    pub async fn last_of_person(self, person: &Person, most: usize) -> Result<Found, StepError> {
        let places = match person {
            Person::Written(address) => self.of_customer(self.customer_called(address)?, most).await?,
            Person::Called(number) => {
                let called = self.customer_called(number)?;
                let (own, beside) =
                    (self.of_customer(called, most).await?, self.places(&called, most).await?);
                Places { ids: [own.ids, beside.ids].concat(), more: own.more || beside.more }
            }
            Person::Named(words) => self.of_name(words, most).await?,
        };
        let Places { mut ids, more } = places;
        ids.sort_by(|a, b| b.cmp(a));
        ids.dedup();
        let more = more || ids.len() > most;
        ids.truncate(most);
        let mut complaints = self.load_all(&ids).await?;
        complaints.retain(|complaint| complaint.reach != Reach::Restricted);
        complaints.sort_by_key(|complaint| std::cmp::Reverse((complaint.received_at, complaint.id)));
        Ok(Found { complaints, more })
    }

    async fn of_customer(self, customer: Digest, most: usize) -> Result<Places, StepError> {
        let last = self.last_of(&crate::together::Group::OfCustomer(customer), as_limit(most)).await?;
        let ids: Vec<ComplaintId> = last.iter().map(|beside| beside.complaint).collect();
        Ok(Places { more: ids.len() > most, ids })
    }

    /// Those that have all of these words in a name.
    async fn of_name(self, words: &[String], most: usize) -> Result<Places, StepError> {
        let mut words: Vec<&String> = words.iter().collect();
        words.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
        words.truncate(MOST_SOUGHT);
        if let [word] = words.as_slice() {
            return self.places(&self.named(&[*word])?, most).await;
        }
        let mut common: Option<Places> = None;
        for word in words {
            let of_word = self.places(&self.named(&[word])?, MOST_LOOKED_THROUGH).await?;
            common = Some(match common {
                None => of_word,
                Some(before) => before.also_in(&of_word),
            });
        }
        Ok(common.unwrap_or(Places { ids: Vec::new(), more: false }))
    }

    /// The last complaints that are found by this, and whether there are more than so many.
    async fn places(self, sought: &Digest, most: usize) -> Result<Places, StepError> {
        let items = self.last_items(&keys::all_found_by(sought), as_limit(most)).await?;
        let ids: Vec<ComplaintId> = items.iter().filter_map(complaint_in).collect();
        Ok(Places { more: ids.len() > most, ids })
    }

    /// These words of a name, in whatever order, under a key.
    fn named(self, words: &[impl AsRef<str>]) -> Result<Digest, StepError> {
        let words: BTreeSet<&str> = words.iter().map(AsRef::as_ref).collect();
        let words = words.into_iter().collect::<Vec<_>>().join(" ");
        Ok(Digest::keyed(self.shell.config.link_secret()?.bytes(), format!("name {words}").as_bytes()))
    }

    /// Lets a complaint no longer be found by what its customer told. Before their form is removed, which says by what.
    pub(super) async fn remove_from_found(self, id: ComplaintId) -> Result<(), StepError> {
        self.remove_all(&self.keys_found_by(id).await?).await
    }

    /// The keys of what a complaint is found by; none once its form is gone.
    pub(super) async fn keys_found_by(self, id: ComplaintId) -> Result<Vec<Key>, StepError> {
        let key = keys::intake(id);
        let form = self.get(&key).await?.unwrap_or_default();
        Ok(found_in(&form, &key)?.iter().map(|sought| keys::found_by(sought, id)).collect())
    }
}

impl Places {
    /// Those that are in both.
    fn also_in(self, other: &Places) -> Places {
        let others: BTreeSet<ComplaintId> = other.ids.iter().copied().collect();
        let mut ids = self.ids;
        ids.retain(|id| others.contains(id));
        Places { ids, more: self.more || other.more }
    }
}

/// Notes with a form what its complaint is found by.
pub(super) fn note_found_by(form: &mut Item, found_by: &BTreeSet<Digest>) {
    if !found_by.is_empty() {
        let found_by = found_by.iter().map(ToString::to_string).collect();
        form.insert(FOUND_BY.to_owned(), AttributeValue::Ss(found_by));
    }
}

/// What the complaint of this form is found by.
pub(super) fn found_in(form: &Item, key: &Key) -> Result<BTreeSet<Digest>, StepError> {
    let found_by = form.get(FOUND_BY).and_then(|by| by.as_ss().ok()).into_iter().flatten();
    found_by
        .map(|sought| {
            Digest::parse(sought).map_err(|error| StepError::give_up("read", key.to_string(), error))
        })
        .collect()
}

/// The complaint whose place this is.
pub(super) fn complaint_in(place: &Item) -> Option<ComplaintId> {
    ComplaintId::parse(get_text(place, "sk")?).ok()
}

/// One more than are wanted, which tells whether there are more.
fn as_limit(most: usize) -> i32 {
    i32::try_from(most).unwrap_or(i32::MAX).saturating_add(1)
}
