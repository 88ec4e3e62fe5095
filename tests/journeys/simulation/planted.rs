//! Bugs planted around the product's own steps, each of which the simulation must find.

mod step;

use local::door::Cloud;
use local::{Handler, Handlers, Wiring};

/// A bug.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bug {
    /// What `PutEvents` refused inside its 200 counts as published.
    DropsFailedEntries,
    /// The condition on a mail's record is left out: each notice sends.
    OmitsTheClaim,
    /// A complaint is acknowledged before it is stored.
    MailsBeforeCommit,
    /// A sweep looks after the first that is due, and no others.
    SweepsOnePage,
    /// A letter that came back is nobody's task.
    IgnoresBounces,
    /// The sender's key for a post is not looked at.
    ForgetsTheKey,
    /// Who saw an older version is given the newer one to overwrite.
    OmitsTheVersion,
    /// Whoever has a token is a manager.
    BelievesAnybody,
    /// Mailed links never end.
    LinksForEver,
    /// What a customer told stays when it should be erased.
    ErasesNothing,
    /// Records go when their complaint ends.
    RemovesAtOnce,
    /// The text of a complaint is logged.
    LogsTheText,
    /// An event is counted each time that it comes.
    CountsAgain,
    /// Months begin at midnight by UTC.
    CountsByUtc,
    /// A batch that failed names its failed record by nothing.
    NamesNoRecord,
}

impl Bug {
    pub(super) fn plant(self, mut handlers: Handlers, cloud: &Cloud, wiring: &Wiring) -> Handlers {
        for name in self.steps() {
            if let Some(right) = handlers.remove(*name) {
                handlers.insert((*name).to_owned(), self.wrong(name, right, cloud, wiring));
            }
        }
        handlers
    }

    /// Where it is.
    fn steps(self) -> &'static [&'static str] {
        match self {
            Bug::DropsFailedEntries | Bug::NamesNoRecord => &["publish-events"],
            Bug::OmitsTheClaim => &["send-letter"],
            Bug::MailsBeforeCommit | Bug::ForgetsTheKey | Bug::LogsTheText => &["receive-complaint"],
            Bug::SweepsOnePage => &["watch-deadlines"],
            Bug::IgnoresBounces => &["record-mail-events"],
            Bug::OmitsTheVersion => &["record-contact"],
            Bug::BelievesAnybody => &["authorize-staff"],
            Bug::LinksForEver => {
                &["acknowledge-complaint", "send-letter", "settle-mails", "receive-complaint"]
            }
            Bug::ErasesNothing => &["erase-data"],
            Bug::RemovesAtOnce => &["expire-records"],
            Bug::CountsAgain | Bug::CountsByUtc => &["tally-events"],
        }
    }

    fn wrong(self, name: &str, right: Handler, cloud: &Cloud, wiring: &Wiring) -> Handler {
        let table = wiring.table.name.clone();
        match self {
            Bug::DropsFailedEntries => step::drops_failed_entries(right, cloud, table),
            Bug::OmitsTheClaim => step::omits_the_claim(right, cloud, table),
            Bug::MailsBeforeCommit => step::mails_before_commit(right, cloud),
            Bug::SweepsOnePage => step::sweeps_one_page(cloud, wiring),
            Bug::IgnoresBounces => step::ignores_bounces(right),
            Bug::ForgetsTheKey => step::forgets_the_key(right),
            Bug::OmitsTheVersion => step::omits_the_version(right),
            Bug::BelievesAnybody => step::believes_anybody(right),
            Bug::LinksForEver => step::under(name, "[limits]\nlink_days = 3000", cloud, wiring),
            Bug::ErasesNothing => step::does_nothing(),
            Bug::RemovesAtOnce => step::removes_at_once(cloud, table),
            Bug::LogsTheText => step::logs_the_text(right),
            Bug::CountsAgain => step::counts_again(right, cloud, table),
            Bug::CountsByUtc => step::under(name, "[calendar]\ntime_zone = \"Etc/UTC\"", cloud, wiring),
            Bug::NamesNoRecord => step::names_no_record(right),
        }
    }
}
