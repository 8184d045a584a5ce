//! The lines of a GEDCOM file, as a tree.
//!
//! A line is `LEVEL [@ID@] TAG [VALUE]`; a line belongs to the one before it whose level is lower. Sources: GEDCOM 5.5.1,
//! chapter 1, and `FamilySearch` GEDCOM 7.0, section 1.

use std::borrow::Cow;
use std::cell::Cell;

/// A line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'t> {
    level: u8,
    /// The id of a record, without the signs around it; empty if it has none.
    pub id: &'t str,
    /// The tag, in the case of the file.
    pub tag: &'t str,
    value: &'t str,
    /// The number of the line, from 1.
    pub number: usize,
    /// The position behind the last line that belongs to this one.
    pub end: usize,
}

/// The lines of a file; a line is named by its position.
#[derive(Debug)]
pub(super) struct Tree<'t> {
    lines: Vec<Line<'t>>,
    /// The lines that have no level, by the line that they continue: number and text.
    pub broken: Vec<(usize, usize, &'t str)>,
    /// Whether the file is in GEDCOM 7, where an at sign is doubled only at the beginning of a value.
    is_seven: bool,
    /// Whether the value of each line was asked for.
    read: Vec<Cell<bool>>,
}

impl<'t> Tree<'t> {
    /// Reads a text. A line without a level is taken for the rest of a value that was broken.
    pub fn read(text: &'t str) -> Self {
        let mut tree = Self { lines: Vec::new(), broken: Vec::new(), is_seven: false, read: Vec::new() };
        // A file of an old Macintosh ends its lines with CR.
        let separator = if text.contains('\n') { '\n' } else { '\r' };
        for (index, line) in text.split(separator).enumerate() {
            match line_of(line.trim_end_matches('\r'), index + 1) {
                Some(line) => tree.lines.push(line),
                None if line.trim().is_empty() => {}
                None => {
                    if let Some(last) = tree.lines.len().checked_sub(1) {
                        tree.broken.push((last, index + 1, line.trim()));
                    }
                }
            }
        }
        tree.close();
        tree.read = vec![Cell::new(false); tree.lines.len()];
        tree.is_seven = tree.version().starts_with('7');
        tree
    }

    /// Finds where the lines that belong to a line end.
    fn close(&mut self) {
        let mut open: Vec<usize> = Vec::new();
        for position in 0..=self.lines.len() {
            let level = self.lines.get(position).map_or(0, |line| line.level);
            while let Some(last) = open.pop_if(|last| self.lines.get(*last).is_some_and(|line| line.level >= level)) {
                if let Some(line) = self.lines.get_mut(last) {
                    line.end = position;
                }
            }
            open.push(position);
        }
    }

    /// Returns whether the file is in GEDCOM 7.
    pub fn is_seven(&self) -> bool {
        self.is_seven
    }

    /// Returns the version in the header; empty if it says none.
    pub fn version(&self) -> &'t str {
        self.first(self.records().next(), "GEDC")
            .and_then(|gedc| self.first(Some(gedc), "VERS"))
            .map(|vers| self.value(vers))
            .unwrap_or_default()
    }

    /// Returns a line.
    pub fn line(&self, position: usize) -> Option<&Line<'t>> {
        self.lines.get(position)
    }

    /// Returns the tag of a line.
    pub fn tag(&self, position: usize) -> &'t str {
        self.line(position).map(|line| line.tag).unwrap_or_default()
    }

    /// Returns the number of a line, from 1.
    pub fn number(&self, position: usize) -> usize {
        self.line(position).map_or(0, |line| line.number)
    }

    /// Returns the value of a line, as it is written. The line is then read.
    pub fn value(&self, position: usize) -> &'t str {
        if let Some(read) = self.read.get(position) {
            read.set(true);
        }
        self.line(position).map(|line| line.value).unwrap_or_default()
    }

    /// Returns whether a line has a value.
    pub fn has_value(&self, position: usize) -> bool {
        self.line(position).is_some_and(|line| !line.value.trim().is_empty())
    }

    /// Returns whether the value of a line was asked for, or the line was counted.
    pub fn is_read(&self, position: usize) -> bool {
        self.read.get(position).is_some_and(Cell::get)
    }

    /// Says that a line, and all that belongs to it, is read or counted.
    pub fn mark(&self, position: usize) {
        let end = self.line(position).map_or(position, |line| line.end);
        self.read.get(position..end).unwrap_or_default().iter().for_each(|read| read.set(true));
    }

    /// Returns the id that a line points to. Returns `None` if its value is no pointer.
    pub fn pointer(&self, position: usize) -> Option<&'t str> {
        let id = self.value(position).trim().strip_prefix('@')?.strip_suffix('@')?;
        (!id.is_empty() && !id.contains(['@', '#'])).then_some(id)
    }

    /// Returns the records: the lines that belong to no other.
    pub fn records(&self) -> impl Iterator<Item = usize> {
        self.from(0, self.lines.len())
    }

    /// Returns the lines directly below a line.
    pub fn children(&self, position: usize) -> impl Iterator<Item = usize> {
        let end = self.line(position).map_or(0, |line| line.end);
        self.from(position + 1, end)
    }

    fn from(&self, first: usize, end: usize) -> impl Iterator<Item = usize> {
        let at = move |position: usize| (position < end).then_some(position);
        std::iter::successors(at(first), move |position| at(self.line(*position)?.end.max(position + 1)))
    }

    /// Returns the first line with a tag below a line.
    pub fn first(&self, of: Option<usize>, tag: &str) -> Option<usize> {
        self.children(of?).find(|child| self.tag(*child).eq_ignore_ascii_case(tag))
    }

    /// Returns the text of the first line with a tag below a line; `None` if there is none, or it is empty.
    pub fn text_of(&self, of: usize, tag: &str) -> Option<String> {
        self.first(Some(of), tag).map(|line| self.text(line)).filter(|text| !text.trim().is_empty())
    }

    /// Returns the value of a line with its continuations: `CONT` begins a line, `CONC` goes on in it.
    pub fn text(&self, position: usize) -> String {
        let mut text = self.plain(self.value(position)).into_owned();
        for child in self.children(position) {
            match self.tag(child) {
                "CONT" => text.push('\n'),
                "CONC" => {}
                _ => continue,
            }
            text.push_str(&self.plain(self.value(child)));
            self.rest(child, &mut text);
        }
        self.rest(position, &mut text);
        text
    }

    /// Adds the lines without a level that continue a line.
    fn rest(&self, position: usize, text: &mut String) {
        let first = self.broken.partition_point(|(of, ..)| *of < position);
        for (_, _, line) in self.broken.iter().skip(first).take_while(|(of, ..)| *of == position) {
            text.push('\n');
            text.push_str(line);
        }
    }

    /// Returns a value with its at signs as they are meant.
    fn plain(&self, value: &'t str) -> Cow<'t, str> {
        if self.is_seven {
            return Cow::Borrowed(if value.starts_with("@@") { value.get(1..).unwrap_or_default() } else { value });
        }
        if value.contains("@@") { Cow::Owned(value.replace("@@", "@")) } else { Cow::Borrowed(value) }
    }
}

