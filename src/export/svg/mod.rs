//! egui's shapes as one SVG document.
//!
//! The text is a pure function of its input: the same shapes give the same bytes. Edges are snapped to the pixel
//! grid of the pass that made the shapes, as egui's own tessellator does, so that window and file agree.

mod id;
mod mesh;
mod outline;
mod path;
mod rect;
mod text;
mod xml;

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::ops::Range;

use egui::emath::{GuiRounding as _, TSTransform};
use egui::epaint::{ClippedShape, StrokeKind};
use egui::{Align, Color32, FontFamily, Pos2, Rect, Shape, Stroke, Vec2};

use super::Fonts;
use super::setup::TextAs;

pub use id::identifiers;

/// What a document needs to know besides its shapes.
#[derive(Clone, Debug)]
pub struct SvgOptions<'a> {
    /// The page, in points, from the origin.
    pub size: Vec2,
    /// Physical pixels for a point in the pass that made the shapes: the grid that edges are snapped to.
    pub pixels_per_point: f32,
    /// Painted behind everything; transparent for none.
    pub background: Color32,
    /// The document's title; left out where empty.
    pub title: &'a str,
    /// The document's description, for those who cannot see it; left out where empty.
    pub description: &'a str,
    /// The fonts of the pass that made the shapes.
    pub fonts: &'a Fonts,
    /// Shapes that belong together, in their order; they share no shape.
    pub groups: &'a [Group],
    /// None for a document on the way to a PNG or a PDF; for a file that people and browsers open, what that needs.
    pub published: Option<Published<'a>>,
}

/// What a document needs that is a file of its own: its fonts go into it, and its text flows as its reader would type
/// it, placed only where a line is held; or it has neither fonts nor text, but outlines.
#[derive(Clone, Copy, Debug)]
pub struct Published<'a> {
    /// The language of the texts, as in BCP 47.
    pub language: &'a str,
    /// Shapes whose texts are held at their right end or in their middle, in their order; they share no shape.
    pub anchors: &'a [(Range<usize>, Align)],
    /// Whether text stays text.
    pub text: TextAs,
    /// For a page of paper, how many points a millimetre has: its size is then said in millimetres.
    pub points_per_mm: Option<f32>,
}

/// Shapes that belong together, and what they are called in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// The positions of the shapes in the list.
    pub shapes: Range<usize>,
    /// A name in the file that nothing else has, such as `event-treaty`; see [`identifiers`].
    pub id: String,
    /// What the shapes show.
    pub title: String,
    /// More about it, such as its date; left out where empty.
    pub description: String,
}

/// A finished document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Svg {
    /// The whole file, as UTF-8.
    pub text: String,
    /// How many shapes could not be written: paint callbacks, pictures, and shapes with impossible coordinates.
    pub skipped: usize,
    /// Where the file may be cut between what stands in it, in bytes: behind the definitions first.
    cuts: Vec<usize>,
}

/// After so many shapes a document may be cut.
const PIECE: usize = 64;

impl Svg {
    /// A file that was not written here: one piece.
    #[must_use]
    pub fn from_text(text: String) -> Self {
        Self { text, skipped: 0, cuts: Vec::new() }
    }

    /// The file as documents that give the same picture when they are drawn one over the other, so that who draws a
    /// large one can say how far that has come.
    #[must_use]
    pub fn pieces(&self) -> Vec<Cow<'_, str>> {
        let (Some(first), Some(end)) = (self.cuts.first(), self.text.rfind("</svg>")) else {
            return vec![Cow::Borrowed(&self.text)];
        };
        let (head, tail) = (&self.text[..*first], &self.text[end..]);
        let ends = self.cuts.iter().skip(1).chain([&end]);
        let piece = |(from, to): (&usize, &usize)| Cow::Owned([head, &self.text[*from..*to], tail].concat());
        self.cuts.iter().zip(ends).map(piece).collect()
    }
}

