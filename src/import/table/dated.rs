//! The date of a row, from all of its columns of dates.

use super::super::builder::Builder;
use super::super::dates::{Dated, Dates};
use super::super::options::Field;
use super::super::report::{Kind, Place};
use super::cell::{self, Row};
use super::numeric;
use super::plan::Plan;
use super::rules::{Exact, Rules, Word, era_in_english, word};
use crate::date::{Calendar, Date};

/// One end of what a row says of its date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// Nothing.
    Blank,
    /// That it goes on.
    Open(String),
    /// That it is not known.
    Unknown(String),
    /// A date.
    Date(Dated),
    /// Words that are no date.
    Words(String),
}

/// The date of a row, with what of its columns is not in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct RowDate {
    pub dated: Dated,
    /// The columns whose text has to be kept elsewhere.
    pub kept: Vec<usize>,
}

/// Reads the dates of rows.
pub(super) struct Reader<'p> {
    plan: &'p Plan,
}

/// The columns of one end.
struct Fields {
    date: Field,
    year: Field,
    month: Field,
    day: Field,
    time: Field,
}

const START: Fields =
    Fields { date: Field::Date, year: Field::Year, month: Field::Month, day: Field::Day, time: Field::Time };
const END: Fields =
    Fields { date: Field::End, year: Field::EndYear, month: Field::EndMonth, day: Field::EndDay, time: Field::EndTime };

impl<'p> Reader<'p> {
    pub fn new(plan: &'p Plan) -> Self {
        Self { plan }
    }

    /// Returns the date of a row, and counts what there is to say of it.
    pub fn read(&self, row: &Row<'_>, builder: &mut Builder) -> RowDate {
        self.read_sides(row, builder).0
    }

    /// Returns the columns that what a row says of its start and its end is in.
    pub fn columns(plan: &Plan, row: &Row<'_>) -> [Option<usize>; 2] {
        [&START, &END].map(|fields| {
            let columns = [fields.date, fields.year, fields.month, fields.day, fields.time].into_iter();
            columns.filter_map(|field| plan.columns.of(field)).find(|column| !row.text(*column).is_empty())
        })
    }

    /// Returns the date of a row as [`Self::read`] does, and what it says of its start and its end.
    pub fn read_sides(&self, row: &Row<'_>, builder: &mut Builder) -> (RowDate, [Side; 2]) {
        let place = Place(row.number);
        let mut kept = Vec::new();
        let start = self.side(row, &START, None, &mut kept, builder);
        let end = match &start {
            // An end that is only a time of day is on the day of the start.
            Side::Date(Dated { date: Some(date), .. }) => self.side(row, &END, date.get(..10), &mut kept, builder),
            _ => self.side(row, &END, None, &mut kept, builder),
        };
        let dated = join(&start, &end, place, builder);
        if dated.date.is_some() && dated.doubt.is_some() {
            builder.report.add(Kind::Ambiguous, place, dated.written.as_deref().unwrap_or_default());
        }
        (RowDate { dated, kept }, [start, end])
    }

    /// Reads one end. `day` is the day that a time of day is on, if the row has no other.
    fn side(
        &self,
        row: &Row<'_>,
        fields: &Fields,
        day: Option<&str>,
        kept: &mut Vec<usize>,
        builder: &mut Builder,
    ) -> Side {
        let columns = &self.plan.columns;
        let cell = |field: Field| {
            columns.of(field).map(|column| (column, row.text(column))).filter(|(_, text)| !text.is_empty())
        };
        let time = cell(fields.time);
        let clock = time.and_then(|(_, text)| numeric::clock(text));
        let year = cell(fields.year);
        let near = year.and_then(|(_, text)| whole_year(text));
        let side = match cell(fields.date) {
            Some((column, text)) => {
                self.text(text, row.kind(column), near, clock.as_deref(), day, Place(row.number), builder)
            }
            None if year.is_some() => {
                let text = |field: Field| cell(field).map_or("", |(_, text)| text);
                let parts = [text(fields.year), text(fields.month), text(fields.day)];
                self.parts(parts, clock.as_deref(), Place(row.number), builder)
            }
            None => match (&clock, day.or(self.plan.rules.on.as_deref())) {
                (Some(clock), Some(day)) => exact(format!("{day}T{clock}"), None),
                _ => Side::Blank,
            },
        };
        // Words that are no date stand beside a year that is one.
        let side = match (side, near) {
            (Side::Words(words), Some(_)) => self.beside(words, year.map_or("", |(_, text)| text)),
            (side, _) => side,
        };
        let date = if let Side::Date(Dated { date: Some(date), .. }) = &side { date.as_str() } else { "" };
        if let Some((column, _)) = time.filter(|_| !date.contains('T')) {
            kept.push(column);
        }
        // A year beside a date that has it says nothing more.
        let says_more = |text: &str| !text.is_empty() && cell(fields.date).is_some() && !date.contains(text);
        if let Some((column, _)) = year.filter(|(_, text)| says_more(text)) {
            kept.push(column);
        }
        side
    }

