//! Complaints lived through in tests: commands in, recorded events out, with a clock that the test moves.

mod further;

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};

use crate::{
    actor::Actor,
    command::{
        Answer, Command, Feedback, Finding, Offer, Outcome, Reach, Receipt, RemedyKind, TextRef, Triage,
        UndeliverableReason,
    },
    complaint::Complaint,
    decide::{Context, decide},
    event::{Event, Recorded},
    evolve::evolve,
    intake::Intake,
    letter_kind::LetterKind,
    policy::Policy,
    rejection::Rejection,
    values::{
        Channel, CommandId, ComplaintId, Digest, Language, Line, Money, Reference, Role, Severity, StaffId,
        Text, TextId,
    },
};

pub(crate) use further::{further, grave};

/// One complaint's life.
#[derive(Clone)]
pub(crate) struct Story {
    pub(crate) policy: Policy,
    pub(crate) now: Timestamp,
    pub(crate) complaint: Complaint,
    pub(crate) events: Vec<Recorded>,
    /// When what the next command records was said.
    pub(crate) said_at: Option<Timestamp>,
}

impl Story {
    /// A complaint that comes in through the web form.
    pub(crate) fn begins(at: &str) -> Story {
        Story::begins_with(1, at.parse().unwrap(), Channel::Web, Some("Mortgage"), Policy::built_in())
    }

    pub(crate) fn begins_with(
        number: u8,
        now: Timestamp,
        channel: Channel,
        product: Option<&str>,
        policy: Policy,
    ) -> Story {
        let receipt = Receipt {
            id: ComplaintId::from_parts(now, [number; 10]),
            reference: Reference::from_bytes([0x12, 0x34, 0x56, 0x78, number]),
            received_at: now,
            channel,
            language: Language::ENGLISH,
            reach: Reach::Email,
            customer: Digest::of(&[number]),
            product: product.map(str::to_owned),
            form: text(),
        };
        let actor = if channel == Channel::Web { Actor::Customer } else { csr() };
        let command = CommandId::from_parts(now, [0; 10]);
        let context = Context::new(now, &policy, &actor, command);
        let event = decide(None, Command::Receive(receipt), &context).unwrap().remove(0);
        let complaint = evolve(None, &event).unwrap();
        let recorded = Recorded {
            complaint: complaint.id,
            version: 1,
            at: now,
            actor,
            command,
            policy: policy.version.to_string(),
            event,
            before: None,
            after: complaint.profile(),
            previous: Digest::of(b""),
            hash: Digest::of(b""),
        };
        Story { policy, now, complaint, events: vec![recorded.seal()], said_at: None }
    }

    /// Time goes on.
    pub(crate) fn after(&mut self, hours: i64) -> &mut Story {
        self.now = self.now.checked_add(SignedDuration::from_hours(hours)).unwrap();
        self
    }

    /// Time goes on to this instant.
    pub(crate) fn at(&mut self, at: &str) -> &mut Story {
        self.now = at.parse().unwrap();
        self
    }

    /// What the next command records was said at this instant.
    pub(crate) fn said(&mut self, at: &str) -> &mut Story {
        self.said_at = Some(at.parse().unwrap());
        self
    }

    /// What the next command records was said so many hours ago.
    pub(crate) fn said_ago(&mut self, hours: i64) {
        self.said_at = Some(self.now.checked_sub(SignedDuration::from_hours(hours)).unwrap());
    }

    /// A command that the domain takes.
    pub(crate) fn then(&mut self, actor: &Actor, command: Command) -> &mut Story {
        let told = format!("{command:?}");
        self.attempt(actor, command).unwrap_or_else(|no| panic!("{told}: {no}"));
        self
    }

    /// A command that may be refused.
    pub(crate) fn attempt(&mut self, actor: &Actor, command: Command) -> Result<(), Rejection> {
        let id = CommandId::from_parts(self.now, [u8::try_from(self.events.len() % 250).unwrap(); 10]);
        let said_at = self.said_at.take();
        let context = Context { said_at, ..Context::new(self.now, &self.policy, actor, id) };
        for event in decide(Some(&self.complaint), command, &context)? {
            self.record(actor.clone(), id, event);
        }
        Ok(())
    }

