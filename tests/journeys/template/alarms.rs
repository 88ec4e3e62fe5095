//! What the alarms listen for, held against what the steps say.

use complaints::shell::mailer::STAFF_NOT_REACHED;
use serde_json::{Value, json};

use super::root;

#[test]
fn an_alarm_goes_off_when_a_letter_to_staff_does_not_arrive() {
    let text = std::fs::read_to_string(root().join("infra/template.yaml")).unwrap();
    let template = local::template_document(&text).unwrap();
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
