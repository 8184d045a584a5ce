//! Tests the elements of each kind of node.

use std::sync::Arc;

use base64::Engine as _;
use egui::{Pos2, Rangef};
use resvg::usvg::roxmltree;

use crate::scene::{
    Clip, Geometry, Gradient, Group, Hatching, Image, ImageData, Link, Paint, Path, Radii, Stroke, TextNode, text,
};

use super::*;

fn check(nodes: Vec<Node>, expect: &str) {
    assert_eq!(content(nodes), expect);
}

fn filled(geometry: Geometry, fill: impl Into<Option<Paint>>) -> Node {
    Node::Path(Path { geometry, fill: fill.into(), stroke: None })
}

fn stroked(geometry: Geometry, stroke: Stroke) -> Node {
    Node::Path(Path { geometry, fill: None, stroke: Some(stroke) })
}

fn red(geometry: Geometry) -> Node {
    filled(geometry, Paint::Solid(RED))
}

fn circle(x: f32, y: f32, radius: f32) -> Geometry {
    Geometry::Circle { center: pos2(x, y), radius }
}

fn points(points: &[(f32, f32)]) -> Vec<Pos2> {
    points.iter().map(|(x, y)| pos2(*x, *y)).collect()
}

#[test]
fn the_root_names_title_size_and_background() {
    let fonts = FontSet::carried();
    let options = SvgOptions {
        title: "A & B",
        description: "<one>\ntwo",
        language: "ko",
        fonts: &fonts,
        text: TextAs::Text,
        points_per_mm: None,
        names: &HashMap::new(),
    };
    let page = Scene { size: vec2(40.0, 30.5), background: Color32::WHITE, nodes: Vec::new() };
    assert_eq!(
        svg(&page, &options).text,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40\" height=\"30.5\" viewBox=\"0 0 40 30.5\" \
         role=\"graphics-document\" fill=\"none\" stroke-miterlimit=\"1.42\" xml:lang=\"ko\">\n\
         <title>A &amp; B</title>\n<desc>&lt;one&gt; two</desc>\n<path d=\"M0 0H40V30.5H0Z\" fill=\"#fff\"/>\n</svg>\n"
    );
    let on_paper = svg(&page, &SvgOptions { points_per_mm: Some(2.0), ..options }).text;
    assert!(on_paper.contains(" width=\"20mm\" height=\"15.25mm\" viewBox=\"0 0 40 30.5\""), "{on_paper}");
}

#[test]
fn what_is_not_seen_is_left_out() {
    check(Vec::new(), "");
    check(vec![filled(circle(10.0, 10.0, 5.0), None)], "");
    check(vec![filled(circle(10.0, 10.0, 5.0), Paint::Solid(Color32::TRANSPARENT))], "");
    check(vec![red(circle(500.0, 10.0, 5.0))], "");
    check(vec![red(Geometry::rect(rect(9.0, 9.0, 1.0, 10.0)))], "");
    let group =
        Group { title: "out of sight".to_owned(), nodes: vec![red(circle(-9.0, 10.0, 5.0))], ..Group::default() };
    check(vec![Node::Group(group)], "");
    let clip = Clip { rect: rect(500.0, 0.0, 600.0, 10.0), nodes: vec![red(circle(10.0, 10.0, 5.0))] };
    check(vec![Node::Clip(clip)], "");
}

#[test]
fn impossible_coordinates_are_counted() {
    let impossible = [
        red(circle(f32::NAN, 10.0, 5.0)),
        red(Geometry::rect(rect(f32::NAN, 0.0, 1.0, 1.0))),
        red(Geometry::Polygon(points(&[(0.0, 0.0), (10.0, f32::INFINITY), (20.0, 0.0)]))),
        stroked(Geometry::Polyline(points(&[(0.0, 0.0), (10.0, f32::NAN), (20.0, 0.0)])), Stroke::new(1.0, RED)),
        red(Geometry::Band(vec![(0.0, Rangef::new(1.0, 2.0)), (10.0, Rangef::new(f32::NAN, 2.0))])),
    ];
    for node in impossible {
        let written = write(&scene(vec![node.clone()]), TextAs::Text);
        assert_eq!(written.skipped, 1, "{node:?}");
        assert!(!written.text.contains("NaN") && !written.text.contains("<circle"), "{}", written.text);
    }
    let endless = write(&scene(vec![red(Geometry::rect(Rect::EVERYTHING))]), TextAs::Text);
    assert!(endless.skipped == 0 && endless.text.contains("width=\"8592\""), "{}", endless.text);
}

