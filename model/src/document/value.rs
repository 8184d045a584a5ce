//! Values of RON as text: an item or list is on one line if it fits, else each of its parts is.

use std::borrow::Cow;
use std::fmt::{self, Write};

/// Maximum width of a line that more than one value is on, in characters.
const WIDTH: usize = 120;

/// A value of a document.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'v> {
    /// A string.
    Text(Cow<'v, str>),
    /// The name of a choice: `Julian`, `Stated`.
    Word(&'static str),
    /// A number.
    Number(f64),
    /// An integer.
    Integer(i32),
    /// A list.
    List(Vec<Self>),
    /// An item, with the fields that have a value, in the order of the format.
    Item(Fields<'v>),
}

/// The names and values of fields.
pub type Fields<'v> = Vec<(&'static str, Value<'v>)>;

/// What lines look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style<'s> {
    /// The indentation of the outermost lines.
    pub indent: &'s str,
    /// What each level adds to the indentation.
    pub unit: &'s str,
    /// The line break.
    pub newline: &'s str,
}

impl Style<'_> {
    /// The style of documents that are written whole.
    pub const TIDY: Style<'static> = Style { indent: "", unit: "    ", newline: "\n" };

    /// Writes the indentation of a line.
    pub(super) fn indent(self, out: &mut dyn Write, depth: usize) -> fmt::Result {
        out.write_str(self.indent)?;
        (0..depth).try_for_each(|_| out.write_str(self.unit))
    }

    fn width(self, depth: usize) -> usize {
        self.indent.chars().count() + depth * self.unit.chars().count()
    }
}

impl Value<'_> {
    /// Returns the value on one line, but for line breaks in strings.
    #[must_use]
    pub fn flat(&self) -> String {
        let mut text = String::new();
        // Writing to a string does not fail.
        let _ = flat(&mut text, self);
        text
    }

    /// Returns the same value, which borrows nothing.
    #[must_use]
    pub fn to_static(&self) -> Value<'static> {
        match self {
            Self::Text(text) => Value::Text(text.clone().into_owned().into()),
            Self::Word(word) => Value::Word(word),
            Self::Number(number) => Value::Number(*number),
            Self::Integer(integer) => Value::Integer(*integer),
            Self::List(items) => Value::List(items.iter().map(Value::to_static).collect()),
            Self::Item(fields) => Value::Item(fields.iter().map(|(name, value)| (*name, value.to_static())).collect()),
        }
    }

    /// Returns the value in a style. It begins after `before` characters of a line, beside the indentation.
    #[must_use]
    pub fn styled(&self, style: Style<'_>, before: usize, is_broken: bool) -> String {
        let mut text = String::new();
        let _ = if is_broken { put_broken(&mut text, style, self, 0) } else { put(&mut text, style, self, 0, before) };
        text
    }
}

/// Writes an item of a list, on lines of its own.
pub(super) fn item(out: &mut dyn Write, style: Style<'_>, value: &Value<'_>, depth: usize) -> fmt::Result {
    style.indent(out, depth)?;
    put(out, style, value, depth, 0)?;
    out.write_str(",")?;
    out.write_str(style.newline)
}

/// Writes a field on lines of its own.
pub(super) fn field(out: &mut dyn Write, style: Style<'_>, name: &str, value: &Value<'_>, depth: usize) -> fmt::Result {
    style.indent(out, depth)?;
    write!(out, "{name}: ")?;
    put(out, style, value, depth, name.len() + 2)?;
    out.write_str(",")?;
    out.write_str(style.newline)
}

/// Writes a value, on one line if it fits. `before` is the width of what is before it, beside the indentation.
pub(super) fn put(
    out: &mut dyn Write,
    style: Style<'_>,
    value: &Value<'_>,
    depth: usize,
    before: usize,
) -> fmt::Result {
    let is_broken = matches!(value, Value::List(_) | Value::Item(_));
    let room = WIDTH.saturating_sub(style.width(depth) + before + 1);
    if !is_broken || width(value, room).is_some() {
        return flat(out, value);
    }
    put_broken(out, style, value, depth)
}

