//! Where a format is written to, and how far it has come.

use std::io::{self, Write};

use crate::progress::Progress;

/// An output that tells how many events were written, and that stops when the task is cancelled.
pub(super) struct Sink<'o> {
    out: &'o mut dyn Write,
    progress: &'o Progress,
}

impl<'o> Sink<'o> {
    /// Begins to write `events` events.
    pub fn new(out: &'o mut dyn Write, events: usize, progress: &'o Progress) -> Self {
        progress.begin(events as u64);
        Self { out, progress }
    }

    /// Writes a text.
    pub fn text(&mut self, text: &str) -> io::Result<()> {
        self.out.write_all(text.as_bytes())
    }

    /// Tells that an event was written.
    ///
    /// # Errors
    /// Returns an error if the task was cancelled.
    pub fn event(&self) -> io::Result<()> {
        self.progress.advance(1, 1);
        if self.progress.is_cancelled() { Err(io::Error::other("cancelled")) } else { Ok(()) }
    }
}
