//! SVG to PNG.
//!
//! Drawn on one canvas, piece over piece, not in strips on several threads: these would be different pictures, since
//! curves that cross a strip's edge are flattened anew there.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "sizes are checked against MAX_SIDE, which every type here holds exactly"
)]

use std::io;

use png::{ColorType, DeflateCompression, Encoder, Filter, PixelDimensions, Unit};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{self, Tree};

use super::about::MadeOn;
use super::{About, ExportError, Fonts, Svg, Watch};

/// The most pixels that a side of a picture may have.
pub const MAX_SIDE: u32 = 16_384;

/// What goes into a PNG besides the pixels.
#[derive(Clone, Copy, Debug)]
pub struct PngMeta<'a> {
    /// What it tells about itself.
    pub about: &'a About,
    /// Dots per inch, which is how large it is on paper; none leaves that open.
    pub dots_per_inch: Option<f32>,
}

/// Draws an SVG document and packs it as a PNG file. `scale` is pixels for a point: at 2, an SVG of 640 x 360
/// gives 1280 x 720 pixels, which at 192 dots per inch are shown at their proper size.
///
/// # Errors
/// Where the scale is not positive, a side would be longer than [`MAX_SIDE`], the text is no SVG, memory runs out, or
/// `watch` calls it off.
pub fn png(
    svg: &Svg,
    scale: f32,
    fonts: &Fonts,
    meta: &PngMeta<'_>,
    watch: &mut dyn Watch,
) -> Result<Vec<u8>, ExportError> {
    let canvas = Canvas::draw(svg, scale, fonts, watch)?;
    watch.ended("raster");
    let mut file = Vec::with_capacity(1 << 20);
    let mut writer = canvas.encoder(&mut file, meta)?.write_header()?;
    let mut stream = writer.stream_writer()?;
    canvas.pack(&mut stream, watch)?;
    stream.finish()?;
    writer.finish()?;
    watch.ended("encode");
    Ok(file)
}

/// How much of the time from SVG to PNG goes into drawing; the rest into packing.
const DRAWING: f32 = 0.7;

/// Draws an SVG document as an image for the screen. `scale` is pixels for a point.
///
/// # Errors
/// As [`png()`].
pub(super) fn image(
    svg: &Svg,
    scale: f32,
    fonts: &Fonts,
    watch: &mut dyn Watch,
) -> Result<egui::ColorImage, ExportError> {
    let Canvas { pixmap, .. } = Canvas::draw(svg, scale, fonts, watch)?;
    let size = [pixmap.width() as usize, pixmap.height() as usize];
    Ok(egui::ColorImage::from_rgba_premultiplied(size, pixmap.data()))
}

fn check_scale(scale: f32) -> Result<(), ExportError> {
    if scale.is_finite() && scale > 0.0 { Ok(()) } else { Err(ExportError::BadScale { scale }) }
}

/// The size in pixels of a page in points, if such a picture can be drawn.
///
/// # Errors
/// Where the scale is not positive or a side would be longer than [`MAX_SIDE`].
pub(super) fn check_size(size: egui::Vec2, scale: f32) -> Result<[u32; 2], ExportError> {
    check_scale(scale)?;
    let pixels = |points: f32| (f64::from(points) * f64::from(scale)).round().max(1.0) as u64;
    let (width, height) = (pixels(size.x), pixels(size.y));
    if width.max(height) > u64::from(MAX_SIDE) {
        return Err(ExportError::TooLarge { width, height });
    }
    Ok([width as u32, height as u32])
}

/// The pixels of a picture.
struct Canvas {
    pixmap: Pixmap,
    /// Whether nothing shines through.
    opaque: bool,
}

impl Canvas {
    /// Draws one piece over the other, so that it can be called off between two.
    fn draw(svg: &Svg, scale: f32, fonts: &Fonts, watch: &mut dyn Watch) -> Result<Self, ExportError> {
        check_scale(scale)?;
        let (pieces, options) = (svg.pieces(), fonts.usvg_options());
        let mut canvas: Option<Self> = None;
        for (number, piece) in (1..).zip(&pieces) {
            if watch.is_cancelled() {
                return Err(ExportError::Cancelled);
            }
            let tree = Tree::from_str(piece, &options)?;
            let size = tree.size();
            let on = match &mut canvas {
                Some(canvas) => canvas,
                None => canvas.insert(Self::new(&tree, scale)?),
            };
            // The page fills whole pixels, even where the scale leaves a part of one over.
            let (width, height) = (on.pixmap.width() as f32, on.pixmap.height() as f32);
            let fit = Transform::from_scale(width / size.width(), height / size.height());
            resvg::render(&tree, fit, &mut on.pixmap.as_mut());
            watch.advanced(DRAWING * number as f32 / pieces.len() as f32);
        }
        // There is always a first piece.
        canvas.ok_or(ExportError::BadScale { scale })
    }

