//! The shell: everything that touches the world. Built from one `SdkConfig`, whose HTTP client, time source, sleep,
//! region and credentials are the only door.
//!
//! Production takes that from the environment; tests and the local twin pass one that answers in process. So there
//! is no second implementation of anything here: the very calls that run in production run in every test.

#[cfg(feature = "mail")]
mod acknowledging;
pub mod actions;
#[cfg(feature = "mail")]
mod alerting;
pub mod answer;
pub mod books;
#[cfg(feature = "bus")]
pub mod bus;
pub mod chance;
mod comment;
pub mod config;
#[cfg(feature = "mail")]
pub mod correspondence;
pub mod customer;
pub mod desk;
pub mod error;
#[cfg(feature = "files")]
pub mod evidence;
pub mod fetch;
#[cfg(feature = "files")]
pub mod files;
pub mod keys;
pub mod ledger;
pub mod link;
#[cfg(feature = "mail")]
pub mod mailer;
pub mod notice;
pub mod operator;
#[cfg(feature = "mail")]
pub mod reporting;
pub mod request;
pub mod session;
pub mod step;
pub mod stream;
pub mod sweep;
mod terms;

use std::time::Duration;

use aws_config::SdkConfig;
use aws_smithy_async::{
    rt::sleep::AsyncSleep,
    time::{SharedTimeSource, SystemTimeSource},
};
use jiff::Timestamp;

use crate::{
    policy::Policy,
    values::{CommandId, ComplaintId, Reference, TextId},
};

pub use chance::Chance;
pub use config::{Config, ConfigError};
pub use error::StepError;
pub use ledger::Ledger;

/// A step's way to the world: clients made once, configuration read once.
#[derive(Debug)]
pub struct Shell {
    config: Config,
    sdk: SdkConfig,
    time: SharedTimeSource,
    chance: Chance,
    fetched: fetch::Fetched,
    terms: terms::Known,
    dynamo: aws_sdk_dynamodb::Client,
    #[cfg(feature = "mail")]
    ses: aws_sdk_sesv2::Client,
    #[cfg(feature = "bus")]
    events: aws_sdk_eventbridge::Client,
    #[cfg(feature = "files")]
    s3: aws_sdk_s3::Client,
}

impl Shell {
    /// Makes the clients. `sdk` is the door, `chance` where ids come from.
    pub fn new(sdk: SdkConfig, config: Config, chance: Chance) -> Shell {
        let time = sdk.time_source().unwrap_or_else(|| SharedTimeSource::new(SystemTimeSource::new()));
        Shell {
            config,
            time,
            chance,
            fetched: fetch::Fetched::default(),
            terms: terms::Known::default(),
            dynamo: aws_sdk_dynamodb::Client::new(&sdk),
            #[cfg(feature = "mail")]
            ses: mailer::client(&sdk),
            #[cfg(feature = "bus")]
            events: aws_sdk_eventbridge::Client::new(&sdk),
            #[cfg(feature = "files")]
            s3: files::client(&sdk),
            sdk,
        }
    }

    /// Now, as the door's clock has it, to the millisecond: people are told these times.
    pub fn now(&self) -> Timestamp {
        let now = Timestamp::try_from(self.time.now()).unwrap_or(Timestamp::UNIX_EPOCH);
        Timestamp::from_millisecond(now.as_millisecond()).unwrap_or(now)
    }

    /// What was configured.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// The policy as it was deployed: for what is about no complaint, and for what is today's for all.
    pub fn policy(&self) -> &Policy {
        &self.config.policy
    }

    /// The complaints.
    pub fn ledger(&self) -> Ledger<'_> {
        Ledger::new(self)
    }

    /// The mail.
    #[cfg(feature = "mail")]
    pub fn mailer(&self) -> mailer::Mailer<'_> {
        mailer::Mailer::new(self)
    }

    /// The bus.
    #[cfg(feature = "bus")]
    pub fn bus(&self) -> bus::Bus<'_> {
        bus::Bus::new(self)
    }

    /// The files.
    #[cfg(feature = "files")]
    pub fn files(&self) -> files::Files<'_> {
        files::Files::new(self)
    }

    /// The mail that came in, as the mail service has put it there.
    #[cfg(feature = "files")]
    pub fn inbox(&self) -> files::Files<'_> {
        files::Files::inbox(self)
    }

    /// A new complaint's id.
    pub fn new_complaint_id(&self) -> Result<ComplaintId, StepError> {
        Ok(ComplaintId::from_parts(self.now(), self.chance.bytes()?))
    }

    /// A new command's id.
    pub fn new_command_id(&self) -> Result<CommandId, StepError> {
        Ok(CommandId::from_parts(self.now(), self.chance.bytes()?))
    }

    /// A new private text's id.
    pub fn new_text_id(&self) -> Result<TextId, StepError> {
        Ok(TextId::from_parts(self.now(), self.chance.bytes()?))
    }

    /// A new reference; that nobody else has it is checked when it is stored.
    pub fn new_reference(&self) -> Result<Reference, StepError> {
        Ok(Reference::from_bytes(self.chance.bytes()?))
    }

    /// Random bytes, for salts.
    pub fn random<const N: usize>(&self) -> Result<[u8; N], StepError> {
        self.chance.bytes()
    }

    /// Makes one cheap signed call to the table, for its connection and credentials. What is answered does not matter:
    /// a step that may not read is refused over the same connection.
    pub(crate) async fn warm_up(&self) {
        let Ok(table) = self.config.table() else { return };
        let key = keys::Key::new("W#", "W").item();
        if let Err(error) = self.dynamo.get_item().table_name(table).set_key(Some(key)).send().await {
            tracing::debug!(code = error::code_of(&error), "the first call to the table was refused");
        }
    }

    /// Waits a moment of random length before the next attempt at something that others are at as well.
    pub(crate) async fn pause(&self, attempt: u32) -> Result<(), StepError> {
        let [jitter] = self.chance.bytes::<1>()?;
        let most = 20_u64 << attempt.min(6);
        self.wait(Duration::from_millis(most / 2 + most * u64::from(jitter) / 512)).await;
        Ok(())
    }

    /// Waits as long, by the door's clock.
    pub async fn wait(&self, time: Duration) {
        if let Some(sleep) = self.sdk.sleep_impl() {
            sleep.sleep(time).await;
        }
    }
}
