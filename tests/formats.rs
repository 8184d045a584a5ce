//! One picture in three formats: the same marks at the same places, the same texts, the same bytes every time.
//!
//! Those that ask other programs are ignored in a plain `cargo test`. They need poppler-utils and librsvg2-bin:
//! `cargo test --test formats -- --ignored`.

#![expect(clippy::expect_used, reason = "a test fails by panicking")]
#![expect(clippy::panic, reason = "a test fails by panicking")]

use std::collections::HashMap;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use longview::Example;
use longview::export::{self, Format, NotesContent, PageSetup, PageSize, Picture, SvgOptions, TextAs};
use longview::layout::{Arrangement, View};
use longview::progress::Progress;
use longview::query::Projection;
use longview::scene::text::{FontSet, TextEngine, TextStyle};
use longview::scene::{Builder, Group, Image, ImageData, Link, Node, Scene};
use longview::timeline::Timeline;
use resvg::usvg::roxmltree;

/// Mean absolute difference of two pictures, of 255, that other ways of smoothing edges may make. Measured on the four
/// examples: 0.43 to 0.68 for poppler, 0.60 to 0.65 for librsvg.
const TOLERANCE: f64 = 1.2;
/// The same for the worst square of 40 x 40 pixels, where a text in another font or a mark in another place would show.
/// Measured: at most 5.5 for poppler and 4.8 for librsvg; 17 and more where the font is missing.
const TOLERANCE_OF_A_PART: f64 = 9.0;

/// A document with all that a file can hold: markup in texts, ids that no file may hold, sources with addresses.
const DOCUMENT: &str = r#"(
    title: "Titles <of> \"all\" kinds & none",
    author: "C. Compiler",
    date: "2026-11-24",
    sources: [
        (id: "a", title: "A work", author: "A. Writer", publisher: "First House", url: "https://example.org/a?x=1&y=2"),
        (id: "b", title: "B work", author: "B. Writer", date: "1999", url: "https://example.org/b"),
    ],
    lanes: [(id: "one", title: "One"), (id: "two", title: "Two")],
    events: [
        (id: "a b", lane: "one", title: "Fire & water", date: "1950"),
        (id: "a-b", lane: "two", title: "Naïve café, “quoted”", date: "1960/1970"),
        (id: "плюс", lane: "two", title: "Первый спутник", date: "1980-10-04"),
    ],
)"#;

fn timeline(text: &str) -> Timeline {
    longview::open(text.as_bytes()).timeline.expect("a good document")
}

fn picture(text: &str) -> Picture {
    let timeline = timeline(text);
    let view = View::home(&timeline);
    let size = egui::vec2(1280.0, 800.0);
    Picture {
        projection: Projection::all(&timeline),
        pictures: longview::export::DocumentPictures::default(),
        timeline: Arc::new(timeline),
        view,
        setup: PageSetup::new(PageSize::Custom(size)),
        selected: None,
        scroll: 0.0,
        arrangement: Arrangement::default(),
    }
}

fn export(text: &str, format: Format) -> Vec<u8> {
    picture(text).export(format, &Progress::default()).expect("a file").bytes
}

fn svg(text: &str) -> String {
    String::from_utf8(export(text, Format::Svg)).expect("UTF-8")
}

/// All titles that the chart shows.
fn titles(timeline: &Timeline) -> Vec<String> {
    let events = timeline.events.iter().map(|event| event.title[..].to_owned());
    let lanes = timeline.lanes.iter().map(|lane| lane.title.clone());
    events.chain(lanes).chain([timeline.title.clone()]).chain(timeline.source_line()).collect()
}

#[test]
fn two_runs_give_the_same_bytes() {
    for format in [Format::Png, Format::Svg, Format::Pdf] {
        assert!(export(DOCUMENT, format) == export(DOCUMENT, format), "{format:?}");
    }
}

#[test]
fn the_svg_holds_every_title_as_one_text() {
    for text in [Example::Report.text(), DOCUMENT] {
        let svg = svg(text);
        let tree = roxmltree::Document::parse(&svg).expect("XML");
        let texts = |node: roxmltree::Node<'_, '_>| -> String {
            node.descendants().filter(roxmltree::Node::is_text).filter_map(|part| part.text()).collect()
        };
        let lines: Vec<String> = tree.descendants().filter(|node| node.has_tag_name("text")).map(texts).collect();
        for title in titles(&timeline(text)) {
            assert!(lines.contains(&title), "{title} is not in {lines:?}");
        }
        assert!(!svg.contains("<tspan"), "every line flows from one place");
        let root = tree.root_element();
        assert_eq!(root.attribute((roxmltree::NS_XML_URI, "lang")), Some("en"));
        let title = root.children().find(roxmltree::Node::is_element).expect("an element");
        assert_eq!((title.tag_name().name(), title.text()), ("title", Some(timeline(text).title.as_str())));
    }
}

