//! The invariants of the architecture, kept by reading the sources as syntax trees. ARCHITECTURE.md says why they are.
//!
//! `rooms.rs` has the tables: what each part of the packages may use. `broken.rs` has sources that break each rule.

#![expect(clippy::expect_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod broken;
mod circles;
mod program;
mod references;
mod rooms;
mod rules;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use program::Program;

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The texts of all sources, by their paths below the repository.
fn texts() -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut folders = ["src", "model/src", "picture/src"].map(|sources| repository().join(sources)).to_vec();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a readable folder") {
            let path = entry.expect("a readable entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let text = fs::read_to_string(&path).expect("a readable source");
                let below = path.strip_prefix(repository()).expect("a path below the repository");
                found.insert(below.to_string_lossy().replace('\\', "/"), text);
            }
        }
    }
    found
}

/// The names by which sources may call other crates: those of the standard library, and the dependencies in Cargo.toml.
fn crates() -> BTreeSet<String> {
    let of_the_language = ["std", "core", "alloc"].map(str::to_owned);
    ["Cargo.toml", "model/Cargo.toml", "picture/Cargo.toml"]
        .into_iter()
        .flat_map(dependencies)
        .chain(of_the_language)
        .collect()
}

/// The names of the dependencies of a package.
fn dependencies(manifest: &str) -> Vec<String> {
    let manifest = fs::read_to_string(repository().join(manifest)).expect("a manifest");
    // Those of one platform have a section of their own.
    let is_of_sources = |heading: &str| {
        heading == "dependencies" || heading.starts_with("target.") && heading.ends_with(".dependencies")
    };
    let sections = manifest.split("\n[").filter_map(|section| section.split_once("]\n"));
    let lines = sections.filter(|(heading, _)| is_of_sources(heading)).flat_map(|(_, lines)| lines.lines());
    let names = lines.filter_map(|line| line.split_once(" =")).map(|(name, _)| name.trim_end_matches(".workspace"));
    names.filter(|name| !name.starts_with('#')).map(|name| name.replace('-', "_")).collect()
}

#[test]
fn the_sources_keep_to_the_rules() {
    let texts = texts();
    assert!(texts.len() > 100, "only {} sources were found", texts.len());
    let program = Program::parse(&texts, crates()).expect("sources that can be read");
    let violations = rules::violations(&program);
    let (unexpected, idle) = rules::unexpected(&violations, rooms::EXEMPTIONS);
    let unexpected: Vec<String> = unexpected.into_iter().map(ToString::to_string).collect();
    assert!(unexpected.is_empty(), "{} broken:\n{}", unexpected.len(), unexpected.join("\n"));
    let idle: Vec<String> = idle.into_iter().map(|idle| format!("exempt({:?}, {:?}),", idle.path, idle.item)).collect();
    assert!(idle.is_empty(), "no longer needed, so take it out of tests/tidy/rooms.rs:\n{}", idle.join("\n"));
}

#[test]
fn the_map_names_every_module() {
    let map = fs::read_to_string(repository().join("ARCHITECTURE.md")).expect("the map");
    for path in texts().keys() {
        let below = path.find("src/").map_or(0, |at| at + "src/".len());
        let end = path[below..].find('/').map_or(path.len(), |folder| below + folder + 1);
        assert!(map.contains(&path[..end]), "ARCHITECTURE.md does not mention {}", &path[..end]);
    }
}