/// Writes `shapes`, in order, as one SVG document. Never fails: what cannot be written is counted instead.
#[must_use]
pub fn svg(shapes: &[ClippedShape], options: &SvgOptions<'_>) -> Svg {
    let mut writer = Writer::new(options);
    let mut groups = options.groups.iter().peekable();
    let mut anchors = options.published.map_or(&[][..], |published| published.anchors).iter().peekable();
    for (index, clipped) in shapes.iter().enumerate() {
        if let Some(group) = writer.open_group.filter(|group| group.shapes.end <= index) {
            writer.end_group(group);
        }
        if let Some(group) = groups.next_if(|group| group.shapes.start <= index) {
            writer.begin_group(group);
        }
        while anchors.next_if(|(shapes, _)| shapes.end <= index).is_some() {}
        let anchor = anchors.peek().filter(|(shapes, _)| shapes.contains(&index));
        writer.anchor = anchor.map_or(Align::Min, |(_, anchor)| *anchor);
        if index % PIECE == PIECE - 1 && writer.open_group.is_none() {
            writer.cut();
        }
        let transform = clipped.transform_after_tessellation;
        if transform == TSTransform::IDENTITY {
            writer.clipped(&clipped.shape, clipped.clip_rect);
        } else {
            // Only a popup that is still opening has one; its clip is already where it ends up.
            let mut shape = clipped.shape.clone();
            shape.transform(transform);
            writer.clipped(&shape, clipped.clip_rect);
        }
    }
    writer.finish()
}

/// Collects the document's parts while it walks the shapes.
struct Writer<'a> {
    options: &'a SvgOptions<'a>,
    page: Rect,
    body: String,
    /// Definitions, each with its place in the order of first use, which is part of its id.
    definitions: BTreeMap<String, usize>,
    /// The definition of the clip whose group is open.
    open_clip: Option<usize>,
    open_group: Option<&'a Group>,
    /// Where the text that is written now is held.
    anchor: Align,
    /// Where the open group begins in `body`, and where its first shape would.
    group_starts: [usize; 2],
    /// Where `body` may be cut.
    cuts: Vec<usize>,
    /// The characters that each face sets.
    characters: BTreeMap<FontFamily, BTreeSet<char>>,
    skipped: usize,
}

impl<'a> Writer<'a> {
    fn new(options: &'a SvgOptions<'a>) -> Self {
        Self {
            options,
            page: Rect::from_min_size(Pos2::ZERO, options.size),
            body: String::new(),
            definitions: BTreeMap::new(),
            open_clip: None,
            open_group: None,
            anchor: Align::Min,
            group_starts: [0, 0],
            cuts: Vec::new(),
            characters: BTreeMap::new(),
            skipped: 0,
        }
    }

    /// Notes that the document may be cut here.
    fn cut(&mut self) {
        self.set_clip(None);
        self.cuts.push(self.body.len());
    }

    fn begin_group(&mut self, group: &'a Group) {
        self.set_clip(None);
        let start = self.body.len();
        self.body.push_str("<g id=\"");
        xml::escape(&mut self.body, &group.id);
        self.body.push_str("\">\n");
        for (name, content) in [("title", &group.title), ("desc", &group.description)] {
            xml::element(&mut self.body, name, content);
        }
        self.group_starts = [start, self.body.len()];
        self.open_group = Some(group);
    }

    fn end_group(&mut self, group: &'a Group) {
        debug_assert_eq!(self.open_group, Some(group), "groups do not overlap");
        self.set_clip(None);
        let [start, first] = self.group_starts;
        if self.body.len() == first {
            // Nothing of it is in sight.
            self.body.truncate(start);
        } else {
            self.body.push_str("</g>\n");
        }
        self.open_group = None;
    }

