//! Checks a whole table: `verify --table NAME`. Reads only; what it finds is one line each on standard output.

use std::{ffi::OsString, process::ExitCode};

use complaints::shell::operator::{Table, end, say};
use lexopt::prelude::*;

const HELP: &str = "\
Checks a table of complaints, and changes nothing: events without a gap, their chain of hashes, the complaint that
they give, the indexes it is found by, and events that were not published.

Usage: verify --table NAME [OPTIONS]

  --table NAME     the table
  --endpoint URL   where AWS is, such as http://localhost:8787 for the local twin; else as the environment says
  --shards N       the partitions of the index of due dates, the parameter DueShards of the deployment [1]
  --help           show this

Region and credentials come from the environment. They need the rights to Scan, Query and GetItem on the table.
It ends with 0 when it finds nothing, 1 when it finds something, 2 when it cannot check.";

const FOUND: u8 = 1;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    end(run(std::env::args_os().skip(1)).await)
}

async fn run(arguments: impl IntoIterator<Item = OsString>) -> Result<ExitCode, String> {
    match read(arguments)? {
        Some(table) => check(&table).await,
        None => say(HELP).map(|()| ExitCode::SUCCESS),
    }
}

/// The table to check; none when only help is asked for.
fn read(arguments: impl IntoIterator<Item = OsString>) -> Result<Option<Table>, String> {
    let mut parser = lexopt::Parser::from_args(arguments);
    let mut table = Table::default();
    while let Some(argument) = parser.next().map_err(|error| error.to_string())? {
        match argument {
            Long("help") | Short('h') => return Ok(None),
            Long(option) => {
                let option = option.to_owned();
                if !table.takes(&option, &mut parser)? {
                    return Err(format!("invalid option '--{option}'; --help shows what there is"));
                }
            }
            other => return Err(format!("{}; --help shows what there is", other.unexpected())),
        }
    }
    table.name()?;
    Ok(Some(table))
}

async fn check(table: &Table) -> Result<ExitCode, String> {
    let shell = table.shell(None).await?;
    let mut told = Ok(());
    let verified = shell.ledger().verify(|fault| {
        if told.is_ok() {
            told = say(&fault.to_string());
        }
    });
    let verified = verified.await.map_err(|error| table.refused(&error))?;
    told?;
    say(&verified.to_string())?;
    Ok(if verified.faults == 0 { ExitCode::SUCCESS } else { ExitCode::from(FOUND) })
}
