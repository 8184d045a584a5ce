//! The text of pages: without what is above and below the text of each of them, and with whole words.

use std::collections::{HashMap, HashSet};

use super::lines::Line;

/// Number of lines at the top and at the bottom of a page that may be the same on all of them.
const EDGE: usize = 2;

/// Takes out the lines at the top and at the bottom of pages that repeat. Returns how many there were.
pub(super) fn remove_repeated(pages: &mut [Vec<Vec<Line>>]) -> usize {
    let edges: Vec<Vec<(f32, String)>> = pages.iter().map(|page| edges(page)).collect();
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for (_, pattern) in edges.iter().flatten() {
        *counts.entry(pattern).or_default() += 1;
    }
    let least = (pages.len() / 5).max(3);
    let mut removed = 0;
    for (page, edges) in pages.iter_mut().zip(&edges) {
        let repeated: Vec<&(f32, String)> =
            edges.iter().filter(|(_, pattern)| counts.get(&**pattern).is_some_and(|count| *count >= least)).collect();
        for paragraph in &mut *page {
            paragraph.retain(|line| {
                let is_repeated =
                    repeated.iter().any(|(y, pattern)| *y == line.y && *pattern == pattern_of(&line.text));
                removed += usize::from(is_repeated);
                !is_repeated
            });
        }
        page.retain(|paragraph| !paragraph.is_empty());
    }
    removed
}

/// Returns the lines at the top and at the bottom of a page, by their place and with their numbers as signs.
fn edges(page: &[Vec<Line>]) -> Vec<(f32, String)> {
    let mut lines: Vec<&Line> = page.iter().flatten().collect();
    let mut edges = Vec::new();
    for number in 0..2 * EDGE {
        let height = |at: &usize| lines.get(*at).map_or(0.0, |line| if number < EDGE { line.y } else { -line.y });
        let Some(next) = (0..lines.len()).max_by(|a, b| height(a).total_cmp(&height(b))) else { break };
        let line = lines.swap_remove(next);
        edges.push((line.y, pattern_of(&line.text)));
    }
    edges
}

/// Returns a text with a sign in the place of each number of up to three digits, so that "Page 3" and "Page 12" are the
/// same, and lines of two years are not.
fn pattern_of(text: &str) -> String {
    let mut pattern = String::new();
    for word in text.split_whitespace() {
        if !pattern.is_empty() {
            pattern.push(' ');
        }
        if word.bytes().all(|byte| matches!(byte, b'i' | b'v' | b'x' | b'l')) {
            pattern.push('#');
            continue;
        }
        for part in word.split_inclusive(|c: char| !c.is_numeric()) {
            let number = part.trim_end_matches(|c: char| !c.is_numeric());
            let is_short = !number.is_empty() && number.len() <= 3;
            pattern.push_str(if is_short { "#" } else { number });
            pattern.push_str(part.get(number.len()..).unwrap_or_default());
        }
    }
    pattern
}

/// Returns the text of pages, with form feeds between them, and blank lines between paragraphs.
pub(super) fn text(pages: &[Vec<Vec<Line>>]) -> String {
    let pages: Vec<Vec<Vec<String>>> = pages
        .iter()
        .map(|page| page.iter().map(|lines| lines.iter().map(|line| clean(&line.text)).collect()).collect())
        .collect();
    let compounds = compounds(pages.iter().flatten().flatten());
    let mut texts: Vec<String> = Vec::new();
    for page in pages {
        let paragraphs: Vec<String> = page.into_iter().map(|lines| paragraph(lines, &compounds)).collect();
        texts.push(paragraphs.join("\n\n"));
    }
    finish_sentences(&mut texts);
    texts.join("\n\u{c}")
}

/// Returns a text with the characters that one types: letters that are joined in print are apart.
fn clean(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    for c in text.trim().chars() {
        match c {
            'ﬀ' => clean.push_str("ff"),
            'ﬁ' => clean.push_str("fi"),
            'ﬂ' => clean.push_str("fl"),
            'ﬃ' => clean.push_str("ffi"),
            'ﬄ' => clean.push_str("ffl"),
            'ﬅ' | 'ﬆ' => clean.push_str("st"),
            c if c.is_whitespace() => clean.push(' '),
            c if c.is_control() => {}
            c => clean.push(c),
        }
    }
    // A soft hyphen is seen at the end of a line only.
    let is_divided = clean.ends_with('\u{ad}');
    clean.retain(|c| c != '\u{ad}');
    if is_divided {
        clean.push('\u{ad}');
    }
    clean
}

/// Returns the words with hyphens that are within lines.
fn compounds<'l>(lines: impl Iterator<Item = &'l String>) -> HashSet<String> {
    let words = lines.flat_map(|line| line.split(|c: char| !c.is_alphabetic() && c != '-'));
    let words = words.filter(|word| word.trim_matches('-').contains('-'));
    words.map(|word| word.trim_matches('-').to_lowercase()).collect()
}

