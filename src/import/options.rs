//! What the user chooses about an import.

use crate::date::{Date, Precision, Zone};

/// What the user chooses about an import.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Whether persons who may be living are imported.
    pub living: bool,
    /// Today's date in ISO 8601, which "now" and the age of a person are measured against.
    pub today: Option<String>,
    /// How a table is read.
    pub table: TableOptions,
}

/// What the user chooses about the columns and dates of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TableOptions {
    /// The columns of fields. A field that is named here is taken from no other column.
    pub columns: Vec<(Field, ColumnName)>,
    /// The number of the row that names the columns; 0 if there is none.
    pub header: Option<usize>,
    /// Which number is the day in a date such as 3/4/1990.
    pub order: Option<DateOrder>,
    /// The first of the hundred years that years of two digits lie in.
    pub century: Option<i64>,
    /// The IANA name of the time zone of the document.
    pub zone: Option<String>,
    /// The day of times of day that have none, in ISO 8601.
    pub on: Option<String>,
    /// The name or number of the sheet of a spreadsheet.
    pub sheet: Option<String>,
}

/// How the user names a column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ColumnName {
    /// By its name, its letters or its number, whichever is found first.
    Words(String),
    /// By its position, from 0.
    At(usize),
}

impl From<&str> for ColumnName {
    fn from(words: &str) -> Self {
        Self::Words(words.to_owned())
    }
}

impl TableOptions {
    /// Returns the arguments of the command line that stand for these options.
    #[must_use]
    pub fn arguments(&self) -> Vec<String> {
        let mut arguments = Vec::new();
        let mut add = |option: &str, value: String| {
            // What begins like an option is a value only behind a sign of equality.
            if value.starts_with('-') {
                arguments.push(format!("{option}={value}"));
            } else {
                arguments.extend([option.to_owned(), value]);
            }
        };
        for (field, column) in &self.columns {
            let column = match column {
                ColumnName::Words(words) => words.clone(),
                ColumnName::At(column) => (column + 1).to_string(),
            };
            match field.option() {
                Some(option) => add(option, column),
                None => add("--field", format!("{}={column}", field.code())),
            }
        }
        let number = |number: Option<i64>| number.map(|number| number.to_string());
        for (option, value) in [
            ("--header", self.header.map(|row| row.to_string())),
            ("--century", number(self.century)),
            ("--zone", self.zone.clone()),
            ("--on", self.on.clone()),
            ("--sheet", self.sheet.clone()),
        ] {
            if let Some(value) = value {
                add(option, value);
            }
        }
        arguments.extend(self.order.map(|order| order.option().to_owned()));
        arguments
    }
}

/// Reads the first of the hundred years that years of two digits lie in, from what the user typed.
///
/// # Errors
/// Returns what is wrong, in words.
pub fn century(text: &str) -> Result<i64, String> {
    match text.trim().parse() {
        // The first two digits of its years.
        Ok(hundreds @ 1..=99) => Ok(hundreds * 100),
        Ok(year @ 100..=9_900) => Ok(year),
        _ => Err("a century is named by its first year, such as 1900".to_owned()),
    }
}

/// Reads the IANA name of a time zone, from what the user typed.
///
/// # Errors
/// Returns what is wrong, in words.
pub fn zone(text: &str) -> Result<String, String> {
    let zone = Zone::named(text.trim()).ok_or("the IANA database has no such zone; one is Europe/Berlin")?;
    Ok(zone.name().to_owned())
}

/// Reads a day, from what the user typed; returns it in ISO 8601.
///
/// # Errors
/// Returns what is wrong, in words.
pub fn day(text: &str) -> Result<String, String> {
    let date = Date::parse(text.trim()).map_err(|error| match error.hint {
        Some(hint) => format!("{}: {hint}", error.message),
        None => error.message,
    })?;
    match &date {
        Date::Single(part) if part.precision() == Precision::Day => Ok(date.to_string()),
        _ => Err("a day is needed, such as 2015-12-10".to_owned()),
    }
}

/// Which number is the day in a date such as 3/4/1990.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateOrder {
    /// The first: 3 April.
    DayMonth,
    /// The second: 4 March.
    MonthDay,
}

