//! Adds to the figures of the reports what they lack: `recount --table NAME --since INSTANT`.

use std::{ffi::OsString, process::ExitCode};

use complaints::shell::{
    ledger::RECOUNTED_WITHIN,
    operator::{Table, end, say, value},
};
use jiff::Timestamp;
use lexopt::prelude::*;

const HELP: &str = "\
Counts each event of the table that the figures of the reports lack, because the step tally-events gave up on it.
What was counted is not counted again, however often this is run.

Usage: recount --table NAME --since INSTANT [OPTIONS]

  --table NAME     the table
  --since INSTANT  events recorded from then on, as 2026-11-02T09:00:00Z; at most 60 days ago
  --policy FILE    what differs from the shipped policy, as it is deployed
  --endpoint URL   where AWS is, such as http://localhost:8787 for the local twin; else as the environment says
  --shards N       the partitions of the index of due dates, the parameter DueShards of the deployment [1]
  --help           show this

Region and credentials come from the environment. They need the rights to Scan, PutItem and UpdateItem on the table.
It ends with 0 when it is done, 2 when it is not.";

#[derive(Default)]
struct Wish {
    table: Table,
    since: Option<Timestamp>,
    policy: Option<String>,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    end(run(std::env::args_os().skip(1)).await)
}

async fn run(arguments: impl IntoIterator<Item = OsString>) -> Result<ExitCode, String> {
    match read(arguments)? {
        Some(wish) => recount(wish).await,
        None => say(HELP).map(|()| ExitCode::SUCCESS),
    }
}

/// What to do; none when only help is asked for.
fn read(arguments: impl IntoIterator<Item = OsString>) -> Result<Option<Wish>, String> {
    let mut parser = lexopt::Parser::from_args(arguments);
    let mut wish = Wish::default();
    while let Some(argument) = parser.next().map_err(|error| error.to_string())? {
        match argument {
            Long("help") | Short('h') => return Ok(None),
            Long("since") => wish.since = Some(instant(&value(&mut parser)?)?),
            Long("policy") => wish.policy = Some(policy(&value(&mut parser)?)?),
            Long(option) => {
                let option = option.to_owned();
                if !wish.table.takes(&option, &mut parser)? {
                    return Err(format!("invalid option '--{option}'; --help shows what there is"));
                }
            }
            other => return Err(format!("{}; --help shows what there is", other.unexpected())),
        }
    }
    wish.table.name()?;
    Ok(Some(wish))
}

fn instant(text: &str) -> Result<Timestamp, String> {
    text.parse().map_err(|_| format!("--since {text:?} is not an instant like 2026-11-02T09:00:00Z"))
}

fn policy(file: &str) -> Result<String, String> {
    std::fs::read_to_string(file).map_err(|error| format!("the policy {file} cannot be read: {error}"))
}

async fn recount(Wish { table, since, policy }: Wish) -> Result<ExitCode, String> {
    let since = since.ok_or("since when? --since says it, --help shows the rest")?;
    let shell = table.shell(policy).await?;
    if shell.now().duration_since(since) > RECOUNTED_WITHIN {
        return Err(format!("--since {since} is more than {} days ago", RECOUNTED_WITHIN.as_hours() / 24));
    }
    let recounted = shell.ledger().recount(since).await.map_err(|error| table.refused(&error))?;
    say(&recounted.to_string())?;
    Ok(ExitCode::SUCCESS)
}
