//! `BibLaTeX` and BibTeX.
//!
//! Entries are read one by one, so that a mistake costs the entry that it is in. What an entry takes over from another
//! (`crossref`) and the abbreviations of the file are put in here, each once.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;

use biblatex::{Bibliography, ChunksExt, Entry, Person, RawBibliography, RawChunk, Spanned};

use super::super::builder::Builder;
use super::super::dates::{Dated, Dates};
use super::super::error::ImportError;
use super::super::limits::most_text;
use super::super::options::Options;
use super::super::parts::Parts;
use super::super::report::{Kind, Place};
use super::{Work, add, doi, is_address, valid};
use crate::date::Calendar;
use crate::document::{MAX_STRING_BYTES, Source};
use crate::progress::Progress;

/// Returns whether a text is in this format: it has an entry such as `@book{`.
pub fn recognises(text: &str) -> bool {
    blocks(text).any(|block| {
        let is_entry = !matches!(block.kind.as_str(), "comment" | "preamble" | "string");
        is_entry && KINDS.iter().any(|(kind, _)| *kind == block.kind)
    })
}

/// The types of entries, and what they are called.
const KINDS: [(&str, &str); 40] = [
    ("article", "article"),
    ("book", "book"),
    ("mvbook", "book"),
    ("inbook", "chapter"),
    ("bookinbook", "book"),
    ("suppbook", "chapter"),
    ("booklet", "booklet"),
    ("collection", "collection"),
    ("mvcollection", "collection"),
    ("incollection", "chapter"),
    ("suppcollection", "chapter"),
    ("dataset", "dataset"),
    ("manual", "manual"),
    ("misc", "work"),
    ("online", "web page"),
    ("electronic", "web page"),
    ("www", "web page"),
    ("patent", "patent"),
    ("periodical", "periodical"),
    ("suppperiodical", "article"),
    ("proceedings", "proceedings"),
    ("mvproceedings", "proceedings"),
    ("inproceedings", "conference paper"),
    ("conference", "conference paper"),
    ("reference", "reference"),
    ("mvreference", "reference"),
    ("inreference", "entry"),
    ("report", "report"),
    ("techreport", "report"),
    ("thesis", "thesis"),
    ("mastersthesis", "thesis"),
    ("phdthesis", "thesis"),
    ("unpublished", "manuscript"),
    ("software", "software"),
    ("artwork", "artwork"),
    ("audio", "audio"),
    ("image", "image"),
    ("movie", "film"),
    ("music", "music"),
    ("video", "video"),
];

/// A block of a file: `@kind{...}`.
#[derive(Debug)]
struct Block {
    /// Its kind, in lower case.
    kind: String,
    /// Where it is.
    range: Range<usize>,
    /// Whether its braces are closed, and nest at most [`DEEPEST`] deep.
    is_whole: bool,
}

/// Braces nest at most so deep in an entry.
const DEEPEST: usize = 60;

/// Returns the blocks of a text. What is between them is no part of a bibliography.
fn blocks(text: &str) -> impl Iterator<Item = Block> + '_ {
    /// So many braces that are never closed are looked for to the end of the file.
    const MOST_OPEN: usize = 20;
    let (mut from, mut open_ones) = (0, 0);
    std::iter::from_fn(move || {
        loop {
            let at = from + text.get(from..)?.find('@')?;
            from = at + 1;
            let rest = text.get(from..)?;
            let length = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
            let kind = rest.get(..length)?.to_ascii_lowercase();
            let after = rest.get(length..)?.trim_start();
            if kind.is_empty() || !after.starts_with(['{', '(']) {
                continue;
            }
            if after.starts_with('(') {
                // Entries in parentheses are counted, and not read.
                if KINDS.iter().any(|(of, _)| *of == kind) {
                    let end = text.get(from..)?.find("\n@").map_or(text.len(), |end| from + end + 1);
                    let end = text.get(from..end)?.find('\n').map_or(end, |line| from + line);
                    return Some(Block { kind, range: at..end, is_whole: false });
                }
                continue;
            }
            let open = text.len() - after.len();
            let (end, is_whole) = close(text, open, open_ones > MOST_OPEN);
            open_ones += usize::from(!is_whole);
            from = end;
            return Some(Block { kind, range: at..end, is_whole });
        }
    })
}

