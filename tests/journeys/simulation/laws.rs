//! What must be so after every move, whatever went wrong. The numbers are those of the list of invariants: nothing is
//! lost (1 to 4), mail (5 to 7), time (8 to 11), state and authority (12, 13), record (15, 16), reports (18).

pub(super) mod access;
pub(super) mod ending;
mod mail;
pub(super) mod record;
pub(super) use stages::STRAIGHT_PATH;
mod stages;
mod time;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use complaints::policy::Policy;

use super::run::Run;

/// The policy that all are handled under.
static POLICY: LazyLock<Policy> =
    LazyLock::new(|| Policy::parse(super::run::POLICY).expect("it is read by every run"));

/// What is asked after every move about all that there is.
pub(super) fn check(run: &mut Run) -> Result<(), String> {
    posts(run)?;
    mail::check(run)?;
    time::sweeps(run)
}

/// 1 and 2: each accepted post is one complaint with that reference, and each complaint one post.
fn posts(run: &Run) -> Result<(), String> {
    let mut claimed = BTreeSet::new();
    for post in &run.posts {
        let accepted = post.references.len();
        if post.key.is_some() && accepted > 1 {
            return Err(format!("1, 2: {} was accepted under {:?}", post.canary, post.references));
        }
        for reference in &post.references {
            let id = run.books.references.get(&reference.replace('-', ""));
            let complaint =
                id.and_then(|id| run.books.cases.get(id)).and_then(|case| case.complaint.as_ref());
            if complaint.is_none_or(|complaint| complaint.reference.to_string() != *reference) {
                return Err(format!(
                    "1: {} was accepted under {reference}, and there is no such complaint",
                    post.canary
                ));
            }
        }
        let stored: Vec<&String> =
            run.books.cases.iter().filter(|(_, case)| of(case, &post.canary)).map(|(id, _)| id).collect();
        let most = if post.key.is_some() { 1 } else { post.sent as usize };
        if stored.len() > most || stored.len() < accepted {
            return Err(format!(
                "1: {} was accepted {accepted} times, and is stored as {stored:?}",
                post.canary
            ));
        }
        claimed.extend(stored);
    }
    let nobodys = run.books.cases.keys().find(|id| !claimed.contains(id));
    nobodys.map_or(Ok(()), |id| Err(format!("1: nobody posted {id}")))
}

fn of(case: &super::books::Case, canary: &str) -> bool {
    case.private.get("intake").is_some_and(|intake| intake.contains(canary))
}
