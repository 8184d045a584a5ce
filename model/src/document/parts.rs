//! Where the fields and items of a value are in the text, one level at a time.
//!
//! Nothing is read that is not asked for: values are skipped at memory speed. Offsets are bytes of the text.

use std::ops::Range;

use super::cut::end_of_value;
use super::options::options;
use super::path::PathSegment;
use super::position::BOM;
use super::scan::{Scanner, TokenKind};
use super::text::Text;
use super::value::Value;

/// A field or an item of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part<'t> {
    /// The name of the field; empty for an item.
    pub name: &'t str,
    /// Its bytes, from its name to the end of its value.
    pub span: Range<usize>,
    /// The bytes of its value.
    pub value: Range<usize>,
    /// The comma after it.
    pub comma: Option<usize>,
}

/// The fields of an item, or the items of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parts<'t> {
    /// The opening bracket.
    pub open: usize,
    /// The closing bracket.
    pub close: usize,
    /// What is between them.
    pub parts: Vec<Part<'t>>,
}

/// The place of an item of a list from which later ones are searched, so that a long list is not read from its
/// beginning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ListPosition {
    /// The number of the item.
    pub index: usize,
    /// An offset after the separator before it, and not after its first byte.
    pub at: usize,
}

/// Returns the bytes of the value of the whole document. Returns `None` if there is none.
#[must_use]
pub fn document_value(text: &str) -> Option<Range<usize>> {
    let mut scanner = Scanner::at(text, if text.starts_with(BOM) { BOM.len() } else { 0 });
    scanner.skip_attributes();
    let start = scanner.peek().start;
    scanner.take(TokenKind::Word);
    scanner.take(TokenKind::Open('('))?;
    Some(start..text.trim_end().len())
}

/// Returns the bytes of the value that begins at an offset. Returns `None` if none does.
#[must_use]
pub fn value_at(text: &str, start: usize) -> Option<Range<usize>> {
    let mut scanner = Scanner::at(text, start);
    scanner.skip_value();
    (scanner.position() > start).then_some(start..scanner.position())
}

/// Returns the bytes of a value without any `Some(..)` around it.
#[must_use]
pub fn bare(text: &str, value: Range<usize>) -> Range<usize> {
    let (mut start, mut end) = (value.start, value.end);
    loop {
        let mut scanner = Scanner::at(text, start);
        let is_some = scanner.take(TokenKind::Word).is_some_and(|word| scanner.source(word) == "Some");
        if !is_some || scanner.peek().kind != TokenKind::Open('(') || scanner.at_fields() {
            return start..end;
        }
        scanner.advance();
        start = scanner.peek().start;
        scanner.skip_value();
        end = scanner.position();
    }
}

/// Returns the fields of the item at an offset. Returns `None` if what is there is none.
#[must_use]
pub fn fields(text: &str, at: usize) -> Option<Parts<'_>> {
    parts(text, at, '(', ')')
}

/// Returns the items of the list at an offset. Returns `None` if what is there is none.
#[must_use]
pub fn items(text: &str, at: usize) -> Option<Parts<'_>> {
    parts(text, at, '[', ']')
}

/// Returns the item at or after an offset between two items. Returns the closing bracket instead if there is none, and
/// `None` if the list does not end.
#[must_use]
pub fn next_item(text: &str, at: usize) -> Option<Result<Part<'_>, usize>> {
    let next = Scanner::at(text, at).peek();
    match next.kind {
        TokenKind::Close(_) => Some(Err(next.start)),
        _ if next.ends_group() => None,
        _ => part(text, "", next.start, next.start).map(Ok),
    }
}

/// Returns the bytes of the value at a path. Returns `None` if it is absent.
#[must_use]
pub fn find(text: &str, path: &[PathSegment], events: Option<ListPosition>) -> Option<Range<usize>> {
    if let ([PathSegment::Field("events"), PathSegment::Index(index), rest @ ..], Some(from)) = (path, events)
        && from.index <= *index
    {
        return inside(text, item_from(text, from, *index)?.value, rest);
    }
    inside(text, document_value(text)?, path)
}

/// Returns the item with a number, searched from another before it.
#[must_use]
pub fn item_from(text: &str, from: ListPosition, index: usize) -> Option<Part<'_>> {
    let mut at = from.at;
    for _ in from.index..index {
        at = end_of_value(text, at).filter(|end| text.as_bytes().get(*end) == Some(&b','))? + 1;
    }
    next_item(text, at)?.ok()
}

/// Returns the string that is written at some bytes. Returns `None` if that is no string.
#[must_use]
pub fn string_at(text: &str, value: Range<usize>) -> Option<String> {
    options().from_str(text.get(value)?).ok()
}

/// Returns whether the text of a value reads as `expected`. That of an absent value does not.
#[must_use]
pub fn reads_as(text: &str, value: Range<usize>, expected: &Value<'_>) -> bool {
    let value = bare(text, value);
    let Some(written) = text.get(value.clone()) else { return false };
    match expected {
        Value::Text(expected) => {
            written.starts_with(['"', 'r'])
                && options().from_str::<Text<'_>>(written).is_ok_and(|text| text.as_ref() == expected)
        }
        Value::Word(word) => Scanner::at(written, 0).word(Scanner::new(written).peek()) == *word,
        Value::Number(number) => options().from_str::<f64>(written).is_ok_and(|written| written == *number),
        Value::Integer(integer) => options().from_str::<i32>(written).is_ok_and(|written| written == *integer),
        Value::List(expected) => items(text, value.start).is_some_and(|found| {
            found.parts.len() == expected.len()
                && found.parts.iter().zip(expected).all(|(part, expected)| reads_as(text, part.value.clone(), expected))
        }),
        Value::Item(expected) => fields(text, value.start).is_some_and(|found| {
            let is_expected = |part: &Part<'_>| match expected.iter().find(|(name, _)| *name == part.name) {
                Some((_, expected)) => reads_as(text, part.value.clone(), expected),
                None => is_absent(text, part.value.clone()),
            };
            found.parts.iter().all(is_expected)
                && expected.iter().all(|(name, _)| found.parts.iter().any(|part| part.name == *name))
        }),
    }
}

