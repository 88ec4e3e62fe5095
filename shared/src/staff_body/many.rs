//! What is about no complaint alone: a search, and who handles several from now on.

use super::Read;
use crate::{
    fields::Fields,
    values::{ComplaintId, Line, StaffId},
};

/// So many are assigned at once: a page of a list.
pub const MOST_AT_ONCE: usize = 50;

/// Body of search: `{text}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Search {
    /// A reference, a name, an e-mail address or a phone number.
    pub text: Line<320>,
}

impl Search {
    /// Reads the body.
    pub fn read(mut fields: Fields) -> Read<Search> {
        let text = fields.required_text("text");
        fields.made(text.map(|text| Search { text }))
    }
}

/// Body of assigning several: `{owner, complaints}`, and of each `{complaint, version}`. A form has a box for each, and
/// those that are not ticked are none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AssignMany {
    /// Who handles them from now on.
    pub owner: StaffId,
    /// Which, with the versions that were seen.
    pub complaints: Vec<Seen>,
}

/// A complaint in the version that was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    /// Which.
    pub complaint: ComplaintId,
    /// The version.
    pub version: u32,
}

impl AssignMany {
    /// Reads the body.
    pub fn read(mut fields: Fields) -> Read<AssignMany> {
        let owner = fields.required_text("owner");
        let is_given = fields.is_form() || fields.has("complaints");
        let complaints = fields.objects("complaints", MOST_AT_ONCE, seen);
        if !is_given || complaints.as_ref().is_some_and(Vec::is_empty) {
            fields.report_missing("complaints", "Choose at least one complaint.");
        }
        let both = owner.zip(complaints);
        fields.made(both.map(|(owner, complaints)| AssignMany { owner, complaints }))
    }
}

fn seen(fields: &mut Fields) -> Option<Seen> {
    let is_unticked = fields.is_form() && !fields.has("complaint");
    let version = fields.required_count("version", 1, u32::MAX.into());
    let version = version.and_then(|version| u32::try_from(version).ok());
    if is_unticked {
        return None;
    }
    let complaint = fields.required_text("complaint");
    Some(Seen { complaint: complaint?, version: version? })
}
