//! Results of queries of Wikidata: SPARQL JSON, and the two lists that its query service saves as JSON.
//!
//! A variable is what its name and its values say: an item with its label, dates with their precision and calendar, places,
//! pictures. Rows about one item at one date are one event, as a query repeats an item for each of its values.
//!
//! Dates are as Wikibase writes them in RDF: years are astronomical, a day of the Julian calendar is converted to the
//! Gregorian, and what is not known of a year is its first day or month.

mod cell;
mod moment;
mod results;
mod variables;

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::builder::Builder;
use super::dates::Dated;
use super::error::ImportError;
use super::html::prose;
use super::json_text::drop_others;
use super::options::Options;
use super::parts::{End, span};
use super::report::{Kind, Place};
use crate::document::{Event, Link, Media};
use crate::progress::Progress;
use crate::sorting;
use cell::{Cell, Row, entity, point};
use moment::{Moment, moment};
use results::Results;
use variables::{Shape, Variables};

/// Returns whether a text is in this format.
pub(super) fn recognises(text: &str) -> bool {
    let text = text.trim_start();
    let has = |words: &str| text.contains(words);
    match text.as_bytes().first() {
        Some(b'{') => has("\"head\"") && has("\"results\"") && has("\"bindings\""),
        Some(b'[') => has("\"http://www.wikidata.org/entity/"),
        _ => false,
    }
}

/// What the variables are.
#[derive(Debug, Default)]
struct Roles {
    /// The item that a row is about.
    item: Option<String>,
    title: Option<String>,
    description: Option<String>,
    /// The dates: of the beginning, of the end, and of a moment.
    start: Option<String>,
    end: Option<String>,
    moment: Option<String>,
    lane: Option<String>,
    place: Option<String>,
    /// What else is said of each of the dates.
    of_dates: HashMap<String, OfDate>,
}

/// The variables that say how exact a date is, and in which calendar.
#[derive(Debug, Default)]
struct OfDate {
    precision: Option<String>,
    calendar: Option<String>,
}

impl OfDate {
    /// Finds the variables of a date: those named after it, or one that is named after none of the dates.
    fn new(name: &str, dates: &[&String], variables: &Variables) -> Self {
        let lower = name.to_lowercase();
        let of = |word: &str| {
            let of_word =
                || variables.names().map(|name| (name, name.to_lowercase())).filter(|(_, of)| of.contains(word));
            let own = of_word().find(|(_, of)| of.starts_with(&lower));
            let is_of_other =
                |variable: &str| dates.iter().any(|date| *date != name && variable.starts_with(date.as_str()));
            let common = || {
                let mut others = of_word().filter(|(variable, _)| !is_of_other(variable));
                others.next().filter(|_| others.next().is_none())
            };
            own.or_else(common).map(|(variable, _)| variable.clone())
        };
        Self { precision: of("precision"), calendar: of("calendar") }
    }
}

/// Reads a text.
pub(super) fn read(
    text: &str,
    _options: &Options,
    builder: &mut Builder,
    progress: &Progress,
) -> Result<(), ImportError> {
    let Results { root, rows: Some(raw) } = results::parse(text)? else {
        return Err(ImportError::new("the file has no rows").hint("they are in results.bindings"));
    };
    builder.entries("row", raw.len())?;
    drop_others(&mut builder.report, &root, &["head"], Place::default(), " of the file");
    let objects: Vec<&Map<String, Value>> = raw.iter().map(|raw| &raw.object).collect();
    let mut variables = Variables::new(&root, &objects);
    let rows: Vec<Row> = raw.into_iter().map(|raw| Row::new(raw, |name| variables.has(name))).collect();
    for row in &rows {
        variables.learn(row);
    }
    let roles = roles(&variables);
    let mut events: Vec<(Place, String, Found)> = Vec::new();
    let mut by_key: HashMap<String, usize> = HashMap::new();
    for (index, row) in rows.iter().enumerate() {
        let place = Place(index + 1);
        let key = key(&roles, row);
        let known = key.as_ref().and_then(|key| by_key.get(key).copied());
        let number = known.unwrap_or_else(|| {
            events.push((place, key.clone().unwrap_or_default(), Found::default()));
            if let Some(key) = key {
                by_key.insert(key, events.len() - 1);
            }
            events.len() - 1
        });
        if known.is_some() {
            builder.report.add(Kind::Changed("a row, joined to another about the same".into()), place, "");
        }
        if let Some((_, _, found)) = events.get_mut(number) {
            found.add(&roles, &variables, row, place, builder);
        }
    }
    for (place, _, found) in events {
        if progress.is_cancelled() {
            return Err(ImportError::cancelled());
        }
        found.finish(place, builder)?;
    }
    Ok(())
}

