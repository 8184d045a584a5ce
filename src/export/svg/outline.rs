//! Text as the outlines of its glyphs, for programs that have no fonts or do not read those in the file.

use std::fmt::Write as _;

use egui::emath::pos2;
use resvg::tiny_skia::PathSegment;
use resvg::usvg::{Group, Node, Paint, Tree};

use super::{Writer, text, xml};

impl Writer<'_> {
    /// Writes what a text element shows as one path a colour, with its words as their label. Glyphs that are pictures,
    /// such as emoji of some fonts, have no outlines: their element stays text.
    pub(super) fn outlines(&mut self, element: &str, words: &str) {
        let paths = self.traced(element).filter(|paths| !paths.is_empty());
        let Some(paths) = paths else {
            self.body.push_str(element);
            return;
        };
        self.body.push_str("<g role=\"img\" aria-label=\"");
        xml::escape(&mut self.body, words);
        self.body.push_str("\">");
        for (data, paint) in paths {
            let _ = write!(self.body, "<path d=\"{data}\"{paint}/>");
        }
        self.body.push_str("</g>\n");
    }

    /// The outlines as a renderer of the element would fill them: path data, and the attributes of the fill.
    fn traced(&self, element: &str) -> Option<Vec<(String, String)>> {
        let (fonts, size) = (self.options.fonts, self.options.size);
        let mut document =
            format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{}\" height=\"{}\"", size.x, size.y);
        text::face(&mut document, fonts.default_face(), None);
        document.push_str(">\n");
        document.push_str(element);
        document.push_str("</svg>");
        let tree = Tree::from_str(&document, &fonts.usvg_options()).ok()?;
        let mut paths = Vec::new();
        trace(tree.root(), &mut paths)?;
        Some(paths)
    }
}

/// Appends the outlines of all glyphs in a group, those of one colour together. None where some glyph is no plain path.
fn trace(group: &Group, paths: &mut Vec<(String, String)>) -> Option<()> {
    for node in group.children() {
        match node {
            Node::Group(inner) => trace(inner, paths)?,
            Node::Text(text) => trace(text.flattened(), paths)?,
            Node::Image(_) => return None,
            Node::Path(path) => {
                let fill = path.fill().filter(|_| path.stroke().is_none())?;
                let Paint::Color(color) = fill.paint() else { return None };
                let mut paint = format!(" fill=\"#{:02x}{:02x}{:02x}\"", color.red, color.green, color.blue);
                if fill.opacity().get() < 1.0 {
                    let _ = write!(paint, " fill-opacity=\"{}\"", fill.opacity().get());
                }
                let outline = path.data().clone().transform(path.abs_transform())?;
                match paths.last_mut() {
                    Some((data, same)) if *same == paint => append(data, outline.segments()),
                    _ => {
                        let mut data = String::new();
                        append(&mut data, outline.segments());
                        paths.push((data, paint));
                    }
                }
            }
        }
    }
    Some(())
}

fn append(data: &mut String, segments: impl Iterator<Item = PathSegment>) {
    for segment in segments {
        let (command, points) = match segment {
            PathSegment::MoveTo(to) => ('M', vec![to]),
            PathSegment::LineTo(to) => ('L', vec![to]),
            PathSegment::QuadTo(by, to) => ('Q', vec![by, to]),
            PathSegment::CubicTo(first, second, to) => ('C', vec![first, second, to]),
            PathSegment::Close => ('Z', Vec::new()),
        };
        data.push(command);
        for (number, point) in points.into_iter().enumerate() {
            if number > 0 {
                data.push(' ');
            }
            xml::point(data, pos2(point.x, point.y));
        }
    }
}
