//! From bytes to a timeline: reads a document, and resolves what it means.

use std::sync::Arc;
use std::time::Duration;

use crate::document::{self, Diagnostic, Severity};
use crate::progress::Progress;
use crate::timeline::{self, Timeline};

/// A document that has been opened: a timeline, and what is wrong.
#[derive(Debug)]
pub struct Opened {
    /// All of the document that has no error, which [`Timeline::omitted`] counts, or `None` if nothing can be shown.
    pub timeline: Option<Timeline>,
    /// Errors and warnings, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
    /// The text of the document; what is no text in it is replaced.
    pub text: Arc<String>,
    /// What it cost.
    pub cost: Cost,
}

impl Opened {
    /// Returns a document of which nothing can be shown.
    #[must_use]
    pub fn unreadable(text: String, diagnostics: Vec<Diagnostic>, cost: Cost) -> Self {
        Self { timeline: None, diagnostics, text: Arc::new(text), cost }
    }

    /// Returns `true` if something is wrong with the document.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|problem| problem.severity == Severity::Error)
    }
}

/// How long the stages of opening a document took. Parsing and resolving take turns on all cores: the time that both
/// took together is divided as the cores divided theirs.
#[derive(Clone, Copy, Debug, Default)]
pub struct Cost {
    /// Decoding the bytes, cutting the text, and parsing the chunks.
    pub parse: Duration,
    /// Resolving ids and dates, and locating all problems.
    pub resolve: Duration,
    /// Putting the events in order, and indexing them.
    pub index: Duration,
}

/// Opens a document: reads it, then resolves what it means. All problems are found in one run, and what has none is
/// shown.
#[must_use]
pub fn open(bytes: impl Into<Vec<u8>>) -> Opened {
    let nothing = Opened::unreadable(String::new(), Vec::new(), Cost::default());
    // Only a cancelled task returns `None`, and this one is never cancelled.
    open_with_progress(bytes, &Progress::default()).unwrap_or(nothing)
}

/// Opens a document as [`open`] does, and reports to `progress`. Returns `None` if the task was cancelled.
#[must_use]
pub fn open_with_progress(bytes: impl Into<Vec<u8>>, progress: &Progress) -> Option<Opened> {
    let started = progress.now();
    let elapsed = || progress.now().saturating_sub(started);
    let text = match document::decode(bytes.into()) {
        Ok(text) => Arc::new(text),
        Err((text, wrong)) => {
            let cost = Cost { parse: elapsed(), ..Cost::default() };
            return Some(Opened::unreadable(text, vec![wrong], cost));
        }
    };
    open_text(text, progress)
}

/// Opens a document whose text is known, and reports to `progress`. Returns `None` if the task was cancelled.
#[must_use]
pub fn open_text(text: Arc<String>, progress: &Progress) -> Option<Opened> {
    let started = progress.now();
    let elapsed = || progress.now().saturating_sub(started);
    let (resolved, found, mut cost) = match open_chunks(&text, progress) {
        Some(opened) => opened,
        None if progress.is_cancelled() => return None,
        None => {
            let document::Parsed { timeline, recovery: found } = document::parse_with_diagnostics(&text);
            let cost = Cost { parse: elapsed(), ..Cost::default() };
            let Some(written) = timeline else {
                let diagnostics = document::locate(&text, Vec::new(), &found);
                return Some(Opened { text, ..Opened::unreadable(String::new(), diagnostics, cost) });
            };
            (timeline::resolve_recovered(written, found.paths()), found, cost)
        }
    };
    let timeline::Resolved { timeline, problems, indexing } = resolved;
    // Nothing to find costs nothing, and else it is one pass over the text.
    let is_good = problems.is_empty() && found.is_empty();
    let diagnostics = if is_good { Vec::new() } else { document::locate(&text, problems, &found) };
    cost.index = indexing;
    cost.resolve = elapsed().saturating_sub(cost.parse + cost.index);
    (!progress.is_cancelled()).then_some(Opened { timeline, diagnostics, text, cost })
}

/// The result of opening in chunks: the resolved document, what is wrong with how it is written, and what it cost.
type InChunks = (timeline::Resolved, document::Recovery, Cost);

/// Opens a document chunk by chunk. Returns `None` if it cannot be cut, or if the task was cancelled.
fn open_chunks(text: &Arc<String>, progress: &Progress) -> Option<InChunks> {
    let started = progress.now();
    let mut chunks = document::Chunks::cut(text, progress)?;
    let cut = progress.now();
    let resolver = timeline::Resolver::new(chunks.take_rest(), Arc::clone(text));
    let before = progress.now();
    let made = chunks.map(progress, |piece, events| resolver.batch(piece, events))?;
    let worked = (made.parse_time + made.map_time).as_secs_f64();
    let share = if worked > 0.0 { made.parse_time.as_secs_f64() / worked } else { 1.0 };
    let parse = cut.saturating_sub(started) + progress.now().saturating_sub(before).mul_f64(share);
    let all = resolver.finish(made.parts, made.recovery.paths(), progress)?;
    Some((all, made.recovery, Cost { parse, ..Cost::default() }))
}