#[test]
fn circles_lines_and_polygons() {
    check(vec![red(circle(10.0, 20.0, 4.5))], "<circle cx=\"10\" cy=\"20\" r=\"4.5\" fill=\"#f00\"/>");
    check(
        vec![stroked(circle(10.0, 20.0, 4.0), Stroke::new(2.0, RED))],
        "<circle cx=\"10\" cy=\"20\" r=\"4\" stroke=\"#f00\" stroke-width=\"2\"/>",
    );
    let line = |ends: &[(f32, f32)]| Geometry::Polyline(points(ends));
    check(
        vec![stroked(line(&[(10.0, 20.5), (50.0, 20.5)]), Stroke::new(1.0, RED))],
        "<path d=\"M10 20.5H50\" stroke=\"#f00\"/>",
    );
    check(
        vec![stroked(line(&[(10.0, 10.0), (30.0, 12.0), (30.0, 30.0)]), Stroke::dashed(1.5, RED, 4.0, 3.0))],
        "<path d=\"M10 10L30 12V30\" stroke=\"#f00\" stroke-width=\"1.5\" stroke-dasharray=\"4 3\"/>",
    );
    let triangle = Geometry::Polygon(points(&[(10.0, 10.0), (30.0, 12.0), (28.0, 30.0)]));
    let both = Path { geometry: triangle, fill: Some(Paint::Solid(BLUE)), stroke: Some(Stroke::new(1.0, RED)) };
    check(vec![Node::Path(both)], "<path d=\"M10 10L30 12 28 30Z\" fill=\"#00f\" stroke=\"#f00\"/>");
    let band = vec![(0.0, Rangef::new(10.0, 20.0)), (10.0, Rangef::new(12.0, 18.0))];
    check(vec![red(Geometry::Band(band))], "<path d=\"M0 10L10 12V18L0 20Z\" fill=\"#f00\"/>");
}

#[test]
fn rectangles() {
    let place = rect(10.0, 20.0, 50.0, 40.0);
    let round = |radii| red(Geometry::Rect { rect: place, radii });
    let element = "<rect x=\"10\" y=\"20\" width=\"40\" height=\"20\"";
    check(vec![round(Radii::ZERO)], &format!("{element} fill=\"#f00\"/>"));
    check(vec![round(Radii::same(4.0))], &format!("{element} rx=\"4\" fill=\"#f00\"/>"));
    check(vec![round(Radii::same(40.0))], &format!("{element} rx=\"10\" fill=\"#f00\"/>"));
    check(
        vec![round(Radii { nw: 2.0, ne: 0.0, se: 4.0, sw: 0.0 })],
        "<path d=\"M12 20H50V36A4 4 0 0 1 46 40H10V22A2 2 0 0 1 12 20Z\" fill=\"#f00\"/>",
    );
    check(
        vec![stroked(Geometry::rect(rect(10.0, 20.0, 10.0, 40.0)), Stroke::new(1.0, RED))],
        "<path d=\"M10 20H10V40H10Z\" stroke=\"#f00\"/>",
    );
    check(
        vec![red(Geometry::Rects(vec![rect(0.0, 0.0, 1.0, 2.0), rect(3.0, 0.0, 4.0, 5.0)]))],
        "<path d=\"M0 0H1V2H0ZM3 0H4V5H3Z\" shape-rendering=\"crispEdges\" fill=\"#f00\"/>",
    );
}

