//! The file of what is remembered from one window to the next.

use std::fs;
use std::io::ErrorKind;
use std::path::PathBuf;

use crate::app::message::JobResult;
use crate::app::session::{Session, WindowPlace};
use crate::export;

/// How many broken files are kept beside each other.
const MOST_BROKEN: usize = 9;

/// That file.
#[derive(Debug)]
pub(super) struct SessionFile(PathBuf);

impl SessionFile {
    pub fn new(file: PathBuf) -> Self {
        Self(file)
    }

    /// Returns what it says of the window, of which nothing is known where it cannot be read.
    pub fn window(&self) -> WindowPlace {
        let text = fs::read_to_string(&self.0).ok();
        text.and_then(|text| Session::decode(&text)).map(|session| session.window).unwrap_or_default()
    }

    /// Returns what it holds, and what is wrong with it in a sentence, if something is. A broken file gets another name.
    pub fn read(&self) -> (Session, Option<String>) {
        let shown = self.0.display();
        match fs::read(&self.0) {
            Ok(bytes) => match str::from_utf8(&bytes).ok().and_then(Session::decode) {
                Some(session) => (session, None),
                None => (Session::default(), Some(format!("{shown} is broken; {}", self.set_aside()))),
            },
            Err(error) if error.kind() == ErrorKind::NotFound => (Session::default(), None),
            Err(error) => (Session::default(), Some(format!("{shown} cannot be read: {error}"))),
        }
    }

    /// Gives the file another name, and says which.
    fn set_aside(&self) -> String {
        let name = |number: usize| self.0.with_extension(format!("broken-{number}"));
        let free = (1..MOST_BROKEN).map(name).find(|path| !path.exists());
        let aside = free.unwrap_or_else(|| name(MOST_BROKEN));
        match fs::rename(&self.0, &aside) {
            Ok(()) => format!("it was set aside as {}, and the window begins anew", aside.display()),
            Err(error) => format!("it cannot be set aside: {error}"),
        }
    }

    /// Writes what is remembered, with the places in documents of other windows. Where that fails, it is forgotten with the
    /// window.
    pub fn keep(&self, session: Session) {
        let session = session.with_older(self.read().0);
        let folder = self.0.parent().map_or(Ok(()), fs::create_dir_all);
        let _ = folder.map(|()| export::write_file(&self.0, session.encode().as_bytes(), &[]));
    }
}

/// Writes what is remembered, if it is.
pub(super) fn keep(session: Session, file: Option<&SessionFile>) -> JobResult {
    if let Some(file) = file {
        file.keep(session);
    }
    JobResult::SessionKept
}
