//! The one family that everything is set in, on screen and in exports.

use std::sync::Arc;

use egui::epaint::text::VariationCoords;
use egui::{FontData, FontDefinitions, FontFamily, FontId, FontTweak};
use skrifa::MetadataProvider as _;

use crate::layout::TextRole;
use crate::scene::text::{FontFace, FontSet};
use crate::sorting;

/// Name of the family's bold.
const BOLD: &str = "bold";

/// The fonts that the program carries, for egui.
#[must_use]
pub fn definitions() -> FontDefinitions {
    definitions_of(&FontSet::carried())
}

/// Fonts for egui: each of its families looks for a character in the families of the set in their order, and in the
/// faces of each from the nearest in weight on.
#[must_use]
pub fn definitions_of(fonts: &FontSet) -> FontDefinitions {
    const REGULAR_WEIGHT: u16 = 400;
    const BOLD_WEIGHT: u16 = 700;
    let mut definitions = FontDefinitions::empty();
    for (family, weight) in [(FontFamily::Proportional, REGULAR_WEIGHT), (FontFamily::Name(BOLD.into()), BOLD_WEIGHT)] {
        let mut names = Vec::new();
        for faces in fonts.families() {
            let mut faces: Vec<_> =
                faces.faces.iter().filter_map(|index| Some((*index, fonts.face(*index)?))).collect();
            sorting::by_key(&mut faces, |(_, face)| face.weight.abs_diff(weight));
            for (index, face) in faces {
                let data = font_data(face, weight);
                let origin = if face.is_carried { "" } else { "system " };
                let name = format!("{origin}{index:?} {} {weight}", face.family);
                definitions.font_data.insert(name.clone(), Arc::new(data));
                names.push(name);
            }
        }
        definitions.families.insert(family, names);
    }
    if let Some(regular) = definitions.families.get(&FontFamily::Proportional).cloned() {
        definitions.families.insert(FontFamily::Monospace, regular);
    }
    definitions
}

/// A face for egui, set to a weight if it has an axis for that. The bytes are shared.
fn font_data(face: &FontFace, weight: u16) -> FontData {
    const WEIGHT: &[u8; 4] = b"wght";
    let has_weights =
        face.font().is_some_and(|font| font.axes().iter().any(|axis| axis.tag() == skrifa::Tag::new(WEIGHT)));
    let coords = VariationCoords::new(has_weights.then_some((WEIGHT, f32::from(weight))));
    // Without hints letters have the shapes that they have in a file, and the first frame comes some milliseconds sooner:
    // with them, the font's programs would run for every letter and at every change of size.
    let tweak = FontTweak { hinting: Some(false), coords, ..FontTweak::default() };
    let (bytes, _) = face.data.clone().into_raw_parts();
    FontData { tweak, ..FontData::from_blob(bytes, face.index) }
}

/// The bold of the family at a size in points.
#[must_use]
pub fn bold(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name(BOLD.into()))
}

/// The font of a role.
#[must_use]
pub fn font(role: TextRole) -> FontId {
    if role.is_bold() { bold(role.size()) } else { FontId::proportional(role.size()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variable_fonts_are_set_to_the_weight_of_their_family() {
        let file: &'static [u8] = include_bytes!("../../tests/fixtures/fonts/weights.ttf");
        let data = parley::fontique::Blob::new(Arc::new(file));
        let mut fonts = FontSet::carried();
        fonts.push(vec![FontFace::of_system(data, 0, "Weights".to_owned(), 400).expect("a font")]);
        let definitions = definitions_of(&fonts);
        let carried: Vec<&[u8]> = fonts.faces().take(2).map(|(_, face)| face.data.as_ref()).collect();
        for (family, weight, order) in [(FontFamily::Proportional, 400.0, [0, 1]), (bold(1.0).family, 700.0, [1, 0])] {
            let [first, second, last] = &definitions.families[&family][..] else { panic!("three faces") };
            for (name, place) in [first, second].into_iter().zip(order) {
                assert!((*definitions.font_data[name].font).as_ref() == carried[place], "{name}");
            }
            let coords = |name: &String| definitions.font_data[name].tweak.coords.as_ref().to_vec();
            assert!(coords(first).is_empty());
            assert_eq!(coords(last), [(skrifa::Tag::new(b"wght"), weight)]);
        }
    }
}
