//! The reference to a source, as a bibliography has it.

use std::fmt::Write as _;

use super::sources::{Source, given, is_web};
use crate::date::Date;

/// The reference to a source: who wrote it, its title, what else identifies it, and where it is found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference<'a> {
    /// Who wrote it.
    pub author: Option<&'a str>,
    /// Its title.
    pub title: &'a str,
    /// All that is not an author, a title or an address, without a full stop: "in Asian Survey, vol. 3, no. 2,
    /// pp. 4–9, Seoul: A house, 1999". May be empty.
    pub rest: String,
    /// Its web address, then that of its Digital Object Identifier.
    pub addresses: Vec<Address<'a>>,
}

/// Where a source is found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address<'a> {
    /// What is shown: the address as the document has it, or "doi:10.1000/182".
    pub words: std::borrow::Cow<'a, str>,
    /// What it opens; `None` if it is no web address.
    pub url: Option<String>,
}

impl Reference<'_> {
    /// Returns [`rest`](Self::rest) as the beginning of a sentence: "In Asian Survey, vol. 3". Names stay as they are.
    #[must_use]
    pub fn sentence(&self) -> String {
        const OWN_WORDS: [&str; 8] =
            ["in ", "edited by ", "vol. ", "no. ", "p. ", "pp. ", "first published ", "accessed "];
        let mut sentence = self.rest.clone();
        if OWN_WORDS.iter().any(|word| sentence.starts_with(word))
            && let Some(first) = sentence.get_mut(..1)
        {
            first.make_ascii_uppercase();
        }
        sentence
    }

    /// Returns who wrote it and what else identifies it: "A. Writer, A house, 1999". Empty if the document specifies
    /// neither.
    #[must_use]
    pub fn details(&self) -> String {
        let rest = Some(self.rest.as_str()).filter(|rest| !rest.is_empty());
        [self.author, rest].into_iter().flatten().collect::<Vec<_>>().join(", ")
    }
}

impl Source {
    /// Returns its reference.
    #[must_use]
    pub fn reference(&self) -> Reference<'_> {
        let work = &self.work;
        let part =
            |text: &'_ Option<String>, before: &str| given(text.as_deref()).map(|text| format!("{before}{text}"));
        let date = |date: &Option<Date>, before: &str| date.as_ref().map(|date| format!("{before}{}", date.words()));
        let publisher = given(self.publisher.as_deref());
        let imprint = match (given(work.place.as_deref()), publisher) {
            (Some(place), Some(publisher)) => Some(format!("{place}: {publisher}")),
            (place, publisher) => place.or(publisher).map(str::to_owned),
        };
        let parts = [
            part(&work.container, "in "),
            part(&work.editors, "edited by "),
            part(&work.volume, "vol. "),
            part(&work.issue, "no. "),
            given(work.pages.as_deref()).map(pages),
            given(work.edition.as_deref()).map(edition),
            imprint,
            self.date_words(),
            date(&work.original_date, "first published "),
            part(&work.isbn, "ISBN "),
            date(&work.accessed, "accessed "),
        ];
        Reference {
            author: given(self.author.as_deref()),
            title: &self.title,
            rest: parts.into_iter().flatten().collect::<Vec<_>>().join(", "),
            addresses: self.addresses(),
        }
    }

    /// Returns its address, and that of its Digital Object Identifier unless both are the same.
    fn addresses(&self) -> Vec<Address<'_>> {
        let own = given(self.url.as_deref());
        let own = own.map(|url| Address { words: url.into(), url: is_web(url).then(|| url.to_owned()) });
        let doi = given(self.work.doi.as_deref()).map(bare_doi).filter(|doi| !doi.is_empty());
        let doi = doi.map(|doi| Address { words: format!("doi:{doi}").into(), url: is_doi(doi).then(|| doi_url(doi)) });
        let is_same = |doi: &Address<'_>| own.as_ref().is_some_and(|own| own.url.is_some() && own.url == doi.url);
        let doi = doi.filter(|doi| !is_same(doi));
        own.into_iter().chain(doi).collect()
    }
}

/// Returns "p. 4" or "pp. 4–9"; words of the document's own, such as "pp. 4-9" or "chapter 2", as they are.
fn pages(pages: &str) -> String {
    let is_bare = pages.starts_with(|c: char| c.is_ascii_digit());
    let is_range = pages.contains(['-', '–', ',', ';', '&']);
    match (is_bare, is_range) {
        (false, _) => pages.to_owned(),
        (true, false) => format!("p. {pages}"),
        (true, true) => format!("pp. {}", pages.replace("--", "–").replace('-', "–")),
    }
}