    fn new(tree: &Tree, scale: f32) -> Result<Self, ExportError> {
        let [width, height] = check_size(egui::vec2(tree.size().width(), tree.size().height()), scale)?;
        let pixmap = Pixmap::new(width, height).ok_or(ExportError::Draw { width, height })?;
        Ok(Self { pixmap, opaque: has_opaque_background(tree) })
    }

    fn encoder<'f>(
        &self,
        file: &'f mut Vec<u8>,
        meta: &PngMeta<'_>,
    ) -> Result<Encoder<'static, &'f mut Vec<u8>>, ExportError> {
        let mut encoder = Encoder::new(file, self.pixmap.width(), self.pixmap.height());
        encoder.set_color(if self.opaque { ColorType::Rgb } else { ColorType::Rgba });
        // Measured on a chart of 3840 x 2160: 15 ms for 0.7 MB. "Fastest" takes 10 ms for 2.2 MB, "balanced" 90 ms
        // for 0.4 MB.
        encoder.set_deflate_compression(DeflateCompression::Level(1));
        encoder.set_filter(Filter::Up);
        encoder.set_source_srgb(png::SrgbRenderingIntent::Perceptual);
        if let Some(dots) = meta.dots_per_inch.filter(|dots| dots.is_finite() && *dots > 0.0) {
            let per_metre = (f64::from(dots) / 0.0254).round() as u32;
            encoder.set_pixel_dims(Some(PixelDimensions { xppu: per_metre, yppu: per_metre, unit: Unit::Meter }));
        }
        let about = meta.about;
        for (keyword, text) in [
            ("Title", &about.title),
            ("Description", &about.description),
            ("Author", &about.author),
            ("Creation Time", &about.date.map(MadeOn::iso).unwrap_or_default()),
            ("Source", &about.source),
            ("Software", &about.software),
        ] {
            let text = text.replace('\0', "");
            if !text.is_empty() {
                encoder.add_itxt_chunk(keyword.to_owned(), text)?;
            }
        }
        Ok(encoder)
    }

    /// Writes the pixels as the PNG wants them: without alpha where there is none, else not premultiplied.
    fn pack(&self, out: &mut impl io::Write, watch: &mut dyn Watch) -> Result<(), ExportError> {
        let channels = if self.opaque { 3 } else { 4 };
        let (width, height) = (self.pixmap.width() as usize, self.pixmap.height());
        let mut row = Vec::with_capacity(width * channels);
        for (y, pixels) in (1..).zip(self.pixmap.pixels().chunks_exact(width)) {
            if watch.is_cancelled() {
                return Err(ExportError::Cancelled);
            }
            row.clear();
            for pixel in pixels {
                let color = pixel.demultiply();
                let rgba = [color.red(), color.green(), color.blue(), color.alpha()];
                row.extend_from_slice(&rgba[..channels]);
            }
            out.write_all(&row).map_err(png::EncodingError::from)?;
            watch.advanced(DRAWING + (1.0 - DRAWING) * y as f32 / height as f32);
        }
        Ok(())
    }
}

/// Whether the first thing painted is an opaque rectangle over the whole page.
fn has_opaque_background(tree: &Tree) -> bool {
    let Some(usvg::Node::Path(path)) = tree.root().children().first() else {
        return false;
    };
    let opaque =
        path.fill().is_some_and(|fill| matches!(fill.paint(), usvg::Paint::Color(_)) && fill.opacity().get() >= 1.0);
    let bounds = path.abs_bounding_box();
    let covers = bounds.left() <= 0.0
        && bounds.top() <= 0.0
        && bounds.right() >= tree.size().width()
        && bounds.bottom() >= tree.size().height();
    let points = path.data().points();
    let local = path.data().bounds();
    let rectangular = (4..=5).contains(&points.len())
        && points
            .iter()
            .all(|p| (p.x <= local.left() || p.x >= local.right()) && (p.y <= local.top() || p.y >= local.bottom()));
    opaque && covers && rectangular
}

