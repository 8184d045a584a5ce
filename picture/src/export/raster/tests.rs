//! Tests the appearance of each kind of node at selected pixels.

use std::sync::Arc;

use egui::{Align, Color32, Pos2, Rangef, Rect, pos2, vec2};

use parley::fontique::Blob;

use super::super::metadata::PartialDate;
use super::*;
use crate::scene::text::{FontFace, TextEngine, TextLayout, TextStyle};
use crate::scene::{
    Clip, Geometry, Gradient, Group, Hatching, Image, ImageData, Node, Paint, Path, Radii, Stroke, TextNode,
};

const RED: Color32 = Color32::from_rgb(200, 10, 20);
const BLUE: Color32 = Color32::from_rgb(20, 40, 220);
const WHITE: Color32 = Color32::WHITE;

fn rect(left: f32, top: f32, right: f32, bottom: f32) -> Rect {
    Rect::from_min_max(pos2(left, top), pos2(right, bottom))
}

fn scene(size: [f32; 2], nodes: Vec<Node>) -> Scene {
    Scene { size: size.into(), background: WHITE, nodes }
}

fn filled(geometry: Geometry, paint: Paint) -> Node {
    Node::Path(Path { geometry, fill: Some(paint), stroke: None })
}

fn stroked(geometry: Geometry, stroke: Stroke) -> Node {
    Node::Path(Path { geometry, fill: None, stroke: Some(stroke) })
}

fn solid(geometry: Geometry, color: Color32) -> Node {
    filled(geometry, Paint::Solid(color))
}

/// Returns the pixels of nodes on a white page.
fn drawn(size: [f32; 2], scale: f32, nodes: Vec<Node>) -> egui::ColorImage {
    image(&scene(size, nodes), &FontSet::carried(), scale, &Progress::default()).unwrap()
}

fn check(image: &egui::ColorImage, expect: &[([usize; 2], Color32)]) {
    for ([x, y], color) in expect {
        let (found, wanted) = (image[(*x, *y)].to_array(), color.to_array());
        let near = found.iter().zip(wanted).all(|(found, wanted)| found.abs_diff(wanted) <= 1);
        assert!(near, "at {x}, {y}: {found:?}, not {wanted:?}");
    }
}

/// Returns a mixture of a colour with white.
fn mixed(color: Color32, share: f32) -> Color32 {
    WHITE.lerp_to_gamma(color, share)
}

#[test]
fn rectangles_cover_their_pixels() {
    let nodes = vec![
        solid(Geometry::rect(rect(1.0, 1.0, 3.5, 3.0)), RED),
        solid(Geometry::rect(rect(6.0, 1.0, 9.0, 4.0)), BLUE.gamma_multiply(0.5)),
    ];
    let half = mixed(RED, 0.5);
    check(
        &drawn([10.0, 5.0], 1.0, nodes.clone()),
        &[([0, 0], WHITE), ([1, 1], RED), ([2, 2], RED), ([3, 2], half), ([4, 2], WHITE), ([2, 3], WHITE)],
    );
    check(
        &drawn([10.0, 5.0], 2.0, nodes),
        &[([1, 2], WHITE), ([2, 2], RED), ([6, 5], RED), ([7, 5], WHITE), ([14, 4], mixed(BLUE, 0.5))],
    );
}

#[test]
fn corners_are_round() {
    let round =
        Geometry::Rect { rect: rect(2.0, 2.0, 22.0, 22.0), radii: Radii { nw: 8.0, ne: 0.0, se: 4.0, sw: 0.0 } };
    check(
        &drawn([24.0, 24.0], 1.0, vec![solid(round, RED)]),
        &[([2, 2], WHITE), ([3, 3], WHITE), ([5, 5], RED), ([21, 2], RED), ([21, 21], WHITE), ([2, 21], RED)],
    );
    let circle = Geometry::Circle { center: pos2(12.0, 12.0), radius: 10.0 };
    let image = drawn([24.0, 24.0], 1.0, vec![solid(circle, RED)]);
    check(
        &image,
        &[([12, 3], RED), ([3, 12], RED), ([12, 20], RED), ([5, 6], RED), ([3, 3], WHITE), ([20, 20], WHITE)],
    );
    // The amount of ink equals the area of the circle.
    let ink: f32 = image.pixels.iter().map(|pixel| f32::from(255 - pixel.g()) / f32::from(255 - RED.g())).sum();
    assert!((ink - std::f32::consts::PI * 100.0).abs() < 1.0, "{ink}");
}

