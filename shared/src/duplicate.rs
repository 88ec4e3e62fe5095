//! What a customer said in a complaint that turns out to be the same as another one, for that other one to have.

use crate::{
    command::{EscalationReason, TextRef},
    event::{Event, Recorded},
    intake::Intake,
    page::desk::filled_in,
};

/// More would not fit into one item with the rest of it.
const MOST_BYTES: usize = 200_000;
/// What stands below what was cut.
const CUT: &str = "\n\n(Shortened: the rest is with the other complaint.)";

/// Where the customer's words lie that came after the form, the earliest first; among them what was put with it of
/// earlier duplicates.
pub fn said_since(history: &[Recorded]) -> Vec<&TextRef> {
    history.iter().filter_map(|recorded| words_of(&recorded.event)).collect()
}

/// What was told in the form: what happened, and a line for each of what else was filled in.
pub fn told_in(intake: &Intake) -> Vec<String> {
    // Who it is is known of the other complaint.
    let besides = filled_in(intake).filter(|(asked, _)| !matches!(asked.name, "name" | "email"));
    let lines = besides.map(|(asked, told)| format!("{}: {told}", asked.label));
    [intake.description.to_string()].into_iter().chain(lines).collect()
}

fn words_of(event: &Event) -> Option<&TextRef> {
    match event {
        Event::FeedbackGiven { feedback, .. } => feedback.comment.as_ref(),
        Event::InformationAdded { text, .. }
        | Event::DuplicateAbsorbed { text, .. }
        | Event::Escalated { reason: EscalationReason::Asked { text, .. }, .. }
        | Event::ProposalRefused { reason: Some(text), .. }
        | Event::Reopened { text: Some(text), .. } => Some(text),
        _ => None,
    }
}

/// All of it as one text, as much of it as is kept.
pub fn joined(said: &[String]) -> String {
    let whole = said.join("\n\n");
    if whole.len() <= MOST_BYTES {
        return whole;
    }
    let kept = whole.floor_char_boundary(MOST_BYTES - CUT.len());
    format!("{}{CUT}", &whole[..kept])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{actor::Actor, command::Command, story::*, values::Channel};

    #[test]
    fn the_customers_words_are_those_of_the_customer_and_no_others() {
        let mut story = Story::begins("2026-11-02T10:00:00Z");
        story.taken_on();
        let other = story.complaint.id;
        assert_eq!(said_since(&story.events), Vec::<&TextRef>::new());
        story
            .then(&csr(), Command::AskCustomer { text: text() })
            .then(
                &Actor::Customer,
                Command::AddInformation { text: text(), channel: Channel::Web, marks: Vec::new() },
            )
            .then(
                &Actor::System,
                Command::Absorb {
                    duplicate: other,
                    text: text(),
                    said_at: "2026-11-02T10:00:00Z".parse().unwrap(),
                },
            )
            .then(&Actor::Customer, Command::AskEscalation { text: text(), channel: Channel::Web });
        assert_eq!(said_since(&story.events).len(), 3);
    }

    #[test]
    fn what_was_said_stands_in_its_order_and_what_is_too_long_is_cut_at_a_character() {
        assert_eq!(joined(&["One.".to_owned(), "Two.".to_owned()]), "One.\n\nTwo.");
        let long = "€".repeat(60_000);
        let cut = joined(&[long.clone(), "And this.".to_owned()]);
        assert_eq!(joined(std::slice::from_ref(&long)), long);
        let longer = joined(&[long, "€".repeat(10_000)]);
        assert!(cut.ends_with("And this."), "there is room for it");
        assert!(longer.len() <= MOST_BYTES && longer.ends_with(CUT), "{}", longer.len());
    }
}