#[test]
fn a_designer_finds_each_event_by_its_id() {
    let svg = svg(DOCUMENT);
    let tree = roxmltree::Document::parse(&svg).expect("XML");
    for (id, title) in
        [("event-a-b", "Fire & water"), ("event-a-b-2", "Naïve café, “quoted”"), ("event-плюс", "Первый спутник")]
    {
        let mut groups = tree.descendants().filter(|node| node.attribute("id") == Some(id));
        let group = groups.next().unwrap_or_else(|| panic!("no {id}"));
        assert!(groups.next().is_none(), "{id} is there twice");
        let inside = |name: &str| group.descendants().find(|node| node.has_tag_name(name)).and_then(|node| node.text());
        assert_eq!((inside("title"), inside("text")), (Some(title), Some(title)));
        let marks = group.children().filter(|node| ["path", "circle", "rect"].contains(&node.tag_name().name()));
        assert!(marks.count() > 0, "{id} has its marks");
    }
}

/// The text of an SVG with these words: where it is held, at which x, and all that it says of itself.
fn held(svg: &str, words: &str) -> (String, f32, bool) {
    let tree = roxmltree::Document::parse(svg).expect("XML");
    let node = tree.descendants().find(|node| node.has_tag_name("text") && node.text() == Some(words));
    let node = node.unwrap_or_else(|| panic!("no {words} in {svg}"));
    let x = node.attribute("x").and_then(|x| x.parse().ok()).expect("a place");
    (node.attribute("text-anchor").unwrap_or("start").to_owned(), x, node.attribute("textLength").is_some())
}

#[test]
fn text_that_stands_left_of_something_is_held_at_its_end() {
    let document = r#"(title: "T", view: (from: "1900", to: "2000"), lanes: [(id: "a", title: "Lane")], events: [
        (id: "first", lane: "a", title: "Right of its mark", date: "1900-01-01"),
        (id: "last", lane: "a", title: "Left of its mark", date: "2000-12-31"),
        (id: "after", lane: "a", title: "Out of sight", date: "2010"),
        (id: "rtl", lane: "a", title: "הכרזת העצמאות!", date: "2000-12-30"),
    ], series: [(id: "s", title: "Series", unit: "t", points: [(date: "1910", value: 10), (date: "1990", value: 20)])])"#;
    let svg = svg(document);
    let tree = roxmltree::Document::parse(&svg).expect("XML");
    let mark = |id: &str| -> f32 {
        let group = tree.descendants().find(|node| node.attribute("id") == Some(id)).expect("a group");
        let circle = group.descendants().find(|node| node.has_tag_name("circle")).expect("a marker");
        circle.attribute("cx").and_then(|x| x.parse().ok()).expect("a place")
    };
    let (anchor, x, has_length) = held(&svg, "Right of its mark");
    assert!(anchor == "start" && x > mark("event-first") && has_length, "{anchor} {x}");
    for (id, words) in [("event-last", "Left of its mark"), ("event-last", "31 Dec 2000"), ("event-rtl", "30 Dec 2000")]
    {
        let (anchor, x, has_length) = held(&svg, words);
        assert!(anchor == "end" && has_length, "{words} is held at its {anchor}");
        let gap = mark(id) - x;
        assert!((6.0..20.0).contains(&gap), "{words} ends {gap} before its mark");
    }
    let (anchor, x, _) = held(&svg, "\u{202b}הכרזת העצמאות!\u{202c}");
    assert!(anchor == "end" && x < mark("event-rtl"), "{anchor} {x}");
    // Labels of ticks stand under them, those of values before their axis, and what comes later ends with the chart.
    assert_eq!(held(&svg, "1950").0, "middle");
    let (anchor, x, _) = held(&svg, "1 later →");
    assert!(anchor == "end" && (x - 1260.0).abs() < 2.0, "{anchor} {x}");
    assert_eq!(held(&svg, "Lane").0, "start");
    assert_eq!(held(&svg, "20").0, "end", "a value of the axis");
}

