//! What the bytes of a string mean in a font, and how wide they are.

use hayro_syntax::object::{Array, Dict, Name, Number, Object};
use skrifa::MetadataProvider as _;
use skrifa::raw::ps::encoding::PredefinedEncoding;

use super::to_unicode::{CMap, utf16};
use super::{names, parts, streams};

/// A font of a page.
#[derive(Debug)]
pub(super) struct Font {
    to_unicode: Option<CMap>,
    kind: Kind,
    /// Factor from a width to a part of the size of the font.
    scale: f32,
    widths: Widths,
    usual_width: f32,
}

/// Widths by the numbers of characters, which are below 65,536.
#[derive(Debug, Default)]
struct Widths(Vec<f32>);

impl Widths {
    /// Sets the widths of the characters from one on.
    fn set(&mut self, first: i64, widths: &[f32]) {
        const MOST: usize = 1 << 16;
        let first = first.clamp(0, MOST as i64) as usize;
        let end = (first + widths.len()).min(MOST);
        if self.0.len() < end {
            self.0.resize(end, f32::NAN);
        }
        for (known, width) in self.0.iter_mut().skip(first).zip(widths) {
            *known = *width;
        }
    }

    fn get(&self, number: u32) -> Option<f32> {
        self.0.get(number as usize).copied().filter(|width| width.is_finite())
    }
}

#[derive(Debug)]
enum Kind {
    /// Each byte is a character.
    Simple(Vec<String>),
    /// Characters have one byte or more.
    Composite {
        /// The numbers of the characters, and how long their codes are.
        numbers: CMap,
        /// Whether a code is a character in UTF-16.
        is_utf16: bool,
        /// The characters of the glyphs of the font.
        of_glyphs: Vec<Option<char>>,
    },
}

/// A character that is shown.
#[derive(Debug, PartialEq)]
pub(super) struct Shown {
    /// What it is; empty if that is not known.
    pub text: String,
    /// Its width, as a part of the size of the font.
    pub width: f32,
    /// Whether the space between words is added to its width.
    pub is_space: bool,
}

impl Font {
    /// Reads a font.
    pub(super) fn read(dict: &Dict<'_>) -> Self {
        let to_unicode = parts::stream(dict, "ToUnicode").and_then(|stream| streams::decoded(&stream));
        let to_unicode = to_unicode.map(|bytes| CMap::read(&bytes));
        let subtype = parts::name(dict, "Subtype");
        match subtype.as_ref().map(Name::as_ref) {
            Some(b"Type0") => Self { to_unicode, ..Self::composite(dict) },
            Some(b"Type3") => {
                let matrix = parts::array(dict, "FontMatrix").map(|all| parts::numbers(&all)).unwrap_or_default();
                let scale = matrix.first().copied().unwrap_or(0.001).abs();
                Self { to_unicode, scale, ..Self::simple(dict) }
            }
            _ => Self { to_unicode, ..Self::simple(dict) },
        }
    }

    fn simple(dict: &Dict<'_>) -> Self {
        let mut widths = Widths::default();
        if let Some(all) = parts::array(dict, "Widths") {
            let first = parts::number(dict, "FirstChar").map_or(0, |first| first.as_i64());
            widths.set(first, &parts::numbers(&all));
        }
        let descriptor = parts::dict(dict, "FontDescriptor");
        let missing =
            descriptor.as_ref().and_then(|descriptor| Some(parts::number(descriptor, "MissingWidth")?.as_f32()));
        let usual_width = missing.filter(|width| *width > 0.0).unwrap_or(500.0);
        let kind = Kind::Simple(encoding(dict, descriptor.as_ref()));
        Self { to_unicode: None, kind, scale: 0.001, widths, usual_width }
    }

    fn composite(dict: &Dict<'_>) -> Self {
        let inner = parts::array(dict, "DescendantFonts")
            .and_then(|fonts| parts::items(&fonts).into_iter().next()?.into_dict());
        let inner = inner.unwrap_or_default();
        let name = parts::name(dict, "Encoding");
        let is_utf16 =
            name.as_ref().is_some_and(|name| name.as_str().contains("UCS2") || name.as_str().contains("UTF16"));
        let stream = parts::stream(dict, "Encoding").and_then(|stream| streams::decoded(&stream));
        let numbers = stream.map(|bytes| CMap::read(&bytes)).unwrap_or_default();
        let of_glyphs = if dict.contains_key("ToUnicode") || is_utf16 { Vec::new() } else { glyphs(&inner) };
        Self {
            to_unicode: None,
            kind: Kind::Composite { numbers, is_utf16, of_glyphs },
            scale: 0.001,
            widths: parts::array(&inner, "W").map(|all| composite_widths(&all)).unwrap_or_default(),
            usual_width: parts::number(&inner, "DW").map_or(1000.0, |width| width.as_f32()),
        }
    }

