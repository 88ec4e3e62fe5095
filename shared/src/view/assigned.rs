//! What came of assigning several complaints at once.

use serde::Serialize;

use super::Summary;
use crate::{
    problem::Problem,
    values::{ComplaintId, Reference},
};

/// Each of those that were asked for is in one of the two.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Assigned {
    /// Those that have the owner now, as they are.
    pub assigned: Vec<Summary>,
    /// Those that were left as they are, and why.
    pub not_assigned: Vec<NotAssigned>,
}

/// One that was left as it is.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NotAssigned {
    /// Which.
    pub complaint: ComplaintId,
    /// What people say on the phone; none where there is no such complaint.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference: Option<Reference>,
    /// Why.
    pub problem: Problem,
}
