//! What is found out about a table before its events are made.

use std::collections::{HashMap, HashSet};

use super::super::builder::Builder;
use super::super::error::ImportError;
use super::super::html::{plain, prose};
use super::super::options::{ColumnName, Field, Options, TableOptions};
use super::super::titles::is_too_long;
use super::cell::{Kind, Row};
use super::columns::{Columns, Why};
use super::rows::Table;
use super::rules::{Evidence, Question, Rules};
use super::{header, sources};
use crate::document::MAX_EVENTS;
use crate::progress::Progress;

/// Number of rows that the columns are matched by.
const SAMPLE: usize = 1_000;
/// Maximum number of lanes; rows of further ones are in one together.
const MOST_LANES: usize = 1_000;
/// The title of that lane.
const OTHER: &str = "Other";

/// How a table becomes a document.
#[derive(Clone, Debug, Default)]
pub(super) struct Plan {
    /// The number of the row that names the columns.
    pub header: Option<usize>,
    /// Its texts, and those of the row above it that names groups of columns, by which they are recognised if they are
    /// repeated.
    names: [Vec<String>; 2],
    /// The rows before it.
    preamble: Vec<String>,
    /// What the columns hold.
    pub columns: Columns,
    /// How dates are read.
    pub rules: Rules,
    /// The zone of the document.
    zone: Option<String>,
    /// The first of the hundred years that years of two digits lie in.
    pub century: Option<i64>,
    /// The texts of lanes, in the order in which they occur; an empty one for rows without.
    lanes: Vec<String>,
    /// The texts of sources, in the order in which they occur.
    sources: Vec<String>,
    /// What is to be said so that the header and the columns are found as they are.
    said: (Option<usize>, Vec<(Field, ColumnName)>),
}

/// Why a row is no event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Skipped {
    /// It is the header, or before it.
    Before,
    /// It is the header once more.
    Header,
    /// It has a single cell, which is no title.
    Heading,
}

