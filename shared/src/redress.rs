//! How like cases were put right, so that the next one is put right alike.
//!
//! Like cases are those of one category and product. What was given in each is kept in a small record of its own, and
//! the latest of them are shown beside the form of a proposal.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    command::{Outcome, RemedyKind},
    complaint::Complaint,
    event::{Event, Recorded},
    values::Money,
};

/// What makes cases alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Like {
    /// One of the policy's categories.
    pub category: String,
    /// One of its products, where there is one.
    pub product: Option<String>,
}

impl Like {
    /// What is like this complaint; nothing is before its triage.
    pub fn of(complaint: &Complaint) -> Option<Like> {
        Some(Like { category: complaint.category.clone()?, product: complaint.product.clone() })
    }
}

/// How a case was put right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settled {
    /// What was concluded.
    pub outcome: Outcome,
    /// What was done.
    pub remedies: Vec<Given>,
}

/// What was done for a customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    /// What.
    pub kind: RemedyKind,
    /// What it cost, where it was money.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Money>,
}

impl Settled {
    /// What an event says about how a case was put right, and which cases it is like; none where it does not say so.
    pub fn of(recorded: &Recorded) -> Option<(Like, Settled)> {
        let Event::Resolved { outcome, remedies, .. } = &recorded.event else { return None };
        let like =
            Like { category: recorded.after.category.clone()?, product: recorded.after.product.clone() };
        let given = |remedy: &crate::complaint::Remedy| Given { kind: remedy.kind, amount: remedy.amount };
        Some((
            like,
            Settled {
                outcome: *outcome,
                remedies: remedies.iter().filter(|remedy| remedy.dropped_at.is_none()).map(given).collect(),
            },
        ))
    }
}

/// How the latest like cases were put right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Spread {
    /// How many cases that is taken from.
    pub cases: usize,
    /// How many ended with each outcome.
    pub outcomes: BTreeMap<Outcome, usize>,
    /// Each kind of remedy that was given in any of them.
    pub remedies: Vec<Usual>,
}

/// How usual a kind of remedy is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Usual {
    /// Which.
    pub kind: RemedyKind,
    /// In how many of the cases it was given.
    pub cases: usize,
    /// How much it cost where it cost something; what one case had of it several times is added up.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amounts: Option<Amounts>,
}

/// How much: of so many amounts the least, those that a quarter, a half and three quarters stay within, and the most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Amounts {
    /// How many amounts.
    pub count: usize,
    /// The least.
    pub least: Money,
    /// A quarter stays within it.
    pub lower_quartile: Money,
    /// Half stay within it.
    pub median: Money,
    /// Three quarters stay within it.
    pub upper_quartile: Money,
    /// The most.
    pub most: Money,
}

impl Spread {
    /// None where there is no like case.
    pub fn of(cases: &[Settled]) -> Option<Spread> {
        if cases.is_empty() {
            return None;
        }
        let mut outcomes = BTreeMap::new();
        for case in cases {
            *outcomes.entry(case.outcome).or_default() += 1;
        }
        let remedies = RemedyKind::ALL.into_iter().filter_map(|kind| Usual::of(kind, cases)).collect();
        Some(Spread { cases: cases.len(), outcomes, remedies })
    }
}

impl Usual {
    fn of(kind: RemedyKind, cases: &[Settled]) -> Option<Usual> {
        let (mut given, mut amounts) = (0, Vec::new());
        for case in cases {
            let mut of_kind = case.remedies.iter().filter(|remedy| remedy.kind == kind).peekable();
            given += usize::from(of_kind.peek().is_some());
            // Amounts that cannot be added up are in other currencies, or beyond all measure: they say nothing here.
            let sum =
                of_kind.filter_map(|remedy| remedy.amount).try_fold(None, |sum: Option<Money>, amount| {
                    sum.map_or(Some(amount), |sum| sum.checked_add(amount)).map(Some)
                });
            amounts.extend(sum.flatten());
        }
        (given > 0).then(|| Usual { kind, cases: given, amounts: Amounts::of(amounts) })
    }
}

