//! The values of a row.

use std::collections::BTreeMap;

use serde_json::Value;

use super::moment::moment;
use super::results::Raw;

/// A value of a variable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Cell {
    /// An address.
    Address(String),
    /// A text or number.
    Text(String),
    /// A moment.
    Moment(String),
    /// Degrees: longitude and latitude, as text.
    Point(String),
    /// There is a value, but it is not known.
    Unknown,
}

impl Cell {
    pub fn text(&self) -> &str {
        match self {
            Self::Address(text) | Self::Text(text) | Self::Moment(text) | Self::Point(text) => text,
            Self::Unknown => "",
        }
    }
}

/// A row.
#[derive(Clone, Debug, Default)]
pub(super) struct Row {
    /// The values of the variables that are read.
    pub cells: BTreeMap<String, Cell>,
    /// Number of values of other variables, and the name of the first of them.
    pub beyond: (usize, String),
}

impl Row {
    /// Reads a row. `is_read` says which variables are.
    pub fn new(raw: Raw, is_read: impl Fn(&str) -> bool) -> Self {
        let mut row = Self { cells: BTreeMap::new(), beyond: raw.beyond };
        for (name, value) in raw.object {
            if is_read(&name) {
                row.cells.extend(cell(&value).map(|cell| (name, cell)));
            } else if is_given(&value) {
                row.beyond.0 += 1;
                if row.beyond.0 == 1 {
                    row.beyond.1 = name;
                }
            }
        }
        row
    }

    /// Returns the value of a variable.
    pub fn get(&self, name: &str) -> Option<&Cell> {
        self.cells.get(name)
    }
}

/// Returns whether a value says something.
fn is_given(value: &Value) -> bool {
    match value {
        Value::Object(object) => object.get("value").is_some_and(is_given),
        Value::String(text) => !text.trim().is_empty(),
        Value::Number(_) | Value::Bool(_) => true,
        Value::Null | Value::Array(_) => false,
    }
}

fn cell(value: &Value) -> Option<Cell> {
    let (text, kind, datatype) = match value {
        Value::Object(object) => {
            let of = |key: &str| object.get(key).and_then(Value::as_str).unwrap_or_default();
            (of("value").to_owned(), of("type"), of("datatype"))
        }
        Value::String(text) => (text.clone(), "", ""),
        Value::Number(number) => (number.to_string(), "", ""),
        Value::Bool(is) => (is.to_string(), "", ""),
        _ => return None,
    };
    let text = text.trim().to_owned();
    if kind == "bnode" || text.contains("/.well-known/genid/") {
        return Some(Cell::Unknown);
    }
    if text.is_empty() {
        return None;
    }
    let is_address = ["http://", "https://"].iter().any(|start| text.starts_with(start));
    Some(if datatype.ends_with("#dateTime") || datatype.ends_with("#date") || moment(&text).is_some() {
        Cell::Moment(text)
    } else if datatype.ends_with("#wktLiteral") || point(&text).is_some() {
        Cell::Point(text)
    } else if kind == "uri" || is_address && !text.contains(char::is_whitespace) {
        Cell::Address(text)
    } else {
        Cell::Text(text)
    })
}

/// Reads longitude and latitude: `Point(126.97 37.56)`, with an address of another globe before it if it is not on earth.
pub(super) fn point(text: &str) -> Option<[f64; 2]> {
    let inner = text.trim().strip_prefix("Point(").or_else(|| text.trim().strip_prefix("POINT("))?.strip_suffix(')')?;
    let mut numbers = inner.split_whitespace().map(str::parse::<f64>);
    let [longitude, latitude] = [numbers.next()?.ok()?, numbers.next()?.ok()?];
    (longitude.abs() <= 180.0 && latitude.abs() <= 90.0).then_some([longitude, latitude])
}

/// Returns the id of an item of Wikidata: `Q42`.
pub(super) fn entity(text: &str) -> Option<&str> {
    let (_, id) = text.split_once("://www.wikidata.org/entity/")?;
    let digits = id.strip_prefix(['Q', 'P', 'L'])?;
    (!digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())).then_some(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_read() {
        assert_eq!(point("Point(126.97 37.56)"), Some([126.97, 37.56]));
        assert_eq!(point("<http://www.wikidata.org/entity/Q405> Point(1 2)"), None);
        assert_eq!(point("Point(400 2)"), None);
        assert_eq!(entity("http://www.wikidata.org/entity/Q42"), Some("Q42"));
        assert_eq!(entity("http://www.wikidata.org/entity/statement/Q42-1"), None);
    }
}
