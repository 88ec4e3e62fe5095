//! Management's actions on reports: each in a place of its own that nobody writes twice, numbered without a gap, and its
//! end beside it.

use std::collections::HashMap;

use jiff::civil::Date;

use super::{
    Shell, StepError,
    keys::{self, Item, Key, get_text, text},
    ledger::{json, record},
};
use crate::{
    figures::Period,
    report::{ActionEnd, ActionWords, MOST_ACTIONS, ManagementAction},
    values::{Digest, StaffId},
};

/// So far back actions are looked for, in months.
const MOST_MONTHS: usize = 36;
/// The attribute that names the sending an action came with.
const SENT: &str = "sent";

/// An action that somebody decides on.
#[derive(Clone, Debug)]
pub struct NewAction {
    /// The month of the report.
    pub report: Period,
    /// What is to be done.
    pub what: ActionWords,
    /// Who sees to it.
    pub owner: StaffId,
    /// By the end of which day.
    pub due: Date,
    /// Who decides.
    pub by: StaffId,
    /// Names the sending, where it has a name.
    pub key: Option<String>,
}

/// What came of recording an action, or its end.
#[derive(Clone, Debug)]
pub enum Came {
    /// It stands now.
    New(ManagementAction),
    /// It stood before.
    Again(ManagementAction),
    /// The sending of this name brought something else before, or the action ended otherwise.
    Otherwise,
    /// There are as many as one report may have.
    TooMany,
    /// There is no such action.
    Nothing,
}

impl Shell {
    /// The actions on one report, in the order of recording.
    pub async fn actions_on(&self, report: Period) -> Result<Vec<ManagementAction>, StepError> {
        folded(&self.action_items(report, report).await?)
    }

    /// The actions on the reports of the last three years.
    pub async fn actions(&self) -> Result<Vec<ManagementAction>, StepError> {
        let latest = Period::of(self.now(), &self.policy().calendar);
        let earliest = (0..MOST_MONTHS).fold(latest, |month, _| month.previous());
        folded(&self.action_items(earliest, latest).await?)
    }

    /// Records an action in the next place that is free; what was sent before is where it was.
    pub async fn record_action(&self, new: NewAction) -> Result<Came, StepError> {
        let sent = match &new.key {
            Some(key) => Digest::of(key.as_bytes()).to_string(),
            // Tells an answer that was lost on the way from somebody else's action.
            None => self.new_command_id()?.to_string(),
        };
        loop {
            let items = self.action_items(new.report, new.report).await?;
            if let Some(item) = items.iter().find(|item| get_text(item, SENT) == Some(&sent)) {
                let before: ManagementAction = record(item, &key_of(item))?;
                let is_same = (&before.what, &before.owner, before.due) == (&new.what, &new.owner, new.due);
                return Ok(if is_same { Came::Again(before) } else { Came::Otherwise });
            }
            let number = folded(&items)?.last().map_or(0, |last| last.number) + 1;
            if number > MOST_ACTIONS {
                return Ok(Came::TooMany);
            }
            let action = ManagementAction {
                report: new.report,
                number,
                what: new.what.clone(),
                owner: new.owner.clone(),
                due: new.due,
                recorded_at: self.now(),
                recorded_by: new.by.clone(),
                ended: None,
            };
            let key = keys::action(new.report, number);
            let mut item = key.item();
            item.insert("record".to_owned(), text(json(&action, &key)?));
            item.insert(SENT.to_owned(), text(&sent));
            // Taken meanwhile: by somebody else, or by this very sending.
            if self.ledger().put_new(&key, item).await? {
                return Ok(Came::New(action));
            }
        }
    }

    /// Records what became of an action, once.
    pub async fn end_action(&self, report: Period, number: u8, end: ActionEnd) -> Result<Came, StepError> {
        let key = keys::action(report, number);
        let Some(item) = self.ledger().get(&key).await? else { return Ok(Came::Nothing) };
        let action: ManagementAction = record(&item, &key)?;
        let key = keys::action_end(report, number);
        let mut item = key.item();
        item.insert("record".to_owned(), text(json(&end, &key)?));
        if self.ledger().put_new(&key, item).await? {
            return Ok(Came::New(ManagementAction { ended: Some(end), ..action }));
        }
        let item = self.ledger().get(&key).await?;
        let item =
            item.ok_or_else(|| StepError::give_up("read", key.to_string(), "it was there just now"))?;
        let before: ActionEnd = record(&item, &key)?;
        Ok(if (before.how, &before.reason) == (end.how, &end.reason) {
            Came::Again(ManagementAction { ended: Some(before), ..action })
        } else {
            Came::Otherwise
        })
    }

    /// The items of the actions on the reports from one month to another, as they are now, page by page to the end.
    async fn action_items(&self, first: Period, last: Period) -> Result<Vec<Item>, StepError> {
        let mut items = Vec::new();
        let mut from = None;
        loop {
            let page = self
                .dynamo
                .query()
                .table_name(self.config.table()?)
                .consistent_read(true)
                .key_condition_expression("pk = :pk AND sk BETWEEN :first AND :last")
                .expression_attribute_values(":pk", text(keys::ACTIONS))
                .expression_attribute_values(":first", text(format!("{first}#")))
                // What sorts after all numbers and their ends.
                .expression_attribute_values(":last", text(format!("{last}#~")))
                .set_exclusive_start_key(from)
                .send()
                .await
                .map_err(|error| StepError::call("query", keys::ACTIONS, &error))?;
            items.extend(page.items.unwrap_or_default());
            from = page.last_evaluated_key;
            if from.is_none() {
                return Ok(items);
            }
        }
    }
}

/// The actions of these items, each with its end.
fn folded(items: &[Item]) -> Result<Vec<ManagementAction>, StepError> {
    let (mut actions, mut ends) = (Vec::new(), HashMap::new());
    for item in items {
        let key = key_of(item);
        match key.sk.strip_suffix("#end") {
            Some(of) => drop(ends.insert(of.to_owned(), record::<ActionEnd>(item, &key)?)),
            None => actions.push((record::<ManagementAction>(item, &key)?, key.sk)),
        }
    }
    Ok(actions
        .into_iter()
        .map(|(action, sk)| ManagementAction { ended: ends.remove(&sk), ..action })
        .collect())
}

fn key_of(item: &Item) -> Key {
    Key::new(keys::ACTIONS, get_text(item, "sk").unwrap_or_default())
}
