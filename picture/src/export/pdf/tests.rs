//! Tests the content stream of a page for each kind of node.

use std::sync::Arc;

use egui::{Align, Color32, Pos2, Rect, pos2};

use super::*;
use crate::scene::text::{TextEngine, TextStyle};
use crate::scene::{
    Clip, Content, Element, ElementKind, Geometry, Gradient, Group, Hatching, Image, ImageData, Link, ListMarks, Node,
    Paint, Path, Radii, Stroke, Structure, TextNode,
};

const RED: Color32 = Color32::from_rgb(255, 0, 0);

fn rect(left: f32, top: f32, right: f32, bottom: f32) -> Rect {
    Rect::from_min_max(pos2(left, top), pos2(right, bottom))
}

fn scene(nodes: Vec<Node>) -> Scene {
    Scene { size: [200.0, 100.0].into(), background: Color32::TRANSPARENT, nodes }
}

fn path(geometry: Geometry, fill: Option<Paint>, stroke: Option<Stroke>) -> Node {
    Node::Path(Path { geometry, fill, stroke })
}

fn line(words: &str, at: Pos2) -> Node {
    let mut engine = TextEngine::new(FontSet::carried());
    let layout = engine.line(words, TextStyle { size: 12.0, bold: false }, f32::INFINITY);
    Node::Text(TextNode { layout, at, color: Color32::BLACK, anchor: Align::Min })
}

/// Returns the uncompressed file of one page.
fn file(page: &Scene, alternative: Option<&str>) -> Vec<u8> {
    let settings = SerializeSettings { compress_content_streams: false, ..settings(false).unwrap() };
    let pages = [Page { scene: page, alternative }];
    pdf_as(settings, &pages, &Metadata::default(), &FontSet::carried(), 0.75, &Progress::default()).unwrap()
}

fn words(file: &[u8]) -> String {
    file.iter().map(|byte| char::from(*byte)).collect::<String>().replace('\n', " ")
}

/// Checks that a page's file contains these words, in this order.
#[track_caller]
fn check(nodes: Vec<Node>, expect: &[&str]) {
    let file = words(&file(&scene(nodes), None));
    let mut rest = &file[..];
    for part in expect {
        let at = rest.find(part).unwrap_or_else(|| panic!("no {part:?} in {file}"));
        rest = &rest[at + part.len()..];
    }
}

#[test]
fn shapes_are_paths() {
    let edges = Geometry::rect(rect(10.0, 20.0, 30.0, 50.0));
    check(
        vec![path(edges.clone(), Some(Paint::Solid(RED)), None)],
        &["1 0 0 rg", "10 20 m 30 20 l 30 50 l 10 50 l h f"],
    );
    let columns = Geometry::Rects(vec![rect(0.0, 0.0, 1.0, 9.0), rect(2.0, 0.0, 3.0, 9.0)]);
    check(
        vec![path(columns, Some(Paint::Solid(RED)), None)],
        &["0 0 m 1 0 l 1 9 l 0 9 l h 2 0 m 3 0 l 3 9 l 2 9 l h f"],
    );
    let line = Geometry::Polyline(vec![pos2(1.0, 2.0), pos2(3.0, 4.0), pos2(5.0, 2.0)]);
    let dashed = Stroke::dashed(1.5, RED, 6.0, 4.0);
    check(vec![path(line, None, Some(dashed))], &["1 0 0 RG", "1.5 w", "1.42 M", "[6 4]0 d", "1 2 m 3 4 l 5 2 l S"]);
    let round = Geometry::Rect { rect: rect(0.0, 0.0, 20.0, 10.0), radii: Radii::same(4.0) };
    check(vec![path(round, Some(Paint::Solid(RED)), None)], &["4 0 m 16 0 l", " c", " c", " c", " c", " f"]);
    let circle = Geometry::Circle { center: pos2(10.0, 10.0), radius: 5.0 };
    check(vec![path(circle, Some(Paint::Solid(RED)), None)], &["10 5 m", " c", "15 10", " f"]);
    let band = Geometry::Band(vec![(1.0, egui::Rangef::new(2.0, 6.0)), (9.0, egui::Rangef::new(3.0, 8.0))]);
    check(vec![path(band, Some(Paint::Solid(RED)), None)], &["1 2 m 9 3 l 9 8 l 1 6 l h f"]);
    // Translucent colours are written straight, with an opacity.
    check(vec![path(edges, Some(Paint::Solid(RED.gamma_multiply(0.4))), None)], &["1 0 0 rg"]);
}

