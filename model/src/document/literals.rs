//! Finds the ends of RON strings and comments, for all readers of the text.
//!
//! Offsets are bytes of the text. Each function returns `None` if the text ends before the string or comment does.

use memchr::{memchr, memchr2};

/// Returns the end of the string whose opening quote is at `quote`.
pub(super) fn string_end(text: &[u8], quote: usize) -> Option<usize> {
    let mut at = quote + 1;
    loop {
        at += memchr2(b'"', b'\\', text.get(at..)?)?;
        if text.get(at) == Some(&b'"') {
            return Some(at + 1);
        }
        // The first byte of an escaped character never ends the string.
        at += 2;
    }
}

/// Returns the end of the raw string with this number of hashes whose opening quote is at `quote`.
pub(super) fn raw_string_end(text: &[u8], quote: usize, hashes: usize) -> Option<usize> {
    let mut at = quote + 1;
    loop {
        at += memchr(b'"', text.get(at..)?)? + 1;
        let after = text.get(at..)?.iter().take(hashes).take_while(|byte| **byte == b'#').count();
        if after == hashes {
            return Some(at + hashes);
        }
    }
}

/// Returns the end of the comment that begins with the slash at `slash`, which is the line break after a line comment.
/// If no comment begins there, returns the offset after the slash. Block comments nest.
pub(super) fn comment_end(text: &[u8], slash: usize) -> Option<usize> {
    match text.get(slash + 1) {
        Some(b'/') => Some(slash + memchr(b'\n', text.get(slash..)?)?),
        Some(b'*') => block_comment_end(text, slash),
        _ => Some(slash + 1),
    }
}

fn block_comment_end(text: &[u8], slash: usize) -> Option<usize> {
    let (mut at, mut depth) = (slash, 0_usize);
    loop {
        at += memchr2(b'/', b'*', text.get(at..)?)?;
        match text.get(at..at + 2)? {
            b"/*" => (at, depth) = (at + 2, depth + 1),
            b"*/" => (at, depth) = (at + 2, depth - 1),
            _ => at += 1,
        }
        if depth == 0 {
            return Some(at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(end: fn(&[u8], usize) -> Option<usize>, text: &str, expect: Option<&str>) {
        assert_eq!(end(text.as_bytes(), 0).map(|end| &text[..end]), expect, "{text}");
    }

    #[test]
    fn strings_end_at_a_quote_that_is_not_escaped() {
        check(string_end, r#""a" b""#, Some(r#""a""#));
        check(string_end, r#""a\" b" c"#, Some(r#""a\" b""#));
        check(string_end, r#""a\\" b"#, Some(r#""a\\""#));
        check(string_end, r#""a\"#, None);
        check(string_end, "\"a", None);
    }

    #[test]
    fn raw_strings_end_with_as_many_hashes() {
        let two = |text: &[u8], quote| raw_string_end(text, quote, 2);
        check(two, "\"a\"#b\"##c", Some("\"a\"#b\"##"));
        check(two, "\"a\"###", Some("\"a\"##"));
        check(two, "\"a\"#", None);
        check(|text, quote| raw_string_end(text, quote, 0), "\"a\\\" b", Some("\"a\\\""));
    }

    #[test]
    fn comments_end_with_their_line_or_their_pair() {
        check(comment_end, "// a\nb", Some("// a"));
        check(comment_end, "// a", None);
        check(comment_end, "/* a /* b */ c */ d", Some("/* a /* b */ c */"));
        check(comment_end, "/* a /* b */ c", None);
        check(comment_end, "/*/ a */ b", Some("/*/ a */"));
        check(comment_end, "/a", Some("/"));
    }
}
