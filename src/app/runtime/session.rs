//! The file of what is remembered from one window to the next.

use crate::app::file_fault::FileFault;
use crate::app::message::JobResult;
use crate::app::session::{Session, WindowPlace};

use super::own_file::OwnFile;

/// Returns what the file says of the window, of which nothing is known where it cannot be read.
pub(super) fn window(file: &OwnFile) -> WindowPlace {
    file.text().and_then(|text| Session::decode(&text)).map(|session| session.window).unwrap_or_default()
}

/// Returns what the file holds, and what is wrong with it. A broken one gets another name.
pub(super) fn read(file: &OwnFile) -> (Session, Option<FileFault>) {
    let mut session = Session::default();
    let mut decode = |text: &str| {
        session = Session::decode(text).ok_or("it does not say what it should")?;
        Ok(())
    };
    let fault = file.read(&mut decode);
    (session, fault)
}

/// Writes what is remembered, with the places in documents of other windows. Where that fails, it is forgotten with the
/// window.
pub(super) fn write(session: Session, file: &OwnFile) {
    let (held, fault) = read(file);
    if !fault.is_some_and(|fault| fault.is_in_the_way()) {
        let _ = file.write(&session.with_older(held).encode());
    }
}

/// Writes what is remembered, if it is.
pub(super) fn keep(session: Session, file: Option<&OwnFile>) -> JobResult {
    if let Some(file) = file {
        write(session, file);
    }
    JobResult::SessionKept
}
