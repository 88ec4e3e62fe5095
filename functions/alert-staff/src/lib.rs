//! Tells staff what they have to do or know: assigned, escalated, a date near or missed, a letter that came back.

use complaints::shell::{Shell, StepError, notice::Notice};

/// Sends the letter that the event asks for, once, however often the notice comes.
pub async fn handle(shell: &Shell, notice: Notice) -> Result<(), StepError> {
    shell.write_to_staff(notice.detail.complaint, notice.detail.version).await.map(|_| ())
}