    /// Writes one shape, clipped only where the clip would take something away.
    fn clipped(&mut self, shape: &Shape, clip: Rect) {
        if let Shape::Vec(shapes) = shape {
            for shape in shapes {
                self.clipped(shape, clip);
            }
            return;
        }
        let bounds = visual_bounds(shape);
        if bounds.any_nan() {
            self.skipped += 1;
            return;
        }
        // What leaves the page needs no clip: the page itself takes it away.
        let on_page = bounds.intersect(self.page);
        // What ends exactly at the clip is not cut where that is rounded: a clip is a layer as large as itself.
        let holds = |clip: Rect| clip.expand(0.01).contains_rect(on_page);
        let needs_no_clip = holds(clip);
        let clip = clip.round_to_pixels(self.options.pixels_per_point);
        let seen = on_page.intersect(clip);
        if !(seen.width() > 0.0 && seen.height() > 0.0) {
            return;
        }
        if needs_no_clip || holds(clip) {
            self.set_clip(None);
            self.shape(shape);
        } else if let Some(shape) = cut(shape, clip, self.options.pixels_per_point) {
            self.set_clip(None);
            self.shape(&shape);
        } else {
            self.set_clip(Some(clip.intersect(self.page)));
            self.shape(shape);
        }
    }

    fn shape(&mut self, shape: &Shape) {
        match shape {
            Shape::Noop | Shape::Vec(_) => {}
            Shape::Circle(circle) => self.circle(circle),
            Shape::Ellipse(ellipse) => self.ellipse(ellipse),
            Shape::LineSegment { points, stroke } => self.line(*points, *stroke),
            Shape::Path(path) => self.path(path),
            Shape::Band(band) => self.band(band),
            Shape::Rect(rect) => self.rect(rect),
            Shape::Text(text) => self.text(text),
            Shape::Mesh(mesh) => self.mesh(mesh),
            Shape::QuadraticBezier(curve) => self.quadratic(curve),
            Shape::CubicBezier(curve) => self.cubic(curve),
            Shape::Callback(_) => self.skipped += 1,
        }
    }

    /// Opens or closes groups so that what follows is clipped to `clip`. A run of shapes shares one group,
    /// since a rasteriser pays for a whole mask with each.
    fn set_clip(&mut self, clip: Option<Rect>) {
        let wanted = clip.map(|clip| {
            let mut content = String::from("<clipPath id=\"#\"><path d=\"");
            path::rect_data(&mut content, clip);
            content.push_str("\"/></clipPath>");
            self.define(content)
        });
        if wanted == self.open_clip {
            return;
        }
        if self.open_clip.is_some() {
            self.body.push_str("</g>\n");
        }
        if let Some(id) = wanted {
            let _ = writeln!(self.body, "<g clip-path=\"url(#d{id})\">");
        }
        self.open_clip = wanted;
    }

    /// Keeps a definition, written with `id="#"`, once; returns the number that makes its id.
    fn define(&mut self, content: String) -> usize {
        let next = self.definitions.len();
        *self.definitions.entry(content).or_insert(next)
    }

