//! Text as it is read, heard and seen.

use egui::epaint::TextShape;
use egui::{Align, FontFamily, Key, Modifiers, Rect, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use longview::app::{App, DialogResult, LoadedDocument};

use super::support::*;

/// A window on one event with a description and a citation, whose record is shown.
fn record_of(title: &str, description: &str, size: egui::Vec2) -> Harness<'static, App> {
    let text = format!(
        r#"(title: "T", sources: [(id: "s", title: "Work")], lanes: [(id: "a", title: "Lane")], events: [
        (id: "e", lane: "a", title: {title:?}, date: "1900", description: {description:?}, figures: ["q"], related: ["f"],
         citations: [(source: "s", locator: "page one", basis: Derived, note: "remark")]),
        (id: "f", lane: "a", title: "Second", date: "1910")],
        series: [(id: "q", title: "Trade", unit: "tons", points: [(date: "1900", value: 3)],
         citations: [(source: "s", basis: Background)])])"#
    );
    let loaded = LoadedDocument::from_bytes(None, "text".to_owned(), text);
    // Boxes stand for what no font of the machine has.
    let builder =
        Harness::builder().with_size(size).with_step_dt(0.05).with_theme(egui::Theme::Light).allow_missing_glyphs();
    let desktop = TestDesktop::new(DialogResult::Unavailable);
    let mut harness = builder.build_eframe(move |creation| App::new(&creation.egui_ctx, loaded, desktop));
    harness.run();
    press(&mut harness, Modifiers::NONE, Key::Home);
    harness
}

/// The painted text that contains some words.
fn painted<'h>(harness: &'h Harness<'static, App>, words: &str) -> &'h TextShape {
    texts(harness).into_iter().find(|text| text.galley.text().contains(words)).expect("painted words")
}

/// Where the panel of the record is.
fn panel(harness: &Harness<'static, App>) -> Rect {
    harness.get_by_label("Record").rect()
}

#[test]
fn a_record_is_heard_in_the_order_in_which_it_is_read() {
    let harness = record_of("First", "See [a page](https://example.org/).", vec2(1280.0, 1000.0));
    let left = panel(&harness).left();
    let heard: Vec<String> = harness
        .query_all_by(|node| node.bounding_box().is_some())
        .filter(|node| node.rect().left() >= left)
        .filter_map(|node| node.accesskit_node().label().or(node.accesskit_node().value()))
        .collect();
    let order = [
        "Lane",
        "1 of 2",
        "First",
        "dated to the year",
        "See a page.",
        "a page",
        "Figures in 1900",
        "Trade 3 tons",
        "Background",
        "Work",
        "page one",
        "Derived",
        "remark",
        "Second 9 to 11 years later",
        "Second",
        "Next →",
    ];
    let mut rest = heard.iter();
    for words in order {
        assert!(rest.any(|label| label.contains(words)), "{words:?} in {heard:?}");
    }
}

#[test]
fn a_record_scrolls_by_key_while_it_has_the_focus() {
    let long = "One paragraph of some words.\n\n".repeat(60);
    let mut harness = record_of("First", &long, vec2(900.0, 600.0));
    let top = |harness: &Harness<'static, App>| harness.get_by_label_contains("dated to the year").rect().top();
    let at_top = top(&harness);
    press(&mut harness, Modifiers::NONE, Key::PageDown);
    assert_eq!(top(&harness), at_top, "without the focus nothing scrolls");
    harness.get_by_label("Record").focus();
    harness.run();
    press(&mut harness, Modifiers::NONE, Key::PageDown);
    let page = at_top - top(&harness);
    assert!((300.0..600.0).contains(&page), "a page of {page} points");
    press(&mut harness, Modifiers::NONE, Key::PageUp);
    assert_eq!(top(&harness), at_top);
    press(&mut harness, Modifiers::NONE, Key::End);
    let second = harness.get_all_by_label("Second").map(|node| node.rect());
    assert!(second.into_iter().any(|rect| rect.left() >= panel(&harness).left() && rect.bottom() < 600.0));
    assert!(shows(&harness, "1 of 2"), "the selection stays");
    press(&mut harness, Modifiers::NONE, Key::Home);
    assert_eq!(top(&harness), at_top);
    // What comes to have the focus is brought into view.
    harness.get_all_by_label("Second").last().expect("a link").focus();
    harness.run();
    let link = harness.get_all_by_label("Second").last().expect("a link").rect();
    assert!(panel(&harness).y_range().contains(link.center().y), "{link}");
}

#[test]
fn commonmark_is_seen_as_it_is_meant() {
    let harness = record_of("First", "Some **strong** and *slanted* and <b>tagged</b> words.", vec2(1280.0, 800.0));
    let text = painted(&harness, "Some strong");
    assert_eq!(text.galley.text(), "Some strong and slanted and tagged words.");
    let format = |words: &str| {
        let at = text.galley.text().find(words).expect("the words");
        &text.galley.job.sections.iter().find(|section| section.byte_range.start.0 == at).expect("a section").format
    };
    assert_eq!(format("strong").font_id.family, FontFamily::Name("bold".into()));
    assert_eq!(format("tagged").font_id.family, FontFamily::Name("bold".into()));
    assert!(format("slanted").italics);
    assert!(!shows(&harness, "<b>"));
}

