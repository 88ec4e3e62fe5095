//! What must be so after every move, whatever went wrong. The numbers are those of the list of invariants: nothing is
//! lost (1 to 4), mail (5 to 7), time (8 to 11), state and authority (12 to 14), record (15 to 17), reports (18) and the
//! log (19). The tokens of 14 are held against their laws where they are used, in `link`, and the log where it is heard.

pub(super) mod access;
pub(super) mod ending;
mod mail;
pub(super) mod person;
pub(super) mod record;
mod report;
pub(super) use stages::moves;
mod stages;
mod time;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use complaints::policy::Policy;

use super::run::Run;

/// The policy that all are handled under.
pub(super) static POLICY: LazyLock<Policy> =
    LazyLock::new(|| Policy::parse(super::run::POLICY).expect("it is read by every run"));

/// What is asked after every move about all that there is.
pub(super) fn check(run: &mut Run) -> Result<(), String> {
    posts(run)?;
    mail::check(run)?;
    time::sweeps(run)
}

/// 1 and 2: each accepted post is one complaint with that reference, and each complaint one post.
fn posts(run: &Run) -> Result<(), String> {
    let mut stored: BTreeMap<usize, Vec<&String>> = BTreeMap::new();
    for (id, case) in &run.books.cases {
        let customer = case.customer.ok_or_else(|| format!("1: nobody posted {id}"))?;
        stored.entry(customer).or_default().push(id);
    }
    for (number, post) in run.posts.iter().enumerate() {
        let accepted = post.references.len();
        if post.key.is_some() && accepted > 1 {
            return Err(format!("1, 2: {} was accepted under {:?}", post.canary, post.references));
        }
        for reference in &post.references {
            if run.books.named(reference).is_none() && !is_removed(run, reference) {
                return Err(format!(
                    "1: {} was accepted under {reference}, and there is no such complaint",
                    post.canary
                ));
            }
        }
        let stored = stored.get(&number).map_or(&[][..], Vec::as_slice);
        let removed =
            run.books.removed.values().filter(|one| post.references.contains(&one.reference.to_string()));
        let most = if post.key.is_some() { 1 } else { post.sent as usize };
        if stored.len() > most || stored.len() + removed.count() < accepted {
            return Err(format!(
                "1: {} was accepted {accepted} times, and is stored as {stored:?}",
                post.canary
            ));
        }
    }
    Ok(())
}

fn is_removed(run: &Run, reference: &str) -> bool {
    run.books.removed.values().any(|complaint| complaint.reference.to_string() == reference)
}
