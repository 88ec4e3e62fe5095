//! SES, as it takes mail in: what it adds to a message before it hands it on.
//!
//! What the scans find is written in the message, as everywhere in this stand-in: the test strings that every scanner
//! knows, EICAR for viruses and GTUBE for spam, and the sender `forged@…`, whose domain does not vouch for it.

use jiff::Timestamp;
use jiff::fmt::rfc2822;

use super::REGION;
use super::objects::EICAR;

/// In two parts, so that no filter takes this file for what it is looking for.
const GTUBE: [&str; 2] = ["XJS*C4JDBQADN1.NSBN3*2IDNEN*", "GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X"];

/// The message as SES hands it on; `to` is the address that it was handed over for.
pub(super) fn handed_on(raw: &[u8], to: &str, at: Timestamp, id: &str) -> Vec<u8> {
    let from = header(raw, "from").map(|from| bare(&from)).unwrap_or_default();
    let path = header(raw, "return-path").map_or_else(|| from.clone(), |path| bare(&path));
    let domain = from.rsplit_once('@').map_or("", |(_, domain)| domain);
    let mark = if from.starts_with("forged@") { "fail" } else { "pass" };
    let verdict = |test: [&str; 2]| {
        let test = test.concat();
        if raw.windows(test.len()).any(|window| window == test.as_bytes()) { "FAIL" } else { "PASS" }
    };
    let date = rfc2822::to_string(&at.to_zoned(jiff::tz::TimeZone::UTC)).unwrap_or_default();
    let added = format!(
        "Return-Path: <{path}>\r\n\
         Received: from localhost (localhost [127.0.0.1])\r\n by inbound-smtp.{REGION}.amazonaws.com with SMTP id {id}\r\n \
         for {to};\r\n {date}\r\n\
         X-SES-Spam-Verdict: {spam}\r\n\
         X-SES-Virus-Verdict: {virus}\r\n\
         Authentication-Results: amazonses.com;\r\n spf={mark} client-ip=127.0.0.1;\r\n \
         dkim={mark} header.i=@{domain};\r\n dmarc={mark} header.from={domain};\r\n",
        spam = verdict(GTUBE),
        virus = verdict(EICAR),
    );
    [added.as_bytes(), raw].concat()
}

/// The addresses that a message's headers name as its recipients.
pub fn recipients(raw: &[u8]) -> Vec<String> {
    let named = ["delivered-to", "to", "cc"].into_iter().filter_map(|name| header(raw, name));
    let words: Vec<String> = named.collect();
    let around = |c: char| c.is_whitespace() || "<>,;:()\"'".contains(c);
    words
        .iter()
        .flat_map(|words| words.split(around))
        .filter(|word| word.contains('@'))
        .map(str::to_owned)
        .collect()
}

/// The first header of this name, unfolded.
fn header(raw: &[u8], name: &str) -> Option<String> {
    let text = String::from_utf8_lossy(raw);
    let mut found: Option<String> = None;
    for line in text.lines().take_while(|line| !line.trim().is_empty()) {
        let is_folded = line.starts_with([' ', '\t']);
        match &mut found {
            Some(value) if is_folded => value.push_str(line.trim_end()),
            Some(_) => break,
            None if is_folded => {}
            None => {
                let named = line.split_once(':').filter(|(given, _)| given.trim().eq_ignore_ascii_case(name));
                found = named.map(|(_, value)| value.trim().to_owned());
            }
        }
    }
    found
}

fn bare(value: &str) -> String {
    let inside = value.rsplit_once('<').and_then(|(_, rest)| rest.split_once('>')).map(|(inside, _)| inside);
    inside.unwrap_or(value).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn handed(raw: &str) -> String {
        let at = "2026-10-05T09:30:00Z".parse().unwrap();
        String::from_utf8(handed_on(raw.as_bytes(), "any@reply.example", at, "id")).unwrap()
    }

    #[test]
    fn what_was_found_stands_above_what_the_sender_wrote() {
        let whole = handed("From: Ann <ann@example.com>\r\nX-SES-Spam-Verdict: FAIL\r\n\r\nHello");
        assert!(whole.starts_with("Return-Path: <ann@example.com>\r\n"), "{whole}");
        assert!(whole.contains(" for any@reply.example;\r\n Mon, 5 Oct 2026 09:30:00 +0000\r\n"), "{whole}");
        assert!(whole.find("X-SES-Spam-Verdict: PASS") < whole.find("X-SES-Spam-Verdict: FAIL"));
        assert!(whole.contains("dkim=pass header.i=@example.com;") && whole.ends_with("\r\n\r\nHello"));
    }

    #[test]
    fn the_test_strings_and_the_forger_are_found() {
        assert!(
            handed(&format!("From: a@b.example\n\n{}", EICAR.concat())).contains("X-SES-Virus-Verdict: FAIL")
        );
        assert!(
            handed(&format!("From: a@b.example\n\n{}", GTUBE.concat())).contains("X-SES-Spam-Verdict: FAIL")
        );
        assert!(handed("From: forged@b.example\n\nHello").contains("dmarc=fail header.from=b.example"));
        assert!(handed("From: a@b.example\nReturn-Path: <>\n\nHello").starts_with("Return-Path: <>\r\n"));
        assert!(handed("").starts_with("Return-Path: <>\r\n"));
    }

    #[test]
    fn recipients_are_those_of_the_headers() {
        let raw = b"To: \"A, b\" <a@b.example>,\n c@d.example\nCc: (x) e@f.example\n\nTo: no@where.example";
        assert_eq!(recipients(raw), ["a@b.example", "c@d.example", "e@f.example"]);
    }
}
