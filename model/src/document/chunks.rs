//! Parses a document in chunks: its list of events is cut between events, and the chunks are parsed on all cores.
//!
//! A chunk that `ron` rejects, or the rest of the document without its events, is walked by the checker, which finds
//! every mistake and how to recover from it. If that fails, because the cutter may have been misled, the result is
//! `None`, and the caller parses the whole text again by the slow path.

use std::time::Duration;

use rayon::prelude::*;
use ron::Deserializer;
use serde::Deserialize as _;

use super::check::{check, check_events};
use super::cut::{Chunk, Cut, cut};
use super::options::options;
use super::position::BOM;
use super::recovery::Recovery;
use super::scan::{Scanner, TokenKind};
use super::structure::{broken, check_structure};
use super::text::Text;
use super::types::{Event, Timeline};
use crate::progress::Progress;

/// A document that was cut, with its events still to be parsed.
#[derive(Debug)]
pub struct Chunks<'t> {
    text: &'t str,
    /// Number of bytes before that text.
    shift: usize,
    rest: Timeline,
    /// The problems of the rest.
    recovery: Recovery,
    list: Vec<Chunk>,
}

/// A run of whole events of a document.
#[derive(Clone, Copy, Debug, Default)]
pub struct Piece<'t> {
    /// The number of its first event in the document.
    pub first: usize,
    /// Number of bytes of the document before it.
    pub at: usize,
    /// Its text, up to and including the comma after the last event; empty for events without a text.
    pub text: &'t str,
}

/// The results of mapping all events, chunk by chunk.
#[derive(Debug)]
pub struct Mapped<T> {
    /// The result of each chunk, in text order.
    pub parts: Vec<T>,
    /// The syntax problems.
    pub recovery: Recovery,
    /// Total time that the threads spent on parsing.
    pub parse_time: Duration,
    /// Total time that the threads spent on mapping what they parsed.
    pub map_time: Duration,
}

/// The result of mapping one chunk.
struct Part<T> {
    value: T,
    recovery: Recovery,
    parse_time: Duration,
    map_time: Duration,
}

impl<'t> Chunks<'t> {
    /// Cuts a text. Returns `None` if that is impossible, or if the task was cancelled.
    #[must_use]
    pub fn cut(text: &'t str, progress: &Progress) -> Option<Self> {
        progress.begin(text.len() as u64);
        let body = text.strip_prefix(BOM).unwrap_or(text);
        let shift = text.len() - body.len();
        let Cut { rest, events, chunks } = cut(body, &|| progress.is_cancelled())?;
        let (rest, recovery) = read_rest(&rest, events.start)?;
        let gap = events.len();
        let recovery = recovery.moved(|at| at + shift + if at >= events.start { gap } else { 0 });
        // Remaining events mean that the cutter misunderstood the text.
        rest.events.is_empty().then_some(Self { text: body, shift, rest, recovery, list: chunks })
    }

    /// Takes the document without its events.
    #[must_use]
    pub fn take_rest(&mut self) -> Timeline {
        std::mem::take(&mut self.rest)
    }

