//! Lists of Markdown whose items begin with dates.

use super::super::builder::Builder;
use super::super::dates::{Dated, Dates};
use super::super::error::ImportError;
use super::super::limits::MOST_PROSE;
use super::super::report::{Kind, Place};
use crate::document::{Event, Link};
use crate::progress::Progress;
use crate::prose;

/// Maximum length of the date at the beginning of an item, in bytes.
const MOST_DATE: usize = 80;
/// Maximum number of signs after which the rest of an item may begin.
const MOST_SIGNS: usize = 3;

/// Returns whether a text has a list of dates: at least two items begin with one, and at least half of all.
pub(super) fn recognises(text: &str) -> bool {
    /// Number of items that are examined.
    const MOST: usize = 200;
    let items = text.lines().filter(|line| !is_indented(line)).filter_map(item).take(MOST);
    let (mut all, mut dated) = (0, 0);
    for words in items {
        all += 1;
        dated += usize::from(split(words).is_some());
    }
    dated >= 2 && 2 * dated >= all
}

/// Returns the items that begin with dates.
pub(super) fn dated(text: &str) -> impl Iterator<Item = &str> {
    /// Number of items that are examined.
    const MOST: usize = 1_000;
    let items = text.lines().filter(|line| !is_indented(line)).filter_map(item).take(MOST);
    items.filter(|words| split(words).is_some())
}

fn is_indented(line: &str) -> bool {
    line.starts_with([' ', '\t'])
}

/// Returns the words of an item: what is after its bullet or number.
fn item(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let rest = match digits {
        0 => line.strip_prefix(['-', '*', '+']),
        1..=3 => line.get(digits..)?.strip_prefix(['.', ')']),
        _ => None,
    };
    rest.filter(|rest| rest.starts_with([' ', '\t'])).map(str::trim)
}

/// Splits the words of an item into its date and the rest, in which marks are as they were written. Returns `None` if it
/// begins with none.
fn split(words: &str) -> Option<(Dated, &str)> {
    const MARKS: [&str; 5] = ["**", "__", "*", "_", "`"];
    const SIGNS: [char; 6] = [':', '–', '—', '-', '|', ','];
    let trimmed = |rest: &'_ str| rest.len() - rest.trim_start_matches(|c: char| c == ' ' || SIGNS.contains(&c)).len();
    // A date with emphasis, or as code: "**1965**: Treaty".
    for mark in MARKS {
        let Some(inner) = words.strip_prefix(mark) else { continue };
        let (date, rest) = inner.split_once(mark)?;
        let dated = read(date.trim().trim_end_matches([':', '–', '—', ',']))?;
        return Some((dated, rest.get(trimmed(rest)..)?));
    }
    // The longest beginning that is a date: "1998 – 2014: Trade".
    let head = words.get(..words.floor_char_boundary(MOST_DATE))?;
    let ends = head.char_indices().filter(|(at, c)| {
        let after = words.get(at + c.len_utf8()..).unwrap_or_default();
        let before = words.get(..*at).unwrap_or_default();
        match c {
            ':' => !is_in_time(before, after),
            '|' => true,
            ',' => after.starts_with(' '),
            '–' | '—' | '-' => before.ends_with(' ') && after.starts_with(' '),
            _ => false,
        }
    });
    let whole = (words.len() <= MOST_DATE && !words.ends_with(SIGNS)).then_some(words.len());
    let all: Vec<usize> = ends.map(|(at, _)| at).take(MOST_SIGNS).chain(whole).collect();
    all.into_iter().rev().find_map(|at| {
        let rest = words.get(at..)?;
        Some((read(words.get(..at)?.trim())?, rest.get(trimmed(rest)..)?))
    })
}

/// Returns whether a colon is between the hours and the minutes of a time, rather than after a date.
fn is_in_time(before: &str, after: &str) -> bool {
    let hours = before.len() - before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    (1..=2).contains(&hours) && after.starts_with(|c: char| c.is_ascii_digit())
}

