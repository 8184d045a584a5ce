//! What the notes say, in their order.

use crate::document::Basis;
use crate::layout::one_line;
use crate::scene::text::direction::{isolated, own_order_after};
use crate::scene::{Element, ElementKind, ListMarks, OutlineEntry};
use crate::timeline::{
    Citation, CitationView, Details, Era, Event, EventIndex, Figure, Figures, Link, Media, Series, Source, Timeline,
    is_web_or_mail, number,
};

use super::noted::{NoteParts, Noted};
use super::paragraph::{Block, Setter, Words};
use super::prose::description;

/// Maximum number of events with a note. More would be a book of thousands of pages; the document has them.
const MOST: usize = 10_000;
/// Free space above the paragraphs of a note after the first, in points.
const BELOW_TITLE: f32 = 2.0;

/// Sets the notes of a timeline.
pub(super) struct Notes<'a> {
    pub setter: Setter<'a>,
    pub timeline: &'a Timeline,
    pub parts: NoteParts,
    pub is_cancelled: &'a dyn Fn() -> bool,
    pub blocks: Vec<Block>,
}

impl Notes<'_> {
    pub fn blocks(mut self, noted: &Noted) -> Vec<Block> {
        self.about();
        let mut left = MOST;
        self.events("Notes", &noted.events, true, &mut left);
        self.events("Outside the picture", &noted.outside, false, &mut left);
        self.events("Undated", &noted.undated, false, &mut left);
        self.eras(noted);
        if self.parts.sources {
            self.series(noted);
            self.sources();
        }
        self.blocks
    }

    fn heading(&mut self, words: &str) {
        let heading = self.setter.heading(words);
        self.blocks.push(heading);
    }

    /// Adds the description of the document, and who made it.
    fn about(&mut self) {
        let Some(text) = self.timeline.description.as_deref().filter(|_| self.parts.descriptions) else { return };
        let set = description(&mut self.setter, text, 0.0, &[]);
        if set.is_empty() {
            return;
        }
        self.heading("About this timeline");
        self.blocks.extend(set);
        if let Some(made) = self.timeline.made_words() {
            let path = vec![self.setter.element(ElementKind::Paragraph)];
            let block = self.setter.paragraph(&[Words::muted(made)], 0.0, path);
            self.blocks.push(Block { above: 4.0, ..block });
        }
    }

    /// Adds a note on each event, under a heading. `left` is the number of notes that may still be added.
    fn events(&mut self, heading: &str, events: &[EventIndex], numbered: bool, left: &mut usize) {
        if events.is_empty() {
            return;
        }
        self.heading(heading);
        let marks = if numbered { ListMarks::Numbers } else { ListMarks::None };
        let list = self.setter.element(ElementKind::List(marks));
        let shown = events.len().min(*left);
        *left -= shown;
        for (position, index) in events.iter().take(shown).enumerate() {
            if (self.is_cancelled)() {
                return;
            }
            let Some(event) = self.timeline.event(*index) else { continue };
            self.event(numbered.then_some(position + 1), event, &list);
        }
        if let Some(more) = Some(events.len() - shown).filter(|more| *more > 0) {
            let are = if more == 1 { "event is" } else { "events are" };
            let words = format!("{} more {are} not listed: notes hold {} at most.", plain(more), plain(MOST));
            let path = vec![self.setter.element(ElementKind::Paragraph)];
            let indent = self.setter.indent;
            let block = self.setter.paragraph(&[Words::muted(words)], indent, path);
            self.blocks.push(Block { above: 7.0, ..block });
        }
    }

    fn event(&mut self, number: Option<usize>, event: Event<'_>, list: &Element) {
        let timeline = self.timeline;
        let date = if event.date.is_some() { unbroken(&event.date_words()) } else { String::new() };
        let mut note = self.note(event.title, &date, list);
        note.mark(self, number);
        if self.parts.descriptions {
            note.before(self, event.details);
        }
        note.description(self, event.description);
        if self.parts.descriptions {
            let figures = timeline.figures(&event);
            note.paragraphs(self, figures.iter().flat_map(figures_words));
            for words in event.details.media().map(media_words).chain(event.details.links().map(link_words)) {
                note.paragraph(self, &words);
            }
        }
        if self.parts.sources {
            note.cited(self, event.citations.iter());
        }
        if !self.parts.descriptions {
            // Whose pictures these are is said whatever the notes are of.
            let credited =
                event.details.media().filter(|media| media.file.is_some() && !media.credit_words().is_empty());
            for media in credited {
                note.paragraph(self, &media_words(media));
            }
        }
        self.blocks.extend(note.blocks);
    }

    /// Begins a note: its title with its date or unit.
    fn note(&mut self, title: &str, more: &str, list: &Element) -> Note {
        let title = one_line(title);
        let mut words = vec![Words::bold(&*title)];
        if !more.is_empty() {
            words.push(Words::muted(format!("  {}{more}", own_order_after(&title))));
        }
        let item = vec![list.clone(), self.setter.element(ElementKind::Item)];
        let body = [item.as_slice(), &[ElementKind::Body.numbered(0)]].concat();
        let path = [body.as_slice(), &[self.setter.element(ElementKind::Paragraph)]].concat();
        let first = self.setter.title(&words, path);
        let outline = OutlineEntry { level: 2, title: title.into_owned() };
        Note { item, body, blocks: vec![Block { outline: Some(outline), ..first }] }
    }

    fn eras(&mut self, noted: &Noted) {
        let eras: Vec<&Era> = noted.eras.iter().filter_map(|index| self.timeline.era(*index)).collect();
        if eras.is_empty() {
            return;
        }
        self.heading(if eras.len() == 1 { "Era" } else { "Eras" });
        let list = self.setter.element(ElementKind::List(ListMarks::None));
        for era in eras {
            let mut note = self.note(&era.title, &era.date.words(), &list);
            note.description(self, era.description.as_deref());
            if self.parts.sources {
                note.cited(self, era.citations.iter().map(Citation::view));
            }
            self.blocks.extend(note.blocks);
        }
    }

    /// Adds the citations of each series as a whole, then those of values with other citations.
    fn series(&mut self, noted: &Noted) {
        let all: Vec<&Series> = noted.series.iter().filter_map(|index| self.timeline.series_at(*index)).collect();
        if all.is_empty() {
            return;
        }
        self.heading("Series");
        let list = self.setter.element(ElementKind::List(ListMarks::None));
        for series in all {
            let mut note = self.note(&series.title, &series.unit, &list);
            note.cited(self, series.citations.iter().map(Citation::view));
            let cited = series.points.iter().filter(|point| !point.citations.is_empty());
            let values: Vec<String> = cited
                .map(|point| {
                    let value = Figure { series, point, first: None }.value_words();
                    let cited = point.citations.iter().map(|cited| citation_words(cited.view(), self.timeline));
                    format!("{}, {value}: {}", point.date.words(), cited.collect::<Vec<_>>().join("; "))
                })
                .collect();
            note.paragraphs(self, values.into_iter());
            self.blocks.extend(note.blocks);
        }
    }

    fn sources(&mut self) {
        if self.timeline.sources.is_empty() {
            return;
        }
        self.heading("Sources");
        let list = self.setter.element(ElementKind::List(ListMarks::None));
        for source in &self.timeline.sources {
            let item = self.setter.element(ElementKind::Item);
            let paragraph = self.setter.element(ElementKind::Paragraph);
            let path = vec![list.clone(), item, ElementKind::Body.numbered(0), paragraph];
            let block = self.setter.title(&source_words(source), path);
            self.blocks.push(block);
        }
    }
}

