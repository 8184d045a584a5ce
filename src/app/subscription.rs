//! What goes on for as long as the state asks for it, beside effects, which happen once.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

/// Something that wakes the window without the user.
///
/// [`State::subscriptions`](super::State::subscriptions) says which of them are wanted; the runtime starts those that
/// are new and stops those that are gone.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subscription {
    /// A frame as often as the display can show one, while the view moves.
    EveryFrame,
    /// A frame each time that this much time has passed.
    Timer(Duration),
    /// One frame at a time, counted from when the window opened.
    At(Duration),
    /// A [`Message::FileTouched`](super::Message::FileTouched) whenever this file may have changed.
    File(PathBuf),
}

/// The subscriptions that are running, with the time at which each is due next, in seconds since the window opened.
#[derive(Debug, Default)]
pub(super) struct Subscriptions(BTreeMap<Subscription, f64>);

impl Subscriptions {
    /// Starts and stops subscriptions so that those of `wanted` run. One that is wanted still keeps its due time; those
    /// that are due by `now` are put off by their period, or are not due again if they have none.
    pub(super) fn update(&mut self, wanted: &[Subscription], now: f64) {
        self.0.retain(|running, _| wanted.contains(running));
        for subscription in wanted {
            let next = subscription.next(now);
            let due = self.0.entry(subscription.clone()).or_insert(next);
            if *due <= now {
                *due = next;
            }
        }
    }

    /// How long after `now` the first one is due. Returns `None` if none is running.
    pub(super) fn next(&self, now: f64) -> Option<Duration> {
        let first = self.0.values().copied().filter(|due| due.is_finite()).min_by(f64::total_cmp)?;
        Some(Duration::try_from_secs_f64(first - now).unwrap_or_default())
    }
}

impl Subscription {
    /// When it is due next, in seconds since the window opened; infinite if it is not due again.
    fn next(&self, now: f64) -> f64 {
        match self {
            Self::EveryFrame => now,
            Self::Timer(period) => now + period.as_secs_f64(),
            Self::At(time) if time.as_secs_f64() > now => time.as_secs_f64(),
            Self::At(_) | Self::File(_) => f64::INFINITY,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Subscription = Subscription::Timer(Duration::from_secs(1));
    const TENTH: Subscription = Subscription::Timer(Duration::from_millis(100));

    #[test]
    fn subscriptions_are_started_and_stopped_by_difference() {
        let mut running = Subscriptions::default();
        let mut check = |wanted: &[Subscription], now: f64, expect: Option<f64>| {
            running.update(wanted, now);
            let next = running.next(now).map(|wait| (wait.as_secs_f64() * 1e3).round() / 1e3);
            assert_eq!(next, expect, "{wanted:?} at {now}");
        };
        check(&[], 0.0, None);
        check(&[SECOND], 0.0, Some(1.0));
        check(&[SECOND], 0.4, Some(0.6));
        check(&[SECOND, TENTH], 0.5, Some(0.1));
        check(&[SECOND], 0.55, Some(0.45));
        check(&[SECOND], 1.0, Some(1.0));
        // One that was stopped begins anew.
        check(&[], 1.2, None);
        check(&[SECOND], 1.5, Some(1.0));
        check(&[SECOND, Subscription::EveryFrame], 1.5, Some(0.0));
        check(&[Subscription::EveryFrame], 9.0, Some(0.0));
        // A time comes once.
        let at = |tenths: u64| Subscription::At(Duration::from_millis(tenths * 100));
        check(&[at(95)], 9.0, Some(0.5));
        check(&[at(97)], 9.3, Some(0.4));
        check(&[at(97)], 9.7, None);
        check(&[at(97), SECOND], 9.8, Some(1.0));
        check(&[at(97)], 9.9, None);
    }
}
