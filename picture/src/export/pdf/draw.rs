//! Draws the nodes of a scene on a PDF page.

use std::ops::Range;
use std::sync::Arc;

use egui::{Color32, Pos2, Rect};
use krilla::Data;
use krilla::color::rgb;
use krilla::destination::XyzDestination;
use krilla::geom::{self, PathBuilder, Point, Size, Transform};
use krilla::image::Image as PdfImage;
use krilla::num::NormalizedF32;
use krilla::paint::{Fill, FillRule, LinearGradient, SpreadMethod, Stop, StrokeDash};
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, Identifier};
use krilla::text::{GlyphId, KrillaGlyph};

use super::super::ExportError;
use super::fonts::Fonts;
use super::structure::{Branch, Tree};
use crate::scene::text::{GlyphRun, OBLIQUE};
use crate::scene::{
    Element, ElementKind, Geometry, Gradient, Group, Hatching, Image, ImageKind, Link, MITER_LIMIT, Node, Paint, Path,
    Radii, Scene, Stroke, Structure, TextNode,
};
use crate::sorting;

/// A page that is being drawn, in points of the scene.
pub(super) struct Drawing<'d, 's, 'f> {
    pub surface: &'d mut Surface<'s>,
    pub fonts: &'d mut Fonts<'f>,
    pub tree: &'d mut Tree,
    /// Leads to a place on the page, in points of the scene.
    pub destination: &'d dyn Fn(Pos2) -> XyzDestination,
    /// What the next content belongs to.
    pub owner: Owner,
    /// What the last content belongs to, until its marks are ended.
    pub marked: Option<Owner>,
    /// The content of the page itself.
    pub own: Vec<Identifier>,
    /// The links of the page, with their structure elements.
    pub links: Vec<(Option<Branch>, Link)>,
}

/// What content belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Owner {
    /// Nothing: it is no content.
    Artifact,
    /// The page itself.
    Page,
    /// A structure element.
    Element(Branch),
}

