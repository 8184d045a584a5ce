//! Pages: their sizes, what stands on them besides the chart, and that nothing is lost on the way to paper.

#![expect(clippy::expect_used, reason = "a test fails by panicking")]
#![expect(clippy::panic, reason = "a test fails by panicking")]

use std::fmt::Write as _;
use std::sync::Arc;

use longview::Example;
use longview::export::{DocumentPictures, Format, Look, NotesContent, PageSetup, PageSize, Picture};
use longview::layout::{Arrangement, Pictures, View};
use longview::media;
use longview::progress::Progress;
use longview::query::Projection;
use longview::timeline::{Item, Timeline};
use resvg::usvg::roxmltree;

fn picture(text: &str, setup: PageSetup) -> Picture {
    let timeline: Timeline = longview::open(text.as_bytes()).timeline.expect("a good document");
    let view = View::whole(&timeline);
    let timeline = Arc::new(timeline);
    Picture {
        projection: Projection::all(&timeline),
        pictures: longview::export::DocumentPictures::default(),
        timeline,
        view,
        setup,
        selected: None,
        scroll: 0.0,
        arrangement: Arrangement::default(),
    }
}

fn with_notes(page: PageSize) -> PageSetup {
    PageSetup { notes: NotesContent::Sources, look: Look::Print, ..PageSetup::new(page) }
}

fn export(picture: &Picture, format: Format) -> Vec<u8> {
    picture.export(format, &Progress::default()).expect("a picture").bytes
}

/// All text of an SVG, in its order, without line breaks.
fn text_of(svg: &[u8]) -> String {
    let svg = std::str::from_utf8(svg).expect("text");
    let document = roxmltree::Document::parse(svg).expect("XML");
    let texts = document.descendants().filter(|node| node.has_tag_name("text"));
    let texts: Vec<String> = texts
        .map(|node| node.descendants().filter_map(|node| node.is_text().then(|| node.text()).flatten()).collect())
        .collect();
    texts.join(" ")
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn paper_has_its_size_to_the_pixel_and_to_the_point() {
    let setup = PageSetup { scale: 300.0 / 96.0, ..PageSetup::new(PageSize::A4) };
    let exported = picture(Example::Report.text(), setup).export(Format::Png, &Progress::default()).expect("a picture");
    assert_eq!(exported.size, [3508, 2480]);
    let pdf = export(&picture(Example::Report.text(), PageSetup::new(PageSize::A4)), Format::Pdf);
    let box_of_page = pdf.windows(9).position(|bytes| bytes == b"/MediaBox").expect("a page");
    let numbers = String::from_utf8_lossy(&pdf[box_of_page + 9..box_of_page + 60]).into_owned();
    let numbers: Vec<f32> =
        numbers.trim_start_matches([' ', '[']).split([' ', ']']).map_while(|number| number.parse().ok()).collect();
    assert!((numbers[2] - 841.89).abs() < 0.01 && (numbers[3] - 595.28).abs() < 0.01, "{numbers:?}");
}

#[test]
fn the_text_of_pages_can_be_read_again() {
    let picture = picture(Example::Report.text(), with_notes(PageSize::A4));
    let pdf = export(&picture, Format::Pdf);
    let read = longview::capture::read_pdf(pdf, 1 << 20, &|_, _| true).expect("a text");
    let said = squeezed(&read.text);
    for event in picture.timeline.events.iter() {
        assert!(said.contains(event.title), "{}: {said}", event.title);
    }
    assert_eq!(read.unknown, 0);
    assert_eq!(read.title.as_deref(), Some(&*picture.timeline.title));
}

#[test]
fn notes_say_all_that_the_record_says_of_sources() {
    let picture = picture(Example::Report.text(), with_notes(PageSize::A4));
    let said = squeezed(&text_of(&export(&picture, Format::Svg)));
    for (number, event) in (1..).zip(picture.timeline.events.iter()) {
        assert!(said.contains(&format!("{number} {}", event.title)), "no note {number} on {}: {said}", event.title);
        for citation in event.citations.iter() {
            for words in [citation.locator, citation.note].into_iter().flatten() {
                assert!(said.contains(&squeezed(words)), "{words} is missing in {said}");
            }
        }
    }
    for source in &picture.timeline.sources {
        assert!(said.contains(&source.title));
    }
    let raised = said.chars().filter(|c| "¹²³⁴⁵⁶⁷⁸⁹".contains(*c)).count();
    assert_eq!(raised, picture.timeline.events.len(), "each event has its number in the chart");
}

#[test]
fn what_has_no_room_in_the_chart_has_a_note() {
    let mut text = "(title: \"Many\", lanes: [(id: \"a\", title: \"A\")], events: [".to_owned();
    for number in 0..400 {
        let year = 1900 + number / 4;
        write!(text, "(id: \"e{number}\", lane: \"a\", title: \"Event number {number}\", date: \"{year}\"),")
            .expect("room");
    }
    text.push_str("])");
    let picture = picture(&text, with_notes(PageSize::Square));
    let said = squeezed(&text_of(&export(&picture, Format::Svg)));
    assert_eq!(
        said.matches("No source is given.").count(),
        400,
        "each event has a note, with room in the chart or not"
    );
}

#[test]
fn series_without_room_have_notes_and_nothing_has_an_empty_heading() {
    let mut text = "(title: \"Many\", sources: [(id: \"s\", title: \"S\", publisher: \"Some, Inc.\")],".to_owned();
    text.push_str("lanes: [(id: \"a\", title: \"A\")], series: [");
    for number in 0..30 {
        write!(text, "(id: \"q{number}\", title: \"Q{number}\", unit: \"t\", points: [(date: \"1900\", value: 1)]),")
            .expect("room");
    }
    text.push_str("])");
    let said = squeezed(&text_of(&export(&picture(&text, with_notes(PageSize::A4)), Format::Svg)));
    assert_eq!(said.matches("No source is given.").count(), 30, "each series has a note");
    assert!(!said.contains("Notes"), "a heading over nothing: {said}");
    assert!(said.contains("Some, Inc.") && !said.contains("Inc.."), "{said}");
}

/// A document with an event of each kind that notes tell apart, and `CommonMark` in descriptions.
const TOLD: &str = r##"(
    title: "Told", description: "What it *all* is about.", view: (from: "1900", to: "2000"),
    sources: [(id: "s", title: "A work", publisher: "A house", url: "https://example.org/work")],
    lanes: [(id: "a", title: "Lane")],
    eras: [(id: "era", title: "An era", date: "1910/1920", description: "Its *own* words.")],
    series: [(id: "q", title: "Goods", unit: "t", points: [(date: "1950", value: 85)], citations: [(source: "s")])],
    events: [
        (id: "u", lane: "a", title: "Never dated", description: "Said to have been."),
        (id: "c", lane: "a", title: "Last of all", date: "1990", citations: [(source: "s", locator: "p. 9", basis: Stated)]),
        (id: "b", lane: "a", title: "In the middle", date: "1950", figures: ["q"],
            description: "# Why\n\nIt has **strong** words, H<sub>2</sub>O and [a link](https://example.org/x).\n\n- one\n- two\n\n> quoted\n\n```\nlet a;\n```"),
        (id: "o", lane: "a", title: "Long before", date: "1500"),
    ],
)"##;

