//! What a complaint keeps of the policy that it came in under.
//!
//! Changed times apply to new complaints only. So the times of each version are kept, and a complaint of an older one is
//! handled under today's policy with that version's times in the place of its own. What is no time is today's for all:
//! who decides, what each may give, where mail goes, what there is to complain about, how many come together. So is the calendar, which says
//! when the company works and not what it promises: a holiday that was added since is nobody's working day.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Consent, Consultation, Delay, Escalation, FollowUp, Information, Policy, Reopening, Severities};

/// The times of one version of the policy, with what is decided by them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// Which version.
    pub version: u32,
    /// Since when that version is in force.
    pub effective: Date,
    severities: Severities,
    escalation: Escalation,
    information: Information,
    consultation: Consultation,
    delay: Delay,
    consent: Consent,
    follow_up: FollowUp,
    reopening: Reopening,
}

impl Terms {
    /// Reads what was written as JSON, perhaps by other code: a time that was not known then is today's, and one that is
    /// not known any more is passed over.
    pub fn read(json: &str, today: &Policy) -> Result<Terms, serde_json::Error> {
        let mut terms = serde_json::to_value(today.terms())?;
        lay_over(&mut terms, serde_json::from_str(json)?);
        serde_json::from_value(terms)
    }

    /// Where these times differ from others: the name as it is in the policy's document, what it is here, and what there.
    pub fn differences(&self, other: &Terms) -> Result<Vec<(String, String, String)>, serde_json::Error> {
        let (mut here, mut there) = (BTreeMap::new(), BTreeMap::new());
        lay_out(&serde_json::to_value(self)?, String::new(), &mut here);
        lay_out(&serde_json::to_value(other)?, String::new(), &mut there);
        let names: BTreeSet<&String> = here.keys().chain(there.keys()).collect();
        let value = |of: &BTreeMap<String, String>, name: &String| of.get(name).cloned().unwrap_or_default();
        let rows = names.into_iter().map(|name| (name.clone(), value(&here, name), value(&there, name)));
        let is_term = |name: &str| !matches!(name, "version" | "effective");
        Ok(rows.filter(|(name, here, there)| here != there && is_term(name)).collect())
    }
}

impl Policy {
    /// Its times, to be kept for the complaints that come in under them.
    pub fn terms(&self) -> Terms {
        Terms {
            version: self.version,
            effective: self.effective,
            severities: self.severities.clone(),
            escalation: self.escalation.clone(),
            information: self.information.clone(),
            consultation: self.consultation.clone(),
            delay: self.delay.clone(),
            consent: self.consent.clone(),
            follow_up: self.follow_up.clone(),
            reopening: self.reopening.clone(),
        }
    }

    /// This policy for complaints of another version: with that one's times.
    #[must_use]
    pub fn under(&self, terms: Terms) -> Policy {
        let Terms {
            version,
            effective,
            severities,
            escalation,
            information,
            consultation,
            delay,
            consent,
            follow_up,
            reopening,
        } = terms;
        // How many come together is counted over complaints of all versions, by one rule.
        let Escalation { repeated, repeated_within, alike, alike_within, .. } = self.escalation;
        Policy {
            version,
            effective,
            severities,
            escalation: Escalation { repeated, repeated_within, alike, alike_within, ..escalation },
            information,
            consultation,
            delay,
            consent,
            follow_up,
            reopening,
            ..self.clone()
        }
    }

    /// Whether a version that is in force since then applies to what is received at this instant.
    pub fn applies(&self, effective: Date, received_at: Timestamp) -> bool {
        effective <= self.calendar.date(received_at)
    }
}

/// Lists all values by their names, with dots between the parts; what is null is not there.
fn lay_out(value: &Value, name: String, into: &mut BTreeMap<String, String>) {
    match value {
        Value::Object(parts) => {
            for (part, value) in parts {
                let name = if name.is_empty() { part.clone() } else { format!("{name}.{part}") };
                lay_out(value, name, into);
            }
        }
        Value::Null => {}
        Value::String(text) => drop(into.insert(name, text.clone())),
        other => drop(into.insert(name, other.to_string())),
    }
}

/// Puts values in the place of those that have the same name.
fn lay_over(below: &mut Value, above: Value) {
    match (below, above) {
        (Value::Object(below), Value::Object(above)) => {
            for (key, value) in above {
                if let Some(known) = below.get_mut(&key) {
                    lay_over(known, value);
                }
            }
        }
        (below, above) => *below = above,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn revised(differs: &str) -> Policy {
        let head = "version = 2\neffective = \"2026-07-01\"\nchange = \"Quicker\"\napproved_by = \"Board\"\n";
        Policy::parse(&format!("{head}{differs}")).unwrap()
    }

    #[test]
    fn an_older_versions_times_take_the_place_of_todays_and_nothing_else_does() {
        let old = Policy::built_in();
        let new = revised(
            "products = [\"Mortgage\"]\n[severities.normal]\nanswer = \"2 working days\"\n[redress]\ncsr = \"5.00 GBP\"\n\
             [calendar.holidays]\n2026-06-09 = \"Founders' day\"\n",
        );
        let under = new.under(old.terms());
        assert_eq!(under.terms(), old.terms());
        assert_eq!((under.version, &under.severities), (1, &old.severities));
        assert_eq!((&under.redress, &under.calendar), (&new.redress, &new.calendar));
        assert_eq!(under.products, new.products);
        assert_eq!(new.under(new.terms()), new);
    }

    #[test]
    fn kept_times_are_read_again_as_they_were_and_what_they_do_not_say_is_todays() {
        let (old, new) = (Policy::built_in(), revised("[delay]\nextend_by = \"1 working day\"\n"));
        let kept = serde_json::to_string(&old.terms()).unwrap();
        assert_eq!(Terms::read(&kept, &new).unwrap(), old.terms());
        let mut older: Value = serde_json::from_str(&kept).unwrap();
        older["delay"].as_object_mut().unwrap().remove("extend_by");
        older["delay"]["no_longer_known"] = 7.into();
        let read = Terms::read(&older.to_string(), &new).unwrap();
        assert_eq!((read.delay.extend_by, read.version), (new.delay.extend_by, 1));
        assert!(Terms::read("[]", &new).is_err());
        assert!(Terms::read("{\"version\": \"one\"}", &new).is_err());
    }

    #[test]
    fn what_differs_between_two_versions_is_named_as_in_the_document() {
        let old = Policy::built_in().terms();
        let new = revised(
            "[severities.normal]\nanswer = \"2 working days\"\n[severities.low]\nfirst_contact = \"1 day\"\n",
        );
        let line = |name: &str, here: &str, there: &str| (name.to_owned(), here.to_owned(), there.to_owned());
        let expected = [
            line("severities.low.first_contact", "", "24 hours"),
            line("severities.normal.answer", "10 working days", "2 working days"),
        ];
        assert_eq!(old.differences(&new.terms()).unwrap(), expected);
        assert_eq!(old.differences(&old).unwrap(), []);
    }

    #[test]
    fn a_version_applies_from_the_first_minute_of_its_date_where_the_company_is() {
        let policy = revised("");
        let applies = |at: &str| policy.applies(policy.effective, at.parse().unwrap());
        assert!(!applies("2026-06-30T22:59:59Z"));
        assert!(applies("2026-06-30T23:00:00Z"));
    }
}
