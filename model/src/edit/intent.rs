//! What is to be changed.

use thiserror::Error;

use super::insert::{Gap, insert, window};
use super::reconcile::{gap, insert_field, reconcile, without};
use super::remove::remove;
use super::splice::{Splice, Splices};
use crate::document::parts::{ListPosition, Part, bare, fields, find, item_from, items, next_item, value_at};
use crate::document::{DocPath, PathSegment, Value, field_names};

/// A change of a document.
#[derive(Clone, Debug, PartialEq)]
pub enum Intent<'v> {
    /// Gives a value to a field, or to an item of a list. Only what differs is changed.
    Set {
        /// The field or item. A field may be absent.
        path: DocPath,
        /// The value.
        value: Value<'v>,
    },
    /// Removes a field.
    Unset {
        /// The field.
        path: DocPath,
    },
    /// Adds an item to a list.
    Insert {
        /// The list, which may be absent.
        list: DocPath,
        /// The number that the item will have; past the end, it is the last.
        index: usize,
        /// The item.
        value: Value<'v>,
    },
    /// Removes an item from a list.
    Remove {
        /// The list.
        list: DocPath,
        /// The number of the item.
        index: usize,
    },
    /// Moves an item within its list, as it is written.
    Move {
        /// The list.
        list: DocPath,
        /// The number of the item.
        from: usize,
        /// The number that it will have.
        to: usize,
    },
}

/// What is to be changed is not in the text.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("what is to be changed is not in the text")]
pub struct NoSuchValue;

/// Returns what changes a text as intended. `events` is the place of an event before those that are meant, if one is
/// known, so that a long list is not searched.
///
/// # Errors
/// Returns an error if the place of the change cannot be found, which is so in a text that is no document.
pub fn edit(text: &str, intent: &Intent<'_>, events: Option<ListPosition>) -> Result<Splices, NoSuchValue> {
    let splices = match intent {
        Intent::Set { path, value } => return set(text, path, value, events).ok_or(NoSuchValue),
        Intent::Unset { path } => unset(text, path, events),
        Intent::Insert { list, index, value } => insert_item(text, list, *index, value, events),
        Intent::Remove { list, index } => remove_item(text, list, *index, events),
        Intent::Move { list, from, to } => move_item(text, list, *from, *to),
    };
    splices.and_then(|splices| Splices::new(splices).ok()).ok_or(NoSuchValue)
}

fn set(text: &str, path: &DocPath, value: &Value<'_>, events: Option<ListPosition>) -> Option<Splices> {
    if let Some(found) = find(text, path.segments(), events) {
        // What is changed depends on the lines of the value alone.
        let window = window(text, &found);
        let splices = reconcile(text.get(window.clone())?, found.start - window.start, value);
        return Some(splices.moved(window.start));
    }
    let (PathSegment::Field(name), parent) = path.segments().split_last()? else { return None };
    let found = find(text, parent, events)?;
    let window = window(text, &found);
    let inside = text.get(window.clone())?;
    let start = bare(inside, value_at(inside, found.start - window.start)?).start;
    // A field that the format lacks would make the item unreadable.
    let names = field_names(parent).filter(|names| names.contains(name))?;
    let splices = insert_field(inside, &fields(inside, start)?, &names, name, value);
    Some(Splices::new(splices).ok()?.moved(window.start))
}

fn unset(text: &str, path: &DocPath, events: Option<ListPosition>) -> Option<Vec<Splice>> {
    let (PathSegment::Field(name), parent) = path.segments().split_last()? else { return None };
    let found = find(text, parent, events)?;
    let parts = fields(text, bare(text, found).start)?;
    let index = parts.parts.iter().position(|part| part.name == *name);
    Some(index.map(|index| without(text, &parts, index)).unwrap_or_default())
}

/// Returns the last item of a list, searched from a place between two of its items.
fn last_item(text: &str, from: ListPosition) -> Option<Part<'_>> {
    let (mut last, mut at) = (None, from.at);
    while let Ok(part) = next_item(text, at)? {
        let comma = part.comma;
        last = Some(part);
        let Some(comma) = comma else { break };
        at = comma + 1;
    }
    last
}

/// Returns an item and the one before it, searched from a place between the two or before; the last item where there are
/// fewer.
fn around(text: &str, from: ListPosition, index: usize) -> Option<(Option<Part<'_>>, Result<Part<'_>, usize>)> {
    let before = index.checked_sub(1).filter(|before| from.index <= *before);
    let before = before.and_then(|before| item_from(text, from, before).or_else(|| last_item(text, from)));
    let at = match &before {
        Some(Part { comma: Some(comma), .. }) => comma + 1,
        Some(before) => before.span.end,
        None => from.at,
    };
    Some((before, next_item(text, at)?))
}

fn events_only(list: &DocPath, index: usize, events: Option<ListPosition>) -> Option<ListPosition> {
    // With the place of the first one, nothing is known of the item before the one that is meant.
    let is_before = |from: &ListPosition| from.index < index || index == 0 && from.index == 0;
    events.filter(|from| is_before(from) && list.segments() == [PathSegment::Field("events")])
}

fn insert_item(
    text: &str,
    list: &DocPath,
    index: usize,
    value: &Value<'_>,
    events: Option<ListPosition>,
) -> Option<Vec<Splice>> {
    if let Some(from) = events_only(list, index, events)
        && let Some((before, after)) = around(text, from, index)
        && (before.is_some() || after.is_ok())
        && (after.is_err() || before.is_some() || from.index == index)
    {
        let open = before.is_none().then_some(from.at);
        return Some(insert(text, &Gap { open, before, after: after.ok() }, "", value));
    }
    let Some(found) = find(text, list.segments(), None) else {
        let value = Value::List(vec![value.clone()]);
        return set(text, list, &value, None).map(|splices| splices.as_slice().to_vec());
    };
    let start = bare(text, found).start;
    let parts = items(text, start)?;
    Some(insert(text, &gap(&parts, index.min(parts.parts.len())), "", value))
}

fn remove_item(text: &str, list: &DocPath, index: usize, events: Option<ListPosition>) -> Option<Vec<Splice>> {
    if let Some(from) = events_only(list, index, events)
        && let Some((before, Ok(part))) = around(text, from, index)
        && (before.is_some() || index == 0)
    {
        let after = part.comma.map_or(part.span.end, |comma| comma + 1);
        let is_last = next_item(text, after)?.is_err();
        return Some(remove(text, before.as_ref(), &part, is_last));
    }
    let parts = items(text, bare(text, find(text, list.segments(), None)?).start)?;
    (index < parts.parts.len()).then(|| without(text, &parts, index))
}

/// Exchanges the texts of the items between two places, so that what is between them, and their comments, stay.
fn move_item(text: &str, list: &DocPath, from: usize, to: usize) -> Option<Vec<Splice>> {
    let parts = items(text, bare(text, find(text, list.segments(), None)?).start)?.parts;
    let mut order: Vec<usize> = (0..parts.len()).collect();
    if from >= order.len() {
        return None;
    }
    let moved = order.remove(from);
    order.insert(to.min(order.len()), moved);
    let pairs = parts.iter().zip(order).enumerate().filter(|(place, (_, source))| place != source);
    let splice = |(part, source): (&Part<'_>, usize)| {
        let written = text.get(parts.get(source)?.value.clone())?;
        Some(Splice::new(part.value.clone(), written))
    };
    pairs.map(|(_, pair)| splice(pair)).collect()
}