/// Finds what the variables are.
fn roles(variables: &Variables) -> Roles {
    let all = |is: fn(Shape) -> bool| -> Vec<&String> { variables.all(is).collect() };
    let dates = all(|shape| shape.is_moment);
    // Of a query for YEAR(?date) only a number is left.
    let is_named_year = |name: &&String| {
        let lower = name.to_lowercase();
        let is_named =
            ["year", "date", "time", "start", "end", "birth", "death"].iter().any(|word| lower.contains(word));
        is_named && !lower.contains("precision")
    };
    let dates =
        if dates.is_empty() { variables.all(|shape| shape.is_year).filter(is_named_year).collect() } else { dates };
    let items = all(|shape| shape.is_entity);
    let named = |among: &[&String], words: &[&str]| {
        let name = among.iter().find(|name| words.iter().any(|word| name.to_lowercase().contains(word)));
        name.map(|name| (*name).clone())
    };
    let start = named(&dates, &["start", "begin", "birth", "born", "inception", "found", "from", "établ", "debut"]);
    let end = named(&dates, &["end", "death", "died", "dissol", "abol", "until", "demol", "close"])
        .filter(|end| start.as_ref() != Some(end));
    let others: Vec<&String> =
        dates.iter().copied().filter(|name| Some(*name) != start.as_ref() && Some(*name) != end.as_ref()).collect();
    let is_calendar = |name: &str| name.to_lowercase().contains("calendar");
    let items: Vec<&String> = items.into_iter().filter(|name| !is_calendar(name)).collect();
    let item = named(&items, &["item", "event", "person", "work", "battle", "subject"])
        .or_else(|| items.first().map(|name| (*name).clone()));
    let has = |name: String| variables.has(&name).then_some(name);
    let texts = all(|shape| shape.is_text);
    let title = item.as_ref().and_then(|item| has(format!("{item}Label")));
    let title = title.or_else(|| named(&texts, &["label", "title", "name"]));
    // Often only the label of an item is asked for.
    let labels = texts.iter().copied().filter(|name| {
        Some(*name) != title.as_ref() && name.strip_suffix("Label").is_some_and(|of| !variables.has(of))
    });
    let rest: Vec<&String> = items.iter().copied().filter(|name| Some(*name) != item.as_ref()).chain(labels).collect();
    let description = item.as_ref().and_then(|item| has(format!("{item}Description")));
    let moment = others.first().map(|name| (*name).clone());
    let date_names: Vec<&String> = [&start, &end, &moment].into_iter().flatten().collect();
    let of_dates = date_names.iter().map(|name| ((*name).clone(), OfDate::new(name, &date_names, variables)));
    Roles {
        of_dates: of_dates.collect(),
        description: description.or_else(|| named(&texts, &["description"])),
        moment,
        lane: named(&rest, &["type", "class", "instance", "kind", "category", "genre", "lane", "group"]),
        place: named(&rest, &["place", "location", "city", "country", "venue"]),
        item,
        title,
        start,
        end,
    }
}