#[test]
fn gradients_are_shadings_of_opacity_too() {
    let edges = rect(10.0, 20.0, 30.0, 50.0);
    let fill = |left, right| {
        let gradient = Gradient::across(edges, left, right);
        vec![path(Geometry::rect(edges), Some(Paint::Gradient(gradient)), None)]
    };
    check(fill(RED, Color32::BLUE), &["/ShadingType 2/"]);
    let fading = words(&file(&scene(fill(RED, Color32::TRANSPARENT)), None));
    assert!(fading.contains("/SMask") && fading.contains("/Luminosity"), "{fading}");
    // Only the opacity changes.
    assert!(fading.contains("/C0[1 0 0]") && fading.contains("/C1[1 0 0]"), "{fading}");
}

#[test]
fn hatching_is_lines_in_a_clip() {
    let edges = rect(10.0, 20.0, 30.0, 30.0);
    let hatching = Paint::Hatching(Hatching { color: RED, spacing: 5.0, width: 1.0 });
    let nodes = vec![path(Geometry::rect(edges), Some(hatching), None)];
    // The line through 15 on the lower edge, from below the edge to above the upper one.
    check(nodes, &["7.5 60 m 22.5 60 l 22.5 52.5 l 7.5 52.5 l h W n", "1 0 0 RG", "10 35 m", "26 19 l", " S"]);
}

#[test]
fn clips_hold_only_what_is_in_them() {
    let inside = path(Geometry::rect(rect(0.0, 0.0, 90.0, 9.0)), Some(Paint::Solid(RED)), None);
    let after = path(Geometry::rect(rect(0.0, 50.0, 7.0, 60.0)), Some(Paint::Solid(RED)), None);
    let clip = Node::Clip(Clip { rect: rect(0.0, 0.0, 5.0, 5.0), nodes: vec![inside] });
    check(
        vec![clip, after],
        &[
            "q 0 75 m 3.75 75 l 3.75 71.25 l 0 71.25 l h W n",
            "0 0 m 90 0 l 90 9 l 0 9 l h f Q Q",
            "0 50 m 7 50 l 7 60 l 0 60 l h f Q EMC",
        ],
    );
}

#[test]
fn text_is_text_in_a_subset_of_its_font() {
    let file = words(&file(&scene(vec![line("Treaty", pos2(10.0, 20.0)), line("Treat", pos2(10.0, 50.0))]), None));
    assert!(file.contains("+NotoSans/"), "{file}");
    assert_eq!(file.matches("/FontFile2").count(), 1, "one font for both lines");
    for (letter, code) in [("T", "0054"), ("r", "0072"), ("e", "0065"), ("y", "0079")] {
        assert!(file.contains(&format!("<{code}>")), "{letter}: {file}");
    }
}

#[test]
fn pictures_are_embedded() {
    let jpeg = include_bytes!("../../../../tests/fixtures/images/quadrants.jpg");
    let png = include_bytes!("../../../../tests/fixtures/images/quadrants.png");
    let picture = |bytes: &[u8], left: f32| {
        let data = Arc::new(ImageData::decode(bytes.to_vec()).unwrap());
        Node::Image(Image { rect: rect(left, 5.0, left + 40.0, 25.0), data, alternative: String::new() })
    };
    let file = file(&scene(vec![picture(jpeg, 10.0), picture(png, 60.0)]), None);
    assert!(file.windows(jpeg.len()).any(|part| part == jpeg), "a JPEG is embedded as it is");
    let words = words(&file);
    assert!(words.contains("/DCTDecode") && words.contains("/Width 16") && words.contains("/Width 8"), "{words}");
    assert_eq!(words.matches("/SMask").count(), 1, "the PNG has an opacity");
    assert!(words.contains("30 0 0 15 7.5 56.25 cm/x0 Do") && words.contains("30 0 0 15 45 56.25 cm/x1 Do"), "{words}");
}

#[test]
fn links_and_words_for_screen_readers() {
    let link = Link {
        rect: rect(10.0, 20.0, 50.0, 40.0),
        url: "https://example.org/a?x=1&y=2".to_owned(),
        title: "A work".to_owned(),
    };
    let group = Group { link: Some(link), nodes: vec![line("A work", pos2(10.0, 20.0))], ..Group::default() };
    let page = scene(vec![Node::Group(group)]);
    let file = words(&file(&page, Some("A chart of works")));
    // Three quarters of the size, with y up: the page is 150 x 75.
    for part in [
        "/MediaBox[0 0 150 75]",
        "/URI(https://example.org/a?x=1&y=2)",
        "/Rect[7.5 45 37.5 60]",
        "/S/Figure",
        "/Alt(A chart of works)",
        "/S/Link",
        "%PDF-1.5",
    ] {
        assert!(file.contains(part), "{part}: {file}");
    }
    assert!(words(&self::file(&page, None)).contains("/S/P"));
}

