//! What the panel says of whatever is selected, and how one gets there.

use egui::{Key, Modifiers, OutputCommand, Pos2, Rect, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use longview::Example;
use longview::app::{App, DialogResult, LoadedDocument, UiCommand};

use super::support::*;

#[test]
fn clicking_the_treaty_shows_its_whole_record() {
    let mut harness = window();
    harness.get_by_label(TREATY).click();
    harness.run();
    for text in [
        "dated to the year",
        "normalize diplomatic relations",
        "Diplomacy",
        "1 of 7",
        "Figures in 1965",
        "about US$0.22 billion",
        "about 10,000 people a year",
        "Derived",
        "Stated",
        "Council on Foreign Relations, 10 December 2015",
        "Overview, ¶2",
        "Cultural exchange booms",
    ] {
        assert!(shows(&harness, text), "the record does not say {text:?}");
    }
}

#[test]
fn the_misprinted_unit_is_explained() {
    let mut harness = window();
    harness.get_by_label_contains("GDP: Japan third").click();
    harness.run();
    assert!(shows(&harness, "prints “$4.9 billion”"));
    assert!(shows(&harness, "so trillions are shown here"));
}

#[test]
fn figures_compare_with_the_first_value() {
    let mut harness = window();
    harness.get_by_label_contains("Goods trade reaches").click();
    harness.run();
    assert!(shows(&harness, "US$85 billion"));
    assert!(shows(&harness, "385 times 1965"));
    harness.get_by_label_contains("More than five million visitors").click();
    harness.run();
    assert!(shows(&harness, "more than 5,000,000 people a year"));
    assert!(shows(&harness, "at least 500 times 1965"));
}

#[test]
fn nothing_selected_shows_the_document() {
    let harness = window();
    for text in ["a cycle of better ties", "7 events, 1 era, 2 series", "2 events", "no problems"] {
        assert!(shows(&harness, text), "the panel does not say {text:?}");
    }
}

#[test]
fn undated_events_are_listed_and_have_records() {
    let document = include_str!("../fixtures/good/undated.ron");
    let loaded = LoadedDocument::from_bytes(None, "undated.ron".to_owned(), document);
    let mut harness = window_on(loaded, TestDesktop::new(DialogResult::Unavailable), vec2(1280.0, 800.0));
    for text in ["7 events (5 undated)", "4 undated", "No date at all", "Another", "no problems"] {
        assert!(shows(&harness, text), "the panel does not say {text:?}");
    }
    harness.get_by_label("A word").click();
    harness.run();
    assert!(shows(&harness, "Undated") && !shows(&harness, "Previous,"), "the record of the event");
    assert!(harness.query_by_label("No date at all").is_none(), "its own record, not the document's");
    press(&mut harness, Modifiers::NONE, Key::ArrowRight);
    assert!(shows(&harness, "1 of 2"), "the next one is the first that is dated");
    harness.get_by_label("No date at all").click();
    harness.run();
    assert_eq!(harness.state().state().selected_event(), harness.state().state().timeline().event_by_id("left-out"));
    press(&mut harness, Modifiers::NONE, Key::F);
    assert!(shows(&harness, "Dated"), "a related event is a click away");
}

#[test]
fn links_to_events_whose_titles_cannot_be_seen_have_their_ids() {
    let document = r#"(
        title: "T",
        lanes: [(id: "a", title: "A")],
        events: [
            (id: "control", lane: "a", title: "\u{0}"),
            (id: "spaces", lane: "a", title: "  ", date: "1965", related: ["control"]),
        ],
    )"#;
    let loaded = LoadedDocument::from_bytes(None, "blank.ron".to_owned(), document);
    let mut harness = window_on(loaded, TestDesktop::new(DialogResult::Unavailable), vec2(1280.0, 800.0));
    assert!(shows(&harness, "control"), "in the list of what is undated");
    press(&mut harness, Modifiers::NONE, Key::Home);
    harness.get_by_label("control").click();
    harness.run();
    assert_eq!(harness.state().state().selected_event(), harness.state().state().timeline().event_by_id("control"));
}

#[test]
fn a_document_without_anything_to_show_says_so() {
    let document = include_str!("../fixtures/meaning/nothing.ron").replace("No more than a title", "");
    let loaded = LoadedDocument::from_bytes(None, "nothing.ron".to_owned(), document);
    let harness = window_on(loaded, TestDesktop::new(DialogResult::Unavailable), vec2(1280.0, 800.0));
    assert!(shows(&harness, "Nothing is in this timeline yet.") && shows(&harness, "1 warning"));
    assert!(!shows(&harness, "no problems") && !shows(&harness, "No document is open"));
}

