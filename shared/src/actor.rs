//! Who does something to a complaint, and with which authority.

use serde::{Deserialize, Serialize};

use crate::values::{Role, StaffId};

/// The one who gives a command. Every recorded event names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Actor {
    /// The customer, through the form or the private link.
    Customer,
    /// A member of staff, as the access token named them.
    Staff {
        /// The subject of the token.
        id: StaffId,
        /// The highest role among the token's groups.
        role: Role,
    },
    /// A department that was asked, through the link it was sent.
    Department {
        /// One of the policy's departments.
        key: String,
    },
    /// A step of this system, woken by an event or a schedule.
    System,
}

impl Actor {
    /// The role of a member of staff; customers and the system have none.
    pub fn role(&self) -> Option<Role> {
        match self {
            Actor::Staff { role, .. } => Some(*role),
            Actor::Customer | Actor::Department { .. } | Actor::System => None,
        }
    }
}
