//! A text with its pages, paragraphs and sentences.

use std::ops::Range;

use super::dates::find_dates;
use super::found::FoundDate;
use super::words::is_note_number;

/// A paragraph of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// Its bytes in the text.
    pub range: Range<usize>,
    /// Its number in the text, from 1.
    pub number: usize,
    /// The number of its page, from 1; `None` if the text has no pages.
    pub page: Option<usize>,
    /// Its sentences, among those of the text.
    pub sentences: Range<usize>,
}

/// A sentence of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Its bytes in the text.
    pub range: Range<usize>,
    /// Its paragraph, among those of the text.
    pub paragraph: usize,
    /// The dates in it, among those of the text.
    pub dates: Range<usize>,
}

/// A text that a timeline is made from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceText {
    text: String,
    paragraphs: Vec<Paragraph>,
    sentences: Vec<Sentence>,
    dates: Vec<FoundDate>,
    /// What its pages are called, if that is known.
    pages: Vec<String>,
}

impl SourceText {
    /// Maximum length of a text, in bytes.
    pub const MOST_BYTES: usize = 8 << 20;

    /// Reads a text. Blank lines are between paragraphs; without any, each line is a paragraph. Form feeds are between pages.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        let mut text = text.into();
        text.truncate(text.floor_char_boundary(Self::MOST_BYTES));
        let mut read = Self { text, ..Self::default() };
        let text = std::mem::take(&mut read.text);
        let has_pages = text.trim_end_matches(['\u{c}', '\n', '\r', ' ']).contains('\u{c}');
        let has_blanks = text.lines().any(|line| line.trim().is_empty() && !line.contains('\u{c}'));
        let mut start = 0;
        for (page, words) in text.split('\u{c}').enumerate() {
            for range in paragraphs(words, has_blanks) {
                let page = has_pages.then_some(page + 1);
                read.paragraph(&text, range.start + start..range.end + start, page);
            }
            start += words.len() + 1;
        }
        Self { text, ..read }
    }

    /// Reads a text whose pages have names, such as "xii".
    #[must_use]
    pub fn with_pages(text: impl Into<String>, pages: Vec<String>) -> Self {
        let mut read = Self::new(text);
        for paragraph in read.paragraphs.iter_mut().filter(|paragraph| paragraph.page.is_none()) {
            paragraph.page = Some(1);
        }
        Self { pages, ..read }
    }

    fn paragraph(&mut self, text: &str, range: Range<usize>, page: Option<usize>) {
        let words = text.get(range.clone()).unwrap_or_default();
        let mut dates = find_dates(words).into_iter().peekable();
        let first = self.sentences.len();
        for sentence in sentences(words) {
            let of = self.dates.len();
            while let Some(found) = dates.next_if(|found| found.range.start < sentence.end) {
                let moved = found.range.start + range.start..found.range.end + range.start;
                self.dates.push(FoundDate { range: moved, ..found });
            }
            self.sentences.push(Sentence {
                range: sentence.start + range.start..sentence.end + range.start,
                paragraph: self.paragraphs.len(),
                dates: of..self.dates.len(),
            });
        }
        let number = self.paragraphs.len() + 1;
        self.paragraphs.push(Paragraph { range, number, page, sentences: first..self.sentences.len() });
    }

    /// Returns the text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the paragraphs, in their order.
    #[must_use]
    pub fn paragraphs(&self) -> &[Paragraph] {
        &self.paragraphs
    }

    /// Returns the sentences, in their order.
    #[must_use]
    pub fn sentences(&self) -> &[Sentence] {
        &self.sentences
    }

    /// Returns the dates, in their order.
    #[must_use]
    pub fn dates(&self) -> &[FoundDate] {
        &self.dates
    }

    /// Returns the words of a sentence on one line; a word that was divided at the end of a line is whole.
    ///
    /// ```
    /// use longview::capture::SourceText;
    ///
    /// let text = SourceText::new("A report\n\nIt was a diplo-\nmatic  success.");
    /// assert_eq!(text.quotation(1), "It was a diplomatic success.");
    /// ```
    #[must_use]
    pub fn quotation(&self, sentence: usize) -> String {
        let range = self.sentences.get(sentence).map(|sentence| sentence.range.clone()).unwrap_or_default();
        let mut quotation = String::new();
        for line in self.text.get(range).unwrap_or_default().lines() {
            let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
            let is_divided = line.starts_with(char::is_lowercase)
                && quotation.strip_suffix('-').is_some_and(|word| word.ends_with(char::is_lowercase));
            if is_divided {
                quotation.pop();
            } else if !quotation.is_empty() && !line.is_empty() {
                quotation.push(' ');
            }
            quotation.push_str(&line);
        }
        quotation
    }

    /// Returns where a sentence is, as a citation says it: its page, or else its paragraph.
    #[must_use]
    pub fn locator(&self, sentence: usize) -> String {
        let paragraph = self.sentences.get(sentence).and_then(|sentence| self.paragraphs.get(sentence.paragraph));
        match paragraph {
            Some(Paragraph { page: Some(page), .. }) => self.page_words(*page),
            Some(Paragraph { number, .. }) => format!("¶ {number}"),
            None => String::new(),
        }
    }

    /// Returns what a page is called, as a citation says it.
    #[must_use]
    pub fn page_words(&self, page: usize) -> String {
        let name = page.checked_sub(1).and_then(|page| self.pages.get(page));
        name.map_or_else(|| format!("p. {page}"), |name| format!("p. {name}"))
    }

    /// Returns the dates of a sentence.
    #[must_use]
    pub fn dates_of(&self, sentence: usize) -> &[FoundDate] {
        let range = self.sentences.get(sentence).map(|sentence| sentence.dates.clone()).unwrap_or_default();
        self.dates.get(range).unwrap_or_default()
    }
}

