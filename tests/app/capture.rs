//! Events that are made of a text beside the chart.

use egui::accesskit::Role;
use egui::{Key, Modifiers, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use longview::Example;
use longview::app::{App, CaptureMessage, DialogResult, Effect, Job, LoadedDocument, State, UiCommand};
use longview::date::Date;

use super::support::*;

const TEXT: &str = "A report\n\nIn 1951 talks began, page 1965 says. They went on.\n\n\
    On 3 May 1960 students marched; some 1,500 people came. It was between 1998 and 2014.\n";

/// A window with the text beside the chart.
fn reading() -> Harness<'static, App> {
    let mut harness = window();
    press(&mut harness, Modifiers::NONE, Key::C);
    type_into(&mut harness, "Text of a report", TEXT);
    harness.get_by_label("Read Text").click();
    harness.run();
    harness
}

/// The bytes of a PDF file with a page for each text, whose pages are called i, ii and so on.
fn pdf(pages: &[&str]) -> Vec<u8> {
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R /PageLabels << /Nums [0 << /S /r >>] >> >>".to_owned(),
        String::new(),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_owned(),
    ];
    let mut kids = String::new();
    for page in pages {
        let content = format!("BT /F 12 Tf 50 700 Td ({page}) Tj ET");
        objects.push(format!("<< /Length {} >> stream\n{content}\nendstream", content.len()));
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {} 0 R \
            /Resources << /Font << /F 3 0 R >> >> >>",
            objects.len()
        ));
        kids.push_str(&[&*objects.len().to_string(), " 0 R "].concat());
    }
    objects[1] = format!("<< /Type /Pages /Count {} /Kids [{kids}] >>", pages.len());
    let mut bytes = "%PDF-1.4\n".to_owned();
    for (number, object) in (1_usize..).zip(&objects) {
        bytes.push_str(&[&*number.to_string(), " 0 obj ", object, " endobj\n"].concat());
    }
    // Readers find the objects of a file without a table.
    bytes += "trailer << /Root 1 0 R >>";
    bytes.into_bytes()
}

fn text(harness: &Harness<'static, App>) -> String {
    harness.state().state().document.text.to_string()
}

#[test]
fn a_sentence_becomes_an_event_that_cites_it() {
    let mut harness = reading();
    assert!(shows(&harness, "3 sentences with dates: 0 cited, 3 left"));
    harness.get_by_label_contains("In 1951 talks began").click();
    harness.run();
    assert!(shows(&harness, "Write a title"));
    // The field of the title has the focus.
    harness.event(egui::Event::Text("Talks begin".to_owned()));
    harness.run();
    harness.get_by_label_contains("Source: ").click();
    harness.run();
    let title = "Still Distant Neighbors: South Korea-Japan Relations Fifty Years After Diplomatic Normalization";
    harness.get_by_role_and_label(Role::Button, title).click();
    harness.run();
    harness.get_by_label("Add Event").click();
    harness.run();
    let state = harness.state().state();
    let event =
        state.timeline().event_by_id("talks-begin").and_then(|event| state.timeline().event(event)).expect("it");
    assert_eq!((event.title, event.date), ("Talks begin", Some(&Date::parse("1951").expect("a date"))));
    let citation = event.citations.iter().next().expect("a citation");
    assert_eq!(citation.locator, Some("¶ 2"));
    assert_eq!(citation.note, Some("“In 1951 talks began, page 1965 says.”"));
    assert_eq!(state.capture.counts(), [1, 2]);
    assert!(shows(&harness, "3 sentences with dates: 1 cited, 2 left"));
    assert!(harness.query_by_label_contains("Cited · In 1951").is_some(), "it is marked");
    // The next one is selected, with its date.
    assert_eq!((state.capture.selected, state.capture.date.as_str()), (Some(3), "3 May 1960"));
    press(&mut harness, Modifiers::NONE, Key::Escape);
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(text(&harness), Example::Report.text(), "to the byte");
    assert!(shows(&harness, "3 sentences with dates: 0 cited, 3 left"), "what is taken back is cited no more");
}

