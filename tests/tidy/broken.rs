//! Sources that break each rule, and sources that look as if they did.

use std::collections::BTreeMap;

use crate::program::Program;
use crate::rooms::exempt;
use crate::rules::{self, MOST_FUNCTION_LINES, MOST_LINES, Violation};

/// The folder of the package that a part belongs to.
fn package(path: &str) -> &'static str {
    let first = path.split('/').next().unwrap_or_default();
    match first {
        "date" | "document" | "edit" | "query" | "timeline" => "model/",
        "export" | "layout" | "media" | "paint" | "prose" | "scene" => "picture/",
        _ => "",
    }
}

/// What is found in sources: each a path below the `src/` of its package and a text. Modules that none of them declares
/// are declared, and the program hands on those of its model.
fn found(sources: &[(&str, &str)]) -> Vec<Violation> {
    let mut texts: BTreeMap<String, String> = BTreeMap::new();
    for (path, text) in sources {
        if path.starts_with("model/") {
            texts.insert((*path).to_owned(), (*text).to_owned());
            continue;
        }
        let package = package(path);
        texts.insert(format!("{package}src/{path}"), (*text).to_owned());
        let mut below = *path;
        while let Some((folder, file)) = below.rsplit_once('/') {
            let parent = format!("{package}src/{folder}/mod.rs");
            let module = file.trim_end_matches(".rs");
            if module != "mod" {
                declare(texts.entry(parent).or_default(), module);
            }
            below = folder;
        }
        let root = below.trim_end_matches(".rs");
        if !matches!(root, "lib" | "main") {
            declare(texts.entry(format!("{package}src/lib.rs")).or_default(), root);
            if !package.is_empty() {
                let handed_on = format!(" pub use longview_{}::{root};", package.trim_end_matches('/'));
                texts.entry("src/lib.rs".to_owned()).or_default().push_str(&handed_on);
                if package == "model/" && root != "edit" {
                    texts.entry("picture/src/lib.rs".to_owned()).or_default().push_str(&handed_on);
                }
            }
        }
    }
    let program = Program::parse(&texts, crate::crates()).expect("sources that can be read");
    rules::violations(&program)
}

/// Adds `mod module;` at the end of a text, on the last of its lines.
fn declare(text: &mut String, module: &str) {
    if !text.contains(&format!("mod {module};")) {
        text.extend([" pub mod ", module, ";"]);
    }
}

/// Checks that sources break one rule, in a place such as "picture/src/layout/a.rs:3", with a message that has all of these words.
fn refused(sources: &[(&str, &str)], place: &str, words: &[&str]) {
    let found: Vec<String> = found(sources).iter().map(ToString::to_string).collect();
    assert_eq!(found.len(), 1, "for {sources:?}: {found:#?}");
    let message = &found[0];
    assert!(message.starts_with(&format!("{place}: ")), "{place} expected: {message}");
    for word in words {
        assert!(message.contains(word), "no {word:?} in: {message}");
    }
}

/// The same for the text of one file, on a line of it.
fn refused_in(path: &str, text: &str, line: usize, words: &[&str]) {
    refused(&[(path, text)], &format!("{}src/{path}:{line}", package(path)), words);
}

#[track_caller]
fn allowed(sources: &[(&str, &str)]) {
    let found: Vec<String> = found(sources).iter().map(ToString::to_string).collect();
    assert!(found.is_empty(), "{found:#?}");
}

/// Parts that others must not use, one in each package.
const LAYOUT: (&str, &str) = ("layout/mod.rs", VIEWS);
const QUERY: (&str, &str) = ("query/mod.rs", VIEWS);
const VIEWS: &str = "pub struct View; pub fn chart() {} pub mod ticks { pub fn of() {} }";

