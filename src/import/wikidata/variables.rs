//! The variables of a result, and what all of their values are.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::cell::{Cell, Row, entity};
use super::moment::year;
use super::results::MOST_VARIABLES;

/// What all values of a variable are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Shape {
    pub is_moment: bool,
    pub is_year: bool,
    pub is_entity: bool,
    pub is_text: bool,
}

impl Shape {
    fn new(cell: &Cell) -> Self {
        Self {
            is_moment: matches!(cell, Cell::Moment(_)),
            is_year: year(cell.text()).is_some(),
            is_entity: entity(cell.text()).is_some(),
            is_text: matches!(cell, Cell::Text(_)),
        }
    }

    /// Returns what is so of both.
    fn and(self, other: Self) -> Self {
        Self {
            is_moment: self.is_moment && other.is_moment,
            is_year: self.is_year && other.is_year,
            is_entity: self.is_entity && other.is_entity,
            is_text: self.is_text && other.is_text,
        }
    }
}

/// The variables of a result: those that its head lists, in its order, then those of its rows.
#[derive(Debug, Default)]
pub(super) struct Variables {
    names: Vec<String>,
    /// What all known values of each are; `None` if it has none.
    shapes: Vec<Option<Shape>>,
    numbers: HashMap<String, usize>,
}

impl Variables {
    /// Finds the names of the variables of a result.
    pub fn new(root: &Map<String, Value>, rows: &[&Map<String, Value>]) -> Self {
        let mut variables = Self::default();
        let vars = root.get("head").and_then(|head| head.get("vars")).and_then(Value::as_array);
        for name in vars.into_iter().flatten().filter_map(Value::as_str).take(MOST_VARIABLES) {
            variables.add(name);
        }
        for name in rows.iter().flat_map(|row| row.keys()) {
            if variables.names.len() >= MOST_VARIABLES {
                break;
            }
            variables.add(name);
        }
        variables
    }

    /// Learns what the values of a row are.
    pub fn learn(&mut self, row: &Row) {
        for (name, cell) in row.cells.iter().filter(|(_, cell)| **cell != Cell::Unknown) {
            if let Some(shape) = self.number(name).and_then(|number| self.shapes.get_mut(number)) {
                let own = Shape::new(cell);
                *shape = Some(shape.map_or(own, |shape| shape.and(own)));
            }
        }
    }

    fn add(&mut self, name: &str) {
        if !self.has(name) {
            self.numbers.insert(name.to_owned(), self.names.len());
            self.names.push(name.to_owned());
            self.shapes.push(None);
        }
    }

    /// Returns the number of a variable. Returns `None` if it is not read.
    pub fn number(&self, name: &str) -> Option<usize> {
        self.numbers.get(name).copied()
    }

    /// Returns whether a variable is read.
    pub fn has(&self, name: &str) -> bool {
        self.numbers.contains_key(name)
    }

    /// Returns the names of all variables.
    pub fn names(&self) -> impl Iterator<Item = &String> {
        self.names.iter()
    }

    /// Returns the variables of which all values are so, and that have some.
    pub fn all(&self, is: impl Fn(Shape) -> bool) -> impl Iterator<Item = &String> {
        let all = self.names.iter().zip(&self.shapes);
        all.filter(move |(_, shape)| shape.is_some_and(&is)).map(|(name, _)| name)
    }
}

#[cfg(test)]
mod tests {
    use super::super::results::Raw;
    use super::*;

    #[test]
    fn variables_are_what_all_of_their_values_are() {
        let rows = serde_json::json!([{"b": "1965", "c": {"type": "bnode", "value": "x"}}, {"a": "x", "b": "y"}]);
        let rows: Vec<_> = rows.as_array().into_iter().flatten().filter_map(Value::as_object).collect();
        let root = Map::from_iter([("head".to_owned(), serde_json::json!({"vars": ["c", "d"]}))]);
        let mut variables = Variables::new(&root, &rows);
        for row in rows {
            let raw = Raw { object: row.clone(), ..Raw::default() };
            let row = Row::new(raw, |name| variables.has(name));
            variables.learn(&row);
        }
        assert_eq!(variables.names().collect::<Vec<_>>(), ["c", "d", "b", "a"]);
        assert_eq!(variables.all(|shape| shape.is_text).collect::<Vec<_>>(), ["b", "a"]);
        assert_eq!(variables.all(|shape| shape.is_year).count(), 0);
        assert!(variables.has("d") && !variables.has("e"));
    }
}
