//! What is to be done when: work in the order of its instants, and of its arrival within one.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Something that will be tried at an instant, and again when it fails.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Work {
    pub(crate) errand: Errand,
    /// Tries that failed.
    pub(crate) failures: u32,
    /// When it came up first; its age is counted from here.
    pub(crate) since: Timestamp,
    /// The effect that it came from, as long as it is that which brings it back after a restart.
    #[serde(skip)]
    pub(crate) effect: Option<i64>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum Errand {
    /// A rule hands an event to its function.
    Rule { name: String, event: Value },
    /// A schedule hands its turn to its function.
    Turn { schedule: String, event: Value },
    /// A function runs, and nobody waits for its answer.
    Run { function: String, event: Value, request: String },
}

/// A place in the agenda; the number is its note's key too.
pub(crate) type Place = (Timestamp, u64);

#[derive(Debug, Default)]
pub(crate) struct Agenda {
    work: BTreeMap<Place, Work>,
    number: u64,
}

impl Agenda {
    /// Enters work, and says where.
    pub(crate) fn enter(&mut self, due: Timestamp, work: Work) -> Place {
        self.number += 1;
        self.restore((due, self.number), work);
        (due, self.number)
    }

    /// Enters work where it was before a restart.
    pub(crate) fn restore(&mut self, place: Place, work: Work) {
        self.number = self.number.max(place.1);
        self.work.insert(place, work);
    }

    pub(crate) fn due(&self) -> Option<Timestamp> {
        self.work.first_key_value().map(|(place, _)| place.0)
    }

    pub(crate) fn take(&mut self) -> Option<(Place, Work)> {
        self.work.pop_first()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_is_taken_by_instant_and_within_one_by_arrival() {
        let at = |second: i64| Timestamp::from_second(second).unwrap();
        let work = |name: &str| Work {
            errand: Errand::Rule { name: name.into(), event: Value::Null },
            failures: 0,
            since: at(0),
            effect: None,
        };
        let mut agenda = Agenda::default();
        agenda.enter(at(9), work("late"));
        agenda.enter(at(5), work("first"));
        agenda.restore((at(5), 7), work("second"));
        assert_eq!(agenda.due(), Some(at(5)));
        assert_eq!(agenda.enter(at(9), work("last")).1, 8);
        let taken: Vec<u64> = std::iter::from_fn(|| agenda.take()).map(|(place, _)| place.1).collect();
        assert_eq!(taken, [2, 7, 1, 8]);
    }
}