#[test]
fn parts_use_only_those_below_them() {
    let uses = [
        "use crate::query::View;",
        "use crate::{query};",
        "use crate::{date, query::{self, View}};",
        "use crate::query as other;",
        "use super::super::query::View;",
        "use super::super::{query::ticks::of};",
        "fn f(view: &crate::query::View) {}",
        "fn f() { crate::query::chart(); }",
        "fn f() { use super::super::query::chart; }",
        "fn f() -> Option<Box<crate::query::View>> { None }",
        "fn f() { g::<crate::query::View>(); } fn g<T>() {}",
        "impl From<crate::query::View> for u8 { fn from(_: crate::query::View) -> u8 { 0 } }",
        "mod inner { use super::super::super::query::View; }",
        "mod inner { pub mod deeper { fn f() { super::super::super::super::query::chart() } } }",
        "fn f() { let words = \"// no comment\"; crate::query::chart(); }",
        "fn f() { /* // */ crate::query::chart(); }",
        "#[cfg(test)]\nmod tests {}\n#[cfg(not(test))]\nuse crate::query::View;",
        "fn f() { println!(\"{}\", crate::query::chart()); }",
        "fn f() { matches!(1, 2 if crate::query::chart()); }",
        "fn f() { vec![crate::query::View; 2]; }",
        "macro_rules! m { ($x:ident) => { $crate::query::chart() } }",
        "macro_rules! m { () => { use crate::{date, query}; } }",
        "#[derive(crate::query::View)] struct S;",
        "type Other = crate::query::View;",
        "static S: crate::query::View = crate::query::View;",
        "fn f() { if let crate::query::View = x {} }",
        "fn f() { x.map(crate::query::chart); }",
        "fn f() { <crate::query::View as Default>::default(); }",
        "pub use crate::query::View;",
        "use crate::query::*;",
        "use longview_model::query::View;",
    ];
    for text in uses {
        let line = text.lines().count();
        let sources = [QUERY, ("date/mod.rs", ""), ("date/a.rs", text)];
        refused(&sources, &format!("model/src/date/a.rs:{line}"), &["query", "date may not use query"]);
    }
}

#[test]
fn re_exports_and_aliases_lead_to_what_they_mean() {
    let lib = "pub use document::Text; pub use document as reading;";
    let document = ("document/mod.rs", "pub struct Text; pub mod types { pub fn of() {} }");
    for text in
        ["use crate::Text;", "use crate::reading::Text;", "use crate::reading::types;", "fn f() { crate::Text; }"]
    {
        refused(
            &[("model/src/lib.rs", lib), document, ("date/a.rs", text)],
            "model/src/date/a.rs:1",
            &["may not use document"],
        );
    }
    let by_other_name = "fn f() { use crate::document as l; l::types::of() }";
    refused(&[document, ("date/a.rs", by_other_name)], "model/src/date/a.rs:1", &["may not use document"]);
    // What is handed on from below may be used from above.
    let sources = [("timeline/mod.rs", "pub use crate::date::Date;"), ("date/mod.rs", "pub struct Date;")];
    allowed(&[sources[0], sources[1], ("layout/mod.rs", "use crate::timeline::Date; fn f() { Date; }")]);
}

#[test]
fn what_only_looks_like_a_use_is_allowed() {
    for text in [
        "//! Not crate::layout::View.",
        "/// Like [`crate::layout::View`].\nfn f() {}",
        "fn f() { let words = \"use crate::layout::View;\"; }",
        "fn f() { let words = r#\"crate::layout::View\"#; }",
        "#[cfg(test)]\nmod tests { use crate::layout::View; fn f() { std::fs::read(\"x\"); } }\nfn g() {}",
        "#[cfg(all(test, unix))]\nuse crate::layout::View;",
        "#[test]\nfn f() { crate::layout::chart(); }",
        "mod layout { pub fn f() {} } fn g() { layout::f(); self::layout::f(); }",
        "fn f(layout: u8) -> u8 { layout }",
        "pub(super) fn f() {} pub(in crate::date) fn g() {}",
    ] {
        allowed(&[LAYOUT, ("date/a.rs", text)]);
    }
    // A local variable that is called like a crate.
    allowed(&[("layout/mod.rs", "fn f() { let png = 1; g(png); } fn g(_: u8) {}")]);
    // A file of tests.
    allowed(&[LAYOUT, ("date/mod.rs", "#[cfg(test)] mod tests;"), ("date/tests.rs", "use crate::layout::View;")]);
}

