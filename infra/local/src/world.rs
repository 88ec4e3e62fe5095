//! The whole twin in process: what the listener serves, and what tests hold in their hands.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use bytes::Bytes;
use http::{Request, Response};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use tokio::sync::{Mutex, Notify};

use crate::delivery::{Delivery, DeliveryError, QueueContent};
use crate::door::{Clock, Cloud, CloudError, CloudOptions, Mail, Snapshot};
use crate::faults::{Faults, Kind, Rates};
use crate::gateway;
use crate::handler::Handlers;
use crate::runner::Runner;
use crate::template::{Receipt, StandIns, TemplateError, Wiring};

/// The client that staff tokens are made for.
const STAFF_AUDIENCE: &str = "local-staff";
/// Signs private links; nothing on one machine is secret.
const LINK_SECRET: &str = "the local twin signs its links with this";
const SENDER: &str = "complaints@desk.example";
/// Where answers to mails go.
const INBOUND_DOMAIN: &str = "reply.desk.example";
/// How long a staff token is good for.
const STAFF_SHIFT: SignedDuration = SignedDuration::from_hours(12);

/// A clock that shows less has not been set: a day after the epoch.
const UNSET: Timestamp = Timestamp::constant(86_400, 0);

/// Makes the handlers, once cloud and wiring are there.
pub type Staffing = Box<dyn FnOnce(&Cloud, &Wiring) -> Result<Handlers, String> + Send>;

/// Says from when on a schedule's function has something to do, as the world is now; none is never. Its turns before
/// that are left out, as if they had come and found nothing.
pub type Rest = Box<dyn Fn(&Cloud, &str) -> Option<Timestamp> + Send>;

/// How to make a [`World`].
pub struct Options {
    /// The SAM template.
    pub template: PathBuf,
    /// The folder that everything is kept in; none keeps it in memory.
    pub data: Option<PathBuf>,
    /// The time. One that stands at the epoch takes that of the folder, or the real time where there is none.
    pub clock: Clock,
    /// Makes ids and faults repeatable; none takes the machine's randomness.
    pub seed: Option<u64>,
    /// The address that links begin with.
    pub base_url: String,
    /// The domain whose mail comes in, for answers to mails; none takes none in.
    pub inbound_domain: Option<String>,
    /// A policy document: what it has other than the built-in one.
    pub policy: Option<String>,
    /// Web origins whose pages may have the form in them, as the template's parameter takes them; none lets nobody.
    pub origins: Option<String>,
    /// What goes wrong on purpose.
    pub faults: Rates,
    /// Who does the work; [`crate::steps::handlers`] are the product's own.
    pub staffing: Staffing,
    /// Leaves out turns of schedules that would find nothing to do; without it every turn comes.
    pub rest: Option<Rest>,
}

impl Options {
    /// The product's own template and steps, in memory, nothing going wrong.
    pub fn new(clock: Clock) -> Self {
        Self {
            template: default_template(),
            data: None,
            clock,
            seed: None,
            base_url: "http://localhost:8787".into(),
            inbound_domain: Some(INBOUND_DOMAIN.into()),
            policy: None,
            origins: None,
            faults: Rates::default(),
            staffing: Box::new(crate::steps::handlers),
            rest: None,
        }
    }
}

/// Where the template is in a working copy of the product.
pub fn default_template() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../template.yaml"))
}

