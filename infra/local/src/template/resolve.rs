//! Intrinsic functions, worked out when a value is asked for: what nobody asks for need not be known here.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::TemplateError;
use super::identity::Identity;

/// The region and account that all names are made for.
pub(super) const REGION: &str = crate::door::REGION;
pub(super) const ACCOUNT: &str = crate::door::ACCOUNT;

/// Where in the template a value stands, for errors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) resource: String,
    pub(super) property: String,
}

impl Place {
    pub(super) fn of(resource: &str) -> Self {
        Self { resource: resource.to_owned(), property: String::new() }
    }

    pub(super) fn inside(&self, name: &str) -> Self {
        let dot = if self.property.is_empty() { "" } else { "." };
        Self { resource: self.resource.clone(), property: format!("{}{dot}{name}", self.property) }
    }

    pub(super) fn error(&self, problem: impl Into<String>) -> TemplateError {
        TemplateError::Place {
            resource: self.resource.clone(),
            property: self.property.clone(),
            problem: problem.into(),
        }
    }
}

/// The parts of a template that values refer to.
pub(super) struct Resolver {
    parameters: Map<String, Value>,
    conditions: Map<String, Value>,
    mappings: Map<String, Value>,
    identities: BTreeMap<String, Identity>,
}

type Resolved = Result<Value, TemplateError>;

impl Resolver {
    /// `given` are the values of parameters in place of their defaults.
    pub(super) fn new(template: &Map<String, Value>, given: &BTreeMap<String, String>) -> Self {
        let section = |name: &str| template.get(name).and_then(Value::as_object).cloned().unwrap_or_default();
        let mut parameters = section("Parameters");
        for (name, value) in given {
            if let Some(Value::Object(parameter)) = parameters.get_mut(name) {
                parameter.insert("Default".into(), value.clone().into());
            }
        }
        Self {
            parameters,
            conditions: section("Conditions"),
            mappings: section("Mappings"),
            identities: BTreeMap::new(),
        }
    }

    /// Makes a resource known, so that others can refer to it.
    pub(super) fn introduce(&mut self, logical: &str, identity: Identity) {
        self.identities.insert(logical.to_owned(), identity);
    }

    /// The value with all intrinsics worked out. `Null` stands for `AWS::NoValue`.
    pub(super) fn value(&self, value: &Value, at: &Place) -> Resolved {
        match value {
            Value::Object(object) => match intrinsic(object) {
                Some((name, operand)) => self.call(name, operand, at),
                None => self.object(object, at).map(Value::Object),
            },
            Value::Array(list) => {
                let items = list.iter().map(|item| self.value(item, at));
                let items = items.filter(|item| !matches!(item, Ok(Value::Null)));
                items.collect::<Result<_, _>>().map(Value::Array)
            }
            Value::String(text) if text.contains("{{resolve:") => {
                Err(at.error(format!("{text} is looked up in AWS; the twin has nothing to put in its place")))
            }
            plain => Ok(plain.clone()),
        }
    }

    /// Works out an intrinsic that stands in place of a whole section, and leaves the section's own values alone.
    pub(super) fn section(&self, value: &Value, at: &Place) -> Resolved {
        match value.as_object().and_then(intrinsic) {
            Some(("Fn::If", operand)) => self.section(self.chosen(operand, at)?, at),
            Some((name, operand)) => self.call(name, operand, at),
            None => Ok(value.clone()),
        }
    }

    /// Whether a condition of the template holds.
    pub(super) fn holds(&self, condition: &str, at: &Place) -> Result<bool, TemplateError> {
        let value =
            self.conditions.get(condition).ok_or_else(|| at.error(format!("no condition {condition:?}")))?;
        self.truth(value, at)
    }

    fn object(&self, object: &Map<String, Value>, at: &Place) -> Result<Map<String, Value>, TemplateError> {
        let mut resolved = Map::new();
        for (name, value) in object {
            let value = self.value(value, &at.inside(name))?;
            if !value.is_null() {
                resolved.insert(name.clone(), value);
            }
        }
        Ok(resolved)
    }

