//! A whole complaint on one page, with everything that can be done with it now.

use std::collections::BTreeMap;

use askama::Template;
use jiff::Timestamp;

use super::{
    ACTIONS, Action, DRAFT, FormView, Frame, Ground, filled_in, in_words, letter,
    standing::{self, Standing},
    told,
    why_not::why_not,
};
use crate::{
    access::Access,
    actor::Actor,
    command::Verb,
    complaint::{Acknowledgement, Complaint, Stage},
    decide::within_window,
    event::{Event, Recorded},
    evidence::{FileState, FileView},
    intake::Intake,
    letter::staff::words as staff,
    page::{files, html},
    policy::Policy,
    triage::Suggestion,
    values::{self, Money, Severity, TextId},
    view, words,
};

/// The page of a complaint.
#[derive(Clone, Copy, Debug, Template)]
#[template(path = "desk/case.html")]
pub struct CasePage<'a> {
    /// What surrounds the page.
    pub frame: Frame<'a>,
    /// All there is.
    pub case: &'a view::Case,
    /// The complaint itself.
    pub complaint: &'a Complaint,
    /// What was done a moment ago.
    pub done: Option<&'a str>,
    /// Who looks.
    pub actor: &'a Actor,
    /// Whose policy it is.
    pub policy: &'a Policy,
    /// When.
    pub now: Timestamp,
}

/// Something that happened.
struct Entry {
    at: Timestamp,
    when: String,
    who: String,
    words: String,
    texts: Vec<String>,
}

/// What cannot be done now.
struct NotNow {
    title: &'static str,
    why: String,
}

/// A question to a department.
struct Asked {
    number: u8,
    department: String,
    question: String,
    answer: Option<String>,
}

/// Something suggested for triage.
struct Hint {
    what: &'static str,
    value: String,
    because: String,
}