/// Returns what a row is about, and when: rows that say the same are one event.
fn key(roles: &Roles, row: &Row) -> Option<String> {
    let of = |name: &Option<String>| name.as_ref().and_then(|name| row.get(name)).map_or("", Cell::text).to_owned();
    let item = of(&roles.item);
    let title = of(&roles.title);
    if item.is_empty() && title.is_empty() {
        return None;
    }
    Some([item, title, of(&roles.start), of(&roles.end), of(&roles.moment)].join("\n"))
}

/// An event in the making, of one row or several.
#[derive(Debug, Default)]
struct Found {
    event: Event,
    dated: Option<Dated>,
    item: String,
    lanes: Vec<String>,
    /// What else is said, by the name of the variable.
    further: Vec<(String, Vec<String>)>,
    /// The place of each variable among those.
    by_name: HashMap<String, usize>,
    /// How many values there were beyond [`MOST_VALUES`].
    beyond: usize,
}

/// Maximum number of values of a variable that are kept for one item.
const MOST_VALUES: usize = 200;

impl Found {
    /// Adds a row.
    fn add(&mut self, roles: &Roles, variables: &Variables, row: &Row, place: Place, builder: &mut Builder) {
        if self.dated.is_none() {
            self.dated = Some(dated(roles, row, place, builder));
            roles.item.as_ref().and_then(|name| row.get(name)).map_or("", Cell::text).clone_into(&mut self.item);
            let title = roles.title.as_ref().and_then(|name| row.get(name)).map(|cell| cell.text().to_owned());
            self.event.title = title.or_else(|| entity(&self.item).map(str::to_owned)).unwrap_or_default();
        }
        let is_read = |name: &String| {
            let roles = [&roles.item, &roles.title, &roles.start, &roles.end, &roles.moment];
            roles.into_iter().flatten().any(|role| role == name)
        };
        let mut cells: Vec<_> = row.cells.iter().filter(|(name, _)| !is_read(name)).collect();
        sorting::by_key(&mut cells, |(name, _)| variables.number(name));
        for (name, cell) in cells {
            self.value(roles, variables, row, name, cell);
        }
        let (beyond, name) = &row.beyond;
        builder.report.add_many(Kind::Dropped("a variable beyond the first 200".into()), *beyond, place, name);
    }

    fn value(&mut self, roles: &Roles, variables: &Variables, row: &Row, name: &str, cell: &Cell) {
        let lower = name.to_lowercase();
        let label = |name: &str| row.get(&format!("{name}Label")).map(|cell| cell.text().to_owned());
        // The label of another variable, or the precision or calendar of a date, is read with it.
        let is_label = name.strip_suffix("Label").is_some_and(|of| variables.has(of));
        if is_label || lower.contains("precision") || lower.contains("calendar") {
            return;
        }
        if roles.description.as_deref() == Some(name) {
            let text = prose(cell.text()).text;
            if self.event.description.is_none() {
                self.event.description = Some(text);
            }
            return;
        }
        if roles.lane.as_deref() == Some(name) {
            let lane = label(name).unwrap_or_else(|| cell.text().to_owned());
            if self.lanes.len() >= MOST_VALUES {
                self.beyond += 1;
            } else if !self.lanes.contains(&lane) {
                self.lanes.push(lane);
            }
            return;
        }
        self.cell(roles, name, cell, label(name));
    }

    /// Adds a value that is neither a description nor a lane; `label` is that of its item.
    fn cell(&mut self, roles: &Roles, name: &str, cell: &Cell, label: Option<String>) {
        if self.event.media.len() + self.event.links.len() > MOST_VALUES && matches!(cell, Cell::Address(_)) {
            self.beyond += 1;
            return;
        }
        match cell {
            Cell::Text(text) if roles.place.as_deref() == Some(name) => self.place(name, text.clone()),
            Cell::Point(text) => {
                let place = self.event.place.get_or_insert_default();
                if let Some([longitude, latitude]) = point(text).filter(|_| place.latitude.is_none()) {
                    (place.longitude, place.latitude) = (Some(longitude), Some(latitude));
                }
            }
            Cell::Address(url) => self.address(roles, name, url, label),
            Cell::Moment(text) => {
                let read = moment(text).map(Moment::words);
                self.say(name, read.unwrap_or_else(|| text.clone()));
            }
            Cell::Text(text) => self.say(name, text.clone()),
            Cell::Unknown => self.say(name, "unknown".to_owned()),
        }
    }

