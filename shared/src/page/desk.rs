//! The desk: pages for staff, in English. The same routes that answer programs with JSON answer a browser with these.
//!
//! What staff can do is one table, `action`; `form` makes forms of it, `case` shows a whole complaint around them, `act` one form
//! by itself when something was wrong with it, `queue` the lists that lead there. `dashboard`, `reports` and
//! `accesses` are for who leads, `settings` for everybody.

mod accesses;
mod act;
mod action;
mod assigned;
mod case;
mod chart;
mod clock;
mod dashboard;
mod form;
mod held;
mod letter;
mod notice;
mod queue;
mod reports;
mod settings;
mod standing;
mod told;
mod upload;
mod why_not;

use crate::{
    actor::Actor,
    policy::{Logo, Policy},
    values::{Role, StaffId},
};

pub use accesses::AccessesPage;
pub use act::Act;
pub(crate) use action::filled_in;
pub use action::{
    ACTIONS, Action, DISCARD, DRAFT, ENTRY, HELD, ON_REPORTS, RELEASE, REPORT_ACTION, REPORT_ACTION_END,
    SAID_AT,
};
pub use assigned::AssignedPage;
pub use case::CasePage;
pub use dashboard::DashboardPage;
pub use form::{FormView, Ground};
pub use held::{HeldPage, HeldPost};
pub use notice::{Again, Notice};
pub use queue::{Queue, QueuePage};
pub use reports::{ReportPage, ReportsPage};
pub use settings::SettingsPage;
pub use upload::Upload;

/// What surrounds every page of the desk.
#[derive(Clone, Copy, Debug)]
pub struct Frame<'a> {
    /// The company.
    pub brand: &'a str,
    /// What is shown in place of its name.
    pub logo: Option<&'a Logo>,
    /// Who is signed in; none where nobody is.
    pub who: Option<&'a Actor>,
}

impl<'a> Frame<'a> {
    /// The frame of a policy's company.
    pub fn of(policy: &'a Policy, who: Option<&'a Actor>) -> Frame<'a> {
        Frame { brand: policy.company.name.as_str(), logo: policy.company.logo.as_ref(), who }
    }

    /// Whether they get the reports.
    fn leads(&self) -> bool {
        self.who.and_then(Actor::role).is_some_and(|role| role > Role::Csr)
    }

    /// Who is signed in, and as what.
    fn signed_in(&self) -> Option<(&StaffId, &'static str)> {
        match self.who {
            Some(Actor::Staff { id, role }) => Some((id, role.title())),
            Some(Actor::Customer | Actor::Department { .. } | Actor::System) | None => None,
        }
    }
}

/// A word of the records as people write it: `partly_upheld` as "Partly upheld".
fn in_words(code: &str) -> String {
    let mut letters = code.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(letters).map(|letter| if letter == '_' { ' ' } else { letter }).collect()
}

#[cfg(test)]
mod tests;
