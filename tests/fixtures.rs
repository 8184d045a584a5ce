//! Every document in `tests/fixtures/good` is read, and every one in `bad` is refused for the
//! reasons that it states.
//!
//! A bad document says what to expect in comments, in order: `// expect: 12:7: error: part of the
//! message`.

#![expect(clippy::expect_used, reason = "a test fails by panicking")]

use std::{fmt::Write, fs, io, path::PathBuf};

use longview::open;

/// The documents of a folder, by name.
fn documents(folder: &str) -> io::Result<Vec<(String, Vec<u8>)>> {
    let folder: PathBuf = [env!("CARGO_MANIFEST_DIR"), "tests", "fixtures", folder].iter().collect();
    let mut documents = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            continue;
        }
        let name = entry.file_name().to_string_lossy().into_owned();
        documents.push((name, fs::read(entry.path())?));
    }
    documents.sort();
    Ok(documents)
}

#[test]
fn good_documents_are_read() {
    let documents = documents("good").expect("readable");
    assert!(documents.len() >= 4, "{}", documents.len());
    for (name, bytes) in documents {
        let read = open(bytes.clone());
        assert_eq!(read.diagnostics, [], "{name}");
        assert!(read.timeline.is_some(), "{name}");
    }
}

#[test]
fn bad_documents_are_refused_for_their_reasons() {
    check("bad", 20);
}

#[test]
fn documents_that_mean_nothing_are_refused_for_all_their_reasons_at_once() {
    check("meaning", 3);
}

/// Every document of a folder gives just the diagnostics that it states, in order.
fn check(folder: &str, least: usize) {
    let documents = documents(folder).expect("readable");
    assert!(documents.len() >= least, "{}", documents.len());
    let mut wrong = String::new();
    for (name, bytes) in documents {
        let text = String::from_utf8_lossy(&bytes);
        let expected: Vec<_> = text.lines().filter_map(|line| line.trim().strip_prefix("// expect: ")).collect();
        let found: Vec<_> = open(bytes.clone()).diagnostics;
        let headers: Vec<_> = found.iter().map(|diagnostic| diagnostic.header(&name)).collect();
        let agrees = |(header, expect): (&String, &&str)| {
            // The place and severity in full, then any part of the message.
            let mut parts = expect.splitn(3, ": ");
            let (Some(place), Some(severity), Some(message)) = (parts.next(), parts.next(), parts.next()) else {
                return false;
            };
            header.strip_prefix(&format!("{name}:{place}: {severity}: ")).is_some_and(|found| found.contains(message))
        };
        if expected.is_empty() || headers.len() != expected.len() || !headers.iter().zip(&expected).all(agrees) {
            let found: String = found.iter().map(|diagnostic| diagnostic.human(&name, &text)).collect();
            let _ = writeln!(wrong, "{name} expects {expected:#?}, found:\n{found}");
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}
