//! Finds what a newer version of a file changes in the document.

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::Arc;

use crate::app::effect::{DocumentSource, UpdateJob};
use crate::app::import_settings::ImportChoices;
use crate::app::loaded_document::source_name;
use crate::app::message::FoundUpdate;
use crate::app::origins::{Origin, OriginContent};
use crate::clock;
use crate::date::{Calendar, Date};
use crate::document::{self, Event, Timeline};
use crate::edit::{self, Versions};
use crate::import::{self, Format, Options};
use crate::interchange;
use crate::progress::Progress;
use crate::query::Projection;

use super::load::read_document;
use super::origins::OriginFiles;

/// Finds what brings a file into a document.
///
/// # Errors
/// Returns why the file or the document cannot be read.
pub(super) fn find(job: &UpdateJob, files: Option<&OriginFiles>) -> Result<FoundUpdate, String> {
    let UpdateJob { path, import, text, .. } = job;
    let name = source_name(&DocumentSource::File(path.clone()));
    let ImportChoices { settings, table } = import.as_ref().clone();
    let options = Options { living: settings.living, today: clock::today(), table };
    let bytes = read_document(path).map_err(|error| format!("cannot read {}: {error}", path.display()))?;
    let cannot = |error: import::ImportError| format!("{name} cannot be imported: {}", error.message);
    let newer = import::import(&bytes, &name, settings.from, &options, &Progress::default()).map_err(cannot)?;
    let notes = newer.report.findings().map(|(kind, finding)| newer.report.line(kind, finding)).collect();
    let (format, newer_text) = (newer.report.format, Arc::new(newer.text()));
    let unreadable = || "a document with errors cannot be updated; correct it first".to_owned();
    let current = parsed(text).ok_or_else(unreadable)?;
    let mut newer = parsed(&newer_text).ok_or_else(unreadable)?;
    let has_title = path.file_stem().is_none_or(|stem| stem.to_string_lossy() != newer.title);
    let written = written_format(format);
    let mut returned = written.and_then(|written| returned_as(written, &name, text));
    let known = noted_origin(job, &newer, files);
    let (origin, mut older) = known.map_or((None, None), |(origin, older)| (Some(origin), Some(older)));
    // A file of another program holds all that was imported from it.
    returned.take_if(|_| matches!(origin, Some(Origin { content: OriginContent::Imported(_), .. })));
    for version in [Some(&mut newer), older.as_mut(), returned.as_mut()].into_iter().flatten() {
        take_lane_ids(version, &current);
        if !has_title {
            // It is the name of the file, and that of a newer one may be another.
            version.title.clone_from(&current.title);
        }
    }
    let is_noted = older.is_some();
    let older = older.or_else(|| returned.clone());
    keep_spellings(&mut newer, &[older.as_ref(), Some(&current)]);
    let (older, returned) = (older.as_ref(), returned.as_ref());
    let update = edit::update(&Versions { older, is_noted, current: &current, returned, newer: &newer });
    let newer = Origin { source: source_path(path), content: OriginContent::Imported(newer_text) };
    Ok(FoundUpdate { name, update, notes, older: origin, newer })
}

/// Returns the path by which a file is known again.
pub(super) fn source_path(path: &Path) -> std::path::PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_path_buf())
}

fn parsed(text: &str) -> Option<Timeline> {
    document::read(text.as_bytes()).timeline
}

/// Returns what is noted of the file, or else of the one that has most events in common with it, if that is most of the
/// events; with the document that it was imported as.
fn noted_origin(job: &UpdateJob, newer: &Timeline, files: Option<&OriginFiles>) -> Option<(Origin, Timeline)> {
    let own = job.origins.as_slice();
    let kept = job.document.as_deref().zip(files).map(|(document, files)| files.of(document)).unwrap_or_default();
    let is_other = |kept: &Origin| own.iter().all(|own| own.source != kept.source);
    let mut all: Vec<Origin> = own.iter().cloned().chain(kept.into_iter().filter(is_other)).collect();
    let source = source_path(&job.path);
    if let Some(at) = all.iter().position(|origin| source_path(&origin.source) == source) {
        let origin = all.swap_remove(at);
        let older = imported(&origin)?;
        return Some((origin, older));
    }
    let ids: HashSet<&str> = newer.events.iter().map(|event| event.id.as_str()).collect();
    let in_common = |older: &Timeline| older.events.iter().filter(|event| ids.contains(event.id.as_str())).count();
    let alike = all.into_iter().filter_map(|origin| {
        let older = imported(&origin)?;
        let common = in_common(&older);
        (common > 0 && common * 2 >= older.events.len()).then_some((common, origin, older))
    });
    // Of those that have as much, the newest.
    alike.min_by_key(|(common, ..)| std::cmp::Reverse(*common)).map(|(_, origin, older)| (origin, older))
}

