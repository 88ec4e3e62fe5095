use std::collections::BTreeMap;

use super::*;
use crate::{
    fields::{FieldError, Fields, Malformed},
    view::{
        CustomerView,
        story::{Story, intake},
    },
};

const FRAME: Frame<'static> = Frame { brand: "Example <Bank>", contact: "complaints@bank.example" };

fn form(typed: &BTreeMap<String, String>, errors: &[FieldError]) -> String {
    let policy = Policy::built_in();
    let (products, languages) = (&policy.products[..], &policy.languages[..]);
    Form { frame: FRAME, products, languages, typed, errors, problem: None, key: "key-1", issued: "s.1" }
        .render()
}

fn my(story: &Story, typed: &BTreeMap<String, String>, errors: &[FieldError]) -> String {
    let explanation = "We charged you twice.\n<b>Sorry</b>. \u{202e}evil\u{202c}".to_owned();
    let view = CustomerView::of(&story.complaint, &story.history, &story.policy, story.now)
        .with_texts(Some(intake()), Some(explanation));
    let zone = story.policy.calendar.zone();
    My { frame: FRAME, view: &view, just_received: false, typed, errors, zone }.render()
}

fn typed(body: &str) -> BTreeMap<String, String> {
    Fields::from_form(body.as_bytes()).unwrap().typed()
}

fn errors_of(body: &str) -> Vec<FieldError> {
    let fields = Fields::from_form(body.as_bytes()).unwrap();
    crate::intake::Posted::read(fields, jiff::civil::date(2026, 3, 31)).unwrap_err()
}

/// Every page there is, by name.
fn all() -> Vec<(&'static str, String)> {
    let none = BTreeMap::new();
    let wrong =
        "description=&email=nobody&phone=&incident_date=2027-01-01&product=Other+%3Ci%3E&needs=Large+print";
    let story = Story::received();
    let promises = crate::view::Promised::to_customer(&story.complaint);
    let zone = story.policy.calendar.zone();
    let link = Some("https://complaints.example/link/token");
    let reference = story.complaint.reference.to_string();
    let thanks =
        Thanks { frame: FRAME, reference: &reference, promises: &promises, link, by_mail: true, zone };
    let problems = [
        ("malformed", Problem::malformed(Malformed::NotJson)),
        ("not_found", Problem::not_found()),
        ("answered_before", Problem::from(&crate::rejection::Rejection::AlreadyAnswered)),
        ("gone", Problem::gone()),
        ("too_large", Problem::too_large(256)),
        ("unsupported", Problem::unsupported_media()),
        ("too_many", Problem::too_many(7_000)),
        ("internal", Problem::internal().of_request("req-1")),
    ];
    let mut pages = vec![
        ("form", form(&none, &[])),
        ("form_wrong", form(&typed(wrong), &errors_of(wrong))),
        ("thanks", thanks.render()),
        ("thanks_phone", Thanks { link: None, by_mail: false, ..thanks }.render()),
        ("open_link", OpenLink { frame: FRAME, token: "t\"><x" }.render()),
        ("expired_link", ExpiredLink { frame: FRAME, token: "token" }.render()),
        ("link_sent", LinkSent { frame: FRAME }.render()),
        ("my_received", my(&story, &none, &[])),
        ("my_investigating", my(&Story::investigating(), &none, &[])),
        ("my_forgotten", my(&Story::forgotten(), &none, &[])),
        ("my_proposed", my(&Story::proposed(), &none, &[])),
        (
            "my_proposed_wrong",
            my(&Story::proposed(), &typed("reason=No"), &answer_errors("proposal=1&reason=No")),
        ),
        ("my_implementing", my(&Story::implementing(), &none, &[])),
        ("my_asked", my(&Story::asked(), &none, &[])),
        ("my_closed", my(&Story::closed(), &none, &[])),
        ("answered", Answered { frame: FRAME, reference: &reference, given: Given::Refused }.render()),
    ];
    pages
        .extend(problems.map(|(name, problem)| (name, Failure { frame: FRAME, problem: &problem }.render())));
    pages
}

fn answer_errors(body: &str) -> Vec<FieldError> {
    crate::customer_body::GiveAnswer::read(Fields::from_form(body.as_bytes()).unwrap()).unwrap_err()
}

#[test]
fn no_page_has_script_or_style_of_its_own_or_anything_from_elsewhere() {
    for (name, page) in all() {
        for forbidden in ["<script", " style=", "<style", " onclick", "javascript:", "src=", "http://"] {
            assert!(!page.contains(forbidden), "{name}: {forbidden}");
        }
    }
}

