//! What is said at the end.

use std::io::{self, Write};
use std::time::Duration;

use jiff::SignedDuration;

use crate::Trouble;
use crate::check::Checked;
use crate::cost::{Usage, peak_memory};
use crate::month::Month;
use crate::pages::Shown;

/// More of what is wrong is counted, not listed.
const MOST_LINES: usize = 60;

/// What the month took, before anything was checked.
pub(crate) struct Lived {
    pub(crate) took: SignedDuration,
    pub(crate) processor: Duration,
}

pub(crate) fn all(
    month: &Month<'_>,
    checked: &Checked,
    lived: &Lived,
    shown: &[Shown],
    out: &mut impl Write,
) -> Result<(), Trouble> {
    what_happened(month, checked, out)?;
    what_it_took(month, checked, lived, out)?;
    for Shown { what, spent, bytes } in shown {
        writeln!(out, "{what} is shown within {}; {bytes} bytes.", spent.told())?;
    }
    verdict(checked, out)?;
    Ok(())
}

fn what_happened(month: &Month<'_>, checked: &Checked, out: &mut impl Write) -> io::Result<()> {
    let (seen, refused) = (&month.seen, month.seen.refused.values().sum::<usize>());
    writeln!(out, "Posted {} complaints, {} taken in, {refused} refused.", month.lives.len(), seen.posts)?;
    for (reason, times) in &seen.refused {
        writeln!(out, "  refused {times}: {reason}")?;
    }
    writeln!(out, "Staff and customers did {} things; {} events were recorded.", seen.deeds, checked.events)?;
    writeln!(out, "At the end, by stage and level:")?;
    for ((stage, level), number) in &checked.ends {
        writeln!(out, "  {stage:<14} level {level} {number:>6}")?;
    }
    let mails: usize = seen.letters.values().sum();
    writeln!(out, "Mails sent: {mails}")?;
    for (letter, number) in &seen.letters {
        writeln!(out, "  {letter:<22} {number:>6}")?;
    }
    Ok(())
}

#[expect(clippy::cast_precision_loss, reason = "numbers of complaints are small")]
fn what_it_took(
    month: &Month<'_>,
    checked: &Checked,
    lived: &Lived,
    out: &mut impl Write,
) -> Result<(), Trouble> {
    let posts = f64::from(month.seen.posts.max(1));
    writeln!(
        out,
        "The month took {:.1} s, of which processor time {:.1} s.",
        lived.took.as_secs_f64(),
        lived.processor.as_secs_f64()
    )?;
    writeln!(
        out,
        "A complaint is received and acknowledged within {}.",
        month.seen.posting.share(month.seen.posts).told()
    )?;
    let asked: Vec<String> = month
        .seen
        .asked
        .iter()
        .map(|(operation, times)| format!("{operation} {:.1}", f64::from(*times) / posts))
        .collect();
    writeln!(out, "  What each asked AWS for until then: {}", asked.join(", "))?;
    writeln!(out, "Peak memory: {:.1} MB", peak_memory()? as f64 / 1024.0)?;
    let all = month.table.complaints();
    usage("Requests to DynamoDB per complaint", all.share(posts), out)?;
    if checked.straight.1 > 0 {
        let of = checked.straight.1 as f64;
        let words =
            format!("The same for the {} that went the straight path to their end", checked.straight.1);
        usage(&words, checked.straight.0.share(of), out)?;
    }
    usage("Of schedules and reports, for no complaint in particular, in all", month.table.common, out)?;
    Ok(())
}

fn usage(words: &str, usage: Usage, out: &mut impl Write) -> io::Result<()> {
    let Usage { requests, writes, write_units, read_units } = usage;
    writeln!(
        out,
        "{words}: {requests:.1} requests, of which {writes:.1} write, {write_units:.1} write units, {read_units:.1} read units."
    )
}

fn verdict(checked: &Checked, out: &mut impl Write) -> io::Result<()> {
    let Checked { compared, left_out, wrong, .. } = checked;
    writeln!(
        out,
        "Counted again: {compared} figures of the report ({left_out} left out: medians, working days)."
    )?;
    if wrong.is_empty() {
        return writeln!(out, "All checks hold.");
    }
    writeln!(out, "NOT as it must be, {} times:", wrong.len())?;
    for what in wrong.iter().take(MOST_LINES) {
        writeln!(out, "  - {what}")?;
    }
    if wrong.len() > MOST_LINES {
        writeln!(out, "  … and {} more", wrong.len() - MOST_LINES)?;
    }
    Ok(())
}
