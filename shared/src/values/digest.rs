//! Fingerprints: links of the audit chain, and stand-ins for personal data that can be compared but not read.

use std::fmt;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest as _, Sha256};
use thiserror::Error;

use super::{InvalidValue, parsed_code};

/// A SHA-256, written as 43 characters of URL-safe base64, since records are paid by size.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest([u8; 32]);

/// Why a text is no digest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum InvalidDigest {
    /// It is not 32 bytes in URL-safe base64 without padding.
    #[error("a digest is 43 characters of URL-safe base64")]
    Malformed,
}

impl InvalidValue for InvalidDigest {
    fn code(&self) -> &'static str {
        "malformed_digest"
    }
}

impl Digest {
    /// SHA-256 of these bytes.
    pub fn of(bytes: &[u8]) -> Digest {
        Digest(Sha256::digest(bytes).into())
    }

    /// HMAC-SHA-256 of these bytes under a key or salt: without it nobody can try out what the bytes were.
    pub fn keyed(key: &[u8], bytes: &[u8]) -> Digest {
        let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length");
        mac.update(bytes);
        Digest(mac.finalize().into_bytes().into())
    }

    /// A digest whose bytes are known.
    pub fn from_bytes(bytes: [u8; 32]) -> Digest {
        Digest(bytes)
    }

    /// The 32 bytes.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Reads 43 characters of URL-safe base64.
    pub fn parse(text: &str) -> Result<Digest, InvalidDigest> {
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| InvalidDigest::Malformed)?;
        bytes.try_into().map(Digest).map_err(|_| InvalidDigest::Malformed)
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&URL_SAFE_NO_PAD.encode(self.0))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Digest({self})")
    }
}

parsed_code!(Digest, InvalidDigest);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_are_those_of_the_standards() {
        // FIPS 180-2, "abc"; RFC 4231, test case 2.
        let number = |hex: &str| u128::from_str_radix(hex, 16).unwrap().to_be_bytes();
        let digest = |hex: &str| [number(&hex[..32]), number(&hex[32..])].concat();
        assert_eq!(
            Digest::of(b"abc").as_bytes().to_vec(),
            digest("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        );
        assert_eq!(
            Digest::keyed(b"Jefe", b"what do ya want for nothing?").as_bytes().to_vec(),
            digest("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
        );
    }

    #[test]
    fn a_digest_survives_its_written_form() {
        let digest = Digest::of(b"x");
        assert_eq!(digest.to_string().len(), 43);
        assert_eq!(digest.to_string().parse(), Ok(digest));
        for text in ["", "x", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"] {
            assert_eq!(Digest::parse(text), Err(InvalidDigest::Malformed));
        }
    }
}
