//! Tags and words of HTML, as much of it as descriptions use.

/// A part of some HTML.
#[derive(Debug, PartialEq, Eq)]
pub enum Piece<'h> {
    /// Words, with their entities as characters.
    Text(String),
    /// A tag that opens an element, or is one by itself.
    Open(Tag<'h>),
    /// The name of what a tag closes.
    Close(String),
}

/// A tag that opens something.
#[derive(Debug, PartialEq, Eq)]
pub struct Tag<'h> {
    /// In lower case.
    pub name: String,
    attributes: &'h str,
}

impl Tag<'_> {
    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<String> {
        let mut rest = self.attributes;
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
            let end = rest.find(|c: char| c.is_whitespace() || c == '=').unwrap_or(rest.len());
            let (found, after) = rest.split_at(end);
            let (value, after) = match after.trim_start().strip_prefix('=') {
                Some(value) => self::value(value.trim_start()),
                None => ("", after),
            };
            if found.is_empty() && value.is_empty() {
                return None;
            }
            if found.eq_ignore_ascii_case(name) {
                return Some(text(value));
            }
            rest = after;
        }
    }
}

/// The value at the beginning of some attributes, without its quotes, and what follows.
fn value(rest: &str) -> (&str, &str) {
    for quote in ['"', '\''] {
        if let Some(quoted) = rest.strip_prefix(quote) {
            return quoted.split_once(quote).unwrap_or((quoted, ""));
        }
    }
    rest.split_at(rest.find(char::is_whitespace).unwrap_or(rest.len()))
}

/// Whether an element is on lines of its own.
pub fn is_block(name: &str) -> bool {
    const BLOCKS: [&str; 30] = [
        "address",
        "article",
        "aside",
        "blockquote",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tr",
        "ul",
    ];
    BLOCKS.contains(&name)
}

/// The parts of some HTML in their order. Comments and declarations are left out.
pub fn pieces(source: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = source;
    while !rest.is_empty() {
        let (words, tag) = rest.split_at(rest.find('<').unwrap_or(rest.len()));
        if !words.is_empty() {
            pieces.push(Piece::Text(text(words)));
        }
        let (piece, after) = tag_of(tag);
        pieces.extend(piece);
        rest = after;
    }
    pieces
}

/// What begins with a `<`, and what follows it.
fn tag_of(rest: &str) -> (Option<Piece<'_>>, &str) {
    if let Some(comment) = rest.strip_prefix("<!--") {
        return (None, comment.split_once("-->").map_or("", |(_, after)| after));
    }
    let Some((within, after)) = rest.strip_prefix('<').and_then(split_at_end) else { return (None, "") };
    let (is_close, name) = within.strip_prefix('/').map_or((false, within), |name| (true, name));
    let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
    let (name, attributes) = name.split_at(end);
    if name.is_empty() {
        return (None, after);
    }
    let name = name.to_ascii_lowercase();
    (Some(if is_close { Piece::Close(name) } else { Piece::Open(Tag { name, attributes }) }), after)
}

/// The inside of a tag and what follows it. A `>` between quotes does not end it.
fn split_at_end(rest: &str) -> Option<(&str, &str)> {
    let mut quote = None;
    let ends = |(_, c): &(usize, char)| {
        match (quote, *c) {
            (None, '>') => return true,
            (None, '"' | '\'') => quote = Some(*c),
            (Some(open), c) if open == c => quote = None,
            _ => {}
        }
        false
    };
    let (end, _) = rest.char_indices().find(ends)?;
    Some((&rest[..end], &rest[end + 1..]))
}

/// Words with the entities that one meets as characters; others stay as they are written.
fn text(source: &str) -> String {
    let mut words = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(at) = rest.find('&') {
        let (before, entity) = rest.split_at(at);
        words.push_str(before);
        let named = entity.get(1..).and_then(|name| name.split_once(';'));
        if let Some((c, after)) = named.and_then(|(name, after)| Some((character(name)?, after))) {
            words.push(c);
            rest = after;
        } else {
            words.push('&');
            rest = &entity[1..];
        }
    }
    words + rest
}

fn character(entity: &str) -> Option<char> {
    Some(match entity {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        "ndash" => '–',
        "mdash" => '—',
        "hellip" => '…',
        "lsquo" => '‘',
        "rsquo" => '’',
        "ldquo" => '“',
        "rdquo" => '”',
        _ => {
            let number = entity.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?)?
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_tags_are_told_apart() {
        let found = pieces("a<B class=x>b</b ><!-- <i> -->&#233;&#x4e00;&bogus;& <br/>");
        let open = |name: &str, attributes| Piece::Open(Tag { name: name.to_owned(), attributes });
        let words = |words: &str| Piece::Text(words.to_owned());
        let expect = [
            words("a"),
            open("b", " class=x"),
            words("b"),
            Piece::Close("b".to_owned()),
            words("é一&bogus;& "),
            open("br", "/"),
        ];
        assert_eq!(found, expect);
        for cut in ["<", "a <b", "<!-- x", "</", "<>", "&", "&#;", "<a href='"] {
            pieces(cut);
        }
    }

    #[test]
    fn attributes_are_found_in_any_quotes() {
        let attributes = " id=x href = 'https://e.org/?a&amp;b' disabled alt=\"A > b\" last=";
        let tag = Tag { name: "a".to_owned(), attributes };
        for (name, value) in [
            ("id", Some("x")),
            ("HREF", Some("https://e.org/?a&b")),
            ("disabled", Some("")),
            ("alt", Some("A > b")),
            ("last", Some("")),
            ("title", None),
        ] {
            assert_eq!(tag.attribute(name).as_deref(), value, "{name}");
        }
    }
}