#[test]
fn columns_have_sharp_edges() {
    let columns = Geometry::Rects(vec![rect(1.3, 1.0, 3.4, 4.0), rect(5.6, 0.0, 7.6, 4.0), rect(9.2, 0.0, 9.4, 4.0)]);
    let image = drawn([12.0, 4.0], 1.0, vec![solid(columns.clone(), RED)]);
    assert!(image.pixels.iter().all(|pixel| [WHITE, RED].contains(pixel)), "nothing is softened");
    check(&image, &[([0, 2], WHITE), ([1, 2], RED), ([2, 2], RED), ([3, 2], WHITE), ([1, 0], WHITE)]);
    check(&image, &[([5, 2], WHITE), ([6, 2], RED), ([7, 2], RED), ([8, 2], WHITE)]);
    check(&image, &[([9, 2], RED), ([10, 2], WHITE)]);
    let half = columns_at(&columns, 0.5);
    assert!(half.pixels.iter().all(|pixel| [WHITE, RED].contains(pixel)));
}

fn columns_at(columns: &Geometry, scale: f32) -> egui::ColorImage {
    drawn([12.0, 4.0], scale, vec![solid(columns.clone(), RED)])
}

#[test]
fn polygons_and_bands_are_filled() {
    let triangle = Geometry::Polygon(vec![pos2(0.0, 0.0), pos2(10.0, 0.0), pos2(0.0, 10.0)]);
    let band = Geometry::Band(vec![
        (12.0, Rangef::new(0.0, 4.0)),
        (16.0, Rangef::new(4.0, 8.0)),
        (20.0, Rangef::new(0.0, 4.0)),
    ]);
    check(
        &drawn([20.0, 10.0], 1.0, vec![solid(triangle, RED), solid(band, BLUE)]),
        &[
            ([1, 1], RED),
            ([8, 0], RED),
            ([5, 4], mixed(RED, 0.5)),
            ([8, 8], WHITE),
            ([12, 2], BLUE),
            ([15, 2], WHITE),
            ([15, 5], BLUE),
            ([19, 6], WHITE),
        ],
    );
}

#[test]
fn gradients_are_those_of_the_scene() {
    let across = |left, right| Gradient::across(rect(0.0, 0.0, 100.0, 4.0), left, right);
    let down = Gradient { from: pos2(50.0, 8.0), to: pos2(50.0, 12.0), colors: [RED, BLUE] };
    for gradient in [
        across(RED, BLUE),
        across(Color32::TRANSPARENT, RED),
        across(RED.gamma_multiply(0.5), Color32::TRANSPARENT),
        across(RED.gamma_multiply(0.3), BLUE),
        down,
    ] {
        let page = Scene {
            background: Color32::TRANSPARENT,
            ..scene([100.0, 12.0], vec![filled(Geometry::rect(rect(0.0, 0.0, 100.0, 12.0)), Paint::Gradient(gradient))])
        };
        let image = image(&page, &FontSet::carried(), 1.0, &Progress::default()).unwrap();
        for (x, y) in [(0, 1), (25, 9), (50, 10), (75, 10), (99, 11)] {
            let expect = gradient.color_at(pos2(x as f32 + 0.5, y as f32 + 0.5)).to_array();
            let found = image[(x, y)].to_array();
            let near = found.iter().zip(expect).all(|(found, expect)| found.abs_diff(expect) <= 2);
            assert!(near, "{gradient:?} at {x}, {y}: {found:?}, not {expect:?}");
        }
    }
}

#[test]
fn hatching_is_lines_at_fixed_places() {
    let hatching = Hatching { color: RED, spacing: 10.0, width: 2.0 };
    let area = rect(3.0, 2.0, 43.0, 32.0);
    let image = drawn([50.0, 40.0], 1.0, vec![filled(Geometry::rect(area), Paint::Hatching(hatching))]);
    // A line goes through each point of the lower edge whose x is a multiple of ten, and rises to the right.
    for foot in [10, 20, 30] {
        for rise in [0, 3, 7] {
            // The pixel below and to the left of the point on the line, and the one above and to the right of it.
            check(&image, &[([foot + rise, 31 - rise], RED)]);
            check(&image, &[([foot + rise + 5, 31 - rise], WHITE)]);
        }
    }
    for (y, x) in (0..40).flat_map(|y| (0..50).map(move |x| (y, x))) {
        let inside = area.contains(pos2(x as f32 + 0.5, y as f32 + 0.5));
        assert!(inside || image[(x, y)] == WHITE, "{x}, {y}");
    }
    // Every line ends flush with the edges.
    assert_eq!(image[(3, 28)], RED);
}

