//! The lists that staff work from. Nothing of customers stands in them.

use askama::Template;
use jiff::Timestamp;

use super::{Frame, standing};
use crate::{
    actor::Actor,
    calendar::WorkingTime,
    complaint::{Complaint, Stage},
    letter::staff::words as staff,
    page::html,
    policy::Policy,
    values::{Level, Role, Severity},
};

/// A list of the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Queue {
    /// What they own.
    Mine,
    /// What nobody owns.
    Unowned,
    /// What is promised for the next working day.
    DueSoon,
    /// Whose promised date has passed.
    Overdue,
    /// What waits for the customer.
    Waiting,
    /// What came up to their level.
    Escalated,
    /// All that are open.
    Open,
    /// Posts held as suspected spam.
    Held,
}

impl Queue {
    /// All of them, in their order.
    pub const ALL: [Queue; 8] = [
        Queue::Mine,
        Queue::Unowned,
        Queue::DueSoon,
        Queue::Overdue,
        Queue::Waiting,
        Queue::Escalated,
        Queue::Open,
        Queue::Held,
    ];

    /// As addresses have it.
    pub fn code(self) -> &'static str {
        match self {
            Queue::Mine => "mine",
            Queue::Unowned => "unowned",
            Queue::DueSoon => "due",
            Queue::Overdue => "overdue",
            Queue::Waiting => "waiting",
            Queue::Escalated => "escalated",
            Queue::Open => "open",
            Queue::Held => "held",
        }
    }

    /// The list of this name.
    pub fn parse(code: &str) -> Option<Queue> {
        Queue::ALL.into_iter().find(|queue| queue.code() == code)
    }

    /// Where its page is that begins at a cursor.
    pub fn address(self, cursor: Option<&str>) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.append_pair("queue", self.code());
        if let Some(cursor) = cursor {
            query.append_pair("cursor", cursor);
        }
        format!("/staff/complaints?{}", query.finish())
    }

    /// Where the page is of what has this `stage`, `owner`, `category` and `product`, that begins at a `cursor`.
    pub fn narrowed(by: &[(&str, &str)]) -> String {
        let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(by).finish();
        format!("/staff/complaints?{query}")
    }

    /// What it is called.
    pub fn title(self) -> &'static str {
        match self {
            Queue::Mine => "Mine",
            Queue::Unowned => "Unowned",
            Queue::DueSoon => "Due soon",
            Queue::Overdue => "Overdue",
            Queue::Waiting => "Waiting for customer",
            Queue::Escalated => "Escalated to me",
            Queue::Open => "All open",
            Queue::Held => "Held as spam",
        }
    }

    /// What it means that nothing is in it.
    fn empty(self) -> &'static str {
        match self {
            Queue::Mine => "You own no open complaint. Look at what nobody owns.",
            Queue::Unowned => "Every open complaint here has an owner.",
            Queue::DueSoon => "Nothing is to be done by the next working day.",
            Queue::Overdue => "No promised date has passed.",
            Queue::Waiting => "No complaint waits for its customer.",
            Queue::Escalated => "Nothing that came up to your level is open.",
            Queue::Open => "No complaint is open.",
            Queue::Held => "No post of this month is held as suspected spam.",
        }
    }

    /// Whether a person has it: what comes up to level 1 is nothing.
    fn is_for(self, actor: &Actor) -> bool {
        self != Queue::Escalated || actor.role().is_some_and(|role| role > Role::Csr)
    }

    /// Until when something has to be due to be in it; none where that does not matter.
    pub fn until(self, now: Timestamp, policy: &Policy) -> Option<Timestamp> {
        (self == Queue::DueSoon).then(|| policy.calendar.add_working(now, WorkingTime::Days(1)))
    }

    /// Whether an open complaint belongs into it. What no index gives is picked out of a page by this.
    pub fn takes(self, complaint: &Complaint, actor: &Actor, (now, policy): (Timestamp, &Policy)) -> bool {
        match self {
            Queue::Mine => matches!(actor, Actor::Staff { id, .. } if complaint.owner.as_ref() == Some(id)),
            Queue::Unowned => complaint.owner.is_none(),
            Queue::DueSoon => {
                let until = self.until(now, policy).unwrap_or(Timestamp::MAX);
                complaint.next_due().is_some_and(|due| due <= until)
            }
            Queue::Overdue => complaint.is_late(now),
            Queue::Waiting => {
                complaint.waiting_since().is_some() || matches!(complaint.stage, Stage::Proposed(_))
            }
            Queue::Escalated => complaint.level > Level::One && actor.role() == Some(complaint.level.role()),
            Queue::Open => true,
            Queue::Held => false,
        }
    }
}

