//! What the programs of an operator have in common: which table they are for, how they reach it, how they end.

use std::{io::Write, process::ExitCode};

use lexopt::{Parser, ValueExt};

use super::{Chance, Config, Shell, StepError, step};

/// The code that a program ends with when it could not do its work.
const NOT_DONE: u8 = 2;

/// The table that a program is for, as its options say.
#[derive(Debug, PartialEq)]
pub struct Table {
    name: Option<String>,
    endpoint: Option<String>,
    shards: u32,
}

impl Default for Table {
    fn default() -> Table {
        Table { name: None, endpoint: None, shards: 1 }
    }
}

impl Table {
    /// Takes the value of `--table`, `--endpoint` or `--shards`; says whether the option was one of these.
    pub fn takes(&mut self, option: &str, parser: &mut Parser) -> Result<bool, String> {
        match option {
            "table" => self.name = Some(value(parser)?).filter(|name| !name.is_empty()),
            "endpoint" => self.endpoint = Some(address(value(parser)?)?),
            "shards" => self.shards = shards(&value(parser)?)?,
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// Its name, or that none was given.
    pub fn name(&self) -> Result<&str, String> {
        let name = self.name.as_deref();
        name.ok_or_else(|| "which table? --table names it, --help shows the rest".to_owned())
    }

    /// The way to it, with what differs from the built-in policy.
    pub async fn shell(&self, policy: Option<String>) -> Result<Shell, String> {
        let name = self.name()?;
        let door = step::door(self.endpoint.as_deref()).await;
        if door.region().is_none() {
            return Err("which region? AWS_REGION names it".to_owned());
        }
        let config = Config::read(|variable| match variable {
            "TABLE" => Some(name.to_owned()),
            "SHARDS" => Some(self.shards.to_string()),
            "POLICY" => policy.clone(),
            _ => None,
        });
        Ok(Shell::new(door, config.map_err(|error| error.to_string())?, Chance::System))
    }

    /// What went wrong at it, in one line.
    pub fn refused(&self, error: &StepError) -> String {
        let (StepError::Retry { cause, .. } | StepError::GiveUp { cause, .. }) = error;
        format!("the table {} cannot be read: {cause}", self.name.as_deref().unwrap_or_default())
    }
}

/// The value of the option that was read last.
pub fn value(parser: &mut Parser) -> Result<String, String> {
    parser.value().and_then(ValueExt::string).map_err(|error| error.to_string())
}

/// Writes a line to standard output.
pub fn say(line: &str) -> Result<(), String> {
    writeln!(std::io::stdout(), "{line}").map_err(|error| error.to_string())
}

/// Ends as the work did: with its own code, or with 2 and one line on standard error.
pub fn end(work: Result<ExitCode, String>) -> ExitCode {
    work.unwrap_or_else(|problem| {
        // Where standard error is gone too, there is nobody to tell.
        drop(writeln!(std::io::stderr(), "error: {problem}"));
        ExitCode::from(NOT_DONE)
    })
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

fn shards(text: &str) -> Result<u32, String> {
    let number = text.parse().ok().filter(|number| (1..=100).contains(number));
    number.ok_or_else(|| format!("--shards {text:?} is not a number from 1 to 100"))
}
