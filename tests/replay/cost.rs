//! What it takes: processor time, memory, and what is asked of the table.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use local::door::{Cloud, Request, Service};
use local::{Handler, Handlers};
use rustix::time::{ClockId, clock_gettime};

use crate::Trouble;

/// Processor time of this process so far, user and system.
pub(crate) fn processor_time() -> Duration {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    Duration::new(time.tv_sec.unsigned_abs(), u32::try_from(time.tv_nsec).unwrap_or_default())
}

/// Processor time, and how much of it is what a Lambda would take: the steps, without what stands in for AWS.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Spent {
    /// Of the whole twin.
    pub(crate) whole: Duration,
    /// Of the steps alone, with the SDK's part of their calls.
    pub(crate) steps: Duration,
}

impl Spent {
    pub(crate) fn plus(self, other: Spent) -> Spent {
        Spent { whole: self.whole + other.whole, steps: self.steps + other.steps }
    }

    pub(crate) fn share(self, of: u32) -> Spent {
        Spent { whole: self.whole / of.max(1), steps: self.steps / of.max(1) }
    }

    /// In words, in milliseconds.
    pub(crate) fn told(self) -> String {
        let millis = |time: Duration| time.as_secs_f64() * 1000.0;
        format!(
            "{:.2} ms of processor time, of which the steps {:.2} ms",
            millis(self.whole),
            millis(self.steps)
        )
    }
}

/// Measures the steps of a world. It has one thread, so that whatever runs while a step does is the step.
#[derive(Clone, Default)]
pub(crate) struct Meter(Arc<AtomicU64>);

impl Meter {
    /// The same steps, each measured.
    pub(crate) fn on(&self, handlers: Handlers) -> Handlers {
        let measured = |(name, handler): (String, Handler)| {
            let meter = self.clone();
            let handler: Handler = Arc::new(move |event| {
                let (meter, mut running) = (meter.clone(), handler(event));
                Box::pin(std::future::poll_fn(move |context| {
                    let before = processor_time();
                    let polled = running.as_mut().poll(context);
                    let took = processor_time().saturating_sub(before).as_nanos();
                    meter.0.fetch_add(u64::try_from(took).unwrap_or(u64::MAX), Ordering::Relaxed);
                    polled
                }))
            });
            (name, handler)
        };
        handlers.into_iter().map(measured).collect()
    }

    /// What was spent so far.
    pub(crate) fn spent(&self, cloud: &Cloud) -> Spent {
        let steps = Duration::from_nanos(self.0.load(Ordering::Relaxed));
        Spent { whole: processor_time(), steps: steps.saturating_sub(cloud.answering()) }
    }

    /// What was spent since.
    pub(crate) fn since(&self, before: Spent, cloud: &Cloud) -> Spent {
        let now = self.spent(cloud);
        Spent { whole: now.whole.saturating_sub(before.whole), steps: now.steps.saturating_sub(before.steps) }
    }
}

/// The most memory that this process has had, in KiB.
pub(crate) fn peak_memory() -> Result<u64, Trouble> {
    let status = proc_file("status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok())
        .ok_or_else(|| Trouble::Failed("/proc/self/status is not understood".into()))
}

fn proc_file(name: &str) -> Result<String, Trouble> {
    let path = format!("/proc/self/{name}");
    std::fs::read_to_string(&path).map_err(|error| Trouble::Failed(format!("{path}: {error}")))
}

/// Requests to the table and what they write.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Usage {
    pub(crate) requests: f64,
    /// Those of them that write.
    pub(crate) writes: f64,
    pub(crate) write_units: f64,
    pub(crate) read_units: f64,
}

/// What was asked of the table, by the complaint that it was for.
#[derive(Debug, Default)]
pub(crate) struct Table {
    by_complaint: BTreeMap<String, Usage>,
    /// Asked by schedules and reports for no complaint in particular.
    pub(crate) common: Usage,
}

impl Usage {
    pub(crate) fn plus(self, other: Usage) -> Usage {
        Usage {
            requests: self.requests + other.requests,
            writes: self.writes + other.writes,
            write_units: self.write_units + other.write_units,
            read_units: self.read_units + other.read_units,
        }
    }

    pub(crate) fn share(self, of: f64) -> Usage {
        Usage {
            requests: self.requests / of,
            writes: self.writes / of,
            write_units: self.write_units / of,
            read_units: self.read_units / of,
        }
    }
}

impl Table {
    /// Takes the log in. A request for several complaints counts for each in equal parts.
    pub(crate) fn note(&mut self, requests: &[Request]) {
        for request in requests.iter().filter(|request| request.call.service == Service::DynamoDb) {
            let whole = Usage {
                requests: 1.0,
                writes: if request.write_units > 0.0 { 1.0 } else { 0.0 },
                write_units: request.write_units,
                read_units: request.read_units,
            };
            let complaints: BTreeSet<&str> = request.keys.iter().filter_map(|key| complaint(key)).collect();
            let parts = f64::from(u32::try_from(complaints.len()).unwrap_or(u32::MAX));
            for id in &complaints {
                let sum = self.by_complaint.entry((*id).to_owned()).or_default();
                *sum = sum.plus(whole.share(parts));
            }
            if complaints.is_empty() {
                self.common = self.common.plus(whole);
            }
        }
    }

    /// All that was asked for complaints.
    pub(crate) fn complaints(&self) -> Usage {
        self.by_complaint.values().fold(Usage::default(), |sum, usage| sum.plus(*usage))
    }

    /// What was asked for one.
    pub(crate) fn of(&self, id: &str) -> Usage {
        self.by_complaint.get(id).copied().unwrap_or_default()
    }
}

/// The complaint's id in a key: `C#<id>`, `E#<id>`, `S#<id>:<version>`.
fn complaint(key: &str) -> Option<&str> {
    let id = key.split_once('#')?.1.get(..36)?;
    let dashes = [8, 13, 18, 23];
    let is_id = id.bytes().enumerate().all(|(place, byte)| match byte {
        b'-' => dashes.contains(&place),
        _ => byte.is_ascii_hexdigit() && !dashes.contains(&place),
    });
    is_id.then_some(id)
}
