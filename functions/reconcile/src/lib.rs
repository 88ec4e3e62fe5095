//! Checks every day that nothing is lost: what stands by the figures is what stands in the table, and every complaint
//! was acknowledged or is a task for a person, and every month has its report. What does not fit is mailed to the
//! manager.

use std::{collections::BTreeMap, time::Duration};

use complaints::{
    complaint::{Acknowledgement, Complaint, StageName},
    figures::{Balances, Period},
    shell::{Shell, StepError, books::Findings, mailer::Attempt, sweep::Tick},
    values::Severity,
};
use jiff::SignedDuration;
use serde::Serialize;

/// How often the books are read before a difference counts.
const MOST_READINGS: usize = 5;
/// How long the figures have to follow between two readings.
const BETWEEN_READINGS: Duration = Duration::from_secs(15);
/// A mail with more findings than this would not be read, and might not be sent.
const MOST_FINDINGS: usize = 100;

/// How many open complaints there are by the table.
type Counted = BTreeMap<StageName, i64>;
/// Where the figures say something else.
type Differences = BTreeMap<StageName, Difference>;

/// How many complaints are in a stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Difference {
    /// By the figures.
    figures: i64,
    /// By the table.
    records: i64,
}

impl Difference {
    /// How many the figures have too many.
    fn excess(self) -> i64 {
        self.figures - self.records
    }

    /// In words.
    fn of(self, stage: StageName) -> String {
        format!(
            "In the stage {} the figures have {} complaints and the table has {}.",
            stage.code(),
            self.figures,
            self.records
        )
    }
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Reconciled {
    /// Open complaints in the table.
    pub open: i64,
    /// Things that do not fit.
    pub findings: usize,
}

/// Compares, stores and tells what was found. A second run on the same day finds that it was told.
pub async fn handle(shell: &Shell, _: Tick) -> Result<Reconciled, StepError> {
    let mut found = Vec::new();
    let (open, unacknowledged) = compare(shell, &mut found).await?;
    found.extend(unacknowledged.iter().map(|complaint| {
        format!(
            "Complaint {} was not acknowledged in time, and nobody was given the task.",
            complaint.reference
        )
    }));
    found.extend(missing_report(shell).await?);
    let day = shell.policy().calendar.date(shell.now()).to_string();
    let more = found.len().saturating_sub(MOST_FINDINGS);
    found.truncate(MOST_FINDINGS);
    if more > 0 {
        found.push(format!("There are {more} more."));
    }
    let findings = Findings { day, findings: found };
    if !findings.findings.is_empty() {
        tracing::error!(findings = findings.findings.len(), "the books do not balance");
        shell.store_findings(&findings).await?;
        shell.mail_findings(&findings, Attempt::First).await?;
    }
    Ok(Reconciled { open, findings: findings.findings.len() })
}

/// Reads table and figures until they agree. The figures follow the table by some seconds, and others go on meanwhile:
/// what was lost makes a difference at every reading, what is on its way comes and goes.
async fn compare(shell: &Shell, found: &mut Vec<String>) -> Result<(i64, Vec<Complaint>), StepError> {
    let (mut reading, mut lasting) = (1, None);
    loop {
        let (counted, unacknowledged) = count(shell).await?;
        let now = still(lasting.as_ref(), differences(&counted, &shell.standing().await?));
        if now.is_empty() || reading == MOST_READINGS {
            found.extend(now.iter().map(|(stage, difference)| difference.of(*stage)));
            return Ok((counted.values().sum(), unacknowledged));
        }
        (reading, lasting) = (reading + 1, Some(now));
        shell.wait(BETWEEN_READINGS).await;
    }
}

/// How many open complaints the table has in each stage, and those that nobody acknowledged in time.
async fn count(shell: &Shell) -> Result<(Counted, Vec<Complaint>), StepError> {
    let (mut counted, mut unacknowledged) = (Counted::new(), Vec::new());
    for stage in StageName::ALL.into_iter().filter(|stage| !stage.is_end()) {
        let mut cursor = None;
        loop {
            let page = shell.ledger().by_stage(stage, cursor.as_deref()).await?;
            *counted.entry(stage).or_default() += i64::try_from(page.rows.len()).unwrap_or(i64::MAX);
            unacknowledged
                .extend(page.rows.into_iter().filter(|complaint| is_unacknowledged(shell, complaint)));
            cursor = page.cursor;
            if cursor.is_none() {
                break;
            }
        }
    }
    Ok((counted, unacknowledged))
}

/// The month that had ended by yesterday, when it has figures and no report: on the 1st itself it may be on its way.
async fn missing_report(shell: &Shell) -> Result<Option<String>, StepError> {
    let yesterday = shell.now() - SignedDuration::from_hours(24);
    let month = Period::of(yesterday, &shell.policy().calendar).previous();
    let missing = shell.report(month).await?.is_none() && !shell.ledger().figures(month).await?.is_empty();
    Ok(missing.then(|| format!("The report of {month} was not made.")))
}

fn is_unacknowledged(shell: &Shell, complaint: &Complaint) -> bool {
    let policy = shell.policy();
    let within = policy.severities.of(Severity::Normal).acknowledge;
    let due = within.deadline(complaint.received_at, &policy.calendar);
    complaint.acknowledgement == Acknowledgement::Owed && due < shell.now()
}

/// The stages of which figures and table say different things.
fn differences(counted: &Counted, figures: &Balances) -> Differences {
    let differs = |(stage, records): (&StageName, &i64)| {
        let figures = figures.get(&format!("stage#{}", stage.code()), "pending");
        (figures != *records).then_some((*stage, Difference { figures, records: *records }))
    };
    counted.iter().filter_map(differs).collect()
}

/// Those differences that were there at the reading before and went the same way, each as small as it was seen.
fn still(before: Option<&Differences>, now: Differences) -> Differences {
    let Some(before) = before else { return now };
    let lasting = |(stage, now): (StageName, Difference)| {
        let before = before.get(&stage).filter(|before| before.excess().signum() == now.excess().signum())?;
        let smaller = if before.excess().abs() < now.excess().abs() { *before } else { now };
        Some((stage, smaller))
    };
    now.into_iter().filter_map(lasting).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(figures: i64, records: i64) -> Differences {
        Differences::from([(StageName::Proposed, Difference { figures, records })])
    }

    #[test]
    fn a_difference_lasts_while_it_goes_one_way_and_is_as_small_as_it_was_seen() {
        let none = Differences::new();
        assert_eq!(still(None, of(7, 8)), of(7, 8));
        assert_eq!(still(Some(&of(7, 8)), of(11, 12)), of(11, 12));
        assert_eq!(
            still(Some(&of(7, 8)), of(7, 9)),
            of(7, 8),
            "what is on its way does not hide what is lost"
        );
        assert_eq!(still(Some(&of(7, 9)), of(8, 9)), of(8, 9));
        assert_eq!(still(Some(&of(7, 8)), of(8, 7)), none);
        assert_eq!(still(Some(&of(7, 8)), none.clone()), none);
        assert_eq!(still(Some(&none), of(7, 8)), none, "what was not there before is on its way");
    }
}
