//! Makes a form of an action: what each field is called, what there is to choose from, and what stands in it at first.

use std::collections::BTreeMap;

use super::{
    action::{Action, Asked, Kind, List, REMEDY},
    in_words, told,
};
use crate::{
    actor::Actor,
    command::{Flag, Grounds, Outcome, RemedyKind},
    complaint::{Complaint, Remedy, Stage},
    decide::MOST_REMEDIES,
    fields::FieldError,
    page::retyped::retyped,
    policy::Policy,
    report::Ending,
    staff_body::ANSWERS,
    triage::Suggestion,
    values::{Channel, Money, Role, Severity},
    view::Preview,
    words,
};

/// Rows of remedies that a new form has.
const ROWS: usize = 3;

/// What a form is made for.
#[derive(Clone, Copy, Debug)]
pub struct Ground<'a> {
    /// What there is to choose from.
    pub policy: &'a Policy,
    /// The complaint; none where there is none yet.
    pub complaint: Option<&'a Complaint>,
    /// What its text suggests.
    pub suggestion: Option<&'a Suggestion>,
    /// Who fills it in.
    pub actor: &'a Actor,
}

impl<'a> Ground<'a> {
    /// The complaint's remedies of which this is so, each by its number.
    fn remedies(self, which: fn(&Remedy) -> bool) -> Vec<(String, String)> {
        let remedies = self.complaint.map(Complaint::remedies).unwrap_or_default();
        let called = |(remedy, number): (&Remedy, u8)| {
            let amount = remedy.amount.map(|amount| format!(" of {amount}")).unwrap_or_default();
            (number.to_string(), format!("{number}: {}{amount}", in_words(remedy.kind.code())))
        };
        remedies.iter().zip(1..).filter(|(remedy, _)| which(remedy)).map(called).collect()
    }

    /// Of a form that is about no complaint.
    pub fn alone(policy: &'a Policy, actor: &'a Actor) -> Ground<'a> {
        Ground { policy, complaint: None, suggestion: None, actor }
    }
}

/// A form of the desk.
#[derive(Clone, Debug)]
pub struct FormView {
    /// What it does.
    pub action: &'static Action,
    /// Where it is posted.
    pub at: String,
    /// The version that it is made on; none where it needs none.
    pub version: Option<u32>,
    /// Names its sending; none where sending it twice does no harm.
    pub once: Option<String>,
    /// What the customer would be written; none where nobody asked for that.
    pub preview: Option<Preview>,
    /// Its fields.
    pub(super) fields: Vec<FieldView>,
}

/// A field of it.
#[derive(Clone, Debug, Default)]
pub(super) struct FieldView {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) label: &'static str,
    pub(super) hint: String,
    /// Which markup: `hidden`, `line`, `text`, `select`, `ticks`, `tick` or `rows`.
    pub(super) shape: &'static str,
    /// The type of an `input`, or the rows of a text.
    pub(super) detail: String,
    pub(super) value: String,
    pub(super) choices: Vec<Choice>,
    pub(super) rows: Vec<Vec<FieldView>>,
    pub(super) error: Option<String>,
}

/// Something to choose.
#[derive(Clone, Debug)]
pub(super) struct Choice {
    pub(super) value: String,
    pub(super) label: String,
    pub(super) chosen: bool,
}

impl FormView {
    /// A form as it is first shown, for the complaint of the ground.
    pub fn new(action: &'static Action, at: String, ground: Ground<'_>) -> FormView {
        FormView::again(action, at, ground, None, &BTreeMap::new(), &[])
    }

    /// The same with what was typed, and what is wrong with it; on the version that was seen, or without one on the
    /// complaint as it is now.
    pub fn again(
        action: &'static Action,
        at: String,
        ground: Ground<'_>,
        seen: Option<u32>,
        typed: &BTreeMap<String, String>,
        errors: &[FieldError],
    ) -> FormView {
        let made = Making { action, ground, typed, errors };
        let fields = action.fields.iter().map(|asked| made.field(asked, asked.name)).collect();
        let version = ground.complaint.filter(|_| action.key != "export" && action.key != "files");
        FormView {
            action,
            at,
            version: version.map(|complaint| seen.unwrap_or(complaint.version)),
            once: None,
            preview: None,
            fields,
        }
    }

    /// The same with other ids, where the form stands more than once on a page.
    pub(super) fn named(mut self, name: &str) -> FormView {
        for field in &mut self.fields {
            field.id = format!("{name}-{}", field.name);
        }
        self
    }

    /// Where an error stands: its element's id, and what the page calls it.
    pub(super) fn place(&self, error: &FieldError) -> Option<(String, &'static str)> {
        let name = error.pointer.strip_prefix('/')?;
        let inner = self.fields.iter().flat_map(|field| field.rows.iter().flatten());
        let field = self.fields.iter().chain(inner).find(|field| field.name == name)?;
        let first = field.choices.first().filter(|_| field.shape == "ticks");
        Some((
            first.map_or_else(|| field.id.clone(), |first| format!("{}-{}", field.id, first.value)),
            field.label,
        ))
    }
}

