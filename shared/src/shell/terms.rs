//! Which policy a complaint is handled under: today's, with the times of the version that it came in under.
//!
//! The times of a version are written with the first complaint that an instance takes in, so that there is no complaint
//! without them. They are read only where one of another version is met, and then once by each instance of a step.

use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use jiff::Timestamp;

use super::{
    Shell, StepError,
    keys::{self, Item, text},
    ledger::{json, record_text},
};
use crate::{
    complaint::Complaint,
    policy::{Policy, Terms},
};

/// So many versions before the deployed one are looked for where that is not in force yet.
const MOST_BEFORE: u32 = 20;

/// What this instance knows of the versions.
#[derive(Debug, Default)]
pub(super) struct Known {
    kept: AtomicBool,
    under: Mutex<BTreeMap<u32, Arc<Policy>>>,
}

impl Shell {
    /// The policy that this complaint is handled under.
    pub async fn policy_of(&self, complaint: &Complaint) -> Result<Arc<Policy>, StepError> {
        if let Some(policy) = self.policy_under(complaint.policy).await? {
            return Ok(policy);
        }
        // Better handled by today's times than by none.
        tracing::error!(complaint = %complaint.id, version = complaint.policy, "the times of a policy are not kept");
        Ok(Arc::clone(&self.config.policy))
    }

    /// The policy for what the customer complained of at this instant: the newest version that was in force then, as far
    /// as its times are kept. Where there is none, the deployed one has to do.
    pub(super) async fn policy_at(&self, received_at: Timestamp) -> Result<Arc<Policy>, StepError> {
        let own = &self.config.policy;
        if own.applies(own.effective, received_at) {
            return Ok(Arc::clone(own));
        }
        for version in (1..own.version).rev().take(MOST_BEFORE.try_into().unwrap_or(usize::MAX)) {
            if let Some(policy) = self.policy_under(version).await?
                && own.applies(policy.effective, received_at)
            {
                return Ok(policy);
            }
        }
        Ok(Arc::clone(own))
    }

    /// The times of the versions before the deployed one, the latest first, as far as they are kept: of the last
    /// twenty versions, those that a complaint came in under.
    pub async fn earlier_terms(&self) -> Result<Vec<Terms>, StepError> {
        let mut earlier = Vec::new();
        for version in (1..self.policy().version).rev().take(MOST_BEFORE.try_into().unwrap_or(usize::MAX)) {
            earlier.extend(self.policy_under(version).await?.map(|policy| policy.terms()));
        }
        Ok(earlier)
    }

    async fn policy_under(&self, version: u32) -> Result<Option<Arc<Policy>>, StepError> {
        let own = &self.config.policy;
        if version == own.version {
            return Ok(Some(Arc::clone(own)));
        }
        let known = self.terms.under.lock().unwrap_or_else(PoisonError::into_inner).get(&version).cloned();
        if known.is_some() {
            return Ok(known);
        }
        let key = keys::terms(version);
        let Some(item) = self.ledger().get(&key).await? else { return Ok(None) };
        let kept = Terms::read(record_text(&item, &key)?, own)
            .map_err(|error| StepError::give_up("read", key.to_string(), error))?;
        let policy = Arc::new(own.under(kept));
        self.terms.under.lock().unwrap_or_else(PoisonError::into_inner).insert(version, Arc::clone(&policy));
        Ok(Some(policy))
    }

    /// The deployed policy's times, to be written with a complaint, so that they are still known when another one is
    /// deployed; none where this instance has written them before.
    pub(super) fn terms_item(&self) -> Result<Option<Item>, StepError> {
        if self.terms.kept.load(Ordering::Relaxed) {
            return Ok(None);
        }
        let key = keys::terms(self.policy().version);
        let mut item = key.item();
        item.insert("record".to_owned(), text(json(&self.policy().terms(), &key)?));
        Ok(Some(item))
    }

    /// They were written.
    pub(super) fn terms_are_kept(&self) {
        self.terms.kept.store(true, Ordering::Relaxed);
    }
}
