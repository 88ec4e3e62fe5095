mod learning;

use std::collections::BTreeMap;

use insta::assert_snapshot;

use super::*;
use crate::{
    actor::Actor,
    command::{Answer, Command, Flag, Grounds, Other, Outcome, Pattern, Triage, UndeliverableReason},
    event::Recorded,
    figures::count,
    letter_kind::LetterKind,
    story::*,
    values::{Channel, Severity, StaffId},
};

fn story(number: u8, at: &str, channel: Channel, product: Option<&str>) -> Story {
    Story::begins_with(number, at.parse().unwrap(), channel, product, Policy::built_in())
}

/// Some complaints of October and November, handled to different ends.
fn stories() -> Vec<Story> {
    let done = Command::CompleteRemedy { remedy: 1, text: text() };
    let mut satisfied = story(1, "2026-10-26T10:00:00Z", Channel::Web, Some("Mortgage"));
    satisfied.taken_on().after(24).proposed().accepted().after(24).then(&csr(), done.clone());
    satisfied.after(24 * 5).then(&Actor::System, Command::FollowUp);
    satisfied.after(24).then(&Actor::Customer, feedback(5, false));

    let mut refused = story(2, "2026-11-02T09:30:00Z", Channel::Web, Some("Student loan"));
    refused.taken_on().after(48).proposed().after(24).then(&Actor::Customer, answer(1, Answer::Refuse));

    let mut waiting = story(3, "2026-11-16T09:30:00Z", Channel::Phone, None);
    waiting.taken_on().after(24).proposed();

    let mut forgotten = story(4, "2026-11-03T11:00:00Z", Channel::Email, Some("Mortgage"));
    forgotten
        .then(&Actor::System, Command::Acknowledge)
        .after(24 * 20)
        .then(&Actor::System, Command::WatchPromises);

    let mut unreached = story(5, "2026-11-27T16:00:00Z", Channel::Web, None);
    unreached.then(&Actor::System, bounced(LetterKind::Acknowledgement));

    let mut new = story(6, "2026-11-30T23:30:00Z", Channel::Web, Some("Debt collection"));
    new.after(1).then(&Actor::System, Command::Acknowledge);

    let mut late = story(7, "2026-11-04T12:00:00Z", Channel::Letter, None);
    late.taken_on().then(&csr(), triage("delivery", Severity::High));
    let payment = refund(late.now, "80.00 GBP");
    late.then(&csr(), finding()).then(&csr(), propose(Outcome::PartlyUpheld, vec![payment])).accepted();
    late.after(24 * 12).then(&Actor::System, Command::WatchPromises).then(&csr(), done);
    vec![satisfied, refused, waiting, forgotten, unreached, new, late]
}

fn by_period<'e>(events: impl IntoIterator<Item = &'e Recorded>) -> BTreeMap<Period, Figures> {
    let policy = Policy::built_in();
    let mut periods: BTreeMap<Period, Figures> = BTreeMap::new();
    for delta in events.into_iter().flat_map(|recorded| count(recorded, &policy)) {
        periods.entry(delta.period).or_default().extend([delta]);
    }
    periods
}

fn period(text: &str) -> Period {
    Period::parse(text).unwrap()
}

fn report(month: &str, figures: &Figures, previous: Option<Previous<'_>>) -> Report {
    report_with(month, figures, previous, &[])
}

fn report_with(
    month: &str,
    figures: &Figures,
    previous: Option<Previous<'_>>,
    actions: &[ManagementAction],
) -> Report {
    let period = period(month);
    let zone = jiff::tz::TimeZone::UTC;
    let cut_off = zone.to_timestamp(period.next().first_day().at(7, 0, 0, 0)).unwrap();
    Report::monthly(&Input { period, figures, previous, actions, cut_off, policy: &Policy::built_in() })
}

fn november() -> Report {
    let stories = stories();
    let periods = by_period(stories.iter().flat_map(|story| &story.events));
    let october_figures = &periods[&period("2026-10")];
    let october = report("2026-10", october_figures, None);
    let previous = Previous { report: &october, figures: october_figures };
    report_with("2026-11", &periods[&period("2026-11")], Some(previous), &learning::actions())
}

/// What a table's line says, cell by cell.
fn line(report: &Report, section: &str, item: &str) -> Vec<String> {
    let section = report.sections.iter().find(|it| it.code == section).unwrap();
    let mut rows = section.tables.iter().flat_map(|table| &table.rows);
    let row = rows.find(|row| row.item == item).unwrap_or_else(|| panic!("no {item}"));
    row.cells.iter().map(Cell::shown).collect()
}

