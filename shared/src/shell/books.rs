//! The stored reports, and what stands by the figures: a report carries on from the one before.

use serde::{Deserialize, Serialize};

use super::{
    Shell, StepError,
    keys::{self, Key, text},
    ledger::{json, record},
};
use crate::{
    figures::{Balances, Period},
    report::{Input, MONTHS_BEFORE, Overview, Previous, Report},
};

/// How far back a missing report is looked for, in months.
const MOST_MONTHS: usize = 36;
/// What the keys of monthly reports begin with.
const MONTHLY: &str = "monthly";
/// So many reports are read at once: each holds its tables and its figures.
const PAGE: i32 = 12;

/// What the daily reconciliation found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Findings {
    /// The day, `2026-12-01`.
    pub day: String,
    /// Each in a sentence, with references and ids only; empty when the books balance.
    pub findings: Vec<String>,
}

impl Shell {
    /// A month's report, as it was made.
    pub async fn report(&self, period: Period) -> Result<Option<Report>, StepError> {
        self.stored(&report_key(period)).await
    }

    /// What the reconciliation of a day found.
    pub async fn findings(&self, day: &str) -> Result<Option<Findings>, StepError> {
        self.stored(&findings_key(day)).await
    }

    /// Stores what the reconciliation found.
    pub async fn store_findings(&self, findings: &Findings) -> Result<(), StepError> {
        self.store(&findings_key(&findings.day), findings).await
    }

    /// The months up to this one whose reports are not made, the earliest first: none may be left out, since each
    /// carries on from the one before.
    pub async fn unreported(&self, until: Period) -> Result<Vec<Period>, StepError> {
        let mut months = Vec::new();
        let (mut month, mut earliest_with_figures) = (until, None);
        for count in 1..=MOST_MONTHS {
            if self.report(month).await?.is_some() {
                earliest_with_figures = Some(count - 1);
                break;
            }
            if !self.ledger().figures(month).await?.is_empty() {
                earliest_with_figures = Some(count);
            }
            months.push(month);
            month = month.previous();
        }
        // Before the first figures there is nothing to report; without any, the month asked for is reported as empty.
        months.truncate(earliest_with_figures.unwrap_or(1));
        months.reverse();
        Ok(months)
    }

    /// Makes a month's report and stores it; one that was made stays as it is.
    pub async fn make_report(&self, period: Period) -> Result<Report, StepError> {
        if let Some(report) = self.report(period).await? {
            return Ok(report);
        }
        let before = self.report(period.previous()).await?;
        let figures_before = self.ledger().figures(period.previous()).await?;
        let figures = self.ledger().figures(period).await?;
        let cut_off = self.now();
        let actions = self.actions().await?;
        let input = Input {
            period,
            figures: &figures,
            previous: before.as_ref().map(|report| Previous { report, figures: &figures_before }),
            actions: &actions,
            cut_off,
            policy: self.policy(),
        };
        let report = Report::monthly(&input);
        self.store(&report_key(period), &report).await?;
        // Should another have been faster, its report is the one that counts.
        Ok(self.report(period).await?.unwrap_or(report))
    }

    /// What stands now by the figures alone.
    pub async fn standing(&self) -> Result<Balances, StepError> {
        let mut month = Period::of(self.now(), &self.policy().calendar);
        let mut since = Vec::new();
        for _ in 0..MOST_MONTHS {
            since.push(self.ledger().figures(month).await?);
            month = month.previous();
            if let Some(report) = self.report(month).await? {
                // Its month is read again: what came late for it stands as well.
                since.push(self.ledger().figures(month).await?);
                return Ok(since.iter().fold(report.opening, |balances, figures| balances.plus(figures)));
            }
        }
        Ok(since.iter().fold(Balances::default(), |balances, figures| balances.plus(figures)))
    }

    /// The month under way, those before it and what stands, from their figures and the report of the first of them.
    pub async fn overview(&self) -> Result<Overview, StepError> {
        let period = Period::of(self.now(), &self.policy().calendar);
        let mut before = Vec::with_capacity(MONTHS_BEFORE);
        let mut month = period;
        for _ in 0..MONTHS_BEFORE {
            month = month.previous();
            before.push((month, self.ledger().figures(month).await?));
        }
        before.reverse();
        let figures = self.ledger().figures(period).await?;
        let mut first = self.report(month).await?;
        if first.is_none() {
            // There are reports from the first figures on, and before them nothing stood.
            let since = before.iter().position(|(_, figures)| !figures.is_empty()).unwrap_or(before.len());
            before.drain(..since);
            if let Some((month, _)) = before.first() {
                first = self.report(*month).await?;
            }
        }
        let opening = first.map(|report| report.opening).unwrap_or_default();
        Ok(Overview::of(self.policy(), &before, (period, &figures), &opening))
    }

    /// The monthly reports there are, the latest first, a page of them: those before a month if one is given. And
    /// whether there are more.
    pub async fn reports(&self, before: Option<Period>) -> Result<(Vec<Report>, bool), StepError> {
        // What sorts after all months stands for none.
        let until = before.map_or_else(|| keys::report(MONTHLY, "~"), report_key);
        let page = self
            .dynamo
            .query()
            .table_name(self.config.table()?)
            .key_condition_expression("pk = :pk AND sk BETWEEN :from AND :until")
            .expression_attribute_values(":pk", text(&until.pk))
            .expression_attribute_values(":from", text(keys::report(MONTHLY, "").sk))
            .expression_attribute_values(":until", text(&until.sk))
            .scan_index_forward(false)
            .limit(PAGE + 2)
            .send()
            .await
            .map_err(|error| StepError::call("query", &until.to_string(), &error))?;
        let items = page.items.unwrap_or_default();
        let reports = items.iter().map(|item| record::<Report>(item, &until));
        let mut reports = reports.collect::<Result<Vec<_>, StepError>>()?;
        // The month itself is among them, and one more says whether there are more; unless DynamoDB had enough before.
        reports.retain(|report| Some(report.period) != before);
        let most = usize::try_from(PAGE).unwrap_or_default();
        let more = reports.len() > most || (page.last_evaluated_key.is_some() && items.len() < most + 2);
        reports.truncate(most);
        Ok((reports, more))
    }

    async fn stored<T: serde::de::DeserializeOwned>(&self, key: &Key) -> Result<Option<T>, StepError> {
        self.ledger().get(key).await?.map(|item| record(&item, key)).transpose()
    }

    /// Stores unless something is there: what was told once is not changed.
    async fn store<T: Serialize>(&self, key: &Key, value: &T) -> Result<(), StepError> {
        let mut item = key.item();
        item.insert("record".to_owned(), text(json(value, key)?));
        self.ledger().put_new(key, item).await.map(drop)
    }
}

fn report_key(period: Period) -> Key {
    keys::report(MONTHLY, &period.to_string())
}

fn findings_key(day: &str) -> Key {
    keys::report("reconciliation", day)
}
