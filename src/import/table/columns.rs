//! What the columns of a table hold: by choice, by name, by content.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::super::error::ImportError;
use super::super::options::{ColumnName, Field};
use super::cell::{Row, column_of, letters};
use super::content::Content;
use super::names;
use super::words::words;

/// Why a column was matched with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// The user chose it.
    Chosen,
    /// By its name.
    Named,
    /// By its content.
    Content,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name; empty if it has none.
    pub name: String,
    /// Its letters in a spreadsheet.
    pub letters: String,
    /// What it holds; `None` if it is no field, so that it is kept as a line of the description.
    pub field: Option<(Field, Why)>,
    /// Whether no row has anything in it.
    pub is_empty: bool,
}

impl Column {
    /// Returns its name for people: its letters if it has none.
    #[must_use]
    pub fn title(&self) -> String {
        if self.name.is_empty() { format!("Column {}", self.letters) } else { self.name.clone() }
    }
}

/// The columns of a table.
#[derive(Clone, Debug, Default)]
pub(super) struct Columns {
    /// All of them.
    pub all: Vec<Column>,
    contents: Rc<[Content]>,
    /// What a line of the description begins with that has a cell of the column.
    labels: Vec<String>,
    /// The fields that the user chose.
    chosen: Vec<Field>,
    /// The columns of each field, in their order.
    of: BTreeMap<Field, BTreeSet<usize>>,
    /// The columns that are no field, and that are not empty.
    others: Vec<usize>,
}

