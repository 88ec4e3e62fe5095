//! The command line.

use std::ffi::OsString;
use std::path::PathBuf;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use lexopt::prelude::*;

pub(crate) const HELP: &str = "\
The complaints desk on this machine: form, mail, clock and all, without AWS.

Usage: cargo run [-- OPTIONS]

  --port N         listen on 127.0.0.1:N [8787]; 0 takes a free one
  --data DIR       keep everything in DIR [.local/]
  --memory         keep nothing
  --start INSTANT  begin at this time instead of now, as 2026-11-02T09:00:00Z; a folder used before goes on from its
                   own time when that is later
  --policy FILE    what a policy has other than the built-in one (TOML)
  --origins LIST   web origins, comma-separated, that may have the form in their pages, as https://www.example.org
  --template FILE  another template than infra/template.yaml
  --help           show this";

#[derive(Debug, PartialEq)]
pub(crate) enum Wish {
    Help,
    Run(Arguments),
}

#[derive(Debug, PartialEq)]
pub(crate) struct Arguments {
    pub(crate) port: u16,
    /// None keeps everything in memory.
    pub(crate) data: Option<PathBuf>,
    pub(crate) start: Option<Timestamp>,
    pub(crate) policy: Option<PathBuf>,
    /// None lets nobody.
    pub(crate) origins: Option<String>,
    pub(crate) template: Option<PathBuf>,
}

/// Reads the arguments, or says in one line what is wrong with them.
pub(crate) fn read(arguments: impl IntoIterator<Item = OsString>) -> Result<Wish, String> {
    let mut parser = lexopt::Parser::from_args(arguments);
    let mut wanted =
        Arguments { port: 8787, data: None, start: None, policy: None, origins: None, template: None };
    let mut memory = false;
    while let Some(argument) = parser.next().map_err(|error| error.to_string())? {
        match argument {
            Long("help") | Short('h') => return Ok(Wish::Help),
            Long("memory") => memory = true,
            Long("port") => wanted.port = parsed(&mut parser, "--port", "a port number")?,
            Long("start") => {
                let start = parsed(&mut parser, "--start", "an instant like 2026-11-02T09:00:00Z")?;
                wanted.start = Some(within_reason(start)?);
            }
            Long("data") => wanted.data = Some(path(&mut parser)?),
            Long("policy") => wanted.policy = Some(path(&mut parser)?),
            Long("origins") => wanted.origins = Some(origins(&mut parser)?),
            Long("template") => wanted.template = Some(path(&mut parser)?),
            other => return Err(format!("{}; --help shows what there is", other.unexpected())),
        }
    }
    match (memory, &wanted.data) {
        (true, Some(_)) => return Err("--memory and --data exclude each other".into()),
        (false, None) => wanted.data = Some(PathBuf::from(".local")),
        (true, None) | (false, Some(_)) => {}
    }
    Ok(Wish::Run(wanted))
}

fn parsed<T: std::str::FromStr>(parser: &mut lexopt::Parser, name: &str, wanted: &str) -> Result<T, String> {
    let value = parser.value().map_err(|error| error.to_string())?;
    let text = value.to_string_lossy();
    text.parse().map_err(|_| format!("{name} {text:?} is not {wanted}"))
}

fn text(parser: &mut lexopt::Parser) -> Result<String, String> {
    parser.value().and_then(ValueExt::string).map_err(|error| error.to_string())
}

/// A clock that stands before is taken for one that was not set, and no calendar reaches far beyond.
fn within_reason(start: Timestamp) -> Result<Timestamp, String> {
    match start.to_zoned(TimeZone::UTC).year() {
        2000..=2199 => Ok(start),
        _ => Err(format!("--start {start} is not within the years 2000 to 2199")),
    }
}

/// Origins as browsers name them: what is written otherwise would match none.
fn origins(parser: &mut lexopt::Parser) -> Result<String, String> {
    let list = text(parser)?;
    match list.split(',').find(|origin| !is_origin(origin)) {
        Some(other) => Err(format!("--origins {other:?} is not an origin like https://www.example.org")),
        None => Ok(list),
    }
}

fn is_origin(text: &str) -> bool {
    let place = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    place.is_some_and(|place| {
        let (host, port) = place.split_once(':').unwrap_or((place, "0"));
        let is_host = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-.".contains(&byte);
        let is_port = port.bytes().all(|byte| byte.is_ascii_digit()) && port.parse::<u16>().is_ok();
        !host.is_empty() && host.bytes().all(is_host) && is_port
    })
}

fn path(parser: &mut lexopt::Parser) -> Result<PathBuf, String> {
    parser.value().map(PathBuf::from).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(line: &str) -> Result<Wish, String> {
        read(line.split_whitespace().map(OsString::from))
    }

    #[test]
    fn without_arguments_it_is_the_usual_port_and_folder() {
        let data = Some(PathBuf::from(".local"));
        let usual = Arguments { port: 8787, data, start: None, policy: None, origins: None, template: None };
        assert_eq!(reading(""), Ok(Wish::Run(usual)));
    }

    #[test]
    fn every_argument_is_taken() {
        let Ok(Wish::Run(all)) = reading(
            "--port=0 --data x --start 2026-11-02T09:00:00+01:00 --policy p.toml --template t.yaml --origins https://a.example",
        ) else {
            panic!("refused");
        };
        assert_eq!((all.port, all.data), (0, Some("x".into())));
        assert_eq!(all.start.unwrap().to_string(), "2026-11-02T08:00:00Z");
        assert_eq!((all.policy, all.template), (Some("p.toml".into()), Some("t.yaml".into())));
        assert_eq!(all.origins.as_deref(), Some("https://a.example"));
        assert_eq!(reading("--memory --help"), Ok(Wish::Help));
    }

    #[test]
    fn what_is_wrong_is_said_in_one_line() {
        for (line, problem) in [
            ("--prot 1", "invalid option '--prot'; --help shows what there is"),
            ("1", "unexpected argument \"1\"; --help shows what there is"),
            ("--port many", "--port \"many\" is not a port number"),
            ("--port 70000", "--port \"70000\" is not a port number"),
            ("--port", "missing argument for option '--port'"),
            ("--start now", "--start \"now\" is not an instant like 2026-11-02T09:00:00Z"),
            (
                "--start 1999-12-31T23:59:59Z",
                "--start 1999-12-31T23:59:59Z is not within the years 2000 to 2199",
            ),
            (
                "--start 9999-01-01T00:00:00Z",
                "--start 9999-01-01T00:00:00Z is not within the years 2000 to 2199",
            ),
            ("--memory --data x", "--memory and --data exclude each other"),
        ] {
            assert_eq!(reading(line), Err(problem.to_owned()));
        }
    }

    #[test]
    fn origins_are_what_browsers_call_so() {
        let good = "http://localhost:3000,https://www.a.example,https://127.0.0.1:8443";
        let Ok(Wish::Run(all)) = reading(&format!("--origins {good}")) else { panic!("refused") };
        assert_eq!(all.origins.as_deref(), Some(good));
        for other in [
            "*",
            "a.example",
            "ftp://a.example",
            "https://",
            "https://A.example",
            "https://a.example/",
            "https://a.example/form",
            "https://a.example:x",
            "https://a.example:70000",
            "https://a.example:",
            "https://ann@a.example",
        ] {
            let problem = format!("--origins {other:?} is not an origin like https://www.example.org");
            assert_eq!(reading(&format!("--origins https://b.example,{other}")), Err(problem));
        }
    }
}
