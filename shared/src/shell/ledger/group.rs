//! Which complaints have something in common, found by items kept for that. Those of a customer are written with the
//! complaint and stay as long; those about a product and category are noted when that is said, and go when the
//! policy's time for them is long over.
//!
//! The items say where to look; whether a complaint counts is in the complaint itself, as it stands. So none has to be
//! taken away when a complaint changes.

use jiff::SignedDuration;

use super::{Ledger, write};
use crate::{
    complaint::Complaint,
    shell::{
        StepError,
        keys::{self, Item, Key, get_text, text},
    },
    together::{Group, Member, Rule},
    values::ComplaintId,
};

/// How long a place in a group is kept beyond the policy's time: whatever is late comes sooner.
const KEPT_BEYOND: SignedDuration = SignedDuration::from_hours(24 * 30);

/// Where a complaint stands among those of its customer.
pub(super) fn of_customer(complaint: &Complaint) -> Key {
    keys::member(&Group::OfCustomer(complaint.customer), Member::of(complaint))
}

impl Ledger<'_> {
    /// All complaints of the customer of this one, the earliest first.
    pub async fn of_same_customer(self, complaint: &Complaint) -> Result<Vec<ComplaintId>, StepError> {
        let keys = self.keys_of(&keys::group(&Group::OfCustomer(complaint.customer))).await?;
        Ok(keys.iter().filter_map(|key| keys::member_of(&key.sk)).map(|member| member.complaint).collect())
    }

    /// Notes that a complaint is about this product and category. Doing it again writes the same.
    pub async fn note_member(self, group: &Group, complaint: &Complaint) -> Result<(), StepError> {
        let key = keys::member(group, Member::of(complaint));
        let counts_until = Rule::of(group.pattern(), self.shell.policy()).counts_until(complaint.received_at);
        let mut item = key.item();
        item.insert("expires".to_owned(), write::expires(counts_until.max(self.shell.now()), KEPT_BEYOND));
        let put = self.client().put_item().table_name(self.table()?).set_item(Some(item));
        let noted = put.send().await;
        noted.map(|_| ()).map_err(|error| StepError::call("note a complaint", &key.to_string(), &error))
    }

    /// The members of a group around one of them, which is among them: as many as matter before and after it.
    pub async fn members(self, group: &Group, around: Member) -> Result<Vec<Member>, StepError> {
        let reach = Rule::of(group.pattern(), self.shell.policy()).reach();
        let most = i32::try_from(reach).unwrap_or(i32::MAX).saturating_add(1);
        let mut members = self.beside(group, "pk = :pk AND sk <= :sk", around, false, most).await?;
        members.extend(self.beside(group, "pk = :pk AND sk > :sk", around, true, most).await?);
        members.sort();
        Ok(members)
    }

    async fn beside(
        self,
        group: &Group,
        condition: &str,
        around: Member,
        forward: bool,
        most: i32,
    ) -> Result<Vec<Member>, StepError> {
        let key = keys::member(group, around);
        let page = self
            .client()
            .query()
            .table_name(self.table()?)
            .consistent_read(true)
            .key_condition_expression(condition)
            .expression_attribute_values(":pk", text(&key.pk))
            .expression_attribute_values(":sk", text(&key.sk))
            .scan_index_forward(forward)
            .limit(most)
            .send()
            .await
            .map_err(|error| StepError::call("query", &key.pk, &error))?;
        let items = page.items.unwrap_or_default();
        let member = |item: &Item| get_text(item, "sk").and_then(keys::member_of);
        let members = items.iter().map(|item| {
            member(item).ok_or_else(|| StepError::give_up("read", &key.pk, "a complaint's place is none"))
        });
        members.collect()
    }
}
