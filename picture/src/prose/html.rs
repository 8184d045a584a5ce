//! Tags and words of HTML, as much of it as descriptions use.

use pulldown_cmark::{Event, Parser};

use super::block::Look;

/// A part of some HTML.
#[derive(Debug, PartialEq, Eq)]
pub enum Piece<'h> {
    /// Words, with their entities as characters.
    Text(String),
    /// A tag that opens an element, or is one by itself.
    Open(Tag<'h>),
    /// The name of what a tag closes, in lower case.
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

    /// Whether it ends with a slash, so that it has no content.
    pub fn is_closed(&self) -> bool {
        self.attributes.ends_with('/')
    }

    /// The tag as it is written.
    pub fn source(&self) -> String {
        format!("<{}{}>", self.name, self.attributes)
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

/// The look that an element gives to what has a look; `None` if it gives none.
pub fn look(name: &str, look: &Look) -> Option<Look> {
    let look = look.clone();
    Some(match name {
        "b" | "strong" | "th" => Look { bold: true, ..look },
        "i" | "em" | "cite" | "dfn" | "var" => Look { italic: true, ..look },
        "s" | "del" | "strike" => Look { struck: true, ..look },
        "code" | "kbd" | "samp" | "tt" => Look { code: true, ..look },
        "sup" => Look { raised: 1, ..look },
        "sub" => Look { raised: -1, ..look },
        _ => return None,
    })
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
    BLOCKS.binary_search(&name).is_ok()
}

/// Whether HTML has, or once had, an element of this name. A name with a hyphen or colon is one of somebody's own.
pub fn is_element(name: &str) -> bool {
    const OTHERS: [&str; 97] = [
        "a", "abbr", "acronym", "applet", "area", "article", "audio", "b", "base", "basefont", "bdi", "bdo", "big",
        "blink", "body", "br", "button", "canvas", "caption", "cite", "code", "col", "colgroup", "data", "datalist",
        "del", "dfn", "dialog", "dir", "em", "embed", "fieldset", "font", "form", "frame", "frameset", "head", "html",
        "i", "iframe", "img", "input", "ins", "kbd", "label", "legend", "link", "main", "map", "mark", "marquee",
        "menu", "meta", "meter", "nav", "nobr", "noframes", "noscript", "object", "optgroup", "option", "output",
        "param", "picture", "progress", "q", "rp", "rt", "ruby", "s", "samp", "script", "select", "small", "source",
        "span", "strike", "strong", "style", "sub", "sup", "svg", "tbody", "td", "template", "textarea", "tfoot", "th",
        "thead", "time", "title", "track", "tt", "u", "var", "video", "wbr",
    ];
    is_block(name) || name.contains(['-', ':']) || OTHERS.binary_search(&name).is_ok()
}

/// The parts of some HTML in their order. Comments and declarations are left out. Takes time in proportion to the
/// length of the source, whatever it is.
pub fn pieces(source: &str) -> Pieces<'_> {
    Pieces { rest: source, raw: None, has_odd_quotes: false, last_end: source.rfind('>').map(|at| source.len() - at) }
}

/// The parts of some HTML: see [`pieces`].
#[derive(Debug)]
pub struct Pieces<'h> {
    rest: &'h str,
    /// The element whose content is no HTML, if it is open.
    raw: Option<&'static str>,
    /// Whether quotes did not pair, so that they say nothing of where a tag ends.
    has_odd_quotes: bool,
    /// How much of the source is from its last `>` on, in bytes.
    last_end: Option<usize>,
}

impl<'h> Iterator for Pieces<'h> {
    type Item = Piece<'h>;

    fn next(&mut self) -> Option<Piece<'h>> {
        loop {
            if let Some(name) = self.raw.take() {
                let (within, after) = self.rest.split_at(end_of_raw(self.rest, name));
                self.rest = after;
                if !within.is_empty() {
                    return Some(Piece::Text(within.to_owned()));
                }
            }
            if self.rest.is_empty() {
                return None;
            }
            let (words, tag) = self.rest.split_at(begin_of_tag(self.rest));
            if !words.is_empty() {
                self.rest = tag;
                return Some(Piece::Text(text(words)));
            }
            if let Some(piece) = self.tag() {
                return Some(piece);
            }
        }
    }
}

impl<'h> Pieces<'h> {
    /// Takes what begins with a `<`. Returns `None` if nothing is to be made of it.
    fn tag(&mut self) -> Option<Piece<'h>> {
        let rest = self.rest;
        if let Some(comment) = rest.strip_prefix("<!--") {
            self.rest = comment.split_once("-->").map_or("", |(_, after)| after);
            return None;
        }
        let Some((within, after)) = rest.strip_prefix('<').and_then(|rest| self.split_at_end(rest)) else {
            // A tag without an end is none.
            self.rest = rest.get(1..).unwrap_or_default();
            return Some(Piece::Text("<".to_owned()));
        };
        self.rest = after;
        let (is_close, name) = within.strip_prefix('/').map_or((false, within), |name| (true, name));
        let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | ':');
        let (name, attributes) = name.split_at(name.find(|c| !is_name(c)).unwrap_or(name.len()));
        if name.is_empty() {
            return None;
        }
        if !attributes.is_empty() && !attributes.starts_with(|c: char| c.is_ascii_whitespace() || c == '/') {
            // An address of mail, or the like.
            return Some(Piece::Text(format!("<{within}>")));
        }
        let name = name.to_ascii_lowercase();
        if is_close {
            return Some(Piece::Close(name));
        }
        let tag = Tag { name, attributes };
        self.raw = ["script", "style"].into_iter().find(|raw| *raw == tag.name && !tag.is_closed());
        Some(Piece::Open(tag))
    }

    /// The inside of a tag and what follows it. A `>` between quotes does not end it.
    fn split_at_end(&mut self, rest: &'h str) -> Option<(&'h str, &'h str)> {
        if rest.len() < self.last_end? {
            return None;
        }
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
        let quoted = if self.has_odd_quotes { None } else { rest.char_indices().find(ends).map(|(end, _)| end) };
        self.has_odd_quotes |= quoted.is_none();
        let end = quoted.or_else(|| rest.find('>'))?;
        Some((rest.get(..end)?, rest.get(end + 1..)?))
    }
}

