//! A large document in pieces: its list of events is cut between events, and the pieces are parsed on all cores.
//!
//! Only what is surely good comes out of here: whenever a piece, or what is left without the events, is not accepted,
//! there is no answer, and the whole text is read again by the way that finds every problem.

use std::ops::Range;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use super::MAX_EVENTS;
use super::read::options;
use super::scan::{Scanner, TokenKind};
use super::structure::check_structure;
use super::types::{Event, Timeline};

/// A text shorter than this, in bytes, is not worth cutting.
pub(super) const WORTH_CUTTING: usize = 1 << 20;
/// About how long a piece is, in bytes.
const PIECE: usize = 256 << 10;

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

/// A run of whole events, with its number in the order of the text.
struct Piece<'t> {
    number: usize,
    text: &'t str,
}

/// What came of the pieces.
type Parsed = Vec<(usize, Vec<Event>)>;

/// Reads a good document; none where anything is amiss, or when it was called off.
pub(super) fn read_good(text: &str, progress: &Progress) -> Option<Timeline> {
    let threads = thread::available_parallelism().map_or(2, std::num::NonZero::get);
    let (sender, receiver) = sync_channel(4 * threads);
    let receiver = Mutex::new(receiver);
    let failed = AtomicBool::new(false);
    let stop = || failed.load(Ordering::Relaxed) || progress.is_cancelled();
    thread::scope(|scope| {
        let structure = scope.spawn(|| check_structure(text).is_empty());
        let workers: Vec<_> =
            (0..threads).map(|_| scope.spawn(|| parse_pieces(&receiver, &failed, progress))).collect();
        let events = cut(text, &sender, &stop);
        // This tells the workers that there is no more.
        drop(sender);
        let parsed: Option<Vec<Parsed>> = workers.into_iter().map(|worker| worker.join().ok()).collect();
        let sound = structure.join().is_ok_and(|sound| sound) && !stop();
        let (events, parsed) = (events?, parsed?);
        if sound { join(text, &events, parsed) } else { None }
    })
}

/// Sends the list of events off in pieces; answers where its content stands.
fn cut<'t>(text: &'t str, sender: &SyncSender<Piece<'t>>, stop: &dyn Fn() -> bool) -> Option<Range<usize>> {
    let mut scanner = Scanner::new(text);
    // Attributes change how the rest is read, and a piece would not know of them.
    if scanner.peek().kind == TokenKind::Other('#') {
        return None;
    }
    scanner.take(TokenKind::Word);
    scanner.take(TokenKind::Open('('))?;
    while let Some(name) = scanner.take(TokenKind::Word) {
        scanner.take(TokenKind::Colon)?;
        if scanner.word(name) == "events" {
            scanner.take(TokenKind::Open('['))?;
            return cut_list(text, scanner, sender, stop);
        }
        scanner.skip_value();
        scanner.take(TokenKind::Comma);
    }
    None
}

fn cut_list<'t>(
    text: &'t str,
    mut scanner: Scanner<'t>,
    sender: &SyncSender<Piece<'t>>,
    stop: &dyn Fn() -> bool,
) -> Option<Range<usize>> {
    let first = scanner.position();
    let (mut start, mut number) = (first, 0);
    loop {
        let at_end = scanner.peek().ends_group();
        let end = scanner.position();
        if end - start >= PIECE || (at_end && end > start) {
            if stop() || sender.send(Piece { number, text: text.get(start..end)? }).is_err() {
                return None;
            }
            (start, number) = (end, number + 1);
        }
        if at_end {
            return Some(first..end);
        }
        scanner.skip_value();
        // Without a comma the list must end here; anything else is for the other way to explain.
        if scanner.take(TokenKind::Comma).is_none() && !scanner.peek().ends_group() {
            return None;
        }
    }
}

fn parse_pieces(pieces: &Mutex<Receiver<Piece<'_>>>, failed: &AtomicBool, progress: &Progress) -> Parsed {
    let mut parsed = Vec::new();
    loop {
        // The lock is held for the wait only; a poisoned one means that another worker has panicked.
        let next = pieces.lock().ok().and_then(|pieces| pieces.recv().ok());
        let Some(Piece { number, text }) = next else { return parsed };
        if failed.load(Ordering::Relaxed) || progress.is_cancelled() {
            continue;
        }
        match options().from_str::<Vec<Event>>(&format!("[{text}]")) {
            Ok(events) => {
                progress.add(text.len(), events.len());
                parsed.push((number, events));
            }
            Err(_) => failed.store(true, Ordering::Relaxed),
        }
    }
}

/// The document without its events, and the events put back in their order.
fn join(text: &str, events: &Range<usize>, parsed: Vec<Parsed>) -> Option<Timeline> {
    let shell = [text.get(..events.start)?, text.get(events.end..)?].concat();
    let mut timeline: Timeline = options().from_str(&shell).ok()?;
    let mut pieces: Parsed = parsed.into_iter().flatten().collect();
    pieces.sort_unstable_by_key(|(number, _)| *number);
    timeline.events.reserve_exact(pieces.iter().map(|(_, events)| events.len()).sum());
    for (_, events) in pieces {
        timeline.events.extend(events);
    }
    (timeline.events.len() <= MAX_EVENTS).then_some(timeline)
}
