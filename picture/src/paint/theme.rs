//! The themes, and all colours.

use egui::Color32;

use crate::document::Basis;
use crate::layout::ERA_TINTS;
use crate::timeline::{Color, Hue};

/// Minimum contrast of text with its background: WCAG 2.2, 1.4.3, level AA.
const AA_TEXT: f32 = 4.5;
/// Minimum contrast of the edge of a field or a button with the colours on either side: WCAG 2.2, 1.4.11, level AA.
#[cfg(test)]
const AA_EDGE: f32 = 3.0;

/// Colours of one theme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theme {
    /// Whether it has light text on a dark background.
    pub dark: bool,
    /// Background of the chart.
    pub paper: Color32,
    /// Background of panels, menus and the overview strip.
    pub panel: Color32,
    /// Background of fields and menus that are raised from their panel.
    pub raised: Color32,
    /// Titles and text.
    pub ink: Color32,
    /// Less important text.
    pub muted: Color32,
    /// Lines between parts.
    pub line: Color32,
    /// Edges of fields and buttons, which need sufficient contrast (WCAG 2.2, 1.4.11).
    pub edge: Color32,
    /// Grid lines at ticks.
    pub grid: Color32,
    /// Grid lines at the rounder ticks.
    pub grid_strong: Color32,
    /// Line of the time axis.
    pub axis: Color32,
    /// Backgrounds of eras, different for neighbours; where two overlap, that of the shorter one is used.
    pub eras: [Color32; ERA_TINTS],
    /// Hatching of every other one of these backgrounds, where greys alone cannot tell them apart.
    pub era_hatching: Option<Color32>,
    /// Lines that show the beginning and the end of an era (WCAG 2.2, 1.4.11).
    pub era_line: Color32,
    /// Links, the selected mark, the main button.
    pub accent: Color32,
    /// Text on the accent colour.
    pub on_accent: Color32,
    /// Background of what a search has found.
    pub found: Color32,
    /// Edge of what a search has found, which needs sufficient contrast (WCAG 2.2, 1.4.11).
    pub found_edge: Color32,
    /// Errors.
    pub error: Color32,
    /// Shadow of floating elements.
    pub shadow: Color32,
    hues: [Color32; 8],
    badges: [(Color32, Color32); 3],
}

const fn rgb(value: u32) -> Color32 {
    let [_, red, green, blue] = value.to_be_bytes();
    Color32::from_rgb(red, green, blue)
}

impl Theme {
    /// Returns the light theme.
    #[must_use]
    pub const fn light() -> Self {
        Self {
            dark: false,
            paper: rgb(0xfb_fa_f7),
            panel: rgb(0xf4_f2_ec),
            raised: rgb(0xff_ff_ff),
            ink: rgb(0x1f_23_27),
            muted: rgb(0x5b_62_6d),
            line: rgb(0xe2_de_d3),
            edge: rgb(0x86_8b_92),
            grid: rgb(0xea_e7_dd),
            grid_strong: rgb(0xdd_d9_cc),
            axis: rgb(0x6a_70_7a),
            eras: [rgb(0xf0_e6_cc), rgb(0xdd_e6_ee), rgb(0xe2_ea_d3), rgb(0xf3_e3_e0)],
            era_hatching: None,
            era_line: rgb(0x8a_7c_55),
            accent: rgb(0x2a_59_ab),
            on_accent: rgb(0xff_ff_ff),
            found: rgb(0xff_ef_b0),
            found_edge: rgb(0x8f_6a_00),
            error: rgb(0xa8_2a_22),
            shadow: Color32::from_black_alpha(36),
            hues: [
                rgb(0x33_53_8b),
                rgb(0x17_70_6a),
                rgb(0xa5_32_67),
                rgb(0x7e_4b_00),
                rgb(0x47_4e_5a),
                rgb(0x3e_6c_2d),
                rgb(0x72_48_b5),
                rgb(0xb3_3a_28),
            ],
            badges: [
                (rgb(0xd3_e4_df), rgb(0x0f_52_4c)),
                (rgb(0xec_de_c5), rgb(0x6a_40_04)),
                (rgb(0xe0_e0_e4), rgb(0x40_47_54)),
            ],
        }
    }

