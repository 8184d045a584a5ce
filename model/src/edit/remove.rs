//! Removed fields and items. Comments beside them stay.

use super::insert::{is_space, line_end, own_line};
use super::splice::Splice;
use crate::document::parts::Part;

/// Returns what removes a part that is between two others.
pub(super) fn remove(text: &str, before: Option<&Part<'_>>, part: &Part<'_>, is_last: bool) -> Vec<Splice> {
    let end = part.comma.map_or(part.span.end, |comma| comma + 1);
    let between = part.comma.and_then(|comma| text.get(part.span.end..comma)).unwrap_or_default();
    let is_whole = between.trim().is_empty();
    // A comma of the one before it would be new at the end of the list.
    let comma_before = before.and_then(|before| before.comma).filter(|_| is_last && part.comma.is_none());
    let mut splices = Vec::new();
    if let Some(indent) = own_line(text, part.span.start)
        && is_whole
        && let Some(line) = line_end(text, end).filter(|line| is_blank(text, end, *line))
    {
        let rest = text.get(line..).unwrap_or_default();
        let line_break = if rest.starts_with("\r\n") { 2 } else { 1 };
        splices.push(Splice::removal(part.span.start - indent.len()..line + line_break));
        splices.extend(comma_before.map(|comma| Splice::removal(comma..comma + 1)));
        return splices;
    }
    let from = before
        .and_then(|before| before.comma)
        .map(|comma| comma + 1)
        .filter(|from| is_last && text.get(*from..part.span.start).is_some_and(|blank| blank.chars().all(is_space)));
    let start = from.unwrap_or(part.span.start);
    splices.extend(comma_before.map(|comma| Splice::removal(comma..comma + 1)));
    if is_whole {
        let after = text.get(end..).unwrap_or_default();
        let spaces = after.len() - after.trim_start_matches(is_space).len();
        let keeps = is_last || own_line(text, part.span.start).is_some();
        splices.push(Splice::removal(start..end + if keeps { 0 } else { spaces }));
    } else {
        splices.push(Splice::removal(start..part.span.end));
        splices.extend(part.comma.map(|comma| Splice::removal(comma..comma + 1)));
    }
    splices
}

fn is_blank(text: &str, from: usize, to: usize) -> bool {
    text.get(from..to).is_some_and(|blank| blank.chars().all(is_space))
}
