//! JSON read strictly: no name twice in an object, at any depth, and no deeper than what is ever asked for.

use std::{cell::Cell, collections::BTreeMap, fmt};

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

use super::Malformed;

/// Any JSON value. Numbers that are not whole are only known to be some.
pub(super) enum Value {
    Null,
    Bool(bool),
    Integer(i64),
    OtherNumber,
    Text(String),
    List(Vec<Value>),
    Object(BTreeMap<String, Value>),
}

const DEEPEST: usize = 8;

pub(super) fn read_object(body: &[u8]) -> Result<BTreeMap<String, Value>, Malformed> {
    let text = std::str::from_utf8(body).map_err(|_| Malformed::NotUtf8)?;
    let fault = Cell::new(Malformed::NotJson);
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let value = Strict { depth: 0, fault: &fault }
        .deserialize(&mut deserializer)
        .and_then(|value| deserializer.end().map(|()| value))
        .map_err(|_| fault.get())?;
    if let Value::Object(values) = value { Ok(values) } else { Err(Malformed::NotAnObject) }
}

#[derive(Clone, Copy)]
struct Strict<'a> {
    depth: usize,
    /// What to report, since an error of the parser cannot carry a type of ours.
    fault: &'a Cell<Malformed>,
}

impl Strict<'_> {
    fn deeper<E: serde::de::Error>(self) -> Result<Self, E> {
        if self.depth >= DEEPEST {
            return Err(self.fail(Malformed::TooDeep));
        }
        Ok(Strict { depth: self.depth + 1, ..self })
    }

    fn fail<E: serde::de::Error>(self, fault: Malformed) -> E {
        self.fault.set(fault);
        E::custom(fault)
    }
}

impl<'de> DeserializeSeed<'de> for Strict<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Value, E> {
        Ok(Value::Bool(flag))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(Value::Integer(number))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(i64::try_from(number).map_or(Value::OtherNumber, Value::Integer))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Value, E> {
        Ok(Value::OtherNumber)
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::Text(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Value, E> {
        Ok(Value::Text(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let seed = self.deeper()?;
        let mut items = Vec::new();
        while let Some(item) = list.next_element_seed(seed)? {
            items.push(item);
        }
        Ok(Value::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Value, A::Error> {
        let seed = self.deeper()?;
        let mut values = BTreeMap::new();
        while let Some(name) = object.next_key::<String>()? {
            if values.insert(name, object.next_value_seed(seed)?).is_some() {
                return Err(self.fail(Malformed::Duplicate));
            }
        }
        Ok(Value::Object(values))
    }
}
