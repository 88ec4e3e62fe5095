//! What several letters say of dates, remedies and levels, in the reader's language and on the company's calendar.

use jiff::{Timestamp, civil::Date};

use crate::{
    command::{Offer, RemedyKind},
    complaint::Remedy,
    policy::Policy,
    values::Money,
    words::Words,
};

/// A language and the company's calendar.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Phrases<'a> {
    /// The policy that the complaint is handled under.
    pub(crate) policy: &'a Policy,
    /// The reader's language.
    pub(crate) words: &'static Words,
}

impl Phrases<'_> {
    /// A date as the company's wall shows it.
    pub(crate) fn day(self, at: Timestamp) -> String {
        self.date(self.policy.calendar.date(at))
    }

    /// Until when a customer has time.
    pub(crate) fn until(self, at: Timestamp) -> String {
        self.words.until_at(at, self.policy.calendar.zone())
    }

    /// A date in words.
    pub(crate) fn date(self, date: Date) -> String {
        (self.words.day)(date)
    }

    /// A remedy that is offered, with its date.
    pub(crate) fn offered(self, offer: &Offer) -> String {
        let what = self.what(offer.kind, offer.amount);
        (self.words.letters.common.by)(&what, &self.day(offer.promised_by))
    }

    /// A remedy that is promised, with its date.
    pub(crate) fn promised(self, remedy: &Remedy) -> String {
        let what = self.what(remedy.kind, remedy.amount);
        (self.words.letters.common.by)(&what, &self.day(remedy.promised_by))
    }

    /// A remedy that was carried out, with the day, or that it was not.
    pub(crate) fn done(self, remedy: &Remedy) -> String {
        let what = self.what(remedy.kind, remedy.amount);
        match remedy.done_at {
            Some(at) => (self.words.letters.common.on)(&what, &self.day(at)),
            None if remedy.dropped_at.is_some() => (self.words.letters.common.dropped)(&what),
            None => what,
        }
    }

    pub(crate) fn what(self, kind: RemedyKind, amount: Option<Money>) -> String {
        let words = (self.words.letters.common.remedy)(kind);
        match amount {
            Some(amount) => format!("{words} ({})", (self.words.amount)(amount)),
            None => words.to_owned(),
        }
    }
}
