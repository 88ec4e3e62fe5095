//! The values that records, events and letters are made of: parsed once, valid for ever.
//!
//! Each type has `parse`, from which `FromStr` and deserialisation come, and an error of its own whose words say what
//! is wrong without repeating the value, which may be personal data. For the same reason `Debug` of what a customer
//! typed shows its length only.

mod channel;
mod colour;
mod currency;
mod digest;
mod email_address;
mod event_id;
mod id;
mod language;
mod level;
mod line;
mod money;
mod phone;
mod punycode;
mod reference;
mod role;
mod severity;
mod staff_id;
mod text;
mod visible;

pub use channel::{Channel, InvalidChannel};
pub use colour::{Colour, InvalidColour};
pub use currency::{Currency, InvalidCurrency};
pub use digest::{Digest, InvalidDigest};
pub use email_address::{EmailAddress, InvalidEmailAddress};
pub use event_id::{EventId, InvalidEventId};
pub use id::{CommandId, ComplaintId, InvalidId, TextId};
pub use language::{InvalidLanguage, Language};
pub use level::{InvalidLevel, Level};
pub use line::{InvalidLine, Line};
pub use money::{InvalidMoney, Money};
pub use phone::{InvalidPhone, Phone};
pub use reference::{InvalidReference, Reference};
pub use role::{InvalidRole, Role};
pub use severity::{InvalidSeverity, Severity};
pub use staff_id::{InvalidStaffId, StaffId};
pub use text::{InvalidText, Text};
pub use visible::visible;
pub(crate) use visible::{is_bidi_control, is_unseen};

/// What every parse error of this module can say; its `Display` is the detail in plain words.
pub trait InvalidValue: std::error::Error {
    /// A stable name of the fault for programs, in `snake_case`.
    fn code(&self) -> &'static str;

    /// How many characters there may be, where that is the fault.
    fn limit(&self) -> Option<usize> {
        None
    }
}

/// Gives a type with `parse` and `as_str` its `FromStr`, `TryFrom<String>`, `AsRef<str>` and serde.
macro_rules! parsed_text {
    ($type:ident $(<const $max:ident: usize>)?, $error:ty) => {
        impl $(<const $max: usize>)? std::str::FromStr for $type $(<$max>)? {
            type Err = $error;

            fn from_str(text: &str) -> Result<Self, $error> {
                Self::parse(text)
            }
        }

        impl $(<const $max: usize>)? TryFrom<String> for $type $(<$max>)? {
            type Error = $error;

            fn try_from(text: String) -> Result<Self, $error> {
                Self::parse(&text)
            }
        }

        impl $(<const $max: usize>)? AsRef<str> for $type $(<$max>)? {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl $(<const $max: usize>)? serde::Serialize for $type $(<$max>)? {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de, $(const $max: usize)?> serde::Deserialize<'de> for $type $(<$max>)? {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <String as serde::Deserialize>::deserialize(deserializer)?;
                Self::parse(&text).map_err(serde::de::Error::custom)
            }
        }
    };
}

/// The same for a type whose written form is its `Display`.
macro_rules! parsed_code {
    ($type:ident, $error:ty) => {
        impl std::str::FromStr for $type {
            type Err = $error;

            fn from_str(text: &str) -> Result<Self, $error> {
                Self::parse(text)
            }
        }

        impl TryFrom<String> for $type {
            type Error = $error;

            fn try_from(text: String) -> Result<Self, $error> {
                Self::parse(&text)
            }
        }

        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <String as serde::Deserialize>::deserialize(deserializer)?;
                Self::parse(&text).map_err(serde::de::Error::custom)
            }
        }
    };
}

pub(crate) use {parsed_code, parsed_text};
