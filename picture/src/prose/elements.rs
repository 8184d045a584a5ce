//! HTML -> blocks of words.
//!
//! Elements may be unbalanced, and nest in any way: what closes nothing is left out, what is not closed goes on.

use std::rc::Rc;

use super::block::{Block, Kind, Look, Span};
use super::html::{self, Piece, Tag, pieces};

/// What some HTML says.
#[derive(Debug, Default)]
pub struct Html {
    /// Its words. Their links are as they are written, which may be to a page beside it.
    pub blocks: Vec<Block>,
    /// The addresses and alternative texts of its pictures, and of what there is to see and hear.
    pub media: Vec<[String; 2]>,
    /// The names of elements that were left out with their content: programs, and pages within the page.
    pub dropped: Vec<String>,
}

/// Whether a text is HTML: it has an element or an entity.
#[must_use]
pub fn is_html(text: &str) -> bool {
    if !text.contains(['<', '&']) {
        return false;
    }
    pieces(text).any(|piece| match piece {
        Piece::Text(_) => false,
        Piece::Open(tag) => html::is_element(&tag.name),
        Piece::Close(name) => html::is_element(&name),
    }) || html::text(text) != text
}

/// Reads some HTML. Takes time and memory in proportion to its length.
#[must_use]
pub fn from_html(source: &str) -> Html {
    let mut reader = Reader::default();
    for piece in pieces(source) {
        reader.piece(source, piece);
    }
    reader.end_block();
    reader.html
}

/// Maximum number of open elements that give a look; those within them are words.
const MOST_OPEN: usize = 16;
/// Maximum number of lists in lists, and of quotations in quotations.
const MOST_NESTED: usize = 6;

/// An open element that gives a look.
#[derive(Debug)]
struct Open {
    name: String,
    /// Where a link leads.
    link: Option<Rc<str>>,
}

/// An open list.
#[derive(Debug)]
struct List {
    /// The next number; `None` if it has bullets.
    next: Option<u64>,
    /// Whether an item of it has words.
    has_item: bool,
}

#[derive(Debug, Default)]
struct Reader {
    html: Html,
    spans: Vec<Span>,
    open: Vec<Open>,
    look: Look,
    kind: Kind,
    lists: Vec<List>,
    quotes: usize,
    mark: Option<String>,
    /// Number of tables that are open, whose rows are lines.
    tables: usize,
    /// Whether words are as they are written, spaces and all.
    is_verbatim: bool,
    /// The name of the element whose content is left out.
    skipped: Option<String>,
    /// Where the last tag that closes each of [`SKIPPED`] is in the source.
    last_ends: [Option<usize>; SKIPPED.len()],
}

/// Returns an address of the web, with its scheme. Returns `None` if it is none.
fn web_address(url: &str) -> Option<String> {
    let url = url.trim();
    let whole = if url.starts_with("//") { format!("https:{url}") } else { url.to_owned() };
    let is_web = ["http://", "https://"].iter().any(|scheme| whole.starts_with(scheme));
    Some(whole).filter(|whole| is_web && !whole.contains(char::is_whitespace))
}

/// Elements that are left out with their content.
const SKIPPED: [&str; 9] = ["script", "style", "template", "iframe", "object", "applet", "svg", "canvas", "noframes"];

impl Reader {
    fn piece(&mut self, source: &str, piece: Piece<'_>) {
        if let Some(skipped) = &self.skipped {
            if matches!(&piece, Piece::Close(name) if name == skipped) {
                self.skipped = None;
            }
            return;
        }
        match piece {
            Piece::Text(words) => self.words(&words),
            Piece::Open(tag) if html::is_element(&tag.name) => self.open(source, &tag),
            Piece::Open(tag) => self.words(&tag.source()),
            Piece::Close(name) if html::is_element(&name) => self.close(&name),
            Piece::Close(name) => self.words(&format!("</{name}>")),
        }
    }

