//! What was not read of a family tree: every line with a value that nobody asked for is counted, so that nothing is lost
//! silently.

use super::super::report::Kind;
use super::details::Reader;

/// Records that are read only where something points to them.
const POINTED: [&str; 5] = ["SOUR", "REPO", "NOTE", "SNOTE", "OBJE"];

/// Counts the lines that were not read, once everything else was. A line counts with all that belongs to it.
pub(super) fn count(reader: &mut Reader<'_, '_>) {
    let tree = reader.tree;
    let records: Vec<usize> = tree.records().collect();
    for record in records {
        let end = tree.line(record).map_or(record, |line| line.end);
        let tag = tree.tag(record);
        if POINTED.contains(&tag) && (record..end).all(|line| !tree.is_read(line)) {
            let words = ["TITL", "NAME"].iter().find_map(|tag| tree.text_of(record, tag));
            // A note may be about somebody who is left out.
            let words = words.unwrap_or_default();
            let kind = Kind::LeftOut(format!("a record {tag} that nothing in the document refers to").into());
            let place = reader.at(record);
            reader.builder.report.add(kind, place, &words);
            continue;
        }
        let mut line = record;
        while line < end {
            if tree.is_read(line) || !tree.has_value(line) {
                line += 1;
                continue;
            }
            if tag == "HEAD" {
                reader.count_bookkeeping(line);
            } else {
                reader.drop_line(line);
            }
            line = tree.line(line).map_or(end, |line| line.end);
        }
    }
}
