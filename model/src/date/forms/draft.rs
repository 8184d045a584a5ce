//! The syntax of the EDTF draft of 2012, and the dashes of older library catalogues.
//!
//! `u` and `x` for unspecified digits, `open` and `unknown` for the ends of an interval, `?~` for `%`, a lower-case `y`
//! with `e` and `p`, marks on groups in parentheses, `^southernHemisphere`; and `19--`, `195-`, `195?` of the
//! Anglo-American Cataloguing Rules (AACR2 1.4F7). EDTF 2012:
//! <https://www.loc.gov/standards/datetime/pre-submission.html>.

use super::rewriting::Rewriting;
use crate::date::error::{Caution, DateError};

/// Rewrites each date of the draft in the syntax of the standard of 2019.
#[expect(clippy::unnecessary_wraps, reason = "as the other forms")]
pub(super) fn rewrite(rewriting: &mut Rewriting) -> Result<(), DateError> {
    let text = std::mem::take(&mut rewriting.text);
    let is_sign = |b: &u8| matches!(b, b'u' | b'x' | b'U' | b'y' | b'Y' | b'?' | b'~' | b'-' | b'(' | b'^' | b'/');
    if !text.as_bytes().iter().any(is_sign) {
        rewriting.text = text;
        return Ok(());
    }
    let mut start = 0;
    for (at, character) in text.char_indices().chain([(text.len(), ' ')]) {
        if !(at == text.len() || ends(&text, at, character)) {
            continue;
        }
        let written = &text[start..at];
        match date(written) {
            Some(date) => {
                if let Some(doubt) = decade_or_year(written, text.starts_with('[')) {
                    rewriting.cautions.push(doubt.placed(start..at));
                }
                rewriting.explicit |= written.contains('^');
                rewriting.text.push_str(&date);
            }
            None => rewriting.text.push_str(written),
        }
        if at < text.len() {
            rewriting.text.push(character);
        }
        start = at + character.len_utf8();
    }
    rewriting.text = ends_of_intervals(&rewriting.text);
    Ok(())
}

/// Returns `true` if a text is a decade as written in a catalogue, `195-` or `195-?`, in brackets or not. The dash and
/// the question mark could otherwise be read as a span.
pub(super) fn is_decade(text: &[u8]) -> bool {
    let text = text.strip_prefix(b"[").unwrap_or(text);
    let text = text.strip_suffix(b"]").unwrap_or(text);
    matches!(text, [b'0'..=b'9', b'0'..=b'9', b'0'..=b'9', b'-'] | [b'0'..=b'9', b'0'..=b'9', b'0'..=b'9', b'-', b'?'])
}

/// Returns `true` if the character at a byte ends a date.
fn ends(text: &str, at: usize, character: char) -> bool {
    match character {
        '/' | ',' | '[' | ']' | '{' | '}' | ' ' | '\u{2013}' => true,
        '.' => text[at + 1..].starts_with('.') || text[..at].ends_with('.'),
        _ => false,
    }
}

/// Rewrites `open` and `unknown` at the ends of an interval.
fn ends_of_intervals(text: &str) -> String {
    let Some((start, end)) = text.split_once('/') else {
        return text.to_owned();
    };
    let end_of = |written: &str, is_end: bool| match written.trim() {
        "unknown" | "uuuu" | "XXXX" if written.trim() != "XXXX" => String::new(),
        "open" if is_end => "..".to_owned(),
        _ => written.to_owned(),
    };
    let rewritten = format!("{}/{}", end_of(start, false), end_of(end, true));
    if rewritten == "/" { text.to_owned() } else { rewritten }
}

/// Rewrites one date in the syntax of the draft. Returns `None` if it is not one, or is the same in the standard.
fn date(written: &str) -> Option<String> {
    let is_date = written.bytes().any(|b| b.is_ascii_digit())
        && written.bytes().all(|b| {
            b.is_ascii_digit() || matches!(b, b'u' | b'x' | b'X' | b'U' | b'-' | b'?' | b'~' | b'%' | b'(' | b')')
        });
    let rewritten = if let Some(season) = written.strip_suffix("^southernHemisphere") {
        southern(season)?
    } else if let Some(rest) = written.strip_prefix(['y', 'Y']) {
        long_year(rest)?
    } else if !is_date {
        return None;
    } else if let Some(known) = catalogued(written) {
        known
    } else {
        grouped(&written.replace(['u', 'x', 'U'], "X"))?
    };
    (rewritten != written).then_some(rewritten)
}

/// Rewrites `y17e7`, `y-170000002` or `y17101e4p3` from the text after the "y".
fn long_year(rest: &str) -> Option<String> {
    let digits = rest.strip_prefix('-').unwrap_or(rest);
    let is_year = digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'e' | b'p' | b'E' | b'S'));
    is_year.then(|| format!("Y{}", rest.replace('e', "E").replace('p', "S")))
}

/// Returns the southern season for `2001-21`.
fn southern(written: &str) -> Option<String> {
    let (year, code) = written.rsplit_once('-')?;
    let code: u8 = code.parse().ok().filter(|code| (21..=24).contains(code))?;
    Some(format!("{year}-{}", code + 8))
}

/// Rewrites `19--`, `19??`, `195-`, `195?` and `195-?`, in which catalogues mark unknown digits.
fn catalogued(written: &str) -> Option<String> {
    let known = written.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, rest) = written.split_at(known);
    let mark = match (known, rest) {
        (2, "--" | "??") | (3, "-" | "?") => "",
        (2, "--?") | (3, "-?") => "?",
        (3, "~") => "~",
        _ => return None,
    };
    Some(format!("{digits:X<4}{mark}"))
}

