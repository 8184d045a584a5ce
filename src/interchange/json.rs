//! JSON as a tree whose objects keep the order of their fields.

use std::fmt::Write as _;

/// A value of JSON.
#[derive(Clone, Debug, PartialEq)]
pub enum Json {
    /// `null`.
    Null,
    /// A string.
    Text(String),
    /// A number. One that is not finite is `null`.
    Number(f64),
    /// An integer.
    Integer(i64),
    /// An array.
    List(Vec<Self>),
    /// An object.
    Object(Vec<(&'static str, Self)>),
}

/// Indentation of what is inside of something else, in spaces.
const INDENT: usize = 2;

impl Json {
    /// Returns a string.
    #[must_use]
    pub fn text(text: &str) -> Self {
        Self::Text(text.to_owned())
    }

    /// Returns a string, or `null`.
    #[must_use]
    pub fn maybe(text: Option<&str>) -> Self {
        text.map_or(Self::Null, Self::text)
    }

    /// Returns an array of strings.
    #[must_use]
    pub fn texts<'t>(texts: impl IntoIterator<Item = &'t str>) -> Self {
        Self::List(texts.into_iter().map(Self::text).collect())
    }

    /// Returns the value on lines of its own, all but the first of them indented by `indent` spaces and more.
    #[must_use]
    pub fn pretty(&self, indent: usize) -> String {
        let mut text = String::new();
        self.write(&mut text, Some(indent));
        text
    }

    /// Returns the value on one line, without the fields that are `null` or an empty list.
    #[must_use]
    pub fn compact(&self) -> String {
        let mut text = String::new();
        self.write(&mut text, None);
        text
    }

    /// Returns whether it is `null` or an empty list.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        match self {
            Self::Null => true,
            Self::List(values) => values.is_empty(),
            _ => false,
        }
    }

    /// Writes the value: on one line if `indent` is `None`. Writing to a string does not fail.
    fn write(&self, out: &mut String, indent: Option<usize>) {
        match self {
            Self::Null => out.push_str("null"),
            Self::Text(text) => string(out, text),
            Self::Number(number) if !number.is_finite() => out.push_str("null"),
            Self::Number(number) => {
                let _ = write!(out, "{number:?}");
            }
            Self::Integer(number) => {
                let _ = write!(out, "{number}");
            }
            Self::List(values) => {
                let values: Vec<(Option<&str>, &Self)> = values.iter().map(|value| (None, value)).collect();
                group(out, ['[', ']'], &values, indent);
            }
            Self::Object(fields) => {
                let is_said = |value: &Self| indent.is_some() || !value.is_nothing();
                let fields = fields.iter().filter(|(_, value)| is_said(value));
                let fields: Vec<(Option<&str>, &Self)> = fields.map(|(name, value)| (Some(*name), value)).collect();
                group(out, ['{', '}'], &fields, indent);
            }
        }
    }
}

/// Writes values between brackets, each with its name if it has one.
fn group(out: &mut String, [open, close]: [char; 2], values: &[(Option<&str>, &Json)], indent: Option<usize>) {
    out.push(open);
    let inside = indent.map(|indent| indent + INDENT);
    for (number, (name, value)) in values.iter().enumerate() {
        if number > 0 {
            out.push(',');
        }
        line(out, inside);
        if let Some(name) = name {
            string(out, name);
            out.push_str(if indent.is_some() { ": " } else { ":" });
        }
        value.write(out, inside);
    }
    if !values.is_empty() {
        line(out, indent);
    }
    out.push(close);
}

/// Begins a line.
fn line(out: &mut String, indent: Option<usize>) {
    if let Some(indent) = indent {
        out.push('\n');
        out.extend(std::iter::repeat_n(' ', indent));
    }
}

/// Writes a string (RFC 8259, 7).
fn string(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c < ' ' => {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_json() {
        let check = |value: Json, expect: &str| {
            let read = |text: &str| serde_json::from_str::<serde_json::Value>(text).expect("JSON");
            assert_eq!(value.compact(), expect);
            read(&value.compact());
            read(&value.pretty(0));
        };
        check(Json::text("a\"\\\n\r\t\u{1}é😀"), "\"a\\\"\\\\\\n\\r\\t\\u0001é😀\"");
        check(Json::Number(1.0), "1.0");
        check(Json::Number(-37.25), "-37.25");
        check(Json::Number(1e300), "1e300");
        check(Json::Number(f64::NAN), "null");
        check(Json::List(vec![Json::Null, Json::Integer(-3)]), "[null,-3]");
        check(Json::Object(vec![("b", Json::Null), ("a", Json::List(Vec::new()))]), "{}");
        check(Json::Object(vec![("b", Json::texts(["x"])), ("a", Json::text(""))]), "{\"b\":[\"x\"],\"a\":\"\"}");
    }

    #[test]
    fn it_is_laid_out_as_serde_json_does() {
        let value =
            Json::Object(vec![("a", Json::List(vec![Json::Integer(1), Json::List(Vec::new())])), ("b", Json::Null)]);
        let read: serde_json::Value = serde_json::from_str(&value.pretty(0)).expect("JSON");
        assert_eq!(value.pretty(0), serde_json::to_string_pretty(&read).expect("JSON"));
    }
}
