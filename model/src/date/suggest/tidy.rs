//! Removes marks that catalogues and databases write around dates: brackets, a plus, "(?)", a full stop.

use super::pieces::collapsed;

/// Returns the text without decoration, with its marks where they are read.
pub(super) fn rewrite(text: &str) -> Vec<String> {
    let text = collapsed(text);
    if let Some(inner) = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'))
        && let Some((first, last)) = inner.split_once(['-', '\u{2013}'])
        && [first, last].iter().all(|year| year.trim().len() == 4 && year.trim().bytes().all(|b| b.is_ascii_digit()))
    {
        let (first, last) = (first.trim(), last.trim());
        return vec![format!("[{first}..{last}]"), format!("{first}/{last}")];
    }
    if let Some((_, corrected)) = text.split_once("i.e. ") {
        return vec![corrected.trim_end_matches([']', ')', '.']).to_owned()];
    }
    if let Some((first, last)) = text.split_once("..")
        && [first, last].iter().all(|year| year.trim().len() == 4 && year.trim().bytes().all(|b| b.is_ascii_digit()))
    {
        let (first, last) = (first.trim(), last.trim());
        return vec![format!("{first}/{last}"), format!("[{first}..{last}]")];
    }
    if let Some((whole, rest)) = text.split_once(',')
        && whole.bytes().all(|b| b.is_ascii_digit())
        && rest.starts_with(|c: char| c.is_ascii_digit())
        && rest.ends_with('a')
    {
        // A decimal comma: "4,5 Ga".
        return vec![format!("{whole}.{rest}")];
    }
    if let Some((date, _)) = text.split_once('^') {
        return vec![date.to_owned()];
    }
    if let Some(moments) = wikidata(&text) {
        return moments;
    }
    let rewritten = open_ends(&questions(&bare(&text)));
    if rewritten == text { Vec::new() } else { vec![rewritten] }
}

/// Removes brackets around what a cataloguer supplied, parentheses around the whole, and a full stop at the end.
fn bare(text: &str) -> String {
    let mut text = text.replace(['\u{2010}', '\u{2011}', '\u{2012}', '\u{2212}'], "-").replace('\u{2015}', "\u{2013}");
    text = text.replace("(?)", "?").replace("( ?)", "?").replace("[?]", "?").replace("[ ?]", "?");
    if !text.contains(',') && !text.contains("..") {
        text = text.replace(['[', ']'], "");
    }
    let mut rest = text.trim().trim_start_matches(['\u{a9}', ':']).trim_end_matches([',', ';', ':']).trim();
    if let Some(inner) = rest.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'))
        && !inner.contains(['(', ')'])
    {
        rest = inner.trim();
    }
    // "1915.0", as in spreadsheets.
    if let Some(year) =
        rest.strip_suffix(".0").filter(|year| year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit()))
    {
        rest = year;
    }
    // A full stop may end an abbreviation: "A.D.".
    let stop = rest.strip_suffix('.').filter(|rest| rest.ends_with(|c: char| c.is_ascii_digit() || c == '?'));
    collapsed(stop.unwrap_or(rest))
}

/// Joins a question mark to the text before it or moves it to the end, and moves "approx" from the end to the front.
fn questions(text: &str) -> String {
    let mut text = text.replace(" ?", "?");
    // In "July 4? 1776" it is not certain what the mark applies to.
    if text.matches('?').count() == 1
        && let Some((before, after)) = text.split_once('?')
        && after.starts_with([' ', ','])
        && after.bytes().any(|b| b.is_ascii_digit())
        && !after.contains(['/', '\u{2013}', '-'])
    {
        text = format!("{before}{after}?");
    }
    let lower = text.to_ascii_lowercase();
    for word in ["approximately", "approx.", "approx", "circa", "ca.", "ca", "about", "est.", "est"] {
        let Some(rest) = lower.strip_suffix(word).filter(|rest| rest.ends_with([' ', ','])) else {
            continue;
        };
        return format!("c. {}", text[..rest.len()].trim_end_matches([' ', ',']));
    }
    text
}

