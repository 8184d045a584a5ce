//! What the user chooses about an import.

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
    /// The columns of fields: names, letters or numbers, in the order in which they were given. A field that is named here
    /// is taken from no other column.
    pub columns: Vec<(Field, String)>,
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

/// Which number is the day in a date such as 3/4/1990.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateOrder {
    /// The first: 3 April.
    DayMonth,
    /// The second: 4 March.
    MonthDay,
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
}

impl Field {
    /// All fields.
    pub const ALL: [Self; 25] = [
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
        }
    }

    /// Returns the option of the command line that names its column. Fields without one are found by name only.
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
            _ => None,
        }
    }
}