/// Returns a group of one line in a structure element.
fn content(words: &str, path: &[Element], links: Vec<(std::ops::Range<usize>, usize)>) -> Node {
    let content = Content { path: path.into(), links, outline: None };
    let nodes = vec![line(words, pos2(10.0, 20.0))];
    Node::Group(Group { structure: Some(Structure::Content(content)), nodes, ..Group::default() })
}

#[test]
fn structure_elements_hold_their_content_in_order() {
    let list = ElementKind::List(ListMarks::Numbers).numbered(0);
    let item =
        |number: usize, kind: ElementKind| vec![list.clone(), ElementKind::Item.numbered(number), kind.numbered(0)];
    let heading = [ElementKind::Heading(1, "Notes".into()).numbered(0)];
    let number = Node::Group(Group {
        structure: Some(Structure::Artifact),
        nodes: vec![line("page 2 of 2", pos2(100.0, 5.0))],
        ..Group::default()
    });
    let page = scene(vec![
        number,
        content("Notes", &heading, Vec::new()),
        content("1", &item(1, ElementKind::Label), Vec::new()),
        content("First", &item(1, ElementKind::Body), Vec::new()),
        content("2", &item(2, ElementKind::Label), Vec::new()),
        content("Second", &item(2, ElementKind::Body), Vec::new()),
    ]);
    let file = words(&file(&page, None));
    assert_eq!(file.matches("/S/LI").count(), 2, "{file}");
    assert_eq!(file.matches("/S/Lbl").count(), 2);
    for (part, count) in [("/S/H1", 1), ("/S/L/", 1), ("/T(Notes)", 1), ("/ListNumbering/Decimal", 1), ("/S/P", 0)] {
        assert_eq!(file.matches(part).count(), count, "{part}: {file}");
    }
    // The background and the number of the page are no content.
    assert!(file.contains("/Artifact"), "{file}");
    assert!(file.contains("/Outlines"), "{file}");
}

#[test]
fn a_link_holds_its_words_and_its_address() {
    let path = [ElementKind::Paragraph.numbered(0)];
    let link =
        Link { rect: rect(30.0, 20.0, 60.0, 40.0), url: "https://example.org/".to_owned(), title: "here".to_owned() };
    let inside: Vec<Element> = path.iter().cloned().chain([ElementKind::Link.numbered(0)]).collect();
    let address = Content { path: inside.into(), ..Content::default() };
    let mut engine = TextEngine::new(FontSet::carried());
    let colored = |text, color| crate::scene::text::Span { text, color: Some(color), ..Default::default() };
    let spans = [colored("See ", Color32::BLACK), colored("here", RED), colored(" now", Color32::BLACK)];
    let layout = Arc::new(engine.paragraph(&spans, 12.0, 400.0, 9, None));
    let text = Node::Text(TextNode { layout, at: pos2(10.0, 20.0), color: Color32::BLACK, anchor: Align::Min });
    let said = Content { path: path.as_slice().into(), links: vec![(4..8, 0)], outline: None };
    let page = scene(vec![
        Node::Group(Group { structure: Some(Structure::Content(said)), nodes: vec![text], ..Group::default() }),
        Node::Group(Group { structure: Some(Structure::Content(address)), link: Some(link), ..Group::default() }),
    ]);
    let file = words(&file(&page, None));
    assert_eq!((file.matches("/S/Link").count(), file.matches("/S/P/P").count()), (1, 1), "{file}");
    // The words before the link, the link, and the words after it.
    assert_eq!(file.matches("/MCID").count(), 3, "{file}");
    assert!(file.contains("/URI(https://example.org/)") && file.contains("/OBJR"), "{file}");
}

#[test]
fn the_same_pages_give_the_same_bytes() {
    let page = scene(vec![
        line("Treaty", pos2(10.0, 20.0)),
        path(Geometry::rect(rect(0.0, 0.0, 9.0, 9.0)), Some(Paint::Solid(RED)), None),
    ]);
    let write = || {
        let pages = [Page { scene: &page, alternative: Some("words") }, Page { scene: &page, alternative: None }];
        pdf(&pages, &Metadata::default(), &FontSet::carried(), 0.75, &Progress::default()).unwrap()
    };
    assert!(write() == write());
}

#[test]
fn impossible_requests_are_named() {
    let (page, fonts, about) = (scene(Vec::new()), FontSet::carried(), Metadata::default());
    let pages = [Page { scene: &page, alternative: None }];
    for scale in [0.0, -1.0, f32::NAN, f32::INFINITY] {
        let error = pdf(&pages, &about, &fonts, scale, &Progress::default()).unwrap_err();
        assert!(matches!(error, ExportError::BadScale { .. }), "{scale}: {error}");
    }
    let progress = Progress::default();
    progress.cancel();
    assert!(matches!(pdf(&pages, &about, &fonts, 0.75, &progress), Err(ExportError::Cancelled)));
}
