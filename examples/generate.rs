//! Writes a document of any size on standard output, for measuring.
//!
//! `cargo run --release --example generate -- 100000 > a.ron`; a second word chooses where the events fall: `spread`,
//! which is the default, `year`, `instant`, `under`, `tails`, `even` or `lanes`.

#[path = "../benches/synthetic/mod.rs"]
mod synthetic;
#[path = "../benches/synthetic/write.rs"]
mod write;

use std::io::{BufWriter, Write as _};

fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let count: u64 = arguments.next().and_then(|count| count.parse().ok()).unwrap_or(1000);
    let form = synthetic::Form::named(&arguments.next().unwrap_or_default());
    let mut out = BufWriter::new(std::io::stdout().lock());
    write::write(count, form, &mut out)?;
    out.flush()
}
