//! What happens when nobody takes a complaint on, when time runs out, and when it is severe from the start.

use serde_json::json;

use crate::desk::ask::get;
use crate::desk::staff::{events, stage};
use crate::desk::{DESK, Desk, MANAGER, SENIOR};

#[tokio::test]
async fn a_complaint_that_nobody_takes_goes_up_after_two_working_hours() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", "ann@example.com").await;
    let sam = desk.sam();
    desk.until("2026-10-05T09:59:00Z").await;
    assert_eq!(sam.case(&ann.reference).await["level"], 1);
    desk.until("2026-10-05T10:06:00Z").await;
    let case = sam.case(&ann.reference).await;
    assert_eq!((&case["level"], &case["responsible"]), (&json!(2), &json!("manager")));
    assert_eq!(desk.letters_to(MANAGER), ["escalated"]);
    assert_eq!(desk.letters_to("ann@example.com"), ["acknowledgement", "escalation-notice"]);
    desk.hours(1).await;
    assert_eq!(desk.letters_to(MANAGER), ["escalated"], "it is told once");
    desk.rests().await;
}

#[tokio::test]
async fn what_comes_in_on_friday_evening_goes_up_on_monday_morning() {
    let desk = Desk::at("2026-10-02T17:00:00Z");
    let ann = desk.complains("Ann", "ann@example.com").await;
    desk.until("2026-10-05T09:55:00Z").await;
    assert_eq!(desk.sam().case(&ann.reference).await["level"], 1);
    desk.until("2026-10-05T10:05:00Z").await;
    assert_eq!(desk.sam().case(&ann.reference).await["level"], 2);
    desk.rests().await;
}

#[tokio::test]
async fn the_owner_is_warned_at_four_fifths_of_the_time_and_at_its_end_it_goes_up() {
    let desk = Desk::with_policy("[severities.low]\nanswer = \"5 working hours\"");
    let ann = desk.complains("Ann", "ann@example.com").await;
    let sam = desk.sam();
    sam.takes(&ann.reference).await;
    sam.triages(&ann.reference, "billing", "low").await;
    sam.calls(&ann.reference).await;
    desk.until("2026-10-05T11:59:00Z").await;
    assert_eq!(desk.letters_to("sam@northgate.example"), Vec::<String>::new());
    desk.until("2026-10-05T12:05:00Z").await;
    assert_eq!(desk.letters_to("sam@northgate.example"), ["deadline-near"]);
    desk.until("2026-10-05T12:59:00Z").await;
    assert_eq!(sam.case(&ann.reference).await["level"], 1);
    desk.until("2026-10-05T13:05:00Z").await;
    let case = sam.case(&ann.reference).await;
    assert_eq!((&case["level"], &case["overdue"]), (&json!(2), &json!(true)));
    assert_eq!(desk.letters_to("sam@northgate.example"), ["deadline-near", "escalated"]);
    assert_eq!(desk.letters_to(MANAGER), ["escalated"]);
    let told = ["acknowledgement", "delay-notice", "escalation-notice"];
    assert_eq!(desk.letters_to("ann@example.com"), told);
    let steps = events(&case);
    let last = ["PromiseWarned", "DelayAnnounced", "PromiseMissed", "Escalated"];
    assert_eq!(steps[steps.len() - 4..], last);
    desk.rests().await;
}

#[tokio::test]
async fn a_critical_complaint_starts_with_the_manager() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", "ann@example.com").await;
    desk.sam().takes(&ann.reference).await;
    let triaged = desk.sam().triages(&ann.reference, "account_privacy_security", "critical").await;
    assert_eq!(triaged["level"], 2);
    // Three working days, as told; the first human contact within four hours.
    let promises = triaged["promises"].as_array().unwrap();
    let by =
        |name: &str| promises.iter().find(|it| it["promise"] == name).map(|it| it["by"].as_str().unwrap());
    assert_eq!(by("answer"), Some("2026-10-08T16:00:00Z"));
    assert_eq!(by("first_contact"), Some("2026-10-05T12:00:00Z"));
    assert_eq!(desk.letters_to(MANAGER), ["escalated"]);
    // What is the manager's to decide is not a representative's.
    desk.sam().finds(&ann.reference, "it").await;
    let body = json!({"outcome": "upheld", "explanation": "Sorry.", "remedies": []});
    let refused = desk.sam().tries(&ann.reference, "propose", &body).await;
    assert_eq!((refused.status, refused.problem().as_str()), (403, "forbidden"));
    assert_eq!(stage(&desk.mia().does(&ann.reference, "propose", &body).await), "proposed");
    desk.rests().await;
}

