//! What is said about a person, a family or an event: places, notes, sources, pictures.

use std::collections::HashMap;
use std::rc::Rc;

use crate::document::{self, Citation, Link, Media, Place};

use super::super::builder::Builder;
use super::super::html::{Prose, prose};
use super::super::report::{self, Kind};
use super::super::titles::title_of;
use super::tree::Tree;

/// The records that others point to, by their ids.
#[derive(Debug, Default)]
pub(super) struct Records<'t> {
    by_id: HashMap<&'t str, usize>,
}

impl<'t> Records<'t> {
    /// Finds the records of a file. Of several with one id the first counts.
    pub fn new(tree: &Tree<'t>) -> Self {
        let mut by_id = HashMap::new();
        for record in tree.records() {
            if let Some(id) = tree.line(record).map(|line| line.id).filter(|id| !id.is_empty()) {
                by_id.entry(id).or_insert(record);
            }
        }
        Self { by_id }
    }

    /// Returns the record that a line points to, if it has one of the tags.
    pub fn pointed(&self, tree: &Tree<'t>, line: usize, tags: &[&str]) -> Option<usize> {
        let record = self.by_id.get(tree.pointer(line)?).copied()?;
        tags.contains(&tree.tag(record)).then_some(record)
    }
}

/// What is said about something.
#[derive(Clone, Debug, Default)]
pub(super) struct Details {
    /// Where it happened.
    pub place: Option<Place>,
    /// What kind it is, in the words of the file.
    pub of_type: Option<String>,
    /// Short facts, a line each: what they are, and the words.
    pub lines: Vec<(&'static str, String)>,
    /// Notes, in `CommonMark`.
    pub notes: Vec<String>,
    /// The citations.
    pub citations: Vec<Citation>,
    /// The pictures.
    pub media: Vec<Media>,
    /// The links.
    pub links: Vec<Link>,
    /// The ids in the file of persons who took part.
    pub persons: Vec<String>,
}

/// The tags of a record that only the program that wrote it needs.
const BOOKKEEPING: [&str; 15] = [
    "CHAN", "CREA", "RIN", "REFN", "RFN", "AFN", "UID", "_UID", "EXID", "SUBM", "ANCI", "DESI", "RESN", "_APID", "FORM",
];

/// The report's name for them.
const BOOKKEEPING_WORDS: &str = "numbers and dates of the program that wrote the file";

/// Reads what is said about things, and counts what is not kept.
#[derive(Debug)]
pub(super) struct Reader<'t, 'b> {
    /// The file.
    pub tree: &'b Tree<'t>,
    /// Its records.
    pub records: Records<'t>,
    /// The document.
    pub builder: &'b mut Builder,
    /// The id in the document of each source record.
    sources: HashMap<usize, String>,
    /// The text of each note record, to which any number of lines may point.
    notes: HashMap<usize, Rc<Prose>>,
}

impl<'t, 'b> Reader<'t, 'b> {
    /// Creates a reader of a file.
    pub fn new(tree: &'b Tree<'t>, builder: &'b mut Builder) -> Self {
        Self { tree, records: Records::new(tree), builder, sources: HashMap::new(), notes: HashMap::new() }
    }

    /// Returns where a line is, for the report.
    pub fn at(&self, line: usize) -> report::Place {
        report::Place(self.tree.number(line))
    }

    /// Counts a line that is not kept.
    pub fn drop_line(&mut self, line: usize) {
        let tag = self.tree.tag(line);
        if BOOKKEEPING.contains(&tag) {
            self.count_bookkeeping(line);
        } else {
            self.count(line, Kind::Dropped(tag.to_owned().into()));
        }
    }

    /// Counts a line that only the program that wrote the file needs.
    pub fn count_bookkeeping(&mut self, line: usize) {
        self.count(line, Kind::Dropped(BOOKKEEPING_WORDS.into()));
    }

    fn count(&mut self, line: usize, kind: Kind) {
        let place = self.at(line);
        self.builder.report.add(kind, place, self.tree.value(line));
        self.tree.mark(line);
    }

