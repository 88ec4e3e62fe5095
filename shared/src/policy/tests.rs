use super::*;
use crate::values::Severity;

const REVISION: &str =
    "version = 2\neffective = \"2026-09-01\"\nchange = \"Shorter times\"\napproved_by = \"A. Manager\"\n";

fn revised(text: &str) -> Result<Policy, InvalidPolicy> {
    Policy::parse(&format!("{REVISION}{text}"))
}

fn refused(text: &str, line: usize, field: &str, detail: &str) {
    let error = revised(text).unwrap_err();
    assert!(error.detail.contains(detail), "{text}: {error}");
    assert_eq!((error.line, error.field.as_str()), (Some(line), field), "{text}: {error}");
    assert!(!error.to_string().contains('\n'), "{error}");
}

#[test]
fn the_shipped_policy_reads_and_keeps_all_rules() {
    let policy = Policy::default();
    assert_eq!(rules::check(&policy), Ok(()));
    assert_eq!(policy.version, 1);
    assert_eq!(Policy::parse(""), Ok(policy.clone()));
    assert_eq!(Policy::parse("# nothing but words\n"), Ok(policy.clone()));
    assert_eq!(Policy::parse(include_str!("../../policy.toml")), Ok(policy));
}

#[test]
fn the_shipped_policy_promises_what_the_procedure_says() {
    let policy = Policy::default();
    let promised = |severity| {
        let rule = policy.severities.of(severity);
        let first_contact = rule.first_contact.map_or("none".to_owned(), |span| span.to_string());
        format!(
            "{} | {first_contact} | {} | {} | {} | {}",
            rule.acknowledge, rule.update_every, rule.answer, rule.starts_at, rule.tell_manager
        )
    };
    assert_eq!(promised(Severity::Critical), "1 hour | 4 hours | 24 hours | 3 working days | 2 | false");
    assert_eq!(
        promised(Severity::High),
        "4 working hours | 1 working day | 2 working days | 5 working days | 1 | true"
    );
    assert_eq!(
        promised(Severity::Normal),
        "24 hours | 2 working days | 5 working days | 10 working days | 1 | false"
    );
    assert_eq!(promised(Severity::Low), "24 hours | none | 5 working days | 3 working days | 1 | false");
    assert_eq!(policy.escalation.unowned_after.to_string(), "2 working hours");
    assert_eq!(policy.escalation.warn_at_percent, 80);
    assert_eq!(policy.consent.remind_after.to_string(), "5 working days");
    assert_eq!(policy.consent.silence_after.to_string(), "10 working days");
    assert_eq!(policy.follow_up.ask_after.to_string(), "3 working days");
    assert_eq!(policy.follow_up.remind_after.to_string(), "5 working days");
    assert_eq!(policy.follow_up.close_after.to_string(), "10 working days");
    assert_eq!(policy.reopening.within.to_string(), "30 days");
    assert_eq!(policy.retention.years, 3);
    assert_eq!((policy.categories.len(), policy.root_causes.len()), (11, 9));
    assert!(policy.category("other").unwrap().text_required);
}

#[test]
fn keywords_are_replaced_list_by_list() {
    let policy = revised("[triage]\nlegal = [\"abogad*\"]").unwrap();
    let written: Vec<&str> = policy.triage[&Sign::Legal].iter().map(Keyword::as_str).collect();
    assert_eq!(written, ["abogad*"]);
    assert_eq!(policy.triage[&Sign::Danger], Policy::default().triage[&Sign::Danger]);
}

#[test]
fn a_revision_says_only_what_differs() {
    let policy = revised(
        r#"
        [company]
        name = "Southgate Bank"
        [severities.normal]
        answer = "8 working days"
        [calendar.hours]
        monday = ["08:00-12:00"]
        [calendar.holidays]
        2026-12-24 = "Christmas Eve"
        "#,
    )
    .unwrap();
    let shipped = Policy::default();
    assert_eq!(policy.version, 2);
    assert_eq!(policy.effective.to_string(), "2026-09-01");
    assert_eq!(policy.company.name.as_str(), "Southgate Bank");
    assert_eq!(policy.company.reply_to, shipped.company.reply_to);
    assert_eq!(policy.severities.normal.answer.to_string(), "8 working days");
    assert_eq!(policy.severities.normal.update_every, shipped.severities.normal.update_every);
    assert_eq!(policy.calendar.zone_name(), "Europe/London");
    let holidays: Vec<String> =
        policy.calendar.holidays().map(|(date, name)| format!("{date} {name}")).collect();
    assert_eq!(holidays, ["2026-12-24 Christmas Eve"]);
    let tuesday = "2026-09-01T09:00:00Z".parse().unwrap();
    assert!(!policy.calendar.is_working(tuesday), "only Monday has hours now");
}

