//! What a person wrote, without what it answers to: quoted mail, the line that introduces it, and the signature.
//!
//! No rule of mail says how a quotation begins; this knows how the usual programs do it, in English and German. Lines that
//! are marked as quoted go. What is quoted whole goes where it is a letter of ours, which shows by the line at its top
//! ([`MARKER`]): a mail of somebody else's that is put into an answer, or forwarded, belongs to what we are told. Where
//! nothing would be left, all is kept.

/// What stands in the line at the top of our letters, whatever its language.
pub const MARKER: &str = "##-";

/// What the sender wrote, without what it quotes and what introduces that.
pub(super) fn own_words(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let lines = &lines[..lines.iter().position(|line| is_signature(line)).unwrap_or(lines.len())];
    let mut kept: Vec<&str> = match lines.iter().position(|line| line.contains(MARKER)) {
        // What is quoted above our letter, and by itself, is what the sender answers us with.
        Some(marked) if is_quoted(lines[marked]) => between_quotations(lines, marked),
        Some(marked) => above_letter(lines, marked),
        None => {
            let end = lines.iter().position(|line| is_ruled(line.trim())).unwrap_or(lines.len());
            between_quotations(&lines[..end], 0)
        }
    };
    while kept.last().is_some_and(|line| line.trim().is_empty() || is_of_the_program(line)) {
        kept.pop();
    }
    let words = joined(&kept);
    if words.is_empty() { joined(&text.lines().collect::<Vec<_>>()) } else { words }
}

/// What stands above the letter that follows whole, whose marker is in this line.
fn above_letter<'t>(lines: &[&'t str], marked: usize) -> Vec<&'t str> {
    let first = marked.saturating_sub(HEAD);
    let end = (first..marked).find(|place| separates(lines, *place)).unwrap_or(marked);
    let mut kept = lines[..end].to_vec();
    drop_introduction(&mut kept);
    kept
}

/// What stands above, between and below quoted lines, of which those that go begin around this one. Of empty lines
/// together one is kept, so that however many there are, each quotation is looked at once and no further than it takes.
fn between_quotations<'t>(lines: &[&'t str], from: usize) -> Vec<&'t str> {
    let is_empty = |line: &&str| line.trim().is_empty();
    let above = lines[..from].iter().rev().take_while(|line| is_quoted(line)).count();
    let (mut kept, mut goes): (Vec<&str>, bool) = (Vec::new(), false);
    for (place, line) in lines.iter().enumerate() {
        let went = goes;
        goes = place + above >= from && is_quoted(line);
        if goes {
            if !went {
                drop_introduction(&mut kept);
            }
        } else if !is_empty(line) || !kept.last().is_some_and(is_empty) {
            kept.push(line);
        }
    }
    kept
}

/// Lines of an introduction that a mail program has broken.
const MOST_BROKEN: usize = 4;
/// Lines of a block of headers, by which Outlook introduces what follows.
const BLOCK: usize = 8;
/// As far above the marker a letter's introduction is looked for: a block of headers, a broken line and blanks.
const HEAD: usize = BLOCK + MOST_BROKEN + 4;

/// Whether a letter is introduced from this line on.
fn separates(lines: &[&str], place: usize) -> bool {
    is_ruled(lines[place].trim()) || begins_headers(lines, place) || introduces(lines, place)
}

/// `-----Original Message-----`, and the same in German; with or without the rest of the rule.
fn is_ruled(line: &str) -> bool {
    const NAMED: [&str; 4] =
        ["original message", "ursprüngliche nachricht", "originalnachricht", "original-nachricht"];
    let inside = line.trim_matches(|character: char| "-_ ".contains(character)).to_lowercase();
    line.starts_with("--") && NAMED.contains(&inside.as_str())
}

/// `From:` with at least two of the headers that go with it in the next lines.
fn begins_headers(lines: &[&str], place: usize) -> bool {
    const FIRST: [&str; 2] = ["from", "von"];
    const REST: [&str; 9] = ["sent", "gesendet", "date", "datum", "to", "an", "cc", "subject", "betreff"];
    let named = |line: &str, names: &[&str]| {
        let line = line.trim_matches(|character: char| character == '*' || character.is_whitespace());
        line.split_once(':').is_some_and(|(name, _)| {
            names.contains(
                &name
                    .trim_matches(|character: char| character == '*' || character == ' ')
                    .to_lowercase()
                    .as_str(),
            )
        })
    };
    named(lines[place], &FIRST)
        && lines[place + 1..].iter().take(BLOCK).filter(|line| named(line, &REST)).count() >= 2
}

