//! New fields and items, in the style of those beside them.

use std::ops::Range;

use super::splice::Splice;
use crate::document::parts::{Part, bare, fields};
use crate::document::{Style, Value};

/// Where something is inserted: between two brackets, after one part and before another.
pub(super) struct Gap<'t> {
    /// The offset after the opening bracket; none if it is not known, which is so only where there is a part before.
    pub open: Option<usize>,
    pub before: Option<Part<'t>>,
    pub after: Option<Part<'t>>,
}

/// Returns what inserts a field, or an item without a name.
pub(super) fn insert(text: &str, gap: &Gap<'_>, name: &str, value: &Value<'_>) -> Vec<Splice> {
    let Some(sibling) = gap.before.as_ref().or(gap.after.as_ref()) else {
        return gap.open.map(|open| alone(text, open, name, value)).into_iter().collect();
    };
    let newline = newline(text);
    let Some(indent) = own_line(text, sibling.span.start) else {
        return on_the_line(gap, &body(text, name, value, Some(sibling), None));
    };
    let style = Style { indent, unit: unit(text, gap, indent, name), newline };
    let body = body(text, name, value, Some(sibling), Some(style));
    match (&gap.before, &gap.after) {
        (Some(Part { comma: Some(comma), .. }), _) => match line_end(text, comma + 1) {
            Some(end) => vec![Splice::insertion(end, format!("{newline}{indent}{body},"))],
            None => vec![Splice::insertion(comma + 1, format!("{newline}{indent}{body},"))],
        },
        (Some(before), _) => {
            let end = line_end(text, before.span.end).unwrap_or(before.span.end);
            vec![Splice::insertion(before.span.end, ","), Splice::insertion(end, format!("{newline}{indent}{body}"))]
        }
        (None, after) => {
            // Comments above the next part stay with it.
            match gap.open.and_then(|open| line_end(text, open)) {
                Some(end) if text.get(end..).is_some_and(|rest| rest.starts_with(['\r', '\n'])) => {
                    vec![Splice::insertion(end, format!("{newline}{indent}{body},"))]
                }
                _ => {
                    let at = after.as_ref().map_or(0, |after| after.span.start);
                    vec![Splice::insertion(at, format!("{body},{newline}{indent}"))]
                }
            }
        }
    }
}

/// Inserts where parts are beside each other on one line.
fn on_the_line(gap: &Gap<'_>, body: &str) -> Vec<Splice> {
    match (&gap.before, &gap.after) {
        (Some(Part { comma: Some(comma), .. }), _) => vec![Splice::insertion(comma + 1, format!(" {body},"))],
        (Some(before), _) => vec![Splice::insertion(before.span.end, format!(", {body}"))],
        (None, Some(after)) => vec![Splice::insertion(after.span.start, format!("{body}, "))],
        (None, None) => Vec::new(),
    }
}

/// Inserts between brackets that have nothing between them. What is an item itself gets lines of its own.
fn alone(text: &str, open: usize, name: &str, value: &Value<'_>) -> Splice {
    let newline = newline(text);
    let outer = indent_of_line(text, open);
    let is_broken = matches!(value, Value::Item(_)) || line_end(text, open).is_some();
    if !is_broken {
        return Splice::insertion(open, body(text, name, value, None, None));
    }
    let unit = default_unit(outer);
    let inner = format!("{outer}{unit}");
    let style = Style { indent: &inner, unit, newline };
    let body = body(text, name, value, None, Some(style));
    // The closing bracket is on a line of its own already where a line ends before it.
    let last = if line_end(text, open).is_some() { String::new() } else { format!("{newline}{outer}") };
    Splice::insertion(open, format!("{newline}{inner}{body},{last}"))
}

/// Returns the text of a field or an item, which is on one line if there is no style for several.
fn body(text: &str, name: &str, value: &Value<'_>, sibling: Option<&Part<'_>>, style: Option<Style<'_>>) -> String {
    let head = if name.is_empty() {
        String::new()
    } else {
        format!("{name}:{}", sibling.and_then(|sibling| gap_after_colon(text, sibling)).unwrap_or(" "))
    };
    let Some(style) = style else { return head + &value.flat() };
    // An item is broken as the one beside it is.
    let inner =
        sibling.filter(|_| name.is_empty()).and_then(|sibling| fields(text, bare(text, sibling.value.clone()).start));
    let first = inner.as_ref().and_then(|inner| inner.parts.first());
    let is_broken = first.is_some_and(|first| own_line(text, first.span.start).is_some())
        || matches!(value, Value::List(items) if matches!(items.first(), Some(Value::Item(_))));
    let mut written = value.styled(style, head.chars().count(), is_broken);
    let has_last_comma = inner.as_ref().and_then(|inner| inner.parts.last()).is_none_or(|last| last.comma.is_some());
    let end = format!(",{}{})", style.newline, style.indent);
    if is_broken && !has_last_comma && written.ends_with(&end) {
        written.replace_range(written.len() - end.len()..=written.len() - end.len(), "");
    }
    head + &written
}