    fn call(&self, name: &str, operand: &Value, at: &Place) -> Resolved {
        match name {
            "Ref" => self.reference(operand.as_str().ok_or_else(|| at.error("Ref needs a name"))?, at),
            "Fn::GetAtt" => self.attribute(operand, at),
            "Fn::Sub" => self.substituted(operand, at),
            "Fn::Join" => self.joined(operand, at),
            "Fn::Split" => self.split(operand, at),
            "Fn::Select" => self.selected(operand, at),
            "Fn::If" => self.value(self.chosen(operand, at)?, at),
            "Fn::FindInMap" => self.found(operand, at),
            "Condition" | "Fn::Equals" | "Fn::Not" | "Fn::And" | "Fn::Or" => {
                Err(at.error(format!("{name} belongs in Conditions")))
            }
            _ => Err(at.error(format!("the intrinsic {name} is not understood here"))),
        }
    }

    fn reference(&self, name: &str, at: &Place) -> Resolved {
        let pseudo = match name {
            "AWS::NoValue" => return Ok(Value::Null),
            "AWS::Region" => REGION,
            "AWS::AccountId" => ACCOUNT,
            "AWS::Partition" => "aws",
            "AWS::StackName" => "local",
            "AWS::URLSuffix" => "amazonaws.com",
            _ => return self.parameter(name, at),
        };
        Ok(pseudo.into())
    }

    fn parameter(&self, name: &str, at: &Place) -> Resolved {
        if let Some(identity) = self.identities.get(name) {
            return Ok(identity.reference.clone().into());
        }
        let parameter =
            self.parameters.get(name).ok_or_else(|| at.error(format!("nothing is called {name:?}")))?;
        let default = parameter.get("Default").ok_or_else(|| {
            at.error(format!("parameter {name} has no default, and the twin has nothing to put in its place"))
        })?;
        let is_list = parameter["Type"].as_str().is_some_and(|kind| kind.contains("List"));
        Ok(match default.as_str() {
            Some(text) if is_list => text.split(',').map(str::trim).collect(),
            _ => default.clone(),
        })
    }

    fn attribute(&self, operand: &Value, at: &Place) -> Resolved {
        let path = match operand {
            Value::Array(parts) => parts.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("."),
            other => other.as_str().unwrap_or_default().to_owned(),
        };
        let (name, attribute) =
            path.split_once('.').ok_or_else(|| at.error("GetAtt needs a resource and a name"))?;
        let identity =
            self.identities.get(name).ok_or_else(|| at.error(format!("nothing is called {name:?}")))?;
        let found = identity.attributes.get(attribute).cloned();
        found
            .map(Value::String)
            .ok_or_else(|| at.error(format!("{name} has no attribute {attribute} in the twin")))
    }

    fn substituted(&self, operand: &Value, at: &Place) -> Resolved {
        let (text, own) = match operand {
            Value::Array(parts) => (parts.first(), parts.get(1).and_then(Value::as_object)),
            text => (Some(text), None),
        };
        let mut rest = text.and_then(Value::as_str).ok_or_else(|| at.error("Sub needs a text"))?;
        let mut made = String::new();
        while let Some((before, after)) = rest.split_once("${") {
            let (name, after) = after.split_once('}').ok_or_else(|| at.error("Sub has a ${ without }"))?;
            made.push_str(before);
            match name.strip_prefix('!') {
                Some(literal) => made.extend(["${", literal, "}"]),
                None => made.push_str(&self.named(name.trim(), own, at)?),
            }
            rest = after;
        }
        made.push_str(rest);
        self.value(&Value::String(made), at)
    }

