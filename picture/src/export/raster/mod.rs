//! Rasterises a scene: to a PNG file or an image for the screen.
//!
//! The page is drawn in bands of whole rows, on as many threads as there are processors, and the rows of each band are
//! written to the file as soon as it is finished. Only a few bands are in memory at a time, and an export can be
//! cancelled between them. All coordinates are snapped to a grid of 1/256 pixel before they are moved into a band (see
//! [`grid`]), so that a shape that crosses bands is drawn exactly as in a single band, and the image does not depend on
//! their height.

mod glyphs;
mod grid;
mod outline;
mod page;
mod painter;
mod resample;
#[cfg(test)]
mod tests;

use std::io::Write as _;
use std::sync::mpsc::{Receiver, sync_channel};

use png::{ColorType, DeflateCompression, Encoder, Filter, PixelDimensions, Unit};

use super::error::ExportError;
use super::metadata::{Metadata, PartialDate};
use crate::progress::Progress;
use crate::scene::Scene;
use crate::scene::text::FontSet;
pub(super) use page::check_size;
use page::{PIXEL, Page};
use painter::Painter;

/// Rows of a band: a multiple of four, as the rasteriser works in strips of four rows.
const BAND_ROWS: u32 = 256;

/// The metadata of a PNG.
#[derive(Clone, Copy, Debug)]
pub struct PngMeta<'a> {
    /// Title, author and so on.
    pub about: &'a Metadata,
    /// Resolution, which determines the size on paper; `None` leaves it unspecified.
    pub dots_per_inch: Option<f32>,
}

/// Draws a scene and encodes it as a PNG file. `scale` is pixels per point: at 2, a page of 640 x 360 points has 1280 x
/// 720 pixels, which have their nominal size at 192 dots per inch.
///
/// A page with an opaque background has no alpha channel.
///
/// # Errors
/// Returns an error if the scale is not positive, a side would be longer than [`MAX_SIDE`](super::MAX_SIDE), the PNG
/// cannot be encoded, or `progress` is cancelled.
pub fn png(
    scene: &Scene,
    fonts: &FontSet,
    scale: f32,
    meta: &PngMeta<'_>,
    progress: &Progress,
) -> Result<Vec<u8>, ExportError> {
    png_in_bands(scene, fonts, scale, meta, BAND_ROWS, progress)
}

fn png_in_bands(
    scene: &Scene,
    fonts: &FontSet,
    scale: f32,
    meta: &PngMeta<'_>,
    rows: u32,
    progress: &Progress,
) -> Result<Vec<u8>, ExportError> {
    let page = Page::new(scene, fonts, scale)?;
    let is_opaque = scene.background.is_opaque();
    let mut file = Vec::with_capacity(1 << 20);
    let mut writer = encoder(&mut file, page.size, is_opaque, meta)?.write_header()?;
    let mut stream = writer.stream_writer()?;
    let mut packed = Vec::new();
    page.draw(rows, progress, |pixels| {
        packed.clear();
        pack(pixels, is_opaque, &mut packed);
        Ok(stream.write_all(&packed).map_err(png::EncodingError::from)?)
    })?;
    stream.finish()?;
    writer.finish()?;
    progress.end_stage("raster");
    Ok(file)
}

/// Draws a scene as an image for the screen. `scale` is pixels per point.
///
/// # Errors
/// See [`png()`].
pub fn image(scene: &Scene, fonts: &FontSet, scale: f32, progress: &Progress) -> Result<egui::ColorImage, ExportError> {
    let page = Page::new(scene, fonts, scale)?;
    let size = page.size.map(|side| side as usize);
    let mut pixels = Vec::with_capacity(size[0] * size[1] * PIXEL);
    page.draw(BAND_ROWS, progress, |band| {
        pixels.extend_from_slice(band);
        Ok(())
    })?;
    progress.end_stage("raster");
    Ok(egui::ColorImage::from_rgba_premultiplied(size, &pixels))
}

impl Page<'_> {
    /// Draws the page from top to bottom, in bands of `rows` rows, and passes on the pixels of each.
    ///
    /// Each thread draws every n-th band, and blocks until its next one has been taken: at most two bands per thread
    /// are drawn ahead.
    fn draw(
        &self,
        rows: u32,
        progress: &Progress,
        mut take: impl FnMut(&[u8]) -> Result<(), ExportError>,
    ) -> Result<(), ExportError> {
        let bands = self.size[1].div_ceil(rows);
        let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get).min(bands as usize);
        std::thread::scope(|scope| {
            let bands_of = |thread: usize| (0..bands).skip(thread).step_by(threads);
            let drawn: Vec<Receiver<Vec<u8>>> = (0..threads)
                .map(|thread| {
                    let (send, receive) = sync_channel(1);
                    scope.spawn(move || {
                        let mut painter = Painter::new(self);
                        for band in bands_of(thread) {
                            let top = band * rows;
                            let pixels = painter.band(top, rows.min(self.size[1] - top));
                            // The receiver is dropped if the export was cancelled or has failed.
                            if send.send(pixels).is_err() {
                                break;
                            }
                        }
                    });
                    receive
                })
                .collect();
            for (band, receive) in (1..=bands).zip(drawn.iter().cycle()) {
                if progress.is_cancelled() {
                    return Err(ExportError::Cancelled);
                }
                let [width, height] = self.size;
                let pixels = receive.recv().map_err(|_| ExportError::Draw { width, height })?;
                take(&pixels)?;
                progress.set_share(band as f32 / bands as f32);
            }
            Ok(())
        })
    }
}

fn encoder<'f>(
    file: &'f mut Vec<u8>,
    [width, height]: [u32; 2],
    is_opaque: bool,
    meta: &PngMeta<'_>,
) -> Result<Encoder<'static, &'f mut Vec<u8>>, ExportError> {
    let mut encoder = Encoder::new(file, width, height);
    encoder.set_color(if is_opaque { ColorType::Rgb } else { ColorType::Rgba });
    // Measured on charts of 3840 x 2160 with zlib-rs, which `zip` turns on for all: 9 to 15 ms for 0.4 to 0.9 MB. Level 1,
    // whose matches are only those of its quick search, takes 3 ms less for 0.6 to 1.1 MB; level 6 twice as long for 3 % less.
    encoder.set_deflate_compression(DeflateCompression::Level(2));
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
        ("Creation Time", &about.date.map(PartialDate::iso).unwrap_or_default()),
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

/// Appends pixels as a PNG stores them: without alpha if all are opaque, else not premultiplied.
fn pack(pixels: &[u8], is_opaque: bool, packed: &mut Vec<u8>) {
    let (pixels, _) = pixels.as_chunks::<PIXEL>();
    if is_opaque {
        packed.extend(pixels.iter().flat_map(|[red, green, blue, _]| [*red, *green, *blue]));
        return;
    }
    packed.extend(pixels.iter().flat_map(|[red, green, blue, alpha]| {
        let straight = |channel: &u8| match u16::from(*alpha) {
            0 => 0,
            alpha => ((u16::from(*channel) * 255 + alpha / 2) / alpha).min(255) as u8,
        };
        [straight(red), straight(green), straight(blue), *alpha]
    }));
}
