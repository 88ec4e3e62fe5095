//! What a person wrote, and a letter carries.

use crate::{
    command::TextRef,
    complaint::{Complaint, Stage},
    event::Event,
};

/// What staff wrote for the customer, and the letter about this event carries; `complaint` is the complaint as it
/// stands now.
pub fn text_of<'a>(event: &'a Event, complaint: &'a Complaint) -> Option<&'a TextRef> {
    match event {
        Event::ContactMade { text, .. }
        | Event::InformationAsked { text, .. }
        | Event::DelayAnnounced { text: Some(text), .. }
        | Event::RemedyChanged { text, .. }
        | Event::Refused { text, .. }
        | Event::Proposed { text, .. }
        | Event::Decided { text, .. }
        // What could not be done is explained there, and the rest is known.
        | Event::Resolved { dropped: Some(text), .. } => Some(text),
        // The summary repeats the explanation, which lies with the decision.
        Event::Resolved { .. } => match &complaint.stage {
            Stage::FollowingUp { decision, .. } | Stage::Closed { decision, .. } => Some(&decision.text),
            Stage::Received
            | Stage::Acknowledged
            | Stage::Investigating(_)
            | Stage::Proposed(_)
            | Stage::Implementing { .. }
            | Stage::Withdrawn { .. }
            | Stage::Refused { .. }
            | Stage::Duplicate { .. } => None,
        },
        _ => None,
    }
}
