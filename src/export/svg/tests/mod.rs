//! Documents and pictures against what they must be: shape by shape, text, and whole passes.

mod picture;
mod shapes;
mod text;

use egui::emath::{pos2, vec2};
use egui::epaint::ClippedShape;
use egui::{Color32, RawInput, Rect, Shape};
use resvg::usvg::Tree;

use super::super::Fonts;
use super::super::fonts::tests::definitions;
use super::{Svg, SvgOptions, svg};

const RED: Color32 = Color32::from_rgb(255, 0, 0);
const BLUE: Color32 = Color32::from_rgb(0, 0, 255);
const WHITE: Color32 = Color32::WHITE;

fn rect(x0: f32, y0: f32, x1: f32, y1: f32) -> Rect {
    Rect::from_min_max(pos2(x0, y0), pos2(x1, y1))
}

fn write(shapes: &[ClippedShape]) -> Svg {
    let fonts = Fonts::new(&definitions());
    svg(
        shapes,
        &SvgOptions {
            size: vec2(400.0, 300.0),
            pixels_per_point: 1.0,
            background: Color32::TRANSPARENT,
            title: "",
            description: "",
            fonts: &fonts,
            groups: &[],
            published: None,
        },
    )
}

/// The document without its first and last line, which are the same for all.
fn content(shapes: &[ClippedShape]) -> String {
    let text = write(shapes).text;
    let fonts = Fonts::new(&definitions());
    Tree::from_str(&text, &fonts.usvg_options()).unwrap();
    let inner = text.split_once(">\n").unwrap().1;
    inner.strip_suffix("</svg>\n").unwrap().to_owned()
}

fn check(shape: impl Into<Shape>, expect: &str) {
    let shape = ClippedShape::new(Rect::EVERYTHING, shape.into());
    assert_eq!(content(&[shape]).trim_end(), expect);
}

/// Runs one pass without a window and returns its shapes.
fn pass(ppp: f32, mut ui: impl FnMut(&mut egui::Ui)) -> Vec<ClippedShape> {
    let context = egui::Context::default();
    context.set_fonts(definitions());
    context.set_pixels_per_point(ppp);
    let input = || RawInput { screen_rect: Some(rect(0.0, 0.0, 400.0, 300.0)), ..RawInput::default() };
    // The first pass only takes in the fonts and the scale.
    let mut shapes = Vec::new();
    for last in [false, true] {
        let mut output = context.run_ui(input(), |whole| {
            if last {
                ui(whole);
            }
        });
        // Nothing here paints with textures, and egui insists on hearing so.
        output.textures_delta.clear();
        shapes = output.shapes;
    }
    shapes
}
