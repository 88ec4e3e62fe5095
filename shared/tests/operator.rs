//! The programs of an operator, `verify` and `recount`, from the outside: what they say, and what they end with.
#![expect(clippy::unwrap_used, reason = "all of this file is tests")]

use std::io::{Read, Write};
use std::net::TcpListener;
use std::process::{Command, Output};

fn verify(arguments: &[&str]) -> Output {
    run(env!("CARGO_BIN_EXE_verify"), arguments)
}

fn recount(arguments: &[&str]) -> Output {
    run(env!("CARGO_BIN_EXE_recount"), arguments)
}

fn run(program: &str, arguments: &[&str]) -> Output {
    let mut command = Command::new(program);
    command.args(arguments).env_clear();
    for (name, value) in
        [("AWS_REGION", "eu-central-1"), ("AWS_ACCESS_KEY_ID", "local"), ("AWS_SECRET_ACCESS_KEY", "local")]
    {
        command.env(name, value);
    }
    command.output().unwrap()
}

/// The code it ends with, what it prints, and what it complains of.
fn told(output: Output) -> (Option<i32>, String, String) {
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

/// Says this to the one request that comes; gives where.
fn answering(status: &str, body: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let answer = format!(
        "HTTP/1.1 {status}\r\ncontent-type: application/x-amz-json-1.0\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut asked = Vec::new();
        // The head, and the body that it announces.
        while !is_whole(&asked) {
            let mut part = [0; 4096];
            let read = stream.read(&mut part).unwrap();
            asked.extend_from_slice(&part[..read]);
        }
        stream.write_all(answer.as_bytes()).unwrap();
    });
    address
}

fn is_whole(asked: &[u8]) -> bool {
    let text = String::from_utf8_lossy(asked).to_lowercase();
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    length.is_some_and(|length| body.len() >= length.parse().unwrap())
}

#[test]
fn a_table_without_faults_ends_with_0() {
    let endpoint = answering("200 OK", r#"{"Items": [], "Count": 0, "ScannedCount": 0}"#);
    let (code, printed, complaint) = told(verify(&["--table", "Table", "--endpoint", &endpoint]));
    assert_eq!(
        (code, printed.as_str(), complaint.as_str()),
        (Some(0), "Complaints: 0. Events: 0. Faults: 0.\n", "")
    );
}

#[test]
fn a_table_with_faults_ends_with_1_and_a_line_for_each() {
    let pointers = r#"{"Items": [
        {"pk": {"S": "O#0"}, "sk": {"S": "2026-01-01T00:00:00.000000Z#0192fa3c-0000-7000-8000-000000000000#1"}},
        {"pk": {"S": "O#0"}, "sk": {"S": "nonsense"}},
        {"pk": {"S": "C#nobody"}, "sk": {"S": "C"}}], "Count": 3, "ScannedCount": 3}"#;
    let (code, printed, complaint) =
        told(verify(&["--table", "Table", "--endpoint", &answering("200 OK", pointers)]));
    let lines: Vec<&str> = printed.lines().collect();
    assert_eq!(
        lines,
        [
            "O#0 2026-01-01T00:00:00.000000Z#0192fa3c-0000-7000-8000-000000000000#1: this event is still unpublished",
            "O#0 nonsense: this points to no event",
            "C#nobody C: this is no complaint's id",
            "Complaints: 0. Events: 0. Faults: 3.",
        ]
    );
    assert_eq!((code, complaint.as_str()), (Some(1), ""));
}

#[test]
fn what_it_cannot_check_is_said_in_one_line_and_ends_with_2() {
    let gone = answering(
        "400 Bad Request",
        r#"{"__type": "com.amazonaws.dynamodb.v20120810#ResourceNotFoundException", "message": "none"}"#,
    );
    let cases: [(&[&str], &str); 7] = [
        (&[], "which table? --table names it, --help shows the rest"),
        (&["--table"], "missing argument for option '--table'"),
        (&["--tabel", "x"], "invalid option '--tabel'; --help shows what there is"),
        (&["Table"], "unexpected argument \"Table\"; --help shows what there is"),
        (
            &["--table", "x", "--endpoint", "localhost"],
            "--endpoint \"localhost\" is not an address like http://localhost:8787",
        ),
        (&["--table", "x", "--shards", "0"], "--shards \"0\" is not a number from 1 to 100"),
        (&["--table", "x", "--endpoint", &gone], "the table x cannot be read: ResourceNotFoundException"),
    ];
    for (arguments, problem) in cases {
        let said = told(verify(arguments));
        assert_eq!(said, (Some(2), String::new(), format!("error: {problem}\n")));
    }
}

#[test]
fn a_recount_of_an_empty_table_adds_nothing() {
    let endpoint = answering("200 OK", r#"{"Items": [], "Count": 0, "ScannedCount": 0}"#);
    // What is to come is never too long ago, whatever the machine's clock says.
    let since = "2999-01-01T00:00:00Z";
    let said = told(recount(&["--table", "Table", "--endpoint", &endpoint, "--since", since]));
    assert_eq!(said, (Some(0), "Events: 0. Added to the figures: 0.\n".to_owned(), String::new()));
}

#[test]
fn what_cannot_be_recounted_is_said_in_one_line_and_ends_with_2() {
    let cases: [(&[&str], &str); 6] = [
        (&["--since", "2026-11-02T09:00:00Z"], "which table? --table names it, --help shows the rest"),
        (&["--table", "x"], "since when? --since says it, --help shows the rest"),
        (
            &["--table", "x", "--since", "yesterday"],
            "--since \"yesterday\" is not an instant like 2026-11-02T09:00:00Z",
        ),
        (
            &["--table", "x", "--since", "2020-01-01T00:00:00Z"],
            "--since 2020-01-01T00:00:00Z is more than 60 days ago",
        ),
        (
            &["--table", "x", "--policy", "/no/such.toml"],
            "the policy /no/such.toml cannot be read: No such file or directory (os error 2)",
        ),
        (&["--tabel", "x"], "invalid option '--tabel'; --help shows what there is"),
    ];
    for (arguments, problem) in cases {
        assert_eq!(told(recount(arguments)), (Some(2), String::new(), format!("error: {problem}\n")));
    }
}

#[test]
fn they_say_how_they_are_used() {
    for help in [verify(&["--help"]), recount(&["--help"])] {
        let (code, printed, _) = told(help);
        assert_eq!(code, Some(0));
        assert!(printed.contains("--table NAME"), "{printed}");
    }
}
