//! What the report says to be learnt from: root causes, and what management decided.

use super::*;

/// Four actions on the report of October: open, overdue, done and given up; and one that was told done before.
pub(super) fn actions() -> [ManagementAction; 5] {
    let done = |at| ended(at, Ending::Done, None);
    [
        action(1, "2026-12-15", None),
        action(2, "2026-11-20", None),
        action(3, "2026-11-20", Some(done("2026-11-19T10:00:00Z"))),
        action(
            4,
            "2026-11-20",
            Some(ended("2026-11-18T10:00:00Z", Ending::GivenUp, Some("The product ends."))),
        ),
        action(5, "2026-10-20", Some(done("2026-10-19T10:00:00Z"))),
    ]
}

fn action(number: u8, due: &str, ended: Option<ActionEnd>) -> ManagementAction {
    ManagementAction {
        report: period("2026-10"),
        number,
        what: format!("Train the card team, part {number}.").parse().unwrap(),
        owner: StaffId::parse("mia@northgate.example").unwrap(),
        due: due.parse().unwrap(),
        recorded_at: "2026-10-05T10:00:00Z".parse().unwrap(),
        recorded_by: StaffId::parse("fin@northgate.example").unwrap(),
        ended,
    }
}

fn ended(at: &str, how: Ending, reason: Option<&str>) -> ActionEnd {
    let by = StaffId::parse("fin@northgate.example").unwrap();
    ActionEnd { how, reason: reason.map(|reason| reason.parse().unwrap()), at: at.parse().unwrap(), by }
}

#[test]
fn root_causes_are_of_what_was_upheld_the_most_frequent_first_each_with_those_above_it() {
    let mut figures = Figures::default();
    for (item, counter, number) in [
        ("outcome#upheld", "count", 6),
        ("outcome#upheld", "cause_it", 2),
        ("outcome#upheld", "cause_people", 3),
        ("outcome#upheld", "no_cause", 1),
        ("outcome#partly_upheld", "count", 2),
        ("outcome#partly_upheld", "cause_it", 2),
        ("outcome#not_upheld", "count", 9),
    ] {
        figures.add(item, counter, number);
    }
    let report = report("2026-11", &figures, None);
    let section = report.sections.iter().find(|section| section.code == "causes").unwrap();
    let told: Vec<_> = section.tables[1]
        .rows
        .iter()
        .map(|row| (row.name.as_str(), row.cells[0].shown(), row.cells[1].shown()))
        .collect();
    let shown = |part, together| (format!("{part} of 8"), format!("{together} of 8"));
    let expected = [("IT", shown(4, 4)), ("People", shown(3, 7)), ("None recorded", shown(1, 8))];
    assert_eq!(told.len(), expected.len());
    for ((name, share, with_those_above), (wanted, (part, together))) in told.iter().zip(expected) {
        assert_eq!(*name, wanted);
        assert!(share.starts_with(&part) && with_those_above.starts_with(&together), "{told:?}");
    }
}

#[test]
fn actions_that_are_open_or_ended_since_the_last_report_are_told_the_most_urgent_first() {
    let report = november();
    for (item, number) in [("open", "2"), ("overdue", "1"), ("done", "1"), ("given_up", "1")] {
        assert_eq!(line(&report, "learning", item), [number], "{item}");
    }
    let section = report.sections.iter().find(|section| section.code == "learning").unwrap();
    let told: Vec<_> =
        section.tables[1].rows.iter().map(|row| (row.item.as_str(), row.cells[0].shown())).collect();
    assert_eq!(
        told,
        [
            ("action#2026-10#2", "Overdue".to_owned()),
            ("action#2026-10#1", "Open".to_owned()),
            ("action#2026-10#3", "Done".to_owned()),
            ("action#2026-10#4", "Given up".to_owned()),
        ]
    );
    assert_eq!(
        line(&report, "learning", "action#2026-10#4")[3],
        "Train the card team, part 4. (The product ends.)"
    );
}

#[test]
fn an_end_is_told_once_also_when_it_comes_with_the_cut_off() {
    let at_the_cut_off = "2026-12-01T07:00:00Z";
    let actions = [action(1, "2026-12-15", Some(ended(at_the_cut_off, Ending::Done, None)))];
    let november = report_with("2026-11", &Figures::default(), None, &actions);
    assert_eq!((line(&november, "learning", "open"), line(&november, "learning", "done")), one_of("1", "0"));
    let previous = Previous { report: &november, figures: &Figures::default() };
    let december = report_with("2026-12", &Figures::default(), Some(previous), &actions);
    assert_eq!((line(&december, "learning", "open"), line(&december, "learning", "done")), one_of("0", "1"));
}

fn one_of(open: &str, done: &str) -> (Vec<String>, Vec<String>) {
    (vec![open.to_owned()], vec![done.to_owned()])
}

#[test]
fn of_many_actions_the_most_urgent_are_listed_and_all_are_counted() {
    let many: Vec<_> = (1..=50).map(|number| action(number, "2026-12-15", None)).collect();
    let report = report_with("2026-11", &Figures::default(), None, &many);
    let section = report.sections.iter().find(|section| section.code == "learning").unwrap();
    assert_eq!(section.words, ["40 of 50 actions are listed."]);
    assert_eq!(
        (section.tables[1].rows.len(), line(&report, "learning", "open")),
        (40, vec!["50".to_owned()])
    );
}

#[test]
fn an_action_is_overdue_from_the_day_after_it_was_due() {
    let action = action(1, "2026-11-20", None);
    let on = |day: &str| action.standing(day.parse().unwrap());
    assert_eq!([on("2026-11-19"), on("2026-11-20"), on("2026-11-21")], ["Open", "Open", "Overdue"]);
}

#[test]
fn the_record_of_an_action_is_json_that_stays_as_it_is() {
    let reason = Some("The product ends.");
    let action = action(1, "2026-11-20", Some(ended("2026-11-18T10:00:00Z", Ending::GivenUp, reason)));
    let json = serde_json::json!({
        "report": "2026-10",
        "number": 1,
        "what": "Train the card team, part 1.",
        "owner": "mia@northgate.example",
        "due": "2026-11-20",
        "recorded_at": "2026-10-05T10:00:00Z",
        "recorded_by": "fin@northgate.example",
        "ended": {
            "how": "given_up",
            "reason": "The product ends.",
            "at": "2026-11-18T10:00:00Z",
            "by": "fin@northgate.example",
        },
    });
    assert_eq!(serde_json::to_value(&action).unwrap(), json);
    assert_eq!(serde_json::from_value::<ManagementAction>(json).unwrap(), action);
}
