//! We have your complaint: thanks, an apology, what we took down, how it goes on and by when.

use super::super::{CustomerFacts, writing::Writing};
use super::words;

pub(super) fn write(facts: &CustomerFacts<'_>) -> Writing {
    let CustomerFacts { policy, complaint, intake, .. } = facts;
    let in_customers_words = intake.product.as_ref().map(|product| product.as_str().to_owned());
    let writing = words::to_customer(facts, "we have received it", "We have received your complaint")
        .say(
            "Thank you for telling us what went wrong. We are sorry for the inconvenience that this has caused you, \
             and we will look into it with care.",
        )
        .about("What we have taken down")
        .facts([
            ("Your reference", Some(complaint.reference.to_string())),
            ("Received", Some(words::day(complaint.received_at, policy))),
            ("About", complaint.product.clone().or(in_customers_words)),
            ("It happened on", intake.incident_date.map(words::in_words)),
            ("Order or account", intake.order_reference.as_ref().map(|order| order.as_str().to_owned())),
            ("On behalf of", intake.on_behalf_of.as_ref().map(|name| name.as_str().to_owned())),
        ]);
    let writing = words::page(
        writing.say("A copy of all that you wrote, and how things stand, is on your own page:"),
        facts,
        "Open your complaint's page",
    )
    .about("How it goes on")
    .say(
        "One of us takes your complaint on, finds out what happened, and then proposes to you in writing how to put \
         it right. You can accept that, or have it looked at again one level higher. This costs you nothing.",
    )
    .list(words::dates(facts));
    words::signed(writing, facts)
}
