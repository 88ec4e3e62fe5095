//! Records what became of a mail: SES's own events settle what was unknown, and turn a letter that came back into a
//! task for a person.

use complaints::{
    command::UndeliverableReason,
    shell::{
        Shell, StepError,
        mailer::{MailName, Report},
    },
};
use serde::Deserialize;

/// An event of SES as EventBridge delivers it, as far as it is looked at.
#[derive(Debug, Deserialize)]
pub struct MailEvent {
    detail: Detail,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Detail {
    event_type: String,
    mail: Mail,
    bounce: Option<Bounce>,
}

#[derive(Debug, Deserialize)]
struct Mail {
    #[serde(default)]
    tags: Tags,
}

#[derive(Debug, Default, Deserialize)]
struct Tags {
    #[serde(default)]
    mail: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Bounce {
    bounce_type: String,
    bounce_sub_type: Option<String>,
}

/// Records it with the mail and, where the letter did not arrive, with the complaint. Mails that are not ours, and
/// events that settle nothing, are passed over.
pub async fn handle(shell: &Shell, event: MailEvent) -> Result<(), StepError> {
    let Some(name) = event.detail.mail.tags.mail.first().and_then(|tag| MailName::parse(tag)) else {
        tracing::warn!(kind = event.detail.event_type, "a mail event names none of our mails");
        return Ok(());
    };
    match report(&event.detail) {
        Some(report) => shell.take_report(&name, report).await,
        None => Ok(()),
    }
}

fn report(detail: &Detail) -> Option<Report> {
    match detail.event_type.as_str() {
        "Send" | "Delivery" => Some(Report::Sent),
        "Bounce" => bounced(detail.bounce.as_ref()?),
        "Complaint" => Some(Report::Failed(UndeliverableReason::MarkedAsSpam)),
        "Reject" | "Rendering Failure" => Some(Report::Failed(UndeliverableReason::Rejected)),
        _ => None,
    }
}

/// A bounce that is not permanent is one that SES goes on trying.
fn bounced(bounce: &Bounce) -> Option<Report> {
    if bounce.bounce_type != "Permanent" {
        return None;
    }
    Some(Report::Failed(match bounce.bounce_sub_type.as_deref() {
        Some("Suppressed" | "OnAccountSuppressionList") => UndeliverableReason::Suppressed,
        Some(_) | None => UndeliverableReason::Bounced,
    }))
}
