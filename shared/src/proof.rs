//! A small piece of work that a sender proves to have done: it costs a person's browser a moment, and who sends
//! thousands of posts as many moments. No third party is asked.

use std::fmt;

use crate::values::Digest;

/// The most work that a policy may ask for; a browser needs a minute for it.
pub const MOST_BITS: u32 = 22;

/// What is to be worked on: handed out by us, and for one post only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Task<'a> {
    /// When it was handed out, signed.
    pub issued: &'a str,
    /// The name of the post.
    pub key: &'a str,
}

impl fmt::Display for Task<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:", self.issued, self.key)
    }
}

impl Task<'_> {
    /// Whether the SHA-256 of the task and this number begins with so many zero bits.
    pub fn is_done_by(&self, number: &str, bits: u32) -> bool {
        let digest = Digest::of(format!("{self}{number}").as_bytes());
        let mut zeros = 0;
        for byte in digest.as_bytes() {
            zeros += byte.leading_zeros();
            if *byte != 0 {
                break;
            }
        }
        zeros >= bits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_that_was_done_is_known_by_its_zeros_and_good_for_its_post_only() {
        let task = Task { issued: "stamp", key: "post-1" };
        let number = (0..1_u32 << 20)
            .map(|number| number.to_string())
            .find(|number| task.is_done_by(number, 12))
            .unwrap();
        assert!(task.is_done_by(&number, 12) && task.is_done_by(&number, 0));
        assert!(!task.is_done_by(&number, 60));
        assert!(!Task { key: "post-2", ..task }.is_done_by(&number, 12));
        assert!(!Task { issued: "another", ..task }.is_done_by(&number, 12));
    }
}
