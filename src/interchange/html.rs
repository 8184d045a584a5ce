//! `CommonMark` -> HTML, and -> plain text.

use std::fmt::Write as _;

use crate::prose::{Block, Kind, Look, Span, read};
use crate::timeline::is_web_or_mail;

/// Returns `CommonMark` as HTML.
#[must_use]
pub fn html(text: &str) -> String {
    let mut page = Page::default();
    for block in read(text) {
        page.block(&block);
    }
    page.close_to(0);
    page.html
}

/// Returns a text as HTML that says the same.
#[must_use]
pub fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\n' => html.push_str("<br>"),
            c => html.push(c),
        }
    }
    html
}

/// Returns `CommonMark` as lines of plain text.
#[must_use]
pub fn plain(text: &str) -> String {
    let mut plain = String::new();
    let mut before: Option<&Block> = None;
    let blocks = read(text);
    for block in &blocks {
        if let Some(before) = before {
            let is_tight = block.mark.is_some() && before.depth > 0
                || matches!((&before.kind, &block.kind), (Kind::Row(_), Kind::Row(_)));
            plain.push_str(if is_tight { "\n" } else { "\n\n" });
        }
        plain.push_str(&"  ".repeat(block.depth.saturating_sub(1)));
        if let Some(mark) = &block.mark {
            plain.push_str(if mark == "•" { "-" } else { mark });
            plain.push(' ');
        }
        match &block.kind {
            Kind::Rule => plain.push_str("---"),
            Kind::Row(cells) => {
                let cells: Vec<String> = cells.iter().map(|cell| said(cell)).collect();
                plain.push_str(&cells.join(" | "));
            }
            Kind::Paragraph | Kind::Heading(_) | Kind::Code => plain.push_str(&said(&block.spans)),
        }
        before = Some(block);
    }
    plain
}

/// Returns words without their looks, and addresses behind the words that link to them.
fn said(spans: &[Span]) -> String {
    let mut words = String::new();
    for (number, span) in spans.iter().enumerate() {
        words.push_str(&span.text);
        let goes_on = spans.get(number + 1).is_some_and(|next| next.look.link == span.look.link);
        if let Some(link) = span.look.link.as_deref().filter(|link| !goes_on && !words.ends_with(*link)) {
            let _ = write!(words, " ({link})");
        }
    }
    words
}

/// HTML in the making, with the elements that are open.
#[derive(Debug, Default)]
struct Page {
    html: String,
    open: Vec<&'static str>,
    /// Whether the item of a list that is open has something in it.
    is_begun: bool,
}

impl Page {
    fn open(&mut self, name: &'static str) {
        let _ = write!(self.html, "<{name}>");
        self.open.push(name);
    }

    fn close_to(&mut self, depth: usize) {
        while self.open.len() > depth {
            if let Some(name) = self.open.pop() {
                let _ = write!(self.html, "</{name}>");
            }
        }
    }

    fn count(&self, names: &[&str]) -> usize {
        self.open.iter().filter(|name| names.contains(name)).count()
    }

    /// Closes elements until `depth` lists are open.
    fn close_lists(&mut self, depth: usize) {
        while self.count(&["ul", "ol"]) > depth {
            self.close_to(self.open.len() - 1);
        }
    }

    fn block(&mut self, block: &Block) {
        let is_row = matches!(block.kind, Kind::Row(_));
        if self.open.last() == Some(&"table") && !is_row {
            self.close_to(self.open.len() - 1);
        }
        if self.count(&["blockquote"]) != block.quotes {
            self.close_to(0);
            for _ in 0..block.quotes {
                self.open("blockquote");
            }
        }
        self.lists(block);
        let is_first = self.open.last() == Some(&"li") && !self.is_begun;
        self.is_begun = true;
        match &block.kind {
            Kind::Rule => self.html.push_str("<hr>"),
            Kind::Code => {
                let code: String = block.spans.iter().map(|span| span.text.as_str()).collect();
                let code = escaped(&code).replace("<br>", "\n");
                let _ = write!(self.html, "<pre><code>{code}</code></pre>");
            }
            Kind::Heading(level) => {
                let level = (*level).clamp(1, 6);
                let _ = write!(self.html, "<h{level}>{}</h{level}>", words(&block.spans));
            }
            Kind::Row(cells) => {
                if self.open.last() != Some(&"table") {
                    self.open("table");
                }
                self.html.push_str("<tr>");
                for cell in cells {
                    let _ = write!(self.html, "<td>{}</td>", words(cell));
                }
                self.html.push_str("</tr>");
            }
            Kind::Paragraph if is_first => self.html.push_str(&words(&block.spans)),
            Kind::Paragraph => {
                let _ = write!(self.html, "<p>{}</p>", words(&block.spans));
            }
        }
    }

