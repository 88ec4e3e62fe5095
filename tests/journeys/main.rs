//! The product as its people live it, over the twin: HTTP in, mail out, the clock moved.
#![expect(clippy::unwrap_used, reason = "all of this binary is tests")]

mod abuse;
mod counts;
mod deployed;
mod desk;
mod stories;
mod template;
