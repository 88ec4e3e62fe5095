//! What is attached to a message: handed in as files of the complaint.

use complaints::{
    actor::Actor,
    complaint::Complaint,
    evidence::{FileName, judge},
    reply::File,
    shell::{
        Shell, StepError,
        answer::Refusal,
        evidence::{Sender, Stored},
    },
    values::Digest,
};

/// Hands in what the complaint takes, and says whether that is all. What does not fit is not handed in: it is known here
/// already that it would be removed, and the mark on the words tells more than a record of each.
pub(super) async fn hand_in(
    shell: &Shell,
    complaint: &Complaint,
    message: &Digest,
    files: Vec<File>,
) -> Result<bool, StepError> {
    let came = files.len();
    let mut room = room(shell, complaint)?;
    let mut kept = 0;
    for (number, file) in files.into_iter().enumerate() {
        // Mail programs say all kinds of things of a file's type; only the content counts.
        if room == 0 || judge(&file.bytes, None, &shell.policy().evidence).is_err() {
            continue;
        }
        let place = Stored::handed_in(complaint.id, message, number);
        let name = FileName::of(file.name.as_deref().unwrap_or_default());
        shell.hand_in(place, &Sender::customer_by_mail(), &name, file.bytes).await?;
        (room, kept) = (room - 1, kept + 1);
    }
    tracing::info!(complaint = %complaint.id, came, kept, "files came with a mail");
    Ok(kept == came)
}

/// How many files the complaint takes as things stand; each is asked about again when it arrives.
fn room(shell: &Shell, complaint: &Complaint) -> Result<u32, StepError> {
    match shell.may_send(complaint, &Actor::Customer) {
        Ok(()) => Ok(u32::from(shell.policy().evidence.max_files_by_mail().saturating_sub(complaint.files))),
        Err(Refusal::Problem(_)) => Ok(0),
        Err(Refusal::Failed(error)) => Err(error),
    }
}
