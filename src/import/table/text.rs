//! Tables in text: cells with a delimiter between them, in quotes or without.
//!
//! RFC 4180, and what programs make of it: other delimiters, line breaks of all systems, quotes that are never closed.

use std::borrow::Cow;

use super::cell::{Cell, Kind, Row};

/// The delimiter of a table of one column.
const NONE: u8 = b'\n';
/// Maximum number of cells of a row; the last one holds the rest of its line, whatever is in it.
const MOST_CELLS: usize = 1_024;
/// Number of quotes without an end after which quotes are taken as characters. Each costs a search to the end.
const MOST_UNCLOSED: usize = 8;

/// A table in text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Text<'t> {
    /// All of it after the line that names the delimiter, if there is one.
    whole: &'t str,
    delimiter: u8,
    /// The number of the first row.
    first: usize,
}

/// The layout of the beginning of a text, if a certain delimiter is taken.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Layout {
    pub delimiter: u8,
    /// The number of cells that most rows have.
    pub columns: usize,
    /// The share of rows that have it.
    pub share: f64,
    /// Number of rows that were looked at.
    pub rows: usize,
}

impl<'t> Text<'t> {
    /// Finds the delimiter of a text.
    pub fn new(text: &'t str, is_tsv: bool) -> Self {
        // Excel's first line for the delimiter.
        let line = text.lines().next().unwrap_or_default();
        if let Some([delimiter]) = line.strip_prefix("sep=").map(str::as_bytes) {
            let rest = text.get(line.len()..).unwrap_or_default();
            let rest = rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix('\n')).unwrap_or(rest);
            return Self { whole: rest, delimiter: *delimiter, first: 2 };
        }
        let layout = layout(text, if is_tsv { b"\t" } else { &DELIMITERS });
        let delimiter = layout.filter(|layout| is_tsv || layout.share >= 0.5).map_or(NONE, |layout| layout.delimiter);
        Self { whole: text, delimiter, first: 1 }
    }

    /// Takes commas to be between the cells of a text.
    pub fn with_commas(text: &'t str) -> Self {
        Self { whole: text, delimiter: b',', first: 1 }
    }

    /// Returns the number of bytes.
    pub fn len(&self) -> usize {
        self.whole.len()
    }

    /// Keeps the first rows. Returns whether these are all.
    pub fn keep_first(&mut self, count: usize) -> bool {
        let mut rows = self.rows();
        let mut row = Row::default();
        for _ in 0..count {
            if !rows.next(&mut row) {
                return true;
            }
        }
        let is_all = rows.at >= self.whole.len();
        self.whole = self.whole.get(..rows.at).unwrap_or(self.whole);
        is_all
    }

    /// Begins to read the rows.
    pub fn rows(self) -> TextRows<'t> {
        TextRows { text: self, at: 0, row: self.first, unclosed: Vec::new() }
    }
}

/// What may be between cells.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// Returns the layout of the beginning of a text with the delimiter that makes it most regular; `None` if none of the
/// delimiters occurs in most rows.
pub(super) fn layout(text: &str, delimiters: &[u8]) -> Option<Layout> {
    /// Number of bytes and rows that are looked at.
    const HEAD: usize = 1 << 16;
    const ROWS: usize = 100;
    /// More columns than these do not make a layout likelier.
    const MANY: usize = 20;
    let end = (0..=text.len().min(HEAD)).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    let is_cut = end < text.len();
    let head = &text[..end];
    let mut best: Option<(f64, Layout)> = None;
    for &delimiter in delimiters {
        let mut rows = Text { whole: head, delimiter, first: 1 }.rows();
        let mut row = Row::default();
        let mut counts: Vec<usize> = Vec::new();
        while counts.len() < ROWS && rows.next(&mut row) {
            // The last row of a head may be half of one.
            if !(row.is_blank() || is_cut && rows.at >= head.len()) {
                counts.push(row.cells.len());
            }
        }
        let of = |columns: usize| counts.iter().filter(|count| **count == columns).count();
        let Some(columns) = counts.iter().copied().filter(|count| *count > 1).max_by_key(|count| (of(*count), *count))
        else {
            continue;
        };
        let share = of(columns) as f64 / counts.len() as f64;
        let layout = Layout { delimiter, columns, share, rows: counts.len() };
        // Many signs within the cells of a column are no reason, nor are signs that the names of the columns lack.
        let named = if counts.first().is_some_and(|first| *first > 1) { 1.0 } else { 0.4 };
        let score = named * share * (1.0 + columns.min(MANY) as f64).ln();
        if best.is_none_or(|(most, _)| score > most) {
            best = Some((score, layout));
        }
    }
    best.map(|(_, layout)| layout)
}

