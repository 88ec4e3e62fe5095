//! What customers can do at their own wish, in German.

use super::super::super::{Field, Way, Ways};

pub(in super::super) const WAYS: Ways = Ways {
    heading: "Sie können außerdem",
    question: "Unsere Frage an Sie",
    answer: Field {
        label: "Ihre Antwort",
        hint: "Schreiben Sie, was Sie wissen; Sie können später noch etwas ergänzen.",
        short: "Ihre Antwort",
    },
    information: Way {
        title: "Etwas ergänzen",
        lead: "Gibt es etwas Neues, oder haben Sie etwas ausgelassen? Sie können es jederzeit ergänzen.",
        field: Some(Field {
            label: "Was möchten Sie ergänzen?",
            hint: "Niemals ein Passwort, eine PIN oder eine vollständige Kartennummer.",
            short: "Was Sie ergänzen möchten",
        }),
        send: "Absenden",
    },
    escalation: Way {
        title: "Um eine höhere Stufe bitten",
        lead: "Soll jemand anderes Ihre Beschwerde prüfen? Sagen Sie uns, warum, und sie geht eine Stufe höher.",
        field: Some(Field {
            label: "Warum soll jemand anderes sie prüfen?",
            hint: "Zum Beispiel, weil es zu lange dauert oder weil Sie sich nicht verstanden fühlen.",
            short: "Warum jemand anderes sie prüfen soll",
        }),
        send: "Höhere Stufe erbitten",
    },
    withdrawal: Way {
        title: "Meine Beschwerde zurückziehen",
        lead: "Möchten Sie Ihre Beschwerde nicht weiterverfolgen? Dann beenden wir sie und tun nichts weiter.",
        field: Some(Field {
            label: "Warum? (freiwillig)",
            hint: "Es hilft uns zu wissen, warum; Sie müssen es aber nicht sagen.",
            short: "Warum",
        }),
        send: "Ja, Beschwerde zurückziehen",
    },
    links: Way {
        title: "Alle Links zu dieser Seite beenden",
        lead: "Kann jemand diese Seite öffnen, der es nicht soll? Dann beenden Sie die Links, die wir Ihnen geschickt \
               haben. Sie gelten sofort nicht mehr, auch hier nicht, und wir schicken einen neuen an Ihre Adresse.",
        field: None,
        send: "Links beenden und einen neuen anfordern",
    },
    data: Way {
        title: "Um eine Kopie meiner Daten bitten",
        lead: "Sie können alles bekommen, was wir über Sie haben: was Sie uns mitgeteilt haben, was daraufhin geschehen \
               ist, und die Dateien.",
        field: None,
        send: "Um eine Kopie meiner Daten bitten",
    },
    erasure: Way {
        title: "Um Löschung meiner Daten bitten",
        lead: "Die Unterlagen einer Beschwerde müssen einige Jahre aufbewahrt werden. Ein Mensch entscheidet, was \
               gelöscht werden kann und wann; auf dieser Seite steht, was entschieden wurde.",
        field: None,
        send: "Um Löschung bitten",
    },
    back: "Nein, zurück zu meiner Beschwerde",
};
