//! The template as a reader of it: what is wired, and what is refused with its place.

use std::path::Path;
use std::time::Duration;

use serde_json::json;

use super::*;
use crate::door::Bucket;

fn stand_ins() -> StandIns {
    let names = ["BASE_URL", "LINK_SECRET", "SENDER", "STAFF_AUDIENCE", "STAFF_ISSUER"];
    let environment = names.iter().map(|name| ((*name).to_owned(), format!("stand-in for {name}"))).collect();
    StandIns { environment, ..StandIns::default() }
}

/// A small template around the given resources.
fn with(resources: &str) -> String {
    let table = "
Resources:
  Table:
    Type: AWS::DynamoDB::Table
    Properties:
      KeySchema: [{AttributeName: pk, KeyType: HASH}]
      AttributeDefinitions: [{AttributeName: pk, AttributeType: S}]
      StreamSpecification: {StreamViewType: NEW_AND_OLD_IMAGES}
";
    format!("Transform: AWS::Serverless-2016-10-31{table}{resources}")
}

fn step(name: &str, properties: &str) -> String {
    format!(
        "
  Step:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: ../functions/{name}/
      Runtime: provided.al2023{properties}"
    )
}

#[track_caller]
fn wired(text: &str) -> Wiring {
    Wiring::parse(text, &stand_ins()).unwrap()
}

#[track_caller]
fn refused(text: &str) -> String {
    Wiring::parse(text, &stand_ins()).unwrap_err().to_string()
}

#[test]
fn the_products_own_template_is_understood() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../template.yaml");
    let wiring = Wiring::read(&path, &stand_ins()).unwrap();
    assert_eq!(wiring.table.name, "Table");
    let receive = &wiring.functions["receive-complaint"];
    assert_eq!(receive.environment["TABLE"], "Table");
    assert_eq!(receive.environment["BASE_URL"], "stand-in for BASE_URL");
    assert_eq!(receive.timeout, Duration::from_secs(10));
    let report = wiring.schedules.iter().find(|schedule| schedule.function == "send-report").unwrap();
    let due = report.recurrence.after("2026-11-15T00:00:00Z".parse().unwrap()).unwrap();
    assert_eq!(due.to_string(), "2026-12-01T07:00:00Z");
    assert!(wiring.rules.iter().any(|rule| rule.function == "record-mail-events" && rule.bus == "default"));
    let publish = wiring.streams.iter().find(|stream| stream.function == "publish-events").unwrap();
    assert!(publish.partial && publish.bisect && publish.on_failure.is_some());
    let staff = wiring.routes.iter().find(|route| route.function == "list-complaints").unwrap();
    assert_eq!(wiring.authorizers[staff.authorizer.as_ref().unwrap()].function, "authorize-staff");
}

#[test]
fn references_join_names_that_the_template_gives() {
    let resources = "
  Bus:
    Type: AWS::Events::EventBus
    Properties: {Name: !Sub '${AWS::StackName}-events'}
  Letters:
    Type: AWS::SES::ConfigurationSet
";
    let sections = "
Parameters:
  Shards: {Type: Number, Default: 3}
  Hosts: {Type: CommaDelimitedList, Default: 'a, b'}
Mappings: {Size: {small: {n: 7}}}
Conditions: {Many: !Not [!Equals [!Ref Shards, 1]]}
Globals: {Function: {Environment: {Variables: {BUS: !Ref Bus, LETTERS: !Ref Letters}}}}
Resources:";
    let environment = "
      Environment:
        Variables:
          SHARDS: !Ref Shards
          HOSTS: !Join ['+', !Ref Hosts]
          SECOND: !Select [1, !Split [',', 'x,y']]
          MANY: !If [Many, 'yes', 'no']
          SIZE: !FindInMap [Size, small, n]
          ARN: !GetAtt Bus.Arn
          LONG: {'Fn::Sub': ['${a}/${!b}', {a: !Ref Table}]}
          NONE: !Ref AWS::NoValue
          LINK_SECRET: '{{resolve:secretsmanager:x}}'";
    let wiring = wired(&(with(resources).replace("Resources:", sections) + &step("say", environment)));
    let environment = &wiring.functions["say"].environment;
    let expected = json!({
        "SHARDS": "3", "HOSTS": "a+b", "SECOND": "y", "MANY": "yes", "SIZE": "7", "BUS": "local-events",
        "LETTERS": "Letters", "LONG": "Table/${b}", "LINK_SECRET": "stand-in for LINK_SECRET",
        "ARN": format!("arn:aws:events:{}:{}:event-bus/local-events", crate::door::REGION, crate::door::ACCOUNT),
    });
    assert_eq!(json!(environment), expected);
}

