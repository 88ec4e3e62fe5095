//! A complaint as it comes in, less its personal data and long texts.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::values::{Channel, ComplaintId, Digest, Language, Reference, TextId};

/// Points at a text that lies outside the record, so that erasing the text leaves the record whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextRef {
    /// Key of the text among the complaint's private items.
    pub id: TextId,
    /// Salted SHA-256 of the text; the salt is erased with it.
    pub digest: Digest,
}

/// How a customer can be written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reach {
    /// There is an e-mail address.
    Email,
    /// There is a phone number only: letters become tasks for staff.
    PhoneOnly,
    /// The mail service suppresses the address, which came back or complained: letters become tasks for staff.
    Suppressed,
    /// Whoever has the address did not complain: nothing goes there.
    Disowned,
    /// Their contact data was taken away: nothing can be written.
    Restricted,
}

impl Reach {
    /// Whether there is somebody who has the address that our mail goes to, or went to before it was suppressed.
    pub fn has_address(self) -> bool {
        match self {
            Reach::Email | Reach::Suppressed => true,
            Reach::PhoneOnly | Reach::Disowned | Reach::Restricted => false,
        }
    }

    /// Whether it cannot be said any more whose complaint it is: whose address it has did not make it, or who they were
    /// was taken away.
    pub fn has_no_customer(self) -> bool {
        match self {
            Reach::Disowned | Reach::Restricted => true,
            Reach::Email | Reach::PhoneOnly | Reach::Suppressed => false,
        }
    }
}

/// Who the customer is and how they are written to, as it is kept from now on, less their personal data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactData {
    /// The form with what is right.
    pub form: TextRef,
    /// How they can be written to, where the e-mail address is another or none any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reach: Option<Reach>,
    /// Keyed hash of their address or phone, to find their other complaints.
    pub customer: Digest,
    /// The language that letters are written in.
    pub language: Language,
}

/// A complaint as it comes in, less its personal data and long texts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// The new complaint's id.
    pub id: ComplaintId,
    /// What people say on the phone.
    pub reference: Reference,
    /// When the customer complained; every clock starts here.
    pub received_at: Timestamp,
    /// By which way it came.
    pub channel: Channel,
    /// The language that letters are written in.
    pub language: Language,
    /// How the customer can be written to.
    pub reach: Reach,
    /// Keyed hash of the customer's address or phone, to find their other complaints.
    pub customer: Digest,
    /// One of the policy's products, where what the customer named is one.
    pub product: Option<String>,
    /// The form as it was posted.
    pub form: TextRef,
}
