//! The tests that a pattern may put to one value.

use serde_json::Value;

#[derive(Clone, Debug)]
pub(super) enum Test {
    Exact(Value),
    Text(Shape),
    Numeric(Vec<(Sign, f64)>),
    Exists(bool),
    NoneOf(Vec<Value>),
    NotText(Vec<Shape>),
}

/// How a text looks.
#[derive(Clone, Debug)]
pub(super) enum Shape {
    Prefix(String),
    Suffix(String),
    /// Both are held in lower case.
    PrefixAnyCase(String),
    SuffixAnyCase(String),
    AnyCase(String),
    /// The parts between the stars.
    Wildcard(Vec<String>),
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Sign {
    Less,
    AtMost,
    Equal,
    AtLeast,
    More,
}

impl Test {
    pub(super) fn parse(value: &Value) -> Result<Self, String> {
        let object = match value {
            Value::Object(object) => object,
            Value::Array(_) => return Err("a list within the list of values".into()),
            plain => return Ok(Self::Exact(plain.clone())),
        };
        let mut entries = object.iter();
        let (Some((name, operand)), None) = (entries.next(), entries.next()) else {
            return Err("a test has one name".into());
        };
        match name.as_str() {
            "exists" => {
                operand.as_bool().map(Self::Exists).ok_or_else(|| "exists needs true or false".into())
            }
            "numeric" => numeric(operand),
            "anything-but" => anything_but(operand),
            name => shape(name, operand).map(Self::Text),
        }
    }

    /// What a value that passes begins with, where that is certain.
    pub(super) fn prefix(&self) -> Option<String> {
        match self {
            Self::Exact(Value::String(text)) | Self::Text(Shape::Prefix(text)) => Some(text.clone()),
            _ => None,
        }
    }

    /// Whether the value, or its absence, is as wanted.
    pub(super) fn passes(&self, value: Option<&Value>) -> bool {
        let Some(value) = value else { return matches!(self, Self::Exists(false)) };
        match self {
            Self::Exact(wanted) => same(wanted, value),
            Self::Text(shape) => value.as_str().is_some_and(|text| shape.fits(text)),
            Self::Numeric(bounds) => value.as_f64().is_some_and(|number| within(bounds, number)),
            Self::Exists(wanted) => *wanted && !value.is_object(),
            Self::NoneOf(unwanted) => !value.is_object() && !unwanted.iter().any(|one| same(one, value)),
            Self::NotText(shapes) => {
                value.as_str().is_some_and(|text| !shapes.iter().any(|one| one.fits(text)))
            }
        }
    }
}

fn numeric(operand: &Value) -> Result<Test, String> {
    let wrong = || "numeric needs pairs of sign and number".to_owned();
    let list = operand.as_array().filter(|list| !list.is_empty() && list.len() % 2 == 0).ok_or_else(wrong)?;
    let bound = |pair: &[Value]| {
        let sign = match pair[0].as_str()? {
            "<" => Sign::Less,
            "<=" => Sign::AtMost,
            "=" => Sign::Equal,
            ">=" => Sign::AtLeast,
            ">" => Sign::More,
            _ => return None,
        };
        Some((sign, pair[1].as_f64()?))
    };
    list.chunks(2).map(|pair| bound(pair).ok_or_else(wrong)).collect::<Result<_, _>>().map(Test::Numeric)
}

fn anything_but(operand: &Value) -> Result<Test, String> {
    match operand {
        Value::Array(list) if list.iter().any(|one| one.is_object() || one.is_array()) => {
            Err("anything-but lists plain values".into())
        }
        Value::Array(list) => Ok(Test::NoneOf(list.clone())),
        Value::Object(object) => {
            let shapes = object.iter().flat_map(|(name, operand)| match operand {
                Value::Array(list) => list.iter().map(|one| shape(name, one)).collect(),
                one => vec![shape(name, one)],
            });
            shapes.collect::<Result<_, _>>().map(Test::NotText)
        }
        plain => Ok(Test::NoneOf(vec![plain.clone()])),
    }
}

fn shape(name: &str, operand: &Value) -> Result<Shape, String> {
    let any_case = operand.get("equals-ignore-case").and_then(Value::as_str).map(str::to_lowercase);
    let text = operand.as_str().map(str::to_owned);
    match (name, text, any_case) {
        ("prefix", Some(text), _) => Ok(Shape::Prefix(text)),
        ("suffix", Some(text), _) => Ok(Shape::Suffix(text)),
        ("prefix", None, Some(text)) => Ok(Shape::PrefixAnyCase(text)),
        ("suffix", None, Some(text)) => Ok(Shape::SuffixAnyCase(text)),
        ("equals-ignore-case", Some(text), _) => Ok(Shape::AnyCase(text.to_lowercase())),
        ("wildcard", Some(text), _) if !text.contains(['\\', '?']) => {
            Ok(Shape::Wildcard(text.split('*').map(str::to_owned).collect()))
        }
        ("prefix" | "suffix" | "equals-ignore-case" | "wildcard", ..) => {
            Err(format!("{name} needs a plain text"))
        }
        _ => Err(format!("the test {name:?} is not understood")),
    }
}

impl Shape {
    fn fits(&self, text: &str) -> bool {
        match self {
            Self::Prefix(wanted) => text.starts_with(wanted),
            Self::Suffix(wanted) => text.ends_with(wanted),
            Self::PrefixAnyCase(wanted) => text.to_lowercase().starts_with(wanted),
            Self::SuffixAnyCase(wanted) => text.to_lowercase().ends_with(wanted),
            Self::AnyCase(wanted) => text.to_lowercase() == *wanted,
            Self::Wildcard(parts) => wildcard(parts, text),
        }
    }
}

/// Each part is found after the one before, the first at the start and the last at the end.
fn wildcard(parts: &[String], text: &str) -> bool {
    let [first, middle @ .., last] = parts else { return parts.first().is_some_and(|only| only == text) };
    let Some(mut rest) = text.strip_prefix(first.as_str()) else { return false };
    for part in middle {
        match rest.split_once(part.as_str()) {
            Some((_, after)) => rest = after,
            None => return false,
        }
    }
    rest.ends_with(last.as_str())
}

fn same(wanted: &Value, value: &Value) -> bool {
    match (wanted.as_f64(), value.as_f64()) {
        (Some(wanted), Some(value)) => wanted.total_cmp(&value).is_eq(),
        _ => wanted == value,
    }
}

fn within(bounds: &[(Sign, f64)], number: f64) -> bool {
    bounds.iter().all(|(sign, bound)| {
        let order = number.total_cmp(bound);
        match sign {
            Sign::Less => order.is_lt(),
            Sign::AtMost => order.is_le(),
            Sign::Equal => order.is_eq(),
            Sign::AtLeast => order.is_ge(),
            Sign::More => order.is_gt(),
        }
    })
}
