//! A new private link, in place of one that is too old or was ended, or to an address that we have only now.

use crate::letter::{CustomerFacts, NewLink, Writing};

pub(super) fn write(facts: &CustomerFacts<'_>, why: NewLink) -> Writing {
    let writing = Writing::about("your new link", "Your new link");
    let link = |writing: Writing| writing.link("Open your complaint's page", facts.link);
    match why {
        NewLink::AskedFor => {
            let because = "Somebody has asked for a new link to your complaint's page, since the old one has expired. Here it is:";
            link(writing.say(because)).say("If it was not you who asked for it, you need not do anything.")
        }
        NewLink::InPlaceOfEnded => link(writing.say(
            "The links to your complaint's page that you had do not work any more: you asked for that, or we did it to keep your data safe. Here is the new one:",
        )),
        NewLink::ToNewAddress => {
            let writing = writing
                .say("We have this address for your complaint now, and write to you here from now on.")
                .list(facts.expected())
                .say("Your page shows how things stand, and whether we are waiting for you. Links that you had before do not work any more.");
            link(writing)
                .say("If this complaint is not yours, somebody gave us your address by mistake. Tell us by this link, and we write to you no more about it:")
                .link("I did not make this complaint", facts.not_me)
        }
    }
}