#[test]
fn a_function_has_lambdas_own_bounds_unless_it_says_otherwise() {
    let wiring = wired(&(with("") + &step("say", "")));
    let function = &wiring.functions["say"];
    assert_eq!(function.timeout, Duration::from_secs(3));
    let retry = Retry { attempts: Some(2), age: Some(Duration::from_hours(6)) };
    assert_eq!(function.asynchronous, Asynchronous { retry, on_failure: None, dead_letters: None });
}

#[test]
fn a_resource_whose_condition_fails_is_not_there() {
    let text = with(
        "
  Hidden:
    Type: AWS::Of::No::Meaning
    Condition: Never
",
    )
    .replace("Resources:", "Conditions: {Never: !Equals [a, b]}\nResources:");
    assert!(wired(&text).queues.is_empty());
}

#[test]
fn what_has_no_meaning_here_is_refused_with_resource_and_property() {
    assert_eq!(
        refused(&with("  Rows: {Type: AWS::RDS::DBInstance}")),
        "template: resource Rows: type AWS::RDS::DBInstance is not understood by the local twin"
    );
    assert_eq!(
        refused(&(with("") + &step("say", "\n      VpcConfig: {SubnetIds: [a]}"))),
        "template: resource Step, property VpcConfig: is not understood by the local twin"
    );
    let event = "
      Events:
        Tick:
          Type: ScheduleV2
          Properties: {ScheduleExpression: rate(1 day), StartDate: tomorrow}";
    assert_eq!(
        refused(&(with("") + &step("say", event))),
        "template: resource Step, property Events.Tick.Properties.StartDate: is not understood by the local twin"
    );
    assert_eq!(
        refused(&with("  Alarm: {Type: AWS::CloudWatch::Alarm, Kind: loud}")),
        "template: resource Alarm, property Kind: is not understood by the local twin"
    );
    assert_eq!(
        refused(&with("").replace("Transform:", "Rules: {}\nTransform:")),
        "template: section Rules is not understood by the local twin"
    );
}

#[test]
fn an_unknown_intrinsic_is_refused() {
    assert!(
        refused(&with("  Q: {Type: AWS::SQS::Queue, Properties: {QueueName: !Cidr x}}"))
            .contains("tag !Cidr")
    );
    assert_eq!(
        refused(&with("  Q: {Type: AWS::SQS::Queue, Properties: {QueueName: {'Fn::ImportValue': x}}}")),
        "template: resource Q, property QueueName: the intrinsic Fn::ImportValue is not understood here"
    );
}

#[test]
fn a_value_that_only_aws_knows_is_refused_where_it_is_needed() {
    let secret = step("say", "\n      Environment: {Variables: {KEY: '{{resolve:ssm:x}}'}}");
    assert_eq!(
        refused(&(with("") + &secret)),
        "template: resource Step, property Environment.Variables.KEY: {{resolve:ssm:x}} is looked up in AWS; \
         the twin has nothing to put in its place"
    );
    let parameter = step("say", "\n      Environment: {Variables: {KEY: !Ref Name}}");
    let text = with("").replace("Resources:", "Parameters: {Name: {Type: String}}\nResources:") + &parameter;
    assert!(refused(&text).contains("parameter Name has no default"));
}

#[test]
fn a_queue_of_somewhere_else_and_a_wrong_pattern_are_refused() {
    let event = |properties: &str| {
        step(
            "say",
            &format!(
                "\n      Events:\n        Note:\n          Type: EventBridgeRule\n          Properties: {properties}"
            ),
        )
    };
    assert_eq!(
        refused(&(with("") + &event("{Pattern: {source: [a]}, DeadLetterConfig: {Arn: arn:of:another}}"))),
        "template: resource Step, property Events.Note.Properties.DeadLetterConfig.Arn: \
         arn:of:another is not a queue of this template"
    );
    assert_eq!(
        refused(&(with("") + &event("{Pattern: {source: [{cidr: x}]}}"))),
        "template: resource Step, property Events.Note.Properties.Pattern: field \"source\": \
         the test \"cidr\" is not understood"
    );
    assert_eq!(
        refused(&(with("") + &event("{Pattern: {source: [a]}, EventBusName: other}"))),
        "template: resource Step, property Events.Note.Properties.EventBusName: other is not a bus of this template"
    );
}

#[test]
fn two_answers_to_one_route_are_refused() {
    let events = "
      Events:
        One: {Type: HttpApi, Properties: {ApiId: !Ref Api, Method: get, Path: '/a/{x}'}}
        Two: {Type: HttpApi, Properties: {ApiId: !Ref Api, Method: GET, Path: '/a/{x}'}}";
    let same = with("  Api: {Type: AWS::Serverless::HttpApi}") + &step("say", events);
    assert_eq!(refused(&same), "template: GET /a/{x} is answered by say and say");
}

