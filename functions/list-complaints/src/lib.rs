//! Lists complaints for staff: by owner, by stage, or by what is due next; and what is held as suspected spam.

mod queue;

use aws_lambda_events::apigw::{ApiGatewayV2httpRequest, ApiGatewayV2httpResponse};
use complaints::{
    actor::Actor,
    complaint::{Complaint, StageName},
    figures::Period,
    page::desk::Queue,
    problem::Problem,
    shell::{
        Shell, StepError,
        answer::{Answer, Refusal, respond},
        desk,
        ledger::{self, HeldFrom},
        request::Request,
    },
    values::StaffId,
    view::{Page, Summary},
};
use jiff::Timestamp;

/// What is said of a cursor that leads nowhere.
const FOREIGN: &str = "This cursor is none of ours.";

/// What a list is narrowed to.
struct Wanted {
    queue: Option<Queue>,
    owner: Option<StaffId>,
    stage: Option<StageName>,
    due: Option<Timestamp>,
    category: Option<String>,
    product: Option<String>,
}

impl Wanted {
    /// A whole queue of the desk.
    fn of(queue: Queue, shell: &Shell, actor: &Actor) -> Wanted {
        let owner = match actor {
            Actor::Staff { id, .. } if queue == Queue::Mine => Some(id.clone()),
            _ => None,
        };
        let due = queue.until(shell.now(), shell.policy());
        Wanted { queue: Some(queue), owner, stage: None, due, category: None, product: None }
    }
}

/// Answers with a page of summaries and where the next one begins; a browser with a page of the desk.
pub async fn handle(
    shell: &Shell,
    request: ApiGatewayV2httpRequest,
) -> Result<ApiGatewayV2httpResponse, StepError> {
    Ok(respond(shell, request, async |request| list(shell, request).await).await)
}

async fn list(shell: &Shell, request: &Request) -> Result<Answer, Refusal> {
    let actor = request.staff()?;
    if request.wants_html() {
        return queue::show(shell, request, &actor).await;
    }
    if is_held(request)? {
        return held(shell, request, &actor).await;
    }
    let wanted = wanted(shell, request, &actor)?;
    let page = fitting(shell, &actor, &wanted, request.query("cursor")).await?;
    let complaints = page.rows.iter().map(|complaint| Summary::of(complaint, &actor)).collect();
    Ok(Answer::json(200, &Page { complaints, cursor: page.cursor })?)
}

/// What a list can be narrowed by.
const NARROWING: [&str; 5] = ["stage", "owner", "due", "category", "product"];

/// Whether it is narrowed by anything.
fn is_narrowed(request: &Request) -> bool {
    NARROWING.iter().any(|name| request.query(name).is_some())
}

/// Whether held posts are asked for instead of complaints. These have nothing to be narrowed by.
fn is_held(request: &Request) -> Result<bool, Refusal> {
    let queue = queue_of(request)?;
    let held = match request.query("held") {
        None => queue == Some(Queue::Held),
        Some("true") => true,
        Some(_) => return Err(bad("held", "Say `true`, or leave it out.")),
    };
    if held && (is_narrowed(request) || queue.is_some_and(|queue| queue != Queue::Held)) {
        return Err(bad("held", "Held posts cannot be narrowed: ask for all of them."));
    }
    Ok(held)
}

/// A page of held posts for a program.
async fn held(shell: &Shell, request: &Request, actor: &Actor) -> Result<Answer, Refusal> {
    Ok(Answer::json(200, &held_page(shell, request, actor).await?)?)
}

/// A page of held posts, the present month's without a cursor. They hold what people wrote, so that a look is recorded.
async fn held_page(shell: &Shell, request: &Request, actor: &Actor) -> Result<ledger::HeldPage, Refusal> {
    let from = match request.query("cursor") {
        Some(cursor) => cursor.parse().map_err(|_| bad("cursor", FOREIGN))?,
        None => HeldFrom { month: Period::of(shell.now(), &shell.policy().calendar), after: None },
    };
    desk::note_held(shell, request, actor, from.month).await?;
    Ok(shell.ledger().held(from).await?)
}

/// So many pages of an index are looked through for one that has something on it.
const MOST_PAGES: usize = 4;

