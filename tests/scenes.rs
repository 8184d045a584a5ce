//! One scene with every kind of node, as a PNG and as a PDF: other programs read the same picture and the same words.
//!
//! Ignored in a plain `cargo test`, since it needs poppler-utils and fonts-dejavu-core:
//! `cargo test --test scenes -- --ignored`.

#![expect(clippy::expect_used, reason = "a test fails by panicking")]

use std::path::Path as File;
use std::process::Command;
use std::sync::Arc;

use egui::{Align, Color32, Pos2, Rangef, Rect, pos2, vec2};
use longview::export::{Metadata, Page, PngMeta, pdf, png};
use longview::progress::Progress;
use longview::scene::text::{FontFace, FontSet, TextEngine, TextStyle};
use longview::scene::{
    Clip, Geometry, Gradient, Group, Hatching, Image, ImageData, Link, Node, Paint, Path, Radii, Scene, Stroke,
    TextNode,
};
use parley::fontique::Blob;

/// A font with Hebrew and Arabic letters.
const DEJAVU: &str = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf";

/// Mean absolute difference, of 255, that other ways of smoothing edges may make, without pictures, which poppler
/// enlarges in its own way. Measured: 0.40.
const TOLERANCE: f64 = 0.7;

/// Where the pictures are, in points.
const PICTURES: [Rect; 2] = [rect(400.0, 140.0, 480.0, 220.0), rect(500.0, 140.0, 580.0, 220.0)];

/// Lines in several scripts and directions, each as it is written. No ligature of two Arabic letters: poppler turns the
/// letters of one glyph round.
const LINES: [&str; 6] = [
    "Treaty on Basic Relations, office ffi",
    "Первый спутник, 10 декабря",
    "שלום עולם",
    "Latin שלום עולם Latin",
    "שלום Latin 1965 עולם",
    "مرحبا عليكم",
];

fn fonts() -> FontSet {
    let mut fonts = FontSet::carried();
    let data = Blob::new(Arc::new(std::fs::read(DEJAVU).expect(DEJAVU)));
    fonts.push(vec![FontFace::of_system(data, 0, "DejaVu Sans".to_owned(), 400).expect("a font")]);
    fonts
}

const fn rect(left: f32, top: f32, right: f32, bottom: f32) -> Rect {
    Rect::from_min_max(pos2(left, top), pos2(right, bottom))
}

fn path(geometry: Geometry, fill: Option<Paint>, stroke: Option<Stroke>) -> Node {
    Node::Path(Path { geometry, fill, stroke })
}

/// Text on a baseline, on a whole pixel as in a chart: poppler draws glyphs on whole pixels only.
fn line(engine: &mut TextEngine, words: &str, at: Pos2) -> Node {
    let layout = engine.line(words, TextStyle { size: 14.0, bold: false }, f32::INFINITY);
    let at = at - vec2(0.0, layout.first_baseline());
    Node::Text(TextNode { layout, at, color: Color32::from_gray(20), anchor: Align::Min })
}

fn picture(bytes: &[u8], rect: Rect) -> Node {
    let data = Arc::new(ImageData::decode(bytes.to_vec()).expect("a picture"));
    Node::Image(Image { rect, data, alternative: String::new() })
}

fn everything() -> Scene {
    let red = Color32::from_rgb(180, 30, 40);
    let blue = Color32::from_rgb(40, 70, 190);
    let solid = |color| Some(Paint::Solid(color));
    let area = rect(20.0, 20.0, 180.0, 60.0);
    let hatching = Hatching { color: blue, spacing: 5.0, width: 1.0 };
    let round = Geometry::Rect { rect: rect(200.0, 20.0, 300.0, 60.0), radii: Radii { nw: 12.0, ..Radii::same(4.0) } };
    let circle = |x, radius| Geometry::Circle { center: pos2(x, 40.0), radius };
    let zigzag = (0..12_u8).map(|at| pos2(20.0 + f32::from(at) * 14.0, if at % 2 == 0 { 80.0 } else { 110.0 }));
    let band = (0..10_u8).map(|at| {
        let at = f32::from(at);
        (200.0 + at * 15.0, Rangef::new(80.0 + (at * 7.0) % 11.0, 100.0 + (at * 5.0) % 17.0))
    });
    let columns = (0..20_u8).map(|at| {
        let x = 360.0 + f32::from(at) * 10.0;
        rect(x, 110.0 - f32::from(at), x + 6.0, 120.0)
    });
    let clipped = path(circle(460.0, 40.0), solid(blue.gamma_multiply(0.6)), Some(Stroke::new(3.0, red)));
    let mut nodes = vec![
        path(Geometry::rect(area), Some(Paint::Gradient(Gradient::across(area, Color32::TRANSPARENT, red))), None),
        path(round, Some(Paint::Hatching(hatching)), Some(Stroke::new(2.0, blue))),
        path(circle(340.0, 16.0), solid(red), None),
        path(circle(380.0, 14.0), None, Some(Stroke::new(4.0, blue))),
        Node::Clip(Clip { rect: rect(440.0, 20.0, 480.0, 60.0), nodes: vec![clipped] }),
        path(Geometry::Polyline(zigzag.collect()), None, Some(Stroke::dashed(2.0, red, 8.0, 5.0))),
        path(Geometry::Band(band.collect()), solid(blue.gamma_multiply(0.4)), None),
        path(Geometry::Rects(columns.collect()), solid(red), None),
        path(Geometry::Polygon(vec![pos2(520.0, 20.0), pos2(560.0, 60.0), pos2(500.0, 60.0)]), solid(blue), None),
        picture(include_bytes!("fixtures/images/quadrants.jpg"), PICTURES[0]),
        picture(include_bytes!("fixtures/images/quadrants.png"), PICTURES[1]),
    ];
    let mut engine = TextEngine::new(fonts());
    for (row, words) in (0_u8..).zip(LINES) {
        nodes.push(line(&mut engine, words, pos2(20.0, 152.0 + f32::from(row) * 24.0)));
    }
    let at = rect(400.0, 240.0, 480.0, 260.0);
    let link = Link { rect: at, url: "https://example.org/".to_owned(), title: "A work".to_owned() };
    let nodes_of_link = vec![line(&mut engine, "A work", at.left_bottom())];
    nodes.push(Node::Group(Group { link: Some(link), nodes: nodes_of_link, ..Group::default() }));
    Scene { size: [600.0, 300.0].into(), background: Color32::WHITE, nodes }
}

