//! `longview import`: its arguments as typed, and as checked.

use std::path::PathBuf;

use clap::Args;
use clap::builder::PossibleValuesParser;

use crate::date::{Date, Precision, Zone};
use crate::import::{DateOrder, Field, Format, TableOptions};

use super::paths::{Input, Output, input};

/// A file of another program that becomes a document.
#[derive(Debug)]
pub struct Import {
    /// The file.
    pub input: Input,
    /// Where the document goes.
    pub output: Output,
    /// Replace a document that exists.
    pub replace: bool,
    /// The format of the file, if it is not found by itself.
    pub from: Option<Format>,
    /// Where the report goes as JSON.
    pub report: Option<Output>,
    /// Import persons who may be living.
    pub living: bool,
    /// How a table is read.
    pub table: TableOptions,
}

#[derive(Debug, Args)]
pub(super) struct TypedImport {
    /// The file: a table, a calendar, a family tree, or a timeline of another program; - reads standard input
    file: PathBuf,
    /// The document to write; without it, or for -, standard output
    #[arg(short, long, value_name = "OUT.ron")]
    output: Option<PathBuf>,
    /// Replace the document if it exists
    #[arg(long)]
    replace: bool,
    /// The format of the file, if it is not found by itself
    #[arg(long, value_name = "FORMAT", value_parser = PossibleValuesParser::new(Format::ALL.map(Format::name)))]
    from: Option<String>,
    /// Write the report as JSON to a file too; for -, to standard output
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// Of a family tree: persons who may be living too
    #[arg(long)]
    living: bool,
    #[command(flatten)]
    table: TypedTable,
}

/// COL is the name of a column, its letter or its number.
#[derive(Debug, Args)]
#[command(next_help_heading = "Of a table")]
struct TypedTable {
    /// The column of titles: its name, letter or number; if given several times, titles are made of all of them
    #[arg(long, value_name = "COL")]
    title: Vec<String>,
    /// The column of dates, or of starts
    #[arg(long, value_name = "COL")]
    date: Option<String>,
    /// The column of ends, which are inclusive
    #[arg(long, value_name = "COL")]
    end: Option<String>,
    /// The column of lanes
    #[arg(long, value_name = "COL")]
    lane: Option<String>,
    /// The column of descriptions; may be given several times
    #[arg(long, value_name = "COL")]
    text: Vec<String>,
    /// The column of tags; may be given several times
    #[arg(long, value_name = "COL")]
    tags: Vec<String>,
    /// The column of sources; may be given several times
    #[arg(long, value_name = "COL")]
    source: Vec<String>,
    /// The column of locations in the source, such as pages
    #[arg(long, value_name = "COL")]
    locator: Option<String>,
    /// The column of places
    #[arg(long, value_name = "COL")]
    place: Option<String>,
    /// The column of links; may be given several times
    #[arg(long, value_name = "COL")]
    link: Vec<String>,
    /// 3/4/1990 is 3 April
    #[arg(long, conflicts_with = "month_day")]
    day_month: bool,
    /// 3/4/1990 is 4 March
    #[arg(long)]
    month_day: bool,
    /// The first of the hundred years that years of two digits lie in: 1900, or 1950 for 1950 to 2049
    #[arg(long, value_name = "YEAR", value_parser = century)]
    century: Option<i64>,
    /// The time zone of the document, such as Europe/Berlin: its times are in it, and shown in it
    #[arg(long, value_name = "ZONE", value_parser = zone)]
    zone: Option<String>,
    /// The day of times of day that have none
    #[arg(long, value_name = "DATE", value_parser = day)]
    on: Option<String>,
    /// The sheet of a spreadsheet: its name or number; without it the first one that is not hidden
    #[arg(long, value_name = "NAME")]
    sheet: Option<String>,
}

impl TypedTable {
    fn checked(self) -> TableOptions {
        let order = match (self.day_month, self.month_day) {
            (true, _) => Some(DateOrder::DayMonth),
            (_, true) => Some(DateOrder::MonthDay),
            _ => None,
        };
        let one = |field: Field, column: Option<String>| column.map(|column| (field, column)).into_iter().collect();
        let many = |field: Field, columns: Vec<String>| columns.into_iter().map(|column| (field, column)).collect();
        let columns: [Vec<(Field, String)>; 10] = [
            many(Field::Title, self.title),
            one(Field::Date, self.date),
            one(Field::End, self.end),
            one(Field::Lane, self.lane),
            many(Field::Text, self.text),
            many(Field::Tags, self.tags),
            many(Field::Source, self.source),
            one(Field::Locator, self.locator),
            one(Field::Place, self.place),
            many(Field::Link, self.link),
        ];
        TableOptions {
            columns: columns.into_iter().flatten().collect(),
            order,
            century: self.century,
            zone: self.zone,
            on: self.on,
            sheet: self.sheet,
        }
    }
}

fn century(text: &str) -> Result<i64, String> {
    match text.parse() {
        // The first two digits of its years.
        Ok(hundreds @ 1..=99) => Ok(hundreds * 100),
        Ok(year @ 100..=9_900) => Ok(year),
        _ => Err("a century is named by its first year, such as 1900".to_owned()),
    }
}

fn zone(text: &str) -> Result<String, String> {
    let zone = Zone::named(text).ok_or("the IANA database has no such zone; one is Europe/Berlin")?;
    Ok(zone.name().to_owned())
}

fn day(text: &str) -> Result<String, String> {
    let date = Date::parse(text).map_err(|error| match error.hint {
        Some(hint) => format!("{}: {hint}", error.message),
        None => error.message,
    })?;
    match &date {
        Date::Single(part) if part.precision() == Precision::Day => Ok(date.to_string()),
        _ => Err("a day is needed, such as 2015-12-10".to_owned()),
    }
}

impl TypedImport {
    /// Checks the arguments.
    pub fn checked(self) -> Result<Import, &'static str> {
        let standard = |path: PathBuf| if path.as_os_str() == "-" { Output::Standard } else { Output::File(path) };
        let output = self.output.map_or(Output::Standard, standard);
        let report = self.report.map(standard);
        if output == Output::Standard && report == Some(Output::Standard) {
            return Err("the document and its report cannot both go to standard output: say -o or another --report");
        }
        Ok(Import {
            input: input(Some(self.file)),
            output,
            replace: self.replace,
            from: self.from.as_deref().and_then(Format::named),
            report,
            living: self.living,
            table: self.table.checked(),
        })
    }
}
