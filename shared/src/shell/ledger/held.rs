//! Posts held back as suspected spam: answered like any other, visible to staff, counted apart, no complaint and no mail.

use aws_sdk_dynamodb::types::TransactWriteItem;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    Ledger,
    read::record,
    receive::{Receiving, Suspicion},
    transaction, write,
};
use crate::{
    complaint::Complaint,
    figures::Period,
    intake::Intake,
    shell::{
        StepError,
        keys::{self, Key, number, text},
    },
    values::{ComplaintId, Reference},
};

/// The item of the figures that counts held posts.
const COUNTED: &str = "held#all";

/// A post that is held.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct HeldPost {
    /// The id it would have as a complaint.
    pub id: ComplaintId,
    /// The reference that was answered.
    pub reference: Reference,
    /// When it came.
    pub received_at: Timestamp,
    /// Why it is held.
    pub suspicion: Suspicion,
    /// What was posted.
    pub complaint: Intake,
}

/// A page of held posts of one month.
#[derive(Clone, Debug, Serialize)]
pub struct HeldPage {
    /// The posts.
    pub held: Vec<HeldPost>,
    /// Where the next page begins; none on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

impl Ledger<'_> {
    /// The items of a post that is held, in place of a complaint's.
    pub(super) fn held_writes(
        self,
        receiving: &Receiving,
        complaint: &Complaint,
        suspicion: Suspicion,
    ) -> Result<Vec<TransactWriteItem>, StepError> {
        let table = self.table()?;
        let month = self.month(receiving.received_at);
        let post = HeldPost {
            id: complaint.id,
            reference: complaint.reference,
            received_at: receiving.received_at,
            suspicion,
            complaint: receiving.intake.clone(),
        };
        let key = keys::held(&month, complaint.id);
        let mut item = key.item();
        item.insert("record".to_owned(), text(write::json(&post, &key)?));
        let figure = Key::new(keys::figures(&month), format!("{COUNTED}#0"));
        let count = transaction::update(table, &figure, "ADD held :one", None, [(":one", number(1))])?;
        Ok(vec![transaction::put_new(table, item)?, count])
    }

    /// The posts held in a month, the earliest first, with the month before as far back as a year.
    pub async fn held(self, month: Period) -> Result<HeldPage, StepError> {
        let partition = keys::held_month(&month.to_string());
        let key = Key::new(&partition, "*");
        let items = self.partition(&partition).await?;
        let held = items.iter().map(|item| record(item, &key)).collect::<Result<Vec<_>, _>>()?;
        Ok(HeldPage { held, cursor: self.month_before(month) })
    }

    fn month(self, at: Timestamp) -> String {
        Period::of(at, &self.shell.policy().calendar).to_string()
    }

    /// None where that is too long ago to be worth a look.
    fn month_before(self, month: Period) -> Option<String> {
        let before = month.previous();
        let oldest = self.shell.now().checked_sub(jiff::SignedDuration::from_hours(24 * 366)).ok()?;
        let oldest = Period::of(oldest, &self.shell.policy().calendar);
        (before >= oldest).then(|| before.to_string())
    }
}