#[test]
fn the_date_is_proposed_and_may_be_another() {
    let mut harness = reading();
    harness.get_by_label_contains("It was between 1998").click();
    harness.run();
    assert_eq!(harness.state().state().capture.date, "between 1998 and 2014");
    harness.get_by_label("1998–2014").click();
    harness.run();
    assert_eq!(harness.state().state().capture.date, "1998/2014");
    harness.get_by_label_contains("They went on").click();
    harness.run();
    assert!(harness.state().state().capture.date.is_empty() && shows(&harness, "undated"));
    // What is between is passed over.
    harness.get_by_label("Next Date").click();
    harness.run();
    assert_eq!(harness.state().state().capture.date, "3 May 1960");
    harness.get_by_label("Previous Date").click();
    harness.run();
    assert_eq!(harness.state().state().capture.date, "1951");
    harness.get_by_label("Close Text").click();
    harness.run();
    assert!(harness.query_by_label("Next Date").is_none());
    press(&mut harness, Modifiers::NONE, Key::C);
    assert_eq!(harness.state().state().capture.date, "1951", "it is there again");
}

#[test]
fn the_text_of_a_file_is_shown_with_its_pages() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("the_report.pdf");
    std::fs::write(&path, pdf(&["In 1951 talks began.", "They ended in 1965, it is said."])).expect("a file");
    let desktop = TestDesktop::new(DialogResult::Path(path.clone()));
    let mut harness =
        window_on(LoadedDocument::example(Example::Report), std::sync::Arc::clone(&desktop), vec2(1280.0, 800.0));
    press(&mut harness, Modifiers::COMMAND | Modifiers::SHIFT, Key::O);
    finish(&mut harness);
    assert_eq!(desktop.asked(), ["text"]);
    assert!(shows(&harness, "2 sentences with dates: 0 cited, 2 left"));
    assert_eq!(harness.state().state().capture.new_source, "the report", "it is called as its file is");
    press(&mut harness, Modifiers::ALT, Key::ArrowDown);
    press(&mut harness, Modifiers::ALT, Key::ArrowDown);
    harness.event(egui::Event::Text("Talks end".to_owned()));
    harness.run();
    press(&mut harness, Modifiers::NONE, Key::Enter);
    let state = harness.state().state();
    let event = state.timeline().event_by_id("talks-end").and_then(|event| state.timeline().event(event)).expect("it");
    let citation = event.citations.iter().next().expect("a citation");
    assert_eq!((citation.locator, citation.note), (Some("p. ii"), Some("“They ended in 1965, it is said.”")));
    // One that cannot be read says why, and the text that is shown stays.
    std::fs::write(&path, "%PDF-1.4 nothing").expect("a file");
    harness.get_by_label("Open File…").click();
    finish(&mut harness);
    assert!(shows(&harness, "it is broken, or no PDF"));
    assert!(shows(&harness, "2 sentences with dates: 1 cited, 1 left"));
}

#[test]
fn a_text_that_is_dropped_is_captured_or_imported() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).expect("a file");
        path
    };
    let text = write("report.txt", "Im Jahr 1951 – g\u{e4}hrte es.".as_bytes());
    let mut harness = window();
    let drop = |harness: &mut Harness<'static, App>, path: &std::path::Path| {
        harness.state_mut().apply(UiCommand::DropFile(path.to_path_buf(), None).into());
        finish(harness);
    };
    drop(&mut harness, &text);
    assert!(shows(&harness, "What is to be done with report.txt?"));
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(!shows(&harness, "What is to be done") && !harness.state().state().capture.open);
    drop(&mut harness, &text);
    click_and_finish(&mut harness, "Capture from It");
    assert!(shows(&harness, "1 sentence with dates"));
    // Beside a text, another one takes its place at once, and a PDF file always is one.
    drop(&mut harness, &write("other.html", b"<p>In 1961.</p><p>In 1962.</p>"));
    assert!(shows(&harness, "2 sentences with dates"));
    drop(&mut harness, &write("other.pdf", &pdf(&["In 1971."])));
    assert!(shows(&harness, "1 sentence with dates"));
    // A table is imported.
    drop(&mut harness, &write("table.csv", b"title,date\nOne,1965\n"));
    assert!(harness.state().state().timeline().events.len() == 1);
}