    /// Returns the date of words that are none, beside which a year is.
    fn beside(&self, words: String, year: &str) -> Side {
        match self.plan.rules.read(&words, None, None) {
            // Its day and month are in an order that is not known; the year is in it too.
            Exact::Either => Side::Words(words),
            // A year of three digits is written with four in a date.
            _ => exact(format!("{:0>4}", year.strip_suffix(".0").unwrap_or(year)), Some(words)),
        }
    }

    /// Reads the text of a cell.
    #[expect(clippy::too_many_arguments, reason = "what the columns beside it say")]
    fn text(
        &self,
        text: &str,
        kind: cell::Kind,
        near: Option<i64>,
        clock: Option<&str>,
        day: Option<&str>,
        place: Place,
        builder: &mut Builder,
    ) -> Side {
        let rules = &self.plan.rules;
        match rules.read(text, near, clock) {
            Exact::Date { date, is_worded, is_short } => {
                if is_short && rules.is_century_concluded {
                    let read = format!("{text}: {date}");
                    builder.report.add(Kind::Concluded("the century".into()), place, &read);
                }
                return exact(date, (is_worded && kind != cell::Kind::Date).then(|| text.to_owned()));
            }
            Exact::Either => return Side::Words(text.to_owned()),
            Exact::Other => {}
        }
        if let Some((first, last)) = Rules::parts(text) {
            let [first, last] = [first, last].map(|part| match rules.read(part, near, None) {
                Exact::Date { date, .. } => Some(date),
                _ => (word(part) == Word::Open).then(|| "..".to_owned()),
            });
            if let (Some(first), Some(last)) = (first, last)
                && let Some(dated) = span(&first, &last)
            {
                return Side::Date(Dated { written: Some(text.to_owned()), ..dated });
            }
            return Side::Words(text.to_owned());
        }
        match word(text) {
            Word::Open => return Side::Open(text.to_owned()),
            Word::Unknown => return Side::Unknown(text.to_owned()),
            Word::Other => {}
        }
        if let Some(own) = numeric::clock(text)
            && let Some(day) = day.or(rules.on.as_deref())
        {
            return exact(format!("{day}T{own}"), None);
        }
        Self::words(text, near, clock, place, builder)
    }

    /// Reads a date that a person wrote.
    fn words(text: &str, near: Option<i64>, clock: Option<&str>, place: Place, builder: &mut Builder) -> Side {
        if text.starts_with(['-', '\u{2212}'])
            && let Some(english) = era_in_english(text)
        {
            builder.report.add(Kind::Concluded("the era of a negative year".into()), place, text);
            return exact(english, Some(text.to_owned()));
        }
        let dated = Dates::default().read(text);
        if let Some(date) = &dated.date {
            if let Some(clock) = clock
                && let Some(reading) = Date::try_read(date, Calendar::Gregorian)
            {
                let timed = format!("{}T{clock}", reading.date);
                if Date::try_read(&timed, Calendar::Gregorian).is_some() {
                    return exact(timed, Some(text.to_owned()).filter(|_| reading.date.to_string() != *text));
                }
            }
            return Side::Date(dated);
        }
        let with_year = near.map(|year| format!("{text} {year}"));
        for other in [with_year, era_in_english(text)].into_iter().flatten() {
            let read = Dates::default().read(&other);
            if read.date.is_some() {
                return Side::Date(Dated { written: Some(text.to_owned()), ..read });
            }
        }
        Side::Words(text.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// Puts a date together from a year, a month and a day.
    fn parts(&self, [year, month, day]: [&str; 3], clock: Option<&str>, place: Place, builder: &mut Builder) -> Side {
        let words = || [day, month, year].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
        let bare = |text: &str| text.strip_suffix(".0").unwrap_or(text).to_owned();
        let (year, day) = (bare(year), bare(day));
        let number = |text: &str| text.strip_suffix(".0").unwrap_or(text).parse::<u8>().ok();
        let month_number = number(month).or_else(|| numeric::month(month)).filter(|month| (1..=12).contains(month));
        let is_number = (1..=4).contains(&year.len()) && year.bytes().all(|byte| byte.is_ascii_digit());
        if is_number && let Ok(mut value) = year.parse::<i64>() {
            if let (2, Some(first)) = (year.len(), self.plan.century) {
                value = first + (value - first).rem_euclid(100);
            }
            let mut date = format!("{value:04}");
            match (month_number, number(&day).filter(|_| !day.is_empty())) {
                (Some(month), Some(day)) => date = format!("{date}-{month:02}-{day:02}"),
                (Some(month), None) if day.is_empty() => date = format!("{date}-{month:02}"),
                (None, None) if month.is_empty() && day.is_empty() => {}
                _ => return Side::Words(words()),
            }
            if let Some(clock) = clock.filter(|_| !day.is_empty()) {
                date = format!("{date}T{clock}");
            }
            if Date::try_read(&date, Calendar::Gregorian).is_some() {
                return exact(date, None);
            }
            return Side::Words(words());
        }
        let english = era_in_english(&year).unwrap_or_else(|| year.clone());
        let month_name = month_number.and_then(crate::date::month_name).unwrap_or(month);
        let text = [day.as_str(), month_name, &english]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" ");
        let dated = Dates::default().read(&text);
        if dated.date.is_none() {
            return Side::Words(words());
        }
        if year.starts_with(['-', '\u{2212}']) && english != year {
            builder.report.add(Kind::Concluded("the era of a negative year".into()), place, &year);
        }
        let written = (english != year || dated.written.is_some()).then(words);
        Side::Date(Dated { written, ..dated })
    }
}

/// Returns a year that is written in three or four digits.
fn whole_year(text: &str) -> Option<i64> {
    let text = text.strip_suffix(".0").unwrap_or(text);
    let is_year = (3..=4).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| is_year)
}

