use std::collections::BTreeMap;

use super::*;
use crate::{
    fields::{FieldError, Fields, Malformed},
    values::Language,
    view::{
        CustomerView,
        story::{Story, intake},
    },
    words,
};

const EXPLANATION: &str = "We charged you twice.\n<b>Sorry</b>. \u{202e}evil\u{202c}";

/// What staff ask a customer or a department, with what a page has to take as text.
const QUESTION: &str = "Which <i>day</i> was it?\n\u{202e}evil\u{202c}";

/// A reader of one language.
#[derive(Clone, Copy)]
struct Reader(&'static Words);

impl Reader {
    fn english() -> Reader {
        Reader(words::english())
    }

    fn frame(self) -> Frame<'static> {
        Frame { brand: "Example <Bank>", logo: None, contact: "complaints@bank.example", words: self.0 }
    }

    fn form(self, typed: &BTreeMap<String, String>, errors: &[FieldError]) -> String {
        let policy = Policy::built_in();
        let (frame, products, languages) = (self.frame(), &policy.products[..], &policy.languages[..]);
        Form {
            frame,
            products,
            languages,
            typed,
            errors,
            notice: None,
            key: "key-1",
            issued: "s.1",
            proof_bits: 0,
            embedded: false,
        }
        .render()
    }

    fn tell(
        self,
        way: Way,
        asked: &[String],
        typed: &BTreeMap<String, String>,
        errors: &[FieldError],
    ) -> String {
        Tell { frame: self.frame(), reference: "28T-5CY-01J", way, asked, key: "key-3", typed, errors }
            .render()
    }

    fn consulted(self, typed: &BTreeMap<String, String>, errors: &[FieldError]) -> String {
        let (frame, address) = (self.frame(), "/consultation/1/t\"><x");
        Consulted { frame, reference: "28T-5CY-01J", address, question: QUESTION, typed, errors }.render()
    }

    fn my(self, mut story: Story, typed: &BTreeMap<String, String>, errors: &[FieldError]) -> String {
        story.complaint.language = Language::parse(self.0.tag).unwrap();
        let view = CustomerView::of(&story.complaint, &story.history, &story.policy, story.now)
            .with_texts(Some(intake()), Some(EXPLANATION.to_owned()))
            .asking(vec![QUESTION.to_owned()]);
        let zone = story.policy.calendar.zone();
        My { frame: self.frame(), view: &view, key: "key-2", just_received: false, typed, errors, zone }
            .render()
    }
}

fn typed(body: &str) -> BTreeMap<String, String> {
    Fields::from_form(body.as_bytes()).unwrap().typed()
}

fn errors_of(body: &str) -> Vec<FieldError> {
    let fields = Fields::from_form(body.as_bytes()).unwrap();
    crate::intake::Posted::read(fields, jiff::civil::date(2026, 3, 31)).unwrap_err()
}

