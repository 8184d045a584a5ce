//! Reads texts of which events are made, and copies pictures to the document.

use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Read as _, Write as _};
use std::path::Path;

use crate::capture::{SourceText, read_file};
use crate::media::{self, MediaError};
use crate::scene::ImageError;

use crate::app::captured_text::{CaptureSource, CapturedText, ReadTextJob};
use crate::app::desktop::Desktop;
use crate::app::dropped::{KeptPicture, MEDIA_FOLDER};
use crate::app::effect::CaptureJob;
use crate::app::message::JobResult;

/// Maximum length of the file of a text, in bytes: scanned pages make a PDF file long.
const MOST_BYTES: u64 = 256 << 20;
/// Maximum number of names that are tried for a copy.
const MOST_NAMES: usize = 1000;

/// Does the work of a job.
pub(super) fn run(job: CaptureJob, desktop: &dyn Desktop) -> JobResult {
    match job {
        CaptureJob::Ask { folder } => JobResult::Dialog(desktop.ask_text(folder.as_deref())),
        CaptureJob::Read(job) => JobResult::TextRead(read_text(job)),
        CaptureJob::FindCited { timeline, text } => JobResult::Cited(text.cited(&timeline)),
        CaptureJob::CopyPicture { from, folder, within } => {
            JobResult::PictureCopied(picture_file(&from, &folder, within))
        }
    }
}

/// Reads a text.
fn read_text(job: ReadTextJob) -> Result<Box<CapturedText>, String> {
    let ReadTextJob { source, progress } = job;
    let path = match source {
        CaptureSource::Typed(text) => return Ok(Box::new(CapturedText::of_text(SourceText::new(text)))),
        CaptureSource::File(path) => path,
    };
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let fails = |why: String| format!("The text of {} cannot be read: {why}", path.display());
    let bytes = bytes(&path).map_err(fails)?;
    let file = read_file(bytes, &name, &progress).map_err(fails)?;
    if file.text.sentences().is_empty() {
        return Err(fails("it is empty".to_owned()));
    }
    Ok(Box::new(CapturedText::of_file(file, &name)))
}

fn bytes(path: &Path) -> Result<Vec<u8>, String> {
    let file = File::open(path).map_err(|error| error.to_string())?;
    let metadata = file.metadata().map_err(|error| error.to_string())?;
    if !metadata.is_file() {
        return Err("it is no file".to_owned());
    }
    let mut bytes = Vec::new();
    file.take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(|error| error.to_string())?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(format!("it is larger than {} MB", MOST_BYTES >> 20));
    }
    Ok(bytes)
}

/// Returns a picture in the folder of the document, `within` that folder if it is in it; else it is copied there.
fn picture_file(from: &Path, folder: &Path, within: Option<String>) -> Result<KeptPicture, String> {
    // What is missing or broken is said where it would be shown; one of another kind never will be.
    let taken = match media::taken(from) {
        Err(MediaError::Image(error @ ImageError::OtherKind(_))) => {
            return Err(format!("{} is not added: {error}", from.display()));
        }
        taken => taken.ok().flatten(),
    };
    let file = within.map_or_else(|| copy_picture(from, folder), Ok)?;
    Ok(KeptPicture { file, taken })
}

/// Copies a picture into the folder for pictures beside the document, under a name that is free. Returns its path within the
/// folder of the document.
fn copy_picture(from: &Path, folder: &Path) -> Result<String, String> {
    let fails = |why: &str| format!("{} cannot be copied: {why}", from.display());
    let bytes = bytes(from).map_err(|why| fails(&why))?;
    let name = from.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let (stem, ending) = name.rsplit_once('.').unwrap_or((&name, "png"));
    // The same folder may be given in two ways.
    let canonical = [from, folder].map(|path| path.canonicalize().ok());
    if let [Some(from), Some(folder)] = canonical
        && let Ok(file) = from.strip_prefix(&folder)
    {
        return Ok(file.to_string_lossy().replace('\\', "/"));
    }
    let media = folder.join(MEDIA_FOLDER);
    fs::create_dir_all(&media).map_err(|error| fails(&error.to_string()))?;
    for number in 1..MOST_NAMES {
        let name = if number == 1 { format!("{stem}.{ending}") } else { format!("{stem}-{number}.{ending}") };
        let path = media.join(&name);
        // What is there already stays; the same picture need not be there twice.
        match OpenOptions::new().write(true).create_new(true).open(&path) {
            Ok(mut file) => {
                let written = file.write_all(&bytes).and_then(|()| file.sync_all());
                if let Err(error) = written {
                    drop(fs::remove_file(&path));
                    return Err(fails(&error.to_string()));
                }
            }
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                if fs::read(&path).is_ok_and(|there| there == bytes) {
                    return Ok(format!("{MEDIA_FOLDER}/{name}"));
                }
                continue;
            }
            Err(error) => return Err(fails(&error.to_string())),
        }
        let file = format!("{MEDIA_FOLDER}/{name}");
        return Ok(file);
    }
    Err(fails("there are too many pictures of this name"))
}
