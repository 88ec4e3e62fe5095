//! The gateway over an echo of what its functions get.

use std::net::IpAddr;
use std::path::PathBuf;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use http::request::Builder;

use super::*;
use crate::door::{ACCOUNT, Clock};
use crate::handler::{Handlers, handler};
use crate::world::{Options, World};

const TEMPLATE: &str = r"
Resources:
  Table:
    Type: AWS::DynamoDB::Table
    Properties:
      KeySchema: [{AttributeName: pk, KeyType: HASH}]
      AttributeDefinitions: [{AttributeName: pk, AttributeType: S}]
  Api:
    Type: AWS::Serverless::HttpApi
    Properties:
      CorsConfiguration: {AllowOrigins: ['https://shop.example'], AllowMethods: [POST], AllowHeaders: [Accept], MaxAge: 60}
      Auth:
        DefaultAuthorizer: Staff
        Authorizers:
          Staff:
            FunctionArn: !GetAtt Guard.Arn
            AuthorizerPayloadFormatVersion: '2.0'
            EnableSimpleResponses: true
            Identity: {Context: [routeKey], ReauthorizeEvery: 0}
          Strict:
            FunctionArn: !GetAtt Guard.Arn
            AuthorizerPayloadFormatVersion: '2.0'
            EnableSimpleResponses: true
            Identity: {Headers: [Authorization], ReauthorizeEvery: 0}
  Guard: {Type: AWS::Serverless::Function, Properties: {CodeUri: guard}}
  Echo:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: echo
      Events:
        Post: {Type: HttpApi, Properties: {ApiId: !Ref Api, Method: POST, Path: /echo, Auth: {Authorizer: NONE}}}
        Get: {Type: HttpApi, Properties: {ApiId: !Ref Api, Method: GET, Path: '/echo/{name}', Auth: {Authorizer: NONE}}}
        Rest: {Type: HttpApi, Properties: {ApiId: !Ref Api, Method: ANY, Path: '/rest/{rest+}', Auth: {Authorizer: NONE}}}
        Staff: {Type: HttpApi, Properties: {ApiId: !Ref Api, Method: GET, Path: /staff}}
        Strict: {Type: HttpApi, Properties: {ApiId: !Ref Api, Method: GET, Path: /strict, Auth: {Authorizer: Strict}}}
  Fixed:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: fixed
      Events:
        Get: {Type: HttpApi, Properties: {ApiId: !Ref Api, Method: GET, Path: /echo/fixed, Auth: {Authorizer: NONE}}}
  Slow:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: slow
      Timeout: 1
      Events:
        Get: {Type: HttpApi, Properties: {ApiId: !Ref Api, Method: GET, Path: /slow, Auth: {Authorizer: NONE}}}
";

fn world() -> World {
    static NUMBER: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
    let number = NUMBER.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    let template: PathBuf =
        std::env::temp_dir().join(format!("twin-gateway-{}-{number}.yaml", std::process::id()));
    std::fs::write(&template, TEMPLATE).unwrap();
    let mut options = Options::new(Clock::frozen("2026-11-02T09:05:07Z".parse().unwrap()));
    options.template.clone_from(&template);
    options.staffing = Box::new(|_, _| {
        let echo = handler(|event| async move { Ok(json!({"statusCode": 200, "body": event.to_string()})) });
        // Answers with what was posted to it as the answer to give.
        let fixed = handler(|event| async move {
            let wanted = event["queryStringParameters"]["answer"].as_str().unwrap_or("null").to_owned();
            serde_json::from_str(&wanted).map_err(|error| error.to_string())
        });
        let guard = handler(|event| async move {
            match event["headers"]["authorization"].as_str() {
                Some("broken") => Err("broken".into()),
                Some(name) => Ok(
                    json!({"isAuthorized": true, "context": {"name": name, "source": event["identitySource"]}}),
                ),
                None => Ok(json!({"isAuthorized": false})),
            }
        });
        let slow = handler(|_| async {
            tokio::time::sleep(std::time::Duration::from_mins(1)).await;
            Ok(Value::Null)
        });
        let staff = [("echo", echo), ("fixed", fixed), ("guard", guard), ("slow", slow)];
        Ok(Handlers::from(staff.map(|(name, handler)| (name.to_owned(), handler))))
    });
    let world = World::new(options).unwrap();
    drop(std::fs::remove_file(template));
    world
}

async fn ask(request: Builder, body: impl Into<Bytes>) -> (StatusCode, http::HeaderMap, Bytes) {
    let response = world().http(request.body(body.into()).unwrap()).await;
    let (parts, body) = response.into_parts();
    (parts.status, parts.headers, body)
}

