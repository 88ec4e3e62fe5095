//! We have your complaint: thanks, an apology, what we took down, how it goes on and by when.

use crate::letter::{CustomerFacts, Writing};

pub(super) fn write(facts: &CustomerFacts<'_>) -> Writing {
    let CustomerFacts { complaint, intake, .. } = facts;
    let phrases = facts.phrases();
    Writing::about("we have received it", "We have received your complaint")
        .say(
            "Thank you for telling us what went wrong. We are sorry for the inconvenience that this has caused you, \
             and we will look into it with care.",
        )
        .under("What we have taken down")
        .facts([
            ("Your reference", Some(complaint.reference.to_string())),
            ("Received", Some(phrases.day(complaint.received_at))),
            ("About", facts.product()),
            ("It happened on", intake.incident_date.map(|date| phrases.date(date))),
            ("Order or account", intake.order_reference.as_ref().map(|order| order.as_str().to_owned())),
            ("On behalf of", intake.on_behalf_of.as_ref().map(|name| name.as_str().to_owned())),
        ])
        .say("A copy of all that you wrote, and how things stand, is on your own page:")
        .link("Open your complaint's page", facts.link)
        .under("How it goes on")
        .say(
            "One of us takes your complaint on, finds out what happened, and then proposes to you in writing how to \
             put it right. You can accept that, or have it looked at again one level higher. This costs you nothing.",
        )
        .list(facts.expected())
        .say(
            "If it was not you who complained, somebody else gave us your e-mail address. Tell us by this link, and \
             we write to you no more about it:",
        )
        .link("I did not make this complaint", facts.not_me)
}
