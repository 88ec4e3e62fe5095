//! The letter that a command would send, before it is carried out. It is decided and written as it would be, and nothing of
//! it is kept but that somebody looked.

use super::{Noted, allowed, note};
use crate::{
    actor::Actor,
    command::Reach,
    complaint::Complaint,
    event::Recorded,
    fields::Fields,
    intake::Intake,
    letter::{self, CustomerFacts},
    letter_kind::LetterKind,
    page::desk::{Act, Action, FormView, Frame, Ground},
    shell::{
        Shell, StepError,
        answer::{Answer, Refusal},
        ledger::{Change, Foreseen},
        request::Request,
    },
    view::{Preview, PreviewedLetter},
};

/// What stands in place of links that open a complaint: they are made when the letter is sent.
const LINK: &str = "[private link]";

/// Whether who sends this wants to see the letter only. Where no letter can come of it there is no such field.
pub(super) fn is_wanted(request: &Request, fields: &mut Fields) -> bool {
    Action::route_writes(last_of_route(request)) && fields.flag("preview") == Some(true)
}

/// Answers with what the customer would be written, or says as the command itself why not: a browser gets its form again
/// with the letter below.
pub(super) async fn show(
    shell: &Shell,
    request: &Request,
    actor: &Actor,
    change: &Change,
) -> Result<Answer, Refusal> {
    let foreseen = shell.ledger().foresee(change).await;
    let foreseen = allowed(shell, request, actor, change.complaint, foreseen).await?;
    note(shell, request, actor, &change.complaint.to_string(), Noted::Read).await?;
    let preview = written(shell, change, &foreseen).await?;
    if !request.wants_html() {
        return Ok(Answer::json(200, &preview)?.with_version(foreseen.now.version));
    }
    let (reference, typed) = (preview.reference.to_string(), request.typed().unwrap_or_default());
    let Some(action) = Action::sent(last_of_route(request), &typed) else {
        return Err(StepError::give_up("show a letter", &reference, "its route has no form").into());
    };
    let ground = Ground { policy: shell.policy(), complaint: Some(&foreseen.now), suggestion: None, actor };
    let mut form = FormView::again(action, request.path().to_owned(), ground, None, &typed, &[]);
    form.preview = Some(preview);
    let frame = Frame::of(shell.policy(), Some(actor));
    Ok(Answer::html(200, Act { frame, reference: Some(&reference), form: &form, problem: None }.render()))
}

pub(super) fn last_of_route(request: &Request) -> &str {
    request.route().rsplit('/').next().unwrap_or_default()
}

/// The letters that what is foreseen asks for.
async fn written(shell: &Shell, change: &Change, foreseen: &Foreseen) -> Result<Preview, StepError> {
    let then = &foreseen.then;
    let mut preview = Preview { reference: then.reference, letters: Vec::new(), unreachable: false };
    let asked = |recorded| letter::customer_letter_for(recorded, then).map(|kind| (recorded, kind));
    let mut wanted: Vec<_> = foreseen.events.iter().filter_map(asked).collect();
    wanted.retain(|(_, kind)| !kind.is_nobodys(then.reach));
    if wanted.is_empty() {
        return Ok(preview);
    }
    // What cannot be mailed has to be told another way, by who has it before them.
    preview.unreachable = then.reach != Reach::Email;
    let intake = match &change.correction {
        Some(correction) => Some(correction.after.clone()),
        None => shell.ledger().intake(then.id).await?,
    };
    let Some(intake) = intake else { return Ok(preview) };
    for (recorded, kind) in wanted {
        let text = text_for(shell, change, then, recorded).await?;
        let letter = compose(shell, then, (recorded, kind), &intake, text.as_deref()).await?;
        preview.letters.extend(letter);
    }
    Ok(preview)
}

/// What the letter carries: written just now, or with an earlier command.
async fn text_for(
    shell: &Shell,
    change: &Change,
    then: &Complaint,
    recorded: &Recorded,
) -> Result<Option<String>, StepError> {
    let Some(reference) = letter::text_of(&recorded.event, then) else { return Ok(None) };
    match change.texts.iter().find_map(|text| text.said_by(reference)) {
        Some(text) => Ok(Some(text.to_owned())),
        None => shell.ledger().text(then.id, reference).await,
    }
}

async fn compose(
    shell: &Shell,
    complaint: &Complaint,
    (recorded, kind): (&Recorded, LetterKind),
    intake: &Intake,
    text: Option<&str>,
) -> Result<Option<PreviewedLetter>, StepError> {
    let policy = shell.policy_of(complaint).await?;
    let facts = CustomerFacts {
        policy: &policy,
        complaint,
        intake,
        link: LINK,
        not_me: LINK,
        answerable: shell.config().inbound_domain().is_some(),
        text,
        other: shell.ledger().goes_on_as(Some(recorded)).await?,
        recorded: Some(recorded),
    };
    let letter = letter::to_customer(kind, &facts);
    Ok(letter.map(|letter| PreviewedLetter::of(letter, complaint.language)))
}
