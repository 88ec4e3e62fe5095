//! The lists as staff see them in a browser.

use complaints::{
    actor::Actor,
    complaint::StageName,
    page::desk::{Frame, HeldPage, HeldPost, Queue, QueuePage},
    shell::{
        Shell,
        answer::{Answer, Refusal},
        ledger::Suspicion,
        request::Request,
    },
    values::{Reference, StaffId},
};

use super::{Wanted, fitting, held_page, is_held, is_narrowed, queue_of};

/// A page of the queue that was asked for, theirs if none was; or the way to the complaint whose reference was entered.
pub(super) async fn show(shell: &Shell, request: &Request, actor: &Actor) -> Result<Answer, Refusal> {
    let sought = request.query("reference").map(str::trim);
    if let Some(Ok(reference)) = sought.map(Reference::parse) {
        return Ok(Answer::see_other(&format!("/staff/complaints/{reference}")));
    }
    if is_held(request)? {
        return held(shell, request, actor).await;
    }
    if is_narrowed(request) {
        return narrowed(shell, request, actor).await;
    }
    let queue = queue_of(request)?.unwrap_or(Queue::Mine);
    let page = fitting(shell, actor, &Wanted::of(queue, shell, actor), request.query("cursor")).await?;
    let next = page.cursor.map(|cursor| queue.address(Some(&cursor)));
    let page = QueuePage {
        frame: Frame::of(shell.policy(), Some(actor)),
        queue,
        narrowed: None,
        complaints: &page.rows,
        next: next.as_deref(),
        hint: None,
        sought,
        about: (None, None),
        actor,
        policy: shell.policy(),
        now: shell.now(),
    };
    Ok(Answer::html(if sought.is_some() { 422 } else { 200 }, page.render()))
}

/// What has the stage, the owner, the category and the product that were asked for.
async fn narrowed(shell: &Shell, request: &Request, actor: &Actor) -> Result<Answer, Refusal> {
    let wanted = super::wanted(shell, request, actor)?;
    let page = fitting(shell, actor, &wanted, request.query("cursor")).await?;
    let (stage, owner) = (wanted.stage.map(StageName::code), wanted.owner.as_ref().map(StaffId::as_str));
    let about = (wanted.category.as_deref(), wanted.product.as_deref());
    // The form that narrows stands above all that are open, whatever queue it is sent from.
    let queue = wanted.queue.filter(|queue| *queue != Queue::Open);
    let category = about.0.and_then(|key| shell.policy().category(key)).map(|it| it.name.as_str());
    let title = narrowed_to([
        owner.map(|owner| format!("Owned by {owner}")),
        stage.map(|stage| format!("stage {}", stage.replace('_', " "))),
        category.map(str::to_owned),
        about.1.map(str::to_owned),
        request.query("due").map(|due| format!("due by {due}")),
        queue.map(|queue| queue.title().to_lowercase()),
    ]);
    let next = page.cursor.map(|cursor| {
        let (category, product) = about;
        let by = [
            ("queue", wanted.queue.map(Queue::code)),
            ("stage", stage),
            ("owner", owner),
            ("category", category),
        ];
        let by = by.into_iter().chain([("product", product), ("due", request.query("due"))]);
        let by = by.chain([("cursor", Some(cursor.as_str()))]);
        let by = by.filter_map(|(name, value)| Some((name, value?)));
        Queue::narrowed(&by.collect::<Vec<_>>())
    });
    let page = QueuePage {
        frame: Frame::of(shell.policy(), Some(actor)),
        queue: Queue::Open,
        narrowed: Some(&title),
        complaints: &page.rows,
        next: next.as_deref(),
        hint: None,
        sought: None,
        about,
        actor,
        policy: shell.policy(),
        now: shell.now(),
    };
    Ok(Answer::html(200, page.render()))
}

/// What a list is narrowed to, in words.
fn narrowed_to(parts: [Option<String>; 6]) -> String {
    let words = parts.into_iter().flatten().collect::<Vec<_>>().join(", ");
    let mut letters = words.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

async fn held(shell: &Shell, request: &Request, actor: &Actor) -> Result<Answer, Refusal> {
    let page = held_page(shell, request, actor).await?;
    let named: Vec<_> =
        page.held.iter().map(|post| (post.id.to_string(), post.reference.to_string())).collect();
    let posts = page.held.iter().zip(&named).map(|(post, (id, reference))| HeldPost {
        id,
        reference,
        received_at: post.received_at,
        why: why(post.suspicion),
        told: &post.complaint,
    });
    let next = page.cursor.as_deref().map(|cursor| Queue::Held.address(Some(cursor)));
    let page = HeldPage {
        frame: Frame::of(shell.policy(), Some(actor)),
        posts: &posts.collect::<Vec<_>>(),
        next: next.as_deref(),
        actor,
        policy: shell.policy(),
    };
    Ok(Answer::html(200, page.render()))
}

fn why(suspicion: Suspicion) -> &'static str {
    match suspicion {
        Suspicion::Trapped => "A field that people do not see was filled.",
        Suspicion::TooFast => "It was sent faster than anybody writes.",
        Suspicion::Unproven => "It did not prove the work that the form asks for.",
    }
}