/// A link to a list.
#[derive(Clone, Debug)]
pub(super) struct Tab {
    pub(super) title: &'static str,
    pub(super) at: String,
    pub(super) is_here: bool,
}

impl Tab {
    pub(super) fn all(here: Queue, actor: &Actor) -> Vec<Tab> {
        let queues = Queue::ALL.into_iter().filter(|queue| queue.is_for(actor));
        let tab =
            |queue: Queue| Tab { title: queue.title(), at: queue.address(None), is_here: queue == here };
        queues.map(tab).collect()
    }
}

/// A page of a list.
#[derive(Clone, Copy, Debug, Template)]
#[template(path = "desk/queue.html")]
pub struct QueuePage<'a> {
    /// What surrounds the page.
    pub frame: Frame<'a>,
    /// Which list.
    pub queue: Queue,
    /// What it is narrowed to instead, in words.
    pub narrowed: Option<&'a str>,
    /// What is in it.
    pub complaints: &'a [Complaint],
    /// The address of the next page; none on the last.
    pub next: Option<&'a str>,
    /// What is to be known about it.
    pub hint: Option<&'a str>,
    /// What was looked for and is nothing that there is to find.
    pub sought: Option<&'a str>,
    /// The category and the product that it is narrowed to.
    pub about: (Option<&'a str>, Option<&'a str>),
    /// Who looks.
    pub actor: &'a Actor,
    /// Whose policy it is.
    pub policy: &'a Policy,
    /// When.
    pub now: Timestamp,
}

/// A line of it.
struct Row {
    id: String,
    version: u32,
    reference: String,
    stage: &'static str,
    severity: &'static str,
    is_grave: bool,
    level: u8,
    level_name: String,
    owner: Option<String>,
    product: Option<String>,
    promise: Option<standing::Standing>,
    /// Nothing can be done with it any more, so that nobody is to have it.
    is_over: bool,
}

impl QueuePage<'_> {
    /// The page.
    pub fn render(&self) -> String {
        html(self)
    }

    fn title(&self) -> &str {
        self.narrowed.unwrap_or(self.queue.title())
    }

    fn empty(&self) -> &'static str {
        if self.next.is_some() {
            "Nothing on this page of the list; there is more."
        } else if self.narrowed.is_some() {
            "There is no such complaint."
        } else {
            self.queue.empty()
        }
    }

    /// Who is assigned to at first: who looks.
    fn me(&self) -> String {
        match self.actor {
            Actor::Staff { id, .. } => id.to_string(),
            Actor::Customer | Actor::Department { .. } | Actor::System => String::new(),
        }
    }

    fn is_about(&self, category: &str) -> bool {
        self.about.0 == Some(category)
    }

    fn is_of(&self, product: &str) -> bool {
        self.about.1 == Some(product)
    }

    fn tabs(&self) -> Vec<Tab> {
        let tabs = Tab::all(self.queue, self.actor).into_iter();
        tabs.map(|tab| Tab { is_here: tab.is_here && self.narrowed.is_none(), ..tab }).collect()
    }

    /// The nearest promise first.
    fn rows(&self) -> Vec<Row> {
        let mut rows: Vec<Row> = self.complaints.iter().map(|complaint| self.row(complaint)).collect();
        rows.sort_by_key(|row| row.promise.as_ref().map_or(Timestamp::MAX, |promise| promise.due));
        rows
    }

    fn row(&self, complaint: &Complaint) -> Row {
        let promises = standing::promises(complaint, self.policy, self.now);
        Row {
            is_over: complaint.stage_name().is_end(),
            id: complaint.id.to_string(),
            version: complaint.version,
            reference: complaint.reference.to_string(),
            stage: standing::stage(complaint),
            severity: staff::severity(complaint.severity),
            is_grave: complaint.severity >= Severity::High,
            level: complaint.level.number(),
            level_name: self.policy.company.level_name(complaint.level).to_string(),
            owner: complaint.owner.as_ref().map(ToString::to_string),
            product: complaint.product.clone(),
            promise: promises.into_iter().find(|promise| !promise.still),
        }
    }
}
