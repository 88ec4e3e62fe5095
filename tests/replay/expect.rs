//! Holds each line of the report against the second count.

use crate::count::Count;
use crate::sheet::Line;

/// What a line should say.
#[derive(Debug, PartialEq, Eq)]
enum Figure {
    Number(i64),
    Share(i64, i64),
    Words(String),
}

/// How the report and the second count compare.
pub(crate) struct Comparison {
    /// Lines that were counted again.
    pub(crate) compared: usize,
    /// Lines that were not: medians and the like, and what needs the calendar of working days.
    pub(crate) left_out: usize,
    pub(crate) wrong: Vec<String>,
}

/// Compares all lines, and finds what was counted and is not in the report.
pub(crate) fn compare(lines: &[Line], count: &Count) -> Comparison {
    let mut comparison = Comparison { compared: 0, left_out: 0, wrong: Vec::new() };
    for line in lines {
        let Some(expected) = expected(line, count) else {
            comparison.left_out += 1;
            continue;
        };
        comparison.compared += 1;
        if !says(line, &expected) {
            let (part, whole, value) = (&line.part, &line.whole, &line.value);
            let told = if whole.is_empty() { value.clone() } else { format!("{part} of {whole}") };
            comparison.wrong.push(format!("{}: reported {told:?}, counted {expected:?}", line.name()));
        }
    }
    for (item, counter) in count.iter().filter(|(_, counter)| FLOW.contains(counter)) {
        if item != "state#overdue" && !lines.iter().any(|line| line.item == item) {
            comparison.wrong.push(format!("{item} / {counter} was counted, but is not in the report"));
        }
    }
    comparison
}

/// What is counted by dimensions, whose values the report must have all.
const FLOW: [&str; 6] = ["received", "reopened", "closed", "moved_in", "moved_out", "pending"];

fn says(line: &Line, expected: &Figure) -> bool {
    match expected {
        Figure::Number(number) => line.value == number.to_string() && line.whole.is_empty(),
        Figure::Share(part, whole) => line.part == part.to_string() && line.whole == whole.to_string(),
        Figure::Words(words) => line.value == *words,
    }
}

fn expected(line: &Line, count: &Count) -> Option<Figure> {
    let (item, measure) = (line.item.as_str(), line.measure.as_str());
    match line.section.as_str() {
        "summary" => summary(item, count),
        "flow" => flow(item, measure, count),
        "pending" => pending(item, count),
        "speed" => speed(item, measure, count),
        "quality" => Some(quality(item, measure, count)),
        "outcome" => outcome(item, measure, count),
        "voice" => Some(voice(item, count)),
        "causes" if item.starts_with("cause_") && measure == "share" => Some(cause(item, count)),
        // Nobody decides on an action in the month.
        "learning" => Some(Figure::Number(0)),
        "nothing_lost" => nothing_lost(item, count),
        _ => None,
    }
}

fn summary(item: &str, count: &Count) -> Option<Figure> {
    let all = |counter| count.get("total#all", counter);
    Some(match item {
        "received" => Figure::Number(all("received")),
        "closed" => Figure::Number(all("closed")),
        "pending" => Figure::Number(all("pending")),
        "overdue" => Figure::Share(count.get("state#overdue", "pending"), all("pending")),
        "answered_in_time" => kept("answer", count),
        "upheld" => upheld(count),
        "satisfied" => Figure::Share(satisfied(count), count.get("answered", "count")),
        _ => return None,
    })
}

fn flow(item: &str, measure: &str, count: &Count) -> Option<Figure> {
    let counter = match measure {
        // The month is the first.
        "carried_in" => return Some(Figure::Number(0)),
        "carried_out" => "pending",
        _ => FLOW.into_iter().find(|counter| *counter == measure)?,
    };
    Some(Figure::Number(count.get(item, counter)))
}

fn pending(item: &str, count: &Count) -> Option<Figure> {
    let pending = |item: &str| count.get(item, "pending");
    let share = |item: &str| Figure::Share(pending(item), pending("total#all"));
    Some(match item {
        "overdue" => share("state#overdue"),
        "unowned" => share("owner#(none)"),
        "waiting_for_customer" => share("stage#proposed"),
        "waiting_for_information" => share("state#waiting"),
        "oldest" => return None,
        _ => Figure::Number(pending(item)),
    })
}

