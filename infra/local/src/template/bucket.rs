//! Buckets, who is told of what arrives in them, and what of it is scanned.

use super::TemplateError;
use super::identity::bucket_name;
use super::properties::Properties;
use super::resource::Draft;
use crate::door::Bucket;

impl Draft {
    pub(super) fn bucket(
        &mut self,
        logical: &str,
        mut properties: Properties<'_>,
    ) -> Result<(), TemplateError> {
        // Who may reach it is AWS's to say; encryption shows nowhere; nothing is removed by its age here.
        properties.ignore(&[
            "BucketEncryption",
            "LifecycleConfiguration",
            "LoggingConfiguration",
            "OwnershipControls",
            "PublicAccessBlockConfiguration",
            "Tags",
        ]);
        let name = bucket_name(properties.text("BucketName")?, logical);
        let notifies = match properties.section("NotificationConfiguration")? {
            Some(section) => notifies(section)?,
            None => false,
        };
        properties.finish()?;
        self.buckets.push(Bucket { name, notifies, scanned: Vec::new() });
        Ok(())
    }

    /// A plan that scans what arrives in a bucket.
    pub(super) fn scanner(&mut self, mut properties: Properties<'_>) -> Result<(), TemplateError> {
        properties.ignore(&["Actions", "Role", "Tags"]);
        let protected = properties.section("ProtectedResource")?;
        let mut protected = properties.required("ProtectedResource", protected)?;
        let bucket = protected.section("S3Bucket")?;
        let mut bucket = protected.required("S3Bucket", bucket)?;
        let name = bucket.text("BucketName")?;
        let name = bucket.required("BucketName", name)?;
        let mut prefixes = bucket.texts("ObjectPrefixes")?;
        if prefixes.is_empty() {
            prefixes.push(String::new());
        }
        bucket.finish()?;
        protected.finish()?;
        properties.finish()?;
        self.scanned.push((name, prefixes));
        Ok(())
    }

    /// Gives each bucket what of it is scanned.
    pub(super) fn join_scanners(&mut self) -> Result<(), TemplateError> {
        for (name, prefixes) in std::mem::take(&mut self.scanned) {
            let bucket = self.buckets.iter_mut().find(|bucket| bucket.name == name);
            let bucket = bucket.ok_or_else(|| {
                TemplateError::Syntax(format!(
                    "{name} is to be scanned, and is not a bucket of this template"
                ))
            })?;
            bucket.scanned.extend(prefixes);
        }
        Ok(())
    }
}

fn notifies(mut section: Properties<'_>) -> Result<bool, TemplateError> {
    let notifies = match section.section("EventBridgeConfiguration")? {
        Some(mut bridge) => {
            let enabled = bridge.text("EventBridgeEnabled")?;
            bridge.finish()?;
            enabled.is_none_or(|enabled| enabled == "true")
        }
        None => false,
    };
    section.finish()?;
    Ok(notifies)
}
