//! `cargo run`: the local twin.

fn main() {}