#[test]
fn a_sentence_is_dragged_to_a_lane() {
    let mut harness = reading();
    let from = harness.get_by_label_contains("On 3 May 1960").rect().center();
    let chart = chart_now(&harness);
    let lane = &chart.lanes[1];
    let id = harness.state().state().timeline().lane(lane.lane).expect("a lane").id.clone();
    let to = egui::pos2(chart.axis.width() as f32 / 2.0 + chart.regions.plot.min, lane.rect.center().y);
    harness.hover_at(from);
    harness.drag_at(from);
    harness.run();
    harness.hover_at(egui::pos2(from.x + 30.0, from.y));
    harness.run();
    harness.hover_at(to);
    harness.run();
    assert!(shows(&harness, "Drop it in a lane"));
    harness.drop_at(to);
    harness.run();
    let capture = &harness.state().state().capture;
    assert_eq!((capture.lane.as_deref(), capture.date.as_str()), (Some(&*id), "3 May 1960"));
    // The title has the focus.
    harness.event(egui::Event::Text("March".to_owned()));
    harness.run();
    press(&mut harness, Modifiers::NONE, Key::Enter);
    let timeline = harness.state().state().timeline();
    assert!(timeline.event_by_id("march").and_then(|event| timeline.event(event)).is_some(), "{}", text(&harness));
}

#[test]
fn the_field_of_the_text_has_the_focus() {
    let mut harness = window();
    let typed = |harness: &mut Harness<'static, App>| {
        for (key, letter) in [(Key::T, "T"), (Key::P, "p"), (Key::N, "n")] {
            harness.key_press(key);
            harness.event(egui::Event::Text(letter.to_owned()));
            harness.run();
        }
        let state = harness.state().state();
        assert!(!state.dark && !state.problems_open && state.forms.open.is_none(), "no letter is a command");
        state.capture.typed.clone()
    };
    // The letter of the key itself is none of the text.
    let pressed =
        egui::Event::Key { key: Key::C, physical_key: None, pressed: true, repeat: false, modifiers: Modifiers::NONE };
    harness.input_mut().events.extend([pressed, egui::Event::Text("c".to_owned())]);
    harness.run();
    assert_eq!(typed(&mut harness), "Tpn");
    press(&mut harness, Modifiers::COMMAND, Key::Enter);
    assert!(shows(&harness, "0 sentences with dates"));
    harness.get_by_label("Other Text…").click();
    harness.run();
    assert_eq!(typed(&mut harness).len(), 6, "and once more for another text");
    press(&mut harness, Modifiers::NONE, Key::Escape);
    press(&mut harness, Modifiers::NONE, Key::C);
    assert!(!harness.state().state().capture.open, "Escape leaves the field");
}

#[test]
fn the_sources_of_the_document_are_offered_first_and_the_choice_is_kept() {
    let source = |n: u8| format!("(id: \"s{n}\", title: \"Source {n}\")");
    let document =
        format!("(title: \"T\", lanes: [(id: \"l\", title: \"L\")], sources: [{}, {}])", source(1), source(2));
    let loaded = LoadedDocument::from_bytes(None, "t.ron".to_owned(), document);
    let mut harness = window_on(loaded, TestDesktop::new(DialogResult::Unavailable), vec2(1280.0, 800.0));
    harness.state_mut().apply(UiCommand::Capture.into());
    let read = |harness: &mut Harness<'static, App>, text: &str| {
        harness.state_mut().apply(UiCommand::ChangeCapture(CaptureMessage::Paste(text.to_owned())).into());
        harness.state_mut().apply(UiCommand::ChangeCapture(CaptureMessage::Select(0)).into());
        finish(harness);
    };
    read(&mut harness, "One in 1901.\n\nTwo in 1902.");
    harness.get_by_label("Source: Source 1").click();
    harness.run();
    let top =
        |harness: &Harness<'static, App>, name: &str| harness.get_by_role_and_label(Role::Button, name).rect().top();
    assert!(top(&harness, "Source 2") < top(&harness, "A new source"), "a new one is the last of the list");
    harness.get_by_role_and_label(Role::Button, "Source 2").click();
    harness.run();
    for text in ["Another in 1903.", "And one in 1904."] {
        harness.state_mut().apply(UiCommand::ChangeCapture(CaptureMessage::Title(text.to_owned())).into());
        harness.state_mut().apply(UiCommand::ChangeCapture(CaptureMessage::Add).into());
        read(&mut harness, text);
        assert!(harness.query_by_label("Source: Source 2").is_some(), "it is remembered");
    }
    let state = harness.state().state();
    let cited = state.timeline().events.iter().filter_map(|event| event.citations.iter().next());
    let titles: Vec<&str> =
        cited.filter_map(|citation| Some(state.timeline().source(citation.source)?.title.as_str())).collect();
    assert_eq!(titles, ["Source 2"; 2]);
    assert_eq!(state.timeline().sources.len(), 2);
}

