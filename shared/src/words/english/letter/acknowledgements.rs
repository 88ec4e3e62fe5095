//! We have your complaints: one letter about several that came from the same address.

use crate::letter::{CustomerFacts, Writing};

pub(super) fn write(all: &[CustomerFacts<'_>]) -> Writing {
    let writing = Writing::about(
        &format!("We have received {} complaints", all.len()),
        "We have received your complaints",
    )
    .say(format!(
        "Thank you for telling us what went wrong. We are sorry for the inconvenience that this has caused you, and \
         we will look into it with care. Since many complaints came from your address today, this is one e-mail about \
         {} of them.",
        all.len()
    ));
    all.iter()
        .fold(writing, one)
        .under("How it goes on")
        .say(
            "One of us takes each complaint on, finds out what happened, and then proposes to you in writing how to \
             put it right. You can accept that, or have it looked at again one level higher. This costs you nothing.",
        )
        .say(
            "If it was not you who complained, somebody else gave us your e-mail address. Tell us by the link below \
             the complaint, and we write to you no more about it.",
        )
}

fn one(writing: Writing, facts: &CustomerFacts<'_>) -> Writing {
    let complaint = facts.complaint;
    writing
        .under(&format!("Complaint {}", complaint.reference))
        .facts([
            ("Your reference", Some(complaint.reference.to_string())),
            ("Received", Some(facts.phrases().day(complaint.received_at))),
            ("About", complaint.product.clone()),
        ])
        .list(facts.expected())
        .link("Open this complaint's page", facts.link)
        .link("I did not make this complaint", facts.not_me)
}
