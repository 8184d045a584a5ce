//! Maps paths in a document to byte ranges of its text.

use std::{collections::BTreeMap, ops::Range};

use crate::sorting;

use super::{
    check::MAX_DIAGNOSTICS,
    cut::end_of_value,
    diagnostic::{Diagnostic, Problem},
    parts::ListPosition,
    path::PathSegment,
    position::BOM,
    raw_diagnostic::{self, RawDiagnostic},
    recovery::Recovery,
    scan::{Scanner, Token, TokenKind, string_body, string_pieces},
};

/// Finds each problem in the text that the document was read from, and adds the problems of the text itself. The result
/// is in text order; at most a thousand are reported, errors before warnings.
///
/// A path that does not occur in the text, such as an optional field left out, is mapped to the opening of the
/// innermost item around it. All problems together cost one pass over the text.
#[must_use]
pub fn locate(text: &str, problems: Vec<Problem>, found: &Recovery) -> Vec<Diagnostic> {
    locate_from(text, problems, found, &[])
}

/// Finds each problem as [`locate`] does, where the places of some events are known, in ascending order; the last may be
/// that of the end of the list. Events between two of them are not read if there is no problem. They are of no use if
/// the text has mistakes.
#[must_use]
pub fn locate_from(text: &str, problems: Vec<Problem>, found: &Recovery, events: &[ListPosition]) -> Vec<Diagnostic> {
    let mut diagnostics = found.diagnostics.clone();
    let mut root = Node::default();
    let mut any = false;
    for problem in problems {
        if !found.is_about_filler(&problem) {
            any = true;
            root.add(problem);
        }
    }
    if any {
        // Positions refer to the repaired text.
        let repaired = found.repair(text);
        let body = repaired.text.strip_prefix(BOM).unwrap_or(&repaired.text);
        let shift = repaired.text.len() - body.len();
        let known = if found.splices.is_empty() { events } else { &[] };
        let scanner = Scanner::new(body);
        let mut finder = Finder { text: body, scanner, shift, events: known, depth: 0, found: Vec::new() };
        finder.scanner.skip_attributes();
        finder.value(root);
        let written =
            |diagnostic: RawDiagnostic| RawDiagnostic { span: repaired.written(diagnostic.span.clone()), ..diagnostic };
        diagnostics.extend(finder.found.into_iter().map(written));
    }
    raw_diagnostic::with_positions(text.as_bytes(), most(diagnostics))
}

/// Truncates diagnostics to the maximum number, and adds one about the rest.
fn most(mut diagnostics: Vec<RawDiagnostic>) -> Vec<RawDiagnostic> {
    if diagnostics.len() > MAX_DIAGNOSTICS {
        sorting::by_key(&mut diagnostics, |diagnostic| (diagnostic.severity, diagnostic.span.start));
        diagnostics.truncate(MAX_DIAGNOSTICS);
        let last = diagnostics.iter().map(|diagnostic| diagnostic.span.start).max().unwrap_or_default();
        diagnostics.push(RawDiagnostic::error(last..last, "there are too many problems to show the rest"));
    }
    diagnostics
}

/// The problems at a path, and at the paths inside it.
#[derive(Default)]
struct Node {
    here: Vec<Problem>,
    fields: BTreeMap<&'static str, Self>,
    items: BTreeMap<usize, Self>,
}

impl Node {
    fn add(&mut self, problem: Problem) {
        let mut node = self;
        for step in problem.path.segments() {
            node = match *step {
                PathSegment::Field(name) => node.fields.entry(name).or_default(),
                PathSegment::Index(index) => node.items.entry(index).or_default(),
            };
        }
        node.here.push(problem);
    }
}

struct Finder<'t> {
    text: &'t str,
    scanner: Scanner<'t>,
    /// Number of bytes before the scanner's text.
    shift: usize,
    /// Known places of events.
    events: &'t [ListPosition],
    /// The number of values around what comes next.
    depth: usize,
    found: Vec<RawDiagnostic>,
}

