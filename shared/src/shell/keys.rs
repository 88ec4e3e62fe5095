//! The keys of the one table. Nothing outside this room writes a key's prefix.
//!
//! | item | pk | sk |
//! | --- | --- | --- |
//! | complaint | `C#<id>` | `C` |
//! | event | `E#<id>` | version, 8 digits |
//! | private text | `P#<id>` | `intake` or `text#<text id>` |
//! | access by staff to a complaint | `A#<id>` | `<instant>#<request>` |
//! | access by staff to what is no complaint's | `A#desk#<yyyy-mm>` | `<instant>#<request>` |
//! | mail | `M#<subject>` | `<letter>#<cause>` |
//! | outbox pointer | `O#<shard>` | `<instant>#<id>#<version>` |
//! | idempotency record | `I#<digest>` | `I` |
//! | reference | `R#<reference>` | `R` |
//! | complaint of a customer | `K#<digest>` | `<instant>#<id>` |
//! | complaint under a word of a name, or a number given beside an address | `N#<digest>` | id |
//! | complaint about a product and category | `G#<category>#<product>` | `<instant>#<id>` |
//! | figures of a period | `F#<yyyy-mm>` | `<dimension>#<value>#<shard>`, or of many values `<counter>#<shard>` |
//! | complaint that is being removed | `X#<id>` | `X` |
//! | effect of an event on a step | `S#<event>` | step |
//! | events of ten seconds that are counted | `S#<instant>#<shard>` | `tally` |
//! | report | `REPORT` | `<kind>#<period>` |
//! | management's action on a report | `ACTIONS` | `<yyyy-mm>#<number>`, and its end `<yyyy-mm>#<number>#end` |
//! | count of posts | `L#<digest>#<day>` | `L` |
//! | letters with a mail of their own | `L#<digest>#<day, the same with -links, or instant>` | `A` |
//! | mails taken in for a complaint | `L#<id>#<day>` | `R` |
//! | suspected spam | `H#<yyyy-mm>` | id |
//! | how a case of a category and product was put right | `Q#<category>#<product>` | id |
//! | times of a version of the policy | `V#<version>` | `V` |

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;
use jiff::Timestamp;

use crate::{
    figures::Period,
    redress::Like,
    together::{Group, Member},
    values::{ComplaintId, Digest, Reference, TextId},
};

/// An item, or its key.
pub type Item = HashMap<String, AttributeValue>;

/// The two parts of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// Partition.
    pub pk: String,
    /// Place in the partition.
    pub sk: String,
}

impl Key {
    /// A key of these parts.
    pub fn new(pk: impl Into<String>, sk: impl Into<String>) -> Key {
        Key { pk: pk.into(), sk: sk.into() }
    }

    /// Whether this is that item's key.
    pub fn names(&self, item: &Item) -> bool {
        get_text(item, "pk") == Some(&self.pk) && get_text(item, "sk") == Some(&self.sk)
    }

    /// As the attributes of an item.
    pub fn item(&self) -> Item {
        HashMap::from([("pk".to_owned(), text(&self.pk)), ("sk".to_owned(), text(&self.sk))])
    }
}

impl std::fmt::Display for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.pk, self.sk)
    }
}

/// The complaint.
pub fn complaint(id: ComplaintId) -> Key {
    Key::new(format!("C#{id}"), "C")
}

/// The event that made this version.
pub fn event(id: ComplaintId, version: u32) -> Key {
    Key::new(events(id), format!("{version:08}"))
}

/// The partition of the complaint's events.
pub fn events(id: ComplaintId) -> String {
    format!("E#{id}")
}

/// The partition of the complaint's private texts.
pub fn private(id: ComplaintId) -> String {
    format!("P#{id}")
}

/// The form as it was posted.
pub fn intake(id: ComplaintId) -> Key {
    Key::new(private(id), "intake")
}

/// A text written later.
pub fn private_text(id: ComplaintId, text: TextId) -> Key {
    Key::new(private(id), format!("text#{text}"))
}

/// The access to this subject (a complaint's id, or a month at the desk) by this request.
pub fn access(subject: &str, at: Timestamp, request: &str) -> Key {
    Key::new(accesses(subject), format!("{}#{request}", instant(at)))
}

/// How accesses name what is looked at in a month and is no single complaint's.
pub fn desk_accesses(month: Period) -> String {
    format!("desk#{month}")
}

/// The partition of the accesses to this subject.
pub fn accesses(subject: &str) -> String {
    format!("A#{subject}")
}

/// The mail of this letter about this subject (a complaint's id, or a report) for this cause.
pub fn mail(subject: &str, letter: &str, cause: &str) -> Key {
    Key::new(mails(subject), format!("{letter}#{cause}"))
}

/// The partition of the mails about this subject.
pub fn mails(subject: &str) -> String {
    format!("M#{subject}")
}

/// The pointer to an event that is not known to be published.
pub fn outbox(shard: u32, at: Timestamp, id: ComplaintId, version: u32) -> Key {
    Key::new(outbox_shard(shard), format!("{}#{id}#{version}", instant(at)))
}

/// The partition of these pointers.
pub fn outbox_shard(shard: u32) -> String {
    format!("O#{shard}")
}

/// What was answered to this key.
pub fn idempotency(key: &Digest) -> Key {
    Key::new(format!("I#{key}"), "I")
}

/// Whose reference this is.
pub fn reference(reference: Reference) -> Key {
    Key::new(format!("R#{}", reference.compact()), "R")
}

/// The partition of a group's complaints.
pub fn group(group: &Group) -> String {
    match group {
        Group::OfCustomer(customer) => format!("K#{customer}"),
        Group::About { product, category } => format!("G#{category}#{product}"),
    }
}

