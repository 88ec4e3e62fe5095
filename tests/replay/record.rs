//! A complaint's record read naively, event by event, with nothing of the product's own counting: how it stands after
//! each of them.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde_json::Value;

/// How a complaint stands, as told by what happened to it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Standing {
    pub(crate) stage: &'static str,
    pub(crate) level: u64,
    pub(crate) severity: String,
    pub(crate) channel: String,
    pub(crate) product: Option<String>,
    pub(crate) category: Option<String>,
    pub(crate) owner: Option<String>,
    pub(crate) acknowledgement: &'static str,
    /// Dates of ours that have passed and are still owed.
    pub(crate) missed: BTreeSet<String>,
    /// Whether it was taken up again.
    pub(crate) reopened: bool,
    /// Whether the customer has said how satisfied they are with how it was resolved.
    pub(crate) rated: bool,
    unreached: bool,
}

/// Letters that the customer must have got before the end.
const MUST_ARRIVE: [&str; 4] = ["acknowledgement", "proposal", "final-decision", "resolution-summary"];

impl Standing {
    pub(crate) fn is_open(&self) -> bool {
        self.stage != "closed"
    }

    /// What the report's flow is split by, with the value that this complaint counts under.
    pub(crate) fn flow_items(&self) -> [String; 5] {
        let or_none = |value: &Option<String>| value.clone().unwrap_or_else(|| "(none)".to_owned());
        [
            "total#all".to_owned(),
            format!("channel#{}", self.channel),
            format!("product#{}", or_none(&self.product)),
            format!("category#{}", or_none(&self.category)),
            format!("severity#{}", self.severity),
        ]
    }

    /// Takes an event in.
    pub(crate) fn take(&mut self, event: &Value) {
        match kind(event) {
            "Received" => self.received(event),
            "Acknowledged" => {
                self.acknowledgement = "sent";
                self.moves("received", "acknowledged");
            }
            "LetterUndeliverable" => self.came_back(&text(event, "letter")),
            "Assigned" => self.owner = Some(text(event, "owner")),
            "Triaged" => {
                self.category = Some(text(event, "category"));
                self.severity = text(event, "severity");
                self.product = event["product"].as_str().map(str::to_owned).or(self.product.take());
            }
            // Where mail came back, only another way reaches the customer.
            "ContactMade" if event["channel"] != "email" || !self.unreached => {
                self.unreached = false;
                self.moves("received", "acknowledged");
            }
            "NoteAdded" | "FindingRecorded" | "InformationAsked" | "Consulted" => {
                self.moves("received", "investigating");
                self.moves("acknowledged", "investigating");
            }
            "Proposed" => self.answered("proposed"),
            "Decided" => self.answered("implementing"),
            "ProposalAccepted" => {
                self.unreached &= event["consent"]["by"] != "given";
                self.stage = "implementing";
            }
            "ProposalRefused" => {
                self.unreached = false;
                self.stage = "investigating";
            }
            "Escalated" => {
                self.level = event["to"].as_u64().unwrap_or_default();
                self.missed.remove(&format!("{{\"decide\":{}}}", event["from"]));
            }
            "PromiseMissed" => self.missed_a_date(&event["promise"]),
            "RemedyDone" | "RemedyChanged" => {
                self.missed.remove(&format!("{{\"remedy\":{}}}", event["remedy"]));
            }
            "Resolved" => {
                self.rated = false;
                self.answered("following_up");
            }
            "FeedbackGiven" => {
                self.rated = true;
                self.unreached = false;
            }
            "Closed" => self.answered("closed"),
            "Reopened" => {
                self.reopened = true;
                self.severity = text(event, "severity");
                self.answered("investigating");
            }
            _ => {}
        }
    }

    /// What differs from the case as staff see it.
    pub(crate) fn differences(&self, case: &Value) -> Vec<String> {
        let found = |name: &str| case[name].as_str().map(str::to_owned);
        let pairs = [
            ("stage", Some(self.stage.to_owned()), case["stage"]["name"].as_str().map(str::to_owned)),
            ("level", Some(self.level.to_string()), Some(case["level"].to_string())),
            ("severity", Some(self.severity.clone()), found("severity")),
            ("channel", Some(self.channel.clone()), found("channel")),
            ("product", self.product.clone(), found("product")),
            ("category", self.category.clone(), found("category")),
            ("owner", self.owner.clone(), found("owner")),
            ("acknowledgement", Some(self.acknowledgement.to_owned()), found("acknowledgement")),
            ("overdue", Some((!self.missed.is_empty()).to_string()), Some(case["overdue"].to_string())),
        ];
        let differ = pairs.into_iter().filter(|(_, told, shown)| told != shown);
        differ
            .map(|(name, told, shown)| format!("its {name} is {shown:?}, its history says {told:?}"))
            .collect()
    }

    fn received(&mut self, event: &Value) {
        *self = Standing {
            stage: "received",
            level: 1,
            severity: "normal".to_owned(),
            channel: text(event, "channel"),
            product: event["product"].as_str().map(str::to_owned),
            acknowledgement: "owed",
            ..Standing::default()
        };
    }

    fn came_back(&mut self, letter: &str) {
        self.unreached |= self.is_open() && MUST_ARRIVE.contains(&letter);
        if letter == "acknowledgement" {
            self.acknowledgement = "undeliverable";
            self.moves("acknowledged", "received");
        }
    }

    /// Of the dates that pass, these are owed to the customer by the company.
    fn missed_a_date(&mut self, promise: &Value) {
        if promise == "answer" || promise.get("decide").is_some() || promise.get("remedy").is_some() {
            self.missed.insert(promise.to_string());
        }
    }

    /// What was promised until then is over.
    fn answered(&mut self, stage: &'static str) {
        self.missed.clear();
        self.stage = stage;
    }

    fn moves(&mut self, from: &str, to: &'static str) {
        if self.stage == from {
            self.stage = to;
        }
    }
}

/// An event's name.
pub(crate) fn kind(event: &Value) -> &str {
    event["type"].as_str().unwrap_or_default()
}

/// A field's text.
pub(crate) fn text(event: &Value, field: &str) -> String {
    event[field].as_str().unwrap_or_default().to_owned()
}

/// An instant; the earliest there is when it is none.
pub(crate) fn instant(value: &Value) -> Timestamp {
    value.as_str().and_then(|at| at.parse().ok()).unwrap_or(Timestamp::MIN)
}
