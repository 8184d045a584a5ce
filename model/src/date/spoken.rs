//! Reads dates in words: spans and lists of dates, open ends, and what the dates take from each other.

use std::ops::Range;

use super::context::Context;
use super::error::DateError;
use super::joint::Joint;
use super::lex::{Kind, Token, Word};
use super::marks::Qualifier;
use super::model::{Date, DatePart, DateSet, Endpoint, SetKind, SetPart};
use super::share;
use super::written::{self, Number, Written};
use super::{doubt, human, vocabulary};

/// Reads a span with a dash or "to", "since" or "until", "between", a list with "or" or "and", or a single date.
pub(super) fn read(context: &mut Context<'_>, tokens: &[Token]) -> Result<Date, DateError> {
    if let Some(kind) = list_kind(tokens) {
        return list(context, tokens, kind);
    }
    match member(context, tokens)? {
        Member::Date(date) => Ok(date),
        Member::Part(part) => Ok(one_of(part)),
    }
}

fn one_of(part: SetPart) -> Date {
    Date::Set(Box::new(DateSet { kind: SetKind::OneOf, parts: vec![part] }))
}

/// A date, or what can only be a member of a set.
enum Member {
    Date(Date),
    Part(SetPart),
}

fn word(token: Option<&Token>) -> Option<Word> {
    match token?.kind {
        Kind::Word(word) => Some(word),
        _ => None,
    }
}

fn extent_of(tokens: &[Token]) -> Range<usize> {
    tokens.first().map_or(0, |token| token.start)..tokens.last().map_or(0, |token| token.end)
}

// ------------------------------------------------------------------------------------------------- one member

fn member(context: &mut Context<'_>, tokens: &[Token]) -> Result<Member, DateError> {
    if let Some(part) = limit(context, tokens)? {
        return Ok(Member::Part(part));
    }
    if word(tokens.first()) == Some(Word::Between) {
        return between(context, &tokens[1..]).map(Member::Part);
    }
    if word(tokens.first()) == Some(Word::Until) {
        let end = Endpoint::Dated(human::part(context, &tokens[1..])?);
        return Ok(Member::Date(Date::Span { start: Endpoint::Open, end }));
    }
    let since = word(tokens.first()) == Some(Word::Since);
    let mut tokens = &tokens[usize::from(since)..];
    let onwards = word(tokens.last()) == Some(Word::Onwards);
    tokens = &tokens[..tokens.len() - usize::from(onwards)];
    let mut joints = (0..tokens.len()).filter(|&at| is_joint(&tokens[at]));
    let Some(at) = joints.next() else {
        if let ([Token { kind: Kind::Iso, .. }], true) = (tokens, since) {
            doubt::years_or_season(context.text, extent_of(tokens))?;
        }
        let part = human::part(context, tokens)?;
        let open = Date::Span { start: Endpoint::Dated(part), end: Endpoint::Open };
        return Ok(Member::Date(if since || onwards { open } else { Date::Single(part) }));
    };
    if is_in_brackets(context.text, tokens[at].start) {
        return Err(DateError::new(tokens[at].range(), "a span in brackets behind a date is not read")
            .hint("write the date alone, or the span alone"));
    }
    if let Some(second) = joints.next() {
        return Err(DateError::new(tokens[second].range(), "a span has one dash, between its start and its end"));
    }
    span(context, &tokens[..at], &tokens[at + 1..], &Joint::Dash(tokens[at].range())).map(Member::Date)
}

/// Returns `true` if the byte is within parentheses that do not begin the text.
fn is_in_brackets(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default();
    let opened = before.rfind('(').filter(|&open| !before[open..].contains(')'));
    opened.is_some_and(|open| !before[..open].trim().is_empty())
}

fn is_joint(token: &Token) -> bool {
    matches!(token.kind, Kind::Dash | Kind::Word(Word::To | Word::Until))
}

