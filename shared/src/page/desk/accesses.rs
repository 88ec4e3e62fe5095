//! Who of staff looked at what is no single complaint's: a month at a time. Looks at a case are shown with the case.

use askama::Template;
use jiff::{Span, Timestamp};

use super::{Frame, standing};
use crate::{access::Access, figures::Period, page::html, policy::Policy};

/// A page of a month.
#[derive(Clone, Copy, Debug, Template)]
#[template(path = "desk/accesses.html")]
pub struct AccessesPage<'a> {
    /// What surrounds the page.
    pub frame: Frame<'a>,
    /// Which month.
    pub month: Period,
    /// Its accesses, the newest first.
    pub accesses: &'a [Access],
    /// Where the next page of the month begins; none on the last.
    pub next: Option<&'a str>,
    /// Whose policy it is.
    pub policy: &'a Policy,
    /// When.
    pub now: Timestamp,
}

impl AccessesPage<'_> {
    /// The page.
    pub fn render(&self) -> String {
        html(self)
    }

    fn title(&self) -> String {
        format!("Who looked at what, {}", self.month.in_words())
    }

    fn when(&self, at: &Timestamp) -> String {
        standing::short_time(*at, self.policy)
    }

    #[expect(clippy::unused_self, reason = "templates call it so")]
    fn role(&self, access: &Access) -> &'static str {
        access.role.title()
    }

    /// What was looked at, or tried, in words.
    #[expect(clippy::unused_self, reason = "templates call it so")]
    fn what(&self, access: &Access) -> String {
        let held = || access.held.map(|month| format!(" of {}", month.in_words())).unwrap_or_default();
        match access.route.as_str() {
            "POST /staff/search" => "Looked for a customer".to_owned(),
            "GET /staff/complaints" => format!("Posts held as spam{}", held()),
            "POST /staff/held/{complaint}/release" => {
                format!("Wanted to release a post that was held{}", held())
            }
            "POST /staff/held/{complaint}/discard" => {
                format!("Wanted to discard a post that was held{}", held())
            }
            "GET /staff/dashboard" => "The dashboard".to_owned(),
            "GET /staff/reports" | "GET /staff/reports/{month}" => "The reports".to_owned(),
            "POST /staff/reports/{month}/actions" | "POST /staff/reports/{month}/actions/{number}/end" => {
                "What is done about a report".to_owned()
            }
            "GET /staff/accesses" => "This record".to_owned(),
            route => route.to_owned(),
        }
    }

    fn next_page(&self) -> Option<String> {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.append_pair("month", &self.month.to_string()).append_pair("cursor", self.next?);
        Some(format!("/staff/accesses?{}", query.finish()))
    }

    /// The month before, where anything of it can still be kept.
    fn earlier(&self) -> Option<Period> {
        let kept = Span::new().years(self.policy.retention.years);
        let oldest = self.now.to_zoned(self.policy.calendar.zone().clone()).checked_sub(kept).ok()?;
        let oldest = Period::of(oldest.timestamp(), &self.policy.calendar);
        let before = self.month.previous();
        (before >= oldest).then_some(before)
    }

    /// The month after, where it has begun.
    fn later(&self) -> Option<Period> {
        let after = self.month.next();
        (after <= Period::of(self.now, &self.policy.calendar)).then_some(after)
    }
}
