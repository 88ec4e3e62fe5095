//! Answers to our mails.

use super::{follow_up::closed, *};
use crate::command::{LeftOut, Mark};

fn mailed() -> Command {
    Command::AddInformation { text: text(), channel: Channel::Email, marks: vec![Mark::Unproven] }
}

#[test]
fn who_answers_a_letter_after_the_end_is_told_once_how_it_is_taken_up_again() {
    let written = |story: &Story| match &story.last("InformationAdded").event {
        Event::InformationAdded { written, .. } => *written,
        _ => unreachable!(),
    };
    let mut story = closed();
    story.then(&Actor::Customer, inform());
    assert!(!written(&story), "who is on their page sees how");
    story.then(&csr(), mailed());
    assert!(!written(&story), "whom staff have heard they tell");
    story.then(&Actor::Customer, mailed());
    assert!(written(&story));
    story.then(&Actor::Customer, mailed());
    assert!(!written(&story));
    assert_eq!(story.complaint.stage_name(), StageName::Closed);
    let mut late = closed();
    late.after(24 * 60).then(&Actor::Customer, mailed());
    assert!(!written(&late), "there is no such way any more");
    let mut open = at_work();
    open.then(&Actor::Customer, mailed());
    assert!(!written(&open));
}

#[test]
fn what_was_taken_away_gets_no_mail_and_no_word_of_one() {
    let mut story = closed();
    story.then(&manager(), Command::Restrict { text: text() });
    check(&mut story, MONDAY, &Actor::Customer, mailed(), &["no: closed"]);
    let leave_out = Command::LeaveOutReply { why: LeftOut::Harmful };
    check(&mut story, MONDAY, &Actor::System, leave_out, &["no: closed"]);
}
