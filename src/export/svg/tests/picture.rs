//! Whole passes without a window against the pixels that they give.

use egui::epaint::TextShape;
use egui::{Direction, FontFamily, FontId, Stroke};
use resvg::tiny_skia::{Pixmap, Transform};

use super::super::super::{About, PngMeta, png};
use super::*;

#[test]
fn unbounded_shapes_stay_readable() {
    let all = content(&[ClippedShape::new(Rect::EVERYTHING, Shape::rect_filled(Rect::EVERYTHING, 0, RED))]);
    assert!(!all.contains("inf") && !all.contains("NaN"), "{all}");
    let picture =
        Picture::new(&[ClippedShape::new(Rect::EVERYTHING, Shape::rect_filled(Rect::EVERYTHING, 0, RED))], 1.0, 1.0);
    assert_eq!((picture.at(0, 0), picture.at(399, 299)), ([255, 0, 0], [255, 0, 0]));
}

/// The scene of the pixel tests: plain and clipped shapes, two faces, a gradient and a plot.
fn scene(ui: &mut egui::Ui) {
    let painter = ui.painter();
    painter.rect_filled(rect(20.0, 20.0, 60.0, 40.0), 0, RED);
    painter.with_clip_rect(rect(100.0, 20.0, 140.0, 60.0)).circle_filled(pos2(140.0, 40.0), 15.0, BLUE);
    painter.add(Shape::gradient_rect(rect(200.0, 20.0, 300.0, 40.0), Direction::LeftToRight, [Color32::BLACK, WHITE]));
    let bold = FontId::new(20.0, FontFamily::Name("bold".into()));
    painter.text(pos2(20.0, 60.0), egui::Align2::LEFT_TOP, "Regular", FontId::proportional(20.0), Color32::BLACK);
    painter.text(pos2(20.0, 90.0), egui::Align2::LEFT_TOP, "Regular", bold, Color32::BLACK);
    let plot = rect(20.0, 130.0, 380.0, 290.0);
    ui.scope_builder(egui::UiBuilder::new().max_rect(plot), |ui| {
        let line = egui_plot::Line::new("trade", vec![[0.0, 0.0], [1.0, 2.0], [2.0, 1.0]]);
        egui_plot::Plot::new("plot").show(ui, |plot| plot.line(line.color(BLUE)));
    });
}

struct Picture(Pixmap);

impl Picture {
    fn new(shapes: &[ClippedShape], ppp: f32, scale: f32) -> Self {
        let fonts = Fonts::new(&definitions());
        let options = SvgOptions {
            size: vec2(400.0, 300.0),
            pixels_per_point: ppp,
            background: WHITE,
            title: "Test",
            description: "",
            fonts: &fonts,
            groups: &[],
            published: None,
        };
        let document = svg(shapes, &options);
        assert_eq!(document.skipped, 0);
        let file =
            png(&document, scale, &fonts, &PngMeta { about: &About::default(), dots_per_inch: None }, &mut ()).unwrap();
        let mut reader = png::Decoder::new(std::io::Cursor::new(file)).read_info().unwrap();
        let mut rgb = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut rgb).unwrap();
        let mut pixmap = Pixmap::new(info.width, info.height).unwrap();
        for (to, from) in pixmap.data_mut().chunks_exact_mut(4).zip(rgb.chunks_exact(3)) {
            to[..3].copy_from_slice(from);
            to[3] = 255;
        }
        Self(pixmap)
    }

    fn at(&self, x: u32, y: u32) -> [u8; 3] {
        let pixel = self.0.pixel(x, y).unwrap();
        [pixel.red(), pixel.green(), pixel.blue()]
    }

    /// How dark an area is in all, in whole black pixels.
    fn ink(&self, x: std::ops::Range<u32>, y: std::ops::Range<u32>) -> f32 {
        y.flat_map(|y| x.clone().map(move |x| (x, y))).map(|(x, y)| 1.0 - f32::from(self.at(x, y)[1]) / 255.0).sum()
    }
}