/// Writes a value; each part of an item or list is on lines of its own.
fn put_broken(out: &mut dyn Write, style: Style<'_>, value: &Value<'_>, depth: usize) -> fmt::Result {
    match value {
        Value::Item(fields) => {
            out.write_str("(")?;
            out.write_str(style.newline)?;
            for (name, value) in fields {
                field(out, style, name, value, depth + 1)?;
            }
            style.indent(out, depth)?;
            out.write_char(')')
        }
        Value::List(values) => {
            out.write_str("[")?;
            out.write_str(style.newline)?;
            for value in values {
                item(out, style, value, depth + 1)?;
            }
            style.indent(out, depth)?;
            out.write_char(']')
        }
        _ => flat(out, value),
    }
}

/// Writes a value on one line.
fn flat(out: &mut dyn Write, value: &Value<'_>) -> fmt::Result {
    match value {
        Value::Text(text) => literal(out, text),
        Value::Word(word) => out.write_str(word),
        Value::Integer(integer) => write!(out, "{integer}"),
        Value::Number(number) => write!(out, "{number}"),
        Value::List(values) => {
            out.write_char('[')?;
            for (index, value) in values.iter().enumerate() {
                out.write_str(if index > 0 { ", " } else { "" })?;
                flat(out, value)?;
            }
            out.write_char(']')
        }
        Value::Item(fields) => {
            out.write_char('(')?;
            for (index, (name, value)) in fields.iter().enumerate() {
                write!(out, "{}{name}: ", if index > 0 { ", " } else { "" })?;
                flat(out, value)?;
            }
            out.write_char(')')
        }
    }
}

/// Returns the width of a value on one line, in characters, if it is at most `room`.
fn width(value: &Value<'_>, room: usize) -> Option<usize> {
    let width = match value {
        Value::Text(text) => {
            if text.len() > room * 4 || text.contains('\n') {
                return None;
            }
            text.chars().count() + 2
        }
        Value::Word(word) => word.len(),
        Value::Integer(_) | Value::Number(_) => 8,
        // Ends with the first part that there is no room for: a list may be as long as a document.
        Value::List(values) => {
            values.iter().try_fold(2, |sum, value| Some(sum + 2 + width(value, room.checked_sub(sum)?)?))?
        }
        Value::Item(fields) => fields
            .iter()
            .try_fold(2, |sum, (name, value)| Some(sum + name.len() + 4 + width(value, room.checked_sub(sum)?)?))?,
    };
    (width <= room).then_some(width)
}

/// Returns whether a character would not be seen in a text, or would change how the text around it is seen.
pub(super) fn is_hidden(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\t')
        || matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// Writes a string: raw if it has quotes or backslashes, with line breaks as they are; with escapes if it has
/// characters that are not seen.
pub(super) fn literal(out: &mut dyn Write, text: &str) -> fmt::Result {
    if text.chars().any(is_hidden) {
        out.write_char('"')?;
        for c in text.chars() {
            match c {
                '"' | '\\' => write!(out, "\\{c}")?,
                c if is_hidden(c) => write!(out, "\\u{{{:x}}}", u32::from(c))?,
                c => out.write_char(c)?,
            }
        }
        return out.write_char('"');
    }
    if !text.contains(['"', '\\']) {
        return write!(out, "\"{text}\"");
    }
    let mut hashes = String::from("#");
    while text.contains(&format!("\"{hashes}")) {
        hashes.push('#');
    }
    write!(out, "r{hashes}\"{text}\"{hashes}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_stay_readable() {
        let check = |text: &str, expect: &str| {
            let mut out = String::new();
            literal(&mut out, text).expect("a string");
            assert_eq!(out, expect);
            assert_eq!(ron::from_str::<String>(&out).expect("a string"), text);
        };
        check("한국", "\"한국\"");
        check("a \"word\"", "r#\"a \"word\"\"#");
        check("a \"# b", "r##\"a \"# b\"##");
        check("two\nlines\t", "\"two\nlines\t\"");
        check("a\r\n\"b\"\u{202e}", "\"a\\u{d}\n\\\"b\\\"\\u{202e}\"");
        check("C:\\a", "r#\"C:\\a\"#");
    }
}