impl Columns {
    /// Matches columns with fields. `rows` are the first ones below the header.
    pub fn new(
        header: Option<&Row<'_>>,
        rows: &[Row<'_>],
        choices: &[(Field, ColumnName)],
    ) -> Result<Self, ImportError> {
        let width = rows.iter().chain(header).map(|row| row.cells.len()).max().unwrap_or(0);
        Self::of_contents(header, rows, choices, (0..width).map(|column| Content::new(rows, column)).collect())
    }

    /// Matches the same columns anew.
    fn again(
        &self,
        header: Option<&Row<'_>>,
        rows: &[Row<'_>],
        choices: &[(Field, ColumnName)],
    ) -> Result<Self, ImportError> {
        Self::of_contents(header, rows, choices, Rc::clone(&self.contents))
    }

    fn of_contents(
        header: Option<&Row<'_>>,
        rows: &[Row<'_>],
        choices: &[(Field, ColumnName)],
        contents: Rc<[Content]>,
    ) -> Result<Self, ImportError> {
        let width = contents.len();
        let all = (0..width).map(|column| Column {
            name: header
                .map(|row| row.text(column).split_whitespace().collect::<Vec<_>>().join(" "))
                .unwrap_or_default(),
            letters: letters(column),
            field: None,
            is_empty: contents.get(column).is_none_or(|content| content.filled == 0),
        });
        let mut columns = Self { all: all.collect(), contents, ..Self::default() };
        columns.by_choice(choices)?;
        columns.by_name();
        columns.by_content(rows);
        let is_other = |column: &Column| column.field.is_none_or(|(field, _)| field == Field::Line) && !column.is_empty;
        columns.others =
            columns.all.iter().enumerate().filter(|(_, column)| is_other(column)).map(|(at, _)| at).collect();
        columns.labels = columns.all.iter().map(|column| format!("- {}: ", words(&column.title()))).collect();
        Ok(columns)
    }

    /// Returns what a line of the description begins with that has a cell of a column: "- Height: ".
    pub fn label(&self, column: usize) -> Cow<'_, str> {
        match self.labels.get(column) {
            Some(label) => Cow::Borrowed(label),
            None => Cow::Owned(format!("- Column {}: ", letters(column))),
        }
    }

    /// Returns the first column of a field.
    pub fn of(&self, field: Field) -> Option<usize> {
        self.of.get(&field)?.first().copied()
    }

    /// Returns the columns of a field, in their order.
    pub fn all_of(&self, field: Field) -> impl Iterator<Item = usize> {
        self.of.get(&field).into_iter().flatten().copied()
    }

    /// Returns the number of columns that are a field.
    pub fn matched(&self) -> usize {
        let is_field = |field: Field| !matches!(field, Field::Line | Field::Unused);
        self.of.iter().filter(|(field, _)| is_field(**field)).map(|(_, columns)| columns.len()).sum()
    }

    /// Returns the columns that are no field, and that are not empty.
    pub fn others(&self) -> impl Iterator<Item = usize> {
        self.others.iter().copied()
    }

    fn content(&self, column: usize) -> Content {
        self.contents.get(column).copied().unwrap_or_default()
    }

    fn is_free(&self, column: usize) -> bool {
        self.all.get(column).is_some_and(|column| column.field.is_none())
    }

    fn set(&mut self, column: usize, field: Field, why: Why) {
        if let Some(found) = self.all.get_mut(column) {
            if let Some((before, _)) = found.field.replace((field, why))
                && let Some(columns) = self.of.get_mut(&before)
            {
                columns.remove(&column);
            }
            self.of.entry(field).or_default().insert(column);
        }
    }

    /// Returns the column that the user names.
    fn find(&self, choice: &ColumnName) -> Option<usize> {
        let choice = match choice {
            ColumnName::At(column) => return Some(*column).filter(|column| *column < self.all.len()),
            ColumnName::Words(words) => words,
        };
        let same = |column: &Column| !choice.is_empty() && names::simple(&column.name) == names::simple(choice);
        let exact = self.all.iter().position(|column| column.name == *choice);
        let named = exact.or_else(|| self.all.iter().position(same));
        named.or_else(|| column_of(choice.trim()).filter(|column| *column < self.all.len()))
    }

    /// Returns what names a column on the command line; `None` if other columns have its name, letters and number as names.
    fn words(&self, column: usize) -> Option<ColumnName> {
        let found = self.all.get(column)?;
        let all = [found.name.clone(), found.letters.clone(), (column + 1).to_string()];
        let mut all = all.into_iter().filter(|words| !words.is_empty()).map(ColumnName::Words);
        all.find(|words| self.find(words) == Some(column))
    }

    /// Returns what is to be said so that all columns are matched as they are, whatever is in them.
    pub fn said(&self, header: Option<&Row<'_>>, rows: &[Row<'_>]) -> Vec<(Field, ColumnName)> {
        let of = |column: usize, field: Field| Some((field, self.words(column)?));
        let matched = |(column, found): (usize, &Column)| of(column, found.field?.0);
        let mut said: Vec<_> = self.all.iter().enumerate().filter_map(matched).collect();
        // What is left may be matched otherwise once the other columns are given.
        let Ok(other) = self.again(header, rows, &said) else { return said };
        let field = |column: &Column| column.field.map(|(field, _)| field);
        let differs = self.all.iter().zip(&other.all).any(|(one, other)| field(one) != field(other));
        if differs {
            let free = (0..self.all.len()).filter(|column| self.is_free(*column));
            said.extend(free.filter_map(|column| of(column, Field::Line)));
        }
        said
    }

    fn by_choice(&mut self, choices: &[(Field, ColumnName)]) -> Result<(), ImportError> {
        for (field, choice) in choices {
            let words = match choice {
                ColumnName::Words(words) => words.clone(),
                ColumnName::At(column) => letters(*column),
            };
            let Some(column) = self.find(choice) else {
                let known: Vec<String> =
                    self.all.iter().map(|column| format!("{} ({})", column.title(), column.letters)).collect();
                return Err(ImportError::new(format!("there is no column “{words}”"))
                    .hint(format!("the columns are {}", known.join(", "))));
            };
            if let Some((taken, Why::Chosen)) = self.all.get(column).and_then(|column| column.field) {
                let message = format!("the column “{words}” cannot be both {} and {}", taken.name(), field.name());
                return Err(ImportError::new(message));
            }
            self.set(column, *field, Why::Chosen);
            self.chosen.push(*field);
        }
        Ok(())
    }

    /// Returns the free column whose name stands for a field best.
    fn named(&self, field: Field, is_fit: impl Fn(usize) -> bool) -> Option<usize> {
        let sure = |column: usize| {
            let name = &self.all.get(column)?.name;
            names::fields(name).into_iter().find(|(of, _)| *of == field).map(|(_, sure)| sure)
        };
        let fits = (0..self.all.len()).filter(|column| self.is_free(*column) && is_fit(*column));
        fits.filter_map(|column| Some((sure(column)?, column))).min().map(|(_, column)| column)
    }

    fn by_name(&mut self) {
        let has = |columns: &Self, field: Field| columns.of(field).is_some();
        for field in ORDER {
            if self.chosen.contains(&field) {
                continue;
            }
            let found = match field {
                Field::Date | Field::End => self.named_date(field),
                Field::Month if !has(self, Field::Year) => None,
                // "Tag" is a day in German, and "page" is of a source.
                Field::Day if !has(self, Field::Month) => None,
                Field::EndMonth | Field::EndDay if !has(self, Field::EndYear) => None,
                Field::Locator if !has(self, Field::Source) => None,
                Field::Lane => self.named(field, |column| self.is_lane(column, 0.5)),
                Field::Latitude | Field::Longitude => {
                    self.named(field, |column| self.content(column).share(self.content(column).numbers) > 0.5)
                }
                // A year beside a date that has one is the same year, or the one that two digits lack.
                _ => self.named(field, |_| true),
            };
            if let Some(column) = found {
                self.set(column, field, Why::Named);
            }
        }
        // Several columns may hold sources: primary and secondary ones.
        while !self.chosen.contains(&Field::Source)
            && let Some(column) = self.named(Field::Source, |_| true)
        {
            self.set(column, Field::Source, Why::Named);
        }
        self.person_by_name();
        self.years_by_name();
        // "When" it happened may be called the time.
        if let Some(column) = self.of(Field::Time).filter(|column| self.content(*column).is_dated())
            && !has(self, Field::Date)
            && !has(self, Field::Year)
        {
            self.set(column, Field::Date, Why::Named);
        }
        // Numbers of rows are no ids, and a single end is a date.
        if !has(self, Field::Date)
            && !has(self, Field::Year)
            && let Some(column) = self.of(Field::End).filter(|column| self.content(*column).is_dated())
        {
            self.set(column, Field::Date, Why::Named);
        }
    }

    /// Finds the parts of the names of persons, unless something else is the title.
    fn person_by_name(&mut self) {
        let named = |names: &[&str]| {
            let is_named = |column: &Column| names.contains(&names::simple(&column.name).as_str());
            self.all.iter().position(is_named)
        };
        let (Some(first), Some(last)) = (named(&names::FIRST), named(&names::LAST)) else { return };
        let is_title = |column: usize| self.of(Field::Title) == Some(column);
        let is_fit = |column: usize| self.is_free(column) || is_title(column);
        let is_other = self.of(Field::Title).is_some() && !is_title(first) && !is_title(last);
        if !is_other && !self.chosen.contains(&Field::Title) && is_fit(first) && is_fit(last) {
            self.set(first, Field::Title, Why::Named);
            self.set(last, Field::Title, Why::Named);
        }
    }

    /// Returns what is between the texts of columns that make a title together: a space between the names of a person.
    pub fn between_titles(&self) -> &'static str {
        let titles: Vec<String> = self
            .all_of(Field::Title)
            .filter_map(|column| self.all.get(column))
            .map(|column| names::simple(&column.name))
            .collect();
        match titles.as_slice() {
            [first, last] if names::FIRST.contains(&first.as_str()) && names::LAST.contains(&last.as_str()) => " ",
            _ => ", ",
        }
    }

