//! The way by which a complaint, a word or an answer came or went.

use std::fmt;

use thiserror::Error;

use super::{InvalidValue, parsed_code};

/// By which way something came from the customer, or went to them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Channel {
    /// The form or the private page.
    Web,
    /// A call.
    Phone,
    /// In person.
    Counter,
    /// On paper.
    Letter,
    /// By e-mail.
    Email,
    /// Any other way.
    Other,
}

/// Why a text is no channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum InvalidChannel {
    /// It is none of the list.
    #[error("a channel is one of web, phone, counter, letter, email or other")]
    Unknown,
}

impl InvalidValue for InvalidChannel {
    fn code(&self) -> &'static str {
        "unknown_channel"
    }
}

impl Channel {
    /// All of them.
    pub const ALL: [Channel; 6] =
        [Channel::Web, Channel::Phone, Channel::Counter, Channel::Letter, Channel::Email, Channel::Other];

    /// Reads the name that [`code`](Channel::code) gives.
    pub fn parse(text: &str) -> Result<Channel, InvalidChannel> {
        Channel::ALL.into_iter().find(|listed| listed.code() == text).ok_or(InvalidChannel::Unknown)
    }

    /// The name used in records, figures and addresses.
    pub fn code(self) -> &'static str {
        match self {
            Channel::Web => "web",
            Channel::Phone => "phone",
            Channel::Counter => "counter",
            Channel::Letter => "letter",
            Channel::Email => "email",
            Channel::Other => "other",
        }
    }
}

impl fmt::Display for Channel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

parsed_code!(Channel, InvalidChannel);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_channel_survives_its_written_form() {
        for listed in Channel::ALL {
            assert_eq!(listed.to_string().parse(), Ok(listed));
            let json = serde_json::to_string(&listed).unwrap();
            assert_eq!(json, format!("\"{listed}\""));
            assert_eq!(serde_json::from_str::<Channel>(&json).unwrap(), listed);
        }
        assert_eq!(Channel::parse("nonsense"), Err(InvalidChannel::Unknown));
        assert_eq!(Channel::parse(""), Err(InvalidChannel::Unknown));
    }
}
