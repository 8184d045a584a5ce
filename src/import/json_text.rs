//! JSON: texts as values, and what is in them.

use serde_json::{Map, Value};

use super::error::ImportError;
use super::report::{Kind, Place, Report};

/// Reads a text.
///
/// # Errors
/// Returns an error with line and column if the text is not JSON, or nests deeper than 128 levels.
pub(super) fn json(text: &str) -> Result<Value, ImportError> {
    serde_json::from_str(text).map_err(|error| error_of(&error))
}

/// Returns the error of a text that is not JSON.
pub(super) fn error_of(error: &serde_json::Error) -> ImportError {
    let words = error.to_string();
    let message = words.rsplit_once(" at line ").map_or(words.as_str(), |(message, _)| message);
    let at = Some([error.line().max(1), error.column().max(1)]);
    ImportError { at, ..ImportError::new(format!("this is no JSON: {message}")) }
}

/// Returns whether a value says something.
pub(super) fn is_given(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => false,
        Value::String(text) => !text.trim().is_empty(),
        Value::Array(values) => !values.is_empty(),
        Value::Object(fields) => !fields.is_empty(),
        Value::Bool(true) | Value::Number(_) => true,
    }
}

/// Counts the values of an object that are not read. `of` says what it is, after the name of each: " of the text".
pub(super) fn drop_others(report: &mut Report, object: &Map<String, Value>, read: &[&str], place: Place, of: &str) {
    for (key, value) in object.iter().filter(|(key, value)| is_given(value) && !read.contains(&key.as_str())) {
        report.add(Kind::Dropped(format!("{key}{of}").into()), place, &value.to_string());
    }
}

/// Returns the text of a value of an object: a string that is not blank, or a number.
pub(super) fn text(object: &Map<String, Value>, key: &str) -> Option<String> {
    match object.get(key)? {
        Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// Returns the objects in a list of an object.
pub(super) fn objects<'v>(object: &'v Map<String, Value>, key: &str) -> impl Iterator<Item = &'v Map<String, Value>> {
    object.get(key).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object)
}

/// Returns the number of a value: a number, or a string that is one.
pub(super) fn number(object: &Map<String, Value>, key: &str) -> Option<f64> {
    let number = match object.get(key)? {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    };
    number.filter(|number| number.is_finite())
}
