//! The product's own steps, one line each: the very `handle` that runs under Lambda, behind the twin's door.

use std::collections::BTreeMap;
use std::sync::Arc;

use complaints::policy::Policy;
use complaints::shell::{Chance, Config, ConfigError, Shell};

use crate::door::Cloud;
use crate::handler::{Handler, Handlers, handler};
use crate::template::Wiring;

/// Makes handlers of steps: a step's name, and its `handle`.
macro_rules! steps {
    ($cloud:ident, $wiring:ident, $($name:literal => $handle:path,)*) => {{
        let (mut handlers, mut policies) = (Handlers::new(), Policies::new());
        $(
            let shell = shell_of($cloud, $wiring, &mut policies, $name)?;
            let step: Handler = handler(move |event| {
                let shell = Arc::clone(&shell);
                async move {
                    let event = serde_json::from_value(event).map_err(|error| format!("the event does not fit: {error}"))?;
                    let answer = $handle(&shell, event).await.map_err(|error| error.to_string())?;
                    serde_json::to_value(answer).map_err(|error| error.to_string())
                }
            });
            handlers.insert($name.to_owned(), step);
        )*
        handlers
    }};
}

/// Every step with its code, made for this cloud and the environment that the template gives it.
pub fn handlers(cloud: &Cloud, wiring: &Wiring) -> Result<Handlers, String> {
    Ok(steps!(cloud, wiring,
        "acknowledge-complaint" => acknowledge_complaint::handle,
        "add-information" => add_information::handle,
        "alert-staff" => alert_staff::handle,
        "announce-delay" => announce_delay::handle,
        "answer-consultation" => answer_consultation::handle,
        "answer-proposal" => answer_proposal::handle,
        "ask-data" => ask_data::handle,
        "ask-erasure" => ask_erasure::handle,
        "ask-escalation" => ask_escalation::handle,
        "assign-complaint" => assign_complaint::handle,
        "assign-complaints" => assign_complaints::handle,
        "authorize-staff" => authorize_staff::handle,
        "carry-over" => carry_over::handle,
        "change-remedy" => change_remedy::handle,
        "close-complaint" => close_complaint::handle,
        "consult-department" => consult_department::handle,
        "correct-contact" => correct_contact::handle,
        "decide-refusal" => decide_refusal::handle,
        "decline-erasure" => decline_erasure::handle,
        "describe-api" => describe_api::handle,
        "discard-post" => discard_post::handle,
        "disown-complaint" => disown_complaint::handle,
        "end-links" => end_links::handle,
        "end-report-action" => end_report_action::handle,
        "erase-data" => erase_data::handle,
        "escalate-complaint" => escalate_complaint::handle,
        "expire-records" => expire_records::handle,
        "export-person" => export_person::handle,
        "find-complaints" => find_complaints::handle,
        "find-patterns" => find_patterns::handle,
        "finish-sign-in" => finish_sign_in::handle,
        "follow-up" => follow_up::handle,
        "hand-out-file" => hand_out_file::handle,
        "hold-record" => hold_record::handle,
        "implement-remedy" => implement_remedy::handle,
        "investigate-complaint" => investigate_complaint::handle,
        "link-complaint" => link_complaint::handle,
        "list-accesses" => list_accesses::handle,
        "list-complaints" => list_complaints::handle,
        "mark-duplicate" => mark_duplicate::handle,
        "offer-staff-upload" => offer_staff_upload::handle,
        "offer-upload" => offer_upload::handle,
        "open-link" => open_link::handle,
        "propose-resolution" => propose_resolution::handle,
        "publish-events" => publish_events::handle,
        "receive-complaint" => receive_complaint::handle,
        "reconcile" => reconcile::handle,
        "record-answer" => record_answer::handle,
        "record-complaint" => record_complaint::handle,
        "record-consultation" => record_consultation::handle,
        "record-contact" => record_contact::handle,
        "record-data-request" => record_data_request::handle,
        "record-erasure-request" => record_erasure_request::handle,
        "record-feedback" => record_feedback::handle,
        "record-information" => record_information::handle,
        "record-mail-events" => record_mail_events::handle,
        "record-report-action" => record_report_action::handle,
        "record-scan" => record_scan::handle,
        "record-withdrawal" => record_withdrawal::handle,
        "refuse-complaint" => refuse_complaint::handle,
        "release-post" => release_post::handle,
        "renew-link" => renew_link::handle,
        "reopen-complaint" => reopen_complaint::handle,
        "replace-links" => replace_links::handle,
        "republish-events" => republish_events::handle,
        "request-information" => request_information::handle,
        "restrict-data" => restrict_data::handle,
        "send-letter" => send_letter::handle,
        "send-report" => send_report::handle,
        "settle-complaint" => settle_complaint::handle,
        "settle-mails" => settle_mails::handle,
        "show-case" => show_case::handle,
        "show-complaint" => show_complaint::handle,
        "show-dashboard" => show_dashboard::handle,
        "show-entry" => show_entry::handle,
        "show-files" => show_files::handle,
        "show-form" => show_form::handle,
        "show-report" => show_report::handle,
        "show-settings" => show_settings::handle,
        "sign-out" => sign_out::handle,
        "start-sign-in" => start_sign_in::handle,
        "take-back-complaint" => take_back_complaint::handle,
        "take-feedback" => take_feedback::handle,
        "take-file" => take_file::handle,
        "take-reply" => take_reply::handle,
        "tally-events" => tally_events::handle,
        "triage-complaint" => triage_complaint::handle,
        "watch-deadlines" => watch_deadlines::handle,
    ))
}

/// Policies by their texts, each read once: all steps of a world are given the same, and to read it takes longer than
/// all else of a world's making.
type Policies = BTreeMap<String, Arc<Policy>>;

/// The step's shell, with the environment that the template gives it and nothing else.
fn shell_of(
    cloud: &Cloud,
    wiring: &Wiring,
    policies: &mut Policies,
    name: &str,
) -> Result<Arc<Shell>, String> {
    let function =
        wiring.functions.get(name).ok_or_else(|| format!("the template has no function {name}"))?;
    let config = config_of(&function.environment, policies).map_err(|error| format!("{name}: {error}"))?;
    let entropy = cloud.clone();
    let chance = Chance::Given(Arc::new(move |bytes: &mut [u8]| entropy.next_bytes(bytes)));
    Ok(Arc::new(Shell::new(cloud.sdk_config(), config, chance)))
}

fn config_of(environment: &BTreeMap<String, String>, policies: &mut Policies) -> Result<Config, ConfigError> {
    let text = environment.get("POLICY").map_or("", String::as_str);
    let policy = if let Some(policy) = policies.get(text) {
        Arc::clone(policy)
    } else {
        let policy = Config::read_policy(text)?;
        policies.insert(text.to_owned(), Arc::clone(&policy));
        policy
    };
    Config::read_under(policy, |variable| environment.get(variable).cloned())
}
