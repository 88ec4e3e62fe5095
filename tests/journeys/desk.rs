//! The desk as a whole, with a clock that stands: what every story begins with. It is the twin, in memory, or where the
//! environment says so the template deployed into an emulator.
//!
//! [`Desk`] is the world; [`customer`], [`staff`] and [`browser`] are the people in front of it, [`ask`] is what they send;
//! [`inspector`] looks at what is kept.

pub(crate) mod ask;
pub(crate) mod browser;
pub(crate) mod customer;
pub(crate) mod deployed;
pub(crate) mod files;
pub(crate) mod folder;
pub(crate) mod inspector;
pub(crate) mod log;
pub(crate) mod report;
pub(crate) mod staff;
mod world;

use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use jiff::{SignedDuration, Timestamp};
use local::door::{Clock, Cloud, Mail, Request, Service};
use local::{Handler, Options};
use serde_json::{Value, json};

use ask::{Ask, Reply, post};
use customer::Customer;
use deployed::{Deployed, Place};
use inspector::Inspector;
use staff::Staff;
use world::{TWINS_OWN, World, asks_for_the_twin};

/// Mailboxes of the shipped policy.
pub(crate) const DESK: &str = "complaints-desk@northgate.example";
pub(crate) const MANAGER: &str = "complaints-manager@northgate.example";
pub(crate) const SENIOR: &str = "senior-management@northgate.example";
/// The bucket of the mail that comes in, as the twin calls it.
pub(crate) const INBOX: &str = "local-inbox";
/// Where most stories begin: a Monday morning, as work begins in London.
const MONDAY: &str = "2026-10-05T08:00:00Z";
/// The first lines of every policy of one's own.
const POLICY_HEAD: &str =
    "version = 2\neffective = \"2026-01-01\"\nchange = \"For a story\"\napproved_by = \"The board\"\n";

/// What the functions were woken with: the function, and its event.
pub(crate) type Overheard = Arc<Mutex<Vec<(String, Value)>>>;

/// What each function asked of the cloud: the function, and its requests.
pub(crate) type Asked = Arc<Mutex<Vec<(String, Vec<Request>)>>>;

/// How a desk is opened.
#[derive(Default)]
pub(crate) struct Opening {
    /// The time; Monday morning if it is not said.
    pub(crate) at: Option<&'static str>,
    /// What differs from the shipped policy, as TOML; with its version, or as version 2.
    pub(crate) policy: Option<&'static str>,
    /// Whether answers to mails are taken in; they are if it is not said.
    pub(crate) answers: Option<bool>,
    /// A folder to keep everything in.
    pub(crate) data: Option<PathBuf>,
    /// Writes down everything that wakes a function.
    pub(crate) overheard: Option<Overheard>,
    /// Writes down what each function asks of the cloud.
    pub(crate) asked: Option<Asked>,
}

impl Opening {
    /// Whether any desk can be opened so.
    fn is_plain(&self) -> bool {
        let Opening { at: _, policy, answers, data, overheard, asked } = self;
        policy.is_none() && answers.is_none() && data.is_none() && overheard.is_none() && asked.is_none()
    }
}

/// The complaints desk with everybody around it.
pub(crate) struct Desk {
    pub(crate) world: World,
}

impl Desk {
    /// On a Monday morning, with the shipped policy.
    pub(crate) fn open() -> Desk {
        Desk::with(Opening::default())
    }

    /// At this time, with the shipped policy.
    pub(crate) fn at(at: &'static str) -> Desk {
        Desk::with(Opening { at: Some(at), ..Opening::default() })
    }

    /// On a Monday morning, with a policy of its own.
    pub(crate) fn with_policy(policy: &'static str) -> Desk {
        Desk::with(Opening { policy: Some(policy), ..Opening::default() })
    }

    /// As it is said.
    pub(crate) fn with(opening: Opening) -> Desk {
        if !opening.is_plain() {
            asks_for_the_twin();
        }
        let Some(place) = Place::given() else { return Desk::in_twin(opening) };
        assert!(opening.is_plain(), "{TWINS_OWN}");
        let deployed = Deployed::open(place, instant(opening.at.unwrap_or(MONDAY)));
        Desk { world: World::Deployed(Box::new(deployed)) }
    }

    /// As it is said, in this process whatever the environment says.
    pub(crate) fn in_twin(opening: Opening) -> Desk {
        let start = instant(opening.at.unwrap_or(MONDAY));
        let mut options = Options::new(Clock::frozen(start));
        options.seed = Some(1);
        if opening.answers == Some(false) {
            options.inbound_domain = None;
        }
        options.data = opening.data;
        let begins = |differs: &str| if differs.starts_with("version") { "" } else { POLICY_HEAD };
        options.policy = opening.policy.map(|differs| format!("{}{differs}", begins(differs)));
        options.staffing = Box::new(move |cloud, wiring| {
            let watched = |(name, handler): (String, Handler)| {
                let heard =
                    opening.overheard.iter().fold(handler, |handler, list| listened(&name, handler, list));
                let handler =
                    opening.asked.iter().fold(heard, |handler, list| billed(&name, handler, cloud, list));
                (name, handler)
            };
            Ok(local::steps::handlers(cloud, wiring)?.into_iter().map(watched).collect())
        });
        let twin = local::World::new(options).expect("the product's own template and steps make a world");
        Desk { world: World::Twin(twin) }
    }

