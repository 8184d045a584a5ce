//! JSON, and the object literals of JavaScript that are published in its place.

use std::ops::Range;

use serde_json::{Map, Value};

use super::error::ImportError;
use super::json_text::json;
pub(super) use super::json_text::{drop_others, is_given, text};

/// An object of JSON.
pub(super) type Object = Map<String, Value>;

/// Reads JSON; or else a literal of JavaScript: keys and strings in other quotes, comments, commas at the end, dates that
/// are made with `new Date`.
///
/// # Errors
/// Returns an error if it is neither.
pub(super) fn parse(text: &str) -> Result<Value, ImportError> {
    let text = text.trim_start_matches('\u{feff}').trim();
    json(text).or_else(|error| literal(text).ok_or(error))
}

/// Returns whether a text seems to have a key, in quotes or not.
pub(super) fn has_key(text: &str, key: &str) -> bool {
    /// Number of bytes that are examined.
    const HEAD: usize = 1 << 18;
    let end = (0..=text.len().min(HEAD)).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    let head = text.get(..end).unwrap_or_default();
    head.match_indices(key).any(|(at, _)| {
        let before = head.get(..at).unwrap_or_default();
        let after = head.get(at + key.len()..).unwrap_or_default();
        let is_begin = before.ends_with(|c: char| matches!(c, '"' | '\'' | '{' | ',') || c.is_whitespace());
        let after = after.strip_prefix(['"', '\'']).unwrap_or(after);
        is_begin && after.trim_start().starts_with(':')
    })
}

/// Returns whether a text begins as JSON, or as a literal that a variable is set to.
pub(super) fn is_json(text: &str) -> bool {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let begins = ["var ", "let ", "const ", "//", "/*"].iter().any(|begin| text.starts_with(begin));
    text.starts_with(['{', '[']) || begins && text.contains(['{', '['])
}

/// Returns a text or number as text. Returns `None` if it is blank, or anything else.
pub(super) fn as_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// Reads a literal, from its first bracket to the one that closes it.
fn literal(text: &str) -> Option<Value> {
    next(text, 0)?.1
}

/// Reads the literals of a program, each with the words of its statement that are before it: `var items = new DataSet(`.
/// Code in brackets is none.
pub(super) fn literals(text: &str) -> Vec<(&str, Value)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some((range, value)) = next(text, at) {
        let before = text.get(at..range.start).unwrap_or_default();
        found.extend(value.map(|value| (before.rsplit(';').next().unwrap_or_default(), value)));
        at = range.end;
    }
    found
}

/// Returns where the next literal is, and its value if it is one. Returns `None` if there is none, or it is not closed.
fn next(text: &str, from: usize) -> Option<(Range<usize>, Option<Value>)> {
    let mut json = String::new();
    let mut cursor = Cursor { text, at: from, json: &mut json };
    let mut depth = 0_usize;
    let mut begin = from;
    loop {
        let c = cursor.peek()?;
        match c {
            '/' if cursor.rest().starts_with("//") => cursor.skip_to("\n"),
            '/' if cursor.rest().starts_with("/*") => cursor.skip_to("*/"),
            '{' | '[' => {
                if depth == 0 {
                    begin = cursor.at;
                }
                depth += 1;
                cursor.take(c);
            }
            _ if depth == 0 => cursor.skip(c),
            '}' | ']' => {
                cursor.drop_comma();
                cursor.take(c);
                depth -= 1;
                if depth == 0 {
                    break;
                }
            }
            '"' | '\'' | '`' => cursor.string(c)?,
            '+' => {
                cursor.skip(c);
                cursor.skip_space();
                // Strings that are put together.
                let quote = cursor.peek().filter(|c| matches!(c, '"' | '\'' | '`'));
                match quote {
                    Some(quote) if cursor.json.ends_with('"') => {
                        cursor.json.pop();
                        let begin = cursor.json.len();
                        cursor.string(quote)?;
                        cursor.json.remove(begin);
                    }
                    _ => {}
                }
            }
            ',' | ':' => cursor.take(c),
            '-' | '.' | '0'..='9' => cursor.number(),
            c if c.is_alphabetic() || matches!(c, '_' | '$') => cursor.word()?,
            c => cursor.skip(c),
        }
    }
    let end = cursor.at;
    Some((begin..end, serde_json::from_str(&json).ok()))
}

struct Cursor<'t> {
    text: &'t str,
    at: usize,
    json: &'t mut String,
}

