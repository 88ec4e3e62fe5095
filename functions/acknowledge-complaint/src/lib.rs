//! Sends the customer an acknowledgement as soon as a complaint is received.

use complaints::{
    letter_kind::LetterKind,
    shell::{Shell, StepError, notice::Notice},
};

/// Sends it once, however often the notice comes; that it was sent is recorded with the complaint.
pub async fn handle(shell: &Shell, notice: Notice) -> Result<(), StepError> {
    let (id, version) = (notice.detail.complaint, notice.detail.version);
    shell.write_to_customer(id, version, |kind| kind == LetterKind::Acknowledgement).await.map(|_| ())
}
