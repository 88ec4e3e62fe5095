//! What a step is told at its start, read from the environment once.

use std::sync::Arc;

use thiserror::Error;

use crate::{policy::Policy, values::EmailAddress};

/// A step's configuration. Each step is given only what it needs; asking for what it was not given is an error
/// that names the variable.
#[derive(Clone, Debug)]
pub struct Config {
    /// The policy as it was deployed. Shared: it is large, and would make every future that holds a shell as large.
    pub policy: Arc<Policy>,
    /// Partitions of the index of due dates.
    pub shards: u32,
    table: Option<String>,
    bus: Option<String>,
    bucket: Option<String>,
    inbox: Option<String>,
    sender: Option<EmailAddress>,
    inbound_domain: Option<String>,
    configuration_set: Option<String>,
    base_url: Option<String>,
    link_secret: Option<LinkSecret>,
    staff_issuer: Option<String>,
    staff_audience: Option<String>,
    staff_sign_in: Option<String>,
}

/// The key that private links are signed with. Never shown.
#[derive(Clone)]
pub struct LinkSecret(String);

impl std::fmt::Debug for LinkSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("LinkSecret(…)")
    }
}

impl LinkSecret {
    /// The key's bytes.
    pub fn bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

/// What is wrong with the environment.
#[derive(Debug, Error)]
pub enum ConfigError {
    /// A variable that the step asks for is not there.
    #[error("the environment variable {0} is missing")]
    Missing(&'static str),
    /// A variable is there, but not as it should be.
    #[error("the environment variable {variable} is wrong: {why}")]
    Wrong {
        /// Its name.
        variable: &'static str,
        /// What is wrong with it.
        why: String,
    },
}

const SHORTEST_SECRET: usize = 32;

impl Config {
    /// Reads the process's environment.
    #[expect(clippy::disallowed_methods, reason = "this is the one place where the environment comes in")]
    pub fn from_environment() -> Result<Config, ConfigError> {
        Config::read(|name| std::env::var(name).ok())
    }

    /// Reads variables by their names.
    pub fn read(variable: impl Fn(&str) -> Option<String>) -> Result<Config, ConfigError> {
        let policy = Config::read_policy(&variable("POLICY").unwrap_or_default())?;
        Config::read_under(policy, variable)
    }

    /// Reads what the variable `POLICY` says; nothing is the shipped policy.
    pub fn read_policy(text: &str) -> Result<Arc<Policy>, ConfigError> {
        Policy::parse(text).map(Arc::new).map_err(|error| wrong("POLICY", error))
    }

    /// Reads all variables but `POLICY`: for a process in which many steps share one policy.
    pub fn read_under(
        policy: Arc<Policy>,
        variable: impl Fn(&str) -> Option<String>,
    ) -> Result<Config, ConfigError> {
        let given = |name: &str| variable(name).filter(|value| !value.is_empty());
        let shards = match given("SHARDS") {
            Some(text) => text.parse().map_err(|error| wrong("SHARDS", error))?,
            None => 1,
        };
        let sender = given("SENDER")
            .map(|text| EmailAddress::parse(&text).map_err(|error| wrong("SENDER", error)))
            .transpose()?;
        let inbound_domain = given("INBOUND_DOMAIN");
        if let Some(domain) = &inbound_domain {
            let tried = EmailAddress::parse(&format!("reply@{domain}"));
            tried.map_err(|error| wrong("INBOUND_DOMAIN", error))?;
        }
        let link_secret = given("LINK_SECRET").map(LinkSecret);
        if link_secret.as_ref().is_some_and(|secret| secret.0.len() < SHORTEST_SECRET) {
            return Err(wrong("LINK_SECRET", "it has fewer than 32 characters"));
        }
        Ok(Config {
            policy,
            shards: std::cmp::max(shards, 1),
            table: given("TABLE"),
            bus: given("BUS"),
            bucket: given("BUCKET"),
            inbox: given("INBOX"),
            sender,
            inbound_domain,
            configuration_set: given("CONFIGURATION_SET"),
            base_url: given("BASE_URL").map(|url| url.trim_end_matches('/').to_owned()),
            link_secret,
            staff_issuer: given("STAFF_ISSUER"),
            staff_audience: given("STAFF_AUDIENCE"),
            staff_sign_in: given("STAFF_SIGN_IN").map(|url| url.trim_end_matches('/').to_owned()),
        })
    }

    /// The table's name.
    pub fn table(&self) -> Result<&str, ConfigError> {
        self.table.as_deref().ok_or(ConfigError::Missing("TABLE"))
    }

    /// The bus's name.
    pub fn bus(&self) -> Result<&str, ConfigError> {
        self.bus.as_deref().ok_or(ConfigError::Missing("BUS"))
    }

    /// The name of the bucket that files are in.
    pub fn bucket(&self) -> Result<&str, ConfigError> {
        self.bucket.as_deref().ok_or(ConfigError::Missing("BUCKET"))
    }

    /// The name of the bucket that mail comes into.
    pub fn inbox(&self) -> Result<&str, ConfigError> {
        self.inbox.as_deref().ok_or(ConfigError::Missing("INBOX"))
    }

    /// The address that mail comes from.
    pub fn sender(&self) -> Result<&EmailAddress, ConfigError> {
        self.sender.as_ref().ok_or(ConfigError::Missing("SENDER"))
    }

    /// The domain whose mail comes to us; none where answers to our mails are not taken in.
    pub fn inbound_domain(&self) -> Option<&str> {
        self.inbound_domain.as_deref()
    }

    /// The SES configuration set.
    pub fn configuration_set(&self) -> Result<&str, ConfigError> {
        self.configuration_set.as_deref().ok_or(ConfigError::Missing("CONFIGURATION_SET"))
    }

    /// What every link starts with, without a slash at its end.
    pub fn base_url(&self) -> Result<&str, ConfigError> {
        self.base_url.as_deref().ok_or(ConfigError::Missing("BASE_URL"))
    }

    /// The key of the private links.
    pub fn link_secret(&self) -> Result<&LinkSecret, ConfigError> {
        self.link_secret.as_ref().ok_or(ConfigError::Missing("LINK_SECRET"))
    }

    /// Who signs the staff's access tokens.
    pub fn staff_issuer(&self) -> Result<&str, ConfigError> {
        self.staff_issuer.as_deref().ok_or(ConfigError::Missing("STAFF_ISSUER"))
    }

    /// The client that the staff's access tokens are made for.
    pub fn staff_audience(&self) -> Result<&str, ConfigError> {
        self.staff_audience.as_deref().ok_or(ConfigError::Missing("STAFF_AUDIENCE"))
    }

    /// Where the issuer's pages are on which staff sign in, without a slash at its end.
    pub fn staff_sign_in(&self) -> Result<&str, ConfigError> {
        self.staff_sign_in.as_deref().ok_or(ConfigError::Missing("STAFF_SIGN_IN"))
    }
}

fn wrong(variable: &'static str, why: impl ToString) -> ConfigError {
    ConfigError::Wrong { variable, why: why.to_string() }
}

impl From<ConfigError> for super::StepError {
    fn from(error: ConfigError) -> Self {
        super::StepError::give_up("read the configuration", "environment", error)
    }
}