fn told(notes: NotesContent) -> String {
    squeezed(&text_of(&export(&picture_at_home(TOLD, notes), Format::Svg)))
}

fn picture_at_home(text: &str, notes: NotesContent) -> Picture {
    let picture = picture(text, PageSetup { notes, ..PageSetup::new(PageSize::A4) });
    Picture { view: View::home(&picture.timeline), ..picture }
}

/// Checks that a text has these words in this order, and returns it.
#[track_caller]
fn in_order(said: &str, words: &[&str]) {
    let mut rest = said;
    for part in words {
        let Some((_, after)) = rest.split_once(part) else { panic!("{part:?} is not in {rest:?} of {said:?}") };
        rest = after;
    }
}

#[test]
fn notes_say_what_every_event_is_about() {
    let said = told(NotesContent::Both);
    in_order(
        &said,
        &[
            "About this timeline What it all is about.",
            "Notes 1 In the middle 1950 Why It has strong words, H₂O and a link. • one • two quoted let a;",
            "Goods: 85 t",
            "No source is given. 2 Last of all 1990 A house, p. 9 (stated)",
            "Outside the picture Long before 1500",
            "Undated Never dated Said to have been.",
            "Era An era 1910–1920 Its own words.",
            "Series Goods",
            "Sources A work",
        ],
    );
}

