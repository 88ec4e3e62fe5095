//! Looks for many keywords in one walk over a text.

use std::collections::HashMap;

use super::keyword::{Keyword, start};
use super::words::Words;

/// Keywords of several lists, each list known by what it stands for.
pub(super) struct Search<'p, K> {
    listed: Vec<(K, &'p Keyword)>,
    /// Places in `listed`, by how the keyword starts.
    by_start: HashMap<&'p str, Vec<usize>>,
}

/// A keyword that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Found<'t, K> {
    /// What its list stands for.
    pub(super) of: K,
    /// Which word of the text it starts at.
    pub(super) at: usize,
    /// How many words it has.
    pub(super) length: usize,
    /// As it stands in the text.
    pub(super) excerpt: &'t str,
}

impl<'p, K: Copy> Search<'p, K> {
    pub(super) fn of(keywords: impl Iterator<Item = (K, &'p Keyword)>) -> Search<'p, K> {
        let listed: Vec<_> = keywords.collect();
        let mut by_start = HashMap::<_, Vec<usize>>::new();
        for (place, (_, keyword)) in listed.iter().enumerate() {
            by_start.entry(keyword.start()).or_default().push(place);
        }
        Search { listed, by_start }
    }

    /// Where each keyword stands first, in the order of the lists.
    pub(super) fn first<'t>(&self, words: &Words<'t>) -> Vec<Found<'t, K>> {
        let mut first = vec![None; self.listed.len()];
        for at in 0..words.len() {
            let word = words.get(at).unwrap_or_default();
            for &place in self.by_start.get(start(word)).into_iter().flatten() {
                if first[place].is_none() && self.listed[place].1.stands_at(words, at) {
                    first[place] = Some(at);
                }
            }
        }
        let found = self.listed.iter().zip(first).filter_map(|((of, keyword), at)| {
            let (at, length) = (at?, keyword.len());
            Some(Found { of: *of, at, length, excerpt: words.excerpt(at, length) })
        });
        found.collect()
    }
}
