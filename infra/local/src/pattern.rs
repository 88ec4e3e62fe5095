//! Event patterns, as EventBridge rules and stream filters use them: which events wake whom.

use serde_json::{Map, Value};

mod test;

use test::Test;

/// A pattern, checked when it is read, so that matching cannot fail.
#[derive(Clone, Debug)]
pub struct Pattern(Fields);

/// All of these must match, and one of each `$or` list.
#[derive(Clone, Debug)]
struct Fields {
    named: Vec<(String, Rule)>,
    alternatives: Vec<Vec<Fields>>,
}

#[derive(Clone, Debug)]
enum Rule {
    /// The value is an object (or a list of them) with these fields.
    Inside(Fields),
    /// The value, or one of a list of values, passes one of these.
    AnyOf(Vec<Test>),
}

/// What is wrong with a pattern, in words for the person who wrote it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct PatternError(String);

impl Pattern {
    /// Reads a pattern from JSON text.
    pub fn parse(text: &str) -> Result<Self, PatternError> {
        let value =
            serde_json::from_str(text).map_err(|error| PatternError(format!("is not JSON: {error}")))?;
        Self::new(&value)
    }

    /// Checks a pattern; an operator without a meaning here is an error.
    pub fn new(value: &Value) -> Result<Self, PatternError> {
        let object = value.as_object().ok_or_else(|| PatternError("is not an object".into()))?;
        if object.is_empty() {
            return Err(PatternError("matches nothing: it is empty".into()));
        }
        fields(object).map(Self)
    }

    /// What a text at this path has to begin with, one of these at least; none when it need not.
    pub(crate) fn prefixes(&self, path: &[&str]) -> Option<Vec<String>> {
        self.0.prefixes(path)
    }

    /// Whether `event` is one of those meant.
    pub fn matches(&self, event: &Value) -> bool {
        self.0.match_object(event)
    }
}

fn fields(object: &Map<String, Value>) -> Result<Fields, PatternError> {
    let mut found = Fields { named: Vec::new(), alternatives: Vec::new() };
    for (name, value) in object {
        match value {
            Value::Array(list) if name == "$or" => found.alternatives.push(alternatives(list)?),
            Value::Array(list) => found.named.push((name.clone(), any_of(name, list)?)),
            Value::Object(inside) => found.named.push((name.clone(), Rule::Inside(fields(inside)?))),
            _ => return Err(PatternError(format!("field {name:?} needs a list of values or an object"))),
        }
    }
    Ok(found)
}

fn alternatives(list: &[Value]) -> Result<Vec<Fields>, PatternError> {
    list.iter()
        .map(|one| fields(one.as_object().ok_or_else(|| PatternError("$or needs a list of objects".into()))?))
        .collect()
}

fn any_of(name: &str, list: &[Value]) -> Result<Rule, PatternError> {
    if list.is_empty() {
        return Err(PatternError(format!("field {name:?} lists no value")));
    }
    let tests = list.iter().map(|value| Test::parse(value).map_err(|problem| about(name, &problem)));
    tests.collect::<Result<_, _>>().map(Rule::AnyOf)
}

fn about(name: &str, problem: &str) -> PatternError {
    PatternError(format!("field {name:?}: {problem}"))
}

impl Fields {
    fn match_object(&self, value: &Value) -> bool {
        match value {
            Value::Array(list) => list.iter().any(|one| self.match_object(one)),
            value => {
                self.named.iter().all(|(name, rule)| rule.matches(value.get(name)))
                    && self.alternatives.iter().all(|list| list.iter().any(|one| one.match_object(value)))
            }
        }
    }

    fn prefixes(&self, path: &[&str]) -> Option<Vec<String>> {
        let (first, rest) = path.split_first()?;
        let (_, rule) = self.named.iter().find(|(name, _)| name == first)?;
        match rule {
            Rule::Inside(fields) => fields.prefixes(rest),
            Rule::AnyOf(tests) if rest.is_empty() => tests.iter().map(Test::prefix).collect(),
            Rule::AnyOf(_) => None,
        }
    }

    /// Whether an absent object would do: each field asks for an absence.
    fn match_absent(&self) -> bool {
        self.named.iter().all(|(_, rule)| rule.matches(None))
            && self.alternatives.iter().all(|list| list.iter().any(Self::match_absent))
    }
}

