//! The table itself.

use super::{Action, Asked, Kind, List};
use crate::command::Verb;

const fn asked(name: &'static str, label: &'static str, hint: &'static str, kind: Kind) -> Asked {
    Asked { name, label, hint, kind }
}

const CHANNEL: Asked = asked("channel", "By which way", "", Kind::OneOf(List::Channels));
const SAID_AT: Asked = asked(super::SAID_AT, "When that was", "Leave it empty for just now.", Kind::Moment);
const REASON: Asked = asked("reason", "Why", "", Kind::Text(3));
const WHY_TO_CUSTOMER: Asked =
    asked("reason", "Why", "The customer reads it in the letter, as you write it here.", Kind::Text(4));
const FINDING: Asked = asked("finding", "What was found", "And by whom it was verified.", Kind::Text(6));
const ROOT_CAUSE: Asked =
    asked("root_cause", "Root cause", "Needed where the complaint is upheld.", Kind::One(List::RootCauses));
const PREVENTABLE: Asked = asked("preventable", "Could it have been prevented?", "", Kind::One(List::YesNo));
const DEVIATION: Asked =
    asked("deviation", "Was our own procedure departed from?", "", Kind::One(List::YesNo));
const OUTCOME: Asked = asked("outcome", "Outcome", "", Kind::OneOf(List::Outcomes));
const EXPLANATION: Asked = asked(
    "explanation",
    "Explanation for the customer",
    "The customer reads it as you write it here.",
    Kind::Text(8),
);
const REMEDIES: Asked = asked(
    "remedies",
    "Remedies",
    "Leave rows empty that you do not need. Money needs an amount. Choose days that leave the customer time to answer.",
    Kind::Remedies,
);

/// The fields of a row of remedies.
pub(in crate::page::desk) const REMEDY: [Asked; 4] = [
    asked("kind", "What", "", Kind::One(List::RemedyKinds)),
    asked("amount", "Amount", "", Kind::Money),
    asked("owner", "Who sees to it", "", Kind::Line),
    asked("promised_by", "By when", "", Kind::Day),
];