/// The event that the echo got.
async fn event(request: Builder, body: impl Into<Bytes>) -> Value {
    let (status, _, body) = ask(request, body).await;
    assert_eq!(status, 200, "{body:?}");
    serde_json::from_slice(&body).unwrap()
}

async fn fixed(answer: &Value) -> (StatusCode, http::HeaderMap, Bytes) {
    let query: String =
        form_urlencoded::Serializer::new(String::new()).append_pair("answer", &answer.to_string()).finish();
    ask(Request::get(format!("/echo/fixed?{query}")), "").await
}

fn message(body: &Bytes) -> Value {
    serde_json::from_slice::<Value>(body).unwrap()["message"].clone()
}

#[tokio::test]
async fn a_request_arrives_in_payload_format_2() {
    let mut request = Request::get("/echo/J%C3%B6rg%20B?a=1&a=2&b=x%20y")
        .header("Host", "desk.example")
        .header("User-Agent", "test")
        .header("X-Many", "one")
        .header("X-Many", "two")
        .header("Cookie", "a=1; b=2");
    request.extensions_mut().unwrap().insert::<IpAddr>("203.0.113.9".parse().unwrap());
    let event = event(request, "").await;
    let id = event["requestContext"]["requestId"].clone();
    assert_eq!(
        event,
        json!({
            "version": "2.0",
            "routeKey": "GET /echo/{name}",
            "rawPath": "/echo/Jörg B",
            "rawQueryString": "a=1&a=2&b=x%20y",
            "cookies": ["a=1", "b=2"],
            "headers": {
                "host": "desk.example", "user-agent": "test", "x-many": "one,two", "x-forwarded-for": "203.0.113.9",
            },
            "queryStringParameters": {"a": "1,2", "b": "x y"},
            "pathParameters": {"name": "Jörg B"},
            "requestContext": {
                "accountId": ACCOUNT, "apiId": "local", "domainName": "desk.example", "domainPrefix": "desk",
                "http": {
                    "method": "GET", "path": "/echo/Jörg B", "protocol": "HTTP/1.1", "sourceIp": "203.0.113.9",
                    "userAgent": "test",
                },
                "requestId": id, "routeKey": "GET /echo/{name}", "stage": "$default",
                "time": "02/Nov/2026:09:05:07 +0000", "timeEpoch": 1_793_610_307_000_i64,
            },
            "isBase64Encoded": false,
        })
    );
}

#[tokio::test]
async fn text_stays_text_and_forms_and_all_else_come_in_base64() {
    let json =
        event(Request::post("/echo").header("content-type", "application/json"), "{\"a\":\"ü\"}").await;
    assert_eq!((&json["body"], &json["isBase64Encoded"]), (&json!("{\"a\":\"ü\"}"), &json!(false)));
    for kind in ["application/x-www-form-urlencoded", "image/png", "application/json"] {
        let body: &[u8] = if kind == "application/json" { b"\xff\xfe" } else { b"a=1" };
        let event = event(Request::post("/echo").header("content-type", kind), body).await;
        assert_eq!(
            (&event["body"], &event["isBase64Encoded"]),
            (&json!(BASE64_STANDARD.encode(body)), &json!(true))
        );
    }
}

#[tokio::test]
async fn the_more_exact_route_wins_and_a_greedy_one_takes_the_rest() {
    assert_eq!(ask(Request::get("/echo/fixed?answer=%7B%22statusCode%22:204%7D"), "").await.0, 204);
    let rest = event(Request::delete("/rest/a/b%20c"), "").await;
    assert_eq!(rest["pathParameters"]["rest"], "a/b c");
    assert_eq!(rest["routeKey"], "ANY /rest/{rest+}");
}

#[tokio::test]
async fn what_has_no_route_is_not_found_whatever_its_method() {
    for request in
        [Request::get("/"), Request::get("/echo"), Request::post("/echo/"), Request::head("/staff")]
    {
        let (status, headers, body) = ask(request, "").await;
        assert_eq!((status, message(&body)), (StatusCode::NOT_FOUND, json!("Not Found")));
        assert_eq!(headers[header::CONTENT_TYPE], "application/json");
        assert!(headers.contains_key("apigw-requestid"));
    }
}

