//! Tables that Longview wrote: their cells are read as they were written.
//!
//! A date that a spreadsheet has rewritten since is read as in any other table.

use std::collections::HashMap;

use super::super::builder::Builder;
use super::super::error::ImportError;
use super::super::longview;
use super::super::report::{Kind, Place};
use super::cell::Row;
use super::dated::Reader;
use super::plan::Plan;
use crate::date::Date;
use crate::document::{self, Citation, Event, Lane, Link, Media};
use crate::interchange::COLUMNS;
use crate::interchange::cells::{fields, members, titles, unguarded};
use crate::timeline::Color;

/// The columns by which such a table is recognised.
const NEEDED: [&str; 5] = ["title", "date", "written", "lane", "citations"];

/// What is known of such a table.
#[derive(Debug, Default)]
pub(super) struct Own {
    /// The columns, by their names.
    columns: HashMap<&'static str, usize>,
    /// The ids of lanes, by their paths.
    lanes: HashMap<String, String>,
    /// The ids of sources, by all that is said of them.
    sources: HashMap<String, String>,
}

impl Own {
    /// Returns what is known of a table with these names of columns, if they are Longview's.
    pub fn new<'n>(names: impl IntoIterator<Item = &'n str>) -> Option<Self> {
        let mut own = Self::default();
        for (column, name) in names.into_iter().enumerate() {
            let known = COLUMNS.iter().find(|known| **known == name.trim());
            match known {
                Some(known) => {
                    if own.columns.insert(known, column).is_some() {
                        return None;
                    }
                }
                None if name.trim().is_empty() => {}
                // It has been changed so much that every column is to be looked at.
                None => return None,
            }
        }
        NEEDED.iter().all(|name| own.columns.contains_key(name)).then_some(own)
    }

    /// Adds the event of a row.
    pub fn add(&mut self, plan: &Plan, row: &Row<'_>, builder: &mut Builder) -> Result<(), ImportError> {
        let mut event = self.texts(row, builder);
        let cell = |name: &str| self.cell(row, name).to_owned();
        let [date, lane, also, cited] = ["date", "lane", "also", "citations"].map(cell);
        event.lane = self.lane(&lane, builder);
        for other in members(&also) {
            let other = self.lane(&other, builder);
            if other != event.lane && !event.also.contains(&other) {
                event.also.push(other);
            }
        }
        event.citations = records(&cited).map(|record| self.citation(record, builder)).collect();
        if Date::parse(&date).is_ok() {
            event.date = Some(date);
        } else if !date.trim().is_empty() {
            let dated = Reader::new(plan).read(row, builder).dated;
            (event.date, event.calendar) = (dated.date, dated.calendar);
            event.written = event.written.or(dated.written);
        }
        builder.whole_event(Place(row.number), event)
    }

    /// Returns the text of the column with a name; empty if there is none.
    fn cell<'r>(&self, row: &'r Row<'_>, name: &str) -> &'r str {
        let cell = self.columns.get(name).and_then(|column| row.cells.get(*column));
        cell.map_or("", |cell| unguarded(&cell.text))
    }

    /// Returns an event with all that is in its own columns and refers to nothing but events.
    fn texts(&self, row: &Row<'_>, builder: &mut Builder) -> Event {
        let cell = |name: &str| self.cell(row, name);
        let maybe = |name: &str| Some(cell(name).to_owned()).filter(|text| !text.trim().is_empty());
        let mut bad = |name: &str, text: &str| {
            let kind = Kind::Dropped(format!("{name} that cannot be read").into());
            builder.report.add(kind, Place(row.number), text);
        };
        let mut number = |name: &str, most: f64| {
            let text = cell(name).trim();
            // A spreadsheet writes numbers as its country does; there are no thousands here.
            let number = text.replace(',', ".").parse::<f64>().ok().filter(|number| number.abs() <= most);
            if number.is_none() && !text.is_empty() {
                bad(name, text);
            }
            number
        };
        let place = document::Place {
            name: maybe("place"),
            latitude: number("latitude", 90.0),
            longitude: number("longitude", 180.0),
        };
        let importance = number("importance", f64::from(i32::MAX)).map(|number| number as i32);
        let color = maybe("color");
        let is_color = color.as_deref().is_none_or(|color| Color::parse(color).is_some());
        if !is_color {
            bad("color", cell("color"));
        }
        Event {
            id: cell("id").to_owned(),
            title: cell("title").to_owned(),
            written: maybe("written"),
            place: (place != document::Place::default()).then_some(place),
            color: color.filter(|_| is_color),
            description: maybe("description"),
            importance: importance.filter(|importance| *importance != 0),
            tags: members(cell("tags")),
            related: members(cell("related")),
            links: records(cell("links")).filter_map(link).collect(),
            media: records(cell("media")).map(media).collect(),
            ..Event::default()
        }
    }

    /// Returns the id of the lane of a path.
    fn lane(&mut self, path: &str, builder: &mut Builder) -> String {
        if let Some(id) = self.lanes.get(path) {
            return id.clone();
        }
        let mut titles = titles(path);
        if titles.is_empty() {
            titles.push("Events".to_owned());
        }
        let mut parent: Option<String> = None;
        let mut key = String::new();
        for title in titles {
            key.push_str(&title);
            key.push('\0');
            let id = match self.lanes.get(&key) {
                Some(id) => id.clone(),
                None => builder.whole_lane(Lane { title, parent, ..Lane::default() }),
            };
            self.lanes.insert(key.clone(), id.clone());
            parent = Some(id);
        }
        let id = parent.unwrap_or_default();
        self.lanes.insert(path.to_owned(), id.clone());
        id
    }

    fn citation(&mut self, record: &str, builder: &mut Builder) -> Citation {
        let (title, texts) = fields(record, true);
        let text = |name: &str| texts.iter().find(|(key, _)| key == name).map(|(_, text)| text.clone());
        let source = longview::source(&|name| if name == "title" { title.clone() } else { text(name) });
        let key = format!("{source:?}");
        let id = match self.sources.get(&key) {
            Some(id) => id.clone(),
            None => builder.whole_source(source),
        };
        self.sources.insert(key, id.clone());
        Citation {
            source: id,
            locator: text("locator"),
            basis: text("basis").and_then(|name| longview::basis(&name)),
            note: text("note"),
        }
    }
}

/// Returns the records of a cell.
fn records(cell: &str) -> impl Iterator<Item = &str> {
    cell.lines().filter(|line| !line.trim().is_empty())
}

fn link(record: &str) -> Option<Link> {
    let (url, texts) = fields(record, true);
    Some(Link { url: url?, title: texts.into_iter().find(|(name, _)| name == "title").map(|(_, text)| text) })
}

fn media(record: &str) -> Media {
    let (_, texts) = fields(record, false);
    longview::medium(&|name| texts.iter().find(|(key, _)| key == name).map(|(_, text)| text.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_of_longview_is_told_by_its_columns() {
        assert!(Own::new(COLUMNS).is_some());
        let check = |names: &str, expect: bool| assert_eq!(Own::new(names.split(',')).is_some(), expect, "{names}");
        check("title,date,written,lane,citations", true);
        check("citations,lane, written ,date,title,", true);
        check("title,date,written,lane", false);
        check("title,date,written,lane,citations,more", false);
        check("title,title,date,written,lane,citations", false);
    }
}