#[cfg(test)]
mod tests {
    use super::super::fonts::tests::definitions;
    use super::*;

    fn fonts() -> Fonts {
        Fonts::new(&definitions())
    }

    fn document(size: &str, content: &str) -> String {
        format!("<svg xmlns='http://www.w3.org/2000/svg' {size}>{content}</svg>")
    }

    fn plain(svg: &str, scale: f32) -> Result<Vec<u8>, ExportError> {
        let svg = Svg::from_text(svg.to_owned());
        png(&svg, scale, &fonts(), &PngMeta { about: &About::default(), dots_per_inch: None }, &mut ())
    }

    fn decode(file: &[u8]) -> (png::Info<'static>, Vec<u8>) {
        let mut reader = png::Decoder::new(std::io::Cursor::new(file)).read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        reader.next_frame(&mut pixels).unwrap();
        (reader.info().clone(), pixels)
    }

    #[test]
    fn size_and_depth() {
        let check = |size, content, scale, (width, height), color| {
            let svg = document(size, content);
            let (info, pixels) = decode(&plain(&svg, scale).unwrap());
            assert_eq!((info.width, info.height), (width, height));
            assert_eq!(info.color_type, color);
            pixels
        };
        let size = "width='31' height='17'";
        let red = "<rect width='31' height='17' fill='#f00'/>";
        let pixels = check(size, red, 1.5, (47, 26), ColorType::Rgb);
        assert!(pixels.chunks(3).all(|p| p == [255, 0, 0]));
        let half = "<rect width='31' height='17' fill='#f00' fill-opacity='.5'/>";
        let pixels = check(size, half, 2.0, (62, 34), ColorType::Rgba);
        assert!(pixels.chunks(4).all(|p| p == [255, 0, 0, 128]));
        check(size, "", 0.01, (1, 1), ColorType::Rgba);
        let diamond = "<path d='M15 -40L80 8 15 60 -50 8Z' fill='#f00'/>";
        check(size, diamond, 1.0, (31, 17), ColorType::Rgba);
    }

    #[test]
    fn metadata_is_kept() {
        let svg = document("width='4' height='4'", "");
        let about = About {
            title: "Neighbours".into(),
            description: "From 1965 – 2015".into(),
            author: "A".into(),
            date: Some(MadeOn { year: 2026, month: Some(3), day: None }),
            ..About::default()
        };
        let meta = PngMeta { about: &about, dots_per_inch: Some(300.0) };
        let (info, _) = decode(&png(&Svg::from_text(svg.clone()), 1.0, &fonts(), &meta, &mut ()).unwrap());
        let texts: Vec<_> = info.utf8_text.iter().map(|text| (&text.keyword[..], text.get_text().unwrap())).collect();
        let expected = [
            ("Title", "Neighbours"),
            ("Description", "From 1965 – 2015"),
            ("Author", "A"),
            ("Creation Time", "2026-03"),
        ];
        assert_eq!(texts, expected.map(|(keyword, text)| (keyword, text.to_owned())));
        assert_eq!(info.pixel_dims.unwrap().xppu, 11_811);
        let (info, _) = decode(&plain(&svg, 1.0).unwrap());
        assert!(info.pixel_dims.is_none());
    }

    #[test]
    fn impossible_requests_are_named() {
        let fails = |size, scale| {
            let svg = document(size, "");
            plain(&svg, scale).unwrap_err()
        };
        let large = fails("width='1280' height='720'", 13.0);
        assert!(matches!(large, ExportError::TooLarge { width: 16_640, height: 9_360 }));
        assert!(large.to_string().contains("16640 x 9360"), "{large}");
        let endless = fails("width='1e9' height='1'", 1e30);
        assert!(matches!(endless, ExportError::TooLarge { .. }));
        for scale in [0.0, -1.0, f32::NAN, f32::INFINITY] {
            let error = fails("width='4' height='4'", scale);
            assert!(matches!(error, ExportError::BadScale { .. }));
        }
        let broken = plain("<svg", 1.0);
        assert!(matches!(broken, Err(ExportError::Svg(_))));
    }
}
