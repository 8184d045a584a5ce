//! The export form: what is chosen becomes the file, the preview or the picture on the clipboard.

use std::sync::Arc;

use egui::accesskit::{Role, Toggled};
use egui::{Key, Modifiers, OutputCommand, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use longview::Example;
use longview::app::{DialogResult, ExportSettings, LoadedDocument, Message, PageChoice, UiCommand};
use longview::export::{Format, NotesContent, PageSize};

use super::support::*;

const WIDE: egui::Vec2 = vec2(1280.0, 800.0);

#[test]
fn the_format_that_is_chosen_is_written() {
    for (name, ending, magic) in [("SVG", "svg", &b"<svg"[..]), ("PDF", "pdf", b"%PDF-"), ("PNG", "png", b"\x89PNG")] {
        let folder = tempfile::tempdir().expect("a folder");
        let target = folder.path().join("picture");
        let desktop = TestDesktop::new(DialogResult::Path(target.clone()));
        let mut harness = window_on(LoadedDocument::example(Example::Report), Arc::clone(&desktop), WIDE);
        press(&mut harness, Modifiers::COMMAND, Key::E);
        harness.get_by_label(name).click();
        harness.run();
        click_and_finish(&mut harness, "Save As…");
        assert_eq!(desktop.asked(), [format!("save timeline.{ending}")]);
        let bytes = std::fs::read(target.with_extension(ending)).expect("the file");
        assert!(bytes.windows(magic.len()).take(400).any(|bytes| bytes == magic), "{name}");
        assert!(shows(&harness, "Saved"));
    }
}

#[test]
fn paper_is_told_in_dots_per_inch_and_has_its_own_size() {
    let folder = tempfile::tempdir().expect("a folder");
    let target = folder.path().join("page.png");
    let mut harness =
        window_on(LoadedDocument::example(Example::Report), TestDesktop::new(DialogResult::Path(target.clone())), WIDE);
    press(&mut harness, Modifiers::COMMAND, Key::E);
    harness.get_by_role(Role::ComboBox).click();
    harness.run();
    harness.get_by_label("A4").click();
    harness.run();
    assert!(shows(&harness, "Dots per inch"));
    assert!(shows(&harness, "3508 × 2480 pixels"), "A4 at 300 dots per inch");
    harness.get_by_label("150").click();
    harness.run();
    click_and_finish(&mut harness, "Save As…");
    assert_eq!(png_size(&target), [1754, 1240]);
    // The choices are there again the next time.
    press(&mut harness, Modifiers::COMMAND, Key::E);
    assert!(shows(&harness, "1754 × 1240 pixels"));
}

#[test]
fn the_preview_follows_the_choices() {
    let mut harness = window();
    press(&mut harness, Modifiers::COMMAND, Key::E);
    finish(&mut harness);
    let shown = |harness: &egui_kittest::Harness<'static, longview::app::App>| {
        let (number, preview) = harness.state().state().export.preview.shown.as_ref().expect("a preview");
        (*number, preview.as_ref().expect("a picture").image.clone())
    };
    let (first, light) = shown(&harness);
    assert!(harness.query_by_label("Preview of the picture").is_some());
    // The first one is the switch in the bar.
    harness.get_all_by_label("Dark").last().expect("a choice").click();
    finish(&mut harness);
    let (second, dark) = shown(&harness);
    assert!(second > first, "the graphics card keeps one until another has a number of its own");
    assert_eq!(light.size, dark.size);
    let brightness = |image: &egui::ColorImage| image.pixels.iter().map(|pixel| u64::from(pixel.g())).sum::<u64>();
    assert!(brightness(&dark) < brightness(&light) / 3);
    harness.get_by_role(Role::ComboBox).click();
    harness.run();
    harness.get_by_label("Square").click();
    harness.run();
    finish(&mut harness);
    assert_eq!(harness.state().state().export.settings.page, PageChoice::Named(PageSize::Square));
    let (_, square) = shown(&harness);
    assert_eq!(square.size[0], square.size[1]);
}

#[test]
fn the_chosen_resolution_is_marked() {
    let mut harness = window();
    press(&mut harness, Modifiers::COMMAND, Key::E);
    finish(&mut harness);
    for chosen in ["1 ×", "3 ×", "2 ×"] {
        harness.get_by_label(chosen).click();
        finish(&mut harness);
        for name in ["1 ×", "2 ×", "3 ×"] {
            let is_chosen = harness.get_by_label(name).accesskit_node().toggled() == Some(Toggled::True);
            assert_eq!(is_chosen, name == chosen, "{name} after {chosen}");
        }
    }
}