/// Rewrites "1470+", "1985-", "1985 to unknown", "- 1950", "pre-1750", "not after 1652" in forms that are read.
fn open_ends(text: &str) -> String {
    let lower = text.to_ascii_lowercase();
    let after = |word: &str| lower.strip_prefix(word).map(|rest| text[text.len() - rest.len()..].trim_start());
    for word in ["pre-", "pre ", "prior to "] {
        if let Some(rest) = after(word) {
            return format!("before {rest}");
        }
    }
    for word in ["post-", "post "] {
        if let Some(rest) = after(word) {
            return format!("after {rest}");
        }
    }
    for word in ["not after ", "no later than ", "not later than ", "- ", "\u{2013} ", "\u{2013}"] {
        if let Some(rest) = after(word) {
            return format!("../{rest}");
        }
    }
    for word in ["not before ", "no earlier than ", "not earlier than "] {
        if let Some(rest) = after(word) {
            return format!("{rest}/..");
        }
    }
    let before = |word: &str| lower.strip_suffix(word).map(|rest| text[..rest.len()].trim_end());
    for word in ["-?", " to unknown", "-unknown", "\u{2013}unknown", " to ?", "\u{2013}?"] {
        if let Some(rest) = before(word) {
            return format!("{rest}/");
        }
    }
    for word in
        ["+", "-", "\u{2013}", " to", " onwards", " onward", " and later", " and after", " or later", " or after"]
    {
        if let Some(rest) = before(word).filter(|rest| rest.ends_with(|c: char| c.is_ascii_alphanumeric())) {
            return format!("{rest}/..");
        }
    }
    for word in [" or earlier", " or before", " and earlier", " and before"] {
        if let Some(rest) = before(word) {
            return format!("../{rest}");
        }
    }
    text.replace(" @ ", " at ")
}

/// Rewrites a Wikidata time, which has a sign and seconds, as a day, with the time of day unless it is midnight.
fn wikidata(text: &str) -> Option<Vec<String>> {
    let unsigned = text.strip_prefix('+')?;
    let (day, time) = unsigned.split_once('T').unwrap_or((unsigned, ""));
    if !day.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    // Wikidata writes midnight for an unknown time of day.
    if time.is_empty() || time.starts_with("00:00") { Some(vec![day.into()]) } else { Some(vec![unsigned.into()]) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decorations() {
        for (text, expect) in [
            ("1862 (?)", "1862?"),
            ("[1997]-[1998]", "1997-1998"),
            ("1644].", "1644"),
            ("© 2002", "2002"),
            ("1915.0", "1915"),
            ("July 4?, 1776", "July 4, 1776?"),
            ("1627 [i.e. 1646]", "1646"),
            ("2001-21^xyz", "2001-21"),
            ("(c. 1850)", "c. 1850"),
            ("1860 approx", "c. 1860"),
            ("1920 ca", "c. 1920"),
            ("19th century, est.", "c. 19th century"),
            ("1470+", "1470/.."),
            ("1985-", "1985/.."),
            ("1985 to unknown", "1985/"),
            ("1985-?", "1985/"),
            ("- 1950", "../1950"),
            ("pre-1750", "before 1750"),
            ("not after 1652", "../1652"),
            ("June 6 2009 @ 22:55", "June 6 2009 at 22:55"),
            ("+1965-06-22T00:00:00Z", "1965-06-22"),
            ("+1965-00-00T00:00:00Z", "1965-00-00"),
            ("+1965-06-22T14:30:00Z", "1965-06-22T14:30:00Z"),
        ] {
            assert_eq!(rewrite(text), [expect], "{text}");
        }
        assert_eq!(rewrite("1850..1860"), ["1850/1860", "[1850..1860]"]);
        assert_eq!(rewrite("4,5 Ga"), ["4.5 Ga"]);
        assert_eq!(rewrite("[1862-1865]"), ["[1862..1865]", "1862/1865"]);
        for text in ["1965", "44 B.C.", "[1667,1668]", "-", "--", ""] {
            assert!(rewrite(text).is_empty(), "{text}");
        }
    }
}
