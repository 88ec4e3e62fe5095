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
    match event.detail.event_type.as_str() {
        // A mail that arrived was sent; mostly that is known, and then nothing else needs to be looked at.
        "Delivery" => {
            if shell.mailer().note_delivery(&name).await? {
                shell.take_report(&name, Report::Sent).await?;
            }
            Ok(())
        }
        // An absence note of a mail that arrived is told as a bounce as well.
        "Bounce" if is_vague(&event.detail) && shell.mailer().was_delivered(&name).await? => Ok(()),
        _ => match report(&event.detail) {
            Some(report) => shell.take_report(&name, report).await,
            None => Ok(()),
        },
    }
}

/// SES says neither that the address is bad nor what else was wrong.
fn is_vague(detail: &Detail) -> bool {
    let bounce = detail.bounce.as_ref();
    bounce.is_some_and(|bounce| {
        bounce.bounce_type == "Transient" && bounce.bounce_sub_type.as_deref() == Some("General")
    })
}

fn report(detail: &Detail) -> Option<Report> {
    match detail.event_type.as_str() {
        "Send" => Some(Report::Sent),
        "Bounce" => Some(bounced(detail.bounce.as_ref()?)),
        "Complaint" => Some(Report::Failed(UndeliverableReason::MarkedAsSpam)),
        "Reject" | "Rendering Failure" => Some(Report::Failed(UndeliverableReason::Rejected)),
        _ => None,
    }
}

/// Every bounce is final: one that is not permanent comes when SES has given up trying.
fn bounced(bounce: &Bounce) -> Report {
    Report::Failed(match bounce.bounce_sub_type.as_deref() {
        Some("Suppressed" | "OnAccountSuppressionList") => UndeliverableReason::Suppressed,
        Some(_) | None => UndeliverableReason::Bounced,
    })
}
