//! Reads the pictures of a document.

use std::path::Path;
use std::sync::Arc;

use egui::ColorImage;

use crate::app::pictures::ReadPicture;
use crate::media;
use crate::scene::ImageData;

/// Maximum length of a side of a picture in the window, in pixels: twice what the record is wide.
const MOST_PIXELS: usize = 1024;

/// Reads a picture in the folder of a document, and makes it as small as the window shows it.
pub(super) fn read_picture(folder: &Path, file: &str) -> ReadPicture {
    let image = media::read(folder, file).map_err(|error| error.to_string())?;
    Ok(Arc::new(reduced(&image)))
}

/// Returns a picture in which each pixel is the mean of a square of those of an image.
fn reduced(image: &ImageData) -> ColorImage {
    let [width, height] = image.size().map(|side| side as usize);
    let step = width.max(height).div_ceil(MOST_PIXELS).max(1);
    let size = [width.div_ceil(step), height.div_ceil(step)];
    let mut rgba = Vec::with_capacity(size[0] * size[1] * 4);
    for y in 0..size[1] {
        for x in 0..size[0] {
            rgba.extend(mean(image, [x * step, y * step], step));
        }
    }
    ColorImage::from_rgba_unmultiplied(size, &rgba)
}

/// Returns the mean colour of a square, as far as it is within the image: red, green and blue weighted with alpha, and
/// alpha.
fn mean(image: &ImageData, [left, top]: [usize; 2], side: usize) -> [u8; 4] {
    let [width, height] = image.size().map(|side| side as usize);
    let (right, bottom) = ((left + side).min(width), (top + side).min(height));
    let (mut sum, mut alpha, mut count) = ([0_u64; 3], 0_u64, 0_u64);
    for y in top..bottom {
        let row = image.rgba().get((y * width + left) * 4..(y * width + right) * 4).unwrap_or_default();
        for pixel in row.chunks_exact(4) {
            let &[red, green, blue, opacity] = pixel else { continue };
            let opacity = u64::from(opacity);
            for (sum, part) in sum.iter_mut().zip([red, green, blue]) {
                *sum += u64::from(part) * opacity;
            }
            alpha += opacity;
            count += 1;
        }
    }
    let [red, green, blue] = sum.map(|sum| sum.checked_div(alpha).unwrap_or(0) as u8);
    [red, green, blue, alpha.checked_div(count).unwrap_or(0) as u8]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns an image of one colour for each row of pixels.
    fn image(size: [u32; 2], color: impl Fn(u32) -> [u8; 4]) -> ImageData {
        let mut file = Vec::new();
        let mut encoder = png::Encoder::new(&mut file, size[0], size[1]);
        encoder.set_color(png::ColorType::Rgba);
        let pixels: Vec<u8> = (0..size[1]).flat_map(|y| color(y).repeat(size[0] as usize)).collect();
        encoder.write_header().unwrap().write_image_data(&pixels).unwrap();
        ImageData::decode(file).unwrap()
    }

    #[test]
    fn pictures_are_made_as_small_as_they_are_shown() {
        let small = reduced(&image([3, 2], |y| [y as u8 * 100, 0, 0, 255]));
        assert_eq!((small.size, small.pixels[0].r(), small.pixels[5].r()), ([3, 2], 0, 100));
        let large = reduced(&image([5, 2049], |y| if y % 2 == 0 { [200, 0, 0, 255] } else { [0, 0, 0, 255] }));
        assert_eq!(large.size, [2, 683], "three rows become one");
        assert!(large.pixels.iter().all(|pixel| matches!(pixel.r(), 66 | 133)), "{:?}", large.pixels[0]);
        let half_seen = reduced(&image([1, 2048], |y| if y % 2 == 0 { [200, 0, 0, 255] } else { [0, 0, 0, 0] }));
        assert_eq!(half_seen.pixels[0].to_srgba_unmultiplied()[3], 127);
        assert!(half_seen.pixels[0].to_srgba_unmultiplied()[0] > 195, "what is not seen has no colour");
    }
}
