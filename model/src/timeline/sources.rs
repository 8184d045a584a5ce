//! The sources of claims, and their names.

use std::collections::HashMap;

use super::handles::SourceIndex;
use super::quantity::number;
use crate::date::Date;

/// A work that citations refer to.
#[derive(Clone, Debug, Default)]
pub struct Source {
    /// The id in the document.
    pub id: String,
    /// Title of the work.
    pub title: String,
    /// Who wrote it.
    pub author: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// When it was published.
    pub date: Option<Date>,
    /// Whether the document marks it as undated.
    pub is_undated: bool,
    /// Its address.
    pub url: Option<String>,
    /// What else identifies it in a bibliography.
    pub work: Work,
    /// Whether another source has the same [maker](Self::maker).
    pub shares_maker: bool,
}

/// What identifies a work in a bibliography, beside its title, author, publisher and date.
#[derive(Clone, Debug, Default)]
pub struct Work {
    /// What kind of work it is.
    pub kind: Option<String>,
    /// The work that contains it.
    pub container: Option<String>,
    /// The editors.
    pub editors: Option<String>,
    /// The volume of the container.
    pub volume: Option<String>,
    /// The issue of the container.
    pub issue: Option<String>,
    /// Its pages in the container.
    pub pages: Option<String>,
    /// The edition.
    pub edition: Option<String>,
    /// Where it was published.
    pub place: Option<String>,
    /// The Digital Object Identifier.
    pub doi: Option<String>,
    /// The International Standard Book Number.
    pub isbn: Option<String>,
    /// When it was last looked up.
    pub accessed: Option<Date>,
    /// When the work was first published.
    pub original_date: Option<Date>,
}

impl Work {
    /// Returns whether it is a book or in one: its kind says so, or it has an ISBN or an edition.
    fn is_book(&self) -> bool {
        const WORDS: [&str; 9] =
            ["book", "books", "inbook", "booklet", "monograph", "incollection", "chapter", "novel", "thesis"];
        let says = |kind: &str| {
            let mut words = kind.split(|c: char| !c.is_alphanumeric());
            words.any(|word| WORDS.iter().any(|known| known.eq_ignore_ascii_case(word)))
        };
        self.kind.as_deref().is_some_and(says)
            || [&self.isbn, &self.edition].into_iter().any(|text| given(text.as_deref()).is_some())
    }
}

impl Source {
    /// Returns the date of publication in words: "10 December 2015", or "n.d." if the document marks it as undated.
    /// Returns `None` if the document does not specify it.
    #[must_use]
    pub fn date_words(&self) -> Option<String> {
        let undated = || self.is_undated.then(|| "n.d.".to_owned());
        self.date.as_ref().map(Date::words).or_else(undated)
    }

    /// Returns its web address; `None` if the address is of another kind.
    #[must_use]
    pub fn web_address(&self) -> Option<&str> {
        self.url.as_deref().map(str::trim).filter(|url| is_web(url))
    }

    /// Returns whom it is known by: the publisher, or else the author; of a book the author, or else the publisher.
    #[must_use]
    pub fn maker(&self) -> Option<&str> {
        let [publisher, author] = [&self.publisher, &self.author].map(|name| given(name.as_deref()));
        if self.work.is_book() { author.or(publisher) } else { publisher.or(author) }
    }

    /// Returns the name that identifies it among the sources: its [maker](Self::maker), or else its title.
    #[must_use]
    pub fn name(&self) -> &str {
        self.maker().filter(|_| !self.shares_maker).unwrap_or(&self.title)
    }
}

/// Returns a name, unless it is blank.
pub(super) fn given(name: Option<&str>) -> Option<&str> {
    name.map(str::trim).filter(|name| !name.is_empty())
}

/// Joins the known parts of a source.
fn joined<const N: usize>(parts: [Option<&str>; N]) -> String {
    let known: Vec<&str> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    known.join(", ")
}

/// Returns whether a text is a web address: `http://` or `https://`, in any case, followed by text without blanks.
#[must_use]
pub fn is_web(text: &str) -> bool {
    let has = |scheme: &str| {
        let rest = text.get(..scheme.len()).filter(|start| start.eq_ignore_ascii_case(scheme)).map(str::len);
        rest.and_then(|length| text.get(length..)).is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/'))
    };
    (has("https://") || has("http://")) && !text.contains(|c: char| c.is_whitespace() || c.is_control())
}

/// Returns whether a text is a web or mail address, the only kinds that a link may open.
#[must_use]
pub fn is_web_or_mail(text: &str) -> bool {
    is_web(text) || text.get(..7).is_some_and(|scheme| scheme.eq_ignore_ascii_case("mailto:"))
}

/// The makers of the sources, each named once, in document order.
#[derive(Clone, Debug, Default)]
pub struct SourceNames {
    named: Vec<Named>,
    works: usize,
}

/// One name in the source line.
#[derive(Clone, Debug)]
pub struct Named {
    /// "Council on Foreign Relations, 10 December 2015", or "Wikipedia (101 works)".
    pub words: String,
    /// The first work that it refers to.
    pub source: SourceIndex,
    /// Number of works that it refers to.
    pub works: usize,
}

impl SourceNames {
    /// Maximum number of names in a line.
    const MOST: usize = 3;

