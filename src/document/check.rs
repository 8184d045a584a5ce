//! Every problem of a document that `ron` refuses, by walking its text against the schema.
//!
//! The walk goes on after a problem: it reports it, skips to the next comma of the same group, and
//! continues there. It relies on brackets that match, which `structure.rs` makes sure of, and
//! descends only where the schema does, so its recursion is as deep as the format and no deeper.

use super::{
    diagnostic::nearest,
    position::Finding,
    ron_error,
    scan::{Scanner, Token, TokenKind, string_body},
    schema::{Field, Kind, Shape, TIMELINE},
    words::{character, shorten, with_article},
};

#[cfg(test)]
mod tests;

/// How many problems are reported. Who has more wants to see the first.
pub(super) const MAX_FINDINGS: usize = 1000;

/// What is wrong with the document, in no particular order; at most [`MAX_FINDINGS`].
pub(super) fn check(text: &str) -> Vec<Finding> {
    let mut checker = Checker { scanner: Scanner::new(text), findings: Vec::new() };
    checker.scanner.skip_attributes();
    checker.item(&TIMELINE);
    let next = checker.scanner.peek();
    if next.kind != TokenKind::End && checker.findings.is_empty() {
        let found = checker.describe(next);
        checker.report(
            Finding::error(next.span(), format!("the timeline ends here, but {found} follows"))
                .hint("one document is one `Timeline(..)`; is a bracket closed too early?"),
        );
    }
    checker.findings
}

/// The fields of an item that have been met.
#[derive(Default)]
struct Seen {
    given: Vec<&'static str>,
    /// Those whose name was misspelt or whose value was left out. That was reported, so they are
    /// not missing as well.
    meant: Vec<&'static str>,
}

struct Checker<'t> {
    scanner: Scanner<'t>,
    findings: Vec<Finding>,
}

impl<'t> Checker<'t> {
    fn report(&mut self, finding: Finding) {
        if !self.is_full() {
            self.findings.push(finding);
        }
    }

    fn is_full(&self) -> bool {
        self.findings.len() >= MAX_FINDINGS
    }

    /// Checks the value that comes next, which belongs to the field of this name, and moves past
    /// it.
    fn value(&mut self, shape: &'static Shape, field: &'static str) {
        match shape {
            Shape::Text => self.text(),
            Shape::Number => self.number(),
            Shape::Choice(words) => self.choice(words),
            Shape::Item(kind) => self.item(kind),
            Shape::List(of, most) => self.list(of, *most, field),
            Shape::Maybe(of) => self.maybe(of, field),
        }
    }