fn outlines(text: &str) -> Picture {
    let mut picture = picture(text);
    picture.setup.text = TextAs::Outlines;
    picture
}

#[test]
fn outlines_need_no_fonts_and_keep_the_words() {
    let bytes = outlines(DOCUMENT).export(Format::Svg, &Progress::default()).expect("a file").bytes;
    let svg = String::from_utf8(bytes).expect("UTF-8");
    assert!(!svg.contains("<text") && !svg.contains("@font-face") && !svg.contains("font-size"), "{svg}");
    let tree = roxmltree::Document::parse(&svg).expect("XML");
    for title in titles(&timeline(DOCUMENT)) {
        let mut labelled = tree.descendants().filter(|node| node.attribute("aria-label") == Some(title.as_str()));
        let group = labelled.next().unwrap_or_else(|| panic!("no {title} in {svg}"));
        assert!(group.descendants().any(|node| node.has_tag_name("path")), "{title} has no outlines");
    }
    let group = tree.descendants().find(|node| node.attribute("id") == Some("event-a-b")).expect("groups stay");
    assert!(group.descendants().any(|node| node.attribute("aria-label") == Some("Fire & water")));
    // Pixels and pages are the same either way.
    for format in [Format::Png, Format::Pdf] {
        assert!(
            outlines(DOCUMENT).export(format, &Progress::default()).expect("a file").bytes == export(DOCUMENT, format)
        );
    }
}

#[test]
fn the_svg_carries_the_fonts_and_no_more_of_them_than_it_needs() {
    let svg = svg(Example::Report.text());
    assert_eq!(svg.matches("@font-face").count(), 2, "regular and bold");
    assert!(svg.contains("src:url(data:font/ttf;base64,"));
    assert!(svg.len() < 80_000, "{} bytes", svg.len());
}

#[test]
fn the_pdf_tells_about_itself_and_leads_to_the_sources() {
    let file = export(DOCUMENT, Format::Pdf);
    let text = String::from_utf8_lossy(&file).replace(['\r', '\n'], " ").replace(" (", "(").replace(" /", "/");
    for part in [
        "/Author(C. Compiler)",
        "/CreationDate(D:20261124",
        "/Lang(en)",
        "/URI(https://example.org/a?x=1&y=2)",
        "/URI(https://example.org/b)",
        "/S/Figure",
        "/Alt",
        "/MarkInfo",
        "/FontFile2",
    ] {
        assert!(text.contains(part), "{part} is not there");
    }
    assert!(!text.contains("/Subtype/Image"), "nothing is made of pixels");
}

#[test]
fn every_format_says_what_a_picture_shows() {
    let document = DOCUMENT.replacen('(', "(language: \"de\", description: \"What is in it.\", ", 1);
    for text in [&document, Example::Report.text(), Example::Apollo.text(), Example::Antiquity.text()] {
        let mut picture = picture(text);
        picture.setup.notes = NotesContent::Both;
        let language = picture.timeline.language.as_deref().unwrap_or("en");
        let bytes = |format| picture.export(format, &Progress::default()).expect("a file").bytes;
        let pdf = bytes(Format::Pdf);
        let pdf = String::from_utf8_lossy(&pdf).replace(['\r', '\n'], " ").replace(" (", "(").replace(" /", "/");
        let lang = format!("/Lang({language})");
        // What would not conform to PDF/UA-1 is written as a PDF that does not claim to.
        for part in ["pdfuaid:part>1<", "/DisplayDocTitle true", &lang, "/Outlines", "/S/Figure", "/S/H1", "/S/LI"] {
            assert!(pdf.contains(part), "{part}: {}", picture.timeline.title);
        }
        let svg = String::from_utf8(bytes(Format::Svg)).expect("text");
        let (head, _) = svg.split_once("<style").unwrap_or((&svg, ""));
        let lang = format!("lang=\"{language}\"");
        for part in ["<title>", "<desc>", &lang] {
            assert!(head.contains(part), "{part}: {head}");
        }
        let png = bytes(Format::Png);
        let png = String::from_utf8_lossy(&png);
        assert!(png.contains("Description"), "{}", picture.timeline.title);
    }
}

