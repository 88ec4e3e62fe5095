//! What a browser gets of the desk where something is not carried out. Nothing that was typed is lost: the form comes
//! back with it, and where somebody else changed the complaint, on it as it is now; and who is not signed in any more can do that, and send the same again.

use std::collections::BTreeMap;

use crate::{
    actor::Actor,
    intake::KEY,
    page::desk::{Act, Action, Again, ENTRY, FormView, Frame, Ground, Notice},
    problem::{Kind, Problem},
    shell::{Shell, StepError, answer::Answer, request::Request, session},
};

type Typed = BTreeMap<String, String>;

/// Who several complaints are given to: the field's name and label.
const OWNER: (&str, &str) = ("owner", "Assign those chosen to");

/// A problem as a page of the desk.
pub(in crate::shell) async fn refused(shell: &Shell, request: &Request, problem: Problem) -> Answer {
    let typed = request.typed().filter(|_| request.method() == "POST");
    if problem.kind == Kind::Unauthorized {
        return nobody(shell, request, typed);
    }
    // A form says by a field what a header says otherwise: 412 is about the header.
    let problem = if problem.kind == Kind::Stale { Problem { status: 409, ..problem } } else { problem };
    let actor = request.staff().ok();
    if let (Some(actor), Some(typed)) = (&actor, &typed) {
        match form_again(shell, request, actor, typed, &problem).await {
            Ok(Some(page)) => return Answer::problem_page(&problem, page),
            Ok(None) if is_of_several(request, typed) => {
                let page = send_again(shell, request, actor, typed, &problem, Some(OWNER));
                return Answer::problem_page(&problem, page);
            }
            Ok(None) => {}
            Err(error) => {
                tracing::error!(%error, request = request.id(), "a form could not be shown again");
                let page = send_again(shell, request, actor, typed, &problem, None);
                return Answer::problem_page(&problem, page);
            }
        }
    }
    let page = Notice::of(&problem, Frame::of(shell.policy(), actor.as_ref()));
    // Who is signed in and has no role has nothing here but a way out.
    let page = Notice { sign_out: actor.is_none() && problem.kind == Kind::Forbidden, ..page };
    Answer::problem_page(&problem, page.render())
}

/// To who is not signed in: the way to do so, and what was typed.
fn nobody(shell: &Shell, request: &Request, typed: Option<Typed>) -> Answer {
    if request.method() == "GET" {
        let here = match request.raw_query() {
            "" => request.path().to_owned(),
            query => format!("{}?{query}", request.path()),
        };
        return Answer::see_other(&session::sign_in_for(&here));
    }
    let fields: Vec<_> = typed.unwrap_or_default().into_iter().collect();
    let page = Again {
        frame: Frame::of(shell.policy(), None),
        title: "Your session is over",
        detail: "Nothing was recorded, and nothing that you typed is lost. Sign in again, come back to this page, and send it \
                 once more.",
        sign_in: Some(&session::sign_in_for(session::AFTERWARDS)),
        at: request.path(),
        mend: None,
        fields: &fields,
    };
    Answer::html(401, page.render())
}

/// The form that was sent, with what was typed and what is wrong; none where it was no form of the desk, or there is no
/// such complaint.
async fn form_again(
    shell: &Shell,
    request: &Request,
    actor: &Actor,
    typed: &Typed,
    problem: &Problem,
) -> Result<Option<String>, StepError> {
    let route = request.route().rsplit('/').next().unwrap_or_default();
    let is_entry = request.path() == "/staff/complaints";
    let action = if is_entry { Some(&ENTRY) } else { Action::sent(route, typed) };
    let Some(action) = action else { return Ok(None) };
    let complaint = if action.verb.is_some() {
        let Some(id) = request.complaint(shell).await? else { return Ok(None) };
        let Some(complaint) = shell.ledger().load(id).await? else { return Ok(None) };
        Some(complaint)
    } else {
        None
    };
    let ground = Ground { policy: shell.policy(), complaint: complaint.as_ref(), suggestion: None, actor };
    // Whoever is told that it changed sees it as it is now; whoever is told something else has not seen more than before.
    let seen = typed.get("version").filter(|_| problem.kind != Kind::Stale);
    let seen = seen.and_then(|version| version.parse().ok());
    let mut form = FormView::again(action, request.path().to_owned(), ground, seen, typed, &problem.errors);
    // What was taken in before cannot be sent again by the same form; what was not recorded can.
    form.once = match problem.kind {
        Kind::KeyReused if problem.reference.is_none() => Some(shell.new_command_id()?.to_string()),
        _ => typed.get(KEY).cloned(),
    };
    let reference = complaint.as_ref().map(|complaint| complaint.reference.to_string());
    let frame = Frame::of(shell.policy(), Some(actor));
    Ok(Some(Act { frame, reference: reference.as_deref(), form: &form, problem: Some(problem) }.render()))
}

/// Whether several complaints were chosen in a list. Which these are stays as it was; who gets them may be mended.
fn is_of_several(request: &Request, typed: &Typed) -> bool {
    let is_chosen = |name: &String| name.starts_with("complaints/") && name.ends_with("/complaint");
    request.path() == "/staff/assign" && typed.keys().any(is_chosen)
}

/// Where no form can be made: what was typed, to be sent again, with one field to mend if there is one.
fn send_again(
    shell: &Shell,
    request: &Request,
    actor: &Actor,
    typed: &Typed,
    problem: &Problem,
    mend: Option<(&str, &str)>,
) -> String {
    let mut typed = typed.clone();
    let mended = mend.map(|(name, label)| (name, label, typed.remove(name).unwrap_or_default()));
    let fields: Vec<_> = typed.into_iter().collect();
    let page = Again {
        frame: Frame::of(shell.policy(), Some(actor)),
        title: &problem.title,
        detail: &problem.detail,
        sign_in: None,
        at: request.path(),
        mend: mended.as_ref().map(|(name, label, value)| (*name, *label, value.as_str())),
        fields: &fields,
    };
    page.render()
}
