//! What a file tells about itself.

use crate::timeline::{EventIndex, Timeline};

/// Facts about a file, for its metadata. Empty texts are left out of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// The picture's title.
    pub title: String,
    /// What it shows, and from which sources.
    pub description: String,
    /// Who wrote the works that it draws on.
    pub authors: Vec<String>,
    /// Where these were published, in one line.
    pub source: String,
    /// The program that made it.
    pub software: String,
    /// The language of its texts, as in BCP 47.
    pub language: String,
}

impl About {
    /// What a document says of itself. A document names no language: its dates and notes are set in English.
    #[must_use]
    pub fn of(timeline: &Timeline) -> Self {
        let source = timeline.source_line().unwrap_or_default();
        let parts = [timeline.subtitle.clone().unwrap_or_default(), source.clone()];
        let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        let mut authors = Vec::new();
        for author in timeline.sources.iter().filter_map(|source| source.author.clone()) {
            if !authors.contains(&author) {
                authors.push(author);
            }
        }
        Self {
            title: timeline.title.clone(),
            description: parts.join(". "),
            authors,
            source,
            software: concat!("Longview ", env!("CARGO_PKG_VERSION")).to_owned(),
            language: "en".to_owned(),
        }
    }
}

/// A picture in words, for those who cannot see it: what it is about and, in time order, what it shows.
pub(super) fn alternative(timeline: &Timeline, about: &About, shown: &[EventIndex]) -> String {
    /// Who listens to more than these wants the document.
    const MOST: usize = 100;
    let mut shown = shown.to_vec();
    shown.sort_unstable();
    let events = shown.iter().filter_map(|index| timeline.event(*index));
    let events: Vec<String> =
        events.take(MOST).map(|event| format!("{}: {}", event.date.words(), event.title)).collect();
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
    parts.join(". ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Example;

    #[test]
    fn the_report_in_words() {
        let timeline = crate::open(Example::Report.text().as_bytes()).timeline.expect("the example is good");
        let about = About::of(&timeline);
        assert_eq!(about.source, "Source: Council on Foreign Relations, 10 December 2015");
        let words = alternative(&timeline, &about, &[EventIndex(6), EventIndex(0)]);
        assert!(words.starts_with(&format!("Timeline: {}. ", timeline.title)), "{words}");
        let [first, last] = ["1965: Treaty on Basic Relations", "10 December 2015: The report is published"];
        assert!(words.find(first) < words.find(last) && words.ends_with(last), "{words}");
    }
}
