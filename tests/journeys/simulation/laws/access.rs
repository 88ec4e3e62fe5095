//! What is refused writes nothing, but that it was refused for a role, and that somebody looked.

use local::door::Request;

use super::super::books::{Books, is_write, text};
use crate::ask::Reply;

/// 12: what a role does not allow is refused and recorded so; of nothing else that is refused anything stays but the look
/// that it took.
pub(in super::super) fn check(books: &Books, reply: &Reply, requests: &[Request]) -> Result<(), String> {
    if !(400..500).contains(&reply.status) {
        return Ok(());
    }
    let is_access = |request: &&Request| request.keys.iter().any(|key| key.starts_with("A#"));
    if requests.iter().any(|request| is_write(request) && !is_access(&request)) {
        return Err("12: it was refused, but something was written".into());
    }
    if reply.header("content-type") != Some("application/problem+json") {
        return Ok(());
    }
    let for_a_role = reply.status == 403;
    // A request whose answer was lost is among them: what counts is what stands.
    let Some(noted) = requests.iter().find(is_access) else {
        let missing = "12: that it was refused for a role was not recorded";
        return if for_a_role { Err(missing.into()) } else { Ok(()) };
    };
    let id = reply.json()["instance"].to_string();
    let mut recorded = false;
    for item in books.partition(&noted.keys[0])? {
        let record = text(&item, "record")?;
        recorded |= record.contains(&id) && record.contains("\"refused\":true");
    }
    match (recorded, for_a_role) {
        (false, true) => Err("12: that it was refused for a role does not stand in the table".into()),
        (true, false) => Err("12: a refusal for another reason was recorded as one for a role".into()),
        (true, true) | (false, false) => Ok(()),
    }
}
