//! What others get to see of a complaint: the customer on their private page, staff as JSON.

mod alike;
mod assigned;
mod case;
mod customer;
mod files;
mod history;
mod preview;
mod together;

pub use alike::{Alike, Candidate};
pub use assigned::{Assigned, NotAssigned};
pub use case::{Case, Page, StandingPromise, Summary};
pub use customer::{Accepted, CustomerView, Outside, Promised, RemedyView, Resolution};
pub use files::FilesView;
pub use history::Entry;
pub use preview::{Preview, PreviewedLetter};
pub use together::{Other, Together};

#[cfg(test)]
pub(crate) mod story;
#[cfg(test)]
mod tests;
