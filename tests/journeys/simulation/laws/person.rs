//! What is kept of a person: as long as it must be, and no longer than it may.

use std::collections::BTreeSet;

use complaints::complaint::Complaint;
use complaints::event::Event;
use jiff::{SignedDuration, Timestamp};

use super::super::books::text;
use super::super::canary;
use super::super::rest::MOST_SKEW;
use super::super::run::Run;

/// More than a year, after which records go; nobody lives through it.
const A_YEAR: SignedDuration = SignedDuration::from_hours(24 * 370);

/// 17: whether a record may go, by the slowest clock.
pub(in super::super) fn is_over(complaint: &Complaint, now: Timestamp) -> bool {
    let from = complaint.kept_from().filter(|_| !complaint.held);
    let until = from.map(|from| super::POLICY.retention.until(from, super::POLICY.calendar.zone()));
    until.is_some_and(|until| until <= now + MOST_SKEW)
}

/// 7, 17: an export holds what there is on one person, nobody else's, and nothing that was erased.
pub(in super::super) fn handed_out(run: &Run, complaint: &Complaint, file: &[u8]) -> Result<(), String> {
    let own = run.books.cases.get(&complaint.id.to_string()).and_then(|case| case.customer);
    let own = own.map(|number| &run.posts[number]);
    for number in canary::heard(&String::from_utf8_lossy(file)) {
        let post = &run.posts[number];
        if own.is_none_or(|own| !own.is_of_same_customer(post)) {
            return Err(format!("7: the export of {} speaks of {}", complaint.reference, post.canary));
        }
    }
    Ok(())
}

/// 17: after an erasure nothing of that person is left in the table. Mail and log never have anything that is not of their
/// own complaint, or of anybody.
pub(super) fn erased(run: &Run) -> Result<(), String> {
    let is_erased = |id: &str| run.books.cases.get(id).is_some_and(|case| case.erased_at().is_some());
    for item in run.books.all()? {
        let (pk, id) = (text(&item, "pk")?, text(&item, "sk")?);
        if pk.starts_with("N#") && is_erased(id) {
            return Err(format!("17: {id} was erased, and is found by {pk}"));
        }
    }
    let mut absorbed = BTreeSet::new();
    // An export is of all complaints of a person, and so is its reason, which stands with each of them.
    let mut reasons = BTreeSet::new();
    for case in run.books.cases.values() {
        for recorded in &case.events {
            match &recorded.event {
                Event::DuplicateAbsorbed { duplicate, .. } => _ = absorbed.insert(duplicate.to_string()),
                Event::Exported { text, .. } if case.erased_at().is_none() => {
                    reasons.insert(format!("text#{}", text.id));
                }
                _ => {}
            }
        }
    }
    // What was put with another complaint has to be erased there.
    let gone =
        run.books.cases.iter().filter(|(id, case)| case.erased_at().is_some() && !absorbed.contains(*id));
    let gone: BTreeSet<usize> = gone.filter_map(|(_, case)| case.customer).collect();
    if gone.is_empty() {
        return Ok(());
    }
    for item in run.books.all()? {
        if reasons.contains(text(&item, "sk")?) {
            continue;
        }
        let written = serde_json::Value::Object(item.clone()).to_string();
        if let Some(number) = canary::heard(&written).find(|number| gone.contains(number)) {
            let key = (text(&item, "pk")?, text(&item, "sk")?);
            return Err(format!("17: {} was erased, and stands in {key:?}", run.posts[number].canary));
        }
    }
    Ok(())
}

impl Run {
    /// 17: more than a year later the records whose time is over are gone without a trace, and no others.
    pub(in super::super) async fn outlast(&mut self) -> Result<(), String> {
        let ended = self.books.complaints().map(|(complaint, _)| complaint.clone());
        let (over, stays): (Vec<_>, Vec<_>) = ended.partition(|one| !one.is_open() && !one.held);
        if over.is_empty() || self.chance(50) {
            return Ok(());
        }
        let later = self.world.now() + A_YEAR;
        self.world.skip_to(later).await.map_err(|error| error.to_string())?;
        self.pass(SignedDuration::from_hours(48)).await?;
        for complaint in &over {
            if !self.books.removed.contains_key(&complaint.id.to_string()) {
                return Err(format!("17: {} is over since {later}, and is there", complaint.reference));
            }
        }
        for complaint in &stays {
            if self.books.removed.contains_key(&complaint.id.to_string()) {
                return Err(format!("17: {} was removed", complaint.reference));
            }
        }
        self.coverage.add("records that went after their time", over.len() as u64);
        for item in self.books.all()? {
            let (pk, sk) = (text(&item, "pk")?, text(&item, "sk")?);
            let is_of = |one: &Complaint| {
                let (id, reference) = (one.id.to_string(), one.reference.to_string().replace('-', ""));
                pk.ends_with(&id)
                    || pk == format!("R#{reference}")
                    || ["K#", "N#"].iter().any(|kind| pk.starts_with(kind)) && sk.ends_with(&id)
            };
            if let Some(one) = over.iter().find(|one| is_of(one)) {
                return Err(format!("17: {} is gone, and left {pk} {sk}", one.reference));
            }
        }
        Ok(())
    }
}
