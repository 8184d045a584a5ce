//! What a search costs over a million events of a document as it is opened from its text: from the words that were typed
//! to all events that are found.
//!
//! `cargo bench --bench find`, or with how many events: `cargo bench --bench find -- 100000`.

mod synthetic;

use std::io::Write as _;
use std::time::Instant;

use longview::open;
use longview::progress::Progress;
use longview::query::Search;
use synthetic::Form;

const ROUNDS: usize = 9;

/// What is typed.
const TYPED: [&str; 8] = [
    "e",
    "treaty",
    "no such words",
    "café",
    "조약",
    "1965",
    "@\"lane 3\" after:1950 before:1960",
    "source:made undated",
];

fn main() {
    let count = std::env::args().filter_map(|argument| argument.parse().ok()).next_back().unwrap_or(1_000_000);
    let mut text = Vec::new();
    synthetic::write::write(count, Form::Spread, &mut text).expect("memory");
    let text = String::from_utf8(text).expect("text");
    let timeline = open(&text).timeline.expect("a timeline");
    let mut out = std::io::stdout().lock();
    writeln!(out, "{:>40} {:>10} {:>10} {:>10}", "typed", "found", "median ms", "worst ms").expect("output");
    for typed in TYPED {
        let mut found = 0;
        let mut times: Vec<f64> = (0..ROUNDS)
            .map(|_| {
                let start = Instant::now();
                found = Search::new(typed).run(&timeline, &Progress::default()).expect("not cancelled").len();
                start.elapsed().as_secs_f64() * 1e3
            })
            .collect();
        times.sort_by(f64::total_cmp);
        let [median, worst] = [times[ROUNDS / 2], times[ROUNDS - 1]];
        writeln!(out, "{typed:>40} {found:>10} {median:>10.1} {worst:>10.1}").expect("output");
    }
}
