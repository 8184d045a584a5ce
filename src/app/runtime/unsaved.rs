//! The files of unsaved changes: one for each process, with another that is locked for as long as the process lives.

use std::fs::{self, File, OpenOptions};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::app::effect::{DocumentSource, UnsavedJob};
use crate::app::envelope::fingerprint;
use crate::app::loaded_document::LoadedDocument;
use crate::app::message::JobResult;
use crate::app::recovered::Recovered;
use crate::app::unsaved::{FoundUnsaved, Unsaved};
use crate::clock;
use crate::export;
use crate::progress::Progress;
use crate::sorting;

/// The ending of files of unsaved changes.
const ENDING: &str = "unsaved";
/// The ending of files that are locked while their process lives.
const LOCK: &str = "lock";

/// The folder of unsaved changes, and the files in it that are this process's.
#[derive(Debug)]
pub(super) struct UnsavedFiles {
    folder: PathBuf,
    /// The file of this process, with its lock.
    own: Option<(PathBuf, File)>,
    /// Locks of files that earlier processes have left, and that this one offers.
    claimed: Vec<(PathBuf, File)>,
}

impl UnsavedFiles {
    pub fn new(folder: PathBuf) -> Self {
        Self { folder, own: None, claimed: Vec::new() }
    }

    /// Returns what earlier processes have left, newest first. What another process keeps or offers is not touched.
    pub fn find(&mut self) -> Vec<FoundUnsaved> {
        let Ok(entries) = fs::read_dir(&self.folder) else { return Vec::new() };
        let files = entries.filter_map(|entry| Some(entry.ok()?.path()));
        let mut found = Vec::new();
        for file in files.filter(|file| file.extension().is_some_and(|ending| ending == ENDING)) {
            let Ok(lock) = OpenOptions::new().create(true).truncate(false).write(true).open(file.with_extension(LOCK))
            else {
                continue;
            };
            if lock.try_lock().is_err() {
                continue;
            }
            // One that is not whole is not shown, and stays for whoever wants to look at it.
            let Some(unsaved) = fs::read(&file).ok().and_then(|bytes| Unsaved::decode(&bytes)) else { continue };
            let changed = fs::metadata(&file).and_then(|metadata| metadata.modified());
            let age = changed.map(clock::age).unwrap_or_default();
            self.claimed.push((file.clone(), lock));
            found.push(FoundUnsaved { file, age, unsaved });
        }
        sorting::by_key(&mut found, |found| found.age);
        found
    }

    /// Writes the file of this process, or removes it if there is nothing unsaved; then removes the files of earlier
    /// processes that it replaces.
    ///
    /// # Errors
    /// Why it cannot be written.
    pub fn keep(&mut self, unsaved: Option<&Unsaved>, replaces: &[PathBuf]) -> Result<(), String> {
        match unsaved {
            Some(unsaved) => {
                let file = self.own_file()?;
                export::write_file(&file, &unsaved.encode(), &[]).map_err(|error| error.to_string())?;
            }
            None => self.own.iter().for_each(|(file, _)| remove(file)),
        }
        for file in replaces {
            self.discard(file);
        }
        Ok(())
    }

    /// Removes a file that an earlier process has left.
    pub fn discard(&mut self, file: &Path) {
        if let Some(at) = self.claimed.iter().position(|(claimed, _)| claimed == file) {
            let (file, lock) = self.claimed.remove(at);
            remove(&file);
            remove(&file.with_extension(LOCK));
            drop(lock);
        }
    }

    /// Removes the file of this process, which ends as the user wants it to.
    pub fn end(&mut self) {
        if let Some((file, lock)) = self.own.take() {
            remove(&file);
            remove(&file.with_extension(LOCK));
            drop(lock);
        }
    }

    /// Returns the path of the file of this process, which only its owner may read.
    fn own_file(&mut self) -> Result<PathBuf, String> {
        if let Some((file, _)) = &self.own {
            if !file.exists() {
                create_private(file).map_err(|error| error.to_string())?;
            }
            return Ok(file.clone());
        }
        let describe = |error: std::io::Error| format!("{}: {error}", self.folder.display());
        fs::create_dir_all(&self.folder).map_err(describe)?;
        let lock = tempfile::Builder::new().prefix("").suffix(&format!(".{LOCK}")).tempfile_in(&self.folder);
        let (lock, path) = lock.map_err(describe)?.keep().map_err(|error| describe(error.error))?;
        // Nobody else knows it yet.
        lock.try_lock().map_err(|error| format!("{}: {error}", path.display()))?;
        let file = path.with_extension(ENDING);
        create_private(&file).map_err(describe)?;
        self.own = Some((file.clone(), lock));
        Ok(file)
    }
}

/// Does what is to be done with the files.
pub(super) fn run(job: UnsavedJob, files: Option<&Mutex<UnsavedFiles>>) -> JobResult {
    match job {
        UnsavedJob::Keep { unsaved, saved, replaces } => {
            let unsaved = unsaved.map(|unsaved| Unsaved { saved: fingerprint(saved.as_bytes()), ..*unsaved });
            let kept = files.map_or(Ok(()), |files| locked(files).keep(unsaved.as_ref(), &replaces));
            JobResult::UnsavedKept(kept)
        }
        UnsavedJob::Drop(file) => {
            if let Some(files) = files {
                locked(files).discard(&file);
            }
            JobResult::UnsavedDropped
        }
        UnsavedJob::Recover(found) => JobResult::Recovered(Box::new(recover(*found))),
    }
}

/// Returns the files, which only one thread touches at a time.
pub(super) fn locked(files: &Mutex<UnsavedFiles>) -> MutexGuard<'_, UnsavedFiles> {
    files.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Returns the document that unsaved changes are of, as it is in its file now.
fn recover(found: FoundUnsaved) -> Recovered {
    let unsaved = &found.unsaved;
    let of_file = unsaved.path.as_ref().filter(|path| path.is_file()).and_then(|path| {
        let loaded = LoadedDocument::load(&DocumentSource::File(path.clone()), None, None, &Progress::default())?;
        (loaded.timeline.is_some() && loaded.origin.is_none()).then_some(loaded)
    });
    if let Some(loaded) = of_file {
        let is_as_it_was = fingerprint(loaded.text.as_bytes()) == unsaved.saved;
        return Recovered { loaded, is_as_it_was, found };
    }
    // Its file is gone, or cannot be read: the changes are all that there is.
    let bytes = unsaved.text.as_bytes().to_vec();
    let loaded = LoadedDocument::from_bytes(None, unsaved.name.clone(), bytes);
    Recovered { loaded, is_as_it_was: true, found }
}

pub(super) fn create_private(file: &Path) -> std::io::Result<()> {
    let mut options = OpenOptions::new();
    options.create_new(true).write(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options.open(file).map(drop)
}

fn remove(file: &Path) {
    // What is gone already need not be removed.
    let _ = fs::remove_file(file);
}
