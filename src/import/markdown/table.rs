//! Tables of Markdown -> a table with commas, line by line.

use super::super::limits::MOST_PROSE;
use crate::prose;

/// Maximum number of bytes in which the beginning of a table is looked for.
const HEAD: usize = 1 << 20;

/// Where a table is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Found<'t> {
    /// The index of the line that names the columns.
    pub line: usize,
    names: &'t str,
}

/// Finds the first table: a line that names the columns, and one of dashes below it with as many cells.
pub(super) fn find(text: &str) -> Option<Found<'_>> {
    let head = text.get(..text.floor_char_boundary(HEAD)).unwrap_or_default();
    let mut before: Option<&str> = None;
    for (index, line) in head.lines().enumerate() {
        if let Some(names) = before
            && is_rule(line)
            && cells(names).len() == cells(line).len()
        {
            return Some(Found { line: index - 1, names });
        }
        before = line.contains('|').then_some(line);
    }
    None
}

/// Returns whether a line is the one below the names of columns: `|---|:--:|`.
fn is_rule(line: &str) -> bool {
    let line = line.trim();
    line.contains("--")
        && line.contains('|')
        && cells(line).iter().all(|cell| {
            let dashes = cell.strip_prefix(':').unwrap_or(cell);
            let dashes = dashes.strip_suffix(':').unwrap_or(dashes);
            !dashes.is_empty() && dashes.bytes().all(|byte| byte == b'-')
        })
}

/// Splits a line into its cells; a sign of separation with a backslash before it is a character.
fn cells(line: &str) -> Vec<String> {
    let line = line.trim();
    let line = line.strip_prefix('|').unwrap_or(line);
    let mut cells = vec![String::new()];
    let mut is_escaped = false;
    for c in line.chars() {
        match c {
            '|' if !is_escaped => cells.push(String::new()),
            c => {
                if let Some(cell) = cells.last_mut() {
                    if c == '|' {
                        cell.pop();
                    }
                    cell.push(c);
                }
            }
        }
        is_escaped = c == '\\' && !is_escaped;
    }
    if cells.len() > 1 && cells.last().is_some_and(|cell| cell.trim().is_empty()) {
        cells.pop();
    }
    cells.iter().map(|cell| cell.trim().to_owned()).collect()
}

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Line {
    /// Before the table.
    Before,
    /// It names the columns, or is a row.
    Row,
    /// Dashes, or nothing.
    Nothing,
    /// In none of the tables with these columns.
    Outside,
}

/// Returns what each line is. Tables that have the same names of columns are one.
fn lines<'t>(text: &'t str, found: Found<'t>) -> impl Iterator<Item = (Line, &'t str)> {
    let mut is_in = false;
    text.lines().enumerate().map(move |(index, line)| {
        let is_names = line == found.names;
        is_in = if line.contains('|') { is_in || is_names } else { false };
        let kind = match index {
            _ if line.trim().is_empty() || is_in && is_rule(line) => Line::Nothing,
            index if index < found.line => Line::Before,
            index if index > found.line && is_names => Line::Nothing,
            _ if is_in => Line::Row,
            _ => Line::Outside,
        };
        (kind, line)
    })
}

/// Returns the lines with words that are after the first table and in no table with its columns, with their numbers.
pub(super) fn outside(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let all = find(text).into_iter().flat_map(|found| lines(text, found).zip(1..));
    all.filter(|((kind, _), _)| *kind == Line::Outside).map(|((_, line), number)| (number, line))
}

/// Returns the rows of the tables with the columns of the first one, that of the names included.
pub(super) fn rows(text: &str) -> impl Iterator<Item = &str> {
    let all = find(text).into_iter().flat_map(|found| lines(text, found));
    all.filter(|(kind, _)| *kind == Line::Row).map(|(_, line)| line)
}

/// Returns the table of a text with commas between cells, each line at its place. Returns `None` if there is no table.
pub(super) fn as_table(text: &str) -> Option<String> {
    let found = find(text)?;
    let mut table = String::with_capacity(text.len() + text.len() / 4);
    for (kind, line) in lines(text, found) {
        match kind {
            Line::Before => quote(&words(line), &mut table),
            Line::Row => {
                for (column, cell) in cells(line).iter().enumerate() {
                    if column > 0 {
                        table.push(',');
                    }
                    quote(&words(cell), &mut table);
                }
            }
            Line::Nothing | Line::Outside => {}
        }
        table.push('\n');
    }
    Some(table)
}

/// Returns the words of a cell: without marks, but for links, which are kept as HTML.
fn words(cell: &str) -> String {
    let has_marks = cell.contains(['*', '_', '`', '[', '\\', '&', '#', '~', '>', '!', '<']);
    if !has_marks {
        return cell.to_owned();
    }
    let blocks = prose::read(cell.get(..cell.floor_char_boundary(MOST_PROSE)).unwrap_or_default());
    let spans = || blocks.iter().flat_map(|block| &block.spans);
    if spans().any(|span| span.look.link.is_some()) {
        let escaped = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
        let one = |span: &prose::Span| match &span.look.link {
            Some(url) => format!("<a href=\"{}\">{}</a>", escaped(url), escaped(&span.text)),
            None => escaped(&span.text),
        };
        return spans().map(one).collect::<Vec<_>>().concat();
    }
    prose::words(&blocks)
}

/// Writes a cell in quotes if it needs some.
fn quote(cell: &str, table: &mut String) {
    if cell.contains([',', '"', '\n', '\r']) || cell.starts_with(' ') {
        table.push('"');
        // A line break would make the lines after it have other numbers.
        table.push_str(&cell.replace('"', "\"\"").replace(['\n', '\r'], " "));
        table.push('"');
    } else {
        table.push_str(cell);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_found_and_keeps_its_lines() {
        let text = "# The town\n\nSome words.\n\n| Date | Event |\n|------|:-----:|\n| **1965** | A \\| B, \"C\" |\n\
                    | 1966 | [x](https://e.org) |\n\nAfter it.\n\n| Date | Event |\n|--|--|\n| 1967 | D |\n| Other | x |\n";
        let expect = "The town\n\nSome words.\n\nDate,Event\n\n1965,\"A | B, \"\"C\"\"\"\n1966,\"<a href=\"\"https://e.org\"\">x</a>\"\n\n\n\n\n\n1967,D\nOther,x\n";
        assert_eq!(as_table(text).as_deref(), Some(expect));
        assert_eq!(outside(text).collect::<Vec<_>>(), [(10, "After it.")]);
        assert_eq!(as_table("Date | Event\n---|---\n1965 | A\n").as_deref(), Some("Date,Event\n\n1965,A\n"));
    }

    #[test]
    fn what_is_no_table_is_none() {
        for text in
            ["", "---\n", "a | b\nc | d\n", "a | b\n---\n", "# a\n\n---|---\n", "a | b | c\n---|---\n", "a\n|--|--|\n"]
        {
            assert_eq!(as_table(text), None, "{text:?}");
        }
    }
}
