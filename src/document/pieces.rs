//! A document in pieces: its list of events is cut between events, and the pieces are parsed on all cores.
//!
//! Only what is surely good comes out of here: whenever a piece, or what is left without the events, is not accepted,
//! there is no answer, and the whole text is read again by the way that finds every problem.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use ron::Deserializer;
use serde::Deserialize as _;

use super::cut::{Cut, Piece, cut};
use super::position::BOM;
use super::read::options;
use super::scan::{Scanner, TokenKind};
use super::structure::check_structure;
use super::text::Text;
use super::types::{Event, Timeline};

/// How far a reading has come, for one who waits for it and may call it off.
#[derive(Debug, Default)]
pub struct Progress {
    total: AtomicUsize,
    bytes: AtomicUsize,
    events: AtomicUsize,
    cancelled: AtomicBool,
}

impl Progress {
    /// Bytes of the whole document; 0 before the reading has begun.
    #[must_use]
    pub fn total(&self) -> usize {
        self.total.load(Ordering::Relaxed)
    }

    pub(super) fn begin(&self, total: usize) {
        self.total.store(total, Ordering::Relaxed);
    }

    /// Bytes that have been parsed.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.bytes.load(Ordering::Relaxed)
    }

    /// Events that have been parsed.
    #[must_use]
    pub fn events(&self) -> usize {
        self.events.load(Ordering::Relaxed)
    }

    /// Calls the reading off; it ends soon after.
    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }

    /// Whether the reading has been called off.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }

    fn add(&self, bytes: usize, events: usize) {
        self.bytes.fetch_add(bytes, Ordering::Relaxed);
        self.events.fetch_add(events, Ordering::Relaxed);
    }
}

/// A document that was cut, with its events still to be read.
#[derive(Debug)]
pub struct Pieces<'t> {
    text: &'t str,
    rest: Timeline,
    list: Vec<Piece>,
}

/// What was made of all events, piece by piece.
#[derive(Debug)]
pub struct Made<T> {
    /// What was made of each piece, in the order of the text.
    pub parts: Vec<T>,
    /// Time that the threads spent on parsing, all together.
    pub parsing: Duration,
    /// Time that the threads spent on making something of what they parsed, all together.
    pub making: Duration,
}

impl<'t> Pieces<'t> {
    /// Cuts a text; none where anything but its events is not surely good, or when it was called off.
    #[must_use]
    pub fn cut(text: &'t str, progress: &Progress) -> Option<Self> {
        progress.begin(text.len());
        let text = text.strip_prefix(BOM).unwrap_or(text);
        let Cut { rest, pieces } = cut(text, &|| progress.is_cancelled())?;
        // Strings of events are measured when they are parsed, and no event is nested deeply.
        let sound = check_structure(&rest).is_empty();
        let rest: Timeline = sound.then(|| options().from_str(&rest).ok()).flatten()?;
        // Events that are left could only come from a text that the cutter does not understand.
        rest.events.is_empty().then_some(Self { text, rest, list: pieces })
    }

    /// Takes out the document without its events.
    #[must_use]
    pub fn take_rest(&mut self) -> Timeline {
        std::mem::take(&mut self.rest)
    }

    /// Reads the events on all cores and makes something of each piece, where it was parsed: `make` gets the number of
    /// the first event and the events. None where an event is not good, or when it was called off.
    pub fn read<T: Send>(
        &self,
        progress: &Progress,
        make: impl Fn(usize, &[Event<Text<'t>>]) -> T + Sync,
    ) -> Option<Made<T>> {
        let threads = thread::available_parallelism().map_or(2, std::num::NonZero::get).min(self.list.len());
        let work = Work { pieces: self, progress, make, next: AtomicUsize::new(0), failed: AtomicBool::new(false) };
        let (parsing, making) = (AtomicU64::new(0), AtomicU64::new(0));
        let parts = Mutex::new(Vec::with_capacity(self.list.len()));
        let run = || {
            let done = work.run();
            parsing.fetch_add(done.parsing.as_nanos() as u64, Ordering::Relaxed);
            making.fetch_add(done.making.as_nanos() as u64, Ordering::Relaxed);
            if let Ok(mut parts) = parts.lock() {
                parts.extend(done.parts);
            }
        };
        // This thread is one of them, so that small documents need no other.
        thread::scope(|scope| {
            for _ in 1..threads {
                scope.spawn(run);
            }
            run();
        });
        let mut parts = parts.into_inner().ok()?;
        if parts.len() < self.list.len() {
            return None;
        }
        parts.sort_unstable_by_key(|(number, _)| *number);
        let time = |nanoseconds: AtomicU64| Duration::from_nanos(nanoseconds.into_inner());
        Some(Made {
            parts: parts.into_iter().map(|(_, part)| part).collect(),
            parsing: time(parsing),
            making: time(making),
        })
    }
}

/// What the threads share.
struct Work<'p, 't, M> {
    pieces: &'p Pieces<'t>,
    progress: &'p Progress,
    make: M,
    /// The piece that nobody has taken yet.
    next: AtomicUsize,
    failed: AtomicBool,
}

impl<'t, T, M: Fn(usize, &[Event<Text<'t>>]) -> T> Work<'_, 't, M> {
    /// Takes pieces until there are no more, or until it makes no sense to go on.
    fn run(&self) -> Made<(usize, T)> {
        let mut made = Made { parts: Vec::new(), parsing: Duration::ZERO, making: Duration::ZERO };
        let mut events = Vec::new();
        let mut before = Instant::now();
        while !self.failed.load(Ordering::Relaxed) && !self.progress.is_cancelled() {
            let number = self.next.fetch_add(1, Ordering::Relaxed);
            let Some(piece) = self.pieces.list.get(number) else { break };
            events.clear();
            let parsed = self.pieces.text.get(piece.bytes.clone()).and_then(|text| parse(text, &mut events));
            if parsed.is_none() || events.len() != piece.count {
                self.failed.store(true, Ordering::Relaxed);
                break;
            }
            let parsed = Instant::now();
            made.parsing += parsed - before;
            self.progress.add(piece.bytes.len(), events.len());
            made.parts.push((number, (self.make)(piece.first, &events)));
            before = Instant::now();
            made.making += before - parsed;
        }
        made
    }
}

/// Adds the events of a piece; none where anything is amiss.
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
