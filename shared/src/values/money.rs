//! Amounts of money, to the last penny.

use std::cmp::Ordering;
use std::fmt;

use thiserror::Error;

use super::{Currency, InvalidValue, parsed_code};

/// An amount from zero up, in minor units of a currency; written `12.50 GBP`.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Money {
    minor: i64,
    currency: Currency,
}

/// Why something is no amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum InvalidMoney {
    /// It is not a plain number with its currency.
    #[error("an amount is written as digits, a point and the currency, such as 12.50 GBP")]
    Malformed,
    /// ISO 4217 does not list the currency.
    #[error("a currency is a code of ISO 4217 in capitals, such as GBP")]
    Currency,
    /// It has more digits after the point than the currency.
    #[error("the amount has more digits after the point than its currency")]
    Digits,
    /// It is more than can be counted.
    #[error("the amount is too large")]
    TooLarge,
    /// It is below zero.
    #[error("the amount is below zero")]
    Negative,
}

impl InvalidValue for InvalidMoney {
    fn code(&self) -> &'static str {
        match self {
            InvalidMoney::Malformed => "malformed_amount",
            InvalidMoney::Currency => "unknown_currency",
            InvalidMoney::Digits => "amount_digits",
            InvalidMoney::TooLarge => "amount_too_large",
            InvalidMoney::Negative => "amount_negative",
        }
    }
}

impl Money {
    /// Nothing, in this currency.
    pub fn zero(currency: Currency) -> Money {
        Money { minor: 0, currency }
    }

    /// So many minor units (pence, cents) of this currency.
    pub fn from_minor(minor: i64, currency: Currency) -> Result<Money, InvalidMoney> {
        if minor < 0 { Err(InvalidMoney::Negative) } else { Ok(Money { minor, currency }) }
    }

    /// Reads `12.50 GBP`.
    pub fn parse(text: &str) -> Result<Money, InvalidMoney> {
        let (amount, currency) = text.trim().rsplit_once(' ').ok_or(InvalidMoney::Malformed)?;
        let currency = Currency::parse(currency).map_err(|_| InvalidMoney::Currency)?;
        Money::parse_amount(amount.trim_end(), currency)
    }

    /// Reads `12.50`, `12.5` or `12` as an amount of this currency. No sign, no marks between thousands.
    pub fn parse_amount(text: &str, currency: Currency) -> Result<Money, InvalidMoney> {
        let text = text.trim();
        if text.starts_with('-') {
            return Err(InvalidMoney::Negative);
        }
        let (whole, fraction) =
            text.split_once('.').map_or((text, None), |(whole, part)| (whole, Some(part)));
        let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        if !is_number(whole) || !fraction.is_none_or(is_number) {
            return Err(InvalidMoney::Malformed);
        }
        let digits = usize::try_from(currency.digits()).expect("at most three");
        let fraction = fraction.unwrap_or_default();
        if fraction.len() > digits {
            return Err(InvalidMoney::Digits);
        }
        let minor = format!("{whole}{fraction:0<digits$}").parse().map_err(|_| InvalidMoney::TooLarge)?;
        Ok(Money { minor, currency })
    }

    /// The amount in minor units.
    pub fn minor(self) -> i64 {
        self.minor
    }

    /// The currency.
    pub fn currency(self) -> Currency {
        self.currency
    }

    /// Whether it is nothing.
    pub fn is_zero(self) -> bool {
        self.minor == 0
    }

    /// The amount without its currency, `12.50`.
    pub fn amount(self) -> String {
        let digits = self.currency.digits();
        let unit = 10_i64.pow(digits);
        if digits == 0 {
            return self.minor.to_string();
        }
        let width = usize::try_from(digits).expect("at most three");
        format!("{}.{:0width$}", self.minor / unit, self.minor % unit)
    }

    /// The sum; none when the currencies differ or it cannot be counted.
    pub fn checked_add(self, other: Money) -> Option<Money> {
        let minor = (self.currency == other.currency).then(|| self.minor.checked_add(other.minor))??;
        Some(Money { minor, currency: self.currency })
    }