    /// Adds an address: of a picture, of an item, or of a page.
    fn address(&mut self, roles: &Roles, name: &str, url: &str, label: Option<String>) {
        if is_picture(&name.to_lowercase(), url) {
            let url = url.replacen("http://commons", "https://commons", 1);
            if !self.event.media.iter().any(|media| media.url.as_ref() == Some(&url)) {
                let alt = Some(self.event.title.clone());
                self.event.media.push(Media { url: Some(url), alt, ..Media::default() });
            }
            return;
        }
        if let Some(id) = entity(url) {
            let words = label.unwrap_or_else(|| id.to_owned());
            if roles.place.as_deref() == Some(name) {
                self.place(name, words);
            } else {
                self.say(name, words);
            }
            return;
        }
        let host = url.split('/').nth(2).unwrap_or_default();
        let title = if host.ends_with("wikipedia.org") { "Wikipedia" } else { name };
        let link = Link { url: url.to_owned(), title: Some(title.to_owned()) };
        if !self.event.links.contains(&link) {
            self.event.links.push(link);
        }
    }

    /// Adds the name of a place: the first is that of the event.
    fn place(&mut self, name: &str, words: String) {
        let place = self.event.place.get_or_insert_default();
        if place.name.is_none() {
            place.name = Some(words);
        } else if place.name.as_ref() != Some(&words) {
            self.say(name, words);
        }
    }

    /// Adds a value of a variable that has no field.
    fn say(&mut self, name: &str, words: String) {
        let number = self.by_name.get(name).copied();
        let Some((_, values)) = number.and_then(|number| self.further.get_mut(number)) else {
            self.by_name.insert(name.to_owned(), self.further.len());
            self.further.push((name.to_owned(), vec![words]));
            return;
        };
        if values.len() >= MOST_VALUES {
            self.beyond += 1;
        } else if !values.contains(&words) {
            values.push(words);
        }
    }

    /// Adds the event to the document.
    fn finish(self, place: Place, builder: &mut Builder) -> Result<(), ImportError> {
        builder.report.add_many(Kind::Dropped("one of too many values".into()), self.beyond, place, "");
        let mut event = self.event;
        let lines: Vec<String> = self
            .further
            .iter()
            .map(|(name, values)| format!("- {}", prose(&format!("{}: {}", spoken(name), values.join(", "))).text))
            .collect();
        let texts: Vec<String> =
            event.description.take().into_iter().chain((!lines.is_empty()).then(|| lines.join("\n"))).collect();
        event.description = Some(texts.join("\n\n")).filter(|text| !text.is_empty());
        if let Some(id) = entity(&self.item) {
            let url = format!("https://www.wikidata.org/wiki/{id}");
            event.links.insert(0, Link { url, title: Some(format!("Wikidata {id}")) });
        }
        let numbers: Vec<usize> = self.lanes.iter().map(|title| builder.lane(title, None)).collect();
        event.also = numbers.iter().skip(1).map(|number| builder.lane_id(*number)).collect();
        builder.event(place, "", numbers.first().copied(), self.dated.unwrap_or_default(), event)
    }
}

/// Returns the name of a variable as words: `placeOfBirth` becomes "Place of birth".
fn spoken(name: &str) -> String {
    let mut words = String::new();
    let name = name.strip_suffix("Label").filter(|name| !name.is_empty()).unwrap_or(name);
    for (index, c) in name.trim_start_matches('_').chars().enumerate() {
        match c {
            '_' => words.push(' '),
            c if c.is_uppercase() && index > 0 && words.ends_with(char::is_lowercase) => {
                words.push(' ');
                words.extend(c.to_lowercase());
            }
            c if index == 0 => words.extend(c.to_uppercase()),
            c => words.push(c),
        }
    }
    words
}