    fn record(&mut self, actor: Actor, command: CommandId, event: Event) {
        let before = self.complaint.profile();
        self.complaint = evolve(Some(self.complaint.clone()), &event).unwrap();
        let last = self.events.last().unwrap();
        let recorded = Recorded {
            version: self.complaint.version,
            at: self.now,
            actor,
            command,
            event,
            before: Some(before),
            after: self.complaint.profile(),
            previous: last.hash,
            ..last.clone()
        };
        self.events.push(recorded.seal());
    }

    /// The last event of this name.
    pub(crate) fn last(&self, name: &str) -> &Recorded {
        self.events
            .iter()
            .rfind(|recorded| recorded.event.name() == name)
            .unwrap_or_else(|| panic!("no {name}"))
    }

    /// Acknowledged, triaged, and somebody's.
    pub(crate) fn taken_on(&mut self) -> &mut Story {
        self.after(1)
            .then(&Actor::System, Command::Acknowledge)
            .then(&csr(), Command::Assign { owner: owner() })
            .then(&csr(), triage("billing", Severity::Normal))
    }

    /// Found out, and a refund offered.
    pub(crate) fn proposed(&mut self) -> &mut Story {
        let refund = refund(self.now, "25.00 GBP");
        self.then(&csr(), finding()).then(&csr(), propose(Outcome::Upheld, vec![refund]))
    }

    /// The proposal accepted by the customer.
    pub(crate) fn accepted(&mut self) -> &mut Story {
        let proposal = self.complaint.proposals;
        self.then(&Actor::Customer, answer(proposal, Answer::Accept))
    }
}

pub(crate) fn csr() -> Actor {
    Actor::Staff { id: owner(), role: Role::Csr }
}

pub(crate) fn manager() -> Actor {
    Actor::Staff { id: StaffId::parse("max@northgate.example").unwrap(), role: Role::Manager }
}

pub(crate) fn decider() -> Actor {
    Actor::Staff { id: StaffId::parse("fay").unwrap(), role: Role::Final }
}

pub(crate) fn owner() -> StaffId {
    StaffId::parse("ana@northgate.example").unwrap()
}

pub(crate) fn text() -> TextRef {
    TextRef { id: TextId::from_parts(Timestamp::UNIX_EPOCH, [7; 10]), digest: Digest::of(b"text") }
}

pub(crate) fn triage(category: &str, severity: Severity) -> Command {
    Command::Triage(triaged(category, severity))
}

pub(crate) fn triaged(category: &str, severity: Severity) -> Triage {
    Triage {
        category: category.to_owned(),
        sub_category: None,
        severity,
        product: None,
        flags: BTreeSet::new(),
        subject: None,
        subject_role: None,
        loss: None,
        note: None,
    }
}

pub(crate) fn finding() -> Command {
    Command::RecordFinding(Finding {
        text: text(),
        root_cause: Some("people".to_owned()),
        preventable: Some(true),
        deviation: None,
    })
}

pub(crate) fn propose(outcome: Outcome, remedies: Vec<Offer>) -> Command {
    Command::Propose { outcome, remedies, text: text() }
}

/// A refund within ten days.
pub(crate) fn refund(now: Timestamp, amount: &str) -> Offer {
    let promised_by = now.checked_add(SignedDuration::from_hours(240)).unwrap();
    Offer { kind: RemedyKind::Refund, amount: Some(Money::parse(amount).unwrap()), owner: None, promised_by }
}

pub(crate) fn answer(proposal: u8, answer: Answer) -> Command {
    Command::AnswerProposal { proposal, answer, reason: None, channel: Channel::Web }
}

pub(crate) fn feedback(rating: u8, concern: bool) -> Command {
    Command::RecordFeedback { feedback: Feedback { rating, comment: None, concern }, channel: Channel::Web }
}

pub(crate) fn bounced(letter: LetterKind) -> Command {
    Command::ReportUndeliverable { letter, reason: UndeliverableReason::Bounced, about: None }
}

/// A form with all fields that letters show.
pub(crate) fn intake() -> Intake {
    Intake {
        name: Some(Line::parse("Zoë O'Neill").unwrap()),
        email: Some("zoe@customer.example".parse().unwrap()),
        phone: None,
        description: Text::parse("The rate that I was told is not the rate that I pay.").unwrap(),
        product: Some(Line::parse("my mortgage").unwrap()),
        incident_date: Some(jiff::civil::date(2026, 10, 30)),
        people_involved: None,
        order_reference: Some(Line::parse("ACC 12/7").unwrap()),
        remedy_wanted: None,
        on_behalf_of: None,
        needs: None,
        language: Language::ENGLISH,
    }
}
