//! English, in which staff and programs are answered too.

mod letter;
mod page;
mod view;

use super::{Said, Words};

pub(super) static WORDS: Words = Words {
    tag: "en",
    own_name: "English",
    day: |date| date.strftime("%A %-d %B %Y").to_string(),
    plain_day: |date| date.strftime("%-d %B %Y").to_string(),
    time: |time| time.strftime("%A %-d %B %Y, %H:%M").to_string(),
    amount: |amount| amount.to_string(),
    frame: page::FRAME,
    form: page::FORM,
    thanks: page::THANKS,
    link: page::LINK,
    my: page::MY,
    answered: page::ANSWERED,
    failure: page::FAILURE,
    // Problems and what is wrong with fields are made in English, for programs.
    problem: |problem| Said { title: problem.title.clone(), detail: problem.detail.clone() },
    wrong: |error| error.detail.clone(),
    view: view::VIEW,
    letters: letter::LETTERS,
};
