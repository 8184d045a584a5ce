//! egui's fonts, made known to usvg.

use std::collections::BTreeMap;
use std::sync::Arc;

use egui::{FontDefinitions, FontFamily};
use resvg::usvg::{self, fontdb};

/// How an SVG names one face.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Face {
    /// The family, as the font file itself spells it.
    pub family: String,
    /// The CSS weight; 400 is regular.
    pub weight: u16,
    /// Slanted by its designer: italic or oblique.
    pub italic: bool,
    /// Every character is equally wide.
    pub monospaced: bool,
}

impl Face {
    fn of(info: &fontdb::FaceInfo) -> Self {
        Self {
            family: info.families.first().map_or_else(|| "sans-serif".to_owned(), |(name, _)| name.clone()),
            weight: info.weight.0,
            italic: info.style != fontdb::Style::Normal,
            monospaced: info.monospaced,
        }
    }

    /// A CSS font list that still shows something sensible where the font is not installed.
    pub fn css_family(&self) -> String {
        let name: String = self.family.chars().filter(|c| !c.is_control() && !matches!(c, '\'' | '\\')).collect();
        let generic = if self.monospaced { "monospace" } else { "sans-serif" };
        format!("'{name}', {generic}")
    }
}

impl Default for Face {
    fn default() -> Self {
        Self { family: "sans-serif".to_owned(), weight: 400, italic: false, monospaced: false }
    }
}

/// The fonts of [`FontDefinitions`], indexed for writing and for drawing SVG.
///
/// Build it once for all exports. No bytes are copied, and no system font is looked at, so that a picture
/// is the same on every machine.
#[derive(Clone, Debug)]
pub struct Fonts {
    database: Arc<fontdb::Database>,
    faces: BTreeMap<FontFamily, Face>,
    default: Face,
}

impl Fonts {
    /// Indexes every font that `definitions` holds. A font that cannot be read is left out.
    #[must_use]
    pub fn new(definitions: &FontDefinitions) -> Self {
        let mut database = fontdb::Database::new();
        let mut loaded = BTreeMap::new();
        // usvg tries fallback faces in the order of loading: that of the families first, then what is left.
        let in_families = definitions.families.values().flatten();
        for name in in_families.chain(definitions.font_data.keys()) {
            if loaded.contains_key(name) {
                continue;
            }
            if let Some(data) = definitions.font_data.get(name) {
                let source = fontdb::Source::Binary(Arc::clone(&data.font));
                let ids = database.load_font_source(source);
                let index = usize::try_from(data.index).unwrap_or(usize::MAX);
                loaded.insert(name, ids.get(index).copied());
            }
        }

        let face_of = |names: &Vec<String>| {
            names
                .iter()
                .find_map(|name| loaded.get(name).copied().flatten())
                .and_then(|id| database.face(id))
                .map(Face::of)
        };
        let faces: BTreeMap<_, _> =
            definitions.families.iter().filter_map(|(family, names)| Some((family.clone(), face_of(names)?))).collect();
        let default =
            faces.get(&FontFamily::Proportional).or_else(|| faces.values().next()).cloned().unwrap_or_default();
        // The last resort of usvg is its serif family, which would otherwise name a font that is not here.
        database.set_serif_family(&default.family);
        database.set_sans_serif_family(&default.family);
        Self { database: Arc::new(database), faces, default }
    }

    /// Settings with which usvg finds these fonts, for a PNG here or for any other consumer of the SVG.
    #[must_use]
    pub fn usvg_options(&self) -> usvg::Options<'static> {
        usvg::Options {
            font_family: self.default.family.clone(),
            fontdb: Arc::clone(&self.database),
            ..usvg::Options::default()
        }
    }

    /// The first face of an egui family, or the default face where the family has none.
    pub(super) fn face(&self, family: &FontFamily) -> &Face {
        self.faces.get(family).unwrap_or(&self.default)
    }

    /// The face of proportional text.
    pub(super) fn default_face(&self) -> &Face {
        &self.default
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use egui::FontData;

    /// Noto Sans as regular, `bold` and `italic`.
    pub fn definitions() -> FontDefinitions {
        let mut definitions = FontDefinitions::empty();
        for (name, bytes, family) in [
            ("NotoSans-Regular", notosans::REGULAR_TTF, None),
            ("NotoSans-Bold", notosans::BOLD_TTF, Some("bold")),
            ("NotoSans-Italic", notosans::ITALIC_TTF, Some("italic")),
        ] {
            definitions.font_data.insert(name.into(), Arc::new(FontData::from_static(bytes)));
            let families = match family {
                None => vec![FontFamily::Proportional, FontFamily::Monospace],
                Some(family) => vec![FontFamily::Name(family.into())],
            };
            for family in families {
                definitions.families.insert(family, vec![name.into()]);
            }
        }
        definitions
    }

    #[test]
    fn each_family_names_its_own_face() {
        let fonts = Fonts::new(&definitions());
        let face = |family| {
            let face: &Face = fonts.face(&family);
            (face.family.clone(), face.weight, face.italic)
        };
        let noto = "Noto Sans".to_owned();
        assert_eq!(face(FontFamily::Proportional), (noto.clone(), 400, false));
        assert_eq!(face(FontFamily::Name("bold".into())), (noto.clone(), 700, false));
        assert_eq!(face(FontFamily::Name("italic".into())), (noto.clone(), 400, true));
        assert_eq!(face(FontFamily::Name("unknown".into())), (noto, 400, false));
    }

    #[test]
    fn no_fonts_and_broken_fonts_are_survived() {
        let mut broken = FontDefinitions::empty();
        assert_eq!(Fonts::new(&broken).default_face().css_family(), "'sans-serif', sans-serif");
        broken.font_data.insert("x".into(), Arc::new(FontData::from_static(b"not a font at all")));
        broken.families.insert(FontFamily::Proportional, vec!["x".into()]);
        assert_eq!(Fonts::new(&broken).default_face(), &Face::default());
    }
}