#[tokio::test]
async fn a_complaint_about_the_manager_goes_past_them_to_the_final_decider() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", "ann@example.com").await;
    desk.sam().takes(&ann.reference).await;
    let body = json!({"category": "staff_conduct", "severity": "normal", "subject": "mia@northgate.example",
        "subject_role": "manager"});
    let triaged = desk.sam().does(&ann.reference, "triage", &body).await;
    assert_eq!((&triaged["level"], &triaged["responsible"]), (&json!(3), &json!("final")));
    assert_eq!(
        (desk.letters_to(SENIOR).as_slice(), desk.letters_to(MANAGER).len()),
        (&["escalated".to_owned()][..], 0)
    );
    let version = triaged["version"].as_u64().unwrap();
    let note = json!({"note": "It was not so."});
    let kept_out = desk.mia().tries_on(version, &ann.reference, "investigate", &note).await;
    assert_eq!((kept_out.status, kept_out.problem().as_str()), (403, "forbidden"));
    let case = get(&format!("/staff/complaints/{}", ann.reference));
    let unseen = desk.send(desk.mia().signed(case)).await;
    assert_eq!((unseen.status, unseen.problem().as_str()), (403, "forbidden"));
    let trace = desk.fin().case(&ann.reference).await["accesses"].clone();
    let refused =
        |access: &&serde_json::Value| access["staff"] == "mia@northgate.example" && access["refused"] == true;
    assert_eq!(trace.as_array().unwrap().iter().filter(refused).count(), 2, "{trace}");
    desk.rests().await;
}

#[tokio::test]
async fn a_missed_first_contact_is_told_to_whom_it_concerns() {
    let desk = Desk::with_policy("[severities.normal]\nfirst_contact = \"1 working hour\"");
    let ann = desk.complains("Ann", "ann@example.com").await;
    desk.sam().takes(&ann.reference).await;
    desk.until("2026-10-05T09:05:00Z").await;
    assert_eq!(desk.letters_to("sam@northgate.example"), ["deadline-missed"]);
    assert_eq!(desk.letters_to(DESK), Vec::<String>::new());
    desk.rests().await;
}

#[tokio::test]
async fn a_representative_escalates_with_a_reason() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", "ann@example.com").await;
    let sam = desk.sam();
    sam.takes(&ann.reference).await;
    let reply = sam.tries(&ann.reference, "escalate", &json!({})).await;
    assert_eq!((reply.status, reply.pointers()[0].0.as_str()), (422, "/reason"));
    let done = sam.does(&ann.reference, "escalate", &json!({"reason": "Press is asking."})).await;
    assert_eq!(done["level"], 2);
    assert_eq!(desk.letters_to("ann@example.com"), ["acknowledgement", "escalation-notice"]);
    let notice = desk.mail("ann@example.com", "escalation-notice").text.unwrap();
    assert!(!notice.contains("Press is asking"), "the reason is between staff");
    desk.rests().await;
}

#[tokio::test]
async fn one_about_its_owner_goes_up_and_to_somebody_else() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", "ann@example.com").await;
    let sam = desk.sam();
    sam.takes(&ann.reference).await;
    let about =
        json!({"category": "staff_conduct", "severity": "normal", "subject": "sam@northgate.example"});
    let up = sam.does(&ann.reference, "triage", &about).await;
    assert_eq!((&up["level"], &up["subject"]), (&json!(2), &json!("sam@northgate.example")));
    assert_eq!(up.get("owner"), None);
    assert_eq!(desk.letters_to(MANAGER), ["escalated"]);
    let back = desk.mia().tries(&ann.reference, "assign", &json!({"owner": "sam@northgate.example"})).await;
    assert_eq!((back.status, back.pointers()[0].1.as_str()), (422, "subject"));
    desk.rests().await;
}

#[tokio::test]
async fn a_lawyers_letter_a_regulator_and_the_media_take_it_to_the_third_level() {
    let desk = Desk::open();
    for (flag, email) in
        [("legal_letter", "a@example.com"), ("regulator", "b@example.com"), ("media", "c@example.com")]
    {
        let customer = desk.complains("Ann", email).await;
        desk.sam().takes(&customer.reference).await;
        let grave = json!({"category": "billing", "severity": "low", "flags": [flag]});
        let up = desk.sam().does(&customer.reference, "triage", &grave).await;
        assert_eq!(
            (&up["level"], &up["severity"], &up["flags"]),
            (&json!(3), &json!(if flag == "media" { "critical" } else { "high" }), &json!([flag]))
        );
        assert_eq!(desk.letters_to(email), ["acknowledgement", "escalation-notice"]);
    }
    assert_eq!(desk.letters_to(SENIOR).iter().filter(|letter| *letter == "escalated").count(), 3);
    // That the customer names one makes it high, of which the manager is told.
    let named = desk.complains("Ann", "d@example.com").await;
    desk.sam().takes(&named.reference).await;
    let grave = json!({"category": "billing", "severity": "low", "flags": ["regulator_named"]});
    let stays = desk.sam().does(&named.reference, "triage", &grave).await;
    assert_eq!((&stays["level"], &stays["severity"]), (&json!(1), &json!("high")));
    assert!(desk.letters_to(MANAGER).contains(&"task".to_owned()));
    desk.rests().await;
}