const fn action(
    (key, route): (&'static str, &'static str),
    verb: Verb,
    (title, lead, send): (&'static str, &'static str, &'static str),
    fields: &'static [Asked],
) -> Action {
    Action { key, route, verb: Some(verb), title, lead, send, fields }
}

/// What staff can do with a complaint, in the order in which it is mostly done.
pub const ACTIONS: &[Action] = &[
    action(
        ("assign", "assign"),
        Verb::Assign,
        ("Assign", "Who handles it from now on.", "Assign"),
        &[asked("owner", "Owner", "The name they sign in with.", Kind::Line)],
    ),
    action(
        ("triage", "triage"),
        Verb::Triage,
        ("Triage", "What it is about, and how severe it is.", "Save"),
        &[
            asked("category", "Category", "", Kind::OneOf(List::Categories)),
            asked("sub_category", "Kind", "", Kind::One(List::SubCategories)),
            asked("severity", "Severity", "", Kind::OneOf(List::Severities)),
            asked("product", "Product", "", Kind::One(List::Products)),
            asked("flags", "What makes it grave", "", Kind::Flags),
            asked(
                "subject",
                "Member of staff it is about",
                "Their sign-in name. They can then not handle it.",
                Kind::Line,
            ),
            asked("subject_role", "Their role", "", Kind::One(List::Roles)),
            asked("loss", "What the customer has lost", "", Kind::Money),
            asked("note", "In words", "Needed where the category is Other.", Kind::Text(3)),
        ],
    ),
    action(
        ("contact", "contact"),
        Verb::RecordContact,
        (
            "Get in touch",
            "By e-mail the text goes out as a letter; any other way you note here what was said.",
            "Send or note",
        ),
        &[
            CHANNEL,
            asked("text", "What was said or is to be written", "", Kind::Text(6)),
            asked(
                super::SAID_AT,
                "When that was",
                "Leave it empty for just now; an e-mail goes out now.",
                Kind::Moment,
            ),
        ],
    ),
    action(
        ("note", "investigate"),
        Verb::AddNote,
        ("Add a note", "Among staff.", "Add"),
        &[asked("note", "Note", "", Kind::Text(5)), asked("kind", "It notes", "", Kind::One(List::Notes))],
    ),
    action(
        ("finding", "investigate"),
        Verb::RecordFinding,
        ("Record what was found", "The result of the investigation; a proposal needs one.", "Record"),
        &[FINDING, ROOT_CAUSE, PREVENTABLE, DEVIATION],
    ),
    action(
        ("information-request", "information-request"),
        Verb::AskCustomer,
        (
            "Ask the customer",
            "Goes out as a letter. The time to answer stands still until they answer.",
            "Ask",
        ),
        &[asked("text", "Question", "The customer reads it as you write it here.", Kind::Text(5))],
    ),
    action(
        ("information", "information"),
        Verb::AddInformation,
        ("Record what the customer told us", "", "Record"),
        &[asked("text", "What they said", "", Kind::Text(5)), CHANNEL, SAID_AT],
    ),
    action(
        ("consultation", "consultation"),
        Verb::Consult,
        ("Ask a department", "They get a mail with a link to answer by.", "Ask"),
        &[
            asked("department", "Department", "", Kind::OneOf(List::Departments)),
            asked("question", "Question", "They read it as you write it here.", Kind::Text(5)),
        ],
    ),
    action(
        ("consultation-answer", "consultation-answer"),
        Verb::AnswerConsultation,
        ("Record a department’s answer", "", "Record"),
        &[
            asked("consultation", "To which question", "", Kind::OneOf(List::OpenConsultations)),
            asked("answer", "Answer", "", Kind::Text(5)),
        ],
    ),
    action(
        ("delay", "delay"),
        Verb::AnnounceDelay,
        ("Announce a delay", "The customer gets a letter with the new date.", "Announce"),
        &[
            asked("until", "New date for the answer", "", Kind::Day),
            asked(
                "text",
                "Why it takes longer",
                "The customer reads it as you write it here.",
                Kind::Text(4),
            ),
        ],
    ),
    action(
        ("propose", "propose"),
        Verb::Propose,
        (
            "Propose a resolution",
            "Goes out as a letter, in the place of one that is not answered yet. At level 3 it is the final decision.",
            "Send the proposal",
        ),
        &[OUTCOME, EXPLANATION, REMEDIES],
    ),
    action(
        ("settlement", "settlement"),
        Verb::SettleAtOnce,
        ("Settle at once", "For what is straightforward and agreed with the customer already.", "Settle"),
        &[FINDING, ROOT_CAUSE, PREVENTABLE, DEVIATION, OUTCOME, EXPLANATION, REMEDIES, CHANNEL],
    ),
    action(
        ("silence", "answer"),
        Verb::TakeAsConsent,
        (
            "Take no answer for a yes",
            "For who cannot be reached, or says nothing to what was proposed, once their time to answer is over. It is carried \
             out, and no letter says so: get in touch with whom you can.",
            "Take it for a yes",
        ),
        &[
            asked("answer", "", "", Kind::Fixed("none")),
            asked("proposal", "Proposal", "", Kind::Proposal),
            asked("reason", "What was done to get an answer", "", Kind::Text(3)),
        ],
    ),
    action(
        ("answer", "answer"),
        Verb::AnswerProposal,
        (
            "Record the customer’s answer",
            "What they said to the proposal. A refusal goes to a higher level.",
            "Record",
        ),
        &[
            asked("proposal", "Proposal", "", Kind::Proposal),
            asked("answer", "Answer", "", Kind::OneOf(List::Answers)),
            asked("reason", "Why, in their words", "", Kind::Text(3)),
            CHANNEL,
            asked(
                super::SAID_AT,
                "When it came",
                "Leave it empty for just now. A no that came before their silence was taken for a yes is one still.",
                Kind::Moment,
            ),
        ],
    ),
    action(
        ("implement", "implement"),
        Verb::CompleteRemedy,
        ("Tick off a remedy", "What was promised was carried out.", "Tick off"),
        &[
            asked("remedy", "Remedy", "", Kind::OneOf(List::OpenRemedies)),
            asked("details", "What was done, when and how", "", Kind::Text(3)),
        ],
    ),
    action(
        ("remedy-drop", "remedy-change"),
        Verb::ChangeRemedy,
        (
            "Drop a remedy",
            "For what turns out to be impossible. The customer is told, with the reason; with the last one dropped the \
             complaint is resolved.",
            "Drop it",
        ),
        &[
            asked("dropped", "", "", Kind::Fixed("true")),
            asked("remedy", "Remedy", "", Kind::OneOf(List::OpenRemedies)),
            WHY_TO_CUSTOMER,
        ],
    ),
    action(
        ("remedy-date", "remedy-change"),
        Verb::ChangeRemedy,
        (
            "Give a remedy another date",
            "The customer is told, with the reason. Whether the promise is kept is counted by the date that was agreed.",
            "Change the date",
        ),
        &[
            asked("remedy", "Remedy", "", Kind::OneOf(List::UndoneRemedies)),
            asked("promised_by", "New date", "", Kind::Day),
            WHY_TO_CUSTOMER,
        ],
    ),
    action(
        ("escalate", "escalate"),
        Verb::Escalate,
        (
            "Hand it one level up",
            "What was proposed or agreed stands; an answer that is owed gets a new date.",
            "Escalate",
        ),
        &[
            REASON,
            asked(
                "asked_by",
                "If the customer asked for it: by which way",
                "While they have a proposal of ours, that records that they refuse it. Once all is done, record their \
                 concern instead.",
                Kind::One(List::Channels),
            ),
        ],
    ),
    action(
        ("feedback", "feedback"),
        Verb::RecordFeedback,
        ("Record the customer’s feedback", "", "Record"),
        &[
            asked("rating", "How satisfied they are", "", Kind::OneOf(List::Ratings)),
            asked("comment", "In their words", "", Kind::Text(3)),
            asked("concern", "Something is still wrong: take it up again", "", Kind::Tick),
            CHANNEL,
            SAID_AT,
        ],
    ),
    action(
        ("close", "close"),
        Verb::Close,
        ("Close", "Needs a complete record; what is missing is said.", "Close"),
        &[
            asked(
                "waive_follow_up",
                "Why it ends without the customer’s word on whether they are satisfied",
                "Only where they were not asked, or still have time to answer.",
                Kind::Text(2),
            ),
            asked(
                "not_reached",
                "Why our answer did not get to them",
                "Only where a letter came back, and nobody could reach them another way.",
                Kind::Text(2),
            ),
        ],
    ),
    action(
        ("reopening", "reopening"),
        Verb::Reopen,
        ("Take it up again", "At the customer’s word: something is still wrong.", "Take it up again"),
        &[asked("text", "What is still wrong", "", Kind::Text(4)), CHANNEL, SAID_AT],
    ),
    action(
        ("withdrawal", "withdrawal"),
        Verb::Withdraw,
        (
            "Record a withdrawal",
            "The customer takes it back. It ends, and they get a letter.",
            "Record the withdrawal",
        ),
        &[asked("reason", "Why, in their words", "", Kind::Text(3)), CHANNEL],
    ),
    action(
        ("refusal", "refusal"),
        Verb::ProposeRefusal,
        (
            "Refuse to take it on",
            "A manager has to approve it, at the highest level the final decider; then it ends, and the customer gets a letter.",
            "Refuse",
        ),
        &[asked("grounds", "Grounds", "", Kind::OneOf(List::Grounds)), EXPLANATION],
    ),
    action(
        ("refusal-decision", "refusal-decision"),
        Verb::DecideRefusal,
        ("Decide on the refusal", "It was proposed not to take this complaint on.", "Decide"),
        &[
            asked("approve", "Refuse it?", "", Kind::OneOf(List::YesNo)),
            asked("text", "Why", "", Kind::Text(3)),
        ],
    ),
    action(
        ("duplicate", "duplicate"),
        Verb::MarkDuplicate,
        ("Mark as a duplicate", "It ends here, and goes on as the other one.", "Mark as a duplicate"),
        &[asked("of", "Reference of the one that goes on", "", Kind::Line)],
    ),
    action(
        ("link", "link"),
        Verb::Link,
        (
            "Link another complaint",
            "For two that have to do with each other, and each of which goes on by itself. Both cases show it.",
            "Link it",
        ),
        &[
            asked("linked", "", "", Kind::Fixed("true")),
            asked("other", "Reference of the other one", "", Kind::Line),
            asked("reason", "What they have to do with each other", "", Kind::Text(3)),
        ],
    ),
    action(
        ("unlink", "link"),
        Verb::Unlink,
        ("Take a link away", "The two have nothing to do with each other after all.", "Take it away"),
        &[
            asked("linked", "", "", Kind::Fixed("false")),
            asked("other", "Reference of the other one", "", Kind::Line),
            REASON,
        ],
    ),
    action(
        ("files", "files"),
        Verb::AddEvidence,
        ("Add a file", "Next you choose the file.", "Go on"),
        &[CHANNEL],
    ),
    action(
        ("link-ending", "link-ending"),
        Verb::EndLinks,
        (
            "End the private links",
            "Those that were mailed open nothing any more; a new one goes to the address on file.",
            "End the links",
        ),
        &[REASON],
    ),
    action(
        ("hold", "hold"),
        Verb::Hold,
        ("Hold the record", "Nothing of it is removed before the hold is lifted.", "Hold"),
        &[asked("hold", "", "", Kind::Fixed("true")), REASON],
    ),
    action(
        ("lift", "hold"),
        Verb::LiftHold,
        ("Lift the hold", "It is then kept for its time only.", "Lift the hold"),
        &[asked("hold", "", "", Kind::Fixed("false")), REASON],
    ),
    action(
        ("export", "export"),
        Verb::RecordExport,
        (
            "Hand out all data on the customer",
            "A ZIP file of all their complaints. That it was handed out is recorded.",
            "Download",
        ),
        &[
            asked("reason", "To whom and why", "", Kind::Text(3)),
            asked(
                "from",
                "Go on from this reference",
                "Where an earlier file said that there is more.",
                Kind::Line,
            ),
        ],
    ),
    action(
        ("contact-data", "contact-data"),
        Verb::CorrectContact,
        (
            "Correct the contact data",
            "For a mistyped address, or one that we have only now. To another e-mail address a new private link is mailed, \
             and those from before end. What was there before stays in the record.",
            "Correct",
        ),
        &[
            asked("name", "Name", "", Kind::Line),
            asked("email", "E-mail", "An e-mail address or a phone number is needed.", Kind::Email),
            asked("phone", "Phone", "", Kind::Line),
            asked("language", "Language of our letters", "", Kind::OneOf(List::Languages)),
            asked(
                "reason",
                "How we know",
                "Who told us, and how we know that it is the customer.",
                Kind::Text(3),
            ),
        ],
    ),
    action(
        ("data-request", "data-request"),
        Verb::AskData,
        (
            "Record that a copy of the data was asked for",
            "The customer wants what we hold on them. The manager is told, and hands it out.",
            "Record it",
        ),
        &[CHANNEL],
    ),
    action(
        ("erasure-request", "erasure-request"),
        Verb::AskErasure,
        (
            "Record that erasure was asked for",
            "The customer wants their data erased. The manager is told, and decides once the complaint is over.",
            "Record it",
        ),
        &[CHANNEL],
    ),
    action(
        ("erasure-refusal", "erasure-refusal"),
        Verb::DeclineErasure,
        ("Keep the data", "The customer asked for their data to be erased; say why it is kept.", "Keep it"),
        &[asked(
            "reason",
            "Why",
            "The customer reads it on their page, as you write it here.",
            Kind::Text(3),
        )],
    ),
    action(
        ("restriction", "restriction"),
        Verb::Restrict,
        (
            "Erase the customer’s data",
            "Who they were, what they told and sent, and every text that staff wrote about it (notes, findings, explanations) \
             is removed, for good. What was done, by whom and when stays.",
            "Erase",
        ),
        &[asked("reason", "Why", "It is kept: name nobody in it.", Kind::Text(3))],
    ),
];

/// What can be done with a post that is held as suspected spam.
pub const HELD: &[Action] = &[RELEASE, DISCARD];

/// Makes a complaint of a held post.
pub const RELEASE: Action = Action {
    key: "release",
    route: "release",
    verb: None,
    title: "It is a complaint",
    lead: "",
    send: "Take it in",
    fields: &[],
};

/// Removes a held post.
pub const DISCARD: Action = Action {
    key: "discard",
    route: "discard",
    verb: None,
    title: "Discard this post",
    lead: "What it says is removed.",
    send: "Discard",
    fields: &[asked("reason", "Why it is no complaint", "", Kind::Line)],
};

/// What can be done about a report.
pub const ON_REPORTS: &[Action] = &[REPORT_ACTION, REPORT_ACTION_END];

/// Decides on an action.
pub const REPORT_ACTION: Action = Action {
    key: "report-action",
    route: "actions",
    verb: None,
    title: "Decide on an action",
    lead: "",
    send: "Record it",
    fields: &[
        asked(
            "what",
            "What is to be done",
            "In one line, without names of customers: it stands in the next reports until it has ended.",
            Kind::Line,
        ),
        asked("owner", "Who sees to it", "The name they sign in with.", Kind::Line),
        asked("due", "By when", "", Kind::Day),
    ],
};

/// Says what became of it.
pub const REPORT_ACTION_END: Action = Action {
    key: "report-action-end",
    route: "end",
    verb: None,
    title: "End an action",
    lead: "",
    send: "End it",
    fields: &[
        asked("ending", "How it ended", "", Kind::OneOf(List::Endings)),
        asked("reason", "Why, or how", "Needed where it is given up.", Kind::Line),
    ],
};

/// Takes a complaint down for a customer.
pub const ENTRY: Action = Action {
    key: "entry",
    route: "",
    verb: None,
    title: "New complaint",
    lead: "For who complains by phone, at the counter, by letter or e-mail. Take it down in their words.",
    send: "Take it in",
    fields: &[
        CHANNEL,
        asked(
            "received_at",
            "When they complained",
            "Leave it empty for just now. Every date counts from then.",
            Kind::Moment,
        ),
        asked("description", "What happened", "In the customer’s words.", Kind::Text(9)),
        asked("name", "Name", "", Kind::Line),
        asked("email", "E-mail", "An e-mail address or a phone number is needed.", Kind::Email),
        asked("phone", "Phone", "", Kind::Line),
        asked("product", "Product", "", Kind::One(List::Products)),
        asked("incident_date", "When it happened", "", Kind::Day),
        asked("order_reference", "Order or account", "", Kind::Line),
        asked("people_involved", "Who was there", "", Kind::Text(2)),
        asked("remedy_wanted", "What would put it right", "", Kind::Text(2)),
        asked("on_behalf_of", "On whose behalf", "Where they complain for somebody else.", Kind::Line),
        asked(
            "needs",
            "What they need from us",
            "Large print, a sign language interpreter, more time.",
            Kind::Text(2),
        ),
        asked("language", "Language of our letters", "", Kind::OneOf(List::Languages)),
    ],
};
