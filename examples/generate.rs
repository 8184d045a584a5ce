//! Writes a document of any size on standard output, for measuring.
//!
//! `cargo run --release --example generate -- 100000 > a.ron`; a second word chooses where the events fall: `spread`,
//! which is the default, `year`, `instant`, `under` or `tails`.

#[path = "../benches/made/mod.rs"]
mod made;

use std::io::{BufWriter, Write as _};

fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let count: u64 = arguments.next().and_then(|count| count.parse().ok()).unwrap_or(1000);
    let form = made::Form::named(&arguments.next().unwrap_or_default());
    let document = made::empty(count);
    let mut out = BufWriter::new(std::io::stdout().lock());
    writeln!(
        out,
        "(\n    title: {:?},\n    sources: [(id: \"made\", title: \"Made up\")],\n    lanes: [",
        document.title
    )?;
    for lane in &document.lanes {
        writeln!(out, "        (id: {:?}, title: {:?}),", lane.id, lane.title)?;
    }
    writeln!(out, "    ],\n    events: [")?;
    for event in made::events(count, form) {
        write!(
            out,
            "        (id: {:?}, lane: {:?}, title: {:?}, date: {:?}",
            event.id, event.lane, event.title, event.date
        )?;
        if let Some(description) = &event.description {
            write!(out, ", description: {description:?}")?;
        }
        for citation in &event.citations {
            let locator = citation.locator.as_deref().unwrap_or_default();
            write!(out, ", citations: [(source: {:?}, locator: {locator:?}, basis: Stated)]", citation.source)?;
        }
        writeln!(out, "),")?;
    }
    writeln!(out, "    ],\n)")?;
    out.flush()
}
