//! What an edit of a text changes in the timeline of it: the batches that it touches, read and resolved again.
//!
//! An edit of which this cannot tell what it changes elsewhere has no [`Amendment`]: mistakes of writing, problems between
//! several events, ids that are taken away from what refers to them, and other lanes, sources, series or another zone.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use crate::document::{self, MAX_EVENTS, MAX_FILE_BYTES, Piece};

use super::batch::Batch;
use super::events::Placed;
use super::kept::Kept;
use super::model::Timeline;
use super::omitted::Faulty;
use super::records::Records;
use super::resolve::Resolver;

/// Bytes of a text, and what replaces them.
pub type TextEdit<'a> = (Range<usize>, &'a str);

/// Minimum number of bytes that may be read again, whatever the length of the text.
const LEAST_BYTES: usize = 4 << 20;
/// Share of a text that may be read again; beyond, reading all of it takes hardly longer.
const MOST_SHARE: usize = 8;

/// What an edit changes in a timeline.
#[derive(Debug)]
pub struct Amendment {
    /// The timeline without events, if the edit is not only in events.
    pub(super) rest: Option<Box<(Timeline, Kept)>>,
    /// The runs of batches that are replaced, in document order.
    pub(super) runs: Vec<Run>,
    /// Where the text of the events begins after the edit.
    pub(super) start: usize,
}

/// A run of batches that is replaced.
#[derive(Debug)]
pub(super) struct Run {
    pub old: Range<usize>,
    /// What replaces them. Where these are in the document is found when the timeline is changed.
    pub new: Vec<Placed>,
}

/// A run of batches, and the edits in it.
struct Touched {
    batches: Range<usize>,
    edits: Range<usize>,
}

