//! The staff: mostly the right thing next, at any time, sometimes the wrong thing, or two at once on one version.

use complaints::command::{Flag, Reach, Verb};
use complaints::complaint::{Complaint, Remedy, Stage, StageName};
use complaints::promise::{Alarm, PromiseKind};
use complaints::values::{Level, Severity};
use jiff::SignedDuration;
use rand::RngExt;
use serde_json::{Value, json};

use super::coverage::done;
use super::run::Run;
use crate::ask::{Ask, get, post};

/// Hours that a token is used for.
pub(super) const SHIFT: i64 = 11;

/// A member of staff: name and role.
pub(super) type Person = (&'static str, &'static str);
pub(super) const CSR: Person = ("sam@northgate.example", "csr");
pub(super) const OTHER_CSR: Person = ("kim@northgate.example", "csr");
pub(super) const MANAGER: Person = ("mia@northgate.example", "manager");
const FINAL: Person = ("fin@northgate.example", "final");

/// What somebody is about to do: the route's last part and the body.
pub(super) type Deed = (&'static str, Value);

impl Run {
    /// The request with this person's token.
    pub(super) fn signed(&mut self, ask: Ask, (name, role): Person) -> Result<Ask, String> {
        let now = self.world.now();
        let badge = self.badges.get(name).filter(|(given, _)| now.duration_since(*given).as_hours() < SHIFT);
        let token = match badge {
            Some((_, token)) => token.clone(),
            None => self.world.token(name, role).map_err(|error| error.to_string())?,
        };
        if badge.is_none() {
            self.former_badges.extend(self.badges.remove(name));
        }
        let given = self.badges.get(name).map_or(now, |(given, _)| *given);
        self.badges.insert(name, (given, token.clone()));
        Ok(ask.header("authorization", &format!("Bearer {token}")))
    }

    /// Somebody takes a case from the pile and does something about it.
    pub(super) async fn work(&mut self) -> Result<(), String> {
        let open: Vec<Complaint> = self
            .books
            .complaints()
            .map(|(complaint, _)| complaint)
            .filter(|one| one.is_open())
            .cloned()
            .collect();
        if open.is_empty() || self.chance(4) {
            return self.look_at_the_list().await;
        }
        // What has gone highest and waits longest mostly comes first: it alarms people every day.
        let worst = open.iter().filter(|one| one.stage_name().owes_answer());
        let worst = worst.max_by_key(|one| (one.level, std::cmp::Reverse(one.received_at))).cloned();
        let any = open[self.dice.random_range(0..open.len())].clone();
        let complaint = worst.filter(|_| self.chance(50)).unwrap_or(any);
        let person = self.fitting(&complaint);
        let fits = self.chance(80);
        let deed =
            if fits { self.next_deed(&complaint, person) } else { Some(self.any_deed(&complaint, person)) };
        let Some(deed) = deed else { return Ok(()) };
        let deed = self.taken_down_later(&complaint, deed);
        // Most refusals are proposed by those who may not decide on them.
        let person = if deed.0 == "refusal" && self.chance(80) { CSR } else { person };
        if self.chance(10) {
            return self.two_at_once(&complaint, person, deed).await;
        }
        let version = if self.chance(5) { complaint.version.saturating_sub(1) } else { complaint.version };
        let status = self.does(&complaint, version, person, &deed).await?;
        if status == 200 && version != complaint.version {
            return Err(format!("12: a deed on version {version} was done on version {}", complaint.version));
        }
        Ok(())
    }

    /// Some of what customers say is taken down hours after they said it, or days.
    fn taken_down_later(&mut self, complaint: &Complaint, (verb, mut body): Deed) -> Deed {
        if matches!(verb, "information" | "contact" | "answer" | "feedback" | "reopening") && self.chance(15)
        {
            let since = SignedDuration::from_hours(self.dice.random_range(1..72));
            body["said_at"] = json!(self.world.now() - since);
        }
        // A letter comes to light that says no to what was taken for a yes.
        let silence = complaint.silence().filter(|_| complaint.is_open());
        if let Some((silence, number)) = silence.zip(complaint.decision().map(|it| it.number))
            && self.chance(10)
        {
            let said_at = silence.at - SignedDuration::from_hours(self.dice.random_range(1..48));
            let body =
                json!({"proposal": number, "answer": "refuse", "channel": "letter", "said_at": said_at});
            return ("answer", body);
        }
        (verb, body)
    }

    async fn look_at_the_list(&mut self) -> Result<(), String> {
        let query = self.one_of(&["?due=now", "?stage=investigating", "?owner=sam@northgate.example", ""]);
        let ask = self.signed(get(&format!("/staff/complaints{query}")), MANAGER)?;
        self.ask("manager", &format!("GET the list {query}"), ask).await.map(|_| ())
    }

    pub(super) fn version_of(&self, complaint: &Complaint) -> u32 {
        let case = self.books.cases.get(&complaint.id.to_string());
        case.and_then(|case| case.complaint.as_ref()).map_or(0, |complaint| complaint.version)
    }

    pub(super) fn deed(
        &mut self,
        complaint: &Complaint,
        version: u32,
        person: Person,
        (verb, body): &Deed,
    ) -> Result<Ask, String> {
        let ask = post(&format!("/staff/complaints/{}/{verb}", complaint.reference)).json(body);
        Ok(self.signed(ask, person)?.header("if-match", &format!("\"{version}\"")))
    }

    /// Does it; what it is answered must be so in the table.
    pub(super) async fn does(
        &mut self,
        complaint: &Complaint,
        version: u32,
        person: Person,
        deed: &Deed,
    ) -> Result<u16, String> {
        let (verb, _) = deed;
        let ask = self.deed(complaint, version, person, deed)?;
        let what = format!("{verb} {} {}", complaint.reference, complaint.stage_name().code());
        let reply = self.ask(person.1, &what, ask).await?;
        match reply.status {
            200 => {
                let said = reply.json()["version"].as_u64();
                let stands = u64::from(self.version_of(complaint));
                if said != Some(stands) {
                    return Err(format!("12: {what}: answered version {said:?}, and the table has {stands}"));
                }
                if let Some(verb) = verb_of(deed) {
                    self.coverage.note(done(verb, complaint.stage_name()));
                }
            }
            403 | 409 | 412 | 500..=599 => {}
            // Removed, or lost with the table that it was in.
            404 if self.books.named(&complaint.reference.to_string()).is_none() => {}
            422 if *verb != "contact" || deed.1.get("said_at").is_some() => {}
            status => return Err(format!("{what}: {status} {}", reply.body)),
        }
        Ok(reply.status)
    }

    fn fitting(&mut self, complaint: &Complaint) -> Person {
        if self.chance(6) {
            return self.one_of(&[CSR, OTHER_CSR, MANAGER, FINAL]);
        }
        match complaint.level {
            // A refusal is the manager's to decide.
            _ if complaint.refusal.is_some() => MANAGER,
            Level::One if self.chance(80) => CSR,
            Level::One | Level::Two => MANAGER,
            Level::Three => FINAL,
        }
    }

    /// Words about a case, with its customer's canary: they must turn up in no other case's mail.
    pub(super) fn words(&self, complaint: &Complaint, words: &str) -> String {
        let reference = complaint.reference.to_string();
        let is_erased =
            self.books.cases.get(&complaint.id.to_string()).is_some_and(|case| case.erased_at().is_some());
        // Who was erased is nobody to write about.
        let post = self.posts.iter().find(|post| post.references.contains(&reference) && !is_erased);
        format!("{words} {}.", post.map_or("nobody", |post| post.canary.as_str()))
    }

    /// What a good member of staff does next.
    fn next_deed(&mut self, complaint: &Complaint, person: Person) -> Option<Deed> {
        if complaint.unreached && self.chance(60) {
            return Some(self.contact(complaint, "phone"));
        }
        match &complaint.stage {
            Stage::Received | Stage::Acknowledged | Stage::Investigating(_) => {
                let is_asked = complaint.refusal.is_some() && self.chance(70);
                let goes_beside = is_asked || complaint.category.is_some() && self.chance(20);
                Some(if goes_beside {
                    self.further_deed(complaint)
                } else {
                    self.investigate(complaint, person)
                })
            }
            Stage::Proposed(proposal) => {
                // Somebody calls, and says what they think of it.
                let answer = if self.chance(70) { "accept" } else { "refuse" };
                let body = json!({"proposal": proposal.number, "answer": answer, "channel": "phone"});
                let is_over =
                    complaint.promises.get(PromiseKind::Consent).is_some_and(|it| it.alarm == Alarm::Missed);
                if is_over && self.chance(30) {
                    let reason = self.words(complaint, "Nobody answers the phone of");
                    return Some((
                        "answer",
                        json!({"proposal": proposal.number, "answer": "none", "reason": reason}),
                    ));
                }
                self.chance(20).then_some(("answer", body))
            }
            Stage::Implementing { remedies, .. } => {
                let undone = remedies.iter().position(Remedy::is_open)?;
                if self.chance(15) {
                    let mut change = json!({"remedy": undone + 1, "reason": self.words(complaint, "It turned out otherwise for")});
                    if self.chance(50) {
                        change["dropped"] = json!(true);
                    } else {
                        change["promised_by"] =
                            json!(remedies[undone].promised_by + SignedDuration::from_hours(96));
                    }
                    return Some(("remedy-change", change));
                }
                let details = self.words(complaint, "Done as promised to");
                self.chance(60).then(|| ("implement", json!({"remedy": undone + 1, "details": details})))
            }
            Stage::FollowingUp { .. } => {
                let reason = self.words(complaint, "Asked on the phone already:");
                self.chance(15).then(|| ("close", json!({"waive_follow_up": reason})))
            }
            Stage::Closed { .. }
            | Stage::Withdrawn { .. }
            | Stage::Refused { .. }
            | Stage::Duplicate { .. } => None,
        }
    }

    fn investigate(&mut self, complaint: &Complaint, person: Person) -> Deed {
        if complaint.owner.is_none() && self.chance(50) {
            return ("assign", json!({"owner": person.0}));
        }
        if complaint.category.is_none() {
            return self.triage();
        }
        if !complaint.contacted && self.chance(50) {
            return self.contact(complaint, "phone");
        }
        if complaint.finding.is_none() {
            let text = self.words(complaint, "A retry charged twice");
            let key = if self.chance(20) { "note" } else { "finding" };
            return (
                "investigate",
                match key {
                    "note" => json!({"note": text}),
                    _ => json!({"finding": text, "root_cause": "it", "preventable": true}),
                },
            );
        }
        if complaint.stage_name() == StageName::Acknowledged || self.chance(30) {
            return self.contact(complaint, by_mail(complaint));
        }
        self.propose(complaint)
    }

    fn triage(&mut self) -> Deed {
        let severity = match self.dice.random_range(0..10) {
            0 => Severity::Critical,
            1..=2 => Severity::High,
            3..=4 => Severity::Low,
            _ => Severity::Normal,
        };
        let category = self.one_of(&["billing", "billing", "delivery"]);
        let mut body = json!({"category": category, "severity": severity.code()});
        match self.dice.random_range(0..12) {
            0 => body["flags"] = json!([self.one_of(&Flag::ALL).code()]),
            1 => {
                body["flags"] = json!(["staff"]);
                body["subject"] = json!(self.one_of(&[CSR.0, OTHER_CSR.0]));
            }
            2 => body["loss"] = json!("2000.00"),
            _ => {}
        }
        ("triage", body)
    }

    fn contact(&mut self, complaint: &Complaint, channel: &str) -> Deed {
        ("contact", json!({"channel": channel, "text": self.words(complaint, "We look into it for")}))
    }

    fn propose(&mut self, complaint: &Complaint) -> Deed {
        let outcome = self.one_of(&["upheld", "partly_upheld", "not_upheld"]);
        let by = self.world.now() + jiff::SignedDuration::from_hours(self.dice.random_range(12..24 * 10));
        // Above what some level may give.
        let amount = self.one_of(&["25.00", "25.00", "25.00", "700.00", "9000.00"]);
        let remedies = (0..self.dice.random_range(0..3)).map(|number| match number {
            0 => json!({"kind": "apology", "promised_by": by}),
            _ => json!({"kind": "refund", "amount": amount, "promised_by": by}),
        });
        let remedies: Vec<Value> = remedies.collect();
        let explanation = self.words(complaint, "You were charged twice; we are sorry,");
        ("propose", json!({"outcome": outcome, "explanation": explanation, "remedies": remedies}))
    }

    /// Anything, fitting or not.
    fn any_deed(&mut self, complaint: &Complaint, person: Person) -> Deed {
        match self.dice.random_range(0..10) {
            8..=9 => self.further_deed(complaint),
            0 => ("assign", json!({"owner": person.0})),
            1 => self.triage(),
            2 => self.contact(complaint, by_mail(complaint)),
            3 => ("escalate", json!({"reason": self.words(complaint, "Too hard for us:")})),
            4 => self.propose(complaint),
            5 => ("implement", json!({"remedy": 1, "details": "Done."})),
            6 => ("close", json!({})),
            _ => ("investigate", json!({"note": self.words(complaint, "Looked at again:")})),
        }
    }
}

/// By mail where there is an address, by phone where there is none.
fn by_mail(complaint: &Complaint) -> &'static str {
    if complaint.reach == Reach::Email { "email" } else { "phone" }
}