fn speed(item: &str, measure: &str, count: &Count) -> Option<Figure> {
    let acknowledged = |counter| count.get("speed#acknowledgement", counter);
    let all = acknowledged("count") + acknowledged("undeliverable") + acknowledged("open");
    Some(match (item, measure) {
        (_, "missed") => Figure::Number(count.get(item, "missed")),
        (_, "count") => Figure::Number(count.get(item, "count")),
        ("speed#closing", "in_time") => Figure::Words(String::new()),
        ("speed#acknowledgement", "in_time") => {
            Figure::Share(acknowledged("in_time") - acknowledged("back"), all)
        }
        ("speed#first_contact", "in_time") => kept("first_contact", count),
        ("speed#answer", "in_time") => kept("answer", count),
        ("acknowledged_24h", _) => Figure::Share(acknowledged("within_24h") - acknowledged("back"), all),
        ("further_answers_in_time", _) => in_time("further", count),
        ("closed_8_weeks", _) => {
            let (part, whole) =
                (count.get("speed#closing", "within_8_weeks"), count.get("speed#closing", "count"));
            Figure::Share(part, whole)
        }
        ("acknowledged_undeliverable", _) => {
            Figure::Share(count.get("undeliverable#acknowledgement", "count"), all)
        }
        ("acknowledged_no_address", _) => Figure::Share(acknowledged("no_address"), all),
        ("acknowledged_open", _) => Figure::Share(acknowledged("open"), all),
        _ => return None,
    })
}

fn quality(item: &str, measure: &str, count: &Count) -> Figure {
    let consent = |how: &str| count.get(&format!("consent#{how}"), "count");
    match (item, measure) {
        (_, "to_2") => Figure::Number(count.get(item, "to_2")),
        (_, "to_3") => Figure::Number(count.get(item, "to_3")),
        ("consent#not_needed", _) | (_, "count") => Figure::Number(count.get(item, "count")),
        _ => {
            let all = consent("given") + consent("silence") + consent("refused");
            Figure::Share(count.get(item, "count"), all)
        }
    }
}

fn outcome(item: &str, measure: &str, count: &Count) -> Option<Figure> {
    let of = |counter| count.get(item, counter);
    Some(match (item, measure) {
        ("upheld_rate", _) => upheld(count),
        (_, "share") => Figure::Share(of("count"), resolved(count)),
        (_, "done") => Figure::Number(of("count")),
        (_, "in_time") => Figure::Share(of("in_time"), of("count")),
        (_, "paid") => Figure::Number(of("paid")),
        (_, "sum") if of("paid") == 0 => Figure::Words(String::new()),
        (_, "sum") => Figure::Words(format!("{}.{:02} GBP", of("amount") / 100, of("amount") % 100)),
        _ => return None,
    })
}

fn voice(item: &str, count: &Count) -> Figure {
    let (number, answers) = (|item: &str| count.get(item, "count"), count.get("answered", "count"));
    match item {
        "asked" | "answered" => Figure::Number(number(item)),
        "response" => {
            let responded = number("responded");
            Figure::Share(responded, responded + number("closing#silence"))
        }
        "satisfied" => Figure::Share(satisfied(count), answers),
        _ => Figure::Share(number(item), answers),
    }
}

fn cause(item: &str, count: &Count) -> Figure {
    let upheld = ["upheld", "partly_upheld"].map(|outcome| count.get(&format!("outcome#{outcome}"), "count"));
    Figure::Share(count.get(item, "count"), upheld.iter().sum())
}

fn nothing_lost(item: &str, count: &Count) -> Option<Figure> {
    Some(Figure::Number(match item {
        "owed_before" => 0,
        "accepted" => count.get("total#all", "received"),
        "sent" | "undeliverable" | "owed" => count.get(&format!("acknowledgement#{item}"), "count"),
        _ => return None,
    }))
}

/// Of all whose date has passed, how many were called or answered by it.
fn kept(what: &str, count: &Count) -> Figure {
    let in_time = count.get(&format!("speed#{what}"), "in_time");
    Figure::Share(in_time, in_time + count.get(&format!("promise#{what}"), "missed"))
}

fn in_time(item: &str, count: &Count) -> Figure {
    Figure::Share(count.get(item, "in_time"), count.get(item, "timed"))
}

fn satisfied(count: &Count) -> i64 {
    count.get("rating_4", "count") + count.get("rating_5", "count")
}

fn upheld(count: &Count) -> Figure {
    let upheld = count.get("outcome#upheld", "count") + count.get("outcome#partly_upheld", "count");
    Figure::Share(upheld, resolved(count))
}

fn resolved(count: &Count) -> i64 {
    let outcomes = ["upheld", "partly_upheld", "not_upheld", "resolved_without_finding"];
    outcomes.iter().map(|outcome| count.get(&format!("outcome#{outcome}"), "count")).sum()
}
