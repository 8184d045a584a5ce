//! Spans with a shortened second end, or with a first end that omits what the second contains.

use super::pieces::{collapsed, number};

/// Words before a span that apply to both of its ends.
const QUALIFIERS: [&str; 9] = ["circa", "ca.", "ca", "c.", "c", "about", "approximately", "approx.", "approx"];

/// Rewrites "1558/9", "1868-1871?", "3000-2500 BC", "1247-8", "1850s-60s" as spans of whole years or decades.
pub(super) fn rewrite(text: &str) -> Vec<String> {
    let (text, about) = without_qualifier(text);
    let (text, era) = without_era(text);
    let Some((first, last)) = text.split_once(['-', '\u{2013}', '\u{2014}', '/']) else {
        return Vec::new();
    };
    let (first, last) = (first.trim(), last.trim());
    let (last, marks) = match last.find(['?', '~', '%']) {
        Some(at) => last.split_at(at),
        None => (last, ""),
    };
    if !matches!(marks, "" | "?" | "~" | "%") {
        return Vec::new();
    }
    match (decade(first), decade(last)) {
        (None, None) => {}
        (start, end) => return decades(start, end, first, last),
    }
    let (Some(start), Some(end)) = (number(first), number(last)) else {
        return Vec::new();
    };
    if start.1 < 3 && era.is_empty() {
        return Vec::new();
    }
    let with = |year: String| format!("{year}{era}{}", if about { "~" } else { marks });
    let span = |end: u64| {
        let plain = format!("{first}{era}{}", if about { "~" } else { "" });
        let end = with(format!("{end:0width$}", width = start.1));
        // EDTF marks are only allowed after years without an era.
        if about && !era.is_empty() {
            vec![format!("c. {first}{era} \u{2013} c. {end}", end = end.trim_end_matches('~'))]
        } else {
            vec![format!("{plain}/{end}")]
        }
    };
    let Some(whole) = completed(start, end, era == " BCE") else {
        return month(first, end, marks).into_iter().collect();
    };
    let mut found = if whole < start.0 && era.is_empty() { vec![format!("{last}/{first}")] } else { span(whole) };
    if !about && era.is_empty() {
        found.extend(month(first, end, marks));
    }
    found
}

/// Returns the second year of a span, with the digits that it has in common with the first.
fn completed(start: (u64, usize), end: (u64, usize), before: bool) -> Option<u64> {
    let ((first, first_width), (last, width)) = (start, end);
    if width >= first_width {
        return (width == first_width && first != last || width > first_width).then_some(last);
    }
    let step = 10_u64.pow(u32::try_from(width).ok()?);
    let whole = first / step * step + last;
    match whole {
        _ if before => (whole < first).then_some(whole),
        // "1699/00" is the year after 1699.
        _ if whole < first => (whole + step == first + 1).then_some(whole + step),
        _ => (whole > first).then_some(whole),
    }
}

/// Returns the month that four digits and one or two more may be.
fn month(year: &str, end: (u64, usize), marks: &str) -> Option<String> {
    let is_month = year.len() == 4 && end.1 <= 2 && (1..=12).contains(&end.0);
    is_month.then(|| format!("{year}-{:02}{marks}", end.0))
}

fn without_qualifier(text: &str) -> (&str, bool) {
    let text = text.trim();
    for word in QUALIFIERS {
        let matches = text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
        let rest = text.get(word.len()..).unwrap_or_default();
        if matches && rest.starts_with(|c: char| c == ' ' || c.is_ascii_digit()) {
            return (rest.trim_start(), true);
        }
    }
    (text, false)
}

/// Returns the text without the era at its end, and the era as it is written after a year.
fn without_era(text: &str) -> (&str, &'static str) {
    for (word, era) in
        [("BCE", " BCE"), ("B.C.E.", " BCE"), ("B.C.", " BCE"), ("BC", " BCE"), ("CE", ""), ("A.D.", ""), ("AD", "")]
    {
        let start = text.len().saturating_sub(word.len());
        if text.get(start..).is_some_and(|end| end.eq_ignore_ascii_case(word)) {
            return (text.get(..start).unwrap_or_default().trim_end(), era);
        }
    }
    (text, "")
}

/// Returns the first year of a decade: 60 for "60s" and "60's".
fn decade(text: &str) -> Option<(u64, usize)> {
    let digits =
        text.strip_suffix("'s").or_else(|| text.strip_suffix("\u{2019}s")).or_else(|| text.strip_suffix('s'))?;
    number(digits).filter(|(value, _)| value.is_multiple_of(10))
}

/// Rewrites a span with a decade at one end or both.
fn decades(start: Option<(u64, usize)>, end: Option<(u64, usize)>, first: &str, last: &str) -> Vec<String> {
    let (Some(begin), Some(end)) = (start.or_else(|| number(first)), end.or_else(|| number(last))) else {
        return Vec::new();
    };
    if begin.1 != 4 {
        return Vec::new();
    }
    let Some(end) = completed(begin, end, false) else {
        return Vec::new();
    };
    let mask = |year: u64| format!("{:03}X", year / 10);
    let begin = if start.is_some() || begin.0.is_multiple_of(10) { mask(begin.0) } else { first.to_owned() };
    vec![format!("{begin}/{}", mask(end))]
}