fn exact(date: String, written: Option<String>) -> Side {
    Side::Date(Dated { written, ..Dated::exact(date) })
}

/// Returns the span between two dates in EDTF or in words, in the simplest way in which it can be written; `None` if the
/// end is before the start.
fn span(start: &str, end: &str) -> Option<Dated> {
    if start == end {
        return Some(Dated::exact(start));
    }
    let slashed = format!("{start}/{end}");
    if let Some(reading) = Date::try_read(&slashed, Calendar::Gregorian)
        && reading.cautions.is_empty()
    {
        return Some(Dated::exact(slashed));
    }
    let canonical = |text: &str| match text {
        ".." | "" => Some(text.to_owned()),
        text => Some(Date::try_read(text, Calendar::Gregorian)?.date.to_string()),
    };
    let canonical = format!("{}/{}", canonical(start)?, canonical(end)?);
    Date::try_read(&canonical, Calendar::Gregorian)?;
    let words = match (start, end) {
        (start, "..") => format!("{start} – present"),
        ("", end) => format!("? – {end}"),
        (start, "") => format!("{start} – ?"),
        (start, end) => format!("{start} – {end}"),
    };
    Some(Dated { written: Some(words), ..Dated::exact(canonical) })
}

/// Puts a start and an end together.
fn join(start: &Side, end: &Side, place: Place, builder: &mut Builder) -> Dated {
    let words = |side: &Side| match side {
        Side::Blank => String::new(),
        Side::Open(words) | Side::Unknown(words) | Side::Words(words) => words.clone(),
        Side::Date(dated) => dated.written.clone().or_else(|| dated.date.clone()).unwrap_or_default(),
    };
    let both = || format!("{} – {}", words(start), words(end));
    let spanned = |from: &Dated, to: &Dated| {
        let mut dated = span(from.date.as_deref().unwrap_or_default(), to.date.as_deref().unwrap_or_default())?;
        let is_same = from.date == to.date;
        if from.written.is_some() || to.written.is_some() {
            dated.written = Some(if is_same { words(start) } else { both() });
        }
        dated.doubt = from.doubt.clone().or_else(|| to.doubt.clone());
        Some(dated)
    };
    let (open, unknown) = (Dated::exact(".."), Dated::exact(""));
    match (start, end) {
        (Side::Blank, Side::Blank) => Dated::default(),
        (Side::Blank, Side::Unknown(words) | Side::Open(words))
        | (Side::Unknown(words) | Side::Open(words), Side::Blank) => {
            // Other words for none are counted with the event.
            if !crate::date::is_undated(words) {
                builder.report.add(Kind::Undated, place, words);
            }
            Dated::words(words.clone())
        }
        (Side::Date(date), Side::Blank) => date.clone(),
        (Side::Date(from), Side::Date(to)) => spanned(from, to).unwrap_or_else(|| {
            let kind = Kind::Changed("an end before its start, kept in words only".into());
            builder.report.add(kind, place, &both());
            Dated { written: Some(both()), ..from.clone() }
        }),
        (Side::Date(from), Side::Open(_)) => spanned(from, &open).unwrap_or_else(|| from.clone()),
        (Side::Date(from), Side::Unknown(_)) => spanned(from, &unknown).unwrap_or_else(|| from.clone()),
        (Side::Date(from), Side::Words(_)) => {
            builder.report.add(Kind::Changed("an end in words, taken to be unknown".into()), place, &both());
            let dated = spanned(from, &unknown).unwrap_or_else(|| from.clone());
            Dated { written: Some(both()), ..dated }
        }
        (Side::Words(_), Side::Date(to)) => {
            builder.report.add(Kind::Changed("a start in words, taken to be unknown".into()), place, &both());
            let dated = spanned(&unknown, to).unwrap_or_else(|| to.clone());
            Dated { written: Some(both()), ..dated }
        }
        (Side::Blank | Side::Unknown(_), Side::Date(to)) => spanned(&unknown, to).unwrap_or_else(|| to.clone()),
        (Side::Open(_), Side::Date(to)) => spanned(&open, to).unwrap_or_else(|| to.clone()),
        (Side::Words(from), Side::Blank) => {
            builder.report.add(Kind::KeptAsWords, place, from);
            Dated::words(from.clone())
        }
        _ => {
            let words = if *start == Side::Blank { words(end) } else { both() };
            builder.report.add(Kind::KeptAsWords, place, &words);
            Dated::words(words)
        }
    }
}
