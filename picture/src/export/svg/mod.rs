//! Writes a scene as one SVG document, for browsers, drawing programs and manual editing.
//!
//! The text is a pure function of its input: the same scene results in the same bytes. Each item of the timeline is a
//! group with a name, a title and a description; definitions are shared between shapes; text is either text with
//! embedded fonts, or outlines.

mod definitions;
mod fonts;
mod id;
mod line;
mod outline;
mod shape;
mod text;
mod xml;

#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;

use egui::{Color32, Pos2, Rect};

use crate::scene::text::FontSet;
use crate::scene::{Clip, Group, Link, Node, Scene};
use crate::timeline::Item;

use super::page_setup::TextAs;
use definitions::Definitions;
use text::TextWriter;

pub use id::identifiers;

/// The properties of a document besides the scene.
#[derive(Clone, Debug)]
pub struct SvgOptions<'a> {
    /// The document's title; omitted if it is empty.
    pub title: &'a str,
    /// The document's description, for screen readers; omitted if it is empty.
    pub description: &'a str,
    /// The language of the texts, as a BCP 47 tag.
    pub language: &'a str,
    /// The fonts that the texts of the scene were shaped with.
    pub fonts: &'a FontSet,
    /// The representation of text.
    pub text: TextAs,
    /// For paper, the number of points per millimetre: the page size is then given in millimetres.
    pub points_per_mm: Option<f32>,
    /// The unique names of items in the file, such as `event-treaty`; see [`identifiers`]. The name is the id of the
    /// first group of an item.
    pub names: &'a HashMap<Item, String>,
}

/// A finished document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Svg {
    /// The whole file, as UTF-8.
    pub text: String,
    /// The number of nodes that could not be written because their coordinates are not finite.
    pub skipped: usize,
}

/// Writes a scene as one SVG document. Never fails: nodes that cannot be written are counted instead.
#[must_use]
pub fn svg(scene: &Scene, options: &SvgOptions<'_>) -> Svg {
    let mut writer = Writer {
        options,
        page: Rect::from_min_size(Pos2::ZERO, scene.size),
        body: String::new(),
        definitions: Definitions::default(),
        texts: TextWriter::new(options.fonts, options.text),
        named: HashSet::new(),
        skipped: 0,
    };
    if scene.background != Color32::TRANSPARENT {
        writer.body.push_str("<path d=\"");
        xml::rect_data(&mut writer.body, writer.page);
        writer.body.push('"');
        xml::paint(&mut writer.body, "fill", scene.background);
        writer.body.push_str("/>\n");
    }
    writer.nodes(&scene.nodes);
    let mut text = writer.head();
    writer.definitions.write(&mut text);
    text.push_str(&writer.body);
    text.push_str("</svg>\n");
    Svg { text, skipped: writer.skipped }
}

/// Collects the parts of the document while it walks the nodes.
struct Writer<'a> {
    options: &'a SvgOptions<'a>,
    page: Rect,
    body: String,
    definitions: Definitions,
    texts: TextWriter<'a>,
    /// The items whose name is already in the document.
    named: HashSet<Item>,
    skipped: usize,
}

