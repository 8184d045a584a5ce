//! What became of a file, by kind and place.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::{self, Write as _};

use serde::Serialize;

use super::encoding::Encoding;
use super::format::Format;
use crate::date::with_separators;

/// Something that the report counts. The order is the order of the report: first what is missing from the document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// An entry that is no event, and that the document does not hold: what it is, such as "heading".
    LeftOut(Cow<'static, str>),
    /// A property that the document has no place for: its name.
    Dropped(Cow<'static, str>),
    /// An event without a date.
    Undated,
    /// An event whose date could not be read: it is undated, and the words are kept.
    KeptAsWords,
    /// A date that can be read in two ways.
    Ambiguous,
    /// A date of which something was concluded: what, such as "a century".
    Concluded(Cow<'static, str>),
    /// A title that was made from the text.
    TitleMade,
    /// A value that was changed to be valid: what, such as "a colour".
    Changed(Cow<'static, str>),
}

impl Kind {
    /// Returns its name in JSON.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::LeftOut(_) => "left-out",
            Self::Dropped(_) => "dropped",
            Self::Undated => "undated",
            Self::KeptAsWords => "kept-as-words",
            Self::Ambiguous => "ambiguous",
            Self::Concluded(_) => "concluded",
            Self::TitleMade => "title-made",
            Self::Changed(_) => "changed",
        }
    }

    /// Returns what it counts, for `count` of it.
    fn words(&self, count: usize) -> String {
        let number = with_separators(&count.to_string());
        let (s, is) = if count == 1 { ("", "is") } else { ("s", "are") };
        match self {
            Self::LeftOut(what) => format!("{number} left out: {what}"),
            Self::Dropped(what) => format!("{number} dropped: {what}"),
            Self::Undated => format!("{number} event{s} without a date"),
            Self::KeptAsWords => format!("{number} date{s} {is} kept as words, and undated"),
            Self::Ambiguous => format!("{number} date{s} can be read in two ways"),
            Self::Concluded(what) => format!("{number} date{s} of which {what} was concluded"),
            Self::TitleMade => format!("{number} title{s} made from the text"),
            Self::Changed(what) => format!("{number} changed: {what}"),
        }
    }
}

/// Where in a file something is: the number of a row, line or entry, from 1; 0 for what is in none of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct Place(pub usize);

/// How often something was found, and where.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// How often.
    pub count: usize,
    /// The first places.
    pub places: Vec<Place>,
    /// The words of the first one.
    pub example: String,
}

/// Maximum number of places that are named.
const MOST_PLACES: usize = 20;
/// Maximum length of an example, in characters.
const MOST_EXAMPLE: usize = 80;

/// What was read from a file, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The format that it was read as.
    pub format: Format,
    /// The encoding of its text; `None` if it has no text.
    pub encoding: Option<Encoding>,
    /// What an entry of the file is, in singular: "row", "record", "line".
    pub unit: &'static str,
    /// Number of entries that were read.
    pub entries: usize,
    /// Number of events, eras, lanes and sources in the document.
    pub events: usize,
    /// Number of eras.
    pub eras: usize,
    /// Number of lanes.
    pub lanes: usize,
    /// Number of sources.
    pub sources: usize,
    /// Whether the user could have chosen how a table is read.
    pub is_table: bool,
    /// What was taken for something without being sure of it, a sentence each.
    pub doubts: Vec<String>,
    /// What the user could do about the file, a sentence each.
    pub hints: Vec<String>,
    findings: BTreeMap<Kind, Finding>,
}

impl Report {
    pub(super) fn new(format: Format, encoding: Option<Encoding>) -> Self {
        Self {
            format,
            encoding,
            unit: "entry",
            entries: 0,
            events: 0,
            eras: 0,
            lanes: 0,
            sources: 0,
            is_table: false,
            doubts: Vec::new(),
            hints: Vec::new(),
            findings: BTreeMap::new(),
        }
    }

    /// Counts something at a place; `words` are those of the file.
    pub fn add(&mut self, kind: Kind, place: Place, words: &str) {
        self.add_many(kind, 1, place, words);
    }

    /// Counts something that is so often at a place; `words` are those of the first time.
    pub fn add_many(&mut self, kind: Kind, count: usize, place: Place, words: &str) {
        if count == 0 {
            return;
        }
        let finding = self.findings.entry(kind).or_default();
        if finding.count == 0 {
            finding.example = words.split_whitespace().collect::<Vec<_>>().join(" ");
            if let Some((end, _)) = finding.example.char_indices().nth(MOST_EXAMPLE) {
                finding.example.truncate(end);
                finding.example.push('…');
            }
        }
        finding.count += count;
        if place.0 > 0 && finding.places.len() < MOST_PLACES && finding.places.last() != Some(&place) {
            finding.places.push(place);
        }
    }

    /// Returns what was found of each kind, in the order of [`Kind`].
    pub fn findings(&self) -> impl Iterator<Item = (&Kind, &Finding)> {
        self.findings.iter()
    }

