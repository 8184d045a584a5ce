//! Fonts as they are embedded in a PDF.

use std::sync::Arc;

use krilla::text::{Font, Tag};
use skrifa::{Axis, FontRef, MetadataProvider as _};

use crate::scene::text::{FontIndex, FontSet};

/// The fonts of a document: one for each face and place on its axes.
pub(super) struct Fonts<'f> {
    fonts: &'f FontSet,
    known: Vec<((FontIndex, Arc<[i16]>), Option<Font>)>,
}

impl<'f> Fonts<'f> {
    pub const fn new(fonts: &'f FontSet) -> Self {
        Self { fonts, known: Vec::new() }
    }

    /// A font at a place on its axes, as normalized coordinates. Returns `None` if it is of another set or cannot be
    /// embedded.
    pub fn get(&mut self, index: FontIndex, coords: &Arc<[i16]>) -> Option<Font> {
        let known = self.known.iter().find(|((known, at), _)| *known == index && at == coords);
        if let Some((_, font)) = known {
            return font.clone();
        }
        let font = self.load(index, coords);
        self.known.push(((index, Arc::clone(coords)), font.clone()));
        font
    }

    fn load(&self, index: FontIndex, coords: &[i16]) -> Option<Font> {
        let face = self.fonts.face(index)?;
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
}

/// The value on an axis that a font normalizes to a coordinate, in 2.14 fixed point.
///
/// Fonts only say how values are normalized, by pieces of lines that never fall (`OpenType`, `avar`): the value is found
/// between the ends of the axis by halving.
fn user_value(font: &FontRef<'_>, axis: &Axis, coord: i16) -> f32 {
    let normalized = |value: f32| {
        let location = font.axes().location([(axis.tag(), value)]);
        location.coords().get(axis.index()).map_or(0, |coord| coord.to_bits())
    };
    if coord == normalized(axis.default_value()) {
        return axis.default_value();
    }
    let (mut low, mut high) = (axis.min_value(), axis.max_value());
    // As many halvings as an f32 has bits.
    for _ in 0..24 {
        let middle = f32::midpoint(low, high);
        if normalized(middle) < coord { low = middle } else { high = middle }
    }
    // Named weights are whole numbers.
    let whole = high.round();
    if normalized(whole) == coord { whole } else { high }
}