#[test]
fn a_pdf_with_notes_is_previewed_page_by_page() {
    let mut harness = window();
    let page = PageChoice::Named(PageSize::A4);
    let choices =
        ExportSettings { format: Format::Pdf, page, notes: NotesContent::Sources, ..ExportSettings::default() };
    harness.state_mut().apply(Message::Ui(UiCommand::SetExport(Box::new(choices))));
    press(&mut harness, Modifiers::COMMAND, Key::E);
    finish(&mut harness);
    let shown = |harness: &egui_kittest::Harness<'static, longview::app::App>| {
        let preview = harness.state().state().export.preview.shown.as_ref().expect("a preview");
        preview.1.as_ref().expect("a picture").image.clone()
    };
    let chart = shown(&harness);
    assert!(shows(&harness, "Page 1 of 2") && shows(&harness, "2 pages"));
    harness.get_by_label("Next page").click();
    harness.run();
    finish(&mut harness);
    assert!(shows(&harness, "Page 2 of 2"));
    let notes = shown(&harness);
    assert_eq!(chart.size, notes.size);
    assert!(chart.pixels != notes.pixels);
    harness.get_by_label("Previous page").click();
    harness.run();
    finish(&mut harness);
    assert!(shown(&harness).pixels == chart.pixels);
}

/// Waits for the preview, and until its list of what is left out has moved the buttons.
fn settle(harness: &mut egui_kittest::Harness<'static, longview::app::App>) {
    finish(harness);
    harness.run_steps(4);
}

#[test]
fn a_picture_is_as_tall_as_needed_and_a_pdf_has_as_many_pages() {
    let folder = tempfile::tempdir().expect("a folder");
    let target = folder.path().join("tall.png");
    let mut harness = window_on(
        LoadedDocument::example(Example::DeepTime),
        TestDesktop::new(DialogResult::Path(target.clone())),
        WIDE,
    );
    press(&mut harness, Modifiers::COMMAND, Key::E);
    settle(&mut harness);
    let choices = ExportSettings {
        page: PageChoice::Screen,
        screen: [400.0, 240.0],
        scale: 1.0,
        whole: true,
        ..ExportSettings::default()
    };
    harness.state_mut().apply(Message::Ui(UiCommand::SetExport(Box::new(choices))));
    settle(&mut harness);
    let proof = |harness: &egui_kittest::Harness<'static, longview::app::App>| {
        let proof = harness.state().state().proof().expect("a preview");
        // Names of eras lack width.
        let lacking = proof.left_out.iter().filter(|words| !words.contains(" eras ")).count();
        (proof.pixels, proof.pages, lacking)
    };
    let (low, _, lacking) = proof(&harness);
    assert!(low == [400, 240] && lacking > 0);
    harness.get_by_label("As tall as needed").click();
    harness.run();
    assert!(harness.state().state().export.settings.tall, "it is chosen");
    settle(&mut harness);
    let (tall, _, lacking) = proof(&harness);
    assert!(tall[0] == 400 && tall[1] > 240 && lacking == 0, "{tall:?}, {lacking}");
    assert!(shows(&harness, &format!("{} × {} pixels", tall[0], tall[1])));
    click_and_finish(&mut harness, "Save As…");
    assert_eq!(png_size(&target).map(u64::from), tall);
    press(&mut harness, Modifiers::COMMAND, Key::E);
    harness.get_by_label("PDF").click();
    harness.run();
    settle(&mut harness);
    let (_, pages, lacking) = proof(&harness);
    assert!(pages > 1 && lacking == 0, "{pages}, {lacking}");
    harness.get_by_label("One").click();
    harness.run();
    settle(&mut harness);
    let (_, pages, lacking) = proof(&harness);
    assert!(pages == 1 && lacking > 0, "{pages}, {lacking}");
}

#[test]
fn the_size_is_told_with_the_notes_below() {
    let folder = tempfile::tempdir().expect("a folder");
    let target = folder.path().join("notes.png");
    let mut harness =
        window_on(LoadedDocument::example(Example::Report), TestDesktop::new(DialogResult::Path(target.clone())), WIDE);
    press(&mut harness, Modifiers::COMMAND, Key::E);
    finish(&mut harness);
    harness.get_by_label("Descriptions").click();
    harness.run();
    finish(&mut harness);
    let [width, height] = harness.state().state().proof().expect("a preview").pixels;
    assert!(shows(&harness, &format!("{width} × {height} pixels")));
    click_and_finish(&mut harness, "Save As…");
    assert_eq!(png_size(&target).map(u64::from), [width, height]);
}