/// Returns where the brace that opens at a place is closed. One that is not ends before the next line that begins an
/// entry, so that the rest of the file is read; with `is_hasty` every one ends there.
fn close(text: &str, open: usize, is_hasty: bool) -> (usize, bool) {
    let bytes = text.as_bytes();
    let (mut depth, mut deepest, mut at) = (0_usize, 0, open);
    let mut next_entry = None;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 1,
            b'{' => depth += 1,
            b'}' => depth -= 1,
            b'\n' if next_entry.is_none() && bytes.get(at + 1) == Some(&b'@') => next_entry = Some(at + 1),
            _ => {}
        }
        deepest = deepest.max(depth);
        at += 1;
        if is_hasty && next_entry.is_some() {
            break;
        }
        if depth == 0 {
            return (at.min(text.len()), deepest <= DEEPEST);
        }
    }
    (next_entry.unwrap_or(text.len()), false)
}

/// An entry takes over from at most so many others.
const MOST_PARENTS: usize = 8;

type Chunks<'t> = Vec<Spanned<RawChunk<'t>>>;

/// The entries of a file.
#[derive(Debug, Default)]
struct File<'t> {
    abbreviations: HashMap<String, Chunks<'t>>,
    /// The entries, each with what it takes over from others.
    entries: Vec<(Place, Entry, Vec<String>)>,
    /// Length of their texts, in bytes, with the abbreviations put in.
    length: usize,
}

/// Reads a text.
pub fn read(text: &str, _options: &Options, builder: &mut Builder, progress: &Progress) -> Result<(), ImportError> {
    let mut file = File::default();
    let mut count = 0;
    for block in blocks(text) {
        if progress.is_cancelled() {
            return Err(ImportError::cancelled());
        }
        if file.length > most_text(text.len()) {
            return Err(ImportError::too_long());
        }
        count += 1;
        let place = Place(count);
        let words = text.get(block.range.clone()).unwrap_or_default();
        match block.kind.as_str() {
            "comment" => builder.report.add(Kind::LeftOut("a comment".into()), place, words),
            "preamble" => builder.report.add(Kind::LeftOut("a preamble".into()), place, words),
            "set" => builder.report.add(Kind::LeftOut("a set of entries".into()), place, words),
            _ if words.len() > MAX_STRING_BYTES => {
                builder.report.add(Kind::LeftOut("an entry longer than 1 MiB".into()), place, words);
            }
            _ if !block.is_whole || !file.add(words, place) => {
                let kind = Kind::LeftOut("an entry that cannot be read: its braces or commas are wrong".into());
                builder.report.add(kind, place, words);
            }
            _ => {}
        }
    }
    if count == 0 {
        return Err(ImportError::new("the file has no entries").hint("an entry begins with @book{key, or the like"));
    }
    builder.report.entries = count;
    works(&file, most_text(text.len()), builder)
}

