//! What goes beside the straight path: questions to customers and departments, delays, the ways out, and what customers
//! do at their own wish.

use complaints::command::Verb;
use complaints::complaint::{Complaint, StageName};
use rand::RngExt;
use serde_json::json;

use super::coverage::done;
use super::customer::allow;
use super::run::Run;
use super::staff::Deed;
use crate::ask::post;

/// What people do that has to be seen besides.
pub(super) const DEEDS: [&str; 26] = [
    "customer: submit",
    "customer: double submit",
    "customer: two clicks at once",
    "customer: late retry",
    "customer: hangs up",
    "customer: two tabs",
    "customer: two tabs at once",
    "customer: pries",
    "customer: an old cookie",
    "customer: an old link",
    "customer: a new link",
    "customer: a link of another purpose",
    "customer: an altered link",
    "customer: never complained",
    "customer: a post without description",
    "customer: the same key for another post",
    "department: answers",
    "department: another question",
    "staff: two on one version",
    "staff: two at once",
    "staff: without the role",
    "staff: with a token that has ended",
    "staff: export",
    "mail gathered",
    "mails sent twice",
    "turns with nothing to do",
];

impl Run {
    /// What staff do while there is no answer yet; much of it does not fit, and is refused.
    pub(super) fn further_deed(&mut self, complaint: &Complaint) -> Deed {
        let words = self.words(complaint, "A further matter of");
        if let Some(consultation) = complaint.consulted.first()
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
        match self.dice.random_range(0..14) {
            12..=13 => self.same_as_another(complaint),
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

    /// The same as an open complaint of the same customer, or so somebody thinks.
    fn same_as_another(&mut self, complaint: &Complaint) -> Deed {
        let same = |other: &&Complaint| {
            other.is_open() && other.id != complaint.id && other.customer == complaint.customer
        };
        if self.chance(40) {
            return self.linked_with_another(complaint);
        }
        let mut others = self.books.complaints().map(|(other, _)| other).filter(same);
        let of = others.next().map_or(complaint.reference, |other| other.reference);
        ("duplicate", json!({"of": of}))
    }

    /// Somebody thinks that it has to do with another one, or that it has not after all.
    fn linked_with_another(&mut self, complaint: &Complaint) -> Deed {
        let linked = !complaint.linked.is_empty() && self.chance(50);
        let fits = |other: &&Complaint| {
            if linked { complaint.linked.contains(&other.id) } else { other.id != complaint.id }
        };
        let others: Vec<&Complaint> = self.books.complaints().map(|(other, _)| other).filter(fits).collect();
        let other = (!others.is_empty()).then(|| others[self.dice.random_range(0..others.len())]);
        let other = other.map_or(complaint.reference, |other| other.reference);
        let reason = self.words(complaint, "They have to do with each other, says");
        ("link", json!({"other": other, "linked": !linked, "reason": reason}))
    }

    /// What is done with a complaint that is over: it is taken up again, handed out, kept, or its customer's data is
    /// taken away.
    pub(super) async fn look_after_what_is_over(&mut self) -> Result<(), String> {
        let mut list: Vec<Complaint> =
            self.books.complaints().map(|(complaint, _)| complaint.clone()).collect();
        list.retain(|complaint| {
            !complaint.is_open()
                || complaint.erasure_asked
                || complaint.data_asked
                || self.dice.random_bool(0.1)
        });
        if list.is_empty() {
            return Ok(());
        }
        let complaint = list[self.dice.random_range(0..list.len())].clone();
        let words = self.words(&complaint, "It was asked for, says");
        let reason = json!({"reason": words});
        let deed = match self.dice.random_range(0..10) {
            _ if complaint.data_asked && self.chance(50) => return self.export(&complaint, &words).await,
            0..=1 => return self.export(&complaint, &words).await,
            2..=3 if self.chance(50) => {
                ("restriction", json!({"reason": "Asked for on the phone; nothing is owed."}))
            }
            _ if complaint.erasure_asked && self.chance(30) => ("erasure-refusal", reason),
            5 => ("hold", json!({"hold": !complaint.held, "reason": words})),
            6 => ("reopening", json!({"text": words, "channel": "phone"})),
            7 => {
                let (rating, concern) = (self.dice.random_range(1..=5), self.chance(20));
                (
                    "feedback",
                    json!({"rating": rating, "concern": concern, "comment": words, "channel": "phone"}),
                )
            }
            8 if self.chance(30) => self.linked_with_another(&complaint),
            8 if self.chance(30) => ("link-ending", reason),
            8 => ("information", json!({"text": words, "channel": "phone"})),
            9 if self.chance(40) => {
                let Some(number) =
                    self.books.cases.get(&complaint.id.to_string()).and_then(|case| case.customer)
                else {
                    return Ok(());
                };
                ("contact-data", self.posts[number].put_right())
            }
            9 if self.chance(30) => ("data-request", json!({"channel": "letter"})),
            9 if self.chance(30) => ("erasure-request", json!({"channel": "letter"})),
            _ => return Ok(()),
        };
        self.does(&complaint, complaint.version, super::staff::MANAGER, &deed).await.map(|_| ())
    }

    /// All data on one person is handed out, and nobody else's.
    async fn export(&mut self, complaint: &Complaint, reason: &str) -> Result<(), String> {
        let ask = post(&format!("/staff/complaints/{}/export", complaint.reference))
            .json(&json!({"reason": reason}));
        let ask = self.signed(ask, super::staff::MANAGER)?;
        let reply = self.ask("manager", "export", ask).await?;
        if reply.status == 200 {
            self.coverage.note("staff: export");
            self.coverage.note(done(Verb::RecordExport, complaint.stage_name()));
            super::laws::person::handed_out(self, complaint, &reply.file)?;
        }
        // There may be nobody any more of whom there is anything.
        allow(&reply, &[200, 409])
    }

    /// What a customer does without having been asked.
    pub(super) async fn wish(
        &mut self,
        complaint: &Complaint,
        canary: &str,
        cookie: &str,
    ) -> Result<(), String> {
        let (verb, wish, body) = match self.dice.random_range(0..10) {
            0..=3 => {
                let text = format!("There is more, says {canary}.");
                (Verb::AddInformation, "information", json!({"text": text}))
            }
            4..=5 => (Verb::AskEscalation, "escalation", json!({"text": format!("Higher, says {canary}.")})),
            6..=7 => (Verb::AskErasure, "erasure", json!({})),
            8 => (Verb::AskData, "data", json!({})),
            _ => (Verb::Withdraw, "withdrawal", json!({"reason": format!("Enough, says {canary}.")})),
        };
        let ask = post(&format!("/my/{}/{wish}", complaint.reference)).json(&body).header("cookie", cookie);
        let reply = self.ask(canary, wish, ask).await?;
        if reply.status == 200 {
            self.coverage.note(done(verb, complaint.stage_name()));
        }
        // Not in this stage any more, or not at all.
        allow(&reply, &[200, 409])
    }
}