#[test]
fn pure_parts_know_no_egui_no_files_and_no_clock() {
    for (text, words) in [
        ("use egui::Pos2;", "emath::Pos2"),
        ("use eframe::egui::Ui;", "what needs egui is in `app`"),
        ("use std::fs;", "touch the file system"),
        ("use std::{fs::File};", "touch the file system"),
        ("use std::fs as files;", "touch the file system"),
        ("fn f() { std::fs::read(\"x\"); }", "touch the file system"),
        ("fn f() { ::std::fs::read(\"x\"); }", "touch the file system"),
        ("fn f() { core::hint::black_box(1); }", "computes and nothing else"),
        ("use std::env;", "computes and nothing else"),
        ("fn f() { std::process::exit(1); }", "computes and nothing else"),
        ("fn f() { std::process::Command::new(\"sh\").spawn(); }", "computes and nothing else"),
        ("use std::net::TcpStream;", "computes and nothing else"),
        ("use std::io::Read;", "computes and nothing else"),
        ("fn f() { std::thread::spawn(|| ()); }", "computes and nothing else"),
        ("use std::time::Instant;", "take the time as an argument"),
        ("fn f() { std::time::SystemTime::now(); }", "take the time as an argument"),
        ("fn f(path: &P) -> bool { path.exists() }", "touch the file system"),
        ("fn f(path: &P) { assert!(path.is_file()); }", "touch the file system"),
        ("fn f(path: &P) { m!(=> path.metadata()); }", "touch the file system"),
        ("fn f(base: &mut B) { base.load_system_fonts(); }", "loads fonts of the system"),
        ("use rfd::FileDialog;", "rooms::ROOMS"),
        ("use std::*;", "name what is"),
        ("extern crate rfd;", "rooms::ROOMS"),
    ] {
        for part in ["document", "timeline", "query", "import", "edit"] {
            refused_in(&format!("{part}/a.rs"), text, 1, &[words]);
        }
    }
    refused_in("layout/a.rs", "fn f() { std::path::Path::exists(p); }", 1, &["std::path::Path::exists", "file system"]);
    refused_in("export/a.rs", "use std::path::Path;\nfn f() { xs.any(Path::exists) }", 2, &["file system"]);
}

#[test]
fn layout_and_scene_take_values_of_egui_only() {
    for part in ["layout", "scene"] {
        let path = format!("{part}/a.rs");
        let values = "use egui::{Align, Color32, Pos2, Rangef, Rect, Vec2, emath::GuiRounding as _, pos2, vec2};";
        allowed(&[(&path, values)]);
        allowed(&[(&path, "use egui::emath; use egui::epaint::emath::Rot2; fn f() { emath::pos2(0.0, 0.0); }")]);
        for name in ["Ui", "Context", "Painter", "Shape", "Galley", "epaint::Mesh", "Response", "FontId"] {
            refused_in(&path, &format!("\nuse egui::{name};"), 2, &["values of emath and `Color32`"]);
            refused_in(&path, &format!("fn f(x: &egui::{name}) {{}}"), 1, &["values of emath and `Color32`"]);
        }
        refused_in(&path, "use egui as toolkit;", 1, &["egui"]);
        refused_in(&path, "use egui::*;", 1, &["egui"]);
    }
}

#[test]
fn egui_is_in_app_only() {
    for part in ["paint", "export"] {
        for name in ["Ui", "Context", "Painter"] {
            refused_in(&format!("{part}/a.rs"), &format!("fn f(x: &egui::{name}) {{}}"), 1, &["is in `app`"]);
        }
        refused_in(&format!("{part}/a.rs"), "use eframe::Frame;", 1, &["is in `app`"]);
    }
    allowed(&[("app/a.rs", "fn f(ui: &mut egui::Ui, context: &egui::Context) {}")]);
    refused_in("app/a.rs", "fn f(frame: &eframe::Frame) {}", 1, &["eframe"]);
    refused_in("app/a.rs", "use egui_plot::Plot;", 1, &["egui_plot"]);
}

#[test]
fn files_are_touched_at_the_ends_only() {
    let text = "use std::fs::File; fn f(p: &std::path::Path) { std::fs::read(p); p.exists(); }";
    for path in ["main.rs", "app/runtime/load.rs", "export/write.rs"] {
        allowed(&[("lib.rs", ""), (path, &text.replace("use std::fs::File;", "use std::fs;"))]);
    }
    refused_in("app/menu.rs", "fn f(path: &std::path::Path) -> bool { path.exists() }", 1, &["Effect"]);
    refused_in("app/menu.rs", "fn f() { std::process::Command::new(\"sh\"); }", 1, &["side effects"]);
    refused_in("export/pdf.rs", "fn f() { std::fs::write(p, b); }", 1, &["writer"]);
    refused_in("export/pdf.rs", "fn f(base: &mut B) { base.load_system_fonts(); }", 1, &["export::fonts"]);
    allowed(&[("export/fonts/a.rs", "fn f(base: &mut B) { base.load_system_fonts(); }")]);
}

