//! The bill for a million complaints, from what one uses and the table of prices.

use std::collections::BTreeMap;

use local::door::{Request, Service};

use super::life::{Used, lives};
use super::prices::{self, Price};

/// What a complaint may use and what a million may cost, all but mail and keeping: so many complaints side by side, for
/// whom much is written together; the write units of one, dollars, and mails: five to the customer, one to staff, which is
/// gathered where there are many. A million a month are seven events a second, and so some two hundred in the half
/// minute that the figures wait.
const BOUNDS: [(usize, f64, f64, f64); 2] = [(1, 342.0, 296.0, 6.0), (10, 296.0, 261.0, 5.6)];
/// The same with provisioned capacity.
const PROVISIONED: f64 = 164.0;

/// A line of the bill: what for, how much a complaint uses of it, and what that costs for a million.
struct Line {
    what: &'static str,
    amount: f64,
    dollars: f64,
}

struct Bill {
    lines: Vec<Line>,
}

impl Bill {
    #[expect(clippy::cast_precision_loss, reason = "counts of one life are small")]
    fn of(used: &Used, complaints: usize) -> Bill {
        let share = |amount: f64| amount / complaints as f64;
        let invocations = used.invocations.values().sum::<usize>() as f64;
        let events = used.to(Service::EventBridge).map(|put| put.items).sum::<usize>() as f64;
        let mails = used.to(Service::Ses).filter(|sent| sent.items > 0).count() as f64;
        let seconds = (used.requests.iter().map(|(_, request)| wait(request)).sum::<f64>()
            + invocations * prices::WORK)
            / 1000.0;
        let line = |what, amount: f64, price: Price| {
            let amount = share(amount);
            Line { what, amount, dollars: price.of(amount) * 1e6 }
        };
        let logged = used.logged as f64 + used.api as f64 * prices::ACCESS;
        Bill {
            lines: vec![
                line("write units", used.table(write_units), prices::WRITE_UNIT),
                line("read units", used.table(|request| request.read_units), prices::READ_UNIT),
                line("invocations of functions", invocations, prices::INVOCATION),
                line("gigabyte-seconds of functions", seconds * prices::MEMORY, prices::GIGABYTE_SECOND),
                line("requests to the API", used.api as f64, prices::API_REQUEST),
                line("events on the bus", events, prices::EVENT),
                line("bytes of events archived", events * prices::ARCHIVED_EVENT, prices::ARCHIVED),
                line("bytes of logs", logged, prices::LOGGED),
                line("bytes of answers", used.sent_out as f64, prices::SENT_OUT),
                line("mails", mails, prices::MAIL),
                line("bytes kept, each month", used.stored as f64, prices::STORED),
            ],
        }
    }

    fn amount(&self, what: &str) -> f64 {
        self.lines.iter().find(|line| line.what == what).unwrap().amount
    }

    /// The same with capacity that is provisioned for the table, of which 70 % are used.
    fn provisioned(&self) -> f64 {
        let (writes, reads) = (self.amount("write units"), self.amount("read units"));
        let on_demand = prices::WRITE_UNIT.of(writes) + prices::READ_UNIT.of(reads);
        let provisioned = prices::WRITE_UNIT_PROVISIONED.of(writes) + prices::READ_UNIT_PROVISIONED.of(reads);
        self.dollars() - 1e6 * (on_demand - provisioned)
    }

    /// Without mail, and without keeping the record.
    fn dollars(&self) -> f64 {
        let beside = ["mails", "bytes kept, each month"];
        self.lines.iter().filter(|line| !beside.contains(&line.what)).map(|line| line.dollars).sum()
    }
}

/// A write whose condition does not hold is paid for as well, of which the twin's table says nothing: each item at its
/// least.
fn write_units(request: &Request) -> f64 {
    let refused = if request.status == 400 { request.items.max(1) } else { 0 };
    #[expect(clippy::cast_precision_loss, reason = "a transaction has a hundred items at most")]
    let refused = refused as f64;
    match request.call.operation.as_str() {
        "UpdateItem" | "PutItem" | "DeleteItem" => request.write_units + refused,
        "TransactWriteItems" => request.write_units + 2.0 * refused,
        _ => request.write_units,
    }
}

fn wait(request: &Request) -> f64 {
    let known = prices::WAITS.iter().find(|(operation, _)| *operation == request.call.operation);
    known.map_or(prices::WAIT, |(_, wait)| *wait)
}

#[expect(clippy::print_stdout, reason = "the bill is to be read, with `--nocapture`")]
fn tell(bill: &Bill, used: &Used, complaints: usize) {
    println!("A complaint's life, of {complaints} side by side, and what a million cost:");
    for Line { what, amount, dollars } in &bill.lines {
        println!("{amount:>12.2} {what:<32} ${dollars:>9.2}");
    }
    println!("{:>12} {:<32} ${:>9.2}", "", "all but mail and keeping", bill.dollars());
    println!("{:>12} {:<32} ${:>9.2}", "", "the same, provisioned", bill.provisioned());
    let mut functions: BTreeMap<(&str, &str), (usize, f64, f64)> = BTreeMap::new();
    for (function, request) in &used.requests {
        let sums = functions.entry((function, &request.call.operation)).or_default();
        *sums = (sums.0 + 1, sums.1 + write_units(request), sums.2 + request.read_units);
    }
    println!("By function, in all {complaints}:");
    for ((function, operation), (requests, write_units, read_units)) in functions {
        let invoked = used.invocations[function];
        println!(
            "{invoked:>6} {function:<24} {requests:>5} {operation:<20} {write_units:>8.1} {read_units:>8.1}"
        );
    }
}

#[tokio::test]
async fn a_life_costs_what_it_says() {
    for (complaints, write_units, dollars, most_mails) in BOUNDS {
        let used = lives(complaints).await;
        let bill = Bill::of(&used, complaints);
        tell(&bill, &used, complaints);
        let units = bill.amount("write units");
        assert!(units <= write_units, "{complaints} side by side: {units} write units");
        assert!(bill.dollars() <= dollars, "{complaints} side by side: ${:.2}", bill.dollars());
        assert!(bill.provisioned() <= PROVISIONED, "{complaints} side by side: ${:.2}", bill.provisioned());
        let mails = bill.amount("mails");
        assert!((5.0..=most_mails).contains(&mails), "{complaints} side by side: {mails} mails");
    }
}
