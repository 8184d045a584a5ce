//! Errors and cautions: what is wrong or doubtful about the text of a date, where, and what to write instead.

use std::ops::Range;

use super::model::Date;

/// The greatest number of suggestions; more would not help.
const MAX_SUGGESTIONS: usize = 4;

/// The error for a text that is not a date: the bytes at fault, the reason, and what to write instead.
///
/// ```
/// use longview_model::date::Date;
///
/// let Err(error) = "31 June 1965".parse::<Date>() else { return };
/// assert_eq!(error.to_string(), "June 1965 has 30 days");
/// assert_eq!(error.range, 0..2);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct DateError {
    /// Bytes of the text at fault, on character boundaries; empty where something is missing.
    pub range: Range<usize>,
    /// What is wrong, without a full stop.
    pub message: String,
    /// What to do, in words: the suggestions, or advice if there are none.
    pub hint: Option<String>,
    /// Texts for the whole date, the likeliest first, each of which is read without error. Empty if none is likely.
    pub suggestions: Vec<String>,
    replacements: Replacements,
    /// Whether the replacements are the readings of an ambiguous text.
    ambiguous: bool,
}

impl DateError {
    pub(super) fn new(range: Range<usize>, message: impl Into<String>) -> Self {
        let replacements = Replacements::default();
        Self { range, message: message.into(), hint: None, suggestions: Vec::new(), replacements, ambiguous: false }
    }

    /// Returns the error for a text that can be read in two ways; the replacements added later are the two readings.
    pub(super) fn ambiguous(range: Range<usize>, message: impl Into<String>) -> Self {
        Self { ambiguous: true, ..Self::new(range, message) }
    }

    /// Adds advice, for a text without suggestions. It contains no date that was not written.
    pub(super) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Suggests `text` for the bytes at fault.
    pub(super) fn instead(self, text: impl Into<String>) -> Self {
        let range = self.range.clone();
        self.replace(range, text)
    }

    /// Suggests `text` for the bytes in `range`, which may be all of the text or a part of it.
    pub(super) fn replace(mut self, range: Range<usize>, text: impl Into<String>) -> Self {
        self.replacements.0.push((range, text.into()));
        self
    }

    /// Moves the error from a rewritten text to the text as it was written, in which `range` is at fault.
    pub(super) fn onto(mut self, text: &str, rewritten: &str, range: Range<usize>) -> Self {
        self.replacements = self.replacements.onto(text, rewritten);
        self.range = range;
        self
    }

    /// Replaces the suggestions with the whole texts `likely`, unless there are none or the text is ambiguous.
    pub(super) fn prefer(mut self, text: &str, likely: Vec<String>) -> Self {
        if !likely.is_empty() && !self.ambiguous {
            self.replacements = Replacements(likely.into_iter().map(|likely| (0..text.len(), likely)).collect());
        }
        self
    }

    /// Turns the replacements that are read as dates into suggestions, and writes the hint from them.
    pub(super) fn complete(mut self, text: &str, read: impl Fn(&str) -> Option<Date>) -> Self {
        let found = std::mem::take(&mut self.replacements).resolve(text, read);
        if !found.is_empty() {
            self.hint = Some(format!("write {}", alternatives(&found)));
            self.suggestions = found.into_iter().map(|(text, _)| text).collect();
        }
        self
    }

    /// Returns the error for a span whose end has passed before its start can have begun.
    pub(super) fn end_before_start(range: Range<usize>) -> Self {
        Self::new(range, "the end is before the start")
    }

    pub(super) fn no_year_zero(range: Range<usize>) -> Self {
        Self::new(range, "there is no year 0: 1 BCE is followed by AD 1").instead("1").instead("1 BCE").instead("1 CE")
    }

    pub(super) fn too_far(range: Range<usize>) -> Self {
        Self::new(range, "the year is beyond 100,000,000,000 either way, the furthest that can be shown")
    }
}

/// A caution about a date that is valid but may not mean what its writer intended, as returned by [`Date::read`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Caution {
    /// Bytes of the text in question.
    pub range: Range<usize>,
    /// How the text was read.
    pub message: String,
    /// What to write if something else was meant, in words.
    pub hint: Option<String>,
    /// Texts for the whole date that are read as another date. Empty if no other date is likely.
    pub suggestions: Vec<String>,
    replacements: Replacements,
    fallbacks: Replacements,
}