#[test]
fn colours_are_made_in_the_theme_only() {
    for (text, item) in [
        ("fn f() { egui::Color32::BLUE; }", "Color32::BLUE"),
        ("use egui::Color32; fn f() { Color32::from_rgb(1, 2, 3); }", "Color32::from_rgb"),
        ("use egui::Color32 as C; fn f() { C::RED; }", "Color32::RED"),
        ("type C = egui::Color32; fn f() { C::from_gray(3); }", "Color32::from_gray"),
        ("fn f() { egui::ecolor::Color32::from_black_alpha(3); }", "Color32::from_black_alpha"),
        ("fn f() { xs.map(egui::Color32::from_gray); }", "Color32::from_gray"),
        ("fn f() { draw!(egui::Color32::GRAY => 3); }", "Color32::GRAY"),
        ("fn f() { egui::Rgba::from_rgb(0.0, 0.0, 0.0); }", "Rgba::from_rgb"),
        ("fn f() { egui::epaint::Hsva::new(0.0, 0.0, 0.0, 0.0); }", "Hsva::new"),
        ("fn f() { egui::hex_color!(\"#fff\"); }", "hex_color"),
        ("fn f(color: C) { color.gamma_multiply(0.5); }", "gamma_multiply"),
    ] {
        for path in ["layout/a.rs", "paint/a.rs", "export/a.rs", "app/a.rs"] {
            refused_in(path, text, 1, &[item, "only `paint/theme.rs` makes colours"]);
        }
        allowed(&[("paint/theme.rs", text)]);
    }
    allowed(&[(
        "app/a.rs",
        "use egui::Color32; fn f(c: Color32) { c == Color32::TRANSPARENT; Color32::PLACEHOLDER; }",
    )]);
}

/// A state, as short as can be.
const STATE: (&str, &str) =
    ("app/state.rs", "pub struct State { pub x: Vec<u8> } impl State { pub fn apply(&mut self) { self.x.push(1); } }");

#[test]
fn only_apply_changes_the_state() {
    let words = &["only `State::apply` changes the state"];
    for text in [
        "use super::state::State; fn f(state: &mut State) {}",
        "use super::state; fn f(state: Option<&mut state::State>) {}",
        "use super::state::State as Memory; fn f(x: &mut Memory) {}",
        "use super::state::State; struct Panel<'a> { state: &'a mut State }",
        "use super::state::State; impl State { fn f(&mut self) {} }",
        "fn f(app: &mut A) { app.state.x = 1; }",
        "fn f(app: &mut A) { app.state.x[0].y += 1; }",
        "fn f(app: &mut A) { (app.state.x, b) = (1, 2); }",
        "fn f(app: &mut A) { app.state.x.push(1); }",
        "fn f(app: &mut A) { g(&mut app.state); }",
        "fn f(app: &mut A) { std::mem::take(&mut app.state.x); }",
        "fn f(app: &mut A) { app.state.apply(1); }",
        "fn f(app: &mut A) { assert!(app.state.x.pop()); }",
    ] {
        refused(&[STATE, ("app/menu.rs", text)], "src/app/menu.rs:1", words);
    }
    allowed(&[STATE, ("app/menu.rs", "use super::state::State; fn f(state: &State) -> usize { state.x.len() }")]);
    allowed(&[STATE, ("app/window.rs", "use super::state; fn f(app: &mut A) { app.state.apply(1); }")]);
    // Another state.
    allowed(&[("date/marks.rs", "pub struct State; fn f(state: &mut State) { state.x = 1; }")]);
}

#[test]
fn files_and_folders_do_not_lead_to_each_other() {
    let two = [("date/a.rs", "use super::b::B; pub struct A;"), ("date/b.rs", "\nuse super::a; pub struct B;")];
    refused(
        &two,
        "model/src/date/",
        &["circle of a.rs, b.rs", "a.rs -> b.rs (model/src/date/a.rs:1)", "b.rs -> a.rs (model/src/date/b.rs:2)"],
    );
    let three = [
        ("date/a.rs", "use super::b::B; pub struct A;"),
        ("date/b.rs", "pub struct B; fn f() { super::c::C; }"),
        ("date/c.rs", "pub struct C; fn f() { m!(super::a::A => 1); }"),
        ("date/d.rs", "use super::a::A;"),
    ];
    refused(&three, "model/src/date/", &["circle of a.rs, b.rs, c.rs"]);
    // A folder and a file beside it.
    let folder =
        [("date/x/a.rs", "pub struct A; use super::super::b::B;"), ("date/b.rs", "pub struct B; use super::x::a::A;")];
    refused(&folder, "model/src/date/", &["circle of b.rs, x"]);
    // Two folders, though no two files.
    let folders = [
        ("date/x/a.rs", "use super::super::y::c::C;"),
        ("date/x/b.rs", "pub struct B;"),
        ("date/y/c.rs", "pub struct C;"),
        ("date/y/d.rs", "use super::super::x::b::B;"),
    ];
    refused(&folders, "model/src/date/", &["circle of x, y"]);
    // A module that defines something and uses its children.
    let parent =
        [("date/mod.rs", "pub mod a; pub struct M; fn f() { a::A; }"), ("date/a.rs", "pub struct A; use super::M;")];
    refused(&parent, "model/src/date/", &["circle of a.rs, mod.rs"]);
}

