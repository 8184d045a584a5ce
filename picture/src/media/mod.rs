//! Pictures of a document: files in its folder or below, read within limits. Nothing is fetched from a network.

mod error;
mod header;

use std::collections::HashMap;
use std::fs::File;
use std::io::{ErrorKind, Read as _};
use std::path::{Path, PathBuf};

use crate::document::{self, Diagnostic, Problem, Severity};
use crate::scene::{ImageData, ImageError};
use crate::timeline::{EventIndex, Timeline, is_within};

pub use error::MediaError;

/// Maximum number of events whose pictures are looked at, in document order.
const MOST_PICTURES: usize = 10_000;

/// How thoroughly pictures are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Thoroughness {
    /// Whether there is a file of a size that can be shown.
    Quick,
    /// Whether it can be decoded.
    Decoded,
}

/// Reads a picture in the folder of a document. This takes time.
///
/// # Errors
/// Returns an error if the file is missing, is not in the folder even after symbolic links are followed, is no PNG or
/// JPEG, is corrupt, or exceeds the limits of [`ImageData::decode`].
pub fn read(folder: &Path, file: &str) -> Result<ImageData, MediaError> {
    let path = found(folder, file)?;
    let mut bytes = Vec::new();
    // One byte more than a picture may have, so that one that is too large is known to be.
    let mut limited = File::open(path).map_err(MediaError::Unreadable)?.take(ImageData::MAX_BYTES as u64 + 1);
    limited.read_to_end(&mut bytes).map_err(MediaError::Unreadable)?;
    Ok(ImageData::decode(bytes)?)
}

/// Reads the picture of an event for a thumbnail. This takes time, and for that time the memory of the whole picture.
///
/// # Errors
/// See [`read`]; [`MediaError::Missing`] if the event has no picture.
pub fn thumbnail_of(timeline: &Timeline, event: EventIndex, folder: &Path) -> Result<ImageData, MediaError> {
    /// Height of a thumbnail, in pixels: twice that at which it is drawn at most.
    const HEIGHT: u32 = 192;
    let file = timeline.event(event).and_then(|event| event.details.picture()?.shown_file());
    let thumbnail = read(folder, file.ok_or(MediaError::Missing)?)?.thumbnail(HEIGHT);
    Ok(thumbnail.ok_or_else(|| ImageError::Broken("it cannot be made smaller".to_owned()))?)
}

/// Reads the width and height, in pixels, of the picture of each event that has one; `None` for a picture that cannot be
/// shown. Only the beginnings of files are read, each once, of at most 10,000 events.
#[must_use]
pub fn sizes(timeline: &Timeline, folder: &Path) -> Vec<(EventIndex, Option<[u32; 2]>)> {
    let mut known: HashMap<&str, Option<[u32; 2]>> = HashMap::new();
    let size = |file: &str| {
        let path = found(folder, file)?;
        Ok::<_, MediaError>(header::read(&mut File::open(path).map_err(MediaError::Unreadable)?)?.size)
    };
    let pictures = timeline.events.pictures().take(MOST_PICTURES);
    pictures.map(|(event, file)| (event, *known.entry(file).or_insert_with(|| size(file).ok()))).collect()
}

/// Returns when a photograph was taken, as [`Exif::taken`](crate::scene::Exif::taken) says it; `None` if it does not say. Only
/// the beginning of the file is read.
///
/// # Errors
/// Returns an error if the file is no PNG or JPEG, is corrupt, or cannot be read.
pub fn taken(path: &Path) -> Result<Option<String>, MediaError> {
    Ok(header::read(&mut File::open(path).map_err(MediaError::Unreadable)?)?.taken)
}

/// Returns the canonical path of a file that can be read.
fn found(folder: &Path, file: &str) -> Result<PathBuf, MediaError> {
    if !is_within(file) {
        return Err(MediaError::Outside);
    }
    let of = |error: std::io::Error| match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => MediaError::Missing,
        _ => MediaError::Unreadable(error),
    };
    // A document that is named without a folder is in the current one.
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let folder = folder.canonicalize().map_err(of)?;
    let path = folder.join(file.trim()).canonicalize().map_err(of)?;
    if !path.starts_with(&folder) {
        return Err(MediaError::Outside);
    }
    let metadata = path.metadata().map_err(of)?;
    if !metadata.is_file() {
        return Err(MediaError::NotAFile);
    }
    match usize::try_from(metadata.len()) {
        Ok(bytes) if bytes <= ImageData::MAX_BYTES => Ok(path),
        bytes => Err(ImageError::TooManyBytes { bytes: bytes.unwrap_or(usize::MAX) }.into()),
    }
}

