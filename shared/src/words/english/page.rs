//! The pages in English.

mod files;
mod ways;

use super::super::{Answered, Department, Failure, Field, Form, Frame, Link, My, NotMe, Thanks};

pub(super) use files::FILES;
pub(super) use ways::WAYS;

pub(super) const FRAME: Frame = Frame {
    skip: "Skip to the content",
    complaints: "Complaints",
    rather_talk: "You would rather talk to a person? Write to",
    languages: "This page in other languages",
    error: "Error",
    check_entries: "Please check what you entered",
    by: "by",
    late: "We are late, and we are sorry.",
};

pub(super) const FORM: Form = Form {
    title: "Make a complaint",
    lead: "Tell us what went wrong. A person reads every complaint, and you will know at once by which date you have \
           our answer.",
    leave_empty: "Leave this empty",
    contact: "How can we answer you?",
    contact_hint: "We need an e-mail address or a phone number. With an e-mail address you can follow your complaint \
                   online.",
    more: "Add details that help us to answer sooner",
    optional: "(optional)",
    description: Field {
        label: "What happened?",
        hint: "In your own words. When and where was it, and what came of it?",
        short: "What happened",
    },
    name: Field { label: "Your name", hint: "As you want us to address you.", short: "Your name" },
    email: Field { label: "E-mail address", hint: "For example name@example.com", short: "E-mail address" },
    phone: Field {
        label: "Phone number",
        hint: "With the area code, so that we can call you.",
        short: "Phone number",
    },
    product: Field { label: "Product or service", hint: "What is it about?", short: "Product or service" },
    product_choice: "What is it about? Leave it open if none fits.",
    incident_date: Field {
        label: "When did it happen?",
        hint: "The day, as year-month-day, for example 2026-03-31",
        short: "When it happened",
    },
    order_reference: Field {
        label: "Order or account reference",
        hint: "Never a password, PIN or full card number.",
        short: "Order or account reference",
    },
    people_involved: Field {
        label: "Who was involved?",
        hint: "Names or roles of people you dealt with.",
        short: "Who was involved",
    },
    remedy_wanted: Field {
        label: "What would put it right?",
        hint: "For example an apology, a refund or a correction.",
        short: "What would put it right",
    },
    on_behalf_of: Field {
        label: "Are you complaining for somebody else?",
        hint: "Then write their name here.",
        short: "On whose behalf",
    },
    needs: Field {
        label: "Is there something we should take into account?",
        hint: "For example large print, a call instead of letters, or a difficult situation you are in.",
        short: "What we should take into account",
    },
    send: "Send my complaint",
    privacy: "We use what you enter to handle your complaint, and for nothing else.",
    sent_before: "You have sent this form before",
    sent_before_detail: "We have what you sent first. If this is another complaint, send it once more now.",
    failed: "That could not be sent just now. Nothing you wrote is lost: please try again in a moment.",
};

pub(super) const THANKS: Thanks = Thanks {
    title: "We have your complaint",
    reference: "We are sorry that something went wrong. This is your reference:",
    by_mail: "We are sending you an e-mail with this reference, the dates below and a private link to your complaint.",
    note_it: "Please note it down: you need it when you call or write to us.",
    next: "What happens next",
    follow: "Follow your complaint",
    follow_hint: "On your private page you see where your complaint stands and can answer us. Do not pass this link \
                  on: whoever has it can read your complaint.",
    open: "Open my private page",
};

pub(super) const LINK: Link = Link {
    open_title: "Your private page",
    open_lead: "This opens your complaint in this browser, for a short while. On a computer that others use, close \
                the browser afterwards.",
    open: "Open my complaint",
    expired_title: "This link has expired",
    expired_lead: "Links work for a limited time, to keep your complaint private. We can send you a new one.",
    expired_where: "It goes to the e-mail address that we have on file for this complaint, and nowhere else.",
    renew: "Send me a new link",
    sent_title: "Look into your e-mail",
    sent_lead: "If this link belonged to a complaint, a new one is on its way to the e-mail address that we have on \
                file.",
    sent_nothing: "Nothing there after a few minutes? Look into the folder for unwanted mail, or write to us at the \
                   address below.",
    closed_title: "Your page has closed meanwhile",
    closed_lead: "It closes by itself after a while, to keep your complaint private. What you wrote is still here.",
    closed_then: "Open the link in our e-mail once more, in another tab. Then come back to this page and send it again. \
                  If you have no e-mail of ours, call us with your reference.",
    send_again: "Send it again",
};

pub(super) const NOT_ME: NotMe = NotMe {
    title: "Did you not make this complaint?",
    lead: "Somebody gave us your e-mail address with a complaint. If it was not you, say so here: we then write to \
           you no more about it.",
    if_it_was: "If it was you, just close this page.",
    confirm: "It was not me",
    done: "Thank you for telling us",
    done_then: "We write to you no more about this complaint. A person looks at how your address got into it.",
};

