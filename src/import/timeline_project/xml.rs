//! The XML of a file -> its records, without recursion.

use std::collections::HashMap;

use quick_xml::Reader;
use quick_xml::events::Event;

use crate::import::error::ImportError;

/// A category, an event, an era, or the view: what each element within it says.
#[derive(Clone, Debug, Default)]
pub(super) struct Record {
    /// Number of the line that it begins in, from 1.
    pub line: usize,
    fields: HashMap<String, Vec<String>>,
}

impl Record {
    /// Returns the text of an element, if it has any.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.all(name).next()
    }

    /// Returns the texts of all elements with a name.
    pub fn all<'r>(&'r self, name: &str) -> impl Iterator<Item = &'r str> {
        let texts = self.fields.get(name).map(Vec::as_slice).unwrap_or_default();
        texts.iter().map(String::as_str).filter(|text| !text.trim().is_empty())
    }

    /// Returns the elements that are not among some, and say something other than `False` and 0: name and text.
    pub fn others<'r>(&'r self, read: &'r [&'r str]) -> impl Iterator<Item = (&'r str, &'r str)> {
        let mut others: Vec<&String> = self.fields.keys().filter(|name| !read.contains(&name.as_str())).collect();
        others.sort();
        let says = |text: &str| !text.trim().eq_ignore_ascii_case("false") && text.trim() != "0";
        others.into_iter().filter_map(move |name| Some((name.as_str(), self.get(name).filter(|text| says(text))?)))
    }

    /// Returns whether an element says `True`.
    pub fn is(&self, name: &str) -> bool {
        self.get(name).is_some_and(|text| text.trim().eq_ignore_ascii_case("true"))
    }
}

/// What a file holds, in its order.
#[derive(Clone, Debug, Default)]
pub(super) struct File {
    /// What the timeline says of itself: `version`, `timetype`, `now`.
    pub head: Record,
    pub categories: Vec<Record>,
    pub eras: Vec<Record>,
    pub events: Vec<Record>,
    /// The period that was in view, and the names of hidden categories.
    pub view: Record,
    /// Number of lines.
    pub lines: usize,
    /// What is in none of them: the line, the name of the element, and its words.
    pub others: Vec<(usize, String, String)>,
    /// Where the file ends early, and why.
    pub broken: Option<(usize, String)>,
}

/// Maximum depth of elements; a file has five levels.
const MOST_DEPTH: usize = 16;

/// Counts the lines of a text up to a byte, from the byte asked for before.
struct Lines<'t> {
    text: &'t str,
    byte: usize,
    line: usize,
}

impl Lines<'_> {
    fn at(&mut self, byte: u64) -> usize {
        let byte = usize::try_from(byte).unwrap_or(usize::MAX).min(self.text.len());
        let passed = self.text.as_bytes().get(self.byte..byte).unwrap_or_default();
        self.line += passed.split(|byte| *byte == b'\n').count() - 1;
        self.byte = self.byte.max(byte);
        self.line
    }
}

/// Reads a file. What is before a mistake stays. Entities other than those of XML itself are not replaced.
///
/// # Errors
/// Returns an error if there is nothing before a mistake.
pub(super) fn read(text: &str) -> Result<File, ImportError> {
    let mut file = File { lines: text.lines().count(), ..File::default() };
    let mut reader = Reader::from_str(text);
    let mut lines = Lines { text, byte: 0, line: 1 };
    let mut path: Vec<String> = Vec::new();
    let mut record = Record::default();
    let mut words = String::new();
    loop {
        let at = reader.buffer_position();
        let event = match reader.read_event() {
            Ok(Event::Eof) if path.is_empty() => return Ok(file),
            Ok(Event::Eof) => Err("the file ends too early".to_owned()),
            Ok(event) => Ok(event),
            Err(error) => Err(error.to_string()),
        };
        let event = match event {
            Ok(event) => event,
            Err(message) => {
                let is_empty = file.events.is_empty() && file.eras.is_empty() && file.categories.is_empty();
                if is_empty {
                    return Err(ImportError::at_byte(text, usize::try_from(at).unwrap_or(usize::MAX), message));
                }
                file.broken = Some((lines.at(at), message));
                return Ok(file);
            }
        };
        match event {
            Event::Start(start) => {
                path.push(start.name().as_ref().to_owned());
                words.clear();
                if path.len() == 3 {
                    record = Record { line: lines.at(at), ..Record::default() };
                }
                if path.len() > MOST_DEPTH {
                    let message =
                        format!("elements are nested more than {MOST_DEPTH} deep, which they are in no timeline");
                    return Err(ImportError::at_line(lines.at(at), message));
                }
            }
            Event::Text(text) => words.push_str(&text.xml10_content()),
            Event::CData(text) => words.push_str(&text.xml10_content()),
            Event::GeneralRef(name) => match name.resolve_char_ref() {
                Ok(Some(c)) => words.push(c),
                _ => words.push_str(entity(&name.xml10_content()).unwrap_or_default()),
            },
            Event::End(_) => {
                let words = std::mem::take(&mut words);
                if !end(&mut file, &path, &mut record, &words) && !words.trim().is_empty() {
                    let name = path.pop().unwrap_or_default();
                    file.others.push((lines.at(at), name, words));
                } else {
                    path.pop();
                }
            }
            _ => {}
        }
    }
}

/// Returns the character of an entity of XML.
fn entity(name: &str) -> Option<&'static str> {
    Some(match name {
        "lt" => "<",
        "gt" => ">",
        "amp" => "&",
        "apos" => "'",
        "quot" => "\"",
        _ => return None,
    })
}

/// Ends the innermost element, in which there are `words`. Returns `false` if it is none that a file has.
fn end(file: &mut File, path: &[String], record: &mut Record, words: &str) -> bool {
    let names: Vec<&str> = path.iter().map(String::as_str).collect();
    let keep =
        |record: &mut Record, name: &str| record.fields.entry(name.to_owned()).or_default().push(words.to_owned());
    match names.as_slice() {
        ["timeline", name @ ("version" | "timetype" | "now")] => keep(&mut file.head, name),
        ["timeline", "view", _, name] => keep(&mut file.view, name),
        ["timeline", "categories" | "eras" | "events", _, name] => keep(record, name),
        ["timeline", "events", "event", "categories", "category"] => keep(record, "category"),
        ["timeline", "categories", "category"] => file.categories.push(std::mem::take(record)),
        ["timeline", "eras", "era"] => file.eras.push(std::mem::take(record)),
        ["timeline", "events", "event"] => file.events.push(std::mem::take(record)),
        _ => return false,
    }
    true
}
