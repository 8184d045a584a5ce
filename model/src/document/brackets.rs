//! Finds the probable positions of brackets and quotes that do not match.
//!
//! A group of fields never contains a group without a name, so an event that begins among the fields of another shows
//! that the other was not closed, and where; fields in a list show that a bracket was closed too early.

use std::ops::Range;

use super::{
    path::{DocPath, PathSegment},
    recovery::Splice,
    scan::{Scanner, Token, TokenKind},
    schema::{EVENT, TIMELINE},
    structure::runs_on,
};

/// Returns the insertions and deletions that make all brackets match. Returns `None` if they cannot be determined.
pub(super) fn balance(text: &str) -> Option<Vec<Splice>> {
    let mut balancer =
        Balancer { text, scanner: Scanner::new(text), open: Vec::new(), expects: Expects::Value, splices: Vec::new() };
    balancer.scanner.skip_attributes();
    while balancer.splices.len() < MOST {
        let token = balancer.scanner.advance();
        if token.kind == TokenKind::End {
            let open = std::mem::take(&mut balancer.open);
            open.iter().rev().for_each(|open| balancer.insert(text.len(), closing(*open)));
            return Some(balancer.splices);
        }
        balancer.token(token)?;
    }
    None
}

/// Maximum number of repaired mistakes. A text with more is not a document.
const MOST: usize = 100;

/// What may follow in a group or list.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Expects {
    Field,
    Colon,
    Value,
    Separator,
}

struct Balancer<'t> {
    text: &'t str,
    scanner: Scanner<'t>,
    open: Vec<char>,
    expects: Expects,
    splices: Vec<Splice>,
}

impl Balancer<'_> {
    fn insert(&mut self, at: usize, text: &'static str) {
        self.splices.push(Splice { span: at..at, text: text.into() });
    }

    /// Processes a token. Returns `None` if it is ambiguous.
    fn token(&mut self, token: Token) -> Option<()> {
        let next = self.scanner.peek();
        match token.kind {
            TokenKind::UnclosedComment => return None,
            TokenKind::UnclosedText => self.end_string(token),
            TokenKind::Text if runs_on(&self.scanner, token, next) => self.end_string(token),
            TokenKind::Open(bracket) => {
                if bracket == '(' {
                    self.begins_item(token.start);
                }
                self.open.push(bracket);
                self.expects = if bracket == '(' { Expects::Field } else { Expects::Value };
            }
            TokenKind::Close(bracket) => self.close(bracket, token.span()),
            TokenKind::Comma => {
                self.expects = if self.open.last() == Some(&'(') { Expects::Field } else { Expects::Value };
            }
            TokenKind::Colon => self.expects = Expects::Value,
            TokenKind::Word if next.kind == TokenKind::Open('(') && self.expects != Expects::Value => {
                self.begins_item(token.start);
            }
            TokenKind::Word if next.kind == TokenKind::Open('(') => {}
            TokenKind::Word if self.expects == Expects::Field => self.expects = Expects::Colon,
            _ => self.expects = Expects::Separator,
        }
        Some(())
    }

    /// Handles the beginning of an item. Inside the fields of another item of a list, that item should have ended
    /// before.
    fn begins_item(&mut self, at: usize) {
        if let [.., '[', '('] = self.open.as_slice()
            && matches!(self.expects, Expects::Field | Expects::Separator)
        {
            self.insert(at, "), ");
            self.open.pop();
            self.expects = Expects::Value;
        }
    }

    fn close(&mut self, bracket: char, span: Range<usize>) {
        let opened = match bracket {
            ')' => '(',
            ']' => '[',
            _ => '{',
        };
        let Some(level) = self.open.iter().rposition(|open| *open == opened).filter(|level| self.may_end(*level))
        else {
            self.splices.push(Splice { span, text: "".into() });
            return;
        };
        for open in self.open.split_off(level).into_iter().skip(1).rev() {
            self.insert(span.start, closing(open));
        }
        self.expects = Expects::Separator;
    }

    /// Returns `true` if the next token can follow the end of this level.
    fn may_end(&self, level: usize) -> bool {
        let mut ahead = self.scanner;
        let has_comma = ahead.take(TokenKind::Comma).is_some();
        let next = ahead.advance();
        let is_field = next.kind == TokenKind::Word && ahead.peek().kind == TokenKind::Colon;
        match level.checked_sub(1).and_then(|around| self.open.get(around)) {
            None => next.kind == TokenKind::End,
            // A list has no fields.
            Some('[') => !is_field,
            // After a list of the timeline, no field that only an event has can follow.
            Some(_) if level == 1 && is_field && has_comma && self.open.get(level) == Some(&'[') => {
                let name = self.scanner.word(next);
                TIMELINE.field(name).is_some() || EVENT.field(name).is_none()
            }
            Some(_) => true,
        }
    }

    /// Ends a string where its first line ends, before anything after it that looks like punctuation.
    fn end_string(&mut self, string: Token) {
        let rest = self.text.get(string.start + 1..).unwrap_or_default();
        let line = rest.lines().next().unwrap_or_default().trim_end();
        let mut value = line.strip_suffix(',').unwrap_or(line);
        let is_open = |value: &str| value.matches(')').count() > value.matches('(').count();
        while let Some(shorter) = value.strip_suffix(')').filter(|_| is_open(value)) {
            value = shorter;
        }
        let end = string.start + 1 + value.len();
        self.insert(end, "\"");
        self.scanner = Scanner::at(self.text, end);
        self.expects = Expects::Separator;
    }
}

