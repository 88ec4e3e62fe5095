//! What all sections draw from.

use crate::{
    figures::{Balances, Figures, NONE, Period},
    policy::Policy,
    values::{Channel, Severity},
};

pub(super) struct Source<'a> {
    pub(super) policy: &'a Policy,
    pub(super) period: Period,
    pub(super) figures: &'a Figures,
    /// What stood when the month began.
    pub(super) opening: &'a Balances,
    /// What stood when it ended.
    pub(super) closing: &'a Balances,
}

impl Source<'_> {
    /// Pending when the month ended.
    pub(super) fn pending(&self, item: &str) -> i64 {
        self.closing.get(item, "pending")
    }

    /// The values of a dimension, each with its name for people, in an order that does not change from month to month:
    /// the policy's, then what it does not know any more, then those without a value.
    pub(super) fn values(&self, dimension: &str) -> Vec<(String, String)> {
        let mut known: Vec<(String, String)> = match dimension {
            "channel" => Channel::ALL
                .map(|channel| (channel.code().to_owned(), channel_name(channel).to_owned()))
                .into(),
            "severity" => Severity::ALL
                .iter()
                .rev()
                .map(|it| (it.code().to_owned(), severity_name(*it).to_owned()))
                .collect(),
            "category" => {
                let categories = self.policy.categories.iter();
                categories.map(|category| (category.key.clone(), category.name.as_str().to_owned())).collect()
            }
            "product" => {
                let products = self.policy.products.iter().map(|product| product.as_str().to_owned());
                products.map(|product| (product.clone(), product)).collect()
            }
            _ => Vec::new(),
        };
        let found = self.opening.values(dimension).chain(self.figures.values(dimension));
        let mut unknown: Vec<&str> =
            found.filter(|value| *value != NONE && !known.iter().any(|(code, _)| code == value)).collect();
        unknown.sort_unstable();
        unknown.dedup();
        known.extend(unknown.into_iter().map(|value| (value.to_owned(), value.to_owned())));
        if matches!(dimension, "category" | "product") {
            let name = if dimension == "category" { "Not triaged yet" } else { "No product named" };
            known.push((NONE.to_owned(), name.to_owned()));
        }
        known
    }
}

fn channel_name(channel: Channel) -> &'static str {
    match channel {
        Channel::Web => "Web form",
        Channel::Phone => "Phone",
        Channel::Counter => "Counter",
        Channel::Letter => "Letter",
        Channel::Email => "E-mail",
        Channel::Other => "Other",
    }
}

fn severity_name(severity: Severity) -> &'static str {
    match severity {
        Severity::Low => "Low",
        Severity::Normal => "Normal",
        Severity::High => "High",
        Severity::Critical => "Critical",
    }
}
