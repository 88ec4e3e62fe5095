//! The words of the pages, a table a page. The templates have the markup.

use crate::evidence::FileState;

/// A sentence around one value.
pub(crate) type Sentence = fn(&str) -> String;

/// What surrounds every page.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Frame {
    pub(crate) skip: &'static str,
    pub(crate) complaints: &'static str,
    /// An e-mail address follows, and a full stop.
    pub(crate) rather_talk: &'static str,
    /// What leads to the page in the other languages, for those who cannot see the links.
    pub(crate) languages: &'static str,
    /// Stands before the title of a page with errors, and before each.
    pub(crate) error: &'static str,
    pub(crate) check_entries: &'static str,
    /// Stands before a date.
    pub(crate) by: &'static str,
    pub(crate) late: &'static str,
}

/// A field of a form.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Field {
    pub(crate) label: &'static str,
    pub(crate) hint: &'static str,
    /// What lists call it, without a question mark.
    pub(crate) short: &'static str,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Form {
    pub(crate) title: &'static str,
    pub(crate) lead: &'static str,
    /// The label of the field that people do not see.
    pub(crate) leave_empty: &'static str,
    pub(crate) contact: &'static str,
    pub(crate) contact_hint: &'static str,
    pub(crate) more: &'static str,
    pub(crate) optional: &'static str,
    pub(crate) description: Field,
    pub(crate) name: Field,
    pub(crate) email: Field,
    pub(crate) phone: Field,
    pub(crate) product: Field,
    /// The hint where there is a list to choose from.
    pub(crate) product_choice: &'static str,
    pub(crate) incident_date: Field,
    pub(crate) order_reference: Field,
    pub(crate) people_involved: Field,
    pub(crate) remedy_wanted: Field,
    pub(crate) on_behalf_of: Field,
    pub(crate) needs: Field,
    pub(crate) send: &'static str,
    pub(crate) privacy: &'static str,
    pub(crate) sent_before: &'static str,
    pub(crate) sent_before_detail: &'static str,
    /// On another site's page, when nothing was heard of us.
    pub(crate) failed: &'static str,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Thanks {
    pub(crate) title: &'static str,
    /// The reference follows.
    pub(crate) reference: &'static str,
    pub(crate) by_mail: &'static str,
    pub(crate) note_it: &'static str,
    pub(crate) next: &'static str,
    pub(crate) follow: &'static str,
    pub(crate) follow_hint: &'static str,
    pub(crate) open: &'static str,
}

/// The pages around the mailed link.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Link {
    pub(crate) open_title: &'static str,
    pub(crate) open_lead: &'static str,
    pub(crate) open: &'static str,
    pub(crate) expired_title: &'static str,
    pub(crate) expired_lead: &'static str,
    pub(crate) expired_where: &'static str,
    pub(crate) renew: &'static str,
    pub(crate) sent_title: &'static str,
    pub(crate) sent_lead: &'static str,
    pub(crate) sent_nothing: &'static str,
    pub(crate) closed_title: &'static str,
    pub(crate) closed_lead: &'static str,
    pub(crate) closed_then: &'static str,
    pub(crate) send_again: &'static str,
}

/// The pages of who never complained, but got our mail.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NotMe {
    pub(crate) title: &'static str,
    pub(crate) lead: &'static str,
    pub(crate) if_it_was: &'static str,
    pub(crate) confirm: &'static str,
    pub(crate) done: &'static str,
    pub(crate) done_then: &'static str,
}

/// The pages of a department that is asked something.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Department {
    pub(crate) title: &'static str,
    /// The reference follows, and a full stop.
    pub(crate) lead: &'static str,
    pub(crate) question: &'static str,
    pub(crate) answer: Field,
    pub(crate) send: &'static str,
    pub(crate) thanks: &'static str,
    pub(crate) thanks_then: &'static str,
    pub(crate) answered: &'static str,
    pub(crate) answered_then: &'static str,
    pub(crate) over: &'static str,
    pub(crate) over_then: &'static str,
}

/// What a customer can do at their own wish.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ways {
    pub(crate) heading: &'static str,
    /// Stands above what the customer was asked.
    pub(crate) question: &'static str,
    pub(crate) answer: Field,
    pub(crate) information: Way,
    pub(crate) escalation: Way,
    pub(crate) withdrawal: Way,
    pub(crate) links: Way,
    pub(crate) data: Way,
    pub(crate) erasure: Way,
    /// Leads back, with nothing done.
    pub(crate) back: &'static str,
}