impl Caution {
    pub(super) fn new(range: Range<usize>, message: impl Into<String>) -> Self {
        let (replacements, fallbacks) = (Replacements::default(), Replacements::default());
        Self { range, message: message.into(), hint: None, suggestions: Vec::new(), replacements, fallbacks }
    }

    /// Suggests `text` for the bytes in `range` if no earlier suggestion is read as a date, as in a list or a set.
    pub(super) fn or_else(mut self, range: Range<usize>, text: impl Into<String>) -> Self {
        self.fallbacks.0.push((range, text.into()));
        self
    }

    /// Adds advice, for a text without suggestions.
    pub(super) fn advice(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Moves the caution from a rewritten text to the whole of the text as it was written.
    pub(super) fn onto(mut self, text: &str, rewritten: &str) -> Self {
        self.replacements = self.replacements.onto(text, rewritten);
        self.range = 0..text.len();
        self
    }

    /// Suggests `text` for the bytes in `range` if something else was meant.
    pub(super) fn replace(mut self, range: Range<usize>, text: impl Into<String>) -> Self {
        self.replacements.0.push((range, text.into()));
        self
    }

    /// Turns the replacements that are read as a date other than that of the text into suggestions, and writes the hint
    /// from them.
    pub(super) fn complete(mut self, text: &str, read: impl Fn(&str) -> Option<Date>) -> Self {
        let today = read(text);
        let mut found = Vec::new();
        for replacements in [&mut self.replacements, &mut self.fallbacks] {
            if found.is_empty() {
                found = std::mem::take(replacements).resolve(text, &read);
                found.retain(|(_, date)| Some(date) != today.as_ref());
            }
        }
        self.fallbacks = Replacements::default();
        if !found.is_empty() {
            self.hint = Some(if_meant(&found));
            self.suggestions = found.into_iter().map(|(text, _)| text).collect();
        }
        self
    }
}

/// Byte ranges of the text and what may be written for them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Replacements(Vec<(Range<usize>, String)>);

impl Replacements {
    /// Turns replacements in a rewritten text into replacements of the whole text as it was written.
    fn onto(self, text: &str, rewritten: &str) -> Self {
        let whole = |(range, replacement): (Range<usize>, String)| {
            let (before, after) = (rewritten.get(..range.start)?, rewritten.get(range.end..)?);
            Some((0..text.len(), format!("{before}{replacement}{after}")))
        };
        Self(self.0.into_iter().filter_map(whole).collect())
    }

    /// Returns the whole texts that the replacements produce and the dates they are read as. Of several texts for one
    /// date only the first is kept.
    fn resolve(self, text: &str, read: impl Fn(&str) -> Option<Date>) -> Vec<(String, Date)> {
        let mut found: Vec<(String, Date)> = Vec::new();
        for (range, replacement) in self.0 {
            let (Some(before), Some(after)) = (text.get(..range.start), text.get(range.end..)) else {
                continue;
            };
            let whole = format!("{before}{replacement}{after}").trim().to_owned();
            if let Some(date) = read(&whole).filter(|date| found.iter().all(|(_, other)| other != date)) {
                found.push((whole, date));
            }
            if found.len() == MAX_SUGGESTIONS {
                break;
            }
        }
        found
    }
}

/// "1990-04-03 for 3 April 1990, or 1990-03-04 for 4 March 1990". A single text is explained in words only if it has a
/// minus sign, as its astronomical year differs from the one in words.
fn alternatives(found: &[(String, Date)]) -> String {
    let alone = found.len() == 1;
    let one = |(text, date): &(String, Date)| {
        let words = date.words();
        if *text == words || alone && !text.starts_with('-') { text.clone() } else { format!("{text} for {words}") }
    };
    let texts: Vec<String> = found.iter().map(one).collect();
    match texts.as_slice() {
        [] => String::new(),
        [only] => only.clone(),
        [first, second] => format!("{first}, or {second}"),
        [firsts @ .., last] => format!("{}, or {last}", firsts.join(", ")),
    }
}

/// "if 44 BCE is meant, write -0043".
fn if_meant(found: &[(String, Date)]) -> String {
    let one = |(text, date): &(String, Date)| format!("if {} is meant, write {text}", date.words());
    found.iter().map(one).collect::<Vec<_>>().join("; ")
}