/// What is asked for by a route's last part.
fn verb_of((route, body): &Deed) -> Option<Verb> {
    Some(match *route {
        "assign" => Verb::Assign,
        "triage" => Verb::Triage,
        "contact" => Verb::RecordContact,
        "investigate" if body.get("note").is_some() => Verb::AddNote,
        "investigate" => Verb::RecordFinding,
        "propose" => Verb::Propose,
        "answer" if body["answer"] == "none" => Verb::TakeAsConsent,
        "answer" => Verb::AnswerProposal,
        "remedy-change" => Verb::ChangeRemedy,
        "implement" => Verb::CompleteRemedy,
        "escalate" => Verb::Escalate,
        "close" => Verb::Close,
        "information-request" => Verb::AskCustomer,
        "information" => Verb::AddInformation,
        "consultation" => Verb::Consult,
        "consultation-answer" => Verb::AnswerConsultation,
        "delay" => Verb::AnnounceDelay,
        "settlement" => Verb::SettleAtOnce,
        "reopening" => Verb::Reopen,
        "feedback" => Verb::RecordFeedback,
        "withdrawal" => Verb::Withdraw,
        "refusal" => Verb::ProposeRefusal,
        "refusal-decision" => Verb::DecideRefusal,
        "duplicate" => Verb::MarkDuplicate,
        "link" if body["linked"] == true => Verb::Link,
        "link" => Verb::Unlink,
        "link-ending" => Verb::EndLinks,
        "contact-data" => Verb::CorrectContact,
        "data-request" => Verb::AskData,
        "erasure-request" => Verb::AskErasure,
        "erasure-refusal" => Verb::DeclineErasure,
        "restriction" => Verb::Restrict,
        "hold" if body["hold"] == true => Verb::Hold,
        "hold" => Verb::LiftHold,
        _ => return None,
    })
}