/// One of them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Way {
    pub(crate) title: &'static str,
    pub(crate) lead: &'static str,
    /// What is to be written; nothing where a button is enough.
    pub(crate) field: Option<Field>,
    pub(crate) send: &'static str,
}

/// The page of a complaint's files.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Files {
    pub(crate) title: &'static str,
    pub(crate) lead: &'static str,
    /// Leads to the page.
    pub(crate) open: &'static str,
    pub(crate) sent: &'static str,
    pub(crate) sent_then: &'static str,
    pub(crate) none: &'static str,
    /// Stands for a name that is not kept any more.
    pub(crate) nameless: &'static str,
    /// What became of a file; the time at which it was sent follows.
    pub(crate) state: fn(FileState) -> &'static str,
    pub(crate) send_title: &'static str,
    pub(crate) choose: &'static str,
    /// How many files are taken, of how many megabytes each, and of which types.
    pub(crate) bounds: fn(u8, u64, &str) -> String,
    pub(crate) send: &'static str,
    pub(crate) no_more: &'static str,
}

/// The private page.
#[derive(Clone, Copy, Debug)]
pub(crate) struct My {
    /// The reference follows.
    pub(crate) title: &'static str,
    /// The reference follows.
    pub(crate) note_reference: &'static str,
    pub(crate) received: Sentence,
    pub(crate) proposal: &'static str,
    pub(crate) decision: &'static str,
    /// Of a remedy: it will not be done.
    pub(crate) dropped: &'static str,
    pub(crate) will_do: &'static str,
    pub(crate) remedies: &'static str,
    /// Stands between a remedy and its amount.
    pub(crate) of: &'static str,
    pub(crate) done_on: Sentence,
    pub(crate) accept_question: &'static str,
    pub(crate) accept_short: &'static str,
    pub(crate) yes: &'static str,
    pub(crate) no: &'static str,
    pub(crate) reason: Field,
    pub(crate) send_answer: &'static str,
    pub(crate) still_wrong_question: &'static str,
    /// What follows for who has said how satisfied they are, and until when.
    pub(crate) still_wrong_until: Sentence,
    pub(crate) still_wrong: Field,
    pub(crate) send_concern: &'static str,
    pub(crate) satisfied_question: &'static str,
    pub(crate) rating: &'static str,
    pub(crate) rating_short: &'static str,
    /// From 1 to 5.
    pub(crate) ratings: [&'static str; 5],
    pub(crate) comment: Field,
    pub(crate) concern: &'static str,
    /// What a further concern asks for, and until when.
    pub(crate) concern_until: Sentence,
    pub(crate) concern_short: &'static str,
    pub(crate) send_feedback: &'static str,
    pub(crate) history: &'static str,
    pub(crate) copy: &'static str,
}

/// The thanks for an answer.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Answered {
    pub(crate) accepted: &'static str,
    pub(crate) accepted_then: &'static str,
    /// The same where nothing but words was offered.
    pub(crate) agreed_then: &'static str,
    pub(crate) refused: &'static str,
    pub(crate) refused_then: &'static str,
    pub(crate) feedback: &'static str,
    pub(crate) feedback_then: &'static str,
    pub(crate) unsatisfied_then: &'static str,
    pub(crate) concern: &'static str,
    pub(crate) concern_then: &'static str,
    pub(crate) informed: &'static str,
    pub(crate) informed_then: &'static str,
    pub(crate) went_up: &'static str,
    pub(crate) went_up_then: &'static str,
    pub(crate) seen_to_then: &'static str,
    pub(crate) withdrawn: &'static str,
    pub(crate) withdrawn_then: &'static str,
    pub(crate) links: &'static str,
    pub(crate) links_then: &'static str,
    pub(crate) data: &'static str,
    pub(crate) data_then: &'static str,
    pub(crate) erasure: &'static str,
    pub(crate) erasure_then: &'static str,
    /// The reference follows, and a full stop.
    pub(crate) reference: &'static str,
    pub(crate) back: &'static str,
}

/// The page of what was not carried out.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Failure {
    /// A time to wait, of how many seconds.
    pub(crate) wait: fn(u32) -> String,
    /// An e-mail address follows.
    pub(crate) help: &'static str,
    /// The request's number follows.
    pub(crate) quote: &'static str,
    /// What they wrote follows.
    pub(crate) written: &'static str,
    pub(crate) to_form: &'static str,
}
