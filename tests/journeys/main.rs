//! The product as its people live it, over the twin: HTTP in, mail out, the clock moved.

mod abuse;
mod counts;
mod desk;
mod simulation;
mod stories;
mod template;