/// Reads a date.
fn read(text: &str) -> Option<Dated> {
    // Words that are no date are common at the beginning of items; a number that is none is not.
    let has_digit = text.bytes().any(|byte| byte.is_ascii_digit());
    has_digit.then(|| Dates::default().read(text)).filter(|dated| dated.date.is_some())
}

/// Returns the level and the words of a heading.
fn heading(line: &str) -> Option<(usize, &str)> {
    let level = line.bytes().take_while(|byte| *byte == b'#').count();
    let words = line.get(level..).filter(|words| (1..=6).contains(&level) && words.starts_with([' ', '\t']))?;
    Some((level, words.trim().trim_end_matches('#').trim()))
}

/// An item with the lines below it.
#[derive(Debug)]
struct Item<'t> {
    line: usize,
    words: &'t str,
    below: Vec<&'t str>,
}

/// Reads the lists of a text.
fn parts(text: &str) -> (Vec<Part<'_>>, Vec<(usize, &str)>) {
    let mut parts: Vec<Part<'_>> = Vec::new();
    let mut others = Vec::new();
    let mut is_code = false;
    for (index, line) in text.lines().enumerate() {
        let open = match parts.last_mut() {
            Some(Part::Item(item)) if is_indented(line) || line.trim().is_empty() => Some(item),
            _ => None,
        };
        if line.trim_start().starts_with("```") {
            is_code = !is_code;
        }
        match (open, heading(line)) {
            (Some(item), _) => item.below.push(line),
            (None, Some((level, words))) if !is_code => parts.push(Part::Heading(level, words)),
            (None, _) if line.trim().is_empty() => {}
            (None, _) => match item(line).filter(|_| !is_code) {
                Some(words) => parts.push(Part::Item(Item { line: index + 1, words, below: Vec::new() })),
                None => others.push((index + 1, line)),
            },
        }
    }
    (parts, others)
}

/// A part of a text.
#[derive(Debug)]
enum Part<'t> {
    Heading(usize, &'t str),
    Item(Item<'t>),
}

/// The headings that an item is below, the outer ones first.
#[derive(Debug, Default)]
struct Open<'t>(Vec<(usize, &'t str, Option<Heading>)>);

/// What a heading says.
#[derive(Clone, Debug)]
enum Heading {
    Lane(usize),
    Date(Dated),
}

impl<'t> Open<'t> {
    /// Begins what is below a heading.
    fn begin(&mut self, level: usize, words: &'t str) {
        self.0.retain(|(above, ..)| *above < level);
        self.0.push((level, words, None));
    }

    /// Returns the lane and the date that the headings say. A heading is read only once something is below it.
    fn read(&mut self, builder: &mut Builder) -> (Option<usize>, Option<Dated>) {
        let (mut lane, mut date) = (None, None);
        for (_, words, known) in &mut self.0 {
            let found = known.take().unwrap_or_else(|| {
                let words = prose::words(&prose::read(words));
                read(&words).map_or_else(|| Heading::Lane(builder.lane(&words, lane)), Heading::Date)
            });
            match known.insert(found) {
                Heading::Lane(found) => lane = Some(*found),
                Heading::Date(found) => date = Some(found.clone()),
            }
        }
        (lane, date)
    }
}

