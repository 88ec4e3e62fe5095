//! Writes to the customer what has happened to their complaint. The acknowledgement has a step of its own.

use complaints::{
    letter_kind::LetterKind,
    shell::{Shell, StepError, notice::Notice},
};

/// Sends the letter that the event asks for, once, however often the notice comes.
pub async fn handle(shell: &Shell, notice: Notice) -> Result<(), StepError> {
    let (id, version) = (notice.detail.complaint, notice.detail.version);
    shell.write_to_customer(id, version, |kind| kind != LetterKind::Acknowledgement).await.map(|_| ())
}