/// Returns whether a text looks like a table: most rows have the same number of cells, which is more than one.
pub(super) fn is_table(text: &str) -> bool {
    // Documents of other kinds, in which commas end lines.
    let starts_otherwise = text.trim_start().starts_with(['{', '[', '(', '<', '%', '@']);
    !starts_otherwise
        && layout(text, &DELIMITERS).is_some_and(|layout| {
            let least = if layout.columns == 2 { 0.9 } else { 0.6 };
            layout.rows >= 2 && layout.share >= least
        })
}

/// The rows of a table in text.
#[derive(Clone, Debug)]
pub(super) struct TextRows<'t> {
    text: Text<'t>,
    at: usize,
    /// The number of the next row.
    row: usize,
    /// The rows in which a quote is not closed.
    pub unclosed: Vec<usize>,
}

impl<'t> TextRows<'t> {
    /// Returns the number of bytes that were read.
    pub fn position(&self) -> usize {
        self.at
    }

    /// Reads the next row. Returns `false` if there is none.
    pub fn next(&mut self, row: &mut Row<'t>) -> bool {
        row.cells.clear();
        row.cut = 0;
        if self.at >= self.text.whole.len() {
            return false;
        }
        row.number = self.row;
        self.row += 1;
        loop {
            let is_last = row.cells.len() + 1 == MOST_CELLS;
            let text = if is_last { self.rest_of_line() } else { self.cell() };
            row.cells.push(Cell { text, kind: Kind::Text });
            let bytes = self.text.whole.as_bytes();
            match bytes.get(self.at) {
                Some(b'\r') => {
                    self.at += 1 + usize::from(bytes.get(self.at + 1) == Some(&b'\n'));
                    return true;
                }
                Some(b'\n') => {
                    self.at += 1;
                    return true;
                }
                // A delimiter; there is a cell after it, even at the end.
                Some(_) => self.at += 1,
                None => return true,
            }
        }
    }

