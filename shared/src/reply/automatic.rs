//! What machines write, told by its headers (RFC 3834, and what was usual before it): absence notes, reports that a
//! mail did not arrive, mailing lists, and our own mail come back. None of it is a customer's word, and none is answered.

use super::header::Headers;
use crate::values::EmailAddress;

/// Which kind of machine wrote a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Automatic {
    /// It answers for its owner: out of office, received with thanks.
    Response,
    /// It reports that a mail did not arrive, or that it was read.
    Report,
    /// It writes to many.
    List,
    /// It is ours, come back.
    Ours,
}

pub(super) fn of(headers: &Headers, from: Option<&EmailAddress>, ours: &[&str]) -> Option<Automatic> {
    if from.is_some_and(|from| is_ours(from, ours)) {
        Some(Automatic::Ours)
    } else if is_report(headers, from) {
        Some(Automatic::Report)
    } else if is_list(headers) {
        Some(Automatic::List)
    } else if is_response(headers) {
        Some(Automatic::Response)
    } else {
        None
    }
}

/// `ours` are addresses, or domains of which every address is ours.
fn is_ours(from: &EmailAddress, ours: &[&str]) -> bool {
    let from = from.normalised();
    ours.iter()
        .map(|ours| ours.to_ascii_lowercase())
        .any(|ours| from == ours || from.rsplit_once('@').is_some_and(|(_, domain)| domain == ours))
}

fn is_report(headers: &Headers, from: Option<&EmailAddress>) -> bool {
    let kind = headers.first("content-type").unwrap_or_default().to_ascii_lowercase();
    // Nobody is there who could be answered.
    let from_nobody = headers.first("return-path").is_some_and(|path| path.replace(' ', "") == "<>");
    let by_postmaster = from.is_some_and(|from| {
        let from = from.normalised();
        ["mailer-daemon@", "postmaster@"].iter().any(|name| from.starts_with(name))
    });
    kind.starts_with("multipart/report") || (from_nobody && !is_response(headers)) || by_postmaster
}

fn is_list(headers: &Headers) -> bool {
    let precedence = precedence(headers);
    ["list-id", "list-unsubscribe", "list-post"].iter().any(|name| headers.has(name))
        || matches!(precedence.as_str(), "bulk" | "list") && !says_auto_submitted(headers)
}

fn is_response(headers: &Headers) -> bool {
    let precedence = precedence(headers);
    let suppresses = headers.first("x-auto-response-suppress").unwrap_or_default();
    let marked = ["x-autoreply", "x-autorespond", "x-autoresponder", "x-auto-reply", "x-loop"];
    says_auto_submitted(headers)
        || matches!(precedence.as_str(), "auto_reply" | "junk")
        // Part of the list is what some mail programs of people say as well; all of it is what machines say.
        || suppresses.split(',').any(|part| part.trim().eq_ignore_ascii_case("all"))
        || marked.iter().any(|name| headers.has(name))
}

/// `no` is the one value that people's mail may have.
fn says_auto_submitted(headers: &Headers) -> bool {
    let value = headers.first("auto-submitted").and_then(|value| value.split([';', ' ', '(']).next());
    value.is_some_and(|value| !value.is_empty() && !value.eq_ignore_ascii_case("no"))
}

fn precedence(headers: &Headers) -> String {
    headers.first("precedence").unwrap_or_default().to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(headers: &str, found: Option<Automatic>) {
        let read = Headers::read(headers.as_bytes());
        let from = read.first("from").and_then(super::super::header::address);
        let ours = ["complaints@bank.example", "reply.bank.example"];
        assert_eq!(of(&read, from.as_ref(), &ours), found, "{headers}");
    }

    #[test]
    fn what_people_write_is_theirs() {
        check("From: ann@example.com\nReturn-Path: <ann@example.com>\n", None);
        check("From: ann@example.com\nAuto-Submitted: no\n", None);
        check("From: ann@example.com\nX-Auto-Response-Suppress: DR, OOF\nPrecedence: first-class\n", None);
        check("", None);
    }

    #[test]
    fn machines_that_answer_for_somebody_are_known() {
        for header in [
            "Auto-Submitted: auto-replied",
            "Auto-Submitted: auto-generated (rejected)",
            "auto-submitted: Auto-Replied; owner-email=\"ann@example.com\"",
            "Precedence: auto_reply",
            "Precedence: junk",
            "X-Auto-Response-Suppress: All",
            "X-Autoreply: yes",
            "X-Autorespond: x",
            "X-Loop: ann@example.com",
            "Auto-Submitted: auto-replied\nPrecedence: bulk\nReturn-Path: <>",
        ] {
            check(&format!("From: ann@example.com\n{header}\n"), Some(Automatic::Response));
        }
    }

    #[test]
    fn reports_of_the_mail_system_are_known() {
        check("From: MAILER-DAEMON@mx.example.com\n", Some(Automatic::Report));
        check("From: ann@example.com\nReturn-Path: < >\n", Some(Automatic::Report));
        let kind = "Content-Type: multipart/report; report-type=delivery-status;\n\tboundary=x";
        check(&format!("From: ann@example.com\n{kind}\n"), Some(Automatic::Report));
    }

    #[test]
    fn mailing_lists_and_our_own_mail_are_known() {
        check("From: ann@example.com\nList-Id: <x.example.com>\n", Some(Automatic::List));
        check("From: ann@example.com\nPrecedence: bulk\n", Some(Automatic::List));
        check("From: Complaints <COMPLAINTS@Bank.example>\n", Some(Automatic::Ours));
        check(
            "From: reply+abc.def@reply.bank.example\nAuto-Submitted: auto-replied\n",
            Some(Automatic::Ours),
        );
        check("From: ann@bank.example\n", None);
    }
}