    /// Whether a limit stands against this amount. An amount in another currency is above every limit, since
    /// nothing says that it is not.
    pub fn exceeds(self, limit: Money) -> bool {
        self.currency != limit.currency || self.minor > limit.minor
    }
}

impl PartialOrd for Money {
    /// None between different currencies.
    fn partial_cmp(&self, other: &Money) -> Option<Ordering> {
        (self.currency == other.currency).then(|| self.minor.cmp(&other.minor))
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.amount(), self.currency)
    }
}

impl fmt::Debug for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Money({self})")
    }
}

parsed_code!(Money, InvalidMoney);

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn money(text: &str) -> Money {
        Money::parse(text).unwrap()
    }

    #[test]
    fn amounts_are_read_in_the_digits_of_their_currency() {
        for (text, minor, shown) in [
            ("12.50 GBP", 1250, "12.50 GBP"),
            ("12.5 GBP", 1250, "12.50 GBP"),
            ("12 GBP", 1200, "12.00 GBP"),
            ("0.07 EUR", 7, "0.07 EUR"),
            ("1250 JPY", 1250, "1250 JPY"),
            ("1.234 KWD", 1234, "1.234 KWD"),
            ("  007.00   USD ", 700, "7.00 USD"),
            ("92233720368547758.07 USD", i64::MAX, "92233720368547758.07 USD"),
        ] {
            assert_eq!(money(text).minor(), minor, "{text}");
            assert_eq!(money(text).to_string(), shown);
        }
    }

    #[test]
    fn what_is_no_amount_is_refused() {
        for (text, error) in [
            ("", InvalidMoney::Malformed),
            ("12.50", InvalidMoney::Malformed),
            ("12,50 GBP", InvalidMoney::Malformed),
            ("1,000.00 GBP", InvalidMoney::Malformed),
            ("1e3 GBP", InvalidMoney::Malformed),
            (".50 GBP", InvalidMoney::Malformed),
            ("12. GBP", InvalidMoney::Malformed),
            ("+12 GBP", InvalidMoney::Malformed),
            ("NaN GBP", InvalidMoney::Malformed),
            ("-12 GBP", InvalidMoney::Negative),
            ("12 POUNDS", InvalidMoney::Currency),
            ("12.505 GBP", InvalidMoney::Digits),
            ("1.0 JPY", InvalidMoney::Digits),
            ("92233720368547758.08 USD", InvalidMoney::TooLarge),
        ] {
            assert_eq!(Money::parse(text), Err(error), "{text}");
        }
        assert_eq!(Money::from_minor(-1, Currency::parse("GBP").unwrap()), Err(InvalidMoney::Negative));
    }

    #[test]
    fn sums_are_checked() {
        assert_eq!(money("1.50 GBP").checked_add(money("2.75 GBP")), Some(money("4.25 GBP")));
        assert_eq!(money("1.50 GBP").checked_add(money("2.75 EUR")), None);
        assert_eq!(money("92233720368547758.07 GBP").checked_add(money("0.01 GBP")), None);
    }

    #[test]
    fn another_currency_is_above_every_limit() {
        assert!(!money("100 GBP").exceeds(money("100 GBP")));
        assert!(money("100.01 GBP").exceeds(money("100 GBP")));
        assert!(money("1 EUR").exceeds(money("100 GBP")));
        assert_eq!(money("1 EUR").partial_cmp(&money("1 GBP")), None);
        assert!(money("1 EUR") < money("2 EUR"));
    }

    proptest! {
        #[test]
        fn every_amount_survives_its_written_form(minor in 0..=i64::MAX, code in "GBP|JPY|KWD") {
            let amount = Money::from_minor(minor, Currency::parse(&code).unwrap()).unwrap();
            prop_assert_eq!(Money::parse(&amount.to_string()), Ok(amount));
        }
    }
}