/// Returns the paragraphs of a page.
fn paragraphs(text: &str, has_blanks: bool) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut is_open = false;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim();
        if trimmed.is_empty() {
            is_open = false;
        } else {
            let start = at + line.len() - line.trim_start().len();
            let end = start + trimmed.len();
            match found.last_mut().filter(|_| is_open && has_blanks) {
                Some(paragraph) => paragraph.end = end,
                None => found.push(start..end),
            }
            is_open = true;
        }
        at += line.len();
    }
    found
}

/// Returns the sentences of a paragraph.
fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut signs = text.char_indices().peekable();
    while let Some((at, sign)) = signs.next() {
        if !matches!(sign, '.' | '!' | '?' | '。' | '！' | '？') {
            continue;
        }
        // What closes a quotation or a bracket belongs to the sentence.
        let mut end = at + sign.len_utf8();
        while let Some((at, closing)) = signs.next_if(|(_, c)| {
            matches!(c, '.' | '!' | '?' | '"' | '”' | '’' | '\'' | ')' | ']' | '»') || is_note_number(*c)
        }) {
            end = at + closing.len_utf8();
        }
        let after = text.get(end..).unwrap_or_default();
        let is_cjk = matches!(sign, '。' | '！' | '？');
        if (is_cjk || after.starts_with(char::is_whitespace)) && ends(text.get(..at).unwrap_or_default(), sign, after) {
            let words = text.get(start..end).unwrap_or_default();
            let begin = start + words.len() - words.trim_start().len();
            found.push(begin..end);
            start = end;
        }
    }
    let rest = text.get(start..).unwrap_or_default();
    if !rest.trim().is_empty() {
        let begin = start + rest.len() - rest.trim_start().len();
        found.push(begin..start + rest.trim_end().len());
    }
    found
}

