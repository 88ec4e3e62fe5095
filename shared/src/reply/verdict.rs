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
    let mut parts = results.split(';').map(str::trim);
    if parts.next() != Some("amazonses.com") {
        return false;
    }
    let from = from.normalised();
    let domain = from.rsplit_once('@').map_or("", |(_, domain)| domain);
    let signer = format!("header.i=@{domain}");
    parts.any(|part| {
        part == "dmarc=pass"
            || part.starts_with("dmarc=pass ")
            || part.starts_with("dkim=pass ") && part.split_whitespace().any(|word| word == signer)
    })
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
            check(&format!("Authentication-Results: {results}\n"), (false, false, proven))
        };
        of(
            "amazonses.com;\n spf=pass (spfCheck: ok) client-ip=1.2.3.4; dkim=pass header.i=@example.com;\n dmarc=pass header.from=example.com;",
            true,
        );
        of("amazonses.com; dmarc=none header.from=example.com; dkim=pass header.i=@example.com", true);
        of("amazonses.com; dmarc=none header.from=example.com; dkim=pass header.i=@evil.example", false);
        of("amazonses.com; dmarc=fail header.from=example.com; spf=pass", false);
        of("mx.evil.example; dmarc=pass header.from=example.com", false);
        check(
            "Authentication-Results: amazonses.com; dmarc=fail\nAuthentication-Results: amazonses.com; dmarc=pass\n",
            (false, false, false),
        );
    }
}