#[test]
fn other_dates_of_the_sentence_are_a_key_away() {
    let mut harness = reading();
    harness.get_by_label_contains("It was between 1998").click();
    harness.run();
    press(&mut harness, Modifiers::ALT, Key::PageDown);
    assert_eq!(harness.state().state().capture.date, "1998/2014");
    press(&mut harness, Modifiers::ALT, Key::PageUp);
    assert_eq!(harness.state().state().capture.date, "between 1998 and 2014");
    press(&mut harness, Modifiers::ALT, Key::ArrowUp);
    assert_eq!(harness.state().state().capture.date, "3 May 1960");
}

/// A text of some 300 pages.
fn long_text() -> String {
    let page = |page: usize| {
        let paragraph = |part: usize| {
            let year = 1500 + (page * 4 + part) % 500;
            format!(
                "In the spring of {year} the council met again, and its minutes say what was decided. Nobody knows who \
                was there, as the list of names is lost; some {page} people may have come. On {} June {year} a treaty was \
                signed, which all of them had hoped for, and which was to last no longer than the one before it. It \
                rained. The chronicle of the town, written much later, tells of a feast that went on for days, of the \
                wine that was drunk and of the songs that were sung, and gives the names of four guests.",
                part % 28 + 1
            )
        };
        (0..5).map(paragraph).collect::<Vec<_>>().join("\n\n")
    };
    (1..=420).map(page).collect::<Vec<_>>().join("\n\u{c}")
}

#[test]
fn of_a_long_text_only_what_is_in_sight_is_laid_out() {
    let text = long_text();
    assert!(text.len() > 1_000_000, "{}", text.len());
    let mut harness = window();
    harness.state_mut().apply(UiCommand::Capture.into());
    harness.state_mut().apply(UiCommand::ChangeCapture(CaptureMessage::Paste(text)).into());
    finish(&mut harness);
    let sentences = harness.state().state().capture.source_text().expect("a text").sentences().len();
    assert!(sentences > 8_000, "{sentences}");
    let shown = |harness: &Harness<'static, App>| {
        let names = ["In the spring", "Nobody knows", "June", "It rained", "The chronicle"];
        names.iter().map(|name| harness.query_all_by_label_contains(name).count()).sum::<usize>()
    };
    assert!((1..80).contains(&shown(&harness)), "{}", shown(&harness));
    // The last date is far away, and in sight once it is selected.
    for _ in 0..3 {
        press(&mut harness, Modifiers::ALT, Key::ArrowUp);
        harness.run_steps(3);
    }
    let state = harness.state().state();
    let selected = state.capture.selected.expect("a sentence");
    assert!(selected > sentences - 20);
    let words = state.capture.source_text().expect("a text").quotation(selected);
    assert!(harness.query_by_label_contains(&words).is_some(), "{words}");
    assert!((1..80).contains(&shown(&harness)));
}