impl Plan {
    /// Reads a table once.
    pub fn new(table: &Table<'_>, options: &Options, progress: &Progress) -> Result<Self, ImportError> {
        let mut cursor = table.begin();
        let mut sample = Vec::new();
        let mut row = Row::default();
        while sample.len() < SAMPLE && table.next(&mut cursor, &mut row) {
            sample.push(row.clone());
        }
        if sample.is_empty() {
            return Err(ImportError::new("the table is empty"));
        }
        let index = header_of(&sample, options.table.header, &options.table.columns)?;
        let header = index.and_then(|index| sample.get(index));
        let above = index.and_then(|index| header::above(&sample, index));
        let named = header.map(|header| above.map_or_else(|| header.clone(), |above| header.filled_from(above)));
        let below = sample.get(index.map_or(0, |index| index + 1)..).unwrap_or_default();
        let before = sample.get(..index.unwrap_or(0) - usize::from(above.is_some())).unwrap_or_default();
        let joined = |row: &Row<'_>| {
            row.cells.iter().map(|cell| cell.text.trim()).filter(|text| !text.is_empty()).collect::<Vec<_>>().join(", ")
        };
        let texts = |row: &Row<'_>| row.cells.iter().map(|cell| cell.text.trim().to_owned()).collect::<Vec<_>>();
        let columns = Columns::new(named.as_ref(), below, &options.table.columns)?;
        let said = columns.said(named.as_ref(), below);
        let is_found = header_of(&sample, None, &said).is_ok_and(|found| found == index);
        let row = header.map_or(0, |row| row.number);
        let mut plan = Self {
            said: (options.table.header.or((!is_found).then_some(row)), said),
            header: header.map(|row| row.number),
            names: [header, above].map(|row| row.map(texts).unwrap_or_default()),
            preamble: before.iter().map(joined).collect(),
            columns,
            zone: options.table.zone.clone(),
            ..Self::default()
        };
        let evidence = plan.gather(table, progress)?;
        let today = options.today.as_ref().and_then(|today| today.get(..4)?.parse().ok());
        plan.rules = Rules::new(&evidence, &options.table, today);
        plan.century = options.table.century.or(plan.rules.century);
        Ok(plan)
    }

    /// Reads all rows for what their dates say about how they are written, and for lanes and sources.
    fn gather(&mut self, table: &Table<'_>, progress: &Progress) -> Result<Evidence, ImportError> {
        let mut evidence = Evidence::default();
        let has_year = self.columns.of(Field::Year).is_some();
        let [date, end, year, lane] =
            [Field::Date, Field::End, Field::Year, Field::Lane].map(|field| self.columns.of(field));
        let sources: Vec<usize> = self.columns.all_of(Field::Source).collect();
        let mut lanes: HashSet<String> = HashSet::new();
        let mut known: HashSet<String> = HashSet::new();
        let mut cursor = table.begin();
        let mut row = Row::default();
        let (mut count, mut events, mut reported) = (0_usize, 0, 0);
        while table.next(&mut cursor, &mut row) {
            count += 1;
            if count.is_multiple_of(4096) {
                let position = Table::position(&cursor);
                progress.advance(position - reported, 0);
                reported = position;
                if progress.is_cancelled() {
                    return Err(ImportError::cancelled());
                }
            }
            if self.skipped(&row).is_some() {
                continue;
            }
            events += 1;
            if events > MAX_EVENTS {
                return Err(ImportError::too_many());
            }
            for column in [date, end].into_iter().flatten() {
                let text = row.text(column);
                if !text.is_empty() && row.kind(column) != Kind::Date {
                    evidence.add(text, row.number, has_year);
                }
            }
            if let Some(text) = year.map(|column| row.text(column)).filter(|text| text.len() == 4) {
                evidence.add(text, row.number, true);
            }
            let text = lane.map_or("", |column| row.text(column));
            if !lanes.contains(text) {
                if lanes.len() < MOST_LANES {
                    lanes.insert(text.to_owned());
                    self.lanes.push(text.to_owned());
                } else if lanes.len() == MOST_LANES && lanes.insert(OTHER.to_owned()) {
                    self.lanes.push(OTHER.to_owned());
                }
            }
            for column in &sources {
                for text in sources::sources(row.text(*column)) {
                    if !known.contains(text) {
                        known.insert(text.to_owned());
                        self.sources.push(text.to_owned());
                    }
                }
            }
        }
        Ok(evidence)
    }

    /// Returns why a row is no event; `None` if it is one.
    pub fn skipped(&self, row: &Row<'_>) -> Option<Skipped> {
        if self.header.is_some_and(|header| row.number <= header) {
            return Some(Skipped::Before);
        }
        let is_header = |names: &Vec<String>| {
            let begins = names.first().is_some_and(|name| row.text(0) == name);
            begins
                && names.iter().filter(|name| !name.is_empty()).count() > 1
                && names.iter().enumerate().all(|(column, name)| row.text(column) == name)
        };
        if self.names.iter().any(is_header) {
            return Some(Skipped::Header);
        }
        if self.columns.matched() > 2 && row.filled() == 1 {
            let is_title = self.columns.all_of(Field::Title).any(|column| !row.text(column).is_empty());
            let is_text = self.columns.all_of(Field::Text).any(|column| !row.text(column).is_empty());
            return (!is_title && !is_text).then_some(Skipped::Heading);
        }
        None
    }

    /// Returns an error if something has to be asked that only the user knows.
    pub fn asked(&self) -> Result<(), ImportError> {
        match &self.rules.question {
            None => Ok(()),
            Some(Question::Order { row, text, is_mixed }) => {
                let why = if *is_mixed { "other rows contradict each other" } else { "no other row settles it" };
                let message = format!("row {row}: in “{text}” either number may be the day, and {why}");
                Err(ImportError::asking(message)
                    .hint("say --day-month if the day is first, or --month-day if the month is"))
            }
            Some(Question::Day { row, text }) => {
                let message = format!("row {row}: “{text}” is a time of day, and no row has a date");
                Err(ImportError::asking(message).hint("say on which day: --on 2015-12-10"))
            }
        }
    }

    /// Gives a document its title, comments, lanes and sources. Returns the lanes and sources by their texts.
    pub fn fill(&self, builder: &mut Builder) -> (HashMap<String, usize>, HashMap<String, String>) {
        let mut preamble = self.preamble.iter().map(String::as_str).peekable();
        if let Some(title) = preamble.next_if(|title| !is_too_long(title)) {
            builder.head().title = plain(title);
        }
        let rest: Vec<String> = preamble.map(|text| prose(text).text).collect();
        if !rest.is_empty() {
            builder.head().description = Some(rest.join("\n\n"));
        }
        builder.head().zone.clone_from(&self.zone);
        for comment in self.comments() {
            builder.comment(comment);
        }
        let mut lanes = HashMap::new();
        for text in &self.lanes {
            let lane = builder.lane(&plain(text), None);
            lanes.insert(text.clone(), lane);
        }
        if self.lanes.is_empty() {
            builder.lane("", None);
        }
        let mut sources = HashMap::new();
        for text in &self.sources {
            let id = builder.source("", sources::source(text));
            sources.insert(text.clone(), id);
        }
        (lanes, sources)
    }

    /// Returns the number of the lane of a text.
    pub fn lane(lanes: &HashMap<String, usize>, text: &str) -> Option<usize> {
        lanes.get(text).or_else(|| lanes.get(OTHER)).copied()
    }

    /// Returns what a reader of the document should know: which columns were taken for what, and what was concluded.
    fn comments(&self) -> Vec<String> {
        let mut comments = Vec::new();
        let matched = self.columns.all.iter().filter_map(|column| {
            let (field, why) = column.field.filter(|(field, _)| !matches!(field, Field::Line | Field::Unused))?;
            let content = if why == Why::Content { ", by its content" } else { "" };
            Some(format!("{} = {}{content}", field.name(), named(&column.title())))
        });
        let matched: Vec<String> = matched.collect();
        if !matched.is_empty() {
            comments.push(wrapped(&format!("Columns: {}.", matched.join("; "))));
        }
        let others: Vec<usize> = self.columns.others().collect();
        let unused: Vec<usize> = self.columns.all_of(Field::Unused).collect();
        for (what, columns) in [("In the descriptions", others), ("Not used", unused)] {
            let name = |column: usize| Some(named(&self.columns.all.get(column)?.title()));
            let names: Vec<String> = columns.into_iter().filter_map(name).collect();
            if !names.is_empty() {
                comments.push(wrapped(&format!("{what}: {}.", names.join("; ").trim_end_matches('.'))));
            }
        }
        comments.extend(self.rules.conclusions.iter().map(|text| wrapped(text)));
        comments
    }

    /// Returns the options that repeat what was chosen and concluded, whatever a later file would lead to.
    pub fn repeated(&self, options: &TableOptions) -> TableOptions {
        let (header, columns) = self.said.clone();
        let (order, century) = (self.rules.order, self.century);
        TableOptions { columns, header, order, century, ..options.clone() }
    }

    /// Returns the plan with day and month in the other order; `None` if that would read no date otherwise.
    pub fn with_other_order(&self) -> Option<Self> {
        let order = self.rules.order.filter(|_| self.rules.has_either)?.other();
        let rules = Rules { order: Some(order), ..self.rules.clone() };
        Some(Self { rules, lanes: Vec::new(), sources: Vec::new(), ..self.clone() })
    }

    /// Returns what was taken for something without being sure of it, a sentence each.
    pub fn doubts(&self) -> Vec<String> {
        let has = |field: Field| self.columns.of(field).is_some();
        let mut doubts = Vec::new();
        if !has(Field::Date) && !has(Field::Year) && !has(Field::End) && !has(Field::Time) {
            doubts.push("No column holds dates.".to_owned());
        }
        if !has(Field::Title) && !has(Field::Text) {
            doubts.push("No column holds titles.".to_owned());
        }
        for column in &self.columns.all {
            if let Some((field, Why::Content)) = column.field {
                doubts.push(format!("“{}” was taken for the {} by its content.", column.title(), field.name()));
            }
        }
        doubts.extend(self.rules.serials.clone());
        doubts
    }
}