/// `On …, … wrote:`, `Am … schrieb …:`, which programs break over some lines.
fn introduces(lines: &[&str], place: usize) -> bool {
    let first = lines[place].trim();
    let lower = first.to_lowercase();
    if !["on ", "am ", "le ", "il ", "el "].iter().any(|begins| lower.starts_with(begins)) {
        return false;
    }
    let mut whole = String::new();
    for line in lines[place..].iter().take(MOST_BROKEN) {
        if line.trim().is_empty() || is_quoted(line) {
            return false;
        }
        whole.push_str(&line.trim().to_lowercase());
        whole.push(' ');
        if whole.trim_end().ends_with(':') {
            let says = ["wrote", "schrieb", "a écrit", "ha scritto", "escribió"];
            return says.iter().any(|says| whole.contains(says))
                && whole.contains(|digit: char| digit.is_ascii_digit());
        }
    }
    false
}

fn is_quoted(line: &str) -> bool {
    line.trim_start().starts_with('>')
}

/// Takes away what introduces the quotation that follows: up to its first line, as programs break it.
fn drop_introduction(kept: &mut Vec<&str>) {
    let blank = kept.iter().rev().take_while(|line| line.trim().is_empty()).count();
    let last = kept.len() - blank;
    if last > 0 && is_rule(kept[last - 1]) {
        kept.truncate(last - 1);
        return;
    }
    if last == 0 || !kept[last - 1].trim().ends_with(':') {
        return;
    }
    let first = (last.saturating_sub(MOST_BROKEN)..last).find(|place| introduces(kept, *place));
    // In another language: a line with a mail address or a time of day, before a quotation and with a colon at its end.
    let line = kept[last - 1];
    let other = line.contains('@') || line.contains(|digit: char| digit.is_ascii_digit());
    if let Some(first) = first {
        kept.truncate(first);
    } else if other {
        kept.truncate(last - 1);
    }
}

/// Outlook draws a line above its block of headers.
fn is_rule(line: &str) -> bool {
    let line = line.trim();
    line.len() >= 10 && line.bytes().all(|byte| byte == b'_')
}

/// The delimiter that all below is a signature (RFC 3676), with the blank that belongs to it: people write it without.
fn is_signature(line: &str) -> bool {
    line == "-- "
}

/// What a program writes below everything by itself.
fn is_of_the_program(line: &str) -> bool {
    const PROGRAMS: [&str; 8] = [
        "sent from my ",
        "sent from outlook",
        "get outlook for ",
        "von meinem iphone gesendet",
        "von meinem ipad gesendet",
        "gesendet von meinem ",
        "gesendet von outlook",
        "diese nachricht wurde von meinem ",
    ];
    let line = line.trim().to_lowercase();
    PROGRAMS.iter().any(|begins| line.starts_with(begins))
}

