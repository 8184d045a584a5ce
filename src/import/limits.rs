//! The limits that a document sets to its strings and lists.

use super::report::{Kind, Place, Report};
use crate::document::{Era, Event, MAX_STRING_BYTES, MAX_TAGS, Source, Timeline};

/// Maximum length of a text that is read as HTML or `CommonMark`, in bytes: tags may be longer than what they say.
pub(super) const MOST_PROSE: usize = 2 * MAX_STRING_BYTES;

/// Returns the maximum length of the texts that are made of a file of so many bytes: what many items refer to, such as a
/// note, is in it once.
pub(super) fn most_text(file: usize) -> usize {
    4 * file + (32 << 20)
}

/// Keeps the strings of an item to their limit, and counts those that are cut.
pub(super) struct Limits<'r> {
    report: &'r mut Report,
    place: Place,
    /// Length of the texts that were looked at, in bytes.
    pub length: usize,
}

impl<'r> Limits<'r> {
    pub fn new(report: &'r mut Report, place: Place) -> Self {
        Self { report, place, length: 0 }
    }

    /// Cuts a string that is longer than a document may have.
    pub fn text(&mut self, text: &mut String) {
        self.length += text.len().min(MAX_STRING_BYTES);
        if text.len() > MAX_STRING_BYTES {
            text.truncate(text.floor_char_boundary(MAX_STRING_BYTES));
            self.report.add(Kind::Changed("a text longer than 1 MiB, cut".into()), self.place, head(text));
        }
    }

    fn texts<'t>(&mut self, texts: impl IntoIterator<Item = &'t mut Option<String>>) {
        for text in texts.into_iter().flatten() {
            self.text(text);
        }
    }

    /// Returns whether an address can be kept: half of one leads nowhere.
    fn address(&mut self, address: &str) -> bool {
        let fits = address.len() <= MAX_STRING_BYTES;
        self.length += if fits { address.len() } else { 0 };
        if !fits {
            let kind = Kind::Dropped("an address longer than 1 MiB, such as a picture within the file".into());
            self.report.add(kind, self.place, head(address));
        }
        fits
    }

    pub fn event(&mut self, event: &mut Event) {
        for tag in event.tags.iter().skip(MAX_TAGS) {
            self.report.add(Kind::Dropped("tag".into()), self.place, tag);
        }
        event.tags.truncate(MAX_TAGS);
        event.links.retain(|link| self.address(&link.url));
        event.media.retain(|media| [&media.url, &media.file].into_iter().flatten().all(|url| self.address(url)));
        self.text(&mut event.title);
        for tag in &mut event.tags {
            self.text(tag);
        }
        self.texts([&mut event.description, &mut event.written]);
        self.texts(event.place.iter_mut().map(|place| &mut place.name));
        self.texts(event.links.iter_mut().map(|link| &mut link.title));
        for media in &mut event.media {
            self.texts([&mut media.alt, &mut media.caption, &mut media.credit, &mut media.license]);
        }
        for citation in &mut event.citations {
            self.texts([&mut citation.locator, &mut citation.note]);
        }
        event.description = event.description.take().filter(|text| !text.trim().is_empty());
    }

    pub fn era(&mut self, era: &mut Era) {
        self.text(&mut era.title);
        self.texts([&mut era.description]);
    }

    pub fn source(&mut self, source: &mut Source) {
        source.url = source.url.take().filter(|url| self.address(url));
        self.text(&mut source.title);
        let Source { author, publisher, date, kind, container, editors, .. } = source;
        self.texts([author, publisher, date, kind, container, editors]);
        let Source { volume, issue, pages, edition, place, doi, isbn, accessed, original_date, .. } = source;
        self.texts([volume, issue, pages, edition, place, doi, isbn, accessed, original_date]);
    }

    pub fn head(&mut self, head: &mut Timeline) {
        self.text(&mut head.title);
        self.texts([&mut head.subtitle, &mut head.description, &mut head.author, &mut head.date]);
    }
}

/// Returns the beginning of a text, which a report shows.
fn head(text: &str) -> &str {
    text.get(..text.floor_char_boundary(400)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::format::Format;
    use super::*;
    use crate::document::Link;

    #[test]
    fn strings_are_cut_and_counted() {
        let mut report = Report::new(Format::Csv, None);
        let long = "é".repeat(MAX_STRING_BYTES);
        let link = |url: &str| Link { url: url.to_owned(), title: None };
        let mut event = Event {
            title: "a".to_owned(),
            written: Some(long.clone()),
            description: Some(" ".to_owned()),
            tags: vec!["t".to_owned(); MAX_TAGS + 2],
            links: vec![link(&long), link("https://e.org")],
            ..Event::default()
        };
        Limits::new(&mut report, Place(3)).event(&mut event);
        assert_eq!(event.written.map(|text| text.len()), Some(MAX_STRING_BYTES));
        assert_eq!((event.description, event.tags.len(), event.links.len()), (None, MAX_TAGS, 1));
        let counts: Vec<usize> = report.findings().map(|(_, finding)| finding.count).collect();
        assert_eq!(counts, [1, 2, 1]);
    }
}
