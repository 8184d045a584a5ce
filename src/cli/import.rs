//! `longview import`: its arguments as typed, and as checked.

use std::path::PathBuf;

use clap::Args;
use clap::builder::PossibleValuesParser;

use crate::import::{ColumnName, DateOrder, Field, Format, TableOptions, century, day, zone};

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
    /// The column of another field, such as year=Jahr; may be given several times
    #[arg(long, value_name = "FIELD=COL", value_parser = field)]
    field: Vec<(Field, String)>,
    /// A column that is no field, but a line of the description; may be given several times
    #[arg(long, value_name = "COL")]
    line: Vec<String>,
    /// A column that is left out; may be given several times
    #[arg(long, value_name = "COL")]
    unused: Vec<String>,
    /// The number of the row that names the columns; 0 if there is none
    #[arg(long, value_name = "ROW")]
    header: Option<usize>,
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
        let columns: [Vec<(Field, String)>; 13] = [
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
            many(Field::Line, self.line),
            many(Field::Unused, self.unused),
            self.field,
        ];
        let named = |(field, column)| (field, ColumnName::Words(column));
        TableOptions {
            columns: columns.into_iter().flatten().map(named).collect(),
            header: self.header,
            order,
            century: self.century,
            zone: self.zone,
            on: self.on,
            sheet: self.sheet,
        }
    }
}

/// Reads the column of a field that has no option of its own.
fn field(text: &str) -> Result<(Field, String), String> {
    let (name, column) = text.split_once('=').ok_or("a field and its column are written as year=Jahr")?;
    match Field::ALL.into_iter().find(|field| field.code() == name.trim().to_lowercase()) {
        Some(field) => Ok((field, column.to_owned())),
        None => Err(format!("a field is one of {}", Field::ALL.map(Field::code).join(", "))),
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
