//! What a member of staff is allowed to decide.

use std::fmt;

use thiserror::Error;

use super::{InvalidValue, Level, parsed_code};

/// What a member of staff may do; a greater role may all that a lesser one may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Customer service representative: handles complaints at level 1.
    Csr,
    /// Complaints manager: assigns, decides at level 2, approves.
    Manager,
    /// Final decider: decides at level 3, which is final.
    Final,
}

/// Why a text is no role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum InvalidRole {
    /// It is none of the list.
    #[error("a role is one of csr, manager or final")]
    Unknown,
}

impl InvalidValue for InvalidRole {
    fn code(&self) -> &'static str {
        "unknown_role"
    }
}

impl Role {
    /// All of them, the least first.
    pub const ALL: [Role; 3] = [Role::Csr, Role::Manager, Role::Final];

    /// Reads the name that [`code`](Role::code) gives.
    pub fn parse(text: &str) -> Result<Role, InvalidRole> {
        Role::ALL.into_iter().find(|listed| listed.code() == text).ok_or(InvalidRole::Unknown)
    }

    /// The name used in records, figures and addresses.
    pub fn code(self) -> &'static str {
        match self {
            Role::Csr => "csr",
            Role::Manager => "manager",
            Role::Final => "final",
        }
    }

    /// The name that people use.
    pub fn title(self) -> &'static str {
        match self {
            Role::Csr => "representative",
            Role::Manager => "manager",
            Role::Final => "final decider",
        }
    }

    /// The level at which this role decides.
    pub fn level(self) -> Level {
        match self {
            Role::Csr => Level::One,
            Role::Manager => Level::Two,
            Role::Final => Level::Three,
        }
    }

    /// Whether this role may decide at this level.
    pub fn decides_at(self, level: Level) -> bool {
        self >= level.role()
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

parsed_code!(Role, InvalidRole);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_survives_its_written_form() {
        for listed in Role::ALL {
            assert_eq!(listed.to_string().parse(), Ok(listed));
            let json = serde_json::to_string(&listed).unwrap();
            assert_eq!(json, format!("\"{listed}\""));
            assert_eq!(serde_json::from_str::<Role>(&json).unwrap(), listed);
        }
        assert_eq!(Role::parse("nonsense"), Err(InvalidRole::Unknown));
        assert_eq!(Role::parse(""), Err(InvalidRole::Unknown));
    }

    #[test]
    fn a_role_decides_at_its_own_level_and_below() {
        assert!(Role::Manager.decides_at(Level::One));
        assert!(Role::Manager.decides_at(Level::Two));
        assert!(!Role::Manager.decides_at(Level::Three));
        assert!(Role::Final.decides_at(Level::Three));
        assert!(!Role::Csr.decides_at(Level::Two));
    }
}
