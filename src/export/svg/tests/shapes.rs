//! Each kind of shape against the text that it becomes.

use egui::emath::TSTransform;
use egui::epaint::{
    BandPoint, BandShape, CornerRadius, CubicBezierShape, EllipseShape, Mesh, PathShape, PathStroke,
    QuadraticBezierShape, RectShape, StrokeKind, Vertex,
};
use egui::{Direction, TextureId};

use super::*;

#[test]
fn the_frame_names_title_font_and_background() {
    let fonts = Fonts::new(&definitions());
    let options = SvgOptions {
        size: vec2(40.0, 30.5),
        pixels_per_point: 1.0,
        background: WHITE,
        title: "A & B",
        description: "<one>\ntwo",
        fonts: &fonts,
        groups: &[],
        published: None,
    };
    assert_eq!(
        svg(&[], &options).text,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40\" height=\"30.5\" viewBox=\"0 0 40 30.5\" \
         role=\"img\" fill=\"none\" stroke-miterlimit=\"1.42\" font-family=\"'Noto Sans', sans-serif\" \
         font-weight=\"400\">\n<title>A &amp; B</title>\n<desc>&lt;one&gt; two</desc>\n\
         <path d=\"M0 0H40V30.5H0Z\" fill=\"#fff\"/>\n</svg>\n"
    );
}

#[test]
fn nothing_gives_nothing() {
    check(Shape::Noop, "");
    check(Shape::Vec(vec![Shape::Noop]), "");
    check(Shape::rect_filled(rect(1.0, 1.0, 9.0, 9.0), 0, Color32::TRANSPARENT), "");
    check(Shape::circle_filled(pos2(500.0, 10.0), 5.0, RED), "");
}

#[test]
fn circles_and_ellipses() {
    check(
        Shape::Vec(vec![Shape::circle_filled(pos2(10.0, 20.0), 4.5, RED)]),
        "<circle cx=\"10\" cy=\"20\" r=\"4.5\" fill=\"#f00\"/>",
    );
    check(
        Shape::circle_stroke(pos2(10.0, 20.0), 4.0, (2.0, RED)),
        "<circle cx=\"10\" cy=\"20\" r=\"4\" stroke=\"#f00\" stroke-width=\"2\"/>",
    );
    check(
        EllipseShape::filled(pos2(10.0, 20.0), vec2(4.0, 6.0), RED).with_angle(0.5),
        "<ellipse cx=\"10\" cy=\"20\" rx=\"4\" ry=\"6\" transform=\"rotate(28.648 10 20)\" fill=\"#f00\"/>",
    );
}

#[test]
fn lines_are_snapped_like_egui() {
    check(Shape::hline(10.0..=50.0, 20.0, (1.0, RED)), "<path d=\"M10 20.5H50\" stroke=\"#f00\"/>");
    check(Shape::vline(20.3, 10.2..=50.6, (2.0, RED)), "<path d=\"M20 10V51\" stroke=\"#f00\" stroke-width=\"2\"/>");
    check(
        Shape::line_segment([pos2(1.25, 2.0), pos2(30.0, 40.0)], (1.0, RED)),
        "<path d=\"M1.25 2L30 40\" stroke=\"#f00\"/>",
    );
}

#[test]
fn paths() {
    let points = vec![pos2(10.0, 10.0), pos2(30.0, 10.0), pos2(30.0, 30.0)];
    check(
        Shape::line(points.clone(), (1.5, RED)),
        "<path d=\"M10 10L30 10 30 30\" stroke=\"#f00\" stroke-width=\"1.5\"/>",
    );
    check(
        Shape::convex_polygon(points.clone(), BLUE, (1.0, RED)),
        "<path d=\"M10 10L30 10 30 30Z\" fill=\"#00f\" stroke=\"#f00\"/>",
    );
    let square = vec![pos2(10.0, 10.0), pos2(20.0, 10.0), pos2(20.0, 20.0), pos2(10.0, 20.0)];
    let shape = PathShape::convex_polygon(square, BLUE, PathStroke::new(2.0, RED).outside());
    check(
        shape,
        "<path d=\"M10 10L20 10 20 20 10 20Z\" fill=\"#00f\"/>\n\
         <path d=\"M9 9L21 9 21 21 9 21Z\" stroke=\"#f00\" stroke-width=\"2\"/>",
    );
    let by_place = PathStroke::new_uv(1.0, |_, p| if p.x < 25.0 { RED } else { BLUE });
    check(
        Shape::line(points, by_place),
        "<path d=\"M10 10L30 10\" stroke=\"#f00\"/>\n<path d=\"M30 10L30 30\" stroke=\"#00f\"/>",
    );
}

