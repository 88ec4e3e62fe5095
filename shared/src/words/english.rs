//! English, in which staff and programs are answered too.

mod letter;
mod page;
mod view;

use super::{Said, Words};
use crate::problem::Kind;

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
    not_me: page::NOT_ME,
    department: page::DEPARTMENT,
    my: page::MY,
    files: page::FILES,
    ways: page::WAYS,
    answered: page::ANSWERED,
    failure: page::FAILURE,
    // Problems and what is wrong with fields are made in English, for programs.
    problem: |problem| {
        match problem.kind {
        // Programs are told the stage's name, and what is allowed.
        Kind::IllegalTransition => Said {
            title: problem.title.clone(),
            detail: "This is not possible as your complaint stands now. Your page says how it stands, and what you \
                     can do."
                .to_owned(),
        },
        _ => Said { title: problem.title.clone(), detail: problem.detail.clone() },
    }
    },
    wrong: |error| error.detail.clone(),
    view: view::VIEW,
    letters: letter::LETTERS,
};
