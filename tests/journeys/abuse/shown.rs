//! What customers write is shown as they wrote it, everywhere, and works on nobody.

use serde_json::{Value, json};

use crate::desk::report::Sheet;
use crate::desk::{Desk, MANAGER};

const MARKUP: &str =
    "<script>alert(1)</script> <b>bold</b> {{ 7*7 }} {% raw %} ${x} &amp; <img src=x onerror=y>";

#[tokio::test]
async fn markup_and_template_syntax_are_shown_literally_on_page_and_in_mail() {
    let desk = Desk::open();
    let body = json!({
        "name": MARKUP, "email": "ann@example.com", "description": MARKUP, "people_involved": MARKUP,
        "order_reference": "<i>1</i>", "remedy_wanted": MARKUP, "product": "<u>Card</u>",
    });
    let ann = desk.posts(&body).await;
    let sam = desk.sam();
    let case = sam.case(&ann.reference).await;
    assert_eq!(case["complaint"]["description"], MARKUP, "kept as it was written");
    sam.takes(&ann.reference).await;
    sam.triages(&ann.reference, "billing", "normal").await;
    sam.does(&ann.reference, "contact", &json!({"channel": "email", "text": MARKUP})).await;
    sam.finds(&ann.reference, "it").await;
    sam.does(&ann.reference, "propose", &json!({"outcome": "upheld", "explanation": MARKUP, "remedies": []}))
        .await;
    let page = ann.looks().await;
    check_literal(&page);
    for mail in desk.mails_to("ann@example.com") {
        let (html, text) = (mail.html.unwrap(), mail.text.unwrap());
        check_literal(&html);
        assert!(!text.contains("&lt;") && !text.contains("&#60;"), "plain text is not escaped: {text}");
        assert!(!mail.subject.contains('<'), "{}", mail.subject);
    }
    assert!(desk.mail("ann@example.com", "update").text.unwrap().contains(MARKUP));
    desk.rests().await;
}

/// The markup is there to be read, and is none.
fn check_literal(html: &str) {
    for live in ["<script>alert", "<b>bold", "<img src=x", "<i>1", "<u>Card"] {
        assert!(!html.contains(live), "{live} in {html}");
    }
    assert!(html.contains("&#60;script&#62;alert(1)"), "{html}");
    assert!(html.contains("{{ 7*7 }}") && html.contains("{% raw %}"), "{html}");
    assert!(!html.contains(" 49 "), "{html}");
}

#[tokio::test]
async fn text_is_kept_in_one_normal_form_and_what_steers_its_direction_is_made_visible() {
    let desk = Desk::open();
    let body = json!({
        "name": "Zoe\u{308} \u{202e}nnA", "email": "ann@example.com",
        "description": "Cafe\u{301} \u{202e}txt.exe\u{202c} and \u{2066}more\u{2069}",
    });
    let ann = desk.posts(&body).await;
    let case = desk.sam().case(&ann.reference).await;
    assert_eq!(
        case["complaint"]["description"],
        "Caf\u{e9} \u{202e}txt.exe\u{202c} and \u{2066}more\u{2069}"
    );
    let mail = desk.mail("ann@example.com", "acknowledgement");
    for shown in [ann.looks().await, mail.text.unwrap(), mail.html.unwrap()] {
        assert!(!shown.contains(['\u{202e}', '\u{202c}', '\u{2066}', '\u{2069}']), "{shown}");
    }
    let page = ann.looks().await;
    assert!(page.contains("Caf\u{e9}") && page.contains("U+202E"), "{page}");
    desk.rests().await;
}

#[tokio::test]
async fn a_sheet_is_no_program() {
    let desk = Desk::at("2026-09-30T21:00:00Z");
    // What reaches the sheet is the policy's and the staff's own; a member of staff may have an odd name.
    let ann = desk.posts(&json!({
        "name": "=cmd()", "email": "ann@example.com", "description": "=1+1", "product": "=HYPERLINK(\"x\")",
    })).await;
    let odd = crate::desk::staff::Staff::new(&desk, "-2+3", "csr");
    odd.takes(&ann.reference).await;
    odd.does(&ann.reference, "triage", &json!({"category": "billing", "severity": "normal"})).await;
    desk.until("2026-10-01T06:05:00Z").await;
    let mail = desk.mail(MANAGER, "monthly-report");
    let sheet = Sheet::of(&mail);
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(sheet.text.as_bytes());
    for line in reader.records() {
        for cell in &line.unwrap() {
            let is_number = cell.parse::<f64>().is_ok();
            assert!(is_number || !cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell}");
        }
    }
    assert!(sheet.text.ends_with("\r\n") && sheet.text.contains("\r\n"), "RFC 4180");
    assert!(!sheet.text.contains("cmd()") && !sheet.text.contains("HYPERLINK"), "{}", sheet.text);
    desk.rests().await;
}

#[tokio::test]
async fn staff_letters_hold_no_words_of_the_customer() {
    let desk = Desk::open();
    let ann = desk.complains("Quillon Zweig", "bounce+canary@example.com").await;
    desk.hours(3).await;
    let staff: Vec<Value> = [crate::desk::DESK, MANAGER]
        .iter()
        .flat_map(|to| desk.mails_to(to))
        .map(|mail| json!([mail.subject, mail.text, mail.html]))
        .collect();
    assert!(staff.len() >= 2, "{staff:?}");
    for mail in staff {
        let said = mail.to_string();
        assert!(said.contains(&ann.reference));
        assert!(
            !said.contains("Quillon") && !said.contains("canary") && !said.contains("charged twice"),
            "{said}"
        );
    }
    desk.rests().await;
}
