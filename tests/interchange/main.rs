//! Timelines are written in formats of other programs, and come back without loss of what the format can hold.

#![expect(clippy::expect_used, reason = "a test fails by panicking")]

mod documents;
mod round_trips;
mod small;
mod support;
