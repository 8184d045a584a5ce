//! Numbers and months joined by a hyphen or a slash: `1914-18`, `1731/32`, `11-Sep-2001`.

use super::lexicon::{self, Word};

/// Returns `true` if digits, a hyphen and marks can only be two years: `1914-1918`, `1997-98?`, `476-493`. Returns
/// `false` if the second number may be a month or the code of a season.
pub(super) fn joins_years(written: &str) -> bool {
    let written = written.trim_end_matches(['?', '~', '%']);
    let Some((first, last)) = written.split_once('-') else {
        return false;
    };
    let is_number = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    // No component of an ISO date has three digits.
    if first.len() == 3 && is_number(first) && is_number(last) {
        return match last.len() {
            2 => first[1..] < *last,
            3 => first < last,
            length => length == 4,
        };
    }
    if first.len() != 4 || !is_number(first) || !is_number(last) {
        return false;
    }
    match last.parse::<u16>() {
        Ok(value @ (13..=20 | 42..=99)) if last.len() == 2 => {
            first[2..].parse::<u16>().is_ok_and(|first| value > first)
        }
        Ok(_) => last.len() == 4,
        Err(_) => false,
    }
}

/// Returns `true` if the slash at a byte is that of a dual year, "11 February 1731/32", next to a month or season.
pub(super) fn is_dual_year(text: &str, slash: usize) -> bool {
    let bytes = text.as_bytes();
    let digits = bytes[..slash].iter().rev().take_while(|b| b.is_ascii_digit()).count();
    let start = slash - digits;
    let free = start == 0 || !matches!(bytes[start - 1], b'-' | b'/');
    let Some(end) = dual_year(bytes, start, bytes.len()).filter(|_| free) else {
        return false;
    };
    let is_word = |word: &str| matches!(lexicon::meaning(word), Some(Word::Month(_) | Word::Season(_)));
    // "21 February", "February 21st," before it; "Feb. 21" after it.
    let between = |c: char| c.is_ascii_digit() || c.is_whitespace() || matches!(c, ',' | '.');
    let before = text[..start].trim_end_matches(between);
    let before = ["st", "nd", "rd", "th"]
        .iter()
        .find_map(|end| before.strip_suffix(end))
        .filter(|rest| rest.ends_with(|c: char| c.is_ascii_digit()))
        .map_or(before, |rest| rest.trim_end_matches(between));
    let last = before
        .rfind(|c: char| !c.is_alphabetic())
        .map_or(before, |at| before[at..].trim_start_matches(|c: char| !c.is_alphabetic()));
    let after = text[end..].trim_start_matches(between);
    let first = after.find(|c: char| !c.is_alphabetic()).map_or(after, |at| &after[..at]);
    is_word(last) || is_word(first)
}

/// Returns the end of a dual year that begins at a byte, `1731/32` or `1731/2`: two consecutive years.
pub(super) fn dual_year(text: &[u8], at: usize, end: usize) -> Option<usize> {
    let digits = |from: usize| text[from..end].iter().take_while(|b| b.is_ascii_digit()).count();
    let first = digits(at);
    if !(3..=4).contains(&first) || text.get(at + first).filter(|_| at + first < end) != Some(&b'/') {
        return None;
    }
    let start = at + first + 1;
    let last = digits(start);
    let value = |from: usize, length: usize| {
        text[from..from + length].iter().fold(0_u32, |value, digit| value * 10 + u32::from(digit - b'0'))
    };
    let modulus = match last {
        1 => 10,
        2 => 100,
        _ => return None,
    };
    let past = start + last;
    let free = text.get(past).filter(|_| past < end).is_none_or(|&b| b != b'/');
    (free && (value(at, first) + 1) % modulus == value(start, last)).then_some(past)
}

/// Returns the end of a date that begins at a byte and has a month in letters between hyphens, `11-Sep-2001`,
/// `2001-Sep-11`, `Sep-11-2001` or `1968-Mar`, or `at` if there is none.
pub(super) fn glued_date(text: &str, at: usize, end: usize) -> usize {
    let bytes = text.as_bytes();
    let mut lengths = [0; 3];
    let (mut from, mut count, mut month) = (at, 0, None);
    loop {
        let run = |accept: fn(&u8) -> bool| bytes[from..end].iter().take_while(|&b| accept(b)).count();
        let (digits, letters) = (run(u8::is_ascii_digit), run(u8::is_ascii_alphabetic));
        if count == 3 || digits > 4 || digits == 0 && letters < 3 {
            return at;
        }
        if letters > 0 {
            if month.is_some() || !matches!(lexicon::meaning(&text[from..from + letters]), Some(Word::Month(_))) {
                return at;
            }
            month = Some(count);
        }
        lengths[count] = digits;
        count += 1;
        from += digits + letters;
        // A full stop after an abbreviated month.
        from += usize::from(letters > 0 && from < end && bytes[from] == b'.');
        if from >= end || bytes[from] != b'-' {
            break;
        }
        from += 1;
    }
    let rest = text[from..end].trim_start();
    let ends = from >= end || !bytes[from].is_ascii_alphanumeric();
    let glued = match (count, month, lengths) {
        (3, Some(1), [1..=2, _, 2..=4] | [3..=4, _, 1..=2]) | (3, Some(0), [_, 1..=2, 4]) => ends,
        // "1970-June 1971" is from 1970 to June 1971.
        (2, Some(1), [4, ..]) => ends && !rest.starts_with(|c: char| c.is_ascii_digit()),
        _ => false,
    };
    if glued { from } else { at }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_years_or_not() {
        let check = |written: &str, expect: bool| assert_eq!(joins_years(written), expect, "{written}");
        for years in ["1914-1918", "1997-98?", "1914-18", "476-493", "476-93", "1618-2024"] {
            check(years, true);
        }
        // The second number may be a month, a season, or neither.
        for other in ["1914-12", "1914-21", "1998-97", "493-476", "1914", "1914-", "1914-018", "14-18", "19X4-18"] {
            check(other, false);
        }
    }

    #[test]
    fn dual_years() {
        let check = |text: &str, expect: bool| {
            let slash = text.find('/').unwrap_or_default();
            assert_eq!(is_dual_year(text, slash), expect, "{text}");
        };
        for dual in ["11 February 1731/32", "Feb. 11th, 1731/2", "winter 1916/17", "1731/32 Feb 11", "Feb 1699/00"] {
            check(dual, true);
        }
        for other in ["1750/51", "11 February 1731/35", "1731-02-11/12", "March 1965/1966", "c. 1750/51"] {
            check(other, false);
        }
    }

    #[test]
    fn months_between_hyphens() {
        let check = |text: &str, expect: usize| assert_eq!(glued_date(text, 0, text.len()), expect, "{text}");
        check("11-Sep-2001", 11);
        check("2001-Sep-11 to", 11);
        check("Sep.-11-2001", 12);
        check("1968-Mar", 8);
        for other in ["1970-June 1971", "11-Foo-2001", "11-12-2001", "1914-1918", "Sep-Oct 2001", "11-Sep"] {
            check(other, 0);
        }
    }
}