#[test]
fn a_pass_without_a_window_gives_the_picture() {
    let picture = Picture::new(&pass(1.0, scene), 1.0, 1.0);
    assert_eq!(picture.at(5, 5), [255, 255, 255], "background");
    assert_eq!((picture.at(20, 20), picture.at(59, 39)), ([255, 0, 0], [255, 0, 0]));
    assert_eq!((picture.at(19, 20), picture.at(60, 39)), ([255; 3], [255; 3]));
    assert_eq!(picture.at(138, 40), [0, 0, 255], "inside the clip");
    assert_eq!(picture.at(142, 40), [255; 3], "outside the clip");
    let grey = |x| picture.at(x, 30)[0];
    assert!(grey(201) < 8 && (122..134).contains(&grey(250)) && grey(298) > 247);
    // Ink is where egui laid the words out, bold has more of it, and none strays.
    let (regular, bold) = (picture.ink(20..100, 60..88), picture.ink(20..105, 90..118));
    assert!(regular > 150.0 && bold > 1.25 * regular, "{regular} {bold}");
    assert!(picture.ink(0..20, 50..125) + picture.ink(110..200, 62..125) < 0.01);
    // The plot's line is there, somewhere.
    let line = (20..380).flat_map(|x| (130..290).map(move |y| (x, y)));
    assert!(line.filter(|(x, y)| picture.at(*x, *y) == [0, 0, 255]).count() > 50);
}

#[test]
fn the_picture_does_not_depend_on_the_pass_in_detail() {
    // The same chart from a pass at one and at two pixels a point, drawn at two.
    let (one, two) = (Picture::new(&pass(1.0, scene), 1.0, 2.0), Picture::new(&pass(2.0, scene), 2.0, 2.0));
    for (x, y) in [(40..200, 120..176), (40..210, 180..236)] {
        let (one, two) = (one.ink(x.clone(), y.clone()), two.ink(x, y));
        assert!((one / two - 1.0).abs() < 0.03, "{one} {two}");
    }
}

#[test]
fn the_same_shapes_give_the_same_bytes() {
    assert_eq!(write(&pass(1.0, scene)), write(&pass(1.0, scene)));
}

#[test]
fn turned_text_lies_within_its_bounds() {
    let shapes = pass(1.0, |ui| {
        let galley = ui.painter().layout_no_wrap("Visitors".into(), FontId::proportional(20.0), Color32::BLACK);
        let angle = -std::f32::consts::FRAC_PI_2;
        ui.painter().add(TextShape::new(pos2(100.0, 200.0), galley, RED).with_angle(angle));
    });
    let bounds = shapes.last().unwrap().shape.visual_bounding_rect();
    assert!(bounds.height() > bounds.width());
    let picture = Picture::new(&shapes, 1.0, 1.0);
    let (all, inside) = (picture.ink(0..400, 0..300), picture.ink(99..127, 110..201));
    assert!(all > 100.0 && (all - inside).abs() < 0.01, "{all} {inside}");
}

#[test]
fn pieces_drawn_one_over_the_other_are_the_whole() {
    let shapes = pass(1.0, |ui| {
        scene(ui);
        for number in 0_u8..200 {
            let x = 3.0 + f32::from(number) * 1.9;
            let clipped = ui.painter().with_clip_rect(rect(20.0, 20.0, 300.0, 200.0));
            let painter = if number % 7 < 3 { &clipped } else { ui.painter() };
            painter.line_segment([pos2(x, 10.0), pos2(x, 250.0)], Stroke::new(3.0, RED.gamma_multiply(0.3)));
            painter.circle_filled(pos2(x, 150.0), 9.0, BLUE.gamma_multiply(0.2));
        }
    });
    let document = write(&shapes);
    let pieces = document.pieces();
    assert!(pieces.len() > 3, "{} pieces", pieces.len());
    let draw = |pieces: &[&str]| {
        let mut pixmap = Pixmap::new(400, 300).unwrap();
        let fonts = Fonts::new(&definitions());
        for piece in pieces {
            let tree = Tree::from_str(piece, &fonts.usvg_options()).unwrap();
            resvg::render(&tree, Transform::identity(), &mut pixmap.as_mut());
        }
        pixmap
    };
    let pieces: Vec<&str> = pieces.iter().map(AsRef::as_ref).collect();
    assert!(draw(&pieces) == draw(&[&document.text]));
}

/// A line that is level or upright has a box without a width or a height, which must not lose it.
#[test]
fn level_and_upright_lines_are_drawn() {
    let picture = Picture::new(
        &pass(1.0, |ui| {
            ui.painter().line_segment([pos2(10.0, 50.0), pos2(90.0, 50.0)], Stroke::new(4.0, RED));
            ui.painter().line_segment([pos2(150.0, 10.0), pos2(150.0, 90.0)], Stroke::new(4.0, BLUE));
        }),
        1.0,
        1.0,
    );
    assert_eq!((picture.at(40, 50), picture.at(150, 40)), ([255, 0, 0], [0, 0, 255]));
}
