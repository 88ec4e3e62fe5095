//! The template's text as one JSON value, with YAML's short intrinsics (`!Ref X`) written out (`{"Ref": "X"}`).

use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value, json};
use serde_saphyr::{DuplicateKeyPolicy, MergeKeyPolicy, Tagged};

use super::TemplateError;

/// Intrinsics that `Resolver` knows; their YAML tags are the part after `Fn::`.
const KNOWN_TAGS: [&str; 14] = [
    "And",
    "Base64",
    "Condition",
    "Equals",
    "FindInMap",
    "GetAtt",
    "If",
    "Join",
    "Not",
    "Or",
    "Ref",
    "Select",
    "Split",
    "Sub",
];

/// Reads YAML (or JSON, which is YAML) and refuses duplicate keys, merge keys and tags without a meaning here.
pub(super) fn parse(text: &str) -> Result<Value, TemplateError> {
    let options = serde_saphyr::options! {
        duplicate_keys: DuplicateKeyPolicy::Error,
        merge_keys: MergeKeyPolicy::Error,
        strict_booleans: true,
        with_snippet: false,
    };
    serde_saphyr::from_str_with_options::<Node>(text, options)
        .map(|node| node.0)
        .map_err(|error| TemplateError::Syntax(error.to_string()))
}

/// One YAML node, tag already written out.
struct Node(Value);

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Tagged(Plain(value), tag) = Tagged::<Plain>::deserialize(deserializer)?;
        match tag {
            None => Ok(Self(value)),
            Some(tag) if tag.starts_with("tag:yaml.org,2002:") => Ok(Self(value)),
            Some(tag) => written_out(tag.trim_start_matches('!'), value).map(Self).map_err(D::Error::custom),
        }
    }
}

fn written_out(tag: &str, value: Value) -> Result<Value, String> {
    if !KNOWN_TAGS.contains(&tag) {
        return Err(format!("the tag !{tag} is not understood here"));
    }
    Ok(match (tag, value) {
        ("Ref" | "Condition", value) => json!({ tag: value }),
        ("GetAtt", Value::String(path)) => {
            let (resource, attribute) = path.split_once('.').ok_or("!GetAtt needs Resource.Attribute")?;
            json!({ "Fn::GetAtt": [resource, attribute] })
        }
        (tag, value) => json!({ (format!("Fn::{tag}")): value }),
    })
}

/// The node's content, of whatever type YAML gives it.
struct Plain(Value);

impl<'de> Deserialize<'de> for Plain {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(PlainVisitor).map(Self)
    }
}

struct PlainVisitor;

impl<'de> Visitor<'de> for PlainVisitor {
    type Value = Value;

    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("a YAML value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(Node(item)) = items.next_element()? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut map = Map::new();
        while let Some((key, Node(value))) = entries.next_entry::<String, Node>()? {
            map.insert(key, value);
        }
        Ok(Value::Object(map))
    }
}
