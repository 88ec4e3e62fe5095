//! Finds complaints for staff by what a caller says: the reference, how they are reached, or their name. That somebody
//! looked for a customer is recorded first; the words come in a body, since addresses end up in logs.

use aws_lambda_events::apigw::{ApiGatewayV2httpRequest, ApiGatewayV2httpResponse};
use complaints::{
    actor::Actor,
    page::desk::{Frame, Queue, QueuePage},
    problem::Problem,
    search::{Person, Sought},
    shell::{
        Shell, StepError,
        answer::{Answer, Refusal, respond},
        desk,
        ledger::Found,
        request::Request,
    },
    staff_body::Search,
    view::{Page, Summary},
};

/// The last so many complaints of a customer are shown.
const MOST_FOUND: usize = 50;

/// Answers with the complaints in short; a browser with a list, or with the way to the one whose reference it is.
pub async fn handle(
    shell: &Shell,
    request: ApiGatewayV2httpRequest,
) -> Result<ApiGatewayV2httpResponse, StepError> {
    Ok(respond(shell, request, async |request| find(shell, request).await).await)
}

async fn find(shell: &Shell, request: &Request) -> Result<Answer, Refusal> {
    let actor = request.staff()?;
    let search = Search::read(request.fields()?).map_err(Problem::invalid)?;
    let text = search.text.as_str();
    let Some(sought) = Sought::parse(text) else {
        if request.wants_html() {
            return Ok(Answer::html(422, list(shell, &actor, &nothing(), Some(text))));
        }
        return Err(Problem::invalid_request("nothing_to_find", NOTHING).into());
    };
    let called = match sought.reference {
        Some(reference) => shell.ledger().called(reference).await?,
        None => None,
    };
    let person = sought.person.as_ref().filter(|_| called.is_none());
    if let (true, None, Some(reference)) = (request.wants_html(), person, sought.reference) {
        return Ok(Answer::see_other(&format!("/staff/complaints/{reference}")));
    }
    let mut found = match person {
        Some(person) => of_person(shell, request, &actor, person).await?,
        None => Found { complaints: called.into_iter().collect(), more: false },
    };
    found.complaints.retain(|complaint| !complaint.is_about(&actor));
    if request.wants_html() {
        return Ok(Answer::html(200, list(shell, &actor, &found, None)));
    }
    let complaints = found.complaints.iter().map(|complaint| Summary::of(complaint, &actor)).collect();
    Ok(Answer::json(200, &Page { complaints, cursor: None })?)
}

const NOTHING: &str = "Give a reference such as 28T-5CY-01J, a name, an e-mail address or a phone number.";

/// What a list says that may not be whole.
const MORE: &str = "These are the latest complaints that were found; there may be earlier ones. Give more of the name, \
                    an e-mail address or the reference to find those.";

/// The complaints of who has this name, or is reached by this.
async fn of_person(
    shell: &Shell,
    request: &Request,
    actor: &Actor,
    person: &Person,
) -> Result<Found, StepError> {
    desk::note_search(shell, request, actor, shell.ledger().sought(person)?).await?;
    shell.ledger().last_of_person(person, MOST_FOUND).await
}

fn nothing() -> Found {
    Found { complaints: Vec::new(), more: false }
}

/// Without what was looked for, unless it is nothing that there is to find.
fn list(shell: &Shell, actor: &Actor, found: &Found, wrong: Option<&str>) -> String {
    let page = QueuePage {
        frame: Frame::of(shell.policy(), Some(actor)),
        queue: Queue::Open,
        narrowed: Some("Found"),
        complaints: &found.complaints,
        next: None,
        hint: found.more.then_some(MORE),
        sought: wrong,
        about: (None, None),
        actor,
        policy: shell.policy(),
        now: shell.now(),
    };
    page.render()
}
