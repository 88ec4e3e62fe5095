//! Triage help: what a complaint seems to be about and how severe it seems, read from its text. It suggests, with the
//! words that it goes by; a person decides.
//!
//! Category, sub-category and severity go by the keywords of the policy, the product by a small model of which words
//! are usual with which product. Keywords raise the severity and never lower it. Nobody understands the text: what is
//! denied or told of others counts as much as what happened, and keywords are found in their own language only.

mod find;
mod keyword;
pub mod likeness;
pub mod product;
mod sign;
mod words;

use serde::Serialize;

use crate::intake::Intake;
use crate::policy::Policy;
use crate::values::{Line, Severity, Text};

use find::{Found, Search};
use product::Model;
use words::Words;

pub use keyword::{InvalidKeyword, Keyword};
pub use sign::{Sign, UnknownSign};

/// How many of the words found are named for one suggestion.
const MOST_REASONS: usize = 5;

/// What a text suggests.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Suggestion {
    /// The key of a category of the policy; none where no keyword of any stands in the text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub category: Option<Suggested<String>>,
    /// The key of one of its sub-categories, where one has more for it than each other.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sub_category: Option<Suggested<String>>,
    /// At least normal: that something is small is for a person to say.
    pub severity: Suggested<Severity>,
    /// One of the policy's products: what the customer chose, or else what the text is clearly about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub product: Option<Suggested<String>>,
    /// What is worth knowing before anybody answers.
    pub flags: Vec<Suggested<Sign>>,
}

/// Something suggested, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Suggested<T> {
    /// What.
    pub value: T,
    /// Why, in words.
    pub because: Vec<String>,
    /// The words found, as they stand in the text.
    pub words: Vec<String>,
}

/// What a category's keywords stand for: its place in the policy, and that of a sub-category where they are its own.
type Place = (usize, Option<usize>);

/// Reads the customer's text. `product` is what they chose or wrote as their product.
pub fn suggest(text: &str, product: Option<&str>, policy: &Policy) -> Suggestion {
    let words = Words::of(text);
    let signs = Search::of(
        policy.triage.iter().flat_map(|(sign, keywords)| keywords.iter().map(|keyword| (*sign, keyword))),
    );
    let signs = signs.first(&words);
    let (category, sub_category) = categories(&words, policy);
    Suggestion {
        category,
        sub_category,
        severity: severity(&signs),
        product: about(&words, product, policy),
        flags: flags(&signs),
    }
}

impl Suggestion {
    /// Reads all that a customer wrote in their own words.
    pub fn of(intake: &Intake, policy: &Policy) -> Suggestion {
        let more = [&intake.people_involved, &intake.remedy_wanted, &intake.needs];
        let texts =
            std::iter::once(intake.description.as_str()).chain(more.into_iter().flatten().map(Text::as_str));
        // Nothing is found across a blank line.
        let text = texts.collect::<Vec<_>>().join("\n\n");
        suggest(&text, intake.product.as_ref().map(Line::as_str), policy)
    }
}

