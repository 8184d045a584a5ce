//! Finds every problem of a document that `ron` rejects, by walking its text against the schema.
//!
//! The walk continues after a problem: it reports it, skips to the next comma of the same group, and continues there.
//! It relies on matching brackets, which `structure.rs` ensures, and descends only where the schema does, so its
//! recursion is only as deep as the format.

use std::{borrow::Cow, ops::Range};

use super::{
    diagnostic::nearest,
    path::{DocPath, PathSegment},
    raw_diagnostic::RawDiagnostic,
    recovery::{Recovery, Splice, filler},
    ron_error,
    scan::{Scanner, Token, TokenKind, string_body},
    schema::{EVENT, Field, Kind, Shape, TIMELINE},
    structure::too_long,
    words::{character, shorten, with_article},
};

#[cfg(test)]
mod tests;

/// Maximum number of reported diagnostics; only the first ones are useful.
pub(super) const MAX_DIAGNOSTICS: usize = 1000;

/// Maximum number of mistakes in one text that are recovered from.
const MAX_SPLICES: usize = 100_000;

/// Returns the problems of the document, in no particular order, with at most one diagnostic more than
/// [`MAX_DIAGNOSTICS`].
pub(super) fn check(text: &str) -> Recovery {
    let mut checker = Checker::new(text);
    checker.scanner.skip_attributes();
    checker.item(&TIMELINE);
    let next = checker.scanner.peek();
    if next.kind != TokenKind::End {
        if checker.recovery.is_empty() {
            let found = checker.describe(next);
            checker.report(
                RawDiagnostic::error(next.span(), format!("the timeline ends here, but {found} follows"))
                    .hint("one document is one `Timeline(..)`; is a bracket closed too early?"),
            );
        }
        checker.splice(next.start..text.len(), "");
    }
    checker.recovery
}

/// The same for a run of events; `first` is the number of the first one in the document.
pub(super) fn check_events(text: &str, first: usize) -> Recovery {
    let mut checker = Checker::new(text);
    checker.path.push(PathSegment::Field("events"));
    checker.items(&EVENTS, first);
    checker.recovery
}

static EVENTS: Shape = Shape::Item(&EVENT);

/// The fields of an item that have been seen.
#[derive(Default)]
struct Seen {
    given: Vec<&'static str>,
    /// Fields whose value was left out. As that is reported, they are not also reported as missing.
    meant: Vec<&'static str>,
}

/// What to do with a field.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Stays,
    /// It cannot be read, or must not be: it is skipped.
    Goes,
}

struct Checker<'t> {
    scanner: Scanner<'t>,
    /// The path of the scanner in the document.
    path: Vec<PathSegment>,
    recovery: Recovery,
}

impl<'t> Checker<'t> {
    fn new(text: &'t str) -> Self {
        Self { scanner: Scanner::new(text), path: Vec::new(), recovery: Recovery::default() }
    }

    fn report(&mut self, diagnostic: RawDiagnostic) {
        if self.recovery.diagnostics.len() <= MAX_DIAGNOSTICS {
            self.recovery.diagnostics.push(diagnostic);
        }
        let here = self.recovery.paths.last().is_some_and(|last| last.segments() == self.path);
        if !here {
            self.recovery.paths.push(DocPath::of(&self.path));
        }
    }

    /// Replaces these bytes with `text` when reading.
    fn splice(&mut self, span: Range<usize>, text: impl Into<Cow<'static, str>>) {
        self.recovery.splices.push(Splice { span, text: text.into() });
        self.recovery.gave_up |= self.recovery.splices.len() >= MAX_SPLICES;
    }

    /// Replaces the value at these bytes with a filler.
    fn fill(&mut self, span: Range<usize>, shape: &Shape) {
        self.splice(span, filler(shape));
        self.recovery.fillers.push(DocPath::of(&self.path));
    }

    fn is_full(&self) -> bool {
        self.recovery.gave_up
    }

    /// Performs `work` one step further into the document.
    fn within(&mut self, step: PathSegment, work: impl FnOnce(&mut Self)) {
        self.path.push(step);
        work(self);
        self.path.pop();
    }

    /// Checks the next value, which belongs to the field of this name, and moves past it.
    fn value(&mut self, shape: &'static Shape, field: &'static str) {
        match shape {
            Shape::Text => self.text(),
            Shape::Number => self.number(),
            Shape::Integer => self.integer(field),
            Shape::Choice(words) => self.choice(words, shape),
            Shape::Item(kind) => self.item(kind),
            Shape::List(of, most) => self.list(of, *most, field, shape),
            Shape::Maybe(of) => self.maybe(of, field),
        }
    }