/// Reads "before 1914", "by 1914", "not after 1914" or "1914 or later". Returns `None` if it is none of these.
fn limit(context: &mut Context<'_>, tokens: &[Token]) -> Result<Option<SetPart>, DateError> {
    if let [date @ .., or, last] = tokens
        && matches!(or.kind, Kind::Word(Word::Or | Word::And))
        && !date.is_empty()
    {
        let build: fn(DatePart) -> SetPart = match last.kind {
            Kind::Word(Word::Earlier | Word::Before) => SetPart::OnOrBefore,
            Kind::Word(Word::Later | Word::After | Word::Onwards) => SetPart::OnOrAfter,
            _ => return Ok(None),
        };
        return human::part(context, date).map(|part| Some(build(part)));
    }
    let (first, second) = (word(tokens.first()), word(tokens.get(1)));
    let (build, skipped): (fn(DatePart) -> SetPart, usize) = match (first, second) {
        (Some(Word::By), _) => (SetPart::OnOrBefore, 1),
        (Some(Word::Not), Some(Word::After | Word::Later)) => (SetPart::OnOrBefore, 2),
        (Some(Word::Not), Some(Word::Before | Word::Earlier)) => (SetPart::OnOrAfter, 2),
        (Some(Word::Before | Word::Earlier), _) => (SetPart::Before, 1),
        (Some(Word::After | Word::Later), _) => (SetPart::After, 1),
        _ => return Ok(None),
    };
    let part = build(human::part(context, &tokens[skipped..])?);
    if matches!(part, SetPart::Before(_) | SetPart::After(_)) {
        let range = extent_of(tokens);
        let named = extent_of(&tokens[skipped..]);
        context.cautions.push(doubt::limit(context.text, range, named, matches!(part, SetPart::Before(_))));
    }
    Ok(Some(part))
}

/// Reads "between 1850 and 1860": a time from the first to the last.
fn between(context: &mut Context<'_>, tokens: &[Token]) -> Result<SetPart, DateError> {
    let is_and = |token: &Token| is_joint(token) || token.kind == Kind::Word(Word::And);
    let Some(at) = tokens.iter().position(is_and) else {
        return Err(doubt::between_one(context.text, extent_of(tokens)));
    };
    let joint = Joint::Dash(tokens[at].range());
    match span(context, &tokens[..at], &tokens[at + 1..], &joint)? {
        Date::Span { start: Endpoint::Dated(first), end: Endpoint::Dated(last) } => Ok(SetPart::Through(first, last)),
        _ => Err(DateError::new(extent_of(tokens), "\"between\" is followed by two dates")),
    }
}

// ------------------------------------------------------------------------------------------------- spans

/// Reads the span between the two sides of a slash.
pub(super) fn slashed(
    context: &mut Context<'_>,
    left: &[Token],
    right: &[Token],
    at: usize,
) -> Result<Date, DateError> {
    let from = usize::from(word(left.first()) == Some(Word::Since));
    span(context, &left[from..], right, &Joint::Slash(at..at + 1))
}

/// Reads the span between two dates, each of which may omit what the other contains.
pub(super) fn span(
    context: &mut Context<'_>,
    left: &[Token],
    right: &[Token],
    joint: &Joint,
) -> Result<Date, DateError> {
    if left.is_empty() || right.is_empty() {
        return Err(one_sided(context.text, left, right, joint));
    }
    let is_unknown = |tokens: &[Token]| tokens.len() == 1 && word(tokens.first()) == Some(Word::Unknown);
    let only_mark = right.len() == 1 && right.first().is_some_and(|token| token.kind == Kind::Mark(b'?'));
    if is_unknown(left) {
        let end = Endpoint::Dated(human::part(context, right)?);
        return Ok(Date::Span { start: Endpoint::Unknown, end });
    }
    if is_unknown(right) || only_mark {
        let start = Endpoint::Dated(human::part(context, left)?);
        return Ok(Date::Span { start, end: Endpoint::Unknown });
    }
    if right.len() == 1 && word(right.first()) == Some(Word::Present) {
        let start = Endpoint::Dated(human::part(context, left)?);
        return Ok(Date::Span { start, end: Endpoint::Open });
    }
    let (mut start, mut end) = (written::parts(context.text, left)?, written::parts(context.text, right)?);
    for side in [&start, &end] {
        if side.is_empty() && side.portion.is_none() {
            return Err(nothing_but_marks(context.text, side, joint));
        }
    }
    if let Some(winter) = share::one_winter(&start, &end, joint) {
        return human::build(context, &winter).map(Date::Single);
    }
    let mark = doubt::mark_of_one_end(context.text, &start, &end);
    let takes_year = end.iso.is_none() && end.number.is_none() && end.month.is_some() && start.number.is_some();
    share::share(context, &mut start, &mut end, joint)?;
    let (first, last) = build_both(context, &start, &end)?;
    if let Some(mark) = mark {
        context.cautions.push(doubt::of_one_end(mark, &start, &end));
    }
    let (first, last) = (Endpoint::Dated(first), Endpoint::Dated(last));
    if last.is_before_start(&first) {
        let (first, last) = (extent_of(left), extent_of(right));
        if takes_year && let Some(error) = doubt::end_in_next_year(last.clone(), &end) {
            return Err(error);
        }
        let text = context.text;
        let swapped = format!("{}{}{}", &text[last.clone()], &text[first.end..last.start], &text[first.clone()]);
        return Err(DateError::end_before_start(last.clone()).replace(first.start..last.end, swapped));
    }
    Ok(Date::Span { start: first, end: last })
}

