//! What a search costs over a million events of a document as it is opened from its text: from the words that were typed
//! to all events that are found.
//!
//! `cargo bench --bench find`, or with how many events, and where they fall: `cargo bench --bench find -- 100000 year`.

mod synthetic;
#[path = "synthetic/write.rs"]
mod write;

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

fn main() -> std::io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let count = arguments.iter().find_map(|argument| argument.parse().ok()).unwrap_or(1_000_000);
    let form = arguments.iter().map(|name| Form::named(name)).find(|form| *form != Form::Spread);
    let mut text = Vec::new();
    write::write(count, form.unwrap_or(Form::Spread), &mut text)?;
    let timeline = open(text).timeline.unwrap_or_default();
    let mut out = std::io::stdout().lock();
    writeln!(out, "{:>40} {:>10} {:>10} {:>10}", "typed", "found", "median ms", "worst ms")?;
    for typed in TYPED {
        let mut found = 0;
        let mut times: Vec<f64> = Vec::new();
        for _ in 0..ROUNDS {
            let start = Instant::now();
            found = Search::new(typed).run(&timeline, &Progress::default()).unwrap_or_default().len();
            times.push(start.elapsed().as_secs_f64() * 1e3);
        }
        times.sort_by(f64::total_cmp);
        let [median, worst] = [ROUNDS / 2, ROUNDS - 1].map(|at| times.get(at).copied().unwrap_or_default());
        writeln!(out, "{typed:>40} {found:>10} {median:>10.1} {worst:>10.1}")?;
    }
    Ok(())
}
