//! Every command in every stage by every actor.

use super::*;
use crate::{
    command::{Grounds, Other, Verb},
    complaint::StageName,
    letter_kind::LetterKind,
};

/// Of each cell, left to right: the customer, a representative who owns the complaint, the manager, the final
/// decider, a department, the system. `+` it happens; `=` it is so already; `i` the record is incomplete; `e` there is
/// nothing here that it could be about; `x` not in this stage; `-` not by them.
const TABLE: &str = "
                        received     acknowledged investigating proposed    implementing following_up closed       withdrawn    refused      duplicate
    Receive             ======       ======       ======       ======       ======       ======       ======       ======       ======       ======
    Acknowledge         -----+       -----=       -----=       -----=       -----=       -----=       -----=       -----+       -----+       -----+
    ReportUndeliverable -----+       -----+       -----+       -----+       -----+       -----+       -----+       -----+       -----+       -----+
    Assign              -+++--       -+++--       -+++--       -+++--       -+++--       -+++--       -xxx--       -xxx--       -xxx--       -xxx--
    Triage              -+++--       -+++--       -+++--       -+++--       -+++--       -+++--       -xxx--       -xxx--       -xxx--       -xxx--
    RecordContact       -+++--       -+++--       -+++--       -+++--       -+++--       -+++--       -xxx--       -xxx--       -xxx--       -xxx--
    AddNote             -xxx--       -+++--       -+++--       -+++--       -+++--       -+++--       -xxx--       -xxx--       -xxx--       -xxx--
    RecordFinding       -xxx--       -+++--       -+++--       -+++--       -xxx--       -xxx--       -xxx--       -xxx--       -xxx--       -xxx--
    Propose             -xxx--       -xxx--       -+++--       -+++--       -xxx--       -xxx--       -xxx--       -xxx--       -xxx--       -xxx--
    AnswerProposal      xxxx--       xxxx--       xxxx--       ++++--       ====--       ====--       ====--       xxxx--       xxxx--       xxxx--
    TakeAsConsent       --xx--       --xx--       --xx--       --ee--       --xx--       --xx--       --xx--       --xx--       --xx--       --xx--
    CompleteRemedy      -xxx--       -xxx--       -xxx--       -xxx--       -+++--       -xxx--       -xxx--       -xxx--       -xxx--       -xxx--
    ChangeRemedy        -xxx--       -xxx--       -xxx--       -xxx--       -+++--       -xxx--       -xxx--       -xxx--       -xxx--       -xxx--
    Escalate            -+++--       -+++--       -+++--       -+++--       -+++--       -+++--       -xxx--       -xxx--       -xxx--       -xxx--
    WatchPromises       -----=       -----=       -----=       -----=       -----=       -----=       -----=       -----=       -----=       -----=
    FollowUp            -----=       -----=       -----=       -----=       -----=       -----=       -----=       -----=       -----=       -----=
    RecordFeedback      xxxx--       xxxx--       xxxx--       xxxx--       xxxx--       ++++--       ====--       xxxx--       xxxx--       xxxx--
    Close               -iii--       -iii--       -iii--       -iii--       -iii--       -+++--       -===--       -xxx--       -xxx--       -xxx--
    AskCustomer         -xxx--       -+++--       -+++--       -xxx--       -xxx--       -xxx--       -xxx--       -xxx--       -xxx--       -xxx--
    AddInformation      ++++--       ++++--       ++++--       ++++--       ++++--       ++++--       ++++--       ++++--       ++++--       ++++--
    LeaveOutReply       -----+       -----+       -----+       -----+       -----+       -----+       -----+       -----+       -----+       -----+
    Consult             -xxx--       -+++--       -+++--       -xxx--       -xxx--       -xxx--       -xxx--       -xxx--       -xxx--       -xxx--
    AnswerConsultation  -xxxx-       -xxxx-       -eeee-       -eeee-       -eeee-       -eeee-       -xxxx-       -xxxx-       -xxxx-       -xxxx-
    AnnounceDelay       -+++--       -+++--       -+++--       -xxx--       -xxx--       -xxx--       -xxx--       -xxx--       -xxx--       -xxx--
    SettleAtOnce        -xxx--       -+++--       -xxx--       -xxx--       -xxx--       -xxx--       -xxx--       -xxx--       -xxx--       -xxx--
    AskEscalation       ++++--       ++++--       ++++--       x+++--       ++++--       xxxx--       xxxx--       xxxx--       xxxx--       xxxx--
    RecordPattern       -----+       -----+       -----+       -----+       -----+       -----+       -----+       -----+       -----+       -----+
    Reopen              xxxx--       xxxx--       xxxx--       xxxx--       xxxx--       ++++--       ++++--       xxxx--       xxxx--       xxxx--
    Withdraw            ++++--       ++++--       ++++--       ++++--       xxxx--       xxxx--       xxxx--       ====--       xxxx--       xxxx--
    ProposeRefusal      -+++--       -+++--       -+++--       -xxx--       -xxx--       -xxx--       -xxx--       -xxx--       -xxx--       -xxx--
    DecideRefusal       --ee--       --ee--       --ee--       --xx--       --xx--       --xx--       --xx--       --xx--       --xx--       --xx--
    MarkDuplicate       -+++--       -+++--       -+++--       -xxx--       -xxx--       -xxx--       -xxx--       -xxx--       -xxx--       -xxx--
    Absorb              -----+       -----+       -----+       -----+       -----+       -----+       -----+       -----+       -----+       -----+
    Link                -+++--       -+++--       -+++--       -+++--       -+++--       -+++--       -+++--       -+++--       -+++--       -+++--
    Unlink              -===--       -===--       -===--       -===--       -===--       -===--       -===--       -===--       -===--       -===--
    ReturnLink          -----=       -----=       -----=       -----=       -----=       -----=       -----=       -----=       -----=       -----=
    AddEvidence         ++++--       ++++--       ++++--       ++++--       ++++--       ++++--       xxxx--       xxxx--       xxxx--       xxxx--
    RecordScan          -----=       -----=       -----=       -----=       -----=       -----=       -----=       -----=       -----=       -----=
    Disown              +-----       +-----       +-----       +-----       +-----       +-----       +-----       +-----       +-----       +-----
    EndLinks            ++++--       ++++--       ++++--       ++++--       ++++--       ++++--       ++++--       ++++--       ++++--       ++++--
    CorrectContact      -+++--       -+++--       -+++--       -+++--       -+++--       -+++--       -+++--       -+++--       -+++--       -+++--
    AskData             ++++--       ++++--       ++++--       ++++--       ++++--       ++++--       ++++--       ++++--       ++++--       ++++--
    AskErasure          ++++--       ++++--       ++++--       ++++--       ++++--       ++++--       ++++--       ++++--       ++++--       ++++--
    DeclineErasure      --ee--       --ee--       --ee--       --ee--       --ee--       --ee--       --ee--       --ee--       --ee--       --ee--
    Restrict            --xx--       --xx--       --xx--       --xx--       --xx--       --xx--       --++--       --++--       --++--       --++--
    RecordExport        --++--       --++--       --++--       --++--       --++--       --++--       --++--       --++--       --++--       --++--
    Hold                --++--       --++--       --++--       --++--       --++--       --++--       --++--       --++--       --++--       --++--
    LiftHold            --==--       --==--       --==--       --==--       --==--       --==--       --==--       --==--       --==--       --==--
