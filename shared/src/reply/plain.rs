//! HTML as plain text: what a reader would see, line by line; what it quotes begins with `>`, as in plain mail.

use mail_parser::decoders::html::add_html_token;

/// A reference to a character is not longer than this, `&` and `;` with it.
const LONGEST_ENTITY: usize = 34;

/// The text of an HTML document. It is never shown as HTML again, so that nothing needs to be safe in it.
pub(super) fn text_of(html: &str) -> String {
    let mut page = Page::default();
    let mut rest = html;
    // Known before, since to look for it from each tag that does not end would take for ever.
    let last_end = html.rfind('>');
    while let Some(place) = rest.find('<') {
        page.words(&rest[..place]);
        rest = &rest[place..];
        if let Some(after) = rest.strip_prefix("<!--") {
            rest = after.find("-->").map_or("", |end| &after[end + 3..]);
            continue;
        }
        let begins_tag =
            rest[1..].starts_with(|next: char| next.is_ascii_alphabetic() || "/!?".contains(next));
        let ends = last_end.is_some_and(|last| html.len() - rest.len() < last);
        let Some(end) = (begins_tag && ends).then(|| rest.find('>')).flatten() else {
            page.words("<");
            rest = &rest[1..];
            continue;
        };
        let name = tag(&rest[1..end]);
        rest = &rest[end + 1..];
        if let Some(hidden) = HIDDEN.iter().find(|hidden| **hidden == name) {
            rest = after_closing(rest, hidden);
        } else {
            page.tag(&name);
        }
    }
    page.words(rest);
    page.text.trim_matches('\n').to_owned()
}

/// Elements whose content nobody sees.
const HIDDEN: [&str; 4] = ["head", "script", "style", "title"];
/// Elements that begin and end a line.
const BLOCKS: [&str; 19] = [
    "address",
    "article",
    "blockquote",
    "body",
    "div",
    "dl",
    "dt",
    "h1",
    "h2",
    "h3",
    "h4",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "table",
    "tr",
    "ul",
];

#[derive(Default)]
struct Page {
    text: String,
    /// Whether something stands on the line.
    written: bool,
    /// Whether a blank stands before the next word.
    blank: bool,
    quoted: usize,
}

impl Page {
    fn words(&mut self, html: &str) {
        for character in entities(html).chars() {
            if character.is_whitespace() && character != '\u{a0}' {
                self.blank = true;
                continue;
            }
            if !self.written {
                self.text.push_str(&">".repeat(self.quoted.min(9)));
                if self.quoted > 0 {
                    self.text.push(' ');
                }
            } else if self.blank {
                self.text.push(' ');
            }
            self.text.push(if character == '\u{a0}' { ' ' } else { character });
            (self.written, self.blank) = (true, false);
        }
    }

    fn tag(&mut self, name: &str) {
        let (closes, element) = name.strip_prefix('/').map_or((false, name), |element| (true, element));
        match element {
            "br" => self.end_line(),
            "td" | "th" => self.blank = true,
            element if BLOCKS.contains(&element) => {
                if self.written {
                    self.end_line();
                }
                if element == "p" && closes && !self.text.ends_with("\n\n") {
                    self.end_line();
                }
            }
            _ => {}
        }
        if element == "blockquote" {
            self.quoted = if closes { self.quoted.saturating_sub(1) } else { self.quoted + 1 };
        }
    }

    fn end_line(&mut self) {
        self.text.push('\n');
        (self.written, self.blank) = (false, false);
    }
}

/// A tag's name in small letters, with the slash of one that closes.
fn tag(inside: &str) -> String {
    let end = inside
        .char_indices()
        .find(|(place, character)| *place > 0 && !character.is_ascii_alphanumeric())
        .map_or(inside.len(), |(place, _)| place);
    inside[..end].to_ascii_lowercase()
}

fn after_closing<'a>(rest: &'a str, element: &str) -> &'a str {
    let closing = format!("</{element}");
    let bytes = rest.as_bytes();
    let place = bytes.windows(closing.len()).position(|part| part.eq_ignore_ascii_case(closing.as_bytes()));
    let after = place.and_then(|place| rest[place..].find('>').map(|end| &rest[place + end + 1..]));
    after.unwrap_or("")
}

/// Characters in place of the references to them.
fn entities(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(place) = rest.find('&') {
        text.push_str(&rest[..place]);
        rest = &rest[place..];
        let end = rest.bytes().take(LONGEST_ENTITY).position(|byte| byte == b';').map(|place| place + 1);
        if let Some(end) = end {
            add_html_token(&mut text, &rest.as_bytes()[..end], false);
            rest = &rest[end..];
        } else {
            text.push('&');
            rest = &rest[1..];
        }
    }
    text.push_str(rest);
    text
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_a_reader_would_see_is_kept_line_by_line() {
        let html = "<html><head><title>x</title><style>p{}</style></head><body>\n<p>Dear&nbsp;all,</p><p>it&#39;s \
                    <b>25</b>&euro; &amp; more<br>here</p><script>alert(1)</script><!-- <p>no</p> --><div>a</div><div>b\
                    </div><table><tr><td>1</td><td>2</td></tr></table>2 < 3 &c; &</body></html>";
        assert_eq!(text_of(html), "Dear all,\n\nit's 25€ & more\nhere\n\na\nb\n1 2\n2 < 3 &c; &");
    }

    #[test]
    fn what_is_quoted_is_marked() {
        let html = "<div>Yes.</div><blockquote type=cite><div>Is it?<br>Sam</div><blockquote>Older</blockquote></blockquote>End";
        assert_eq!(text_of(html), "Yes.\n> Is it?\n> Sam\n>> Older\nEnd");
    }

    #[test]
    fn nothing_that_is_broken_goes_wrong() {
        for (html, text) in [
            ("<", "<"),
            ("a<b", "a<b"),
            ("<p", "<p"),
            ("<script>x", ""),
            ("<!-- x", ""),
            ("</blockquote></p>a", "a"),
            ("&#x110000;&#0;&;", "\u{fffd}\0&;"),
            ("<é>x", "<é>x"),
        ] {
            assert_eq!(text_of(html), text, "{html}");
        }
    }

    #[test]
    fn what_never_ends_is_read_once() {
        for part in ["<a\n", "&a ", "<!a ", "< > <a "] {
            let html = part.repeat(400_000);
            assert!(text_of(&html).starts_with(part.trim_end()), "{part}");
        }
    }

    proptest! {
        #[test]
        fn any_text_can_be_read(html in "(<(p|/p|div|br|blockquote|!--|script|é)?>?|&[a-z#0-9]{0,4};?|[a-zé \n-]){0,40}") {
            let text = text_of(&html);
            prop_assert!(text.len() <= 12 * html.len() + 12);
        }
    }
}