/// A page of those that fit. What no index gives is picked out of what the narrowest gives, which has the order and
/// ends: an index for each queue, category and product would be paid with every command.
async fn fitting(
    shell: &Shell,
    actor: &Actor,
    wanted: &Wanted,
    cursor: Option<&str>,
) -> Result<ledger::Page<Complaint>, Refusal> {
    let seen = (shell.now(), shell.policy());
    let is_queued = |complaint: &Complaint| match wanted.queue {
        Some(queue) => !complaint.stage_name().is_end() && queue.takes(complaint, actor, seen),
        None => true,
    };
    // Nor does a list show anybody what is about them.
    let fits =
        |complaint: &Complaint| fits(complaint, wanted) && is_queued(complaint) && !complaint.is_about(actor);
    let mut page = find(shell, wanted, cursor).await?;
    page.rows.retain(fits);
    for _ in 1..MOST_PAGES {
        let Some(next) = page.cursor.as_deref().filter(|_| page.rows.is_empty()) else { break };
        page = find(shell, wanted, Some(next)).await?;
        page.rows.retain(fits);
    }
    Ok(page)
}

/// By the narrowest index; without any wish, all that are open, the next due first.
async fn find(
    shell: &Shell,
    wanted: &Wanted,
    cursor: Option<&str>,
) -> Result<ledger::Page<Complaint>, Refusal> {
    let ledger = shell.ledger();
    let page = match (&wanted.owner, wanted.stage) {
        (Some(owner), _) => ledger.by_owner(owner, cursor).await,
        (None, Some(stage)) => ledger.by_stage(stage, cursor).await,
        (None, None) => ledger.by_due(wanted.due, cursor).await,
    };
    // A cursor that is none of ours is the only thing here that is wrong for good.
    page.map_err(|error| match error {
        StepError::GiveUp { key, .. } if key == ledger::CURSOR => bad("cursor", FOREIGN),
        error => error.into(),
    })
}

fn fits(complaint: &Complaint, wanted: &Wanted) -> bool {
    wanted.stage.is_none_or(|stage| complaint.stage_name() == stage)
        && wanted.category.as_ref().is_none_or(|it| complaint.category.as_ref() == Some(it))
        && wanted.product.as_ref().is_none_or(|it| complaint.product.as_ref() == Some(it))
        && wanted.due.is_none_or(|due| complaint.next_due().is_some_and(|next| next <= due))
}

/// The queue that was asked for.
fn queue_of(request: &Request) -> Result<Option<Queue>, Refusal> {
    match request.query("queue") {
        Some(code) => Ok(Some(Queue::parse(code).ok_or_else(|| bad("queue", "There is no such queue."))?)),
        None => Ok(None),
    }
}

/// The queue that was asked for, or else all that are open, and what it is narrowed to.
fn wanted(shell: &Shell, request: &Request, actor: &Actor) -> Result<Wanted, Refusal> {
    let queue = queue_of(request)?;
    let whole = Wanted::of(queue.unwrap_or(Queue::Open), shell, actor);
    let stage = match request.query("stage") {
        Some(code) => Some(StageName::parse(code).ok_or_else(|| bad("stage", "There is no such stage."))?),
        None => None,
    };
    let owner = match request.query("owner") {
        Some(id) => Some(StaffId::parse(id).map_err(|_| bad("owner", "This is no id of staff."))?),
        None => whole.owner,
    };
    let due = match request.query("due") {
        Some("now") => Some(shell.now()),
        Some(at) => Some(
            at.parse().map_err(|_| bad("due", "Give `now` or an instant such as 2026-03-31T09:30:00Z."))?,
        ),
        None => whole.due,
    };
    let policy = shell.policy();
    let category = match request.query("category") {
        Some(key) if policy.category(key).is_none() => {
            return Err(bad("category", "The policy has no such category."));
        }
        key => key.map(str::to_owned),
    };
    let product = match request.query("product") {
        Some(name) => {
            let product =
                policy.product(name).ok_or_else(|| bad("product", "The policy has no such product."))?;
            Some(product.to_string())
        }
        None => None,
    };
    Ok(Wanted { queue, owner, stage, due, category, product })
}

fn bad(parameter: &str, detail: &str) -> Refusal {
    Problem::invalid_request(&format!("unknown_{parameter}"), detail).into()
}