";

/// A complaint that came to this stage by the straight path.
fn in_stage(stage: StageName) -> Story {
    let mut received = Story::begins(MONDAY);
    received.then(&csr(), assign("ana@northgate.example")).then(&csr(), triage("billing", Severity::Normal));
    let story = match stage {
        StageName::Received => received,
        StageName::Acknowledged => at_work(),
        StageName::Investigating => {
            let mut story = at_work();
            story.then(&csr(), finding());
            story
        }
        StageName::Proposed => proposed(),
        StageName::Implementing => implementing(),
        StageName::FollowingUp => following_up(),
        StageName::Closed => {
            let mut story = following_up();
            story.then(&Actor::Customer, feedback(5, false));
            story
        }
        StageName::Withdrawn => {
            received.then(&Actor::Customer, Command::Withdraw { reason: None, channel: Channel::Web });
            received
        }
        StageName::Refused => {
            let refusal = Command::ProposeRefusal { grounds: Grounds::TooOld, text: text() };
            received.then(&manager(), refusal);
            received
        }
        StageName::Duplicate => {
            let id = crate::values::ComplaintId::from_parts(received.now, [9; 10]);
            let other = Other { id, ..(&received.complaint).into() };
            received.then(&csr(), Command::MarkDuplicate { other });
            received
        }
    };
    assert_eq!(story.complaint.stage_name(), stage);
    story
}

