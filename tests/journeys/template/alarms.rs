//! What the alarms listen for, held against what the steps say.

use std::collections::BTreeSet;

use complaints::shell::mailer::STAFF_NOT_REACHED;
use serde_json::{Value, json};

use super::{document, woken};

/// An expression of an alarm takes no more metrics.
const MOST_METRICS: usize = 10;

#[test]
fn an_alarm_goes_off_when_a_letter_to_staff_does_not_arrive() {
    let template = document();
    let resources = template["Resources"].as_object().unwrap();
    let of_type = |kind: &str| {
        let kind = kind.to_owned();
        resources.values().filter(move |it| it["Type"] == kind.as_str()).map(|it| &it["Properties"])
    };
    let is_counted = |filter: &&Value| filter["MetricTransformations"][0]["MetricName"] == "StaffNotReached";
    let filters: Vec<&Value> = of_type("AWS::Logs::MetricFilter").filter(is_counted).collect();
    let [filter] = filters[..] else { panic!("one filter: {filters:?}") };
    assert_eq!(filter["FilterPattern"], json!(format!("{{ $.fields.message = \"{STAFF_NOT_REACHED}\" }}")));
    // Whichever step is the one to know writes it there.
    assert_eq!(filter["LogGroupName"], template["Globals"]["Function"]["LoggingConfig"]["LogGroup"]);
    assert!(of_type("AWS::Serverless::Function").all(|function| function["LoggingConfig"].is_null()));
    let mut alarms =
        of_type("AWS::CloudWatch::Alarm").filter(|alarm| alarm["MetricName"] == "StaffNotReached");
    let alarm = alarms.next().expect("the alarm");
    assert_eq!(
        (&alarm["Threshold"], &alarm["ComparisonOperator"]),
        (&json!(0), &json!("GreaterThanThreshold"))
    );
    assert_eq!(alarm["AlarmActions"], json!([{"Ref": "Alarms"}]));
}

#[test]
fn an_alarm_goes_off_when_a_function_that_nobody_waits_for_keeps_failing() {
    let template = document();
    let resources = template["Resources"].as_object().unwrap();
    let mut watched = BTreeSet::new();
    for (name, alarm) in resources.iter().filter(|(_, it)| it["Type"] == "AWS::CloudWatch::Alarm") {
        let alarm = &alarm["Properties"];
        let metrics = alarm["Metrics"].as_array().into_iter().flatten().map(|it| &it["MetricStat"]);
        let errors: Vec<&Value> = metrics.filter(|it| it["Metric"]["MetricName"] == "Errors").collect();
        if errors.is_empty() {
            continue;
        }
        assert!(errors.len() <= MOST_METRICS, "{name} has {} metrics", errors.len());
        assert_eq!(alarm["Metrics"][0]["Expression"], "SUM(METRICS())", "{name}");
        assert_eq!(
            (&alarm["Threshold"], &alarm["ComparisonOperator"]),
            (&json!(0), &json!("GreaterThanThreshold")),
            "{name}"
        );
        assert_eq!(alarm["AlarmActions"], json!([{"Ref": "Alarms"}]), "{name}");
        for error in errors {
            assert_eq!(
                (&error["Metric"]["Namespace"], &error["Stat"]),
                (&json!("AWS/Lambda"), &json!("Sum"))
            );
            let function = error["Metric"]["Dimensions"][0]["Value"]["Ref"].as_str();
            watched.insert(function.unwrap_or_else(|| panic!("a function: {error}")));
        }
    }
    let woken = woken(&template, &["DynamoDB", "EventBridgeRule", "ScheduleV2"]);
    assert_eq!(watched, woken.into_iter().map(|(function, _)| function).collect());
}
