//! Which language a page is in.

use crate::{policy::Policy, values::Language};

/// Who sends more than this many languages is no browser; the rest is not looked at.
const MOST_RANGES: usize = 32;

/// The language of a page, one that the policy offers: what the address asks for, or else what the browser likes best
/// (its `Accept-Language`), or else the policy's first.
pub fn language(policy: &Policy, asked: Option<&str>, accepted: Option<&str>) -> Language {
    let offered = &policy.languages;
    asked
        .and_then(|tag| offered_as(tag, offered))
        .or_else(|| liked(accepted?, offered))
        .or_else(|| offered.first().copied())
        .unwrap_or_default()
}

/// Of the languages offered the one that the header likes best; of two liked alike, the one that it names first.
fn liked(header: &str, offered: &[Language]) -> Option<Language> {
    let mut best: Option<(u16, Language)> = None;
    for range in header.split(',').take(MOST_RANGES) {
        let (tag, parameter) = range.split_once(';').unwrap_or((range, "q=1"));
        let named = if tag.trim() == "*" { offered.first().copied() } else { offered_as(tag, offered) };
        let (Some(language), Some(quality @ 1..)) = (named, quality(parameter)) else { continue };
        if best.is_none_or(|(found, _)| found < quality) {
            best = Some((quality, language));
        }
    }
    best.map(|(_, language)| language)
}

fn offered_as(tag: &str, offered: &[Language]) -> Option<Language> {
    Language::parse(tag).ok().filter(|language| offered.contains(language))
}

/// A weight of RFC 9110, `q=0.8`, in thousandths.
fn quality(parameter: &str) -> Option<u16> {
    let value = parameter.trim().strip_prefix(['q', 'Q'])?.trim_start().strip_prefix('=')?.trim();
    let (whole, fraction) = value.split_once('.').unwrap_or((value, ""));
    if fraction.len() > 3 || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let thousandths: u16 = format!("{fraction:0<3}").parse().ok()?;
    match whole {
        "0" => Some(thousandths),
        "1" if thousandths == 0 => Some(1_000),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(asked: Option<&str>, accepted: Option<&str>, tag: &str) {
        let policy = Policy::built_in();
        assert_eq!(language(&policy, asked, accepted).as_str(), tag, "{asked:?} {accepted:?}");
    }

    #[test]
    fn the_address_is_asked_first_then_the_browser_then_the_policy() {
        check(None, None, "en");
        check(Some("de"), None, "de");
        check(Some("de-AT"), Some("en"), "de");
        check(Some("fr"), Some("de"), "de");
        check(Some("../x"), Some("??"), "en");
        check(Some("en"), Some("de"), "en");
    }

    #[test]
    fn the_browser_s_best_of_those_offered_is_taken() {
        for (header, tag) in [
            ("de", "de"),
            ("de-DE,de;q=0.9,en;q=0.8", "de"),
            ("en-US,en;q=0.9,de;q=0.8", "en"),
            ("fr-FR,fr;q=0.9,de;q=0.5,en;q=0.3", "de"),
            ("en;q=0.2, de ; q = 0.3", "de"),
            ("de;q=0, en;q=0.1", "en"),
            ("de;q=0", "en"),
            ("*", "en"),
            ("*;q=0.5, de;q=0.6", "de"),
            ("de;q=1.000,en", "de"),
            ("", "en"),
            ("fr", "en"),
            ("de;q=2, en;q=0.1", "en"),
            ("de;q=0.12345, en;q=0.1", "en"),
            ("de;q=, en", "en"),
            ("de;level=1;q=0.5", "en"),
        ] {
            check(None, Some(header), tag);
        }
    }

    #[test]
    fn no_more_than_a_browser_s_worth_is_looked_at() {
        let header = format!("{}de", "fr,".repeat(MOST_RANGES));
        check(None, Some(&header), "en");
    }

    proptest! {
        #[test]
        fn any_header_gives_a_language_that_is_offered(asked in any::<Option<String>>(), header in any::<String>()) {
            let policy = Policy::built_in();
            let found = language(&policy, asked.as_deref(), Some(&header));
            prop_assert!(policy.languages.contains(&found));
        }
    }
}
