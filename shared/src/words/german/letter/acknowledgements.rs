//! We have your complaints: one letter about several that came from the same address.

use crate::letter::{CustomerFacts, Writing};

pub(super) fn write(all: &[CustomerFacts<'_>]) -> Writing {
    let writing = Writing::about(
        &format!("Wir haben {} Beschwerden erhalten", all.len()),
        "Wir haben Ihre Beschwerden erhalten",
    )
    .say(format!(
        "Vielen Dank, dass Sie uns sagen, was nicht in Ordnung war. Es tut uns leid, dass Sie dadurch \
         Unannehmlichkeiten hatten. Wir gehen der Sache sorgfältig nach. Da heute viele Beschwerden von Ihrer Adresse \
         kamen, ist dies eine E-Mail zu {} davon.",
        all.len()
    ));
    all.iter()
        .fold(writing, one)
        .under("Wie es weitergeht")
        .say(
            "Jemand aus unserem Team übernimmt jede Beschwerde, klärt, was geschehen ist, und schlägt Ihnen dann \
             schriftlich vor, wie wir die Sache in Ordnung bringen. Sie können den Vorschlag annehmen oder Ihre \
             Beschwerde eine Stufe höher noch einmal prüfen lassen. Das kostet Sie nichts.",
        )
        .say(
            "Falls nicht Sie sich beschwert haben, hat jemand anderes uns Ihre E-Mail-Adresse genannt. Sagen Sie es \
             uns über den Link unter der Beschwerde, und wir schreiben Ihnen dazu nicht mehr.",
        )
}

fn one(writing: Writing, facts: &CustomerFacts<'_>) -> Writing {
    let complaint = facts.complaint;
    writing
        .under(&format!("Beschwerde {}", complaint.reference))
        .facts([
            ("Ihre Vorgangsnummer", Some(complaint.reference.to_string())),
            ("Eingegangen", Some(facts.phrases().day(complaint.received_at))),
            ("Es geht um", complaint.product.clone()),
        ])
        .list(facts.expected())
        .link("Seite dieser Beschwerde öffnen", facts.link)
        .link("Ich habe diese Beschwerde nicht eingereicht", facts.not_me)
}