#[test]
fn what_only_hands_on_is_in_no_circle() {
    let sources = [
        ("date/mod.rs", "pub mod a; pub mod b; pub use a::A; pub use b::B;"),
        ("date/a.rs", "pub struct A;"),
        ("date/b.rs", "pub struct B; use super::A;"),
    ];
    allowed(&sources);
    // One way only, and in tests both.
    let tests = "use super::b::B; pub struct A; ";
    allowed(&[("date/a.rs", tests), ("date/b.rs", "pub struct B; #[cfg(test)] mod tests { use super::super::a::A; }")]);
}

#[test]
fn what_grows_too_long_is_split() {
    let long = "\n".repeat(MOST_LINES + 1);
    refused(&[("date/a.rs", &long)], "model/src/date/a.rs", &["601 lines", "seam"]);
    allowed(&[("date/a.rs", &"\n".repeat(MOST_LINES - 1))]);
    let body = "\n".repeat(MOST_FUNCTION_LINES);
    refused_in("date/a.rs", &format!("\nfn long() {{{body}}}"), 2, &["fn long", "61 lines", "split"]);
    refused_in("date/a.rs", &format!("impl A {{ fn long() {{{body}}} }}"), 1, &["fn long"]);
    let just = "\n".repeat(MOST_FUNCTION_LINES - 1);
    allowed(&[("date/a.rs", &format!("/// Docs\n/// docs\nfn long() {{{just}}}\n#[test]\nfn test() {{{body}}}"))]);
}

#[test]
fn a_part_that_the_tables_lack_may_use_nothing() {
    refused(&[LAYOUT, ("other/a.rs", "use crate::layout::View;")], "src/other/a.rs:1", &["other may not use layout"]);
    refused_in("other/a.rs", "use serde::Serialize;", 1, &["rooms::ROOMS"]);
}

#[test]
fn sources_that_cannot_be_followed_are_refused() {
    refused_in("date/a.rs", "include!(\"b.rs\");", 1, &["make a module of it"]);
    let parse = |texts: &[(&str, &str)]| {
        let texts = texts.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
        Program::parse(&texts, crate::crates()).err().unwrap_or_default()
    };
    assert_eq!(parse(&[("src/lib.rs", ""), ("src/lost.rs", "")]), "no `mod` declaration leads to src/lost.rs");
    assert_eq!(parse(&[("src/lib.rs", "mod gone;")]), "there is no src/gone/mod.rs");
    assert!(parse(&[("src/lib.rs", "#[path = \"x.rs\"] mod gone;")]).contains("has a #[path]"));
    assert!(parse(&[("src/lib.rs", "\nfn f( {}")]).starts_with("src/lib.rs:2:"));
}

#[test]
fn exemptions_cover_what_they_name_and_no_more() {
    let check = |sources: &[(&str, &str)], path, item, unexpected: usize, idle: usize| {
        let (exemptions, violations) = ([exempt(path, item)], found(sources));
        let (other, unneeded) = rules::unexpected(&violations, &exemptions);
        assert_eq!((other.len(), unneeded.len()), (unexpected, idle), "{path} {item}: {other:?}");
    };
    let text = [("paint/a.rs", "use egui::{Shape, Ui}; use egui_plot::Plot;")];
    check(&text, "picture/src/paint/a.rs", "egui", 1, 0);
    check(&text, "picture/src/paint/a.rs", "egui::Ui", 2, 0);
    check(&text, "picture/src/paint/b.rs", "egui", 3, 1);
    check(&text, "picture/src/paint/a.rs", "eframe", 3, 1);
    let circle = [("date/a.rs", "use super::b::B; pub struct A;"), ("date/b.rs", "use super::a; pub struct B;")];
    check(&circle, "model/src/date/", "circle of a.rs, b.rs", 0, 0);
    check(&circle, "model/src/date/", "circle of a.rs, b.rs, c.rs", 0, 0);
    check(&circle, "model/src/date/", "circle of a.rs, c.rs", 1, 1);
    check(&circle, "picture/src/layout/", "circle of a.rs, b.rs", 1, 1);
}
