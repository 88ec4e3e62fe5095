//! How complaints are handled: who decides, by when, and what follows when a time has passed.

use super::Chapter;
use crate::{
    letter::staff::words as staff,
    page::desk::in_words,
    policy::{Policy, Silence, Span},
    values::{Level, Severity},
};

pub(super) fn chapters(policy: &Policy) -> Vec<Chapter> {
    vec![levels(policy), severities(policy), escalation(policy), waiting(policy), resolution(policy)]
}

fn levels(policy: &Policy) -> Chapter {
    let row = |level: Level| {
        let role = level.role();
        let limit =
            policy.redress.limit(role).map_or_else(|| "no limit".to_owned(), |limit| limit.to_string());
        let name = format!("{} {}", level.number(), policy.company.level_name(level));
        [name, in_words(role.title()), limit, policy.mailboxes.of(role).to_string()]
    };
    Chapter::new("levels", "Levels and redress")
        .say("Who decides at each level, and how much they may give in one proposal. A decision at level 3 is final.")
        .grid("Levels", ["Level", "Role", "Redress up to", "Mailbox"], Level::ALL.into_iter().map(row))
        .fact("Body outside, named in a final decision", &policy.external_body.name)
        .fact("Its page", &policy.external_body.url)
}

fn severities(policy: &Policy) -> Chapter {
    let row = |severity: &Severity| {
        let rule = policy.severities.of(*severity);
        let first_contact = rule.first_contact.map_or_else(|| "–".to_owned(), |span| span.to_string());
        let tell = if rule.tell_manager { "yes" } else { "no" };
        [
            in_words(staff::severity(*severity)),
            rule.acknowledge.to_string(),
            first_contact,
            rule.update_every.to_string(),
            rule.answer.to_string(),
            rule.starts_at.number().to_string(),
            tell.to_owned(),
        ]
    };
    let head = [
        "Severity",
        "Acknowledged within",
        "First contact within",
        "Update every",
        "Answer within",
        "Begins at level",
        "Manager told at once",
    ];
    Chapter::new("severities", "Severities and their times")
        .say("Times run from receipt, that of updates from the last one, and a higher level’s from when it got there. What is due in working days is due by the end of work on the last of them.")
        .grid("Severities", head, Severity::ALL.iter().rev().map(row))
        .fact("At least high", format!("a loss above {}", policy.severities.high_above_loss))
}

fn escalation(policy: &Policy) -> Chapter {
    let it = &policy.escalation;
    let together = |number: u32, within: Span| format!("{number} within {within}");
    Chapter::new("escalation", "Escalation")
        .say("When a complaint goes one level up, or somebody is warned, without anybody saying so.")
        .fact("Without an owner for", it.unowned_after)
        .fact("Complaints of one customer", together(it.repeated, it.repeated_within))
        .fact("Alike, of the same product and category", together(it.alike, it.alike_within))
        .fact("Owner warned after", format!("{} % of a promise's time", it.warn_at_percent))
        .fact("Level 3 reminded of what is past its time every", it.remind_every)
}

fn waiting(policy: &Policy) -> Chapter {
    let (asked, consulted, delay) = (&policy.information, &policy.consultation, &policy.delay);
    let departments = policy.departments.iter();
    Chapter::new("waiting", "Questions and delay")
        .say("While the customer is asked, the time to answer stands still; while a department is asked, it runs on.")
        .fact("Customer reminded of a question after", asked.remind_after)
        .fact("It goes on without their answer after", asked.silence_after)
        .fact("The time to answer stands still in all at most", asked.longest_wait)
        .fact("Department answers within", consulted.answer_within)
        .fact("Department reminded from then on every", consulted.remind_every)
        .fact("Customer told of a delay after", format!("{} % of the time to answer", delay.notice_at_percent))
        .fact("The new date is later by", delay.extend_by)
        .grid(
            "Departments",
            ["Department", "Mailbox"],
            departments.map(|department| [department.name.to_string(), department.email.to_string()]),
        )
}

fn resolution(policy: &Policy) -> Chapter {
    let (consent, follow_up) = (&policy.consent, &policy.follow_up);
    let silence = match consent.on_silence {
        Silence::Implement => "the remedies are carried out as if it were accepted",
        Silence::AskStaff => "staff are reminded daily to reach the customer",
    };
    Chapter::new("resolution", "Proposal, follow-up, reopening")
        .fact("Customer reminded of a proposal after", consent.remind_after)
        .fact("Silence is taken for an answer after", consent.silence_after)
        .fact("Then", silence)
        .fact("Asked whether they are satisfied, after the last remedy", follow_up.ask_after)
        .fact("Reminded of that after", follow_up.remind_after)
        .fact("Closed without their answer after", follow_up.close_after)
        .fact("Can be reopened, from the resolution, within", policy.reopening.within)
}
