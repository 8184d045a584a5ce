//! A row of a table as an event.

use std::collections::{HashMap, HashSet};

use super::super::builder::Builder;
use super::super::error::ImportError;
use super::super::html::{Prose, plain, prose};
use super::super::options::Field;
use super::super::report::{Kind, Place};
use super::cell::Row;
use super::dated::{Reader, RowDate};
use super::plan::Plan;
use super::sources::{is_address, sources};
use super::words::words;
use crate::document::{self, Citation, Event, Link, MAX_TAGS, Media};
use crate::interchange::css_color;

/// Adds the event of a row.
pub(super) fn add(
    plan: &Plan,
    row: &Row<'_>,
    lanes: &HashMap<String, usize>,
    known: &HashMap<String, String>,
    builder: &mut Builder,
) -> Result<(), ImportError> {
    let place = Place(row.number);
    for _ in 0..row.cut {
        builder.report.add(Kind::Changed("a cell longer than 256 KiB, cut".into()), place, "");
    }
    let RowDate { dated, kept } = Reader::new(plan).read(row, builder);
    let mut maker = Maker { plan, row, event: Event::default(), lines: kept, paragraphs: Vec::new() };
    maker.texts(builder);
    maker.lists();
    maker.place(builder);
    maker.addresses();
    maker.citations(known);
    maker.rest(builder);
    maker.unused(builder);
    let foreign = maker.text(Field::Id).to_owned();
    let lane = Plan::lane(lanes, maker.text(Field::Lane));
    builder.event(place, &foreign, lane, dated, maker.event)
}

/// An event in the making.
struct Maker<'p, 'r, 't> {
    plan: &'p Plan,
    row: &'r Row<'t>,
    event: Event,
    /// The columns that are kept as lines of the description.
    lines: Vec<usize>,
    /// The paragraphs of the description.
    paragraphs: Vec<String>,
}