    /// Opens and closes lists and their items as a block needs them.
    fn lists(&mut self, block: &Block) {
        self.close_lists(block.depth);
        let kind = match &block.mark {
            Some(mark) if mark.ends_with('.') => "ol",
            _ => "ul",
        };
        let depth = self.count(&["ul", "ol"]);
        if block.mark.is_some() && depth == block.depth && depth > 0 {
            // The next item; a list of the other kind is another list.
            let list = self.open.iter().rposition(|name| ["ul", "ol"].contains(name)).unwrap_or(0);
            let is_same = self.open.get(list) == Some(&kind);
            self.close_to(if is_same { list + 1 } else { list });
            if !is_same {
                self.open(kind);
            }
            self.open("li");
            self.is_begun = false;
        }
        for _ in depth..block.depth {
            self.open(kind);
            self.open("li");
            self.is_begun = false;
        }
    }
}

/// Returns words with their looks.
fn words(spans: &[Span]) -> String {
    let mut html = String::new();
    for Span { text, look } in spans {
        let Look { bold, italic, code, struck, raised, link } = look;
        let link = link.as_deref().filter(|link| is_web_or_mail(link));
        let marks = [
            (*bold, "strong"),
            (*italic, "em"),
            (*struck, "del"),
            (*raised > 0, "sup"),
            (*raised < 0, "sub"),
            (*code, "code"),
        ];
        let marks: Vec<&str> = marks.iter().filter(|(is_on, _)| *is_on).map(|(_, name)| *name).collect();
        if let Some(link) = link {
            let _ = write!(html, "<a href=\"{}\">", escaped(link));
        }
        for mark in &marks {
            let _ = write!(html, "<{mark}>");
        }
        html.push_str(&escaped(text));
        for mark in marks.iter().rev() {
            let _ = write!(html, "</{mark}>");
        }
        if link.is_some() {
            html.push_str("</a>");
        }
    }
    html
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prose::{from_html, write};

    #[test]
    fn commonmark_is_html_and_comes_back() {
        let check = |text: &str, expect: &str| {
            assert_eq!(html(text), expect);
            assert_eq!(write(&from_html(expect).blocks), text, "{expect}");
        };
        check("", "");
        check("Two *words*, 5 < 6 & \"x\".", "<p>Two <em>words</em>, 5 &lt; 6 &amp; &quot;x&quot;.</p>");
        check("A\\\nb\n\nC", "<p>A<br>b</p><p>C</p>");
        check(
            "- one\n- two\n  - three\n- four",
            "<ul><li>one</li><li>two<ul><li>three</li></ul></li><li>four</li></ul>",
        );
        check("1. a\n2. b", "<ol><li>a</li><li>b</li></ol>");
        check("> quoted\n\nnot", "<blockquote><p>quoted</p></blockquote><p>not</p>");
        check("# A *b*", "<h1>A <em>b</em></h1>");
        check("[a](https://e.org/?x=1&y=2)", "<p><a href=\"https://e.org/?x=1&amp;y=2\">a</a></p>");
        check("```\na <b>\nc\n```", "<pre><code>a &lt;b&gt;\nc</code></pre>");
    }

    #[test]
    fn no_script_comes_through() {
        assert_eq!(html("[a](javascript:alert(1))"), "<p>a</p>");
        assert!(!html("<script>alert(1)</script>").contains("<script"));
    }

    #[test]
    fn plain_text_has_no_marks() {
        let check = |text: &str, expect: &str| assert_eq!(plain(text), expect);
        check(
            "Two *words*.\n\n- one\n- two\n\nSee [the page](https://e.org).",
            "Two words.\n\n- one\n- two\n\nSee the page (https://e.org).",
        );
        check("<https://e.org>", "https://e.org");
        check("1. a\n2. b", "1. a\n2. b");
    }
}