/// Returns a warning about each picture of a document that cannot be shown, in the order of the text. `text` is the text
/// of the document, which must have no errors, and `folder` the folder that it is in.
#[must_use]
pub fn warnings(timeline: &Timeline, text: &str, folder: &Path, thoroughness: Thoroughness) -> Vec<Diagnostic> {
    let mut looked_at: HashMap<&str, Option<String>> = HashMap::new();
    let mut problems = Vec::new();
    for (path, media) in timeline.events.media() {
        // What is outside by its path is a problem of the document alone, which is known already.
        let Some(file) = media.shown_file() else { continue };
        let why = looked_at.entry(file).or_insert_with(|| {
            let result = match thoroughness {
                Thoroughness::Quick => found(folder, file).map(drop),
                Thoroughness::Decoded => read(folder, file).map(drop),
            };
            result.err().map(|error| error.to_string())
        });
        if let Some(why) = why {
            problems.push(Problem {
                severity: Severity::Warning,
                path: path.field("file"),
                within: None,
                message: format!("`{file}` is not shown: {why}"),
                hint: Some("its alternative text stands in its place".to_owned()),
            });
        }
    }
    if problems.is_empty() { Vec::new() } else { document::locate(text, problems, &document::Recovery::default()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PICTURE: &[u8] = include_bytes!("../../../tests/fixtures/images/quadrants.png");

    /// Returns a folder with `in/a.png`, `out.png` beside that folder, and some files that are no pictures.
    fn folder() -> tempfile::TempDir {
        let outer = tempfile::tempdir().unwrap();
        let inner = outer.path().join("in");
        std::fs::create_dir_all(inner.join("deep")).unwrap();
        for path in ["out.png", "in/a.png", "in/deep/b.png"] {
            std::fs::write(outer.path().join(path), PICTURE).unwrap();
        }
        std::fs::write(inner.join("cut.png"), &PICTURE[..60]).unwrap();
        std::fs::write(inner.join("text.png"), "no picture").unwrap();
        let huge = File::create(inner.join("huge.png")).unwrap();
        huge.set_len(ImageData::MAX_BYTES as u64 + 1).unwrap();
        outer
    }

    #[test]
    fn only_pictures_in_the_folder_are_read() {
        let outer = folder();
        let inner = outer.path().join("in");
        let check = |file: &str, expect: Result<[u32; 2], &str>| match (read(&inner, file), expect) {
            (Ok(image), Ok(size)) => assert_eq!(image.size(), size, "{file}"),
            (Err(error), Err(words)) => assert!(error.to_string().contains(words), "{file}: {error}"),
            (found, expect) => panic!("{file}: {found:?} instead of {expect:?}"),
        };
        check("a.png", Ok([8, 8]));
        check(" deep/b.png ", Ok([8, 8]));
        check("../out.png", Err("not in the folder"));
        check("deep/../../out.png", Err("not in the folder"));
        check(&inner.join("a.png").to_string_lossy(), Err("not in the folder"));
        check("none.png", Err("no such file"));
        check("a.png/b.png", Err("no such file"));
        check("deep", Err("no regular file"));
        check("cut.png", Err("cannot be decoded"));
        check("text.png", Err("neither a PNG nor a JPEG"));
        check("huge.png", Err("it can have at most"));
    }

    #[cfg(unix)]
    #[test]
    fn links_that_lead_out_are_refused_and_those_that_stay_are_followed() {
        use std::os::unix::fs::symlink;
        let outer = folder();
        let inner = outer.path().join("in");
        symlink(outer.path().join("out.png"), inner.join("file.png")).unwrap();
        symlink(outer.path(), inner.join("up")).unwrap();
        symlink(inner.join("a.png"), inner.join("same.png")).unwrap();
        symlink(inner.join("loop"), inner.join("loop")).unwrap();
        assert!(matches!(read(&inner, "file.png"), Err(MediaError::Outside)));
        assert!(matches!(read(&inner, "up/out.png"), Err(MediaError::Outside)));
        assert!(matches!(read(&inner, "loop"), Err(MediaError::Unreadable(_))));
        assert!(read(&inner, "same.png").is_ok());
        let link = outer.path().join("link");
        symlink(&inner, &link).unwrap();
        assert!(read(&link, "a.png").is_ok(), "the folder itself may be reached by a link");
    }

    #[test]
    fn sizes_of_pictures_are_known_without_reading_them() {
        let outer = folder();
        let text = r#"(title: "T", lanes: [(id: "l", title: "L")], events: [
(id: "a", lane: "l", title: "A", date: "1903", media: [(url: "https://example.org/v"), (file: "cut.png", alt: "B")]),
(id: "b", lane: "l", title: "B", media: [(file: "none.png", alt: "C"), (file: "a.png", alt: "D")]),
(id: "c", lane: "l", title: "C", date: "1901", media: [(file: "../out.png", alt: "E")]),
(id: "d", lane: "l", title: "D", date: "1902", media: [(file: "text.png", alt: "F")]),
(id: "e", lane: "l", title: "E", date: "1900"),
])"#;
        let timeline = crate::open(text).timeline.unwrap();
        let event = |id: &str| timeline.event_by_id(id).unwrap();
        // The beginning of what is cut off is there.
        let expect = [(event("a"), Some([8, 8])), (event("b"), None), (event("d"), None)];
        assert_eq!(sizes(&timeline, &outer.path().join("in")), expect);
    }

    #[test]
    fn what_cannot_be_shown_is_warned_of_where_it_is_written() {
        let outer = folder();
        let text = r#"(title: "T", lanes: [(id: "l", title: "L")], events: [
(id: "a", lane: "l", title: "A", date: "1900", media: [(file: "a.png", alt: "A"), (file: "cut.png", alt: "B")]),
(id: "b", lane: "l", title: "B", media: [(file: "none.png", alt: "C")]),
])"#;
        let opened = crate::open(text);
        let timeline = opened.timeline.unwrap();
        let said = |thoroughness| {
            let found = warnings(&timeline, text, &outer.path().join("in"), thoroughness);
            found
                .iter()
                .map(|problem| format!("{}:{} {}", problem.line, problem.column, problem.message))
                .collect::<Vec<_>>()
        };
        assert_eq!(said(Thoroughness::Quick), ["3:49 `none.png` is not shown: there is no such file"]);
        let thorough = said(Thoroughness::Decoded);
        assert_eq!(thorough.len(), 2);
        assert!(thorough[0].starts_with("2:90 `cut.png` is not shown: the picture cannot be decoded"), "{thorough:?}");
    }
}
