//! Compares documents as rendered by another program with the scene.

use std::ops::Range;
use std::sync::Arc;

use egui::{Align, pos2};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};

use crate::scene::text::{TextEngine, TextStyle};
use crate::scene::{Builder, Gradient, Hatching, Paint, Radii, Stroke};

use super::*;

/// A page rendered at two pixels per point.
struct Picture(Pixmap);

impl Picture {
    fn new(draw: impl FnOnce(&mut Builder<'_>), text: TextAs) -> Self {
        let mut engine = TextEngine::new(FontSet::carried());
        let mut builder = Builder::new(vec2(400.0, 300.0), Color32::WHITE, 1.0, &mut engine);
        draw(&mut builder);
        let document = write(&builder.finish(), text);
        assert_eq!(document.skipped, 0);
        let mut fonts = fontdb::Database::new();
        for (_, face) in FontSet::carried().faces() {
            fonts.load_font_data(face.data.as_ref().to_vec());
        }
        let options = Options { fontdb: Arc::new(fonts), ..Options::default() };
        let tree = Tree::from_str(&document.text, &options).unwrap();
        let mut pixels = Pixmap::new(800, 600).unwrap();
        resvg::render(&tree, Transform::from_scale(2.0, 2.0), &mut pixels.as_mut());
        Self(pixels)
    }

    /// Returns the colour at a point.
    fn at(&self, x: f32, y: f32) -> [u8; 3] {
        let pixel = self.0.pixel((x * 2.0) as u32, (y * 2.0) as u32).unwrap();
        [pixel.red(), pixel.green(), pixel.blue()]
    }

    /// Returns the total darkness of a part of the page, in square points of black.
    fn ink(&self, x: Range<u32>, y: Range<u32>) -> f32 {
        let pixels = (y.start * 2..y.end * 2).flat_map(|y| (x.start * 2..x.end * 2).map(move |x| (x, y)));
        pixels.map(|(x, y)| 1.0 - f32::from(self.0.pixel(x, y).unwrap().green()) / 255.0).sum::<f32>() / 4.0
    }
}

#[test]
fn shapes_are_where_the_scene_has_them() {
    let white = [255; 3];
    let picture = Picture::new(
        |b| {
            b.rect(rect(20.0, 20.0, 60.0, 40.0), 0.0, RED);
            b.clipped(rect(100.0, 20.0, 140.0, 60.0), |b| b.circle(pos2(140.0, 40.0), 15.0, Some(BLUE), None));
            b.gradient(rect(200.0, 20.0, 300.0, 40.0), BLACK, Color32::WHITE);
            b.line(vec![pos2(10.0, 100.0), pos2(90.0, 100.0)], Stroke::new(4.0, RED));
            b.line(vec![pos2(150.0, 90.0), pos2(150.0, 190.0)], Stroke::dashed(4.0, BLUE, 10.0, 10.0));
            b.rects(vec![rect(200.0, 100.0, 201.0, 120.0), rect(203.0, 110.0, 204.0, 120.0)], RED);
            b.hatching(rect(220.0, 100.0, 260.0, 140.0), Hatching { color: RED, spacing: 8.0, width: 2.0 });
            b.rect(rect(300.0, 100.0, 340.0, 140.0), Radii { nw: 20.0, ..Radii::ZERO }, BLUE);
            let fading = Gradient::across(rect(20.0, 200.0, 120.0, 220.0), RED, Color32::TRANSPARENT);
            b.path(crate::scene::Geometry::rect(rect(20.0, 200.0, 120.0, 220.0)), Some(Paint::Gradient(fading)), None);
        },
        TextAs::Text,
    );
    assert_eq!(picture.at(5.0, 5.0), white, "the background");
    assert_eq!((picture.at(20.0, 20.0), picture.at(59.5, 39.5)), ([255, 0, 0], [255, 0, 0]));
    assert_eq!((picture.at(19.5, 20.0), picture.at(60.0, 39.0)), (white, white));
    assert_eq!(
        (picture.at(138.0, 40.0), picture.at(142.0, 40.0)),
        ([0, 0, 255], white),
        "inside and outside of a clip"
    );
    let grey = |x| picture.at(x, 30.0)[0];
    assert!(grey(201.0) < 8 && (122..134).contains(&grey(250.0)) && grey(298.5) > 247, "a gradient");
    assert_eq!((picture.at(40.0, 99.0), picture.at(40.0, 102.5)), ([255, 0, 0], white), "a level line");
    assert_eq!((picture.at(150.0, 95.0), picture.at(150.0, 105.0)), ([0, 0, 255], white), "a dash and a gap");
    assert_eq!((picture.at(200.5, 105.0), picture.at(203.5, 105.0)), ([255, 0, 0], white), "a short column");
    assert!((picture.ink(220..260, 100..140) / (1600.0 * 2.0 * 2.0_f32.sqrt() / 8.0) - 1.0).abs() < 0.1, "hatching");
    assert_eq!((picture.at(302.0, 102.0), picture.at(338.0, 138.0)), (white, [0, 0, 255]), "a round corner");
    let [red, green, _] = picture.at(70.0, 210.0);
    assert!(red == 255 && (122..134).contains(&green), "half of an opacity over white: {red} {green}");
}

#[test]
fn letters_are_where_the_scene_has_them_as_text_and_as_outlines() {
    let draw = |b: &mut Builder<'_>| {
        for (bold, y) in [(false, 60.0), (true, 90.0)] {
            let layout = b.text.line("Regular", TextStyle { size: 20.0, bold }, f32::INFINITY);
            b.text(layout, pos2(20.0, y), BLACK, Align::Min);
        }
        let layout = b.text.line("held at its end", TextStyle { size: 12.0, bold: false }, f32::INFINITY);
        b.text_on(layout, (300.0, 200.0), Align::Max, BLACK);
    };
    let [text, outlines] = [TextAs::Text, TextAs::Outlines].map(|kind| Picture::new(draw, kind));
    for picture in [&text, &outlines] {
        let (regular, bold) = (picture.ink(20..100, 60..88), picture.ink(20..110, 90..118));
        assert!(regular > 150.0 && bold > 1.25 * regular, "{regular} {bold}");
        let held = picture.ink(200..300, 188..206);
        assert!(held > 50.0 && picture.ink(280..300, 188..206) > 10.0, "{held}");
        let all = picture.ink(0..400, 0..300);
        assert!((all - regular - bold - held).abs() < 0.5, "nothing strays: {all}");
    }
    for (x, y) in [(20..60, 60..88), (60..100, 60..88), (20..110, 90..118), (200..300, 188..206)] {
        let (text, outlines) = (text.ink(x.clone(), y.clone()), outlines.ink(x, y));
        assert!((text / outlines - 1.0).abs() < 0.03, "{text} {outlines}");
    }
}