/// Builds both dates. The error is that of the end if only the end is wrong, otherwise that of the start.
fn build_both(context: &mut Context<'_>, start: &Written, end: &Written) -> Result<(DatePart, DatePart), DateError> {
    let first = human::build(context, start);
    let last = human::build(context, end)?;
    Ok((first?, last))
}

fn one_sided(text: &str, left: &[Token], right: &[Token], joint: &Joint) -> DateError {
    let error = DateError::new(joint.range(), "a span has a date on both sides of its dash");
    let whole = 0..text.len();
    match (left.is_empty(), right.is_empty()) {
        (false, true) => {
            let start = &text[extent_of(left)];
            error.replace(whole.clone(), format!("{start}/..")).replace(whole, format!("{start}/"))
        }
        (true, false) => {
            let end = &text[extent_of(right)];
            error.replace(whole.clone(), format!("../{end}")).replace(whole, format!("/{end}"))
        }
        _ => error,
    }
}

/// Returns the error for `? to 1984` and `c. – 1850`, in which a mark has no date.
fn nothing_but_marks(text: &str, side: &Written, joint: &Joint) -> DateError {
    let error = DateError::ambiguous(side.range.clone(), "a date is missing beside this mark");
    let (Joint::Dash(joint) | Joint::Slash(joint)) = joint else {
        return error;
    };
    if side.range.end <= joint.start {
        let rest = &text[joint.end..];
        error.replace(0..text.len() - rest.trim_start().len(), "/")
    } else {
        error.replace(text[..joint.start].trim_end().len()..text.len(), "/")
    }
}

// ------------------------------------------------------------------------------------------------- lists

/// Returns the kind of a list, or `None` if the words are not a list: "and" between "between" and its second date, and
/// "or" before "later", do not make one.
fn list_kind(tokens: &[Token]) -> Option<SetKind> {
    let mut kind = None;
    let mut between = false;
    for (at, token) in tokens.iter().enumerate() {
        match token.kind {
            Kind::Word(Word::Between) => between = true,
            Kind::Word(Word::And) if between => between = false,
            Kind::Word(Word::Or | Word::And) if at + 2 == tokens.len() && limits_last(&tokens[at + 1]) => {}
            Kind::Word(Word::Or) => kind = Some(SetKind::OneOf),
            Kind::Word(Word::And) if kind.is_none() => kind = Some(SetKind::AllOf),
            _ => {}
        }
    }
    kind
}

fn limits_last(token: &Token) -> bool {
    matches!(token.kind, Kind::Word(Word::Earlier | Word::Later | Word::Before | Word::After | Word::Onwards))
}

