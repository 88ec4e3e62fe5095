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

/// Reads table and figures until they agree: the figures follow the table by some seconds, so that only a difference
/// that stays is one.
async fn compare(shell: &Shell, found: &mut Vec<String>) -> Result<(i64, Vec<Complaint>), StepError> {
    let mut reading = 1;
    loop {
        let (counted, unacknowledged) = count(shell).await?;
        let differences = differences(&counted, &shell.standing().await?);
        if differences.is_empty() || reading == MOST_READINGS {
            found.extend(differences);
            return Ok((counted.values().sum(), unacknowledged));
        }
        reading += 1;
        shell.wait(BETWEEN_READINGS).await;
    }
}

/// How many open complaints the table has in each stage, and those that nobody acknowledged in time.
async fn count(shell: &Shell) -> Result<(BTreeMap<StageName, i64>, Vec<Complaint>), StepError> {
    let (mut counted, mut unacknowledged) = (BTreeMap::new(), Vec::new());
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

fn differences(counted: &BTreeMap<StageName, i64>, figures: &Balances) -> Vec<String> {
    let differs = |(stage, records): (&StageName, &i64)| {
        let expected = figures.get(&format!("stage#{}", stage.code()), "pending");
        (expected != *records).then(|| {
            format!(
                "In the stage {} the figures have {expected} complaints and the table has {records}.",
                stage.code()
            )
        })
    };
    counted.iter().filter_map(differs).collect()
}