/// Returns whether the text of a value means what a field means that is not there.
#[must_use]
pub fn is_absent(text: &str, value: Range<usize>) -> bool {
    let at = value.start;
    let written = text.get(value).unwrap_or_default();
    matches!(written, "None" | "Gregorian" | "Linear") || items(text, at).is_some_and(|list| list.parts.is_empty())
}

fn inside(text: &str, mut value: Range<usize>, path: &[PathSegment]) -> Option<Range<usize>> {
    for segment in path {
        let at = bare(text, value).start;
        value = match segment {
            PathSegment::Field(name) => fields(text, at)?.parts.into_iter().find(|part| part.name == *name)?.value,
            PathSegment::Index(index) => items(text, at)?.parts.into_iter().nth(*index)?.value,
        };
    }
    Some(value)
}

fn parts(text: &str, at: usize, open: char, close: char) -> Option<Parts<'_>> {
    let mut scanner = Scanner::at(text, at);
    if open == '(' {
        scanner.take(TokenKind::Word);
    }
    let opening = scanner.take(TokenKind::Open(open))?.start;
    let mut parts = Vec::new();
    loop {
        let first = scanner.peek();
        if first.kind == TokenKind::Close(close) {
            return Some(Parts { open: opening, close: first.start, parts });
        }
        let mut name = "";
        if open == '(' {
            let word = scanner.take(TokenKind::Word)?;
            scanner.take(TokenKind::Colon)?;
            name = scanner.word(word);
        } else if first.ends_group() {
            return None;
        }
        let part = part(text, name, first.start, scanner.peek().start)?;
        scanner = Scanner::at(text, part.comma.map_or(part.value.end, |comma| comma + 1));
        parts.push(part);
    }
}

fn part<'t>(text: &'t str, name: &'t str, start: usize, value: usize) -> Option<Part<'t>> {
    let separator = end_of_value(text, value)?;
    let end = end_of_tokens(text, value, separator)?;
    let comma = (text.as_bytes().get(separator) == Some(&b',')).then_some(separator);
    Some(Part { name, span: start..end, value: value..end, comma })
}

/// Returns the end of the last token before a separator.
fn end_of_tokens(text: &str, value: usize, separator: usize) -> Option<usize> {
    let written = text.get(value..separator)?.trim_end();
    let last_line = written.rsplit('\n').next().unwrap_or_default();
    // Only what may end with a comment is read again.
    let is_plain = written.ends_with(|c: char| c.is_ascii() && c != '/') && !last_line.contains("//");
    if is_plain {
        return Some(value + written.len());
    }
    let mut scanner = Scanner::at(text, value);
    scanner.skip_value();
    (scanner.position() > value).then_some(scanner.position())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, path: &[PathSegment], expect: Option<&str>) {
        assert_eq!(find(text, path, None).and_then(|found| text.get(found)), expect, "{text}");
    }

    #[test]
    fn values_are_found_in_any_style() {
        use PathSegment::{Field, Index};
        let text = "\u{feff}#![enable(implicit_some)]\nTimeline(r#title: \"a, (\" /* ) */, // [\n events : [ (), \
                    Event(place: Some(Place(name: Some(\"x\" /* y */ , ))), tags: [\"a\"// ]\n,\"b\"]) // \",\n ])  ";
        check(text, &[Field("title")], Some("\"a, (\""));
        check(text, &[Field("events"), Index(0)], Some("()"));
        check(text, &[Field("events"), Index(2)], None);
        check(text, &[Field("events"), Index(1), Field("tags"), Index(0)], Some("\"a\""));
        check(text, &[Field("events"), Index(1), Field("tags"), Index(1)], Some("\"b\""));
        check(text, &[Field("events"), Index(1), Field("place"), Field("name")], Some("Some(\"x\" /* y */ , )"));
        check(text, &[Field("lanes"), Index(1)], None);
        check("[", &[], None);
    }

    #[test]
    fn an_item_is_found_from_one_before_it() {
        let text = "(title: \"\", events: [(a: \"1,\"), (b: 2) /* , */, // ,\n (c: 3)])";
        let from = ListPosition { index: 1, at: text.find("(b").expect("an item") };
        let found = |index| item_from(text, from, index).map(|part| &text[part.value]);
        assert_eq!(found(1), Some("(b: 2)"));
        assert_eq!(found(2), Some("(c: 3)"));
        assert_eq!(found(3), None);
    }

    #[test]
    fn some_is_peeled_off() {
        for (text, expect) in
            [("Some(\"a\")", "\"a\""), ("Some( Some( 1 ,) )", "1"), ("Some(a: 1)", "Some(a: 1)"), ("None", "None")]
        {
            assert_eq!(&text[bare(text, 0..text.len())], expect);
        }
    }
}
