//! The size of a picture and when it was taken, read from the beginning of its file without decoding it.

use std::io::{ErrorKind, Read, Seek, SeekFrom};

use super::error::MediaError;
use crate::scene::{Exif, ImageError, Orientation, check_size, unknown_kind};

/// Maximum number of segments of a JPEG that are looked at.
const MOST_SEGMENTS: usize = 1000;

/// What the beginning of a file says of a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Header {
    /// Its width and height, in pixels, as it is shown: a photograph may have been turned.
    pub size: [u32; 2],
    /// [When it was taken](Exif::taken).
    pub taken: Option<String>,
}

/// Reads what the beginning of a PNG or a JPEG says.
///
/// # Errors
/// Returns an error if the file is of another kind, ends before its size is said, cannot be read, or has more pixels than
/// can be decoded.
pub(super) fn read(file: &mut (impl Read + Seek)) -> Result<Header, MediaError> {
    let mut begins = [0; 24];
    let read = read_up_to(file, &mut begins)?;
    // PNG (ISO 15948, 11.2.2): signature, length and name of the first chunk, width, height.
    if let [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, _, _, _, _, b'I', b'H', b'D', b'R', size @ ..] =
        begins.get(..read).unwrap_or_default()
    {
        let (Some(width), Some(height)) = (size.first_chunk(), size.get(4..).and_then(<[u8]>::first_chunk)) else {
            return Err(broken("it ends early"));
        };
        let size = check_size(u32::from_be_bytes(*width), u32::from_be_bytes(*height))?;
        return Ok(Header { size, taken: None });
    }
    if !begins.starts_with(&[0xff, 0xd8, 0xff]) {
        return Err(unknown_kind(begins.get(..read).unwrap_or_default()).into());
    }
    file.seek(SeekFrom::Start(2)).map_err(MediaError::Unreadable)?;
    jpeg(file)
}

/// Reads a JPEG (ITU-T T.81, B.2.2) from its first segment to its frame header.
fn jpeg(file: &mut (impl Read + Seek)) -> Result<Header, MediaError> {
    let mut orientation = Orientation::default();
    let mut taken = None;
    for _ in 0..MOST_SEGMENTS {
        let [marker, kind] = bytes(file)?;
        if marker != 0xff {
            return Err(broken("a segment has no marker"));
        }
        match kind {
            // A fill byte: the marker begins with the next one.
            0xff => {
                file.seek(SeekFrom::Current(-1)).map_err(MediaError::Unreadable)?;
            }
            // Markers without a segment.
            0x01 | 0xd0..=0xd8 => {}
            // Any kind of frame; C4, C8 and CC are none.
            0xc0..=0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf => {
                let [_, _, _, high, low, wide, narrow] = bytes(file)?;
                let pixels = |bytes: [u8; 2]| u32::from(u16::from_be_bytes(bytes));
                let size = orientation.size(check_size(pixels([wide, narrow]), pixels([high, low]))?);
                return Ok(Header { size, taken });
            }
            // Exif, or other data of applications.
            0xe1 => {
                let length = usize::from(u16::from_be_bytes(bytes(file)?)).saturating_sub(2);
                let mut segment = vec![0; length];
                let read = read_up_to(file, &mut segment)?;
                segment.truncate(read);
                if orientation.is_upright() {
                    orientation = Orientation::of_segment(&segment);
                }
                taken = taken.or_else(|| Exif::of_segment(&segment)?.taken());
            }
            // The picture itself, or its end.
            0xd9 | 0xda => break,
            _ => {
                let length = i64::from(u16::from_be_bytes(bytes(file)?));
                file.seek(SeekFrom::Current((length - 2).max(0))).map_err(MediaError::Unreadable)?;
            }
        }
    }
    Err(broken("it has no size"))
}

fn broken(why: &str) -> MediaError {
    ImageError::Broken(why.to_owned()).into()
}

fn bytes<const N: usize>(file: &mut impl Read) -> Result<[u8; N], MediaError> {
    let mut bytes = [0; N];
    if read_up_to(file, &mut bytes)? == N { Ok(bytes) } else { Err(broken("it ends early")) }
}

/// Fills a buffer as far as the file goes; returns the number of bytes.
fn read_up_to(file: &mut impl Read, buffer: &mut [u8]) -> Result<usize, MediaError> {
    let mut read = 0;
    while let Some(rest) = buffer.get_mut(read..).filter(|rest| !rest.is_empty()) {
        match file.read(rest) {
            Ok(0) => break,
            Ok(more) => read += more,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(MediaError::Unreadable(error)),
        }
    }
    Ok(read)
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    const PNG: &[u8] = include_bytes!("../../../tests/fixtures/images/quadrants.png");
    const JPEG: &[u8] = include_bytes!("../../../tests/fixtures/images/quadrants.jpg");

    fn check(bytes: &[u8], expect: Result<[u32; 2], &str>) {
        match (read(&mut Cursor::new(bytes)).map(|header| header.size), expect) {
            (Ok(found), Ok(expect)) => assert_eq!(found, expect),
            (Err(error), Err(words)) => assert!(error.to_string().contains(words), "{error} instead of {words}"),
            (found, expect) => panic!("{found:?} instead of {expect:?}"),
        }
    }

    #[test]
    fn the_size_is_that_of_the_decoded_picture() {
        for file in [PNG, JPEG] {
            let decoded = crate::scene::ImageData::decode(file.to_vec()).expect("a picture");
            check(file, Ok(decoded.size()));
        }
    }

    #[test]
    fn segments_before_the_frame_are_passed_over() {
        let frame = [0xff, 0xc2, 0, 11, 8, 0x02, 0x58, 0x03, 0x20, 1, 0, 0, 0];
        let mut file = vec![0xff, 0xd8, 0xff, 0xe1, 0xff, 0xff];
        file.resize(6 + 0xfffd, 0xff);
        // A fill byte, a marker without a segment, a table that is no frame.
        file.extend([0xff, 0xff, 0x01, 0xff, 0xc4, 0, 3, 9]);
        file.extend(frame);
        check(&file, Ok([800, 600]));
        let mut ended = vec![0xff, 0xd8, 0xff, 0xd9];
        ended.extend(frame);
        check(&ended, Err("no size"));
    }

    #[test]
    fn a_photograph_that_was_turned_has_the_size_that_is_seen() {
        let exif = b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0";
        let mut file = vec![0xff, 0xd8, 0xff, 0xe1, 0, exif.len() as u8 + 2];
        file.extend(exif);
        file.extend([0xff, 0xc0, 0, 11, 8, 0x02, 0x58, 0x03, 0x20, 1, 0, 0, 0]);
        check(&file, Ok([600, 800]));
    }

    #[test]
    fn what_is_no_picture_is_refused() {
        check(b"", Err("neither a PNG nor a JPEG"));
        check(b"GIF89a and some more bytes", Err("in GIF"));
        check(&PNG[..20], Err("ends early"));
        check(&JPEG[..8], Err("ends early"));
        check(b"\xff\xd8\xff\xe0\x00\x02zz", Err("no marker"));
        let mut huge = PNG.to_vec();
        huge[16..20].copy_from_slice(&20_000_u32.to_be_bytes());
        check(&huge, Err("20000 x 8"));
        // Lengths that lead nowhere end.
        let endless: Vec<u8> = [0xff, 0xd8].into_iter().chain([0xff, 0xe0, 0, 0].repeat(2000)).collect();
        check(&endless, Err("no size"));
    }
}