impl Writer<'_> {
    fn nodes(&mut self, nodes: &[Node]) {
        for node in nodes {
            match node {
                Node::Group(group) => self.group(group),
                Node::Clip(clip) => self.clip(clip),
                _ => self.leaf(node),
            }
        }
    }

    /// Writes a node without child nodes, unless it is outside the page.
    fn leaf(&mut self, node: &Node) {
        let bounds = node.bounds();
        let is_off_page = !bounds.any_nan() && !bounds.intersects(self.page);
        if is_off_page {
            return;
        }
        let out = &mut self.body;
        let written = match node {
            Node::Path(path) => shape::path(out, &mut self.definitions, path, self.page),
            Node::Image(image) => shape::image(out, image),
            Node::Text(text) => self.texts.write(out, text),
            Node::Group(_) | Node::Clip(_) => None,
        };
        if written.is_none() {
            self.skipped += 1;
        }
    }

    /// Writes nodes in an element of their own, if the group has any properties.
    fn group(&mut self, group: &Group) {
        let Group { item, title, description, link, nodes, structure: _ } = group;
        let name = item.as_ref().and_then(|item| self.options.names.get(item));
        if name.is_none() && title.is_empty() && description.is_empty() {
            self.linked(link.as_ref(), nodes);
            return;
        }
        let start = self.body.len();
        self.body.push_str("<g");
        if let (Some(item), Some(name)) = (item, name)
            && !self.named.contains(item)
        {
            xml::text_attribute(&mut self.body, "id", name);
        }
        self.body.push_str(">\n");
        xml::element(&mut self.body, "title", title);
        xml::element(&mut self.body, "desc", description);
        let first = self.body.len();
        self.linked(link.as_ref(), nodes);
        if self.body.len() == first {
            // Nothing of it is on the page.
            self.body.truncate(start);
            return;
        }
        self.body.push_str("</g>\n");
        self.named.extend(*item);
    }

    /// Writes nodes in the element of a link, if there is one.
    fn linked(&mut self, link: Option<&Link>, nodes: &[Node]) {
        let Some(link) = link else {
            self.nodes(nodes);
            return;
        };
        self.body.push_str("<a");
        xml::text_attribute(&mut self.body, "href", &link.url);
        self.body.push_str(">\n");
        xml::element(&mut self.body, "title", &link.title);
        let first = self.body.len();
        self.nodes(nodes);
        if self.body.len() == first && link.rect.is_finite() {
            // Invisible, but clickable.
            self.body.push_str("<path d=\"");
            xml::rect_data(&mut self.body, link.rect);
            self.body.push_str("\" pointer-events=\"all\"/>\n");
        }
        self.body.push_str("</a>\n");
    }

    /// Writes nodes that are clipped to a rectangle.
    fn clip(&mut self, clip: &Clip) {
        if clip.rect.contains_rect(self.page) {
            self.nodes(&clip.nodes);
            return;
        }
        let inside = clip.rect.intersect(self.page);
        if !inside.is_positive() {
            return;
        }
        let start = self.body.len();
        self.nodes(&clip.nodes);
        if self.body.len() == start {
            return;
        }
        let mut data = String::new();
        xml::rect_data(&mut data, inside);
        let reference = self.definitions.clip(&data);
        self.body.insert_str(start, &format!("<g clip-path=\"{reference}\">\n"));
        self.body.push_str("</g>\n");
    }

    /// Returns the document up to its definitions.
    fn head(&self) -> String {
        let options = self.options;
        let mut text = String::with_capacity(self.body.len() + 4096);
        text.push_str("<svg xmlns=\"http://www.w3.org/2000/svg\"");
        for (name, side) in [("width", self.page.width()), ("height", self.page.height())] {
            let _ = write!(text, " {name}=\"");
            xml::number(&mut text, side / options.points_per_mm.unwrap_or(1.0));
            text.push_str(if options.points_per_mm.is_some() { "mm\"" } else { "\"" });
        }
        text.push_str(" viewBox=\"0 0 ");
        xml::point(&mut text, self.page.max);
        // The role `img` would hide its parts from a screen reader; a document exposes its texts and the titles of its
        // groups. Corners are mitred up to a right angle: the limit is 1 / sin 45 degrees.
        text.push_str("\" role=\"graphics-document\" fill=\"none\" stroke-miterlimit=\"1.42\"");
        xml::text_attribute(&mut text, "xml:lang", options.language);
        let characters = self.texts.characters();
        if !characters.is_empty() {
            text.push_str(" text-rendering=\"geometricPrecision\"");
            xml::text_attribute(&mut text, "font-family", &fonts::css_families(options.fonts));
            text.push_str(" font-weight=\"400\"");
        }
        text.push_str(">\n");
        xml::element(&mut text, "title", options.title);
        xml::element(&mut text, "desc", options.description);
        let faces = fonts::font_faces(options.fonts, characters);
        if !faces.is_empty() {
            let _ = writeln!(text, "<style>\n{faces}</style>");
        }
        text
    }
}
