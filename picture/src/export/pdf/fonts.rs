//! Embeds fonts in a PDF.

use std::sync::Arc;

use krilla::text::{Font, Tag};
use skrifa::{Axis, FontRef, MetadataProvider as _};

use super::super::per_font::PerFont;
use crate::scene::text::{FontIndex, FontSet};

/// The fonts of a document: one for each face and position on its axes.
pub(super) struct Fonts<'f> {
    fonts: &'f FontSet,
    embedded: PerFont<Option<Font>>,
}

impl<'f> Fonts<'f> {
    pub const fn new(fonts: &'f FontSet) -> Self {
        Self { fonts, embedded: PerFont::new() }
    }

    /// Returns a font at a position on its axes, as normalized coordinates. Returns `None` if it is of another set or
    /// cannot be embedded.
    pub fn get(&mut self, index: FontIndex, coords: &Arc<[i16]>) -> Option<Font> {
        self.embedded.get(index, coords, || load(self.fonts, index, coords)).clone()
    }
}

fn load(fonts: &FontSet, index: FontIndex, coords: &[i16]) -> Option<Font> {
    let face = fonts.face(index)?;
    let font = face.font()?;
    let axes = font.axes();
    let values: Vec<(Tag, f32)> = axes
        .iter()
        .zip(coords)
        .map(|(axis, coord)| (Tag::new(&axis.tag().to_be_bytes()), user_value(&font, &axis, *coord)))
        .collect();
    let (data, _) = face.data.clone().into_raw_parts();
    Font::new_variable(data.into(), face.index, &values)
}

/// Returns the value on an axis that a font normalizes to a coordinate, in 2.14 fixed point.
///
/// Fonts only define the normalization, as a monotonic piecewise linear function (`OpenType`, `avar`): its inverse is
/// computed by bisection between the ends of the axis.
fn user_value(font: &FontRef<'_>, axis: &Axis, coord: i16) -> f32 {
    let normalized = |value: f32| {
        let location = font.axes().location([(axis.tag(), value)]);
        location.coords().get(axis.index()).map_or(0, |coord| coord.to_bits())
    };
    if coord == normalized(axis.default_value()) {
        return axis.default_value();
    }
    let (mut low, mut high) = (axis.min_value(), axis.max_value());
    // One bisection for each bit of an `f32` significand.
    for _ in 0..24 {
        let middle = f32::midpoint(low, high);
        if normalized(middle) < coord { low = middle } else { high = middle }
    }
    // Named weights are integers.
    let whole = high.round();
    if normalized(whole) == coord { whole } else { high }
}

#[cfg(test)]
mod tests {
    use parley::fontique::Blob;

    use super::*;
    use crate::scene::text::FontFace;

    /// Weights from 100 to 900, with 400 as the default, normalized non-linearly.
    static WEIGHTS: &[u8] = include_bytes!("../../../../tests/fixtures/fonts/weights.ttf");

    #[test]
    fn places_on_an_axis_are_found_again() {
        let font = FontRef::new(WEIGHTS).expect("a font");
        let axis = font.axes().get(0).expect("an axis");
        let normalized = |weight: f32| font.axes().location([("wght", weight)]).coords()[0].to_bits();
        for weight in [100.0, 180.0, 250.0, 399.0, 400.0, 500.0, 600.0, 700.0, 900.0] {
            let found = user_value(&font, &axis, normalized(weight));
            assert_eq!(found, weight);
        }
        // Between two named weights.
        let between = normalized(612.345);
        assert_eq!(normalized(user_value(&font, &axis, between)), between);
    }

    #[test]
    fn each_place_is_a_font_of_its_own() {
        let mut set = FontSet::carried();
        let data = Blob::new(Arc::new(WEIGHTS));
        set.push(vec![FontFace::of_system(data, 0, "Weights".to_owned(), 400).expect("a font")]);
        let index = set.face_for('l', false).expect("a face");
        let weights = set.faces().last().expect("a face").0;
        let mut fonts = Fonts::new(&set);
        let mut at = |index, coords: &[i16]| fonts.get(index, &coords.into()).expect("a font");
        let (light, heavy) = (at(weights, &[-0x4000]), at(weights, &[0x4000]));
        assert!(light != heavy && at(weights, &[0x4000]) == heavy && at(index, &[]) != light);
    }
}
