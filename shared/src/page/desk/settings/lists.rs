//! What there is to complain about, when the company works, how long things are kept, and what guards against abuse.

use super::Chapter;
use crate::{
    page::desk::in_words,
    policy::{Category, Policy},
    triage::Sign,
};

const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

pub(super) fn chapters(policy: &Policy) -> Vec<Chapter> {
    vec![categories(policy), triage(policy), calendar(policy), company(policy), kept(policy), limits(policy)]
}

fn categories(policy: &Policy) -> Chapter {
    let row = |category: &Category| {
        let kinds: Vec<&str> = category.sub_categories.iter().map(|kind| kind.name.as_str()).collect();
        let kinds = if category.text_required { "to be said in words".to_owned() } else { kinds.join("; ") };
        [category.name.to_string(), kinds]
    };
    let causes = policy.root_causes.iter().map(|cause| [cause.name.to_string()]);
    let products = policy.products.iter().map(|product| [product.to_string()]);
    Chapter::new("lists", "Categories, causes, products")
        .grid("Categories", ["Category", "Kinds"], policy.categories.iter().map(row))
        .grid("Root causes", ["Root cause"], causes)
        .grid("Products and services", ["Product or service"], products)
}

fn triage(policy: &Policy) -> Chapter {
    let words = "Words in a complaint that suggest a severity, or have to be known early. A person decides.";
    Sign::ALL.into_iter().fold(
        Chapter::new("triage", "Words that triage looks for").say(words),
        |chapter, sign| {
            let keywords = policy.triage.get(&sign).map(Vec::as_slice).unwrap_or_default();
            let raises = sign.severity().map_or("shown only", |severity| match severity.code() {
                "critical" => "suggests critical",
                _ => "suggests high",
            });
            let title = format!("{} ({raises}; {} words)", in_words(sign.words()), keywords.len());
            chapter.list(title, keywords.iter().map(|keyword| keyword.as_str().to_owned()))
        },
    )
}

fn calendar(policy: &Policy) -> Chapter {
    let calendar = &policy.calendar;
    let week = DAYS.into_iter().zip(calendar.week()).map(|(day, hours)| {
        let hours = if hours.is_empty() { "free".to_owned() } else { hours.join(", ") };
        [day.to_owned(), hours]
    });
    let holidays = calendar.holidays();
    Chapter::new("calendar", "Calendar")
        .fact("Time zone", calendar.zone_name())
        .grid("Hours of work", ["Day", "Hours"], week)
        .list(
            "Holidays",
            holidays
                .map(|(date, name)| format!("{} {name}", date.strftime("%a %-d %b %Y")).trim().to_owned()),
        )
}

fn company(policy: &Policy) -> Chapter {
    let languages: Vec<String> = policy.languages.iter().map(ToString::to_string).collect();
    Chapter::new("company", "Company")
        .fact("Letters are signed by", &policy.company.name)
        .fact("Answers to letters go to", &policy.company.reply_to)
        .fact("Languages, the first for all others", languages.join(", "))
        .fact("Colour of buttons and links, on light pages", policy.company.colours.accent)
        .fact("On dark ones", policy.company.colours.accent_dark)
}

fn kept(policy: &Policy) -> Chapter {
    let evidence = &policy.evidence;
    let size = format!("{} MiB", mebibytes(evidence.max_bytes));
    let years = policy.retention.years;
    let years = if years == 1 { "1 year".to_owned() } else { format!("{years} years") };
    Chapter::new("kept", "Records and files")
        .fact("A record is kept, from the later of receipt and closure, for", years)
        .fact("Files with one complaint, at most", evidence.max_files)
        .fact("Each of at most", size)
        .list("Types of files", evidence.types.iter().map(ToString::to_string))
}

/// With one digit after the point, where it is not a whole number.
fn mebibytes(bytes: u64) -> String {
    let tenths = bytes.saturating_mul(10) >> 20;
    if tenths.is_multiple_of(10) {
        (tenths / 10).to_string()
    } else {
        format!("{}.{}", tenths / 10, tenths % 10)
    }
}

fn limits(policy: &Policy) -> Chapter {
    let it = &policy.limits;
    let proof = if it.proof_bits == 0 { "none".to_owned() } else { format!("{} bits", it.proof_bits) };
    Chapter::new("limits", "Limits")
        .fact("Complaints from one address on one day", it.posts_per_address)
        .fact("Complaints from one network on one day", it.posts_per_network)
        .fact(
            "Acknowledgements as mails of their own, to one address on one day",
            it.acknowledgements_per_day,
        )
        .fact("Mails of their own to staff in a quarter of an hour", it.alerts_at_once)
        .fact("Answers by mail taken in for one complaint on one day", it.replies_per_day)
        .fact("What a customer adds to one complaint on its page", it.additions)
        .fact("A form is a machine's when it is sent within", format!("{} s", it.form_minimum_seconds))
        .fact("Proof of work", proof)
        .fact("Held posts are kept for", format!("{} days", it.held_days))
        .fact("A mailed link works for", format!("{} days", it.link_days))
        .fact("A customer's session lasts", format!("{} min", it.session_minutes))
}
