//! Metadata of exported files.

use crate::date::civil::Civil;
use crate::date::{Date, Precision};
use crate::layout::{Heading, one_line};
use crate::timeline::{EventIndex, Timeline};

/// The metadata of a file. Empty texts are omitted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Metadata {
    /// The title of the image.
    pub title: String,
    /// The description of its content and its sources.
    pub description: String,
    /// The author of the timeline, not of its sources.
    pub author: String,
    /// The date of the timeline, if the document specifies it. The current time is never used, so that the same
    /// document always results in the same file.
    pub date: Option<PartialDate>,
    /// The publishers of its sources, in one line.
    pub source: String,
    /// The program that made it.
    pub software: String,
    /// The language of its texts, as a BCP 47 tag.
    pub language: String,
}

/// A calendar date of the years 1 to 9999, to the known precision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PartialDate {
    /// 1 to 9999.
    pub year: u16,
    /// 1 to 12.
    pub month: Option<u8>,
    /// 1 to 31.
    pub day: Option<u8>,
}

impl PartialDate {
    /// Returns the part of a date that metadata can represent; `None` if it is not a single year, month or day.
    fn of(date: &Date) -> Option<Self> {
        let Date::Single(part) = date else { return None };
        let Civil { year, month, day, .. } = Civil::from_seconds(part.extent().start);
        let year = u16::try_from(year).ok().filter(|year| (1..=9999).contains(year))?;
        match part.precision() {
            Precision::Year => Some(Self { year, month: None, day: None }),
            Precision::Month => Some(Self { year, month: Some(month), day: None }),
            precision if precision <= Precision::Day => Some(Self { year, month: Some(month), day: Some(day) }),
            _ => None,
        }
    }

    /// Returns the date in ISO 8601: `2015`, `2015-12` or `2015-12-10`.
    #[must_use]
    pub fn iso(self) -> String {
        let parts = [self.month, self.day].into_iter().flatten();
        parts.fold(format!("{:04}", self.year), |text, part| format!("{text}-{part:02}"))
    }
}

impl Metadata {
    /// Returns the metadata of a document under a heading, in the language that the document specifies, or else English.
    #[must_use]
    pub fn of(timeline: &Timeline, heading: Heading<'_>) -> Self {
        let source = timeline.source_line().unwrap_or_default();
        let parts: Vec<&str> = [heading.subtitle, &source].into_iter().filter(|part| !part.is_empty()).collect();
        Self {
            title: one_line(if heading.title.is_empty() { &timeline.title } else { heading.title }).into_owned(),
            description: parts.join(". "),
            author: timeline.author.clone().unwrap_or_default(),
            date: timeline.date.as_ref().and_then(PartialDate::of),
            source,
            software: concat!("Longview ", env!("CARGO_PKG_VERSION")).to_owned(),
            language: timeline.language.clone().unwrap_or_else(|| "en".to_owned()),
        }
    }
}

/// Returns the alternative text of an image: its subject, its content in time order, with the alternative texts of the
/// pictures of the events that are `pictured`, which are sorted, and what it leaves out.
pub(super) fn alternative(
    timeline: &Timeline,
    about: &Metadata,
    [shown, pictured]: [&[EventIndex]; 2],
    left_out: &[String],
) -> String {
    /// Maximum number of events in it; for more, the document is more suitable.
    const MOST: usize = 100;
    let mut shown = shown.to_vec();
    shown.sort_unstable();
    let words = |index: &EventIndex| {
        let event = timeline.event(*index)?;
        let picture = event.details.picture().filter(|_| pictured.binary_search(index).is_ok());
        let picture = picture.map(|media| format!(" (picture: {})", one_line(media.words()))).unwrap_or_default();
        Some(format!("{}: {}{picture}", event.date_words(), one_line(event.title)))
    };
    let events: Vec<String> = shown.iter().filter_map(words).take(MOST).collect();
    let mut parts = vec![format!("Timeline: {}", about.title)];
    if !about.description.is_empty() {
        parts.push(about.description.clone());
    }
    if !events.is_empty() {
        parts.push(events.join("; "));
    }
    if shown.len() > MOST {
        parts.push(format!("And {} more events", crate::timeline::number((shown.len() - MOST) as f64)));
    }
    parts.extend(left_out.iter().map(|words| format!("Not shown: {words}")));
    parts.join(". ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_as_exact_as_it_is_known() {
        let check = |text: &str, iso: Option<&str>| {
            let date = Date::parse(text).expect(text);
            assert_eq!(PartialDate::of(&date).map(PartialDate::iso).as_deref(), iso, "{text}");
        };
        check("2026-11-24", Some("2026-11-24"));
        check("24 November 2026 10:30", Some("2026-11-24"));
        check("2026-11", Some("2026-11"));
        check("2026", Some("2026"));
        check("0999", Some("0999"));
        check("2026/2027", None);
        check("44 BCE", None);
        check("1960s", None);
        check("66 Ma", None);
    }

    #[test]
    fn the_report_in_words() {
        let timeline = crate::open(include_str!("../../../timeline.ron")).timeline.expect("the example is good");
        let about = Metadata::of(&timeline, Heading::of(&timeline));
        assert_eq!(about.source, "Source: Council on Foreign Relations, 10 December 2015");
        let [first, last] = [0, 6].map(|position| timeline.events.indices().nth(position).expect("seven events"));
        let words = alternative(&timeline, &about, [&[last, first], &[]], &[]);
        assert!(words.starts_with(&format!("Timeline: {}. ", timeline.title)), "{words}");
        let [treaty, report] = ["1965: Treaty on Basic Relations", "10 December 2015: The report is published"];
        assert!(words.find(treaty) < words.find(report) && words.ends_with(report), "{words}");
        let less = alternative(&timeline, &about, [&[last], &[]], &["1 of 7 events has no date".to_owned()]);
        assert!(less.ends_with("The report is published. Not shown: 1 of 7 events has no date"), "{less}");
    }
}
