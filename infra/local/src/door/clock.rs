//! Time that can be moved forward, and a sleep that does not wait.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::{Duration, Instant, SystemTime};

use aws_smithy_async::rt::sleep::{AsyncSleep, Sleep};
use aws_smithy_async::time::TimeSource;
use jiff::{SignedDuration, Timestamp};

/// The twin's clock: the only source of time for steps, SDK clients and the door itself.
///
/// A frozen clock stands until it is set (tests); a running one adds the real time that passes (the twin).
/// Neither ever goes back. Clones share one clock.
#[derive(Clone, Debug)]
pub struct Clock(Arc<Mutex<Hands>>);

#[derive(Debug)]
struct Hands {
    at: Timestamp,
    /// When `at` was set, in real time; `None` when frozen.
    since: Option<Instant>,
}

impl Clock {
    /// A clock that stands at `at` until it is set.
    pub fn frozen(at: Timestamp) -> Self {
        Self(Arc::new(Mutex::new(Hands { at, since: None })))
    }

    /// A clock that shows `at` now and goes on with real time.
    pub fn running(at: Timestamp) -> Self {
        Self(Arc::new(Mutex::new(Hands { at, since: Some(real_instant()) })))
    }

    /// The real time, for a running clock that starts today.
    #[expect(clippy::disallowed_methods, reason = "the twin's clock is where its time comes from")]
    pub fn real_time() -> Timestamp {
        Timestamp::now()
    }

    /// Whether real time moves it.
    pub fn is_running(&self) -> bool {
        self.hands().since.is_some()
    }

    /// What it shows.
    pub fn now(&self) -> Timestamp {
        self.hands().now()
    }

    /// Moves it to `to`, or leaves it where it is when that has passed; says what it shows then.
    ///
    /// This is not stored in a data folder; [`Cloud::set_clock`](super::Cloud::set_clock) is.
    pub fn set(&self, to: Timestamp) -> Timestamp {
        let mut hands = self.hands();
        let now = hands.now();
        hands.at = now.max(to);
        hands.since = hands.since.map(|_| real_instant());
        hands.at
    }

    fn hands(&self) -> std::sync::MutexGuard<'_, Hands> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Hands {
    fn now(&self) -> Timestamp {
        let passed = self.since.map_or(Duration::ZERO, |since| since.elapsed());
        SignedDuration::try_from(passed)
            .ok()
            .and_then(|passed| self.at.checked_add(passed).ok())
            .unwrap_or(self.at)
    }
}

/// What functions and their clients read: each instance's own clock, which may be off.
impl TimeSource for Clock {
    fn now(&self) -> SystemTime {
        let now = Self::now(self);
        now.checked_add(super::instance::skew()).unwrap_or(now).into()
    }
}

#[expect(clippy::disallowed_methods, reason = "the twin's clock is where its time comes from")]
fn real_instant() -> Instant {
    Instant::now()
}

/// The SDK clients' sleep: it ends at once, so that retries back off without real waiting.
///
/// The same sleep bounds an attempt's time: the SDK polls the call first and this second. The door answers within
/// the first poll, and this yields once before it ends, so no call is cut short by a limit that never ran.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sleeper;

impl AsyncSleep for Sleeper {
    fn sleep(&self, _: Duration) -> Sleep {
        Sleep::new(Yield(false))
    }
}

struct Yield(bool);

impl Future for Yield {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        if self.0 {
            return Poll::Ready(());
        }
        self.0 = true;
        context.waker().wake_by_ref();
        Poll::Pending
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noon() -> Timestamp {
        "2026-11-02T12:00:00Z".parse().unwrap()
    }

    #[test]
    fn a_frozen_clock_stands_until_it_is_set() {
        let clock = Clock::frozen(noon());
        assert_eq!(clock.now(), noon());
        let later = noon() + SignedDuration::from_hours(1);
        assert_eq!(clock.set(later), later);
        assert_eq!(clock.now(), later);
    }

    #[test]
    fn a_clock_never_goes_back() {
        let clock = Clock::frozen(noon());
        assert_eq!(clock.set(noon() - SignedDuration::from_hours(1)), noon());
    }

    #[test]
    fn a_running_clock_goes_on_from_where_it_was_set() {
        let clock = Clock::running(noon());
        std::thread::sleep(Duration::from_millis(5));
        assert!(clock.now() > noon());
        let month = noon() + SignedDuration::from_hours(24 * 30);
        clock.set(month);
        std::thread::sleep(Duration::from_millis(5));
        assert!(clock.now() > month && clock.now() < month + SignedDuration::from_mins(5));
    }
}
