//! What goes beside the straight path: questions to customers and departments, delays, the ways out, and what customers
//! do at their own wish.

use complaints::complaint::{Complaint, Stage, StageName};
use rand::RngExt;
use serde_json::json;

use super::customer::allow;
use super::run::Run;
use super::staff::Deed;
use crate::desk::ask::post;

/// What has to be seen of it, in all runs together.
pub(super) const FURTHER: [&str; 15] = [
    "event InformationAsked",
    "event InformationAdded",
    "event Consulted",
    "event ConsultationAnswered",
    "event DelayAnnounced",
    "event PatternFound",
    "event RefusalProposed",
    "event RefusalDeclined",
    "staff: settlement",
    "staff: withdrawal",
    "staff: refusal-decision",
    "staff: hold",
    "customer: information",
    "customer: escalation",
    "customer: erasure",
];

impl Run {
    /// What staff do while there is no answer yet; much of it does not fit, and is refused.
    pub(super) fn further_deed(&mut self, complaint: &Complaint) -> Deed {
        let words = self.words(complaint, "A further matter of");
        if let Stage::Investigating(open) = &complaint.stage
            && let Some(consultation) = open.consulted.first()
            && self.chance(50)
        {
            return ("consultation-answer", json!({"consultation": consultation.number, "answer": words}));
        }
        if complaint.refusal.is_some() {
            return ("refusal-decision", json!({"approve": self.chance(15), "text": words}));
        }
        if complaint.stage_name() == StageName::Acknowledged && self.chance(40) {
            return (
                "settlement",
                json!({"finding": words, "root_cause": "it", "outcome": "upheld",
                "explanation": words, "remedies": [], "channel": "phone"}),
            );
        }
        let until = complaint.told_by + jiff::SignedDuration::from_hours(self.dice.random_range(1..200));
        match self.dice.random_range(0..12) {
            0..=2 => ("information-request", json!({"text": words})),
            3 => ("information", json!({"text": words, "channel": "phone"})),
            4..=5 => ("consultation", json!({"department": "legal", "question": words})),
            6 => ("delay", json!({"until": until, "text": words})),
            7 | 10 => ("refusal", json!({"grounds": "out_of_scope", "explanation": words})),
            8 => ("hold", json!({"hold": !complaint.held, "reason": words})),
            9 if self.chance(30) => ("withdrawal", json!({"reason": words, "channel": "phone"})),
            _ => ("reopening", json!({"text": words, "channel": "phone"})),
        }
    }

    /// What a customer does without having been asked.
    pub(super) async fn wish(
        &mut self,
        complaint: &Complaint,
        canary: &str,
        cookie: &str,
    ) -> Result<(), String> {
        let (wish, body) = match self.dice.random_range(0..8) {
            0..=3 => ("information", json!({"text": format!("There is more, says {canary}.")})),
            4..=5 => ("escalation", json!({"text": format!("Higher, says {canary}.")})),
            6 => ("erasure", json!({})),
            _ => ("withdrawal", json!({})),
        };
        let ask = post(&format!("/my/{}/{wish}", complaint.reference)).json(&body).header("cookie", cookie);
        let reply = self.ask(canary, wish, ask).await?;
        if reply.status == 200 {
            self.coverage.note(format!("customer: {wish}"));
        }
        // Not in this stage any more, or not at all.
        allow(&reply, &[200, 409])
    }
}
