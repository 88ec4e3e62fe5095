//! The money of a country, ISO 4217.

use std::fmt;

use thiserror::Error;

use super::{InvalidValue, parsed_code};

/// A currency in circulation by its ISO 4217 code, for example `GBP`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency([u8; 3]);

/// Why a text is no currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum InvalidCurrency {
    /// ISO 4217 does not list it.
    #[error("a currency is a code of ISO 4217 in capitals, such as GBP")]
    Unknown,
}

impl InvalidValue for InvalidCurrency {
    fn code(&self) -> &'static str {
        "unknown_currency"
    }
}

const WITHOUT_MINOR_UNITS: &str = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF";
const WITH_TWO_DIGITS: &str = "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN \
     BZD CAD CDF CHF CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL \
     HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR \
     MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE \
     SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG";
const WITH_THREE_DIGITS: &str = "BHD IQD JOD KWD LYD OMR TND";

impl Currency {
    /// Reads a code of three capitals.
    pub fn parse(text: &str) -> Result<Currency, InvalidCurrency> {
        let code: [u8; 3] = text.as_bytes().try_into().map_err(|_| InvalidCurrency::Unknown)?;
        let lists = [WITH_TWO_DIGITS, WITHOUT_MINOR_UNITS, WITH_THREE_DIGITS];
        let known = lists.iter().any(|list| list.split_ascii_whitespace().any(|listed| listed == text));
        if known { Ok(Currency(code)) } else { Err(InvalidCurrency::Unknown) }
    }

    /// The code.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("all listed codes are ASCII")
    }

    /// An amount as it is written.
    pub fn example(self) -> &'static str {
        match self.digits() {
            0 => "1250",
            3 => "12.500",
            _ => "12.50",
        }
    }

    /// How many digits stand after the point: the main unit is ten to that power minor units.
    pub fn digits(self) -> u32 {
        if WITHOUT_MINOR_UNITS.contains(self.as_str()) {
            0
        } else if WITH_THREE_DIGITS.contains(self.as_str()) {
            3
        } else {
            2
        }
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

parsed_code!(Currency, InvalidCurrency);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_currency_knows_its_minor_unit() {
        for (code, digits) in [("GBP", 2), ("JPY", 0), ("KWD", 3), ("USD", 2)] {
            assert_eq!(Currency::parse(code).unwrap().digits(), digits, "{code}");
        }
    }

    #[test]
    fn what_iso_4217_does_not_list_is_refused() {
        for text in ["", "gbp", "GB", "GBPS", "XXX", "ABC", "£££", "BP ", "D A"] {
            assert_eq!(Currency::parse(text), Err(InvalidCurrency::Unknown), "{text}");
        }
    }
}
