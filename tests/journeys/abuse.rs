//! Bad input and bad manners, over HTTP: every row of the table of answers that touches these routes.

mod body;
mod canary;
mod evidence;
mod field;
mod held;
mod proof;
mod shown;
mod stray;
mod token;
mod wish;
