//! The files of origins: what documents were made of or written to, beside the settings.
//!
//! They are no part of a document: whoever gives one away gives away what is in it, and no earlier version of a table.

use std::fs;
use std::path::{Path, PathBuf};

use crate::app::envelope::fingerprint;
use crate::app::origins::Origin;
use crate::clock;
use crate::export;
use crate::sorting;

use super::unsaved::create_private;

/// The ending of the files.
const ENDING: &str = "origin";
/// The greatest length of what one keeps, in bytes.
const MOST_BYTES: usize = 64 << 20;
/// The greatest length of all together, in bytes: the oldest are given up for newer ones.
const MOST_IN_ALL: u64 = 256 << 20;

/// The folder of origins.
#[derive(Debug)]
pub(super) struct OriginFiles {
    folder: PathBuf,
}

impl OriginFiles {
    pub fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// Returns the origins of a document, by its canonical path, newest first.
    pub fn of(&self, document: &Path) -> Vec<Origin> {
        let Some(prefix) = prefix(document) else { return Vec::new() };
        let is_own = |file: &PathBuf| {
            file.extension().is_some_and(|ending| ending == ENDING)
                && file.file_name().is_some_and(|name| name.to_string_lossy().starts_with(&prefix))
        };
        let read = |file: PathBuf| {
            let changed = fs::metadata(&file).and_then(|metadata| metadata.modified()).ok()?;
            Some((clock::age(changed), Origin::decode(&fs::read(file).ok()?)?))
        };
        let mut found: Vec<_> = self.files().filter(is_own).filter_map(read).collect();
        sorting::by_key(&mut found, |(age, _)| *age);
        found.into_iter().filter(|(_, (of, _))| of == document).map(|(_, (_, origin))| origin).collect()
    }

    /// Keeps the origins of a document. `was` is its path before it was saved at another one, which keeps its own.
    ///
    /// # Errors
    /// Which one cannot be kept, and why.
    pub fn keep(&self, document: &Path, was: Option<&Path>, origins: &[Origin]) -> Result<(), String> {
        let earlier = was.filter(|was| *was != document).map(|was| self.of(was)).unwrap_or_default();
        let is_older = |old: &&Origin| origins.iter().all(|origin| origin.source != old.source);
        for origin in origins.iter().chain(earlier.iter().filter(is_older)) {
            let name = || origin.source.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            let why = match self.write(document, origin) {
                Ok(()) => continue,
                Err(why) => why,
            };
            return Err(format!("{} is not kept for comparison: {why}", name()));
        }
        Ok(())
    }

    fn write(&self, document: &Path, origin: &Origin) -> Result<(), String> {
        if origin.content.len() > MOST_BYTES {
            return Err(format!("it has more than {} MiB", MOST_BYTES >> 20));
        }
        let (Some(prefix), Some(source)) = (prefix(document), origin.source.to_str()) else { return Ok(()) };
        let Some(bytes) = origin.encode(document) else { return Ok(()) };
        let file = self.folder.join(format!("{prefix}{:016x}.{ENDING}", fingerprint(source.as_bytes())));
        let describe = |error: std::io::Error| format!("{}: {error}", self.folder.display());
        fs::create_dir_all(&self.folder).map_err(describe)?;
        if !file.exists() {
            create_private(&file).map_err(describe)?;
        }
        export::write_file(&file, &bytes, &[]).map_err(|error| error.to_string())?;
        self.make_room(&file);
        Ok(())
    }

    /// Removes the oldest files until the others have room.
    fn make_room(&self, newest: &Path) {
        let entry = |file: PathBuf| {
            let metadata =
                fs::metadata(&file).ok().filter(|_| file.extension().is_some_and(|ending| ending == ENDING))?;
            Some((metadata.modified().map(clock::age).unwrap_or_default(), metadata.len(), file))
        };
        let mut all: Vec<_> = self.files().filter_map(entry).collect();
        sorting::by(&mut all, |one, other| other.cmp(one));
        let mut length: u64 = all.iter().map(|(_, length, _)| length).sum();
        for (_, own, file) in all.into_iter().filter(|(_, _, file)| file != newest) {
            if length <= MOST_IN_ALL {
                break;
            }
            // What cannot be removed takes room, and no more.
            let _ = fs::remove_file(file);
            length -= own;
        }
    }

    fn files(&self) -> impl Iterator<Item = PathBuf> + use<> {
        fs::read_dir(&self.folder).into_iter().flatten().filter_map(|entry| Some(entry.ok()?.path()))
    }
}

/// What the names of the files of a document begin with. Returns `None` if its path is no Unicode.
fn prefix(document: &Path) -> Option<String> {
    Some(format!("{:016x}-", fingerprint(document.to_str()?.as_bytes())))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::app::origins::OriginContent;

    fn origin(source: &str, text: &str) -> Origin {
        Origin { source: source.into(), content: OriginContent::Imported(Arc::new(text.to_owned())) }
    }

    #[test]
    fn origins_are_kept_for_each_document() {
        let folder = tempfile::tempdir().expect("a folder");
        let files = OriginFiles::new(folder.path().join("origins"));
        let [a, b] = ["/a.ron", "/b.ron"].map(Path::new);
        assert_eq!(files.of(a), []);
        files.keep(a, None, &[origin("/x.csv", "1")]).expect("kept");
        files.keep(b, None, &[origin("/x.csv", "2")]).expect("kept");
        files.keep(a, None, &[origin("/x.csv", "3")]).expect("kept");
        assert_eq!((files.of(a), files.of(b)), (vec![origin("/x.csv", "3")], vec![origin("/x.csv", "2")]));
        // Saved at another path, it is known there, too.
        let c = Path::new("/c.ron");
        files.keep(c, Some(a), &[origin("/y.csv", "4")]).expect("kept");
        let mut of_c = files.of(c);
        sorting::by(&mut of_c, |one, other| one.source.cmp(&other.source));
        assert_eq!(of_c, [origin("/x.csv", "3"), origin("/y.csv", "4")]);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let file = files.files().next().expect("a file");
            assert_eq!(fs::metadata(file).expect("a file").permissions().mode() & 0o777, 0o600, "it is nobody else's");
        }
    }

    #[test]
    fn the_oldest_are_given_up_and_what_is_too_large_is_said() {
        let folder = tempfile::tempdir().expect("a folder");
        let files = OriginFiles::new(folder.path().to_path_buf());
        let large = "x".repeat(60 << 20);
        for number in 0..5 {
            let path = PathBuf::from(format!("/{number}.ron"));
            files.keep(&path, None, &[origin("/x.csv", &large)]).expect("kept");
        }
        assert_eq!(files.of(Path::new("/0.ron")), []);
        assert_eq!(files.of(Path::new("/4.ron")).len(), 1);
        let error =
            files.keep(Path::new("/a.ron"), None, &[origin("/x.csv", &large.repeat(2))]).expect_err("too large");
        assert_eq!(error, "x.csv is not kept for comparison: it has more than 64 MiB");
    }
}
