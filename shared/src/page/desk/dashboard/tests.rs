use std::collections::BTreeMap;

use super::*;
use crate::{
    command::{Answer, Command},
    figures::{Balances, Figures, count},
    page::desk::{ReportPage, ReportsPage, SettingsPage},
    report::{Input, Report},
    story::*,
    values::Channel,
};

fn story(number: u8, at: &str) -> Story {
    Story::begins_with(number, at.parse().unwrap(), Channel::Web, Some("Mortgage"), Policy::built_in())
}

/// Three complaints of two months: one resolved in the second, one refused at once, one that nobody looked at.
fn stories() -> [Story; 3] {
    let mut resolved = story(1, "2026-10-26T10:00:00Z");
    resolved.taken_on().after(24 * 7).proposed().accepted().after(24);
    resolved.then(&csr(), Command::CompleteRemedy { remedy: 1, text: text() });
    let mut refused = story(2, "2026-11-02T09:30:00Z");
    refused.taken_on().after(48).proposed().after(24).then(&Actor::Customer, answer(1, Answer::Refuse));
    let mut forgotten = story(3, "2026-11-03T11:00:00Z");
    forgotten.then(&Actor::System, Command::Acknowledge);
    forgotten.after(24 * 20).then(&Actor::System, Command::WatchPromises);
    [resolved, refused, forgotten]
}

fn figures(stories: &[Story]) -> BTreeMap<Period, Figures> {
    let mut periods: BTreeMap<Period, Figures> = BTreeMap::new();
    for recorded in stories.iter().flat_map(|story| &story.events) {
        for delta in count(recorded, &Policy::built_in()) {
            periods.entry(delta.period).or_default().extend([delta]);
        }
    }
    periods
}

fn overview(stories: &[Story], months: &[&str]) -> Overview {
    let periods = figures(stories);
    let of = |month: &&str| {
        let period = Period::parse(month).unwrap();
        (period, periods.get(&period).cloned().unwrap_or_default())
    };
    let mut months: Vec<_> = months.iter().map(of).collect();
    let (period, figures) = months.pop().unwrap();
    Overview::of(&Policy::built_in(), &months, (period, &figures), &Balances::default())
}

fn page(overview: &Overview, actor: &Actor) -> String {
    let policy = Policy::built_in();
    let now = "2026-11-26T09:00:00Z".parse().unwrap();
    let frame = Frame::of(&policy, Some(actor));
    DashboardPage { frame, overview, due_soon: (2, true), actions: (3, 1), actor, policy: &policy, now }
        .render()
}

#[test]
fn the_dashboard_shows_what_needs_somebody_the_month_and_the_months_before() {
    let overview = overview(&stories(), &["2026-08", "2026-09", "2026-10", "2026-11"]);
    insta::assert_snapshot!(page(&overview, &manager()));
}

#[test]
fn months_before_the_first_figures_are_left_out_and_a_quiet_one_between_is_not() {
    let months = ["2026-08", "2026-09", "2026-10", "2026-11", "2026-12"];
    let overview = overview(&stories(), &months);
    let shown: Vec<String> = overview.months.iter().map(|month| month.period.to_string()).collect();
    assert_eq!(shown, ["2026-10", "2026-11", "2026-12"]);
    let open: Vec<String> = overview.months.iter().map(|month| month.open.shown()).collect();
    assert_eq!(open, ["1", "3", "3"]);
}

#[test]
fn a_first_month_without_anything_is_a_whole_page() {
    let page = page(&overview(&[], &["2026-10", "2026-11"]), &decider());
    assert!(
        page.contains("nothing to measure in November 2026 so far") && page.contains("none yet"),
        "{page}"
    );
    assert!(page.contains("Nothing was triaged yet."));
    assert!(!page.contains("October 2026"));
}

#[test]
fn figures_lead_to_their_lists_and_levels_to_whose_they_are() {
    let overview = overview(&stories(), &["2026-10", "2026-11"]);
    let to_escalated = "href=\"/staff/complaints?queue=escalated\"";
    let (of_manager, of_decider) = (page(&overview, &manager()), page(&overview, &decider()));
    for page in [&of_manager, &of_decider] {
        assert!(page.contains("href=\"/staff/complaints?queue=overdue\"") && page.contains(to_escalated));
        assert!(page.contains("href=\"/staff/complaints?stage=investigating\""));
    }
    let tile = |page: &str| page.split("<li").find(|tile| tile.contains(to_escalated)).unwrap().to_owned();
    assert!(tile(&of_manager).contains("At level 2") && tile(&of_decider).contains("At level 3"));
}