/// A moment with its precision and whether its calendar is the Julian; or what is none.
type Read = Result<(Moment, Option<u8>, bool), Cell>;

/// Reads the date of a variable, with its precision and calendar.
fn date_of(name: &String, roles: &Roles, row: &Row, place: Place, builder: &mut Builder) -> Option<Read> {
    let cell = row.get(name)?;
    let of_date = roles.of_dates.get(name)?;
    let of = |variable: &Option<String>| variable.as_ref().and_then(|variable| row.get(variable)).map(Cell::text);
    if let Some(year) = moment::year(cell.text()) {
        return Some(Ok((Moment { year, month: 1, day: 1, time: [0; 3] }, Some(9), false)));
    }
    let Some(moment) = moment(cell.text()) else { return Some(Err(cell.clone())) };
    let precision = of(&of_date.precision).and_then(|text| text.parse().ok());
    let is_julian = of(&of_date.calendar).and_then(entity) == Some("Q1985786");
    if precision.is_none() && moment.is_first_of_year() {
        let kind = Kind::Concluded("a year, from its first day,".into());
        builder.report.add(kind, place, cell.text());
    }
    Some(Ok((moment, precision, is_julian)))
}

/// Returns the date of a row.
fn dated(roles: &Roles, row: &Row, place: Place, builder: &mut Builder) -> Dated {
    let mut read = |name: &Option<String>| date_of(name.as_ref()?, roles, row, place, builder);
    let [start, end, moment] = [read(&roles.start), read(&roles.end), read(&roles.moment)];
    let exact = |(moment, precision, is_julian): (Moment, Option<u8>, bool)| moment.dated(precision, is_julian);
    match (start, end, moment) {
        (None, None, None) => Dated::default(),
        (None, None, Some(Ok(moment))) | (Some(Ok(moment)), None, None) if roles.end.is_none() => exact(moment),
        (None, None, Some(Ok(moment))) => exact(moment),
        (start, end, moment) => {
            let known = |read: &Option<Read>| match read {
                Some(Ok((moment, precision, _))) => Some(End::At(moment.parts(*precision))),
                _ => None,
            };
            let ends = [known(&start), known(&end)];
            let is_unknown = |read: &Option<Read>| matches!(read, Some(Err(_)));
            if is_unknown(&start) && is_unknown(&end) || ends == [None, None] && is_unknown(&moment) {
                return Dated::words("unknown");
            }
            let [from, to] = ends.map(|end| end.unwrap_or(End::Unknown));
            let date = if from == to { Some(from) } else { None };
            let date = match date {
                Some(End::At(parts)) => Some(parts.text()),
                _ => span(from, to),
            };
            if let Some(date) = date {
                return Dated::exact(date);
            }
            let words: Vec<String> = [start, end, moment]
                .into_iter()
                .flatten()
                .map(|read| match read {
                    Ok((moment, ..)) => moment.words(),
                    Err(cell) => cell.text().to_owned(),
                })
                .filter(|words| !words.is_empty())
                .collect();
            if words.is_empty() {
                return Dated::words("unknown");
            }
            let words = words.join("/");
            builder.report.add(Kind::KeptAsWords, place, &words);
            Dated::words(words)
        }
    }
}

/// Returns whether an address is that of a picture, by the name of its variable in lower case, or by itself.
fn is_picture(name: &str, url: &str) -> bool {
    let endings = [".jpg", ".jpeg", ".png", ".svg", ".gif", ".tif", ".tiff", ".webp"];
    let lower = url.to_lowercase();
    lower.contains("/special:filepath/")
        || ["image", "picture", "photo", "logo", "flag"].iter().any(|word| name.contains(word))
        || endings.iter().any(|ending| lower.ends_with(ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_words() {
        assert_eq!(spoken("placeOfBirth"), "Place of birth");
        assert_eq!(spoken("countryLabel"), "Country");
    }
}
