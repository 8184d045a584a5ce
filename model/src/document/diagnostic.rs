//! Diagnostics: the problems of a document, and their positions.

use std::{
    error::Error,
    fmt::{self, Write as _},
    ops::Range,
};

use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

use super::path::DocPath;
use super::position::{BOM, LineColumn, line_column};

/// The severity of a problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The document cannot be used as it is.
    Error,
    /// The document can be used, but probably contains something unintended.
    Warning,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Error => "error",
            Self::Warning => "warning",
        })
    }
}

/// A semantic problem of a document; [`locate`](super::locate()) finds its position in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The severity.
    pub severity: Severity,
    /// The path of the value with the problem.
    pub path: DocPath,
    /// If that value is a string, the affected part of it, in bytes of the value. `None` means the whole literal.
    pub within: Option<Range<usize>>,
    /// The problem, in a sentence without a full stop.
    pub message: String,
    /// How to fix it.
    pub hint: Option<String>,
}

impl Problem {
    /// Returns the same problem in a list that begins `by` items earlier: see [`DocPath::shifted`].
    #[must_use]
    pub fn shifted(&self, by: usize) -> Self {
        let mut shifted = self.clone();
        shifted.path = shifted.path.shifted(by);
        shifted
    }
}

/// A problem at a position in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The severity.
    pub severity: Severity,
    /// The line that it starts on, from 1.
    pub line: usize,
    /// The column that it starts in, from 1, in characters. A byte order mark is not counted.
    pub column: usize,
    /// The affected bytes of the text, counting a byte order mark.
    pub span: Range<usize>,
    /// The problem, in a sentence without a full stop.
    pub message: String,
    /// How to fix it.
    pub hint: Option<String>,
}

/// Displays position and message on one line: `12:7: error: message`.
impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}: {}", self.line, self.column, self.severity, self.message)
    }
}

impl Error for Diagnostic {}

/// Maximum width of an excerpt of a line, in columns of a terminal.
const EXCERPT_COLUMNS: usize = 100;
/// Maximum part of that before the position itself.
const EXCERPT_BEFORE: usize = 60;

impl Diagnostic {
    /// Creates a warning about some bytes of a text. Costs a pass over the text before them.
    #[must_use]
    pub fn warning(text: &str, span: Range<usize>, message: String, hint: Option<String>) -> Self {
        let LineColumn { line, column } = line_column(text, span.start);
        Self { severity: Severity::Warning, line, column, span, message, hint }
    }

    /// Returns the diagnostic on one line: `timeline.ron:12:7: error: message`.
    #[must_use]
    pub fn header(&self, file: &str) -> String {
        format!("{file}:{self}")
    }

    /// Returns the diagnostic with the affected line, the position marked by carets, and the hint. Ends with a newline.
    ///
    /// `source` is the text that was read. Of a long line only an excerpt around the position is shown.
    #[must_use]
    pub fn human(&self, file: &str, source: &str) -> String {
        let mut text = self.header(file);
        text.push('\n');
        if let Some((line, marks)) = self.excerpt(source) {
            let number = self.line.to_string();
            let gutter = " ".repeat(number.len());
            // Writing to a string cannot fail.
            let _ = writeln!(text, " {number} | {line}\n {gutter} | {marks}");
        }
        if let Some(hint) = &self.hint {
            let _ = writeln!(text, "  hint: {hint}");
        }
        text
    }

    /// Returns an excerpt of the line around the position, and the carets below it.
    fn excerpt(&self, source: &str) -> Option<(String, String)> {
        let before = source.get(..self.span.start)?;
        let after = source.get(self.span.start..)?;
        let before = before.get(before.rfind('\n').map_or(0, |newline| newline + 1)..)?;
        let before = before.strip_prefix(BOM).unwrap_or(before);
        let line_rest = after.lines().next().unwrap_or_default();
        let marked = after.get(..self.span.len()).unwrap_or(line_rest).lines().next().unwrap_or_default();

        let shown = visible(last_columns(before, EXCERPT_BEFORE));
        let is_cut = before.chars().count() > shown.chars().count();
        let cut = if is_cut { "…" } else { "" };
        let room = EXCERPT_COLUMNS.saturating_sub(shown.width());
        let tail = first_columns(line_rest, room);
        let more = if tail.len() < line_rest.len() { "…" } else { "" };
        let line = format!("{cut}{shown}{}{more}", visible(tail));
        let mut marks = " ".repeat(cut.width());
        // Tabs are kept, so that the caret is aligned for any tab width of the terminal.
        for (number, part) in shown.split('\t').enumerate() {
            marks.push_str(if number > 0 { "\t" } else { "" });
            marks.push_str(&" ".repeat(part.width()));
        }
        let width = visible(first_columns(marked, room)).width();
        marks.push_str(&"^".repeat(width.max(1)));
        Some((line, marks))
    }
}

/// Returns the text without control characters and bidirectional control marks, which could make a terminal show
/// something other than the actual text.
fn visible(text: &str) -> String {
    let is_hidden =
        |c: char| (c.is_control() && c != '\t') || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    text.replace(is_hidden, "\u{FFFD}")
}

/// Returns the number of terminal columns of a single character.
fn columns(c: char) -> usize {
    c.width().unwrap_or(1)
}

