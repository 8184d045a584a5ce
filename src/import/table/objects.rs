//! Lists of objects in JSON, as tables: a column for each key, a row for each object.
//!
//! An object in an object has a column for each of its keys, named after both; a list of texts is one text, as tags are
//! written. What is deeper is counted.

use std::cmp::Reverse;
use std::collections::HashMap;

use serde_json::{Deserializer, Map, Value};

use super::super::error::ImportError;
use super::super::json_text::{is_given, json};
use super::cell::{Cell, Kind, Row};
use super::sheet::Sheet;

/// Maximum number of columns: a list whose objects are all different is no table.
const MOST_COLUMNS: usize = 1_000;
/// Maximum number of cells.
const MOST_CELLS: usize = 20_000_000;

/// Returns whether a text begins as a list of objects, or as an object that may contain one.
pub(super) fn recognises(text: &str) -> bool {
    let text = text.trim_start();
    let begins =
        |open: char, inner: &[char]| text.strip_prefix(open).is_some_and(|rest| rest.trim_start().starts_with(inner));
    begins('[', &['{', ']']) || begins('{', &['"', '}'])
}

/// Reads a list of objects; an object whose longest list is taken; or objects on lines of their own.
pub(super) fn read(text: &str) -> Result<Sheet, ImportError> {
    let value = match json(text) {
        Ok(value) => value,
        Err(error) => Value::Array(on_lines(text).ok_or(error)?),
    };
    let mut sheet = Sheet::default();
    let list = match &value {
        Value::Array(list) => Some(list),
        Value::Object(object) => longest(object).inspect(|list| {
            sheet.title = ["title", "name"].iter().find_map(|key| Some(object.get(*key)?.as_str()?.to_owned()));
            beside(object, list, &mut sheet);
        }),
        _ => None,
    };
    let Some(list) = list.filter(|list| list.iter().any(Value::is_object)) else {
        return Err(ImportError::new("the file has no list of objects")
            .hint("it is like this: [{\"title\": \"A\", \"date\": \"1965\"}]"));
    };
    let mut table = Columns::default();
    sheet.rows.push(Row::default());
    for (index, value) in list.iter().enumerate() {
        let number = index + 1;
        let Some(object) = value.as_object() else {
            sheet.unread.push((number, "what is no object", value.to_string()));
            continue;
        };
        let mut row = Row { number, ..Row::default() };
        for (key, value) in object {
            match value {
                Value::Object(inner) => {
                    for (inner_key, value) in inner {
                        // What an object is called stands for it.
                        let is_name = matches!(inner_key.as_str(), "name" | "title" | "label" | "text" | "value");
                        let name = if is_name { key.clone() } else { format!("{key} {inner_key}") };
                        table.add(&mut row, &name, value, &mut sheet);
                    }
                }
                value => table.add(&mut row, key, value, &mut sheet),
            }
        }
        if table.cells > MOST_CELLS {
            return Err(ImportError::new("the list has too many values"));
        }
        if !row.is_blank() {
            sheet.rows.push(row);
        }
    }
    if let Some(header) = sheet.rows.first_mut() {
        header.cells = table.names.into_iter().map(|name| Cell { text: name.into(), kind: Kind::Text }).collect();
    }
    Ok(sheet)
}

/// Reads objects that follow each other without a list around them, as in logs.
fn on_lines(text: &str) -> Option<Vec<Value>> {
    let values: Vec<Value> = Deserializer::from_str(text).into_iter().collect::<Result<_, _>>().ok()?;
    (values.len() > 1).then_some(values)
}

/// Returns the longest list of objects in an object, or in an object in it.
fn longest(object: &Map<String, Value>) -> Option<&Vec<Value>> {
    let inner = object.values().filter_map(Value::as_object).flat_map(Map::values);
    let lists = object.values().chain(inner).filter_map(Value::as_array);
    let lists = lists.filter(|list| list.iter().any(Value::is_object)).enumerate();
    lists.max_by_key(|(at, list)| (list.len(), Reverse(*at))).map(|(_, list)| list)
}

/// Counts what is in an object beside a list in it.
fn beside(object: &Map<String, Value>, list: &[Value], sheet: &mut Sheet) {
    /// Maximum length of the words that are kept of each, in bytes.
    const MOST: usize = 200;
    let is_list = |value: &Value| value.as_array().is_some_and(|other| std::ptr::eq(other.as_slice(), list));
    let mut open: Vec<(&String, &Value)> = object.iter().collect();
    while let Some((key, value)) = open.pop() {
        let is_title = value.as_str().is_some() && value.as_str() == sheet.title.as_deref();
        match value {
            value if is_list(value) || !is_given(value) || is_title => {}
            Value::Object(inner) if inner.values().any(is_list) => open.extend(inner),
            value => {
                let mut words = format!("{key}: {value}");
                words.truncate(words.floor_char_boundary(MOST));
                sheet.unread.push((0, "what is beside the list", words));
            }
        }
    }
}

