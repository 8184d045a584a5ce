//! Texts of several parts in one cell of a table, which people can read and an import reads back.
//!
//! A list has `; ` between its members. A record is a list whose members have names: `Title; locator: p. 3; basis: Stated`;
//! its first member may have none. Records are on lines of their own. The titles of a lane and of the lanes around it have
//! ` > ` between them. A backslash makes the sign after it mean itself, and `\n` and `\r` are line breaks.

use std::borrow::Cow;

/// What is between the members of a list.
const LIST: char = ';';
/// What is between the titles of a lane and of the lane that it is in.
const PATH: char = '>';

/// Returns members as a list.
#[must_use]
pub fn list<'t>(members: impl IntoIterator<Item = &'t str>) -> String {
    members.into_iter().map(|member| escaped(member, LIST)).collect::<Vec<_>>().join("; ")
}

/// Returns the members of a list.
#[must_use]
pub fn members(list: &str) -> Vec<String> {
    split(list, LIST)
}

/// Returns the titles of a lane and of those around it, the outermost first, as a path.
#[must_use]
pub fn path<'t>(titles: impl IntoIterator<Item = &'t str>) -> String {
    titles.into_iter().map(|title| escaped(title, PATH)).collect::<Vec<_>>().join(" > ")
}

/// Returns the titles of a path.
#[must_use]
pub fn titles(path: &str) -> Vec<String> {
    split(path, PATH)
}

/// Returns a record: what has no name first, then the fields that have a text.
#[must_use]
pub fn record(first: Option<&str>, fields: &[(&str, Option<&str>)]) -> String {
    let first = first.map(|text| escaped(text, LIST).into_owned());
    let fields = fields.iter().filter_map(|(name, text)| Some(format!("{name}: {}", escaped((*text)?, LIST))));
    first.into_iter().chain(fields).collect::<Vec<_>>().join("; ")
}

/// Returns the text of a record that has no name, if it has one, and the names and texts of its fields.
#[must_use]
pub fn fields(record: &str, has_first: bool) -> (Option<String>, Vec<(String, String)>) {
    let mut members = split(record, LIST).into_iter();
    let first = if has_first { members.next() } else { None };
    let field = |member: String| {
        let (name, text) = member.split_once(':')?;
        Some((name.trim().to_owned(), text.strip_prefix(' ').unwrap_or(text).to_owned()))
    };
    (first, members.filter_map(field).collect())
}

fn escaped(text: &str, separator: char) -> Cow<'_, str> {
    if !text.contains(['\\', '\n', '\r', separator]) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '\n' => escaped.push_str("\\n"),
            '\r' => escaped.push_str("\\r"),
            c if c == '\\' || c == separator => escaped.extend(['\\', c]),
            c => escaped.push(c),
        }
    }
    Cow::Owned(escaped)
}

/// Splits a text at separators; a space on each side belongs to them. Returns nothing for an empty text.
fn split(text: &str, separator: char) -> Vec<String> {
    if text.is_empty() {
        return Vec::new();
    }
    let mut parts = Vec::new();
    let mut part = String::new();
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            '\\' => match characters.next() {
                Some('n') => part.push('\n'),
                Some('r') => part.push('\r'),
                Some(c) => part.push(c),
                None => part.push('\\'),
            },
            c if c == separator => {
                characters.next_if_eq(&' ');
                if separator == PATH && part.ends_with(' ') {
                    part.pop();
                }
                parts.push(std::mem::take(&mut part));
            }
            c => part.push(c),
        }
    }
    parts.push(part);
    parts
}

/// Returns a text that no spreadsheet takes for a formula: one that begins as if it were gets an apostrophe before it. So
/// does one that has only apostrophes before such a beginning, so that [`unguarded`] gives back any text.
#[must_use]
pub fn guarded(text: &str) -> Cow<'_, str> {
    if begins_as_formula(text) && !is_number(text) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// Returns a text without the apostrophe that [`guarded`] puts before it.
#[must_use]
pub fn unguarded(text: &str) -> &str {
    text.strip_prefix('\'').filter(|rest| begins_as_formula(rest)).unwrap_or(text)
}

fn begins_as_formula(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r', '\n'])
}

/// Returns whether a text is a number that a spreadsheet shows as it is.
fn is_number(text: &str) -> bool {
    text.parse::<f64>().is_ok_and(|number| number.is_finite() && number.to_string() == text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_come_back() {
        let check = |texts: &[&str], expect: &str| {
            assert_eq!(list(texts.iter().copied()), expect);
            assert_eq!(members(expect), texts);
        };
        check(&[], "");
        check(&["a"], "a");
        check(&["a, b", "c"], "a, b; c");
        check(&["a; b", " c ", "\\n", "x\ny"], "a\\; b;  c ; \\\\n; x\\ny");
        assert_eq!(members("a;b; c\\"), ["a", "b", "c\\"]);
    }

    #[test]
    fn paths_come_back() {
        let check = |texts: &[&str], expect: &str| {
            assert_eq!(path(texts.iter().copied()), expect);
            assert_eq!(titles(expect), texts);
        };
        check(&["Europe", "France"], "Europe > France");
        check(&["a>b", "=>", "c "], "a\\>b > =\\> > c ");
        assert_eq!(titles("a>b"), ["a", "b"]);
    }

    #[test]
    fn records_come_back() {
        let text = record(Some("A: B; c"), &[("locator", Some("p. 3: x")), ("basis", None), ("note", Some(" a\nb"))]);
        assert_eq!(text, "A: B\\; c; locator: p. 3: x; note:  a\\nb");
        let (first, read) = fields(&text, true);
        assert_eq!(first.as_deref(), Some("A: B; c"));
        let expect = [("locator", "p. 3: x"), ("note", " a\nb")];
        assert_eq!(read, expect.map(|(name, text)| (name.to_owned(), text.to_owned())));
        assert_eq!(fields("file: a.png; alt: x", false).1.len(), 2);
        assert_eq!(fields("", true), (None, Vec::new()));
    }

    #[test]
    fn no_text_is_a_formula() {
        let check = |text: &str, expect: &str| {
            assert_eq!(guarded(text), expect);
            assert_eq!(unguarded(expect), text);
        };
        check("=SUM(A1)", "'=SUM(A1)");
        check("'=x", "''=x");
        check("-0043-03-15", "'-0043-03-15");
        check("-0043", "'-0043");
        check("\tx", "'\tx");
        check("@a", "'@a");
        check("+1", "'+1");
        check("'-3", "''-3");
        for same in ["", "-33.5", "'tis", "a=b", "1965", "'", "''"] {
            check(same, same);
        }
    }
}