/// Returns "2nd edition"; "2nd ed." and "revised edition" as they are.
fn edition(edition: &str) -> String {
    let lower = edition.to_lowercase();
    if lower.contains("ed.") || lower.contains("edition") {
        return edition.to_owned();
    }
    match edition.parse::<u32>() {
        Ok(number) => format!("{number}{} edition", ordinal_ending(number)),
        Err(_) => format!("{edition} edition"),
    }
}

/// Returns the ending of an ordinal number in English: "st" for 1, "th" for 11.
fn ordinal_ending(number: u32) -> &'static str {
    match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    }
}

/// Returns a Digital Object Identifier without what may be before it: "doi:" or the address of a resolver.
pub(super) fn bare_doi(doi: &str) -> &str {
    let doi = doi.trim();
    let starts = ["https://doi.org/", "http://doi.org/", "https://dx.doi.org/", "http://dx.doi.org/", "doi:"];
    let has = |start: &&str| doi.get(..start.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(start));
    let rest = starts.iter().find(|start| has(start)).and_then(|start| doi.get(start.len()..));
    rest.unwrap_or(doi).trim()
}

/// Returns whether a text has the form of a Digital Object Identifier (ISO 26324): `10.`, the number of a registrant,
/// a slash, and a name without blanks.
pub(super) fn is_doi(doi: &str) -> bool {
    let Some((registrant, name)) = doi.strip_prefix("10.").and_then(|rest| rest.split_once('/')) else { return false };
    let is_number = registrant.split('.').all(|part| !part.is_empty() && part.bytes().all(|c| c.is_ascii_digit()));
    is_number
        && registrant.len() >= 4
        && !name.is_empty()
        && !name.contains(|c: char| c.is_whitespace() || c.is_control())
}

/// Returns the address that leads to what a Digital Object Identifier names; what an address cannot hold is encoded
/// (DOI Handbook, 2.5.2.4).
fn doi_url(doi: &str) -> String {
    let mut url = "https://doi.org/".to_owned();
    for c in doi.chars() {
        if matches!(c, '%' | '"' | '#' | '?' | '<' | '>' | '[' | ']' | '{' | '}' | '|' | '\\' | '^' | '`') {
            // Writing to a string cannot fail.
            let _ = write!(url, "%{:02X}", u32::from(c));
        } else {
            url.push(c);
        }
    }
    url
}

