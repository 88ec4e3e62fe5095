//! The policy of a browser's form: who signed it, until when, and what it binds the form to.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::Value;

use super::form::Form;
use super::refusal::Refusal;
use super::signature::{credential, mismatch, sign};

#[derive(Deserialize)]
struct Policy {
    expiration: Timestamp,
    conditions: Vec<Value>,
}

/// What one condition asks for.
enum Condition {
    Is(String, String),
    BeginsWith(String, String),
    Size(u64, u64),
}

/// Whether the form is signed, in time, and as its policy wants it.
pub(super) fn check(form: &Form<'_>, bucket: &str, now: Timestamp) -> Result<(), Refusal> {
    let field =
        |name: &str| form.get(name).ok_or_else(|| Refusal::denied(format!("Access Denied: no {name}")));
    let policy = field("policy")?;
    let (id, date) = credential(field("x-amz-credential")?)?;
    if sign(id, date, policy).as_deref() != Some(field("x-amz-signature")?) {
        return Err(mismatch());
    }
    let wrong = |why: String| Refusal::new(400, "InvalidPolicyDocument", why);
    let text = STANDARD.decode(policy).map_err(|error| wrong(error.to_string()))?;
    let policy: Policy = serde_json::from_slice(&text).map_err(|error| wrong(error.to_string()))?;
    if now > policy.expiration {
        return Err(Refusal::denied("Invalid according to Policy: Policy expired."));
    }
    let conditions: Vec<_> =
        policy.conditions.iter().map(condition).collect::<Result<_, _>>().map_err(wrong)?;
    for condition in &conditions {
        holds(condition, form, bucket)?;
    }
    let extra = form.fields.iter().map(|(name, _)| name).find(|name| {
        !matches!(name.as_str(), "policy" | "x-amz-signature")
            && !name.starts_with("x-ignore-")
            && !is_named(&conditions, name)
    });
    match extra {
        Some(name) => {
            Err(Refusal::denied(format!("Invalid according to Policy: Extra input fields: {name}")))
        }
        None => Ok(()),
    }
}

fn condition(value: &Value) -> Result<Condition, String> {
    let wrong = || format!("Invalid condition: {value}");
    let text = |value: &Value| value.as_str().map(str::to_owned).ok_or_else(wrong);
    let name = |value: &Value| {
        value.as_str().and_then(|name| name.strip_prefix('$')).map(str::to_lowercase).ok_or_else(wrong)
    };
    match value {
        Value::Object(one) => match one.iter().next() {
            Some((name, value)) if one.len() == 1 => Ok(Condition::Is(name.to_lowercase(), text(value)?)),
            _ => Err(wrong()),
        },
        Value::Array(list) => match list.as_slice() {
            [kind, field, value] if kind == "eq" => Ok(Condition::Is(name(field)?, text(value)?)),
            [kind, field, value] if kind == "starts-with" => {
                Ok(Condition::BeginsWith(name(field)?, text(value)?))
            }
            [kind, least, most] if kind == "content-length-range" => {
                Ok(Condition::Size(least.as_u64().ok_or_else(wrong)?, most.as_u64().ok_or_else(wrong)?))
            }
            _ => Err(wrong()),
        },
        _ => Err(wrong()),
    }
}

fn holds(condition: &Condition, form: &Form<'_>, bucket: &str) -> Result<(), Refusal> {
    let given = |name: &str| if name == "bucket" { Some(bucket) } else { form.get(name) };
    let failed = |name: &str, wanted: &str| {
        Err(Refusal::denied(format!("Invalid according to Policy: Policy Condition failed: {name} {wanted}")))
    };
    let size = form.file.len() as u64;
    match condition {
        Condition::Is(name, wanted) if given(name) != Some(wanted) => failed(name, wanted),
        Condition::BeginsWith(name, wanted)
            if !given(name).is_some_and(|value| value.starts_with(wanted)) =>
        {
            failed(name, wanted)
        }
        Condition::Size(_, most) if size > *most => {
            Err(Refusal::new(400, "EntityTooLarge", "Your proposed upload exceeds the maximum allowed size"))
        }
        Condition::Size(least, _) if size < *least => Err(Refusal::new(
            400,
            "EntityTooSmall",
            "Your proposed upload is smaller than the minimum allowed size",
        )),
        Condition::Is(..) | Condition::BeginsWith(..) | Condition::Size(..) => Ok(()),
    }
}

fn is_named(conditions: &[Condition], field: &str) -> bool {
    conditions.iter().any(|condition| match condition {
        Condition::Is(name, _) | Condition::BeginsWith(name, _) => name == field,
        Condition::Size(..) => false,
    })
}