/// A note that is being set: the paragraphs of an item of a list.
struct Note {
    item: Vec<Element>,
    body: Vec<Element>,
    blocks: Vec<Block>,
}

impl Note {
    fn mark(&mut self, notes: &mut Notes<'_>, number: Option<usize>) {
        let (Some(number), Some(first)) = (number, self.blocks.first_mut()) else { return };
        let label = notes.setter.element(ElementKind::Label);
        first.mark = Some(notes.setter.mark(&number.to_string(), [self.item.as_slice(), &[label]].concat()));
    }

    fn push(&mut self, blocks: impl IntoIterator<Item = Block>) {
        for block in blocks {
            if let Some(title) = self.blocks.first_mut() {
                title.keeps_next = true;
            }
            self.blocks.push(block);
        }
    }

    fn description(&mut self, notes: &mut Notes<'_>, text: Option<&str>) {
        let Some(text) = text.filter(|_| notes.parts.descriptions) else { return };
        let indent = notes.setter.indent;
        let set = description(&mut notes.setter, text, indent, &self.body);
        self.push(set);
    }

    fn paragraphs(&mut self, notes: &mut Notes<'_>, all: impl Iterator<Item = String>) {
        for words in all {
            self.paragraph(notes, &[Words::plain(words)]);
        }
    }

    /// Adds the author's words for the date, and the place.
    fn before(&mut self, notes: &mut Notes<'_>, details: Details<'_>) {
        if let Some(written) = details.written() {
            self.paragraph(notes, &[Words::muted(format!("As written: “{}”", isolated(&one_line(written))))]);
        }
        if let Some(place) = details.place() {
            self.paragraph(notes, &[Words::plain(one_line(&place.words()))]);
        }
    }

    fn paragraph(&mut self, notes: &mut Notes<'_>, words: &[Words]) {
        let path = [self.body.as_slice(), &[notes.setter.element(ElementKind::Paragraph)]].concat();
        let indent = notes.setter.indent;
        let block = notes.setter.paragraph(words, indent, path);
        self.push([Block { above: BELOW_TITLE, ..block }]);
    }