#[test]
fn bands_break_where_their_samples_do() {
    let points = vec![
        BandPoint::new(0.0, 10.0..=20.0),
        BandPoint::new(10.0, 12.0..=18.0),
        BandPoint::new(20.0, f32::NAN..=18.0),
        BandPoint::new(30.0, 10.0..=20.0),
        BandPoint::new(40.0, 10.0..=20.0),
    ];
    check(
        BandShape::filled(points, RED),
        "<path d=\"M0 10L10 12 10 18 0 20Z\" fill=\"#f00\"/>\n<path d=\"M30 10L40 10 40 20 30 20Z\" fill=\"#f00\"/>",
    );
}

#[test]
fn rectangles() {
    let place = rect(10.0, 20.0, 50.0, 40.0);
    check(Shape::rect_filled(place, 0, RED), "<rect x=\"10\" y=\"20\" width=\"40\" height=\"20\" fill=\"#f00\"/>");
    check(
        Shape::rect_filled(place, 4, RED),
        "<rect x=\"10\" y=\"20\" width=\"40\" height=\"20\" rx=\"4\" fill=\"#f00\"/>",
    );
    let corners = CornerRadius { nw: 2, ne: 0, se: 4, sw: 0 };
    check(
        Shape::rect_filled(place, corners, RED),
        "<path d=\"M12 20H50V36A4 4 0 0 1 46 40H10V22A2 2 0 0 1 12 20Z\" fill=\"#f00\"/>",
    );
    for (kind, expect) in [
        (StrokeKind::Inside, "x=\"11\" y=\"21\" width=\"38\" height=\"18\" rx=\"3\""),
        (StrokeKind::Middle, "x=\"10\" y=\"20\" width=\"40\" height=\"20\" rx=\"4\""),
        (StrokeKind::Outside, "x=\"9\" y=\"19\" width=\"42\" height=\"22\" rx=\"5\""),
    ] {
        check(
            RectShape::new(place, 4, BLUE, (2.0, RED), kind),
            &format!("<rect {expect} fill=\"#00f\" stroke=\"#f00\" stroke-width=\"2\"/>"),
        );
    }
    check(
        RectShape::filled(place, 0, RED).with_angle(std::f32::consts::FRAC_PI_2),
        "<g transform=\"rotate(90 30 30)\">\n<rect x=\"10\" y=\"20\" width=\"40\" height=\"20\" fill=\"#f00\"/>\n</g>",
    );
}

#[test]
fn unusual_rectangles() {
    // A hairline keeps its width, a stroke without an inside fills, an edge off the grid is snapped.
    check(
        Shape::rect_filled(rect(10.0, 20.2, 50.0, 20.6), 0, RED),
        "<path d=\"M10 20.5H50\" stroke=\"#f00\" stroke-width=\"0.4\"/>",
    );
    check(
        RectShape::stroke(rect(10.0, 20.0, 16.0, 40.0), 0, (3.0, RED), StrokeKind::Inside),
        "<rect x=\"10\" y=\"20\" width=\"6\" height=\"20\" fill=\"#f00\"/>",
    );
    check(
        Shape::rect_filled(rect(10.4, 20.6, 50.0, 40.0), 0, RED),
        "<rect x=\"10\" y=\"21\" width=\"40\" height=\"19\" fill=\"#f00\"/>",
    );
    let glass = Color32::from_rgba_unmultiplied(255, 0, 0, 128);
    check(
        RectShape::new(rect(10.0, 20.0, 50.0, 40.0), 0, BLUE, (2.0, glass), StrokeKind::Inside),
        "<rect x=\"12\" y=\"22\" width=\"36\" height=\"16\" fill=\"#00f\"/>\n\
         <rect x=\"11\" y=\"21\" width=\"38\" height=\"18\" stroke=\"#f00\" stroke-opacity=\"0.502\" stroke-width=\"2\"/>",
    );
    check(
        RectShape::filled(rect(10.0, 20.0, 50.0, 40.0), 0, RED).with_blur_width(12.0),
        "<defs>\n<filter id=\"d0\" filterUnits=\"userSpaceOnUse\" x=\"-8\" y=\"2\" width=\"76\" height=\"56\" \
         color-interpolation-filters=\"sRGB\"><feGaussianBlur stdDeviation=\"3.46\"/></filter>\n</defs>\n\
         <g filter=\"url(#d0)\">\n<rect x=\"10\" y=\"20\" width=\"40\" height=\"20\" fill=\"#f00\"/>\n</g>",
    );
}