/// Every page there is, by name.
fn all(reader: Reader) -> Vec<(&'static str, String)> {
    let none = BTreeMap::new();
    let wrong =
        "description=&email=nobody&phone=&incident_date=2027-01-01&product=Other+%3Ci%3E&needs=Large+print";
    let frame = reader.frame();
    let story = Story::received();
    let promises = crate::view::Promised::to_customer_in(&story.complaint, reader.0);
    let zone = story.policy.calendar.zone();
    let link = Some("https://complaints.example/link/token");
    let reference = story.complaint.reference.to_string();
    let thanks = Thanks { frame, reference: &reference, promises: &promises, link, by_mail: true, zone };
    let answered = |given| Answered { frame, reference: &reference, given }.render();
    let mut pages = vec![
        ("form", reader.form(&none, &[])),
        ("form_wrong", reader.form(&typed(wrong), &errors_of(wrong))),
        ("thanks", thanks.render()),
        ("thanks_phone", Thanks { link: None, by_mail: false, ..thanks }.render()),
        ("open_link", OpenLink { frame, token: "t\"><x" }.render()),
        ("expired_link", ExpiredLink { frame, token: "token" }.render()),
        ("link_sent", LinkSent { frame }.render()),
        (
            "closed",
            Closed { frame, at: "/my/28T-5CY-01J/information", typed: &typed("text=%3Cb%3E&x%22=1") }
                .render(),
        ),
        ("my_received", reader.my(Story::received(), &none, &[])),
        ("my_investigating", reader.my(Story::investigating(), &none, &[])),
        ("my_forgotten", reader.my(Story::forgotten(), &none, &[])),
        ("my_proposed", reader.my(Story::proposed(), &none, &[])),
        (
            "my_proposed_wrong",
            reader.my(Story::proposed(), &typed("reason=No"), &answer_errors("proposal=1&reason=No")),
        ),
        ("my_implementing", reader.my(Story::implementing(), &none, &[])),
        ("my_asked", reader.my(Story::asked(), &none, &[])),
        ("my_closed", reader.my(Story::closed(), &none, &[])),
        ("accepted", answered(Given::Accepted)),
        ("agreed", answered(Given::Agreed)),
        ("refused", answered(Given::Refused)),
        ("feedback", answered(Given::Feedback)),
        ("unsatisfied", answered(Given::Unsatisfied)),
        ("concern", answered(Given::Concern)),
        ("informed", answered(Given::Informed)),
        ("went_up", answered(Given::WentUp)),
        ("seen_to", answered(Given::SeenTo)),
        ("withdrawn", answered(Given::Withdrawn)),
        ("links_ended", answered(Given::LinksEnded)),
        ("data_asked", answered(Given::DataAsked)),
        ("erasure_asked", answered(Given::ErasureAsked)),
        ("my_waiting", reader.my(Story::waiting(), &none, &[])),
        ("not_me", NotMe { frame, token: "t\"><x" }.render()),
        ("disowned", Disowned { frame }.render()),
        ("consulted", reader.consulted(&none, &[])),
        ("consulted_wrong", reader.consulted(&typed("text="), &missing("text"))),
        ("consultation_thanks", ConsultationOver::Thanks.render(frame)),
        ("consultation_answered", ConsultationOver::Answered.render(frame)),
        ("consultation_over", ConsultationOver::NotNeeded.render(frame)),
        ("tell_answer", reader.tell(Way::Information, &[QUESTION.to_owned()], &none, &[])),
        ("tell_wrong", reader.tell(Way::Information, &[], &typed("text=a%1Bb"), &missing("text"))),
    ];
    pages.extend(Way::ALL.map(|way| (way.slug(), reader.tell(way, &[], &none, &[]))));
    let failed = |problem: Problem| {
        let typed = Some(typed("text=%3Cb%3E+%E2%80%AEevil&idempotency_key=key-4"));
        let sent = Sent { reference: story.complaint.reference, at: "/my/28T-5CY-01J/information", typed };
        Failure { frame, problem: &problem, sent: Some(&sent) }.render()
    };
    pages.push(("sent_too_late", failed(Problem::from(&crate::rejection::Rejection::WindowPassed))));
    pages.push(("sent_in_vain", failed(Problem::unavailable(5))));
    pages.extend(
        problems().map(|(name, problem)| (name, Failure { frame, problem: &problem, sent: None }.render())),
    );
    pages
}

