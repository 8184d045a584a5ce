//! Panics in jobs and in frames: what happened is said, the last good view stays, and the window goes on.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use egui::{FontPriority, GlyphRasterizer, Key, Modifiers, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use longview::app::{App, Desktop, DialogResult, LoadedDocument};
use longview::interchange::Format;

use super::support::*;

/// A letter whose drawing panics while the switch is on: a fault in the midst of a frame.
const LETTER: &str = "Ж";

fn document(title: &str) -> LoadedDocument {
    let text = format!(
        r#"(
            title: "{title}",
            view: (from: "1890", to: "1910"),
            lanes: [(id: "a", title: "{title}")],
            events: [
                (id: "early", lane: "a", title: "Early", date: "1900"),
                (id: "late", lane: "a", title: "Secret {LETTER}", date: "2000"),
            ],
        )"#
    );
    LoadedDocument::from_bytes(None, "document".to_owned(), text)
}

/// A window whose frames panic when they draw the letter, as long as the switch is on.
fn faulty_window(loaded: LoadedDocument, desktop: Arc<dyn Desktop>, faulty: &Arc<AtomicBool>) -> Harness<'static, App> {
    let faulty = Arc::clone(faulty);
    let builder = Harness::builder().with_size(vec2(1000.0, 600.0)).with_max_steps(60).with_step_dt(0.05);
    let mut harness = builder.build_eframe(move |creation| {
        let app = App::new(&creation.egui_ctx, loaded, desktop);
        let rasterizer = GlyphRasterizer::new("fault", move |request| {
            assert!(request.cluster != LETTER || !faulty.load(Ordering::SeqCst), "drawing {:?}", request.cluster);
            None
        });
        creation.egui_ctx.add_glyph_rasterizer(rasterizer.with_priority(FontPriority::Highest));
        app
    });
    harness.run();
    harness
}

#[test]
fn a_frame_that_panics_leaves_the_last_good_view_and_a_report() {
    let folder = tempfile::tempdir().expect("a folder");
    let report = folder.path().join("report.txt");
    let faulty = Arc::new(AtomicBool::new(true));
    let desktop = TestDesktop::new(DialogResult::Path(report.clone()));
    let mut harness = faulty_window(document("Title"), Arc::<TestDesktop>::clone(&desktop), &faulty);
    press(&mut harness, Modifiers::NONE, Key::Home);
    let (view, selected) = (harness.state().state().view, harness.state().state().selected());
    assert!(selected.is_some());

    press(&mut harness, Modifiers::NONE, Key::End);
    assert!(shows(&harness, "Internal error while drawing a frame"));
    assert_eq!(harness.state().state().view, view, "the last good view");
    assert_eq!(harness.state().state().selected(), selected);
    assert!(shows(&harness, "Early"), "the chart is drawn again");

    click_and_finish(&mut harness, "Save report");
    assert_eq!(desktop.asked(), ["save longview-report.txt"]);
    let report = std::fs::read_to_string(&report).expect("the report");
    for part in ["Longview", "tests/app/crash.rs:", "drawing a frame", "2 events"] {
        assert!(report.contains(part), "{part} is missing in {report}");
    }
    for text in ["Secret", LETTER, "Early", "Title"] {
        assert!(!report.contains(text), "{text} of the document is in {report}");
    }

    // The window goes on.
    faulty.store(false, Ordering::SeqCst);
    press(&mut harness, Modifiers::NONE, Key::End);
    assert_ne!(harness.state().state().selected(), selected);
    assert!(shows(&harness, "Secret"));
}

#[test]
fn a_document_that_cannot_be_drawn_at_all_leaves_a_way_out() {
    let faulty = Arc::new(AtomicBool::new(true));
    let mut harness = faulty_window(document(LETTER), TestDesktop::new(DialogResult::Unavailable), &faulty);
    assert!(shows(&harness, "The timeline cannot be drawn"));
    assert!(!shows(&harness, "Early"));
    harness.get_by_label("Try Again").click();
    harness.run();
    assert!(shows(&harness, "The timeline cannot be drawn"), "the fault is still there");

    click_and_finish(&mut harness, "Save Report…");
    let saved = harness.state().state().notices.last().and_then(|notice| notice.file.clone()).expect("a file");
    assert!(std::fs::read_to_string(&saved).expect("without a dialog, a temporary file").contains("drawing a frame"));
    std::fs::remove_file(saved).expect("the report");

    faulty.store(false, Ordering::SeqCst);
    harness.run();
    assert!(shows(&harness, "The timeline cannot be drawn"), "nothing is tried unasked");
    harness.set_size(vec2(1100.0, 600.0));
    harness.run();
    assert!(shows(&harness, "Early"), "another size is tried");
    assert!(shows(&harness, "Saved the report as"));
}

/// A desktop whose dialogs panic.
struct PanickingDesktop;

#[expect(clippy::panic, reason = "the fault that is looked at")]
impl Desktop for PanickingDesktop {
    fn ask_save(&self, name: &str, _: Option<&Path>) -> DialogResult {
        panic!("no dialog for {name}")
    }

    fn ask_save_text(&self, _: &str, _: Option<&Path>) -> DialogResult {
        DialogResult::Cancelled
    }

    fn ask_save_data(&self, _: &str, _: Format, _: Option<&Path>) -> DialogResult {
        DialogResult::Cancelled
    }

    fn ask_save_document(&self, _: &str, _: Option<&Path>) -> DialogResult {
        DialogResult::Cancelled
    }

    fn ask_open(&self, _: Option<&Path>) -> DialogResult {
        panic!("no dialog")
    }

    fn ask_import(&self, _: Option<&Path>) -> DialogResult {
        DialogResult::Cancelled
    }

    fn ask_text(&self, _: Option<&Path>) -> DialogResult {
        DialogResult::Unavailable
    }

    fn ask_media(&self, _: Option<&Path>) -> DialogResult {
        DialogResult::Unavailable
    }

    fn reveal(&self, _: &Path) -> Result<(), String> {
        Ok(())
    }
}

#[test]
fn a_job_that_panics_is_said_and_nothing_waits_for_it() {
    let healthy = Arc::new(AtomicBool::new(false));
    let mut harness = faulty_window(document("Title"), Arc::new(PanickingDesktop), &healthy);
    press(&mut harness, Modifiers::COMMAND, Key::O);
    finish(&mut harness);
    assert!(shows(&harness, "Internal error while asking for a file (tests/app/crash.rs:"));
    harness.get_by_label("Dismiss").click();
    harness.run();

    press(&mut harness, Modifiers::COMMAND, Key::E);
    // The form has its last size once the preview is there.
    finish(&mut harness);
    for _ in 0..2 {
        click_and_finish(&mut harness, "Save As…");
        assert!(shows(&harness, "Internal error while asking for a file"));
        assert!(!harness.state().state().is_exporting(), "the form can be used again");
    }
}
