//! Finds complaints that come together: of one customer when one is received or turns out to be theirs, about one product and category when that
//! is said at triage. Those that make the policy's number full, and all that follow, go up.

use std::collections::BTreeSet;

use complaints::{
    command::{Command, Pattern},
    complaint::Complaint,
    shell::{
        Shell, StepError,
        ledger::{Change, NotDone},
        notice::Notice,
    },
    together::{Found, Group, Member, Rule},
    values::ComplaintId,
};

/// The version that `Received` makes.
const RECEIVED: u32 = 1;
/// By this it turns out whose it is; any other event that wakes this step is a triage.
const CORRECTED: &str = "ContactCorrected";

/// Looks at the complaint as it stands, so that an old or repeated notice does no harm.
pub async fn handle(shell: &Shell, notice: Notice) -> Result<(), StepError> {
    let is_of_customer = notice.detail.version == RECEIVED || notice.name == CORRECTED;
    let pattern = if is_of_customer { Pattern::Repeated } else { Pattern::Alike };
    let Some(complaint) = shell.ledger().load(notice.detail.complaint).await? else { return Ok(()) };
    let Some(group) = Group::of(&complaint, pattern).filter(|group| group.counts(&complaint)) else {
        return Ok(());
    };
    // Noted before looking: of two at the same time, the later one sees both.
    if pattern == Pattern::Alike {
        shell.ledger().note_member(&group, &complaint).await?;
    }
    for found in find(shell, &group, &complaint).await? {
        record(shell, pattern, found).await?;
    }
    Ok(())
}

/// Which complaints this one makes one of several. The others are only read where there are enough of them.
async fn find(shell: &Shell, group: &Group, complaint: &Complaint) -> Result<Vec<Found>, StepError> {
    let (rule, by) = (Rule::of(group.pattern(), shell.policy()), Member::of(complaint));
    let mut near = shell.ledger().members(group, by).await?;
    near.retain(|member| rule.near(*member, by));
    if rule.found(&near, by).is_empty() {
        return Ok(Vec::new());
    }
    let others: Vec<ComplaintId> = near.iter().map(|member| member.complaint).collect();
    let others = shell.ledger().load_all(&others).await?;
    let counting: BTreeSet<ComplaintId> =
        others.iter().filter(|other| group.counts(other)).map(|other| other.id).collect();
    near.retain(|member| counting.contains(&member.complaint));
    Ok(rule.found(&near, by))
}

async fn record(shell: &Shell, pattern: Pattern, found: Found) -> Result<(), StepError> {
    let Found { complaint, count, others } = found;
    let command = Command::RecordPattern { pattern, count, others };
    match shell.ledger().execute(Change::by_system(shell, complaint, command, None)?).await {
        Err(NotDone::Failed(error)) => Err(error),
        // It is recorded once; on a complaint that was removed meanwhile there is nothing to record.
        Ok(_) | Err(NotDone::Rejected(_) | NotDone::Stale { .. }) => Ok(()),
    }
}