#[test]
fn only_links_to_the_web_and_to_mail_are_opened() {
    let document = r#"(title: "t", description: "[file](file:///etc/hosts) [page](https://example.org/) [program](/bin/sh)",
        sources: [(id: "a", title: "Of the web", url: "https://example.org/a"), (id: "b", title: "None", url: "ftp://example.org/b")],
        lanes: [(id: "l", title: "L")], events: [(id: "e", lane: "l", title: "e", date: "1965", citations: [(source: "a", basis: Stated)])])"#;
    let loaded = LoadedDocument::from_bytes(None, "t.ron".to_owned(), document);
    let mut harness = window_on(loaded, TestDesktop::new(DialogResult::Unavailable), vec2(1280.0, 800.0));
    let mut opens = |label: &str| {
        let found = harness.query_all_by_role_and_label(egui::accesskit::Role::Link, label).next();
        found.or_else(|| harness.query_all_by_label(label).next()).expect(label).click();
        // The frame in which it is clicked, and the one in which the address is opened.
        harness.step();
        harness.step();
        let opened = |command: &OutputCommand| match command {
            OutputCommand::OpenUrl(target) => Some(target.url.clone()),
            _ => None,
        };
        let opened = harness.output().platform_output.commands.iter().find_map(opened);
        harness.run();
        opened
    };
    assert_eq!(opens("page").as_deref(), Some("https://example.org/"));
    assert_eq!(opens("Of the web").as_deref(), Some("https://example.org/a"));
    assert_eq!(opens("None"), None);
    let has_link =
        |label: &str| harness.query_all_by_role_and_label(egui::accesskit::Role::Link, label).next().is_some();
    assert_eq!(["page", "file", "program"].map(has_link), [true, false, false]);
    assert!(shows(&harness, "ftp://example.org/b"), "the address can be read");
    assert!(shows(&harness, "1 warning"), "that it is no link is told");
}

#[test]
fn a_record_says_all_that_the_document_says_of_an_event() {
    let document = include_str!("../fixtures/good/details.ron");
    let loaded = LoadedDocument::from_bytes(None, "details.ron".to_owned(), document);
    let mut harness = window_on(loaded, TestDesktop::new(DialogResult::Unavailable), vec2(1280.0, 1000.0));
    press(&mut harness, Modifiers::NONE, Key::Home);
    for text in [
        "As written: “in the summer of that year”",
        "Tokyo (35.682° N, 139.759° E)",
        "Four squares of four colours",
        "The four colours of the desk",
        "A. Painter, CC BY 4.0",
        "A. Writer, in A handbook, edited by E. One and E. Two, vol. 2, no. 3, pp. 12–34, 2nd edition, Seoul: A house, \
         1999, first published 1970, ISBN 978-3-16-148410-0, accessed 3 May 2020",
        "p. 13",
    ] {
        assert!(shows(&harness, text), "the record does not say {text:?}");
    }
    for badge in ["Stated", "Derived", "Background"] {
        assert!(!shows(&harness, badge), "nothing is claimed of how the claim follows from its source");
    }
    let mut opens = |label: &str| {
        harness.get_by_role_and_label(egui::accesskit::Role::Link, label).focus();
        harness.run();
        harness.key_press(Key::Enter);
        let opened = |command: &OutputCommand| match command {
            OutputCommand::OpenUrl(target) => Some(target.url.clone()),
            _ => None,
        };
        // The frame in which it is pressed, and the one in which the address is opened.
        (0..3).find_map(|_| {
            harness.step();
            harness.output().platform_output.commands.iter().find_map(opened)
        })
    };
    for (label, url) in [
        ("A film of the signing", "https://example.org/film"),
        ("A chapter on treaties", "https://example.org/article"),
        ("doi:10.1000/182", "https://doi.org/10.1000/182"),
        ("More on the treaty", "https://example.org/more"),
        ("mailto:desk@example.org", "mailto:desk@example.org"),
    ] {
        assert_eq!(opens(label).as_deref(), Some(url), "{label}");
    }
}

