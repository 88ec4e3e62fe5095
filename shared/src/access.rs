//! Who looked at personal data, and who tried what their role does not allow. These records stand beside the events:
//! they change nothing in the complaint, and hold nothing of its customer.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    figures::Period,
    values::{Digest, Role, StaffId},
};

/// One look at personal data by a member of staff, or one refused attempt of theirs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Access {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub staff: StaffId,
    /// In which role.
    pub role: Role,
    /// By which route, as the API describes it: `GET /staff/complaints/{complaint}`.
    pub route: String,
    /// Whether it was refused because this role may not do it.
    pub refused: bool,
    /// Under a key, whom they looked for; none where they looked at something.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sought: Option<Digest>,
    /// Of which month the held posts were; none where it was something else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held: Option<Period>,
    /// The request's id, as the answer and the API's own log name it.
    pub request: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_record_is_json_that_stays_as_it_is() {
        let access = Access {
            at: "2026-10-05T08:00:00Z".parse().unwrap(),
            staff: StaffId::parse("sam@northgate.example").unwrap(),
            role: Role::Csr,
            route: "GET /staff/complaints/{complaint}".to_owned(),
            refused: false,
            sought: None,
            held: None,
            request: "L2y7QhX0DoEEP12g=".to_owned(),
        };
        let json = serde_json::json!({
            "at": "2026-10-05T08:00:00Z",
            "staff": "sam@northgate.example",
            "role": "csr",
            "route": "GET /staff/complaints/{complaint}",
            "refused": false,
            "request": "L2y7QhX0DoEEP12g=",
        });
        assert_eq!(serde_json::to_value(&access).unwrap(), json);
        assert_eq!(serde_json::from_value::<Access>(json).unwrap(), access);
    }
}