/// Why there is no world.
#[derive(Debug, thiserror::Error)]
pub enum WorldError {
    /// The template cannot be wired.
    #[error(transparent)]
    Template(#[from] TemplateError),
    /// The data folder cannot be used.
    #[error(transparent)]
    Cloud(#[from] CloudError),
    /// What was undelivered cannot be taken up again.
    #[error(transparent)]
    Delivery(#[from] DeliveryError),
    /// A function cannot be made, or has no code.
    #[error("functions: {0}")]
    Staffing(String),
}

/// The twin. Clones are the same one.
#[derive(Clone)]
pub struct World(Arc<Inner>);

struct Inner {
    cloud: Cloud,
    wiring: Arc<Wiring>,
    runner: Arc<Runner>,
    delivery: Mutex<Delivery>,
}

impl fmt::Debug for World {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("World").finish_non_exhaustive()
    }
}

impl World {
    /// Makes it: from nothing, or as it was left in its folder.
    pub fn new(options: Options) -> Result<Self, WorldError> {
        let wiring = Arc::new(Wiring::read(&options.template, &stand_ins(&options))?);
        let cloud = Cloud::open(CloudOptions {
            data: options.data,
            clock: options.clock.clone(),
            seed: options.seed,
            issuer: issuer(&options.base_url),
            endpoint: options.base_url.clone(),
        })?;
        if cloud.clock().now() < UNSET {
            cloud.clock().set(Clock::real_time());
        }
        cloud.create_table(&wiring.table.definition)?;
        for bucket in &wiring.buckets {
            cloud.create_bucket(bucket);
        }
        if let Some(prefixes) = heard(&wiring) {
            cloud.listen(&wiring.table.name, &prefixes)?;
        }
        let handlers = (options.staffing)(&cloud, &wiring).map_err(WorldError::Staffing)?;
        check_staff(&wiring, &handlers)?;
        let faults = Faults::new(options.faults, options.seed.unwrap_or_default());
        let runner = Arc::new(Runner::new(Arc::clone(&wiring), handlers, options.clock, faults));
        let delivery = Mutex::new(Delivery::open(cloud.clone(), Arc::clone(&runner), options.rest)?);
        Ok(Self(Arc::new(Inner { cloud, wiring, runner, delivery })))
    }

    /// Answers a request as the HTTP API does. What follows from it waits for [`World::settle`].
    ///
    /// The peer's address is an [`std::net::IpAddr`] in the request's extensions; without one it is 127.0.0.1.
    pub async fn http(&self, request: Request<Bytes>) -> Response<Bytes> {
        let mut bytes = [0; 16];
        self.0.cloud.next_bytes(&mut bytes);
        let id = uuid::Builder::from_random_bytes(bytes).into_uuid().to_string();
        gateway::answer(&self.0.runner, request, &id, self.now()).await
    }

    /// Answers two requests that come at once.
    pub async fn http_at_once(
        &self,
        one: Request<Bytes>,
        other: Request<Bytes>,
    ) -> (Response<Bytes>, Response<Bytes>) {
        self.0.runner.at_once(self.http(one), self.http(other)).await
    }

    /// Delivers all that is due now, and what follows from it.
    pub async fn settle(&self) -> Result<(), DeliveryError> {
        self.0.delivery.lock().await.settle().await
    }

    /// Moves the clock on through everything that falls due on the way; says what it shows then.
    pub async fn advance(&self, by: SignedDuration) -> Result<Timestamp, DeliveryError> {
        let mut delivery = self.0.delivery.lock().await;
        let to = self.now().checked_add(by).unwrap_or(Timestamp::MAX);
        delivery.advance(to).await
    }

    /// Moves the clock to an instant, through everything that falls due before; never back.
    pub async fn advance_to(&self, to: Timestamp) -> Result<Timestamp, DeliveryError> {
        self.0.delivery.lock().await.advance(to).await
    }

    /// Moves the clock to an instant as if all schedules had been out until then; never back. What else fell due comes
    /// with the next [`World::settle`].
    pub async fn skip_to(&self, to: Timestamp) -> Result<Timestamp, DeliveryError> {
        self.0.delivery.lock().await.skip(to)
    }

    /// Runs one function, as `aws lambda invoke` does.
    pub async fn invoke(&self, function: &str, event: Value) -> Result<Value, String> {
        self.0.runner.run(function, event).await
    }

    /// When something is due next.
    pub async fn due(&self) -> Option<Timestamp> {
        self.0.delivery.lock().await.due()
    }

    /// What the clock shows.
    pub fn now(&self) -> Timestamp {
        self.0.cloud.clock().now()
    }

    /// Whether real time moves the clock.
    pub fn is_running(&self) -> bool {
        self.0.cloud.clock().is_running()
    }

    /// The zone that people read the clock in: that of the schedules which have one.
    pub fn zone(&self) -> TimeZone {
        let schedules = self.0.wiring.schedules.iter().map(|schedule| &schedule.recurrence);
        schedules
            .filter(|recurrence| !recurrence.is_rate())
            .map(|recurrence| recurrence.zone().clone())
            .next()
            .unwrap_or(TimeZone::UTC)
    }

    /// All mails that were sent, oldest first.
    pub fn mails(&self) -> Result<Vec<Mail>, CloudError> {
        self.0.cloud.mails()
    }

    /// Takes a mail in that somebody sends to `to`, as SES does by the template's rules; says whether anybody takes mail
    /// for that address. What follows from it waits for [`World::settle`].
    pub fn receive_mail(&self, raw: &[u8], to: &str) -> Result<bool, CloudError> {
        let Some(rule) = self.rule_for(to) else { return Ok(false) };
        self.0.cloud.receive_mail(raw, to, &rule.bucket, &rule.prefix)?;
        Ok(true)
    }

    /// Whether mail to this address is taken in.
    pub fn takes_mail_for(&self, address: &str) -> bool {
        self.rule_for(address).is_some()
    }

    fn rule_for(&self, address: &str) -> Option<&Receipt> {
        let address = address.to_ascii_lowercase();
        let domain = address.rsplit_once('@')?.1;
        let is_meant = |rule: &&Receipt| rule.recipients.iter().any(|it| *it == address || it == domain);
        self.0.wiring.receipts.iter().find(is_meant)
    }

    /// All queues with their messages.
    pub async fn queues(&self) -> Vec<QueueContent> {
        self.0.delivery.lock().await.queues()
    }

    /// A token that lets `name` in as staff in `role`: `csr`, `manager` or `final`.
    pub fn token(&self, name: &str, role: &str) -> Result<String, CloudError> {
        self.0.cloud.sign_staff_token(name, role, STAFF_AUDIENCE, STAFF_SHIFT)
    }

    /// The cloud behind it, for counting calls and injecting faults into them.
    pub fn cloud(&self) -> &Cloud {
        &self.0.cloud
    }

    /// The template as it was read.
    pub fn wiring(&self) -> &Wiring {
        &self.0.wiring
    }

    /// Makes the table what it was. Whatever the stream had not told yet is never told, as with a table restored to an
    /// earlier point in time; events on the bus and work to be done again stay.
    pub async fn restore(&self, snapshot: &Snapshot) -> Result<(), CloudError> {
        let mut delivery = self.0.delivery.lock().await;
        self.0.cloud.restore(snapshot)?;
        delivery.begin_stream_anew();
        Ok(())
    }

    /// Whether changes of the table are on their way to who reads its stream.
    pub async fn is_reading(&self) -> bool {
        self.0.delivery.lock().await.is_reading()
    }

    /// Changes what goes wrong in deliveries from now on.
    pub fn set_faults(&self, rates: Rates) {
        self.0.runner.faults.set(rates);
    }

    /// How often each kind of delivery fault has struck.
    pub fn faults(&self) -> BTreeMap<Kind, u64> {
        self.0.runner.faults.drawn()
    }

    /// A digest of every function run so far: its time, event and result. The same seed gives the same.
    pub fn trace(&self) -> String {
        self.0.runner.trace()
    }

    /// Wakes one waiter when there is something new to deliver.
    pub(crate) fn notified(&self) -> Arc<Notify> {
        self.0.cloud.notified()
    }
}

/// What the keys of items begin with that a reader of the table's stream may take; none when it may be any.
fn heard(wiring: &Wiring) -> Option<Vec<String>> {
    let key = wiring.table.definition["KeySchema"][0]["AttributeName"].as_str()?;
    let mut heard = Vec::new();
    for source in &wiring.streams {
        if source.filters.is_empty() {
            return None;
        }
        for filter in &source.filters {
            heard.extend(filter.prefixes(&["dynamodb", "Keys", key, "S"])?);
        }
    }
    Some(heard)
}

/// Every function has its code, and all code its function.
fn check_staff(wiring: &Wiring, handlers: &Handlers) -> Result<(), WorldError> {
    let missing = wiring.functions.keys().find(|name| !handlers.contains_key(*name));
    let idle = handlers.keys().find(|name| !wiring.functions.contains_key(*name));
    match (missing, idle) {
        (Some(name), _) => {
            Err(WorldError::Staffing(format!("{name} is in the template, but has no code here")))
        }
        (_, Some(name)) => {
            Err(WorldError::Staffing(format!("{name} has code here, but is not in the template")))
        }
        (None, None) => Ok(()),
    }
}

/// The values that only a deployment would know.
fn stand_ins(options: &Options) -> StandIns {
    let mut values = vec![
        ("BASE_URL", options.base_url.clone()),
        ("LINK_SECRET", LINK_SECRET.to_owned()),
        ("SENDER", SENDER.to_owned()),
        ("STAFF_AUDIENCE", STAFF_AUDIENCE.to_owned()),
        ("STAFF_ISSUER", issuer(&options.base_url)),
        ("STAFF_SIGN_IN", issuer(&options.base_url)),
    ];
    values.extend(options.policy.clone().map(|policy| ("POLICY", policy)));
    let environment = values.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    let given = [("InboundDomain", &options.inbound_domain), ("Origins", &options.origins)];
    let given = given.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value.clone()?)));
    StandIns { environment, parameters: given.collect() }
}

/// The staff's issuer is the twin itself.
fn issuer(base_url: &str) -> String {
    format!("{base_url}/twin/issuer")
}
