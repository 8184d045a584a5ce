//! The change of a value into another, piece by piece.

use super::insert::{Gap, insert};
use super::literal::in_place_of;
use super::remove::remove;
use super::splice::{Splice, Splices};
use crate::document::Value;
use crate::document::parts::{Part, Parts, bare, fields, is_absent, items, reads_as, value_at};

/// Returns what makes the value at `start` read as `value`. Parts that do already are not touched.
pub(super) fn reconcile(text: &str, start: usize, value: &Value<'_>) -> Splices {
    let mut text = text.to_owned();
    let mut all = Splices::default();
    while let Some(next) = next_change(&text, start, value) {
        // Each is of one part, so that they never overlap.
        let Ok(next) = Splices::new(next) else { break };
        let edited = next.apply(&text);
        if edited == text {
            break;
        }
        text = edited;
        all = all.then(next);
    }
    all
}

/// Returns the first change on the way to a value, in the order of the text.
fn next_change(text: &str, start: usize, value: &Value<'_>) -> Option<Vec<Splice>> {
    let written = bare(text, value_at(text, start)?);
    let parts = match value {
        Value::Item(expected) => fields(text, written.start).map(|found| next_field(text, &found, expected)),
        Value::List(expected) => items(text, written.start).map(|found| next_item(text, &found, expected)),
        _ if reads_as(text, written.clone(), value) => return None,
        _ => None,
    };
    parts.unwrap_or_else(|| {
        let literal = in_place_of(text.get(written.clone()).unwrap_or_default(), value);
        Some(vec![Splice::new(written, literal)])
    })
}

fn next_field(text: &str, found: &Parts<'_>, expected: &[(&'static str, Value<'_>)]) -> Option<Vec<Splice>> {
    let value_of = |name: &str| expected.iter().find(|(expected, _)| *expected == name).map(|(_, value)| value);
    for (index, part) in found.parts.iter().enumerate() {
        match value_of(part.name) {
            Some(value) => {
                if let Some(change) = next_change(text, part.value.start, value) {
                    return Some(change);
                }
            }
            None if is_absent(text, part.value.clone()) => {}
            None => return Some(without(text, found, index)),
        }
    }
    let names: Vec<&str> = expected.iter().map(|(name, _)| *name).collect();
    let (name, value) = expected.iter().find(|(name, _)| found.parts.iter().all(|part| part.name != *name))?;
    Some(insert_field(text, found, &names, name, value))
}

/// Returns what inserts a field after the one that comes before it in the order of `names`.
pub(super) fn insert_field(
    text: &str,
    found: &Parts<'_>,
    names: &[&str],
    name: &str,
    value: &Value<'_>,
) -> Vec<Splice> {
    let before = names.iter().take_while(|other| **other != name);
    let place = before.filter_map(|other| found.parts.iter().position(|part| part.name == *other)).last();
    insert(text, &gap(found, place.map_or(0, |place| place + 1)), name, value)
}

/// Returns what removes a part.
pub(super) fn without(text: &str, found: &Parts<'_>, index: usize) -> Vec<Splice> {
    let before = index.checked_sub(1).and_then(|before| found.parts.get(before));
    let is_last = index + 1 == found.parts.len();
    found.parts.get(index).map(|part| remove(text, before, part, is_last)).unwrap_or_default()
}

/// Returns the gap before the part with a number.
pub(super) fn gap<'t>(found: &Parts<'t>, index: usize) -> Gap<'t> {
    Gap {
        open: Some(found.open + 1),
        before: index.checked_sub(1).and_then(|before| found.parts.get(before)).cloned(),
        after: found.parts.get(index).cloned(),
    }
}

fn next_item(text: &str, found: &Parts<'_>, expected: &[Value<'_>]) -> Option<Vec<Splice>> {
    let alike = found.parts.iter().zip(expected).take_while(|(part, value)| is_alike(text, part, value)).count();
    match found.parts.len().cmp(&expected.len()) {
        std::cmp::Ordering::Less => Some(insert(text, &gap(found, alike), "", expected.get(alike)?)),
        std::cmp::Ordering::Greater => Some(without(text, found, alike)),
        std::cmp::Ordering::Equal => {
            let mut pairs = found.parts.iter().zip(expected);
            pairs.find_map(|(part, value)| next_change(text, part.value.start, value))
        }
    }
}

/// Returns whether an item is the same one, though its fields may differ: an item is named by its first field.
fn is_alike(text: &str, part: &Part<'_>, value: &Value<'_>) -> bool {
    let Value::Item(expected) = value else { return reads_as(text, part.value.clone(), value) };
    let Some((name, first)) = expected.first() else { return reads_as(text, part.value.clone(), value) };
    fields(text, bare(text, part.value.clone()).start).is_some_and(|found| {
        found.parts.iter().any(|part| part.name == *name && reads_as(text, part.value.clone(), first))
    })
}
