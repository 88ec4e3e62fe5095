//! Private links: a token for one complaint and one purpose, signed and with an end.
//!
//! A complaint counts how often its links were ended, and a token says which count it was made at: only those of the
//! present one open it. The mailed link's token opens nothing by itself: the page it leads to posts it and gets a short-lived cookie of
//! that complaint. The form carries a stamp of the same make, which says when it was handed out.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::{SignedDuration, Timestamp};

use super::{Shell, StepError};
use crate::{
    complaint::Complaint,
    reply::{ReplyAddress, address::is_same},
    values::{ComplaintId, Digest, Reference},
};

/// What a token is good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// The mailed link: may be traded for a session.
    Link,
    /// The cookie: opens the complaint's pages.
    Session,
    /// The link mailed to a department: answers the consultation of this number, and opens nothing else.
    Consultation(u8),
    /// The link for who never complained, in the acknowledgement and in what comes first to another address: stops our
    /// mail, and opens nothing.
    Disown,
}

impl Purpose {
    fn code(self) -> u8 {
        match self {
            Purpose::Link => 1,
            Purpose::Session => 2,
            Purpose::Consultation(_) => 3,
            Purpose::Disown => 4,
        }
    }

    /// Whether a token with this number is for it: what can be ended takes any, and the complaint says whether it is good.
    fn takes(self, number: u8) -> bool {
        match self {
            Purpose::Link | Purpose::Session | Purpose::Disown => true,
            Purpose::Consultation(asked) => number == asked,
        }
    }
}

/// What a token opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opens {
    /// Which complaint.
    pub complaint: ComplaintId,
    purpose: Purpose,
    /// How often its links had been ended, or its address been put right, when the token was made.
    number: u8,
}

impl Opens {
    /// Whether that token is still good for this complaint.
    pub fn is_good_for(self, complaint: &Complaint) -> bool {
        let number = match self.purpose {
            Purpose::Link | Purpose::Session => complaint.links,
            Purpose::Consultation(asked) => asked,
            Purpose::Disown => complaint.addresses,
        };
        self.complaint == complaint.id && self.number == number
    }
}

/// What a token says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Token {
    /// It is good.
    Valid(Opens),
    /// It was good.
    Expired(ComplaintId),
    /// It is none of ours, or for something else.
    Unknown,
}

/// How long a signature is.
pub(super) const SIGNATURE: usize = 16;
const PURPOSE: usize = 2;
const PAYLOAD: usize = PURPOSE + 16 + 8;

impl Shell {
    /// The private link of a complaint, good for as long as the policy says from when it is mailed.
    pub fn private_link(&self, complaint: &Complaint) -> Result<String, StepError> {
        let token = self.mailed(Purpose::Link, complaint.links, complaint.id)?;
        Ok(format!("{}/link/{token}", self.config().base_url()?))
    }

    /// The link by which a department answers a question, good for as long as a customer's.
    pub fn consultation_link(&self, complaint: ComplaintId, number: u8) -> Result<String, StepError> {
        let token = self.mailed(Purpose::Consultation(number), number, complaint)?;
        Ok(format!("{}/consultation/{number}/{token}", self.config().base_url()?))
    }

    /// The link by which who never complained says so, good for as long as the private one.
    pub fn not_me_link(&self, complaint: &Complaint) -> Result<String, StepError> {
        let token = self.mailed(Purpose::Disown, complaint.addresses, complaint.id)?;
        Ok(format!("{}/disown/{token}", self.config().base_url()?))
    }

    fn mailed(&self, purpose: Purpose, number: u8, complaint: ComplaintId) -> Result<String, StepError> {
        let days = i64::from(self.policy().limits.link_days);
        self.token(purpose, number, complaint, SignedDuration::from_hours(24 * days))
    }

    /// The value of the cookie that opens a complaint's pages, and how long it does, in seconds.
    pub fn session(&self, complaint: &Complaint) -> Result<(String, i64), StepError> {
        let minutes = i64::from(self.policy().limits.session_minutes);
        let good_for = SignedDuration::from_mins(minutes);
        let token = self.token(Purpose::Session, complaint.links, complaint.id, good_for)?;
        Ok((token, minutes * 60))
    }