    /// Returns the characters of a string.
    pub(super) fn shown(&self, bytes: &[u8]) -> Vec<Shown> {
        let mut shown = Vec::new();
        let mut rest = bytes;
        while !rest.is_empty() {
            let length = match &self.kind {
                Kind::Simple(_) => 1,
                Kind::Composite { numbers, .. } => numbers.length(rest, 2),
            };
            let (code_bytes, after) = rest.split_at(length.min(rest.len()));
            rest = after;
            let code = code_bytes.iter().fold(0, |code: u32, byte| code << 8 | u32::from(*byte));
            let known = self.to_unicode.as_ref().and_then(|map| map.text(code));
            let known = known.filter(|text| text.chars().any(|c| c != '\0' && c != char::REPLACEMENT_CHARACTER));
            let (text, number) = match &self.kind {
                Kind::Simple(names) => (known.or_else(|| names.get(code as usize).cloned()), code),
                Kind::Composite { numbers, is_utf16, of_glyphs } => {
                    let number = numbers.number(code).unwrap_or(code);
                    let own = || {
                        if *is_utf16 {
                            Some(utf16(code_bytes))
                        } else {
                            of_glyphs.get(number as usize).copied().flatten().map(String::from)
                        }
                    };
                    (known.or_else(own), number)
                }
            };
            let width = self.widths.get(number).unwrap_or(self.usual_width) * self.scale;
            let width = if width.is_finite() { width } else { 0.0 };
            shown.push(Shown { text: text.unwrap_or_default(), width, is_space: length == 1 && code == 32 });
        }
        shown
    }
}

/// Returns the texts of the bytes of a font with an encoding of its own or by name (ISO 32000-2, annex D).
fn encoding(dict: &Dict<'_>, descriptor: Option<&Dict<'_>>) -> Vec<String> {
    let inner = parts::dict(dict, "Encoding");
    let name = parts::name(dict, "Encoding");
    let name = name.or_else(|| parts::name(inner.as_ref()?, "BaseEncoding"));
    let is_embedded = descriptor.is_some_and(|descriptor| {
        ["FontFile", "FontFile2", "FontFile3"].iter().any(|file| descriptor.contains_key(*file))
    });
    let is_truetype = parts::name(dict, "Subtype").is_some_and(|name| name.as_ref() == b"TrueType");
    let base: fn(u8) -> Option<char> = match name.as_ref().map(Name::as_ref) {
        Some(b"MacRomanEncoding") => mac_roman,
        Some(b"WinAnsiEncoding") => windows_1252,
        None if is_truetype || is_embedded => windows_1252,
        _ => standard,
    };
    let mut texts: Vec<String> = (0..=255).map(|byte| base(byte).map(String::from).unwrap_or_default()).collect();
    let Some(differences) = inner.and_then(|inner| parts::array(&inner, "Differences")) else { return texts };
    let mut code = 0_usize;
    for part in parts::items(&differences) {
        match part {
            Object::Number(number) => code = usize::try_from(number.as_i64()).unwrap_or(usize::MAX),
            Object::Name(name) => {
                if let Some(text) = texts.get_mut(code) {
                    *text = names::text_of(name.as_str());
                }
                code = code.saturating_add(1);
            }
            _ => {}
        }
    }
    texts
}

/// Returns the widths of a composite font by the numbers of its characters.
fn composite_widths(all: &Array<'_>) -> Widths {
    let mut widths = Widths::default();
    let mut before: Vec<Number> = Vec::new();
    for part in parts::items(all) {
        match part {
            Object::Number(number) => before.push(number),
            Object::Array(of) => {
                if let Some(first) = before.pop() {
                    widths.set(first.as_i64(), &parts::numbers(&of));
                }
                before.clear();
            }
            _ => {}
        }
        if let [first, last, width] = before[..] {
            let count = last.as_i64().saturating_sub(first.as_i64()).clamp(-1, 65_535) + 1;
            widths.set(first.as_i64(), &vec![width.as_f32(); count as usize]);
            before.clear();
        }
    }
    widths
}

/// Returns the characters of the glyphs of an embedded font whose codes are glyphs.
fn glyphs(inner: &Dict<'_>) -> Vec<Option<char>> {
    let file = parts::dict(inner, "FontDescriptor").and_then(|descriptor| {
        parts::stream(&descriptor, "FontFile2").or_else(|| parts::stream(&descriptor, "FontFile3"))
    });
    let Some(bytes) = file.and_then(|stream| streams::decoded(&stream)) else { return Vec::new() };
    let Ok(font) = skrifa::FontRef::new(&bytes) else { return Vec::new() };
    let charmap = font.charmap();
    let mut characters = vec![None; 1 << 16];
    // From the last one on, so that the first of several that have a glyph is kept.
    for c in ('\0'..='\u{ffff}').rev() {
        let glyph = charmap.map(c).and_then(|glyph| characters.get_mut(glyph.to_u32() as usize));
        if let Some(known) = glyph {
            *known = Some(c);
        }
    }
    characters
}

fn standard(byte: u8) -> Option<char> {
    names::character(PredefinedEncoding::Standard.name(byte))
}

fn mac_roman(byte: u8) -> Option<char> {
    const HIGH: &str = "ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø¿¡¬√ƒ≈∆«»…\u{a0}ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄€‹›ﬁﬂ‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\u{f8ff}ÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ";
    match byte {
        128.. => HIGH.chars().nth(usize::from(byte - 128)),
        _ => Some(char::from(byte)),
    }
}

fn windows_1252(byte: u8) -> Option<char> {
    const HIGH: &str = "€•‚ƒ„…†‡ˆ‰Š‹Œ•Ž••‘’“”•–—˜™š›œ•žŸ";
    match byte {
        0x80..=0x9f => HIGH.chars().nth(usize::from(byte - 0x80)),
        _ => Some(char::from(byte)),
    }
}
