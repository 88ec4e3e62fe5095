//! The records of who looked at what: written once, never changed, kept as long as what they are about.

use aws_sdk_dynamodb::operation::put_item::PutItemError;

use super::{Ledger, write::json};
use crate::{
    access::Access,
    shell::{
        StepError,
        keys::{self, text},
    },
};

/// How many of the latest accesses are shown.
const MOST_SHOWN: i32 = 50;

impl Ledger<'_> {
    /// Records an access to what `subject` names. Until it is recorded, nothing may be shown.
    pub async fn note_access(self, subject: &str, access: &Access) -> Result<(), StepError> {
        let key = keys::access(subject, access.at, &access.request);
        let mut item = key.item();
        item.insert("record".to_owned(), text(json(access, &key)?));
        let put = self
            .client()
            .put_item()
            .table_name(self.table()?)
            .set_item(Some(item))
            .condition_expression("attribute_not_exists(pk)");
        match put.send().await {
            Ok(_) => Ok(()),
            // The key names the request: the answer to an earlier attempt was lost after it was written.
            Err(error)
                if error
                    .as_service_error()
                    .is_some_and(PutItemError::is_conditional_check_failed_exception) =>
            {
                Ok(())
            }
            Err(error) => Err(StepError::call("record an access", &key.to_string(), &error)),
        }
    }

    /// The latest accesses to what `subject` names, the newest first.
    pub async fn accesses(self, subject: &str) -> Result<Vec<Access>, StepError> {
        self.latest(&keys::accesses(subject), MOST_SHOWN).await
    }
}