    /// Reads what is said below a line, but for the tags that the caller has read.
    pub fn details(&mut self, of: usize, read: &[&str]) -> Details {
        let mut details = Details::default();
        let tree = self.tree;
        for line in tree.children(of).filter(|line| !read.contains(&tree.tag(*line))) {
            self.detail(line, &mut details);
        }
        // Of a date the time of day is not kept, and of several dates the first is.
        let mut dates = tree.children(of).filter(|line| tree.tag(*line) == "DATE");
        let first = dates.next();
        let parts = first.into_iter().flat_map(|date| tree.children(date));
        let parts = parts.filter(|part| !matches!(tree.tag(*part), "PHRASE" | "CONC" | "CONT"));
        for line in parts.chain(dates) {
            self.drop_line(line);
        }
        details
    }

    fn detail(&mut self, line: usize, details: &mut Details) {
        let tree = self.tree;
        let text = |line: usize| tree.text(line).trim().to_owned();
        match tree.tag(line) {
            "CONC" | "CONT" => {}
            "PLAC" => details.place = details.place.take().or_else(|| self.place(line, &mut details.notes)),
            "TYPE" => details.of_type = Some(text(line)).filter(|text| !text.is_empty()),
            "AGE" => details.lines.push(("Age", self.with_phrase(line))),
            "CAUS" => details.lines.push(("Cause", text(line))),
            "AGNC" => details.lines.push(("Agency", text(line))),
            "RELI" => details.lines.push(("Religion", text(line))),
            "TEMP" => details.lines.push(("Temple", text(line))),
            "STAT" => details.lines.push(("Status", text(line))),
            "ADDR" => details.lines.push(("Address", self.address(line))),
            "HUSB" | "WIFE" => self.ages(line, details),
            "NOTE" | "SNOTE" => details.notes.extend(self.note(line)),
            "SOUR" => self.cite(line, details),
            "OBJE" => self.media(line, &mut details.media),
            "ASSO" | "_ASSO" => self.associate(line, details),
            "WWW" | "_URL" | "URL" if is_address(&text(line)) => {
                details.links.push(Link { url: text(line), title: None });
            }
            _ => self.drop_line(line),
        }
        details.lines.retain(|(_, words)| !words.is_empty());
    }

    /// Reads the ages of the partners at an event of a family.
    fn ages(&mut self, line: usize, details: &mut Details) {
        let label = if self.tree.tag(line) == "HUSB" { "Age of the husband" } else { "Age of the wife" };
        match self.tree.first(Some(line), "AGE") {
            Some(age) => details.lines.push((label, self.with_phrase(age))),
            None => self.drop_line(line),
        }
    }

    /// Returns the text of a line, with the words of the author beside it: "25y (adult)".
    fn with_phrase(&self, line: usize) -> String {
        let text = self.tree.text(line).trim().to_owned();
        match self.tree.text_of(line, "PHRASE") {
            Some(phrase) if text.is_empty() => phrase.trim().to_owned(),
            Some(phrase) => format!("{text} ({})", phrase.trim()),
            None => text,
        }
    }

    /// Reads who took part, such as a godparent.
    fn associate(&mut self, line: usize, details: &mut Details) {
        let Some(id) = self.tree.pointer(line) else { return self.drop_line(line) };
        details.persons.push(id.to_owned());
        let role = ["RELA", "ROLE"].iter().find_map(|tag| self.tree.first(Some(line), tag));
        let role =
            role.map(|role| self.tree.text_of(role, "PHRASE").unwrap_or_else(|| self::role(&self.tree.text(role))));
        let name = self.tree.text_of(line, "PHRASE").map(|name| name.trim().to_owned());
        for child in self.tree.children(line) {
            match self.tree.tag(child) {
                "RELA" | "ROLE" | "PHRASE" => {}
                "NOTE" | "SNOTE" => details.notes.extend(self.note(child)),
                "SOUR" => self.cite(child, details),
                _ => self.drop_line(child),
            }
        }
        let role = role.filter(|role| !role.trim().is_empty());
        match (name, role) {
            (Some(name), Some(role)) => details.lines.push(("With", format!("{name} ({role})"))),
            (Some(words), None) | (None, Some(words)) => details.lines.push(("With", words)),
            (None, None) => {}
        }
    }