#[test]
fn gradients_of_one_look_are_defined_once() {
    let fading =
        |place| filled(Geometry::rect(place), Paint::Gradient(Gradient::across(place, RED, Color32::TRANSPARENT)));
    check(
        vec![fading(rect(0.0, 0.0, 10.0, 5.0)), fading(rect(20.0, 9.0, 90.0, 14.0))],
        "<defs>\n<linearGradient id=\"d0\"><stop stop-color=\"#f00\"/><stop offset=\"1\" stop-color=\"#f00\" \
         stop-opacity=\"0\"/></linearGradient>\n</defs>\n\
         <rect x=\"0\" y=\"0\" width=\"10\" height=\"5\" fill=\"url(#d0)\"/>\n\
         <rect x=\"20\" y=\"9\" width=\"70\" height=\"5\" fill=\"url(#d0)\"/>",
    );
    let falling = Gradient { from: pos2(3.0, 1.0), to: pos2(3.0, 9.0), colors: [RED, BLUE] };
    check(
        vec![filled(Geometry::rect(rect(0.0, 0.0, 10.0, 10.0)), Paint::Gradient(falling))],
        "<defs>\n<linearGradient id=\"d0\" gradientUnits=\"userSpaceOnUse\" x1=\"3\" y1=\"1\" x2=\"3\" y2=\"9\">\
         <stop stop-color=\"#f00\"/><stop offset=\"1\" stop-color=\"#00f\"/></linearGradient>\n</defs>\n\
         <rect x=\"0\" y=\"0\" width=\"10\" height=\"10\" fill=\"url(#d0)\"/>",
    );
}

#[test]
fn hatching_is_lines_inside_of_its_shape() {
    let hatching = Paint::Hatching(Hatching { color: RED, spacing: 5.0, width: 0.5 });
    check(
        vec![filled(Geometry::rect(rect(10.0, 10.0, 20.0, 15.0)), hatching)],
        "<path d=\"M10 15L15 10M15 15L20 10\" stroke=\"#f00\" stroke-width=\"0.5\"/>",
    );
    let round = content(vec![filled(circle(50.0, 50.0, 10.0), hatching)]);
    assert!(round.contains("<clipPath id=\"d0\"><path d=\"M50 40H50A10 10 0 0 1 60 50V50"), "{round}");
    assert!(round.contains("<path clip-path=\"url(#d0)\" d=\"M4"), "{round}");
}

#[test]
fn clips_are_shared_and_only_where_they_take_something_away() {
    let inside = |place| Node::Clip(Clip { rect: place, nodes: vec![red(circle(10.0, 10.0, 5.0))] });
    let small = rect(0.0, 0.0, 12.0, 12.0);
    let circle = "<circle cx=\"10\" cy=\"10\" r=\"5\" fill=\"#f00\"/>";
    check(
        vec![inside(small), inside(Rect::EVERYTHING), inside(small)],
        &format!(
            "<defs>\n<clipPath id=\"d0\"><path d=\"M0 0H12V12H0Z\"/></clipPath>\n</defs>\n\
             <g clip-path=\"url(#d0)\">\n{circle}\n</g>\n{circle}\n<g clip-path=\"url(#d0)\">\n{circle}\n</g>"
        ),
    );
}

/// Returns the handle of an event of a small document.
fn event() -> Item {
    let document =
        "(lanes: [(id: \"a\", title: \"A\")], events: [(id: \"x\", lane: \"a\", title: \"X\", date: \"1965\")])";
    let timeline = crate::open(document.as_bytes()).timeline.unwrap();
    Item::Event(timeline.events.indices().next().unwrap())
}

