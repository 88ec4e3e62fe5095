//! How much is at stake in a complaint.

use std::fmt;

use thiserror::Error;

use super::{InvalidValue, parsed_code};

/// How much is at stake; greater means more severe.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Small, no loss, can be put right on the spot.
    Low,
    /// Neither of the others.
    Normal,
    /// Legal threat, regulator named, vulnerable person harmed, large loss, second reopening.
    High,
    /// Danger to life or health, data breach, ongoing fraud, discrimination, wide public attention.
    Critical,
}

/// Why a text is no severity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum InvalidSeverity {
    /// It is none of the list.
    #[error("a severity is one of low, normal, high or critical")]
    Unknown,
}

impl InvalidValue for InvalidSeverity {
    fn code(&self) -> &'static str {
        "unknown_severity"
    }
}

impl Severity {
    /// All of them, the least severe first.
    pub const ALL: [Severity; 4] = [Severity::Low, Severity::Normal, Severity::High, Severity::Critical];

    /// Reads the name that [`code`](Severity::code) gives.
    pub fn parse(text: &str) -> Result<Severity, InvalidSeverity> {
        Severity::ALL.into_iter().find(|listed| listed.code() == text).ok_or(InvalidSeverity::Unknown)
    }

    /// The name used in records, figures and addresses.
    pub fn code(self) -> &'static str {
        match self {
            Severity::Low => "low",
            Severity::Normal => "normal",
            Severity::High => "high",
            Severity::Critical => "critical",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

parsed_code!(Severity, InvalidSeverity);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_severity_survives_its_written_form() {
        for listed in Severity::ALL {
            assert_eq!(listed.to_string().parse(), Ok(listed));
            let json = serde_json::to_string(&listed).unwrap();
            assert_eq!(json, format!("\"{listed}\""));
            assert_eq!(serde_json::from_str::<Severity>(&json).unwrap(), listed);
        }
        assert_eq!(Severity::parse("nonsense"), Err(InvalidSeverity::Unknown));
        assert_eq!(Severity::parse(""), Err(InvalidSeverity::Unknown));
    }

    #[test]
    fn critical_is_the_greatest_severity() {
        assert!(Severity::Critical > Severity::High);
        assert!(Severity::High > Severity::Normal);
        assert!(Severity::Normal > Severity::Low);
    }
}
