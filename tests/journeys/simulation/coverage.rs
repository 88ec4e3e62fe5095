//! What a run has been through, so that all runs together can be asked whether they left anything out.

use std::collections::BTreeMap;

use complaints::command::Verb;
use complaints::complaint::StageName;
use complaints::decide::allowed_in;
use complaints::event::Event;
use complaints::letter_kind::LetterKind;
use local::Kind;

/// Counts by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Coverage(BTreeMap<String, u64>);

impl Coverage {
    pub(super) fn note(&mut self, name: impl Into<String>) {
        self.add(name, 1);
    }

    pub(super) fn add(&mut self, name: impl Into<String>, times: u64) {
        if times > 0 {
            *self.0.entry(name.into()).or_default() += times;
        }
    }

    pub(super) fn join(&mut self, other: &Coverage) {
        other.0.iter().for_each(|(name, times)| self.add(name, *times));
    }

    /// Which of these never happened.
    pub(super) fn lacks<N: AsRef<str>>(&self, names: impl IntoIterator<Item = N>) -> Vec<String> {
        let names = names.into_iter().map(|name| name.as_ref().to_owned());
        names.filter(|name| !self.0.contains_key(name)).collect()
    }

    /// As a table.
    pub(super) fn table(&self) -> String {
        let lines: Vec<String> = self.0.iter().map(|(name, times)| format!("{times:>8}  {name}")).collect();
        lines.join("\n")
    }
}

/// All that there is to be seen: taken from the domain's own lists, so that what is new in it is missed here. Nobody
/// in these lives sends files or mail.
pub(super) fn everything() -> Vec<String> {
    let events = events().into_iter().filter(|name| !name.starts_with("Evidence") && name != "ReplyLeftOut");
    let mut all = events.map(|name| format!("event {name}")).collect::<Vec<_>>();
    all.extend(
        LetterKind::ALL
            .into_iter()
            .filter(|kind| !is_never_sent(*kind))
            .map(|kind| format!("mail {}", kind.code())),
    );
    for verb in Verb::ALL.into_iter().filter(|verb| is_asked_for(*verb)) {
        let stages = StageName::ALL
            .into_iter()
            .filter(|stage| allowed_in(verb, *stage) && can_come_of_it(verb, *stage));
        all.extend(stages.map(|stage| done(verb, stage)));
    }
    all.extend(super::laws::moves());
    all.extend(Kind::ALL.into_iter().map(|kind| format!("fault in delivery: {kind:?}")));
    all.extend(super::weather::FAULTS.into_iter().chain(super::further::DEEDS).map(str::to_owned));
    all
}

/// What was done at which stage.
pub(super) fn done(verb: Verb, stage: StageName) -> String {
    format!("done: {verb:?} when {}", stage.code())
}

/// The names of all events, as the record's own reader lists them.
pub(super) fn events() -> Vec<String> {
    let error = serde_json::from_str::<Event>(r#"{"type":"?"}"#).expect_err("there is no such event");
    let words = error.to_string();
    let (_, list) = words.split_once("expected one of ").expect("the reader lists what it knows");
    list.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// The books always balance here, or the run fails.
fn is_never_sent(kind: LetterKind) -> bool {
    kind == LetterKind::Reconciliation
}

/// Whether anything can come of it in this stage: before it is followed up, a record is never complete.
fn can_come_of_it(verb: Verb, stage: StageName) -> bool {
    verb != Verb::Close || stage == StageName::FollowingUp
}

/// Whether people ask for it: what follows from time and mail is seen by its events.
fn is_asked_for(verb: Verb) -> bool {
    !matches!(
        verb,
        Verb::Receive
            | Verb::Acknowledge
            | Verb::ReportUndeliverable
            | Verb::WatchPromises
            | Verb::FollowUp
            | Verb::RecordPattern
            | Verb::Absorb
            | Verb::ReturnLink
            | Verb::RecordScan
            | Verb::AddEvidence
            | Verb::LeaveOutReply
    )
}

#[test]
fn the_reader_of_records_lists_all_events() {
    let events = events();
    assert!(events.len() > 30 && events.contains(&"Received".to_owned()), "{events:?}");
}