#[test]
fn pictures_in_the_folder_are_shown_with_their_alternative_texts() {
    use egui::accesskit::Role;
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("details.ron");
    let text = include_str!("../fixtures/good/details.ron").replace("조약", "Treaties");
    std::fs::write(&path, text.replace("(url: \"https://example.org/film\"", "(file: \"none.png\", alt: \"A film\""))
        .expect("a file");
    std::fs::create_dir(folder.path().join("pictures")).expect("a folder");
    let picture = include_bytes!("../fixtures/good/pictures/quadrants.png");
    std::fs::write(folder.path().join("pictures/quadrants.png"), picture).expect("a file");
    let mut harness = window_on_file(&path);
    assert!(shows(&harness, "1 warning"), "a missing picture is told at once");
    press(&mut harness, Modifiers::NONE, Key::Home);
    finish(&mut harness);
    let alt = "Four squares of four colours";
    assert!(harness.query_by_role_and_label(Role::Image, alt).is_some(), "the picture is shown");
    assert!(harness.query_by_role_and_label(Role::Label, alt).is_none(), "and not the words for it");
    assert!(shows(&harness, "A film") && shows(&harness, "none.png is not shown: there is no such file"));
    assert!(shows(&harness, "The four colours of the desk") && shows(&harness, "A. Painter, CC BY 4.0"));

    std::fs::write(folder.path().join("pictures/quadrants.png"), "no picture").expect("a file");
    press(&mut harness, Modifiers::NONE, Key::F5);
    finish(&mut harness);
    finish(&mut harness);
    assert!(harness.query_by_role_and_label(Role::Image, alt).is_none(), "the file is read again");
    assert!(shows(&harness, alt) && shows(&harness, "this is neither a PNG nor a JPEG"));
}

#[test]
fn a_citation_without_a_locator_says_nothing_of_where_in_the_work() {
    let document = r#"(title: "t", sources: [(id: "a", title: "A work")], lanes: [(id: "l", title: "L")], events: [(id: "e",
        lane: "l", title: "e", date: "1965", citations: [(source: "a", basis: Stated), (source: "a", basis: Derived, locator: "")])])"#;
    let loaded = LoadedDocument::from_bytes(None, "t.ron".to_owned(), document);
    let mut harness = window_on(loaded, TestDesktop::new(DialogResult::Unavailable), vec2(1280.0, 800.0));
    press(&mut harness, Modifiers::NONE, Key::Home);
    assert!(shows(&harness, "A work") && shows(&harness, "Stated") && shows(&harness, "Derived"));
    assert!(!shows(&harness, "whole work"));
}

#[test]
fn eras_and_series_have_records_too() {
    let mut harness = window();
    harness.get_by_label("Half a century of normalized relations, 1965–2015").click();
    harness.run();
    assert!(shows(&harness, "a cycle recurs"));
    harness.get_by_label_contains("Goods trade, US$ billion").click();
    harness.run();
    assert!(shows(&harness, "85 / 385"));
}

#[test]
fn keys_go_through_the_events_in_time_order() {
    let mut harness = window();
    let mut titles = Vec::new();
    for key in
        [Key::ArrowRight, Key::Period, Key::ArrowRight, Key::Period, Key::ArrowRight, Key::Period, Key::ArrowRight]
    {
        press(&mut harness, Modifiers::NONE, key);
        let state = harness.state().state();
        let event = state.selected_event().and_then(|event| state.timeline().event(event)).expect("a selected event");
        titles.push(event.id.to_owned());
    }
    let expect = ["treaty", "visitors-1965", "culture", "gdp-2013", "trade-2014", "visitors-2014", "report"];
    assert_eq!(titles, expect);
    press(&mut harness, Modifiers::NONE, Key::ArrowRight);
    assert!(shows(&harness, "7 of 7"), "the last event stays");
    press(&mut harness, Modifiers::NONE, Key::Comma);
    assert!(shows(&harness, "6 of 7"));
    press(&mut harness, Modifiers::NONE, Key::Home);
    assert!(shows(&harness, "1 of 7"));
    press(&mut harness, Modifiers::NONE, Key::End);
    assert!(shows(&harness, "7 of 7"));
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert_eq!(harness.state().state().selected(), None);
}