fn gap_after_colon<'t>(text: &'t str, part: &Part<'_>) -> Option<&'t str> {
    let (_, gap) = text.get(part.span.start..part.value.start)?.split_once(':')?;
    gap.chars().all(|c| c == ' ').then_some(gap)
}

/// Returns the indentation of what is the first of its line.
pub(super) fn own_line(text: &str, at: usize) -> Option<&str> {
    let before = text.get(..at)?;
    let start = before.rfind('\n')? + 1;
    before.get(start..).filter(|indent| indent.chars().all(is_space))
}

/// Returns the end of the line if nothing but spaces and comments is between the offset and it. The line break is not
/// part of the line.
pub(super) fn line_end(text: &str, at: usize) -> Option<usize> {
    let mut at = at;
    loop {
        let rest = text.get(at..)?;
        let trimmed = rest.trim_start_matches(is_space);
        at += rest.len() - trimmed.len();
        if trimmed.starts_with('\n') || trimmed.starts_with("\r\n") {
            return Some(at);
        }
        if trimmed.starts_with("//") {
            let line = trimmed.split_once('\n')?.0;
            return Some(at + line.strip_suffix('\r').unwrap_or(line).len());
        }
        let inside = trimmed.strip_prefix("/*")?;
        // One that nests, or goes on to the next line, is not worth more.
        let comment = inside.split_once("*/").map(|(comment, _)| comment)?;
        if comment.contains(['\n']) || comment.contains("/*") {
            return None;
        }
        at += comment.len() + 4;
    }
}

pub(super) fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t')
}

fn newline(text: &str) -> &'static str {
    let first = text.split_once('\n').map(|(line, _)| line);
    // A window on a text may begin with its line break.
    let line = match first {
        Some("" | "\r") => {
            text.split_once('\n').and_then(|(_, rest)| rest.split_once('\n')).map(|(line, _)| line).or(first)
        }
        _ => first,
    };
    if line.is_some_and(|line| line.ends_with('\r')) { "\r\n" } else { "\n" }
}

fn indent_of_line(text: &str, at: usize) -> &str {
    let before = text.get(..at).unwrap_or_default();
    let line = before.get(before.rfind('\n').map_or(0, |line| line + 1)..).unwrap_or_default();
    line.get(..line.len() - line.trim_start_matches(is_space).len()).unwrap_or_default()
}

/// Returns what each level adds to the indentation, as far as it can be seen here.
fn unit<'t>(text: &'t str, gap: &Gap<'t>, indent: &'t str, name: &str) -> &'t str {
    let inner = |part: &Part<'t>| -> Option<&'t str> {
        let inside = fields(text, bare(text, part.value.clone()).start)?;
        added(indent, own_line(text, inside.parts.first()?.span.start)?)
    };
    let parts = || gap.before.iter().chain(gap.after.iter());
    parts()
        .find_map(inner)
        // The list of events is not searched for its opening bracket, so that it does not matter where it is.
        .or_else(|| {
            gap.open
                .filter(|_| !name.is_empty() || gap.before.is_none())
                .and_then(|open| added(indent_of_line(text, open), indent))
        })
        .unwrap_or_else(|| default_unit(indent))
}

fn added<'t>(outer: &str, inner: &'t str) -> Option<&'t str> {
    inner.strip_prefix(outer).filter(|unit| !unit.is_empty())
}

fn default_unit(indent: &str) -> &'static str {
    if indent.contains('\t') { "\t" } else { "    " }
}

/// Returns the bytes from the line break before an offset to the end of the line of another.
pub(super) fn window(text: &str, range: &Range<usize>) -> Range<usize> {
    let start = text.get(..range.start).and_then(|before| before.rfind('\n')).unwrap_or(0);
    let end = text.get(range.end..).and_then(|after| after.find('\n')).map_or(text.len(), |line| range.end + line + 1);
    start..end
}
