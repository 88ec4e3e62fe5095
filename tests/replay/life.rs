//! Who complains, how they can be reached, and where it will lead: drawn before anything happens.

use serde_json::{Value, json};

use crate::dice::Dice;
use crate::input::Text;

const CSRS: [&str; 5] = [
    "ada@northgate.example",
    "ben@northgate.example",
    "cem@northgate.example",
    "dot@northgate.example",
    "eva@northgate.example",
];
const MANAGERS: [&str; 2] = ["mia@northgate.example", "max@northgate.example"];

/// How somebody complains and can be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Way {
    /// By a program, with an e-mail address.
    Program,
    /// By the form in a browser, with an e-mail address.
    Form,
    /// With an address that mail comes back from.
    Bounce,
    /// With a phone number only.
    Phone,
}

/// Where it leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fate {
    /// The proposal is accepted, and feedback closes it.
    Content,
    /// No word on the proposal.
    SilentOnProposal,
    /// No word when asked about satisfaction.
    SilentOnQuestion,
    /// The first proposal is refused.
    Refuses,
    /// All proposals are refused: the last level decides.
    RefusesAll,
    /// Something is still wrong when asked.
    Concern,
    /// And again when asked anew.
    ConcernTwice,
    /// Staff close it without asking, and something is still wrong.
    ConcernAfterClose,
    /// Nobody takes it for days.
    Neglected,
    /// Left where it is once it has got there.
    Left(Rest),
}

/// Where work on it ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Rest {
    Untouched,
    Owned,
    Triaged,
    Found,
    Proposed,
    Implementing,
}

/// One complaint's life, as planned and as far as it is known.
pub(crate) struct Life {
    pub(crate) number: usize,
    pub(crate) way: Way,
    pub(crate) fate: Fate,
    /// Who handles it at each level.
    pub(crate) staff: [(&'static str, &'static str); 3],
    /// Known when it was taken in.
    pub(crate) reference: Option<String>,
    /// Known when staff have looked at it first.
    pub(crate) id: Option<String>,
    /// Acknowledgements mailed.
    pub(crate) acknowledgements: u32,
    /// Whether staff have planned to look at it.
    pub(crate) planned: bool,
    /// How often the customer has refused, and how often told a concern.
    pub(crate) refusals: u8,
    pub(crate) concerns: u8,
}

impl Life {
    pub(crate) fn drawn(number: usize, dice: &mut Dice) -> Life {
        let way = dice.weighted(&[(68, Way::Program), (20, Way::Form), (5, Way::Bounce), (7, Way::Phone)]);
        let fates: &[(i64, Fate)] = &[
            (38, Fate::Content),
            (6, Fate::Refuses),
            (7, Fate::RefusesAll),
            (6, Fate::Neglected),
            (2, Fate::Left(Rest::Untouched)),
            (3, Fate::Left(Rest::Owned)),
            (3, Fate::Left(Rest::Triaged)),
            (3, Fate::Left(Rest::Found)),
            (3, Fate::Left(Rest::Proposed)),
            (3, Fate::Left(Rest::Implementing)),
            // From here on for those only who read what they are written.
            (6, Fate::SilentOnProposal),
            (11, Fate::SilentOnQuestion),
            (4, Fate::Concern),
            (2, Fate::ConcernTwice),
            (3, Fate::ConcernAfterClose),
        ];
        let fates = if way.is_reached() { fates } else { &fates[..10] };
        Life {
            number,
            way,
            fate: dice.weighted(fates),
            staff: [
                (dice.one(&CSRS), "csr"),
                (dice.one(&MANAGERS), "manager"),
                ("fin@northgate.example", "final"),
            ],
            reference: None,
            id: None,
            acknowledgements: 0,
            planned: false,
            refusals: 0,
            concerns: 0,
        }
    }

    /// The customer's address, one for each.
    pub(crate) fn address(&self) -> String {
        match self.way {
            Way::Bounce => format!("bounce+{}@example.com", self.number),
            Way::Program | Way::Form | Way::Phone => format!("customer{}@example.com", self.number),
        }
    }

    /// The fields of the form that are filled, but for the text.
    pub(crate) fn fields(&self, text: &Text, dice: &mut Dice) -> Value {
        let mut fields = json!({"name": format!("Customer {}", self.number)});
        match self.way {
            Way::Phone => fields["phone"] = json!(format!("+44 20 7946 {:04}", self.number % 10_000)),
            Way::Program | Way::Form | Way::Bounce => fields["email"] = json!(self.address()),
        }
        if dice.percent(95) {
            fields["product"] = json!(text.product);
        }
        if dice.percent(30) {
            fields["incident_date"] = json!(format!("2026-09-{:02}", dice.between(1, 30)));
        }
        if dice.percent(20) {
            fields["remedy_wanted"] = json!("Put it right, and tell me how it came about.");
        }
        fields
    }

    /// Whether the customer refuses the next proposal.
    pub(crate) fn refuses(&self) -> bool {
        match self.fate {
            Fate::Refuses => self.refusals == 0,
            Fate::RefusesAll => true,
            _ => false,
        }
    }

    /// Whether something is still wrong when the customer is asked, or after the end.
    pub(crate) fn has_concern(&self) -> bool {
        match self.fate {
            Fate::Concern | Fate::ConcernAfterClose => self.concerns == 0,
            Fate::ConcernTwice => self.concerns <= 1,
            _ => false,
        }
    }
}

impl Way {
    /// Whether mail reaches them.
    pub(crate) fn is_reached(self) -> bool {
        matches!(self, Way::Program | Way::Form)
    }
}