    /// Parses the events on all cores and maps each chunk on the thread that parsed it: `map` is called with where the
    /// events are and the events, with fillers for what cannot be read. Returns `None` if a chunk cannot be read at all,
    /// or if the task was cancelled.
    pub fn map<T: Send>(
        &self,
        progress: &Progress,
        map: impl Fn(Piece<'_>, &[Event<Text<'_>>]) -> T + Sync,
    ) -> Option<Mapped<T>> {
        let part = |events: &mut Vec<Event<Text<'t>>>, chunk: &Chunk| {
            let part = if progress.is_cancelled() { None } else { self.part(chunk, events, progress, &map) };
            progress.advance(chunk.bytes.len() as u64, chunk.count as u64);
            part
        };
        // A small document needs no threads.
        let parts: Option<Vec<Part<T>>> = match self.list.as_slice() {
            [] => Some(Vec::new()),
            [only] => part(&mut Vec::new(), only).map(|part| vec![part]),
            several => several.par_iter().map_init(Vec::new, part).collect(),
        };
        let parts = parts?;
        let mut mapped = Mapped {
            parts: Vec::with_capacity(parts.len()),
            recovery: self.recovery.clone(),
            parse_time: Duration::ZERO,
            map_time: Duration::ZERO,
        };
        for part in parts {
            mapped.parts.push(part.value);
            mapped.recovery.add(part.recovery);
            mapped.parse_time += part.parse_time;
            mapped.map_time += part.map_time;
        }
        Some(mapped)
    }

    /// Parses and maps one chunk; `events` is a buffer that is reused.
    fn part<T>(
        &self,
        chunk: &Chunk,
        events: &mut Vec<Event<Text<'t>>>,
        progress: &Progress,
        map: &impl Fn(Piece<'_>, &[Event<Text<'_>>]) -> T,
    ) -> Option<Part<T>> {
        let started = progress.now();
        events.clear();
        let text = self.text.get(chunk.bytes.clone()).unwrap_or_default();
        let piece = Piece { first: chunk.first, at: chunk.bytes.start + self.shift, text };
        let is_good = parse(text, events).is_some() && events.len() == chunk.count;
        let parsed = progress.now();
        let (value, recovery) =
            if is_good { (map(piece, events), Recovery::default()) } else { recover(piece, chunk.count, map)? };
        let parse_time = parsed.saturating_sub(started);
        Some(Part { value, recovery, parse_time, map_time: progress.now().saturating_sub(parsed) })
    }
}

/// Maps a piece with mistakes, which are included in the result.
fn recover<T>(
    piece: Piece<'_>,
    count: usize,
    map: &impl Fn(Piece<'_>, &[Event<Text<'_>>]) -> T,
) -> Option<(T, Recovery)> {
    if broken(piece.text).is_some() {
        return None;
    }
    let recovery = check_events(piece.text, piece.first);
    if recovery.is_empty() || recovery.gave_up {
        return None;
    }
    let repaired = recovery.repair(piece.text);
    let mut events = Vec::with_capacity(count);
    parse(&repaired.text, &mut events).filter(|()| events.len() == count)?;
    let value = map(piece, &events);
    Some((value, recovery.moved(|at| at + piece.at)))
}

/// Returns the document without its events, which were at `gap`, and its problems; `None` if it cannot be read.
pub(super) fn read_rest(text: &str, gap: usize) -> Option<(Timeline, Recovery)> {
    // The length of strings in events is checked when they are parsed, and no event is nested deeply.
    if check_structure(text).is_empty()
        && let Ok(rest) = options().from_str(text)
    {
        return Some((rest, Recovery::default()));
    }
    if broken(text).is_some() {
        return None;
    }
    let found = check(text);
    let over_gap = found.splices.iter().any(|splice| splice.span.start < gap && gap < splice.span.end);
    if found.is_empty() || found.gave_up || over_gap {
        return None;
    }
    let rest = options().from_str(&found.repair(text).text).ok()?;
    Some((rest, found))
}

/// Adds the events of a chunk. Returns `None` if it has a mistake.
pub(super) fn parse<'t>(mut rest: &'t str, events: &mut Vec<Event<Text<'t>>>) -> Option<()> {
    let options = options();
    loop {
        let mut scanner = Scanner::new(rest);
        let first = scanner.peek();
        match first.kind {
            TokenKind::End => return Some(()),
            TokenKind::Open('(') | TokenKind::Word => {}
            // `ron` would parse a `#` as the beginning of an attribute.
            _ => return None,
        }
        let mut deserializer = Deserializer::from_str_with_options(rest.get(first.start..)?, &options).ok()?;
        events.push(Event::deserialize(&mut deserializer).ok()?);
        rest = deserializer.remainder();
        scanner = Scanner::new(rest);
        let comma = scanner.take(TokenKind::Comma);
        rest = rest.get(scanner.position()..)?;
        if comma.is_none() && Scanner::new(rest).peek().kind != TokenKind::End {
            return None;
        }
    }
}
