//! Watches the file of the document: its folder, since programs replace a file by renaming another one.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use notify::event::{AccessKind, AccessMode, EventKind, ModifyKind, RenameMode};
use notify::{Config, Event, PollWatcher, RecursiveMode, Watcher};

use crate::app::message::Reread;
use crate::document::MAX_FILE_BYTES;
use crate::edit::difference;

use super::load::read_document;

/// How often a folder is looked at that the system does not watch.
const POLL: Duration = Duration::from_secs(2);

/// A file was touched; where to it was moved, if it was.
type Touch = Option<PathBuf>;

/// The file that is watched.
pub(super) struct FileWatch {
    path: Option<PathBuf>,
    watcher: Option<Box<dyn Watcher>>,
    sender: Sender<Touch>,
    touches: Receiver<Touch>,
}

impl FileWatch {
    pub fn new() -> Self {
        let (sender, touches) = channel();
        Self { path: None, watcher: None, sender, touches }
    }

    /// Watches another file, or none. The context is woken when it is touched.
    pub fn follow(&mut self, path: Option<&PathBuf>, context: &egui::Context) {
        if self.path.as_ref() == path {
            return;
        }
        self.path = path.cloned();
        self.watcher = path.and_then(|path| watcher(path, &self.sender, context));
        if self.path.is_some() {
            // What has happened between its reading and now was not seen.
            let _ = self.sender.send(None);
            context.request_repaint();
        }
    }

    /// Returns whether the file was touched since the last call, and where to it was moved.
    pub fn touched(&self) -> Option<Touch> {
        let all: Vec<Touch> = self.touches.try_iter().collect();
        (!all.is_empty()).then(|| all.into_iter().flatten().last())
    }
}

/// Returns what watches a file, by the system's own means or else by looking again and again.
fn watcher(path: &Path, sender: &Sender<Touch>, context: &egui::Context) -> Option<Box<dyn Watcher>> {
    let canonical = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
    let of = |path: &Path| {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        Some((folder.to_path_buf(), path.file_name()?.to_owned()))
    };
    // A link and the file that it leads to may both be replaced.
    let (folders, files): (BTreeSet<PathBuf>, BTreeSet<OsString>) =
        [of(path), of(&canonical)].into_iter().flatten().unzip();
    let names = Arc::new(Names { folders: folders.clone(), files });
    let handler = || {
        let (names, sender, context) = (Arc::clone(&names), sender.clone(), context.clone());
        move |event: notify::Result<Event>| {
            let touch = event.map_or(Some(None), |event| touch(&event, &names));
            // Sending fails only when the window is closed.
            if touch.is_some_and(|touch| sender.send(touch).is_ok()) {
                context.request_repaint();
            }
        }
    };
    let watches = |mut watcher: Box<dyn Watcher>| {
        let all = folders.iter().try_for_each(|folder| watcher.watch(folder, RecursiveMode::NonRecursive));
        all.is_ok().then_some(watcher)
    };
    let of_system = notify::recommended_watcher(handler()).ok().and_then(|watcher| watches(Box::new(watcher)));
    let polling = || {
        let config = Config::default().with_poll_interval(POLL);
        PollWatcher::new(handler(), config).ok().and_then(|watcher| watches(Box::new(watcher)))
    };
    of_system.or_else(polling)
}

/// The names of the file that is watched and of what leads to it.
struct Names {
    folders: BTreeSet<PathBuf>,
    files: BTreeSet<OsString>,
}

/// Returns what an event says of the files with these names; `None` if it says nothing.
fn touch(event: &Event, names: &Names) -> Option<Touch> {
    let is_reading = |kind: AccessKind| kind != AccessKind::Close(AccessMode::Write);
    if matches!(event.kind, EventKind::Access(kind) if is_reading(kind)) {
        return None;
    }
    let is_ours = |path: &PathBuf| path.file_name().is_some_and(|name| names.files.contains(name));
    // With a folder, what is in it is moved or deleted.
    let may_be_ours = |path: &PathBuf| is_ours(path) || names.folders.contains(path);
    if !event.need_rescan() && !event.paths.is_empty() && !event.paths.iter().any(may_be_ours) {
        return None;
    }
    match (event.kind, event.paths.as_slice()) {
        (EventKind::Modify(ModifyKind::Name(RenameMode::Both)), [from, to]) if is_ours(from) && !is_ours(to) => {
            Some(Some(to.clone()))
        }
        _ => Some(None),
    }
}

/// Returns what has become of a file that held a text.
pub(super) fn reread(path: &Path, moved_to: Option<PathBuf>, saved: &str) -> Reread {
    if !path.exists() {
        return match moved_to.filter(|path| path.is_file()) {
            Some(path) => Reread::Moved { canonical_path: path.canonicalize().ok(), path },
            None => Reread::Gone,
        };
    }
    let unreadable = |why: &str| Reread::Unreadable(format!("cannot read {}: {why}", path.display()));
    let bytes = match read_document(path) {
        Ok(bytes) => bytes,
        Err(_) if !path.exists() => return Reread::Gone,
        Err(error) => return unreadable(&error),
    };
    if bytes == saved.as_bytes() {
        return Reread::Same;
    }
    if bytes.len() > MAX_FILE_BYTES {
        return unreadable(&format!("it is larger than the limit of {} MiB", MAX_FILE_BYTES >> 20));
    }
    let Ok(theirs) = String::from_utf8(bytes) else { return unreadable("it is no UTF-8 text any more") };
    let ends = |text: &str| text.trim_end().ends_with(')');
    let is_partial = ends(saved) && !ends(&theirs);
    Reread::Changed { difference: difference(saved, &theirs), theirs: Arc::new(theirs), is_partial }
}

#[cfg(test)]
mod tests {
    use notify::event::{CreateKind, DataChange, RemoveKind};

    use super::*;

    #[test]
    fn events_of_other_files_say_nothing() {
        let names = Names { folders: BTreeSet::from(["/a".into()]), files: BTreeSet::from(["mine.ron".into()]) };
        let check = |kind, paths: &[&str], expect: Option<Touch>| {
            let event = paths.iter().fold(Event::new(kind), |event, path| event.add_path(PathBuf::from(path)));
            assert_eq!(touch(&event, &names), expect, "{event:?}");
        };
        let written = EventKind::Modify(ModifyKind::Data(DataChange::Any));
        let renamed = EventKind::Modify(ModifyKind::Name(RenameMode::Both));
        check(written, &["/a/mine.ron"], Some(None));
        check(written, &["/a/other.ron"], None);
        check(EventKind::Access(AccessKind::Read), &["/a/mine.ron"], None);
        check(EventKind::Access(AccessKind::Close(AccessMode::Write)), &["/a/mine.ron"], Some(None));
        check(EventKind::Create(CreateKind::File), &["/a/mine.ron"], Some(None));
        check(EventKind::Remove(RemoveKind::File), &["/a/mine.ron"], Some(None));
        check(renamed, &["/a/.tmp", "/a/mine.ron"], Some(None));
        check(renamed, &["/a/mine.ron", "/a/new.ron"], Some(Some("/a/new.ron".into())));
        check(renamed, &["/a/x", "/a/y"], None);
        check(EventKind::Modify(ModifyKind::Name(RenameMode::From)), &["/a"], Some(None));
        check(EventKind::Other, &[], Some(None));
    }
}
