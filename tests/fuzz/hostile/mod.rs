//! Files of 10 MB that are made to exhaust: for each the processor time, the most memory and the answer of an import.
//!
//! Each is imported in a process of its own, so that its memory is its own and nothing that it breaks hides another.
//!
//! ```text
//! cargo test --release --test fuzz -- --ignored --nocapture hostile
//! HOSTILE=gedcom cargo test --release --test fuzz -- --ignored --nocapture hostile    only those whose name contains it
//! ```

#![expect(
    clippy::format_collect,
    clippy::format_push_string,
    clippy::too_many_lines,
    reason = "files are made once, and lists of them read well"
)]

mod calendars;
mod case;
mod markup;
mod records;
mod spreadsheets;
mod tables;

use std::io::{Seek as _, Write as _};
use std::process::Command;
use std::time::{Duration, Instant};

use longview::import::{Options, convert};
use longview::open;
use longview::progress::Progress;

use case::Case;

/// Maximum processor time of an import, in seconds; what takes longer has a mark in the table.
const MOST_SECONDS: f64 = 1.0;
/// The test fails at so many times this: processors differ, and what grows with the square of a file takes minutes.
const FAILS: f64 = 3.0;
/// The same for each event, era, lane and source that is made: a file of very many takes its time, and is not hostile.
const EACH: f64 = 20e-6;
/// Maximum memory of a process that imports, in MB.
const MOST_MEMORY: f64 = 1_500.0;
/// An import that takes longer hangs.
const HANGS: Duration = Duration::from_mins(2);

fn cases() -> Vec<Case> {
    [tables::cases(), spreadsheets::cases(), markup::cases(), calendars::cases(), records::cases()].concat()
}

/// The processor time that this thread has taken so far, in seconds; the time since `begun` where the system does not tell.
fn own_time(begun: Instant) -> f64 {
    let times = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = times.and_then(|times| times.split_whitespace().next()?.parse::<f64>().ok());
    nanoseconds.map_or_else(|| begun.elapsed().as_secs_f64(), |nanoseconds| nanoseconds / 1e9)
}

/// Many lanes and sources that one item names: what each of them costs does not grow with how many there are.
#[test]
fn lanes_and_sources_take_time_in_proportion() {
    /// How many times as long the larger file is.
    const TIMES: usize = 4;
    let names = [
        "gedcom: sources in words",
        "timeline-project: categories of an event",
        "vis: groups in a chain",
        "vis: groups in a chain, the innermost first",
    ];
    let seconds = |case: &Case, size: usize| {
        let bytes = case.bytes_of_size(size);
        let begun = Instant::now();
        let before = own_time(begun);
        let mut text = String::new();
        let options = Options { today: Some("2026-01-01".to_owned()), ..Options::default() };
        let made = convert(&bytes, case.file(), case.format, &options, &Progress::default(), &mut text);
        let report = made.expect("a document");
        assert!(report.lanes + report.sources > size / 100, "{}: {report:?}", case.name());
        own_time(begun) - before
    };
    let cases = cases().into_iter().filter(|case| names.contains(&case.name().as_str()));
    let mut tried = 0;
    for case in cases {
        tried += 1;
        // Of a few times the shortest: something else may have had the processor's memory meanwhile.
        let least = |size: usize| (0..3).map(|_| seconds(&case, size)).fold(f64::INFINITY, f64::min);
        let (small, large) = (least(50_000), least(50_000 * TIMES));
        println!("{:<52} {:.2} times as long", case.name(), large / small);
        // The square would be 16 times.
        assert!(large < small * 9.0, "{}: {small} s, {large} s", case.name());
    }
    assert_eq!(tried, names.len());
}

/// The processor time that this process has taken so far, in seconds; the time since `begun` where the system does not tell.
fn processor_time(begun: Instant) -> f64 {
    /// Ticks of the kernel in a second, as `/proc` has them on all architectures in use.
    const TICKS: f64 = 100.0;
    let fields = std::fs::read_to_string("/proc/self/stat").ok();
    let times = fields.as_deref().and_then(|fields| {
        let mut fields = fields.rsplit(')').next()?.split_whitespace().skip(11);
        Some(fields.next()?.parse::<f64>().ok()? + fields.next()?.parse::<f64>().ok()?)
    });
    times.map_or_else(|| begun.elapsed().as_secs_f64(), |ticks| ticks / TICKS)
}

/// The most memory that this process has taken so far, in MB; none where the system does not tell.
fn peak() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix("kB")?.trim().parse::<f64>().ok().map(|kilobytes| kilobytes / 1_000.0)
}