    /// Returns whether another choice of the user could make more of the file: a column or a sheet is doubtful, or there
    /// are dates that could not be read, or in two ways.
    #[must_use]
    pub fn leaves_a_choice(&self) -> bool {
        let is_doubtful = [Kind::KeptAsWords, Kind::Ambiguous].iter().any(|kind| self.count(kind) > 0);
        self.is_table && (is_doubtful || !self.doubts.is_empty())
    }

    /// Returns what of the dates is left to the user: those that are kept as words, or could be read in two ways. Returns
    /// `None` if there are none.
    #[must_use]
    pub fn undecided_words(&self) -> Option<String> {
        let kinds = [Kind::KeptAsWords, Kind::Ambiguous].into_iter();
        let words = kinds.filter(|kind| self.count(kind) > 0).map(|kind| kind.words(self.count(&kind)));
        Some(words.collect::<Vec<_>>().join(", ")).filter(|words| !words.is_empty())
    }

    /// Returns how often a kind was found.
    #[must_use]
    pub fn count(&self, kind: &Kind) -> usize {
        self.findings.get(kind).map_or(0, |finding| finding.count)
    }

    /// Returns the report for people: a line for the whole, then one for each kind and each hint.
    #[must_use]
    pub fn human(&self, file: &str) -> String {
        let mut text = format!("{file}: {self}\n");
        for (kind, finding) in &self.findings {
            // Writing to a string does not fail.
            let _ = writeln!(text, "  {}", self.line(kind, finding));
        }
        for hint in &self.hints {
            let _ = writeln!(text, "  hint: {hint}");
        }
        text
    }

    /// Returns the line about a kind: "6 events without a date: rows 3, 9, 12".
    #[must_use]
    pub fn line(&self, kind: &Kind, finding: &Finding) -> String {
        let places: Vec<String> = finding.places.iter().map(|place| place.0.to_string()).collect();
        let more =
            if finding.count > finding.places.len() && finding.places.len() == MOST_PLACES { ", …" } else { "" };
        let units = match (finding.places.len(), self.unit) {
            (1, unit) => unit.to_owned(),
            (_, "entry") => "entries".to_owned(),
            (_, unit) => format!("{unit}s"),
        };
        let example = if finding.example.is_empty() { String::new() } else { format!(" (“{}”)", finding.example) };
        let places = if places.is_empty() { String::new() } else { format!(": {units} {}{more}", places.join(", ")) };
        format!("{}{places}{example}", kind.words(finding.count))
    }

    /// Returns the report as JSON, in one line.
    #[must_use]
    pub fn json(&self) -> String {
        #[derive(Serialize)]
        struct Found<'r> {
            kind: &'static str,
            what: Option<&'r str>,
            count: usize,
            places: &'r [Place],
            example: &'r str,
        }
        impl<'r> Found<'r> {
            fn new((kind, finding): (&'r Kind, &'r Finding)) -> Self {
                let what = match kind {
                    Kind::LeftOut(what) | Kind::Dropped(what) | Kind::Concluded(what) | Kind::Changed(what) => {
                        Some(what.as_ref())
                    }
                    _ => None,
                };
                let Finding { count, places, example } = finding;
                Self { kind: kind.code(), what, count: *count, places, example }
            }
        }
        #[derive(Serialize)]
        struct Whole<'r> {
            format: &'static str,
            encoding: Option<&'static str>,
            unit: &'r str,
            entries: usize,
            events: usize,
            eras: usize,
            lanes: usize,
            sources: usize,
            findings: Vec<Found<'r>>,
            hints: &'r [String],
        }
        let whole = Whole {
            format: self.format.name(),
            encoding: self.encoding.map(Encoding::name),
            unit: self.unit,
            entries: self.entries,
            events: self.events,
            eras: self.eras,
            lanes: self.lanes,
            sources: self.sources,
            findings: self.findings.iter().map(Found::new).collect(),
            hints: &self.hints,
        };
        serde_json::to_string(&whole).unwrap_or_default()
    }
}

/// Displays the line for the whole: `539 rows of CSV: 533 events, 4 lanes`.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plural = |count: usize, one: &str| match (count, one) {
            (1, _) => format!("1 {one}"),
            (_, "entry") => format!("{} entries", with_separators(&count.to_string())),
            _ => format!("{} {one}s", with_separators(&count.to_string())),
        };
        write!(f, "{} of {}", plural(self.entries, self.unit), self.format.title())?;
        if let Some(encoding) = self.encoding.filter(|encoding| !encoding.is_usual()) {
            write!(f, " in {}", encoding.words())?;
        }
        write!(f, ": {}", plural(self.events, "event"))?;
        for (count, one) in [(self.eras, "era"), (self.lanes, "lane"), (self.sources, "source")] {
            if count > 0 {
                write!(f, ", {}", plural(count, one))?;
            }
        }
        Ok(())
    }
}
