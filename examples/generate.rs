//! Writes a document of any size on standard output, for measuring: events over 1900 to 2025, one in five a span, in 8
//! lanes, with titles of 3 to 8 words. The same arguments give the same bytes.
//!
//! `cargo run --release --example generate -- 100000 > a.ron`; a second word chooses where the events fall: `spread`
//! (the default), `year` (all in one year), `instant` (all on one day), `under` (under one span over everything) or
//! `tails` (thinning out into the past).

use std::io::{BufWriter, Write as _};

const WORDS: [&str; 24] = [
    "treaty", "signed", "port", "opened", "railway", "between", "north", "council", "meets", "harvest", "fails", "new",
    "school", "bridge", "flood", "election", "of", "the", "great", "society", "founded", "ship", "launched", "first",
];

/// Marsaglia's xorshift64 (2003): small, fast, and the same everywhere.
struct Random(u64);

impl Random {
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % end
    }
}

fn day(random: &mut Random, form: &str) -> String {
    let year = match form {
        "year" => 1965,
        "instant" => return "1965-06-22".to_owned(),
        "tails" => {
            let (a, b) = (random.below(126), random.below(126));
            2025 - a * b / 126
        }
        _ => 1900 + random.below(126),
    };
    format!("{year}-{:02}-{:02}", 1 + random.below(12), 1 + random.below(28))
}

fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let count: u64 = arguments.next().and_then(|count| count.parse().ok()).unwrap_or(1000);
    let form = arguments.next().unwrap_or_else(|| "spread".to_owned());
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let mut out = BufWriter::new(std::io::stdout().lock());
    writeln!(
        out,
        "(\n    title: \"{count} events\",\n    sources: [(id: \"made\", title: \"Made up\")],\n    lanes: ["
    )?;
    for lane in 0..8 {
        writeln!(out, "        (id: \"lane{lane}\", title: \"Lane {lane}\"),")?;
    }
    writeln!(out, "    ],\n    events: [")?;
    if form == "under" {
        writeln!(out, "        (id: \"all\", lane: \"lane0\", title: \"Over everything\", date: \"1900/2025\"),")?;
    }
    for number in 0..count {
        let mut date = day(&mut random, &form);
        if random.below(5) == 0 && form != "instant" {
            let year: u64 = date.get(..4).and_then(|year| year.parse().ok()).unwrap_or(1900);
            date = format!("{date}/{}", year + 1 + random.below(6));
        }
        let words: Vec<&str> =
            (0..3 + random.below(6)).map(|_| WORDS[random.below(WORDS.len() as u64) as usize]).collect();
        writeln!(
            out,
            "        (id: \"e{number}\", lane: \"lane{}\", title: \"{}\", date: \"{date}\", description: \"Event number \
             {number}, made up for measuring, with a sentence or two of text as a record has.\", citations: [(source: \
             \"made\", locator: \"p. {}\", basis: Stated)]),",
            random.below(8),
            words.join(" "),
            1 + random.below(400)
        )?;
    }
    writeln!(out, "    ],\n)")?;
    out.flush()
}
