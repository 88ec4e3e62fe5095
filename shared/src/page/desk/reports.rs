//! The monthly reports, as they were mailed and are kept.

use askama::Template;
use jiff::Timestamp;

use super::{FormView, Frame, Ground, REPORT_ACTION, REPORT_ACTION_END, standing};
use crate::{
    actor::Actor,
    figures::Period,
    page::html,
    policy::Policy,
    report::{MOST_ACTIONS, ManagementAction, Report, Row},
    values::Role,
    words,
};

/// Which reports there are, with their main figures.
#[derive(Clone, Copy, Debug, Template)]
#[template(path = "desk/reports.html")]
pub struct ReportsPage<'a> {
    /// What surrounds the page.
    pub frame: Frame<'a>,
    /// The latest first.
    pub reports: &'a [Report],
    /// The month before which there are more.
    pub next: Option<Period>,
    /// Management's actions that are open, the most urgent first.
    pub open: &'a [ManagementAction],
    /// Whose policy it is.
    pub policy: &'a Policy,
    /// When.
    pub now: Timestamp,
}

/// One report.
#[derive(Clone, Copy, Debug, Template)]
#[template(path = "desk/report.html")]
pub struct ReportPage<'a> {
    /// What surrounds the page.
    pub frame: Frame<'a>,
    /// What was mailed.
    pub report: &'a Report,
    /// What management decided on it, in the order of recording.
    pub actions: &'a [ManagementAction],
    /// Who looks.
    pub actor: &'a Actor,
    /// Whose policy it is.
    pub policy: &'a Policy,
    /// When.
    pub now: Timestamp,
    /// Names the sending of the next action.
    pub once: &'a str,
    /// What was done a moment ago.
    pub done: Option<&'a str>,
}

/// An action as it is shown.
struct Shown {
    report: Period,
    what: String,
    /// Open, overdue, done or given up.
    standing: &'static str,
    is_overdue: bool,
    owner: String,
    due: String,
    /// Who decided it, and when.
    recorded: String,
    /// When it ended, who said so, and why.
    ended: Option<String>,
    /// By which its end is recorded; none where it has ended, or is not for who looks.
    form: Option<FormView>,
}

impl Shown {
    fn of(action: &ManagementAction, policy: &Policy, now: Timestamp) -> Shown {
        let today = policy.calendar.date(now);
        let ended = action.ended.as_ref().map(|end| {
            let reason = end.reason.as_ref().map(|reason| format!(": {reason}")).unwrap_or_default();
            format!("{} by {}{reason}", standing::short_time(end.at, policy), end.by)
        });
        Shown {
            report: action.report,
            what: action.what.to_string(),
            standing: action.standing(today),
            is_overdue: action.is_overdue(today),
            owner: action.owner.to_string(),
            due: (words::english().day)(action.due),
            recorded: format!(
                "{} by {}",
                standing::short_time(action.recorded_at, policy),
                action.recorded_by
            ),
            ended,
            form: None,
        }
    }
}

impl ReportsPage<'_> {
    /// The page.
    pub fn render(&self) -> String {
        html(self)
    }

    fn open(&self) -> Vec<Shown> {
        self.open.iter().map(|action| Shown::of(action, self.policy, self.now)).collect()
    }

    /// The main figures' names, as the latest report has them.
    fn names(&self) -> Vec<&str> {
        let rows = self.reports.first().map(main).unwrap_or_default();
        rows.iter().map(|row| row.name.as_str()).collect()
    }

    /// The main figures of a report, in the order of these names; one that it does not have is left empty.
    fn figures(&self, report: &Report) -> Vec<String> {
        let latest = self.reports.first().map(main).unwrap_or_default();
        let rows = main(report);
        let shown = |item: &str| {
            let cell = rows.iter().find(|row| row.item == item)?.cells.first()?;
            Some(cell.shown())
        };
        latest.iter().map(|row| shown(&row.item).unwrap_or_default()).collect()
    }
}

impl ReportPage<'_> {
    /// The page.
    pub fn render(&self) -> String {
        html(self)
    }

    /// What was done a moment ago, in words.
    fn done(&self) -> Option<&'static str> {
        match self.done? {
            "report-action" => Some("The action stands below, and in the next report."),
            "report-action-end" => Some("What became of the action stands below."),
            _ => None,
        }
    }

    fn actions(&self) -> Vec<Shown> {
        let shown = |action: &ManagementAction| {
            let at = format!("{}/actions/{}/end", self.address(), action.number);
            let form = (self.decides() && action.is_open()).then(|| {
                let name = format!("end-{}", action.number);
                FormView::new(&REPORT_ACTION_END, at, self.ground()).named(&name)
            });
            Shown { form, ..Shown::of(action, self.policy, self.now) }
        };
        self.actions.iter().map(shown).collect()
    }

    /// By which an action is recorded; none where there can be no more, or it is not for who looks.
    fn form(&self) -> Option<FormView> {
        let is_possible = self.decides() && self.actions.len() < usize::from(MOST_ACTIONS);
        is_possible.then(|| {
            let form = FormView::new(&REPORT_ACTION, format!("{}/actions", self.address()), self.ground());
            FormView { once: Some(self.once.to_owned()), ..form }
        })
    }

    fn decides(&self) -> bool {
        self.actor.role() == Some(Role::Final)
    }

    fn address(&self) -> String {
        format!("/staff/reports/{}", self.report.period)
    }

    fn ground(&self) -> Ground<'_> {
        Ground::alone(self.policy, self.actor)
    }
}

/// The figures that a report begins with.
fn main(report: &Report) -> &[Row] {
    let table = report.sections.first().and_then(|section| section.tables.first());
    table.map_or(&[], |table| table.rows.as_slice())
}