    fn token(
        &self,
        purpose: Purpose,
        number: u8,
        complaint: ComplaintId,
        good_for: SignedDuration,
    ) -> Result<String, StepError> {
        let until = self.now().checked_add(good_for).unwrap_or(Timestamp::MAX);
        let mut bytes = Vec::with_capacity(PAYLOAD + SIGNATURE);
        bytes.extend([purpose.code(), number]);
        bytes.extend(complaint.as_bytes());
        bytes.extend(until.as_second().to_be_bytes());
        bytes.extend(self.sign("token", &bytes)?);
        Ok(URL_SAFE_NO_PAD.encode(bytes))
    }

    /// What a token says, for this purpose.
    pub fn read_token(&self, purpose: Purpose, token: &str) -> Result<Token, StepError> {
        let Ok(bytes) = URL_SAFE_NO_PAD.decode(token) else { return Ok(Token::Unknown) };
        if bytes.len() != PAYLOAD + SIGNATURE {
            return Ok(Token::Unknown);
        }
        let (payload, signature) = bytes.split_at(PAYLOAD);
        let (code, number) = (payload[0], payload[1]);
        if !is_same(&self.sign("token", payload)?, signature)
            || code != purpose.code()
            || !purpose.takes(number)
        {
            return Ok(Token::Unknown);
        }
        let (id, until) = payload[PURPOSE..].split_at(16);
        let Some(complaint) =
            uuid::Uuid::from_slice(id).ok().and_then(|id| ComplaintId::parse(&id.to_string()).ok())
        else {
            return Ok(Token::Unknown);
        };
        let until = until.try_into().map_or(0, i64::from_be_bytes);
        let expired = self.now().as_second() >= until;
        Ok(if expired {
            Token::Expired(complaint)
        } else {
            Token::Valid(Opens { complaint, purpose, number })
        })
    }

    /// Where answers to a complaint's letters go; none where they are not taken in.
    pub fn reply_address(&self, reference: Reference) -> Result<Option<ReplyAddress>, StepError> {
        let Some(domain) = self.config().inbound_domain() else { return Ok(None) };
        Ok(Some(ReplyAddress::new(self.config().link_secret()?.bytes(), reference, domain)))
    }

    /// Says when a form was handed out.
    pub fn form_stamp(&self) -> Result<String, StepError> {
        let millis = self.now().as_millisecond().to_be_bytes();
        let mut bytes = millis.to_vec();
        bytes.extend(self.sign("form", &millis)?);
        Ok(URL_SAFE_NO_PAD.encode(bytes))
    }

    /// When the form with this stamp was handed out; none if the stamp is none of ours.
    pub fn read_form_stamp(&self, stamp: &str) -> Result<Option<Timestamp>, StepError> {
        let Ok(bytes) = URL_SAFE_NO_PAD.decode(stamp) else { return Ok(None) };
        let Some((millis, signature)) = bytes.split_at_checked(8) else { return Ok(None) };
        if !is_same(&self.sign("form", millis)?, signature) {
            return Ok(None);
        }
        let millis = millis.try_into().map_or(0, i64::from_be_bytes);
        Ok(Timestamp::from_millisecond(millis).ok())
    }

    /// The first bytes of a keyed hash; what is signed for one thing is good for no other.
    pub(super) fn sign(&self, domain: &str, bytes: &[u8]) -> Result<[u8; SIGNATURE], StepError> {
        let mut message = domain.as_bytes().to_vec();
        message.push(0);
        message.extend(bytes);
        let digest = Digest::keyed(self.config().link_secret()?.bytes(), &message);
        let mut signature = [0; SIGNATURE];
        signature.copy_from_slice(&digest.as_bytes()[..SIGNATURE]);
        Ok(signature)
    }
}

/// The name of the cookie that opens a complaint's pages: one per complaint, so that two can be open at once.
pub fn cookie_name(reference: Reference) -> String {
    format!("__Host-complaint-{}", reference.compact())
}