/// Adds the works of all entries, each with what it takes over from others. `most` is the maximum length of all texts.
fn works(file: &File<'_>, most: usize, builder: &mut Builder) -> Result<(), ImportError> {
    let by_key: HashMap<String, usize> =
        file.entries.iter().enumerate().rev().map(|(number, (_, entry, _))| (entry.key.clone(), number)).collect();
    let mut of_parents: HashMap<&str, Fields> = HashMap::new();
    let mut length = file.length;
    for (place, entry, parents) in &file.entries {
        if entry.entry_type.to_string() == "xdata" {
            continue;
        }
        let mut fields = Fields::of(entry);
        // A parent may have a parent; a circle ends here.
        let mut open: Vec<&String> = parents.iter().take(MOST_PARENTS).collect();
        let mut taken = HashSet::from([&entry.key]);
        while let Some(parent) = open.pop() {
            if taken.len() > MOST_PARENTS || !taken.insert(parent) {
                continue;
            }
            let Some((_, of, parents)) = by_key.get(parent).and_then(|number| file.entries.get(*number)) else {
                builder.report.add(
                    Kind::Dropped("a reference to an entry that is not in the file".into()),
                    *place,
                    parent,
                );
                continue;
            };
            let inherited = of_parents.entry(parent.as_str()).or_insert_with(|| Fields::of(of));
            length += inherited.length();
            if length > most {
                return Err(ImportError::too_long());
            }
            fields.take_over(inherited, of.entry_type.to_string() == "xdata");
            open.extend(parents.iter().take(MOST_PARENTS));
        }
        let work = fields.work(entry, builder, *place);
        add(builder, *place, work)?;
    }
    Ok(())
}

impl<'t> File<'t> {
    /// Adds a block: abbreviations or an entry. Returns whether it could be read.
    fn add(&mut self, text: &'t str, place: Place) -> bool {
        let Ok(mut raw) = RawBibliography::parse(text) else { return false };
        for pair in std::mem::take(&mut raw.abbreviations) {
            let value = self.resolved(pair.value.v);
            self.abbreviations.insert(pair.key.v.to_lowercase(), value);
        }
        for entry in &mut raw.entries {
            let mut parents = Vec::new();
            for field in std::mem::take(&mut entry.v.fields) {
                let name = field.key.v.to_ascii_lowercase();
                let mut field = field;
                field.value.v = self.resolved(field.value.v);
                self.length += field.value.v.iter().map(|chunk| length(&chunk.v)).sum::<usize>();
                if matches!(name.as_str(), "crossref" | "xdata" | "xref") {
                    let words = field.value.v.iter().map(|chunk| match chunk.v {
                        RawChunk::Normal(text) | RawChunk::Abbreviation(text) => text,
                    });
                    let words: String = words.collect();
                    if name != "xref" {
                        parents.extend(words.split(',').map(|key| key.trim().to_owned()));
                    }
                    continue;
                }
                entry.v.fields.push(field);
            }
            let alone =
                RawBibliography { preamble: String::new(), entries: vec![entry.clone()], abbreviations: Vec::new() };
            let Ok(bibliography) = Bibliography::from_raw(alone) else { return false };
            self.entries
                .extend(bibliography.into_vec().into_iter().map(|entry| (place, entry, std::mem::take(&mut parents))));
        }
        true
    }

    /// Returns a value with its abbreviations put in; those that the file does not define stay as words, but for months.
    fn resolved(&self, value: Chunks<'t>) -> Chunks<'t> {
        /// Maximum number of parts of a value.
        const MOST: usize = 1000;
        let mut resolved: Chunks<'t> = Vec::new();
        for chunk in value {
            match chunk.v {
                RawChunk::Abbreviation(name) => match self.abbreviations.get(&name.to_lowercase()) {
                    Some(chunks) => resolved.extend(chunks.iter().cloned()),
                    None => resolved.push(Spanned::new(RawChunk::Normal(month(name).unwrap_or(name)), chunk.span)),
                },
                RawChunk::Normal(_) => resolved.push(chunk),
            }
        }
        resolved.truncate(MOST);
        resolved
    }
}

/// Returns the length of a part of a value, in bytes.
fn length(chunk: &RawChunk<'_>) -> usize {
    match chunk {
        RawChunk::Normal(text) | RawChunk::Abbreviation(text) => text.len(),
    }
}

/// Returns the number of a month that BibTeX has an abbreviation for.
fn month(name: &str) -> Option<&'static str> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    const NUMBERS: [&str; 12] = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"];
    let short = name.get(..3)?.to_ascii_lowercase();
    let index = MONTHS.iter().position(|month| *month == short)?;
    NUMBERS.get(index).copied()
}

