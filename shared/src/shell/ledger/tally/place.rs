//! Which item of the table a counter is kept in. Each item that an event adds to is paid for, by its size in whole
//! kilobytes; so counters that change together lie together, as far as they stay small.
//!
//! Of dimensions with few values, all lie in one item per kind of counter (`received`, `closed`, …), in attributes
//! named by dimension and value; what stands now, in the item `standing`. Everything else has an item of its own, with
//! its counters as attributes: products, whose names are long, staff, days, histograms.

use crate::figures::NONE;

/// The item of all that stands.
const STANDING: &str = "standing";

const ACKNOWLEDGEMENT: &str = "acknowledgement";
const SHARING: [&str; 8] =
    ["total", "channel", "category", "severity", "stage", "level", "state", ACKNOWLEDGEMENT];

/// An item's name, without its shard, and the attribute in it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    pub(super) item: String,
    pub(super) attribute: String,
}

/// Where the figure `<dimension>#<value>` has this counter.
pub(super) fn of(figure: &str, counter: &str) -> Place {
    let (item, attribute) = match counter {
        _ if !shares(figure) => (figure, counter),
        "pending" | "complaints" => (STANDING, figure),
        _ => (counter, figure),
    };
    Place { item: item.to_owned(), attribute: attribute.to_owned() }
}

/// The figure and its counter that lie there.
pub(super) fn figure<'p>(item: &'p str, attribute: &'p str) -> (&'p str, &'p str) {
    match item {
        _ if item.contains('#') => (item, attribute),
        STANDING if dimension(attribute) == ACKNOWLEDGEMENT => (attribute, "complaints"),
        STANDING => (attribute, "pending"),
        _ => (attribute, item),
    }
}

/// Having no owner, or no product, is something that there is once only, whatever else there is.
fn shares(figure: &str) -> bool {
    SHARING.contains(&dimension(figure)) || figure.split_once('#').is_some_and(|(_, value)| value == NONE)
}

fn dimension(figure: &str) -> &str {
    figure.split_once('#').map_or(figure, |(dimension, _)| dimension)
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;
    use crate::{
        actor::Actor,
        command::Command,
        complaint::StageName,
        figures::{Delta, count},
        policy::Policy,
        story::*,
        values::{Channel, Level, Severity},
    };

    /// The most that DynamoDB takes for one write unit.
    const KILOBYTE: usize = 1024;

    fn a_long_story() -> Vec<Delta> {
        let mut story = Story::begins("2026-11-02T10:00:00Z");
        story.taken_on().proposed().accepted();
        story.after(24 * 30).then(&Actor::System, Command::WatchPromises);
        story.then(&csr(), Command::CompleteRemedy { remedy: 1, text: text() });
        story.after(24 * 5).then(&Actor::System, Command::FollowUp).then(&Actor::Customer, feedback(2, true));
        story.events.iter().flat_map(|recorded| count(recorded, &story.policy)).collect()
    }

    #[test]
    fn what_lies_in_a_place_is_what_was_put_there() {
        for Delta { item, counter, .. } in a_long_story() {
            let place = of(&item, &counter);
            assert_eq!(figure(&place.item, &place.attribute), (item.as_str(), counter.as_str()));
        }
    }

    #[test]
    fn a_receipt_adds_to_four_items() {
        let story = Story::begins("2026-11-02T10:00:00Z");
        let deltas = count(&story.events[0], &story.policy);
        let items: BTreeSet<String> =
            deltas.iter().map(|delta| of(&delta.item, &delta.counter).item).collect();
        let items: Vec<&str> = items.iter().map(String::as_str).collect();
        assert_eq!(items, ["product#Mortgage", "received", "received#2026-11", "standing"]);
    }

    #[test]
    fn under_the_shipped_policy_each_shared_item_stays_within_a_write_unit() {
        // The attributes of an item are counted by the bytes of their names and values; a number has at most 21.
        let (digits, keys) = (6, "pkF#2026-11sk".len() + "standing#100".len());
        let mut sizes: BTreeMap<String, usize> = BTreeMap::new();
        for (figure, counters) in shared_figures(&Policy::built_in()) {
            for counter in counters {
                let place = of(&figure, counter);
                *sizes.entry(place.item).or_insert(keys) += place.attribute.len() + digits;
            }
        }
        assert_eq!(sizes.len(), 6, "{sizes:?}");
        assert!(sizes.values().all(|size| *size <= KILOBYTE), "{sizes:?}");
    }

    /// All figures that share items, with their counters.
    fn shared_figures(policy: &Policy) -> Vec<(String, Vec<&'static str>)> {
        let flow = ["received", "reopened", "moved_in", "closed", "moved_out"];
        let categories = policy.categories.iter().map(|category| category.key.as_str());
        let flowing = ["total#all".to_owned(), format!("product#{NONE}")]
            .into_iter()
            .chain(Channel::ALL.map(|channel| format!("channel#{}", channel.code())))
            .chain(Severity::ALL.map(|severity| format!("severity#{}", severity.code())))
            .chain(categories.chain([NONE]).map(|category| format!("category#{category}")));
        let standing = ["state#overdue".to_owned(), format!("owner#{NONE}")]
            .into_iter()
            .chain(StageName::ALL.map(|stage| format!("stage#{}", stage.code())))
            .chain(Level::ALL.map(|level| format!("level#{}", level.number())));
        let states = ["owed", "sent", "undeliverable"];
        let mut all: Vec<_> = flowing.map(|figure| (figure, [&flow[..], &["pending"]].concat())).collect();
        all.extend(standing.map(|figure| (figure, vec!["pending"])));
        all.extend(states.map(|state| (format!("acknowledgement#{state}"), vec!["complaints"])));
        all
    }
}