impl Rule {
    fn matches(&self, value: Option<&Value>) -> bool {
        match (self, value) {
            (Self::Inside(fields), Some(value)) => fields.match_object(value),
            (Self::Inside(fields), None) => fields.match_absent(),
            (Self::AnyOf(tests), Some(Value::Array(list))) if !list.is_empty() => {
                tests.iter().any(|test| list.iter().any(|one| test.passes(Some(one))))
            }
            // An empty list has no values, so it counts as absent.
            (Self::AnyOf(tests), None | Some(Value::Array(_))) => tests.iter().any(|test| test.passes(None)),
            (Self::AnyOf(tests), value) => tests.iter().any(|test| test.passes(value)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[track_caller]
    fn check(pattern: &Value, matching: &[Value], other: &[Value]) {
        let pattern = Pattern::new(pattern).unwrap();
        for event in matching {
            assert!(pattern.matches(event), "{event} should match");
        }
        for event in other {
            assert!(!pattern.matches(event), "{event} should not match");
        }
    }

    #[test]
    fn an_inserted_event_item_is_told_from_other_changes_by_its_key() {
        check(
            &json!({"eventName": ["INSERT"], "dynamodb": {"Keys": {"pk": {"S": [{"prefix": "E#"}]}}}}),
            &[json!({"eventName": "INSERT", "dynamodb": {"Keys": {"pk": {"S": "E#1"}, "sk": {"S": "1"}}}})],
            &[
                json!({"eventName": "MODIFY", "dynamodb": {"Keys": {"pk": {"S": "E#1"}}}}),
                json!({"eventName": "INSERT", "dynamodb": {"Keys": {"pk": {"S": "C#1"}}}}),
                json!({"eventName": "INSERT"}),
            ],
        );
    }

    #[test]
    fn what_a_key_must_begin_with_is_told_where_nothing_else_passes() {
        let prefixes = |test: Value| {
            Pattern::new(&json!({"eventName": ["INSERT"], "Keys": {"pk": test}}))
                .unwrap()
                .prefixes(&["Keys", "pk"])
        };
        assert_eq!(prefixes(json!([{"prefix": "E#"}, "C#1"])), Some(vec!["E#".to_owned(), "C#1".to_owned()]));
        assert_eq!(prefixes(json!([{"prefix": "E#"}, {"suffix": "1"}])), None);
        assert_eq!(prefixes(json!({"S": [{"prefix": "E#"}]})), None);
    }

    #[test]
    fn all_fields_must_match_and_any_of_their_values_will_do() {
        check(
            &json!({"source": ["complaints"], "detail-type": ["Received", "Closed"]}),
            &[json!({"source": "complaints", "detail-type": "Closed", "more": 1})],
            &[json!({"source": "complaints", "detail-type": "Triaged"}), json!({"detail-type": "Closed"})],
        );
    }

    #[test]
    fn a_value_in_a_list_of_values_will_do() {
        check(
            &json!({"resources": ["b"], "people": {"name": ["Ann"]}}),
            &[json!({"resources": ["a", "b"], "people": [{"name": "Bo"}, {"name": "Ann"}]})],
            &[json!({"resources": [], "people": {"name": "Ann"}})],
        );
    }

    #[test]
    fn exists_asks_for_a_leaf_or_for_its_absence() {
        check(
            &json!({"a": {"b": [{"exists": true}]}}),
            &[json!({"a": {"b": null}})],
            &[json!({"a": {"b": {}}})],
        );
        check(
            &json!({"a": {"b": [{"exists": false}]}}),
            &[json!({"a": {}}), json!({}), json!({"a": {"b": []}})],
            &[json!({"a": {"b": 0}})],
        );
    }

    #[test]
    fn anything_but_wants_another_value_and_not_an_absence() {
        check(
            &json!({"a": [{"anything-but": ["x", 1]}]}),
            &[json!({"a": "y"})],
            &[json!({"a": "x"}), json!({"a": 1}), json!({})],
        );
        check(
            &json!({"a": [{"anything-but": {"prefix": "x"}}]}),
            &[json!({"a": "yx"})],
            &[json!({"a": "xy"})],
        );
    }

    #[test]
    fn numbers_are_compared_as_numbers_and_text_never_is_one() {
        check(
            &json!({"n": [{"numeric": [">", 0, "<=", 5]}]}),
            &[json!({"n": 5}), json!({"n": 0.5})],
            &[json!({"n": 0}), json!({"n": 6}), json!({"n": "3"})],
        );
        check(&json!({"n": [5]}), &[json!({"n": 5.0})], &[json!({"n": "5"})]);
    }

    #[test]
    fn text_may_be_tested_at_both_ends_without_case_and_with_wildcards() {
        check(&json!({"a": [{"suffix": ".png"}]}), &[json!({"a": "x.png"})], &[json!({"a": "x.PNG"})]);
        check(
            &json!({"a": [{"equals-ignore-case": "Yes"}]}),
            &[json!({"a": "yES"})],
            &[json!({"a": "yes "})],
        );
        check(
            &json!({"a": [{"prefix": {"equals-ignore-case": "ab"}}]}),
            &[json!({"a": "ABC"})],
            &[json!({"a": "b"})],
        );
        check(
            &json!({"a": [{"wildcard": "x*y*z"}]}),
            &[json!({"a": "xyz"}), json!({"a": "x1y2yz"})],
            &[json!({"a": "xz"}), json!({"a": "xyzz1"})],
        );
    }

    #[test]
    fn one_alternative_is_enough() {
        check(
            &json!({"source": ["s"], "$or": [{"a": [1]}, {"b": [{"exists": false}]}]}),
            &[json!({"source": "s", "a": 1, "b": 1}), json!({"source": "s"})],
            &[json!({"source": "s", "a": 2, "b": 1})],
        );
    }

    #[test]
    fn what_is_not_understood_is_refused_with_its_field() {
        let refused = |value| Pattern::new(&value).unwrap_err().to_string();
        assert_eq!(refused(json!({"a": "x"})), "field \"a\" needs a list of values or an object");
        assert_eq!(
            refused(json!({"a": [{"cidr": "10.0.0.0/8"}]})),
            "field \"a\": the test \"cidr\" is not understood"
        );
        assert_eq!(
            refused(json!({"a": [{"numeric": ["~", 1]}]})),
            "field \"a\": numeric needs pairs of sign and number"
        );
        assert_eq!(refused(json!({})), "matches nothing: it is empty");
        assert!(Pattern::parse("{").unwrap_err().to_string().starts_with("is not JSON"));
    }
}