#[test]
fn a_month_reads_as_html() {
    assert_snapshot!("monthly.html", november().html());
}

#[test]
fn a_month_reads_as_text() {
    assert_snapshot!("monthly.txt", november().text());
}

#[test]
fn a_month_is_attached_as_figures() {
    // Snapshots keep no carriage returns; every line has one.
    let csv = november().csv();
    assert_eq!(csv.matches("\r\n").count(), csv.matches('\n').count());
    assert_snapshot!("monthly.csv", csv.replace("\r\n", "\n"));
}

#[test]
fn the_flow_balances_and_carries_on_from_the_month_before() {
    let report = november();
    assert_eq!(line(&report, "flow", "total#all"), ["1", "6", "0", "0", "1", "0", "6"]);
    assert_eq!(line(&report, "flow", "category#delivery"), ["0", "0", "0", "1", "0", "0", "1"]);
    let words = &report.sections.iter().find(|section| section.code == "flow").unwrap().words;
    assert!(words[0].starts_with("Carried in"), "{words:?}");
    assert_eq!(report.closing().get("total#all", "pending"), 6);
}

#[test]
fn ages_count_from_receipt_to_the_last_day_of_the_month() {
    let report = november();
    let ages = ["age#0-1", "age#2-3", "age#4-7", "age#8-14", "age#15-28", "age#29-56", "age#57-"];
    let counts: Vec<String> = ages.iter().flat_map(|item| line(&report, "pending", item)).collect();
    // Received on the 30th, 27th, 16th, 4th, 3rd and 2nd: 0, 3, 14, 26, 27 and 28 days.
    assert_eq!(counts, ["1", "1", "0", "1", "3", "0", "0"]);
    assert_eq!(line(&report, "pending", "oldest"), ["2 November 2026 (28 days)"]);
}

#[test]
fn every_rate_says_of_how_many() {
    let report = november();
    // Four were made in time and one could not be delivered; the sixth of the month has until the next.
    assert_eq!(line(&report, "speed", "acknowledged_24h"), ["4 of 5 (80.0 %)"]);
    assert_eq!(line(&report, "outcome", "upheld_rate"), ["1 of 1 (100.0 %)"]);
    assert_eq!(line(&report, "speed", "further_answers_in_time"), ["0 of 0"]);
}

/// The report of November, when these were all complaints.
fn report_of(stories: &[Story]) -> Report {
    let periods = by_period(stories.iter().flat_map(|story| &story.events));
    report("2026-11", &periods[&period("2026-11")], None)
}

#[test]
fn acknowledgements_within_a_day_are_of_all_that_were_due() {
    let phone = |number| story(number, "2026-11-03T11:00:00Z", Channel::Phone, None);
    let mut made = phone(1);
    made.then(&Actor::System, Command::Acknowledge);
    let mut late = phone(2);
    late.after(25).then(&Actor::System, Command::Acknowledge);
    let mut without_address = phone(3);
    let reason = UndeliverableReason::NoAddress;
    without_address.then(
        &Actor::System,
        Command::ReportUndeliverable { letter: LetterKind::Acknowledgement, reason, about: None },
    );
    let mut came_back = phone(4);
    came_back.then(&Actor::System, Command::Acknowledge);
    came_back.after(1).then(&Actor::System, bounced(LetterKind::Acknowledgement));
    let forgotten = phone(5);
    let not_due_yet = story(6, "2026-11-30T11:00:00Z", Channel::Web, None);
    let report = report_of(&[made, late, without_address, came_back, forgotten, not_due_yet]);
    let share = |item: &str| line(&report, "speed", item).remove(0);
    assert_eq!(share("acknowledged_24h"), "1 of 5 (20.0 %)");
    assert_eq!(share("acknowledged_undeliverable"), "2 of 5 (40.0 %)");
    assert_eq!(share("acknowledged_no_address"), "1 of 5 (20.0 %)");
    assert_eq!(share("acknowledged_open"), "1 of 5 (20.0 %)");
    assert_eq!(line(&report, "speed", "speed#acknowledgement")[..2], ["3", "1 of 5 (20.0 %)"]);
}