fn closing(open: char) -> &'static str {
    match open {
        '(' => ")",
        '[' => "]",
        _ => "}",
    }
}

/// Returns the path of the event of a document that contains these bytes, and its range.
pub(super) fn event_at(text: &str, at: usize) -> Option<(DocPath, Range<usize>)> {
    let mut scanner = Scanner::new(text);
    scanner.skip_attributes();
    scanner.take(TokenKind::Word);
    scanner.take(TokenKind::Open('('))?;
    while let Some(name) = scanner.take(TokenKind::Word) {
        scanner.take(TokenKind::Colon)?;
        if scanner.word(name) == "events" && scanner.take(TokenKind::Open('[')).is_some() {
            for number in 0.. {
                let first = scanner.peek();
                if first.ends_group() || first.start > at {
                    return None;
                }
                scanner.skip_value();
                if at <= scanner.position() {
                    let path = DocPath::of(&[PathSegment::Field("events"), PathSegment::Index(number)]);
                    return Some((path, first.start..scanner.position()));
                }
                scanner.take(TokenKind::Comma);
            }
        }
        scanner.skip_value();
        scanner.take(TokenKind::Comma);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::{recovery::Recovery, structure::check_structure};
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: &str) {
        let found = Recovery { splices: balance(text).expect("can be balanced"), ..Recovery::default() };
        let mended = found.repair(text).text;
        assert_eq!(mended, expect);
        assert_eq!(check_structure(&mended), []);
    }

    #[test]
    fn brackets_are_put_where_they_were_meant() {
        let sound =
            "(a: \"b\", events: [(id: \"a\", tags: [\"x\"]), Event(id: \"b\")], view: (from: \"1\"), x: Some(\"y\"))";
        check(sound, sound);
        check("(events: [(id: \"a\", (id: \"b\")])", "(events: [(id: \"a\", ), (id: \"b\")])");
        check("(events: [(id: \"a\" Event(id: \"b\")])", "(events: [(id: \"a\" ), Event(id: \"b\")])");
        check("(events: [(id: \"a\")), (id: \"b\")])", "(events: [(id: \"a\"), (id: \"b\")])");
        check(
            "(events: [(id: \"a\"), lane: \"b\"), (id: \"c\")])",
            "(events: [(id: \"a\", lane: \"b\"), (id: \"c\")])",
        );
        check("(events: [(tags: [\"x\"), (id: \"b\")])", "(events: [(tags: [\"x\"]), (id: \"b\")])");
        check(
            "(events: [(tags: \"x\"], id: \"a\"), (id: \"b\")])",
            "(events: [(tags: \"x\", id: \"a\"), (id: \"b\")])",
        );
        check("(events: [(id: \"a\"), title: \"t\")", "(events: [(id: \"a\", title: \"t\")])");
        check("(events: [(id: \"a\")", "(events: [(id: \"a\")])");
        check("(events: [(id: \"a\")]", "(events: [(id: \"a\")])");
    }

    #[test]
    fn strings_end_with_their_lines() {
        check("(a: \"b,\n c: \"d\")", "(a: \"b\",\n c: \"d\")");
        check(
            "(events: [\n(title: \"a (b)),\n(title: \"c\"),\n])",
            "(events: [\n(title: \"a (b)\"),\n(title: \"c\"),\n])",
        );
        check("(a: \"b)", "(a: \"b\")");
    }

    #[test]
    fn what_cannot_be_told_is_left() {
        assert_eq!(balance("(a: /* b"), None);
    }

    #[test]
    fn events_are_found_by_their_bytes() {
        let text = "(title: \"events: [\", events: [(id: \"a\"), Event(id: \"b\")], view: ())";
        let at = |part: &str| {
            event_at(text, text.find(part).expect("there")).map(|(path, span)| (path.segments().to_vec(), &text[span]))
        };
        assert_eq!(at("\"a\"").map(|found| found.1), Some("(id: \"a\")"));
        assert_eq!(at("\"b\""), Some((vec![PathSegment::Field("events"), PathSegment::Index(1)], "Event(id: \"b\")")));
        assert_eq!((at("view"), at("title")), (None, None));
    }
}
