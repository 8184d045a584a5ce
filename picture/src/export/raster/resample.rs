//! Resamples images to their size on the page.

use std::collections::VecDeque;

use vello_cpu::color::PremulRgba8;

use super::grid::PixelRect;
use crate::scene::ImageData;

/// Returns the pixels of an image that fills `target`, restricted to `shown`, which must be inside it.
///
/// Enlarging interpolates linearly; in a reduction, each pixel is the weighted mean of all pixels that it covers. A
/// pixel does not depend on which part of the image is requested.
pub(super) fn resample(image: &ImageData, target: PixelRect, shown: PixelRect) -> Vec<PremulRgba8> {
    let [width, height] = image.size();
    let source_row = |row: u32| {
        let length = width as usize * 4;
        image.rgba().get(row as usize * length..).and_then(|rest| rest.get(..length)).unwrap_or_default()
    };
    let side = |axis: usize| (target.max[axis] - target.min[axis]) as u32;
    let columns: Vec<Taps> =
        (shown.min[0]..shown.max[0]).map(|x| Taps::of((x - target.min[0]) as u32, side(0), width)).collect();
    let mut pixels = Vec::new();
    // Rows of the source at the width of the target, starting at row `first`.
    let (mut first, mut rows) = (0, VecDeque::new());
    for y in shown.min[1]..shown.max[1] {
        let taps = Taps::of((y - target.min[1]) as u32, side(1), height);
        while first < taps.first && rows.pop_front().is_some() {
            first += 1;
        }
        if rows.is_empty() {
            first = taps.first;
        }
        while rows.len() < taps.weights.len() {
            rows.push_back(narrowed(source_row(first + rows.len() as u32), &columns));
        }
        for column in 0..columns.len() {
            let mut sum = [0.0; 4];
            for (row, weight) in rows.iter().zip(&taps.weights) {
                add(&mut sum, row.get(column).copied().unwrap_or_default(), *weight);
            }
            let [r, g, b, a] = sum.map(|channel| channel.round().clamp(0.0, 255.0) as u8);
            // Rounding must not make a colour brighter than its alpha allows.
            pixels.push(PremulRgba8 { r: r.min(a), g: g.min(a), b: b.min(a), a });
        }
    }
    pixels
}

/// Premultiplies a row of straight colours and resamples it to some columns.
fn narrowed(row: &[u8], columns: &[Taps]) -> Vec<[f32; 4]> {
    let (pixels, _) = row.as_chunks::<4>();
    let of_column = |taps: &Taps| {
        let mut sum = [0.0; 4];
        let covered = pixels.get(taps.first as usize..).unwrap_or_default();
        for (pixel, weight) in covered.iter().zip(&taps.weights) {
            let [red, green, blue, alpha] = pixel.map(f32::from);
            let opacity = alpha / 255.0;
            add(&mut sum, [red * opacity, green * opacity, blue * opacity, alpha], *weight);
        }
        sum
    };
    columns.iter().map(of_column).collect()
}

fn add(sum: &mut [f32; 4], color: [f32; 4], weight: f32) {
    for (sum, channel) in sum.iter_mut().zip(color) {
        *sum += channel * weight;
    }
}

/// The pixels of a row or column that contribute to one pixel of the target.
struct Taps {
    /// The index of the first of them.
    first: u32,
    /// Their weights, with a sum of 1.
    weights: Vec<f32>,
}

impl Taps {
    /// Returns those for the pixel `at` when resampling a row of `source` pixels to `target` pixels.
    fn of(at: u32, target: u32, source: u32) -> Self {
        let ratio = f64::from(source) / f64::from(target.max(1));
        let reach = ratio.max(1.0);
        let center = (f64::from(at) + 0.5) * ratio;
        let first = (center - reach).floor().max(0.0) as u32;
        let end = ((center + reach).ceil() as u32).clamp(first + 1, source.max(first + 1));
        let weight = |pixel: u32| (1.0 - ((f64::from(pixel) + 0.5 - center) / reach).abs()).max(0.0);
        let weights: Vec<f64> = (first..end).map(weight).collect();
        let whole: f64 = weights.iter().sum();
        let share = |weight: f64| if whole > 0.0 { (weight / whole) as f32 } else { 1.0 };
        Self { first, weights: weights.into_iter().map(share).collect() }
    }
}
