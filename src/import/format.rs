//! The formats that are read.

/// A format that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// A table whose cells are separated by commas or semicolons.
    Csv,
    /// A table whose cells are separated by tabs.
    Tsv,
    /// A spreadsheet of Excel.
    Xlsx,
    /// A spreadsheet of `LibreOffice`.
    Ods,
    /// A timeline of `TimelineJS`: JSON, or a table with its columns.
    TimelineJs,
    /// A timeline of SIMILE: XML or JSON.
    Simile,
    /// A timeline of vis-timeline: JSON.
    Vis,
    /// A timeline of Markwhen.
    Markwhen,
    /// A text in Markdown with a table or a list of dates.
    Markdown,
    /// A timeline of The Timeline Project: XML.
    TimelineProject,
    /// A calendar.
    ICalendar,
    /// A timeline of `ChronoZoom`: JSON.
    ChronoZoom,
    /// A family tree, GEDCOM 5.5 or 7.
    Gedcom,
    /// The results of a query of Wikidata: SPARQL JSON.
    Wikidata,
    /// A bibliography in `BibLaTeX`.
    BibLatex,
    /// A bibliography in CSL-JSON.
    Csl,
    /// A list of objects in JSON.
    Json,
    /// A whole document of Longview in JSON.
    Longview,
}

impl Format {
    /// All formats.
    pub const ALL: [Self; 18] = [
        Self::Csv,
        Self::Tsv,
        Self::Xlsx,
        Self::Ods,
        Self::TimelineJs,
        Self::Simile,
        Self::Vis,
        Self::Markwhen,
        Self::Markdown,
        Self::TimelineProject,
        Self::ICalendar,
        Self::ChronoZoom,
        Self::Gedcom,
        Self::Wikidata,
        Self::BibLatex,
        Self::Csl,
        Self::Json,
        Self::Longview,
    ];

    /// Returns its name on the command line and in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Tsv => "tsv",
            Self::Xlsx => "xlsx",
            Self::Ods => "ods",
            Self::TimelineJs => "timelinejs",
            Self::Simile => "simile",
            Self::Vis => "vis",
            Self::Markwhen => "markwhen",
            Self::Markdown => "markdown",
            Self::TimelineProject => "timeline-project",
            Self::ICalendar => "icalendar",
            Self::ChronoZoom => "chronozoom",
            Self::Gedcom => "gedcom",
            Self::Wikidata => "wikidata",
            Self::BibLatex => "biblatex",
            Self::Csl => "csl",
            Self::Json => "json",
            Self::Longview => "longview",
        }
    }

    /// Returns its name for people, with an article.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Csv => "a table (CSV)",
            Self::Tsv => "a table (TSV)",
            Self::Xlsx => "a spreadsheet (XLSX)",
            Self::Ods => "a spreadsheet (ODS)",
            Self::TimelineJs => "a timeline of TimelineJS",
            Self::Simile => "a timeline of SIMILE",
            Self::Vis => "a timeline of vis-timeline",
            Self::Markwhen => "a timeline of Markwhen",
            Self::Markdown => "a text (Markdown)",
            Self::TimelineProject => "a timeline of The Timeline Project",
            Self::ICalendar => "a calendar (iCalendar)",
            Self::ChronoZoom => "a timeline of ChronoZoom",
            Self::Gedcom => "a family tree (GEDCOM)",
            Self::Wikidata => "results of Wikidata (SPARQL JSON)",
            Self::BibLatex => "a bibliography (BibLaTeX)",
            Self::Csl => "a bibliography (CSL-JSON)",
            Self::Json => "a list (JSON)",
            Self::Longview => "a timeline of Longview (JSON)",
        }
    }

    /// Returns the format with a name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name().eq_ignore_ascii_case(name))
    }

    /// Returns the endings of files that are usually in this format, in lower case and without the dot.
    #[must_use]
    pub fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Csv => &["csv"],
            Self::Tsv => &["tsv", "tab"],
            Self::Xlsx => &["xlsx", "xlsm"],
            Self::Ods => &["ods"],
            Self::Markwhen => &["mw"],
            Self::Markdown => &["md", "markdown"],
            Self::TimelineProject => &["timeline"],
            Self::ICalendar => &["ics", "ical", "icalendar"],
            Self::Gedcom => &["ged", "gedcom"],
            Self::Wikidata => &["srj"],
            Self::BibLatex => &["bib"],
            Self::Json => &["json"],
            Self::TimelineJs | Self::Simile | Self::Vis | Self::ChronoZoom | Self::Csl | Self::Longview => &[],
        }
    }
}