    fn maybe(&mut self, of: &'static Shape, field: &'static str) {
        let mut ahead = self.scanner;
        let word = ahead.take(TokenKind::Word).map(|word| ahead.source(word));
        match (word, of) {
            (Some("None"), _) => self.scanner = ahead,
            (Some("Some"), Shape::Item(kind)) if ahead.peek().kind == TokenKind::Open('(') && ahead.at_fields() => {
                // The extension `unwrap_variant_newtypes` allows the fields directly in `Some(..)`.
                let open = ahead.advance();
                self.scanner = ahead;
                self.fields(open, kind);
            }
            (Some("Some"), _) if ahead.take(TokenKind::Open('(')).is_some() => {
                self.scanner = ahead;
                self.value(of, field);
                self.scanner.take(TokenKind::Comma);
                if self.scanner.take(TokenKind::Close(')')).is_none() {
                    let next = self.scanner.peek();
                    let found = self.describe(next);
                    self.report(RawDiagnostic::error(
                        next.span(),
                        format!("expected `)` to close `Some(`, found {found}"),
                    ));
                    while !self.scanner.peek().ends_group() {
                        self.next_item();
                    }
                    self.splice(next.start..self.scanner.position().max(next.start), "");
                    self.scanner.take(TokenKind::Close(')'));
                }
            }
            _ => self.value(of, field),
        }
    }

    fn text(&mut self) {
        let token = self.scanner.peek();
        if token.kind != TokenKind::Text {
            return self.wrong("a string in quotes", token, &Shape::Text);
        }
        self.scanner.advance();
        let literal = self.scanner.source(token);
        if let Some(long) = too_long(&self.scanner, token) {
            self.report(long);
            self.fill(token.span(), &Shape::Text);
        } else if literal.contains('\\')
            && let Err(error) = ron::from_str::<String>(literal)
        {
            self.report(ron_error::in_string(literal, &error, token.start));
            self.fill(token.span(), &Shape::Text);
        }
    }

    fn number(&mut self) {
        let token = self.scanner.peek();
        let source = self.scanner.source(token);
        let parsed = match token.kind {
            TokenKind::Number | TokenKind::Word => ron::from_str::<f64>(source).ok(),
            _ => return self.wrong("a number", token, &Shape::Number),
        };
        let short = shorten(source);
        let (message, hint) = match parsed {
            Some(value) if value.is_finite() => {
                self.scanner.advance();
                return;
            }
            None if token.kind == TokenKind::Word => return self.wrong("a number", token, &Shape::Number),
            None => (format!("`{short}` is not a number"), "write it like `85`, `-0.22` or `8.5e10`"),
            Some(_) if source.contains(|c: char| c.is_ascii_digit()) => {
                (format!("`{short}` is out of range"), "numbers here go from -1.79e308 to 1.79e308")
            }
            Some(_) => (format!("`{short}` must be a finite number"), "leave the point out if its value is not known"),
        };
        self.scanner.advance();
        self.report(RawDiagnostic::error(token.span(), message).hint(hint));
        self.fill(token.span(), &Shape::Number);
    }

    fn integer(&mut self, field: &str) {
        let token = self.scanner.peek();
        let source = self.scanner.source(token);
        if token.kind != TokenKind::Number {
            return self.wrong("a whole number", token, &Shape::Integer);
        }
        self.scanner.advance();
        if ron::from_str::<i32>(source).is_ok() {
            return;
        }
        let short = shorten(source);
        let value = ron::from_str::<f64>(source).ok().filter(|value| !value.is_nan());
        let (message, hint) = match value {
            None => (format!("`{short}` is not a whole number"), format!("write it like `{field}: 5`")),
            Some(value) if value < f64::from(i32::MIN) || value > f64::from(i32::MAX) => {
                (format!("`{short}` is out of range"), format!("`{field}` goes from {} to {}", i32::MIN, i32::MAX))
            }
            Some(value) => {
                (format!("`{short}` is not a whole number"), format!("write it as `{field}: {}`", value.round()))
            }
        };
        self.report(RawDiagnostic::error(token.span(), message).hint(hint));
        self.fill(token.span(), &Shape::Integer);
    }

