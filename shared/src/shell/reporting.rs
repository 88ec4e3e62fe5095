//! Mails to managers: the monthly report with its figures, and what the reconciliation found.

use jiff::civil::Date;

use super::{
    Shell, StepError,
    books::Findings,
    correspondence::Posted,
    mailer::{Attachment, Attempt, MailName, Outgoing},
};
use crate::{
    figures::Period,
    letter::{self, Letter},
    letter_kind::LetterKind,
    report::Report,
    values::{EmailAddress, Role},
};

/// What a report's mail is about, before its month.
const MONTHLY: &str = "monthly-";
/// What the reconciliation's mail is about, before its day.
const RECONCILIATION: &str = "reconciliation-";

impl Shell {
    /// Mails a report to those who get it, once.
    pub async fn mail_report(&self, report: &Report, attempt: Attempt) -> Result<Posted, StepError> {
        let subject = format!("{MONTHLY}{}", report.period);
        let letter = Letter {
            kind: LetterKind::MonthlyReport,
            subject: report.subject(),
            text: report.text(),
            html: report.html(),
        };
        let csv = Attachment {
            name: report.csv_name(),
            content_type: "text/csv",
            content: report.csv().into_bytes(),
        };
        self.mail_to(&[Role::Manager, Role::Final], subject, letter, vec![csv], attempt).await
    }

    pub(super) async fn mail_report_again(
        &self,
        name: &MailName,
        attempt: Attempt,
    ) -> Result<Posted, StepError> {
        let period = name.subject.strip_prefix(MONTHLY).and_then(|month| Period::parse(month).ok());
        let Some(period) = period else { return Ok(Posted::Nothing) };
        match self.report(period).await? {
            Some(report) => self.mail_report(&report, attempt).await,
            None => Ok(Posted::Nothing),
        }
    }

    /// Mails what the reconciliation found, if it found anything, once.
    pub async fn mail_findings(&self, found: &Findings, attempt: Attempt) -> Result<Posted, StepError> {
        let Ok(day) = found.day.parse::<Date>() else { return Ok(Posted::Nothing) };
        if found.findings.is_empty() {
            return Ok(Posted::Nothing);
        }
        let letter = letter::reconciliation(self.policy(), day, &found.findings);
        let subject = format!("{RECONCILIATION}{day}");
        self.mail_to(&[Role::Manager], subject, letter, Vec::new(), attempt).await
    }

    pub(super) async fn mail_findings_again(
        &self,
        name: &MailName,
        attempt: Attempt,
    ) -> Result<Posted, StepError> {
        let Some(day) = name.subject.strip_prefix(RECONCILIATION) else { return Ok(Posted::Nothing) };
        match self.findings(day).await? {
            Some(findings) => self.mail_findings(&findings, attempt).await,
            None => Ok(Posted::Nothing),
        }
    }

    async fn mail_to(
        &self,
        roles: &[Role],
        subject: String,
        letter: Letter,
        attachments: Vec<Attachment>,
        attempt: Attempt,
    ) -> Result<Posted, StepError> {
        let mut to: Vec<EmailAddress> =
            roles.iter().map(|role| self.policy().mailboxes.of(*role).clone()).collect();
        to.dedup();
        let kind = letter.kind;
        let name = MailName { subject, letter: kind, cause: "1".to_owned() };
        let fate =
            self.mailer().send(&Outgoing { name, to, letter, attachments, reply_to: None }, attempt).await?;
        Ok(Posted::Letter(kind, fate))
    }
}
