//! The walls of the architecture, held by reading the sources. ARCHITECTURE.md says why they stand where they do.

#![expect(clippy::expect_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;

/// A source file: its path below the repository, and its text without comments and tests.
struct Source {
    path: String,
    code: String,
    lines: usize,
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    let mut folders = vec![root.join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a readable folder") {
            let path = entry.expect("a readable entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                found.push(source(root, &path));
            }
        }
    }
    assert!(found.len() > 40, "only {} sources were found", found.len());
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

fn source(root: &Path, path: &Path) -> Source {
    let text = fs::read_to_string(path).expect("a readable source");
    let relative = path.strip_prefix(root).expect("a path below the root").to_string_lossy().replace('\\', "/");
    let shipped = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    let code = shipped.lines().map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n");
    Source { path: relative, code, lines: text.lines().count() }
}

/// Test code may do what it likes.
fn is_test(path: &str) -> bool {
    path.contains("/tests/") || path.ends_with("/tests.rs")
}

/// No source under `folder` says any of `words`, but for those that `except` allows.
fn forbid(folder: &str, words: &[&str], except: &[&str]) {
    let mut broken = Vec::new();
    for source in sources() {
        if !source.path.starts_with(folder) || is_test(&source.path) || except.contains(&source.path.as_str()) {
            continue;
        }
        for (number, line) in source.code.lines().enumerate() {
            for word in words.iter().filter(|word| has_word(line, word)) {
                broken.push(format!("{}:{}: `{word}`", source.path, number + 1));
            }
        }
    }
    assert!(broken.is_empty(), "forbidden under {folder}:\n{}", broken.join("\n"));
}

/// Whether a line has these characters with no letter, digit or underscore on either side.
fn has_word(line: &str, word: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(word).any(|(at, found)| {
        let before = line.get(..at).and_then(|text| text.chars().next_back());
        let after = line.get(at + found.len()..).and_then(|text| text.chars().next());
        !before.is_some_and(is_part) && !after.is_some_and(is_part)
    })
}

#[test]
fn words_are_found_whole() {
    assert!(has_word("use egui::Rect;", "egui"));
    assert!(has_word("std::fs::read(path)", "std::fs"));
    assert!(!has_word("use egui_plot::Plot;", "egui"));
}

#[test]
fn document_and_timeline_know_no_egui_and_no_files() {
    for folder in ["src/document/", "src/timeline/"] {
        forbid(folder, &["egui", "eframe", "std::fs", "std::io", "std::env"], &[]);
        // Large documents are parsed on all cores; threads that begin and end within one pure call are no side effect.
        forbid(folder, &["std::thread"], &["src/document/chunks.rs", "src/timeline/merge.rs"]);
    }
}

#[test]
fn data_flows_one_way() {
    forbid("src/document/", &["crate::timeline", "crate::layout", "crate::paint", "crate::export", "crate::app"], &[]);
    forbid("src/timeline/", &["crate::layout", "crate::paint", "crate::export", "crate::app"], &[]);
    forbid("src/layout/", &["crate::paint", "crate::export", "crate::app"], &[]);
    forbid("src/paint/", &["crate::export", "crate::app"], &[]);
    forbid("src/export/", &["crate::app"], &[]);
}

#[test]
fn layout_takes_only_values_from_egui() {
    forbid("src/layout/", &["Ui", "Context", "Painter", "eframe", "egui_plot", "std::fs"], &[]);
}

#[test]
fn eframe_is_in_app_and_main_only() {
    for folder in ["src/export/", "src/paint/", "src/layout/"] {
        forbid(folder, &["eframe"], &[]);
    }
    forbid("src/", &["eframe"], &["src/app/mod.rs", "src/main.rs"]);
}

#[test]
fn files_are_touched_at_the_two_ends_only() {
    forbid(
        "src/",
        &["std::fs", "fs::read", "File::open"],
        &["src/main.rs", "src/app/runtime.rs", "src/export/write.rs"],
    );
}

#[test]
fn colours_come_from_the_theme_only() {
    let made = [
        "from_rgb",
        "from_gray",
        "from_rgba_unmultiplied",
        "from_rgba_unmultiplied_const",
        "from_rgba_premultiplied",
        "from_black_alpha",
    ];
    // The SVG writer takes colours apart and puts them together again, the raster hands pixels over; neither makes any.
    let except = ["src/paint/theme.rs", "src/export/raster.rs", "src/export/svg/mesh.rs", "src/export/svg/xml.rs"];
    forbid("src/", &made, &except);
    let named = ["Color32::RED", "Color32::WHITE", "Color32::BLACK", "Color32::GRAY", "Color32::YELLOW"];
    forbid("src/", &named, &["src/paint/theme.rs"]);
}

#[test]
fn panels_do_not_change_the_state() {
    for panel in ["chart_panel", "inspector", "export_form", "menu", "overlays"] {
        forbid(&format!("src/app/{panel}.rs"), &["&mut State", ".apply("], &[]);
    }
    // `self.state` is only ever read, or applied to.
    let app = sources().into_iter().find(|source| source.path == "src/app/mod.rs").expect("the app");
    let written = |line: &&str| line.contains("self.state.") && line.contains(" = ") && !line.contains("let ");
    assert_eq!(app.code.lines().find(written), None, "state is changed past `State::apply`");
}

#[test]
fn no_file_grows_past_its_use() {
    let long: Vec<String> =
        sources().iter().filter(|s| s.lines > 600).map(|s| format!("{} has {} lines", s.path, s.lines)).collect();
    assert!(long.is_empty(), "look for a seam:\n{}", long.join("\n"));
}

#[test]
fn the_map_names_every_module() {
    let map = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("ARCHITECTURE.md")).expect("the map");
    for source in sources() {
        if source.path.matches('/').count() == 1 {
            assert!(map.contains(&source.path), "ARCHITECTURE.md does not mention {}", source.path);
        } else if let Some(folder) = source.path.split('/').nth(1) {
            assert!(map.contains(&format!("src/{folder}/")), "ARCHITECTURE.md does not mention src/{folder}/");
        }
    }
}
