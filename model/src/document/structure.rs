//! The first check of a text: whether its brackets, strings and comments are closed, and whether it is within the
//! limits.
//!
//! `ron` finds a bracket that was never closed far from its opening, usually at the end. This finds the opening.

use super::{
    limits::{MAX_NESTING, MAX_STRING_BYTES},
    position::line_column,
    raw_diagnostic::RawDiagnostic,
    scan::{Scanner, Token, TokenKind, string_body, string_pieces},
};

/// Returns the structural problems of a text. If there are any, the rest of the text cannot be interpreted reliably, so
/// there is at most one diagnostic about structure, besides strings that are too long.
pub(super) fn check_structure(text: &str) -> Vec<RawDiagnostic> {
    let mut diagnostics = Vec::new();
    let broken = walk(text, &mut |long| diagnostics.push(long));
    diagnostics.extend(broken);
    diagnostics
}

/// Returns the problem that prevents a text from being read at all.
pub(super) fn broken(text: &str) -> Option<RawDiagnostic> {
    walk(text, &mut |_| {})
}

fn walk(text: &str, on_long: &mut dyn FnMut(RawDiagnostic)) -> Option<RawDiagnostic> {
    let mut scanner = Scanner::new(text);
    let mut open: Vec<Token> = Vec::new();
    let mut before: Option<Token> = None;
    loop {
        let token = scanner.advance();
        if let Some(string) = before.filter(|&string| runs_on(&scanner, string, token)) {
            return Some(unclosed_string(text, string, Some(token)));
        }
        match token.kind {
            TokenKind::Open(_) if open.len() == MAX_NESTING => return Some(too_deep(token)),
            TokenKind::Open(_) => open.push(token),
            TokenKind::Close(_) => {
                if let Some(problem) = close(text, &mut open, token) {
                    return Some(problem);
                }
            }
            TokenKind::Text => too_long(&scanner, token).into_iter().for_each(&mut *on_long),
            TokenKind::UnclosedText => return Some(unclosed_string(text, token, None)),
            TokenKind::UnclosedComment => return Some(unclosed_comment(token)),
            TokenKind::End => return never_closed(text, &open),
            _ => {}
        }
        before = Some(token);
    }
}

/// Returns `true` if the closing quote of a string is missing: it continues over several lines to the opening quote of
/// the next string, so that the content of that one follows unquoted.
pub(super) fn runs_on(scanner: &Scanner<'_>, string: Token, next: Token) -> bool {
    let separates = matches!(
        next.kind,
        TokenKind::Comma | TokenKind::Colon | TokenKind::Close(_) | TokenKind::UnclosedComment | TokenKind::End
    );
    string.kind == TokenKind::Text && next.start == string.end && !separates && scanner.source(string).contains('\n')
}

fn unclosed_string(text: &str, string: Token, runs_on_to: Option<Token>) -> RawDiagnostic {
    let hint = match runs_on_to {
        Some(next) => {
            let at = line_column(text, next.start.saturating_sub(1));
            format!("it runs on to the quote at {}:{}: add `\"` where it should end", at.line, at.column)
        }
        None => "it runs on to the end of the document: add `\"` where it should end".into(),
    };
    RawDiagnostic::error(string.start..string.start + 1, "this string is never closed").hint(hint)
}

fn unclosed_comment(comment: Token) -> RawDiagnostic {
    RawDiagnostic::error(comment.start..comment.start + 2, "this comment is never closed")
        .hint("add `*/` where it should end; a `/*` inside it needs its own `*/`")
}

fn too_deep(bracket: Token) -> RawDiagnostic {
    RawDiagnostic::error(bracket.span(), format!("brackets are nested more than {MAX_NESTING} deep"))
        .hint("a timeline needs no more than six; is a closing bracket missing above?")
}

/// Returns an error if the string exceeds the limit. Escapes are longer than their values, so only literals longer than
/// the limit are measured.
pub(super) fn too_long(scanner: &Scanner<'_>, string: Token) -> Option<RawDiagnostic> {
    if string.end - string.start <= MAX_STRING_BYTES {
        return None;
    }
    let literal = scanner.source(string);
    let (body, raw) = string_body(literal);
    let length: usize = string_pieces(literal.get(body)?, raw).map(|(_, made)| made).sum();
    (length > MAX_STRING_BYTES).then(|| {
        RawDiagnostic::error(
            string.start..string.start + 1,
            format!("this string has {length} bytes, over the limit of {MAX_STRING_BYTES} (1 MiB)"),
        )
        .hint("shorten it, or split it over several events")
    })
}

fn closing(open: char) -> char {
    match open {
        '(' => ')',
        '[' => ']',
        _ => '}',
    }
}

