//! One complaint worked from its form to its end, for tests: every step through `decide` and `evolve`.

use jiff::{SignedDuration, Timestamp};

use crate::{
    actor::Actor,
    command::{
        Answer, Command, Feedback, Finding, NoteKind, Offer, Outcome, Reach, Receipt, RemedyKind, TextRef,
    },
    complaint::Complaint,
    decide::{Context, decide},
    event::Recorded,
    evolve::evolve,
    intake::Intake,
    policy::Policy,
    profile::Profile,
    values::{
        Channel, CommandId, ComplaintId, Currency, Digest, Language, Line, Money, Reference, Role, Severity,
        StaffId, Text, TextId,
    },
};

pub(crate) struct Story {
    pub(crate) policy: Policy,
    pub(crate) now: Timestamp,
    pub(crate) complaint: Complaint,
    pub(crate) history: Vec<Recorded>,
}

pub(super) fn staff() -> Actor {
    Actor::Staff { id: StaffId::parse("ana").unwrap(), role: Role::Manager }
}

pub(super) fn text() -> TextRef {
    TextRef { id: TextId::from_parts(Timestamp::UNIX_EPOCH, [7; 10]), digest: Digest::of(b"") }
}

/// What Zoë complained about, with everything in it that a page has to take as text.
pub(crate) fn intake() -> Intake {
    Intake {
        name: Some(Line::parse("Zoë <b>Smith</b>").unwrap()),
        email: Some("zoe@bank.example".parse().unwrap()),
        phone: None,
        description: Text::parse(
            "I was charged <script>alert(1)</script> twice & {{ 7*7 }}.\n\nPay \u{202e}01\u{202c}.",
        )
        .unwrap(),
        product: Some(Line::parse("Mortgage").unwrap()),
        incident_date: Some(jiff::civil::date(2026, 3, 2)),
        people_involved: None,
        order_reference: Some(Line::parse("A-1\" onfocus=\"x").unwrap()),
        remedy_wanted: Some(Text::parse("My money back.").unwrap()),
        on_behalf_of: None,
        needs: None,
        language: Language::ENGLISH,
    }
}

impl Story {
    pub(crate) fn received() -> Story {
        let now: Timestamp = "2026-03-03T10:15:00Z".parse().unwrap();
        let policy = Policy::built_in();
        let receipt = Receipt {
            id: ComplaintId::from_parts(now, [1; 10]),
            reference: Reference::from_bytes([1, 2, 3, 4, 5]),
            received_at: now,
            channel: Channel::Web,
            language: Language::ENGLISH,
            reach: Reach::Email,
            customer: Digest::of(b""),
            product: None,
            form: text(),
        };
        let events = {
            let context = Context::new(now, &policy, &Actor::Customer, command_id(now));
            decide(None, Command::Receive(receipt), &context).unwrap()
        };
        let complaint = events.iter().fold(None, evolve).unwrap();
        let history = events.into_iter().map(|event| recorded(event, &complaint, now)).collect();
        Story { policy, now, complaint, history }
    }

    pub(crate) fn acknowledged() -> Story {
        Story::received().then(1, &Actor::System, Command::Acknowledge)
    }

    pub(crate) fn investigating() -> Story {
        let (owner, category) = (StaffId::parse("ana").unwrap(), "billing".to_owned());
        Story::acknowledged()
            .then(2, &staff(), Command::Assign { owner })
            .then(0, &staff(), crate::story::triage(&category, Severity::Normal))
            .then(20, &staff(), Command::RecordContact { channel: Channel::Phone, text: text() })
            .then(1, &staff(), Command::AddNote { kind: NoteKind::Note, text: text() })
    }

    /// The customer was asked twice, and has answered the first time only.
    pub(crate) fn waiting() -> Story {
        let added = Command::AddInformation { text: text(), channel: Channel::Web, marks: Vec::new() };
        Story::investigating()
            .then(1, &staff(), Command::AskCustomer { text: text() })
            .then(1, &Actor::Customer, added)
            .then(1, &staff(), Command::AskCustomer { text: text() })
    }

    pub(crate) fn proposed() -> Story {
        let finding =
            Finding { text: text(), root_cause: Some("it".to_owned()), preventable: None, deviation: None };
        let story = Story::investigating().then(24, &staff(), Command::RecordFinding(finding));
        let amount = Money::parse_amount("12.50", Currency::parse("GBP").unwrap()).unwrap();
        let promised_by = story.now + SignedDuration::from_hours(24 * 7);
        let offer = |kind, amount| Offer { kind, amount, owner: None, promised_by };
        let remedies = vec![offer(RemedyKind::Apology, None), offer(RemedyKind::Refund, Some(amount))];
        story.then(1, &staff(), Command::Propose { outcome: Outcome::Upheld, remedies, text: text() })
    }

    pub(crate) fn refused() -> Story {
        let (answer, channel) = (Answer::Refuse, Channel::Web);
        Story::proposed().then(
            5,
            &Actor::Customer,
            Command::AnswerProposal { proposal: 1, answer, reason: None, channel },
        )
    }

    pub(crate) fn implementing() -> Story {
        let (answer, channel) = (Answer::Accept, Channel::Web);
        Story::proposed()
            .then(5, &Actor::Customer, Command::AnswerProposal { proposal: 1, answer, reason: None, channel })
            .then(1, &staff(), Command::CompleteRemedy { remedy: 1, text: text() })
    }

    pub(crate) fn asked() -> Story {
        Story::implementing().then(24, &staff(), Command::CompleteRemedy { remedy: 2, text: text() }).then(
            24 * 8,
            &Actor::System,
            Command::FollowUp,
        )
    }

    pub(crate) fn closed() -> Story {
        let feedback = Feedback { rating: 4, comment: None, concern: false };
        Story::asked().then(3, &Actor::Customer, Command::RecordFeedback { feedback, channel: Channel::Web })
    }

    /// A complaint that nobody looked at until all its dates had passed.
    pub(crate) fn forgotten() -> Story {
        Story::acknowledged().then(24 * 60, &Actor::System, Command::WatchPromises)
    }

    /// So many hours later somebody does this.
    pub(crate) fn then(mut self, hours: i64, actor: &Actor, command: Command) -> Story {
        self.now += SignedDuration::from_hours(hours);
        let context = Context::new(self.now, &self.policy, actor, command_id(self.now));
        let events = decide(Some(&self.complaint), command, &context).unwrap();
        assert!(!events.is_empty(), "every step of a story changes something");
        for event in events {
            self.complaint = evolve(Some(self.complaint), &event).unwrap();
            self.history.push(recorded(event, &self.complaint, self.now));
        }
        self
    }
}

fn command_id(now: Timestamp) -> CommandId {
    CommandId::from_parts(now, [3; 10])
}

fn recorded(event: crate::event::Event, complaint: &Complaint, at: Timestamp) -> Recorded {
    let after: Profile = complaint.profile();
    Recorded {
        complaint: complaint.id,
        version: complaint.version,
        at,
        actor: Actor::System,
        command: command_id(at),
        policy: "1".to_owned(),
        event,
        before: None,
        after,
        previous: Digest::of(b""),
        hash: Digest::of(b""),
    }
}