#[test]
fn first_contacts_in_time_are_of_all_whose_date_has_passed() {
    let contact = Command::RecordContact { channel: Channel::Phone, text: text() };
    let mut called = story(1, "2026-11-03T11:00:00Z", Channel::Web, None);
    called.after(1).then(&csr(), contact.clone());
    let mut called_late = story(2, "2026-11-03T11:00:00Z", Channel::Web, None);
    called_late.after(24 * 5).then(&Actor::System, Command::WatchPromises).then(&csr(), contact);
    let mut never_called = story(3, "2026-11-03T11:00:00Z", Channel::Web, None);
    never_called.after(24 * 5).then(&Actor::System, Command::WatchPromises);
    let mut answered_at_once = story(4, "2026-11-03T11:00:00Z", Channel::Web, None);
    answered_at_once.taken_on().then(&csr(), finding()).then(&csr(), propose(Outcome::NotUpheld, Vec::new()));
    let report = report_of(&[called, called_late, never_called, answered_at_once]);
    assert_eq!(line(&report, "speed", "speed#first_contact")[..2], ["3", "2 of 4 (50.0 %)"]);
    assert_eq!(line(&report, "speed", "promise#first_contact"), ["2"]);
}

#[test]
fn a_date_is_missed_once_and_in_the_month_in_which_it_passes() {
    // Missed in October, and done in November.
    let mut late = story(1, "2026-10-12T11:00:00Z", Channel::Web, None);
    late.then(&Actor::System, Command::Acknowledge)
        .after(24 * 18)
        .then(&Actor::System, Command::WatchPromises);
    late.after(24 * 5).taken_on().then(&csr(), finding());
    late.then(&manager(), propose(Outcome::NotUpheld, Vec::new()));
    // Done late in November before anybody has looked at the date.
    let mut unseen = story(2, "2026-11-02T11:00:00Z", Channel::Web, None);
    unseen.taken_on().then(&csr(), finding()).after(24 * 14 + 7);
    unseen.then(&csr(), propose(Outcome::NotUpheld, Vec::new()));
    let report = report_of(&[late, unseen]);
    assert_eq!(line(&report, "speed", "promise#answer"), ["1"]);
    assert_eq!(line(&report, "speed", "speed#answer")[..2], ["2", "0 of 1 (0.0 %)"]);
    assert_eq!(line(&report, "speed", "promise#first_contact"), ["1"]);
}

#[test]
fn answers_in_time_are_of_all_whose_date_has_passed() {
    let mut answered = story(1, "2026-11-02T11:00:00Z", Channel::Web, None);
    answered.taken_on().proposed();
    let mut answered_late = story(2, "2026-11-02T11:00:00Z", Channel::Web, None);
    answered_late.taken_on().then(&csr(), finding()).after(24 * 20);
    answered_late
        .then(&Actor::System, Command::WatchPromises)
        .then(&manager(), propose(Outcome::NotUpheld, Vec::new()));
    let mut never_answered = story(3, "2026-11-02T11:00:00Z", Channel::Web, None);
    never_answered.taken_on().after(24 * 20).then(&Actor::System, Command::WatchPromises);
    let report = report_of(&[answered, answered_late, never_answered]);
    assert_eq!(line(&report, "speed", "speed#answer")[..2], ["2", "1 of 3 (33.3 %)"]);
    assert_eq!(line(&report, "summary", "answered_in_time"), ["1 of 3 (33.3 %)"]);
    assert_eq!(line(&report, "speed", "promise#answer"), ["2"]);
}

#[test]
fn nothing_is_lost_is_said_with_its_sum() {
    let report = november();
    let section = report.sections.iter().find(|section| section.code == "nothing_lost").unwrap();
    assert_eq!(section.words, ["Nothing is lost: 0 owed + 6 accepted = 4 sent + 1 undeliverable + 1 owed."]);
}

#[test]
fn the_same_figures_give_the_same_bytes_also_from_the_store() {
    let (one, two) = (november(), november());
    let stored: Report = serde_json::from_str(&serde_json::to_string(&one).unwrap()).unwrap();
    assert_eq!(stored, two);
    assert_eq!((stored.html(), stored.text(), stored.csv()), (one.html(), one.text(), one.csv()));
}

#[test]
fn a_late_event_is_told_as_a_restatement_and_carried_in() {
    let stories = stories();
    let events: Vec<&Recorded> = stories.iter().flat_map(|story| &story.events).collect();
    let october = period("2026-10");
    let all = by_period(events.iter().copied());
    let known = by_period(events.iter().copied().filter(|recorded| recorded.event.name() != "Triaged"));
    let reported = report("2026-10", &known[&october], None);
    let previous = Previous { report: &reported, figures: &all[&october] };
    let november = report("2026-11", &all[&period("2026-11")], Some(previous));
    assert_eq!(line(&november, "restated", "category#billing moved_in"), ["0", "1"]);
    assert_eq!(line(&november, "flow", "category#billing")[0], "1");
    assert!(!self::november().sections.iter().any(|section| section.code == "restated"));
}

