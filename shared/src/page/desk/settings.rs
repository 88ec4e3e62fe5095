//! The policy as a document for people: what is promised, who decides what, what there is to complain about.

mod handling;
mod lists;

use askama::Template;
use jiff::civil::Date;

use super::Frame;
use crate::{
    page::html,
    policy::{Policy, Terms},
};

/// The policy, and how earlier ones differed.
#[derive(Clone, Copy, Debug, Template)]
#[template(path = "desk/settings.html")]
pub struct SettingsPage<'a> {
    /// What surrounds the page.
    pub frame: Frame<'a>,
    /// The deployed one.
    pub policy: &'a Policy,
    /// The times of the versions before, the latest first.
    pub earlier: &'a [Terms],
    /// The date where the company is.
    pub today: Date,
}

/// A part of it.
struct Chapter {
    id: &'static str,
    title: &'static str,
    words: Option<&'static str>,
    /// Names and what holds.
    facts: Vec<(&'static str, String)>,
    grids: Vec<Grid>,
    lists: Vec<List>,
}

/// Rows, of which the first cell names each.
struct Grid {
    caption: &'static str,
    head: Vec<&'static str>,
    rows: Vec<Vec<String>>,
}

/// What is long, and rarely read.
struct List {
    title: String,
    items: Vec<String>,
}

impl SettingsPage<'_> {
    /// The page.
    pub fn render(&self) -> String {
        html(self)
    }

    fn in_force(&self) -> String {
        let Policy { effective, change, approved_by, .. } = self.policy;
        let since = if *effective <= self.today { "In force since" } else { "Comes into force on" };
        let date = effective.strftime("%-d %B %Y");
        let ended = |text: &str| if text.ends_with(['.', '!', '?']) { "" } else { "." };
        format!(
            "{since} {date}: {change}{} Approved by {approved_by}{}",
            ended(change.as_str()),
            ended(approved_by.as_str())
        )
    }

    fn chapters(&self) -> Vec<Chapter> {
        let mut chapters = handling::chapters(self.policy);
        chapters.extend(lists::chapters(self.policy));
        chapters
    }

    fn differences(&self, terms: &Terms) -> Grid {
        let of_today = self.policy.terms();
        let rows =
            terms.differences(&of_today).expect("terms are plain values under names, which JSON takes");
        let shown = |value: String| if value.is_empty() { "–".to_owned() } else { value };
        let row =
            |(name, then, now): (String, String, String)| vec![in_words(&name), shown(then), shown(now)];
        Grid {
            caption: "What differs",
            head: vec!["Setting", "Then", "Today"],
            rows: rows.into_iter().map(row).collect(),
        }
    }
}

impl Chapter {
    fn new(id: &'static str, title: &'static str) -> Chapter {
        Chapter { id, title, words: None, facts: Vec::new(), grids: Vec::new(), lists: Vec::new() }
    }

    fn say(mut self, words: &'static str) -> Chapter {
        self.words = Some(words);
        self
    }

    fn fact(mut self, name: &'static str, fact: impl ToString) -> Chapter {
        self.facts.push((name, fact.to_string()));
        self
    }

    fn grid<const N: usize>(
        mut self,
        caption: &'static str,
        head: [&'static str; N],
        rows: impl Iterator<Item = [String; N]>,
    ) -> Chapter {
        let rows = rows.map(Vec::from).collect();
        self.grids.push(Grid { caption, head: head.into(), rows });
        self
    }

    fn list(mut self, title: impl Into<String>, items: impl Iterator<Item = String>) -> Chapter {
        self.lists.push(List { title: title.into(), items: items.collect() });
        self
    }
}

/// A name of the document as people write it: `severities.normal.first_contact` as "Severities, normal, first contact".
fn in_words(name: &str) -> String {
    super::in_words(&name.replace('.', ", "))
}
