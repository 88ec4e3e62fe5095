//! Words by which all that is said of one complaint can be told from what is said of others.

const WORD: &str = "canary";

/// The word of a seed's customer.
pub(super) fn of(seed: u64, number: usize) -> String {
    format!("{WORD}{seed}x{number}x")
}

/// Whose words stand in a text.
pub(super) fn heard(text: &str) -> impl Iterator<Item = usize> + '_ {
    text.match_indices(WORD).filter_map(|(at, word)| text[at + word.len()..].split('x').nth(1)?.parse().ok())
}

/// Whether anybody's words stand there.
pub(super) fn is_in(bytes: &[u8]) -> bool {
    bytes.windows(WORD.len()).any(|window| window == WORD.as_bytes())
}