/// A complaint's place in a group.
pub fn member(of: &Group, member: Member) -> Key {
    Key::new(group(of), format!("{}#{}", instant(member.received_at), member.complaint))
}

/// A complaint's place among those that are found by this. Ids begin with when they were made.
pub fn found_by(sought: &Digest, id: ComplaintId) -> Key {
    Key::new(all_found_by(sought), id.to_string())
}

/// The partition of the complaints that are found by this: a word of a name, or a number beside an address, under a key.
pub fn all_found_by(sought: &Digest) -> String {
    format!("{FOUND_BY}{sought}")
}

/// What the partitions of complaints that are found by something begin with.
pub const FOUND_BY: &str = "N#";

/// Whose place in a group this is.
pub fn member_of(sk: &str) -> Option<Member> {
    let (received_at, complaint) = sk.split_once('#')?;
    Some(Member { received_at: received_at.parse().ok()?, complaint: ComplaintId::parse(complaint).ok()? })
}

/// The mark that this step has taken account of this event.
pub fn effect(event: &str, step: &str) -> Key {
    Key::new(format!("S#{event}"), step)
}

/// Among how many items the marks of ten seconds are spread. It is never another, whatever a deployment's shards are:
/// an event whose mark is looked for in another place would be counted again.
const MARK_SHARDS: u32 = 4;

/// The marks that the events recorded in the same ten seconds are counted in the figures.
pub fn counted(at: Timestamp, complaint: ComplaintId) -> Key {
    let shard = shard(complaint.as_bytes(), MARK_SHARDS);
    let second = at.as_second();
    let begins = Timestamp::from_second(second - second.rem_euclid(10)).unwrap_or(at);
    Key::new(format!("S#{begins}#{shard}"), "tally")
}

/// The partition of a period's figures.
pub fn figures(period: &str) -> String {
    format!("F#{period}")
}

/// A stored report.
pub fn report(kind: &str, period: &str) -> Key {
    Key::new("REPORT", format!("{kind}#{period}"))
}

/// The partition of management's actions on reports.
pub const ACTIONS: &str = "ACTIONS";

/// An action on a month's report.
pub fn action(report: Period, number: u8) -> Key {
    Key::new(ACTIONS, format!("{report}#{number:02}"))
}

/// What became of it.
pub fn action_end(report: Period, number: u8) -> Key {
    Key::new(ACTIONS, format!("{report}#{number:02}#end"))
}

/// The count of posts by this sender on this day.
pub fn posts(sender: &Digest, day: &str) -> Key {
    Key::new(format!("L#{sender}#{day}"), "L")
}

/// What these addressees have got as mails of their own in this time.
pub fn own_mails(to: &Digest, time: &str) -> Key {
    Key::new(format!("L#{to}#{time}"), "A")
}

/// The mails that were taken in for this complaint on this day.
pub fn replies(id: ComplaintId, day: &str) -> Key {
    Key::new(format!("L#{id}#{day}"), "R")
}

/// A post held as suspected spam.
pub fn held(month: &str, id: ComplaintId) -> Key {
    Key::new(held_month(month), id.to_string())
}

/// The partition of a month's held posts.
pub fn held_month(month: &str) -> String {
    format!("H#{month}")
}

/// How this case, which is like these, was put right.
pub fn redress(like: &Like, id: ComplaintId) -> Key {
    Key::new(redress_of(like), id.to_string())
}

/// The partition of how like cases were put right. Ids begin with when they were made.
pub fn redress_of(like: &Like) -> String {
    format!("Q#{}#{}", like.category, like.product.as_deref().unwrap_or_default())
}

/// The times of this version of the policy.
pub fn terms(version: u32) -> Key {
    Key::new(format!("V#{version}"), "V")
}

/// What the due index's partitions of open complaints begin with.
pub const DUE: &str = "DUE#";

/// The due index's partition of open complaints.
pub fn due_complaints(shard: u32) -> String {
    format!("{DUE}{shard}")
}

/// The mark that a complaint's record is over, and that what is left of it is being removed.
pub fn removal(id: ComplaintId) -> Key {
    Key::new(format!("X#{id}"), "X")
}

/// The due index's partition of complaints that are over, by when the time of their records began.
pub fn kept_complaints(shard: u32) -> String {
    format!("KEPT#{shard}")
}

/// The due index's partition of mails whose fate is open.
pub fn due_mails(shard: u32) -> String {
    format!("MAIL#{shard}")
}

/// Which partition of the due index a subject falls into.
pub fn shard(subject: &[u8], shards: u32) -> u32 {
    let digest = Digest::of(subject);
    let [a, b, c, d, ..] = *digest.as_bytes();
    u32::from_be_bytes([a, b, c, d]) % shards.max(1)
}

/// An instant as text that sorts as the instants do.
pub fn instant(at: Timestamp) -> String {
    format!("{at:.6}")
}

/// A string attribute.
pub fn text(value: impl Into<String>) -> AttributeValue {
    AttributeValue::S(value.into())
}

/// A number attribute.
pub fn number(value: impl ToString) -> AttributeValue {
    AttributeValue::N(value.to_string())
}

/// A string attribute of an item.
pub fn get_text<'a>(item: &'a Item, name: &str) -> Option<&'a str> {
    item.get(name).and_then(|value| value.as_s().ok()).map(String::as_str)
}

/// A number attribute of an item.
pub fn get_number(item: &Item, name: &str) -> Option<i64> {
    item.get(name).and_then(|value| value.as_n().ok()).and_then(|number| number.parse().ok())
}