/// Returns whether a text is an International Standard Book Number of 10 or 13 digits with the right check digit
/// (ISO 2108); hyphens and blanks between the digits are allowed.
pub(super) fn is_isbn(text: &str) -> bool {
    let digits: Option<Vec<u32>> = text
        .chars()
        .filter(|c| !matches!(c, '-' | '–' | ' ' | '\u{a0}'))
        .map(|c| if matches!(c, 'X' | 'x') { Some(10) } else { c.to_digit(10) })
        .collect();
    let Some(digits) = digits else { return false };
    let is_plain = |digits: &[u32]| digits.iter().all(|digit| *digit < 10);
    match digits.len() {
        10 => {
            let sum: u32 = digits.iter().zip((1..=10).rev()).map(|(digit, weight)| digit * weight).sum();
            digits.get(..9).is_some_and(is_plain) && sum.is_multiple_of(11)
        }
        13 => {
            let sum: u32 = digits.iter().zip([1, 3].into_iter().cycle()).map(|(digit, weight)| digit * weight).sum();
            is_plain(&digits) && sum.is_multiple_of(10)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timeline::Work;

    fn said(source: &Source) -> String {
        let reference = source.reference();
        let links: Vec<String> = reference
            .addresses
            .iter()
            .map(|address| format!(" [{}]({})", address.words, address.url.as_deref().unwrap_or("-")))
            .collect();
        format!("{}{}", reference.details(), links.concat())
    }

    #[test]
    fn a_reference_has_what_is_known_in_the_order_of_a_bibliography() {
        let some = |text: &str| Some(text.to_owned());
        let date = |text: &str| Date::parse(text).ok();
        let check = |source: Source, expect: &str| assert_eq!(said(&source), expect);
        let plain = |publisher: &str, author: &str, year: &str| Source {
            publisher: some(publisher),
            author: some(author),
            date: date(year),
            ..Source::default()
        };
        check(plain("P", "A", "1850"), "A, P, 1850");
        check(plain("", " ", "1850"), "1850");
        check(plain("P", "A", ""), "A, P");
        check(plain("", "", ""), "");
        check(Source { is_undated: true, ..plain("P", "", "") }, "P, n.d.");
        let article = Work {
            container: some("Asian Survey"),
            volume: some("5"),
            issue: some("10"),
            pages: some("483-92"),
            doi: some("10.2307/2642446"),
            ..Work::default()
        };
        check(
            Source { work: article, ..plain("", "S. C. Cheng", "1965-10") },
            "S. C. Cheng, in Asian Survey, vol. 5, no. 10, pp. 483–92, October 1965 \
             [doi:10.2307/2642446](https://doi.org/10.2307/2642446)",
        );
        let url = |url: &str, work: Work| Source { url: some(url), work, ..Source::default() };
        let doi = |doi: &str| Work { doi: some(doi), ..Work::default() };
        check(
            url("https://doi.org/10.2307/2642446", doi("doi:10.2307/2642446")),
            " [https://doi.org/10.2307/2642446](https://doi.org/10.2307/2642446)",
        );
        check(url("", doi("10.1000/a<b>#c")), " [doi:10.1000/a<b>#c](https://doi.org/10.1000/a%3Cb%3E%23c)");
        check(url("ftp://example.org/", doi("none")), " [ftp://example.org/](-) [doi:none](-)");
        let book = Work {
            editors: some("E. One and E. Two"),
            pages: some("12"),
            edition: some("2"),
            place: some("Seoul"),
            isbn: some("978-3-16-148410-0"),
            accessed: date("2020-05-03"),
            original_date: date("1920"),
            ..Work::default()
        };
        check(
            Source { work: book, ..plain("A house", "", "1999") },
            "edited by E. One and E. Two, p. 12, 2nd edition, Seoul: A house, 1999, first published 1920, \
             ISBN 978-3-16-148410-0, accessed 3 May 2020",
        );
        let in_words = Work { edition: some("Revised ed."), pages: some("chapter 2"), ..Work::default() };
        check(Source { work: in_words, ..Source::default() }, "chapter 2, Revised ed.");
        check(Source { work: Work { place: some("Seoul"), ..Work::default() }, ..Source::default() }, "Seoul");
    }

    #[test]
    fn a_sentence_begins_with_a_capital_unless_a_name_does_not() {
        let sentence = |work: Work, publisher: &str| {
            let source = Source { work, publisher: Some(publisher.to_owned()), ..Source::default() };
            source.reference().sentence()
        };
        let container = Some("Asian Survey".to_owned());
        assert_eq!(sentence(Work { container, ..Work::default() }, "P"), "In Asian Survey, P");
        assert_eq!(sentence(Work::default(), "iUniverse"), "iUniverse");
        assert_eq!(sentence(Work::default(), ""), "");
    }

    #[test]
    fn editions_are_numbered_as_in_english() {
        let numbered = ["1", "2", "3", "4", "11", "12", "13", "21", "112"].map(edition);
        let endings = numbered.each_ref().map(|words| words.trim_end_matches(" edition"));
        assert_eq!(endings, ["1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "112th"]);
    }

    #[test]
    fn numbers_of_works_are_checked() {
        for (text, expect) in [
            ("10.1000/182", true),
            ("10.1000.10/a/b", true),
            ("10.1000/", false),
            ("10.10/a", false),
            ("10.1000/a b", false),
            ("11.1000/a", false),
            ("", false),
        ] {
            assert_eq!(is_doi(text), expect, "{text}");
        }
        for (text, expect) in [
            ("978-3-16-148410-0", true),
            ("9783161484100", true),
            ("978-3-16-148410-1", false),
            ("0-306-40615-2", true),
            ("0-8044-2957-X", true),
            ("0-8044-2957-1", false),
            ("X-8044-2957-0", false),
            ("12345", false),
            ("한국", false),
            ("", false),
        ] {
            assert_eq!(is_isbn(text), expect, "{text}");
        }
        assert_eq!(["doi: 10.1/a", "HTTPS://DOI.ORG/10.1/a", " 10.1/a "].map(bare_doi), ["10.1/a"; 3]);
    }
}
