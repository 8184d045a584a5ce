//! HTML -> `CommonMark`, with what cannot be in it counted.

use super::limits::MOST_PROSE;
use crate::prose::{Block, Html, Look, Span, from_html, is_html, words, write};

/// What is said of a text that is read in part.
const REST: &str = "the end of a text longer than 2 MiB";

/// A text as `CommonMark`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prose {
    /// The text.
    pub text: String,
    /// The addresses and alternative texts of its pictures, in their order.
    pub pictures: Vec<[String; 2]>,
    /// What was dropped: elements with their content, and the end of a text that is too long.
    pub dropped: Vec<String>,
}

/// Returns what is read of a text, and whether that is less than all of it.
fn read(text: &str) -> (&str, bool) {
    let end = text.floor_char_boundary(MOST_PROSE);
    (text.get(..end).unwrap_or_default(), end < text.len())
}

/// Returns a text that may be HTML as `CommonMark`. If it is not, its lines and paragraphs stay, and its words mean
/// themselves: asterisks and the like are escaped where they would not.
#[must_use]
pub fn prose(text: &str) -> Prose {
    let (read, is_cut) = read(text);
    if is_html(read) {
        return html(text);
    }
    let dropped = is_cut.then(|| REST.to_owned()).into_iter().collect();
    Prose { text: as_commonmark(read), dropped, ..Prose::default() }
}

/// Returns a text of a format whose texts are HTML as `CommonMark`: line breaks are spaces, even if it has no tags.
#[must_use]
pub fn html(text: &str) -> Prose {
    let html = blocks(text);
    Prose { text: write(&html.blocks), pictures: html.media, dropped: html.dropped }
}

/// Returns the blocks of HTML. What is dropped of it is named as a person knows it.
pub(super) fn blocks(text: &str) -> Html {
    let (read, is_cut) = read(text);
    let mut html = from_html(read);
    for name in &mut html.dropped {
        *name = format!("<{name}>");
    }
    html.dropped.extend(is_cut.then(|| REST.to_owned()));
    html
}

/// Returns the words of a text that may be HTML, on one line: for titles and names.
#[must_use]
pub fn plain(text: &str) -> String {
    let (read, _) = read(text);
    if is_html(read) { words(&from_html(read).blocks) } else { text.split_whitespace().collect::<Vec<_>>().join(" ") }
}

/// Returns plain text as `CommonMark`.
fn as_commonmark(text: &str) -> String {
    /// Minimum length of a line that was broken because it is full, in characters.
    const FULL: usize = 60;
    let mut blocks: Vec<Block> = Vec::new();
    let mut paragraph = String::new();
    let mut is_full = false;
    for line in text.lines().map(str::trim).chain([""]) {
        if line.is_empty() {
            if !paragraph.is_empty() {
                let spans = vec![Span { text: std::mem::take(&mut paragraph), look: Look::default() }];
                blocks.push(Block { spans, ..Block::default() });
            }
            continue;
        }
        if !paragraph.is_empty() {
            paragraph.push(if is_full { ' ' } else { '\n' });
        }
        is_full = line.chars().count() >= FULL;
        paragraph.extend(line.chars().map(|c| if c == '\t' { ' ' } else { c }).filter(|c| !c.is_control()));
    }
    write(&blocks)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_stays_as_it_is() {
        let check = |text: &str, expect: &str| assert_eq!(prose(text).text, expect, "{text:?}");
        check("", "");
        check(" R&D, 5 < 6, a_b, [1], 2 * 3, “x”. ", "R&D, 5 < 6, a_b, [1], 2 * 3, “x”.");
        check("Two lines\r\nof an address\n\nA paragraph", "Two lines\\\nof an address\n\nA paragraph");
        check("*not a look*", "\\*not a look\\*");
        check("- one\n- two", "\\- one\\\n\\- two");
        check("See https://e.org/a_b_c?x=1&y=2.", "See https://e.org/a_b_c?x=1&y=2.");
        let full = "A line that is as long as lines are when a program breaks them at spaces\nends here.";
        check(full, &full.replace('\n', " "));
    }

    #[test]
    fn titles_are_words() {
        let check = |text: &str, expect: &str| assert_eq!(plain(text), expect, "{text:?}");
        check("The <i>Great</i> Eastern<br>sails", "The Great Eastern sails");
        check(" AT&amp;T &lt;3 ", "AT&T <3");
        check("a *b* <c> d", "a *b* <c> d");
        check("<img src=x>", "");
    }
}