    /// Adds citations, which stand back behind a description; nothing to a description if the document has no sources.
    fn cited<'c>(&mut self, notes: &mut Notes<'_>, citations: impl Iterator<Item = CitationView<'c>>) {
        if notes.timeline.sources.is_empty() && notes.parts.descriptions {
            return;
        }
        let mut cited: Vec<String> = citations.map(|citation| citation_words(citation, notes.timeline)).collect();
        if cited.is_empty() {
            cited.push("No source is given.".to_owned());
        }
        for words in cited {
            let words = if notes.parts.descriptions { Words::muted(words) } else { Words::plain(words) };
            self.paragraph(notes, &[words]);
        }
    }
}

/// Returns the words that stand for a picture, with what is said about it: "Picture: A house. The house in 1900 (A. Painter,
/// CC BY 4.0)". What is elsewhere is followed by its address.
fn media_words(media: Media<'_>) -> Vec<Words> {
    let caption = media.caption.map(str::trim).filter(|caption| *caption != media.words());
    let said: Vec<&str> = std::iter::once(media.words()).chain(caption).collect();
    let credit = Some(media.credit_words()).filter(|credit| !credit.is_empty());
    let credit = credit.map(|credit| format!(" ({credit})")).unwrap_or_default();
    let kind = if media.file.is_some() { "Picture: " } else { "" };
    let mut words = vec![Words::plain(format!("{kind}{}{credit}", one_line(&said.join(". "))))];
    if let Some(url) = media.web_address() {
        words.extend([Words::plain(": "), linked(url, media.words())]);
    }
    words
}

/// Returns a link with its address, which can be read on paper: "More on the treaty", then the address.
fn link_words(link: Link<'_>) -> Vec<Words> {
    let (title, url) = (one_line(link.words()), link.url.trim());
    let address = if is_web_or_mail(url) { linked(url, &title) } else { Words::plain(url) };
    if title == url { vec![address] } else { vec![Words::plain(format!("{title}: ")), address] }
}

/// Returns an address that is a link to what a title describes.
fn linked(url: &str, title: &str) -> Words {
    Words { link: Some((url.to_owned(), title.to_owned())), ..Words::plain(url) }
}

/// Returns a date whose day is on the same line as its month: "10 December 2015".
fn unbroken(date: &str) -> String {
    let begins_with_day = date.starts_with(|c: char| c.is_ascii_digit());
    match date.split_once(' ') {
        Some((day, rest)) if begins_with_day && day.len() <= 2 => format!("{day}\u{a0}{rest}"),
        _ => date.to_owned(),
    }
}

fn plain(count: usize) -> String {
    number(count as f64)
}

/// Returns the values of a series at the date of an event, a line each: "Goods trade: US$85 billion, 385 times 1965".
fn figures_words(figures: &Figures<'_>) -> Vec<String> {
    let title = one_line(&figures.series.title);
    if figures.readings.is_empty() {
        return vec![format!("{title}: no value for this date")];
    }
    let line = |reading: &crate::timeline::Reading<'_>| {
        let figure = &reading.figure;
        let when = reading.when.as_ref().map(|when| format!(", {when}")).unwrap_or_default();
        let ratio = figure.ratio_words().map(|ratio| format!("; {ratio}")).unwrap_or_default();
        let basis = figure.basis().map(|basis| format!("\u{a0}({})", basis_words(basis))).unwrap_or_default();
        format!("{title}{when}: {}{ratio}{basis}", figure.value_words())
    };
    let mut lines: Vec<String> = figures.readings.iter().map(line).collect();
    if figures.left_out > 0 {
        lines.push(format!("{title}: and {} more", plain(figures.left_out)));
    }
    lines
}

fn basis_words(basis: Basis) -> &'static str {
    match basis {
        Basis::Stated => "stated",
        Basis::Derived => "derived",
        Basis::Background => "background",
    }
}

/// Returns "Council on Foreign Relations, Overview, ¶1 (stated). The growth of exchange."
fn citation_words(citation: CitationView<'_>, timeline: &Timeline) -> String {
    let source = timeline.source(citation.source);
    let name = source.map_or("", Source::name);
    let locator = citation.locator.map(|locator| format!(", {locator}")).unwrap_or_default();
    let basis = citation.basis.map(|basis| format!("\u{a0}({})", basis_words(basis))).unwrap_or_default();
    let note = citation.note.map(|note| format!(". {note}")).unwrap_or_default();
    format!("{name}{locator}{basis}{note}")
}

/// Returns "A. Writer: A work. A house, 1999." with its addresses.
fn source_words(source: &Source) -> Vec<Words> {
    let reference = source.reference();
    let author = reference.author.map(|author| format!("{author}: ")).unwrap_or_default();
    let rest = reference.sentence();
    let rest = if rest.is_empty() { rest } else { format!(". {rest}") };
    // "Inc." already ends with a full stop.
    let rest = if rest.ends_with('.') { rest } else { format!("{rest}.") };
    let mut words = vec![Words::plain(author), Words::bold(&source.title), Words::plain(rest)];
    for address in reference.addresses {
        let link = address.url.map(|url| (url, source.title.clone()));
        words.extend([Words::plain(" "), Words { link, ..Words::plain(address.words) }]);
    }
    words
}
