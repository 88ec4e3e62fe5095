//! Letters that can be answered, and what is said of the answers.

use super::*;
use crate::command::{LeftOut, Mark};

#[test]
fn where_mails_can_be_answered_the_letter_says_so_above_and_below() {
    for words in words::ALL {
        let story = in_language(&begun(), words);
        let posted = intake();
        let facts = |answerable| CustomerFacts {
            policy: &story.policy,
            complaint: &story.complaint,
            intake: &posted,
            link: LINK,
            not_me: NOT_ME,
            answerable,
            text: None,
            other: None,
            recorded: Some(story.last("Received")),
        };
        let letter = to_customer(LetterKind::Acknowledgement, &facts(true)).unwrap();
        let name = if words.tag == "en" { "" } else { ".de" };
        check(&letter, &format!("answerable{name}"));
        assert!(letter.text.starts_with(crate::reply::MARKER) && letter.html.contains(crate::reply::MARKER));
        let before = to_customer(LetterKind::Acknowledgement, &facts(false)).unwrap();
        assert!(
            !before.text.contains(crate::reply::MARKER)
                && before.text.contains("complaints@northgate.example")
        );
    }
}

#[test]
fn who_answers_after_the_end_and_what_is_left_out_is_written() {
    let mut story = begun();
    story.taken_on().proposed().accepted().then(&csr(), Command::CompleteRemedy { remedy: 1, text: text() });
    story.then(&csr(), Command::Close { waive_follow_up: Some(text()), not_reached: None });
    let marks =
        vec![Mark::OtherAddress, Mark::Unproven, Mark::SuspectedSpam, Mark::Shortened, Mark::FilesLeftOut];
    let inform = Command::AddInformation { text: text(), channel: Channel::Email, marks };
    story.then(&Actor::Customer, inform);
    assert_eq!(
        customer_letter_for(story.last("InformationAdded"), &story.complaint),
        Some(LetterKind::Update)
    );
    check_languages(&story, Some("InformationAdded"), LetterKind::Update, "update-over");
    check_staff(&story, "InformationAdded", LetterKind::Task, "task-informed-by-mail");
    for why in [LeftOut::Harmful, LeftOut::TooMany, LeftOut::Unreadable] {
        story.then(&Actor::System, Command::LeaveOutReply { why });
        check_staff(&story, "ReplyLeftOut", LetterKind::Task, &format!("task-left-out-{}", why.code()));
    }
    story.then(&Actor::System, Command::LeaveOutReply { why: LeftOut::Automatic });
    assert_eq!(staff_letter_for(story.last("ReplyLeftOut"), &story.complaint, &story.policy), None);
}