#[test]
fn notes_are_of_sources_or_of_descriptions_alone() {
    let said = told(NotesContent::Sources);
    in_order(
        &said,
        &["Notes 1 In the middle", "2 Last of all 1990 A house, p. 9 (stated)", "Undated Never dated", "Sources"],
    );
    for other in ["strong words", "all is about", "Said to have been", "Goods: 85 t"] {
        assert!(!said.contains(other), "{other} is no source: {said}");
    }
    let said = told(NotesContent::Descriptions);
    in_order(
        &said,
        &["all is about", "1 In the middle", "strong words", "Goods: 85 t", "Undated", "Said to have been"],
    );
    for other in ["No source", "A house, p. 9", "Sources A work"] {
        assert!(!said.contains(other), "{other} is no description: {said}");
    }
    let none = told(NotesContent::None);
    assert!(!none.contains("Undated") && !none.contains("Long before"), "{none}");
}

/// A file of a page and its notes, as text with an object on each line.
fn pdf(picture: &Picture) -> String {
    String::from_utf8_lossy(&export(picture, Format::Pdf)).replace(['\r', '\n'], " ")
}

#[test]
fn notes_say_what_only_some_events_have() {
    let setup = PageSetup { notes: NotesContent::Both, ..with_notes(PageSize::A4) };
    let picture = picture(include_str!("fixtures/good/details.ron"), setup);
    let svg = export(&picture, Format::Svg);
    let said = squeezed(&text_of(&svg)).replace(['\u{2068}', '\u{2069}'], "").replace("– ", "–");
    for words in [
        "As written: “in the summer of that year”",
        "Tokyo (35.682° N, 139.759° E)",
        "Picture: Four squares of four colours. The four colours of the desk (A. Painter, CC BY 4.0)",
        "A film of the signing: https://example.org/film",
        "More on the treaty: https://example.org/more",
        "mailto:desk@example.org",
        "A. Writer: A chapter on treaties. In A handbook, edited by E. One and E. Two, vol. 2, no. 3, pp. 12–34, 2nd \
         edition, Seoul: A house, 1999, first published 1970, ISBN 978-3-16-148410-0, accessed 3 May 2020. \
         https://example.org/article doi:10.1000/182",
    ] {
        assert!(said.contains(words), "the notes do not say {words:?} but {said}");
    }
    assert!(!said.contains("(stated)"), "nothing is claimed of how the claim follows from its source");
    let svg = String::from_utf8(svg).expect("text");
    for url in [
        "https://example.org/film",
        "https://example.org/more",
        "mailto:desk@example.org",
        "https://doi.org/10.1000/182",
    ] {
        assert!(svg.contains(&format!("href=\"{url}\"")), "{url} is no link");
    }
}

#[test]
fn files_are_in_the_language_of_the_document() {
    let text = include_str!("fixtures/good/details.ron");
    for (text, language) in [(text.to_owned(), "ko"), (text.replace("language: \"ko\",", ""), "en")] {
        let picture = picture(&text, PageSetup::new(PageSize::A4));
        let svg = String::from_utf8(export(&picture, Format::Svg)).expect("text");
        let document = roxmltree::Document::parse(&svg).expect("XML");
        let found = document.root_element().attribute((roxmltree::NS_XML_URI, "lang"));
        assert_eq!(found, Some(language));
        assert!(pdf(&picture).contains(&format!("/Lang({language})")), "a PDF in {language}");
    }
}

#[test]
fn every_pdf_conforms_to_the_standard_of_accessible_files() {
    let mut texts: Vec<String> = Example::ALL.iter().map(|example| example.text().to_owned()).collect();
    texts.push(TOLD.to_owned());
    for folder in ["good", "meaning"] {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(folder);
        for entry in std::fs::read_dir(folder).expect("fixtures") {
            let path = entry.expect("a file").path();
            if path.extension().is_some_and(|ending| ending == "ron") {
                texts.push(std::fs::read_to_string(path).expect("a document"));
            }
        }
    }
    assert!(texts.len() > 8);
    for text in &texts {
        if longview::open(text.as_bytes()).timeline.is_none() {
            continue;
        }
        for notes in [NotesContent::None, NotesContent::Sources, NotesContent::Both] {
            let picture = picture_at_home(text, notes);
            let exported = picture.export(Format::Pdf, &Progress::default()).expect("a file");
            // krilla writes this only into files that its validator has nothing against. It has something against
            // characters that no font here has.
            let conforms = String::from_utf8_lossy(&exported.bytes).contains("pdfuaid:part");
            let missing = exported.substitutes.missing;
            assert_eq!(conforms, missing.is_empty(), "{}, {notes:?}, {missing}", picture.timeline.title);
        }
    }
}