fn problems() -> [(&'static str, Problem); 8] {
    [
        ("malformed", Problem::malformed(Malformed::NotJson)),
        ("not_found", Problem::not_found()),
        ("answered_before", Problem::from(&crate::rejection::Rejection::AlreadyAnswered)),
        ("gone", Problem::gone()),
        ("too_large", Problem::too_large(256)),
        ("unsupported", Problem::unsupported_media()),
        ("too_many", Problem::too_many(7_000)),
        ("internal", Problem::internal().of_request("req-1")),
    ]
}

fn missing(name: &str) -> Vec<FieldError> {
    vec![FieldError::new(format!("/{name}"), "required", "Write what you want to tell us.")]
}

/// Every page in every language.
fn in_all_languages() -> Vec<(&'static str, String)> {
    words::ALL.into_iter().flat_map(|words| all(Reader(words))).collect()
}

fn answer_errors(body: &str) -> Vec<FieldError> {
    crate::customer_body::GiveAnswer::read(Fields::from_form(body.as_bytes()).unwrap()).unwrap_err()
}

#[test]
fn no_page_has_script_or_style_of_its_own_or_anything_from_elsewhere() {
    for (name, page) in in_all_languages() {
        for forbidden in ["<script", " style=", "<style", " onclick", "javascript:", "src=", "http://"] {
            assert!(!page.contains(forbidden), "{name}: {forbidden}");
        }
    }
}

#[test]
fn what_people_wrote_is_shown_literally() {
    let page = Reader::english().my(Story::proposed(), &BTreeMap::new(), &[]);
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
    for (name, page) in in_all_languages() {
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
            let unseen = control.contains("type=\"hidden\"") || control.contains(" hidden>");
            assert!(unseen || inside_label || labelled, "{name}: {control}");
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
    let page = Reader::english().form(&typed(body), &errors_of(body));
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
    let page = Reader::english().form(&typed("description=a%00b%1Bc"), &[]);
    assert!(page.contains("a\u{fffd}b\u{fffd}c"));
}

#[test]
fn the_private_page_asks_only_what_is_open() {
    let check = |story: Story, answer: bool, feedback: bool| {
        let page = Reader::english().my(story, &BTreeMap::new(), &[]);
        assert_eq!(page.contains("/answer?"), answer);
        assert_eq!(page.contains("/feedback?"), feedback);
    };
    check(Story::investigating(), false, false);
    check(Story::proposed(), true, false);
    check(Story::implementing(), false, false);
    check(Story::asked(), false, true);
    check(Story::closed(), false, true);
}

#[test]
fn who_has_said_how_satisfied_they_are_is_asked_only_what_is_still_wrong() {
    let page = Reader::english().my(Story::closed(), &BTreeMap::new(), &[]);
    for asked in [
        "type=\"hidden\" name=\"rating\" value=\"4\"",
        "name=\"concern\" value=\"yes\"",
        "What is still wrong?",
    ] {
        assert!(page.contains(asked), "{asked} in {page}");
    }
    assert!(!page.contains("type=\"radio\"") && !page.contains("type=\"checkbox\""), "{page}");
    let page = Reader::english().my(Story::closed(), &typed("rating=4&concern=yes"), &missing("comment"));
    assert!(page.contains("<a href=\"#comment\">"), "{page}");
}

#[test]
fn the_private_page_offers_what_is_possible_and_withdrawal_only_by_a_page_that_asks_again() {
    let page = |story: Story| Reader::english().my(story, &BTreeMap::new(), &[]);
    let check = |story: Story, information: usize, escalation: usize, withdrawal: usize, erasure: usize| {
        let page = page(story);
        let counted = |way: &str| page.matches(&format!("/{way}?lang=en")).count();
        assert_eq!((counted("information"), counted("escalation")), (information, escalation), "{page}");
        assert_eq!(page.matches("/withdrawal\"").count(), withdrawal);
        assert_eq!((counted("withdrawal"), counted("erasure")), (0, erasure));
    };
    check(Story::investigating(), 1, 1, 1, 1);
    check(Story::waiting(), 1, 1, 1, 1);
    check(Story::proposed(), 1, 0, 1, 1);
    check(Story::closed(), 1, 0, 0, 1);
    assert!(page(Story::waiting()).contains("Which &#60;i&#62;day&#60;/i&#62; was it?\n⟦U+202E⟧evil"));
    assert!(!page(Story::investigating()).contains("was it?"), "nothing is asked");
}

#[test]
fn what_a_way_could_not_take_is_shown_again_with_what_was_typed() {
    let page = Reader::english().tell(Way::Escalation, &[], &typed("text=a%1Bb"), &missing("text"));
    assert!(page.contains("<title>Error: Ask for a higher level"), "{page}");
    assert!(
        page.contains("a\u{fffd}b</textarea>")
            && page.contains("<a href=\"#text\">Write what you want to tell us.</a>")
    );
}

#[test]
fn what_was_sent_from_a_private_page_is_shown_when_it_is_not_taken_and_sent_again_where_that_may_help() {
    let pages: BTreeMap<_, _> = all(Reader::english()).into_iter().collect();
    for (name, again) in [("sent_too_late", false), ("sent_in_vain", true)] {
        let page = &pages[name];
        assert!(page.contains("<div class=\"words\" dir=\"auto\">&#60;b&#62; ⟦U+202E⟧evil</div>"), "{page}");
        assert!(page.contains("Back to my complaint") && !page.contains("To the complaint form"), "{page}");
        assert_eq!(page.contains("Send it again") && page.contains("key-4</textarea>"), again, "{page}");
    }
}

#[test]
fn not_found_looks_the_same_whatever_was_not_found() {
    let policy = Policy::built_in();
    let not_yours = Problem::from(&crate::rejection::Rejection::NotFound);
    let shown = |problem| super::problem(&policy, problem, words::english(), None);
    assert_eq!(shown(&Problem::not_found()), shown(&not_yours));
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
        "my_waiting",
        "withdrawal",
        "tell_wrong",
        "consulted",
        "not_me",
        "internal",
    ];
    for words in words::ALL {
        for (name, page) in all(Reader(words)).into_iter().filter(|(name, _)| looked_at.contains(name)) {
            // English ones go by their name alone.
            let name = if words.tag == "en" { name.to_owned() } else { format!("{}_{name}", words.tag) };
            insta::assert_snapshot!(name, page);
        }
    }
}

#[test]
fn no_english_is_left_on_a_german_page() {
    let intake = intake();
    let policy = Policy::built_in();
    let mut given =
        vec!["Example <Bank>", "complaints@bank.example", "https://complaints.example/link/token"];
    given.extend([
        "28T-5CY-01J",
        "Deutsch",
        "English",
        "Other <i>",
        "Large print",
        "name@example.com",
        "req-1",
        "<b> ⟦U+202E⟧evil",
        "<b> \u{202e}evil",
        "key-4",
    ]);
    given.extend(policy.products.iter().map(crate::policy::Name::as_str));
    given.extend(crate::values::Level::ALL.map(|level| policy.company.level_name(level).as_str()));
    let texts = [QUESTION, EXPLANATION, intake.description.as_str(), "My money back."];
    let shown: Vec<String> = texts.iter().map(|text| crate::values::visible(text).into_owned()).collect();
    given.extend(shown.iter().map(String::as_str));
    given.extend(["Zoë <b>Smith</b>", "zoe@bank.example", "A-1\" onfocus=\"x", "GBP", "No"]);
    let (english, german) = (all(Reader(words::ALL[0])), all(Reader(words::ALL[1])));
    for ((name, english), (_, german)) in english.iter().zip(&german) {
        let (english, german) = (words::tests::texts(english), words::tests::texts(german));
        assert_eq!(english.len(), german.len(), "{name}");
        words::tests::check_german(name, &english, &german, &given);
    }
}

#[test]
fn every_page_says_its_language_and_stays_in_it() {
    for words in words::ALL {
        let (root, stays) = (format!("<html lang=\"{}\">", words.tag), format!("lang={}\"", words.tag));
        for (name, page) in all(Reader(words)) {
            assert!(page.contains(&root), "{name}");
            for target in values_of(&page, " action=\"") {
                assert!(format!("{target}\"").ends_with(&stays), "{name}: {target}");
            }
        }
    }
}

#[test]
fn the_form_leads_to_itself_in_the_other_languages_until_something_is_typed() {
    let page = Reader(words::ALL[1]).form(&BTreeMap::new(), &[]);
    assert!(page.contains("<a href=\"/?lang=en\" lang=\"en\" hreflang=\"en\">English</a>"), "{page}");
    assert!(!page.contains("hreflang=\"de\""));
    assert!(page.contains("<input type=\"hidden\" name=\"language\" value=\"de\">"));
    let again = Reader(words::ALL[1]).form(&typed("name=Zo%C3%AB&language=de"), &[]);
    assert!(!again.contains("hreflang="), "what was typed would be lost");
}
