//! The customer's pages, rendered here, without script: HTML for the form, the private page, and for everything that
//! can go wrong between them. Each template is written once; the words come from the reader's language. The staff's
//! pages are in [`desk`].

mod brand;
mod department;
pub mod desk;
mod error;
mod files;
mod form;
mod language;
mod link;
mod my;
mod not_me;
mod retyped;
mod way;

use askama::Template;

use crate::{
    policy::{Logo, Policy},
    problem::Problem,
    words::Words,
};

pub(crate) use brand::faint;
pub use brand::style;
pub use department::{ConsultationOver, Consulted};
pub use error::{Failure, Sent};
pub use files::Files;
pub use form::{Form, Place, Thanks};
pub use language::language;
pub use link::{Closed, ExpiredLink, LinkSent, OpenLink};
pub use my::{Answered, Given, My};
pub use not_me::{Disowned, NotMe};
pub use way::{Tell, Way};

/// The one stylesheet, but for the company's own colours: [`style`] is what is served as `/style.css`.
const STYLE: &str = include_str!("../assets/style.css");

/// The script of the form, where the policy asks for [proof of work](crate::proof).
pub const PROOF_SCRIPT: &str = include_str!("../assets/proof.js");

/// The script that puts the form into a page of the company's own site.
pub const EMBED_SCRIPT: &str = include_str!("../assets/embed.js");

/// The script of the desk: keys for who works there all day.
pub const DESK_SCRIPT: &str = include_str!("../assets/desk.js");

/// What surrounds every page.
#[derive(Clone, Copy, Debug)]
pub struct Frame<'a> {
    /// The company.
    pub brand: &'a str,
    /// What is shown in place of its name.
    pub logo: Option<&'a Logo>,
    /// Where a person answers.
    pub contact: &'a str,
    /// The words of the reader's language.
    pub words: &'static Words,
}

impl<'a> Frame<'a> {
    /// The frame of a policy's company, in a language.
    pub fn of(policy: &'a Policy, words: &'static Words) -> Frame<'a> {
        let company = &policy.company;
        let (brand, contact) = (company.name.as_str(), company.reply_to.as_str());
        Frame { brand, logo: company.logo.as_ref(), contact, words }
    }
}

/// A problem as a page of the policy's company, in a language; `sent` is what it answers, if it came from a private page.
pub fn problem(policy: &Policy, problem: &Problem, words: &'static Words, sent: Option<&Sent<'_>>) -> String {
    Failure { frame: Frame::of(policy, words), problem, sent }.render()
}

fn html(page: &impl Template) -> String {
    page.render().expect("a template fails only where writing to it does, and a String takes everything")
}

#[cfg(test)]
mod tests;