#[test]
fn dashes_have_gaps() {
    let line = Geometry::Polyline(vec![pos2(2.0, 4.0), pos2(40.0, 4.0)]);
    let image = drawn([42.0, 8.0], 1.0, vec![stroked(line, Stroke::dashed(2.0, RED, 6.0, 4.0))]);
    check(
        &image,
        &[
            ([1, 3], WHITE),
            ([2, 3], RED),
            ([7, 4], RED),
            ([8, 3], WHITE),
            ([11, 4], WHITE),
            ([12, 3], RED),
            ([18, 3], WHITE),
            ([3, 2], WHITE),
            ([3, 5], WHITE),
        ],
    );
}

#[test]
fn corners_are_mitred_up_to_a_right_angle() {
    let right = Geometry::Polyline(vec![pos2(5.0, 20.0), pos2(5.0, 5.0), pos2(20.0, 5.0)]);
    let sharp = Geometry::Polyline(vec![pos2(30.0, 20.0), pos2(40.0, 5.0), pos2(50.0, 20.0)]);
    let image =
        drawn([60.0, 24.0], 1.0, vec![stroked(right, Stroke::new(4.0, RED)), stroked(sharp, Stroke::new(4.0, RED))]);
    // Flat ends; the outer corner of the right angle is mitred, that of the acute angle is bevelled.
    check(
        &image,
        &[([3, 3], RED), ([2, 3], WHITE), ([4, 19], RED), ([4, 20], WHITE), ([19, 4], RED), ([20, 4], WHITE)],
    );
    check(&image, &[([39, 2], WHITE), ([40, 2], WHITE), ([40, 6], RED)]);
    let edge = Geometry::rect(rect(2.0, 2.0, 10.0, 10.0));
    check(
        &drawn([12.0, 12.0], 1.0, vec![stroked(edge, Stroke::new(2.0, BLUE))]),
        &[([1, 1], BLUE), ([10, 10], BLUE), ([2, 2], BLUE), ([3, 3], WHITE), ([0, 5], WHITE), ([11, 11], WHITE)],
    );
}

#[test]
fn clips_cut_at_whole_pixels() {
    let circle = solid(Geometry::Circle { center: pos2(10.0, 10.0), radius: 9.0 }, RED);
    let inner = Node::Clip(Clip { rect: rect(0.0, 10.0, 20.0, 20.0), nodes: vec![circle] });
    let group = Node::Group(Group { nodes: vec![inner], ..Group::default() });
    let clip = Node::Clip(Clip { rect: rect(5.0, 0.0, 20.0, 15.0), nodes: vec![group] });
    let after = solid(Geometry::rect(rect(0.0, 0.0, 1.0, 1.0)), BLUE);
    check(
        &drawn([20.0, 20.0], 1.0, vec![clip, after]),
        &[
            ([4, 12], WHITE),
            ([5, 12], RED),
            ([10, 9], WHITE),
            ([10, 10], RED),
            ([10, 14], RED),
            ([10, 15], WHITE),
            ([0, 0], BLUE),
        ],
    );
}

fn text(layout: TextLayout, at: Pos2, color: Color32) -> Node {
    Node::Text(TextNode { layout: Arc::new(layout), at, color, anchor: Align::Min })
}

fn line(words: &str, size: f32) -> TextLayout {
    let mut engine = TextEngine::new(FontSet::carried());
    TextLayout::clone(&engine.line(words, TextStyle { size, bold: false }, f32::INFINITY))
}

/// Returns the extent of the ink on a white page, in pixels.
fn ink(image: &egui::ColorImage) -> [[usize; 2]; 2] {
    let [width, height] = image.size;
    let inked = (0..height).flat_map(|y| (0..width).map(move |x| [x, y])).filter(|[x, y]| image[(*x, *y)].r() < 128);
    inked.fold([[usize::MAX; 2], [0; 2]], |[min, max], [x, y]| {
        [[min[0].min(x), min[1].min(y)], [max[0].max(x), max[1].max(y)]]
    })
}

