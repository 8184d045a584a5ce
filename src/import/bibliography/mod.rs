//! Bibliographies: `BibLaTeX` and CSL-JSON.
//!
//! A work is a source with all that is known of it. It is an event too, at its date of publication and in a lane by its
//! kind: a bibliography that is imported alone is a timeline of its works.

mod biblatex;
mod csl;

use super::builder::Builder;
use super::dates::{Dated, is_date};
use super::error::ImportError;
use super::html::prose;
use super::report::Place;
use crate::document::{Citation, Event, Link, Source};

pub(super) use biblatex::{read as read_biblatex, recognises as recognises_biblatex};
pub(super) use csl::{read as read_csl, recognises as recognises_csl};

/// A work, as a format says it.
#[derive(Debug, Default)]
struct Work {
    /// The id in the file.
    id: String,
    /// All that a source has.
    source: Source,
    /// When it was published.
    dated: Dated,
    /// The abstract.
    summary: Option<String>,
    /// Remarks.
    notes: Vec<String>,
    /// The keywords.
    tags: Vec<String>,
}

/// Adds a work to the document, as a source and as an event.
fn add(builder: &mut Builder, place: Place, work: Work) -> Result<(), ImportError> {
    let Work { id, source, dated, summary, notes, mut tags } = work;
    let lane = builder.lane(&lane(source.kind.as_deref().unwrap_or_default()), None);
    let title = source.title.clone();
    let doi =
        source.doi.as_ref().map(|doi| Link { url: format!("https://doi.org/{doi}"), title: Some("DOI".to_owned()) });
    let url = source.url.clone().map(|url| Link { url, title: None });
    let by = source.author.clone().or_else(|| source.editors.clone());
    let texts: Vec<String> = by
        .map(|by| prose(&format!("By {}.", by.trim_end_matches('.'))).text)
        .into_iter()
        .chain(summary.iter().chain(&notes).map(|text| prose(text).text))
        .collect();
    let key = id;
    let id = builder.source(&key, source);
    let mut seen = std::collections::HashSet::new();
    tags.retain(|tag| !tag.trim().is_empty() && seen.insert(tag.clone()));
    let event = Event {
        title,
        description: Some(texts.join("\n\n")).filter(|text| !text.is_empty()),
        tags,
        links: doi.into_iter().chain(url).collect(),
        citations: vec![Citation { source: id, locator: None, basis: None, note: None }],
        ..Event::default()
    };
    builder.event(place, &key, Some(lane), dated, event)
}

/// Returns a date if it is one: that of a source may be left out, but is no other word.
fn valid(date: Option<String>) -> Option<String> {
    date.filter(|date| is_date(date))
}

/// Returns the lane of works of a kind.
fn lane(kind: &str) -> String {
    let plural = match kind {
        "" => return "Works".to_owned(),
        "thesis" => "theses".to_owned(),
        "proceedings" | "music" | "software" | "legislation" => kind.to_owned(),
        kind if kind.ends_with('y') => format!("{}ies", kind.trim_end_matches('y')),
        kind if kind.ends_with('s') => kind.to_owned(),
        kind => format!("{kind}s"),
    };
    let mut letters = plural.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Returns a DOI without an address before it.
fn doi(text: &str) -> String {
    let text = text.trim();
    let starts = ["https://doi.org/", "http://doi.org/", "https://dx.doi.org/", "http://dx.doi.org/", "doi:"];
    let bare = starts.iter().find_map(|start| {
        text.get(..start.len()).filter(|found| found.eq_ignore_ascii_case(start)).and_then(|_| text.get(start.len()..))
    });
    bare.unwrap_or(text).trim().to_owned()
}

/// Returns whether a text is the address of a page.
fn is_address(text: &str) -> bool {
    ["http://", "https://"].iter().any(|start| text.starts_with(start)) && !text.contains(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lanes_are_plural() {
        for (kind, expect) in [("", "Works"), ("book", "Books"), ("thesis", "Theses"), ("diary", "Diaries")] {
            assert_eq!(lane(kind), expect);
        }
        assert_eq!(doi("https://doi.org/10.1000/182"), "10.1000/182");
        assert_eq!(doi("DOI: 10.1000/182"), "10.1000/182");
        assert_eq!(doi("10.1000/182"), "10.1000/182");
    }
}