#[test]
fn glyphs_of_a_text_in_other_scripts_are_asked_for() {
    let mut harness = window();
    press(&mut harness, Modifiers::NONE, Key::C);
    assert_eq!(harness.state().state().jobs.iter().count(), 0);
    let message = CaptureMessage::Paste("1965년 6월 22일 한일기본조약. In 1965.".to_owned());
    let state = &mut State::new(LoadedDocument::example(Example::Report).into()).0;
    state.apply(UiCommand::Capture.into());
    let effects = state.apply(UiCommand::ChangeCapture(message).into());
    let asked = effects.iter().find_map(|effect| match effect {
        Effect::Start(_, Job::FindFonts { also, .. }) => Some(also.clone()),
        _ => None,
    });
    assert!(asked.as_ref().is_some_and(|asked| asked.contains('한') && !asked.contains('I')), "{asked:?}");
    // Once only.
    let again = state.apply(UiCommand::Next.into());
    assert!(!again.iter().any(|effect| matches!(effect, Effect::Start(_, Job::FindFonts { .. }))));
}

#[test]
fn a_new_source_is_made_with_the_first_event() {
    let document = "(title: \"T\", lanes: [])";
    let loaded = LoadedDocument::from_bytes(Some("t.ron".into()), "t.ron".to_owned(), document);
    let mut state = State::new(loaded.into()).0;
    let mut change = |message: CaptureMessage| {
        state.apply(UiCommand::ChangeCapture(message).into());
    };
    change(CaptureMessage::Type("One in 1901.\n\nTwo in 1902.".to_owned()));
    change(CaptureMessage::Read);
    change(CaptureMessage::Select(0));
    change(CaptureMessage::Title("One".to_owned()));
    change(CaptureMessage::Add);
    change(CaptureMessage::NewSource("A book".to_owned()));
    change(CaptureMessage::Add);
    change(CaptureMessage::Title("Two".to_owned()));
    change(CaptureMessage::Add);
    let timeline = state.timeline();
    assert_eq!(timeline.sources.iter().map(|source| source.id.as_str()).collect::<Vec<_>>(), ["a-book"]);
    assert_eq!(timeline.events.len(), 2, "one without a source is not added");
    let (entries, _) = state.document.editing.entries();
    assert_eq!(entries.iter().map(|entry| entry.name.as_str()).collect::<Vec<_>>(), ["add One", "add Two"]);
    let opened = longview::open(state.document.text.to_string());
    assert!(!opened.has_errors(), "{:?}", opened.diagnostics);
}

#[test]
fn what_is_missing_is_said() {
    let loaded = LoadedDocument::example(Example::Report);
    let mut state = State::new(loaded.into()).0;
    let mut after = |message: CaptureMessage| {
        state.apply(UiCommand::ChangeCapture(message).into());
        state.capture.missing(state.captured_source().as_deref())
    };
    after(CaptureMessage::Type("One in 1901.".to_owned()));
    assert_eq!(after(CaptureMessage::Read).as_deref(), Some("Select a sentence"));
    assert_eq!(after(CaptureMessage::Select(0)).as_deref(), Some("Write a title"));
    assert_eq!(after(CaptureMessage::Title("One".to_owned())), None, "the first source of the document is proposed");
    assert_eq!(after(CaptureMessage::Source(None)).as_deref(), Some("Name the source"));
    assert_eq!(after(CaptureMessage::NewSource("A book".to_owned())), None);
    assert!(
        after(CaptureMessage::Date("31 June 1901".to_owned())).is_some_and(|why| why.contains("June 1901 has 30 days"))
    );
    assert_eq!(after(CaptureMessage::Date(String::new())), None, "an event may be undated");
}

#[test]
fn text_chart_and_form_share_a_window() {
    let mut harness = window();
    for command in [UiCommand::Capture, UiCommand::First, UiCommand::EditRecord] {
        harness.state_mut().apply(command.into());
        finish(&mut harness);
    }
    let field = harness.get_all_by_label("Title").last().expect("a field").rect();
    let chart = harness.state().state().chart_rect;
    assert!(field.width() >= 278.0, "the form: {field}");
    assert!(chart.width() >= 500.0, "the chart: {chart}");
    let text = harness.get_by_label("Text of a report").rect();
    assert!(text.width() >= 300.0, "the text: {text}");
}