#[tokio::test]
async fn what_is_more_than_a_level_may_give_goes_to_the_one_that_may_with_what_was_written() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", "ann@example.com").await;
    let sam = desk.sam();
    sam.investigates(&ann.reference).await;
    let refund = |amount: &str| json!([{"kind": "refund", "amount": amount, "promised_by": "2026-11-09"}]);
    let up = sam.proposes(&ann.reference, "upheld", refund("100.01")).await;
    assert_eq!((stage(&up), &up["level"]), ("investigating", &json!(2)));
    let case = desk.mia().case(&ann.reference).await;
    assert!(
        case["texts"].to_string().contains("You were charged twice"),
        "the draft is there: {}",
        case["texts"]
    );
    assert_eq!(desk.mia().proposes(&ann.reference, "upheld", refund("1000.01")).await["level"], 3);
    assert_eq!(
        stage(&desk.fin().proposes(&ann.reference, "upheld", refund("1000.01")).await),
        "implementing"
    );
    desk.rests().await;
}

#[tokio::test]
async fn who_asks_for_a_higher_level_by_phone_gets_it_once() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", "ann@example.com").await;
    let sam = desk.sam();
    sam.takes(&ann.reference).await;
    let asked = json!({"reason": "Nobody has called back.", "asked_by": "phone"});
    let up = sam.does(&ann.reference, "escalate", &asked).await;
    assert_eq!(up["level"], 2);
    let case = sam.case(&ann.reference).await;
    let last = case["history"].as_array().unwrap().last().unwrap();
    assert_eq!(last["event"]["reason"]["because"], "asked");
    let notice = desk.mail("ann@example.com", "escalation-notice").text.unwrap();
    assert!(notice.contains("asked"), "{notice}");
    // It is there already: what they say is kept.
    let again = sam.does(&ann.reference, "escalate", &asked).await;
    assert_eq!(again["level"], 2);
    assert_eq!(events(&sam.case(&ann.reference).await).last(), Some(&"InformationAdded"));
    desk.rests().await;
}

#[tokio::test]
async fn one_about_a_named_employee_goes_up_and_stays_with_its_owner() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", "ann@example.com").await;
    desk.sam().takes(&ann.reference).await;
    let body = json!({"category": "staff_conduct", "severity": "normal", "subject": "bo@northgate.example"});
    let triaged = desk.sam().does(&ann.reference, "triage", &body).await;
    assert_eq!((&triaged["level"], &triaged["owner"]), (&json!(2), &json!("sam@northgate.example")));
    assert_eq!(desk.letters_to(MANAGER), ["escalated"]);
    desk.rests().await;
}

#[tokio::test]
async fn what_the_second_level_cannot_settle_it_hands_to_the_third() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", "ann@example.com").await;
    desk.sam().investigates(&ann.reference).await;
    desk.sam().does(&ann.reference, "escalate", &json!({"reason": "Above me."})).await;
    let not_hers = desk.sam().tries(&ann.reference, "escalate", &json!({"reason": "Further."})).await;
    assert_eq!((not_hers.status, not_hers.problem().as_str()), (403, "forbidden"));
    let up = desk.mia().does(&ann.reference, "escalate", &json!({"reason": "A matter of principle."})).await;
    assert_eq!((&up["level"], &up["responsible"]), (&json!(3), &json!("final")));
    assert_eq!(desk.letters_to(SENIOR), ["escalated"]);
    assert_eq!(
        desk.letters_to("ann@example.com"),
        ["acknowledgement", "escalation-notice", "escalation-notice"]
    );
    desk.rests().await;
}