    fn finish(mut self) -> Svg {
        if let Some(group) = self.open_group {
            self.end_group(group);
        }
        self.set_clip(None);
        let options = self.options;
        let mut text = String::with_capacity(self.body.len() + 1024);
        text.push_str("<svg xmlns=\"http://www.w3.org/2000/svg\"");
        let points_per_mm = options.published.and_then(|published| published.points_per_mm);
        for (name, side) in [("width", options.size.x), ("height", options.size.y)] {
            let _ = write!(text, " {name}=\"");
            xml::number(&mut text, side / points_per_mm.unwrap_or(1.0));
            text.push_str(if points_per_mm.is_some() { "mm\"" } else { "\"" });
        }
        text.push_str(" viewBox=\"0 0 ");
        xml::point(&mut text, options.size.to_pos2());
        // Above a right angle egui bevels its joins, below it mitres them: the limit is 1 / sin 45 degrees.
        // An image hides its parts from a screen reader; a document shows its texts and the titles of its groups.
        let role = if options.published.is_some() { "graphics-document" } else { "img" };
        let _ = write!(text, "\" role=\"{role}\" fill=\"none\" stroke-miterlimit=\"1.42\"");
        if let Some(published) = options.published {
            text.push_str(" xml:lang=\"");
            xml::escape(&mut text, published.language);
            text.push_str("\" text-rendering=\"geometricPrecision\" font-family=\"");
            xml::escape(&mut text, &options.fonts.css_families());
            text.push('"');
            // Every face is of this list: only weights and slants differ from here on.
            text::style(&mut text, options.fonts.default_face(), None);
        } else {
            text::face(&mut text, options.fonts.default_face(), None);
        }
        text.push_str(">\n");
        for (name, content) in [("title", options.title), ("desc", options.description)] {
            xml::element(&mut text, name, content);
        }
        if options.published.is_some_and(|published| published.text == TextAs::Text) {
            let faces = options.fonts.font_faces(&self.characters);
            if !faces.is_empty() {
                let _ = writeln!(text, "<style>\n{faces}</style>");
            }
        }
        if !self.definitions.is_empty() {
            text.push_str("<defs>\n");
            let mut definitions: Vec<_> = self.definitions.iter().collect();
            definitions.sort_by_key(|(_, index)| **index);
            for (definition, index) in definitions {
                let definition = definition.replacen("id=\"#\"", &format!("id=\"d{index}\""), 1);
                text.push_str(&definition);
                text.push('\n');
            }
            text.push_str("</defs>\n");
        }
        let head = text.len();
        if options.background != Color32::TRANSPARENT {
            text.push_str("<path d=\"");
            path::rect_data(&mut text, self.page);
            text.push('"');
            xml::paint(&mut text, "fill", options.background);
            text.push_str("/>\n");
        }
        let cuts = [head].into_iter().chain(self.cuts.iter().map(|cut| text.len() + cut)).collect();
        text.push_str(&self.body);
        text.push_str("</svg>\n");
        Svg { text, skipped: self.skipped, cuts }
    }
}

/// The shape's extent on the page, strokes and blur included.
fn visual_bounds(shape: &Shape) -> Rect {
    let bounds = shape.visual_bounding_rect();
    match shape {
        // egui counts half the stroke here, wherever it lies.
        Shape::Path(path) if path.stroke.kind == StrokeKind::Outside => bounds.expand(path.stroke.width * 0.5),
        // Turning the bounds of nothing would give no numbers at all.
        Shape::Text(text) if !text.galley.mesh_bounds.is_positive() => Rect::NOTHING,
        // A Gaussian reaches further than egui's linear blur.
        Shape::Rect(rect) => bounds.expand(rect.blur_width * 0.5),
        _ => bounds,
    }
}

/// Clips by geometry where that is exact: a plain filled rectangle, an upright or level line.
fn cut(shape: &Shape, clip: Rect, pixels_per_point: f32) -> Option<Shape> {
    match shape {
        Shape::Rect(rect)
            if rect.stroke.is_empty()
                && rect.corner_radius == egui::CornerRadius::ZERO
                && rect.blur_width <= 0.0
                && rect.angle == 0.0
                && rect.rect.size().min_elem() * pixels_per_point > 2.0 =>
        {
            let mut rect = rect.clone();
            rect.rect = rect.rect.intersect(clip);
            Some(Shape::Rect(rect))
        }
        Shape::LineSegment { points: [a, b], stroke } => cut_line(*a, *b, *stroke, clip),
        _ => None,
    }
}

fn cut_line(a: Pos2, b: Pos2, stroke: Stroke, clip: Rect) -> Option<Shape> {
    let inside = clip.shrink(stroke.width * 0.5);
    let level = a.y.to_bits() == b.y.to_bits() && inside.y_range().contains(a.y);
    let upright = a.x.to_bits() == b.x.to_bits() && inside.x_range().contains(a.x);
    let clamp = |p: Pos2| {
        if level {
            Pos2::new(p.x.max(clip.left()).min(clip.right()), p.y)
        } else {
            Pos2::new(p.x, p.y.max(clip.top()).min(clip.bottom()))
        }
    };
    (level || upright).then(|| Shape::LineSegment { points: [clamp(a), clamp(b)], stroke })
}
