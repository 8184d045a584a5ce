//! Signs on buttons that the carried fonts lack. A whole font for two of them would be carried by every copy.

use egui::{Color32, ColorImage, GlyphBitmap, GlyphRasterizer, GlyphRasterizerRequest, RasterizedGlyph, Vec2, vec2};

/// Lines through points, in shares of the size of the text, down and to the right from the upper left corner.
type Lines = &'static [&'static [[f32; 2]]];

/// Two sheets, one on the other: what `egui_commonmark` writes on the button that copies a block of code.
const COPY: Lines = &[
    &[[0.36, 0.28], [0.86, 0.28], [0.86, 0.92], [0.36, 0.92], [0.36, 0.28]],
    &[[0.36, 0.72], [0.14, 0.72], [0.14, 0.08], [0.64, 0.08], [0.64, 0.28]],
];
/// What it writes there when that has been done.
const COPIED: Lines = &[&[[0.14, 0.5], [0.4, 0.78], [0.86, 0.2]]];
/// How far the upper edge of a sign is above the line that letters stand on.
const ASCENT: f32 = 0.86;

/// Draws the signs where no font has them.
pub fn rasterizer() -> GlyphRasterizer {
    GlyphRasterizer::new("longview signs", |request: &GlyphRasterizerRequest<'_>| {
        let lines = match request.cluster {
            "🗐" => COPY,
            "✔" => COPIED,
            _ => return None,
        };
        let size = request.font_size_px;
        let image = draw(lines, size);
        let offset_px = vec2(0.0, -(ASCENT * size).round());
        let bitmap = GlyphBitmap { image, offset_px, is_color: false };
        Some(RasterizedGlyph { bitmap, advance_px: size.ceil() })
    })
}

/// Lines in white: how much of a pixel they cover is how opaque it is.
fn draw(lines: Lines, size: f32) -> ColorImage {
    let pixels = size.ceil() as usize;
    let width = (size * 0.08).max(1.0);
    // On the middle of pixels, so that upright and level lines are sharp.
    let snapped = |point: [f32; 2]| Vec2::from(point.map(|share| (share * size).floor() + 0.5));
    let coverage = |at: Vec2| {
        let segments = lines.iter().flat_map(|line| line.windows(2));
        let distances = segments.map(|ends| match *ends {
            [from, to] => distance(at, snapped(from), snapped(to)),
            _ => f32::INFINITY,
        });
        (width / 2.0 + 0.5 - distances.fold(f32::INFINITY, f32::min)).clamp(0.0, 1.0)
    };
    let pixel = |index: usize| {
        let at = vec2((index % pixels) as f32 + 0.5, (index / pixels) as f32 + 0.5);
        Color32::from_white_alpha((coverage(at) * 255.0).round() as u8)
    };
    ColorImage::new([pixels, pixels], (0..pixels * pixels).map(pixel).collect())
}

/// How far a point is from the line between two others.
fn distance(at: Vec2, from: Vec2, to: Vec2) -> f32 {
    let (along, apart) = (to - from, at - from);
    let share = (apart.dot(along) / along.length_sq().max(f32::EPSILON)).clamp(0.0, 1.0);
    (apart - along * share).length()
}