#[test]
fn size_margin_and_headline_are_ones_own() {
    let folder = tempfile::tempdir().expect("a folder");
    let target = folder.path().join("own.svg");
    let mut harness =
        window_on(LoadedDocument::example(Example::Report), TestDesktop::new(DialogResult::Path(target.clone())), WIDE);
    press(&mut harness, Modifiers::COMMAND, Key::E);
    harness.get_by_label("SVG").click();
    harness.run();
    harness.get_by_role(Role::ComboBox).click();
    harness.run();
    harness.get_by_label("Paper of any size").click();
    harness.run();
    for (field, value) in [("Width", "400"), ("Height", "250"), ("Margin", "20")] {
        type_into(&mut harness, field, value);
    }
    type_into(&mut harness, "Headline", "Neighbours & partners");
    type_into(&mut harness, "Line below it", "");
    click_and_finish(&mut harness, "Save As…");
    let svg = std::fs::read_to_string(&target).expect("the file");
    assert!(svg.contains("width=\"400mm\" height=\"250mm\""), "{}", &svg[..300]);
    assert!(svg.contains("<title>Neighbours &amp; partners</title>"));
    assert!(svg.contains(">Neighbours &amp; partners</text>"));
    let subtitle = harness.state().state().timeline().subtitle.clone().expect("a subtitle");
    assert!(!svg.contains(&subtitle), "neither in the picture nor in what it tells about itself");
    // The headline belongs to the document that it was written for, all else to its writer.
    harness.state_mut().apply(Message::Ui(UiCommand::OpenExample(Example::Apollo)));
    harness.state_mut().finish_jobs();
    let choices = &harness.state().state().export.settings;
    assert_eq!((&choices.title, &choices.subtitle, choices.margin), (&None, &None, Some(20.0)));
}

#[test]
fn text_of_an_svg_can_be_outlines() {
    let folder = tempfile::tempdir().expect("a folder");
    let target = folder.path().join("outlines.svg");
    let mut harness =
        window_on(LoadedDocument::example(Example::Report), TestDesktop::new(DialogResult::Path(target.clone())), WIDE);
    press(&mut harness, Modifiers::COMMAND, Key::E);
    assert!(!shows(&harness, "As outlines"), "pixels have no text");
    harness.get_by_label("SVG").click();
    harness.run();
    harness.get_by_label("As outlines").click();
    harness.run();
    click_and_finish(&mut harness, "Save As…");
    let svg = std::fs::read_to_string(&target).expect("the file");
    assert!(!svg.contains("<text") && svg.contains("aria-label=\"Treaty on Basic Relations\""));
}

#[test]
fn a_margin_leaves_the_chart_its_least_page() {
    let mut harness = window();
    let choices = ExportSettings {
        page: PageChoice::Screen,
        screen: [400.0, 300.0],
        margin: Some(50.0),
        ..ExportSettings::default()
    };
    harness.state_mut().apply(Message::Ui(UiCommand::SetExport(Box::new(choices))));
    let setup = harness.state().state().picture().setup;
    assert_eq!(setup.page.points() - 2.0 * vec2(setup.margin, setup.margin), vec2(340.0, 240.0));
}

#[test]
fn the_picture_is_copied() {
    let mut harness = window();
    harness.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::C);
    harness.run_steps(2);
    harness.state_mut().finish_jobs();
    harness.step();
    let copied = harness.output().platform_output.commands.iter().find_map(|command| match command {
        OutputCommand::CopyImage(image) => Some(image.size),
        _ => None,
    });
    let chart = harness.state().state().chart_rect.size() * 2.0;
    assert_eq!(copied, Some([chart.x.round() as usize, chart.y.round() as usize]));
    harness.run();
    assert!(shows(&harness, "Copied the picture"));
}

#[test]
fn a_picture_that_is_called_off_is_not_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let target = folder.path().join("huge.png");
    let mut harness =
        window_on(LoadedDocument::example(Example::Report), TestDesktop::new(DialogResult::Path(target.clone())), WIDE);
    let page = PageChoice::Named(PageSize::A4);
    harness
        .state_mut()
        .apply(Message::Ui(UiCommand::SetExport(Box::new(ExportSettings { page, ..ExportSettings::default() }))));
    press(&mut harness, Modifiers::COMMAND, Key::E);
    harness.get_by_label("Save As…").click();
    harness.step();
    while harness.state().state().jobs.export().is_none() {
        harness.step();
    }
    harness.step();
    for busy in ["Save As…", "Copy Picture"] {
        assert!(harness.get_by_label(busy).accesskit_node().is_disabled(), "{busy}: one picture at a time");
    }
    harness.get_by_label("Cancel").click();
    harness.step();
    harness.step();
    assert!(harness.state().state().jobs.export().is_none(), "the window is free at once");
    assert!(harness.state().state().export.open, "the form stays");
    finish(&mut harness);
    assert!(!target.exists());
    assert!(!shows(&harness, "Saved") && shows(&harness, "Cancelled"));
}