    /// Sends a request, and lets everything happen that follows from it at once.
    pub(crate) async fn send(&self, ask: Ask) -> Reply {
        let reply = self.ask(ask).await;
        self.world.settle().await.unwrap();
        reply
    }

    /// Sends a request; what follows from it waits.
    pub(crate) async fn ask(&self, ask: Ask) -> Reply {
        let reply = Reply::of(self.world.http(ask.into_request()).await);
        reply.check_headers();
        reply
    }

    /// Somebody complains as a program does, and is answered.
    pub(crate) async fn complains(&self, name: &str, email: &str) -> Customer<'_> {
        self.posts(&json!({"name": name, "email": email, "description": "The card was charged twice."})).await
    }

    /// Posts a complaint that is taken in.
    pub(crate) async fn posts(&self, body: &Value) -> Customer<'_> {
        let reply = self.send(post("/complaints").json(body)).await;
        assert_eq!(reply.status, 201, "{}", reply.body);
        Customer::of(self, &reply.json())
    }

    /// A mail comes in for an address, and everything happens that follows from it.
    pub(crate) async fn receives(&self, raw: &str, to: &str) {
        assert!(self.world.receive_mail(raw.as_bytes(), to).await.unwrap(), "mail for {to} is taken in");
        self.world.settle().await.unwrap();
    }

    /// The messages that lie in the inbox.
    pub(crate) fn inbox(&self) -> Vec<String> {
        self.world.object_keys(INBOX).unwrap()
    }

    /// A representative.
    pub(crate) fn sam(&self) -> Staff<'_> {
        Staff::new(self, "sam@northgate.example", "csr")
    }

    /// A manager.
    pub(crate) fn mia(&self) -> Staff<'_> {
        Staff::new(self, "mia@northgate.example", "manager")
    }

    /// One who decides finally.
    pub(crate) fn fin(&self) -> Staff<'_> {
        Staff::new(self, "fin@northgate.example", "final")
    }

    /// Time passes.
    pub(crate) async fn hours(&self, hours: i64) {
        self.world.advance(SignedDuration::from_hours(hours)).await.unwrap();
    }

    /// Time passes until this instant.
    pub(crate) async fn until(&self, at: &str) {
        self.world.advance_to(instant(at)).await.unwrap();
    }

    /// Time passes until the figures have followed what happened.
    pub(crate) async fn is_counted(&self) {
        self.world.pass_windows().await.unwrap();
    }

    /// The mails to an address, the earliest first.
    pub(crate) fn mails_to(&self, address: &str) -> Vec<Mail> {
        let mails = self.world.mails().unwrap();
        mails.into_iter().filter(|mail| mail.to.iter().any(|to| to == address)).collect()
    }

    /// The names of the letters to an address, the earliest first.
    pub(crate) fn letters_to(&self, address: &str) -> Vec<String> {
        self.mails_to(address).iter().map(letter).collect()
    }

    /// The only mail of this letter to an address.
    pub(crate) fn mail(&self, address: &str, name: &str) -> Mail {
        let mut mails: Vec<_> =
            self.mails_to(address).into_iter().filter(|mail| letter(mail) == name).collect();
        assert_eq!(mails.len(), 1, "one letter {name} to {address}: {:?}", self.letters_to(address));
        mails.remove(0)
    }

    /// What was asked of the table since the log was emptied.
    pub(crate) fn table_requests(&self) -> Vec<Request> {
        let requests = self.world.cloud().requests();
        requests.into_iter().filter(|request| request.call.service == Service::DynamoDb).collect()
    }

    /// How the story ends: nothing lies in a queue, the books balance, and the record is whole.
    pub(crate) async fn rests(&self) {
        self.is_counted().await;
        for queue in self.world.queues().await {
            assert_eq!(queue.messages, [], "nothing failed into {}", queue.name);
        }
        let books = self.world.invoke("reconcile", json!({})).await.unwrap();
        assert_eq!(books["findings"], 0, "the books balance: {:?}", self.letters_to(MANAGER));
        assert_eq!(Inspector::of(self).verifies().await.0, [""; 0], "the record is whole");
    }
}

/// An instant in words.
pub(crate) fn instant(at: &str) -> Timestamp {
    at.parse().unwrap()
}

/// The name of the letter that a mail is, from the tag that SES hands back with the mail's fate.
pub(crate) fn letter(mail: &Mail) -> String {
    let tag = mail.tags.iter().find(|(name, _)| name == "mail").map(|(_, tag)| tag.as_str());
    tag.and_then(|tag| tag.rsplit('_').nth(1)).unwrap_or("no letter of ours").to_owned()
}

fn listened(name: &str, handler: Handler, overheard: &Overheard) -> Handler {
    let (name, overheard) = (name.to_owned(), Arc::clone(overheard));
    Arc::new(move |event| {
        overheard.lock().unwrap().push((name.clone(), event.clone()));
        handler(event)
    })
}

/// Functions run one after another here, so that what is new in the log when one ends was asked by it.
fn billed(name: &str, handler: Handler, cloud: &Cloud, asked: &Asked) -> Handler {
    let (name, cloud, asked) = (name.to_owned(), cloud.clone(), Arc::clone(asked));
    Arc::new(move |event| {
        let (name, cloud, asked) = (name.clone(), cloud.clone(), Arc::clone(&asked));
        cloud.clear_requests();
        let running = handler(event);
        Box::pin(async move {
            let answer = running.await;
            asked.lock().unwrap().push((name, cloud.requests()));
            answer
        })
    })
}
