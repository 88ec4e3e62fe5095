//! Which complaints have something in common, found by items kept for that. Those of a customer are written with the
//! complaint and stay as long; those about a product and category are noted when that is said, and go when the
//! policy's time for them is long over.
//!
//! The items say where to look; whether a complaint counts is in the complaint itself, as it stands. So none has to be
//! taken away when a complaint changes, but where it turns out to be another customer's.

use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use jiff::SignedDuration;

use super::{Ledger, write};
use crate::{
    command::Pattern,
    complaint::Complaint,
    event::Recorded,
    evolve::evolve,
    shell::{
        StepError,
        keys::{self, Item, Key, get_text, text},
    },
    together::{Group, Member, Rule},
    triage::likeness::Gist,
    values::ComplaintId,
};

/// How long a place in a group is kept beyond the policy's time: whatever is late comes sooner.
const KEPT_BEYOND: SignedDuration = SignedDuration::from_hours(24 * 30);

/// The attribute of a text's gist.
const GIST: &str = "gist";

/// Where a complaint stands among those of its customer.
pub(super) fn of_customer(complaint: &Complaint) -> Key {
    keys::member(&Group::OfCustomer(complaint.customer), Member::of(complaint))
}

/// That a complaint is its customer's, and what it is about in a few terms.
pub(super) fn item_of_customer(complaint: &Complaint, told: &str) -> Item {
    let mut item = of_customer(complaint).item();
    let gist = Gist::of(told);
    if !gist.is_empty() {
        item.insert(GIST.to_owned(), text(gist.written()));
    }
    item
}

/// A complaint beside others, with what it is about in a few terms.
#[derive(Clone, Debug)]
pub struct Beside {
    /// Which.
    pub complaint: ComplaintId,
    /// What its text is about; empty where that is not kept, or was erased.
    pub gist: Gist,
}

impl Ledger<'_> {
    /// All complaints of the customer of this one, the earliest first.
    pub async fn of_same_customer(self, complaint: &Complaint) -> Result<Vec<ComplaintId>, StepError> {
        let keys = self.keys_of(&keys::group(&Group::OfCustomer(complaint.customer))).await?;
        Ok(keys.iter().filter_map(|key| keys::member_of(&key.sk)).map(|member| member.complaint).collect())
    }

    /// The last of a group, the last first.
    pub async fn last_of(self, group: &Group, most: i32) -> Result<Vec<Beside>, StepError> {
        let items = self.last_items(&keys::group(group), most).await?;
        let beside = |item: &Item| {
            let member = keys::member_of(get_text(item, "sk")?)?;
            let gist = get_text(item, GIST).map(Gist::read).unwrap_or_default();
            Some(Beside { complaint: member.complaint, gist })
        };
        Ok(items.iter().filter_map(beside).collect())
    }

    /// Takes away what a complaint's text was about from where it is found together with others, and from where it was
    /// before it was triaged anew.
    pub async fn erase_gists(self, complaint: &Complaint, history: &[Recorded]) -> Result<(), StepError> {
        let (mut places, mut before) = (vec![of_customer(complaint)], None);
        for recorded in history {
            before = evolve(before, &recorded.event);
            let about = before.as_ref().and_then(|before| Group::of(before, Pattern::Alike));
            let place = about.map(|group| keys::member(&group, Member::of(complaint)));
            places.extend(place.filter(|place| !places.contains(place)));
        }
        for key in places {
            let update = self
                .client()
                .update_item()
                .table_name(self.table()?)
                .set_key(Some(key.item()))
                .update_expression("REMOVE gist")
                .condition_expression("attribute_exists(pk)");
            match update.send().await {
                Ok(_) => {}
                // Its time in the group is over.
                Err(error)
                    if error
                        .as_service_error()
                        .is_some_and(UpdateItemError::is_conditional_check_failed_exception) => {}
                Err(error) => return Err(StepError::call("erase a gist", &key.to_string(), &error)),
            }
        }
        Ok(())
    }

    /// Notes that a complaint is about this product and category. Doing it again writes the same.
    pub async fn note_member(self, group: &Group, complaint: &Complaint) -> Result<(), StepError> {
        let key = keys::member(group, Member::of(complaint));
        let counts_until = Rule::of(group.pattern(), self.shell.policy()).counts_until(complaint.received_at);
        let mut item = key.item();
        item.insert("expires".to_owned(), write::expires(counts_until.max(self.shell.now()), KEPT_BEYOND));
        // Erased with the text, so that a late notice brings nothing back.
        let of_customer = self.get(&of_customer(complaint)).await?;
        item.extend(
            of_customer
                .as_ref()
                .and_then(|item| item.get_key_value(GIST))
                .map(|(name, gist)| (name.clone(), gist.clone())),
        );
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