/// Reads a text.
pub(super) fn read_text(text: &str, builder: &mut Builder, progress: &Progress) -> Result<(), ImportError> {
    let (parts, others) = parts(text);
    (builder.report.unit, builder.report.entries) = ("line", text.lines().count());
    let mut open = Open::default();
    let mut events = 0_usize;
    for (index, part) in parts.iter().enumerate() {
        if progress.is_cancelled() {
            return Err(ImportError::cancelled());
        }
        match part {
            Part::Heading(1, words) if index == 0 => builder.head().title = prose::words(&prose::read(words)),
            Part::Heading(level, words) => open.begin(*level, words),
            Part::Item(item) => {
                let place = Place(item.line);
                let (lane, of_heading) = open.read(builder);
                let (dated, words) = match (split(item.words), of_heading) {
                    (Some(found), _) => found,
                    (None, Some(dated)) => {
                        builder.report.add(Kind::Concluded("the date of the heading".into()), place, item.words);
                        (dated, item.words)
                    }
                    (None, None) => {
                        builder.report.add(Kind::LeftOut("an item without a date".into()), place, item.words);
                        continue;
                    }
                };
                events += 1;
                if dated.doubt.is_some() {
                    builder.report.add(Kind::Ambiguous, place, item.words);
                }
                builder.event(place, "", lane, dated, event(words, &item.below))?;
            }
        }
    }
    if events == 0 {
        return Err(ImportError::new("no table and no list of this text has dates").hint(
            "an item begins with its date, as in `- 1969-07-20: The first people on the Moon`; a table has a column of dates",
        ));
    }
    for (line, words) in others {
        builder.report.add(Kind::LeftOut("a line that is in no list".into()), Place(line), words);
    }
    Ok(())
}

/// Returns the event of an item: its words are the title, the lines below it the text.
fn event(words: &str, below: &[&str]) -> Event {
    let blocks = prose::read(words.get(..words.floor_char_boundary(MOST_PROSE)).unwrap_or_default());
    let spans = || blocks.iter().flat_map(|block| &block.spans);
    let addresses = spans().filter_map(|span| {
        let url = span.look.link.as_deref()?.to_owned();
        Some(Link { url, title: Some(span.text.clone()).filter(|text| !text.trim().is_empty()) })
    });
    let filled = below.iter().filter(|line| !line.trim().is_empty());
    let indent = filled.map(|line| line.len() - line.trim_start().len()).min().unwrap_or(0);
    let lines: Vec<&str> = below.iter().map(|line| line.get(indent..).unwrap_or_default().trim_end()).collect();
    let text = lines.join("\n").trim().to_owned();
    Event {
        title: prose::words(&blocks),
        links: addresses.collect(),
        description: Some(text).filter(|text| !text.is_empty()),
        ..Event::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_begin_with_dates() {
        let check = |words: &str, date: &str, rest: &str| {
            let found = split(words).map(|(dated, rest)| (dated.date.unwrap_or_default(), rest));
            assert_eq!(found, Some((date.to_owned(), rest)), "{words}");
        };
        check("1965: Treaty", "1965", "Treaty");
        check("**1965**: Treaty: a *text*", "1965", "Treaty: a *text*");
        check("**22 June 1965:** Treaty", "22 June 1965", "Treaty");
        check("`1965-06-22` Treaty", "1965-06-22", "Treaty");
        check("1998 – 2014: Trade", "1998 – 2014", "Trade");
        check("1998–2014 — Trade - and more", "1998–2014", "Trade - and more");
        check("June 22, 1965, a treaty", "June 22, 1965", "a treaty");
        check("c. 1850 | Rails", "c. 1850", "Rails");
        check("1965", "1965", "");
        check("In 1965: x", "In 1965", "x");
        check("1965:x", "1965", "x");
        check("1965:2 x", "1965", "2 x");
        check("1965-06-22 12:30: x", "1965-06-22 12:30", "x");
        for words in ["Treaty of 1965", "", "10,000 people: x", "**Treaty**: 1965", "a - b"] {
            assert_eq!(split(words), None, "{words}");
        }
    }

    #[test]
    fn a_list_of_dates_is_recognised() {
        assert!(recognises("# Title\n\n- 1965: a\n- 1966: b\n- then c\n"));
        for text in ["- 1965: a\n", "- a\n- b\n- 1965: c\n- d\n- e\n", "1965: a\n1966: b\n", ""] {
            assert!(!recognises(text), "{text:?}");
        }
    }
}
