//! The command line.

use std::ffi::OsString;
use std::path::PathBuf;

use jiff::Timestamp;
use lexopt::prelude::*;

pub(crate) const HELP: &str = "\
The complaints desk on this machine: form, mail, clock and all, without AWS.

Usage: cargo run [-- OPTIONS]

  --port N         listen on 127.0.0.1:N [8787]; 0 takes a free one
  --data DIR       keep everything in DIR [.local/]
  --memory         keep nothing
  --start INSTANT  begin at this time instead of now, as 2026-11-02T09:00:00Z; a folder used before goes on from its
                   own time when that is later
  --policy FILE    a policy document (TOML) in place of the built-in one
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
                wanted.start = Some(parsed(&mut parser, "--start", "an instant like 2026-11-02T09:00:00Z")?);
            }
            Long("data") => wanted.data = Some(path(&mut parser)?),
            Long("policy") => wanted.policy = Some(path(&mut parser)?),
            Long("origins") => wanted.origins = Some(text(&mut parser)?),
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
            ("--memory --data x", "--memory and --data exclude each other"),
        ] {
            assert_eq!(reading(line), Err(problem.to_owned()));
        }
    }
}