/// The document with pictures, which it has beside it.
fn with_pictures(notes: NotesContent) -> Picture {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/good");
    let picture = picture_at_home(include_str!("fixtures/good/thumbnails.ron"), notes);
    let sizes = Arc::new(Pictures::new(media::sizes(&picture.timeline, &folder)));
    let read = |timeline: &Timeline, event, folder: &std::path::Path| media::thumbnail_of(timeline, event, folder).ok();
    let pictures = DocumentPictures { sizes, folder: Some(folder), read: Some(read), ..DocumentPictures::default() };
    Picture { pictures, ..picture }
}

#[test]
fn pictures_have_their_alternative_texts_and_credits_in_every_file() {
    let picture = with_pictures(NotesContent::None);
    let svg = String::from_utf8(export(&picture, Format::Svg)).expect("text");
    let document = roxmltree::Document::parse(&svg).expect("XML");
    let images: Vec<_> = document.descendants().filter(|node| node.has_tag_name("image")).collect();
    let said: Vec<Option<&str>> = images.iter().map(|image| image.attribute("aria-label")).collect();
    assert_eq!(said, [Some("A low sun over wooded hills"), Some("A tower of brick")]);
    for (image, (title, kind)) in images.iter().zip([("The valley is surveyed", "jpeg"), ("The water tower", "png")]) {
        assert_eq!(image.attribute("role"), Some("img"));
        let is_of_event = |node: roxmltree::Node<'_, '_>| {
            node.children().any(|child| child.has_tag_name("title") && child.text() == Some(title))
        };
        assert!(image.ancestors().any(is_of_event), "the picture is in the group of {title}");
        let data = image.attributes().find_map(|attribute| attribute.value().strip_prefix("data:image/"));
        assert!(data.is_some_and(|data| data.starts_with(kind)), "the file is passed on as it is");
    }
    let words = squeezed(&text_of(svg.as_bytes()));
    assert!(words.contains("A. Painter, CC BY 4.0"), "{words}");
    assert!(!words.contains("A plough"), "what is missing takes no room unless it is selected");

    let file = pdf(&picture);
    let valley = include_bytes!("fixtures/good/pictures/valley.jpg");
    let bytes = export(&picture, Format::Pdf);
    assert!(bytes.windows(valley.len()).any(|part| part == valley), "a JPEG is embedded as it is");
    let words = "1872: The valley is surveyed (picture: A low sun over wooded hills)";
    let utf16: String = words.encode_utf16().map(|unit| format!("{unit:04X}")).collect::<Vec<_>>().concat();
    assert!(file.contains(&utf16), "in the alternative text of the figure");
    let png = export(&picture, Format::Png);
    let description = b"May 1884: The water tower (picture: A tower of brick)";
    assert!(png.windows(description.len()).any(|part| part == description), "in the description of a PNG");

    let snow = picture.timeline.event_by_id("snow").map(Item::Event);
    let selected = Picture { selected: snow, ..picture.clone() };
    let words = squeezed(&text_of(&export(&selected, Format::Svg)));
    assert!(words.contains("A plough between") && words.contains("Railway museum"), "{words}");

    let setup = PageSetup { pictures: false, ..picture.setup.clone() };
    let none = String::from_utf8(export(&Picture { setup, ..picture }, Format::Svg)).expect("text");
    assert!(!none.contains("<image") && !none.contains("A. Painter"));
}

#[test]
fn pictures_are_credited_in_the_notes_whatever_these_are_of() {
    for notes in [NotesContent::Sources, NotesContent::Descriptions, NotesContent::Both] {
        let said = squeezed(&text_of(&export(&with_pictures(notes), Format::Svg)));
        let words = "Picture: A low sun over wooded hills (A. Painter, CC BY 4.0)";
        assert!(said.contains(words), "{notes:?}: {said}");
        assert!(said.contains("Picture: A plough between walls of snow (Railway museum)"), "{notes:?}");
        let exported = with_pictures(notes).export(Format::Pdf, &Progress::default()).expect("a file");
        assert!(String::from_utf8_lossy(&exported.bytes).contains("pdfuaid:part"), "{notes:?}");
    }
}

#[test]
fn a_character_without_a_font_is_no_reason_for_no_pdf() {
    let text = TOLD.replace("Last of all", "Last \u{10ffff}");
    let file = pdf(&picture_at_home(&text, NotesContent::Both));
    assert!(file.starts_with("%PDF") && !file.contains("pdfuaid:part"));
}