#[test]
fn a_revision_must_name_itself() {
    let error = Policy::parse("[company]\nname = \"X\"").unwrap_err();
    assert_eq!((error.line, error.field.as_str()), (None, "version"));
    let error = Policy::parse(&REVISION.replace("approved_by", "# approved_by")).unwrap_err();
    assert_eq!(
        error.to_string(),
        "policy, approved_by: is missing: a policy says its version, effective date, change and approver"
    );
}

#[test]
fn a_date_is_taken_with_and_without_quotes() {
    assert!(Policy::parse(&REVISION.replace("\"2026-09-01\"", "2026-09-01")).is_ok());
    for date in ["\"2026-02-30\"", "7", "\"soon\"", "2026-09-01T00:00:00"] {
        let error = Policy::parse(&REVISION.replace("\"2026-09-01\"", date)).unwrap_err();
        assert_eq!((error.line, error.field.as_str()), (Some(2), "effective"), "{error}");
    }
}

#[test]
fn what_is_no_toml_is_refused_with_its_line() {
    let error = revised("[company\nname = 1").unwrap_err();
    assert_eq!(error.line, Some(5), "{error}");
    let error = revised("[company]\nname = \"a\"\nname = \"b\"\n").unwrap_err();
    assert_eq!(error.line, Some(7), "{error}");
    assert!(error.to_string().contains("duplicate key"), "{error}");
}

#[test]
fn unknown_keys_are_refused_with_their_line() {
    refused("colour = 1", 5, "colour", "unknown field `colour`");
    refused("[severities.normal]\nanswr = \"1 day\"", 6, "severities.normal.answr", "unknown field `answr`");
    refused("[severities.urgent]\nanswer = \"1 day\"", 5, "severities.urgent", "unknown field `urgent`");
    refused("[calendar]\nzone = \"x\"", 6, "calendar.zone", "unknown field `zone`");
    refused("[calendar.hours]\nfunday = []", 6, "calendar.hours.funday", "unknown field `funday`");
}

#[test]
fn malformed_values_are_refused_with_their_line() {
    refused("[severities.normal]\nanswer = \"soon\"", 6, "severities.normal.answer", "a number and a unit");
    refused("[severities.normal]\nanswer = 5", 6, "severities.normal.answer", "invalid type");
    refused("[severities.low]\nstarts_at = 4", 6, "severities.low.starts_at", "a level is 1, 2 or 3");
    refused("[redress]\n\ncsr = \"12.505 GBP\"", 7, "redress.csr", "more digits after the point");
    refused("[company]\nreply_to = \"a@b@c\"", 6, "company.reply_to", "exactly one e-mail address");
    let faint = "is too faint on the light pages: its contrast is 1.7 and must be 4.5";
    refused("[company]\ncolours.accent = \"#f5b700\"", 6, "company.colours.accent", faint);
    refused("[company]\ncolours.accent = \"teal\"", 6, "company.colours.accent", "such as #0b5d56");
    let shapes = "[company.logo]\nwidth = 9\nheight = 9\nshapes = [{ path = \"<x\" }]";
    refused(shapes, 8, "company.logo.shapes.0.path", "begins with M and holds commands and numbers only");
    refused("[company.logo]\nwidth = 9\nheight = 9\nshapes = []", 8, "company.logo.shapes", "from 1 to 20");
    refused("[company]\nlevel_names = [\"a\", \"b\"]", 6, "company.level_names", "invalid length 2");
    refused("[calendar]\ntime_zone = \"Mars\"", 5, "calendar", "`Mars` is no time zone");
    refused("[calendar.hours]\n", 5, "calendar", "no day has any working hours");
    refused("[[categories]]\nkey = \"a\"", 5, "categories.0", "missing field `name`");
    refused("[triage]\nlegal = [\"su*\"]", 6, "triage.legal.0", "after three letters or more");
    refused("[triage]\nmood = []", 6, "triage.mood", "no sign that triage looks for");
    refused("[consent]\non_silence = \"shrug\"", 6, "consent.on_silence", "unknown variant `shrug`");
}

