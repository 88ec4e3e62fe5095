//! Who may put something into the queues, held against the rules that have to.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{document, woken};

#[test]
fn the_bus_may_write_into_each_queue_that_a_rule_names_and_into_no_other() {
    let template = document();
    let rules = woken(&template, &["EventBridgeRule"]);
    let named: BTreeSet<&str> =
        rules.iter().map(|(_, rule)| queue(&rule["DeadLetterConfig"]["Arn"])).collect();
    assert_eq!(named.len(), rules.len(), "each rule has a queue of its own");
    let resources = template["Resources"].as_object().unwrap().values();
    let policies: Vec<&Value> = resources.filter(|it| it["Type"] == "AWS::SQS::QueuePolicy").collect();
    let [policy] = policies[..] else { panic!("one policy: {policies:?}") };
    let [statement] = &policy["Properties"]["PolicyDocument"]["Statement"].as_array().unwrap()[..] else {
        panic!("one statement: {policy}")
    };
    assert_eq!(statement["Effect"], "Allow");
    assert_eq!(statement["Principal"], json!({"Service": "events.amazonaws.com"}));
    assert_eq!(statement["Action"], "sqs:SendMessage");
    // A policy counts where it stands, and for what it names: a queue in one list only is as closed as in none.
    let stands: BTreeSet<&str> = listed(&policy["Properties"]["Queues"]).map(name).collect();
    assert_eq!(stands, named, "the queues that the policy stands on");
    let open: BTreeSet<&str> = listed(&statement["Resource"]).map(queue).collect();
    assert_eq!(open, named, "the queues that the policy opens");
}

fn listed(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().unwrap_or_else(|| panic!("a list: {value}")).iter()
}

/// A queue's name in the template, where it is referred to.
fn name(reference: &Value) -> &str {
    reference["Ref"].as_str().unwrap_or_else(|| panic!("a queue: {reference}"))
}

/// The same, where it is named by its ARN.
fn queue(arn: &Value) -> &str {
    assert_eq!(arn["Fn::GetAtt"][1], "Arn", "{arn}");
    arn["Fn::GetAtt"][0].as_str().unwrap_or_else(|| panic!("the ARN of a queue: {arn}"))
}