#[tokio::test]
async fn when_the_second_levels_time_is_used_up_it_goes_to_the_third_which_is_reminded_daily_until_it_decides()
 {
    let desk = Desk::with_policy("[severities.normal]\nanswer = \"5 working hours\"");
    let ann = desk.complains("Ann", "ann@example.com").await;
    desk.sam().investigates(&ann.reference).await;
    let level = async || desk.sam().case(&ann.reference).await["level"].clone();
    let reminded = || desk.letters_to(SENIOR).iter().filter(|letter| *letter == "deadline-missed").count();
    // Five hours to two in the afternoon, five more to eleven in the morning, and five to four in the afternoon.
    desk.until("2026-10-05T13:05:00Z").await;
    assert_eq!(level().await, 2);
    desk.until("2026-10-06T09:55:00Z").await;
    assert_eq!(level().await, 2);
    desk.until("2026-10-06T10:05:00Z").await;
    assert_eq!((level().await, desk.letters_to(SENIOR)), (json!(3), vec!["escalated".to_owned()]));
    for (until, times) in [
        ("2026-10-06T14:55:00Z", 0),
        ("2026-10-06T15:05:00Z", 1),
        ("2026-10-07T15:05:00Z", 2),
        ("2026-10-08T15:05:00Z", 3),
    ] {
        desk.until(until).await;
        assert_eq!((level().await, reminded()), (json!(3), times), "{until}");
    }
    desk.fin().offers(&ann.reference).await;
    desk.until("2026-10-10T15:05:00Z").await;
    assert_eq!(reminded(), 3, "it is decided");
    desk.rests().await;
}

#[tokio::test]
async fn whom_nobody_keeps_up_to_date_is_written_to_and_whoever_handles_it_is_told() {
    let desk = Desk::with_policy("[severities.normal]\nupdate_every = \"1 working day\"");
    let ann = desk.complains("Ann", "ann@example.com").await;
    let sam = desk.sam();
    sam.takes(&ann.reference).await;
    sam.triages(&ann.reference, "billing", "normal").await;
    sam.calls(&ann.reference).await;
    desk.until("2026-10-06T15:55:00Z").await;
    assert_eq!(desk.letters_to("ann@example.com"), ["acknowledgement"]);
    desk.until("2026-10-06T16:05:00Z").await;
    assert_eq!(desk.letters_to("ann@example.com"), ["acknowledgement", "update"]);
    let letter = desk.mail("ann@example.com", "update").text.unwrap();
    assert!(letter.contains("19 October 2026"), "it says when the answer comes: {letter}");
    assert_eq!(desk.letters_to("sam@northgate.example"), ["deadline-missed"]);
    desk.until("2026-10-07T15:55:00Z").await;
    assert_eq!(desk.letters_to("ann@example.com").len(), 2, "once for each day");
    desk.rests().await;
}

#[tokio::test]
async fn a_lawyers_letter_while_a_proposal_stands_takes_it_to_the_top_and_the_proposal_still_can_be_accepted()
{
    let desk = Desk::open();
    let ann = desk.complains("Ann", "ann@example.com").await;
    let sam = desk.sam();
    sam.investigates(&ann.reference).await;
    sam.offers(&ann.reference).await;
    let grave = json!({"category": "billing", "severity": "normal", "flags": ["legal_letter"]});
    let triaged = sam.does(&ann.reference, "triage", &grave).await;
    assert_eq!((stage(&triaged), &triaged["responsible"]), ("proposed", &json!("final")));
    assert!(desk.letters_to(SENIOR).contains(&"escalated".to_owned()));
    assert_eq!(desk.letters_to("ann@example.com").last().unwrap(), "escalation-notice");
    let notice = desk.mail("ann@example.com", "escalation-notice").text.unwrap();
    assert!(notice.contains("What we have proposed to you stands"), "{notice}");
    ann.accepts().await;
    let seen = ann.sees().await;
    assert_eq!(
        (seen["stage"].as_str(), &seen["outside"]),
        (Some("implementing"), &json!(null)),
        "no last word of ours"
    );
    sam.carries_out(&ann.reference, 1).await;
    sam.carries_out(&ann.reference, 2).await;
    assert_eq!(desk.letters_to("ann@example.com").last().unwrap(), "resolution-summary");
    desk.rests().await;
}

#[tokio::test]
async fn a_proposal_that_was_sent_up_is_answered_there_once_it_is_refused() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", "ann@example.com").await;
    let sam = desk.sam();
    sam.investigates(&ann.reference).await;
    sam.offers(&ann.reference).await;
    let up = sam.does(&ann.reference, "escalate", &json!({"reason": "The press is asking."})).await;
    assert_eq!((&up["level"], stage(&up)), (&json!(2), "proposed"));
    assert!(ann.looks().await.contains("A higher level then looks at your complaint"));
    ann.refuses(1).await;
    let case = sam.case(&ann.reference).await;
    assert_eq!(
        (&case["level"], stage(&case)),
        (&json!(2), "investigating"),
        "nobody at level 2 was heard yet"
    );
    let letters = desk.letters_to("ann@example.com");
    assert_eq!(letters.iter().filter(|letter| *letter == "escalation-notice").count(), 2, "{letters:?}");
    let body = json!({"outcome": "upheld", "explanation": "Sorry.", "remedies": []});
    assert_eq!(sam.tries(&ann.reference, "propose", &body).await.status, 403);
    desk.mia().does(&ann.reference, "propose", &body).await;
    desk.rests().await;
}