/// Returns the index of the row that names the columns among the first rows: the one with a number, if it is given, or
/// the one that is found.
fn header_of(
    rows: &[Row<'_>],
    number: Option<usize>,
    columns: &[(Field, ColumnName)],
) -> Result<Option<usize>, ImportError> {
    let words = |(_, column): &'_ (Field, ColumnName)| match column {
        ColumnName::Words(words) => Some(words.clone()),
        ColumnName::At(_) => None,
    };
    match number {
        None => {
            let chosen: Vec<String> = columns.iter().filter_map(words).collect();
            Ok(header::find(rows, &chosen.iter().map(String::as_str).collect::<Vec<_>>()))
        }
        Some(0) => Ok(None),
        Some(number) => match rows.iter().position(|row| row.number == number) {
            Some(index) => Ok(Some(index)),
            None => Err(ImportError::new(format!("row {number} cannot name the columns: it is empty, or far below"))),
        },
    }
}

/// Returns the name of a column in a comment, on one line and not too long.
fn named(name: &str) -> String {
    let line: String = name.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default()),
        None => line,
    }
}

/// Returns a comment in lines that are not too long.
fn wrapped(text: &str) -> String {
    /// Maximum length of a line, in characters.
    const WIDTH: usize = 110;
    let (mut lines, mut length) = (String::new(), 0);
    // A column is not torn from what it was taken for.
    for word in text.replace(" = ", "\u{a0}=\u{a0}").split(' ') {
        let own = word.chars().count();
        if length > 0 {
            let is_full = length + 1 + own > WIDTH;
            lines.push(if is_full { '\n' } else { ' ' });
            length = if is_full { 0 } else { length + 1 };
        }
        lines.push_str(word);
        length += own;
    }
    lines.replace('\u{a0}', " ")
}