#[test]
fn parts_that_do_not_hold_together_are_refused_with_their_line() {
    refused("[external_body]\nurl = \"http://x.example\"", 6, "external_body.url", "no https:// address");
    refused("[escalation]\nwarn_at_percent = 100", 6, "escalation.warn_at_percent", "from 1 to 99");
    refused("[consent]\nremind_after = \"20 days\"", 6, "consent.remind_after", "no later");
    refused("[follow_up]\nremind_after = \"10 working days\"", 6, "follow_up.remind_after", "no later");
    refused("[redress]\nmanager = \"10 EUR\"", 6, "redress.manager", "another currency");
    refused("[redress]\nmanager = \"10 GBP\"", 6, "redress.manager", "below redress.csr");
    refused("languages = []", 5, "languages", "names no language");
    refused("languages = [\"en\", \"en-GB\"]", 5, "languages.1", "twice");
    refused("languages = [\"en\", \"fr\"]", 5, "languages.1", "no words");
    refused("products = [\"Loan\",\n \"LOAN\"]", 6, "products.1", "twice");
    let cause = "[[root_causes]]\nkey = \"a\"\nname = \"A\"\n";
    refused(&format!("{cause}{cause}"), 8, "root_causes.1", "twice");
    refused("[[categories]]\nname = \"A\"\nkey = \"a b\"", 7, "categories.0.key", "no key");
    refused("[triage]\nlegal = [\n\"Sue\",\n\"sue\"]", 8, "triage.legal.1", "twice");
    let category = "[[categories]]\nkey = \"a\"\nname = \"A\"\n";
    refused(&format!("{category}keywords = [\"x\", \"x\"]"), 8, "categories.0.keywords.1", "twice");
    let sub = "sub_categories = [{ key = \"b\", name = \"B\", keywords = [\"x\", \"x\"] }]";
    refused(&format!("{category}{sub}"), 8, "categories.0.sub_categories.0.keywords.1", "twice");
    refused("[limits]\nlink_days = 0", 6, "limits.link_days", "from 1 to 3650");
    refused("[retention]\nyears = 0", 6, "retention.years", "from 1 to 100");
    let error = Policy::parse(&REVISION.replace("version = 2", "version = 0")).unwrap_err();
    assert_eq!((error.line, error.field.as_str()), (Some(1), "version"));
}

#[test]
fn lists_are_looked_up_by_key_and_products_by_name() {
    let policy = Policy::default();
    let billing = policy.category("billing").unwrap();
    assert_eq!(billing.sub_category("wrong_amount").unwrap().name.as_str(), "Wrong amount");
    assert_eq!(policy.category("Billing"), None);
    assert_eq!(policy.root_cause("it").unwrap().name.as_str(), "IT");
    assert_eq!(policy.product(" mortgage ").unwrap().as_str(), "Mortgage");
    assert_eq!(policy.product("Yacht"), None);
}

#[test]
fn an_unknown_language_falls_back_to_the_first() {
    let policy = Policy::default();
    let answered = |tag| policy.language(Language::parse(tag).unwrap()).to_string();
    assert_eq!([answered("de-AT"), answered("en-GB"), answered("fr")], ["de", "en", "en"]);
}

#[test]
fn redress_goes_to_the_least_role_that_may_give_it() {
    let redress = Policy::default().redress;
    let role = |amount| redress.role_for(Money::parse(amount).unwrap());
    assert_eq!(role("100.00 GBP"), Role::Csr);
    assert_eq!(role("100.01 GBP"), Role::Manager);
    assert_eq!(role("1000.01 GBP"), Role::Final);
    assert_eq!(role("1.00 EUR"), Role::Final);
    assert_eq!(redress.limit(Role::Final), None);
}

#[test]
fn roles_and_levels_have_their_names_and_mailboxes() {
    let policy = Policy::default();
    assert_eq!(policy.company.level_name(Level::Three).as_str(), "Senior management");
    assert_eq!(policy.mailboxes.of(Role::Final).as_str(), "senior-management@northgate.example");
}