/// A form in the making.
struct Making<'a> {
    action: &'static Action,
    ground: Ground<'a>,
    typed: &'a BTreeMap<String, String>,
    errors: &'a [FieldError],
}

impl Making<'_> {
    fn field(&self, asked: &Asked, name: &str) -> FieldView {
        let error = self.errors.iter().find(|error| error.pointer.strip_prefix('/') == Some(name));
        let value = match self.typed.get(name) {
            Some(typed) => retyped(typed),
            None if self.typed.is_empty() => self.initial(asked),
            None => String::new(),
        };
        let field = FieldView {
            id: format!("{}-{}", self.action.key, name.replace('/', "-")),
            name: name.to_owned(),
            label: asked.label,
            hint: self.hint(asked).to_owned(),
            error: error.map(|error| error.detail.clone()),
            value,
            ..FieldView::default()
        };
        self.shaped(asked.kind, field)
    }

    fn hint(&self, asked: &Asked) -> &'static str {
        let unowned = self.ground.complaint.is_some_and(|complaint| complaint.owner.is_none());
        if self.action.key == "assign" && unowned && self.ground.actor.role() == Some(Role::Csr) {
            return "Your own sign-in name, to take it yourself; giving it to others is for the complaints manager to do.";
        }
        asked.hint
    }

    fn shaped(&self, kind: Kind, mut field: FieldView) -> FieldView {
        let line = |kind: &str| ("line", kind.to_owned());
        (field.shape, field.detail) = match kind {
            Kind::Fixed(value) => {
                value.clone_into(&mut field.value);
                ("hidden", String::new())
            }
            Kind::Proposal => ("hidden", String::new()),
            Kind::Line => line("text"),
            Kind::Email => line("email"),
            Kind::Day => line("date"),
            Kind::Moment => line("datetime-local"),
            Kind::Text(rows) => ("text", rows.to_string()),
            Kind::Money => {
                let currency = self.ground.policy.redress.csr.currency();
                field.hint = format!("In {currency}, such as {}.", currency.example());
                line("text")
            }
            Kind::One(list) | Kind::OneOf(list) => {
                field.choices = self.choices(list, &field.value);
                ("select", String::new())
            }
            Kind::Flags => {
                field.choices = self.flags();
                ("ticks", String::new())
            }
            Kind::Tick => ("tick", String::new()),
            Kind::Remedies => {
                field.rows = self.rows(&field.name);
                ("rows", String::new())
            }
        };
        field
    }

    /// As many rows as were typed in, and one more.
    fn rows(&self, name: &str) -> Vec<Vec<FieldView>> {
        let row_of =
            |field: &String| field.strip_prefix(name)?.strip_prefix('/')?.split('/').next()?.parse().ok();
        let filled = self.typed.iter().filter(|(_, value)| !value.trim().is_empty());
        let last = filled
            .filter_map(|(field, _)| row_of(field))
            .max()
            .map_or(0, |last: usize| last.saturating_add(2));
        let row = |row: usize| {
            let field = |asked: &Asked| self.field(asked, &format!("{name}/{row}/{}", asked.name));
            REMEDY.iter().map(field).collect()
        };
        (0..last.clamp(ROWS, MOST_REMEDIES)).map(row).collect()
    }

    fn flags(&self) -> Vec<Choice> {
        let stands = self.ground.complaint.filter(|_| self.typed.is_empty());
        let choice = |flag: Flag| Choice {
            value: flag.code().to_owned(),
            label: flag.words().to_owned(),
            chosen: self.typed.contains_key(&format!("flags/{}", flag.code()))
                || stands.is_some_and(|complaint| complaint.flags.contains(&flag)),
        };
        Flag::ALL.into_iter().map(choice).collect()
    }

    /// What stands in a field that nobody has filled in: what is known, or else what the text suggests.
    fn initial(&self, asked: &Asked) -> String {
        let Ground { complaint, suggestion, actor, .. } = self.ground;
        let stands = |of: fn(&Complaint) -> Option<&String>| complaint.and_then(of).cloned();
        match (self.action.key, asked.name) {
            ("assign", "owner") => match actor {
                Actor::Staff { id, .. } => Some(id.to_string()),
                Actor::Customer | Actor::Department { .. } | Actor::System => None,
            },
            ("answer" | "silence", "proposal") => complaint.and_then(|complaint| match &complaint.stage {
                Stage::Proposed(proposal) => Some(proposal.number.to_string()),
                _ => complaint.decision().map(|decision| decision.number.to_string()),
            }),
            ("triage", "category") => stands(|complaint| complaint.category.as_ref())
                .or_else(|| Some(suggestion?.category.as_ref()?.value.clone())),
            ("triage", "sub_category") => stands(|complaint| complaint.sub_category.as_ref())
                .or_else(|| Some(suggestion?.sub_category.as_ref()?.value.clone())),
            ("triage", "product") => stands(|complaint| complaint.product.as_ref())
                .or_else(|| Some(suggestion?.product.as_ref()?.value.clone())),
            ("triage", "severity") => suggestion
                .map(|suggestion| suggestion.severity.value)
                .or_else(|| complaint.map(|complaint| complaint.severity))
                .map(|severity| severity.code().to_owned()),
            ("triage", "subject") => complaint.and_then(|it| it.subject.as_ref()).map(ToString::to_string),
            ("triage", "subject_role") => {
                complaint.and_then(|it| it.subject_role).map(|role| role.to_string())
            }
            ("triage", "loss") => complaint.and_then(|it| it.loss).map(Money::amount),
            ("entry", "language") => {
                Some(self.ground.policy.language(crate::values::Language::ENGLISH).to_string())
            }
            ("entry" | "contact" | "files", "channel") => Some(Channel::Phone.code().to_owned()),
            _ => None,
        }
        .unwrap_or_default()
    }

    fn choices(&self, list: List, value: &str) -> Vec<Choice> {
        let mut choices = self.listed(list);
        // What was typed stays, even where it is none of the list.
        if !value.is_empty() && !choices.iter().any(|(listed, _)| listed == value) {
            choices.push((value.to_owned(), value.to_owned()));
        }
        let choice =
            |(listed, label): (String, String)| Choice { chosen: listed == value, value: listed, label };
        choices.into_iter().map(choice).collect()
    }

    fn listed(&self, list: List) -> Vec<(String, String)> {
        fn coded<const N: usize>(codes: [&str; N]) -> Vec<(String, String)> {
            codes.map(|code| (code.to_owned(), in_words(code))).to_vec()
        }
        fn named(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
            pairs.iter().map(|(code, name)| ((*code).to_owned(), (*name).to_owned())).collect()
        }
        let policy = self.ground.policy;
        match list {
            List::Channels => {
                let by_staff = Channel::ALL.into_iter().filter(|channel| *channel != Channel::Web);
                by_staff.map(|channel| (channel.code().to_owned(), in_words(channel.code()))).collect()
            }
            List::Categories => {
                policy.categories.iter().map(|it| (it.key.clone(), it.name.as_str().to_owned())).collect()
            }
            List::SubCategories => sub_categories(policy),
            List::Products => {
                policy.products.iter().map(|name| (name.to_string(), name.to_string())).collect()
            }
            List::RootCauses => {
                policy.root_causes.iter().map(|it| (it.key.clone(), it.name.as_str().to_owned())).collect()
            }
            List::Departments => {
                policy.departments.iter().map(|it| (it.key.clone(), it.name.as_str().to_owned())).collect()
            }
            List::Languages => {
                let name = |language| words::of(language).own_name.to_owned();
                policy.languages.iter().map(|language| (language.to_string(), name(*language))).collect()
            }
            List::Severities => coded(Severity::ALL.map(Severity::code)),
            List::Roles => Role::ALL.map(|role| (role.code().to_owned(), in_words(role.title()))).to_vec(),
            List::Notes => named(&[
                ("note", "Anything"),
                ("fact", "A fact, and who verified it"),
                ("conversation", "A talk with somebody"),
            ]),
            List::Outcomes => coded(Outcome::ALL.map(Outcome::code)),
            List::RemedyKinds => coded(RemedyKind::ALL.map(RemedyKind::code)),
            List::OpenRemedies => self.ground.remedies(Remedy::is_open),
            List::UndoneRemedies => self.ground.remedies(|remedy| remedy.done_at.is_none()),
            List::OpenConsultations => self.open_consultations(),
            List::Grounds => coded(Grounds::ALL.map(Grounds::code)),
            List::Answers => coded(ANSWERS.map(|(code, _)| code)),
            List::Ratings => named(&[
                ("5", "5, very satisfied"),
                ("4", "4, satisfied"),
                ("3", "3, neither"),
                ("2", "2, dissatisfied"),
                ("1", "1, very dissatisfied"),
            ]),
            List::Endings => coded(Ending::ALL.map(Ending::code)),
            List::YesNo => named(&[("true", "Yes"), ("false", "No")]),
        }
    }

    fn open_consultations(&self) -> Vec<(String, String)> {
        let name = |key: &str| told::department(key, self.ground.policy);
        let consulted = self.ground.complaint.iter().flat_map(|complaint| &complaint.consulted);
        consulted
            .map(|it| (it.number.to_string(), format!("{}: {}", it.number, name(&it.department))))
            .collect()
    }
}

/// Each with its category before it, since they are chosen from one list.
fn sub_categories(policy: &Policy) -> Vec<(String, String)> {
    let of = |category: &crate::policy::Category| {
        let name = category.name.to_string();
        let called = move |sub: &crate::policy::SubCategory| {
            (sub.key.clone(), format!("{name}: {}", sub.name.as_str()))
        };
        category.sub_categories.iter().map(called).collect::<Vec<_>>()
    };
    policy.categories.iter().flat_map(of).collect()
}