    fn rest_of_line(&mut self) -> Cow<'t, str> {
        let rest = self.text.whole.get(self.at..).unwrap_or_default();
        let end = memchr::memchr2(b'\n', b'\r', rest.as_bytes()).unwrap_or(rest.len());
        self.at += end;
        Cow::Borrowed(rest.get(..end).unwrap_or_default())
    }

    fn cell(&mut self) -> Cow<'t, str> {
        let rest = &self.text.whole[self.at..];
        let spaces = rest.bytes().take_while(|byte| *byte == b' ').count();
        if rest.as_bytes().get(spaces) == Some(&b'"')
            && self.unclosed.len() < MOST_UNCLOSED
            && let Some(text) = self.quoted(spaces)
        {
            return text;
        }
        let end = self.end_of(self.at);
        let text = &self.text.whole[self.at..end];
        self.at = end;
        Cow::Borrowed(text)
    }

    /// Returns the byte after a cell without quotes.
    fn end_of(&self, from: usize) -> usize {
        let bytes = self.text.whole.as_bytes().get(from..).unwrap_or_default();
        from + memchr::memchr3(self.text.delimiter, b'\n', b'\r', bytes).unwrap_or(bytes.len())
    }

    /// Reads a cell in quotes. Returns `None` if the quotes are not closed, or if spaces are before them and a text is
    /// after them, so that they are characters.
    fn quoted(&mut self, spaces: usize) -> Option<Cow<'t, str>> {
        let text = self.text.whole;
        let begin = self.at + spaces + 1;
        let mut owned = String::new();
        let mut from = begin;
        let close = loop {
            let Some(quote) = memchr::memchr(b'"', text.as_bytes().get(from..)?) else {
                self.unclosed.push(self.row - 1);
                return None;
            };
            let quote = from + quote;
            if text.as_bytes().get(quote + 1) != Some(&b'"') {
                break quote;
            }
            owned.push_str(&text[from..=quote]);
            from = quote + 2;
        };
        let end = self.end_of(close + 1);
        let after = &text[close + 1..end];
        let is_closed = after.trim().is_empty();
        if !is_closed && spaces > 0 {
            return None;
        }
        self.at = end;
        if owned.is_empty() && is_closed {
            return Some(Cow::Borrowed(&text[begin..close]));
        }
        owned.push_str(&text[from..close]);
        owned.push_str(if is_closed { "" } else { after });
        Some(Cow::Owned(owned))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str) -> Vec<Vec<String>> {
        let mut rows = Text::new(text, false).rows();
        let mut row = Row::default();
        let mut found = Vec::new();
        while rows.next(&mut row) {
            found.push(row.cells.iter().map(|cell| cell.text.clone().into_owned()).collect());
        }
        found
    }

    #[test]
    fn cells_are_read_as_programs_write_them() {
        let check = |text: &str, expect: &[&[&str]]| assert_eq!(cells(text), expect, "{text:?}");
        check("", &[]);
        check("a,b\n1,2", &[&["a", "b"], &["1", "2"]]);
        check("a;b\r\n1,5;2\r\n", &[&["a", "b"], &["1,5", "2"]]);
        check("a\tb\r1\t2\r", &[&["a", "b"], &["1", "2"]]);
        check("a|b\n1|\n", &[&["a", "b"], &["1", ""]]);
        check("a,b\n\n1,2\n", &[&["a", "b"], &[""], &["1", "2"]]);
        check("a,b\n\"x, \"\"y\"\"\r\nz\",2\n", &[&["a", "b"], &["x, \"y\"\r\nz", "2"]]);
        check("a, \"b, c\" ,d\n1,2,3", &[&["a", "b, c", "d"], &["1", "2", "3"]]);
        check("a, \"b\" c\n1,2", &[&["a", " \"b\" c"], &["1", "2"]]);
        check("a,\"b\"c\n1,2", &[&["a", "bc"], &["1", "2"]]);
        check("a,5\" gun\n1,2", &[&["a", "5\" gun"], &["1", "2"]]);
        check("a,\"b\n1,2", &[&["a", "\"b"], &["1", "2"]]);
        check("sep=;\na,b;c\n1;2", &[&["a,b", "c"], &["1", "2"]]);
        check("one\ntwo, and more\nthree", &[&["one"], &["two, and more"], &["three"]]);
    }

    #[test]
    fn rows_are_counted_as_in_a_spreadsheet() {
        let mut rows = Text::new("a,b\n\n\"1\n1\",2\n3,4", false).rows();
        let mut row = Row::default();
        let mut numbers = Vec::new();
        while rows.next(&mut row) {
            numbers.push(row.number);
        }
        assert_eq!(numbers, [1, 2, 3, 4]);
    }

    #[test]
    fn rows_without_an_end_are_bounded() {
        let rows = cells(&format!("a,b\n{}\na,b", ",".repeat(1_000_000)));
        assert_eq!(rows.iter().map(Vec::len).collect::<Vec<_>>(), [2, MOST_CELLS, 2]);
    }

    #[test]
    fn the_names_of_columns_say_what_is_between_cells() {
        let many: String = (0..1_000).map(|n| format!("t{n};")).collect::<Vec<_>>().concat();
        let text = format!("Title,Date,Tags\n{}", format!("a,1965,{many}\n").repeat(30));
        assert_eq!(layout(&text, &DELIMITERS).map(|layout| layout.delimiter), Some(b','));
        let preamble = "My town\n\nDate;Title\n1965;a, b\n1966;c\n";
        assert_eq!(layout(preamble, &DELIMITERS).map(|layout| layout.delimiter), Some(b';'));
    }

    #[test]
    fn tables_are_told_from_prose() {
        let check = |text: &str, expect: bool| assert_eq!(is_table(text), expect, "{text:?}");
        check("date,title\n1914,War\n1918,Peace\n", true);
        check("date;title;text\n1914;War;\n1918;Peace;a; b\n1920;c;d", true);
        check("It began in May, in Paris.\nNobody came.\n", false);
        check("(title: \"a\",\nevents: [],\n)", false);
        check("{\"a\": 1,\n\"b\": 2}", false);
        check("a,b", false);
        check("", false);
    }

    #[test]
    fn quotes_without_an_end_cost_little() {
        let text = ",\"".repeat(2_000_000);
        let before = std::time::Instant::now();
        assert!(!cells(&text).is_empty());
        assert!(before.elapsed().as_secs() < 20, "{:?}", before.elapsed());
    }
}