#[tokio::test]
async fn staff_are_let_in_by_the_authorizer_alone() {
    let allowed = event(Request::get("/staff").header("authorization", "Ann"), "").await;
    let context = json!({"lambda": {"name": "Ann", "source": ["GET /staff"]}});
    assert_eq!(allowed["requestContext"]["authorizer"], context);
    let (status, _, body) = ask(Request::get("/staff"), "").await;
    assert_eq!((status, message(&body)), (StatusCode::FORBIDDEN, json!("Forbidden")));
    let (status, _, body) = ask(Request::get("/staff").header("authorization", "broken"), "").await;
    assert_eq!((status, message(&body)), (StatusCode::INTERNAL_SERVER_ERROR, json!("Internal Server Error")));
    let (status, _, body) = ask(Request::get("/strict"), "").await;
    assert_eq!((status, message(&body)), (StatusCode::UNAUTHORIZED, json!("Unauthorized")));
}

#[tokio::test]
async fn too_large_a_body_or_head_is_refused_by_the_gateway() {
    for size in [LARGEST_BODY + 1, LARGEST_EVENT + 1] {
        let (status, _, body) =
            ask(Request::post("/echo").header("content-type", "text/plain"), vec![b'a'; size]).await;
        assert_eq!(
            (status, message(&body)),
            (StatusCode::PAYLOAD_TOO_LARGE, json!("Request Entity Too Large"))
        );
    }
    let (status, ..) = ask(Request::post("/echo").header("x-long", "a".repeat(LARGEST_HEAD)), "").await;
    assert_eq!(status, StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE);
}

#[tokio::test]
async fn an_answer_brings_status_headers_cookies_and_bytes() {
    let answer = json!({
        "statusCode": 201, "headers": {"X-Number": 5, "Location": "/my/1"}, "cookies": ["a=1; Path=/", "b=2"],
        "body": BASE64_STANDARD.encode([0, 255]), "isBase64Encoded": true,
    });
    let (status, headers, body) = fixed(&answer).await;
    assert_eq!((status, body.as_ref()), (StatusCode::CREATED, &[0, 255][..]));
    assert_eq!(
        (&headers["x-number"], &headers["location"]),
        (&"5".parse().unwrap(), &"/my/1".parse().unwrap())
    );
    let cookies: Vec<_> = headers.get_all("set-cookie").iter().collect();
    assert_eq!(cookies, ["a=1; Path=/", "b=2"]);
    let (status, headers, body) = fixed(&json!({"no": "status"})).await;
    assert_eq!((status, body.as_ref()), (StatusCode::OK, &br#"{"no":"status"}"#[..]));
    assert_eq!(headers[header::CONTENT_TYPE], "application/json");
}

#[tokio::test]
async fn an_answer_that_is_none_is_the_gateways_error() {
    for answer in [
        json!({"statusCode": "many"}),
        json!({"statusCode": 200, "body": {"a": 1}}),
        json!({"statusCode": 200, "headers": {"a b": "c"}}),
        json!({"statusCode": 200, "headers": {"a": "line\nbreak"}}),
    ] {
        assert_eq!(fixed(&answer).await.0, StatusCode::INTERNAL_SERVER_ERROR, "{answer}");
    }
    assert_eq!(ask(Request::get("/echo/fixed?answer=%7B"), "").await.0, StatusCode::INTERNAL_SERVER_ERROR);
}

#[tokio::test(start_paused = true)]
async fn a_function_over_its_time_is_cut_off() {
    let (status, _, body) = ask(Request::get("/slow"), "").await;
    assert_eq!((status, message(&body)), (StatusCode::INTERNAL_SERVER_ERROR, json!("Internal Server Error")));
}

#[tokio::test]
async fn a_page_of_a_known_site_may_post_and_one_of_another_may_not() {
    let preflight = |origin: &str| {
        Request::options("/echo").header("origin", origin).header("access-control-request-method", "POST")
    };
    let (status, headers, _) = ask(preflight("https://shop.example"), "").await;
    assert_eq!(status, StatusCode::NO_CONTENT);
    assert_eq!(headers[header::ACCESS_CONTROL_ALLOW_ORIGIN], "https://shop.example");
    assert_eq!(headers[header::ACCESS_CONTROL_ALLOW_HEADERS], "accept");
    assert_eq!(headers[header::ACCESS_CONTROL_MAX_AGE], "60");
    let (_, headers, _) = ask(preflight("https://other.example"), "").await;
    assert!(!headers.contains_key(header::ACCESS_CONTROL_ALLOW_ORIGIN));
    let (status, headers, _) =
        ask(Request::post("/echo").header("origin", "https://shop.example"), "a").await;
    assert_eq!((status, headers.contains_key(header::ACCESS_CONTROL_ALLOW_ORIGIN)), (StatusCode::OK, true));
}