pub(super) const DEPARTMENT: Department = Department {
    title: "A question about a complaint",
    lead: "Your colleagues at the complaints desk need your answer to settle a customer's complaint. Its reference is",
    question: "The question",
    answer: Field {
        label: "Your answer",
        hint: "Write what you know, and how you know it. It becomes part of the record.",
        short: "Your answer",
    },
    send: "Send the answer",
    thanks: "Thank you for your answer",
    thanks_then: "It is in the record of the complaint, and whoever handles it is told.",
    answered: "This question was answered before",
    answered_then: "We have your department's answer, and it stays as it is. If something has to be added, reply to \
                    our e-mail.",
    over: "This answer is no longer needed",
    over_then: "The complaint has gone on since we asked. Thank you all the same.",
};

pub(super) const MY: My = My {
    title: "Your complaint",
    note_reference: "Please note down your reference:",
    received: |time| format!("Received on {time}"),
    proposal: "Our proposal",
    decision: "What was decided",
    dropped: "not carried out",
    will_do: "What we will do",
    remedies: "What we do",
    of: "of",
    done_on: |day| format!("done on {day}"),
    accept_question: "Do you accept it?",
    accept_short: "Do you accept it",
    yes: "Yes, I accept.",
    no: "No, I do not accept.",
    reason: Field {
        label: "Why? (optional)",
        hint: "If you do not accept, it helps us to know what is missing.",
        short: "Why",
    },
    send_answer: "Send my answer",
    still_wrong_question: "Is something still wrong?",
    still_wrong_until: |day| {
        format!("Tell us, and we look at your complaint again. You can ask for this until {day}.")
    },
    still_wrong: Field {
        label: "What is still wrong?",
        hint: "Your complaint is open again with what you write here.",
        short: "What is still wrong",
    },
    send_concern: "Look at it again, please",
    satisfied_question: "Are you satisfied?",
    rating: "How satisfied are you with how we handled your complaint?",
    rating_short: "How satisfied you are",
    ratings: ["Very dissatisfied", "Dissatisfied", "Neither", "Satisfied", "Very satisfied"],
    comment: Field {
        label: "Do you want to tell us more? (optional)",
        hint: "What went well, and what should we do better?",
        short: "Do you want to tell us more",
    },
    concern: "Something is still wrong.",
    concern_until: |day| format!("Please look at my complaint again. You can ask for this until {day}."),
    concern_short: "Something is still wrong",
    send_feedback: "Send my feedback",
    history: "What has happened so far",
    copy: "What you told us",
};

pub(super) const ANSWERED: Answered = Answered {
    accepted: "Thank you for accepting",
    accepted_then: "We now carry out what we proposed, and write to you when everything is done.",
    agreed_then: "Nothing else is left to do; you get our answer in writing.",
    refused: "Thank you for your answer",
    refused_then: "We are sorry that our proposal does not settle the matter. A higher level looks at your complaint \
                   afresh. You will hear from us.",
    feedback: "Thank you for your feedback",
    feedback_then: "It helps us to do better.",
    unsatisfied_then: "We are sorry that you are not satisfied. A person reads what you say. If something is still wrong, you \
                       can tell us on your page, and we look at it again.",
    concern: "We look at it again",
    concern_then: "We are sorry that something is still wrong. Your complaint is open again, and you will hear from \
                   us.",
    informed: "Thank you, we have it",
    informed_then: "It is now part of your complaint. If we were waiting for it, we go on, and tell you the new date.",
    went_up: "Your complaint goes one level up",
    went_up_then: "Somebody else looks at it afresh. You will hear from us.",
    seen_to_then: "What was agreed stands. Somebody at a higher level reads what you wrote, and sees to it that it is done.",
    withdrawn: "You have withdrawn your complaint",
    withdrawn_then: "We have ended it. Thank you for having told us what went wrong.",
    links: "The links have ended",
    links_then: "We have mailed a new one to the address that we have on file. Only that one opens your page now.",
    data: "We have your request",
    data_then: "A person makes sure that it is you who asks, and sends you all that we hold on you. Your page shows \
                when that was done.",
    erasure: "We have your request",
    erasure_then: "A person decides what can be erased, and when. Your page shows what was decided.",
    reference: "Your reference is",
    back: "Back to my complaint",
};

pub(super) const FAILURE: Failure = Failure {
    wait: |seconds| {
        let time = match seconds {
            0..=119 => "a minute or two".to_owned(),
            120..=7_199 => format!("about {} minutes", seconds.div_ceil(60)),
            7_200.. => format!("about {} hours", seconds.div_ceil(3_600)),
        };
        format!("Please wait {time} before you try again.")
    },
    help: "If you need help, write to",
    quote: "and quote this number:",
    written: "What you wrote",
    to_form: "To the complaint form",
};
