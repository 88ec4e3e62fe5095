//! What is refused writes nothing, but that it was refused for a role.

use local::door::Request;

use super::super::books::{Books, is_write, text};
use crate::ask::Reply;

/// 12: what a role does not allow is refused and recorded; nothing else that is refused leaves a trace.
pub(in super::super) fn check(books: &Books, reply: &Reply, requests: &[Request]) -> Result<(), String> {
    if !(400..500).contains(&reply.status) {
        return Ok(());
    }
    let is_access = |request: &&Request| request.keys.iter().any(|key| key.starts_with("A#"));
    if requests.iter().any(|request| is_write(request) && !is_access(&request)) {
        return Err("12: it was refused, but something was written".into());
    }
    // A request whose answer was lost is among them: what counts is what stands.
    let noted = requests.iter().find(is_access);
    let by_a_step = reply.header("content-type") == Some("application/problem+json");
    match (noted, by_a_step && reply.status == 403) {
        (Some(noted), true) => {
            let id = reply.json()["instance"].to_string();
            for item in books.partition(&noted.keys[0])? {
                let record = text(&item, "record")?;
                if record.contains(&id) && record.contains("\"refused\":true") {
                    return Ok(());
                }
            }
            Err("12: that it was refused for a role does not stand in the table".into())
        }
        (None, true) => Err("12: that it was refused for a role was not recorded".into()),
        (Some(_), false) => Err("12: a refusal for another reason was recorded as one for a role".into()),
        (None, false) => Ok(()),
    }
}