impl CasePage<'_> {
    /// The page.
    pub fn render(&self) -> String {
        html(self)
    }

    fn reference(&self) -> String {
        self.complaint.reference.to_string()
    }

    fn when(&self, at: &Timestamp) -> String {
        standing::short_time(*at, self.policy)
    }

    fn stage(&self) -> &'static str {
        standing::stage(self.complaint)
    }

    fn severity(&self) -> &'static str {
        staff::severity(self.complaint.severity)
    }

    fn is_grave(&self) -> bool {
        self.complaint.severity >= Severity::High
    }

    fn promises(&self) -> Vec<Standing> {
        standing::promises(self.complaint, self.policy, self.now)
    }

    /// What was done a moment ago, in words.
    fn done(&self) -> Option<&'static str> {
        match self.done? {
            "entry" => Some("The complaint was taken in."),
            "release" => Some("The post was taken in as a complaint."),
            "file" => Some("The file was sent. It is scanned before anybody can open it."),
            DRAFT => Some(
                "This is more than you may give: it has gone up to who may, as a draft with all that you entered.",
            ),
            key => Action::keyed(key).map(|action| action.title),
        }
    }

    /// What those are that are the same as this one.
    fn same(&self) -> &'static str {
        if matches!(self.complaint.stage, Stage::Duplicate { .. }) {
            "Goes on as"
        } else {
            "The same, put with it"
        }
    }

    /// What is known of the complaint, by label.
    fn facts(&self) -> Vec<(&'static str, String)> {
        let it = self.complaint;
        let flags: Vec<&str> = it.flags.iter().map(|flag| flag.words()).collect();
        let acknowledged = match it.acknowledgement {
            Acknowledgement::Owed => "Not yet",
            Acknowledgement::Sent => "Sent",
            Acknowledgement::Undeliverable => "Could not be delivered",
        };
        let subject = it.subject.as_ref().map(ToString::to_string);
        let all = [
            ("Owner", Some(it.owner.as_ref().map_or_else(|| "Nobody yet".to_owned(), ToString::to_string))),
            ("Level", Some(staff::level(it.level, self.policy))),
            (
                "Category",
                Some(standing::category(it, self.policy).unwrap_or_else(|| "Not triaged yet".to_owned())),
            ),
            ("Product", it.product.clone()),
            ("Grave because of", Some(flags.join(", ")).filter(|flags| !flags.is_empty())),
            ("About", subject),
            (
                "Received",
                Some(format!(
                    "{}, by {}",
                    self.when(&it.received_at),
                    in_words(it.channel.code()).to_lowercase()
                )),
            ),
            ("Acknowledgement", Some(acknowledged.to_owned())),
            ("Person in touch", Some(if it.contacted { "Yes" } else { "Not yet" }.to_owned())),
            ("Letters in", Some(words::of(it.language).own_name.to_owned())),
            ("Policy version", Some(it.policy.to_string())),
        ];
        all.into_iter().filter_map(|(label, value)| Some((label, value?))).collect()
    }

    /// What staff must not overlook.
    fn warnings(&self) -> Vec<String> {
        let it = self.complaint;
        let told = |is: bool, words: &str| is.then(|| words.to_owned());
        let refusal = it.refusal.as_ref().filter(|_| it.is_open()).map(|refusal| {
            format!(
                "Refusal proposed ({}): it waits for a decision.",
                in_words(refusal.grounds.code()).to_lowercase()
            )
        });
        let all = [
            told(it.is_late(self.now), "A promised date has passed."),
            told(
                it.unreached,
                "A letter did not arrive: reach the customer another way, and record the contact.",
            ),
            refusal,
            told(it.data_asked, "The customer wants a copy of their data: hand it out, and send it to them."),
            told(it.erasure_asked, "The customer wants their data erased; nobody has decided yet."),
            told(it.held, "The record is held: nothing of it is removed."),
        ];
        all.into_iter().flatten().collect()
    }

    /// What the customer told us besides what happened, with the labels of the form that staff have.
    #[expect(clippy::unused_self, reason = "templates call it so")]
    fn told(&self, told: &Intake) -> Vec<(&'static str, String)> {
        let shown = |(asked, value): (&super::action::Asked, String)| {
            (asked.label, values::visible(&value).into_owned())
        };
        filled_in(told).map(shown).collect()
    }

    #[expect(clippy::unused_self, reason = "templates call it so")]
    fn seen(&self, text: &str) -> String {
        values::visible(text).into_owned()
    }

    fn suggested(&self, suggestion: &Suggestion) -> Vec<Hint> {
        let hint = |what, value: &str, because: &[String]| Hint {
            what,
            value: value.to_owned(),
            because: values::visible(&because.join("; ")).into_owned(),
        };
        let category = suggestion.category.as_ref().map(|it| {
            let name =
                self.policy.category(&it.value).map_or(it.value.as_str(), |category| category.name.as_str());
            hint("Category", name, &it.because)
        });
        let severity = &suggestion.severity;
        let severe = hint("Severity", staff::severity(severity.value), &severity.because);
        let product = suggestion.product.as_ref().map(|it| hint("Product", &it.value, &it.because));
        let flag =
            |it: &crate::triage::Suggested<crate::triage::Sign>| hint("Mind", it.value.words(), &it.because);
        let flags = suggestion.flags.iter().map(flag);
        category.into_iter().chain([severe]).chain(product).chain(flags).collect()
    }

    /// How like cases were put right, in lines.
    fn redress(&self) -> Vec<String> {
        let Some(spread) = &self.case.redress else { return Vec::new() };
        let outcomes =
            spread.outcomes.iter().map(|(outcome, cases)| format!("{}: {cases}", in_words(outcome.code())));
        let remedies = spread.remedies.iter().map(|usual| {
            let amounts = usual
                .amounts
                .map(|it| format!(", half of them at most {} (from {} to {})", it.median, it.least, it.most));
            format!(
                "{}: in {} of {}{}",
                in_words(usual.kind.code()),
                usual.cases,
                spread.cases,
                amounts.unwrap_or_default()
            )
        });
        outcomes.chain(remedies).collect()
    }

    fn text(&self, id: TextId) -> Option<String> {
        self.case.texts.get(&id).map(|text| values::visible(text).into_owned())
    }

    /// What happened, the latest first.
    fn entries(&self) -> Vec<Entry> {
        let entry = |recorded: &Recorded| {
            let mut said = told::said(recorded, self.policy);
            if let Event::Linked { other, .. } | Event::Unlinked { other, .. } = &recorded.event
                && let Some(other) = self.case.told.iter().find(|told| told.id == *other)
            {
                said.words = format!("{} It is {}.", said.words, other.reference);
            }
            Entry {
                at: recorded.at,
                when: self.when(&recorded.at),
                who: told::who(&recorded.actor, self.policy),
                words: said.words,
                texts: said.texts.iter().filter_map(|text| self.text(text.id)).collect(),
            }
        };
        self.case.history.iter().rev().map(entry).collect()
    }

    fn letters(&self) -> Vec<(String, String, String)> {
        let sent = letter::letters(&self.case.history).into_iter().rev();
        sent.map(|sent| (in_words(&sent.kind.code().replace('-', "_")), self.when(&sent.at), sent.fate))
            .collect()
    }

    fn consultations(&self) -> Vec<Asked> {
        let answer_to = |wanted: u8| {
            self.case.history.iter().find_map(|recorded| match &recorded.event {
                Event::ConsultationAnswered { number, text, .. } if *number == wanted => self.text(text.id),
                _ => None,
            })
        };
        let asked = |recorded: &Recorded| match &recorded.event {
            Event::Consulted { number, department, text, .. } => Some(Asked {
                number: *number,
                department: told::department(department, self.policy),
                question: self.text(text.id).unwrap_or_default(),
                answer: answer_to(*number),
            }),
            _ => None,
        };
        self.case.history.iter().filter_map(asked).collect()
    }

    #[expect(clippy::unused_self, reason = "templates call it so")]
    fn file_name(&self, file: &FileView) -> String {
        values::visible(&files::name_of(file, &words::english().files)).into_owned()
    }

    #[expect(clippy::unused_self, reason = "templates call it so")]
    fn file_state(&self, file: &FileView) -> &'static str {
        match file.state {
            FileState::Waiting => "Being scanned",
            FileState::Kept => "Can be opened",
            FileState::Unfit => "Removed: of no type or size that is taken",
            FileState::Infected => "Removed: something harmful is in it",
            FileState::Unscanned => "Removed: it could not be scanned",
            FileState::Erased => "Erased with the customer's data",
        }
    }

    #[expect(clippy::unused_self, reason = "templates call it so")]
    fn opens(&self, file: &FileView) -> bool {
        file.state == FileState::Kept && file.described.is_some()
    }

    fn sender(&self, file: &FileView) -> String {
        file.by.as_ref().map(|by| told::who(by, self.policy)).unwrap_or_default()
    }

    #[expect(clippy::unused_self, reason = "templates call it so")]
    fn access(&self, access: &Access) -> String {
        let refused = if access.refused { ", refused" } else { "" };
        format!("{}, {}{refused}: {}", access.staff, access.role.title(), access.route)
    }

    /// What can be done now, each with its form: the usual, and what is not.
    fn forms(&self) -> (Vec<FormView>, Vec<FormView>) {
        let suggestion = self.case.suggestion.as_ref();
        let (policy, complaint, actor) = (self.policy, Some(self.complaint), self.actor);
        let ground = Ground { policy, complaint, suggestion, actor };
        let open = ACTIONS.iter().filter(|action| self.allows(action));
        open.map(|action| {
            let at = format!("/staff/complaints/{}/{}", self.complaint.id, action.route);
            let begun = match action.key {
                "propose" => self.draft(),
                "contact-data" => self.contact_data(),
                _ => BTreeMap::new(),
            };
            FormView::again(action, at, ground, None, &begun, &[])
        })
        .partition(|form| !form.action.is_rare())
    }

    /// Who the customer is and how they are reached, as it is on file.
    fn contact_data(&self) -> BTreeMap<String, String> {
        let Some(told) = &self.case.complaint else { return BTreeMap::new() };
        let known = [
            ("name", told.name.as_ref().map(ToString::to_string)),
            ("email", told.email.as_ref().map(ToString::to_string)),
            ("phone", told.phone.as_ref().map(ToString::to_string)),
            ("language", Some(self.complaint.language.to_string())),
        ];
        known.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect()
    }

    /// What somebody was to offer who may not give that much, as they entered it: whoever may has it to look over and
    /// send. Dates that have passed are theirs to set anew.
    fn draft(&self) -> BTreeMap<String, String> {
        let mut latest = self.case.history.iter().rev().map(|recorded| &recorded.event);
        let latest = latest.find_map(|event| match event {
            Event::NoteAdded { draft: Some(draft), text, .. } => Some(Some((draft, text))),
            Event::Proposed { .. } | Event::Decided { .. } => Some(None),
            _ => None,
        });
        let Some((draft, text)) = latest.flatten() else { return BTreeMap::new() };
        let entered = |name: &str, value: Option<String>| Some((name.to_owned(), value?));
        let remedies = draft.remedies.iter().enumerate().flat_map(|(row, offer)| {
            let ahead = Some(offer.promised_by).filter(|by| *by > self.now);
            [
                ("kind", Some(offer.kind.code().to_owned())),
                ("amount", offer.amount.map(Money::amount)),
                ("owner", offer.owner.as_ref().map(ToString::to_string)),
                ("promised_by", ahead.map(|by| self.policy.calendar.date(by).to_string())),
            ]
            .map(|(name, value)| entered(&format!("remedies/{row}/{name}"), value))
        });
        let outcome = Some(draft.outcome.code().to_owned());
        [entered("outcome", outcome), entered("explanation", self.case.texts.get(&text.id).cloned())]
            .into_iter()
            .chain(remedies)
            .flatten()
            .collect()
    }

    fn allows(&self, action: &Action) -> bool {
        action.verb.is_some_and(|verb| {
            self.case.summary.allowed.contains(&verb) && !(verb == Verb::Reopen && self.is_over())
        })
    }

    /// Whether it is known that it cannot be taken up again: what another version of the policy says, only that says.
    fn is_over(&self) -> bool {
        self.complaint.policy == self.policy.version && !within_window(self.complaint, self.now, self.policy)
    }

    /// What cannot be done now, and why.
    fn not_now(&self) -> Vec<NotNow> {
        let closed = ACTIONS.iter().filter(|action| !self.allows(action));
        closed
            .filter_map(|action| {
                Some(NotNow { title: action.title, why: why_not(self.complaint, self.actor, action.verb?) })
            })
            .collect()
    }
}
