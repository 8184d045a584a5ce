//! The problems of a text, and how it can be read despite them.
//!
//! A mistake costs the item that contains it, not the document: the checker replaces each mistake, if necessary with a
//! filler, so that `ron` can read the resulting text. Nothing that is shown is ever made up: items with a mistake are
//! not shown, and no problem of a filler is reported.

use std::{borrow::Cow, ops::Range};

use crate::sorting;

use super::{diagnostic::Problem, path::DocPath, raw_diagnostic::RawDiagnostic, schema::Shape};

/// Bytes of a text, and their replacement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Splice {
    pub span: Range<usize>,
    pub text: Cow<'static, str>,
}

/// The problems of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recovery {
    pub(super) diagnostics: Vec<RawDiagnostic>,
    /// The replacements; they do not overlap.
    pub(super) splices: Vec<Splice>,
    /// Fillers, which replace values that cannot be read.
    pub(super) fillers: Vec<DocPath>,
    /// The path of each mistake in the document.
    pub(super) paths: Vec<DocPath>,
    /// Whether the text has so many mistakes that the search was aborted, so that it cannot be read.
    pub(super) gave_up: bool,
}

impl Recovery {
    /// Creates a recovery with a single problem, after which nothing of the text can be read.
    pub(super) fn fatal(diagnostic: RawDiagnostic) -> Self {
        Self { diagnostics: vec![diagnostic], paths: vec![DocPath::root()], gave_up: true, ..Self::default() }
    }

    /// Returns the paths of the mistakes in the document.
    #[must_use]
    pub fn paths(&self) -> &[DocPath] {
        &self.paths
    }

    /// Returns `true` if there are no problems.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.diagnostics.is_empty()
    }

    /// Returns `true` if the value with the problem is a filler, whose problems are not reported.
    pub(super) fn is_about_filler(&self, problem: &Problem) -> bool {
        let steps = problem.path.segments();
        self.fillers.iter().any(|filler| steps.starts_with(filler.segments()))
    }

    /// Returns the recovery for a text in which each byte is moved by `to`.
    pub(super) fn moved(self, to: impl Fn(usize) -> usize) -> Self {
        // The end is after the last byte, wherever that is moved to.
        self.moved_spans(|span| {
            let end = if span.start == span.end { to(span.start) } else { to(span.end - 1) + 1 };
            to(span.start)..end
        })
    }

    /// The same for a mapping of whole spans.
    pub(super) fn moved_spans(mut self, to: impl Fn(Range<usize>) -> Range<usize>) -> Self {
        let spans = self.diagnostics.iter_mut().map(|diagnostic| &mut diagnostic.span);
        for span in spans.chain(self.splices.iter_mut().map(|splice| &mut splice.span)) {
            *span = to(span.clone());
        }
        self
    }

    /// Adds the problems found elsewhere in the same document.
    pub(super) fn add(&mut self, other: Self) {
        self.diagnostics.extend(other.diagnostics);
        self.splices.extend(other.splices);
        self.fillers.extend(other.fillers);
        self.paths.extend(other.paths);
        self.gave_up |= other.gave_up;
    }

    /// Returns the text with all replacements.
    pub(super) fn repair<'t>(&self, text: &'t str) -> Repaired<'t> {
        if self.splices.is_empty() {
            return Repaired { text: text.into(), splices: Vec::new() };
        }
        let mut splices: Vec<&Splice> = self.splices.iter().collect();
        // Insertions at the same position keep their order.
        sorting::by_key(&mut splices, |splice| (splice.span.start, splice.span.end));
        let mut repaired = String::with_capacity(text.len() + 32 * splices.len());
        let mut done = Vec::with_capacity(splices.len());
        let mut at = 0;
        for Splice { span, text: with } in splices {
            let Some(before) = text.get(at..span.start) else { continue };
            repaired.push_str(before);
            let start = repaired.len();
            repaired.push_str(with);
            done.push((span.clone(), start..repaired.len()));
            at = span.end;
        }
        repaired.push_str(text.get(at..).unwrap_or_default());
        Repaired { text: repaired.into(), splices: done }
    }
}

/// A text with its replacements.
pub(super) struct Repaired<'t> {
    pub text: Cow<'t, str>,
    /// Byte ranges of the original text and of their replacements, in order.
    splices: Vec<(Range<usize>, Range<usize>)>,
}

impl Repaired<'_> {
    /// Maps bytes of the repaired text to the bytes of the original text. A filler maps to what it replaced.
    pub fn written(&self, span: Range<usize>) -> Range<usize> {
        let (start, end) = (self.offset(span.start, false), self.offset(span.end, true));
        start..end.max(start)
    }

    /// Returns the ranges of inserted bytes, and the empty ranges where some were removed.
    pub fn new_spans(&self) -> impl Iterator<Item = Range<usize>> {
        self.splices.iter().map(|(_, new)| new.clone())
    }

    fn offset(&self, at: usize, is_end: bool) -> usize {
        let before = self.splices.partition_point(|(_, new)| new.start < at || (new.start == at && !is_end));
        match before.checked_sub(1).and_then(|last| self.splices.get(last)) {
            None => at,
            Some((written, new)) if at >= new.end => written.end + (at - new.end),
            Some((written, _)) if is_end => written.end,
            Some((written, _)) => written.start,
        }
    }
}

/// Returns the shortest valid text of a value.
pub(super) fn filler(shape: &Shape) -> Cow<'static, str> {
    match shape {
        Shape::Text => "\"\"".into(),
        Shape::Number | Shape::Integer => "0".into(),
        Shape::Choice(words) => words.first().copied().unwrap_or_default().into(),
        Shape::Item(kind) => {
            let required = kind.fields.iter().filter(|field| field.required);
            let fields: Vec<String> =
                required.map(|field| format!("{}: {}", field.name, filler(&field.shape))).collect();
            format!("({})", fields.join(", ")).into()
        }
        Shape::List(..) => "[]".into(),
        Shape::Maybe(_) => "None".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_instead_is_found_where_it_is_written() {
        let splice = |span: Range<usize>, text: &'static str| Splice { span, text: text.into() };
        let found = Recovery {
            splices: vec![splice(7..9, ""), splice(2..2, "xy"), splice(4..5, "ABC"), splice(2..2, "z")],
            ..Recovery::default()
        };
        let repaired = found.repair("0123456789");
        assert_eq!(repaired.text, "01xyz23ABC569");
        for (span, written) in
            [(0..2, 0..2), (5..7, 2..4), (7..10, 4..5), (8..9, 4..5), (10..11, 5..6), (12..13, 9..10), (13..13, 10..10)]
        {
            assert_eq!(repaired.written(span.clone()), written, "{span:?}");
        }
        assert_eq!(repaired.written(2..5), 2..2, "what was put in");
        assert_eq!(Recovery::default().repair("012").written(1..2), 1..2);
    }

    #[test]
    fn fillers_are_what_stands_there() {
        let filler = filler(&Shape::Item(&super::super::schema::TIMELINE));
        assert_eq!(filler, "(title: \"\")");
    }
}
