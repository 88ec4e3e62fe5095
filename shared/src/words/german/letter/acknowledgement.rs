//! We have your complaint: thanks, an apology, what we took down, how it goes on and by when.

use crate::letter::{CustomerFacts, Writing};

pub(super) fn write(facts: &CustomerFacts<'_>) -> Writing {
    let CustomerFacts { complaint, intake, .. } = facts;
    let phrases = facts.phrases();
    Writing::about("wir haben sie erhalten", "Wir haben Ihre Beschwerde erhalten")
        .say(
            "Vielen Dank, dass Sie uns sagen, was nicht in Ordnung war. Es tut uns leid, dass Sie dadurch \
             Unannehmlichkeiten hatten. Wir gehen der Sache sorgfältig nach.",
        )
        .under("Was wir aufgenommen haben")
        .facts([
            ("Ihre Vorgangsnummer", Some(complaint.reference.to_string())),
            ("Eingegangen", Some(phrases.day(complaint.received_at))),
            ("Es geht um", facts.product()),
            ("Tag des Vorfalls", intake.incident_date.map(|date| phrases.date(date))),
            ("Auftrag oder Konto", intake.order_reference.as_ref().map(|order| order.as_str().to_owned())),
            ("Im Namen von", intake.on_behalf_of.as_ref().map(|name| name.as_str().to_owned())),
        ])
        .say(
            "Eine Kopie von allem, was Sie geschrieben haben, und den Stand der Dinge finden Sie auf Ihrer eigenen \
             Seite:",
        )
        .link("Seite Ihrer Beschwerde öffnen", facts.link)
        .under("Wie es weitergeht")
        .say(
            "Jemand aus unserem Team übernimmt Ihre Beschwerde, klärt, was geschehen ist, und schlägt Ihnen dann \
             schriftlich vor, wie wir die Sache in Ordnung bringen. Sie können den Vorschlag annehmen oder Ihre \
             Beschwerde eine Stufe höher noch einmal prüfen lassen. Das kostet Sie nichts.",
        )
        .list(facts.expected())
        .say(
            "Falls nicht Sie sich beschwert haben, hat jemand anderes uns Ihre E-Mail-Adresse genannt. Sagen Sie es \
             uns über diesen Link, und wir schreiben Ihnen dazu nicht mehr:",
        )
        .link("Ich habe diese Beschwerde nicht eingereicht", facts.not_me)
}
