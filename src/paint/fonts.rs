//! The one family that everything is set in, on screen and in exports.

use std::sync::Arc;

use egui::{FontData, FontDefinitions, FontFamily, FontId, FontTweak};

use crate::layout::{Face, Measure};

/// Name of the family's bold.
const BOLD: &str = "bold";

/// The fonts that the program carries: Noto Sans, regular and bold.
///
/// egui's own face has one light weight; a hierarchy of text needs two real ones. The same bytes go into exports.
#[must_use]
pub fn definitions() -> FontDefinitions {
    let mut fonts = FontDefinitions::empty();
    // Without hints letters have the shapes that they have in a file, and the first frame comes some milliseconds sooner:
    // with them, the font's programs would run for every letter and at every change of size.
    let tweak = FontTweak { hinting: Some(false), ..FontTweak::default() };
    let mut add = |name: &str, bytes: &'static [u8]| {
        let data = FontData { tweak: tweak.clone(), ..FontData::from_static(bytes) };
        fonts.font_data.insert(name.to_owned(), Arc::new(data));
    };
    add("NotoSans-Regular", notosans::REGULAR_TTF);
    add("NotoSans-Bold", notosans::BOLD_TTF);
    let regular = vec!["NotoSans-Regular".to_owned()];
    fonts.families.insert(FontFamily::Proportional, regular.clone());
    fonts.families.insert(FontFamily::Monospace, regular);
    let bold = vec!["NotoSans-Bold".to_owned(), "NotoSans-Regular".to_owned()];
    fonts.families.insert(FontFamily::Name(BOLD.into()), bold);
    fonts
}

/// The bold of the family at a size in points.
#[must_use]
pub fn bold(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name(BOLD.into()))
}

/// The font of a face.
#[must_use]
pub fn font(face: Face) -> FontId {
    if face.is_bold() { bold(face.size()) } else { FontId::proportional(face.size()) }
}

/// Measures text with the fonts of an egui context.
pub struct ContextFonts<'a> {
    context: &'a egui::Context,
    /// Advances of ASCII characters in each face, in points; none until first asked for.
    advances: [[Option<f32>; 128]; FACES],
}

/// How many faces there are.
const FACES: usize = 7;

impl<'a> ContextFonts<'a> {
    /// The fonts of a context, for as long as those do not change.
    #[must_use]
    pub fn new(context: &'a egui::Context) -> Self {
        Self { context, advances: [[None; 128]; FACES] }
    }

    fn advance(&mut self, c: char, face: Face) -> f32 {
        let context = self.context;
        let ask = || context.fonts_mut(|fonts| fonts.glyph_width(&font(face), c));
        match self.advances.get_mut(face as usize).and_then(|face| face.get_mut(c as usize)) {
            Some(known) => *known.get_or_insert_with(ask),
            None => ask(),
        }
    }
}

impl Measure for ContextFonts<'_> {
    fn width(&mut self, text: &str, face: Face) -> f32 {
        // The sum of the advances, which kerning can only make less: a hundred times quicker than shaping, and most of
        // what is measured is never painted.
        text.chars().map(|c| self.advance(c, face)).sum()
    }
}
