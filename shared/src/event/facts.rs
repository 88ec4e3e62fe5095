//! What events have in common: their names, and what several of them tell.

use jiff::Timestamp;

use super::Event;
use crate::command::TextRef;

impl Event {
    /// By when the customer is told to have an answer, of what went up while one was owed; none of other events.
    pub fn answer_told(&self) -> Option<Timestamp> {
        match self {
            Event::Escalated { decide, told, .. } => told.or(decide.as_ref().map(|decide| decide.due)),
            _ => None,
        }
    }

    /// When what it records was said, where that was taken down later.
    pub fn said_at(&self) -> Option<Timestamp> {
        match self {
            Event::ContactMade { said_at, .. }
            | Event::InformationAdded { said_at, .. }
            | Event::ProposalAccepted { said_at, .. }
            | Event::ProposalRefused { said_at, .. }
            | Event::FeedbackGiven { said_at, .. }
            | Event::Reopened { said_at, .. } => *said_at,
            _ => None,
        }
    }

    /// The form as it is kept since this event; none of events that leave it as it is.
    pub fn form(&self) -> Option<&TextRef> {
        match self {
            Event::Received { receipt, .. } => Some(&receipt.form),
            Event::ContactCorrected { contact, .. } => Some(&contact.form),
            _ => None,
        }
    }

    /// The event's name, as the bus carries it in `detail-type`.
    pub fn name(&self) -> &'static str {
        match self {
            Event::Received { .. } => "Received",
            Event::Acknowledged { .. } => "Acknowledged",
            Event::LetterUndeliverable { .. } => "LetterUndeliverable",
            Event::Assigned { .. } => "Assigned",
            Event::Triaged { .. } => "Triaged",
            Event::ContactMade { .. } => "ContactMade",
            Event::NoteAdded { .. } => "NoteAdded",
            Event::FindingRecorded { .. } => "FindingRecorded",
            Event::Proposed { .. } => "Proposed",
            Event::Decided { .. } => "Decided",
            Event::ProposalAccepted { .. } => "ProposalAccepted",
            Event::ProposalRefused { .. } => "ProposalRefused",
            Event::Escalated { .. } => "Escalated",
            Event::PromiseWarned { .. } => "PromiseWarned",
            Event::PromiseMissed { .. } => "PromiseMissed",
            Event::RemedyDone { .. } => "RemedyDone",
            Event::RemedyChanged { .. } => "RemedyChanged",
            Event::Resolved { .. } => "Resolved",
            Event::SatisfactionAsked { .. } => "SatisfactionAsked",
            Event::FeedbackGiven { .. } => "FeedbackGiven",
            Event::Closed { .. } => "Closed",
            Event::Reopened { .. } => "Reopened",
            Event::InformationAsked { .. } => "InformationAsked",
            Event::InformationAdded { .. } => "InformationAdded",
            Event::ReplyLeftOut { .. } => "ReplyLeftOut",
            Event::WaitEnded { .. } => "WaitEnded",
            Event::Consulted { .. } => "Consulted",
            Event::ConsultationAnswered { .. } => "ConsultationAnswered",
            Event::DelayAnnounced { .. } => "DelayAnnounced",
            Event::PatternFound { .. } => "PatternFound",
            Event::Withdrawn { .. } => "Withdrawn",
            Event::RefusalProposed { .. } => "RefusalProposed",
            Event::RefusalDeclined { .. } => "RefusalDeclined",
            Event::Refused { .. } => "Refused",
            Event::MarkedDuplicate { .. } => "MarkedDuplicate",
            Event::DuplicateAbsorbed { .. } => "DuplicateAbsorbed",
            Event::Linked { .. } => "Linked",
            Event::Unlinked { .. } => "Unlinked",
            Event::EvidenceAdded { .. } => "EvidenceAdded",
            Event::EvidenceScanned { .. } => "EvidenceScanned",
            Event::Disowned { .. } => "Disowned",
            Event::LinksEnded { .. } => "LinksEnded",
            Event::ContactCorrected { .. } => "ContactCorrected",
            Event::DataAsked { .. } => "DataAsked",
            Event::ErasureAsked { .. } => "ErasureAsked",
            Event::ErasureDeclined { .. } => "ErasureDeclined",
            Event::Restricted { .. } => "Restricted",
            Event::Exported { .. } => "Exported",
            Event::HoldSet { .. } => "HoldSet",
            Event::HoldLifted { .. } => "HoldLifted",
        }
    }
}
