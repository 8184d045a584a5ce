//! The formats that a timeline is written in for other programs.

/// A format that a timeline is written in for other programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// A table of the events: comma-separated values.
    Csv,
    /// The whole document: JSON.
    Json,
    /// A calendar: iCalendar.
    ICalendar,
    /// A timeline of `TimelineJS`: JSON.
    TimelineJs,
}

impl Format {
    /// All formats.
    pub const ALL: [Self; 4] = [Self::Csv, Self::Json, Self::ICalendar, Self::TimelineJs];

    /// Returns its name on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Json => "json",
            Self::ICalendar => "ics",
            Self::TimelineJs => "timelinejs",
        }
    }

    /// Returns its name for people.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Csv => "CSV",
            Self::Json => "JSON",
            Self::ICalendar => "iCalendar",
            Self::TimelineJs => "TimelineJS",
        }
    }

    /// Returns the ending of its files, without the first dot.
    #[must_use]
    pub fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Json => "json",
            Self::ICalendar => "ics",
            Self::TimelineJs => "timelinejs.json",
        }
    }

    /// Returns the format with a name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name().eq_ignore_ascii_case(name))
    }

    /// Returns the format that the name of a file says, ignoring case. `x.timelinejs.json` is one of `TimelineJS`.
    #[must_use]
    pub fn of_file(name: &str) -> Option<Self> {
        let name = name.to_ascii_lowercase();
        let ends = |format: &Self| name.strip_suffix(format.ending()).is_some_and(|stem| stem.ends_with('.'));
        // The longest ending says it.
        Self::ALL.into_iter().filter(ends).max_by_key(|format| format.ending().len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_say_the_format() {
        let check = |name: &str, expect: Option<Format>| assert_eq!(Format::of_file(name), expect, "{name}");
        check("a.csv", Some(Format::Csv));
        check("a.b.JSON", Some(Format::Json));
        check("a.TimelineJS.json", Some(Format::TimelineJs));
        check("timelinejs.json", Some(Format::Json));
        check("a.ics", Some(Format::ICalendar));
        for other in ["", "csv", "a.png", "a.csv.txt"] {
            check(other, None);
        }
        for format in Format::ALL {
            assert_eq!(Format::named(format.name()), Some(format));
        }
    }
}
