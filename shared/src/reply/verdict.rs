//! What the mail service found of a message. SES writes it at the top of the headers; what a sender writes there
//! themselves stands below, and is not looked at.

use super::header::Headers;
use crate::values::EmailAddress;

/// What was found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Verdicts {
    /// Something harmful is in it.
    pub virus: bool,
    /// It looks like spam.
    pub spam: bool,
    /// That it comes from the domain of its sender was proven: DMARC passes, or where the domain asks for none, its own
    /// signature does.
    pub proven: bool,
}

impl Verdicts {
    pub(super) fn of(headers: &Headers, from: Option<&EmailAddress>) -> Verdicts {
        let failed = |name| headers.first(name).is_some_and(|verdict| verdict.eq_ignore_ascii_case("FAIL"));
        Verdicts {
            virus: failed("x-ses-virus-verdict"),
            spam: failed("x-ses-spam-verdict"),
            proven: from.is_some_and(|from| is_proven(headers, from)),
        }
    }
}

fn is_proven(headers: &Headers, from: &EmailAddress) -> bool {
    let results = headers.first("authentication-results").unwrap_or_default().to_ascii_lowercase();
    let bare = without_quotes(&results);
    let mut parts = bare.split(';').map(str::trim);
    if parts.next() != Some("amazonses.com") {
        return false;
    }
    let parts: Vec<&str> = parts.collect();
    let from = from.normalised();
    let domain = from.rsplit_once('@').map_or("", |(_, domain)| domain);
    let says = |part: &str, result: &str, word: &str| {
        let mut words = part.split_whitespace();
        words.next() == Some(result) && words.any(|said| said == word)
    };
    // The last: before it stand words that the sender chose, such as the name of their server.
    match parts.iter().rfind(|part| part.starts_with("dmarc=")) {
        Some(dmarc) if !dmarc.starts_with("dmarc=none") => {
            says(dmarc, "dmarc=pass", &format!("header.from={domain}"))
        }
        Some(_) | None => {
            let signer = format!("header.i=@{domain}");
            parts.iter().any(|part| says(part, "dkim=pass", &signer))
        }
    }
}

/// Without comments and quoted strings, in which a sender could write a result of their own.
fn without_quotes(value: &str) -> String {
    let (mut depth, mut quoted, mut escaped) = (0_u32, false, false);
    let mut bare = String::with_capacity(value.len());
    for character in value.chars() {
        match character {
            _ if escaped => escaped = false,
            '\\' if quoted || depth > 0 => escaped = true,
            '"' if depth == 0 => quoted = !quoted,
            '(' if !quoted => depth += 1,
            ')' if !quoted => depth = depth.saturating_sub(1),
            _ if !quoted && depth == 0 => bare.push(character),
            _ => {}
        }
    }
    bare
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(headers: &str, found: (bool, bool, bool)) {
        let from = EmailAddress::parse("ann@example.com").unwrap();
        let Verdicts { virus, spam, proven } = Verdicts::of(&Headers::read(headers.as_bytes()), Some(&from));
        assert_eq!((virus, spam, proven), found, "{headers}");
    }

    #[test]
    fn the_topmost_verdicts_count() {
        check("X-SES-Spam-Verdict: PASS\nX-SES-Virus-Verdict: PASS\n", (false, false, false));
        check("X-SES-Spam-Verdict: FAIL\nX-SES-Spam-Verdict: PASS\n", (false, true, false));
        check("X-SES-Virus-Verdict: FAIL\nX-SES-Virus-Verdict: PASS\n", (true, false, false));
        check("X-SES-Spam-Verdict: GRAY\nX-SES-Virus-Verdict: PROCESSING_FAILED\n", (false, false, false));
    }

    #[test]
    fn the_sender_is_proven_by_dmarc_or_their_own_signature() {
        let of = |results: &str, proven| {
            check(&format!("Authentication-Results: {results}\n"), (false, false, proven));
        };
        of(
            "amazonses.com;\n spf=pass (spfCheck: ok) client-ip=1.2.3.4; dkim=pass header.i=@example.com;\n dmarc=pass header.from=example.com;",
            true,
        );
        of("amazonses.com; dmarc=none header.from=example.com; dkim=pass header.i=@example.com", true);
        of("amazonses.com; dmarc=none header.from=example.com; dkim=pass header.i=@evil.example", false);
        of("amazonses.com; dmarc=fail header.from=example.com; spf=pass", false);
        of(
            "amazonses.com; spf=pass envelope-from=\"x; dmarc=pass header.from=example.com; y\"@evil.example; dmarc=fail",
            false,
        );
        of(
            "amazonses.com; spf=pass helo=x; dmarc=pass header.from=example.com; y; dmarc=fail header.from=example.com",
            false,
        );
        of("amazonses.com; spf=pass (x; dmarc=pass header.from=example.com;) y", false);
        of("amazonses.com; dmarc=pass header.from=evil.example", false);
        of("mx.evil.example; dmarc=pass header.from=example.com", false);
        check(
            "Authentication-Results: amazonses.com; dmarc=fail\nAuthentication-Results: amazonses.com; dmarc=pass\n",
            (false, false, false),
        );
    }
}