/// Joins the lines of a paragraph; a word that is divided at the end of a line is whole, on the first one.
fn paragraph(lines: Vec<String>, compounds: &HashSet<String>) -> String {
    let mut text = String::new();
    for line in lines {
        let mut rest = &*line;
        let whole = text.strip_suffix(['-', '\u{ad}', '\u{2010}']).filter(|text| text.ends_with(char::is_alphabetic));
        if let Some(whole) = whole.filter(|_| line.starts_with(char::is_lowercase)) {
            let tail = whole.rsplit(|c: char| !c.is_alphabetic() && c != '-').next().unwrap_or_default();
            let end = line.find(|c: char| !c.is_alphabetic() && c != '-').unwrap_or(line.len());
            let compound = format!("{tail}-{}", line.get(..end).unwrap_or_default()).to_lowercase();
            let is_soft = text.ends_with('\u{ad}');
            let length = whole.len();
            if is_soft || !compounds.contains(&compound) {
                text.truncate(length);
            }
            let end = line.find(' ').unwrap_or(line.len());
            text.push_str(line.get(..end).unwrap_or_default());
            rest = line.get(end..).unwrap_or_default().trim_start();
        }
        if !text.is_empty() && !rest.is_empty() {
            text.push('\n');
        }
        text.push_str(rest);
    }
    text
}

/// Moves the end of a sentence that goes on over the end of a page to that page.
fn finish_sentences(texts: &mut [String]) {
    for at in 1..texts.len() {
        let Some([before, after]) = texts.get_mut(at - 1..=at) else { continue };
        let is_open = before.trim_end().ends_with(|c: char| c.is_lowercase() || matches!(c, ',' | '-' | '\u{ad}'));
        if !is_open || !after.starts_with(char::is_lowercase) {
            continue;
        }
        let paragraph = after.find("\n\n").unwrap_or(after.len());
        let end = after.get(..paragraph).unwrap_or_default().match_indices(['.', '!', '?']).find_map(|(at, sign)| {
            let rest = after.get(at + sign.len()..)?;
            rest.starts_with(char::is_whitespace).then_some(at + sign.len())
        });
        let end = end.unwrap_or(paragraph);
        let rest = after.split_off(end);
        let whole = std::mem::replace(after, rest.trim_start().to_owned());
        let is_divided = before.ends_with('-') || before.ends_with('\u{ad}');
        if is_divided {
            before.pop();
        } else {
            before.push('\n');
        }
        before.push_str(&whole);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str, y: f32) -> Line {
        Line { text: text.to_owned(), left: 0.0, right: 100.0, y, size: 10.0 }
    }

    #[test]
    fn what_repeats_on_pages_is_left_out() {
        let page = |number: usize| {
            vec![
                vec![line("Annual Report 1998", 800.0)],
                vec![line(&format!("In 196{number} it was so."), 700.0), line(&"Text ".repeat(number), 690.0)],
                vec![line(&format!("– {number} –"), 20.0)],
            ]
        };
        let mut pages: Vec<_> = (1..5).map(page).collect();
        assert_eq!(remove_repeated(&mut pages), 8);
        assert_eq!(text(&pages[..2]), "In 1961 it was so.\nText\n\u{c}In 1962 it was so.\nText Text");
        let mut few: Vec<_> = (1..3).map(page).collect();
        assert_eq!(remove_repeated(&mut few), 0);
    }

    #[test]
    fn divided_words_are_whole() {
        let check = |lines: &[&str], expect: &str| {
            let lines: Vec<Line> = lines.iter().map(|text| line(text, 0.0)).collect();
            assert_eq!(text(&[vec![lines]]), expect);
        };
        check(&["It was a diplo-", "matic success"], "It was a diplomatic\nsuccess");
        check(
            &["a nineteenth-century", "and a nineteenth-", "century house"],
            "a nineteenth-century\nand a nineteenth-century\nhouse",
        );
        check(&["soft\u{ad}ly so\u{ad}", "ft"], "softly soft");
        check(&["1914-", "18 and Anglo-", "Saxon"], "1914-\n18 and Anglo-\nSaxon");
        check(&["the ﬁrst oﬃce"], "the first office");
    }

    #[test]
    fn a_sentence_that_goes_on_is_on_the_page_where_it_begins() {
        let page = |text: &str| vec![vec![line(text, 0.0)]];
        let found = text(&[page("In 1965 the treaty was"), page("signed. It rained."), page("New.")]);
        assert_eq!(found, "In 1965 the treaty was\nsigned.\n\u{c}It rained.\n\u{c}New.");
    }
}
