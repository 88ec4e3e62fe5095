//! Rules for mail that comes in.

use serde_json::Value;

use super::TemplateError;
use super::properties::Properties;
use super::resource::Draft;
use super::wiring::Receipt;

impl Draft {
    /// A rule that puts messages into a bucket; nothing else is understood.
    pub(super) fn receipt(&mut self, mut properties: Properties<'_>) -> Result<(), TemplateError> {
        // There is one set of rules here, and it is active.
        properties.ignore(&["RuleSetName", "After"]);
        let rule = properties.section("Rule")?;
        let mut rule = properties.required("Rule", rule)?;
        // Every message is scanned; how it came is not looked at.
        rule.ignore(&["Name", "ScanEnabled", "TlsPolicy"]);
        let recipients = rule.texts("Recipients")?;
        let is_on = rule.flag("Enabled")?;
        let actions = rule.value("Actions")?.and_then(|actions| actions.as_array().cloned());
        let actions = rule.required("Actions", actions)?;
        let not_understood = || rule.error("Actions", "only one S3Action is understood by the local twin");
        let [Value::Object(action)] = actions.as_slice() else { return Err(not_understood()) };
        let put = action.get("S3Action").filter(|_| action.len() == 1).and_then(Value::as_object);
        let put = put.ok_or_else(not_understood)?;
        let part = |name: &str| put.get(name).and_then(Value::as_str).map(str::to_owned);
        if put.keys().any(|name| !["BucketName", "ObjectKeyPrefix"].contains(&name.as_str())) {
            return Err(not_understood());
        }
        let receipt = Receipt {
            recipients,
            bucket: part("BucketName").ok_or_else(not_understood)?,
            prefix: part("ObjectKeyPrefix").unwrap_or_default(),
        };
        rule.finish()?;
        properties.finish()?;
        self.receipts.extend(is_on.then_some(receipt));
        Ok(())
    }
}
