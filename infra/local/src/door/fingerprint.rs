//! What a request says, in a number: the same in whatever order its attributes come.
//!
//! Read from the request's bytes as they are, without making a tree of them: every transaction has one.

use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Fingerprint(u64);

/// The fingerprint of a text of JSON; of what is none, always the same.
pub(super) fn of(json: &[u8]) -> String {
    let Fingerprint(number) = serde_json::from_slice(json).unwrap_or(Fingerprint(0));
    format!("{number:016x}")
}

impl Fingerprint {
    fn of(content: impl Hash) -> Self {
        let mut hasher = DefaultHasher::new();
        content.hash(&mut hasher);
        Self(hasher.finish())
    }
}

impl<'de> Deserialize<'de> for Fingerprint {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Fingerprint;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Fingerprint, E> {
        Ok(Fingerprint::of("null"))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Fingerprint, E> {
        Ok(Fingerprint::of(("bool", value)))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Fingerprint, E> {
        Ok(Fingerprint::of(("positive", value)))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Fingerprint, E> {
        Ok(Fingerprint::of(("negative", value)))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Fingerprint, E> {
        Ok(Fingerprint::of(("fraction", value.to_bits())))
    }

    fn visit_str<E>(self, value: &str) -> Result<Fingerprint, E> {
        Ok(Fingerprint::of(("text", value)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Fingerprint, A::Error> {
        let mut hasher = DefaultHasher::new();
        while let Some(element) = list.next_element::<Fingerprint>()? {
            element.hash(&mut hasher);
        }
        Ok(Fingerprint::of(("list", hasher.finish())))
    }

    /// The sum over the entries does not know their order.
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fingerprint, A::Error> {
        let mut sum = 0_u64;
        while let Some(entry) = map.next_entry::<Fingerprint, Fingerprint>()? {
            sum = sum.wrapping_add(Fingerprint::of(entry).0);
        }
        Ok(Fingerprint::of(("map", sum)))
    }
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn the_order_of_attributes_does_not_count_and_that_of_writes_does() {
        let one = of(br#"{"Item": {"pk": {"S": "a"}, "n": {"N": "1"}}, "Condition": null}"#);
        assert_eq!(one, of(br#"{"Condition": null, "Item": {"n": {"N": "1"}, "pk": {"S": "a"}}}"#));
        assert_ne!(of(b"[1, 2]"), of(b"[2, 1]"));
    }

    #[test]
    fn what_differs_anywhere_differs() {
        let texts: [&[u8]; 8] =
            [b"null", b"true", b"1", b"-1", b"1.5", br#""1""#, br#"{"a": "b"}"#, br#"{"b": "a"}"#];
        for (place, text) in texts.iter().enumerate() {
            for other in &texts[..place] {
                assert_ne!(of(text), of(other));
            }
        }
    }
}