    /// Reads a place, with its coordinates.
    fn place(&mut self, line: usize, notes: &mut Vec<String>) -> Option<Place> {
        let tree = self.tree;
        let text = tree.text(line);
        let name = text.split(',').map(str::trim).filter(|part| !part.is_empty()).collect::<Vec<_>>();
        let name = Some(name.join(", ")).filter(|name| !name.is_empty());
        let mut place = Place { name, ..Place::default() };
        for child in tree.children(line) {
            match tree.tag(child) {
                "MAP" => {
                    let degrees = |tag: &str| degrees(&tree.text_of(child, tag)?);
                    place.latitude = degrees("LATI").filter(|degrees| degrees.abs() <= 90.0);
                    place.longitude = degrees("LONG").filter(|degrees| degrees.abs() <= 180.0);
                    if place.latitude.is_none() || place.longitude.is_none() {
                        (place.latitude, place.longitude) = (None, None);
                        self.drop_line(child);
                    }
                }
                "NOTE" | "SNOTE" => notes.extend(self.note(child)),
                "FORM" | "CONC" | "CONT" => {}
                _ => self.drop_line(child),
            }
        }
        (place != Place::default()).then_some(place)
    }

    fn address(&self, line: usize) -> String {
        let tree = self.tree;
        let mut parts = vec![tree.text(line)];
        let text = parts.concat();
        for tag in ["ADR1", "ADR2", "ADR3", "CITY", "STAE", "POST", "CTRY"] {
            parts.extend(tree.text_of(line, tag).filter(|part| !text.contains(part.trim())));
        }
        let lines = parts.iter().flat_map(|part| part.lines()).map(|line| line.trim().trim_end_matches(','));
        lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join(", ")
    }

    /// Returns a note, which may be a record of its own.
    pub fn note(&mut self, line: usize) -> Option<String> {
        let record = self.records.pointed(self.tree, line, &["NOTE", "SNOTE"]);
        if record.is_none() && self.tree.pointer(line).is_some() {
            self.drop_line(line);
            return None;
        }
        let tree = self.tree;
        let prose = match record {
            Some(record) => Rc::clone(self.notes.entry(record).or_insert_with(|| Rc::new(prose(&tree.text(record))))),
            None => Rc::new(prose(&tree.text(line))),
        };
        let place = self.at(line);
        for [url, _] in &prose.pictures {
            self.builder.report.add(Kind::Dropped("a picture in a note".into()), place, url);
        }
        for name in &prose.dropped {
            self.builder.report.add(Kind::Dropped(name.clone().into()), place, "");
        }
        Some(prose.text.clone()).filter(|text| !text.trim().is_empty())
    }

    /// Reads a picture, which may be a record of its own.
    fn media(&mut self, line: usize, media: &mut Vec<Media>) {
        let tree = self.tree;
        let record = self.records.pointed(tree, line, &["OBJE"]).unwrap_or(line);
        let title = tree.text_of(line, "TITL").or_else(|| tree.text_of(record, "TITL"));
        let mut found = false;
        for file in tree.children(record).filter(|child| tree.tag(*child) == "FILE") {
            let title = title.clone().or_else(|| tree.text_of(file, "TITL")).map(|title| title.trim().to_owned());
            let path = tree.text(file).trim().to_owned();
            // In GEDCOM 7 it is a URL.
            let path = if tree.is_seven() && !is_address(&path) { decoded(&path).unwrap_or(path) } else { path };
            let Some((file, url)) = self.file(file, &path) else { continue };
            found = true;
            let stem = file.as_deref().map(|file| file.rsplit('/').next().unwrap_or(file).to_owned());
            let alt = title.clone().or(stem);
            media.push(Media { file, url, alt, caption: title, ..Media::default() });
        }
        if !found {
            self.drop_line(line);
        }
    }

    /// Returns the path of a file beside the document, or its address.
    fn file(&mut self, line: usize, path: &str) -> Option<(Option<String>, Option<String>)> {
        if is_address(path) {
            return Some((None, Some(path.to_owned())));
        }
        let bare = path.strip_prefix("file://").unwrap_or(path).replace('\\', "/");
        let parts: Vec<&str> = bare.split('/').filter(|part| !matches!(*part, "" | ".")).collect();
        let is_within = !bare.starts_with('/') && !parts.iter().any(|part| *part == ".." || part.contains(':'));
        let kept = if is_within { parts.join("/") } else { (*parts.last()?).to_owned() };
        if kept.is_empty() || kept.contains(':') || kept == ".." {
            return None;
        }
        if !is_within {
            let kind = Kind::Changed("the path of a file, to its name beside the document".into());
            let place = self.at(line);
            self.builder.report.add(kind, place, path);
        }
        Some((Some(kept), None))
    }