    fn maybe(&mut self, of: &'static Shape, field: &'static str) {
        let mut ahead = self.scanner;
        let word = ahead.take(TokenKind::Word).map(|word| ahead.source(word));
        match (word, of) {
            (Some("None"), _) => self.scanner = ahead,
            (Some("Some"), Shape::Item(kind)) if ahead.peek().kind == TokenKind::Open('(') && ahead.at_fields() => {
                // The extension `unwrap_variant_newtypes` lets the fields stand in `Some(..)`
                // themselves.
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
                    self.report(Finding::error(next.span(), format!("expected `)` to close `Some(`, found {found}")));
                    while !self.scanner.peek().ends_group() {
                        self.next_item();
                    }
                    self.scanner.take(TokenKind::Close(')'));
                }
            }
            _ => self.value(of, field),
        }
    }

    fn text(&mut self) {
        let token = self.scanner.peek();
        if token.kind != TokenKind::Text {
            return self.wrong("a string in quotes", token);
        }
        self.scanner.advance();
        let literal = self.scanner.source(token);
        if literal.contains('\\')
            && let Err(error) = ron::from_str::<String>(literal)
        {
            self.report(ron_error::in_string(literal, &error, token.start));
        }
    }

    fn number(&mut self) {
        let token = self.scanner.peek();
        let source = self.scanner.source(token);
        let parsed = match token.kind {
            TokenKind::Number | TokenKind::Word => ron::from_str::<f64>(source).ok(),
            _ => return self.wrong("a number", token),
        };
        match parsed {
            Some(value) if value.is_finite() => {}
            Some(_) => self.report(
                Finding::error(token.span(), format!("`{}` must be a finite number", shorten(source)))
                    .hint("leave the point out if its value is not known"),
            ),
            None if token.kind == TokenKind::Word => return self.wrong("a number", token),
            None => self.report(
                Finding::error(token.span(), format!("`{}` is not a number", shorten(source)))
                    .hint("write it like `85`, `-0.22` or `8.5e10`"),
            ),
        }
        self.scanner.advance();
    }

    fn choice(&mut self, words: &'static [&'static str]) {
        let token = self.scanner.peek();
        let listed = words.join(", ");
        if token.kind != TokenKind::Word {
            return self.wrong(&format!("one of {listed}"), token);
        }
        self.scanner.advance();
        let word = self.scanner.word(token);
        if !words.contains(&word) {
            let mut finding = Finding::error(token.span(), format!("`{}` is not one of {listed}", shorten(word)));
            finding.hint = nearest(word, words.iter().copied()).map(|near| format!("did you mean `{near}`?"));
            self.report(finding);
        }
    }

    /// Reports a value of the wrong type and moves past it.
    fn wrong(&mut self, wanted: &str, token: Token) {
        let found = self.describe(token);
        let before = self.scanner;
        self.scanner.skip_value();
        let end = self.scanner.position();
        let whole = before.source(Token { end: end.max(token.end), ..token });
        let mut finding = Finding::error(token.span(), format!("expected {wanted}, found {found}"));
        finding.hint = hint_for(wanted, token.kind, whole);
        self.report(finding);
    }

    fn list(&mut self, of: &'static Shape, most: usize, field: &'static str) {
        let open = self.scanner.peek();
        if open.kind != TokenKind::Open('[') {
            return self.wrong("a list in [ ]", open);
        }
        self.scanner.advance();
        let mut count = 0_usize;
        while !self.scanner.peek().ends_group() && !self.is_full() {
            let item = self.scanner.peek();
            count += 1;
            if item.kind == TokenKind::Comma {
                self.report(Finding::error(item.span(), "expected an item of the list, found `,`").hint("remove it"));
            } else if count > most {
                if count == most + 1 {
                    let message = format!("`{field}` may hold {most} items at most, and this is one more");
                    self.report(Finding::error(item.span(), message));
                }
                self.scanner.skip_value();
            } else {
                self.value(of, field);
            }
            self.separator(false);
        }
        self.end_group();
    }

    fn item(&mut self, kind: &'static Kind) {
        let first = self.scanner.peek();
        let mut ahead = self.scanner;
        ahead.advance();
        let open = if first.kind == TokenKind::Word { ahead.advance() } else { first };
        if open.kind != TokenKind::Open('(') {
            return self.wrong(&format!("{} in ( )", with_article(kind.noun)), first);
        }
        let name = self.scanner.word(first);
        if first.kind == TokenKind::Word && name != kind.name {
            let message = format!("expected {}, found `{}(`", with_article(kind.noun), shorten(name));
            self.report(Finding::error(first.span(), message).hint(format!("write `{}(` or just `(`", kind.name)));
        }
        self.scanner = ahead;
        self.fields(open, kind);
    }

    /// Checks the fields of an item, whose opening was taken, and what is missing among them.
    fn fields(&mut self, open: Token, kind: &'static Kind) {
        let mut seen = Seen::default();
        while !self.scanner.peek().ends_group() && !self.is_full() {
            self.field(kind, &mut seen);
            self.separator(true);
        }
        self.end_group();
        let absent = |field: &&Field| {
            let Field { name, required, .. } = field;
            *required && !seen.given.contains(name) && !seen.meant.contains(name)
        };
        for Field { name, .. } in kind.fields.iter().filter(absent) {
            self.report(
                Finding::error(open.span(), format!("this {} has no `{name}`", kind.noun))
                    .hint(format!("add `{name}: ..`")),
            );
        }
    }

    /// Leaves the group, whose end has come unless there were too many problems to go on.
    fn end_group(&mut self) {
        while !self.scanner.peek().ends_group() {
            self.next_item();
        }
        self.scanner.advance();
    }

    fn field(&mut self, kind: &'static Kind, seen: &mut Seen) {
        let Some((token, name)) = self.field_name() else {
            return;
        };
        let field = kind.field(name);
        if !self.colon(name) {
            seen.meant.extend(field.map(|field| field.name));
            return;
        }
        let Some(field) = field else {
            seen.meant.extend(self.unknown_field(kind, token, name));
            return self.scanner.skip_value();
        };
        if seen.given.contains(&field.name) {
            let message = format!("`{}` is given twice in this {}", field.name, kind.noun);
            self.report(Finding::error(token.span(), message).hint("keep one of the two"));
        }
        seen.given.push(field.name);
        self.value(&field.shape, field.name);
    }

    /// Reports a field that the kind does not have, and answers which was probably meant.
    fn unknown_field(&mut self, kind: &Kind, token: Token, name: &str) -> Option<&'static str> {
        let item = with_article(kind.noun);
        let message = format!("{item} has no field `{}`", shorten(name));
        let names: Vec<_> = kind.names().collect();
        let fields = format!("its fields are {}", names.join(", "));
        let near = nearest(name, kind.names());
        self.report(Finding::error(token.span(), message).hint(match near {
            Some(near) => format!("did you mean `{near}`? {fields}"),
            None => fields,
        }));
        near
    }

    /// Takes the name of a field, or reports what stands there instead and moves past it.
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
                // In a group without names there is one report for the first of the values.
                let is_name = self.scanner.peek().kind == TokenKind::Colon;
                let (message, hint) = if is_name {
                    ("field names are written without quotes".to_owned(), format!("write `{}: ..`", shorten(name)))
                } else {
                    ("expected a field name, found a string".to_owned(), "write `name: \"..\"`".to_owned())
                };
                self.report(Finding::error(token.span(), message).hint(hint));
                is_name.then_some((token, name))
            }
            _ => {
                let found = self.describe(token);
                let mut finding = Finding::error(token.span(), format!("expected a field name, found {found}"));
                finding.hint = match token.kind {
                    TokenKind::Comma => Some("remove it".into()),
                    TokenKind::Number => Some("large numbers are written without commas: `85000`".into()),
                    _ => None,
                };
                self.report(finding);
                self.scanner.skip_value();
                None
            }
        }
    }

    /// Takes the colon after a field's name. Without one, whether a value comes nevertheless.
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
        self.report(Finding::error(next.span(), message).hint(format!("write `{name}: ..`")));
        self.scanner.take(TokenKind::Other('='));
        !no_value
    }

    /// Takes the comma after an item. Where it is missing, says so and moves to what looks like the
    /// next item.
    fn separator(&mut self, fields: bool) {
        let next = self.scanner.peek();
        if self.scanner.take(TokenKind::Comma).is_some() || next.ends_group() {
            return;
        }
        let found = self.describe(next);
        self.report(Finding::error(next.span(), format!("a `,` is missing before {found}")));
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
    }

    fn next_item(&mut self) {
        self.scanner.skip_value();
        self.scanner.take(TokenKind::Comma);
    }

    /// What a token is, for people.
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

/// What to do about a value of the wrong type, given its source up to the next comma.
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