#[test]
fn groups_name_their_item_once_and_say_what_it_is() {
    let item = Some(event());
    let names: HashMap<Item, String> = item.into_iter().map(|item| (item, "event-x".to_owned())).collect();
    let part = |title: &str, description: &str| {
        Node::Group(Group {
            item,
            title: title.to_owned(),
            description: description.to_owned(),
            link: None,
            structure: None,
            nodes: vec![red(circle(10.0, 10.0, 5.0))],
        })
    };
    let nodes = vec![part("X <1>", "1965"), part("X", "")];
    let text = write_with(&scene(nodes), &FontSet::carried(), TextAs::Text, &names).text;
    let circle = "<circle cx=\"10\" cy=\"10\" r=\"5\" fill=\"#f00\"/>\n";
    let first = format!("<g id=\"event-x\">\n<title>X &lt;1&gt;</title>\n<desc>1965</desc>\n{circle}</g>\n");
    assert!(text.contains(&format!("{first}<g>\n<title>X</title>\n{circle}</g>\n")), "{text}");
    // These nodes have no properties that require a group.
    check(
        vec![Node::Group(Group { nodes: vec![red(super::shapes::circle(10.0, 10.0, 5.0))], ..Group::default() })],
        circle.trim(),
    );
}

#[test]
fn links_can_be_clicked_with_and_without_nodes() {
    let link =
        Link { rect: rect(10.0, 10.0, 90.0, 20.0), url: "https://e.org/?a=1&b=2".to_owned(), title: "E".to_owned() };
    let with = |nodes| Node::Group(Group { link: Some(link.clone()), nodes, ..Group::default() });
    let begin = "<a href=\"https://e.org/?a=1&amp;b=2\">\n<title>E</title>\n";
    check(vec![with(Vec::new())], &format!("{begin}<path d=\"M10 10H90V20H10Z\" pointer-events=\"all\"/>\n</a>"));
    let circle = "<circle cx=\"10\" cy=\"10\" r=\"5\" fill=\"#f00\"/>";
    check(vec![with(vec![red(super::shapes::circle(10.0, 10.0, 5.0))])], &format!("{begin}{circle}\n</a>"));
}

#[test]
fn pictures_are_kept_as_they_were_read() {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, 2, 1);
    encoder.set_color(png::ColorType::Rgb);
    encoder.write_header().unwrap().write_image_data(&[255, 0, 0, 0, 0, 255]).unwrap();
    let data = Arc::new(ImageData::decode(file.clone()).unwrap());
    let picture = |alternative: &str| {
        Node::Image(Image {
            rect: rect(10.0, 20.0, 50.0, 40.0),
            data: Arc::clone(&data),
            alternative: alternative.to_owned(),
        })
    };
    let text = write(&scene(vec![picture("A \"flag\""), picture("")]), TextAs::Text).text;
    let tree = roxmltree::Document::parse(&text).unwrap();
    let [first, second] = { tree.descendants().filter(|node| node.has_tag_name("image")) }.collect::<Vec<_>>()[..]
    else {
        panic!("two pictures: {text}")
    };
    let (_, base64) = first.attribute("href").unwrap().split_once("data:image/png;base64,").unwrap();
    assert_eq!(base64::engine::general_purpose::STANDARD.decode(base64).unwrap(), file);
    let place = ["x", "y", "width", "height", "preserveAspectRatio"].map(|name| first.attribute(name).unwrap());
    assert_eq!(place, ["10", "20", "40", "20", "none"]);
    assert_eq!((first.attribute("role"), first.attribute("aria-label")), (Some("img"), Some("A \"flag\"")));
    let title = first.first_element_child().unwrap();
    assert_eq!((title.tag_name().name(), title.text()), ("title", Some("A \"flag\"")));
    assert!(second.attribute("aria-label").is_none() && second.first_element_child().is_none(), "{text}");
}

#[test]
fn the_same_scene_gives_the_same_bytes() {
    let mut engine = text::TextEngine::new(FontSet::carried());
    let layout = engine.line("Treaty", text::TextStyle { size: 12.0, bold: true }, f32::INFINITY);
    let node = Node::Text(TextNode { layout, at: pos2(10.0, 10.0), color: RED, anchor: egui::Align::Min });
    let page = scene(vec![node, red(circle(10.0, 20.0, 4.5))]);
    for kind in [TextAs::Text, TextAs::Outlines] {
        assert_eq!(write(&page, kind), write(&page, kind));
    }
}