#[test]
fn characters_without_a_font_are_told() {
    let mut document = DOCUMENT.replace("Fire & water", "\u{10ffff}");
    let missing = picture(&document).export(Format::Svg, &Progress::default()).expect("a file").substitutes;
    assert_eq!((missing.fonts.len(), missing.missing.as_str()), (0, "\u{10ffff}"));
    assert!(missing.warnings().concat().contains("no font here has the character"), "{:?}", missing.warnings());
    // Set by a font of the system where there is one, else missing: told either way.
    document = DOCUMENT.replace("Fire & water", "조약");
    let substitutes = picture(&document).export(Format::Svg, &Progress::default()).expect("a file").substitutes;
    let told: String = substitutes.fonts.iter().map(|font| font.characters.as_str()).collect();
    assert_eq!(format!("{told}{}", substitutes.missing).chars().count(), 2);
    assert!(substitutes.warnings().concat().contains('조'));
}

#[test]
fn text_from_right_to_left_is_written_in_the_order_of_reading() {
    let svg = svg(&DOCUMENT.replace("Fire & water", "הכרזת העצמאות!"));
    assert!(svg.contains(">\u{202b}הכרזת העצמאות!\u{202c}</text>"), "{svg}");
}

#[test]
fn a_character_that_no_font_has_leaves_its_neighbours_theirs() {
    // No font has it: it is no character and never will be.
    let document = DOCUMENT.replace("Fire & water", "Fire \u{10ffff} سلام جدول");
    let exported = picture(&document).export(Format::Svg, &Progress::default()).expect("a file");
    let Some(font) = exported.substitutes.fonts.iter().find(|font| font.characters.contains('س')) else {
        return; // This system has no font for them.
    };
    let svg = String::from_utf8(exported.bytes).expect("UTF-8");
    let tree = roxmltree::Document::parse(&svg).expect("XML");
    let part = |words: &str| {
        let node = tree.descendants().find(|node| node.has_tag_name("tspan") && node.text() == Some(words));
        let node = node.unwrap_or_else(|| panic!("no {words} of its own: {svg}"));
        let x: f32 = node.attribute("x").and_then(|x| x.parse().ok()).expect("a place");
        (node.attribute("font-family").unwrap_or_default(), x)
    };
    let (own, left) = part("Fire \u{10ffff} ");
    // Words of one font stay together: which of them is seen first follows from their direction.
    let (family, right) = part("\u{202b}سلام جدول\u{202c}");
    assert!(own.is_empty() && family.contains(&font.family), "{svg}");
    assert!(left < right, "{svg}");
}

/// Runs a program in a folder, which must find nothing to complain of; its standard output.
fn run(folder: &Path, program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program)
        .current_dir(folder)
        .args(arguments)
        .env("FONTCONFIG_FILE", folder.join("fonts.conf"))
        .output()
        .unwrap_or_else(|error| panic!("{program} cannot be run: {error}"));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && said.is_empty(), "{program} {arguments:?}: {said}");
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// A folder with a document in three formats, and with the carried fonts as the only ones of the system.
fn files(text: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let keep = |name: &str, bytes: &[u8]| std::fs::write(folder.path().join(name), bytes).expect("a writable folder");
    for (name, format) in [("a.png", Format::Png), ("a.svg", Format::Svg), ("a.pdf", Format::Pdf)] {
        keep(name, &export(text, format));
    }
    for (_, face) in FontSet::carried().faces() {
        keep(&format!("{}.ttf", face.weight), face.data.as_ref());
    }
    let here = folder.path().display();
    let fonts = format!("<fontconfig><dir>{here}</dir><cachedir>{here}/cache</cachedir></fontconfig>");
    keep("fonts.conf", fonts.as_bytes());
    folder
}

/// Width in pixels and RGB of a picture.
fn decode(path: &Path) -> (usize, Vec<[u8; 3]>) {
    let file = std::io::BufReader::new(std::fs::File::open(path).expect("a picture"));
    let mut reader = png::Decoder::new(file).read_info().expect("a PNG header");
    let mut bytes = vec![0; reader.output_buffer_size().expect("a size that fits memory")];
    let info = reader.next_frame(&mut bytes).expect("whole pixel data");
    let pixels = bytes[..info.buffer_size()].chunks_exact(info.color_type.samples());
    (info.width as usize, pixels.map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect())
}