/// Closes the innermost bracket, or returns why this one does not close it.
fn close(text: &str, open: &mut Vec<Token>, bracket: Token) -> Option<RawDiagnostic> {
    let TokenKind::Close(found) = bracket.kind else {
        return None;
    };
    let matches = |token: &Token| matches!(token.kind, TokenKind::Open(c) if closing(c) == found);
    let Some(&innermost) = open.last() else {
        return Some(
            RawDiagnostic::error(bracket.span(), format!("this `{found}` closes nothing"))
                .hint("remove it, or add the bracket that it should close"),
        );
    };
    if matches(&innermost) {
        open.pop();
        return None;
    }
    let TokenKind::Open(opened) = innermost.kind else {
        return None;
    };
    let needed = closing(opened);
    Some(if open.iter().any(matches) {
        let at = line_column(text, bracket.start);
        RawDiagnostic::error(innermost.span(), format!("this `{opened}` is never closed"))
            .hint(format!("add `{needed}` before the `{found}` at {}:{}", at.line, at.column))
    } else {
        let at = line_column(text, innermost.start);
        RawDiagnostic::error(
            bracket.span(),
            format!("this `{found}` does not close the `{opened}` at {}:{}", at.line, at.column),
        )
        .hint(format!("write `{needed}`"))
    })
}

/// Returns the error for a text that ends within brackets. The innermost is the one that most likely lacks its end.
fn never_closed(text: &str, open: &[Token]) -> Option<RawDiagnostic> {
    let (&innermost, around) = open.split_last()?;
    let TokenKind::Open(opened) = innermost.kind else {
        return None;
    };
    let hint = if around.is_empty() {
        format!("add `{}` where it should end", closing(opened))
    } else {
        let around: Vec<_> = around.iter().map(|token| line_column(text, token.start)).collect();
        let around: Vec<_> = around.iter().map(|at| format!("{}:{}", at.line, at.column)).collect();
        format!("the document ends before it, and before what was opened at {}", around.join(", "))
    };
    Some(RawDiagnostic::error(innermost.span(), format!("this `{opened}` is never closed")).hint(hint))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: &[(usize, &str, &str)]) {
        let found = check_structure(text);
        assert_eq!(found.len(), expect.len(), "{text}: {found:?}");
        for (found, &(start, message, hint)) in found.iter().zip(expect) {
            assert_eq!(found.span.start, start, "{text}: {found:?}");
            assert!(found.message.contains(message), "{text}: {found:?}");
            assert!(found.hint.as_deref().unwrap_or_default().contains(hint), "{text}: {found:?}");
        }
    }

    #[test]
    fn sound_texts_pass() {
        for text in ["", "()", "Timeline(a: [(b: {}), \")\"]) // (", "/* ( */", "(a: 'x', b: '(')", "r#\"(\"#"] {
            check(text, &[]);
        }
    }

    #[test]
    fn brackets_are_blamed_at_their_opening() {
        check("(a: [1, 2)", &[(4, "this `[` is never closed", "before the `)` at 1:10")]);
        check("(a: [\n(b: 1\n])", &[(6, "this `(` is never closed", "before the `]` at 3:1")]);
        check("(a: 1", &[(0, "this `(` is never closed", "add `)`")]);
        check("(a: [(b: 1", &[(5, "this `(` is never closed", "opened at 1:1, 1:5")]);
    }

    #[test]
    fn closing_brackets_too_many_are_blamed_where_they_are() {
        check("())", &[(2, "this `)` closes nothing", "remove")]);
        check("(a: 1}", &[(5, "this `}` does not close the `(` at 1:1", "write `)`")]);
    }

    #[test]
    fn strings_are_blamed_at_the_quote_that_lacks_its_partner() {
        check("(a: \"b", &[(4, "this string is never closed", "end of the document")]);
        check("(a: \"b,\n c: \"d\", e: \"f\")", &[(4, "this string is never closed", "quote at 2:5")]);
        check("(a: r#\"b\")", &[(4, "this string is never closed", "end of the document")]);
        check("(a: \"b\n\nc\", d: \"e\")", &[]);
    }

    #[test]
    fn comments_nest() {
        check("( /* /* */ )", &[(2, "this comment is never closed", "own `*/`")]);
    }

    #[test]
    fn nesting_is_limited() {
        check(&("[".repeat(128) + &"]".repeat(128)), &[]);
        check(&"[".repeat(100_000), &[(128, "more than 128 deep", "")]);
    }

    #[test]
    fn strings_are_limited_by_their_value() {
        let mib = "x".repeat(MAX_STRING_BYTES);
        check(&format!("(\"{mib}\")"), &[]);
        check(&format!("(r#\"{mib}\"#)"), &[]);
        check(&format!("(\"{}\")", "\\n".repeat(MAX_STRING_BYTES)), &[]);
        check(&format!("(\"{mib}x\", \"\")"), &[(1, "1048577 bytes", "")]);
    }
}