/// Lines as one text, without blanks around it and with at most one empty line together.
fn joined(lines: &[&str]) -> String {
    let mut text = String::new();
    let mut empty = true;
    for line in lines {
        let line = line.trim_end();
        if line.is_empty() && empty {
            continue;
        }
        empty = line.is_empty();
        text.push_str(line);
        text.push('\n');
    }
    text.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(text: &str, words: &str) {
        assert_eq!(own_words(text), words, "{text}");
    }

    #[test]
    fn what_is_above_the_quotation_stays() {
        for below in [
            "On Mon, 5 Oct 2026 at 09:00, Northgate Bank <x@y.example> wrote:\n> ##- Above -##\n> Dear Ann\n>\n> Thanks",
            "On Mon, 5 Oct 2026 at 09:00, Northgate Bank <reply+abc.def@reply.bank.example>\nwrote:\n\n> ##- Above -##\n> Dear Ann",
            "On 5 Oct 2026, at 09:00, Northgate Bank <x@y.example> wrote:\n\n##- Above -##\nDear Ann,\nthanks.",
            "Am 05.10.26 um 09:00 schrieb Northgate Bank:\n> ##- Above -##\n> Guten Tag",
            "Am Mo., 5. Okt. 2026 um 09:00 Uhr schrieb Northgate Bank <\nx@y.example>:\n\n> ##- Above -##\n> Guten Tag",
            "-----Original Message-----\nFrom: x\n##- Above -##\nDear Ann",
            "-------- Ursprüngliche Nachricht --------\nVon: x\n##- Above -##\nGuten Tag",
            "________________________________\nFrom: Bank <x@y.example>\nSent: Monday\nTo: Ann\nSubject: Re\n\n##- Above -##\n\nDear Ann",
            "*Von:* Bank <x@y.example>\n*Gesendet:* Montag\n*An:* Ann\n*Betreff:* Re\n\n##- Above -##\n\nGuten Tag",
            "Le lun. 5 oct. 2026 à 09:00, Bank <x@y.example> a écrit :\n> ##- Above -##\n> Bonjour",
            "2026年10月5日(月) 9:00 Bank <x@y.example>:\n> ##- Above -##\n> Dear Ann",
            "Bank <x@y.example> 5.10.2026 09:00:\n##- Please write above this line -##\nDear Ann",
            "> ##- Above -##\n> Dear Ann\n> Thanks",
        ] {
            check(&format!("It was the Friday.\n\nAnn\n\n{below}"), "It was the Friday.\n\nAnn");
        }
    }

    #[test]
    fn what_is_between_and_below_the_quotations_stays() {
        check(
            "On Mon, 5 Oct 2026, Bank wrote:\n> ##- Above -##\n> Which day?\nThe Friday.\n> Which shop?\n\nThe big one.",
            "The Friday.\n\nThe big one.",
        );
    }

    #[test]
    fn lines_marked_as_quoted_go_whosever_they_are_and_so_does_an_original_message() {
        check("The Friday.\n\nOn Mon, 5 Oct 2026, Bank wrote:\n> Which day?", "The Friday.");
        check("The Friday.\n\n> Which day?", "The Friday.");
        check("The Friday.\n\n-----Original Message-----\nFrom: Bank\nWhich day?", "The Friday.");
    }

    #[test]
    fn signatures_and_what_programs_add_go() {
        check("It was the Friday.\n-- \nAnn Example\n+44 20 0000", "It was the Friday.");
        check("It was the Friday.\n\nSent from my iPhone", "It was the Friday.");
        check(
            "Es war der Freitag.\n\nVon meinem iPhone gesendet\n\n> ##- Above -##\n> Guten Tag",
            "Es war der Freitag.",
        );
    }

    #[test]
    fn words_that_only_look_like_a_quotation_stay() {
        for words in [
            "On Friday I wrote:\nnothing came back.",
            "From: the shop in the High Street.\nIt never arrived.",
            "Am Freitag kam nichts an.",
            "5 -- 6 pieces\n--- that is all ---",
            "They said: \"no\".",
            "Dear Sam,\n\nOn 5 October your colleague wrote to me:\n\nWe pay back 25 pounds.\n\nNothing came.",
            "Guten Tag,\n\nam 5. Oktober 2026 schrieb mir Ihre Filiale:\n\nSie bekommen 25 Pfund.\n\nNichts kam.",
            "See below.\n\n---------- Forwarded message ---------\nFrom: Shop\nDate: 5 Oct\nTo: me\n\nYou are right.",
            "Pasted below.\nFrom: Sam\nTo: me\nDate: 5 Oct\nWe promise you 25.\n\nThat is what I rely on.",
            "My points:\n--\nfirst\nsecond",
        ] {
            check(words, words);
        }
    }

    #[test]
    fn what_is_pasted_above_a_quoted_letter_stays() {
        let letter = "On Mon, 5 Oct 2026 at 09:00, Bank <x@y.example> wrote:\n\n> ##- Above -##\n> Dear Ann";
        let pasted = "The shop says:\n> We never had it.\nThat is not true.";
        check(&format!("{pasted}\n\n{letter}"), pasted);
        let whole = letter.replace("> ", "");
        check(&format!("{pasted}\n\n{whole}"), pasted);
    }

    #[test]
    fn where_nothing_would_be_left_all_is_kept() {
        check("> ##- Above -##\n> Dear Ann", "> ##- Above -##\n> Dear Ann");
        check("-- \nAnn", "-- \nAnn".replace(" \n", "\n").as_str());
        check("\n \n", "");
    }

    #[test]
    fn quotations_without_end_are_looked_at_once() {
        let text = format!("Yes.\n{}{}", "\n".repeat(100_000), "> a\n\n".repeat(100_000));
        check(&text, "Yes.");
        check(&format!("Yes.\n{}{}", "\n".repeat(100_000), "> a\n".repeat(100_000)), "Yes.");
    }

    proptest! {
        #[test]
        fn what_is_left_is_never_more_and_never_nothing_of_something(text in "([>a-z:0-9@ -]{0,12}\n|On 1 x wrote:\n|From: a\n|To: b\n|##- a\n|> ##- a\n){0,12}") {
            let words = own_words(&text);
            prop_assert!(words.len() <= text.len());
            prop_assert_eq!(words.is_empty(), text.trim().is_empty());
        }
    }
}
