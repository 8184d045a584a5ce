//! What reading a document costs, against one plain `ron::from_str` into the same structs, in turns in one run.
//!
//! `cargo bench --bench load`, or with how many events: `cargo bench --bench load -- 1000000`.

mod made;

use std::fmt::Write as _;
use std::io::Write as _;
use std::time::Instant;

use longview::document::{self, Timeline};
use made::Form;
use ron::Options;
use ron::extensions::Extensions;

const ROUNDS: usize = 5;

/// The text of a document of so many events.
fn text(count: u64) -> Result<String, std::fmt::Error> {
    let document = made::empty(count);
    let mut text = format!("(title: {:?}, sources: [(id: \"made\", title: \"Made up\")], lanes: [", document.title);
    for lane in &document.lanes {
        write!(text, "(id: {:?}, title: {:?}), ", lane.id, lane.title)?;
    }
    writeln!(text, "], events: [")?;
    for event in made::events(count, Form::named("spread")) {
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

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let count = std::env::args().find_map(|argument| argument.parse().ok()).unwrap_or(100_000);
    let text = text(count)?;
    let options = Options::default().with_default_extension(Extensions::IMPLICIT_SOME);
    let mut plain = Vec::new();
    let mut ours = Vec::new();
    let mut all = Vec::new();
    for _ in 0..ROUNDS {
        let before = Instant::now();
        let timeline: Timeline = options.from_str(&text)?;
        plain.push(before.elapsed().as_secs_f64());
        drop(timeline);
        let before = Instant::now();
        let read = document::read(text.as_bytes());
        ours.push(before.elapsed().as_secs_f64());
        drop(read);
        let before = Instant::now();
        let opened = longview::open(text.as_bytes());
        all.push(before.elapsed().as_secs_f64());
        drop(opened);
    }
    let [plain, ours, all] = [plain, ours, all].map(|mut times| {
        times.sort_unstable_by(f64::total_cmp);
        times[ROUNDS / 2]
    });
    let mut out = std::io::stdout().lock();
    writeln!(out, "{count} events, {:.1} MB", text.len() as f64 / 1e6)?;
    writeln!(out, "ron::from_str        {plain:.3} s")?;
    writeln!(out, "document::read       {ours:.3} s, {:.2} of that", ours / plain)?;
    writeln!(out, "open: also resolved  {all:.3} s, {:.2} of that", all / plain)?;
    Ok(())
}
