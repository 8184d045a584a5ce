//! The one family that everything is set in, on screen and in exports.

use std::collections::HashMap;
use std::sync::Arc;

use egui::epaint::text::VariationCoords;
use egui::{Color32, FontData, FontDefinitions, FontFamily, FontId, FontTweak};
use skrifa::MetadataProvider as _;

use crate::layout::{Measure, TextRole, one_line};
use crate::scene::text::{FontFace, FontSet};

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
            faces.sort_by_key(|(_, face)| face.weight.abs_diff(weight));
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
    let coords = has_weights.then(|| VariationCoords::new([(WEIGHT, f32::from(weight))])).unwrap_or_default();
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

/// Measures text with the fonts of an egui context.
pub struct ContextFonts<'a> {
    context: &'a egui::Context,
    /// Advances of ASCII characters in each role, in points; none until first asked for.
    advances: [[Option<f32>; 128]; FACES],
    /// Advances of what stands for characters that no font has.
    missing: HashMap<(usize, char), f32>,
}

/// How many faces there are.
const FACES: usize = 7;

impl<'a> ContextFonts<'a> {
    /// The fonts of a context, for as long as those do not change.
    #[must_use]
    pub fn new(context: &'a egui::Context) -> Self {
        Self { context, advances: [[None; 128]; FACES], missing: HashMap::new() }
    }

    fn advance(&mut self, c: char, role: TextRole) -> f32 {
        let context = self.context;
        let missing = &mut self.missing;
        let mut ask = || {
            let font = font(role);
            context.fonts_mut(|fonts| {
                let width = fonts.glyph_width(&font, c);
                if width > 0.0 || fonts.has_glyph(&font, c) {
                    return width;
                }
                // egui gives it no width here, yet draws a box for it, unless it is a mark.
                *missing.entry((role as usize, c)).or_insert_with(|| {
                    let galley = fonts.layout_no_wrap(c.into(), font, Color32::PLACEHOLDER);
                    galley.rows.iter().flat_map(|row| &row.glyphs).map(|glyph| glyph.advance_width).sum()
                })
            })
        };
        match self.advances.get_mut(role as usize).and_then(|role| role.get_mut(c as usize)) {
            Some(known) => *known.get_or_insert_with(ask),
            None => ask(),
        }
    }
}

/// Whether a character is of a script whose letters take other shapes beside each other, by the blocks of Unicode: those
/// from right to left and those of India and its neighbours.
fn is_shaped(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{10ff}' | '\u{1700}'..='\u{1cff}' | '\u{a800}'..='\u{abff}' | '\u{fb1d}'..='\u{fdff}'
        | '\u{fe70}'..='\u{fefc}' | '\u{10800}'..='\u{11fff}' | '\u{1e800}'..='\u{1efff}')
}

impl Measure for ContextFonts<'_> {
    fn width(&mut self, text: &str, role: TextRole) -> f32 {
        let text = one_line(text);
        if !text.is_ascii() && text.chars().any(is_shaped) {
            // Letters that join or stack are as wide as their word says.
            let fonts = |fonts: &mut egui::epaint::text::FontsView<'_>| {
                fonts.layout_no_wrap(text.into_owned(), font(role), Color32::PLACEHOLDER).size().x
            };
            return self.context.fonts_mut(fonts);
        }
        // The sum of the advances, which kerning can only make less: a hundred times quicker than shaping, and most of
        // what is measured is never painted.
        text.chars().map(|c| self.advance(c, role)).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Calls back in a pass with the carried fonts.
    fn with_fonts(mut run: impl FnMut(&egui::Context)) {
        let context = egui::Context::default();
        context.set_fonts(definitions());
        // Fonts take effect on the second pass.
        for _ in 0..2 {
            let mut output = context.run_ui(egui::RawInput::default(), |_| {});
            output.textures_delta.clear();
        }
        run(&context);
    }

    fn drawn(context: &egui::Context, text: &str, role: TextRole) -> Vec<f32> {
        let galley = context.fonts_mut(|fonts| fonts.layout_no_wrap(text.to_owned(), font(role), Color32::PLACEHOLDER));
        galley.rows.iter().flat_map(|row| &row.glyphs).map(|glyph| glyph.advance_width).collect()
    }

    #[test]
    fn accents_that_stand_for_themselves_have_room() {
        with_fonts(|context| {
            for role in [TextRole::Label, TextRole::Small] {
                for accent in "`´¨¸ˆˇ˘˙˚˛˜˝΄΅".chars() {
                    let widths = drawn(context, &format!("a{accent}b"), role);
                    let own = ContextFonts::new(context).advance(accent, role);
                    assert!(own > 0.0 && (widths[1] - own).abs() < 0.01, "{accent} {role:?}: {widths:?}, {own}");
                }
                for marked in ["x\u{300}y", "x\u{308}y", "а\u{483}б"] {
                    assert_eq!(drawn(context, marked, role)[1], 0.0, "{marked} {role:?}");
                }
            }
        });
    }

    #[test]
    fn what_no_font_has_is_as_wide_as_the_box_for_it() {
        with_fonts(|context| {
            for role in [TextRole::Label, TextRole::Small] {
                // Of letters that are one, only the first has a box.
                for (text, spare) in [("日韓基本条約の調印", 0.1), ("a 日本語 b", 0.1), ("हिन्दी", 30.0)]
                {
                    let width = ContextFonts::new(context).width(text, role);
                    let drawn: f32 = drawn(context, text, role).iter().sum();
                    let room = width - drawn;
                    assert!(drawn > 0.0 && (-0.1..spare).contains(&room), "{text} {role:?}: {width}, drawn {drawn}");
                }
            }
        });
    }

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