    /// Finds columns whose names say that they are dates where years of fewer than four digits are under them.
    fn years_by_name(&mut self) {
        let has = |field: Field| self.of(field).is_some() || self.chosen.contains(&field);
        if has(Field::Date) || has(Field::Year) {
            return;
        }
        let is_year = |column: usize| self.content(column).share(self.content(column).years) > 0.9;
        let Some(start) = self.named(Field::Date, is_year) else { return };
        let end = self.named(Field::End, is_year).filter(|_| !has(Field::End));
        self.set(start, Field::Year, Why::Named);
        if let Some(end) = end {
            self.set(end, Field::EndYear, Why::Named);
        }
    }

    /// Returns the column that is named as a date. A name that may be something else needs dates under it.
    fn named_date(&self, field: Field) -> Option<usize> {
        const SURE: [&str; 16] = [
            "date",
            "datum",
            "start",
            "end",
            "when",
            "fecha",
            "datedebut",
            "날짜",
            "일자",
            "日付",
            "日期",
            "дата",
            "시작",
            "開始",
            "开始",
            "data",
        ];
        let is_sure = |column: usize| {
            let name = self.all.get(column).map(|column| names::simple(&column.name)).unwrap_or_default();
            SURE.iter().any(|sure| name.contains(sure)) && name != "data"
        };
        // A start without an end is less than a date.
        let dated = |column: usize| {
            let content = self.content(column);
            content.share(content.dates) >= 0.3
        };
        self.named(field, dated).or_else(|| self.named(field, is_sure))
    }

