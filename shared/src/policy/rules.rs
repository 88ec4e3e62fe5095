//! What must hold between the parts of a policy, beyond each part being well formed.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::{Logo, Policy, Span};
use crate::{page, proof::MOST_BITS, triage::Keyword, words};

/// Where a rule is broken, and how it says so.
type Broken = (String, String);

pub(super) fn check(policy: &Policy) -> Result<(), Broken> {
    require(policy.version > 0, "version", "versions count from 1")?;
    let url = policy.external_body.url.as_str();
    require(
        url.starts_with("https://") && !url.contains(' '),
        "external_body.url",
        "is no https:// address",
    )?;
    if let Some((name, detail)) = page::faint(policy.company.colours) {
        return Err((format!("company.colours.{name}"), detail));
    }
    if let Some((part, detail)) = policy.company.logo.as_ref().and_then(Logo::excess) {
        return Err((format!("company.logo.{part}"), detail.to_owned()));
    }
    times(policy)?;
    money(policy)?;
    lists(policy)?;
    evidence(policy)?;
    limits(policy)
}

fn times(policy: &Policy) -> Result<(), Broken> {
    let percent = policy.escalation.warn_at_percent;
    require((1..=99).contains(&percent), "escalation.warn_at_percent", "is from 1 to 99")?;
    require(policy.escalation.repeated > 1, "escalation.repeated", "is 2 or more")?;
    require(policy.escalation.alike > 1, "escalation.alike", "is 2 or more")?;
    let percent = policy.delay.notice_at_percent;
    require((1..=99).contains(&percent), "delay.notice_at_percent", "is from 1 to 99")?;
    let (consent, follow_up, information) = (&policy.consent, &policy.follow_up, &policy.information);
    let detail = "comes no later than what it reminds of";
    let reminded = earlier(policy, information.remind_after, information.silence_after);
    require(reminded, "information.remind_after", detail)?;
    let waits = !earlier(policy, information.longest_wait, information.silence_after);
    require(waits, "information.longest_wait", "is shorter than information.silence_after")?;
    require(earlier(policy, consent.remind_after, consent.silence_after), "consent.remind_after", detail)?;
    require(earlier(policy, follow_up.remind_after, follow_up.close_after), "follow_up.remind_after", detail)
}

/// Whether the first span ends before the second, both begun when the policy comes into force.
fn earlier(policy: &Policy, first: Span, second: Span) -> bool {
    let midnight =
        TimeZone::UTC.to_timestamp(policy.effective.at(0, 0, 0, 0)).unwrap_or(Timestamp::UNIX_EPOCH);
    let from = policy.calendar.next_opening(midnight);
    first.deadline(from, &policy.calendar) < second.deadline(from, &policy.calendar)
}

fn money(policy: &Policy) -> Result<(), Broken> {
    let (csr, manager) = (policy.redress.csr, policy.redress.manager);
    let one_currency = "is in another currency than redress.csr";
    require(manager.currency() == csr.currency(), "redress.manager", one_currency)?;
    require(!csr.exceeds(manager), "redress.manager", "is below redress.csr")?;
    let loss = policy.severities.high_above_loss;
    require(loss.currency() == csr.currency(), "severities.high_above_loss", one_currency)
}

fn lists(policy: &Policy) -> Result<(), Broken> {
    require(!policy.languages.is_empty(), "languages", "names no language")?;
    distinct("languages", policy.languages.iter().map(ToString::to_string))?;
    for (index, language) in policy.languages.iter().enumerate() {
        require(
            words::has(*language),
            &format!("languages.{index}"),
            "is a language that there are no words in",
        )?;
    }
    require(!policy.products.is_empty(), "products", "names no product")?;
    distinct("products", policy.products.iter().map(|product| product.as_str().to_lowercase()))?;
    keys("departments", policy.departments.iter().map(|department| &department.key))?;
    require(!policy.root_causes.is_empty(), "root_causes", "names no cause")?;
    keys("root_causes", policy.root_causes.iter().map(|cause| &cause.key))?;
    require(!policy.categories.is_empty(), "categories", "names no category")?;
    keys("categories", policy.categories.iter().map(|category| &category.key))?;
    for (index, category) in policy.categories.iter().enumerate() {
        let field = format!("categories.{index}.sub_categories");
        keys(&field, category.sub_categories.iter().map(|sub| &sub.key))?;
        keywords(&format!("categories.{index}.keywords"), &category.keywords)?;
        for (sub, sub_category) in category.sub_categories.iter().enumerate() {
            keywords(&format!("{field}.{sub}.keywords"), &sub_category.keywords)?;
        }
    }
    policy.triage.iter().try_for_each(|(sign, listed)| keywords(&format!("triage.{sign}"), listed))
}