/// Rewrites "25 Dec - 2 Jan 2016" and "1776 May 4 - July 10": an end without a year takes the other's, or the year
/// before.
pub(super) fn share(text: &str) -> Vec<String> {
    let joints = [" - ", "\u{2013}", "\u{2014}", " to ", "-"];
    let Some((left, right)) = joints.iter().find_map(|joint| text.split_once(joint)) else {
        return Vec::new();
    };
    let (left, right) = (collapsed(left), collapsed(right));
    let has_word = |text: &str| text.contains(|c: char| c.is_ascii_alphabetic());
    if !has_word(&left) || !has_word(&right) {
        return Vec::new();
    }
    match (year_of(&left), year_of(&right)) {
        (None, Some(year)) => {
            vec![format!("{left} {year}/{right}"), format!("{left} {}/{right}", year.saturating_sub(1))]
        }
        (Some(year), None) => vec![format!("{left}/{right} {year}")],
        _ => Vec::new(),
    }
}

/// Swaps the ends of "2015–1965", "31–44 BCE", "5th–6th century BCE".
pub(super) fn swap(text: &str) -> Vec<String> {
    let Some((left, dash, right)) = ["\u{2013}", "\u{2014}", "-", " to "].into_iter().find_map(|dash| {
        let (left, right) = text.split_once(dash)?;
        Some((left.trim(), dash, right.trim()))
    }) else {
        return Vec::new();
    };
    // What follows the second end applies to both, if the first end is one word.
    let (second, rest) = match right.split_once(' ') {
        Some((second, rest)) if !left.contains(' ') => (second, format!(" {rest}")),
        _ => (right, String::new()),
    };
    let starts = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
    let dash = if dash == "-" { "\u{2013}" } else { dash };
    if starts(left) && starts(second) && !text.contains([',', ';']) {
        vec![format!("{second}{dash}{left}{rest}")]
    } else {
        Vec::new()
    }
}

/// Returns the number of four digits in a text, or `None` unless there is exactly one.
fn year_of(text: &str) -> Option<u64> {
    let mut years = text.split(|c: char| !c.is_ascii_digit()).filter(|digits| digits.len() == 4);
    let year = years.next()?.parse().ok()?;
    years.next().is_none().then_some(year)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_cut_short() {
        let check = |text: &str, expect: &[&str]| assert_eq!(rewrite(text), expect, "{text}");
        check("1618\u{2013}48", &["1618/1648"]);
        check("1558/9", &["1558/1559", "1558-09"]);
        check("1444 - 76", &["1444/1476"]);
        check("1247-8", &["1247/1248", "1247-08"]);
        check("1699/00", &["1699/1700"]);
        check("1868-1871?", &["1868/1871?"]);
        check("c. 1510-15", &["1510~/1515~"]);
        check("3000-2500 BC", &["3000 BCE/2500 BCE"]);
        check("c. 3000-2500 BC", &["c. 3000 BCE \u{2013} c. 2500 BCE"]);
        check("44-31 BCE", &["44 BCE/31 BCE"]);
        check("1997-1998 A.D.", &["1997/1998"]);
        check("1995 - 1992", &["1992/1995"]);
        check("1965-43", &[]);
        check("1901-2", &["1901/1902", "1901-02"]);
        for text in ["1965", "44-31", "1965-1965", "hello", "-", "1-2-3", "1850-xx", ""] {
            check(text, &[]);
        }
    }

    #[test]
    fn decades_cut_short() {
        let check = |text: &str, expect: &[&str]| assert_eq!(rewrite(text), expect, "{text}");
        check("1850s-60s", &["185X/186X"]);
        check("1970-80's", &["197X/198X"]);
        check("1912-1920's", &["1912/192X"]);
        check("1850s-1860s", &["185X/186X"]);
    }

    #[test]
    fn ends_in_the_wrong_order() {
        for (text, expect) in [
            ("31\u{2013}44 BCE", "44\u{2013}31 BCE"),
            ("2-3 ka", "3\u{2013}2 ka"),
            ("5th\u{2013}6th century BCE", "6th\u{2013}5th century BCE"),
            ("10 May 1970 to 3 May 1970", "3 May 1970 to 10 May 1970"),
        ] {
            assert_eq!(swap(text), [expect], "{text}");
        }
        assert!(swap("1965").is_empty() && swap("-").is_empty() && swap("").is_empty());
    }

    #[test]
    fn a_year_said_once() {
        assert_eq!(share("25 Dec - 2 Jan 2016"), ["25 Dec 2016/2 Jan 2016", "25 Dec 2015/2 Jan 2016"]);
        assert_eq!(share("1776 May 4 - July 10"), ["1776 May 4/July 10 1776"]);
        assert!(share("1965 - 1966").is_empty() && share("May 1965 - June 1966").is_empty() && share("").is_empty());
    }
}
