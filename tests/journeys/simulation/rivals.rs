//! Two people on one case, and people who may not do what they try.

use complaints::complaint::Complaint;
use rand::RngExt;
use serde_json::json;

use super::customer::allow;
use super::run::Run;
use super::staff::{CSR, Deed, MANAGER, OTHER_CSR, Person, SHIFT};
use crate::ask::{Reply, post};

impl Run {
    /// Two people saw the same version: at most one of them is done.
    pub(super) async fn two_at_once(
        &mut self,
        complaint: &Complaint,
        person: Person,
        deed: Deed,
    ) -> Result<(), String> {
        let other = if person == CSR { OTHER_CSR } else { MANAGER };
        let note = ("contact", json!({"channel": "phone", "text": self.words(complaint, "We spoke")}));
        self.coverage.note("staff: two on one version");
        if self.chance(40) {
            return self.two_in_one_moment(complaint, (person, deed), (other, note)).await;
        }
        let (before, first) =
            (complaint.version, self.does(complaint, complaint.version, person, &deed).await?);
        let now = self.version_of(complaint);
        let second = self.does(complaint, before, other, &note).await?;
        if now != before && second == 200 {
            return Err(format!(
                "12: of two on version {before} of {} both won ({first}, {second})",
                complaint.reference
            ));
        }
        if now != before && second != 412 && second < 500 {
            return Err(format!("12: the one who was too late was told {second} instead of 412"));
        }
        Ok(())
    }

    /// Two people press their buttons in the same moment: no two of them win.
    async fn two_in_one_moment(
        &mut self,
        complaint: &Complaint,
        (one, deed): (Person, Deed),
        (other, note): (Person, Deed),
    ) -> Result<(), String> {
        let one = self.deed(complaint, complaint.version, one, &deed)?;
        let other = self.deed(complaint, complaint.version, other, &note)?;
        self.coverage.note("staff: two at once");
        let (one, other) = self.ask_at_once("staff", "two at once", one, other).await?;
        // What changes nothing is done on any version.
        let has_changed = |reply: &Reply| {
            reply.status == 200
                && reply.json()["version"].as_u64().is_some_and(|after| after > u64::from(complaint.version))
        };
        if has_changed(&one) && has_changed(&other) {
            return Err(format!("12: of two on version {} both won", complaint.version));
        }
        Ok(())
    }

    /// Whose role was taken away meanwhile, or whose token has ended, does nothing.
    pub(super) async fn act_without_right(&mut self) -> Result<(), String> {
        let list: Vec<Complaint> = self.books.complaints().map(|(complaint, _)| complaint.clone()).collect();
        if list.is_empty() {
            return Ok(());
        }
        let complaint = list[self.dice.random_range(0..list.len())].clone();
        let ended = self
            .former_badges
            .iter()
            .find(|(given, _)| self.world.now().duration_since(*given).as_hours() > SHIFT + 2);
        let ended = ended.map(|(_, token)| token.clone()).filter(|_| self.chance(50));
        let name = if ended.is_some() { "with a token that has ended" } else { "without the role" };
        let token = if let Some(token) = ended {
            token
        } else {
            // A manager until yesterday.
            let role = self.one_of(&["guest", "csr"]);
            self.world.token(MANAGER.0, role).map_err(|error| error.to_string())?
        };
        let (verb, body) = ("hold", json!({"hold": true, "reason": self.words(&complaint, "Kept for")}));
        let ask = post(&format!("/staff/complaints/{}/{verb}", complaint.reference))
            .json(&body)
            .header("authorization", &format!("Bearer {token}"))
            .header("if-match", &format!("\"{}\"", complaint.version));
        let reply = self.ask("nobody", name, ask).await?;
        self.coverage.note(format!("staff: {name}"));
        allow(&reply, &[401, 403]).map_err(|error| format!("12: {name}: {error}"))
    }
}
