//! What is to be said of a mail that came to a complaint's address.

use serde::{Deserialize, Serialize};

/// What staff have to know of words that came as a mail. The address proves that its sender has had one of our letters,
/// and nothing of who they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// The sender's address is another than the one on file.
    OtherAddress,
    /// It is that of the sender by their own word only: their domain does not vouch for it.
    Unproven,
    /// The mail service takes it for spam.
    SuspectedSpam,
    /// It was longer than what is kept.
    Shortened,
    /// Files came with it that were not kept.
    FilesLeftOut,
}

impl Mark {
    /// Whether nothing says that words with these marks are the customer's: the mail service takes them for spam, or they
    /// came from another address, for which nobody vouches, or of which letters are known to have gone astray.
    pub fn are_of_a_stranger(marks: &[Mark], went_astray: bool) -> bool {
        let has = |mark| marks.contains(&mark);
        has(Mark::SuspectedSpam) || has(Mark::OtherAddress) && (went_astray || has(Mark::Unproven))
    }
}

/// Why a mail is not put with its complaint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LeftOut {
    /// A machine has answered: nobody is there, or thanks for the mail.
    Automatic,
    /// Something harmful is in it.
    Harmful,
    /// More came on one day than is taken.
    TooMany,
    /// It cannot be read.
    Unreadable,
}

impl LeftOut {
    /// The name used in records and figures.
    pub fn code(self) -> &'static str {
        match self {
            LeftOut::Automatic => "automatic",
            LeftOut::Harmful => "harmful",
            LeftOut::TooMany => "too_many",
            LeftOut::Unreadable => "unreadable",
        }
    }
}