    fn open(&mut self, source: &str, tag: &Tag<'_>) {
        let name = tag.name.as_str();
        if let Some(number) = SKIPPED.iter().position(|skipped| *skipped == name) {
            // The page in a frame, such as a video, is where its address leads.
            match tag.attribute("src").as_deref().filter(|_| name == "iframe").and_then(web_address) {
                Some(url) => self.linked(&url),
                None => self.html.dropped.push(name.to_owned()),
            }
            if !tag.is_closed() && self.ends(source, number) {
                self.skipped = Some(name.to_owned());
            }
            return;
        }
        match name {
            "br" => self.line_break(),
            "img" | "video" | "audio" | "source" | "embed" => self.media(tag),
            "q" => self.words("“"),
            "a" => {
                self.close("a");
                if let Some(url) = tag.attribute("href").filter(|url| !url.trim().is_empty()) {
                    self.push(name, Some(Rc::from(url.trim())));
                }
            }
            "td" | "th" if self.tables > 0 => self.cell(),
            "tr" if self.tables > 0 => self.line_break(),
            name if self.tables > 0 && name != "table" && html::is_block(name) => self.words(" "),
            name if html::is_block(name) => self.open_block(tag),
            name if html::look(name, &self.look).is_some() => self.push(name, None),
            _ => {}
        }
    }

    /// Adds an address as a link of its own words.
    fn linked(&mut self, url: &str) {
        self.words(" ");
        self.push("a", Some(Rc::from(url)));
        self.words(url);
        self.close("a");
        self.words(" ");
    }

    /// Whether an element of [`SKIPPED`] is closed somewhere; if not, only its tag is left out. Programs are never words.
    fn ends(&mut self, source: &str, number: usize) -> bool {
        let Some(name) = SKIPPED.get(number).filter(|_| number >= 3) else { return true };
        let Some(last) = self.last_ends.get_mut(number) else { return false };
        // Each element that is closed is skipped to its end, so that a later tag may be closed only by a later end.
        // The search is over all of the source, once for each name.
        if last.is_none() {
            let lower = source.to_ascii_lowercase();
            *last = Some(lower.matches(&format!("</{name}")).count());
        }
        match last {
            Some(0) | None => false,
            Some(left) => {
                *left -= 1;
                true
            }
        }
    }