impl Drawing<'_, '_, '_> {
    /// Draws a scene.
    pub fn page(&mut self, scene: &Scene) -> Result<(), ExportError> {
        let page = Geometry::rect(Rect::from_min_size(Pos2::ZERO, scene.size));
        let owner = std::mem::replace(&mut self.owner, Owner::Artifact);
        self.path(&Path { geometry: page, fill: Some(Paint::Solid(scene.background)), stroke: None });
        self.owner = owner;
        let drawn = self.nodes(&scene.nodes);
        if self.marked.take().is_some() {
            self.surface.end_tagged();
        }
        drawn
    }

    /// Marks what is drawn next as content of its owner.
    fn mark(&mut self) {
        if self.marked == Some(self.owner) {
            return;
        }
        if self.marked.replace(self.owner).is_some() {
            self.surface.end_tagged();
        }
        match self.owner {
            Owner::Artifact => {
                let artifact = Artifact::with_kind(ArtifactType::PaginationOther);
                self.surface.start_tagged(ContentTag::Artifact(artifact));
            }
            Owner::Page => {
                let content = self.surface.start_tagged(ContentTag::Other);
                self.own.push(content);
            }
            Owner::Element(branch) => {
                let content = self.surface.start_tagged(ContentTag::Other);
                self.tree.add(branch, content);
            }
        }
    }

    fn nodes(&mut self, nodes: &[Node]) -> Result<(), ExportError> {
        for node in nodes {
            match node {
                Node::Group(group) => self.group(group)?,
                Node::Clip(clip) => {
                    // Nothing is visible inside an empty rectangle.
                    let Some(edges) = outline(&Geometry::rect(clip.rect)) else { continue };
                    self.surface.push_clip_path(&edges, &FillRule::NonZero);
                    let drawn = self.nodes(&clip.nodes);
                    self.surface.pop();
                    drawn?;
                }
                Node::Path(path) => self.path(path),
                Node::Text(text) => self.text(text, &[], &[]),
                Node::Image(image) => self.image(image)?,
            }
        }
        Ok(())
    }

    fn group(&mut self, group: &Group) -> Result<(), ExportError> {
        let outside = self.owner;
        let mut own = None;
        match &group.structure {
            None => {}
            Some(Structure::Artifact) => self.owner = Owner::Artifact,
            Some(Structure::Content(content)) => {
                own = self.tree.branch(&content.path);
                self.owner = own.map_or(outside, Owner::Element);
                if let Some(entry) = &content.outline {
                    let top = crate::scene::bounds(&group.nodes).left_top();
                    self.tree.add_entry(entry.level, &entry.title, (self.destination)(top));
                }
            }
        }
        self.links.extend(group.link.clone().map(|link| (own, link)));
        let drawn = match (&group.structure, group.nodes.as_slice()) {
            (Some(Structure::Content(content)), [Node::Text(text)]) => {
                self.text(text, &content.path, &content.links);
                Ok(())
            }
            (_, nodes) => self.nodes(nodes),
        };
        self.owner = outside;
        drawn
    }

    fn path(&mut self, path: &Path) {
        let Some(edges) = outline(&path.geometry) else { return };
        let fill = match path.fill {
            Some(Paint::Solid(color)) => solid(color),
            Some(Paint::Gradient(gradient)) => Some(shading(gradient)),
            Some(Paint::Hatching(hatching)) => {
                self.hatching(&path.geometry, &edges, hatching);
                None
            }
            None => None,
        };
        let stroke = path.stroke.and_then(line);
        if fill.is_some() || stroke.is_some() {
            self.mark();
            self.surface.set_fill(fill);
            self.surface.set_stroke(stroke);
            self.surface.draw_path(&edges);
        }
    }

    fn hatching(&mut self, geometry: &Geometry, edges: &geom::Path, hatching: Hatching) {
        let mut lines = PathBuilder::new();
        for [low, high] in hatching.lines_beyond(geometry.bounds()) {
            lines.move_to(low.x, low.y);
            lines.line_to(high.x, high.y);
        }
        let stroke = line(Stroke::new(hatching.width, hatching.color));
        let (Some(lines), Some(stroke)) = (lines.finish(), stroke) else { return };
        self.mark();
        self.surface.push_clip_path(edges, &FillRule::NonZero);
        self.surface.set_fill(None);
        self.surface.set_stroke(Some(stroke));
        self.surface.draw_path(&lines);
        self.surface.pop();
    }

    /// Draws text of the structure element at a path, with these links in it.
    fn text(&mut self, text: &TextNode, path: &[Element], links: &[(Range<usize>, usize)]) {
        self.surface.set_stroke(None);
        let own = self.owner;
        for line in &text.layout.lines {
            // In logical order, which is that of copied text.
            let mut runs: Vec<&GlyphRun> = line.runs.iter().collect();
            sorting::by_key(&mut runs, |run| run.range.start);
            for run in runs {
                let font = self.fonts.get(run.font, &run.coords);
                let fill = solid(run.color.unwrap_or(text.color));
                let (Some(font), Some(fill), Some(first)) = (font, fill, run.glyphs.first()) else { continue };
                let link = links.iter().find(|(range, _)| range.contains(&run.range.start));
                let within = link.map(|(_, number)| [path, &[ElementKind::Link.numbered(*number)]].concat());
                self.owner = within.and_then(|path| self.tree.branch(&path)).map_or(own, Owner::Element);
                self.mark();
                self.surface.set_fill(Some(fill));
                let start = text.at + egui::vec2(first.x, line.baseline);
                let glyphs = glyphs(run, &text.layout.text, line.baseline);
                let start = Point::from_xy(start.x, start.y);
                if run.oblique {
                    // Slanted about the baseline, with y down.
                    let lean = Transform::from_row(1.0, 0.0, -OBLIQUE, 1.0, OBLIQUE * start.y, 0.0);
                    self.surface.push_transform(&lean);
                }
                self.surface.draw_glyphs(start, &glyphs, font, &text.layout.text, run.size, false);
                if run.oblique {
                    self.surface.pop();
                }
            }
        }
        self.owner = own;
    }

    fn image(&mut self, image: &Image) -> Result<(), ExportError> {
        let Some(size) = Size::from_wh(image.rect.width(), image.rect.height()) else { return Ok(()) };
        let data = Data::from(Arc::new(image.data.encoded().to_vec()));
        let embedded = match image.data.kind() {
            ImageKind::Png => PdfImage::from_png(data, true),
            ImageKind::Jpeg => PdfImage::from_jpeg(data, true),
        };
        let embedded = embedded.map_err(ExportError::Pdf)?;
        self.mark();
        self.surface.push_transform(&Transform::from_translate(image.rect.min.x, image.rect.min.y));
        self.surface.draw_image(embedded, size);
        self.surface.pop();
        Ok(())
    }
}

/// Returns the glyphs of a run, each relative to the one before it, in units of the font size.
fn glyphs(run: &GlyphRun, text: &str, baseline: f32) -> Vec<KrillaGlyph> {
    let size = run.size.max(f32::MIN_POSITIVE);
    let nexts = run.glyphs.iter().skip(1).map(|next| Some(next.x)).chain([None]);
    run.glyphs
        .iter()
        .zip(nexts)
        .map(|(glyph, next)| {
            let advance = next.map_or(glyph.advance, |next| next - glyph.x) / size;
            let rise = (baseline - glyph.y) / size;
            let range = Some(glyph.range()).filter(|range| text.get(range.clone()).is_some()).unwrap_or_default();
            KrillaGlyph::new(GlyphId::new(glyph.id), advance, 0.0, rise, 0.0, range, None)
        })
        .collect()
}

/// Returns the colour without its opacity, and the opacity.
fn straight([red, green, blue, alpha]: [u8; 4]) -> (rgb::Color, NormalizedF32) {
    let opacity = NormalizedF32::new(f32::from(alpha) / 255.0).unwrap_or(NormalizedF32::ONE);
    (rgb::Color::new(red, green, blue), opacity)
}