fn run(folder: &File, program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).current_dir(folder).output().expect(program);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && errors.is_empty(), "{program}: {errors}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn decode(path: &File) -> (usize, Vec<u8>) {
    let file = std::io::BufReader::new(std::fs::File::open(path).expect("a file"));
    let mut reader = png::Decoder::new(file).read_info().expect("a PNG");
    let mut pixels = vec![0; reader.output_buffer_size().expect("a size")];
    reader.next_frame(&mut pixels).expect("pixels");
    assert_eq!(reader.info().color_type, png::ColorType::Rgb);
    (reader.info().width as usize, pixels)
}

#[test]
#[ignore = "needs fonts-dejavu-core"]
fn a_ligature_from_right_to_left_stands_for_its_own_letters() {
    let mut engine = TextEngine::new(fonts());
    let layout = engine.line("سلام", TextStyle { size: 14.0, bold: false }, f32::INFINITY);
    let letters: Vec<&str> =
        layout.runs().flat_map(|run| &run.glyphs).map(|glyph| &layout.text[glyph.range()]).collect();
    assert_eq!(letters, ["م", "لا", "س"], "from left to right");
}

#[test]
#[ignore = "needs poppler-utils and fonts-dejavu-core"]
fn the_pdf_looks_like_the_png_and_holds_the_same_words() {
    let (scene, fonts, about, progress) = (everything(), fonts(), Metadata::default(), Progress::default());
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, bytes: Vec<u8>| std::fs::write(folder.path().join(name), bytes).expect("a file");
    let meta = PngMeta { about: &about, dots_per_inch: None };
    write("own.png", png(&scene, &fonts, 2.0, &meta, &progress).expect("a PNG"));
    let pages = [Page { scene: &scene, alternative: None }];
    write("own.pdf", pdf(&pages, &about, &fonts, 0.75, &progress).expect("a PDF"));

    run(folder.path(), "pdftoppm", &["-png", "-singlefile", "-r", "192", "own.pdf", "other"]);
    let [(width, own), (other_width, other)] = ["own.png", "other.png"].map(|name| decode(&folder.path().join(name)));
    assert_eq!((width, own.len()), (other_width, other.len()));
    if let Some(kept) = std::env::var_os("KEEP_PICTURES") {
        for name in ["own.png", "own.pdf", "other.png"] {
            std::fs::copy(folder.path().join(name), File::new(&kept).join(name)).expect("a copy");
        }
    }
    let (mut sum, mut count) = (0, 0);
    for (place, (own, other)) in own.chunks_exact(3).zip(other.chunks_exact(3)).enumerate() {
        let at = pos2((place % width) as f32 + 0.5, (place / width) as f32 + 0.5) / 2.0;
        let difference: u32 = own.iter().zip(other).map(|(a, b)| u32::from(a.abs_diff(*b))).sum();
        if let Some(picture) = PICTURES.iter().find(|picture| picture.expand(1.0).contains(at)) {
            // In the middle of each quarter both show its colour.
            let away = (at - picture.center()).abs() - picture.size() / 4.0;
            assert!(away.abs().max_elem() > 5.0 || difference <= 12, "{at:?}: {own:?}, {other:?}");
        } else {
            (sum, count) = (sum + difference, count + 3);
        }
    }
    let mean = f64::from(sum) / f64::from(count);
    assert!(mean < TOLERANCE, "{mean}");

    // In the order of reading, whichever way they run; marks of direction and new lines between words are poppler's own.
    let words = run(folder.path(), "pdftotext", &["-raw", "own.pdf", "-"]);
    let is_mark = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{200e}' | '\u{200f}');
    let words: String = words.chars().filter(|c| !is_mark(*c)).collect();
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    for line in LINES {
        assert!(words.contains(line), "{line:?} in {words:?}");
    }
}