impl Finder<'_> {
    /// Finds all problems of the node in the next value.
    fn value(&mut self, node: Node) {
        // A loop instead of recursion, as the nesting of the text is not limited.
        let mut wrapped = 0_usize;
        while self.at_some() {
            self.scanner.advance();
            self.scanner.advance();
            wrapped += 1;
        }
        let first = self.scanner.advance();
        self.depth += 1;
        match first.kind {
            TokenKind::Open('(') => self.group(first, node),
            TokenKind::Open('[') => self.list(first, node, &[]),
            TokenKind::Word if self.scanner.peek().kind == TokenKind::Open('(') => {
                let open = self.scanner.advance();
                self.group(open, node);
            }
            _ => self.leaf(first, node),
        }
        self.depth -= 1;
        for _ in 0..wrapped {
            self.scanner.take(TokenKind::Comma);
            self.scanner.take(TokenKind::Close(')'));
        }
    }

    /// Returns `true` if `Some(` with a bare value in it comes next.
    fn at_some(&self) -> bool {
        let mut ahead = self.scanner;
        let is_some = ahead.take(TokenKind::Word).is_some_and(|word| ahead.source(word) == "Some");
        is_some && ahead.peek().kind == TokenKind::Open('(') && !ahead.at_fields()
    }

    fn group(&mut self, open: Token, mut node: Node) {
        while !self.scanner.peek().ends_group() {
            if let Some(name) = self.scanner.take(TokenKind::Word)
                && self.scanner.take(TokenKind::Colon).is_some()
                && let Some(child) = node.fields.remove(self.scanner.word(name))
            {
                if self.depth == 1 && self.scanner.word(name) == "events" {
                    self.events(child);
                } else {
                    self.value(child);
                }
            }
            self.next_item();
        }
        self.close(open, node);
    }

    /// Finds all problems of the list of events.
    fn events(&mut self, node: Node) {
        match self.scanner.peek() {
            open if open.kind == TokenKind::Open('[') => {
                self.scanner.advance();
                self.list(open, node, self.events);
            }
            _ => self.value(node),
        }
    }

    fn list(&mut self, open: Token, mut node: Node, known: &[ListPosition]) {
        let mut index = 0;
        loop {
            // What has no problem is passed over as far as places are known.
            let wanted = node.items.first_key_value().map_or(usize::MAX, |(index, _)| *index);
            let near = known.partition_point(|known| known.index <= wanted).checked_sub(1).and_then(|at| known.get(at));
            if let Some(near) = near.filter(|near| near.index > index) {
                index = near.index;
                self.scanner = Scanner::at(self.text, near.at - self.shift);
            }
            if self.scanner.peek().ends_group() {
                break;
            }
            if let Some(child) = node.items.remove(&index) {
                self.value(child);
            }
            self.next_item();
            index += 1;
        }
        self.close(open, node);
    }

    /// Moves past the next comma of this group, if there is one.
    fn next_item(&mut self) {
        // Most of a text is skipped, which the cutter does faster.
        match end_of_value(self.text, self.scanner.position()) {
            Some(end) => self.scanner = Scanner::at(self.text, end),
            None => self.scanner.skip_value(),
        }
        self.scanner.take(TokenKind::Comma);
    }

    fn close(&mut self, open: Token, rest: Node) {
        self.scanner.advance();
        self.leaf(open, rest);
    }

    /// Maps all problems of the node to this token: the value, or the token nearest to a value that is missing.
    fn leaf(&mut self, token: Token, node: Node) {
        for problem in node.here {
            let within = problem.within.and_then(|range| self.part(token, range));
            let span = within.unwrap_or(token.span());
            self.found.push(RawDiagnostic {
                severity: problem.severity,
                span: span.start + self.shift..span.end + self.shift,
                message: problem.message,
                hint: problem.hint,
            });
        }
        for child in node.fields.into_values().chain(node.items.into_values()) {
            self.absent(token, child);
        }
    }

    fn absent(&mut self, around: Token, mut node: Node) {
        for problem in &mut node.here {
            problem.within = None;
        }
        self.leaf(around, node);
    }

    /// Returns the bytes of a part of a string's value.
    fn part(&self, token: Token, range: Range<usize>) -> Option<Range<usize>> {
        if token.kind != TokenKind::Text {
            return None;
        }
        let literal = self.scanner.source(token);
        let (body, raw) = string_body(literal);
        let part = part_of_literal(literal.get(body.clone())?, raw, &range);
        let start = token.start + body.start;
        Some(start + part.start..start + part.end)
    }
}

/// Maps bytes of a string's value to bytes of the literal's body. Positions past the value map to its end.
fn part_of_literal(body: &str, raw: bool, range: &Range<usize>) -> Range<usize> {
    let (mut start, mut end) = (None, None);
    let mut value = 0;
    for (piece, made) in string_pieces(body, raw) {
        let after = value + made;
        if start.is_none() && range.start < after {
            start = Some(piece.start);
            end = Some(piece.start);
        }
        if start.is_some() && value < range.end && made > 0 {
            end = Some(piece.end);
        }
        if after >= range.end && start.is_some() {
            break;
        }
        value = after;
    }
    let start = start.unwrap_or(body.len());
    start..end.unwrap_or(start).max(start)
}

#[cfg(test)]
mod tests {
    use super::super::{diagnostic::Severity, path::DocPath};
    use super::*;

    fn problem(path: DocPath, within: Option<Range<usize>>) -> Problem {
        Problem { severity: Severity::Warning, path, within, message: "m".into(), hint: None }
    }

    /// Returns the source of each path, in text order.
    fn sources(text: &str, paths: Vec<(DocPath, Option<Range<usize>>)>) -> Vec<&str> {
        let problems = paths.into_iter().map(|(path, within)| problem(path, within)).collect();
        locate(text, problems, &Recovery::default()).iter().map(|d| &text[d.span.clone()]).collect()
    }

    #[track_caller]
    fn check(text: &str, path: DocPath, within: Option<Range<usize>>, expect: &str) {
        assert_eq!(sources(text, vec![(path, within)]), [expect], "{text}");
    }

