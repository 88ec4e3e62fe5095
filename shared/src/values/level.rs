//! How high a complaint has gone.

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{InvalidValue, Role};

/// Who decides: escalation goes up one level at a time. Written as the numbers 1, 2 and 3; the policy names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub enum Level {
    /// Customer service representatives.
    One,
    /// The complaints manager.
    Two,
    /// The final decider.
    Three,
}

/// Why a number is no level.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum InvalidLevel {
    /// It is none of the list.
    #[error("a level is 1, 2 or 3")]
    Unknown,
}

impl InvalidValue for InvalidLevel {
    fn code(&self) -> &'static str {
        "unknown_level"
    }
}

impl Level {
    /// All of them, the lowest first.
    pub const ALL: [Level; 3] = [Level::One, Level::Two, Level::Three];

    /// The level's number, 1 to 3.
    pub fn number(self) -> u8 {
        match self {
            Level::One => 1,
            Level::Two => 2,
            Level::Three => 3,
        }
    }

    /// The next level up; none above the third, whose decision is final.
    pub fn next(self) -> Option<Level> {
        match self {
            Level::One => Some(Level::Two),
            Level::Two => Some(Level::Three),
            Level::Three => None,
        }
    }

    /// Whether decisions at this level need no consent.
    pub fn is_final(self) -> bool {
        self == Level::Three
    }

    /// The level at which this role decides.
    pub fn of(role: Role) -> Level {
        match role {
            Role::Csr => Level::One,
            Role::Manager => Level::Two,
            Role::Final => Level::Three,
        }
    }

    /// The role that decides at this level, and answers for what nobody owns there.
    pub fn role(self) -> Role {
        match self {
            Level::One => Role::Csr,
            Level::Two => Role::Manager,
            Level::Three => Role::Final,
        }
    }
}

impl TryFrom<u8> for Level {
    type Error = InvalidLevel;

    fn try_from(number: u8) -> Result<Level, InvalidLevel> {
        Level::ALL.into_iter().find(|level| level.number() == number).ok_or(InvalidLevel::Unknown)
    }
}

impl From<Level> for u8 {
    fn from(level: Level) -> u8 {
        level.number()
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.number().fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_are_numbers_and_go_up_one_at_a_time() {
        assert_eq!(serde_json::to_string(&Level::ALL).unwrap(), "[1,2,3]");
        assert_eq!(serde_json::from_str::<[Level; 3]>("[1,2,3]").unwrap(), Level::ALL);
        assert!(serde_json::from_str::<Level>("0").is_err());
        assert!(serde_json::from_str::<Level>("4").is_err());
        assert_eq!(Level::One.next(), Some(Level::Two));
        assert_eq!(Level::Three.next(), None);
        assert!(Level::Three.is_final() && !Level::Two.is_final());
    }

    #[test]
    fn every_level_has_its_role() {
        for level in Level::ALL {
            assert_eq!(level.role().level(), level);
        }
    }
}