/// The columns so far.
#[derive(Debug, Default)]
struct Columns {
    names: Vec<String>,
    by_name: HashMap<String, usize>,
    /// Number of cells, those that are empty before another counted.
    cells: usize,
}

impl Columns {
    fn add(&mut self, row: &mut Row<'static>, name: &str, value: &Value, sheet: &mut Sheet) {
        let Some((text, kind)) = text(value) else {
            let is_given = !value.is_null() && value.as_array().is_none_or(|list| !list.is_empty());
            if is_given {
                sheet.unread.push((row.number, "what is in a list or an object of an object", value.to_string()));
            }
            return;
        };
        if text.trim().is_empty() {
            return;
        }
        let Some(column) = self.column(name) else {
            sheet.unread.push((row.number, "a key too many", name.to_owned()));
            return;
        };
        self.cells += (column + 1).saturating_sub(row.cells.len());
        if row.cells.len() <= column {
            row.cells.resize(column + 1, Cell::default());
        }
        if let Some(cell) = row.cells.get_mut(column) {
            *cell = Cell { text: text.into(), kind };
        }
    }

    fn column(&mut self, name: &str) -> Option<usize> {
        if let Some(column) = self.by_name.get(name) {
            return Some(*column);
        }
        let column = self.names.len();
        if column >= MOST_COLUMNS {
            return None;
        }
        self.names.push(name.to_owned());
        self.by_name.insert(name.to_owned(), column);
        Some(column)
    }
}

/// Returns the text of a value, and what it holds. Returns `None` if it is none, or has parts.
fn text(value: &Value) -> Option<(String, Kind)> {
    match value {
        Value::String(text) => Some((text.clone(), Kind::Text)),
        Value::Number(number) => Some((number.to_string(), Kind::Number)),
        Value::Bool(is) => Some((if *is { "yes" } else { "no" }.to_owned(), Kind::Text)),
        Value::Array(list) if !list.is_empty() => {
            let texts: Option<Vec<String>> = list.iter().map(|value| Some(text(value)?.0)).collect();
            // A list in a list is none.
            let is_flat = list.iter().all(|value| !value.is_array());
            texts.filter(|_| is_flat).map(|texts| (texts.join("; "), Kind::Text))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_are_rows() {
        let check = |text: &str, expect: &[&[&str]], unread: usize| {
            let sheet = read(text).expect("a table");
            let rows: Vec<Vec<&str>> =
                sheet.rows.iter().map(|row| row.cells.iter().map(|cell| cell.text.as_ref()).collect()).collect();
            assert_eq!(rows, expect, "{text}");
            assert_eq!(sheet.unread.len(), unread, "{text}");
        };
        check(r#"[{"a": 1, "b": "x"}, {"b": "y"}]"#, &[&["a", "b"], &["1", "x"], &["", "y"]], 0);
        check(r#"[{"a": {"b": 1}, "tags": ["x", "y"]}]"#, &[&["a b", "tags"], &["1", "x; y"]], 0);
        check(r#"[{"place": {"name": "Ulm", "floor": 1}}]"#, &[&["place floor", "place"], &["1", "Ulm"]], 0);
        check(r#"[{"a": 1, "b": [{"c": 1}], "d": null, "e": {"f": {"g": 1}}}, 7]"#, &[&["a"], &["1"]], 3);
        check(r#"{"meta": {"n": 1}, "data": [{"a": 1}, {"a": 2}]}"#, &[&["a"], &["1"], &["2"]], 1);
        check(r#"{"one": [{"a": 1}], "two": [{"b": 1}], "in": {"n": 2, "list": []}}"#, &[&["a"], &["1"]], 2);
        check("{\"a\": 1}\n{\"a\": 2}\n", &[&["a"], &["1"], &["2"]], 0);
        for wrong in ["", "[", "[]", "{}", "7", "[1, 2]", "{\"a\": 1}"] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
        assert!(read(&"[".repeat(100_000)).is_err());
    }

    #[test]
    fn lists_are_recognised() {
        for (text, expect) in
            [(" [ {", true), ("[]", true), ("{\n\"a\"", true), ("[1]", false), ("(", false), ("", false)]
        {
            assert_eq!(recognises(text), expect, "{text}");
        }
    }
}