#[test]
fn what_people_wrote_is_shown_literally() {
    let page = my(&Story::proposed(), &BTreeMap::new(), &[]);
    for shown in [
        "&#60;script&#62;alert(1)&#60;/script&#62; twice &#38; {{ 7*7 }}.",
        "Zoë &#60;b&#62;Smith&#60;/b&#62;",
        "⟦U+202E⟧01⟦U+202C⟧",
        "⟦U+202E⟧evil⟦U+202C⟧",
        "A-1&#34; onfocus=&#34;x",
        "Example &#60;Bank&#62;",
    ] {
        assert!(page.contains(shown), "{shown} in {page}");
    }
}

#[test]
fn every_control_has_a_label_and_every_id_is_one() {
    for (name, page) in all() {
        let ids: Vec<&str> = values_of(&page, " id=\"");
        let mut once = ids.clone();
        once.sort_unstable();
        once.dedup();
        assert_eq!(once.len(), ids.len(), "{name}: {ids:?}");
        let labels = values_of(&page, " for=\"");
        for control in page
            .split('<')
            .filter(|tag| ["input ", "textarea ", "select "].iter().any(|kind| tag.starts_with(kind)))
        {
            let inside_label = control.contains("type=\"radio\"") || control.contains("type=\"checkbox\"");
            let labelled = values_of(control, " id=\"").first().is_some_and(|id| labels.contains(id));
            assert!(control.contains("type=\"hidden\"") || inside_label || labelled, "{name}: {control}");
        }
        for reference in values_of(&page, "aria-describedby=\"").into_iter().flat_map(str::split_whitespace) {
            assert!(ids.contains(&reference), "{name}: {reference}");
        }
        for target in values_of(&page, "href=\"#") {
            assert!(ids.contains(&target), "{name}: #{target}");
        }
    }
}

fn values_of<'a>(page: &'a str, attribute: &str) -> Vec<&'a str> {
    page.split(attribute).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn a_form_that_was_wrong_keeps_what_was_typed_and_says_what_to_do() {
    let body = "description=Broken%0D%0Atwice+%3C%2Ftextarea%3E&email=nobody&name=Zo%C3%AB&incident_date=&product=Other";
    let page = form(&typed(body), &errors_of(body));
    assert!(page.contains("<title>Error: Make a complaint"));
    assert!(page.contains("\nBroken\ntwice &#60;/textarea&#62;</textarea>"), "{page}");
    assert!(page.contains("value=\"Zoë\""));
    assert!(
        page.contains("<a href=\"#email\">E-mail address: Give exactly one e-mail address, with one @.</a>")
    );
    assert!(page.contains("aria-describedby=\"email-hint email-error\" aria-invalid=\"true\""));
    assert!(page.contains("<details class=\"more\" open>"), "what was typed there is shown");
    assert!(page.contains("<option selected>Other</option>"));
    assert!(page.contains("name=\"idempotency_key\" value=\"key-1\""));
}

#[test]
fn control_characters_that_were_typed_are_shown_as_such() {
    let page = form(&typed("description=a%00b%1Bc"), &[]);
    assert!(page.contains("a\u{fffd}b\u{fffd}c"));
}

#[test]
fn the_private_page_asks_only_what_is_open() {
    let check = |story: &Story, answer: bool, feedback: bool| {
        let page = my(story, &BTreeMap::new(), &[]);
        assert_eq!(page.contains("/answer\""), answer);
        assert_eq!(page.contains("/feedback\""), feedback);
    };
    check(&Story::investigating(), false, false);
    check(&Story::proposed(), true, false);
    check(&Story::implementing(), false, false);
    check(&Story::asked(), false, true);
    check(&Story::closed(), false, true);
}

#[test]
fn not_found_looks_the_same_whatever_was_not_found() {
    let policy = Policy::built_in();
    let not_yours = Problem::from(&crate::rejection::Rejection::NotFound);
    assert_eq!(problem(&policy, &Problem::not_found()), problem(&policy, &not_yours));
}

#[test]
fn times_are_those_on_the_company_s_wall() {
    let zone = jiff::tz::TimeZone::get("Europe/London").unwrap();
    let at = "2026-03-31T16:30:00Z".parse().unwrap();
    assert_eq!(time_in_words(at, &zone), "Tuesday 31 March 2026, 17:30");
    assert_eq!(day_in_words(at, &zone), "Tuesday 31 March 2026");
}

#[test]
fn the_pages_are_as_they_were_looked_at() {
    let looked_at = [
        "form",
        "form_wrong",
        "thanks",
        "expired_link",
        "my_investigating",
        "my_proposed",
        "my_asked",
        "internal",
    ];
    for (name, page) in all().into_iter().filter(|(name, _)| looked_at.contains(name)) {
        insta::assert_snapshot!(name, page);
    }
}