/// The fields of an entry as text.
#[derive(Clone, Debug, Default)]
struct Fields {
    texts: BTreeMap<String, String>,
}

impl Fields {
    fn of(entry: &Entry) -> Self {
        let mut texts = BTreeMap::new();
        for (name, chunks) in &entry.fields {
            let text = match name.as_str() {
                "author" | "editor" | "editora" | "bookauthor" | "translator" => {
                    let persons = chunks.parse::<Vec<Person>>().unwrap_or_default();
                    let names: Vec<String> = persons.iter().map(name_of).filter(|name| !name.is_empty()).collect();
                    names.join(", ")
                }
                _ => chunks.format_verbatim().split_whitespace().collect::<Vec<_>>().join(" "),
            };
            if !text.is_empty() {
                texts.insert(name.clone(), text);
            }
        }
        Self { texts }
    }

    /// Returns the length of all texts, in bytes.
    fn length(&self) -> usize {
        self.texts.values().map(String::len).sum()
    }

    /// Takes over what is missing from an entry: what it is contained in, or all of it.
    fn take_over(&mut self, of: &Self, is_all: bool) {
        const NOT_INHERITED: [&str; 9] =
            ["ids", "crossref", "xref", "entryset", "entrysubtype", "execute", "label", "options", "presort"];
        for (name, text) in &of.texts {
            let name = match name.as_str() {
                name if NOT_INHERITED.contains(&name) => continue,
                "title" if !is_all => "booktitle",
                "subtitle" if !is_all => "booksubtitle",
                "author" if !is_all => "bookauthor",
                "shorttitle" | "sorttitle" | "indextitle" | "abstract" | "keywords" | "note" if !is_all => continue,
                name => name,
            };
            self.texts.entry(name.to_owned()).or_insert_with(|| text.clone());
        }
    }

    /// Takes the first of the fields that is there; the others stay.
    fn take(&mut self, names: &[&str]) -> Option<String> {
        names.iter().find_map(|name| self.texts.remove(*name))
    }

    /// Takes a field that is a date; one that is none stays, to be counted.
    fn take_date(&mut self, name: &str) -> Option<String> {
        valid(self.texts.get(name).cloned()).and_then(|_| self.take(&[name]))
    }

    fn titled(&mut self, title: &str, subtitle: &str, addon: &str) -> Option<String> {
        let title = self.take(&[title])?;
        let subtitle = self.take(&[subtitle]).map(|subtitle| format!(": {subtitle}")).unwrap_or_default();
        let addon = self.take(&[addon]).map(|addon| format!(". {addon}")).unwrap_or_default();
        Some(format!("{title}{subtitle}{addon}"))
    }