/// Returns the longest prefix of at most `most` columns.
fn first_columns(text: &str, most: usize) -> &str {
    let mut used = 0;
    let end = text.char_indices().find(|&(_, c)| {
        used += columns(c);
        used > most
    });
    end.and_then(|(at, _)| text.get(..at)).unwrap_or(text)
}

/// Returns the longest suffix of at most `most` columns.
fn last_columns(text: &str, most: usize) -> &str {
    let mut used = 0;
    let end = text.char_indices().rev().find(|&(_, c)| {
        used += columns(c);
        used > most
    });
    end.and_then(|(at, c)| text.get(at + c.len_utf8()..)).unwrap_or(text)
}

/// Returns the candidate that the word is most likely a typo of. Returns `None` if none is close enough.
///
/// Close means at most one typo in three characters: a letter omitted, added, changed or two swapped. Case is ignored,
/// and so is the difference between `_`, `-` and a space.
#[must_use]
pub fn nearest<'a>(word: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    /// Names are short; comparing longer words would be slow.
    const LONGEST: usize = 100;
    let plain = |name: &str| name.to_lowercase().replace(['_', '-'], " ");
    if word.len() > LONGEST {
        return None;
    }
    let word = plain(word);
    let length = word.chars().count();
    candidates
        .filter(|candidate| candidate.len() <= LONGEST)
        .map(|candidate| (strsim::osa_distance(&word, &plain(candidate)), candidate))
        .filter(|&(distance, candidate)| distance <= length.max(candidate.chars().count()).div_ceil(3).min(length))
        .filter(|&(distance, _)| distance < length.max(1))
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(source: &str, part: &str) -> Diagnostic {
        let start = source.find(part).expect("in the source");
        let line = source[..start].matches('\n').count() + 1;
        Diagnostic {
            severity: Severity::Error,
            line,
            column: 1,
            span: start..start + part.len(),
            message: "message".into(),
            hint: Some("do this".into()),
        }
    }

    #[test]
    fn shows_the_line_and_marks_the_place() {
        let source = "(\r\n\tdate: \"1o65\",\r\n)";
        let shown = at(source, "1o65").human("a.ron", source);
        assert_eq!(
            shown,
            "a.ron:2:1: error: message\n 2 | \tdate: \"1o65\",\n   | \t       ^^^^\n  \
             hint: do this\n"
        );
    }

    #[test]
    fn wide_characters_take_two_columns() {
        let source = "한국: 東京, x";
        assert_eq!(at(source, "東京").excerpt(source), Some((source.into(), "      ^^^^".into())));
    }

    #[test]
    fn carets_stand_under_what_they_mark_whatever_stands_before() {
        for (source, marks) in [
            ("e\u{301}\u{302} x", "  ^"),
            ("👩‍👩‍👧 x", "   ^"),
            ("नमस्ते x", "     ^"),
            ("a\u{200b}b x", "   ^"),
            ("ﬁ\u{ad} ｘ x", "     ^"),
            ("\u{202E}abc x", "     ^"),
        ] {
            let found = at(source, "x").excerpt(source).map(|(_, marks)| marks);
            let indent = found.as_ref().map(|found| found.find('^'));
            assert_eq!(found.as_deref(), Some(marks), "{source}: {indent:?}");
        }
    }

    #[test]
    fn a_long_line_is_cut_on_both_sides() {
        let source = format!("{}HERE{}", "a".repeat(5000), "b".repeat(5000));
        let (line, marks) = at(&source, "HERE").excerpt(&source).expect("an excerpt");
        assert_eq!(line, format!("…{}HERE{}…", "a".repeat(60), "b".repeat(36)));
        assert_eq!(marks, format!("{}^^^^", " ".repeat(61)));
    }

    #[test]
    fn an_empty_span_and_the_end_of_the_text_are_marked() {
        let mut diagnostic = at("abc", "c");
        diagnostic.span = 3..3;
        assert_eq!(diagnostic.excerpt("abc"), Some(("abc".into(), "   ^".into())));
        diagnostic.span = 9..12;
        assert_eq!(diagnostic.human("f", "abc"), "f:1:1: error: message\n  hint: do this\n");
    }

    #[test]
    fn a_span_over_lines_is_marked_on_its_first_and_control_characters_are_not_printed() {
        let source = "x: \"a\u{1b}b\ncd\"";
        let shown = at(source, "\"a\u{1b}b\ncd\"").excerpt(source);
        assert_eq!(shown, Some(("x: \"a\u{FFFD}b".into(), "   ^^^^".into())));
    }

    #[test]
    fn suggests_only_what_is_near() {
        let names = ["title", "date", "description", "tags", "id"];
        let check = |word, expect| assert_eq!(nearest(word, names.into_iter()), expect, "{word}");
        check("titel", Some("title"));
        check("Title", Some("title"));
        check("desc", None);
        check("descriptoin", Some("description"));
        check("tag", Some("tags"));
        check("dte", Some("date"));
        check("ID", Some("id"));
        check("x", None);
        check("", None);
        check("colour", None);
        assert_eq!(nearest("more_than", ["MoreThan"].into_iter()), Some("MoreThan"));
    }
}