#[test]
fn the_panel_leads_to_neighbours_and_related_events() {
    let tall = vec2(1280.0, 1200.0);
    let mut harness =
        window_on(LoadedDocument::example(Example::Report), TestDesktop::new(DialogResult::Unavailable), tall);
    harness.get_by_label(TREATY).click();
    harness.run();
    harness.get_by_label("Next →").click();
    harness.run();
    assert!(shows(&harness, "2 of 7"));
    harness.get_by_label("← Previous").click();
    harness.run();
    assert!(shows(&harness, "1 of 7"));
    harness.get_by_label("Cultural exchange booms").click();
    harness.run();
    assert!(shows(&harness, "3 of 7"));
}

#[test]
fn hovering_tells_what_a_mark_is() {
    let mut harness = window();
    let at = harness.get_by_label(TREATY).rect().center();
    harness.hover_at(at);
    harness.run_steps(8);
    assert!(shows(&harness, "1965 · dated to the year"));
    assert!(shows(&harness, "Goods trade: about US$0.22 billion"));
}

#[test]
fn hovering_a_point_reads_its_value() {
    let mut harness = window();
    let rect = harness.state().state().chart_rect;
    let placed = placed(&harness, rect);
    let series = &placed.series[0];
    let point = series.points.last().expect("a point");
    // Where our own mapping puts the point; egui_plot answers only if its mapping agrees.
    let x = placed.axis.left + (point.offset / placed.axis.seconds_per_point()) as f32;
    let share = (point.value - series.bounds.0) / (series.bounds.1 - series.bounds.0);
    let y = series.plot.bottom() - share as f32 * series.plot.height();
    harness.hover_at(Pos2::new(x, y));
    harness.run_steps(8);
    assert!(shows(&harness, "US$85 billion in 2014"));
    assert!(shows(&harness, "385 times 1965"));
}

#[test]
fn a_julian_date_is_said_in_both_calendars() {
    let mut harness = window();
    harness.get_by_label("File").click();
    harness.run();
    harness.get_by_label_contains("Examples").hover();
    harness.run_steps(10);
    click_and_finish(&mut harness, "Antiquity");
    harness.get_by_label_contains("The Ides of March").click();
    harness.run();
    assert!(shows(&harness, "15 March 44 BCE (Julian; 13 March 44 BCE Gregorian)"));
    harness.get_by_label_contains("Peloponnesian War").click();
    harness.run();
    assert!(shows(&harness, "lasting 26 to 28 years"));
    assert!(shows(&harness, "days)"), "the duration is said in days too");
}

#[test]
fn a_screen_reader_hears_what_is_selected() {
    let mut harness = window();
    harness.get_by_label(TREATY).click();
    harness.run();
    let node = harness.get_by_label(TREATY);
    assert_eq!(node.accesskit_node().is_selected(), Some(true));
}

/// A window of 900 by 600 on a document of two events, with a citation and a series that the first has a figure of.
fn window_on_words(lane: &str, locator: &str, series: &str, unit: &str) -> Harness<'static, App> {
    let text = format!(
        r#"(title: "Words", sources: [(id: "s", title: "Source")], lanes: [(id: "a", title: "{lane}")], events: [
        (id: "e", lane: "a", title: "First one", date: "1900", figures: ["q"],
         citations: [(source: "s", locator: "{locator}", basis: Background)]),
        (id: "f", lane: "a", title: "Other one", date: "1950")],
        series: [(id: "q", title: "{series}", unit: "{unit}", points: [(date: "1900", value: 3), (date: "1910", value: 9)],
         citations: [(source: "s", basis: Stated)])])"#
    );
    let loaded = LoadedDocument::from_bytes(None, "words".to_owned(), text);
    window_on(loaded, TestDesktop::new(DialogResult::Unavailable), vec2(900.0, 600.0))
}

