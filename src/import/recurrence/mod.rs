//! Recurrences as RFC 5545 defines them (3.3.10 and 3.8.5.3), in wall-clock time.
//!
//! Times are seconds of civil time, so that an event at 9:00 stays at 9:00 as the clocks change; who knows the zone makes
//! instants of them.

mod days;
mod expand;
mod rule;

#[cfg(test)]
mod tests;

pub(super) use expand::{Expansion, Limits, expand, months_later};
pub(super) use rule::{End, Frequency, Rule};