/// A command that is well formed and new wherever it is possible.
fn command(verb: Verb, story: &Story) -> Command {
    if let Some(command) = further(verb, 1, story) {
        return command;
    }
    match verb {
        Verb::Receive => {
            let Event::Received { receipt, .. } = story.events[0].event.clone() else { unreachable!() };
            Command::Receive(receipt)
        }
        Verb::Acknowledge => Command::Acknowledge,
        Verb::ReportUndeliverable => bounced(LetterKind::Update),
        Verb::Assign => assign("ben"),
        Verb::Triage => triage("delivery", Severity::Normal),
        Verb::RecordContact => contact(Channel::Phone),
        Verb::AddNote => Command::AddNote { kind: NoteKind::Note, text: text() },
        Verb::RecordFinding => {
            let Command::RecordFinding(known) = finding() else { unreachable!() };
            Command::RecordFinding(crate::command::Finding { preventable: Some(false), ..known })
        }
        Verb::Propose => propose(Outcome::Upheld, vec![offer("1.00 GBP")]),
        Verb::AnswerProposal => accept(1),
        Verb::CompleteRemedy => done(1),
        Verb::ChangeRemedy => Command::ChangeRemedy { remedy: 1, promised_by: None, text: text() },
        Verb::Escalate => escalate(),
        Verb::WatchPromises => Command::WatchPromises,
        Verb::FollowUp => Command::FollowUp,
        Verb::RecordFeedback => feedback(5, false),
        Verb::Close => close(true),
        other => unreachable!("{other:?} is further"),
    }
}

fn actors() -> [Actor; 6] {
    let department = Actor::Department { key: "legal".to_owned() };
    [Actor::Customer, csr(), manager(), decider(), department, Actor::System]
}

fn outcome(story: &Story, actor: &Actor, command: Command) -> char {
    let mut story = story.clone();
    let known = story.events.len();
    match story.attempt(actor, command) {
        Ok(()) if story.events.len() > known => '+',
        Ok(()) => '=',
        Err(Rejection::Illegal { .. }) => 'x',
        Err(Rejection::NotAllowed { .. }) => '-',
        Err(Rejection::Incomplete { .. }) => 'i',
        Err(Rejection::TooEarly { .. } | Rejection::Unfit { .. }) => 'e',
        Err(other) => panic!("{other:?}"),
    }
}

#[test]
fn every_command_in_every_stage_by_every_actor_is_decided_as_the_table_says() {
    let mut rows = TABLE.lines().filter(|line| !line.trim().is_empty()).map(str::split_whitespace);
    let stages: Vec<StageName> = rows.next().unwrap().map(|code| StageName::parse(code).unwrap()).collect();
    assert_eq!(stages, StageName::ALL);
    let rows: Vec<Vec<&str>> = rows.map(Iterator::collect).collect();
    assert_eq!(rows.len(), Verb::ALL.len());
    for (row, verb) in rows.iter().zip(Verb::ALL) {
        assert_eq!(row[0], format!("{verb:?}"));
        assert_eq!(row.len(), 1 + stages.len());
        for (cell, stage) in row[1..].iter().zip(&stages) {
            let story = in_stage(*stage);
            let given = command(verb, &story);
            assert_eq!(given.verb(), verb);
            let actors = actors();
            let decided: String = actors.iter().map(|actor| outcome(&story, actor, given.clone())).collect();
            assert_eq!(&decided, cell, "{verb:?} in {stage:?}");
        }
    }
}

#[test]
fn what_is_said_to_be_possible_now_is_what_is_not_refused() {
    for stage in StageName::ALL {
        let story = in_stage(stage);
        for actor in actors() {
            let allowed = allowed_now(&story.complaint, &actor);
            for verb in Verb::ALL {
                let decided = outcome(&story, &actor, command(verb, &story));
                let expected = if allowed.contains(&verb) { "+=i" } else { "x-=e" };
                assert!(expected.contains(decided), "{verb:?} in {stage:?} by {actor:?}: {decided}");
            }
        }
    }
}