#[test]
fn a_month_without_anything_reads_well() {
    let report = report("2026-11", &Figures::default(), None);
    assert_eq!(line(&report, "flow", "total#all"), ["0"; 7]);
    assert_eq!(line(&report, "speed", "speed#answer"), ["0", "0 of 0", "–", "–", "–", "–"]);
    assert_eq!(line(&report, "pending", "oldest"), [""]);
    assert!(report.html().contains("</html>") && !report.text().is_empty());
}

#[test]
fn names_are_shown_literally_and_start_no_formula() {
    let mut story = Story::begins("2026-11-02T10:00:00Z");
    let owner = StaffId::parse("=1+1,\"<b>\"").unwrap();
    story.then(&manager(), Command::Assign { owner });
    let report = report("2026-11", &by_period(&story.events)[&period("2026-11")], None);
    assert!(!report.html().contains("<b>"));
    assert!(report.csv().contains("pending,\"owner#=1+1,\"\"<b>\"\"\",pending,,,1,\r\n"), "{}", report.csv());
}

#[test]
fn a_cell_that_would_be_a_formula_is_neutralised() {
    let mut report = report("2026-11", &Figures::default(), None);
    let table = Table::new("", [("words", "Words")]);
    let table = ["=1+1", "+1", "-1", "@a", "plain"]
        .into_iter()
        .fold(table, |table, text| table.row(text, text, vec![Cell::Words(text.to_owned())]));
    report.sections = vec![Section::new("s", "S").with(table)];
    let csv = report.csv();
    for line in [
        "s,'=1+1,words,,,'=1+1,",
        "s,'+1,words,,,'+1,",
        "s,'-1,words,,,'-1,",
        "s,'@a,words,,,'@a,",
        "s,plain,words,,,plain,",
    ] {
        assert!(csv.contains(&format!("{line}\r\n")), "{line} in {csv}");
    }
}

#[test]
fn many_owners_are_shown_as_the_busiest_and_the_rest() {
    let mut figures = Figures::default();
    for number in 1..=25 {
        figures.add(&format!("owner#person {number:02}"), "pending", number);
        figures.add("total#all", "pending", number);
    }
    let report = report("2026-11", &figures, None);
    assert_eq!(line(&report, "pending", "owner#person 25"), ["25"]);
    assert_eq!(line(&report, "pending", "owner#(others)"), ["15"]);
}

#[test]
fn percents_are_rounded_half_up() {
    let shown = |part, whole| Cell::rate(part, whole).shown();
    assert_eq!(shown(2, 3), "2 of 3 (66.7 %)");
    assert_eq!(shown(1, 2000), "1 of 2000 (0.1 %)");
    assert_eq!(shown(i64::MAX, i64::MAX), format!("{0} of {0} (100.0 %)", i64::MAX));
    assert_eq!(shown(0, 0), "0 of 0");
}

#[test]
fn every_way_up_and_every_way_out_has_its_line() {
    let begun = |number| story(number, "2026-11-04T12:00:00Z", Channel::Web, None);
    let after = |number, actor: &Actor, command: Command| {
        let mut story = begun(number);
        story.then(&csr(), Command::Assign { owner: owner() }).then(actor, command);
        story
    };
    let ask = || Command::AskEscalation { text: text(), channel: Channel::Web };
    let pattern = |pattern| Command::RecordPattern { pattern, count: 9, others: vec![] };
    let grave =
        |flag| Command::Triage(Triage { flags: [flag].into(), ..triaged("billing", Severity::Normal) });
    let refuse = |grounds| Command::ProposeRefusal { grounds, text: text() };
    let mut lives = vec![
        after(1, &Actor::Customer, ask()),
        after(2, &Actor::System, pattern(Pattern::Repeated)),
        after(3, &Actor::System, pattern(Pattern::Alike)),
        after(4, &csr(), grave(Flag::Staff)),
        after(5, &csr(), grave(Flag::Media)),
        after(6, &Actor::Customer, Command::Withdraw { reason: None, channel: Channel::Web }),
        after(
            7,
            &csr(),
            Command::MarkDuplicate {
                other: Other { id: begun(8).complaint.id, ..(&begun(7).complaint).into() },
            },
        ),
    ];
    lives
        .extend((10..).zip(Grounds::ALL).map(|(number, grounds)| after(number, &manager(), refuse(grounds))));
    lives.extend(stories());
    let figures = by_period(lives.iter().flat_map(|story| &story.events));
    let shown = report_of(&lives).csv();
    for (item, ..) in figures[&period("2026-11")].iter() {
        let is_way = ["escalation#", "closing#", "delay#"].iter().any(|prefix| item.starts_with(prefix));
        assert!(!is_way || shown.contains(item), "{item} is counted and not shown");
    }
}
