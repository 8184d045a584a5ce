//! Sources, as cells name them.

use super::super::html::plain;
use crate::document;

/// Returns whether a text is an address of the web.
pub(super) fn is_address(text: &str) -> bool {
    let is_begun = |begin: &str| text.get(..begin.len()).is_some_and(|head| head.eq_ignore_ascii_case(begin));
    is_begun("http://") || is_begun("https://")
}

/// Returns the texts of the sources in a cell: one on a line; addresses with spaces or semicolons between them; or with
/// semicolons between them if each has a year or an address, which between the authors of one source they have not.
pub(super) fn sources(text: &str) -> Vec<&str> {
    let pieces = |is_between: fn(char) -> bool| text.split(is_between).map(str::trim).filter(|piece| !piece.is_empty());
    let addresses = || pieces(|c| c.is_whitespace() || matches!(c, ';' | '|'));
    if is_address(text) && addresses().all(is_address) {
        return addresses().map(|piece| piece.trim_end_matches(',')).collect();
    }
    let is_whole = |piece: &str| has_year(piece) || piece.split([' ', '(', '<']).any(is_address);
    let of_line = |line: &'_ str| line.contains(';') && line.split(';').map(str::trim).all(is_whole);
    let lines = pieces(|c| c == '\n');
    lines.flat_map(|line| if of_line(line) { line.split(';').map(str::trim).collect() } else { vec![line] }).collect()
}

/// Returns whether a text has a year of four digits.
fn has_year(text: &str) -> bool {
    let numbers = text.split(|c: char| !c.is_ascii_digit());
    numbers.filter(|digits| digits.len() == 4).any(|digits| ("1000".."2100").contains(&digits))
}

/// Returns the source of a text: its address, if it has one, apart from its title.
pub(super) fn source(text: &str) -> document::Source {
    let line = plain(text);
    let address = line.split([' ', '<', '>', '(', ')']).find(|word| is_address(word)).map(str::to_owned);
    let Some(url) = address else { return document::Source { title: line, ..document::Source::default() } };
    let title = line.replace(&url, "");
    let title = title
        .trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '<' | '>' | '(' | ')' | '-' | '–'));
    let title = if title.is_empty() {
        let bare = url.split_once("://").map_or(url.as_str(), |(_, bare)| bare);
        bare.trim_start_matches("www.").trim_end_matches('/').to_owned()
    } else {
        title.to_owned()
    };
    document::Source { title, url: Some(url), ..document::Source::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_have_titles_and_addresses() {
        let check = |text: &str, title: &str, url: Option<&str>| {
            let found = source(text);
            assert_eq!((found.title.as_str(), found.url.as_deref()), (title, url), "{text}");
        };
        check("Smith 1999", "Smith 1999", None);
        check("https://www.e.org/a/", "e.org/a", Some("https://www.e.org/a/"));
        check("Smith, https://e.org/a", "Smith", Some("https://e.org/a"));
        check("Smith (https://e.org/a)", "Smith", Some("https://e.org/a"));
        assert_eq!(sources("https://a.org; https://b.org"), ["https://a.org", "https://b.org"]);
        assert_eq!(sources("Smith; Miller\nJones"), ["Smith; Miller", "Jones"]);
        assert_eq!(sources("Smith 1999, p. 3; Miller (2001)"), ["Smith 1999, p. 3", "Miller (2001)"]);
        assert_eq!(sources("Smith, A.; Miller, B. (1999): Title"), ["Smith, A.; Miller, B. (1999): Title"]);
        assert_eq!(sources("Report, https://a.org/; Smith 1999"), ["Report, https://a.org/", "Smith 1999"]);
        assert!(sources(" ").is_empty());
    }
}