#[test]
fn long_words_leave_the_panel_as_wide_as_it_is() {
    const SENTENCE: &str = "a sentence of some length, as one may well write it, with words and pages";
    const WORD: &str = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";
    let usual = window_on_words("Lane", "p. 1", "Series", "people").state().state().chart_rect;
    for long in [SENTENCE, WORD] {
        for [lane, locator, series, unit] in [
            [long, "p. 1", "Series", "people"],
            ["Lane", long, "Series", "people"],
            ["Lane", "p. 1", long, "people"],
            ["Lane", "p. 1", "Series", long],
        ] {
            let mut harness = window_on_words(lane, locator, series, unit);
            let in_panel = |harness: &Harness<'static, App>, labels: &[&str]| {
                assert_eq!(harness.state().state().chart_rect, usual, "{lane} {locator} {series} {unit}");
                for label in labels {
                    // What the chart says in the same words is at its left.
                    let rects = harness.get_all_by_label_contains(label).map(|node| node.rect());
                    let rects: Vec<Rect> = rects.filter(|rect| rect.right() > usual.right()).collect();
                    let is_inside = |rect: &Rect| rect.left() > usual.right() && rect.right() <= 900.0;
                    assert!(!rects.is_empty() && rects.iter().all(is_inside), "{label:?} is at {rects:?}");
                }
            };
            in_panel(&harness, &[lane, "2 events", "First →"]);
            press(&mut harness, Modifiers::NONE, Key::Home);
            in_panel(&harness, &[lane, "1 of 2", series, "3 ", "Stated", locator, "Background", "Next →"]);
            let [name, number] =
                [lane, "1 of 2"].map(|label| harness.get_all_by_label(label).last().expect("a label").rect());
            assert!(!name.intersects(number), "{name} and {number}");
            harness.get_by_label_contains(&format!("{series}, {unit}")).click();
            harness.run();
            in_panel(&harness, &["3 ", "9 ", "3 times 1900", "Stated"]);
        }
    }
}

#[test]
fn code_can_be_copied() {
    let text = r#"(title: "Code", lanes: [(id: "a", title: "A")], events: [(id: "e", lane: "a", title: "E", date: "1900",
        description: "Words\n\n    code\n\nWords")])"#;
    let loaded = LoadedDocument::from_bytes(None, "code".to_owned(), text);
    let mut harness = window_on(loaded, TestDesktop::new(DialogResult::Unavailable), vec2(900.0, 600.0));
    press(&mut harness, Modifiers::NONE, Key::Home);
    harness.get_by_label("Copy").click();
    harness.step();
    let copies = |command: &OutputCommand| *command == OutputCommand::CopyText("code".to_owned());
    assert!(harness.output().platform_output.commands.iter().any(copies));
    harness.run();
    assert!(harness.query_by_label("Copied").is_some());
}

/// What was put on the clipboard last.
fn copied(harness: &Harness<'static, App>) -> Option<String> {
    harness.output().platform_output.commands.iter().rev().find_map(|command| match command {
        OutputCommand::CopyText(text) => Some(text.clone()),
        _ => None,
    })
}

#[test]
fn words_of_the_record_are_selected_with_the_pointer_and_copied() {
    let mut harness = window();
    press(&mut harness, Modifiers::NONE, Key::Home);
    let line = harness.get_by_label_contains("normalize diplomatic relations").rect();
    harness.drag_at(line.left_top() + vec2(1.0, 4.0));
    harness.run();
    harness.hover_at(line.right_bottom() - vec2(1.0, 4.0));
    harness.run();
    harness.drop_at(line.right_bottom() - vec2(1.0, 4.0));
    harness.run();
    harness.event(egui::Event::Copy);
    harness.step();
    let copied = copied(&harness).expect("something is copied");
    assert!(copied.contains("normalize diplomatic relations"), "{copied}");
    assert!(!copied.contains('\t'), "words, not rows of a table: {copied}");
}

#[test]
fn a_record_is_copied_by_key() {
    let mut harness = window();
    press(&mut harness, Modifiers::NONE, Key::Home);
    harness.state_mut().apply(UiCommand::of(Key::C, Modifiers::SHIFT).expect("a command").into());
    harness.step();
    let text = copied(&harness).expect("the record");
    let mut rest = text.as_str();
    for words in [
        "Treaty on Basic Relations\n1965 · dated to the year\nLane: Diplomacy\n",
        "normalize diplomatic relations",
        "Figures\nGoods trade: about US$0.22 billion (Derived)",
        "Source: Still Distant Neighbors",
        "Overview, ¶2",
        "(Stated)",
        "Related\nAbout 10,000 visitors, 1965\nCultural exchange booms, since 1998\n",
    ] {
        let at = rest.find(words).unwrap_or_else(|| panic!("{words:?} is not in {rest:?}"));
        rest = &rest[at..];
    }
}

#[test]
fn the_event_that_desktops_make_of_ctrl_c_copies_the_selected_event() {
    let mut harness = window();
    press(&mut harness, Modifiers::NONE, Key::Home);
    harness.event(egui::Event::Copy);
    harness.step();
    assert_eq!(copied(&harness).as_deref().map(|text| text.starts_with("1965\tTreaty on Basic Relations")), Some(true));
}
