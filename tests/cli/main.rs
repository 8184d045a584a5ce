//! The command line from outside: what is printed where, what is written, and the exit code.

#![expect(clippy::expect_used, reason = "a test fails by panicking")]

mod export;
mod left_out;
mod list;
mod new;
mod problems;
mod support;
