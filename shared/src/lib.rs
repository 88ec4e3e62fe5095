//! The domain of complaint handling, pure and synchronous, and behind the feature `aws` the shell around it.
//!
//! Nothing outside [`shell`] reads a clock, draws a random number, looks at the environment or talks to a network.

pub mod access;
pub mod actor;
pub mod calendar;
pub mod command;
pub mod complaint;
pub mod customer_body;
pub mod decide;
pub mod duplicate;
pub mod event;
pub mod evidence;
pub mod evolve;
pub mod fields;
pub mod figures;
pub mod intake;
pub mod letter;
pub mod letter_kind;
pub mod page;
pub mod policy;
pub mod problem;
pub mod profile;
pub mod promise;
pub mod proof;
pub mod redress;
pub mod rejection;
pub mod reply;
pub mod report;
pub mod search;
pub mod staff_body;
pub mod together;
pub mod trail;
pub mod triage;
pub mod values;
pub mod view;
pub mod words;

#[cfg(test)]
mod story;

#[cfg(feature = "aws")]
pub mod shell;