#[test]
fn curves() {
    let [a, b, c, d] = [pos2(0.0, 10.0), pos2(10.0, 0.0), pos2(20.0, 20.0), pos2(30.0, 10.0)];
    check(
        QuadraticBezierShape::from_points_stroke([a, b, c], false, Color32::TRANSPARENT, (1.0, RED)),
        "<path d=\"M0 10Q10 0 20 20\" stroke=\"#f00\"/>",
    );
    check(
        CubicBezierShape::from_points_stroke([a, b, c, d], true, BLUE, (1.0, RED)),
        "<path d=\"M0 10C10 0 20 20 30 10Z\" fill=\"#00f\" stroke=\"#f00\"/>",
    );
}

#[test]
fn gradients_keep_their_hue_and_share_definitions() {
    let fade = |y| {
        let place = rect(10.0, y, 30.0, y + 10.0);
        Shape::gradient_rect(place, Direction::LeftToRight, [Color32::TRANSPARENT, RED])
    };
    check(
        Shape::Vec(vec![fade(0.0), fade(20.0)]),
        "<defs>\n<linearGradient id=\"d0\"><stop offset=\"0\" stop-color=\"#f00\" stop-opacity=\"0\"/>\
         <stop offset=\"1\" stop-color=\"#f00\"/></linearGradient>\n</defs>\n\
         <path d=\"M10 0H30V10H10Z\" fill=\"url(#d0)\"/>\n<path d=\"M10 20H30V30H10Z\" fill=\"url(#d0)\"/>",
    );
    check(
        Shape::gradient_rect(rect(0.0, 0.0, 8.0, 8.0), Direction::TopDown, [RED, BLUE]),
        "<defs>\n<linearGradient id=\"d0\" x2=\"0\" y2=\"1\"><stop offset=\"0\" stop-color=\"#f00\"/>\
         <stop offset=\"1\" stop-color=\"#00f\"/></linearGradient>\n</defs>\n<path d=\"M0 0H8V8H0Z\" fill=\"url(#d0)\"/>",
    );
}

/// Rectangles side by side, with the colours of their left and right edges.
fn strip(edges: &[(f32, Color32)]) -> Mesh {
    let mut mesh = Mesh::default();
    for pair in edges.windows(2) {
        let [(x0, left), (x1, right)] = pair else {
            continue;
        };
        let first = u32::try_from(mesh.vertices.len()).unwrap();
        for (x, y, color) in [(*x0, 0.0, *left), (*x1, 0.0, *right), (*x0, 9.0, *left), (*x1, 9.0, *right)] {
            mesh.vertices.push(Vertex::untextured(pos2(x, y), color));
        }
        mesh.add_triangle(first, first + 1, first + 2);
        mesh.add_triangle(first + 2, first + 1, first + 3);
    }
    mesh
}

#[test]
fn a_fade_in_several_pieces_is_one_gradient() {
    check(
        strip(&[(0.0, Color32::TRANSPARENT), (4.5, RED), (15.5, RED), (20.0, Color32::TRANSPARENT)]),
        "<defs>\n<linearGradient id=\"d0\"><stop offset=\"0\" stop-color=\"#f00\" stop-opacity=\"0\"/>\
         <stop offset=\"0.225\" stop-color=\"#f00\"/><stop offset=\"0.775\" stop-color=\"#f00\"/>\
         <stop offset=\"1\" stop-color=\"#f00\" stop-opacity=\"0\"/></linearGradient>\n</defs>\n\
         <path d=\"M0 0H20V9H0Z\" fill=\"url(#d0)\"/>",
    );
    // Plain first, then a change.
    check(
        strip(&[(0.0, RED), (5.0, RED), (10.0, BLUE)]),
        "<defs>\n<linearGradient id=\"d0\"><stop offset=\"0\" stop-color=\"#f00\"/>\
         <stop offset=\"0.5\" stop-color=\"#f00\"/><stop offset=\"1\" stop-color=\"#00f\"/></linearGradient>\n</defs>\n\
         <path d=\"M0 0H10V9H0Z\" fill=\"url(#d0)\"/>",
    );
}

