//! The words of a name, as they are compared: however they are written, one person's are the same.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// So many words of a name count. Spanish names have five, Portuguese ones six.
pub const MOST_WORDS: usize = 6;

/// How people are addressed, which is nobody's name.
const TITLES: [&str; 9] = ["mr", "mrs", "ms", "miss", "mx", "dr", "prof", "herr", "frau"];

/// The words of a name, each once, without case, accents, apostrophes and titles. "ü", "u" and "ue" are one, since
/// people write the same name in each of these ways, and so it is with "ö", "ä", "ø", "å", "æ" and "ß". At most
/// [`MOST_WORDS`].
pub fn words(name: &str) -> Vec<String> {
    // An accent by itself stands for an apostrophe, and would fall into a blank and a mark.
    let written = name.chars().filter(|letter| !is_within_word(*letter));
    let plain: String =
        written.nfkd().flat_map(char::to_lowercase).filter(|letter| !is_accent(*letter)).collect();
    let mut words: Vec<String> = Vec::new();
    for word in plain.split(|letter: char| !letter.is_alphabetic() && !is_combining_mark(letter)) {
        if !is_word(word) {
            continue;
        }
        let word = folded(word);
        if !words.contains(&word) {
            words.push(word);
        }
        if words.len() == MOST_WORDS {
            break;
        }
    }
    words
}

/// Initials and titles are none. A sign of Chinese, Japanese or Korean is a word by itself.
fn is_word(word: &str) -> bool {
    let mut letters = word.chars();
    let is_long = match (letters.next(), letters.next()) {
        (Some(first), None) => first >= '\u{2e80}',
        (first, _) => first.is_some(),
    };
    is_long && !TITLES.contains(&word)
}

/// Accents are what the blocks of diacritics have: signs that other scripts write vowels with are none.
fn is_accent(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}')
}

/// Apostrophes, and what is not seen: with and without them a name is one.
fn is_within_word(letter: char) -> bool {
    matches!(
        letter,
        '\'' | '`' | '´' | '‘' | '’' | 'ʻ' | 'ʼ' | '＇' | '\u{ad}'
            | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}'
    )
}

/// Without the marks that are letters of their own, and with umlauts that are written out taken back.
fn folded(word: &str) -> String {
    let mut spelt = String::with_capacity(word.len());
    for letter in word.chars() {
        match letter {
            'ß' => spelt.push_str("ss"),
            'æ' => spelt.push('a'),
            'œ' | 'ø' => spelt.push('o'),
            'ł' => spelt.push('l'),
            'đ' | 'ð' => spelt.push('d'),
            'þ' => spelt.push_str("th"),
            'ı' => spelt.push('i'),
            'ς' => spelt.push('σ'),
            // After a vowel, or q, the two are letters of their own: Bauer, Neuer, Quentin.
            'e' if stands_for_umlaut(&spelt) => {}
            letter => spelt.push(letter),
        }
    }
    spelt
}

/// Whether an "e" after this makes an umlaut of its last letter.
fn stands_for_umlaut(before: &str) -> bool {
    let mut letters = before.chars().rev();
    matches!(letters.next(), Some('a' | 'o' | 'u'))
        && letters.next().is_none_or(|letter| !matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'q'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, expected: &[&str]) {
        assert_eq!(words(name), expected, "{name:?}");
    }

    #[test]
    fn a_name_is_the_same_however_it_is_written() {
        for name in ["Anna Müller", "anna mueller", "ANNA  MULLER", "Mu\u{308}ller, Anna", "Dr. Anna Müller"]
        {
            let mut words = words(name);
            words.sort();
            assert_eq!(words, ["anna", "muller"], "{name:?}");
        }
        check("Weiß", &["weiss"]);
        check("WEISS", &["weiss"]);
        check("GROẞE", &["grosse"]);
        for name in ["Sørensen", "Soerensen", "Sorensen", "Sörensen"] {
            check(name, &["sorensen"]);
        }
        check("Łukasz Wałęsa", &["lukasz", "walesa"]);
        check("İpek Işık", &["ipek", "isik"]);
        check("Ægir", &["agir"]);
        check("Ｍａｒｙ", &["mary"]);
    }

    #[test]
    fn apostrophes_are_left_out_and_hyphens_part() {
        for name in ["O'Brien", "O’Brien", "OBRIEN", "O´Brien", "O\u{ad}Brien"] {
            check(name, &["obrien"]);
        }
        check("Müller-Lüdenscheidt", &["muller", "ludenscheidt"]);
    }

    #[test]
    fn letters_that_only_look_like_an_umlaut_written_out_stay() {
        check("Bauer Neuer Quentin", &["bauer", "neuer", "quentin"]);
        check("Baur", &["baur"]);
    }

    #[test]
    fn titles_initials_numbers_and_marks_are_no_words() {
        check("Frau J. X. 4711 & -- <i>", &[]);
        check("Mr. Lee", &["lee"]);
        check("", &[]);
    }

    #[test]
    fn other_scripts_have_words_too() {
        check("王 伟", &["王", "伟"]);
        check("Σωκράτης", &["σωκρατησ"]);
        check("ΣΩΚΡΑΤΗΣ", &["σωκρατησ"]);
        assert_eq!(words("김민준"), words("\u{1100}\u{1175}\u{11b7}민준"));
        assert_eq!(words("कृष्ण").len(), 1, "vowel signs and what joins letters are of the word");
    }

    #[test]
    fn each_word_counts_once_and_no_more_than_six() {
        check("Anna Anna ANNA", &["anna"]);
        check("Al Bo Cy De Ev Fa Gi", &["al", "bo", "cy", "de", "ev", "fa"]);
    }
}