/// Mean absolute difference of a channel over all pixels, and over the worst square of 40 x 40.
fn difference(one: &Path, other: &Path) -> (f64, f64) {
    const SIDE: usize = 40;
    let ((width, one), (also, other)) = (decode(one), decode(other));
    assert_eq!((width, one.len()), (also, other.len()), "the pictures have one size");
    let across = width.div_ceil(SIDE);
    let mut squares = vec![(0u64, 0u64); across * (one.len() / width).div_ceil(SIDE)];
    for (index, (a, b)) in one.iter().zip(&other).enumerate() {
        let square = &mut squares[index / width / SIDE * across + index % width / SIDE];
        square.0 += a.iter().zip(b).map(|(a, b)| u64::from(a.abs_diff(*b))).sum::<u64>();
        square.1 += 3;
    }
    let mean = |(sum, count): (u64, u64)| sum as f64 / count as f64;
    let all = squares.iter().fold((0, 0), |all, square| (all.0 + square.0, all.1 + square.1));
    (mean(all), squares.into_iter().map(mean).fold(0.0, f64::max))
}

fn agree(folder: &Path, name: &str) {
    let (all, worst) = difference(&folder.join("a.png"), &folder.join(name));
    assert!(all < TOLERANCE, "{name} differs from the PNG by {all:.2} of 255");
    assert!(worst < TOLERANCE_OF_A_PART, "a part of {name} differs from the PNG by {worst:.2} of 255");
}

#[test]
#[ignore = "needs poppler-utils"]
fn the_pdf_looks_like_the_png_and_holds_the_same_words() {
    for text in [Example::Report.text(), Example::Apollo.text(), DOCUMENT] {
        let folder = files(text);
        run(folder.path(), "pdftoppm", &["-r", "96", "-png", "-singlefile", "a.pdf", "pdf"]);
        agree(folder.path(), "pdf.png");
        let words = run(folder.path(), "pdftotext", &["-raw", "a.pdf", "-"]);
        let svg = svg(text);
        for title in titles(&timeline(text)) {
            // What the chart cuts off or counts is not in the SVG either.
            let escaped = title.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
            assert!(
                words.contains(&title) || !svg.contains(&format!(">{escaped}</text>")),
                "{title} is not in {words}"
            );
        }
        let about = run(folder.path(), "pdfinfo", &["a.pdf"]);
        assert!(about.contains("Tagged:          yes"), "{about}");
        assert!(run(folder.path(), "pdfinfo", &["-struct-text", "a.pdf"]).contains("Figure"));
        let fonts = run(folder.path(), "pdffonts", &["a.pdf"]);
        assert!(fonts.lines().skip(2).all(|font| font.contains("yes yes yes")), "embedded, subset, readable: {fonts}");
    }
}

#[test]
#[ignore = "needs poppler-utils"]
fn the_notes_of_a_pdf_are_read_in_their_order() {
    let folder = tempfile::tempdir().expect("a folder");
    for text in [Example::Report.text(), Example::Apollo.text(), DOCUMENT] {
        let mut picture = picture(text);
        picture.setup.notes = NotesContent::Both;
        // Another room for each page: paragraphs break in other places.
        for size in [egui::vec2(900.0, 640.0), egui::vec2(700.0, 360.0)] {
            picture.setup.page = PageSize::Custom(size);
            let bytes = picture.export(Format::Pdf, &Progress::default()).expect("a file").bytes;
            std::fs::write(folder.path().join("a.pdf"), bytes).expect("a writable folder");
            let squeezed = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
            // The notes begin on the second page.
            let words = squeezed(run(folder.path(), "pdftotext", &["-raw", "-f", "2", "a.pdf", "-"]));
            let mut rest = &words[..];
            for (number, event) in (1..).zip(picture.timeline.events.iter()) {
                let note = format!("{number} {}", event.title);
                let (_, after) =
                    rest.split_once(&note).unwrap_or_else(|| panic!("{note} is not in its place: {words}"));
                rest = after;
            }
            let structure = run(folder.path(), "pdfinfo", &["-struct-text", "a.pdf"]);
            let items = structure.lines().filter(|line| line.trim_start().starts_with("LI (block)")).count();
            let timeline = &picture.timeline;
            // Descriptions have lists too.
            let least = timeline.events.len() + timeline.eras.len() + timeline.series.len() + timeline.sources.len();
            assert!(items >= least, "{items} items of {least}: {structure}");
            assert!(structure.contains("H1 \"Notes\"") && structure.contains("H1 \"Sources\""), "{structure}");
            assert!(!structure.contains("page 2 of"), "the number of a page is no content: {structure}");
        }
    }
}