/// Returns the document that a file was imported as.
fn imported(origin: &Origin) -> Option<Timeline> {
    match &origin.content {
        OriginContent::Imported(text) => parsed(text),
        OriginContent::Written(format, bytes) => {
            let name = source_name(&DocumentSource::File(origin.source.clone()));
            back(*format, &name, bytes)
        }
    }
}

/// Returns the format in which documents are written that are read in this one.
fn written_format(format: Format) -> Option<interchange::Format> {
    match format {
        Format::Csv | Format::Tsv | Format::Xlsx | Format::Ods => Some(interchange::Format::Csv),
        Format::Longview => Some(interchange::Format::Json),
        Format::ICalendar => Some(interchange::Format::ICalendar),
        Format::TimelineJs => Some(interchange::Format::TimelineJs),
        _ => None,
    }
}

/// Returns the document as it comes back from a file of this format: what the format cannot hold is the same before and
/// after then.
fn returned_as(format: interchange::Format, name: &str, text: &Arc<String>) -> Option<Timeline> {
    let progress = Progress::default();
    let timeline = crate::open_text(Arc::clone(text), &progress)?.timeline?;
    let mut bytes = Vec::new();
    interchange::write(format, &timeline, &Projection::all(&timeline), &mut bytes, &progress).ok()?;
    back(format, name, &bytes)
}

/// Returns the document that what was written in a format is read as.
fn back(format: interchange::Format, name: &str, bytes: &[u8]) -> Option<Timeline> {
    let from = match format {
        interchange::Format::Csv => Format::Csv,
        interchange::Format::Json => Format::Longview,
        interchange::Format::ICalendar => Format::ICalendar,
        interchange::Format::TimelineJs => Format::TimelineJs,
    };
    let options = Options { today: clock::today(), ..Options::default() };
    let import = import::import(bytes, name, Some(from), &options, &Progress::default()).ok()?;
    parsed(&import.text())
}

/// Gives the lanes of a version the ids that lanes with the same titles have in the document: a table has titles only.
fn take_lane_ids(version: &mut Timeline, current: &Timeline) {
    let paths = |timeline: &Timeline| -> HashMap<Vec<String>, String> {
        let lane = |id: &str| timeline.lanes.iter().find(|lane| lane.id == id);
        let path = |lane_of: &document::Lane| {
            let around = std::iter::successors(Some(lane_of), |inner| inner.parent.as_deref().and_then(lane));
            // Lanes that contain themselves end somewhere.
            around.take(document::MAX_LANE_DEPTH + 1).map(|lane| lane.title.trim().to_lowercase()).collect()
        };
        timeline.lanes.iter().map(|lane| (path(lane), lane.id.clone())).collect()
    };
    let known = paths(current);
    let renamed: HashMap<String, String> = paths(version)
        .into_iter()
        .filter_map(|(path, id)| Some((id, known.get(&path)?.clone())))
        .filter(|(old, new)| old != new)
        .collect();
    let rename = |id: &mut String| {
        if let Some(new) = renamed.get(id) {
            id.clone_from(new);
        }
    };
    for lane in &mut version.lanes {
        rename(&mut lane.id);
        lane.parent.iter_mut().for_each(rename);
    }
    for event in &mut version.events {
        rename(&mut event.lane);
        event.also.iter_mut().for_each(rename);
    }
}

/// Gives dates the spelling that they have in other versions, the first of which counts, where they mean the same: a
/// spreadsheet writes dates in its own way.
fn keep_spellings(newer: &mut Timeline, others: &[Option<&Timeline>]) {
    let known: Vec<HashMap<&str, &Event>> = others
        .iter()
        .flatten()
        .map(|version| version.events.iter().map(|event| (event.id.as_str(), event)).collect())
        .collect();
    for event in &mut newer.events {
        let Some(date) = &event.date else { continue };
        let read = |text: &str, of: &Event| {
            let calendar =
                if of.calendar == document::Calendar::Julian { Calendar::Julian } else { Calendar::Gregorian };
            Date::try_read(text, calendar).map(|reading| reading.date)
        };
        let meant = read(date, event);
        let same = known.iter().filter_map(|events| events.get(event.id.as_str())).find(|other| {
            other.date.as_deref().is_some_and(|text| text == date || meant.is_some() && read(text, other) == meant)
        });
        if let Some(spelled) = same.and_then(|other| other.date.clone()) {
            event.date = Some(spelled);
        }
    }
}