    /// Creates the names of these sources, and sets whether each of them shares its maker.
    pub(super) fn new(sources: &mut [Source]) -> Self {
        let mut works: HashMap<String, usize> = HashMap::new();
        for maker in sources.iter().filter_map(Source::maker) {
            *works.entry(maker.to_owned()).or_default() += 1;
        }
        let mut named = Vec::new();
        for (index, source) in sources.iter_mut().enumerate() {
            let shared = source.maker().and_then(|maker| works.get_mut(maker));
            source.shares_maker = shared.as_ref().is_some_and(|works| **works != 1);
            // Each maker is named only once.
            let count = shared.map_or(1, |works| if *works > 1 { std::mem::take(works) } else { *works });
            if count > 0 && named.len() < Self::MOST {
                let name = source.maker().unwrap_or(&source.title).trim();
                let named_as = if count > 1 {
                    format!("{name} ({} works)", number(count as f64))
                } else {
                    joined([Some(name), source.date_words().as_deref()])
                };
                named.push(Named { words: named_as, source: SourceIndex::new(index), works: count });
            }
        }
        Self { named, works: sources.len() }
    }

    /// Returns the names in the longest line.
    #[must_use]
    pub fn named(&self) -> &[Named] {
        &self.named
    }

    /// Returns "Sources: Wikipedia (3 works); A report, 2015; and 2 more", then variants with fewer names, for limited
    /// room.
    pub fn lines(&self) -> impl Iterator<Item = String> {
        (1..=self.named.len()).rev().filter_map(|most| {
            let named = self.named.get(..most)?;
            let makers: Vec<&str> = named.iter().map(|named| named.words.as_str()).collect();
            let more = self.works - named.iter().map(|named| named.works).sum::<usize>();
            let label = if self.works == 1 { "Source" } else { "Sources" };
            let tail = if more > 0 { format!("; and {} more", number(more as f64)) } else { String::new() };
            Some(format!("{label}: {}{tail}", makers.join("; ")))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(publisher: &str, author: &str, title: &str, year: &str) -> Source {
        Source {
            title: title.to_owned(),
            publisher: Some(publisher.to_owned()),
            author: Some(author.to_owned()),
            date: Date::parse(year).ok(),
            ..Source::default()
        }
    }

    #[test]
    fn each_maker_is_named_once() {
        let line = |mut sources: Vec<Source>| SourceNames::new(&mut sources).lines().next();
        let check = |sources, expect: &str| assert_eq!(line(sources).as_deref(), Some(expect));
        let wiki = || source("Wikipedia", "", "A page", "2020");
        check(vec![wiki()], "Source: Wikipedia, 2020");
        check(vec![wiki(), wiki()], "Sources: Wikipedia (2 works)");
        check(vec![wiki(); 101], "Sources: Wikipedia (101 works)");
        check(
            vec![wiki(), source("", "", "A title", ""), wiki(), source("", "A. Writer", "B", "1850")],
            "Sources: Wikipedia (2 works); A title; A. Writer, 1850",
        );
        check(
            vec![source("P", "", "", ""), wiki(), source("", "", "T", ""), source("Q", "", "", ""), wiki()],
            "Sources: P; Wikipedia (2 works); T; and 1 more",
        );
        assert_eq!(line(Vec::new()), None);
    }

    #[test]
    fn a_name_says_which_work() {
        let mut sources = [
            source("Wikipedia", "", "A", ""),
            source("Wikipedia", "", "B", ""),
            source("P", "", "C", ""),
            source("", " ", "D", ""),
        ];
        SourceNames::new(&mut sources);
        assert_eq!(sources.each_ref().map(Source::name), ["A", "B", "P", "D"]);
    }

    #[test]
    fn a_book_is_known_by_its_author() {
        let check = |work: Work, expect: &str| {
            let source = Source { work, ..source("A house", "A. Writer", "T", "") };
            assert_eq!(source.maker(), Some(expect), "{:?}", source.work);
            let nameless = Source { author: None, ..source };
            assert_eq!(nameless.maker(), Some("A house"));
        };
        let of = |kind: &str| Work { kind: Some(kind.to_owned()), ..Work::default() };
        check(of("Book"), "A. Writer");
        check(of("book chapter"), "A. Writer");
        check(Work { isbn: Some("978-0-00-000000-2".to_owned()), ..Work::default() }, "A. Writer");
        check(Work { edition: Some("2nd".to_owned()), ..of("") }, "A. Writer");
        check(of("report"), "A house");
        check(of("Facebook page"), "A house");
        check(Work { isbn: Some(" ".to_owned()), ..of("web page") }, "A house");
    }

    #[test]
    fn only_addresses_of_the_web_are_links() {
        for (text, expect) in [
            ("https://example.org/a?b#c", true),
            ("HTTP://example.org", true),
            ("http://", false),
            ("https:///etc/passwd", false),
            ("https://a b", false),
            ("www.example.org", false),
            ("doi:10.1000/1", false),
            ("file:///etc/passwd", false),
            ("javascript:alert(1)", false),
            ("mailto:a@example.org", false),
            ("한국", false),
            ("", false),
        ] {
            assert_eq!(is_web(text), expect, "{text}");
        }
        let opened =
            ["Https://example.org", "MAILTO:a@example.org", "file:///etc/passwd", "javascript:alert(1)", "한국한국"];
        assert_eq!(opened.map(is_web_or_mail), [true, true, false, false, false]);
    }
}