impl Amounts {
    /// None without any; of several currencies those of the first.
    fn of(mut amounts: Vec<Money>) -> Option<Amounts> {
        let currency = amounts.first()?.currency();
        amounts.retain(|amount| amount.currency() == currency);
        amounts.sort_by_key(|amount| amount.minor());
        let (least, most) = (*amounts.first()?, *amounts.last()?);
        // The nearest rank, as in the reports.
        let within = |percent: usize| amounts[(amounts.len() * percent).div_ceil(100) - 1];
        Some(Amounts {
            count: amounts.len(),
            least,
            lower_quartile: within(25),
            median: within(50),
            upper_quartile: within(75),
            most,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        command::Command,
        story::{Story, csr, text},
    };

    fn money(text: &str) -> Money {
        Money::parse(text).unwrap()
    }

    fn settled(outcome: Outcome, remedies: &[(RemedyKind, Option<&str>)]) -> Settled {
        let given =
            |(kind, amount): &(RemedyKind, Option<&str>)| Given { kind: *kind, amount: amount.map(money) };
        Settled { outcome, remedies: remedies.iter().map(given).collect() }
    }

    #[test]
    fn the_quartiles_of_what_was_given_are_of_the_nearest_rank() {
        let refund = |amount| settled(Outcome::Upheld, &[(RemedyKind::Refund, Some(amount))]);
        let cases = ["40.00 GBP", "10.00 GBP", "30.00 GBP", "20.00 GBP", "50.00 GBP"].map(refund);
        let spread = Spread::of(&cases).unwrap();
        let [usual] = &spread.remedies[..] else { panic!("{spread:?}") };
        let amounts = usual.amounts.unwrap();
        assert_eq!((usual.kind, usual.cases, amounts.count), (RemedyKind::Refund, 5, 5));
        assert_eq!(
            [amounts.least, amounts.lower_quartile, amounts.median, amounts.upper_quartile, amounts.most],
            ["10.00 GBP", "20.00 GBP", "30.00 GBP", "40.00 GBP", "50.00 GBP"].map(money)
        );
    }

    #[test]
    fn what_one_case_had_several_times_is_added_up_and_what_cost_nothing_is_counted_only() {
        let cases = [
            settled(
                Outcome::PartlyUpheld,
                &[
                    (RemedyKind::Apology, None),
                    (RemedyKind::Credit, Some("5.00 GBP")),
                    (RemedyKind::Credit, Some("2.50 GBP")),
                ],
            ),
            settled(Outcome::NotUpheld, &[]),
            settled(
                Outcome::NotUpheld,
                &[(RemedyKind::Apology, None), (RemedyKind::Credit, Some("9.00 EUR"))],
            ),
        ];
        let spread = Spread::of(&cases).unwrap();
        assert_eq!(spread.cases, 3);
        assert_eq!(spread.outcomes, BTreeMap::from([(Outcome::PartlyUpheld, 1), (Outcome::NotUpheld, 2)]));
        let [apology, credit] = &spread.remedies[..] else { panic!("{spread:?}") };
        assert_eq!((apology.kind, apology.cases, apology.amounts), (RemedyKind::Apology, 2, None));
        let amounts = credit.amounts.unwrap();
        assert_eq!((credit.cases, amounts.count, amounts.median), (2, 1, money("7.50 GBP")));
        assert_eq!(Spread::of(&[]), None);
    }

    #[test]
    fn what_is_resolved_says_what_was_given_and_what_it_is_like() {
        let mut story = Story::begins("2026-06-08T09:00:00Z");
        story.taken_on().proposed().accepted();
        assert_eq!(Settled::of(story.last("Proposed")), None);
        story.then(&csr(), Command::CompleteRemedy { remedy: 1, text: text() });
        let (like, given) = Settled::of(story.last("Resolved")).unwrap();
        assert_eq!(Some(like.clone()), Like::of(&story.complaint));
        assert_eq!((like.category.as_str(), like.product.as_deref()), ("billing", Some("Mortgage")));
        assert_eq!(given, settled(Outcome::Upheld, &[(RemedyKind::Refund, Some("25.00 GBP"))]));
        assert_eq!(Like::of(&Story::begins("2026-06-08T09:00:00Z").complaint), None);
    }

    #[test]
    fn what_was_dropped_was_not_given() {
        let mut story = Story::begins("2026-06-08T09:00:00Z");
        story.taken_on().proposed().accepted();
        story.then(&csr(), Command::ChangeRemedy { remedy: 1, promised_by: None, text: text() });
        let (_, given) = Settled::of(story.last("Resolved")).unwrap();
        assert_eq!(given, settled(Outcome::Upheld, &[]));
    }
}