/// Returns whether a sign between two texts ends a sentence, rather than an abbreviation.
fn ends(before: &str, sign: char, after: &str) -> bool {
    const SHORT: [&str; 36] = [
        "c", "ca", "dr", "mr", "mrs", "ms", "st", "no", "nos", "p", "pp", "vol", "fig", "ch", "art", "sec", "e.g",
        "i.e", "cf", "vs", "approx", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov",
        "dec", "prof", "gen", "col",
    ];
    if sign != '.' {
        return true;
    }
    let word =
        before.rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '[' | '“' | '"')).next().unwrap_or_default();
    let begins = after.trim_start().chars().next();
    let is_initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
    let is_short = SHORT.contains(&word.to_lowercase().as_str()) || is_initial || word.contains('.') && word.len() < 6;
    // The number of a heading or of an item of a list belongs to it.
    let trimmed = before.trim();
    if (1..=3).contains(&trimmed.len()) && trimmed.bytes().all(|byte| byte.is_ascii_digit()) {
        return false;
    }
    // "U.S. troops" goes on, "in the U.S. They" does not: an abbreviation ends a sentence only before a capital.
    let is_start = begins.is_none_or(|c| !c.is_lowercase());
    is_start && !is_short
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn paragraphs_and_pages_are_numbered() {
        let text = SourceText::new("A title\n\nIn 1965 it began. It\ngoes on.\n\nThe end of 2015.\n");
        let words: Vec<&str> =
            text.paragraphs().iter().map(|paragraph| &text.text()[paragraph.range.clone()]).collect();
        assert_eq!(words, ["A title", "In 1965 it began. It\ngoes on.", "The end of 2015."]);
        let quotations: Vec<String> = (0..text.sentences().len()).map(|sentence| text.quotation(sentence)).collect();
        assert_eq!(quotations, ["A title", "In 1965 it began.", "It goes on.", "The end of 2015."]);
        assert_eq!((text.locator(1), text.locator(3)), ("¶ 2".to_owned(), "¶ 3".to_owned()));
        assert_eq!((text.dates_of(1).len(), text.dates_of(2).len(), text.dates_of(3).len()), (1, 0, 1));

        let pages = SourceText::new("One in 1965.\n\u{c}Two.\n\nThree in 1966.\n\u{c}");
        let locators: Vec<String> = (0..3).map(|sentence| pages.locator(sentence)).collect();
        assert_eq!(locators, ["p. 1", "p. 2", "p. 2"]);
        let named = SourceText::with_pages("One in 1965.", vec!["xii".to_owned()]);
        assert_eq!(named.locator(0), "p. xii");
        let lines = SourceText::new("One.\nTwo.\n");
        assert_eq!((lines.paragraphs().len(), lines.locator(1)), (2, "¶ 2".to_owned()));
        assert_eq!(
            SourceText::new(" \n\u{c}\n"),
            SourceText { text: " \n\u{c}\n".to_owned(), ..SourceText::default() }
        );
    }

    #[test]
    fn sentences_end_at_their_signs() {
        let check = |text: &str, expect: &[&str]| {
            let found: Vec<&str> = sentences(text).into_iter().map(|range| &text[range]).collect();
            assert_eq!(found, expect, "{text}");
        };
        check("One. Two! “Three?” Four", &["One.", "Two!", "“Three?”", "Four"]);
        check("About c. 1850 Dr. No met J. F. Kennedy.", &["About c. 1850 Dr. No met J. F. Kennedy."]);
        check("On 3 Oct. 1990 it was 3.5 percent.", &["On 3 Oct. 1990 it was 3.5 percent."]);
        check("It ended in 1965. 1998 came.", &["It ended in 1965.", "1998 came."]);
        check("e.g. this, and so on. that is all", &["e.g. this, and so on. that is all"]);
        check("It was in 1965.¹² They went.", &["It was in 1965.¹²", "They went."]);
        check("12. Visitors. They came.", &["12. Visitors.", "They came."]);
        check("今日は。明日", &["今日は。", "明日"]);
        check("", &[]);
    }

    proptest! {
        #[test]
        fn every_word_is_in_a_sentence(text in "[a-zA-Z0-9é.!?\"“” \\n\u{c}-]{0,80}") {
            let read = SourceText::new(text.clone());
            let mut end = 0;
            for (number, sentence) in read.sentences().iter().enumerate() {
                prop_assert!(sentence.range.start >= end, "{:?}", read);
                let between = text.get(end..sentence.range.start).expect("a boundary");
                prop_assert!(between.chars().all(|c| c.is_whitespace() || c == '\u{c}'), "{:?}", between);
                prop_assert!(!read.quotation(number).is_empty());
                end = sentence.range.end;
            }
            prop_assert!(text.get(end..).expect("a boundary").trim().is_empty());
            let of_sentences: usize = (0..read.sentences().len()).map(|sentence| read.dates_of(sentence).len()).sum();
            prop_assert_eq!(of_sentences, read.dates().len());
        }
    }
}