    fn named(
        &self,
        name: &str,
        own: Option<&Map<String, Value>>,
        at: &Place,
    ) -> Result<String, TemplateError> {
        let value = match own.and_then(|own| own.get(name)) {
            Some(value) => self.value(value, at)?,
            None if name.contains('.') => self.attribute(&name.into(), at)?,
            None => self.reference(name, at)?,
        };
        text(&value).ok_or_else(|| at.error(format!("{name} is not a text")))
    }

    fn joined(&self, operand: &Value, at: &Place) -> Resolved {
        let resolved = self.value(operand, at)?;
        let (delimiter, list) = (resolved[0].as_str(), resolved[1].as_array());
        let (Some(delimiter), Some(list)) = (delimiter, list) else {
            return Err(at.error("Join needs a delimiter and a list"));
        };
        let texts: Option<Vec<_>> = list.iter().map(text).collect();
        texts.map(|texts| texts.join(delimiter).into()).ok_or_else(|| at.error("Join needs a list of texts"))
    }

    fn split(&self, operand: &Value, at: &Place) -> Resolved {
        let resolved = self.value(operand, at)?;
        match (resolved[0].as_str(), resolved[1].as_str()) {
            (Some(delimiter), Some(source)) => Ok(source.split(delimiter).collect()),
            _ => Err(at.error("Split needs a delimiter and a text")),
        }
    }

    fn selected(&self, operand: &Value, at: &Place) -> Resolved {
        let resolved = self.value(operand, at)?;
        let index = text(&resolved[0]).and_then(|index| index.parse::<usize>().ok());
        let item = index.and_then(|index| resolved[1].get(index)).cloned();
        item.ok_or_else(|| at.error("Select needs the place of an item and a list"))
    }

    fn found(&self, operand: &Value, at: &Place) -> Resolved {
        let resolved = self.value(operand, at)?;
        let key = |index: usize| resolved[index].as_str().unwrap_or_default();
        let value = self.mappings.get(key(0)).and_then(|map| map.get(key(1))).and_then(|map| map.get(key(2)));
        value.cloned().ok_or_else(|| at.error("FindInMap finds nothing there"))
    }

    fn chosen<'a>(&self, operand: &'a Value, at: &Place) -> Result<&'a Value, TemplateError> {
        let Some([condition, yes, no]) = operand.as_array().map(Vec::as_slice) else {
            return Err(at.error("If needs a condition and two values"));
        };
        let condition = condition.as_str().ok_or_else(|| at.error("If needs a condition's name"))?;
        Ok(if self.holds(condition, at)? { yes } else { no })
    }

    fn truth(&self, value: &Value, at: &Place) -> Result<bool, TemplateError> {
        let (name, operand) =
            value.as_object().and_then(intrinsic).ok_or_else(|| at.error("a condition is not understood"))?;
        let list = || operand.as_array().ok_or_else(|| at.error(format!("{name} needs a list")));
        match name {
            "Condition" => self.holds(operand.as_str().unwrap_or_default(), at),
            "Fn::Equals" => {
                let sides = self.value(&Value::Array(list()?.clone()), at)?;
                Ok(text(&sides[0]) == text(&sides[1]))
            }
            "Fn::Not" => {
                list()?.first().map_or(Err(at.error("Not needs one")), |one| Ok(!self.truth(one, at)?))
            }
            "Fn::And" => list()?.iter().try_fold(true, |all, one| Ok(self.truth(one, at)? && all)),
            "Fn::Or" => list()?.iter().try_fold(false, |any, one| Ok(self.truth(one, at)? || any)),
            _ => Err(at.error(format!("the condition {name} is not understood here"))),
        }
    }
}

/// The text of a plain value, as CloudFormation writes it.
pub(super) fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        _ => None,
    }
}

fn intrinsic(object: &Map<String, Value>) -> Option<(&str, &Value)> {
    let mut entries = object.iter();
    let (name, operand) = entries.next()?;
    let alone = entries.next().is_none();
    (alone && (name == "Ref" || name == "Condition" && operand.is_string() || name.starts_with("Fn::")))
        .then_some((name.as_str(), operand))
}
