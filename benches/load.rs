//! What opening a document costs, against one plain `ron::from_str` of the same text into plain owned structs, in turns
//! in one run; and the most memory that a process takes which only opens it.
//!
//! `cargo bench --bench load`, or with how many events: `cargo bench --bench load -- 1000000`.

mod synthetic;

use std::fmt::Write as _;
use std::io::Write as _;
use std::process::Command;
use std::time::Instant;

use longview::document;
use longview::progress::Progress;
use ron::Options;
use ron::extensions::Extensions;
use synthetic::Form;

const ROUNDS: usize = 5;

/// The plainest structs that hold the document: what a program would write that only wants to read it.
#[expect(dead_code, reason = "only what reading them costs is measured")]
mod plain {
    use serde::Deserialize;

    #[derive(Deserialize)]
    pub struct Timeline {
        title: String,
        sources: Vec<Source>,
        lanes: Vec<Lane>,
        pub events: Vec<Event>,
    }

    #[derive(Deserialize)]
    struct Source {
        id: String,
        title: String,
    }

    #[derive(Deserialize)]
    struct Lane {
        id: String,
        title: String,
    }

    #[derive(Deserialize)]
    pub struct Event {
        id: String,
        lane: String,
        title: String,
        date: Option<String>,
        description: Option<String>,
        citations: Vec<Citation>,
    }

    #[derive(Deserialize)]
    struct Citation {
        source: String,
        locator: Option<String>,
        basis: Basis,
    }

    #[derive(Deserialize)]
    enum Basis {
        Stated,
        Derived,
        Background,
    }
}

/// The text of a document of so many events.
fn text(count: u64) -> Result<String, std::fmt::Error> {
    let form = Form::named("spread");
    let document = synthetic::empty(count, form);
    let mut text = format!("(title: {:?}, sources: [(id: \"made\", title: \"Made up\")], lanes: [", document.title);
    for lane in &document.lanes {
        write!(text, "(id: {:?}, title: {:?}), ", lane.id, lane.title)?;
    }
    writeln!(text, "], events: [")?;
    for event in synthetic::events(count, form) {
        let description = event.description.unwrap_or_default();
        writeln!(
            text,
            "    (id: {:?}, lane: {:?}, title: {:?}, date: {:?}, description: {description:?}, citations: [(source: \
             \"made\", locator: \"p. 1\", basis: Stated)]),",
            event.id, event.lane, event.title, event.date
        )?;
    }
    writeln!(text, "])")?;
    Ok(text)
}

/// The most memory that this process has taken so far, in bytes; none where the system does not tell.
fn peak() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix("kB")?.trim().parse::<f64>().ok().map(|kilobytes| kilobytes * 1024.0)
}

/// What the process does that is started to be measured: it opens a file.
fn only_open(path: &str) -> Result<(), Box<dyn std::error::Error>> {
    let before = Instant::now();
    let progress = Progress::timed(before);
    let opened = longview::open_with_progress(std::fs::read(path)?, &progress).ok_or("called off")?;
    let seconds = before.elapsed().as_secs_f64();
    let events = opened.timeline.as_ref().map_or(0, |timeline| timeline.events.len());
    let cost = opened.cost;
    let [parse, resolve, index] = [cost.parse, cost.resolve, cost.index].map(|stage| stage.as_secs_f64());
    let mut out = std::io::stdout().lock();
    writeln!(
        out,
        "{} {events} {seconds:.3} parse {parse:.3}, resolve {resolve:.3}, index {index:.3}",
        peak().unwrap_or(f64::NAN)
    )?;
    Ok(())
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    if let Ok(path) = std::env::var("LONGVIEW_ONLY_OPEN") {
        return only_open(&path);
    }
    let count = std::env::args().find_map(|argument| argument.parse().ok()).unwrap_or(100_000);
    let text = text(count)?;
    let bytes = text.len() as f64;
    let mut file = tempfile::NamedTempFile::new()?;
    file.write_all(text.as_bytes())?;
    file.flush()?;
    let mut out = std::io::stdout().lock();
    writeln!(out, "{count} events, {:.1} MB", bytes / 1e6)?;

    let options = Options::default().with_default_extension(Extensions::IMPLICIT_SOME);
    let mut times: [Vec<f64>; 3] = Default::default();
    for _ in 0..ROUNDS {
        let before = Instant::now();
        let timeline: plain::Timeline = options.from_str(&text)?;
        times[0].push(before.elapsed().as_secs_f64());
        assert_eq!(timeline.events.len() as u64, count);
        drop(timeline);
        let before = Instant::now();
        let read = document::read(text.as_bytes());
        times[1].push(before.elapsed().as_secs_f64());
        drop(read);
        let owned = text.clone().into_bytes();
        let before = Instant::now();
        let opened = longview::open(owned);
        times[2].push(before.elapsed().as_secs_f64());
        assert!(opened.timeline.is_some());
    }
    let [plain, read, open] = times.map(|mut times| {
        times.sort_unstable_by(f64::total_cmp);
        times[ROUNDS / 2]
    });
    writeln!(out, "ron::from_str into plain structs  {plain:.3} s")?;
    writeln!(out, "document::read                    {read:.3} s, {:.2} of that", read / plain)?;
    writeln!(out, "open: read, resolved, indexed     {open:.3} s, {:.2} of that", open / plain)?;

    let mut alone = Vec::new();
    for _ in 0..ROUNDS {
        let mut child = Command::new(std::env::current_exe()?);
        let before = Instant::now();
        let output = child.env("LONGVIEW_ONLY_OPEN", file.path()).output()?;
        let seconds = before.elapsed().as_secs_f64();
        let said = String::from_utf8(output.stdout)?;
        let peak: f64 = said.split(' ').next().unwrap_or_default().parse()?;
        alone.push((seconds, peak, said.trim().splitn(4, ' ').nth(3).unwrap_or_default().to_owned()));
    }
    alone.sort_by(|a, b| a.0.total_cmp(&b.0));
    let most = alone.iter().map(|run| run.1).fold(0.0, f64::max);
    let (seconds, _, stages) = &alone[ROUNDS / 2];
    writeln!(out, "a process that only opens it      {seconds:.3} s ({stages})")?;
    writeln!(out, "its peak memory                   {:.1} MB, {:.2} of the file", most / 1e6, most / bytes)?;
    Ok(())
}
