//! A document in chunks: its list of events is cut between events, and the chunks are parsed on all cores.
//!
//! A chunk that is not accepted, or what is left without the events, is walked by the checker, which finds every mistake
//! and how to read over it. Where that does not help, because the cutter may have been misled, there is no answer, and
//! the whole text is read again by the slow way.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

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

/// A document that was cut, with its events still to be read.
#[derive(Debug)]
pub struct Chunks<'t> {
    text: &'t str,
    /// How many bytes stand before that text.
    shift: usize,
    rest: Timeline,
    /// What is wrong with the rest.
    recovery: Recovery,
    list: Vec<Chunk>,
}

/// What was made of all events, chunk by chunk.
#[derive(Debug)]
pub struct Mapped<T> {
    /// What was made of each chunk, in the order of the text.
    pub parts: Vec<T>,
    /// What is wrong with how the document is written.
    pub recovery: Recovery,
    /// Time that the threads spent on parsing, all together.
    pub parse_time: Duration,
    /// Time that the threads spent on making something of what they parsed, all together.
    pub map_time: Duration,
}

impl<'t> Chunks<'t> {
    /// Cuts a text; none where that cannot be done, or when it was called off.
    #[must_use]
    pub fn cut(text: &'t str, progress: &Progress) -> Option<Self> {
        progress.begin(text.len() as u64);
        let body = text.strip_prefix(BOM).unwrap_or(text);
        let shift = text.len() - body.len();
        let Cut { rest, events, chunks } = cut(body, &|| progress.is_cancelled())?;
        let (rest, found) = read_rest(&rest, events.start)?;
        let gap = events.len();
        let found = found.moved(|at| at + shift + if at >= events.start { gap } else { 0 });
        // Events that are left could only come from a text that the cutter does not understand.
        rest.events.is_empty().then_some(Self { text: body, shift, rest, recovery: found, list: chunks })
    }

    /// Takes out the document without its events.
    #[must_use]
    pub fn take_rest(&mut self) -> Timeline {
        std::mem::take(&mut self.rest)
    }

    /// Reads the events on all cores and makes something of each chunk, where it was parsed: `make` gets the number of
    /// the first event and the events, with fillers for what cannot be read. None where a chunk cannot be read at all, or
    /// when it was called off.
    pub fn read<T: Send>(
        &self,
        progress: &Progress,
        make: impl Fn(usize, &[Event<Text<'_>>]) -> T + Sync,
    ) -> Option<Mapped<T>> {
        let threads = thread::available_parallelism().map_or(2, std::num::NonZero::get).min(self.list.len());
        let work = Work { chunks: self, progress, make, next: AtomicUsize::new(0), failed: AtomicBool::new(false) };
        let (parse_time, map_time) = (AtomicU64::new(0), AtomicU64::new(0));
        let parts = Mutex::new((Vec::with_capacity(self.list.len()), self.recovery.clone()));
        let run = || {
            let done = work.run();
            parse_time.fetch_add(done.parse_time.as_nanos() as u64, Ordering::Relaxed);
            map_time.fetch_add(done.map_time.as_nanos() as u64, Ordering::Relaxed);
            if let Ok(mut parts) = parts.lock() {
                parts.0.extend(done.parts);
                parts.1.add(done.recovery);
            }
        };
        // This thread is one of them, so that small documents need no other.
        thread::scope(|scope| {
            for _ in 1..threads {
                scope.spawn(run);
            }
            run();
        });
        let (mut parts, found) = parts.into_inner().ok()?;
        if parts.len() < self.list.len() {
            return None;
        }
        parts.sort_unstable_by_key(|(number, _)| *number);
        let time = |nanoseconds: AtomicU64| Duration::from_nanos(nanoseconds.into_inner());
        Some(Mapped {
            parts: parts.into_iter().map(|(_, part)| part).collect(),
            recovery: found,
            parse_time: time(parse_time),
            map_time: time(map_time),
        })
    }
}

/// What the threads share.
struct Work<'p, 't, M> {
    chunks: &'p Chunks<'t>,
    progress: &'p Progress,
    make: M,
    /// The chunk that nobody has taken yet.
    next: AtomicUsize,
    failed: AtomicBool,
}

impl<T, M: Fn(usize, &[Event<Text<'_>>]) -> T> Work<'_, '_, M> {
    /// Takes chunks until there are no more, or until it makes no sense to go on.
    fn run(&self) -> Mapped<(usize, T)> {
        let mut made = Mapped {
            parts: Vec::new(),
            recovery: Recovery::default(),
            parse_time: Duration::ZERO,
            map_time: Duration::ZERO,
        };
        let mut events = Vec::new();
        let mut before = self.progress.now();
        while !self.failed.load(Ordering::Relaxed) && !self.progress.is_cancelled() {
            let number = self.next.fetch_add(1, Ordering::Relaxed);
            let Some(chunk) = self.chunks.list.get(number) else { break };
            events.clear();
            let text = self.chunks.text.get(chunk.bytes.clone()).unwrap_or_default();
            let is_good = parse(text, &mut events).is_some() && events.len() == chunk.count;
            let parsed = self.progress.now();
            made.parse_time += parsed.saturating_sub(before);
            let part =
                if is_good { Some((self.make)(chunk.first, &events)) } else { self.mend(text, chunk, &mut made) };
            let Some(part) = part else {
                self.failed.store(true, Ordering::Relaxed);
                break;
            };
            self.progress.advance(chunk.bytes.len() as u64, chunk.count as u64);
            made.parts.push((number, part));
            before = self.progress.now();
            made.map_time += before.saturating_sub(parsed);
        }
        made
    }
}

impl<T, M: Fn(usize, &[Event<Text<'_>>]) -> T> Work<'_, '_, M> {
    /// Makes something of a chunk with mistakes, and notes these.
    fn mend(&self, text: &str, chunk: &Chunk, made: &mut Mapped<(usize, T)>) -> Option<T> {
        if broken(text).is_some() {
            return None;
        }
        let found = check_events(text, chunk.first);
        if found.is_empty() || found.gave_up {
            return None;
        }
        let repaired = found.repair(text);
        let mut events = Vec::with_capacity(chunk.count);
        parse(&repaired.text, &mut events).filter(|()| events.len() == chunk.count)?;
        let part = (self.make)(chunk.first, &events);
        let start = chunk.bytes.start + self.chunks.shift;
        made.recovery.add(found.moved(|at| at + start));
        Some(part)
    }
}

/// The document without its events, and what is wrong with it; none where it cannot be read. The events stood at `gap`.
fn read_rest(text: &str, gap: usize) -> Option<(Timeline, Recovery)> {
    // Strings of events are measured when they are parsed, and no event is nested deeply.
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

/// Adds the events of a chunk; none where anything is amiss.
fn parse<'t>(mut rest: &'t str, events: &mut Vec<Event<Text<'t>>>) -> Option<()> {
    let options = options();
    loop {
        let mut scanner = Scanner::new(rest);
        let first = scanner.peek();
        match first.kind {
            TokenKind::End => return Some(()),
            TokenKind::Open('(') | TokenKind::Word => {}
            // `ron` would take a `#` for the beginning of an attribute.
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
