//! Text -> date: takes intervals and sets apart, and hands each date in them to the reader of its form.

use std::ops::Range;

use super::civil::Calendar;
use super::error::{Caution, DateError};
use super::explain;
use super::human;
use super::lex::{self, Kind, Token, Tokens, Word};
use super::model::{Date, DatePart, DateSet, Endpoint, SetKind, SetPart};
use super::{Reading, doubt, edtf, plain};

/// The parts of an IANA name that a slash follows; every other slash is between the ends of an interval.
const AREAS: [&str; 19] = [
    "Africa",
    "America",
    "Antarctica",
    "Arctic",
    "Argentina",
    "Asia",
    "Atlantic",
    "Australia",
    "Brazil",
    "Canada",
    "Chile",
    "Etc",
    "Europe",
    "Indian",
    "Indiana",
    "Kentucky",
    "North_Dakota",
    "Pacific",
    "US",
];

/// What a date is read from and with, and what is found doubtful on the way.
pub(super) struct Context<'t> {
    pub text: &'t str,
    pub calendar: Calendar,
    pub cautions: Vec<Caution>,
}

/// Reads a date in any form.
pub(super) fn read(text: &str, calendar: Calendar) -> Result<Reading, DateError> {
    if let Some(part) = plain::read(text.as_bytes(), calendar) {
        return Ok(Reading { date: Date::Single(part), cautions: Vec::new() });
    }
    let mut context = Context { text, calendar, cautions: Vec::new() };
    let date = read_general(&mut context)?;
    Ok(Reading { date, cautions: context.cautions })
}

fn read_general(context: &mut Context<'_>) -> Result<Date, DateError> {
    let text = context.text;
    let range = trimmed(text, 0..text.len());
    let written = &text[range.clone()];
    if written.is_empty() {
        return Err(DateError::new(0..text.len(), "the date is empty"));
    }
    if written.starts_with(['{', '[']) {
        return set(context, range);
    }
    if let Some(slash) = slash(text, range.clone()) {
        return interval(context, range, slash);
    }
    if looks_iso(written) {
        return iso_part(context, range).map(Date::Single);
    }
    explain::numeric(text, range.clone())?;
    spoken(context, &lex::lex(text, range)?)
}

/// Reads one date, in any form, from `text[range]`.
fn part(context: &mut Context<'_>, range: Range<usize>) -> Result<DatePart, DateError> {
    let text = context.text;
    let range = trimmed(text, range);
    let written = &text[range.clone()];
    if written.is_empty() {
        return Err(DateError::new(range, "a date is missing here"));
    }
    if looks_iso(written) {
        return iso_part(context, range);
    }
    explain::numeric(text, range.clone())?;
    human::part(context, lex::lex(context.text, range)?.as_slice())
}

/// Reads one ISO or EDTF date, without time of day, from `text[range]`.
pub(super) fn iso_part(context: &mut Context<'_>, range: Range<usize>) -> Result<DatePart, DateError> {
    let text = context.text;
    let written = &text[range.clone()];
    let part = match plain::read_qualified(written.as_bytes(), context.calendar) {
        Some(part) => part,
        None => edtf::read(written, context.calendar)
            .map_err(|refusal| explain::refusal(text, range.clone(), &refusal, context.calendar))?,
    };
    doubt::of_iso(text, range, &part, &mut context.cautions);
    Ok(part)
}

/// Whether a text can only be an EDTF date without time: capitals, digits and marks.
fn looks_iso(written: &str) -> bool {
    let bytes = written.as_bytes();
    matches!(bytes, [b'0'..=b'9' | b'X' | b'Y' | b'-' | b'?' | b'~' | b'%', ..])
        && bytes.iter().all(|b| matches!(b, b'0'..=b'9' | b'X' | b'Y' | b'E' | b'S' | b'-' | b'?' | b'~' | b'%'))
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let written = &text[range.clone()];
    let start = range.end - written.trim_start().len();
    let end = range.start + written.trim_end().len();
    start..end.max(start)
}

/// The first slash between the ends of an interval.
fn slash(text: &str, range: Range<usize>) -> Option<usize> {
    let bytes = &text.as_bytes()[range.clone()];
    let mut from = 0;
    while let Some(found) = bytes[from..].iter().position(|&b| b == b'/') {
        let at = from + found;
        let word = bytes[..at].iter().rev().take_while(|b| b.is_ascii_alphabetic() || **b == b'_').count();
        let is_zone = word > 0 && AREAS.iter().any(|area| area.as_bytes() == &bytes[at - word..at]);
        if !is_zone {
            return Some(range.start + at);
        }
        from = at + 1;
    }
    None
}