    /// Returns whether the texts of a column repeat, so that they can be lanes. `most` is the share of different ones.
    fn is_lane(&self, column: usize, most: f64) -> bool {
        let content = self.content(column);
        content.filled > 0
            && (content.different <= 12 || content.share(content.different) <= most && content.different <= 200)
    }

    fn by_content(&mut self, rows: &[Row<'_>]) {
        let has_date = self.of(Field::Date).is_some() || self.of(Field::Year).is_some();
        let free =
            |columns: &Self| (0..columns.all.len()).filter(|column| columns.is_free(*column)).collect::<Vec<_>>();
        if !has_date {
            let best = |column: &usize| {
                let content = self.content(*column);
                (content.is_dated().then(|| content.share(content.dates)), std::cmp::Reverse(*column))
            };
            let dated = free(self).into_iter().filter(|column| self.content(*column).is_dated());
            let found = dated.max_by(|a, b| best(a).partial_cmp(&best(b)).unwrap_or(std::cmp::Ordering::Equal));
            if let Some(column) = found {
                self.set(column, Field::Date, Why::Content);
                let next = column + 1;
                if self.of(Field::End).is_none() && self.is_free(next) && self.content(next).is_dated() {
                    self.set(next, Field::End, Why::Content);
                }
            }
        }
        if self.of(Field::Title).is_none() {
            self.title_by_content(&free(self));
        }
        if self.of(Field::Lane).is_none() && rows.len() >= 8 {
            let is_yes = |text: &str| {
                matches!(
                    text.to_lowercase().as_str(),
                    "yes" | "no" | "true" | "false" | "y" | "n" | "x" | "ja" | "nein"
                )
            };
            let repeats = |column: &usize| {
                let content = self.content(*column);
                content.is_text()
                    && (2..=24).contains(&content.different)
                    && content.different * 3 <= content.filled
                    && content.filled * 2 >= rows.len()
                    && content.mean_length() <= 40.0
                    && !rows.iter().any(|row| is_yes(row.text(*column)))
            };
            let fit: Vec<usize> = free(self).into_iter().filter(repeats).collect();
            let many = fit.iter().find(|column| self.content(**column).different >= 3);
            if let Some(column) = many.or(fit.first()) {
                self.set(*column, Field::Lane, Why::Content);
            }
        }
    }

    /// Finds the titles: short texts, of which each occurs once. A long text beside them is the description.
    fn title_by_content(&mut self, free: &[usize]) {
        let score = |column: usize| {
            let content = self.content(column);
            let length = content.mean_length();
            let is_short = (3.0..=100.0).contains(&length);
            content.share(content.different) * if is_short { 1.0 } else { 0.4 } * (1.0 + content.filled as f64).ln()
        };
        let texts: Vec<usize> = free.iter().copied().filter(|column| self.content(*column).is_text()).collect();
        let mut best: Option<(f64, usize)> = None;
        for column in texts.iter().copied() {
            if best.is_none_or(|(most, _)| score(column) > most * 1.05) {
                best = Some((score(column), column));
            }
        }
        let Some((_, title)) = best else { return };
        if self.content(title).mean_length() > 100.0 && self.of(Field::Text).is_none() {
            self.set(title, Field::Text, Why::Content);
            return;
        }
        self.set(title, Field::Title, Why::Content);
        if self.of(Field::Text).is_none() {
            let is_long = |column: &usize| *column != title && self.content(*column).mean_length() > 80.0;
            if let Some(column) = texts.into_iter().find(is_long) {
                self.set(column, Field::Text, Why::Content);
            }
        }
    }
}

/// The order in which fields are found by name: what others depend on first.
const ORDER: [Field; 25] = [
    Field::Date,
    Field::End,
    Field::Year,
    Field::Month,
    Field::Day,
    Field::Time,
    Field::EndYear,
    Field::EndMonth,
    Field::EndDay,
    Field::EndTime,
    Field::Title,
    Field::Lane,
    Field::Text,
    Field::Tags,
    Field::Source,
    Field::Locator,
    Field::Place,
    Field::Latitude,
    Field::Longitude,
    Field::Coordinates,
    Field::Link,
    Field::Image,
    Field::Color,
    Field::Id,
    Field::Importance,
];

#[cfg(test)]
mod tests {
    use super::super::header;
    use super::super::text::Text;
    use std::fmt::Write as _;

