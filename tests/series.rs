//! Series in files: what many values cost, and what an axis says, read back from what was written.

#![expect(clippy::expect_used, reason = "a test fails by panicking")]

use std::fmt::Write as _;
use std::sync::Arc;

use longview::export::{Format, PageSetup, PageSize, Picture};
use longview::layout::{Arrangement, View};
use longview::progress::Progress;
use longview::query::Projection;
use resvg::usvg::roxmltree;

fn export(text: String, format: Format) -> Vec<u8> {
    let timeline = longview::open(text).timeline.expect("a good document");
    let (view, setup) = (View::whole(&timeline), PageSetup::new(PageSize::Custom(egui::vec2(1280.0, 800.0))));
    let timeline = Arc::new(timeline);
    let picture = Picture {
        projection: Projection::all(&timeline),
        pictures: longview::export::DocumentPictures::default(),
        timeline,
        view,
        setup,
        selected: None,
        scroll: 0.0,
        arrangement: Arrangement::default(),
    };
    picture.export(format, &Progress::default()).expect("a picture").bytes
}

/// A document of one series with a value for each of so many days from 1 January 1450 on.
fn daily(days: usize, value: impl Fn(usize) -> f64) -> String {
    let mut points = String::new();
    let (mut year, mut month, mut day) = (1450, 1, 1);
    for number in 0..days {
        let _ = write!(points, "(date: \"{year}-{month:02}-{day:02}\", value: {}),", value(number));
        day += 1;
        // Months of 28 days: the others have none, which is a gap of some days.
        if day > 28 {
            (day, month) = (1, month + 1);
        }
        if month > 12 {
            (month, year) = (1, year + 1);
        }
    }
    document(&format!("title: \"S\", unit: \"u\", points: [{points}]"))
}

fn document(series: &str) -> String {
    format!("(title: \"T\", lanes: [(id: \"a\", title: \"A\")], series: [(id: \"s\", {series})])")
}

/// The texts of a picture.
fn texts(svg: &[u8]) -> Vec<String> {
    let document = roxmltree::Document::parse(std::str::from_utf8(svg).expect("text")).expect("XML");
    let texts = document.descendants().filter(|node| node.has_tag_name("text"));
    texts.map(|node| node.descendants().filter_map(|node| node.text().filter(|_| node.is_text())).collect()).collect()
}

#[test]
fn two_hundred_thousand_values_are_a_small_file_that_shows_them() {
    // A wave of a hundred years, with a peak on one day.
    let wave = |day: usize| if day == 77_777 { 90.0 } else { 20.0 + 10.0 * (day as f64 / 5348.0).sin() };
    let text = daily(200_000, wave);
    let pdf = export(text.clone(), Format::Pdf);
    assert!(pdf.len() < 200_000, "{} bytes", pdf.len());
    let svg = export(text, Format::Svg);
    let svg = std::str::from_utf8(&svg).expect("text");
    let document = roxmltree::Document::parse(svg).expect("XML");
    assert_eq!(document.descendants().filter(|node| node.has_tag_name("circle")).count(), 0, "no rings");
    // The outline of the band: the peak of one day reaches far above all else.
    let outline = document.descendants().filter_map(|node| node.attribute("d")).max_by_key(|data| data.len());
    // Corners have their x and their y, but for upright lines, which have their y only.
    let is_number = |c: char| matches!(c, '0'..='9' | '.' | '-');
    let heights_of = |part: &str| -> Vec<f64> {
        let numbers = part.split(|c: char| !is_number(c)).filter_map(|number| number.parse().ok());
        let numbers: Vec<f64> = numbers.collect();
        if part.starts_with('V') { numbers } else { numbers.chunks_exact(2).map(|pair| pair[1]).collect() }
    };
    let outline = outline.expect("a path").replace(['M', 'L'], "\nL").replace('V', "\nV");
    let heights: Vec<f64> = outline.lines().flat_map(heights_of).collect();
    let top = heights.iter().copied().fold(f64::MAX, f64::min);
    let others = heights.iter().filter(|height| **height > top + 100.0).count();
    assert!(others + 1 == heights.len() && heights.len() > 600, "one of {} heights is the peak", heights.len());
}

#[test]
fn an_axis_of_huge_numbers_is_whole_on_the_page() {
    let svg = export(
        document(
            r#"title: "S", unit: "u", scale: Log, points: [(date: "1960", value: 1e-300), (date: "2022", value: 1e300)]"#,
        ),
        Format::Svg,
    );
    let said = texts(&svg);
    for words in ["10^\u{2212}200", "10²⁰⁰"] {
        assert!(said.iter().any(|text| text == words), "no {words} in {said:?}");
    }
    assert!(!said.iter().any(|text| text.contains("unknown") || text.contains("999")), "{said:?}");
    // Where text begins.
    let document = roxmltree::Document::parse(std::str::from_utf8(&svg).expect("text")).expect("XML");
    let starts = document.descendants().filter(|node| node.has_tag_name("text")).filter_map(|node| node.attribute("x"));
    let starts: Vec<f32> = starts.filter_map(|x| x.split_whitespace().next()?.parse().ok()).collect();
    assert!(!starts.is_empty() && starts.iter().all(|x| *x >= 0.0), "{starts:?}");
}

#[test]
fn a_series_without_values_says_so_and_has_no_axis() {
    let said = texts(&export(document(r#"title: "S", unit: "u", points: []"#), Format::Svg));
    assert!(said.iter().any(|text| text == "u · no values"), "{said:?}");
    assert!(!said.iter().any(|text| text == "0" || text == "0.5"), "{said:?}");
}

#[test]
fn a_date_stands_on_the_line_of_its_title() {
    // So many lanes that titles and dates are set in one line.
    let lanes: Vec<String> = (0..24).map(|n| format!("(id: \"{n}\", title: \"L\")")).collect();
    let event = |n: usize| {
        let (lane, year) = (n % 24, 1900 + n * 3);
        format!("(id: \"e{n}\", lane: \"{lane}\", title: \"Thing {n}\", date: \"{year}\")")
    };
    let events: Vec<String> = (0..48).map(event).collect();
    let text = format!(
        "(title: \"T\", lanes: [{}], events: [{}], eras: [(id: \"r\", title: \"Thing of an era\", date: \"1900/2050\")])",
        lanes.join(","),
        events.join(",")
    );
    let svg = export(text, Format::Svg);
    let document = roxmltree::Document::parse(std::str::from_utf8(&svg).expect("text")).expect("XML");
    // Each text with its baseline, in the order of the picture: a date follows its title or comes before it.
    let texts: Vec<(String, f32)> = document
        .descendants()
        .filter(|node| node.has_tag_name("text"))
        .filter_map(|node| {
            let words = node.descendants().filter_map(|node| node.text().filter(|_| node.is_text())).collect();
            Some((words, node.attribute("y")?.split_whitespace().next()?.parse().ok()?))
        })
        .collect();
    let is_date = |words: &str| words.chars().all(|c| c.is_ascii_digit() || c == '–');
    let pairs: Vec<_> = texts
        .windows(2)
        .filter(|pair| pair[0].0.starts_with("Thing") != pair[1].0.starts_with("Thing"))
        .filter(|pair| is_date(&pair[0].0) || is_date(&pair[1].0))
        .filter(|pair| (pair[0].1 - pair[1].1).abs() < 8.0)
        .collect();
    assert!(pairs.len() >= 10, "{texts:?}");
    for pair in pairs {
        assert!((pair[0].1 - pair[1].1).abs() < 0.01, "{pair:?}");
    }
}
