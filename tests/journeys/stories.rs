//! Stories: what happens to a complaint and its people, from the outside.

mod access;
mod alerts;
mod department;
mod ends;
mod erasure;
mod escalation;
mod expiry;
mod export;
mod follow_up;
mod gathered;
mod inquiry;
mod intake;
mod language;
mod link;
mod own_wish;
mod path;
mod proposal;
mod record;
mod redress;
mod report;
mod restart;
mod revision;
mod together;
mod triage;
mod unheard;
mod work;