    fn choice(&mut self, words: &'static [&'static str], shape: &'static Shape) {
        let token = self.scanner.peek();
        let listed = words.join(", ");
        if token.kind != TokenKind::Word {
            return self.wrong(&format!("one of {listed}"), token, shape);
        }
        self.scanner.advance();
        let word = self.scanner.word(token);
        if !words.contains(&word) {
            let mut diagnostic =
                RawDiagnostic::error(token.span(), format!("`{}` is not one of {listed}", shorten(word)));
            diagnostic.hint = nearest(word, words.iter().copied()).map(|near| format!("did you mean `{near}`?"));
            self.report(diagnostic);
            self.fill(token.span(), shape);
        }
    }

    /// Reports a value of the wrong type and moves past it.
    fn wrong(&mut self, wanted: &str, token: Token, shape: &Shape) {
        let found = self.describe(token);
        let before = self.scanner;
        self.scanner.skip_value();
        let end = self.scanner.position().max(token.start);
        let whole = before.source(Token { end: end.max(token.end), ..token });
        let mut diagnostic = RawDiagnostic::error(token.span(), format!("expected {wanted}, found {found}"));
        diagnostic.hint = hint_for(wanted, token.kind, whole);
        self.report(diagnostic);
        let is_bare = matches!(token.kind, TokenKind::Number | TokenKind::Word);
        if matches!(shape, Shape::Text)
            && is_bare
            && !whole.contains(['"', '\\', '\n', '('])
            && !whole.contains("//")
            && !whole.contains("/*")
        {
            // It is the right value and only lacks its quotes.
            self.splice(token.start..token.start, "\"");
            self.splice(end..end, "\"");
        } else {
            self.fill(token.start..end, shape);
        }
    }

    fn list(&mut self, of: &'static Shape, most: usize, field: &'static str, shape: &'static Shape) {
        let open = self.scanner.peek();
        if open.kind != TokenKind::Open('[') {
            return self.wrong("a list in [ ]", open, shape);
        }
        self.scanner.advance();
        self.items_at_most(of, most, field, 0);
        self.end_group();
    }

    /// Checks the items of a list up to its end; `first` is the number of the first one.
    fn items(&mut self, of: &'static Shape, first: usize) {
        self.items_at_most(of, usize::MAX, "", first);
    }

    fn items_at_most(&mut self, of: &'static Shape, most: usize, field: &'static str, first: usize) {
        let mut count = 0_usize;
        while !self.scanner.peek().ends_group() && !self.is_full() {
            let item = self.scanner.peek();
            let before = self.recovery.splices.len();
            let mut fate = Fate::Stays;
            if item.kind == TokenKind::Comma {
                self.report(
                    RawDiagnostic::error(item.span(), "expected an item of the list, found `,`").hint("remove it"),
                );
                fate = Fate::Goes;
            } else if count >= most {
                if count == most {
                    let message = format!("`{field}` may hold {most} items at most, and this is one more");
                    self.report(RawDiagnostic::error(item.span(), message));
                }
                self.scanner.skip_value();
                fate = Fate::Goes;
            } else {
                self.within(PathSegment::Index(first + count), |checker| checker.value(of, field));
            }
            count += usize::from(item.kind != TokenKind::Comma);
            self.separator(false);
            self.end(fate, item.start, before);
        }
    }

    /// Skips the item that began at `start`, with its comma, if that is its fate. The splices within it, which are
    /// those from index `splices`, are removed.
    fn end(&mut self, fate: Fate, start: usize, splices: usize) {
        if fate == Fate::Goes {
            self.recovery.splices.truncate(splices);
            self.splice(start..self.scanner.position().max(start), "");
        }
    }

    fn item(&mut self, kind: &'static Kind) {
        let first = self.scanner.peek();
        let mut ahead = self.scanner;
        ahead.advance();
        let open = if first.kind == TokenKind::Word { ahead.advance() } else { first };
        if open.kind != TokenKind::Open('(') {
            let shape = Shape::Item(kind);
            return self.wrong(&format!("{} in ( )", with_article(kind.noun)), first, &shape);
        }
        let name = self.scanner.word(first);
        if first.kind == TokenKind::Word && name != kind.name {
            let message = format!("expected {}, found `{}(`", with_article(kind.noun), shorten(name));
            self.report(
                RawDiagnostic::error(first.span(), message).hint(format!("write `{}(` or just `(`", kind.name)),
            );
            self.splice(first.span(), kind.name);
        }
        self.scanner = ahead;
        self.fields(open, kind);
    }

    /// Checks the fields of an item whose opening has been taken, and reports missing ones.
    fn fields(&mut self, open: Token, kind: &'static Kind) {
        let mut seen = Seen::default();
        while !self.scanner.peek().ends_group() && !self.is_full() {
            let (start, before) = (self.scanner.peek().start, self.recovery.splices.len());
            let fate = self.field(kind, &mut seen);
            self.separator(true);
            self.end(fate, start, before);
        }
        self.end_group();
        for Field { name, shape, .. } in kind.fields.iter().filter(|field| field.required) {
            if seen.given.contains(name) {
                continue;
            }
            if !seen.meant.contains(name) {
                self.report(
                    RawDiagnostic::error(open.span(), format!("this {} has no `{name}`", kind.noun))
                        .hint(format!("add `{name}: ..`")),
                );
            }
            self.splice(open.end..open.end, format!("{name}: {}, ", filler(shape)));
            self.within(PathSegment::Field(name), |checker| checker.recovery.fillers.push(DocPath::of(&checker.path)));
        }
    }

    /// Leaves the group at its end, unless there were too many problems to continue.
    fn end_group(&mut self) {
        while !self.scanner.peek().ends_group() {
            self.next_item();
        }
        self.scanner.advance();
    }

    fn field(&mut self, kind: &'static Kind, seen: &mut Seen) -> Fate {
        let Some((token, name)) = self.field_name() else {
            return Fate::Goes;
        };
        let mut field = kind.field(name);
        if !self.colon(name) {
            seen.meant.extend(field.map(|field| field.name));
            return Fate::Goes;
        }
        if field.is_none() {
            field = self.unknown_field(kind, token, name).filter(|near| !self.is_given(near.name, seen));
            let Some(near) = field else {
                self.scanner.skip_value();
                return Fate::Goes;
            };
            self.splice(token.span(), near.name);
        }
        let Some(field) = field else { return Fate::Goes };
        let again = seen.given.contains(&field.name);
        if again {
            let message = format!("`{}` is given twice in this {}", field.name, kind.noun);
            self.report(RawDiagnostic::error(token.span(), message).hint("keep one of the two"));
        }
        seen.given.push(field.name);
        self.within(PathSegment::Field(field.name), |checker| checker.value(&field.shape, field.name));
        if again { Fate::Goes } else { Fate::Stays }
    }

    /// Returns `true` if a field has already been given, or is given among the next fields of the group whose value
    /// comes next.
    fn is_given(&self, name: &str, seen: &Seen) -> bool {
        /// Enough for the fields of an item and some misspelt ones.
        const MOST: usize = 40;
        let mut ahead = self.scanner;
        let mut found = seen.given.contains(&name);
        for _ in 0..MOST {
            ahead.skip_value();
            if found || ahead.take(TokenKind::Comma).is_none() {
                break;
            }
            let mut value = ahead;
            let word = value.take(TokenKind::Word);
            found = word.is_some_and(|word| value.word(word) == name) && value.take(TokenKind::Colon).is_some();
        }
        found
    }

    /// Reports a field that the kind does not have, and returns the one that was probably meant.
    fn unknown_field(&mut self, kind: &'static Kind, token: Token, name: &str) -> Option<&'static Field> {
        let item = with_article(kind.noun);
        let message = format!("{item} has no field `{}`", shorten(name));
        let names: Vec<_> = kind.names().collect();
        let fields = format!("its fields are {}", names.join(", "));
        let near = nearest(name, kind.names());
        self.report(RawDiagnostic::error(token.span(), message).hint(match near {
            Some(near) => format!("did you mean `{near}`? {fields}"),
            None => fields,
        }));
        near.and_then(|near| kind.field(near))
    }

    /// Takes the name of a field, or reports what is there instead and moves past it.
    fn field_name(&mut self) -> Option<(Token, &'t str)> {
        let token = self.scanner.peek();
        let source = self.scanner.source(token);
        match token.kind {
            TokenKind::Word => {
                self.scanner.advance();
                Some((token, self.scanner.word(token)))
            }
            TokenKind::Text => {
                self.scanner.advance();
                let (body, _) = string_body(source);
                let name = source.get(body).unwrap_or_default();
                // A group without names is reported once, at its first value.
                let is_name = self.scanner.peek().kind == TokenKind::Colon;
                let (message, hint) = if is_name {
                    ("field names are written without quotes".to_owned(), format!("write `{}: ..`", shorten(name)))
                } else {
                    ("expected a field name, found a string".to_owned(), "write `name: \"..\"`".to_owned())
                };
                self.report(RawDiagnostic::error(token.span(), message).hint(hint));
                if is_name {
                    self.splice(token.span(), name.to_owned());
                } else {
                    self.scanner.skip_value();
                }
                is_name.then_some((token, name))
            }
            _ => {
                let found = self.describe(token);
                let mut diagnostic =
                    RawDiagnostic::error(token.span(), format!("expected a field name, found {found}"));
                diagnostic.hint = match token.kind {
                    TokenKind::Comma => Some("remove it".into()),
                    TokenKind::Number => Some("large numbers are written without commas: `85000`".into()),
                    _ => None,
                };
                self.report(diagnostic);
                self.scanner.skip_value();
                None
            }
        }
    }

    /// Takes the colon after a field's name. If it is missing, returns whether a value follows nevertheless.
    fn colon(&mut self, name: &str) -> bool {
        if self.scanner.take(TokenKind::Colon).is_some() {
            return true;
        }
        let next = self.scanner.peek();
        let name = shorten(name);
        let no_value = next.kind == TokenKind::Comma || next.ends_group();
        let message = match next.kind {
            _ if no_value => format!("`{name}` has no value"),
            TokenKind::Other('=') => format!("expected `:` after `{name}`, found `=`"),
            _ => format!("a `:` is missing after `{name}`"),
        };
        self.report(RawDiagnostic::error(next.span(), message).hint(format!("write `{name}: ..`")));
        match self.scanner.take(TokenKind::Other('=')) {
            Some(sign) => self.splice(sign.span(), ":"),
            None => self.splice(next.start..next.start, ":"),
        }
        !no_value
    }

    /// Takes the comma after an item. If it is missing, reports that and moves to the apparent next item.
    fn separator(&mut self, fields: bool) {
        let next = self.scanner.peek();
        if self.scanner.take(TokenKind::Comma).is_some() || next.ends_group() {
            return;
        }
        let found = self.describe(next);
        self.report(RawDiagnostic::error(next.span(), format!("a `,` is missing before {found}")));
        let mut ahead = self.scanner;
        let resumes = match ahead.advance().kind {
            TokenKind::Word if fields => ahead.peek().kind == TokenKind::Colon,
            TokenKind::Word => ahead.peek().kind == TokenKind::Open('('),
            TokenKind::Open(_) | TokenKind::Text => !fields,
            _ => false,
        };
        if !resumes {
            self.next_item();
        }
        let end = if resumes { next.start } else { self.scanner.position().max(next.start) };
        self.splice(next.start..end, ",");
    }

    fn next_item(&mut self) {
        self.scanner.skip_value();
        self.scanner.take(TokenKind::Comma);
    }

    /// Describes a token in a message.
    fn describe(&self, token: Token) -> String {
        let source = shorten(self.scanner.source(token));
        match token.kind {
            TokenKind::Open('(') => "a group in ( )".into(),
            TokenKind::Open('[') => "a list in [ ]".into(),
            TokenKind::Comma | TokenKind::Close(_) => format!("`{source}`"),
            TokenKind::Text => "a string".into(),
            TokenKind::Bytes => "a byte string".into(),
            TokenKind::Char => format!("{source} in single quotes"),
            TokenKind::Word => format!("the word `{source}`"),
            TokenKind::Number if ron::from_str::<f64>(&source).is_ok() => {
                format!("the number `{source}`")
            }
            TokenKind::Other(c) => character(c),
            TokenKind::End => "the end of the document".into(),
            TokenKind::Open(_)
            | TokenKind::Number
            | TokenKind::Colon
            | TokenKind::UnclosedText
            | TokenKind::UnclosedComment => {
                format!("`{source}`")
            }
        }
    }
}

/// Returns a hint for a value of the wrong type, given its source up to the next comma.
fn hint_for(wanted: &str, found: TokenKind, source: &str) -> Option<String> {
    let source = shorten(source);
    match found {
        TokenKind::Number | TokenKind::Word if wanted.starts_with("a string") => Some(format!("write `\"{source}\"`")),
        TokenKind::Other('\'' | '\u{2018}'..='\u{201F}' | '«' | '»' | '`') | TokenKind::Char => {
            Some("strings stand in straight double quotes, `\"..\"`".into())
        }
        TokenKind::Text if wanted.starts_with("a number") || wanted.starts_with("one of") => {
            Some("write it without quotes".into())
        }
        TokenKind::Text | TokenKind::Open('(') if wanted.starts_with("a list") => {
            Some("put `[` and `]` around it".into())
        }
        TokenKind::Open('{') => Some("fields stand in parentheses, `(title: \"..\")`".into()),
        _ => None,
    }
}