    fn cite(&mut self, line: usize, details: &mut Details) {
        let citation = self.citation(line, details);
        details.citations.extend(citation);
    }

    /// Reads a citation: of a source that is a record, or of one in words.
    fn citation(&mut self, line: usize, details: &mut Details) -> Option<Citation> {
        let tree = self.tree;
        let (source, mut notes) = match self.records.pointed(tree, line, &["SOUR"]) {
            Some(record) => (self.source(record), Vec::new()),
            None if tree.pointer(line).is_some() => {
                self.drop_line(line);
                return None;
            }
            None => self.source_in_words(line)?,
        };
        let mut citation = Citation { source, locator: None, basis: None, note: None };
        for child in tree.children(line) {
            let text = tree.text(child).trim().to_owned();
            match tree.tag(child) {
                "PAGE" => citation.locator = Some(text).filter(|text| !text.is_empty()),
                "QUAY" => notes.extend(quality(&text).map(str::to_owned)),
                "TEXT" if tree.pointer(line).is_some() => notes.push(text),
                "TEXT" | "CONC" | "CONT" => {}
                "NOTE" | "SNOTE" => notes.extend(self.note(child)),
                "DATA" => {
                    for part in tree.children(child) {
                        match tree.tag(part) {
                            "TEXT" => notes.push(tree.text(part).trim().to_owned()),
                            "DATE" => notes.push(format!("recorded {}", tree.value(part).trim())),
                            "WWW" if is_address(tree.value(part).trim()) => {
                                details.links.push(Link { url: tree.value(part).trim().to_owned(), title: None });
                            }
                            _ => self.drop_line(part),
                        }
                    }
                }
                "OBJE" => self.media(child, &mut details.media),
                _ => self.drop_line(child),
            }
        }
        notes.retain(|note| !note.trim().is_empty());
        citation.note = Some(notes.join("; ")).filter(|note| !note.is_empty());
        Some(citation)
    }

    /// Returns the id of a source that the citation itself describes, and what its title does not say of it.
    fn source_in_words(&mut self, line: usize) -> Option<(String, Vec<String>)> {
        let text = self.tree.text(line);
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let title = title_of(&text)?;
        let mut notes: Vec<String> = Vec::new();
        if words.trim_end_matches('.') != title {
            notes.push(words);
        }
        notes.extend(self.tree.text_of(line, "TEXT"));
        let url = address_in(&text);
        let source = document::Source { title, url, ..document::Source::default() };
        Some((self.builder.source("", source), notes))
    }

    /// Returns the id of a source that is a record.
    fn source(&mut self, record: usize) -> String {
        if let Some(id) = self.sources.get(&record) {
            return id.clone();
        }
        let tree = self.tree;
        let line = |tag: &str| {
            let text = tree.text_of(record, tag)?;
            Some(text.split_whitespace().collect::<Vec<_>>().join(" "))
        };
        let id = tree.line(record).map_or("", |line| line.id);
        let title = line("TITL").or_else(|| line("ABBR")).or_else(|| title_of(&tree.text_of(record, "TEXT")?));
        let texts: Vec<String> = ["WWW", "_URL", "PUBL", "TITL", "NOTE"].iter().filter_map(|tag| line(tag)).collect();
        let mut source = document::Source {
            title: title.unwrap_or_else(|| format!("Source {id}")),
            author: line("AUTH"),
            publisher: line("PUBL"),
            date: line("DATE"),
            url: texts.iter().find_map(|text| address_in(text)),
            kind: line("MEDI"),
            ..document::Source::default()
        };
        for child in tree.children(record) {
            match tree.tag(child) {
                "TITL" | "AUTH" | "PUBL" | "DATE" | "MEDI" => {}
                "WWW" | "_URL" if source.url.is_some() => {}
                "ABBR" if tree.first(Some(record), "TITL").is_none() => {}
                "REPO" => {
                    let repository = self.repository(child);
                    source.container = source.container.take().or(repository);
                }
                _ => self.drop_line(child),
            }
        }
        let id = self.builder.source("", source);
        self.sources.insert(record, id.clone());
        id
    }