/// Where the first tag, comment or declaration begins: a `<` with a letter or such a sign after it.
fn begin_of_tag(rest: &str) -> usize {
    let is_tag = |at: &usize| {
        let after = rest.as_bytes().get(at + 1).copied().unwrap_or_default();
        after.is_ascii_alphabetic() || matches!(after, b'/' | b'!' | b'?')
    };
    rest.match_indices('<').map(|(at, _)| at).find(is_tag).unwrap_or(rest.len())
}

/// Where the tag that closes an element begins.
fn end_of_raw(rest: &str, name: &str) -> usize {
    let closes =
        |at: &usize| rest.get(at + 2..at + 2 + name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name));
    rest.match_indices("</").map(|(at, _)| at).find(closes).unwrap_or(rest.len())
}

/// Words with their entities as characters; what names no character stays as it is written.
pub fn text(source: &str) -> String {
    /// Maximum length of the name of an entity, in bytes.
    const MOST: usize = 32;
    let mut words = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(at) = rest.find('&') {
        let (before, entity) = rest.split_at(at);
        words.push_str(before);
        let length = entity.bytes().skip(1).take(MOST).take_while(|b| b.is_ascii_alphanumeric() || *b == b'#').count();
        let name = entity.get(1..=length).unwrap_or_default();
        let after = entity.get(1 + length..).and_then(|after| after.strip_prefix(';'));
        if let Some((characters, after)) = after.and_then(|after| Some((characters(name)?, after))) {
            words.push_str(&characters);
            rest = after;
        } else {
            words.push('&');
            rest = entity.get(1..).unwrap_or_default();
        }
    }
    words + rest
}

/// The characters that an entity stands for.
fn characters(entity: &str) -> Option<String> {
    if let Some(number) = entity.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(digits) => u32::from_str_radix(digits, 16),
            None => number.parse(),
        };
        return char::from_u32(code.ok()?).filter(|c| *c != '\0').map(String::from);
    }
    let usual = match entity {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        "nbsp" => "\u{a0}",
        // `CommonMark` has all of HTML's.
        _ => return named(entity),
    };
    Some(usual.to_owned())
}

fn named(entity: &str) -> Option<String> {
    let source = format!("&{entity};");
    let found = Parser::new(&source).find_map(|event| match event {
        Event::Text(words) => Some(words.to_string()),
        _ => None,
    })?;
    (!found.starts_with('&')).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_tags_are_told_apart() {
        let found: Vec<Piece<'_>> = pieces("a<B class=x>b</b ><!-- <i> -->&#233;&#x4e00;&bogus;& <br/>").collect();
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
            let said: String = pieces(cut)
                .filter_map(|piece| if let Piece::Text(words) = piece { Some(words) } else { None })
                .collect();
            assert_eq!(said, if cut.starts_with("<!--") { "" } else { cut }, "{cut}");
        }
    }

    #[test]
    fn entities_are_characters() {
        for (source, words) in [
            ("&eacute;&#8217;&#x2014;&NotEqualTilde;&Tab;", "é’—≂̸\t"),
            ("AT&T, R&D; &copy &#0; &#xD800; &&amp;;", "AT&T, R&D; &copy &#0; &#xD800; &&;"),
        ] {
            assert_eq!(text(source), words);
        }
    }

    #[test]
    fn elements_are_known() {
        for name in ["a", "b", "wbr", "ul", "address", "h6", "o:p", "my-element"] {
            assert!(is_element(name), "{name}");
        }
        assert!(!is_element("john") && !is_element("bx") && is_block("tr") && !is_block("td"));
    }

    #[test]
    fn what_is_no_tag_is_words() {
        let words = |source: &str| -> Vec<String> {
            let piece = |piece| match piece {
                Piece::Text(words) => words,
                Piece::Open(tag) => tag.source(),
                Piece::Close(name) => format!("</{name}>"),
            };
            pieces(source).map(piece).collect()
        };
        assert_eq!(words("1 < 2 <3 <me@e.org> <o:p> x"), ["1 < 2 <3 ", "<me@e.org>", " ", "<o:p>", " x"]);
        assert_eq!(words("<script>if (a<b) \"x</script>y"), ["<script>", "if (a<b) \"x", "</script>", "y"]);
        assert_eq!(words("<a title='x>y</a>"), ["<a title='x>", "y", "</a>"]);
    }

    /// A tag may cost no more than its own length, whatever follows it.
    #[test]
    fn hostile_html_takes_time_in_proportion() {
        let begun = std::time::Instant::now();
        for part in ["<a \"", "<a '\">", "<", "&", "<!--", "</", "<script>", "<a '>\"<b \">'", "&#"] {
            assert!(pieces(&part.repeat(50_000)).count() <= 200_000);
        }
        assert!(begun.elapsed().as_secs() < 20);
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