#[test]
fn raised_and_lowered_words_are_small_and_off_the_line() {
    let harness = record_of("First", "The 1<sup>st</sup> glass of H<sub>2</sub>O.", vec2(1280.0, 800.0));
    let text = painted(&harness, "The 1st");
    let format = |section: usize| {
        let format = &text.galley.job.sections[section].format;
        (format.font_id.size, format.valign)
    };
    let [(size, line), (raised_size, raised), _, (lowered_size, lowered), _] = [0, 1, 2, 3, 4].map(format);
    assert!(raised_size < size && lowered_size < size);
    assert_eq!([line, raised, lowered], [Align::BOTTOM, Align::TOP, Align::BOTTOM]);
}

#[test]
fn headings_are_the_larger_the_higher_their_level() {
    let harness = record_of("First", "# Highest\n\n## Lower\n\n### Third\n\n#### Fourth\n\nwords", vec2(1280.0, 800.0));
    let sizes = ["Highest", "Lower", "Third", "Fourth", "words"]
        .map(|words| painted(&harness, words).galley.job.sections[0].format.font_id.size);
    let [highest, lower, third, fourth, words] = sizes;
    assert!(highest > lower && lower > third && third > fourth && fourth == words, "{sizes:?}");
}

#[test]
fn long_words_keep_their_beginning() {
    let address = format!("https://archive.example.org/{}", "unbroken".repeat(20));
    for description in [address.clone(), format!("See [it](https://example.org/) and {address} there.")] {
        for size in [vec2(1280.0, 800.0), vec2(640.0, 480.0)] {
            let harness = record_of("First", &description, size);
            let panel = panel(&harness);
            let text = painted(&harness, "archive");
            let ink = text.galley.mesh_bounds.translate(text.pos.to_vec2());
            assert!(ink.left() >= panel.left() && ink.right() <= panel.right() + 1.0, "{ink} in {panel}");
            let lines: String = text.galley.rows.iter().map(|row| row.text()).collect();
            assert!(lines.contains(&address), "{lines}");
            for badge in ["Derived", "Background"] {
                let rect = harness.get_by_label(badge).rect();
                assert!(rect.right() <= panel.right() + 0.5, "{badge} at {rect} in {panel}");
            }
        }
    }
}

#[test]
fn a_line_break_in_a_title_is_a_space() {
    for gap in ["\n", "\r\n", "\t", "\u{2028}", "  "] {
        let harness = record_of(&format!("One{gap}two"), "", vec2(1280.0, 800.0));
        assert!(harness.query_by_label("One two, 1900").is_some(), "the mark is called so");
        let painted = texts(&harness).iter().filter(|text| text.galley.text() == "One two").count();
        assert_eq!(painted, 1, "in the record, for {gap:?}");
        let in_chart = chart_texts(&harness).iter().filter(|text| text.words == "One two").count();
        assert_eq!(in_chart, 1, "in the chart, for {gap:?}");
    }
}

#[test]
fn words_from_right_to_left_run_so() {
    let harness = record_of("אבג 1965 דהו", "אבג **דהו**", vec2(1280.0, 800.0));
    let title = painted(&harness, "אבג 1965 דהו");
    let glyphs: Vec<_> = title.galley.rows.iter().flat_map(|row| &row.glyphs).collect();
    let x = |c: char| glyphs.iter().find(|glyph| glyph.chr == c && glyph.advance_width > 0.0).expect("a glyph").pos.x;
    assert!(x('ו') < x('ד') && x('ד') < x('1') && x('1') < x('5') && x('5') < x('ג') && x('ג') < x('א'));
    let text = painted(&harness, "אבג דהו");
    let right = text.pos.x + text.galley.size().x;
    assert!((right - panel(&harness).right()).abs() < 1.0, "a paragraph of them begins at the right");
}

#[test]
fn characters_that_no_font_has_are_a_problem_that_is_told() {
    let mut harness = record_of("Sign \u{10fffd} of nothing", "", vec2(1280.0, 800.0));
    assert!(shows(&harness, "1 warning"));
    press(&mut harness, Modifiers::NONE, Key::P);
    assert!(shows(&harness, "no font here has the character U+10FFFD"));
    assert!(shows(&harness, "install a font"));
}

#[test]
fn a_date_beside_a_title_stands_on_its_line() {
    let event = |n: usize| format!(r#"(id: "e{n}", lane: "l{}", title: "Event {n}", date: "{}")"#, n % 12, 1900 + n);
    let events: Vec<String> = (0..24).map(event).collect();
    let lanes: Vec<String> = (0..12).map(|n| format!(r#"(id: "l{n}", title: "Lane {n}")"#)).collect();
    let text = format!(r#"(title: "T", lanes: [{}], events: [{}])"#, lanes.join(","), events.join(","));
    let loaded = LoadedDocument::from_bytes(None, "lines".to_owned(), text);
    let harness = window_on(loaded, TestDesktop::new(DialogResult::Unavailable), vec2(1280.0, 500.0));
    let texts = chart_texts(&harness);
    let mut pairs = 0;
    for title in texts.iter().filter(|text| text.words.starts_with("Event ")) {
        let year = title.words.replace("Event ", "").parse::<usize>().expect("a number") + 1900;
        let is_date = |text: &&ChartText| {
            let apart = text.rect.left() - title.rect.right();
            text.words == year.to_string() && (0.0..20.0).contains(&apart)
        };
        if let Some(date) = texts.iter().find(is_date).filter(|date| (date.rect.top() - title.rect.top()).abs() < 6.0) {
            pairs += 1;
            assert!((date.baseline - title.baseline).abs() < 0.6, "{date:?} and {title:?}");
        }
    }
    assert!(pairs > 3, "{pairs} titles have their dates beside them");
}