#[test]
fn glyphs_stand_where_the_layout_says() {
    let layout = line("Il", 40.0);
    let at = pos2(10.0, 5.0);
    let baseline = at.y + layout.first_baseline();
    let ends: Vec<f32> = layout.runs().flat_map(|run| &run.glyphs).map(|glyph| glyph.x + glyph.advance).collect();
    let image = drawn([60.0, 70.0], 1.0, vec![text(layout.clone(), at, Color32::BLACK)]);
    let [min, max] = ink(&image);
    assert_eq!(max[1] + 1, baseline.round() as usize, "letters stand on the baseline");
    assert!(min[0] >= 10 && ((max[0] + 1) as f32) < at.x + ends[1], "{min:?} {max:?}");
    // Two strokes, one for each letter, with a gap between them.
    let middle = baseline as usize - 14;
    let row: Vec<bool> = (0..60).map(|x| image[(x, middle)].r() < 128).collect();
    let strokes = row.windows(2).filter(|pair| pair == &[false, true]).count();
    assert_eq!(strokes, 2, "{row:?}");
    // A shift of a quarter of a pixel is visible: the same letters with different anti-aliasing.
    let moved = drawn([60.0, 70.0], 1.0, vec![text(layout, at + vec2(0.25, 0.0), Color32::BLACK)]);
    assert_ne!(image.pixels, moved.pixels);
}

#[test]
fn variable_fonts_are_drawn_at_their_place() {
    let file: &'static [u8] = include_bytes!("../../../../tests/fixtures/fonts/weights.ttf");
    let mut fonts = FontSet::carried();
    let face = FontFace::of_system(Blob::new(Arc::new(file)), 0, "Weights".to_owned(), 400).unwrap();
    fonts.push(vec![face]);
    let weights = fonts.faces().last().unwrap().0;
    // A bar a tenth of the font size wide; half of that at the lightest, four times that at the heaviest weight.
    for (coord, width) in [(0, 10), (-0x4000, 5), (0x4000, 40), (0x2000, 25)] {
        let mut layout = line("l", 100.0);
        let run = &mut layout.lines[0].runs[0];
        (run.font, run.coords) = (weights, vec![coord].into());
        run.glyphs[0].id = 1;
        let page = scene([60.0, 120.0], vec![text(layout, pos2(5.0, 0.0), Color32::BLACK)]);
        let [min, max] = ink(&image(&page, &fonts, 1.0, &Progress::default()).unwrap());
        assert_eq!((min[0], max[0] + 1), (5, 5 + width), "at {coord}");
        assert_eq!(max[1] + 1 - min[1], 70);
    }
}

#[test]
fn spans_have_their_own_colours() {
    let mut layout = line("mm", 30.0);
    for run in layout.lines.iter_mut().flat_map(|line| &mut line.runs) {
        run.color = Some(RED);
    }
    let image = drawn([70.0, 40.0], 1.0, vec![text(layout, pos2(2.0, 0.0), BLUE)]);
    assert!(image.pixels.contains(&RED) && !image.pixels.contains(&BLUE));
}

fn picture(bytes: &[u8]) -> Arc<ImageData> {
    Arc::new(ImageData::decode(bytes.to_vec()).unwrap())
}

#[test]
fn pictures_fill_their_rectangles() {
    let colors = [(200, 30, 30), (30, 160, 60), (40, 60, 200), (230, 200, 40)];
    let [red, green, blue, yellow] = colors.map(|(r, g, b)| Color32::from_rgb(r, g, b));
    let place = |data: &Arc<ImageData>, rect| {
        vec![Node::Image(Image { rect, data: Arc::clone(data), alternative: String::new() })]
    };
    let png = picture(include_bytes!("../../../../tests/fixtures/images/quadrants.png"));
    let jpeg = picture(include_bytes!("../../../../tests/fixtures/images/quadrants.jpg"));
    // The last quarter of the PNG is transparent.
    for (data, last) in [(&png, WHITE), (&jpeg, yellow)] {
        for (scale, size) in [(1.0, 40.0), (2.0, 40.0), (1.0, 8.0)] {
            let image = drawn([50.0, 50.0], scale, place(data, rect(4.0, 3.0, 4.0 + size, 3.0 + size)));
            let at = |x: f32, y: f32| [((4.0 + x * size) * scale) as usize, ((3.0 + y * size) * scale) as usize];
            let corners = [(at(0.1, 0.1), red), (at(0.8, 0.1), green), (at(0.1, 0.8), blue), (at(0.8, 0.8), last)];
            for ([x, y], color) in corners {
                let (found, wanted) = (image[(x, y)].to_array(), color.to_array());
                // A JPEG is not exact.
                let near = found.iter().zip(wanted).all(|(found, wanted)| found.abs_diff(wanted) <= 4);
                assert!(near, "{data:?} at {x}, {y}: {found:?}, not {wanted:?}");
            }
            let edge = [at(0.0, 0.5)[0], at(0.5, 0.0)[1]];
            assert_eq!((image[(edge[0] - 1, 10)], image[(10, edge[1] - 1)]), (WHITE, WHITE), "nothing beside it");
        }
    }
    // One pixel of an image is the mean of all its pixels.
    let image = drawn([4.0, 4.0], 1.0, place(&jpeg, rect(1.0, 1.0, 2.0, 2.0)));
    let mean = |channel: fn(&(u8, u8, u8)) -> u8| colors.iter().map(|c| f32::from(channel(c))).sum::<f32>() / 4.0;
    let expect = [mean(|c| c.0), mean(|c| c.1), mean(|c| c.2)];
    let found = image[(1, 1)].to_array();
    assert!(found.iter().zip(expect).all(|(found, expect)| (f32::from(*found) - expect).abs() < 6.0), "{found:?}");
}