/// What a process does that is started to be measured.
#[test]
#[ignore = "is started by what measures it"]
fn hostile_file_in_a_process_of_its_own() {
    let Ok(path) = std::env::var("HOSTILE_FILE") else { return };
    let name = std::env::var("HOSTILE_CASE").expect("the case");
    let case = cases().into_iter().find(|case| case.name() == name).expect("a case");
    let bytes = std::fs::read(path).expect("the file");
    let options = Options { today: Some("2026-01-01".to_owned()), ..Options::default() };
    let mut text = String::new();
    let begun = Instant::now();
    let before = processor_time(begun);
    let result = convert(&bytes, case.file(), case.format, &options, &Progress::default(), &mut text);
    let seconds = processor_time(begun) - before;
    let peak = peak().unwrap_or(f64::NAN);
    let (items, answer) = match result {
        Ok(report) => {
            let events = report.events;
            let items = events + report.eras + report.lanes + report.sources;
            let opened = open(text.clone());
            assert!(!opened.has_errors(), "{:?}", opened.diagnostics.first());
            assert_eq!(opened.timeline.map_or(0, |timeline| timeline.events.len()), events);
            (items, format!("{events} events, {} others, {} KB", items - events, text.len() / 1_000))
        }
        Err(error) => (0, error.human("").trim().replace('\n', " ")),
    };
    println!("\nmeasured\t{seconds}\t{peak}\t{items}\t{answer}");
}

/// What an import took.
struct Measured {
    /// Processor time.
    seconds: f64,
    /// The most memory, in MB.
    peak: f64,
    /// Number of events, eras, lanes and sources.
    items: f64,
    answer: String,
}

impl Measured {
    fn read(said: &str) -> Option<Self> {
        let line = said.lines().find_map(|line| line.strip_prefix("measured\t"))?;
        let mut fields = line.splitn(4, '\t');
        let mut number = || fields.next()?.parse().ok();
        let (seconds, peak, items) = (number()?, number()?, number()?);
        Some(Self { seconds, peak, items, answer: fields.next()?.chars().take(100).collect() })
    }

    fn is_wrong(&self, times: f64) -> bool {
        self.seconds > times * MOST_SECONDS.max(EACH * self.items) || self.peak > MOST_MEMORY
    }
}

/// Measures a case in a process of its own. Returns what that process said if it gave no answer.
fn measure(case: &Case, bytes: &[u8]) -> Result<Measured, String> {
    let mut file = tempfile::NamedTempFile::new().expect("a file");
    file.write_all(bytes).expect("a file that is written");
    let mut said = tempfile::tempfile().expect("a file");
    let own = std::env::current_exe().expect("the program");
    let mut command = Command::new(own);
    command.args(["--exact", "hostile::hostile_file_in_a_process_of_its_own", "--ignored", "--nocapture"]);
    command.env("HOSTILE_FILE", file.path()).env("HOSTILE_CASE", case.name());
    command.stdout(said.try_clone().expect("a file")).stderr(said.try_clone().expect("a file"));
    let mut child = command.spawn().expect("a process");
    let begun = Instant::now();
    let ended = loop {
        if let Some(status) = child.try_wait().expect("a process") {
            break status.to_string();
        }
        if begun.elapsed() > HANGS {
            child.kill().expect("a process");
            child.wait().expect("a process");
            break "it hangs".to_owned();
        }
        // Polled: a process that hangs does not say so.
        std::thread::sleep(Duration::from_millis(10));
    };
    said.rewind().expect("a file");
    let text = std::io::read_to_string(&said).expect("a text");
    Measured::read(&text).ok_or_else(|| format!("{ended}: {text}"))
}

#[test]
#[ignore = "takes minutes with optimization; .ci/run runs it"]
fn hostile_files_are_answered_within_a_second() {
    let wanted = std::env::var("HOSTILE").unwrap_or_default();
    let mut wrong = Vec::new();
    for case in cases().into_iter().filter(|case| case.name().contains(&wanted)) {
        let bytes = case.bytes();
        assert!(bytes.len() <= case::SIZE + 1_000, "{}: {} bytes", case.name(), bytes.len());
        match measure(&case, &bytes) {
            Ok(found) => {
                let Measured { seconds, peak, answer, .. } = &found;
                let mark = if found.is_wrong(1.0) { "!" } else { " " };
                let line = format!("{mark} {:<52} {seconds:>5.2} s {peak:>5.0} MB  {answer}", case.name());
                println!("{line}");
                wrong.extend(found.is_wrong(FAILS).then_some(line));
            }
            Err(error) => {
                println!("! {:<52} no answer", case.name());
                wrong.push(format!("{}: {error:.3000}", case.name()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