// ------------------------------------------------------------------------------------------------- intervals

fn interval(context: &mut Context<'_>, range: Range<usize>, at: usize) -> Result<Date, DateError> {
    let text = context.text;
    explain::slashes(text, range.clone())?;
    if let Some(second) = slash(text, at + 1..range.end) {
        return Err(DateError::new(second..second + 1, "an interval has one slash, between its start and its end"));
    }
    let (start_range, end_range) = (trimmed(text, range.start..at), trimmed(text, at + 1..range.end));
    let start = endpoint(context, start_range.clone(), true)?;
    let end = endpoint(context, end_range.clone(), false)?;
    if start.part().is_none() && end.part().is_none() {
        return Err(DateError::new(range, "an interval has a date at one end at least"));
    }
    ordered(text, start, end, start_range, end_range)
}

fn endpoint(context: &mut Context<'_>, range: Range<usize>, is_start: bool) -> Result<Endpoint, DateError> {
    let text = context.text;
    let written = &text[range.clone()];
    match written {
        "" => return Ok(Endpoint::Unknown),
        ".." => return Ok(Endpoint::Open),
        _ => {}
    }
    if !is_start && ["present", "now", "today", "ongoing"].iter().any(|word| written.eq_ignore_ascii_case(word)) {
        return Ok(Endpoint::Open);
    }
    if written.starts_with("..") {
        if !is_start {
            return Err(DateError::new(range.start..range.start + 2, "two dots before a date belong to a start")
                .replace(range.end..range.end, "..")
                .instead(""));
        }
        return part(context, range.start + 2..range.end).map(Endpoint::Beyond);
    }
    if written.ends_with("..") {
        if is_start {
            return Err(DateError::new(range.end - 2..range.end, "two dots after a date belong to an end").instead(""));
        }
        return part(context, range.start..range.end - 2).map(Endpoint::Beyond);
    }
    part(context, range).map(Endpoint::Dated)
}

/// The span between two ends, unless the end is over before the start can have begun.
fn ordered(
    text: &str,
    start: Endpoint,
    end: Endpoint,
    start_range: Range<usize>,
    end_range: Range<usize>,
) -> Result<Date, DateError> {
    if is_backwards(&start, &end) {
        let whole = start_range.start..end_range.end;
        let (first, last) = (&text[start_range], &text[end_range.clone()]);
        return Err(before_start(end_range).replace(whole, format!("{last}/{first}")));
    }
    Ok(Date::Span { start, end })
}

fn is_backwards(start: &Endpoint, end: &Endpoint) -> bool {
    matches!((start, end), (Endpoint::Dated(a), Endpoint::Dated(b)) if a.is_after(b))
}

fn before_start(range: Range<usize>) -> DateError {
    DateError::new(range, "the end is before the start")
}

// ------------------------------------------------------------------------------------------------- sets

fn set(context: &mut Context<'_>, range: Range<usize>) -> Result<Date, DateError> {
    let text = context.text;
    let (kind, close) =
        if text[range.clone()].starts_with('{') { (SetKind::AllOf, '}') } else { (SetKind::OneOf, ']') };
    let inner = range.start + 1..range.end.saturating_sub(1).max(range.start + 1);
    if range.len() < 2 || !text[range.clone()].ends_with(close) {
        return Err(
            DateError::new(range.start..range.start + 1, "the set is not closed").replace(range.end..range.end, close)
        );
    }
    let mut parts = Vec::new();
    let mut start = inner.start;
    for written in text[inner].split(',') {
        let place = start..start + written.len();
        start = place.end + 1;
        parts.push(set_part(context, trimmed(text, place))?);
    }
    Ok(Date::Set(Box::new(DateSet { kind, parts })))
}