/// Returns a page with every kind of node, much of it across several bands.
fn everything() -> Scene {
    let mut nodes = Vec::new();
    for step in 0..40_u8 {
        let shift = f32::from(step);
        let (x, y) = (shift * 7.3 % 290.0, shift * 13.7 % 270.0);
        let color = Color32::from_rgb(step * 6, 255 - step * 5, 90).gamma_multiply(0.3 + shift / 60.0);
        nodes.push(solid(Geometry::Circle { center: pos2(x, y), radius: 3.0 + shift / 2.1 }, color));
        let round = Geometry::Rect { rect: rect(x, y, x + 33.3, y + 47.7), radii: Radii::same(shift / 5.0) };
        nodes.push(stroked(round, Stroke::new(0.7 + shift / 30.0, color)));
        let points = (0..9_u8).map(|at| {
            let at = f32::from(at);
            pos2(x + at * 9.1, y + (at * 37.3 + shift * 11.0) % 61.0)
        });
        nodes.push(stroked(Geometry::Polyline(points.collect()), Stroke::dashed(1.3, color, 7.1, 3.3)));
        nodes.push(text(line("Treaty, 조, שלום", 9.0 + shift / 3.0), pos2(x, y), Color32::BLACK));
    }
    nodes.push(solid(Geometry::Polygon(vec![pos2(10.1, -900.0), pos2(280.3, 130.7), pos2(33.3, 1400.2)]), RED));
    let hatched = Geometry::Circle { center: pos2(150.3, 140.2), radius: 120.4 };
    nodes.push(filled(hatched, Paint::Hatching(Hatching { color: BLUE, spacing: 5.0, width: 1.0 })));
    let area = rect(20.2, 10.3, 250.4, 260.5);
    nodes.push(filled(Geometry::rect(area), Paint::Gradient(Gradient::across(area, RED, Color32::TRANSPARENT))));
    let data = picture(include_bytes!("../../../../tests/fixtures/images/quadrants.jpg"));
    let image = Image { rect: rect(200.3, 30.0, 290.0, 250.0), data, alternative: String::new() };
    nodes.push(Node::Clip(Clip { rect: rect(210.0, 50.0, 280.0, 240.0), nodes: vec![Node::Image(image)] }));
    nodes.push(solid(Geometry::Rects(vec![rect(5.0, 0.0, 8.0, 280.0), rect(9.3, 100.1, 12.0, 200.2)]), BLUE));
    scene([300.0, 280.0], nodes)
}

#[test]
fn the_picture_does_not_depend_on_the_bands() {
    let meta = PngMeta { about: &Metadata::default(), dots_per_inch: None };
    let page = everything();
    for (scale, heights) in [(1.0, [16, 1024]), (1.37, [4, 256])] {
        let files = heights
            .map(|rows| png_in_bands(&page, &FontSet::carried(), scale, &meta, rows, &Progress::default()).unwrap());
        let [few, many] = files.each_ref().map(|file| decode(file).1);
        let row = decode(&files[0]).0.width as usize * 3;
        let wrong = few.iter().zip(&many).position(|(a, b)| a != b);
        let at = wrong.map(|at| (at % row / 3, at / row, few[at], many[at]));
        assert_eq!(at, None, "bands of {heights:?} rows at {scale}");
        assert!(files[0] == files[1]);
    }
}

