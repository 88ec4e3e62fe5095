//! The local twin: the product's own template and steps on one machine, in one process.

pub mod door;
