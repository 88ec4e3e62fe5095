//! What customers read, in each language: the words of the pages, and one file a letter.
//!
//! Every language fills the same table, so that one that lacks something does not compile, and templates are written
//! once. A further language is a folder beside `english` and `german`, and its line in [`ALL`].
//!
//! Programs and staff are answered in English.

mod english;
mod german;
mod page;
mod problem;
mod view;

use jiff::{
    Timestamp,
    civil::{Date, DateTime, Time},
    tz::TimeZone,
};

use crate::{
    fields::FieldError,
    letter::Letters,
    problem::Problem,
    values::{Language, Money},
    view::Promised,
};

pub(crate) use page::{
    Answered, Department, Failure, Field, Files, Form, Frame, Link, My, NotMe, Sentence, Thanks, Way, Ways,
};
pub use problem::Said;
pub(crate) use view::{History, Next, Promises, View};

/// Who has time until then has the whole day.
const LAST_SECOND: Time = Time::constant(23, 59, 59, 0);

/// All that customers read, in one language.
#[derive(Clone, Copy, Debug)]
pub struct Words {
    /// The language's tag: `en`.
    pub tag: &'static str,
    /// What those who speak it call it.
    pub(crate) own_name: &'static str,
    /// `Tuesday 31 March 2026`
    pub(crate) day: fn(Date) -> String,
    /// A day without its weekday, `31 March 2026`.
    pub(crate) plain_day: fn(Date) -> String,
    /// `Tuesday 31 March 2026, 17:00`
    pub(crate) time: fn(DateTime) -> String,
    pub(crate) amount: fn(Money) -> String,
    pub(crate) frame: Frame,
    pub(crate) form: Form,
    pub(crate) thanks: Thanks,
    pub(crate) link: Link,
    pub(crate) not_me: NotMe,
    pub(crate) department: Department,
    pub(crate) my: My,
    pub(crate) files: Files,
    pub(crate) ways: Ways,
    pub(crate) answered: Answered,
    pub(crate) failure: Failure,
    pub(crate) problem: fn(&Problem) -> Said,
    /// What is wrong with a field, as a sentence.
    pub(crate) wrong: fn(&FieldError) -> String,
    pub(crate) view: View,
    pub(crate) letters: Letters,
}

/// All languages; the first is read by those whose own is none of them.
pub static ALL: [&Words; 2] = [&english::WORDS, &german::WORDS];

/// The words of a language; English for one that has none.
pub fn of(language: Language) -> &'static Words {
    ALL.into_iter().find(|words| words.tag == language.as_str()).unwrap_or(ALL[0])
}

/// Whether there are words of this language.
pub fn has(language: Language) -> bool {
    of(language).tag == language.as_str()
}

/// The words that staff read.
pub(crate) fn english() -> &'static Words {
    &english::WORDS
}

impl Words {
    /// What a problem is called, and what to do about it.
    pub fn problem(&self, problem: &Problem) -> Said {
        (self.problem)(problem)
    }

    /// What is said when somebody went back to a form that was taken in, and wrote something else: people know
    /// nothing of keys.
    pub fn sent_before(&self) -> Said {
        Said { title: self.form.sent_before.to_owned(), detail: self.form.sent_before_detail.to_owned() }
    }

    /// A day where the company is.
    pub(crate) fn day_at(&self, at: Timestamp, zone: &TimeZone) -> String {
        (self.day)(at.to_zoned(zone.clone()).date())
    }

    /// A time until which somebody has time, where the company is: the day alone, where the whole of it is theirs.
    pub(crate) fn until_at(&self, at: Timestamp, zone: &TimeZone) -> String {
        let wall = zone.to_datetime(at);
        if wall.time() == LAST_SECOND { (self.day)(wall.date()) } else { (self.time)(wall) }
    }

    /// A promise's date: of ours the day, of theirs how long they have.
    pub(crate) fn promised_by(&self, promise: &Promised, zone: &TimeZone) -> String {
        if promise.theirs { self.until_at(promise.by, zone) } else { self.day_at(promise.by, zone) }
    }

    /// A time where the company is.
    pub(crate) fn time_at(&self, at: Timestamp, zone: &TimeZone) -> String {
        (self.time)(at.to_zoned(zone.clone()).datetime())
    }
}

#[cfg(test)]
pub(crate) mod tests;