fn set_part(context: &mut Context<'_>, range: Range<usize>) -> Result<SetPart, DateError> {
    let text = context.text;
    let written = &text[range.clone()];
    if written.is_empty() || written == ".." {
        let end = text[range.start..].chars().next().map_or(range.start, |c| range.start + c.len_utf8());
        return Err(DateError::new(range.start..range.end.max(end), "a date is missing in the set"));
    }
    let Some(dots) = written.find("..").map(|at| range.start + at) else {
        return part(context, range).map(SetPart::On);
    };
    if dots == range.start {
        return part(context, dots + 2..range.end).map(SetPart::OnOrBefore);
    }
    let first = part(context, range.start..dots)?;
    if dots + 2 == range.end {
        return Ok(SetPart::OnOrAfter(first));
    }
    let last = part(context, dots + 2..range.end)?;
    if first.extent.start >= last.extent.end {
        return Err(DateError::new(dots + 2..range.end, "the end is before the start"));
    }
    Ok(SetPart::Through(first, last))
}

// ------------------------------------------------------------------------------------------------- words

/// Reads words: a span with a dash or "to", "since" or "until", or one date.
fn spoken(context: &mut Context<'_>, tokens: &Tokens) -> Result<Date, DateError> {
    let tokens = tokens.as_slice();
    let is = |token: Option<&Token>, word| token.is_some_and(|token| token.kind == Kind::Word(word));
    if is(tokens.first(), Word::Until) {
        let end = Endpoint::Dated(human::part(context, &tokens[1..])?);
        return Ok(Date::Span { start: Endpoint::Open, end });
    }
    let since = is(tokens.first(), Word::Since);
    let tokens = &tokens[usize::from(since)..];
    let joint = |token: &Token| matches!(token.kind, Kind::Dash | Kind::Word(Word::To | Word::Until));
    let Some(at) = tokens.iter().position(joint) else {
        let part = human::part(context, tokens)?;
        let open = Date::Span { start: Endpoint::Dated(part), end: Endpoint::Open };
        return Ok(if since { open } else { Date::Single(part) });
    };
    let (left, right) = (&tokens[..at], &tokens[at + 1..]);
    if left.is_empty() || right.is_empty() {
        return Err(DateError::new(tokens[at].range(), "a span has a date on both sides of its dash"));
    }
    if right.len() == 1 && is(right.first(), Word::Present) {
        let start = Endpoint::Dated(human::part(context, left)?);
        return Ok(Date::Span { start, end: Endpoint::Open });
    }
    let (start, end) = both(context, left, right)?;
    let (start, end) = (Endpoint::Dated(start), Endpoint::Dated(end));
    if is_backwards(&start, &end) {
        return Err(before_start(extent_of(right)));
    }
    Ok(Date::Span { start, end })
}

fn extent_of(tokens: &[Token]) -> Range<usize> {
    tokens.first().map_or(0, |token| token.start)..tokens.last().map_or(0, |token| token.end)
}

/// The two ends of a span. What the left leaves out, it shares with the right ("3–7 May 1970", "44–31 BCE"), and a
/// time of day on the right shares the day of the left.
fn both(context: &mut Context<'_>, left: &[Token], right: &[Token]) -> Result<(DatePart, DatePart), DateError> {
    let mut whole = Tokens::new();
    let is_time = |token: &Token| token.kind == Kind::Time;
    if right.iter().all(is_time)
        && let Some((time, day)) = left.split_last()
        && is_time(time)
        && whole.extend(day)
        && whole.extend(right)
    {
        let start = human::part(context, left)?;
        return Ok((start, human::part(context, whole.as_slice())?));
    }
    let end = human::part(context, right)?;
    let alone = human::part(context, left);
    let (marks, core) = left.split_at(leading_marks(left));
    let shared = &right[leading_marks(right)..];
    let lines_up = core.len() < shared.len() && core.iter().zip(shared).all(|(a, b)| same_kind(a.kind, b.kind));
    if lines_up && whole.extend(marks) && whole.extend(core) && whole.extend(&shared[core.len()..]) {
        match (human::part(context, whole.as_slice()), &alone) {
            (Ok(start), _) => return Ok((start, end)),
            (Err(error), Err(_)) => return Err(error),
            (Err(_), Ok(_)) => {}
        }
    }
    Ok((alone?, end))
}

fn leading_marks(tokens: &[Token]) -> usize {
    let is_mark =
        |token: &&Token| matches!(token.kind, Kind::Mark(_) | Kind::Word(Word::About | Word::Perhaps | Word::C));
    tokens.iter().take_while(is_mark).count()
}

fn same_kind(a: Kind, b: Kind) -> bool {
    match (a, b) {
        (Kind::Word(a), Kind::Word(b)) => std::mem::discriminant(&a) == std::mem::discriminant(&b),
        _ => a == b,
    }
}