impl Timeline {
    /// Returns what some edits of the text of the document change; they are disjoint and ascending. Returns `None` if only
    /// opening the edited text can tell, or takes no longer.
    #[must_use]
    pub fn amendment(&self, text: &str, edits: &[TextEdit<'_>]) -> Option<Amendment> {
        let kept = self.kept.as_ref().filter(|kept| kept.is_whole)?;
        let batches = &self.events.batches;
        let (first, last) = (batches.first()?, batches.last()?);
        let events = first.bytes.start..last.bytes.end;
        if events.start == 0 {
            return None;
        }
        let inside = |range: &Range<usize>| events.start <= range.start && range.end <= events.end;
        let from = edits.partition_point(|(range, _)| range.start < events.start);
        let to = edits.partition_point(|(range, _)| range.end <= events.end);
        let within = edits.get(from..to)?;
        let (before, after) = (edits.get(..from)?, edits.get(to..)?);
        let is_apart = |(range, _): &TextEdit<'_>| range.end <= events.start || range.start >= events.end;
        if !within.iter().all(|(range, _)| inside(range)) || !before.iter().chain(after).all(is_apart) {
            return None;
        }
        let head = spliced(text, 0..events.start, before)?;
        let added: usize = edits.iter().map(|(_, new)| new.len()).sum();
        let touched: usize = within.iter().map(|(range, _)| range.len()).sum();
        let most = (text.len() / MOST_SHARE).max(LEAST_BYTES);
        if text.len() + added > MAX_FILE_BYTES || added + touched > most {
            return None;
        }
        let rest = if before.is_empty() && after.is_empty() {
            None
        } else {
            let tail = spliced(text, events.end..text.len(), after)?;
            Some(Box::new(rest(kept, &head, &tail)?))
        };
        let start = head.len();
        let runs = self.read_runs(kept, text, within, most)?;
        let amendment = Amendment { rest, runs, start };
        self.is_apart(&amendment).then_some(amendment)
    }

    /// Reads the batches that the edits touch again.
    fn read_runs(&self, kept: &Kept, text: &str, edits: &[TextEdit<'_>], most: usize) -> Option<Vec<Run>> {
        let batches = &self.events.batches;
        let mut touched = touched(batches, edits);
        let mut runs = Vec::with_capacity(touched.len());
        let mut at = 0;
        let mut is_extended = false;
        while let Some(Touched { batches: old, edits: own }) = touched.get(at) {
            let (start, end) = (batches.get(old.start)?.bytes.start, batches.get(old.end.checked_sub(1)?)?.bytes.end);
            if end - start > most {
                return None;
            }
            let part = spliced(text, start..end, edits.get(own.clone())?)?;
            let piece = Piece { first: 0, at: 0, text: &part };
            let is_last = old.end == batches.len();
            let mut resolve = |piece: Piece<'_>, events: &[document::Event<document::Text<'_>>]| {
                Placed::from(Batch::new(&kept.references, piece, events))
            };
            if let Some(mut new) = document::map_part(piece, is_last, &mut resolve) {
                for batch in &mut new {
                    batch.omitted = omitted(&batch.records);
                }
                runs.push(Run { old: old.clone(), new });
                (at, is_extended) = (at + 1, false);
            } else if is_last || is_extended {
                return None;
            } else {
                // What follows the last comma may belong to the next batch.
                is_extended = true;
                let end = old.end + 1;
                touched.get_mut(at)?.batches.end = end;
                if touched.get(at + 1).is_some_and(|next| next.batches.start < end) {
                    let next = touched.remove(at + 1);
                    let own = touched.get_mut(at)?;
                    own.batches.end = end.max(next.batches.end);
                    own.edits.end = next.edits.end;
                }
            }
        }
        Some(runs)
    }

    /// Returns whether nothing that the amendment changes matters to other events: no id is new that another has, and none
    /// that others refer to is missing.
    fn is_apart(&self, Amendment { runs, .. }: &Amendment) -> bool {
        let batches = &self.events.batches;
        let old = || runs.iter().filter_map(|run| batches.get(run.old.clone())).flatten();
        let new = || runs.iter().flat_map(|run| &run.new);
        let count = |batch: &Placed| batch.records.events.len();
        let all = batches.iter().map(count).sum::<usize>() + new().map(count).sum::<usize>();
        let shown = |batch: &Placed| count(batch) - batch.omitted.len();
        let before: usize = batches.iter().map(shown).sum();
        let after = before + new().map(shown).sum::<usize>() - old().map(shown).sum::<usize>();
        // Where nothing is left, there may be no timeline.
        if after == 0 || all - old().map(count).sum::<usize>() > MAX_EVENTS {
            return false;
        }
        let (gone, came) = differences(sorted_hashes(old()), sorted_hashes(new()));
        let is_twice = came.windows(2).any(|pair| matches!(pair, [one, other] if one == other));
        if is_twice || came.iter().any(|hash| self.events.with_hash(*hash).next().is_some()) {
            return false;
        }
        let gone: HashSet<u64> = gone.into_iter().collect();
        let replaced: HashSet<usize> = runs.iter().flat_map(|run| run.old.clone()).collect();
        let is_kept = |(number, _): &(usize, &Placed)| !replaced.contains(number);
        let mut kept = batches.iter().enumerate().filter(is_kept).flat_map(|(_, batch)| &batch.records.related);
        if !gone.is_empty() && kept.any(|related| gone.contains(&related.hash)) {
            return false;
        }
        let is_there = |hash: u64| {
            came.binary_search(&hash).is_ok() || !gone.contains(&hash) && self.events.with_hash(hash).next().is_some()
        };
        new().all(|batch| {
            let records = &batch.records;
            records.related().all(|(offset, _, related)| {
                let is_own = records.hashes.get(offset) == Some(&related.hash);
                !is_own && !related.is_empty && is_there(related.hash)
            })
        })
    }
}

/// Returns the document without events, if events are resolved with it as they were before.
fn rest(kept: &Kept, head: &str, tail: &str) -> Option<(Timeline, Kept)> {
    let rest = document::read_without_events(head, tail)?;
    let mut resolver = Resolver::new(rest, Arc::default());
    if !resolver.refers_as(&kept.references) {
        return None;
    }
    resolver.hash_as(&kept.references);
    let (timeline, mut rest) = resolver.rest(&[]);
    rest.is_whole = true;
    Some((timeline, rest))
}

/// Returns a part of a text after edits in it.
fn spliced(text: &str, part: Range<usize>, edits: &[TextEdit<'_>]) -> Option<String> {
    let mut new = String::with_capacity(part.len() + edits.iter().map(|(_, with)| with.len()).sum::<usize>());
    let mut at = part.start;
    for (range, with) in edits {
        new.push_str(text.get(at..range.start)?);
        new.push_str(with);
        at = range.end;
    }
    new.push_str(text.get(at..part.end)?);
    Some(new)
}

/// Returns the runs of batches that some edits touch, and the edits in each.
fn touched(batches: &[Placed], edits: &[TextEdit<'_>]) -> Vec<Touched> {
    let mut runs: Vec<Touched> = Vec::new();
    for (number, (range, _)) in edits.iter().enumerate() {
        // What is inserted between two batches is after the first.
        let start = batches.partition_point(|batch| batch.bytes.end < range.start);
        let end = batches.partition_point(|batch| batch.bytes.start < range.end).max(start + 1);
        match runs.last_mut().filter(|last| start < last.batches.end) {
            Some(last) => (last.batches.end, last.edits.end) = (end.max(last.batches.end), number + 1),
            None => runs.push(Touched { batches: start..end, edits: number..number + 1 }),
        }
    }
    runs
}

/// Returns the positions of the events with errors.
fn omitted(records: &Records) -> Vec<u32> {
    let faulty = Faulty::of(&records.problems, &[]).events;
    let mut omitted: Vec<u32> = faulty.into_iter().map(|number| number as u32).collect();
    omitted.sort_unstable();
    omitted
}

fn sorted_hashes<'a>(batches: impl Iterator<Item = &'a Placed>) -> Vec<u64> {
    let mut hashes: Vec<u64> = batches.flat_map(|batch| batch.records.hashes.iter().copied()).collect();
    hashes.sort_unstable();
    hashes
}

/// Returns what is only in the first and only in the second of two sorted lists, counting equal ones.
fn differences(one: Vec<u64>, other: Vec<u64>) -> (Vec<u64>, Vec<u64>) {
    let (mut only_one, mut only_other) = (Vec::new(), Vec::new());
    let mut other = other.into_iter().peekable();
    for hash in one {
        only_other.extend(std::iter::from_fn(|| other.next_if(|other| *other < hash)));
        if other.next_if_eq(&hash).is_none() {
            only_one.push(hash);
        }
    }
    only_other.extend(other);
    (only_one, only_other)
}
