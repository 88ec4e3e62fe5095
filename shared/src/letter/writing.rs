//! A letter before it is set: its subject, heading and blocks, in the order they are read in.

use askama::Template;

use super::CustomerFacts;
use crate::{command::Outcome, letter_kind::LetterKind, policy::Company, values::visible, words};

/// A letter ready to be mailed; the text says all that the HTML says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// Which letter it is.
    pub kind: LetterKind,
    /// Fixed words and the reference, safe in a header.
    pub subject: String,
    /// As plain text.
    pub text: String,
    /// As HTML, without anything from outside.
    pub html: String,
}

/// What a letter says. Values may hold anything: they are escaped when they are set, and what steers the direction of
/// writing is made visible.
#[derive(Clone, Debug)]
pub(crate) struct Writing {
    language: &'static str,
    subject: String,
    /// What stands above everything.
    above: Option<&'static str>,
    heading: String,
    blocks: Vec<Block>,
}

#[derive(Clone, Debug)]
enum Block {
    Paragraph(String),
    /// What follows is about this.
    Subheading(String),
    /// Names and their values.
    Facts(Vec<(String, String)>),
    List(Vec<String>),
    /// What a person wrote, line by line.
    Passage(Vec<String>),
    /// What to open, and where.
    Link(String, String),
    /// Lines one below the other.
    Signature(Vec<String>),
    /// What is less important than the rest.
    Footer(String),
}

impl Writing {
    /// Begins a letter, in English. The subject is fixed words and a reference, nothing else.
    pub(super) fn new(subject: String, heading: &str) -> Writing {
        let (language, heading) = (words::english().tag, heading.to_owned());
        Writing { language, subject, above: None, heading, blocks: Vec::new() }
    }

    /// Begins what a letter to a customer says; [`addressed`](Writing::addressed) adds what all of them have.
    pub(crate) fn about(subject: &str, heading: &str) -> Writing {
        Writing::new(subject.to_owned(), heading)
    }

    /// Makes a letter to the customer of this: in their language, with the reference in its subject, greeted and signed.
    pub(super) fn addressed(mut self, facts: &CustomerFacts<'_>) -> Writing {
        let (words, company) = (facts.words(), &facts.policy.company);
        let (common, reference) = (words.letters.common, facts.complaint.reference.to_string());
        let name = facts.intake.name.as_ref().map(crate::values::Line::as_str);
        self.language = words.tag;
        self.subject = (common.subject)(&reference, &self.subject);
        self.blocks.insert(0, Block::Paragraph(shown(&(common.greeting)(name))));
        let contact = if facts.answerable {
            self.above = Some(common.above);
            (common.contact_here)(&reference)
        } else {
            (common.contact)(&reference, company.reply_to.as_str())
        };
        self.signed([common.regards.to_owned(), (common.desk)(company.name.as_str())])
            .footer(contact)
            .footer((common.link)(facts.policy.limits.link_days))
    }

    /// Makes a letter about several complaints of this: without a name, and with the subject as it is.
    pub(super) fn addressed_to_all(mut self, first: &CustomerFacts<'_>) -> Writing {
        let (words, company) = (first.words(), &first.policy.company);
        let common = words.letters.common;
        self.language = words.tag;
        self.blocks.insert(0, Block::Paragraph(shown(&(common.greeting)(None))));
        self.signed([common.regards.to_owned(), (common.desk)(company.name.as_str())])
            .footer((common.link)(first.policy.limits.link_days))
    }

    /// Adds a paragraph.
    pub(crate) fn say(self, paragraph: impl Into<String>) -> Writing {
        self.with(Block::Paragraph(shown(&paragraph.into())))
    }

    /// Adds a paragraph where that is so.
    pub(crate) fn say_if(self, is: bool, paragraph: &str) -> Writing {
        if is { self.say(paragraph) } else { self }
    }

    /// The same, where there is something to say.
    pub(crate) fn say_some(self, paragraph: Option<String>) -> Writing {
        match paragraph {
            Some(paragraph) => self.say(paragraph),
            None => self,
        }
    }

    /// Adds a heading below the main one.
    pub(crate) fn under(self, heading: &str) -> Writing {
        self.with(Block::Subheading(shown(heading)))
    }

    /// Adds names and values; those without a value are left out.
    pub(crate) fn facts<const N: usize>(self, facts: [(&str, Option<String>); N]) -> Writing {
        let facts = facts.into_iter().filter_map(|(name, value)| Some((name.to_owned(), shown(&value?))));
        self.with(Block::Facts(facts.collect()))
    }

    /// Adds a list, unless it is empty.
    pub(crate) fn list(self, entries: impl IntoIterator<Item = String>) -> Writing {
        let entries: Vec<String> = entries.into_iter().map(|entry| shown(&entry)).collect();
        if entries.is_empty() { self } else { self.with(Block::List(entries)) }
    }

    /// Adds a list with its heading, unless it is empty.
    pub(crate) fn list_under(self, heading: &str, entries: impl ExactSizeIterator<Item = String>) -> Writing {
        if entries.len() == 0 { self } else { self.under(heading).list(entries) }
    }

    /// Adds what a person wrote, if they wrote anything.
    pub(crate) fn passage(self, text: Option<&str>) -> Writing {
        match text {
            Some(text) => self.with(Block::Passage(text.lines().map(shown).collect())),
            None => self,
        }
    }

    /// Adds what we concluded, and what a person wrote to explain it.
    pub(crate) fn conclusion(self, facts: &CustomerFacts<'_>, outcome: Outcome) -> Writing {
        self.say((facts.words().letters.common.conclusion)(outcome)).passage(facts.text)
    }

    /// Adds something to open.
    pub(crate) fn link(self, words: &str, url: &str) -> Writing {
        self.with(Block::Link(words.to_owned(), url.to_owned()))
    }

    /// Adds the lines at the end.
    pub(crate) fn signed(self, lines: impl IntoIterator<Item = String>) -> Writing {
        self.with(Block::Signature(lines.into_iter().map(|line| shown(&line)).collect()))
    }

    /// Adds what is less important than the rest.
    pub(crate) fn footer(self, words: impl Into<String>) -> Writing {
        self.with(Block::Footer(shown(&words.into())))
    }

    /// Sets it in both forms.
    pub(super) fn set(self, kind: LetterKind, company: &Company) -> Letter {
        let company = shown(company.name.as_str());
        let Writing { language, subject, above, heading, blocks } = &self;
        let (blocks, company) = (blocks.as_slice(), company.as_str());
        let html = Html { language, above: *above, heading, company, blocks };
        let text = PlainText { above: *above, heading, blocks };
        let rendered = "writing to a String cannot fail, and the templates do nothing else";
        Letter {
            kind,
            subject: subject.clone(),
            text: text.render().expect(rendered),
            html: html.render().expect(rendered),
        }
    }

    fn with(mut self, block: Block) -> Writing {
        self.blocks.push(block);
        self
    }
}

fn shown(text: &str) -> String {
    visible(text).into_owned()
}

#[derive(Template)]
#[template(path = "letter/letter.html")]
struct Html<'a> {
    language: &'a str,
    above: Option<&'a str>,
    heading: &'a str,
    company: &'a str,
    blocks: &'a [Block],
}

#[derive(Template)]
#[template(path = "letter/letter.txt")]
struct PlainText<'a> {
    above: Option<&'a str>,
    heading: &'a str,
    blocks: &'a [Block],
}
