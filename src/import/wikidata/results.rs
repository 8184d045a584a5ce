//! The rows of a result, read without what is not kept of them: a result may have any number of variables.

use std::collections::HashSet;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::super::error::ImportError;
use super::super::json_text::error_of;

/// Variables beyond this number are not read.
pub(super) const MOST_VARIABLES: usize = 200;

/// A file.
#[derive(Debug, Default)]
pub(super) struct Results {
    /// What is beside the results.
    pub root: Map<String, Value>,
    /// The rows; `None` if the file has no list of them.
    pub rows: Option<Vec<Raw>>,
}

/// A row as it is written.
#[derive(Debug, Default)]
pub(super) struct Raw {
    /// The values of the first variables of the file.
    pub object: Map<String, Value>,
    /// Number of values of further ones, and the name of the first of them.
    pub beyond: (usize, String),
}

/// Reads a text.
///
/// # Errors
/// Returns an error with line and column if the text is not JSON, or nests deeper than 128 levels.
pub(super) fn parse(text: &str) -> Result<Results, ImportError> {
    let mut reader = serde_json::Deserializer::from_str(text);
    let mut names = HashSet::new();
    let results = Seed { part: Part::File, names: &mut names }.deserialize(&mut reader);
    results.and_then(|results| reader.end().map(|()| results)).map_err(|error| error_of(&error))
}

/// What a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// The whole file: an object with results, or a list of rows.
    File,
    /// The results: an object with a list of rows.
    Results,
    /// The list of rows.
    Rows,
}

/// Reads a value. `names` are those of the variables that are read.
struct Seed<'n> {
    part: Part,
    names: &'n mut HashSet<String>,
}

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = Results;

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<Results, D::Error> {
        reader.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed<'_> {
    type Value = Results;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("results with a list of rows")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Results, A::Error> {
        let mut found = Results::default();
        while let Some(key) = map.next_key::<String>()? {
            let part = match (self.part, key.as_str()) {
                (Part::File, "results") => Part::Results,
                (Part::Results, "bindings") => Part::Rows,
                (Part::File, _) => {
                    let value = map.next_value()?;
                    found.root.insert(key, value);
                    continue;
                }
                _ => {
                    map.next_value::<IgnoredAny>()?;
                    continue;
                }
            };
            let inner = map.next_value_seed(Seed { part, names: &mut *self.names })?;
            found.rows = inner.rows.or(found.rows);
        }
        Ok(found)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Results, A::Error> {
        let mut rows = Vec::new();
        while let Some(row) = list.next_element_seed(RowSeed(&mut *self.names))? {
            rows.extend(row);
        }
        Ok(Results { rows: Some(rows), ..Results::default() })
    }
}

/// Reads a row; `None` if it is no object.
struct RowSeed<'n>(&'n mut HashSet<String>);

impl<'de> DeserializeSeed<'de> for RowSeed<'_> {
    type Value = Option<Raw>;

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<Option<Raw>, D::Error> {
        reader.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for RowSeed<'_> {
    type Value = Option<Raw>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a row")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Option<Raw>, A::Error> {
        let mut row = Raw::default();
        while let Some(name) = map.next_key_seed(Name { names: &mut *self.0, is_first: row.beyond.0 == 0 })? {
            if let Found::Read(name) = name {
                let value = map.next_value()?;
                row.object.insert(name, value);
                continue;
            }
            map.next_value::<IgnoredAny>()?;
            row.beyond.0 += 1;
            if let Found::First(name) = name {
                row.beyond.1 = name;
            }
        }
        Ok(Some(row))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Option<Raw>, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(None)
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<Option<Raw>, E> {
        Ok(None)
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<Option<Raw>, E> {
        Ok(None)
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<Option<Raw>, E> {
        Ok(None)
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<Option<Raw>, E> {
        Ok(None)
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<Option<Raw>, E> {
        Ok(None)
    }

    fn visit_unit<E: Error>(self) -> Result<Option<Raw>, E> {
        Ok(None)
    }
}

/// A name of a variable.
enum Found {
    /// One that is read.
    Read(String),
    /// The first one of a row that is not.
    First(String),
    /// A further one.
    Further,
}

/// Reads the name of a variable, without a copy of one that is not read.
struct Name<'n> {
    names: &'n mut HashSet<String>,
    is_first: bool,
}

impl<'de> DeserializeSeed<'de> for Name<'_> {
    type Value = Found;

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<Found, D::Error> {
        reader.deserialize_str(self)
    }
}

impl Visitor<'_> for Name<'_> {
    type Value = Found;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Found, E> {
        let is_read = self.names.contains(name);
        if is_read || self.names.len() < MOST_VARIABLES {
            if !is_read {
                self.names.insert(name.to_owned());
            }
            return Ok(Found::Read(name.to_owned()));
        }
        Ok(if self.is_first { Found::First(name.to_owned()) } else { Found::Further })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_read() {
        let check = |text: &str, expect: Option<usize>| {
            let found = parse(text).ok().and_then(|results| results.rows).map(|rows| rows.len());
            assert_eq!(found, expect, "{text}");
        };
        check(r#"{"head": {"vars": []}, "results": {"distinct": true, "bindings": [{"a": 1}, {}]}}"#, Some(2));
        check(r#"[{"a": 1}, 7, null, "x", [1, [2]], 1.5, true, -1, {"b": {"value": "y"}}]"#, Some(2));
        check(r#"{"results": {}}"#, None);
        check("{}", None);
        for wrong in ["", "{", "7", r#"{"results": 7}"#, r#"{"results": {"bindings": {}}} x"#] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
        assert!(parse(&"[".repeat(100_000)).is_err());
    }

    #[test]
    fn variables_beyond_the_most_are_counted() {
        let row: Vec<String> = (0..MOST_VARIABLES + 6).map(|number| format!("\"v{number}\": {number}")).collect();
        let rows = parse(&format!("[{{{}}}]", row.join(","))).ok().and_then(|results| results.rows).expect("rows");
        let row = rows.first().expect("a row");
        assert_eq!((row.object.len(), &row.beyond), (MOST_VARIABLES, &(6, format!("v{MOST_VARIABLES}"))));
    }
}
