//! The one family that everything is set in, on screen and in exports.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use egui::{Color32, FontData, FontDefinitions, FontFamily, FontId, FontTweak};
use skrifa::raw::TableProvider as _;
use skrifa::raw::types::Tag;
use skrifa::{FontRef, GlyphId16, MetadataProvider as _};

use crate::layout::{Measure, TextRole, one_line};

/// Name of the family's bold.
const BOLD: &str = "bold";

static REGULAR: LazyLock<Vec<u8>> = LazyLock::new(|| with_spacing_accents(notosans::REGULAR_TTF));
static BOLD_BYTES: LazyLock<Vec<u8>> = LazyLock::new(|| with_spacing_accents(notosans::BOLD_TTF));

/// A carried font in which accents that stand for themselves, such as ¨ and the backtick, are letters.
///
/// This Noto Sans counts them among the marks, from which every shaper takes their width, so that they would stand over
/// a neighbour.
fn with_spacing_accents(font: &[u8]) -> Vec<u8> {
    reclassed(font).unwrap_or_else(|| font.to_vec())
}

/// The font with new classes of glyphs behind its old ones. None where it has none.
fn reclassed(font: &[u8]) -> Option<Vec<u8>> {
    const GDEF: Tag = Tag::new(b"GDEF");
    const LETTER: u16 = 1;
    const MARK: u16 = 3;
    let read = FontRef::new(font).ok()?;
    let known = read.gdef().ok()?.glyph_class_def()?.ok()?;
    let count = read.maxp().ok()?.num_glyphs();
    let mut classes: Vec<u16> = (0..count).map(|glyph| known.get(GlyphId16::new(glyph))).collect();
    for (code, glyph) in read.charmap().mappings() {
        let class = classes.get_mut(glyph.to_u32() as usize).filter(|class| **class == MARK);
        if let Some(class) = class.filter(|_| !combines(code)) {
            *class = LETTER;
        }
    }
    let record = read.table_directory.table_records().iter().position(|record| record.tag() == GDEF)?;
    let mut table = read.table_data(GDEF)?.as_bytes().to_vec();
    // Its third number says where the classes are: as a list of all glyphs' (format 1), from glyph 0 on.
    let end = u16::try_from(table.len()).ok()?;
    table.get_mut(4..6)?.copy_from_slice(&end.to_be_bytes());
    table.extend([1, 0, count].into_iter().chain(classes).flat_map(u16::to_be_bytes));

    let mut made = font.to_vec();
    made.resize(font.len().next_multiple_of(4), 0);
    let place = [made.len(), table.len()].map(|size| u32::try_from(size).map(u32::to_be_bytes));
    let [start, length] = place;
    // A record of 16 bytes: name, checksum, start and length, behind the 12 bytes of the head.
    let record = made.get_mut(12 + 16 * record..)?;
    record.get_mut(8..12)?.copy_from_slice(&start.ok()?);
    record.get_mut(12..16)?.copy_from_slice(&length.ok()?);
    made.extend(table);
    Some(made)
}

/// Whether a character is a mark on the one before it, by the blocks of Unicode for those that the carried fonts have.
fn combines(code: u32) -> bool {
    matches!(code, 0x300..=0x36f | 0x483..=0x489 | 0x1ab0..=0x1aff | 0x1dc0..=0x1dff | 0x20d0..=0x20ff | 0xfe20..=0xfe2f)
}

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
    add("NotoSans-Regular", &REGULAR);
    add("NotoSans-Bold", &BOLD_BYTES);
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
}