#[test]
fn text_that_is_not_yaml_or_says_a_thing_twice_is_refused() {
    assert!(refused("a: [").starts_with("template: "));
    assert!(refused("Resources: {}\nResources: {}").contains("duplicate"));
    assert!(refused("- a").contains("not a mapping"));
    let missing = Wiring::read(Path::new("nowhere.yaml"), &stand_ins()).unwrap_err().to_string();
    assert!(missing.starts_with("template nowhere.yaml: "));
}

#[test]
fn a_bucket_tells_the_default_bus_what_arrives_and_has_some_of_it_scanned() {
    let resources = "
  Files:
    Type: AWS::S3::Bucket
    Properties:
      PublicAccessBlockConfiguration: {BlockPublicAcls: true}
      NotificationConfiguration: {EventBridgeConfiguration: {EventBridgeEnabled: true}}
  Plain:
    Type: AWS::S3::Bucket
    Properties: {BucketName: plain}
  Scanner:
    Type: AWS::GuardDuty::MalwareProtectionPlan
    Properties:
      Role: !GetAtt Files.Arn
      ProtectedResource: {S3Bucket: {BucketName: !Ref Files, ObjectPrefixes: [quarantine/]}}";
    let wiring =
        wired(&(with(resources) + &step("say", "\n      Environment: {Variables: {BUCKET: !Ref Files}}")));
    let bucket = |name: &str, notifies, scanned: &[&str]| Bucket {
        name: name.to_owned(),
        notifies,
        scanned: scanned.iter().map(|prefix| (*prefix).to_owned()).collect(),
    };
    let expected = [bucket("local-files", true, &["quarantine/"]), bucket("plain", false, &[])];
    assert_eq!(wiring.buckets, expected);
    assert_eq!(wiring.functions["say"].environment["BUCKET"], "local-files");
}

#[test]
fn what_a_bucket_does_beyond_that_is_refused() {
    let bucket = |properties: &str| {
        refused(&with(&format!("\n  Files: {{Type: AWS::S3::Bucket, Properties: {properties}}}")))
    };
    assert!(bucket("{VersioningConfiguration: {Status: Enabled}}").contains("VersioningConfiguration"));
    assert!(bucket("{NotificationConfiguration: {QueueConfigurations: []}}").contains("QueueConfigurations"));
    let plan = "
  Scanner:
    Type: AWS::GuardDuty::MalwareProtectionPlan
    Properties: {ProtectedResource: {S3Bucket: {BucketName: elsewhere}}}";
    assert!(refused(&with(plan)).contains("elsewhere is to be scanned"));
}

const RECEIPT: &str = "
  Inbox: {Type: AWS::S3::Bucket}
  Rules: {Type: AWS::SES::ReceiptRuleSet}
  Rule:
    Type: AWS::SES::ReceiptRule
    Properties:
      RuleSetName: !Ref Rules
      Rule:
        Enabled: true
        ScanEnabled: true
        Recipients: [reply.example.org]
        Actions: [{S3Action: {BucketName: !Ref Inbox, ObjectKeyPrefix: inbound/}}]";

#[test]
fn mail_that_comes_in_is_put_where_its_rule_says() {
    let receipt = Receipt {
        recipients: vec!["reply.example.org".into()],
        bucket: "local-inbox".into(),
        prefix: "inbound/".into(),
    };
    assert_eq!(wired(&with(RECEIPT)).receipts, [receipt]);
    let off = RECEIPT.replace("Enabled: true", "Enabled: false");
    assert!(wired(&with(&off)).receipts.is_empty());
}

#[test]
fn what_a_rule_for_mail_does_beyond_that_is_refused() {
    for (said, instead) in [
        ("ObjectKeyPrefix", "TopicArn"),
        ("S3Action", "BounceAction"),
        ("[{S3Action: {BucketName: !Ref Inbox, ObjectKeyPrefix: inbound/}}]", "[]"),
        ("Recipients", "Senders"),
    ] {
        assert!(
            refused(&with(&RECEIPT.replace(said, instead))).contains("resource Rule, property Rule."),
            "{instead}"
        );
    }
}

#[test]
fn parameters_take_the_values_that_the_twin_gives_them() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../template.yaml");
    assert!(Wiring::read(&path, &stand_ins()).unwrap().receipts.is_empty());
    let parameters = [("InboundDomain".to_owned(), "reply.example.org".to_owned())].into();
    let wiring = Wiring::read(&path, &StandIns { parameters, ..stand_ins() }).unwrap();
    assert_eq!(wiring.receipts[0].recipients, ["reply.example.org"]);
    assert_eq!(wiring.functions["send-letter"].environment["INBOUND_DOMAIN"], "reply.example.org");
}
