//! What customers can do at their own wish, in English.

use super::super::super::{Field, Way, Ways};

pub(in super::super) const WAYS: Ways = Ways {
    heading: "You can also",
    question: "Our question to you",
    answer: Field {
        label: "Your answer",
        hint: "Write what you know; you can add more later.",
        short: "Your answer",
    },
    information: Way {
        title: "Add something",
        lead: "Has something new come up, or did you leave something out? You can add it at any time.",
        field: Some(Field {
            label: "What do you want to add?",
            hint: "Never a password, PIN or full card number.",
            short: "What you want to add",
        }),
        send: "Send it",
    },
    escalation: Way {
        title: "Ask for a higher level",
        lead: "Would you rather have somebody else look at your complaint? Tell us why, and it goes one level up.",
        field: Some(Field {
            label: "Why should somebody else look at it?",
            hint: "For example because it takes too long, or because you do not feel understood.",
            short: "Why somebody else should look at it",
        }),
        send: "Ask for a higher level",
    },
    withdrawal: Way {
        title: "Withdraw my complaint",
        lead: "Do you no longer want to go on with your complaint? We then end it, and do nothing more about it.",
        field: Some(Field {
            label: "Why? (optional)",
            hint: "It helps us to know, but you need not say.",
            short: "Why",
        }),
        send: "Yes, withdraw my complaint",
    },
    links: Way {
        title: "End all links to this page",
        lead: "Can somebody open this page who should not? Then end the links that we mailed you. They stop working at \
               once, here too, and we mail a new one to your address.",
        field: None,
        send: "End the links and mail me a new one",
    },
    data: Way {
        title: "Ask for a copy of my data",
        lead: "You can have all that we hold on you: what you told us, what was done about it, and the files.",
        field: None,
        send: "Ask for a copy of my data",
    },
    erasure: Way {
        title: "Ask for my data to be erased",
        lead: "The record of a complaint has to be kept for some years. A person decides what can be erased, and \
               when; this page shows what was decided.",
        field: None,
        send: "Ask for my data to be erased",
    },
    back: "No, back to my complaint",
};