#[test]
fn notes_have_structure_links_and_an_outline() {
    let file = pdf(&picture_at_home(TOLD, NotesContent::Both)).replace(" /", "/").replace(" (", "(");
    for part in ["/S/H1", "/S/H2", "/S/L/", "/S/LI", "/S/Lbl", "/S/LBody", "/S/BlockQuote", "/S/Code", "/S/Link"] {
        assert!(file.contains(part), "{part} is not in the file");
    }
    assert!(file.contains("/DisplayDocTitle true") && file.contains("/Lang(en)") && file.contains("/Outlines"));
    for entry in ["Told", "About this timeline", "Notes", "In the middle", "Undated", "Never dated", "Sources"] {
        assert!(file.contains(&format!("/Title({entry})")), "{entry} is not in the outline");
    }
    assert!(file.contains("/URI(https://example.org/x)") && file.contains("/URI(https://example.org/work)"));
}

#[test]
fn sources_that_have_no_room_in_their_line_are_counted() {
    let line = |width: f32| {
        let setup = PageSetup::new(PageSize::Custom(egui::vec2(width, 400.0)));
        let said = text_of(&export(&picture(Example::Apollo.text(), setup), Format::Svg));
        said.split_once("Sources: ").expect("a line of sources").1.to_owned()
    };
    let (wide, narrow) = (line(1200.0), line(480.0));
    assert!(wide.ends_with("; and 2 more") && wide.matches("; ").count() == 3, "{wide}");
    assert!(narrow.ends_with("; and 4 more") || narrow.ends_with("; and 3 more"), "{narrow}");
}

#[test]
fn a_long_headline_does_not_run_over_the_page_number() {
    let title = "A headline longer than any page is wide ".repeat(8);
    let setup = PageSetup { title: Some(title), ..with_notes(PageSize::A4) };
    let proof =
        picture(Example::Report.text(), setup).preview(Format::Pdf, 1, egui::vec2(1200.0, 900.0)).expect("a page");
    assert_eq!((proof.number, proof.pages), (1, 2));
    let [width, height] = proof.image.size;
    let paper = proof.image.pixels[0];
    let column = |x: usize| (0..height).all(|y| proof.image.pixels[y * width + x] == paper);
    assert!((width * 96 / 100..width).all(column), "the margin is empty");
    let head = |x: usize| (0..height / 9).all(|y| proof.image.pixels[y * width + x] == paper);
    assert!(!(width * 90 / 100..width * 96 / 100).all(head), "the number of the page is there");
}

#[test]
fn nothing_of_the_whole_chart_needs_to_be_cut() {
    // Each cut would be a layer as large as the chart, twice the memory of a large picture.
    for page in [PageSize::A4, PageSize::LetterPortrait, PageSize::Custom(egui::vec2(1371.0, 777.0))] {
        let svg = export(&picture(Example::Report.text(), with_notes(page)), Format::Svg);
        assert!(!String::from_utf8_lossy(&svg).contains("clip-path"), "{page:?}");
    }
}

#[test]
fn the_same_page_has_the_same_bytes() {
    for format in [Format::Png, Format::Svg, Format::Pdf] {
        let once = || export(&picture(Example::Report.text(), with_notes(PageSize::A4Portrait)), format);
        assert!(once() == once(), "{format:?}");
    }
}

#[test]
fn a_headline_of_ones_own_replaces_that_of_the_document() {
    let own =
        PageSetup { title: Some("Mine".to_owned()), subtitle: Some(String::new()), ..PageSetup::new(PageSize::Slide) };
    let picture = picture(Example::Report.text(), own);
    let said = text_of(&export(&picture, Format::Svg));
    assert!(said.contains("Mine"));
    assert!(!said.contains(picture.timeline.subtitle.as_deref().expect("a subtitle")));
}

#[test]
fn notes_on_titles_from_right_to_left_have_their_dates() {
    let titles = ["سلام", "سلام Latin", "Latin سلام עברית", "توقيع معاهدة السلام (1979) في واشنطن", "年 سلام", "שָׁלוֹם"];
    let mut text = "(title: \"Many\", lanes: [(id: \"a\", title: \"A\")], events: [".to_owned();
    for (year, title) in (1900..).zip(titles) {
        write!(text, "(id: \"e{year}\", lane: \"a\", title: \"{title}\", date: \"{year}\"),").expect("room");
    }
    text.push_str("])");
    // Whatever fonts the system has for them.
    let svg = export(&picture(&text, with_notes(PageSize::Square)), Format::Svg);
    let said = squeezed(&text_of(&svg)).replace(['\u{200e}', '\u{202b}', '\u{202c}'], "");
    for (index, title) in titles.iter().enumerate() {
        let note = format!("{} {title} {} No source is given.", index + 1, 1900 + index);
        assert!(said.contains(&note), "{note} is not in {said}");
    }
}