    /// Returns the dark theme.
    #[must_use]
    pub const fn dark() -> Self {
        Self {
            dark: true,
            paper: rgb(0x16_18_1d),
            panel: rgb(0x1c_1f_26),
            raised: rgb(0x24_28_31),
            ink: rgb(0xe8_e6_e0),
            muted: rgb(0x9d_a4_af),
            line: rgb(0x2c_31_3b),
            edge: rgb(0x74_7b_87),
            grid: rgb(0x22_26_2e),
            grid_strong: rgb(0x2d_32_3d),
            axis: rgb(0x8a_91_9d),
            eras: [rgb(0x23_2a_3a), rgb(0x36_32_2a), rgb(0x21_37_2f), rgb(0x3a_2a_34)],
            era_hatching: None,
            era_line: rgb(0x7f_87_98),
            accent: rgb(0x86_ad_f2),
            on_accent: rgb(0x0f_17_29),
            found: rgb(0x3d_33_10),
            found_edge: rgb(0xd0_a8_3c),
            error: rgb(0xf0_8a_7e),
            shadow: Color32::from_black_alpha(120),
            hues: [
                rgb(0x8b_a5_e0),
                rgb(0x5c_c4_bb),
                rgb(0xef_89_b1),
                rgb(0xdf_aa_58),
                rgb(0xb6_c3_dd),
                rgb(0xaa_da_85),
                rgb(0xcc_ad_fa),
                rgb(0xf0_91_80),
            ],
            badges: [
                (rgb(0x1f_43_40), rgb(0x8f_dc_d3)),
                (rgb(0x47_36_1c), rgb(0xf0_c4_80)),
                (rgb(0x33_38_43), rgb(0xc3_ca_d6)),
            ],
        }
    }

    /// Returns the theme for print: black on white with little ink. Consecutive hues are alternately dark and medium,
    /// so that they also differ in greyscale.
    #[must_use]
    pub const fn print() -> Self {
        Self {
            dark: false,
            paper: rgb(0xff_ff_ff),
            panel: rgb(0xf6_f6_f6),
            raised: rgb(0xff_ff_ff),
            ink: rgb(0x00_00_00),
            muted: rgb(0x50_50_50),
            line: rgb(0xd4_d4_d4),
            edge: rgb(0x80_80_80),
            grid: rgb(0xea_ea_ea),
            grid_strong: rgb(0xd8_d8_d8),
            axis: rgb(0x40_40_40),
            eras: [rgb(0xee_ee_ee), rgb(0xfe_fe_fe), rgb(0xf7_f7_f7), rgb(0xfd_fd_fd)],
            era_hatching: Some(rgb(0xda_da_da)),
            era_line: rgb(0x76_76_76),
            accent: rgb(0x12_30_6e),
            on_accent: rgb(0xff_ff_ff),
            found: rgb(0xee_ee_ee),
            found_edge: rgb(0x40_40_40),
            error: rgb(0x9a_1f_18),
            shadow: Color32::from_black_alpha(36),
            hues: [
                rgb(0x10_2d_65),
                rgb(0x19_78_6f),
                rgb(0x65_04_3b),
                rgb(0x8a_53_00),
                rgb(0x2a_32_3e),
                rgb(0x33_7a_31),
                rgb(0x4b_23_91),
                rgb(0xc4_39_2a),
            ],
            badges: [
                (rgb(0xff_ff_ff), rgb(0x00_00_00)),
                (rgb(0xec_ec_ec), rgb(0x00_00_00)),
                (rgb(0xff_ff_ff), rgb(0x50_50_50)),
            ],
        }
    }

    /// Returns the theme that corresponds to that of egui.
    #[must_use]
    pub const fn of(theme: egui::Theme) -> Self {
        match theme {
            egui::Theme::Light => Self::light(),
            egui::Theme::Dark => Self::dark(),
        }
    }

    /// Returns a colour that the document specifies for a lane or an event, readable as text on paper, on a panel and on
    /// the background of any era.
    #[must_use]
    pub fn color(&self, color: Color) -> Color32 {
        match color {
            Color::Named(hue) => self.hue(hue),
            Color::Rgb([red, green, blue]) => self.readable(Color32::from_rgb(red, green, blue)),
        }
    }