fn decode(file: &[u8]) -> (png::Info<'static>, Vec<u8>) {
    let mut reader = png::Decoder::new(std::io::Cursor::new(file)).read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    reader.next_frame(&mut pixels).unwrap();
    (reader.info().clone(), pixels)
}

fn plain(page: &Scene, scale: f32) -> Result<Vec<u8>, ExportError> {
    let meta = PngMeta { about: &Metadata::default(), dots_per_inch: None };
    png(page, &FontSet::carried(), scale, &meta, &Progress::default())
}

#[test]
fn size_and_depth() {
    let check = |background, content: Option<Color32>, scale, (width, height), color| {
        let nodes = content.map(|color| solid(Geometry::rect(rect(0.0, 0.0, 31.0, 17.0)), color)).into_iter();
        let page = Scene { background, ..scene([31.0, 17.0], nodes.collect()) };
        let (info, pixels) = decode(&plain(&page, scale).unwrap());
        assert_eq!((info.width, info.height, info.color_type), (width, height, color));
        pixels
    };
    let clear = Color32::TRANSPARENT;
    // The page fills whole pixels, even partly covered ones.
    let pixels = check(WHITE, Some(RED), 1.5, (47, 26), ColorType::Rgb);
    assert!(pixels.chunks(3).all(|pixel| pixel == [200, 10, 20]));
    let pixels = check(clear, Some(Color32::from_rgba_unmultiplied(255, 0, 0, 128)), 2.0, (62, 34), ColorType::Rgba);
    assert!(pixels.chunks(4).all(|pixel| pixel == [255, 0, 0, 128]));
    check(clear, None, 0.01, (1, 1), ColorType::Rgba);
}

#[test]
fn metadata_is_kept() {
    let about = Metadata {
        title: "Neighbours".into(),
        description: "From 1965 – 2015".into(),
        author: "A".into(),
        date: Some(PartialDate { year: 2026, month: Some(3), day: None }),
        ..Metadata::default()
    };
    let meta = PngMeta { about: &about, dots_per_inch: Some(300.0) };
    let page = scene([4.0, 4.0], Vec::new());
    let (info, _) = decode(&png(&page, &FontSet::carried(), 1.0, &meta, &Progress::default()).unwrap());
    let texts: Vec<_> = info.utf8_text.iter().map(|text| (&text.keyword[..], text.get_text().unwrap())).collect();
    let expected =
        [("Title", "Neighbours"), ("Description", "From 1965 – 2015"), ("Author", "A"), ("Creation Time", "2026-03")];
    assert_eq!(texts, expected.map(|(keyword, text)| (keyword, text.to_owned())));
    assert_eq!(info.pixel_dims.unwrap().xppu, 11_811);
    let (info, _) = decode(&plain(&page, 1.0).unwrap());
    assert!(info.pixel_dims.is_none());
}

#[test]
fn impossible_requests_are_named() {
    let fails = |width, height, scale| plain(&scene([width, height], Vec::new()), scale).unwrap_err();
    let large = fails(1280.0, 720.0, 13.0);
    assert!(matches!(large, ExportError::TooLarge { width: 16_640, height: 9_360 }));
    assert!(large.to_string().contains("16640 x 9360"), "{large}");
    let endless = fails(1e9, 1.0, 1e30);
    assert!(matches!(endless, ExportError::TooLarge { .. }));
    for scale in [0.0, -1.0, f32::NAN, f32::INFINITY] {
        let error = fails(4.0, 4.0, scale);
        assert!(matches!(error, ExportError::BadScale { .. }));
    }
}

#[test]
fn an_export_tells_its_progress_and_can_be_cancelled() {
    let page = scene([64.0, 1000.0], Vec::new());
    let meta = PngMeta { about: &Metadata::default(), dots_per_inch: None };
    let progress = Progress::default();
    png(&page, &FontSet::carried(), 1.0, &meta, &progress).unwrap();
    assert_eq!((progress.share(), progress.stages().len()), (1.0, 1));
    // Cancelled while drawing: the current band is the last.
    let (progress, fonts) = (Progress::default(), FontSet::carried());
    let pages = Page::new(&page, &fonts, 1.0).unwrap();
    let mut bands = 0;
    let result = pages.draw(256, &progress, |_| {
        bands += 1;
        progress.cancel();
        Ok(())
    });
    assert!(matches!(result, Err(ExportError::Cancelled)) && bands == 1);
}
