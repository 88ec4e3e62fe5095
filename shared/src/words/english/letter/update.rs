//! How it goes on: in the words of the one who handles the complaint, or what time itself has to say.

use crate::letter::{CustomerFacts, News, Writing};

pub(super) fn write(facts: &CustomerFacts<'_>, news: News<'_>) -> Writing {
    let writing = Writing::about("how things stand", "How your complaint stands");
    let writing = match news {
        News::Words(text) => writing.say("We would like to tell you how things stand:").passage(Some(text)),
        News::Informed => writing.say("Thank you: we have what you sent us, and go on with your complaint."),
        News::NotInformed => writing.say(
            "We asked you for more information and have not heard from you. We go on with what we know; you can still \
             tell us more on your own page.",
        ),
        News::Over { reopen_until } => writing
            .say(
                "We have your e-mail and put it with your complaint, which is closed. An e-mail alone does not open it \
                 again, but one of us will read it.",
            )
            .say(format!(
                "If something is still wrong, say so on your own page: until {}, that opens your complaint again.",
                facts.phrases().until(reopen_until)
            )),
        News::Waiting => writing.say(
            "Your complaint goes on as soon as we have what we asked you for. You can tell us on your own page.",
        ),
        News::StillAtWork => writing
            .say("We are still working on your complaint. We are sorry that you have not heard more from us yet."),
    };
    writing.list(facts.expected()).link("Open your complaint's page", facts.link)
}