fn severity(signs: &[Found<'_, Sign>]) -> Suggested<Severity> {
    let least = |found: &Found<'_, Sign>| found.of.severity();
    let value = signs.iter().filter_map(least).fold(Severity::Normal, Severity::max);
    let telling: Vec<_> = signs.iter().filter(|found| least(found) == Some(value)).copied().collect();
    let because = reasons(&telling);
    let because = if because.is_empty() { vec!["no word in it asks for more".to_owned()] } else { because };
    Suggested { value, because, words: named(&telling) }
}

fn flags(signs: &[Found<'_, Sign>]) -> Vec<Suggested<Sign>> {
    let flag = |sign: Sign| {
        let of_sign: Vec<_> = signs.iter().filter(|found| found.of == sign).copied().collect();
        (!of_sign.is_empty()).then(|| Suggested {
            value: sign,
            because: reasons(&of_sign),
            words: named(&of_sign),
        })
    };
    Sign::ALL.into_iter().filter(|sign| sign.is_flag()).filter_map(flag).collect()
}

/// One reason for each sign, with its words.
fn reasons(signs: &[Found<'_, Sign>]) -> Vec<String> {
    let reason = |sign: Sign| {
        let of_sign: Vec<_> = signs.iter().filter(|found| found.of == sign).copied().collect();
        (!of_sign.is_empty()).then(|| format!("{}: {}", sign.words(), quoted(&named(&of_sign))))
    };
    Sign::ALL.into_iter().filter_map(reason).collect()
}

fn categories(words: &Words<'_>, policy: &Policy) -> (Option<Suggested<String>>, Option<Suggested<String>>) {
    let keywords = policy.categories.iter().enumerate().flat_map(|(place, category)| {
        let own = category.keywords.iter().map(move |keyword| ((place, None), keyword));
        let of_subs = category.sub_categories.iter().enumerate().flat_map(move |(sub, sub_category)| {
            sub_category.keywords.iter().map(move |keyword| ((place, Some(sub)), keyword))
        });
        own.chain(of_subs)
    });
    let found = Search::<Place>::of(keywords).first(words);
    let Some((place, of_category)) = strongest(&found, |of| Some(of.0)).into_iter().next() else {
        return (None, None);
    };
    let category = &policy.categories[place];
    let subs = strongest(&of_category, |of| of.1);
    let is_sure =
        |subs: &[(usize, Vec<_>)]| subs.get(1).is_none_or(|rival| weight(&rival.1) < weight(&subs[0].1));
    let sub = subs.first().filter(|_| is_sure(&subs));
    let suggested = |value: &str, name: &str, found: &[Found<'_, Place>]| Suggested {
        value: value.to_owned(),
        because: vec![format!("{name}: {}", quoted(&named(found)))],
        words: named(found),
    };
    (
        Some(suggested(&category.key, category.name.as_str(), &of_category)),
        sub.map(|(sub, found)| {
            let sub = &category.sub_categories[*sub];
            suggested(&sub.key, sub.name.as_str(), found)
        }),
    )
}

/// What was found, put together by what it stands for: the weightiest first, of two alike the one that is written of
/// first.
fn strongest<'t>(
    found: &[Found<'t, Place>],
    of: impl Fn(Place) -> Option<usize>,
) -> Vec<(usize, Vec<Found<'t, Place>>)> {
    let mut grouped = std::collections::BTreeMap::<usize, Vec<Found<'t, Place>>>::new();
    for one in found {
        if let Some(place) = of(one.of) {
            grouped.entry(place).or_default().push(*one);
        }
    }
    let mut groups: Vec<_> = grouped.into_iter().collect();
    let earliest = |found: &[Found<'_, Place>]| found.iter().map(|one| one.at).min();
    groups.sort_by_key(|(place, found)| (std::cmp::Reverse(weight(found)), earliest(found), *place));
    groups
}

/// A phrase says more than a word.
fn weight(found: &[Found<'_, Place>]) -> usize {
    found.iter().map(|one| one.length).sum()
}

fn about(words: &Words<'_>, chosen: Option<&str>, policy: &Policy) -> Option<Suggested<String>> {
    let reading = Model::shipped().read_words(words, |product| policy.product(product).is_some());
    let reading = reading.filter(|reading| reading.is_sure);
    let found = reading.as_ref().map(|reading| distinct(reading.words.iter().copied())).unwrap_or_default();
    let read = reading.and_then(|reading| policy.product(reading.product));
    let usual = |product: &str| format!("usual in complaints about {product}: {}", quoted(&found));
    let chosen = chosen.and_then(|chosen| policy.product(chosen));
    let (value, because) = match (chosen, read) {
        (Some(chosen), Some(read)) if chosen != read => (
            chosen,
            vec!["the customer chose it".to_owned(), format!("but there are words {}", usual(read.as_str()))],
        ),
        (Some(chosen), Some(_)) => {
            (chosen, vec!["the customer chose it".to_owned(), format!("words {}", usual(chosen.as_str()))])
        }
        (Some(chosen), None) => (chosen, vec!["the customer chose it".to_owned()]),
        (None, read) => {
            let read = read?;
            (read, vec![format!("words {}", usual(read.as_str()))])
        }
    };
    Some(Suggested { value: value.as_str().to_owned(), because, words: found })
}

/// The words found, in the order of the text.
fn named<K: Copy>(found: &[Found<'_, K>]) -> Vec<String> {
    let mut found = found.to_vec();
    found.sort_by_key(|one| (one.at, one.length));
    distinct(found.iter().map(|one| one.excerpt))
}

/// The first few that no other says too: beside "credit card" there is no need for "card".
fn distinct<'t>(excerpts: impl Iterator<Item = &'t str>) -> Vec<String> {
    let listed: Vec<_> =
        excerpts.take(4 * MOST_REASONS).map(|excerpt| (excerpt, excerpt.to_lowercase())).collect();
    let is_said = |at: usize, folded: &str| {
        let others = listed.iter().enumerate().filter(|(other, _)| *other != at);
        let mut others = others.map(|(other, (_, folded))| (other, folded));
        others.any(|(other, longer)| longer.contains(folded) && (longer != folded || other < at))
    };
    let kept = listed.iter().enumerate().filter(|(at, (_, folded))| !is_said(*at, folded));
    kept.take(MOST_REASONS).map(|(_, (excerpt, _))| (*excerpt).to_owned()).collect()
}

fn quoted(words: &[String]) -> String {
    words.iter().map(|word| format!("“{word}”")).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests;
