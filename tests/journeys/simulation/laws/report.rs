//! The monthly report as its readers get it.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use local::door::Mail;

/// 18: the flow balances in every line, and the values of each dimension that says something of all complaints add up to
/// them.
pub(super) fn check(mail: &Mail) -> Result<(), String> {
    let file = mail.attachments.first().ok_or("18: a report without its figures")?;
    let bytes = STANDARD.decode(&file.content).map_err(|error| error.to_string())?;
    let mut lines: BTreeMap<String, BTreeMap<String, i64>> = BTreeMap::new();
    for line in csv::Reader::from_reader(bytes.as_slice()).records() {
        let line = line.map_err(|error| error.to_string())?;
        if &line[0] == "flow" {
            let number = line[5].parse().map_err(|_| format!("18: no number in {line:?}"))?;
            lines.entry(line[1].to_owned()).or_default().insert(line[2].to_owned(), number);
        }
    }
    let total = lines.get("total#all").ok_or("18: a report without a total")?.clone();
    for (item, line) in &lines {
        let of = |measure: &str| line.get(measure).copied().unwrap_or_default();
        let came = of("carried_in") + of("received") + of("reopened") + of("moved_in");
        let went = of("closed") + of("moved_out") + of("carried_out");
        if came != went {
            return Err(format!("18: the flow of {item} does not balance: {line:?}"));
        }
    }
    for dimension in ["channel#", "severity#"] {
        for measure in ["carried_in", "received", "closed", "carried_out"] {
            let values = lines.iter().filter(|(item, _)| item.starts_with(dimension));
            let sum: i64 = values.filter_map(|(_, line)| line.get(measure)).sum();
            if total.get(measure) != Some(&sum) {
                return Err(format!("18: {measure} by {dimension} gives {sum} of {total:?}"));
            }
        }
    }
    Ok(())
}
