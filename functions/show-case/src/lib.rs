//! Shows staff a whole case: the complaint, what the customer wrote and what that suggests until it is triaged, the
//! audit trail, every text, and while it can be put right, how like cases were. That they looked is recorded first, and shown to managers.

use std::collections::{BTreeMap, BTreeSet};

use aws_lambda_events::apigw::{ApiGatewayV2httpRequest, ApiGatewayV2httpResponse};
use complaints::{
    actor::Actor,
    complaint::Complaint,
    evidence::FileView,
    intake::Intake,
    page::desk::{CasePage, Frame},
    problem::Problem,
    redress::Spread,
    shell::{
        Shell, StepError,
        answer::{Answer, Refusal, respond},
        desk::{self, Noted},
        ledger::Beside,
        request::Request,
    },
    together::Group,
    triage::{Suggestion, likeness::Gist},
    values::{ComplaintId, Reference, Role},
    view::{Alike, Candidate, Case, Other, Summary, Together},
};

/// Answers with the case, or a browser with its page; its `ETag` is what the next write has to say in `If-Match`.
pub async fn handle(
    shell: &Shell,
    request: ApiGatewayV2httpRequest,
) -> Result<ApiGatewayV2httpResponse, StepError> {
    Ok(respond(shell, request, async |request| show(shell, request).await).await)
}

async fn show(shell: &Shell, request: &Request) -> Result<Answer, Refusal> {
    let (actor, ledger) = (request.staff()?, shell.ledger());
    let id = desk::named(shell, request).await?;
    let complaint = ledger.load(id).await?.ok_or_else(Problem::not_found)?;
    if complaint.is_about(&actor) {
        return Err(desk::refuse_whom_it_is_about(shell, request, &actor, id).await?);
    }
    desk::note(shell, request, &actor, &id.to_string(), Noted::Read).await?;
    // Who has read it is for those to know who answer for it.
    let accesses = match actor.role() {
        Some(Role::Manager | Role::Final) => Some(ledger.accesses(&id.to_string()).await?),
        Some(Role::Csr) | None => None,
    };
    let (intake, mut history) = (ledger.intake(id).await?, ledger.events(id).await?);
    let mut texts = ledger.texts(id).await?;
    let (same, told) = (Other::same(&complaint), Other::told(&history));
    let named = [Together::named(&history), same.clone(), told.clone()].concat();
    let (others, about_them) = others(shell, named, &actor).await?;
    let reference = |other| others.get(&other).copied();
    // Nor does anybody learn by a case that there is one about them.
    Other::keep_from(&about_them, &mut history, &mut texts);
    let files = FileView::taken_from(&history, &mut texts);
    let (texts, texts_left_out) = Case::fitting(texts);
    let suggestion = Case::suggestion(&complaint, intake.as_ref(), shell.policy());
    let summary = Summary::of(&complaint, &actor);
    let redress = match Case::like(&summary, &complaint) {
        Some(like) => Spread::of(&ledger.redress(&like).await?),
        None => None,
    };
    let case = Case {
        summary,
        alike: alike(shell, &complaint, intake.as_ref(), suggestion.as_ref(), &actor).await?,
        suggestion,
        complaint: intake,
        together: Together::of(&history, reference),
        same: Other::known(&same, reference),
        linked: Other::known(&complaint.linked, reference),
        told: Other::known(&told, reference),
        history,
        texts,
        texts_left_out,
        files,
        redress,
        accesses,
    };
    if !request.wants_html() {
        return Ok(Answer::json(200, &case)?.with_version(complaint.version));
    }
    let page = CasePage {
        frame: Frame::of(shell.policy(), Some(&actor)),
        case: &case,
        complaint: &complaint,
        done: request.query("done"),
        actor: &actor,
        policy: shell.policy(),
        now: shell.now(),
    };
    Ok(Answer::html(200, page.render()))
}

/// So many of a group are looked at.
const MOST_LOOKED_AT: i32 = 40;

/// What is like a complaint that nobody has triaged: its customer's, and of those filed under what its text suggests the
/// ones whose texts are alike.
async fn alike(
    shell: &Shell,
    complaint: &Complaint,
    told: Option<&Intake>,
    suggestion: Option<&Suggestion>,
    actor: &Actor,
) -> Result<Vec<Alike>, StepError> {
    let (Some(told), Some(suggestion)) = (told, suggestion) else { return Ok(Vec::new()) };
    let (ledger, own) = (shell.ledger(), Gist::of(told.description.as_str()));
    let of_customer = ledger.last_of(&Group::OfCustomer(complaint.customer), MOST_LOOKED_AT).await?;
    let others = |beside: &Beside| beside.complaint != complaint.id;
    let gists = |beside: &'_ Beside| (beside.complaint, beside.gist.clone());
    let mine: Vec<_> = of_customer.iter().filter(|beside| others(beside)).map(gists).collect();
    let mut found = Candidate::of_customer(&own, mine.iter().map(|(id, gist)| (*id, gist)));
    if let (Some(category), Some(product)) = (&suggestion.category, &suggestion.product) {
        let group = Group::About { product: product.value.clone(), category: category.value.clone() };
        let about: Vec<_> = ledger.last_of(&group, MOST_LOOKED_AT).await?.iter().map(gists).collect();
        let known = |id: &ComplaintId| *id == complaint.id || mine.iter().any(|(mine, _)| mine == id);
        let about = about.iter().filter(|(id, _)| !known(id)).map(|(id, gist)| (*id, gist));
        found.extend(Candidate::alike(&own, about));
    }
    let ids: Vec<ComplaintId> = found.iter().map(|other| other.complaint).collect();
    let others = ledger.load_all(&ids).await?;
    // What was taken away does not come back as somebody's, and what was never theirs is not.
    let shown = others.iter().filter(|other| !other.reach.has_no_customer() && !other.is_about(actor));
    let references: BTreeMap<_, _> = shown.map(|other| (other.id, other.reference)).collect();
    let called =
        |other: Candidate| references.get(&other.complaint).map(|reference| other.called(*reference));
    Ok(found.into_iter().filter_map(called).collect())
}

/// How people call these complaints, those that are not kept any more left out; and those that are about who looks.
async fn others(
    shell: &Shell,
    complaints: Vec<ComplaintId>,
    actor: &Actor,
) -> Result<(BTreeMap<ComplaintId, Reference>, BTreeSet<ComplaintId>), StepError> {
    let complaints: BTreeSet<ComplaintId> = complaints.into_iter().collect();
    let complaints = shell.ledger().load_all(&complaints.into_iter().collect::<Vec<_>>()).await?;
    let (about_them, shown): (Vec<_>, Vec<_>) =
        complaints.into_iter().partition(|complaint| complaint.is_about(actor));
    let references = shown.into_iter().map(|complaint| (complaint.id, complaint.reference));
    Ok((references.collect(), about_them.into_iter().map(|complaint| complaint.id).collect()))
}
