//! What would have been many mails at once, a line each: the most severe first.

use super::super::{Gist, writing::Writing};

pub(super) fn write(letters: &[Gist], base_url: &str) -> Writing {
    let lines = letters.iter().map(|letter| {
        let Gist { subject, reference, .. } = letter;
        format!("{subject} – {base_url}/staff/complaints/{reference}")
    });
    let (subject, title, said) = match letters.len() {
        1 => (
            "Complaints: one more matter for you".to_owned(),
            "A complaint needs you",
            "This came within a quarter of an hour of others that you have had as mails of their own:",
        ),
        number => (
            format!("Complaints: {number} matters for you"),
            "Several complaints need you",
            "These came within a quarter of an hour, after others that you have had as mails of their own. They are \
             gathered here, so that you have one mail instead of many:",
        ),
    };
    Writing::new(subject, title)
        .say(said)
        .list(lines)
        .footer("This e-mail was sent by the complaints system.")
}