#[test]
#[ignore = "needs librsvg2-bin"]
fn another_engine_draws_the_svg_like_the_png() {
    for text in [Example::Report.text(), Example::Apollo.text(), DOCUMENT] {
        let folder = files(text);
        run(folder.path(), "rsvg-convert", &["a.svg", "-o", "svg.png"]);
        agree(folder.path(), "svg.png");
    }
}

/// The colours of the pictures: top left, top right, bottom left and bottom right.
const QUARTERS: [[u8; 3]; 4] = [[200, 30, 30], [30, 160, 60], [40, 60, 200], [230, 200, 40]];

/// A page with a picture of each kind in its left half and its right half, text and a link.
fn page_with_pictures() -> Scene {
    let mut engine = TextEngine::new(FontSet::carried());
    let mut builder = Builder::new(egui::vec2(200.0, 100.0), egui::Color32::WHITE, 1.0, &mut engine);
    let layout = builder.text.line("Words", TextStyle { size: 16.0, bold: true }, f32::INFINITY);
    builder.text(layout, egui::pos2(10.0, 70.0), egui::Color32::BLACK, egui::Align::Min);
    let mut scene = builder.finish();
    let files = [&include_bytes!("fixtures/images/quadrants.png")[..], include_bytes!("fixtures/images/quadrants.jpg")];
    for (file, left) in files.into_iter().zip([10.0, 110.0]) {
        let data = Arc::new(ImageData::decode(file.to_vec()).expect("a picture"));
        let rect = egui::Rect::from_min_size(egui::pos2(left, 10.0), egui::vec2(80.0, 50.0));
        let image = Image { rect, data, alternative: "Four quarters".to_owned() };
        let link = Link { rect, url: "https://example.org/".to_owned(), title: "Where it is from".to_owned() };
        let group = Group { link: Some(link), nodes: vec![Node::Image(image)], ..Group::default() };
        scene.nodes.push(Node::Group(group));
    }
    scene
}

#[test]
#[ignore = "needs librsvg2-bin"]
fn another_engine_draws_pictures_text_and_links() {
    let fonts = FontSet::carried();
    let folder = files(DOCUMENT);
    for text in [TextAs::Text, TextAs::Outlines] {
        let options = SvgOptions {
            title: "Pictures",
            description: "",
            language: "en",
            fonts: &fonts,
            text,
            points_per_mm: None,
            names: &HashMap::new(),
        };
        let document = export::svg(&page_with_pictures(), &options);
        assert_eq!(document.skipped, 0);
        std::fs::write(folder.path().join("c.svg"), document.text).expect("a writable folder");
        run(folder.path(), "rsvg-convert", &["c.svg", "-o", "c.png"]);
        let (width, pixels) = decode(&folder.path().join("c.png"));
        assert_eq!((width, pixels.len()), (200, 20_000));
        let at = |x: usize, y: usize| pixels[y * width + x];
        let near = |found: [u8; 3], wanted: [u8; 3]| found.iter().zip(wanted).all(|(a, b)| a.abs_diff(b) <= 6);
        // The last quarter of the PNG is transparent.
        for (left, last) in [(10, [255; 3]), (110, QUARTERS[3])] {
            let found = [at(left + 20, 20), at(left + 60, 20), at(left + 20, 50), at(left + 60, 50)];
            let wanted = [QUARTERS[0], QUARTERS[1], QUARTERS[2], last];
            assert!(found.iter().zip(wanted).all(|(found, wanted)| near(*found, wanted)), "{found:?}");
            assert_eq!((at(left - 2, 30), at(left + 40, 8)), ([255; 3], [255; 3]), "nothing beside it");
        }
        let ink = pixels[width * 70..].iter().filter(|pixel| pixel[1] < 128).count();
        assert!((150..600).contains(&ink), "words have {ink} dark pixels");
    }
}

#[test]
#[ignore = "needs librsvg2-bin"]
fn an_engine_without_fonts_draws_outlines_like_the_png() {
    for text in [Example::Report.text(), Example::Antiquity.text(), DOCUMENT] {
        let folder = files(text);
        let none = "<fontconfig><dir>none</dir><cachedir>none</cachedir></fontconfig>";
        std::fs::write(folder.path().join("fonts.conf"), none).expect("a writable folder");
        let svg = outlines(text).export(Format::Svg, &Progress::default()).expect("a file").bytes;
        std::fs::write(folder.path().join("b.svg"), svg).expect("a writable folder");
        run(folder.path(), "rsvg-convert", &["b.svg", "-o", "svg.png"]);
        agree(folder.path(), "svg.png");
    }
}