impl DateOrder {
    /// Returns its option of the command line.
    #[must_use]
    pub fn option(self) -> &'static str {
        match self {
            Self::DayMonth => "--day-month",
            Self::MonthDay => "--month-day",
        }
    }

    /// Returns the other one.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::DayMonth => Self::MonthDay,
            Self::MonthDay => Self::DayMonth,
        }
    }
}

/// What a column of a table holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// The title, or a part of it.
    Title,
    /// The date, or the start of a span.
    Date,
    /// The end of a span.
    End,
    /// The year of the date.
    Year,
    /// The month of the date.
    Month,
    /// The day of the month.
    Day,
    /// The time of day.
    Time,
    /// The year of the end.
    EndYear,
    /// The month of the end.
    EndMonth,
    /// The day of the month of the end.
    EndDay,
    /// The time of day of the end.
    EndTime,
    /// The lane.
    Lane,
    /// The description.
    Text,
    /// Tags.
    Tags,
    /// The source of what the row says.
    Source,
    /// The location in the source.
    Locator,
    /// The name of the place.
    Place,
    /// Degrees north of the equator.
    Latitude,
    /// Degrees east of Greenwich.
    Longitude,
    /// Both, with a comma between them.
    Coordinates,
    /// An address of more about it.
    Link,
    /// The address or file of a picture.
    Image,
    /// The colour.
    Color,
    /// An id.
    Id,
    /// How important the event is, as an integer.
    Importance,
    /// Something else, which is kept as a line of the description.
    Line,
    /// Something that the document does not have.
    Unused,
}

impl Field {
    /// All fields.
    pub const ALL: [Self; 27] = [
        Self::Title,
        Self::Date,
        Self::End,
        Self::Year,
        Self::Month,
        Self::Day,
        Self::Time,
        Self::EndYear,
        Self::EndMonth,
        Self::EndDay,
        Self::EndTime,
        Self::Lane,
        Self::Text,
        Self::Tags,
        Self::Source,
        Self::Locator,
        Self::Place,
        Self::Latitude,
        Self::Longitude,
        Self::Coordinates,
        Self::Link,
        Self::Image,
        Self::Color,
        Self::Id,
        Self::Importance,
        Self::Line,
        Self::Unused,
    ];

    /// Returns its name for people.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Date => "date",
            Self::End => "end",
            Self::Year => "year",
            Self::Month => "month",
            Self::Day => "day",
            Self::Time => "time",
            Self::EndYear => "end year",
            Self::EndMonth => "end month",
            Self::EndDay => "end day",
            Self::EndTime => "end time",
            Self::Lane => "lane",
            Self::Text => "text",
            Self::Tags => "tags",
            Self::Source => "source",
            Self::Locator => "locator",
            Self::Place => "place",
            Self::Latitude => "latitude",
            Self::Longitude => "longitude",
            Self::Coordinates => "coordinates",
            Self::Link => "link",
            Self::Image => "image",
            Self::Color => "color",
            Self::Id => "id",
            Self::Importance => "importance",
            Self::Line => "line of the description",
            Self::Unused => "not used",
        }
    }

    /// Returns its name on the command line.
    #[must_use]
    pub fn code(self) -> String {
        self.name().replace(' ', "-")
    }

    /// Returns whether more than one column may hold it.
    #[must_use]
    pub fn is_list(self) -> bool {
        matches!(
            self,
            Self::Title | Self::Text | Self::Tags | Self::Source | Self::Link | Self::Image | Self::Line | Self::Unused
        )
    }

    /// Returns the option of the command line that names its column; `None` if it is `--field`.
    #[must_use]
    pub fn option(self) -> Option<&'static str> {
        match self {
            Self::Title => Some("--title"),
            Self::Date => Some("--date"),
            Self::End => Some("--end"),
            Self::Lane => Some("--lane"),
            Self::Text => Some("--text"),
            Self::Tags => Some("--tags"),
            Self::Source => Some("--source"),
            Self::Locator => Some("--locator"),
            Self::Place => Some("--place"),
            Self::Link => Some("--link"),
            Self::Line => Some("--line"),
            Self::Unused => Some("--unused"),
            _ => None,
        }
    }
}
