//! What it takes: processor time, memory, and what is asked of the table.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use local::door::{Request, Service};

use crate::Trouble;

/// Linux counts a process's time in hundredths of a second, whatever the machine.
const TICK: Duration = Duration::from_millis(10);

/// Processor time of this process so far, user and system.
pub(crate) fn processor_time() -> Result<Duration, Trouble> {
    let stat = proc_file("stat")?;
    // The second field is the program's name, in parentheses and with any character in it.
    let fields = stat.rsplit_once(')').map(|(_, rest)| rest.split_whitespace()).into_iter().flatten();
    let ticks: Vec<u32> = fields.skip(11).take(2).filter_map(|field| field.parse().ok()).collect();
    match ticks[..] {
        [user, system] => Ok(TICK * (user + system)),
        _ => Err(Trouble::Failed("/proc/self/stat is not understood".into())),
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
