//! Somebody with the rights of an operator: checks the whole table, and changes it by hand as nobody may.

use std::collections::HashMap;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::AttributeValue;
use complaints::actor::Actor;
use complaints::command::Command;
use complaints::shell::ledger::{Change, Done, NotDone, Recounted, Verified};
use complaints::shell::{Chance, Config, Shell};
use complaints::values::ComplaintId;

use super::Desk;

pub(crate) type Item = HashMap<String, AttributeValue>;

pub(crate) struct Inspector {
    shell: Shell,
    client: Client,
    table: String,
}

impl Inspector {
    pub(crate) fn of(desk: &Desk) -> Inspector {
        Inspector::with_shards(desk, 1)
    }

    /// Who takes the table to have so many shards.
    pub(crate) fn with_shards(desk: &Desk, shards: u32) -> Inspector {
        let (door, table) = desk.world.operators();
        let config = Config::read(|name| match name {
            "TABLE" => Some(table.clone()),
            "SHARDS" => Some(shards.to_string()),
            _ => None,
        });
        let config = config.unwrap();
        let client = Client::new(&door);
        Inspector { shell: Shell::new(door, config, Chance::System), client, table }
    }

    /// What the check of the whole table says: line by line, and all together.
    pub(crate) async fn verifies(&self) -> (Vec<String>, Verified) {
        let mut lines = Vec::new();
        let verified = self.shell.ledger().verify(|fault| lines.push(fault.to_string())).await.unwrap();
        assert_eq!(lines.len(), verified.faults);
        (lines, verified)
    }

    /// Adds to the figures what they lack of the last days.
    pub(crate) async fn recounts(&self) -> Recounted {
        self.recounts_since(self.shell.now() - jiff::SignedDuration::from_hours(24 * 7)).await
    }

    /// Adds to the figures what they lack of what was recorded since then.
    pub(crate) async fn recounts_since(&self, since: jiff::Timestamp) -> Recounted {
        self.shell.ledger().recount(since).await.unwrap()
    }

    /// Takes all figures away, and what says what is in them: as if the step on the stream had given up on every event.
    pub(crate) async fn forgets_all_figures(&self) {
        for item in self.all().await {
            let part = |name: &str| item[name].as_s().unwrap().clone();
            let (pk, sk) = (part("pk"), part("sk"));
            if pk.starts_with("F#") || (pk.starts_with("S#") && sk == "tally") {
                self.removes(&pk, &sk).await;
            }
        }
    }

    /// Carries out a command without what its step looks at before.
    pub(crate) async fn carries_out(
        &self,
        complaint: &str,
        actor: Actor,
        command: Command,
    ) -> Result<Done, NotDone> {
        let complaint = ComplaintId::parse(complaint).unwrap();
        let change = Change::by_system(&self.shell, complaint, command, None).unwrap();
        self.shell.ledger().execute(Change { actor, ..change }).await
    }

    /// An item as it stands.
    pub(crate) async fn takes(&self, pk: &str, sk: &str) -> Item {
        let got = self.client.get_item().table_name(&self.table).set_key(Some(key(pk, sk)));
        got.send().await.unwrap().item.unwrap_or_else(|| panic!("no item {pk} {sk}"))
    }

    /// Everything there is.
    pub(crate) async fn all(&self) -> Vec<Item> {
        let scan = self.client.scan().table_name(&self.table).consistent_read(true).into_paginator();
        scan.items().send().collect::<Result<Vec<_>, _>>().await.unwrap()
    }

    /// Puts an item in the place that it names.
    pub(crate) async fn puts(&self, item: Item) {
        self.client.put_item().table_name(&self.table).set_item(Some(item)).send().await.unwrap();
    }

    /// Takes an item away.
    pub(crate) async fn removes(&self, pk: &str, sk: &str) {
        let delete = self.client.delete_item().table_name(&self.table).set_key(Some(key(pk, sk)));
        delete.send().await.unwrap();
    }

    /// Sets a text of an item to what `change` makes of it.
    pub(crate) async fn changes(&self, pk: &str, sk: &str, name: &str, change: impl Fn(&str) -> String) {
        let mut item = self.takes(pk, sk).await;
        let text = change(item[name].as_s().unwrap());
        assert_ne!(item[name].as_s().unwrap(), &text, "it is changed");
        item.insert(name.to_owned(), AttributeValue::S(text));
        self.puts(item).await;
    }
}

pub(crate) fn key(pk: &str, sk: &str) -> Item {
    [("pk", pk), ("sk", sk)].map(|(name, part)| (name.to_owned(), AttributeValue::S(part.to_owned()))).into()
}
