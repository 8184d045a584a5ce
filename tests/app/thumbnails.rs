//! Pictures of events in the chart: when they are shown, what they say, and what a click on one does.

use std::path::PathBuf;

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use longview::app::App;

use super::support::*;

const VALLEY: &str = "The valley is surveyed, 1872, picture: A low sun over wooded hills";

/// A folder with the document and its pictures, and a window on it.
fn window_with_pictures() -> (tempfile::TempDir, PathBuf, Harness<'static, App>) {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(folder.path().join("pictures")).expect("a folder");
    let files: [(&str, &[u8]); 3] = [
        ("thumbnails.ron", include_bytes!("../fixtures/good/thumbnails.ron")),
        ("pictures/valley.jpg", include_bytes!("../fixtures/good/pictures/valley.jpg")),
        ("pictures/tower.png", include_bytes!("../fixtures/good/pictures/tower.png")),
    ];
    for (name, bytes) in files {
        std::fs::write(folder.path().join(name), bytes).expect("a file");
    }
    let path = folder.path().join("thumbnails.ron");
    let harness = window_on_file(&path);
    (folder, path, harness)
}

/// Waits for the sizes of the pictures, and then for the pictures one after another.
fn read_all(harness: &mut Harness<'static, App>) {
    for _ in 0..4 {
        finish(harness);
    }
}

/// The ids of the events whose pictures have been read and are shown.
fn shown(harness: &Harness<'static, App>) -> Vec<String> {
    let state = harness.state().state();
    let chart = chart_now(harness);
    let images = state.document.thumbnails.images();
    let read = chart.thumbnails().filter(|thumbnail| images.get(&thumbnail.event).is_some_and(Option::is_some));
    let ids = read.filter_map(|thumbnail| state.timeline().event(thumbnail.event).map(|event| event.id.to_owned()));
    let mut ids: Vec<String> = ids.collect();
    ids.sort();
    ids
}

#[test]
fn pictures_are_read_and_said_with_their_marks() {
    let (_folder, _, mut harness) = window_with_pictures();
    read_all(&mut harness);
    assert_eq!(shown(&harness), ["survey", "tower"]);
    assert!(harness.query_by_role_and_label(Role::Button, VALLEY).is_some(), "a screen reader hears of the picture");
    assert!(shows(&harness, "1 warning"), "of the missing one");
}

#[test]
fn a_click_on_a_picture_shows_the_record_of_its_event() {
    let (_folder, _, mut harness) = window_with_pictures();
    read_all(&mut harness);
    let state = harness.state().state();
    let valley = state.timeline().event_by_id("survey");
    let rect = chart_now(&harness).thumbnails().find(|thumbnail| Some(thumbnail.event) == valley).map(|it| it.rect);
    let at = rect.expect("a picture").center();
    harness.hover_at(at);
    harness.run();
    harness.drag_at(at);
    harness.drop_at(at);
    harness.run();
    assert_eq!(harness.state().state().selected_event(), valley);
    read_all(&mut harness);
    assert!(shows(&harness, "A. Painter, CC BY 4.0"), "the record has the credit");
}

#[test]
fn pictures_are_hidden_and_shown_by_a_key_and_a_menu() {
    let (_folder, _, mut harness) = window_with_pictures();
    read_all(&mut harness);
    press(&mut harness, Modifiers::NONE, Key::I);
    assert_eq!(shown(&harness), Vec::<String>::new());
    assert!(harness.query_by_label(VALLEY).is_none());
    assert!(!harness.state().state().picture().setup.pictures, "a picture of the window shows what the window shows");
    harness.get_by_label("View").click();
    harness.run();
    harness.get_by_label_contains("Pictures").click();
    harness.run();
    read_all(&mut harness);
    assert_eq!(shown(&harness), ["survey", "tower"]);
    assert!(harness.state().state().picture().setup.pictures);
}

#[test]
fn the_file_of_a_window_has_its_pictures() {
    let (_folder, _, mut harness) = window_with_pictures();
    read_all(&mut harness);
    let in_window: Vec<_> = chart_now(&harness).thumbnails().map(|thumbnail| thumbnail.rect.size()).collect();
    let (scene, _) = harness.state().state().picture().scene();
    let mut in_file = Vec::new();
    longview::scene::walk(&scene.nodes, &mut |node| {
        if let longview::scene::Node::Image(image) = node {
            in_file.push(image.rect.size());
        }
    });
    assert_eq!(in_file.len(), in_window.len());
    for (file, window) in in_file.iter().zip(&in_window) {
        assert!((*file - *window).abs().max_elem() <= 1.0, "{file:?} {window:?}");
    }
}

#[test]
fn a_newer_version_of_the_document_has_its_own_pictures() {
    let (_folder, path, mut harness) = window_with_pictures();
    read_all(&mut harness);
    let text = std::fs::read_to_string(&path).expect("the document");
    std::fs::write(&path, text.replace("pictures/valley.jpg", "pictures/gone.jpg")).expect("a file");
    press(&mut harness, Modifiers::NONE, Key::F5);
    read_all(&mut harness);
    assert_eq!(shown(&harness), ["tower"]);
    assert!(shows(&harness, "2 warnings"));
}

#[test]
fn a_document_without_pictures_starts_no_job() {
    let mut harness = window();
    finish(&mut harness);
    let state = harness.state().state();
    assert!(state.picture_sizes().is_empty() && !state.jobs.reads_thumbnail());
    assert_eq!(chart_now(&harness).thumbnails().count(), 0);
}