#[test]
fn line_breaks_in_titles_are_spaces() {
    let text = r#"(
        title: "The head\nline", subtitle: "Under\r\nit",
        sources: [(id: "s", title: "S", publisher: "A\nhouse", url: "https://example.org/")],
        lanes: [(id: "a", title: "The\nlane")],
        eras: [(id: "era", title: "An\nera", date: "2001/2009")],
        events: [
            (id: "x", lane: "a", title: "First line\nsecond line", date: "2001"),
            (id: "y", lane: "a", title: "Last", date: "2009"),
        ],
        series: [(id: "q", title: "A\tseries", unit: "kg", points: [(date: "2003", value: 1), (date: "2005", value: 2)])],
    )"#;
    let picture = picture(text, with_notes(PageSize::A4));
    let svg = export(&picture, Format::Svg);
    let whole = String::from_utf8(svg.clone()).expect("UTF-8");
    for line in
        ["The head line", "Under it", "The lane", "An era", "¹\u{2009}First line second line", "A series", "A house"]
    {
        // Each stands whole in one line.
        assert!(whole.contains(&format!("{line}</text>")), "{line} is not in {}", text_of(&svg));
    }
    assert!(text_of(&svg).contains("1 First line second line"), "in the notes too: {}", text_of(&svg));
    let alone = Picture { setup: PageSetup::new(PageSize::A4), ..picture };
    let pdf = String::from_utf8_lossy(&export(&alone, Format::Pdf)).into_owned();
    assert!(pdf.contains("https://example.org/"), "the source in the line of sources can be clicked");
}

#[test]
fn a_small_page_keeps_the_events_and_nothing_runs_into_another() {
    let words = "A headline of many words that takes more than the two lines of a narrow page, and then some";
    let texts = |size: egui::Vec2, title: &str| {
        let setup = PageSetup {
            title: Some(title.to_owned()),
            subtitle: Some(words.to_owned()),
            ..PageSetup::new(PageSize::Custom(size))
        };
        let mut picture = picture(Example::Report.text(), setup);
        picture.setup.look = Look::Print;
        let svg = String::from_utf8(export(&picture, Format::Svg)).expect("UTF-8");
        let tree = roxmltree::Document::parse(&svg).expect("XML");
        let texts = tree.descendants().filter(|node| node.has_tag_name("text")).map(|node| {
            let number = |name| node.attribute(name).and_then(|value| value.parse::<f32>().ok()).expect("a number");
            (node.text().unwrap_or_default().to_owned(), number("y"), number("font-size"))
        });
        texts.collect::<Vec<_>>()
    };
    for (width, height) in [(320.0, 240.0), (360.0, 300.0), (480.0, 320.0), (320.0, 1000.0), (1280.0, 240.0)] {
        for title in ["Short", words, "Lines\nof their\nown, and more\nof them"] {
            let texts = texts(egui::vec2(width, height), title);
            let what = format!("{width}x{height}: {texts:?}");
            assert!(texts.iter().any(|(words, ..)| words.contains("Treaty")), "an event is in {what}");
            assert!(texts.iter().any(|(words, ..)| words.starts_with("Source")), "the source is in {what}");
            assert!(texts.iter().all(|(_, y, size)| *y - size > 0.0 && *y < height), "nothing is cut off in {what}");
            // Lines of the headline are of its size, those below it of another.
            let lines: Vec<f32> = texts.iter().filter(|(.., size)| *size > 20.0).map(|(_, y, _)| *y).collect();
            assert!((1..=2).contains(&lines.len()), "a headline of one or two lines in {what}");
            let next = texts.iter().filter(|(.., size)| *size < 20.0).map(|(_, y, size)| y - size);
            let next = next.fold(f32::INFINITY, f32::min);
            let last = lines.into_iter().fold(0.0, f32::max);
            assert!(next > last, "the headline ends at {last}, what follows begins at {next} in {what}");
        }
    }
}
