//! Links and forms by which files are sent.

use std::time::Duration;

use base64::{Engine, engine::general_purpose::STANDARD};

use super::{Place, Sender, Stored, sender::BROWSERS_NAME};
use crate::{
    actor::Actor,
    command::{Command, TextRef},
    complaint::Complaint,
    decide::{Context, decide},
    evidence::{FileName, Wanted},
    shell::{
        Shell, StepError,
        answer::Refusal,
        files::{Form, FormBounds, Sent, UploadLink},
    },
    values::{Channel, ComplaintId, Digest, Reference},
};

/// How long a program has for beginning to send what it asked for.
const LINK: Duration = Duration::from_mins(10);

impl Shell {
    /// A link by which this very file is sent.
    pub async fn offer_link(
        &self,
        complaint: ComplaintId,
        sender: &Sender,
        wanted: &Wanted,
    ) -> Result<UploadLink, StepError> {
        let key = self.new_place(complaint)?;
        let sha256 = STANDARD.encode(wanted.sha256.as_bytes());
        let sent = Sent {
            size: wanted.size,
            content_type: wanted.kind.media_type(),
            sha256: &sha256,
            metadata: sender.metadata(wanted.name.as_str()),
        };
        self.files().upload_link(&key, &sent, LINK).await
    }

    /// A form by which a customer's browser sends any one file that is not too large, for as long as their session lasts
    /// that begins now.
    pub async fn offer_form(&self, complaint: &Complaint) -> Result<Form, StepError> {
        let then = format!("{}/my/{}/files", self.config().base_url()?, complaint.reference);
        let minutes = u64::from(self.policy().limits.session_minutes);
        self.form_of(complaint.id, &Sender::customer(complaint), (&then, Duration::from_mins(minutes))).await
    }

    /// The same for a member of staff, whose browser comes back to the case.
    pub async fn offer_staff_form(
        &self,
        complaint: ComplaintId,
        reference: Reference,
        sender: &Sender,
    ) -> Result<Form, StepError> {
        let then = format!("{}/staff/complaints/{reference}?done=file", self.config().base_url()?);
        self.form_of(complaint, sender, (&then, LINK)).await
    }

    async fn form_of(
        &self,
        complaint: ComplaintId,
        sender: &Sender,
        (then, good_for): (&str, Duration),
    ) -> Result<Form, StepError> {
        let key = self.new_place(complaint)?;
        let most = self.policy().evidence.max_bytes;
        let bounds = FormBounds { key: &key, most, then, metadata: sender.metadata(BROWSERS_NAME) };
        self.files().upload_form(&bounds, good_for).await
    }

    /// Hands in a file that came by another way, such as with a mail: from here it goes the way of all files. The place
    /// is [`Stored::handed_in`], so that what is handed in again is the same file.
    pub async fn hand_in(
        &self,
        place: Stored,
        sender: &Sender,
        name: &FileName,
        content: Vec<u8>,
    ) -> Result<(), StepError> {
        self.files().put(&place.to_string(), super::take::ANY, content, &sender.metadata(name.as_str())).await
    }

    /// Whether a file of theirs would be taken as things stand: the same is asked again when one arrives.
    pub fn may_send(&self, complaint: &Complaint, actor: &Actor) -> Result<(), Refusal> {
        let file = TextRef { id: self.new_text_id()?, digest: Digest::of(b"") };
        let command = Command::AddEvidence { file, channel: Channel::Web };
        let context = Context::new(self.now(), self.policy(), actor, self.new_command_id()?);
        decide(Some(complaint), command, &context).map(|_| ()).map_err(Refusal::from)
    }

    fn new_place(&self, complaint: ComplaintId) -> Result<String, StepError> {
        let file = self.new_text_id()?;
        Ok(Stored { place: Place::Incoming, complaint, file }.to_string())
    }
}
