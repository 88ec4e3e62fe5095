//! To managers: the books do not balance.

use jiff::civil::Date;

use super::super::writing::Writing;
use super::words;

pub(super) fn write(day: Date, findings: &[String]) -> Writing {
    Writing::new(format!("Complaints: the books of {day} do not balance"), "The books do not balance")
        .say(format!(
            "The daily reconciliation of {} found that complaints, events and letters do not account for each other:",
            words::in_words(day)
        ))
        .list(findings.iter().cloned())
        .footer("This e-mail was sent by the complaints system.")
}
