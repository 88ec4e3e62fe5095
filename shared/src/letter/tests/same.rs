//! Whether two forms of a letter say the same: HTML and text, English and German.

use crate::{
    letter::Letter,
    policy::Policy,
    values::Level,
    words::tests::{check_german, texts},
};

use super::EXPLANATION;

pub(super) fn links(html: &str) -> Vec<&str> {
    html.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

/// Whether all that the HTML says is said by the text, in the same order, and where it leads to as well.
pub(super) fn check_both_say_the_same(letter: &Letter) {
    let mut rest = letter.text.as_str();
    let mut said = 0;
    for words in texts(&letter.html) {
        let at = rest.find(&words).unwrap_or_else(|| panic!("{words:?} is not in the text, or out of order"));
        said += words.chars().count();
        rest = &rest[at + words.len()..];
    }
    for url in links(&letter.html) {
        assert!(letter.text.contains(url), "{url}");
        said += url.chars().count();
    }
    // And the text says little more: what stands around names, entries and passages.
    let all = letter.text.chars().filter(|character| !character.is_whitespace()).count();
    assert!(all <= said, "the text says more than the HTML: {}", letter.text);
}

/// Whether a German letter says what the English one says, block by block, and nothing of it in English.
pub(super) fn check_in_german(name: &str, policy: &Policy, reference: &str, [english, german]: [&Letter; 2]) {
    let blocks = |html: &str| -> Vec<String> {
        html.split('<').skip(1).filter_map(|tag| tag.split(['>', ' ']).next()).map(str::to_owned).collect()
    };
    assert_eq!(blocks(&english.html), blocks(&german.html), "{name}");
    let mut given =
        vec![policy.company.name.as_str(), policy.company.reply_to.as_str(), reference, "Zoë O'Neill"];
    given.extend([
        policy.external_body.name.as_str(),
        policy.external_body.url.as_str(),
        "Mortgage",
        "ACC 12/7",
    ]);
    given.extend(Level::ALL.map(|level| policy.company.level_name(level).as_str()));
    given.extend(EXPLANATION.lines().filter(|line| !line.is_empty()));
    let said = |letter: &Letter| [texts(&letter.html), vec![letter.subject.clone()]].concat();
    check_german(name, &said(english), &said(german), &given);
}