    /// Returns the work, and counts the fields that it has no place for.
    fn work(mut self, entry: &Entry, builder: &mut Builder, place: Place) -> Work {
        let kind = entry.entry_type.to_string();
        let kind = KINDS.iter().find(|(of, _)| *of == kind).map_or("work", |(_, name)| *name).to_owned();
        let dated = self.date(builder, place);
        let container = self
            .titled("journaltitle", "journalsubtitle", "journaltitleaddon")
            .or_else(|| self.take(&["journal"]))
            .or_else(|| self.titled("booktitle", "booksubtitle", "booktitleaddon"))
            .or_else(|| self.titled("maintitle", "mainsubtitle", "maintitleaddon"))
            .or_else(|| self.take(&["series", "eventtitle"]));
        let eprint = self.take(&["eprint"]).map(|eprint| match self.take(&["eprinttype", "archiveprefix"]) {
            Some(of) if of.eq_ignore_ascii_case("arxiv") => format!("https://arxiv.org/abs/{eprint}"),
            of => format!("{}{eprint}", of.map(|of| format!("{of}: ")).unwrap_or_default()),
        });
        let url = self.take(&["url"]).filter(|url| is_address(url));
        let (eprint_url, eprint) = match eprint {
            Some(eprint) if url.is_none() && is_address(&eprint) => (Some(eprint), None),
            eprint => (None, eprint),
        };
        let howpublished = self.take(&["howpublished"]);
        let source = Source {
            id: String::new(),
            title: self.titled("title", "subtitle", "titleaddon").unwrap_or_else(|| entry.key.clone()),
            author: self.take(&["author"]),
            publisher: self.take(&["publisher", "institution", "school", "organization"]).or(howpublished),
            date: valid(dated.date.clone()),
            url: url.or(eprint_url),
            kind: Some(kind),
            container,
            editors: self.take(&["editor", "bookauthor"]),
            volume: self.take(&["volume"]),
            issue: self.take(&["number", "issue"]),
            pages: self.take(&["pages"]).map(|pages| pages.replace("--", "–").replace('-', "–")),
            edition: self.take(&["edition"]),
            place: self.take(&["location", "address", "venue"]),
            doi: self.take(&["doi"]).map(|text| doi(&text)),
            isbn: self.take(&["isbn"]),
            accessed: self.take_date("urldate"),
            original_date: self.take_date("origdate"),
        };
        let tags = self.take(&["keywords"]).unwrap_or_default();
        let work = Work {
            id: entry.key.clone(),
            source,
            dated,
            summary: self.take(&["abstract"]),
            notes: ["note", "annotation", "annote", "addendum", "type"]
                .iter()
                .filter_map(|name| self.take(&[*name]))
                .chain(eprint)
                .collect(),
            tags: tags.split([',', ';']).map(|tag| tag.trim().to_owned()).collect(),
        };
        for (name, words) in self.texts {
            builder.report.add(Kind::Dropped(name.into()), place, &words);
        }
        work
    }

    /// Returns the date of publication: in EDTF, or a year and a month.
    fn date(&mut self, builder: &mut Builder, place: Place) -> Dated {
        let month = self.take(&["month"]);
        let year = self.take(&["year"]);
        let day = self.take(&["day"]);
        if let Some(date) = self.take(&["date"]).or_else(|| self.take(&["eventdate"]).filter(|_| year.is_none())) {
            return builder.date(Dates::default(), &date, place);
        }
        let Some(year) = year else { return Dated::default() };
        let month = month.unwrap_or_default();
        let number = month.parse::<u8>().ok().or_else(|| self::month(&month)?.parse().ok());
        match year.parse::<i64>().ok().filter(|_| year.len() == 4) {
            Some(year) if month.is_empty() || number.is_some() => {
                let day = day.and_then(|day| day.parse().ok());
                Dated::exact(Parts::new(Calendar::Gregorian, year, number, day).text())
            }
            _ => builder.date(Dates::default(), format!("{month} {year}").trim(), place),
        }
    }
}

/// Returns a name as it is said.
fn name_of(person: &Person) -> String {
    if person.name == "others" && person.given_name.is_empty() {
        return "et al.".to_owned();
    }
    let parts = [&person.given_name, &person.prefix, &person.name, &person.suffix];
    parts.iter().filter(|part| !part.is_empty()).map(|part| part.as_str()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_found() {
        let check = |text: &str, expect: &[(&str, bool)]| {
            let found: Vec<_> = blocks(text).map(|block| (block.kind, block.is_whole)).collect();
            let found: Vec<(&str, bool)> = found.iter().map(|(kind, is_whole)| (kind.as_str(), *is_whole)).collect();
            assert_eq!(found, expect, "{text}");
        };
        check("", &[]);
        check("a@b.org @ { }", &[]);
        check("@Book{a, title = {A {B} \\} c}} x @misc {b}", &[("book", true), ("misc", true)]);
        check("@misc(a, title = {A})\n@misc{b}", &[("misc", false), ("misc", true)]);
        check("@book{a, title = {A}\n@misc{b}", &[("book", false), ("misc", true)]);
        check(&format!("@book{}{}", "{".repeat(100), "}".repeat(100)), &[("book", false)]);
    }
}
