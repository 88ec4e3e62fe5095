//! What was asked at the door, for who counts and who looks on.

use std::sync::atomic::Ordering;

use super::cloud::{Cloud, locked};
use super::fault::{Call, Fault, Request, Service};
use super::instance;
use super::reply::Reply;

/// How many answered calls the log holds; older ones drop out.
const LOG: usize = 50_000;

impl Cloud {
    /// The calls that were answered in this process, oldest first, of which the last 50,000 are held.
    pub fn requests(&self) -> Vec<Request> {
        locked(&self.0.log).iter().cloned().collect()
    }

    /// Empties the log of calls.
    pub fn clear_requests(&self) {
        locked(&self.0.log).clear();
    }

    /// Whether the instance that is running here changed anything since the call of this number, or had mail or an event
    /// taken.
    pub fn has_written_since(&self, number: u64) -> bool {
        let log = locked(&self.0.log);
        let is_write = |request: &Request| match request.call.service {
            Service::DynamoDb => request.write_units > 0.0,
            Service::EventBridge | Service::Ses | Service::S3 => request.items > 0,
            Service::Sts | Service::Issuer => false,
        };
        let here = instance::number();
        log.iter()
            .rev()
            .take_while(|request| request.call.number > number)
            .any(|request| request.instance == here && is_write(request))
    }

    /// How many calls there were.
    pub fn calls(&self) -> u64 {
        self.0.calls.load(Ordering::Relaxed)
    }

    /// How often a table was changed: as long as it stays the same, so do the tables.
    pub fn changes(&self) -> u64 {
        self.0.changes.load(Ordering::Relaxed)
    }

    /// Notes that a table was changed.
    pub(super) fn changed(&self) {
        self.0.changes.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn note(&self, call: &Call, reply: &Reply, fault: Fault) {
        let mut log = locked(&self.0.log);
        if log.len() == LOG {
            log.pop_front();
        }
        log.push_back(Request {
            call: call.clone(),
            keys: reply.keys.clone(),
            read_units: reply.read_units,
            write_units: reply.write_units,
            items: reply.items,
            status: reply.status,
            fault,
            instance: instance::number(),
        });
    }
}