impl<'t> Cursor<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn skip(&mut self, c: char) {
        self.at += c.len_utf8();
    }

    fn take(&mut self, c: char) {
        self.json.push(c);
        self.skip(c);
    }

    fn skip_space(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
    }

    fn skip_to(&mut self, end: &str) {
        self.at += self.rest().find(end).map_or(self.rest().len(), |at| at + end.len());
    }

    fn drop_comma(&mut self) {
        if self.json.ends_with(',') {
            self.json.pop();
        }
    }

    /// Takes a string in any quotes, and writes it in those of JSON.
    fn string(&mut self, quote: char) -> Option<()> {
        self.skip(quote);
        let mut words = String::new();
        loop {
            let c = self.peek()?;
            self.skip(c);
            match c {
                c if c == quote => break,
                '\\' => {
                    let escape = self.peek()?;
                    self.skip(escape);
                    match escape {
                        'n' => words.push('\n'),
                        'r' => words.push('\r'),
                        't' => words.push('\t'),
                        'b' | 'f' | 'v' => words.push(' '),
                        '\n' => {}
                        'u' | 'x' => {
                            let length = if escape == 'u' { 4 } else { 2 };
                            let digits = self.rest().get(..length)?;
                            let code = u32::from_str_radix(digits, 16).ok()?;
                            self.at += length;
                            words.push(self.surrogates(code)?);
                        }
                        c => words.push(c),
                    }
                }
                c => words.push(c),
            }
        }
        self.json.push_str(&Value::String(words).to_string());
        Some(())
    }

    /// Returns the character of a code of UTF-16, with the one after it if it needs that.
    fn surrogates(&mut self, code: u32) -> Option<char> {
        if let Some(c) = char::from_u32(code) {
            return Some(c);
        }
        let low = self.rest().strip_prefix("\\u").and_then(|rest| u32::from_str_radix(rest.get(..4)?, 16).ok())?;
        self.at += 6;
        char::from_u32(0x1_0000 + (code.checked_sub(0xD800)? << 10) + low.checked_sub(0xDC00)?)
    }

    fn number(&mut self) {
        let rest = self.rest();
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '.' | '-')).unwrap_or(rest.len());
        let digits = rest.get(..end).unwrap_or_default();
        if digits.starts_with('.') {
            self.json.push('0');
        }
        self.json.push_str(digits);
        self.at += end;
    }

    /// Takes a key, a constant or a date.
    fn word(&mut self) -> Option<()> {
        let rest = self.rest();
        let end = rest.find(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '$' | '.')).unwrap_or(rest.len());
        let word = rest.get(..end).unwrap_or_default();
        self.at += end;
        match word {
            "new" => {
                self.skip_space();
                let arguments = self.rest().strip_prefix("Date")?.trim_start().strip_prefix('(')?;
                let length = arguments.find(')')?;
                let (arguments, after) = arguments.split_at(length);
                self.at = self.text.len() - after.len() + 1;
                let date = date_of(arguments);
                self.json.push_str(&Value::String(date).to_string());
            }
            "true" | "false" | "null" => self.json.push_str(word),
            "undefined" | "NaN" => self.json.push_str("null"),
            word => self.json.push_str(&Value::String(word.to_owned()).to_string()),
        }
        Some(())
    }
}

/// Returns the arguments of `new Date` as a date: a text as it is, numbers as ISO 8601. Months count from 0.
fn date_of(arguments: &str) -> String {
    let bare = arguments.trim();
    if bare.starts_with(['"', '\'']) {
        return bare.trim_matches(['"', '\'']).to_owned();
    }
    let numbers: Vec<i64> = bare.split(',').map_while(|number| number.trim().parse().ok()).collect();
    let part = |index: usize| numbers.get(index).copied();
    match numbers.as_slice() {
        [] | [_] => bare.to_owned(),
        [year, month, ..] => {
            let day = part(2).map(|day| format!("-{day:02}")).unwrap_or_default();
            let time = part(3).map(|hour| {
                format!("T{hour:02}:{:02}:{:02}", part(4).unwrap_or_default(), part(5).unwrap_or_default())
            });
            let sign = if *year < 0 { "-" } else { "" };
            format!("{sign}{:04}-{:02}{day}{}", year.abs(), month + 1, time.unwrap_or_default())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_are_read_as_json() {
        let check = |text: &str, expect: &str| {
            assert_eq!(parse(text).map(|value| value.to_string()).ok().as_deref(), Some(expect), "{text}");
        };
        check("\u{feff}{\"a\": [1, true]}", "{\"a\":[1,true]}");
        check("var data = {a: 'it\\'s \"x\"', 'b': [1, 2,],}; more();", "{\"a\":\"it's \\\"x\\\"\",\"b\":[1,2]}");
        check("{ // one\n a: .5, /* two, { */ b: null, c: undefined }", "{\"a\":0.5,\"b\":null,\"c\":null}");
        check(
            "[{start: new Date(2010, 7, 23), end: new Date(2010,0)}]",
            "[{\"end\":\"2010-01\",\"start\":\"2010-08-23\"}]",
        );
        check("[new Date('2010-08-23'), 'a' + \"b\"]", "[\"2010-08-23\",\"ab\"]");
        check("['a\nb', '\\u00e9\\x41', '\\ud83d\\ude00']", "[\"a\\nb\",\"éA\",\"😀\"]");
        let error = parse("{\"a\": 1,\n \"b\" }").expect_err("no JSON");
        assert_eq!(error.at.map(|[line, _]| line), Some(2), "{error}");
        for wrong in ["", "{", "['a", "[new Date(]", "nothing", "{a:'\\u12"] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
        assert!(parse(&"[".repeat(100_000)).is_err_and(|error| error.message.contains("recursion")));
        assert!(parse(&"[{a:".repeat(50_000)).is_err());
    }

    #[test]
    fn keys_are_seen_without_reading_all() {
        assert!(has_key("{ 'events' : []", "events") && has_key("{events:[]", "events"));
        assert!(!has_key("{\"my_events\": 1}", "events") && !has_key("[\"events\"]", "events"));
        assert!(is_json(" [1]") && is_json("var a = {}") && !is_json("a,b\n"));
    }
}