#[test]
fn the_form_fits_the_smallest_window() {
    let small = vec2(640.0, 480.0);
    let mut harness =
        window_on(LoadedDocument::example(Example::Report), TestDesktop::new(DialogResult::Unavailable), small);
    press(&mut harness, Modifiers::COMMAND, Key::E);
    let in_sight = |harness: &egui_kittest::Harness<'static, longview::app::App>, labels: &[&str]| {
        let window = egui::Rect::from_min_size(egui::Pos2::ZERO, small).shrink(20.0);
        for label in labels {
            // A dialog has the name of its headline.
            let rect = harness.get_all_by_label(label).last().expect("a node").rect();
            assert!(window.contains_rect(rect), "{label} is at {rect}");
        }
    };
    in_sight(&harness, &["Export Picture", "PNG", "Save As…", "Copy Picture", "Cancel"]);
    // The path that is asked for next is scrolled into sight, and so is whatever one looks for.
    let folder = tempfile::tempdir().expect("a folder");
    let old = folder.path().join("old.png");
    std::fs::write(&old, "old").expect("a file");
    click_and_finish(&mut harness, "Save As…");
    in_sight(&harness, &["Export Picture", "Save as", "Save", "Cancel"]);
    press(&mut harness, Modifiers::COMMAND, Key::A);
    harness.get_by_label("Save as").type_text(&old.to_string_lossy());
    harness.run();
    click_and_finish(&mut harness, "Save");
    in_sight(&harness, &["Export Picture", "old.png is there already.", "Replace", "Cancel"]);
    let at = harness.get_by_label("Descriptions").rect().center();
    wheel(&mut harness, at, vec2(0.0, 400.0), Modifiers::NONE);
    in_sight(&harness, &["PNG", "Replace"]);
}

#[test]
fn the_open_document_is_never_written_over() {
    let folder = tempfile::tempdir().expect("a folder");
    let (document, link) = (folder.path().join("doc.svg"), folder.path().join("link.svg"));
    let text = Example::Report.text();
    std::fs::write(&document, text).expect("a document");
    std::fs::hard_link(&document, &link).expect("a hard link");
    for target in [&document, &link, &folder.path().join("./doc.svg")] {
        // The desktop's dialog has already asked whether to replace the file.
        let desktop = TestDesktop::new(DialogResult::Path(target.clone()));
        let mut harness = window_on(LoadedDocument::from_path(&document), desktop, WIDE);
        press(&mut harness, Modifiers::COMMAND, Key::E);
        click_and_finish(&mut harness, "Save As…");
        assert!(shows(&harness, "that is the file of the document"));
        assert_eq!(std::fs::read_to_string(&document).expect("the document"), text);
    }
    // Nor is a path typed by hand offered for replacing.
    let mut harness =
        window_on(LoadedDocument::from_path(&document), TestDesktop::new(DialogResult::Unavailable), WIDE);
    press(&mut harness, Modifiers::COMMAND, Key::E);
    click_and_finish(&mut harness, "Save As…");
    type_into(&mut harness, "Save as", &link.to_string_lossy());
    click_and_finish(&mut harness, "Save");
    assert!(shows(&harness, "that is the file of the document") && !shows(&harness, "is there already"));
    assert_eq!(std::fs::read_to_string(&document).expect("the document"), text);
}

#[test]
fn the_form_says_beforehand_what_the_picture_leaves_out() {
    let document = r#"(title: "T", view: (from: "1980", to: "2000"), lanes: [(id: "a", title: "A")], events: [
        (id: "out", lane: "a", title: "Left out", date: "1700"), (id: "in", lane: "a", title: "Inside", date: "1990"),
        (id: "never", lane: "a", title: "Some day")])"#;
    let loaded = LoadedDocument::from_bytes(None, "t".to_owned(), document.as_bytes());
    let mut harness = window_on(loaded, TestDesktop::new(DialogResult::Unavailable), WIDE);
    press(&mut harness, Modifiers::COMMAND, Key::E);
    finish(&mut harness);
    assert!(shows(&harness, "1 of 3 events lies outside the view, 1 before it"));
    assert!(shows(&harness, "1 of 3 events has no date: “Some day”"));
    harness.get_by_label("Whole timeline").click();
    harness.run();
    finish(&mut harness);
    assert!(!shows(&harness, "lies outside the view") && shows(&harness, "1 of 3 events has no date"));
}
