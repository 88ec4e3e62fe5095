//! Commands of handling that go beside the straight path, well formed and as a pick has it.

use std::collections::BTreeSet;

use jiff::SignedDuration;

use super::{Story, finding, refund, text};
use crate::{
    command::{
        Command, ContactData, Flag, Grounds, LeftOut, Other, Outcome, Pattern, Reach, TextRef, Verb, Verdict,
    },
    complaint::StageName,
    values::{Channel, ComplaintId, Digest, Language, StaffId, TextId},
};

/// A command by its verb; none for those of the straight path, which tests write out.
pub(crate) fn further(verb: Verb, pick: u8, story: &Story) -> Option<Command> {
    let (complaint, channel) = (&story.complaint, Channel::Phone);
    let another = ComplaintId::from_parts(story.now, [pick | 128; 10]);
    Some(match verb {
        Verb::AskCustomer => Command::AskCustomer { text: text() },
        Verb::AddInformation => Command::AddInformation { text: text(), channel, marks: Vec::new() },
        Verb::LeaveOutReply => {
            let all = [LeftOut::Automatic, LeftOut::Harmful, LeftOut::TooMany, LeftOut::Unreadable];
            Command::LeaveOutReply { why: all[usize::from(pick % 4)] }
        }
        Verb::Consult => {
            let department = &story.policy.departments[usize::from(pick) % story.policy.departments.len()];
            Command::Consult { department: department.key.clone(), text: text() }
        }
        Verb::AnswerConsultation => {
            let open = complaint.consulted.first();
            let consultation = open.map_or(1, |consultation| consultation.number);
            Command::AnswerConsultation { consultation, text: text() }
        }
        Verb::AnnounceDelay => {
            let hours = SignedDuration::from_hours(1 + i64::from(pick));
            let until = complaint.told_by.max(story.now).checked_add(hours).unwrap();
            Command::AnnounceDelay { until, text: text() }
        }
        Verb::SettleAtOnce => {
            let Command::RecordFinding(finding) = finding() else { unreachable!() };
            let remedies = vec![refund(story.now, "5.00 GBP"); usize::from(pick % 3)];
            Command::SettleAtOnce { finding, outcome: Outcome::Upheld, remedies, text: text(), channel }
        }
        Verb::AskEscalation => Command::AskEscalation { text: text(), channel: Channel::Web },
        Verb::RecordPattern => {
            let pattern = Pattern::ALL[usize::from(pick % 2)];
            Command::RecordPattern { pattern, count: 5, others: vec![another] }
        }
        Verb::TakeAsConsent => Command::TakeAsConsent { proposal: complaint.proposals, text: text() },
        Verb::Reopen => Command::Reopen { text: text(), channel },
        Verb::Withdraw => Command::Withdraw { reason: Some(text()), channel: Channel::Web },
        Verb::ProposeRefusal => {
            Command::ProposeRefusal { grounds: Grounds::ALL[usize::from(pick % 3)], text: another_text(pick) }
        }
        Verb::DecideRefusal => Command::DecideRefusal { approve: pick.is_multiple_of(8), text: text() },
        Verb::MarkDuplicate => {
            let stage = StageName::Acknowledged;
            Command::MarkDuplicate { other: Other { id: another, stage, ..complaint.into() } }
        }
        Verb::Absorb => Command::Absorb { duplicate: another, text: text(), said_at: complaint.received_at },
        Verb::Link => Command::Link { other: another, text: text() },
        Verb::Unlink => {
            let other = complaint.linked.first().copied().unwrap_or(another);
            Command::Unlink { other, text: text() }
        }
        Verb::ReturnLink => Command::ReturnLink { other: another, linked: pick.is_multiple_of(2) },
        Verb::AddEvidence => {
            Command::AddEvidence { file: another_text(complaint.files + complaint.refused_files), channel }
        }
        Verb::RecordScan => {
            let file = complaint.unscanned.first().copied().unwrap_or_else(|| another_text(pick).id);
            let verdict =
                [Verdict::Clean, Verdict::Infected, Verdict::Failed, Verdict::Unfit][usize::from(pick % 4)];
            Command::RecordScan { file, verdict }
        }
        Verb::Disown => Command::Disown,
        Verb::EndLinks => Command::EndLinks { reason: None },
        Verb::CorrectContact => {
            let reach = [None, Some(Reach::Email), Some(Reach::PhoneOnly)][usize::from(pick % 3)];
            let language = Language::parse(["en", "de"][usize::from(pick % 2)]).unwrap();
            let customer = Digest::of(&[pick % 4]);
            Command::CorrectContact {
                contact: ContactData { form: another_text(pick), reach, customer, language },
                text: text(),
            }
        }
        Verb::AskData => Command::AskData { channel: Channel::Web },
        Verb::AskErasure => Command::AskErasure { channel: Channel::Web },
        Verb::DeclineErasure => Command::DeclineErasure { text: text() },
        Verb::Restrict => Command::Restrict { text: text() },
        Verb::RecordExport => Command::RecordExport { text: text() },
        Verb::Hold => Command::Hold { text: text() },
        Verb::LiftHold => Command::LiftHold { text: text() },
        Verb::Receive
        | Verb::Acknowledge
        | Verb::ReportUndeliverable
        | Verb::Assign
        | Verb::Triage
        | Verb::RecordContact
        | Verb::AddNote
        | Verb::RecordFinding
        | Verb::Propose
        | Verb::AnswerProposal
        | Verb::CompleteRemedy
        | Verb::ChangeRemedy
        | Verb::Escalate
        | Verb::WatchPromises
        | Verb::FollowUp
        | Verb::RecordFeedback
        | Verb::Close => return None,
    })
}

/// Flags and a subject, now and then.
pub(crate) fn grave(pick: u8) -> (BTreeSet<Flag>, Option<StaffId>) {
    let flags = Flag::ALL.into_iter().filter(|flag| pick == 16 + *flag as u8).collect();
    let subject = (pick % 32 == 7).then(|| StaffId::parse("ben").unwrap());
    (flags, subject)
}

fn another_text(number: u8) -> TextRef {
    TextRef { id: TextId::from_parts(jiff::Timestamp::UNIX_EPOCH, [number; 10]), ..text() }
}