    /// Returns the background of an era for which the document specifies a colour: as much of that colour as leaves text
    /// as readable as it is on the theme's own backgrounds of eras.
    #[must_use]
    pub fn era_tint(&self, color: Color) -> Color32 {
        /// Opacity of the strongest tint, in percent.
        const STRONGEST: u8 = 30;
        let own = match color {
            Color::Named(hue) => self.hue(hue),
            Color::Rgb([red, green, blue]) => Color32::from_rgb(red, green, blue),
        };
        // The ink is the darkest or the lightest colour of text, so that its contrast orders backgrounds as all do.
        let least = self.eras.iter().map(|era| contrast(self.ink, *era)).fold(f32::INFINITY, f32::min);
        let tint = |percent: u8| self.paper.lerp_to_gamma(own, f32::from(percent) / 100.0);
        (0..=STRONGEST).rev().map(tint).find(|tint| contrast(self.ink, *tint) >= least).unwrap_or(self.paper)
    }

    /// Returns the colour of a series: the same palette, starting with amber.
    #[must_use]
    pub fn series(&self, index: usize) -> Color32 {
        const ORDER: [Hue; 6] = [Hue::Amber, Hue::Teal, Hue::Violet, Hue::Red, Hue::Green, Hue::Blue];
        ORDER.get(index % ORDER.len()).map_or(self.ink, |hue| self.hue(*hue))
    }

    /// Returns the fill and the text colour of the badge for how a claim follows from its source.
    #[must_use]
    pub fn badge(&self, basis: Basis) -> (Color32, Color32) {
        let [stated, derived, background] = self.badges;
        match basis {
            Basis::Stated => stated,
            Basis::Derived => derived,
            Basis::Background => background,
        }
    }

    /// Returns a colour with its opacity multiplied by a share, 0 to 1.
    #[must_use]
    pub fn thin(color: Color32, share: f32) -> Color32 {
        color.gamma_multiply(share)
    }

    /// Returns what fills the body of a mark, of the colour of its lane, over any ground. The ink can be read on it.
    #[must_use]
    pub fn body(color: Color32, is_highlighted: bool) -> Color32 {
        color.gamma_multiply(if is_highlighted { 0.34 } else { 0.25 })
    }

    /// Returns the colour of lines and columns that can be told from any ground (WCAG 2.2, 1.4.11), of the colour of a lane.
    #[must_use]
    pub fn outline(color: Color32) -> Color32 {
        color.gamma_multiply(0.8)
    }

    /// Returns the colour of less important text on the body of a mark.
    #[must_use]
    pub fn muted_on_body(&self) -> Color32 {
        self.muted.lerp_to_gamma(self.ink, 0.25)
    }

    /// Returns the colour of what a search has not found, while others were: closer to paper, and still to be seen.
    #[must_use]
    pub fn dimmed(&self, color: Color32) -> Color32 {
        /// How much of the colour is left.
        const LEFT: f32 = 0.4;
        self.paper.lerp_to_gamma(color, LEFT)
    }

    /// Returns the colour of a hue, readable as text on paper and on a panel.
    #[must_use]
    pub const fn hue(&self, hue: Hue) -> Color32 {
        let [blue, teal, magenta, amber, slate, green, violet, red] = self.hues;
        match hue {
            Hue::Blue => blue,
            Hue::Teal => teal,
            Hue::Magenta => magenta,
            Hue::Amber => amber,
            Hue::Slate => slate,
            Hue::Green => green,
            Hue::Violet => violet,
            Hue::Red => red,
        }
    }

    /// Returns a colour moved toward the ink until it is readable.
    fn readable(&self, color: Color32) -> Color32 {
        (0..=20_u8)
            .map(|step| color.lerp_to_gamma(self.ink, f32::from(step) / 20.0))
            .find(|color| self.eras.iter().chain([&self.panel]).all(|ground| contrast(*color, *ground) >= AA_TEXT))
            .unwrap_or(self.ink)
    }
}