    /// Returns the name of an archive, and the number under which it keeps a source.
    fn repository(&mut self, line: usize) -> Option<String> {
        let tree = self.tree;
        let record = self.records.pointed(tree, line, &["REPO"]);
        let name = match record {
            Some(record) => tree.text_of(record, "NAME"),
            None => Some(tree.value(line).to_owned()).filter(|name| tree.pointer(line).is_none() && !name.is_empty()),
        };
        let number = tree.text_of(line, "CALN");
        let parts: Vec<String> = [name, number].into_iter().flatten().map(|part| part.trim().to_owned()).collect();
        if parts.is_empty() {
            self.drop_line(line);
            return None;
        }
        Some(parts.join(", "))
    }
}

/// Returns a part of a URL with the characters that are written as `%C3%AB`. Returns `None` if these are none.
fn decoded(url: &str) -> Option<String> {
    let mut pieces = url.split('%');
    let mut bytes = pieces.next()?.as_bytes().to_vec();
    for piece in pieces {
        let (digits, rest) = piece.split_at_checked(2)?;
        bytes.push(u8::from_str_radix(digits, 16).ok()?);
        bytes.extend_from_slice(rest.as_bytes());
    }
    String::from_utf8(bytes).ok()
}

/// Returns what a role is called.
fn role(role: &str) -> String {
    match role.trim() {
        "CLERGY" => "clergy".to_owned(),
        "FATH" => "father".to_owned(),
        "MOTH" => "mother".to_owned(),
        "GODP" => "godparent".to_owned(),
        "HUSB" => "husband".to_owned(),
        "WIFE" => "wife".to_owned(),
        "CHIL" => "child".to_owned(),
        "NGHBR" => "neighbour".to_owned(),
        "OFFICIATOR" => "officiator".to_owned(),
        "WITN" => "witness".to_owned(),
        role => role.to_lowercase(),
    }
}

/// Returns what a certainty assessment means.
fn quality(number: &str) -> Option<&'static str> {
    match number {
        "0" => Some("unreliable or estimated"),
        "1" => Some("questionable"),
        "2" => Some("secondary evidence"),
        "3" => Some("direct and primary evidence"),
        _ => None,
    }
}

/// Returns whether a text is the address of a page.
fn is_address(text: &str) -> bool {
    ["http://", "https://"].iter().any(|start| text.starts_with(start)) && !text.contains(char::is_whitespace)
}

/// Returns the first address in a text.
fn address_in(text: &str) -> Option<String> {
    let mut words = text.split_whitespace().map(|word| word.trim_matches(['<', '>', '(', ')', '"', ',', ';', '.']));
    words.find(|word| is_address(word)).map(str::to_owned)
}

/// Returns degrees as GEDCOM writes them: `N18.150944`, `W3.1`; or with a sign.
fn degrees(text: &str) -> Option<f64> {
    let text = text.trim();
    let (sign, number) = match text.chars().next()? {
        'N' | 'E' | 'n' | 'e' => (1.0, text.get(1..)?),
        'S' | 'W' | 's' | 'w' => (-1.0, text.get(1..)?),
        _ => (1.0, text),
    };
    number.trim().parse::<f64>().ok().filter(|degrees| degrees.is_finite()).map(|degrees| sign * degrees)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coordinates_are_read() {
        let check = |text: &str, expect: Option<f64>| assert_eq!(degrees(text), expect, "{text}");
        check("N18.5", Some(18.5));
        check("W3.25", Some(-3.25));
        check("-3.25", Some(-3.25));
        check("N", None);
        check("", None);
        check("Ninf", None);
        check("18 Grad", None);
    }

    #[test]
    fn urls_are_decoded() {
        for (url, expect) in
            [("a/Bront%C3%AB.jpg", Some("a/Brontë.jpg")), ("100%", None), ("%zz", None), ("a", Some("a"))]
        {
            assert_eq!(decoded(url).as_deref(), expect, "{url}");
        }
    }

    #[test]
    fn addresses_are_found() {
        let check = |text: &str, expect: Option<&str>| assert_eq!(address_in(text).as_deref(), expect, "{text}");
        check("Ancestry.com, <https://example.org/a>.", Some("https://example.org/a"));
        check("online (http://example.org), 2010", Some("http://example.org"));
        check("www.example.org", None);
    }
}
