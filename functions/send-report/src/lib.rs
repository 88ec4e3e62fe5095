//! Mails the monthly report to the managers: on the 1st, of the month that has ended. Should a month have been missed,
//! its report is made and mailed first.

use std::collections::BTreeSet;

use complaints::{
    figures::Period,
    shell::{Shell, StepError, mailer::Attempt, sweep::Tick},
};
use serde::Serialize;

/// What was done.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Reported {
    /// The months whose reports were made.
    pub made: Vec<String>,
}

/// The month is the report's id: however often this runs, each report is made and mailed once.
pub async fn handle(shell: &Shell, _: Tick) -> Result<Reported, StepError> {
    let ended = Period::of(shell.now(), &shell.policy().calendar).previous();
    let mut reported = Reported::default();
    let mut to_mail = BTreeSet::from([ended.previous(), ended]);
    for month in shell.unreported(ended).await? {
        shell.make_report(month).await?;
        reported.made.push(month.to_string());
        to_mail.insert(month);
    }
    // One that was made and not mailed, because the step ended in between, is mailed now.
    for month in to_mail {
        if let Some(report) = shell.report(month).await? {
            shell.mail_report(&report, Attempt::First).await?;
        }
    }
    tracing::info!(made = reported.made.len(), month = %ended, "reported");
    Ok(reported)
}
