//! The data of streams, within a limit.

use std::io::Read as _;

use flate2::read::ZlibDecoder;
use hayro_syntax::object::Stream;

/// Maximum length of the data of a stream, in bytes.
const MOST: u64 = 64 << 20;

/// Returns the data of a stream. Returns `None` if they are broken or too long.
pub(super) fn decoded(stream: &Stream<'_>) -> Option<Vec<u8>> {
    if grows_beyond(&stream.raw_data()) {
        return None;
    }
    let data = stream.decoded().ok()?;
    (data.len() as u64 <= MOST).then(|| data.into_owned())
}

/// Returns whether data that may be deflated become longer than a stream may be: a file of some kilobytes can hold gigabytes.
fn grows_beyond(raw: &[u8]) -> bool {
    if !matches!(raw.first(), Some(head) if head & 0x0f == 8) {
        return false;
    }
    let mut inflated = ZlibDecoder::new(raw).take(MOST + 1);
    std::io::copy(&mut inflated, &mut std::io::sink()).is_ok_and(|length| length > MOST)
}

/// Returns whether a stream of a file becomes longer than one may be.
pub(super) fn has_bomb(file: &[u8]) -> bool {
    let starts = memchr::memmem::find_iter(file, b"stream").filter_map(|at| {
        let data = file.get(at + 6..)?;
        let data = data.strip_prefix(b"\r\n").or_else(|| data.strip_prefix(b"\n"))?;
        Some(data)
    });
    // Their length is that of the deflated data, whatever the file says.
    starts.into_iter().any(grows_beyond)
}