/// Returns a fill, or `None` if it would be invisible.
fn solid(color: Color32) -> Option<Fill> {
    let (paint, opacity) = straight(color.to_srgba_unmultiplied());
    (color != Color32::TRANSPARENT).then(|| Fill { paint: paint.into(), opacity, ..Fill::default() })
}

/// Returns the fill of a gradient. Viewers interpolate colour and opacity separately, so a gradient in which both
/// change is split into parts.
fn shading(gradient: Gradient) -> Fill {
    const PIECES: u8 = 16;
    let stop = |share: f32, color: [u8; 4]| {
        let (color, opacity) = straight(color);
        Stop { offset: NormalizedF32::new(share).unwrap_or(NormalizedF32::ONE), color: color.into(), opacity }
    };
    let [[.., from], [.., to]] = gradient.straight();
    let [first, last] = gradient.straight().map(|[red, green, blue, _]| [red, green, blue]);
    let stops = if first == last || from == to {
        let [first, last] = gradient.straight();
        vec![stop(0.0, first), stop(1.0, last)]
    } else {
        let shares = (0..=PIECES).map(|piece| f32::from(piece) / f32::from(PIECES));
        shares
            .map(|share| stop(share, gradient.color_at(gradient.from.lerp(gradient.to, share)).to_srgba_unmultiplied()))
            .collect()
    };
    let paint = LinearGradient {
        x1: gradient.from.x,
        y1: gradient.from.y,
        x2: gradient.to.x,
        y2: gradient.to.y,
        transform: Transform::identity(),
        spread_method: SpreadMethod::Pad,
        stops,
        anti_alias: false,
    };
    Fill { paint: paint.into(), ..Fill::default() }
}

/// Returns a stroke, or `None` if it would be invisible.
fn line(stroke: Stroke) -> Option<krilla::paint::Stroke> {
    let (paint, opacity) = straight(stroke.color.to_srgba_unmultiplied());
    let dash = stroke.dash.filter(|[dash, gap]| *dash >= 0.0 && *gap > 0.0);
    (stroke.width > 0.0 && stroke.color != Color32::TRANSPARENT).then(|| krilla::paint::Stroke {
        paint: paint.into(),
        opacity,
        width: stroke.width,
        miter_limit: MITER_LIMIT,
        dash: dash.map(|dash| StrokeDash { array: dash.to_vec(), offset: 0.0 }),
        ..krilla::paint::Stroke::default()
    })
}

/// Returns the outline of a shape. Returns `None` if it has no extent.
fn outline(geometry: &Geometry) -> Option<geom::Path> {
    let mut path = PathBuilder::new();
    match geometry {
        Geometry::Rect { rect, radii: Radii::ZERO } => push_rect(&mut path, *rect),
        Geometry::Rect { rect, radii } => push_rounded(&mut path, *rect, radii.within(*rect)),
        Geometry::Rects(rects) => {
            for rect in rects {
                push_rect(&mut path, *rect);
            }
        }
        Geometry::Circle { center, radius } => {
            let square = Rect::from_center_size(*center, egui::Vec2::splat(radius * 2.0));
            push_rounded(&mut path, square, Radii::same(*radius));
        }
        Geometry::Polyline(points) => push_line(&mut path, points),
        Geometry::Polygon(points) => {
            push_line(&mut path, points);
            path.close();
        }
        Geometry::Band(points) => {
            push_line(&mut path, &Geometry::band_outline(points));
            path.close();
        }
    }
    path.finish()
}

fn push_rect(path: &mut PathBuilder, rect: Rect) {
    if let Some(rect) = geom::Rect::from_ltrb(rect.left(), rect.top(), rect.right(), rect.bottom()) {
        path.push_rect(rect);
    }
}

fn push_line(path: &mut PathBuilder, points: &[Pos2]) {
    if let Some((first, rest)) = points.split_first() {
        path.move_to(first.x, first.y);
        for at in rest {
            path.line_to(at.x, at.y);
        }
    }
}

/// Appends a rectangle with circular corners.
fn push_rounded(path: &mut PathBuilder, rect: Rect, Radii { nw, ne, se, sw }: Radii) {
    /// Distance of a control point from the corner, in radii: a cubic curve best approximates a quarter of a circle if
    /// it is 4/3 (√2 - 1) from the end of the quarter.
    const REST: f32 = 1.0 - 0.552_284_8;
    let [left, top, right, bottom] = [rect.left(), rect.top(), rect.right(), rect.bottom()];
    path.move_to(left + nw, top);
    path.line_to(right - ne, top);
    path.cubic_to(right - ne * REST, top, right, top + ne * REST, right, top + ne);
    path.line_to(right, bottom - se);
    path.cubic_to(right, bottom - se * REST, right - se * REST, bottom, right - se, bottom);
    path.line_to(left + sw, bottom);
    path.cubic_to(left + sw * REST, bottom, left, bottom - sw * REST, left, bottom - sw);
    path.line_to(left, top + nw);
    path.cubic_to(left, top + nw * REST, left + nw * REST, top, left + nw, top);
    path.close();
}
