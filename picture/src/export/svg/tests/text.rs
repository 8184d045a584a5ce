//! Tests the elements of text.

use egui::{Align, pos2};
use resvg::usvg::roxmltree;

use crate::scene::TextNode;
use crate::scene::text::{FontFace, Span, TextEngine, TextLayout, TextStyle};

use super::*;

fn style(bold: bool) -> TextStyle {
    TextStyle { size: 14.0, bold }
}

fn engine() -> TextEngine {
    TextEngine::new(FontSet::carried())
}

fn node(layout: impl Into<std::sync::Arc<TextLayout>>, anchor: Align) -> Node {
    Node::Text(TextNode { layout: layout.into(), at: pos2(20.0, 30.0), color: RED, anchor })
}

fn line(text: &str, bold: bool) -> Node {
    node(engine().line(text, style(bold), f32::INFINITY), Align::Min)
}

fn spans(text: &[(&'static str, bool, Option<Color32>)], width: f32) -> Node {
    let spans: Vec<Span<'_>> =
        text.iter().map(|(text, bold, color)| Span { text, bold: *bold, color: *color, ..Span::default() }).collect();
    node(engine().paragraph(&spans, 14.0, width, usize::MAX, None), Align::Min)
}

/// Returns the content of each text element, without tags.
fn words(content: &str) -> Vec<String> {
    let lines = content.lines().filter(|line| line.starts_with("<text"));
    lines.map(|line| line.split('<').filter_map(|part| part.split_once('>')).map(|(_, text)| text).collect()).collect()
}

/// Returns the value of the first occurrence of an attribute.
fn value(content: &str, name: &str) -> f32 {
    let (_, rest) = content.split_once(&format!(" {name}=\"")).unwrap_or_else(|| panic!("no {name} in {content}"));
    rest.split_once('"').unwrap().0.parse().unwrap()
}

#[test]
fn emphasis_is_slanted() {
    let set = |oblique: bool| {
        let spans = [Span { text: "as ", ..Span::default() }, Span { text: "italics", oblique, ..Span::default() }];
        node(engine().paragraph(&spans, 14.0, 400.0, usize::MAX, None), Align::Min)
    };
    let written = content(vec![set(true)]);
    assert!(written.contains(">as <tspan font-style=\"oblique\">italics</tspan>"), "{written}");
    let outlines = |oblique: bool| write(&scene(vec![set(oblique)]), TextAs::Outlines).text;
    assert!(outlines(true).contains("<path") && outlines(true) != outlines(false), "outlines lean");
}

#[test]
fn a_line_flows_from_one_place() {
    let text = content(vec![line("Treaty of 1965", true)]);
    assert!(text.starts_with("<text x=\"20\" textLength=\""), "{text}");
    assert!(text.ends_with(" font-size=\"14\" font-weight=\"700\" fill=\"#f00\">Treaty of 1965</text>"), "{text}");
    let width = engine().line("Treaty of 1965", style(true), f32::INFINITY).size.x;
    assert!((value(&text, "textLength") - width).abs() < 0.01, "{text}");
    assert!(value(&text, "y") > 40.0 && value(&text, "y") < 48.0, "the baseline: {text}");
    // A single letter has no letter spacing.
    assert!(!content(vec![line("A", false)]).contains("textLength"));
    assert!(!content(vec![line("regular", false)]).contains("font-weight"));
}

#[test]
fn text_grows_away_from_where_it_is_held() {
    let layout = engine().line("1950", style(false), f32::INFINITY);
    let width = layout.size.x;
    let check = |anchor, name: Option<&str>, x: f32| {
        let text = content(vec![node(std::sync::Arc::clone(&layout), anchor)]);
        let held = text.split_once(" text-anchor=\"").map(|(_, rest)| rest.split_once('"').unwrap().0);
        assert!(held == name && (value(&text, "x") - x).abs() < 0.02, "{text}");
    };
    check(Align::Min, None, 20.0);
    check(Align::Center, Some("middle"), 20.0 + width / 2.0);
    check(Align::Max, Some("end"), 20.0 + width);
}

#[test]
fn other_looks_are_told_apart_within_their_line() {
    let text =
        content(vec![spans(&[("Trade ", false, None), ("1965", true, Some(BLUE)), (" grew", false, None)], 500.0)]);
    let inner = "Trade <tspan font-weight=\"700\" fill=\"#00f\">1965</tspan> grew</text>";
    assert!(text.ends_with(inner) && !text.contains("textLength"), "{text}");
    let bold_first = content(vec![spans(&[("Trade", true, None), (" grew", false, None)], 500.0)]);
    assert!(bold_first.ends_with(">Trade<tspan font-weight=\"400\"> grew</tspan></text>"), "{bold_first}");
}

#[test]
fn each_line_of_a_paragraph_is_an_element() {
    let text = content(vec![spans(&[("red red\nred ", false, None), ("blue blue", false, Some(BLUE))], 62.0)]);
    assert_eq!(words(&text), ["red red", "red blue", "blue"], "{text}");
    assert!(text.lines().nth(1).unwrap().contains("red <tspan fill=\"#00f\">blue</tspan>"), "{text}");
    let y: Vec<f32> = text.lines().map(|line| value(line, "y")).collect();
    assert!(y[0] < y[1] && y[1] < y[2], "{text}");
}

#[test]
fn characters_are_escaped_and_white_space_is_kept_within() {
    let check = |given: &str, expect: &[&str]| {
        let text = content(vec![line(given, false)]);
        assert_eq!(words(&text), expect, "{text}");
        assert_eq!(text.contains(" xml:space=\"preserve\""), expect.concat().contains("  "), "{text}");
        text
    };
    check("a<b & \"c\"", &["a&lt;b &amp; &quot;c&quot;"]);
    check("a  b", &["a  b"]);
    check("   ", &[]);
    check("xe\u{301}q\u{323}\u{307}y", &["xe\u{301}q\u{323}\u{307}y"]);
    let indented = check("   d", &["d"]);
    assert!(value(&indented, "x") > 25.0, "{indented}");
}

#[test]
fn words_from_right_to_left_are_written_as_they_are_read() {
    let check = |given: &str, expect: &str| {
        let text = content(vec![line(given, false)]);
        assert!(text.ends_with(&format!(">{expect}</text>")), "{text}");
        assert_eq!(text.matches(" x=\"").count(), 1, "{text}");
        assert!((value(&text, "x") - 20.0).abs() < 0.01, "the left end: {text}");
    };
    check("הכרזת העצמאות!", "\u{202b}הכרזת העצמאות!\u{202c}");
    check("The word שלום here", "The word שלום here");
}

#[test]
fn words_of_several_looks_and_directions_are_put_in_their_places() {
    let text = content(vec![spans(&[("one שלום ", false, None), ("עולם two", true, None)], 500.0)]);
    let tree = roxmltree::Document::parse(&text).unwrap();
    let pieces: Vec<(String, f32)> = tree
        .descendants()
        .filter(|node| node.has_tag_name("tspan"))
        .map(|node| (node.text().unwrap().to_owned(), node.attribute("x").unwrap().parse().unwrap()))
        .collect();
    let x =
        |words: &str| pieces.iter().find(|(text, _)| text.trim() == words).unwrap_or_else(|| panic!("{pieces:?}")).1;
    assert!(x("one") < x("עולם") && x("עולם") < x("שלום") && x("שלום") < x("two"), "{pieces:?}");
    let read: String = tree.descendants().filter(roxmltree::Node::is_text).filter_map(|part| part.text()).collect();
    assert_eq!(read, "one שלום עולם two");
}

#[test]
fn the_fonts_are_in_the_file_with_the_characters_that_they_set() {
    let page = scene(vec![line("Regular", false), line("Bold", true)]);
    let text = write(&page, TextAs::Text).text;
    assert_eq!(text.matches("@font-face{font-family:'Noto Sans';font-weight:").count(), 2, "{text}");
    assert!(text.contains(" font-family=\"'Noto Sans', 'Open Sans', "), "{text}");
    assert!(text.len() < 20_000, "{} bytes", text.len());
    let only = write(&scene(vec![line("Regular", false)]), TextAs::Text).text;
    assert_eq!(only.matches("@font-face").count(), 1);
}

#[test]
fn outlines_need_no_fonts_and_keep_the_words() {
    let page =
        scene(vec![line("Fire & water", true), spans(&[("Trade ", false, None), ("1965", true, Some(BLUE))], 500.0)]);
    let text = write(&page, TextAs::Outlines).text;
    assert!(!text.contains("<text") && !text.contains("font"), "{text}");
    let tree = roxmltree::Document::parse(&text).unwrap();
    let labels: Vec<_> = tree.descendants().filter_map(|node| node.attribute("aria-label")).collect();
    assert_eq!(labels, ["Fire & water", "Trade 1965"]);
    let colours: Vec<_> =
        tree.descendants().filter(|node| node.has_tag_name("path")).map(|node| node.attribute("fill")).collect();
    assert_eq!(colours, [Some("#f00"), Some("#f00"), Some("#00f")]);
    assert!(!write(&scene(vec![line("   ", false)]), TextAs::Outlines).text.contains("<path"));
}

#[test]
fn outlines_of_variable_fonts_are_those_of_their_weight() {
    let file: &'static [u8] = include_bytes!("../../../../../tests/fixtures/fonts/weights.ttf");
    let data = parley::fontique::Blob::new(std::sync::Arc::new(file));
    let mut fonts = FontSet::default();
    fonts.push(vec![FontFace::of_system(data, 0, "Weights".to_owned(), 400).unwrap()]);
    let outline = |bold| {
        let layout = TextEngine::new(fonts.clone()).line("l", TextStyle { size: 100.0, bold }, f32::INFINITY);
        write_with(&scene(vec![node(layout, Align::Min)]), &fonts, TextAs::Outlines, &HashMap::new()).text
    };
    // A bar a tenth of the font size wide, whose width increases with the weight.
    let right = |text: &str| -> f32 {
        let (_, data) = text.split_once("<path d=\"M").unwrap();
        let numbers = data.split('"').next().unwrap().split(|c: char| !c.is_ascii_digit() && c != '.');
        numbers.filter_map(|number| number.parse::<f32>().ok()).step_by(2).fold(0.0, f32::max)
    };
    let (regular, bold) = (right(&outline(false)), right(&outline(true)));
    assert!((regular - 30.0).abs() < 0.1 && bold > 33.0, "{regular} {bold}");
}

/// Returns words as written with a bundled font of some Latin letters and a system font with all others.
fn with_stand_in(words: &str) -> String {
    let (_, carried) = { FontSet::carried() }.faces().map(|(index, face)| (index, face.clone())).next().unwrap();
    let latin = super::super::super::fonts::subset(carried.data.as_ref(), 0, &"Latin 1948!".chars().collect()).unwrap();
    let face = |bytes: Vec<u8>, family: &str| {
        let data = parley::fontique::Blob::new(std::sync::Arc::new(bytes));
        FontFace::of_system(data, 0, family.to_owned(), 400).unwrap()
    };
    let mut fonts = FontSet::default();
    fonts.push(vec![FontFace { is_carried: true, ..face(latin, "Latin") }]);
    fonts.push(vec![face(carried.data.as_ref().to_vec(), "Whole")]);
    let layout = TextEngine::new(fonts.clone()).line(words, style(false), f32::INFINITY);
    write_with(&scene(vec![node(layout, Align::Min)]), &fonts, TextAs::Text, &HashMap::new()).text
}

#[test]
fn fonts_of_the_system_are_named_where_words_depend_on_them() {
    // Simple text from left to right is left to the list of families.
    let simple = with_stand_in("Latin жизнь 1948");
    assert!(
        simple.contains(">Latin жизнь 1948</text>") && !simple.contains("'Whole', 'Latin', sans-serif"),
        "{simple}"
    );
    assert!(simple.contains(" font-family=\"'Latin', 'Whole', 'Open Sans'"), "{simple}");
    // Marks are shaped with their letters.
    let marked = with_stand_in("ж\u{301}изнь");
    assert!(marked.contains(" font-family=\"'Whole', 'Latin', sans-serif\""), "{marked}");
    // A system font is not embedded.
    assert!(marked.matches("@font-face").count() <= 1, "{marked}");
    // In bidirectional text, each part in another font is positioned.
    let placed = with_stand_in("שלום жизнь Latin");
    assert!(
        placed.contains("<tspan x=\"") && placed.contains(" font-family=\"'Whole', 'Latin', sans-serif\">жизнь"),
        "{placed}"
    );
    assert_eq!(placed.matches("'Open Sans'").count(), 1, "the list is named once: {placed}");
}