    const TEXT: &str = r##"#![enable(implicit_some)]
// (
Timeline(title: "T", /* [ */ events: [
  Event(id: "a", tags: ["x", r#"y"z"#]), (
  id: "b", description: Some("d"), citations: [(source: "s", basis: Stated,)],),
], view: Some((from: "1")), r#series: [(points: [(value: -1.5e3)])])"##;

    fn event(index: usize) -> DocPath {
        DocPath::root().field("events").index(index)
    }

    #[test]
    fn finds_values() {
        check(TEXT, DocPath::root(), None, "(");
        check(TEXT, DocPath::root().field("title"), None, "\"T\"");
        check(TEXT, event(0).field("id"), None, "\"a\"");
        check(TEXT, event(0).field("tags").index(1), None, "r#\"y\"z\"#");
        check(TEXT, event(1).field("description"), None, "\"d\"");
        check(TEXT, event(1).field("citations").index(0).field("basis"), None, "Stated");
        check(TEXT, DocPath::root().field("view").field("from"), None, "\"1\"");
        let value = DocPath::root().field("series").index(0).field("points").index(0).field("value");
        check(TEXT, value, None, "-1.5e3");
    }

    #[test]
    fn what_is_absent_is_found_at_what_is_around_it() {
        let at = |path| locate(TEXT, vec![problem(path, Some(0..1))], &Recovery::default())[0].span.clone();
        let open = |before: &str| {
            let at = TEXT.find(before).expect("there") + before.len();
            at - 1..at
        };
        assert_eq!(at(event(0).field("date")), open("Event("));
        assert_eq!(at(event(1).field("citations").index(0).field("note")), open("citations: [("));
        assert_eq!(at(event(1).field("citations").index(7)), open("citations: ["));
        assert_eq!(at(event(9).field("id")), open("events: ["));
        assert_eq!(at(DocPath::root().field("lanes").index(2).field("id")), open("Timeline("));
    }

    #[test]
    fn many_at_once_come_in_order_with_lines() {
        let paths = vec![(event(1).field("id"), None), (event(0).field("id"), None), (DocPath::root(), None)];
        assert_eq!(sources(TEXT, paths.clone()), ["(", "\"a\"", "\"b\""]);
        let problems = paths.into_iter().map(|(path, _)| problem(path, None)).collect();
        let lines: Vec<_> = locate(TEXT, problems, &Recovery::default()).iter().map(|d| (d.line, d.column)).collect();
        assert_eq!(lines, [(3, 9), (4, 13), (5, 7)]);
    }

    #[test]
    fn parts_of_strings_are_found_through_escapes() {
        let date = || DocPath::root().field("date");
        check("(date: \"1965-13\")", date(), Some(5..7), "13");
        check("(date: r##\"1965-13\"##)", date(), Some(5..7), "13");
        check(r#"(date: "a\tb\"c")"#, date(), Some(1..2), r"\t");
        check(r#"(date: "a\tb\"c")"#, date(), Some(2..4), r#"b\""#);
        check(r#"(date: "\u{20AC}x")"#, date(), Some(3..4), "x");
        check(r#"(date: "\u{20AC}x")"#, date(), Some(0..3), r"\u{20AC}");
        check(r#"(date: "\xE2\x82\xACx")"#, date(), Some(3..4), "x");
        check("(date: \"ab\\\n    cd\")", date(), Some(1..3), "b\\\n    c");
        check("(date: \"ab\\\n    cd\")", date(), Some(2..3), "c");
        check("(date: \"한국x\")", date(), Some(3..6), "국");
    }

    #[test]
    fn parts_outside_the_value_are_at_its_end() {
        let at = |within| {
            locate("(date: \"1965\")", vec![problem(DocPath::root().field("date"), Some(within))], &Recovery::default())
                [0]
            .span
            .clone()
        };
        assert_eq!(at(4..4), 12..12);
        assert_eq!(at(2..2), 10..10);
        assert_eq!(at(2..99), 10..12);
        assert_eq!(at(50..99), 12..12);
    }

    #[test]
    fn a_byte_order_mark_shifts_bytes_but_not_columns() {
        let found = locate(
            "\u{FEFF}(date: \"x\")",
            vec![problem(DocPath::root().field("date"), Some(0..1))],
            &Recovery::default(),
        );
        assert_eq!((found[0].line, found[0].column, found[0].span.clone()), (1, 9, 11..12));
    }

    #[test]
    fn texts_that_are_no_documents_do_no_harm() {
        for text in ["", "(", "[", "Some(", "Some", "(events: [", "(events: [(id: \"", "#![", "#!", ")", "Some(Some("] {
            let paths = [DocPath::root(), event(0).field("id"), DocPath::root().field("events")];
            let problems: Vec<_> = paths.into_iter().map(|path| problem(path, Some(0..9))).collect();
            assert_eq!(locate(text, problems, &Recovery::default()).len(), 3, "{text}");
        }
    }
}
