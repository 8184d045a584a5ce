//! Random bytes, documents, sizes and text scales: nothing panics, nothing hangs, and what is placed is finite.
//!
//! A case is a function of its number, so a failure is repeated by its number. A plain `cargo test` tries a few cases;
//! all of them, or as many as wanted, from any number on:
//!
//! ```text
//! cargo test --release --test fuzz -- --ignored --nocapture
//! FUZZ_CASES=5000000 FUZZ_FIRST=200000 cargo test --release --test fuzz -- --ignored --nocapture
//! ```

#![expect(clippy::expect_used, reason = "a test fails by panicking")]
#![expect(clippy::print_stdout, reason = "what was tried and what failed is told")]

mod bytes;
mod case;
mod documents;
mod hostile;
mod import;
mod pdf;
mod random;
mod window;

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use case::Stage;

/// How many cases `.ci/run` tries.
const CASES: u64 = 200_000;
/// How many a plain `cargo test` tries, without optimization.
const FEW: u64 = 1_500;
/// A case that takes longer hangs.
const HANGS: Duration = Duration::from_mins(1);
/// More failures than this are not listed.
const LISTED: usize = 10;

/// A number from the environment.
fn setting(name: &str, usual: u64) -> u64 {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(usual)
}

/// Tries `count` cases from `first` on, on all cores.
fn try_cases(first: u64, count: u64) {
    let started = Instant::now();
    let next = AtomicU64::new(first);
    let failures = Mutex::new(Vec::new());
    let threads = std::thread::available_parallelism().map_or(2, usize::from);
    let done = AtomicBool::new(false);
    let placed = AtomicU64::new(0);
    let running: Vec<AtomicU64> = (0..threads).map(|_| AtomicU64::new(first)).collect();
    std::thread::scope(|scope| {
        let workers: Vec<_> = running
            .iter()
            .map(|running| {
                scope.spawn(|| {
                    let mut stage = Stage::new();
                    loop {
                        let number = next.fetch_add(1, Ordering::Relaxed);
                        if number >= first + count {
                            return;
                        }
                        running.store(number, Ordering::Relaxed);
                        match longview::crash::catch("fuzzing", || stage.run(number)) {
                            Ok(laid_out) => drop(placed.fetch_add(u64::from(laid_out), Ordering::Relaxed)),
                            Err(report) => {
                                failures.lock().expect("no thread panics").push((number, report));
                                // A frame that has not ended leaves its context unusable.
                                stage = Stage::new();
                            }
                        }
                    }
                })
            })
            .collect();
        scope.spawn(|| watch(&running, &done));
        let ended: Vec<_> = workers.into_iter().map(std::thread::ScopedJoinHandle::join).collect();
        done.store(true, Ordering::Relaxed);
        assert!(ended.iter().all(Result::is_ok), "a thread ended early");
    });
    let failures = failures.into_inner().expect("no thread panics");
    let (placed, seconds) = (placed.into_inner(), started.elapsed().as_secs_f64());
    println!("{count} cases, {placed} laid out, {} failed, in {seconds:.1} s", failures.len());
    for (number, report) in failures.iter().take(LISTED) {
        println!("case {number}: {} {}\n{}", report.summary(), report.message, case::description(*number));
    }
    assert!(placed > count / 3, "only {placed} of {count} cases were laid out");
    assert!(failures.is_empty(), "{} of {count} cases failed", failures.len());
}

/// Ends the process where a case takes too long, with its number.
fn watch(running: &[AtomicU64], done: &AtomicBool) {
    let mut since = vec![(u64::MAX, Instant::now()); running.len()];
    while !done.load(Ordering::Relaxed) {
        // Polled: a case that hangs does not say so.
        std::thread::sleep(Duration::from_millis(200));
        for (running, (number, started)) in running.iter().zip(&mut since) {
            let now = running.load(Ordering::Relaxed);
            if now != *number {
                (*number, *started) = (now, Instant::now());
            } else if started.elapsed() > HANGS && !done.load(Ordering::Relaxed) {
                println!("case {number} hangs\n{}", case::description(*number));
                std::process::abort();
            }
        }
    }
}

#[test]
fn a_few_cases() {
    try_cases(0, FEW);
}

#[test]
#[ignore = "takes two minutes with optimization; .ci/run runs it"]
fn many_cases() {
    try_cases(setting("FUZZ_FIRST", 0), setting("FUZZ_CASES", CASES));
}

#[test]
fn a_window_survives_a_few_users() {
    window::try_users(0, 3);
}

#[test]
#[ignore = "takes half a minute with optimization; .ci/run runs it"]
fn a_window_survives_many_users() {
    window::try_users(setting("FUZZ_FIRST", 0), setting("FUZZ_USERS", 150));
}
