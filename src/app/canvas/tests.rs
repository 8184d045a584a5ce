//! What is painted of a scene, read back from what egui is given.

use std::sync::Arc;

use egui::{Align, Color32, Mesh, Pos2, RawInput, Rect, Shape, TextureId, pos2, vec2};

use super::Canvas;
use crate::scene::text::{Span, TextStyle};
use crate::scene::{Builder, Geometry, Gradient, Hatching, Image, ImageData, Node, Paint, Path, Scene, Stroke};

const RED: Color32 = Color32::RED;

/// The meshes that a scene becomes, with their clips, in a window of 200 x 100 points.
fn painted(build: impl Fn(&mut Builder<'_>)) -> Vec<(Rect, Arc<Mesh>)> {
    painted_at(1.0, build)
}

/// The same with so many pixels a point.
fn painted_at(scale: f32, build: impl Fn(&mut Builder<'_>)) -> Vec<(Rect, Arc<Mesh>)> {
    let context = egui::Context::default();
    let screen_rect = Some(Rect::from_min_size(Pos2::ZERO, vec2(200.0, 100.0)));
    let mut input = RawInput { screen_rect, ..Default::default() };
    input.viewports.entry(input.viewport_id).or_default().native_pixels_per_point = Some(scale);
    let mut output = context.run_ui(input, |ui| {
        Canvas::with(&ui.ctx().clone(), |canvas| {
            let mut scene = Builder::new(vec2(200.0, 100.0), Color32::WHITE, 1.0, canvas.engine());
            build(&mut scene);
            let scene = scene.finish();
            canvas.paint(ui, &scene);
        });
    });
    output.textures_delta.clear();
    let mesh = |shape: &egui::epaint::ClippedShape| match &shape.shape {
        Shape::Mesh(mesh) => Some((shape.clip_rect, Arc::clone(mesh))),
        _ => None,
    };
    output.shapes.iter().filter_map(mesh).collect()
}

fn rect(left: f32, top: f32, right: f32, bottom: f32) -> Rect {
    Rect::from_min_max(pos2(left, top), pos2(right, bottom))
}

#[test]
fn shapes_and_text_are_one_mesh_in_their_order() {
    let meshes = painted(|scene| {
        scene.rects(vec![rect(0.0, 0.0, 10.0, 10.0)], RED);
        let words = scene.text.line("Treaty", TextStyle { size: 14.0, bold: true }, f32::INFINITY);
        scene.text(words, pos2(20.0, 20.0), Color32::BLACK, Align::Min);
        scene.rects(vec![rect(50.0, 50.0, 60.0, 60.0)], Color32::BLUE);
    });
    let [(_, mesh)] = &meshes[..] else { panic!("one mesh: {}", meshes.len()) };
    assert_ne!(mesh.texture_id, TextureId::default());
    // Six letters, and a rectangle before and behind them, with four corners each.
    assert_eq!(mesh.vertices.len(), 8 * 4);
    let colors: Vec<Color32> = mesh.vertices.chunks(4).map(|corners| corners[0].color).collect();
    assert_eq!(colors, [&[RED][..], &[Color32::BLACK; 6], &[Color32::BLUE]].concat());
    // Shapes are of the white pixel, glyphs of theirs.
    assert!(mesh.vertices[..4].iter().all(|vertex| vertex.uv == Pos2::ZERO));
    assert!(mesh.vertices[4..28].iter().all(|vertex| (0.0..=1.0).contains(&vertex.uv.x) && vertex.uv != Pos2::ZERO));
    let lefts: Vec<f32> = mesh.vertices[4..28].chunks(4).map(|corners| corners[0].pos.x).collect();
    assert!(lefts.windows(2).all(|pair| pair[0] < pair[1]), "{lefts:?}");
    assert!((18.0..24.0).contains(&lefts[0]));
}

#[test]
fn a_word_may_have_a_colour_of_its_own() {
    let meshes = painted(|scene| {
        let span = |text, color| Span { text, color, ..Span::default() };
        let spans = [span("ab ", None), span("cd", Some(RED)), span(" ef", None)];
        let words = Arc::new(scene.text.paragraph(&spans, 14.0, 150.0, 1, None));
        scene.text(words, pos2(20.0, 20.0), Color32::BLACK, Align::Min);
    });
    let colors: Vec<Color32> = meshes[0].1.vertices.chunks(4).map(|corners| corners[0].color).collect();
    assert_eq!(colors, [[Color32::BLACK; 2], [RED; 2], [Color32::BLACK; 2]].concat());
    assert!(meshes[0].1.vertices.chunks(4).all(|corners| corners.iter().all(|one| one.color == corners[0].color)));
}

#[test]
fn text_is_at_the_same_place_on_every_screen() {
    let glyphs = |scale: f32| -> Vec<Rect> {
        let meshes = painted_at(scale, |scene| {
            let words = scene.text.line("A line of some words", TextStyle { size: 14.0, bold: false }, f32::INFINITY);
            scene.text(words, pos2(20.0, 20.0), Color32::BLACK, Align::Min);
        });
        let corners = meshes[0].1.vertices.chunks(4);
        corners.map(|corners| Rect::from_points(&[corners[0].pos, corners[1].pos, corners[2].pos])).collect()
    };
    let usual = glyphs(1.0);
    assert_eq!(usual.len(), 16);
    for scale in [1.25, 2.0, 3.0] {
        // A glyph is on a whole pixel from top to bottom, and a pixel may be empty around it.
        for (glyph, usual) in glyphs(scale).iter().zip(&usual) {
            assert!(
                usual.expand(1.0).contains_rect(*glyph) && glyph.expand(1.5).contains_rect(*usual),
                "{glyph} at {scale}, not {usual}"
            );
        }
    }
}

#[test]
fn a_gradient_has_its_colours_at_the_corners() {
    let gradient = Gradient::across(rect(10.0, 0.0, 30.0, 10.0), Color32::TRANSPARENT, RED);
    let meshes = painted(|scene| {
        scene.path(Geometry::rect(rect(10.0, 0.0, 30.0, 10.0)), Some(Paint::Gradient(gradient)), None);
    });
    let corners = meshes[0].1.vertices.iter().map(|vertex| (vertex.pos.x, vertex.color));
    for (x, color) in corners {
        assert_eq!(color, if x < 20.0 { Color32::TRANSPARENT } else { RED });
    }
}

#[test]
fn hatching_and_dashes_are_lines_within_their_shapes() {
    let hatching = Hatching { color: RED, spacing: 5.0, width: 1.0 };
    let hatched = painted(|scene| scene.hatching(rect(10.0, 10.0, 40.0, 30.0), hatching));
    let bounds = hatched[0].1.calc_bounds();
    assert!(rect(10.0, 10.0, 40.0, 30.0).expand(2.0).contains_rect(bounds) && bounds.width() > 28.0, "{bounds}");
    let line = |stroke| move |scene: &mut Builder<'_>| scene.line(vec![pos2(10.0, 50.0), pos2(70.0, 50.0)], stroke);
    let solid = painted(line(Stroke::new(2.0, RED)));
    let dashed = painted(line(Stroke::dashed(2.0, RED, 6.0, 4.0)));
    assert_eq!(dashed[0].1.vertices.len(), solid[0].1.vertices.len() * 6, "sixty points hold six dashes with gaps");
}

#[test]
fn what_crosses_a_clip_has_the_clip() {
    let clip = rect(0.0, 0.0, 20.0, 20.0);
    let meshes = painted(|scene| {
        scene.clipped(clip, |scene| scene.circle(pos2(20.0, 10.0), 5.0, Some(RED), None));
        scene.circle(pos2(50.0, 50.0), 5.0, Some(RED), None);
    });
    let clips: Vec<Rect> = meshes.iter().map(|(clip, _)| *clip).collect();
    assert_eq!(clips.len(), 2);
    assert!(clip.contains_rect(clips[0]) && clips[1].width() > 100.0, "{clips:?}");
}

#[test]
fn pictures_have_textures_of_their_own() {
    let file = include_bytes!("../../../tests/fixtures/images/quadrants.png").to_vec();
    let data = Arc::new(ImageData::decode(file).expect("a picture"));
    let context = egui::Context::default();
    let image = |left: f32| {
        let rect = rect(left, 10.0, left + 40.0, 30.0);
        Node::Image(Image { rect, data: Arc::clone(&data), alternative: String::new() })
    };
    let path = Path { geometry: Geometry::rect(rect(0.0, 0.0, 5.0, 5.0)), fill: Some(Paint::Solid(RED)), stroke: None };
    let nodes = vec![image(10.0), Node::Path(path), image(60.0)];
    let scene = Scene { size: vec2(200.0, 100.0), background: Color32::WHITE, nodes };
    let screen_rect = Some(Rect::from_min_size(Pos2::ZERO, vec2(200.0, 100.0)));
    let mut output = context.run_ui(RawInput { screen_rect, ..Default::default() }, |ui| {
        Canvas::with(&ui.ctx().clone(), |canvas| canvas.paint(ui, &scene));
    });
    let pixels = data.size().map(|side| side as usize);
    let uploads = output.textures_delta.set.values();
    let uploads: usize = uploads.map(|deltas| deltas.iter().filter(|delta| delta.image.size() == pixels).count()).sum();
    output.textures_delta.clear();
    assert_eq!(uploads, 1, "uploaded once");
    let meshes: Vec<_> = output
        .shapes
        .iter()
        .filter_map(|shape| if let Shape::Mesh(mesh) = &shape.shape { Some(mesh) } else { None })
        .collect();
    let [first, middle, last] = &meshes[..] else { panic!("three meshes: {}", meshes.len()) };
    assert!(first.texture_id == last.texture_id && middle.texture_id != first.texture_id);
    assert_eq!(first.calc_bounds(), rect(10.0, 10.0, 50.0, 30.0));
}