impl Maker<'_, '_, '_> {
    /// Returns the text of the column of a field; empty if there is none.
    fn text(&self, field: Field) -> &str {
        self.plan.columns.of(field).map_or("", |column| self.row.text(column))
    }

    /// Keeps the column of a field as a line of the description.
    fn keep(&mut self, field: Field) {
        self.lines.extend(self.plan.columns.of(field));
    }

    /// Makes the title and the paragraphs of the description.
    fn texts(&mut self, builder: &mut Builder) {
        let place = Place(self.row.number);
        for column in self.plan.columns.all_of(Field::Text) {
            let text = self.row.text(column);
            if text.is_empty() {
                continue;
            }
            let Prose { text, pictures, dropped } = prose(text);
            if !text.is_empty() {
                self.paragraphs.push(text);
            }
            for [url, alt] in pictures {
                self.event.media.push(Media {
                    url: Some(url),
                    alt: Some(alt).filter(|alt| !alt.is_empty()),
                    ..Media::default()
                });
            }
            for name in dropped {
                builder.report.add(Kind::Dropped(name.into()), place, "");
            }
        }
        let titles = self.plan.columns.all_of(Field::Title);
        let titles: Vec<String> = titles
            .map(|column| self.row.text(column))
            .filter(|text| !text.is_empty())
            .map(|text| {
                if text.contains(['\n', '\r', '<', '&']) && !text.contains("\n\n") {
                    plain(text)
                } else {
                    text.to_owned()
                }
            })
            .collect();
        self.event.title = titles.join(self.plan.columns.between_titles());
        if self.event.title.is_empty() && self.paragraphs.is_empty() {
            // The words of another column say more than "Untitled".
            let has_words = |column: &usize| self.row.text(*column).chars().any(char::is_alphabetic);
            let words = self.plan.columns.others().find(has_words);
            self.event.title = match words {
                Some(column) => plain(self.row.text(column)),
                None => self.numbers(),
            };
            if !self.event.title.is_empty() {
                builder.report.add(Kind::TitleMade, place, &self.event.title);
            }
        }
    }

    /// Returns the first numbers of a row that has no words: "wheat 41, wages 5".
    fn numbers(&self) -> String {
        /// How many of them say enough.
        const FEW: usize = 3;
        let name = |column: usize| self.plan.columns.all.get(column).map(|found| plain(&found.title()));
        let filled = self.plan.columns.others().filter(|column| !self.row.text(*column).is_empty());
        let all = filled.filter_map(|column| Some(format!("{} {}", name(column)?, plain(self.row.text(column)))));
        all.take(FEW).collect::<Vec<_>>().join(", ")
    }

    fn lists(&mut self) {
        let mut tags: Vec<String> = Vec::new();
        let mut seen = HashSet::new();
        for column in self.plan.columns.all_of(Field::Tags) {
            let text = self.row.text(column);
            let has_signs = text.contains([';', '|', '\n', '；']);
            let is_between = |c: char| {
                if has_signs { matches!(c, ';' | '|' | '\n' | '；') } else { matches!(c, ',' | '、' | '，') }
            };
            for tag in
                text.split(is_between).map(|tag| tag.trim().trim_start_matches('#')).filter(|tag| !tag.is_empty())
            {
                if seen.insert(tag) {
                    // Further ones are only counted.
                    tags.push(if tags.len() < MAX_TAGS { plain(tag) } else { tag.to_owned() });
                }
            }
        }
        self.event.tags = tags;
        let importance = self.text(Field::Importance);
        if !importance.is_empty() {
            match importance.parse() {
                Ok(number) => self.event.importance = Some(number),
                Err(_) => self.keep(Field::Importance),
            }
        }
        let color = self.text(Field::Color);
        if !color.is_empty() {
            match css_color(color) {
                Some(color) => self.event.color = Some(color),
                None => self.keep(Field::Color),
            }
        }
    }

    fn place(&mut self, builder: &mut Builder) {
        let name = Some(plain(self.text(Field::Place))).filter(|name| !name.is_empty());
        let pair = self.text(Field::Coordinates);
        let [first, last] = match pair.split_once([',', ';', ' ']) {
            Some((first, last)) => [first, last],
            None => [self.text(Field::Latitude), self.text(Field::Longitude)],
        };
        let degrees = |text: &str, most: f64| {
            let number: f64 = text.trim().replace(',', ".").parse().ok()?;
            Some(number).filter(|number| number.abs() <= most)
        };
        let (latitude, longitude) = (degrees(first, 90.0), degrees(last, 180.0));
        let is_given = !first.is_empty() || !last.is_empty();
        if is_given && (latitude.is_none() || longitude.is_none()) {
            let kind = Kind::Changed("a place whose degrees cannot be read, kept in the description".into());
            builder.report.add(kind, Place(self.row.number), &format!("{first} {last}"));
            for field in [Field::Coordinates, Field::Latitude, Field::Longitude] {
                self.keep(field);
            }
        }
        let at = latitude.zip(longitude);
        if name.is_some() || at.is_some() {
            let (latitude, longitude) = (at.map(|at| at.0), at.map(|at| at.1));
            self.event.place = Some(document::Place { name, latitude, longitude });
        }
    }

    /// Adds links and pictures.
    fn addresses(&mut self) {
        for column in self.plan.columns.all_of(Field::Link) {
            let text = self.row.text(column);
            let pieces =
                || text.split(|c: char| c.is_whitespace() || matches!(c, ';' | '|')).filter(|piece| !piece.is_empty());
            if !pieces().all(|piece| is_address(piece) || piece.starts_with("www.")) {
                self.lines.push(column);
                continue;
            }
            for piece in pieces() {
                let url = if is_address(piece) { piece.to_owned() } else { format!("https://{piece}") };
                self.event.links.push(Link { url, title: None });
            }
        }
        for column in self.plan.columns.all_of(Field::Image) {
            let text = self.row.text(column);
            let lower = text.to_lowercase();
            let is_picture =
                [".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg"].iter().any(|ending| lower.ends_with(ending));
            let is_inside = !text.starts_with(['/', '\\']) && !text.contains("..") && !text.contains(':');
            if is_address(text) && !text.contains(char::is_whitespace) {
                self.event.media.push(Media { url: Some(text.to_owned()), ..Media::default() });
            } else if is_picture && is_inside {
                self.event.media.push(Media { file: Some(text.replace('\\', "/")), ..Media::default() });
            } else if !text.is_empty() {
                self.lines.push(column);
            }
        }
    }

    fn citations(&mut self, known: &HashMap<String, String>) {
        let locator = Some(plain(self.text(Field::Locator))).filter(|locator| !locator.is_empty());
        for column in self.plan.columns.all_of(Field::Source) {
            for text in sources(self.row.text(column)) {
                if let Some(id) = known.get(text) {
                    let citation = Citation { source: id.clone(), locator: locator.clone(), basis: None, note: None };
                    self.event.citations.push(citation);
                }
            }
        }
        if locator.is_some() && self.event.citations.is_empty() {
            self.keep(Field::Locator);
        }
    }

    /// Counts what the user does not want.
    fn unused(&self, builder: &mut Builder) {
        for column in self.plan.columns.all_of(Field::Unused) {
            if let (text, Some(found)) = (self.row.text(column), self.plan.columns.all.get(column))
                && !text.is_empty()
            {
                let kind = Kind::Dropped(format!("the column “{}”, which is not used", found.title()).into());
                builder.report.add(kind, Place(self.row.number), text);
            }
        }
    }

    /// Keeps as lines of the description what no field takes.
    fn rest(&mut self, builder: &mut Builder) {
        let title = &self.event.title;
        let mut lines = std::mem::take(&mut self.lines);
        lines.extend(self.plan.columns.others());
        let width = self.plan.columns.all.len();
        for column in width..self.row.cells.len() {
            if !self.row.text(column).is_empty() {
                let kind = Kind::Changed("a cell beyond the columns, kept in the description".into());
                builder.report.add(kind, Place(self.row.number), self.row.text(column));
                lines.push(column);
            }
        }
        lines.sort_unstable();
        lines.dedup();
        let mut list = String::new();
        for column in lines {
            let text = self.row.text(column);
            if text.is_empty() || text == title {
                continue;
            }
            if !list.is_empty() {
                list.push('\n');
            }
            list.push_str(&self.plan.columns.label(column));
            list.push_str(&words(text));
        }
        if !list.is_empty() {
            self.paragraphs.push(list);
        }
        if !self.paragraphs.is_empty() {
            self.event.description = Some(self.paragraphs.join("\n\n"));
        }
    }
}
