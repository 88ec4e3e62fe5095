//! Checks a whole table: `verify --table NAME`. Reads only; what it finds is one line each on standard output.

use std::{ffi::OsString, io::Write, process::ExitCode};

use complaints::shell::{Chance, Config, Shell, StepError, ledger::Verified, step};
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
const NOT_CHECKED: u8 = 2;

#[derive(Debug, PartialEq)]
enum Wish {
    Help,
    Check(Arguments),
}

#[derive(Debug, PartialEq)]
struct Arguments {
    table: String,
    endpoint: Option<String>,
    shards: u32,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let outcome = match read(std::env::args_os().skip(1)) {
        Ok(Wish::Help) => say(HELP).map(|()| Verified::default()),
        Ok(Wish::Check(arguments)) => check(&arguments).await,
        Err(problem) => Err(problem),
    };
    match outcome {
        Ok(verified) if verified.faults == 0 => ExitCode::SUCCESS,
        Ok(_) => ExitCode::from(FOUND),
        Err(problem) => {
            // Where standard error is gone too, there is nobody to tell.
            drop(writeln!(std::io::stderr(), "error: {problem}"));
            ExitCode::from(NOT_CHECKED)
        }
    }
}

/// Reads the arguments, or says in one line what is wrong with them.
fn read(arguments: impl IntoIterator<Item = OsString>) -> Result<Wish, String> {
    let mut parser = lexopt::Parser::from_args(arguments);
    let (mut table, mut endpoint, mut shards) = (None, None, 1);
    while let Some(argument) = parser.next().map_err(|error| error.to_string())? {
        match argument {
            Long("help") | Short('h') => return Ok(Wish::Help),
            Long("table") => table = Some(text(&mut parser)?).filter(|name| !name.is_empty()),
            Long("endpoint") => endpoint = Some(address(text(&mut parser)?)?),
            Long("shards") => shards = number(&text(&mut parser)?)?,
            other => return Err(format!("{}; --help shows what there is", other.unexpected())),
        }
    }
    let table = table.ok_or("which table? --table names it, --help shows the rest")?;
    Ok(Wish::Check(Arguments { table, endpoint, shards }))
}

fn text(parser: &mut lexopt::Parser) -> Result<String, String> {
    parser.value().and_then(lexopt::ValueExt::string).map_err(|error| error.to_string())
}

fn address(text: String) -> Result<String, String> {
    let host = text.strip_prefix("http://").or_else(|| text.strip_prefix("https://"));
    match host {
        Some(host) if !host.is_empty() && !host.starts_with('/') && !text.contains(char::is_whitespace) => {
            Ok(text)
        }
        _ => Err(format!("--endpoint {text:?} is not an address like http://localhost:8787")),
    }
}

fn number(text: &str) -> Result<u32, String> {
    let number = text.parse().ok().filter(|number| (1..=100).contains(number));
    number.ok_or_else(|| format!("--shards {text:?} is not a number from 1 to 100"))
}

async fn check(arguments: &Arguments) -> Result<Verified, String> {
    let door = step::door(arguments.endpoint.as_deref()).await;
    if door.region().is_none() {
        return Err("which region? AWS_REGION names it".to_owned());
    }
    let config = Config::read(|name| match name {
        "TABLE" => Some(arguments.table.clone()),
        "SHARDS" => Some(arguments.shards.to_string()),
        _ => None,
    });
    let shell = Shell::new(door, config.map_err(|error| error.to_string())?, Chance::System);
    let mut told = Ok(());
    let verified = shell.ledger().verify(|fault| {
        if told.is_ok() {
            told = say(&fault.to_string());
        }
    });
    let verified = verified.await.map_err(|error| unreadable(&arguments.table, &error))?;
    told?;
    say(&verified.to_string())?;
    Ok(verified)
}

fn unreadable(table: &str, error: &StepError) -> String {
    let (StepError::Retry { cause, .. } | StepError::GiveUp { cause, .. }) = error;
    format!("the table {table} cannot be read: {cause}")
}

fn say(line: &str) -> Result<(), String> {
    writeln!(std::io::stdout(), "{line}").map_err(|error| error.to_string())
}