/// Reads a line. Returns `None` if it has no level or no tag.
fn line_of(line: &str, number: usize) -> Option<Line<'_>> {
    let line = line.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let level = line.get(..digits).filter(|_| (1..=2).contains(&digits))?.parse().ok()?;
    let mut rest = line.get(digits..)?.strip_prefix([' ', '\t'])?.trim_start();
    let mut id = "";
    if let Some((name, after)) = rest.strip_prefix('@').and_then(|rest| rest.split_once('@')) {
        (id, rest) = (name.trim(), after.trim_start());
    }
    let (tag, value) = rest.split_once([' ', '\t']).unwrap_or((rest, ""));
    let is_tag = |c: char| c.is_ascii_alphanumeric() || c == '_';
    (!tag.is_empty() && tag.chars().all(is_tag)).then_some(Line { level, id, tag, value, number, end: 0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_read() {
        let check = |text: &str, expect: Option<(u8, &str, &str, &str)>| {
            let found = line_of(text, 1);
            assert_eq!(found.map(|line| (line.level, line.id, line.tag, line.value)), expect, "{text}");
        };
        check("0 @I1@ INDI", Some((0, "I1", "INDI", "")));
        check("  1 NAME Anne /Carne/", Some((1, "", "NAME", "Anne /Carne/")));
        check("2 CONC  two", Some((2, "", "CONC", " two")));
        check("1 NOTE", Some((1, "", "NOTE", "")));
        check("1 FAMC @F1@", Some((1, "", "FAMC", "@F1@")));
        for text in ["", "NAME x", "123 NAME", "1NAME", "1 two-words x", "1 @", "x 1 NAME"] {
            check(text, None);
        }
    }

    #[test]
    fn a_tree_is_walked() {
        let text = "0 HEAD\n1 GEDC\n2 VERS 5.5.1\n0 @I1@ INDI\n1 NOTE one@@\n2 CONC  two\n2 CONT three\n                    four\n3 X\n1 SEX F\n";
        let tree = Tree::read(text);
        let records: Vec<&str> = tree.records().map(|line| tree.tag(line)).collect();
        assert_eq!((tree.version(), records.as_slice()), ("5.5.1", ["HEAD", "INDI"].as_slice()));
        let person = tree.records().nth(1).expect("a person");
        assert_eq!(tree.text_of(person, "NOTE").as_deref(), Some("one@ two\nthree\nfour"));
        assert_eq!(tree.text_of(person, "SEX").as_deref(), Some("F"));
        assert_eq!(tree.text_of(person, "X"), None);
        let seven = Tree::read("0 HEAD\r1 GEDC\r2 VERS 7.0\r1 NOTE @@a@@\r");
        assert_eq!(seven.text_of(0, "NOTE").as_deref(), Some("@a@@"));
        assert_eq!(Tree::read("").records().count(), 0);
        let deep: String =
            (0..500).map(|level| [level.min(99).to_string().as_str(), " A\n"].concat()).collect::<Vec<_>>().concat();
        assert_eq!(Tree::read(&deep).records().count(), 1);
    }
}