/// A caution without its range.
struct Doubt {
    message: String,
    instead: String,
}

impl Doubt {
    fn placed(self, range: std::ops::Range<usize>) -> Caution {
        Caution::new(range.clone(), self.message).replace(range, self.instead)
    }
}

/// Returns the doubt about three digits and a mark, which may be a year of the first millennium.
fn decade_or_year(written: &str, in_set: bool) -> Option<Doubt> {
    let digits = written.get(..3).filter(|digits| digits.bytes().all(|b| b.is_ascii_digit()))?;
    let instead = match &written[3..] {
        "?" => format!("0{digits}?"),
        "~" => format!("0{digits}~"),
        "-" if in_set => format!("0{digits}.."),
        "-" => format!("0{digits}/.."),
        _ => return None,
    };
    Some(Doubt { message: format!("{written} is read as a decade, the {digits}0s"), instead })
}

/// Rewrites a date with marks after components and groups so that each component has its own marks before it.
///
/// A mark after a group applies to the group; a mark after a component applies to it and to all before it in its group
/// (section 5.2.1 of the draft).
fn grouped(written: &str) -> Option<String> {
    if !written.contains('(') && !["?~", "~?"].iter().any(|both| written.contains(both)) {
        return Some(written.to_owned());
    }
    // Bit 0 is `?`, bit 1 is `~`.
    let mut components: Vec<(&str, u8)> = Vec::new();
    let mut groups: Vec<usize> = Vec::new();
    let mut closed = None;
    let mut rest = written;
    let negative = rest.starts_with('-');
    rest = rest.strip_prefix('-').unwrap_or(rest);
    while let Some(first) = rest.chars().next() {
        let length = rest.find(|c: char| !(c.is_ascii_digit() || c == 'X')).unwrap_or(rest.len());
        let mark = match first {
            '(' => {
                groups.push(components.len());
                closed = None;
                0
            }
            ')' => {
                closed = Some(groups.pop()?);
                0
            }
            '?' => 1,
            '~' => 2,
            '%' => 3,
            '-' => {
                closed = None;
                0
            }
            _ if length > 0 => {
                components.push((&rest[..length], 0));
                closed = None;
                0
            }
            _ => return None,
        };
        let from = closed.or(groups.last().copied()).unwrap_or(0);
        components.get_mut(from..)?.iter_mut().for_each(|(_, marks)| *marks |= mark);
        rest = &rest[length.max(1)..];
    }
    let sign = |marks: u8| ["", "?", "~", "%"].get(usize::from(marks)).copied().unwrap_or_default();
    let alike = components.iter().all(|(_, marks)| Some(*marks) == components.first().map(|(_, marks)| *marks));
    let (before, after) = match components.first() {
        Some((_, marks)) if alike => (None, sign(*marks)),
        _ => (Some(()), ""),
    };
    let parts: Vec<String> =
        components.iter().map(|(digits, marks)| format!("{}{digits}", before.map_or("", |()| sign(*marks)))).collect();
    (!parts.is_empty() && groups.is_empty())
        .then(|| format!("{}{}{after}", if negative { "-" } else { "" }, parts.join("-")))
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;
    use super::*;

    #[test]
    fn unspecified_digits() {
        check(rewrite, "19uu", "19XX");
        check(rewrite, "199u-uu-01", "199X-XX-01");
        check(rewrite, "19xx", "19XX");
        check(rewrite, "-199u", "-199X");
        check(rewrite, "2004-06-uu/2004-07-03", "2004-06-XX/2004-07-03");
        check(rewrite, "c. 19xx", "c. 19XX");
        check(rewrite, "[199u, 200u]", "[199X, 200X]");
    }

    #[test]
    fn long_years_and_seasons() {
        check(rewrite, "y17e7", "Y17E7");
        check(rewrite, "y-170000002", "Y-170000002");
        check(rewrite, "y17101e4p3", "Y17101E4S3");
        check(rewrite, "2001-21^southernHemisphere", "2001-29");
        check(rewrite, "2001-21^xyz", "2001-21^xyz");
    }

    #[test]
    fn ends() {
        check(rewrite, "2004-01-01/open", "2004-01-01/..");
        check(rewrite, "unknown/2006", "/2006");
        check(rewrite, "1984-06-02?/unknown", "1984-06-02?/");
        check(rewrite, "unknown/unknown", "unknown/unknown");
    }

    #[test]
    fn marks_of_components_and_groups() {
        check(rewrite, "2004?~", "2004%");
        check(rewrite, "2004-06?~-01", "%2004-%06-01");
        check(rewrite, "2004-(06)?-11", "2004-?06-11");
        check(rewrite, "2004?-06-(11)~", "?2004-06-~11");
        check(rewrite, "(2004-(06)~)?", "?2004-%06");
        check(rewrite, "2004-(06-11)?", "2004-?06-?11");
        check(rewrite, "(2011)-06-04~", "2011-06-04~");
        check(rewrite, "2004-06-(01)~/2004-06-(20)~", "2004-06-~01/2004-06-~20");
        for text in ["(2004", "2004)", "()", "(?)", "2004?", "2004-06~-11"] {
            check(rewrite, text, text);
        }
    }

    #[test]
    fn catalogues() {
        check(rewrite, "19--", "19XX");
        check(rewrite, "19--?", "19XX?");
        check(rewrite, "195-", "195X");
        check(rewrite, "195-?", "195X?");
        check(rewrite, "195?", "195X");
        check(rewrite, "19??", "19XX");
        for text in ["1950-", "195", "19-", "1950?", "ux", "u", "x", "exit"] {
            check(rewrite, text, text);
        }
    }
}