/// Returns the contrast of two opaque colours, 1 to 21: WCAG 2.2, "contrast ratio".
fn contrast(a: Color32, b: Color32) -> f32 {
    let luminance = |color: Color32| {
        let rgba = egui::Rgba::from(color);
        0.2126 * rgba.r() + 0.7152 * rgba.g() + 0.0722 * rgba.b()
    };
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_text_can_be_read() {
        for theme in [Theme::light(), Theme::dark(), Theme::print()] {
            for ground in [theme.paper, theme.panel, theme.raised].into_iter().chain(theme.eras) {
                for text in [theme.ink, theme.muted, theme.accent, theme.error].into_iter().chain(theme.hues) {
                    let found = contrast(text, ground);
                    assert!(found >= AA_TEXT, "{text:?} on {ground:?} has {found:.2}, dark: {}", theme.dark);
                }
            }
            for ground in [theme.paper, theme.panel, theme.raised] {
                assert!(contrast(theme.edge, ground) >= AA_EDGE, "an edge on {ground:?}, dark: {}", theme.dark);
            }
            for ground in theme.eras.into_iter().chain([theme.paper]).chain(theme.era_hatching) {
                assert!(contrast(theme.era_line, ground) >= AA_EDGE || Some(ground) == theme.era_hatching);
                for text in [theme.ink, theme.muted, theme.accent] {
                    assert!(contrast(text, ground) >= AA_TEXT, "{text:?} on {ground:?}");
                }
            }
            assert!(contrast(theme.on_accent, theme.accent) >= AA_TEXT);
            for text in [theme.ink, theme.muted, theme.accent] {
                assert!(contrast(text, theme.found) >= AA_TEXT, "{text:?} on what is found, dark: {}", theme.dark);
            }
            for ground in theme.eras.into_iter().chain([theme.paper, theme.raised, theme.found]) {
                assert!(contrast(theme.found_edge, ground) >= AA_EDGE, "an edge on {ground:?}, dark: {}", theme.dark);
            }
            for (fill, text) in theme.badges {
                assert!(contrast(text, fill) >= AA_TEXT, "{text:?} on badge {fill:?}");
            }
        }
    }

    #[test]
    fn a_colour_of_the_document_is_made_readable() {
        for theme in [Theme::light(), Theme::dark(), Theme::print()] {
            for wild in [[255, 255, 0], [0, 0, 0], [255, 255, 255], [128, 128, 128]] {
                let color = theme.color(Color::Rgb(wild));
                assert!(theme.eras.iter().all(|era| contrast(color, *era) >= AA_TEXT), "{wild:?} became {color:?}");
            }
        }
    }

    #[test]
    fn text_can_be_read_on_an_era_of_any_colour() {
        let wild = [[255, 255, 0], [0, 0, 0], [255, 255, 255], [128, 128, 128], [255, 0, 0], [0, 0, 255], [0, 255, 0]];
        let colors = wild.map(Color::Rgb).into_iter().chain(Hue::ALL.map(Color::Named));
        for (theme, color) in
            colors.flat_map(|color| [Theme::light(), Theme::dark(), Theme::print()].map(|theme| (theme, color)))
        {
            let ground = theme.era_tint(color);
            let of_document = wild.map(|color| theme.color(Color::Rgb(color)));
            for text in
                [theme.ink, theme.muted, theme.accent, theme.error].into_iter().chain(theme.hues).chain(of_document)
            {
                assert!(contrast(text, ground) >= AA_TEXT, "{text:?} on {color:?}, which became {ground:?}");
            }
            assert!(contrast(theme.era_line, ground) >= AA_EDGE, "a line on {ground:?}");
        }
        for theme in [Theme::light(), Theme::dark(), Theme::print()] {
            assert_ne!(theme.era_tint(Color::Named(Hue::Red)), theme.era_tint(Color::Named(Hue::Blue)));
            assert_ne!(theme.era_tint(Color::Named(Hue::Red)), theme.paper);
        }
    }

    #[test]
    fn printed_colours_differ_in_grey() {
        let hues = Theme::print().hues;
        for (hue, next) in hues.iter().zip(hues.iter().cycle().skip(1)) {
            assert!(contrast(*hue, *next) >= 2.0, "{hue:?} and {next:?}: {:.2}", contrast(*hue, *next));
        }
    }

    /// A colour over a ground, both mixed as the outputs do.
    fn over(ground: Color32, color: Color32) -> Color32 {
        ground.blend(color)
    }

    /// Every theme with each of its grounds in the chart, and each hue on it.
    fn marks() -> impl Iterator<Item = (Theme, Color32, Color32)> {
        [Theme::light(), Theme::dark(), Theme::print()].into_iter().flat_map(|theme| {
            let grounds = theme.eras.into_iter().chain([theme.paper]);
            let pairs: Vec<_> = grounds.flat_map(|ground| theme.hues.map(|hue| (ground, hue))).collect();
            pairs.into_iter().map(move |(ground, hue)| (theme.clone(), ground, hue))
        })
    }

    #[test]
    fn text_can_be_read_on_the_body_of_a_mark() {
        for (theme, ground, hue) in marks() {
            for is_highlighted in [false, true] {
                let body = over(ground, Theme::body(hue, is_highlighted));
                let found = contrast(theme.ink, body);
                assert!(found >= AA_TEXT, "{hue:?} on {ground:?}, dark: {}: {found:.2}", theme.dark);
            }
            let dimmed = over(ground, Theme::body(theme.dimmed(hue), false));
            let found = contrast(theme.muted_on_body(), dimmed);
            assert!(found >= AA_TEXT, "dimmed {hue:?} on {ground:?}, dark: {}: {found:.2}", theme.dark);
        }
    }

    #[test]
    fn marks_and_what_is_about_them_can_be_told_from_any_ground() {
        for (theme, ground, hue) in marks() {
            for (what, color) in [("marker", hue), ("outline", Theme::outline(hue)), ("selected", theme.accent)] {
                let found = contrast(over(ground, color), ground);
                assert!(found >= AA_EDGE, "{what} {hue:?} on {ground:?}, dark: {}: {found:.2}", theme.dark);
            }
        }
        for theme in [Theme::light(), Theme::dark(), Theme::print()] {
            // Scroll bars, breaks of time, the frame of the overview; the ring around what has the focus.
            for ground in [theme.paper, theme.panel, theme.raised] {
                assert!(contrast(theme.edge, ground) >= AA_EDGE, "{ground:?}, dark: {}", theme.dark);
                assert!(contrast(theme.accent, ground) >= AA_EDGE, "{ground:?}, dark: {}", theme.dark);
            }
        }
    }

    /// A colour as eyes see it that lack a kind of cone (Machado, Oliveira and Fernandes 2009, severity 1), in CIE Lab.
    fn seen(color: Color32, matrix: [[f32; 3]; 3]) -> [f32; 3] {
        let rgba = egui::Rgba::from(color);
        let times = |row: [f32; 3], [x, y, z]: [f32; 3]| row[0] * x + row[1] * y + row[2] * z;
        let linear = matrix.map(|row| times(row, [rgba.r(), rgba.g(), rgba.b()]).clamp(0.0, 1.0));
        let f = |t: f32| if t > 0.008_856 { t.cbrt() } else { (903.3 * t + 16.0) / 116.0 };
        let x = f(times([0.412_456, 0.357_576, 0.180_438], linear) / 0.950_47);
        let y = f(times([0.212_673, 0.715_152, 0.072_175], linear));
        let z = f(times([0.019_334, 0.119_192, 0.950_304], linear) / 1.088_83);
        [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
    }

    #[test]
    fn hues_differ_for_eyes_that_do_not_tell_red_from_green() {
        /// The least distance of two hues in CIE Lab.
        const LEAST: f32 = 7.4;
        const DEUTAN: [[f32; 3]; 3] =
            [[0.367_322, 0.860_646, -0.227_968], [0.280_085, 0.672_501, 0.047_413], [-0.011_820, 0.042_940, 0.968_881]];
        const PROTAN: [[f32; 3]; 3] = [
            [0.152_286, 1.052_583, -0.204_868],
            [0.114_503, 0.786_281, 0.099_216],
            [-0.003_882, -0.048_116, 1.051_998],
        ];
        for (theme, matrix) in [Theme::light(), Theme::dark(), Theme::print()]
            .into_iter()
            .flat_map(|theme| [(theme.clone(), DEUTAN), (theme, PROTAN)])
        {
            let colors = theme.hues.map(|hue| seen(hue, matrix));
            for (index, a) in colors.iter().enumerate() {
                for (other, b) in colors.iter().enumerate().skip(index + 1) {
                    let far = a.iter().zip(b).map(|(a, b)| (a - b).powi(2)).sum::<f32>().sqrt();
                    let hues = (Hue::ALL[index], Hue::ALL[other]);
                    assert!(far >= LEAST, "{hues:?}: {far:.1}, dark: {}", theme.dark);
                }
            }
        }
    }

    #[test]
    fn contrast_is_that_of_the_standard() {
        assert!((contrast(Color32::WHITE, Color32::BLACK) - 21.0).abs() < 0.01);
        assert!((contrast(Color32::WHITE, Color32::WHITE) - 1.0).abs() < 0.01);
    }
}