    use super::*;

    fn columns(text: &str, choices: &[(Field, &str)]) -> Result<Vec<String>, ImportError> {
        let mut reader = Text::new(text, false).rows();
        let mut rows = Vec::new();
        let mut row = Row::default();
        while reader.next(&mut row) {
            if !row.is_blank() {
                rows.push(row.clone());
            }
        }
        let header = header::find(&rows, &[]);
        let below = rows.get(header.map_or(0, |header| header + 1)..).unwrap_or_default();
        let choices: Vec<(Field, ColumnName)> = choices.iter().map(|(field, name)| (*field, (*name).into())).collect();
        let found = Columns::new(header.and_then(|header| rows.get(header)), below, &choices)?;
        Ok(found.all.iter().map(|column| column.field.map_or("-", |(field, _)| field.name()).to_owned()).collect())
    }

    #[test]
    fn columns_are_matched_by_name() {
        let check = |text: &str, expect: &[&str]| assert_eq!(columns(text, &[]).expect("columns"), expect, "{text}");
        check("start,end,label,era\n1200,,a,I\n1300,,b,I\n", &["date", "end", "title", "lane"]);
        check("Jahr;Monat;Tag;Titel\n1965;6;22;x\n", &["year", "month", "day", "title"]);
        check("Titel;Datum;Tag\nx;1965;a\n", &["title", "date", "tags"]);
        check("제목,시작일,종료일,분류\nx,1965,1966,a\n", &["title", "date", "end", "lane"]);
        check("Fecha,Título,Descripción\n1965,x,y\n", &["date", "title", "text"]);
        check("Date,Year,Event\n9/24/06,1906,x\n", &["date", "year", "title"]);
        check("first_name,last_name,died\nAnn,Hale,1965\n", &["title", "title", "date"]);
        check("Name;Vorname;Datum\nHale;Ann;1965\n", &["title", "title", "date"]);
        check("Event,First name,Last name,Date\na,Ann,Hale,1965\n", &["title", "-", "-", "date"]);
        check("From,To,Title,Date\nParis,Rome,x,1965\n", &["-", "-", "title", "date"]);
        check(
            "Subject,Start Date,Start Time,End Date,End Time\nx,1/2/2024,10:00,1/2/2024,11:00\n",
            &["title", "date", "time", "end", "end time"],
        );
    }

    #[test]
    fn columns_are_matched_by_content() {
        let mut text = String::from("who,job,person,on,off,n\n");
        for index in 0..30 {
            let _ = writeln!(
                text,
                "{},Job {},Person {index},1/{}/77,2/1/78,{index}",
                ["A", "B", "C"][index / 10],
                index % 9,
                index + 1
            );
        }
        assert_eq!(
            columns(&text, &[(Field::Title, "person")]).expect("columns"),
            ["lane", "-", "title", "date", "end", "-"]
        );
        let check = |text: &str, expect: &[&str]| assert_eq!(columns(text, &[]).expect("columns"), expect, "{text}");
        check("1914,War\n1918,Peace\n", &["date", "title"]);
    }

    #[test]
    fn choices_come_first() {
        let text = "a,b,date\n1,x,1965\n2,y,1966\n";
        assert_eq!(
            columns(text, &[(Field::Title, "A"), (Field::Text, "2")]).expect("columns"),
            ["title", "text", "date"]
        );
        let error = columns(text, &[(Field::Title, "nothing")]).expect_err("no such column");
        assert_eq!(error.hint.as_deref(), Some("the columns are a (A), b (B), date (C)"));
        assert!(columns(text, &[(Field::Title, "A"), (Field::Text, "a")]).is_err());
    }
}