fn keywords(field: &str, keywords: &[Keyword]) -> Result<(), Broken> {
    distinct(field, keywords.iter().map(|keyword| keyword.as_str().to_lowercase()))
}

fn evidence(policy: &Policy) -> Result<(), Broken> {
    const MIB: u64 = 1024 * 1024;
    let evidence = &policy.evidence;
    require((1..=20).contains(&evidence.max_files), "evidence.max_files", "is from 1 to 20")?;
    // A step holds a file whole to look at it.
    require((1..=25 * MIB).contains(&evidence.max_bytes), "evidence.max_bytes", "is from 1 to 26214400")?;
    let all = u64::from(evidence.max_files) * evidence.max_bytes;
    require(all <= 200 * MIB, "evidence.max_bytes", "is more than 200 MiB for all files together")?;
    distinct("evidence.types", evidence.types.iter().map(ToString::to_string))
}

fn limits(policy: &Policy) -> Result<(), Broken> {
    let limits = &policy.limits;
    require((1..=100).contains(&policy.retention.years), "retention.years", "is from 1 to 100")?;
    require(limits.posts_per_address > 0, "limits.posts_per_address", "is above 0")?;
    require(limits.posts_per_network > 0, "limits.posts_per_network", "is above 0")?;
    let own_mails = 1..=100;
    require(
        own_mails.contains(&limits.acknowledgements_per_day),
        "limits.acknowledgements_per_day",
        "is from 1 to 100",
    )?;
    require((1..=1000).contains(&limits.alerts_at_once), "limits.alerts_at_once", "is from 1 to 1000")?;
    require((1..=100).contains(&limits.replies_per_day), "limits.replies_per_day", "is from 1 to 100")?;
    require((1..=200).contains(&limits.additions), "limits.additions", "is from 1 to 200")?;
    require(limits.form_minimum_seconds <= 60, "limits.form_minimum_seconds", "is at most 60")?;
    require(limits.proof_bits <= MOST_BITS, "limits.proof_bits", "is at most 22")?;
    require((1..=366).contains(&limits.held_days), "limits.held_days", "is from 1 to 366")?;
    require((1..=3650).contains(&limits.link_days), "limits.link_days", "is from 1 to 3650")?;
    require((1..=1440).contains(&limits.session_minutes), "limits.session_minutes", "is from 1 to 1440")
}

fn require(holds: bool, field: &str, detail: &str) -> Result<(), Broken> {
    if holds { Ok(()) } else { Err((field.to_owned(), detail.to_owned())) }
}

fn distinct(field: &str, names: impl Iterator<Item = String>) -> Result<(), Broken> {
    let mut seen = BTreeSet::new();
    for (index, name) in names.enumerate() {
        require(seen.insert(name), &format!("{field}.{index}"), "stands in the list twice")?;
    }
    Ok(())
}

fn keys<'k>(field: &str, keys: impl Iterator<Item = &'k String> + Clone) -> Result<(), Broken> {
    for (index, key) in keys.clone().enumerate() {
        let of_key = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
        let fits = (1..=40).contains(&key.len()) && key.bytes().all(of_key);
        let detail = "is no key: at most 40 small letters, digits and _";
        require(fits, &format!("{field}.{index}.key"), detail)?;
    }
    distinct(field, keys.cloned())
}
