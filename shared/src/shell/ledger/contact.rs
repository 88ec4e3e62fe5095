//! Contact data put right: the form as it is kept from now on, and what its complaint is found by.
//!
//! The form stands in its old place, so that whoever reads it need know of nothing; what was there before is a text of the
//! record. The complaint leaves the places of what it is not found by any more in the same request.

use std::collections::BTreeSet;

use aws_sdk_dynamodb::types::TransactWriteItem;

use super::{
    Ledger, PrivateText,
    found::{found_in, note_found_by},
    group::{item_of_customer, of_customer},
    read::posted,
    receive::form_text,
    transaction, write,
};
use crate::{
    command::{ContactData, Reach},
    complaint::Complaint,
    intake::Intake,
    shell::{
        StepError,
        keys::{self, number},
    },
    values::{ComplaintId, Digest},
};

/// The attribute of a form's item that says how often its address had been put right.
pub(super) const ADDRESSES: &str = "addresses";

/// A form in the place of another.
#[derive(Clone, Debug)]
pub struct Correction {
    /// As it was.
    pub before: Intake,
    /// As it is right.
    pub after: Intake,
    form: PrivateText,
    /// What the complaint was found by.
    was_found_by: BTreeSet<Digest>,
}

impl Ledger<'_> {
    /// What becomes of a complaint's form by this; none once it is erased.
    pub async fn correction(
        self,
        id: ComplaintId,
        right: impl FnOnce(&Intake) -> Intake,
    ) -> Result<Option<Correction>, StepError> {
        let key = keys::intake(id);
        let Some(item) = self.get(&key).await? else { return Ok(None) };
        let before = posted(&item, &key)?;
        let after = right(&before);
        let form = form_text(self, &after)?;
        Ok(Some(Correction { before, after, form, was_found_by: found_in(&item, &key)? }))
    }

    /// What the record is told of it.
    pub fn contact(self, correction: &Correction) -> Result<ContactData, StepError> {
        let Correction { before, after, form, .. } = correction;
        let reach = if after.email.is_some() { Reach::Email } else { Reach::PhoneOnly };
        Ok(ContactData {
            form: form.reference(),
            reach: (before.email != after.email).then_some(reach),
            customer: self.customer(after)?,
            language: self.shell.policy().language(after.language),
        })
    }

    /// The writes that put it right.
    pub(super) fn correction_writes(
        self,
        correction: &Correction,
        (before, after): (&Complaint, &Complaint),
    ) -> Result<Vec<TransactWriteItem>, StepError> {
        let (table, id) = (self.table()?, after.id);
        let found_by = self.found_by(&correction.after)?;
        let mut form = write::private_item(&keys::intake(id), &correction.form);
        note_found_by(&mut form, &found_by);
        form.insert(ADDRESSES.to_owned(), number(after.addresses));
        let mut writes = vec![transaction::put(table, form)?];
        writes.extend(self.found_writes(id, &found_by)?);
        for gone in correction.was_found_by.difference(&found_by) {
            writes.push(transaction::delete(table, &keys::found_by(gone, id))?);
        }
        if before.customer != after.customer {
            writes.push(transaction::delete(table, &of_customer(before))?);
            let told = correction.after.description.as_str();
            writes.push(transaction::put(table, item_of_customer(after, told))?);
        }
        Ok(writes)
    }
}