#[test]
fn of_many_owners_the_busiest_are_named_and_names_are_shown_literally() {
    let mut figures = Figures::default();
    for number in 1..=25 {
        figures.add(&format!("owner#<b>person</b>&{number:02}"), "pending", number);
    }
    let policy = Policy::built_in();
    let november = Period::parse("2026-11").unwrap();
    let overview = Overview::of(&policy, &[], (november, &figures), &Balances::default());
    assert_eq!((overview.standing.owners.len(), overview.standing.others), (20, 15));
    let page = page(&overview, &manager());
    assert!(
        page.contains("?owner=%3Cb%3Eperson%3C%2Fb%3E%2625\">&#60;b&#62;person&#60;/b&#62;&#38;25"),
        "{page}"
    );
    assert!(page.contains("All others") && !page.contains("<b>"));
    assert!(page.len() < 100_000);
}

fn report(stories: &[Story]) -> Report {
    let period = Period::parse("2026-11").unwrap();
    let figures = figures(stories).remove(&period).unwrap();
    let cut_off = "2026-12-01T07:00:00Z".parse().unwrap();
    let policy = Policy::built_in();
    let previous = None;
    Report::monthly(&Input { period, figures: &figures, previous, actions: &[], cut_off, policy: &policy })
}

#[test]
fn a_report_is_shown_with_every_section_and_every_line_of_it() {
    let (report, policy, actor) = (report(&stories()), Policy::built_in(), manager());
    let frame = Frame::of(&policy, Some(&actor));
    let now = "2026-12-02T09:00:00Z".parse().unwrap();
    let (actions, once, done) = (&[], "one-and-the-same", None);
    let page =
        ReportPage { frame, report: &report, actions, actor: &actor, policy: &policy, now, once, done }
            .render();
    for section in &report.sections {
        let title = section.title.replace('\'', "&#39;");
        assert!(page.contains(&format!("<h2 id=\"{}\">{title}</h2>", section.code)), "{title} in {page}");
        for row in section.tables.iter().flat_map(|table| &table.rows) {
            let cells: Vec<String> = row.cells.iter().map(Cell::shown).collect();
            let cells = format!("</th><td>{}</td>", cells.join("</td><td>"));
            assert!(page.contains(&cells), "{} in {page}", row.name);
        }
    }
    assert!(
        page.contains("href=\"/staff/reports/2026-11?format=csv\"") && page.len() < 100_000,
        "{}",
        page.len()
    );
    let next = Some(Period::parse("2026-11").unwrap());
    let list = ReportsPage { frame, reports: &[report], next, open: &[], policy: &policy, now }.render();
    assert!(list.contains("href=\"/staff/reports/2026-11\"") && list.contains("?before=2026-11"));
}

#[test]
fn the_policy_reads_as_a_document_and_earlier_versions_by_what_differs() {
    let old = Policy::built_in();
    let head =
        "version = 2\neffective = \"2026-12-01\"\nchange = \"<i>Sooner</i>\"\napproved_by = \"Board\"\n";
    let new = Policy::parse(&format!("{head}[severities.normal]\nanswer = \"2 working days\"\n")).unwrap();
    let (actor, earlier) = (csr(), [old.terms()]);
    let frame = Frame::of(&new, Some(&actor));
    let today = "2026-11-26".parse().unwrap();
    let page = SettingsPage { frame, policy: &new, earlier: &earlier, today }.render();
    for words in [
        "Policy, version 2",
        "Comes into force on 1 December 2026: &#60;i&#62;Sooner&#60;/i&#62;. Approved by Board.",
        "Version 1, in force since 2026-01-01",
        "<th scope=\"row\">Severities, normal, answer</th><td>10 working days</td><td>2 working days</td>",
        "100.00 GBP",
        "Fri 25 Dec 2026 Christmas Day",
        "<td>09:00-17:00</td>",
        "10 MiB",
        "3 years",
    ] {
        assert!(page.contains(words), "{words} in {page}");
    }
    assert!(!page.contains("/staff/dashboard") && page.len() < 100_000, "{}", page.len());
    let none = SettingsPage { frame, policy: &old, earlier: &[], today }.render();
    assert!(none.contains("In force since 1 January 2026: First version. Approved by Board of directors."));
    assert!(none.contains("None is kept."));
}

#[test]
fn who_does_not_lead_is_led_to_no_figures() {
    let (policy, actor) = (Policy::built_in(), csr());
    let frame = Frame::of(&policy, Some(&actor));
    let today = "2026-11-26".parse().unwrap();
    let of_csr = SettingsPage { frame, policy: &policy, earlier: &[], today }.render();
    assert!(of_csr.contains("/staff/settings") && !of_csr.contains("/staff/reports"));
}