fn list(context: &mut Context<'_>, tokens: &[Token], kind: SetKind) -> Result<Date, DateError> {
    let separator = if kind == SetKind::OneOf { Word::Or } else { Word::And };
    let pieces = pieces(context.text, tokens, separator);
    if let Some(empty) = pieces.iter().position(|piece| piece.is_empty()) {
        let at = pieces[..empty].last().and_then(|piece| piece.last()).map_or(extent_of(tokens).start, |last| last.end);
        return Err(DateError::new(at..at, "a date is missing in the list"));
    }
    let plain = |piece: &&[Token]| {
        piece.iter().all(|token| !is_joint(token) && token.kind != Kind::Word(Word::Between) && !limits_last(token))
            && !matches!(word(piece.first()), Some(Word::By | Word::Not | Word::Since))
    };
    // In "since 1914 or 1915" and "before 1914 or 1915" the first word may apply to both.
    let limits = |piece: &&[Token]| {
        let words = [Word::Since, Word::Until, Word::By, Word::Not, Word::Before, Word::After];
        word(piece.first()).is_some_and(|first| words.contains(&first))
    };
    if let ([first, last], true) = (pieces.as_slice(), kind == SetKind::AllOf)
        && limits(first)
        && limits(last)
    {
        // "after 1914 and before 1918" is one date within both limits.
        let date = |piece: &[Token]| {
            let skipped = if word(piece.first()) == Some(Word::Not) { 2 } else { 1 };
            context.text[extent_of(piece.get(skipped..).unwrap_or_default())].to_owned()
        };
        let whole = extent_of(tokens);
        return Err(DateError::ambiguous(whole.clone(), "two limits of one date are written as a span")
            .replace(whole, format!("between {} and {}", date(first), date(last))));
    }
    if let [first, others @ ..] = pieces.as_slice()
        && limits(first)
        && let Some(other) = others.iter().find(|piece| !limits(piece) && word(piece.first()) != Some(Word::Between))
    {
        let said = &context.text[first[0].range()];
        let message = format!("it is not clear whether {} is said of this date too", vocabulary::quoted(said));
        let at = other[0].start;
        return Err(DateError::ambiguous(extent_of(other), message).replace(at..at, format!("{said} ")));
    }
    let parts = if pieces.iter().all(plain) {
        shared(context, &pieces)?
    } else {
        pieces.iter().map(|piece| set_part(context, piece)).collect::<Result<Vec<_>, _>>()?
    };
    Ok(Date::Set(Box::new(DateSet { kind, parts })))
}

/// Splits a list at the separator, and at commas if the text between separators is not one date.
fn pieces<'t>(text: &str, tokens: &'t [Token], separator: Word) -> Vec<&'t [Token]> {
    let mut pieces = Vec::new();
    for piece in tokens.split(|token| token.kind == Kind::Word(separator)) {
        // "10, 12 and 14 May" begins with two days.
        let two_days = |written: &Written| {
            written.day.is_some() && written.era.is_none() && written.number.as_ref().is_some_and(Number::is_short)
        };
        if written::parts(text, piece).is_ok_and(|written| !two_days(&written)) {
            pieces.push(piece);
            continue;
        }
        let mut start = 0;
        for at in 1..piece.len() {
            if text[piece[at - 1].end..piece[at].start].contains(',') {
                pieces.push(&piece[start..at]);
                start = at;
            }
        }
        pieces.push(&piece[start..]);
    }
    pieces
}

/// Reads single dates, each of which may omit what its neighbours contain.
fn shared(context: &mut Context<'_>, pieces: &[&[Token]]) -> Result<Vec<SetPart>, DateError> {
    let mut written = pieces.iter().map(|piece| written::parts(context.text, piece)).collect::<Result<Vec<_>, _>>()?;
    let joint = Joint::List;
    if let [first, others @ ..] = written.as_slice()
        && first.about
        && others.iter().all(|other| other.qualifier == Qualifier::default())
    {
        context.cautions.push(doubt::of_first_member(context.text, first));
    }
    for at in (1..written.len()).rev() {
        if let [left, right, ..] = &mut written[at - 1..] {
            share::share(context, left, right, &joint)?;
        }
    }
    // Pass on what only the first contains, as in "1776 July 4, 5 and 6".
    for at in 1..written.len() {
        if let [left, right, ..] = &mut written[at - 1..] {
            share::share(context, left, right, &joint)?;
        }
    }
    written.iter().map(|written| human::build(context, written).map(SetPart::On)).collect()
}

/// Reads a member of a set in words: a date, a span, or a limit.
pub(super) fn set_part(context: &mut Context<'_>, tokens: &[Token]) -> Result<SetPart, DateError> {
    match member(context, tokens)? {
        Member::Part(part) => Ok(part),
        Member::Date(Date::Single(part)) => Ok(SetPart::On(part)),
        Member::Date(Date::Span { start: Endpoint::Dated(first), end: Endpoint::Dated(last) }) => {
            Ok(SetPart::Through(first, last))
        }
        Member::Date(Date::Span { start: Endpoint::Dated(first), end: Endpoint::Open }) => {
            Ok(SetPart::OnOrAfter(first))
        }
        Member::Date(Date::Span { start: Endpoint::Open, end: Endpoint::Dated(last) }) => Ok(SetPart::OnOrBefore(last)),
        Member::Date(_) => Err(DateError::new(extent_of(tokens), "this is not one date")),
    }
}