#[test]
fn other_meshes() {
    check(strip(&[(0.0, RED), (5.0, RED)]), "<path d=\"M0 0H5V9H0Z\" fill=\"#f00\"/>");
    // One colour: one path, all triangles turned the same way.
    check(
        strip(&[(0.0, RED), (5.0, RED), (9.0, RED)]),
        "<path d=\"M0 0L5 0 0 9ZM0 9L5 0 5 9ZM5 0L9 0 5 9ZM5 9L9 0 9 9Z\" fill=\"#f00\"/>",
    );
    let mut triangle = Mesh::default();
    for (x, y, color) in [(0.0, 0.0, RED), (0.0, 9.0, BLUE), (9.0, 0.0, Color32::BLACK)] {
        triangle.vertices.push(Vertex::untextured(pos2(x, y), color));
    }
    triangle.add_triangle(0, 1, 2);
    check(triangle, "<path d=\"M0 0L9 0 0 9Z\" fill=\"#505\"/>");
}

#[test]
fn what_cannot_be_written_is_counted() {
    let count = |shape: Shape| write(&[ClippedShape::new(Rect::EVERYTHING, shape)]).skipped;
    let picture = Shape::image(TextureId::User(1), rect(0.0, 0.0, 9.0, 9.0), rect(0.0, 0.0, 1.0, 1.0), WHITE);
    assert_eq!(count(picture), 1);
    let nowhere = vec![pos2(f32::NAN, 0.0), pos2(9.0, 9.0), pos2(0.0, 9.0)];
    assert_eq!(count(Shape::line(nowhere, (1.0, RED))), 1);
    assert_eq!(count(Shape::circle_filled(pos2(f32::NAN, 0.0), 4.0, RED)), 1);
    assert_eq!(count(Shape::circle_filled(pos2(9.0, 9.0), 4.0, RED)), 0);
}

#[test]
fn clips_only_where_they_bite() {
    let clip = rect(0.0, 0.0, 100.0, 100.0);
    let circle = |x| ClippedShape::new(clip, Shape::circle_filled(pos2(x, 50.0), 10.0, RED));
    let at = |x| format!("<circle cx=\"{x}\" cy=\"50\" r=\"10\" fill=\"#f00\"/>\n");
    // Inside, across, across again, wholly outside, inside.
    let shapes = [circle(20.0), circle(95.0), circle(98.0), circle(150.0), circle(30.0)];
    let (inside, one, two, again) = (at(20), at(95), at(98), at(30));
    assert_eq!(
        content(&shapes),
        format!(
            "<defs>\n<clipPath id=\"d0\"><path d=\"M0 0H100V100H0Z\"/></clipPath>\n</defs>\n\
             {inside}<g clip-path=\"url(#d0)\">\n{one}{two}</g>\n{again}"
        )
    );
    // The page's own edge clips for free; a definition is used twice.
    let wide = Rect::from_min_max(pos2(-50.0, -50.0), pos2(100.0, 350.0));
    let corner = Shape::circle_filled(pos2(0.0, 0.0), 10.0, RED);
    assert!(!content(&[ClippedShape::new(wide, corner)]).contains("clip"));
    let text = content(&[circle(95.0), circle(20.0), circle(96.0)]);
    assert_eq!(text.matches("<clipPath").count(), 1);
    assert_eq!(text.matches("<g clip-path=\"url(#d0)\">").count(), 2);
}

#[test]
fn plain_shapes_are_cut_instead() {
    let clip = rect(0.0, 0.0, 100.0, 100.0);
    let cut = |shape| content(&[ClippedShape::new(clip, shape)]);
    assert_eq!(
        cut(Shape::rect_filled(rect(-20.0, 50.0, 150.0, 60.0), 0, RED)),
        "<rect x=\"0\" y=\"50\" width=\"100\" height=\"10\" fill=\"#f00\"/>\n"
    );
    assert_eq!(cut(Shape::hline(-20.0..=150.0, 50.0, (1.0, RED))), "<path d=\"M0 50.5H100\" stroke=\"#f00\"/>\n");
    // Its own edge lies across the clip's: that takes a mask.
    assert!(cut(Shape::hline(-20.0..=150.0, 100.0, (2.0, RED))).contains("clip-path"));
}

#[test]
fn a_late_transform_is_applied() {
    let mut shape = ClippedShape::new(Rect::EVERYTHING, Shape::circle_filled(pos2(1.0, 2.0), 3.0, RED));
    shape.transform_after_tessellation = TSTransform::new(vec2(10.0, 10.0), 2.0);
    assert_eq!(content(&[shape]), "<circle cx=\"12\" cy=\"14\" r=\"6\" fill=\"#f00\"/>\n");
}