    fn open_block(&mut self, tag: &Tag<'_>) {
        self.end_block();
        match tag.name.as_str() {
            "ul" | "ol" if self.lists.len() < MOST_NESTED => {
                let first = tag.attribute("start").and_then(|start| start.trim().parse::<u16>().ok()).unwrap_or(1);
                self.lists.push(List { next: (tag.name == "ol").then_some(u64::from(first)), has_item: false });
            }
            "li" => {
                if self.lists.is_empty() {
                    self.lists.push(List { next: None, has_item: false });
                }
                self.mark = self.lists.last_mut().map(next_mark);
            }
            "blockquote" if self.quotes < MOST_NESTED => self.quotes += 1,
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                let level = tag.name.bytes().last().unwrap_or(b'1') - b'0';
                self.kind = Kind::Heading(level);
            }
            "hr" => self.html.blocks.push(Block { kind: Kind::Rule, quotes: self.quotes, ..Block::default() }),
            "pre" => {
                self.kind = Kind::Code;
                self.is_verbatim = true;
            }
            "table" => self.tables += 1,
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "q" => self.words("”"),
            "br" => self.line_break(),
            "p" if self.tables > 0 => self.words(" "),
            "table" => {
                self.tables = self.tables.saturating_sub(1);
                if self.tables == 0 {
                    self.end_block();
                }
            }
            name if self.tables > 0 && html::is_block(name) => {}
            name if html::is_block(name) => {
                self.end_block();
                match name {
                    "ul" | "ol" => drop(self.lists.pop()),
                    "blockquote" => self.quotes = self.quotes.saturating_sub(1),
                    _ => {}
                }
            }
            name => {
                if let Some(at) = self.open.iter().rposition(|open| open.name == name) {
                    self.open.remove(at);
                    self.look = self.open.iter().fold(Look::default(), |look, open| match &open.link {
                        Some(link) => Look { link: Some(Rc::clone(link)), ..look },
                        None => html::look(&open.name, &look).unwrap_or(look),
                    });
                }
            }
        }
    }

    fn push(&mut self, name: &str, link: Option<Rc<str>>) {
        if self.open.len() < MOST_OPEN {
            self.look = match &link {
                Some(link) => Look { link: Some(Rc::clone(link)), ..self.look.clone() },
                None => html::look(name, &self.look).unwrap_or_default(),
            };
            self.open.push(Open { name: name.to_owned(), link });
        }
    }

    fn media(&mut self, tag: &Tag<'_>) {
        let alt = tag.attribute("alt").or_else(|| tag.attribute("title")).unwrap_or_default();
        match tag.attribute("src").map(|url| url.trim().to_owned()).filter(|url| !url.is_empty()) {
            Some(url) if url.starts_with("data:") => {
                self.html.dropped.push(format!("{} within the text", tag.name));
                self.words(&alt);
            }
            Some(url) => self.html.media.push([url, alt.split_whitespace().collect::<Vec<_>>().join(" ")]),
            None => self.words(&alt),
        }
    }

    /// Adds words, whose spaces are one space.
    fn words(&mut self, words: &str) {
        if self.is_verbatim {
            return self.raw(words);
        }
        let is_space = |c: char| c != '\u{a0}' && (c.is_whitespace() || c.is_control());
        let mut line = String::with_capacity(words.len());
        let mut after_space = self.spans.last().is_none_or(|span| span.text.ends_with([' ', '\n']));
        for c in words.chars() {
            match is_space(c) {
                true if after_space => {}
                true => line.push(' '),
                false => line.push(c),
            }
            after_space = is_space(c);
        }
        self.raw(&line);
    }

    fn raw(&mut self, words: &str) {
        if words.is_empty() {
            return;
        }
        match self.spans.last_mut().filter(|last| last.look == self.look) {
            Some(last) => last.text.push_str(words),
            None => self.spans.push(Span { text: words.to_owned(), look: self.look.clone() }),
        }
    }

    /// Separates a cell from the one before it.
    fn cell(&mut self) {
        if self.spans.last().is_some_and(|span| !span.text.ends_with('\n')) {
            self.raw(" | ");
        }
    }

    /// Breaks the line; a second break ends the paragraph.
    fn line_break(&mut self) {
        if self.is_verbatim {
            return self.raw("\n");
        }
        match self.spans.last_mut() {
            None => {}
            Some(last) if last.text.ends_with('\n') && self.tables == 0 => self.end_block(),
            Some(last) if last.text.ends_with('\n') => {}
            Some(last) => {
                last.text.truncate(last.text.trim_end_matches(' ').len());
                last.text.push('\n');
            }
        }
    }

    /// Ends the block that is open, if it has words.
    fn end_block(&mut self) {
        let mut spans = std::mem::take(&mut self.spans);
        let is_verbatim = std::mem::take(&mut self.is_verbatim);
        let kind = std::mem::take(&mut self.kind);
        trim(&mut spans, is_verbatim);
        if spans.is_empty() {
            return;
        }
        let mut mark = self.mark.take();
        if let Some(list) = self.lists.last_mut() {
            // Words of a list that are in no item are one.
            if !list.has_item && mark.is_none() {
                mark = Some(next_mark(list));
            }
            list.has_item = true;
        }
        let depth = self.lists.iter().filter(|list| list.has_item).count();
        self.html.blocks.push(Block { kind, spans, depth, quotes: self.quotes, mark });
    }
}

/// Returns the bullet or number of the next item of a list.
fn next_mark(list: &mut List) -> String {
    match &mut list.next {
        Some(number) => {
            *number += 1;
            format!("{}.", *number - 1)
        }
        None => "•".to_owned(),
    }
}

/// Removes the spaces before and after some words; of what is verbatim, the empty lines.
fn trim(spans: &mut Vec<Span>, is_verbatim: bool) {
    let is_space = |c: char| if is_verbatim { matches!(c, '\n' | '\r') } else { c.is_whitespace() };
    while let Some(last) = spans.last_mut() {
        last.text.truncate(last.text.trim_end_matches(is_space).len());
        if !last.text.is_empty() {
            break;
        }
        spans.pop();
    }
    let blank = spans.iter().take_while(|span| span.text.trim_start_matches(is_space).is_empty()).count();
    spans.drain(..blank);
    if let Some(first) = spans.first_mut() {
        first.text.drain(..first.text.len() - first.text.trim_start_matches(is_space).len());
    }
}
