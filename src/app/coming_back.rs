//! How the window comes back to where it was: places in documents, the command line that opens one, and its panels.

use std::path::Path;

use crate::compose::date_near;
use crate::date::iso;
use crate::layout::View;
use crate::open_at::OpenAt;
use crate::timeline::{Axis, ItemId, Key};

use super::effect::{Effect, Job};
use super::file_fault::FileFault;
use super::jobs::Awaited;
use super::session::{DocumentPlace, Session, SizedPanel, WindowPlace};
use super::sitting::Sitting;
use super::state::State;
use super::trail::Trail;

/// How much time passes between two writes of what is remembered while the window is used, in seconds.
const BETWEEN_SAVES: f64 = 30.0;

impl State {
    /// Remembers from now on; `session` is what earlier windows have left.
    pub(super) fn keep_session(&mut self, session: Session, fault: Option<FileFault>) {
        self.record.set_hidden(session.hides_record);
        self.export.set(session.export.clone());
        self.sitting.session = session;
        self.sitting.is_kept = true;
        if let Some(fault) = fault {
            self.notice(fault.words(), None, true);
        }
        self.restore_place();
    }

    /// Opens the first document at a place.
    pub(super) fn open_at(&mut self, place: OpenAt) {
        self.sitting.opens_at = Some(Box::new(place));
        self.go_where_asked();
    }

    /// Shows the place that the command line asks for, once there is a document.
    fn go_where_asked(&mut self) {
        if self.documents_shown == 0 {
            return;
        }
        let Some(asked) = self.sitting.opens_at.take() else { return };
        match asked.view(self.scale(), self.timeline()) {
            Ok(Some(view)) => self.stay_at(view),
            Ok(None) => {}
            Err(problem) => self.notice(problem, None, true),
        }
        if let Some(typed) = asked.find.clone() {
            return self.find_first(typed);
        }
        match asked.item(self.timeline()) {
            Ok(Some(item)) => {
                let view = self.view;
                if let Some(id) = self.timeline().id(item) {
                    self.visit(id);
                }
                // Both edges were given.
                if asked.from.is_some() && asked.to.is_some() {
                    self.stay_at(view);
                }
            }
            Ok(None) => {}
            Err(problem) => self.notice(problem, None, true),
        }
    }

    /// Returns where in the document the user is. Returns `None` if it comes from no file.
    fn document_place(&self) -> Option<DocumentPlace> {
        let path = self.document.canonical_path.as_ref().or(self.document.path.as_ref())?;
        let view = self.target();
        let view = (view != self.home()).then(|| view.interval());
        let (selected, filter) = (self.selected.clone(), self.filter.terms.clone());
        Some(DocumentPlace { path: path.clone(), view, axis: self.chosen_axis, selected, filter })
    }

    /// Remembers where in the document the user is.
    pub(super) fn note_place(&mut self) {
        if self.documents_shown == 0 {
            return;
        }
        if let Some(place) = self.document_place() {
            self.sitting.session.note(place.clone());
            self.sitting.noted.retain(|other| other.path != place.path);
            self.sitting.noted.insert(0, place);
        }
    }

    /// Shows what was shown of the document when it was shown last, and what the command line asks for.
    pub(super) fn restore_place(&mut self) {
        self.sitting.trail = Trail::default();
        let path = self.document.canonical_path.as_ref().or(self.document.path.as_ref());
        let place = path.and_then(|path| self.sitting.session.document(path)).cloned();
        if let Some(place) = place.filter(|_| self.documents_shown > 0) {
            if let Some(axis) = place.axis {
                self.set_axis(axis);
            }
            if let Some(view) = place.view {
                self.show(View::on(self.scale(), view));
            }
            if !place.filter.is_empty() {
                self.set_filter(place.filter);
            }
            self.selected = place.selected.filter(|id| self.timeline().find(id).is_some());
            self.reveal = self.selected.is_some();
        }
        self.go_where_asked();
    }

    /// Returns what is written for the next window, if it is.
    pub(super) fn session_to_keep(&mut self) -> Option<Session> {
        self.note_place();
        let Sitting { session, noted, is_kept, .. } = &self.sitting;
        let session = Session {
            window: session.window,
            panels: session.panels,
            hides_record: self.record.is_hidden(),
            export: self.export.settings.clone(),
            documents: noted.clone(),
        };
        is_kept.then_some(session)
    }

    /// Writes what is remembered, if that was long ago.
    pub(super) fn save_session(&mut self) -> Option<Effect> {
        if !self.sitting.is_kept || self.now < *self.sitting.saves_at.get_or_insert(self.now + BETWEEN_SAVES) {
            return None;
        }
        self.sitting.saves_at = None;
        let session = Box::new(self.session_to_keep()?);
        Some(Effect::Start(self.jobs.start(Awaited::KeepSession), Job::KeepSession(session)))
    }

    /// Takes in where the window is.
    pub(super) fn window_placed(&mut self, place: WindowPlace, full_screen: bool) {
        self.sitting.full_screen = full_screen;
        let known = &mut self.sitting.session.window;
        if !full_screen {
            known.is_maximized = place.is_maximized;
        }
        if !full_screen && !place.is_maximized {
            (known.size, known.position) = (place.size.or(known.size), place.position.or(known.position));
        }
    }

    /// Takes in the size that the user gave a panel.
    pub(super) fn panel_sized(&mut self, panel: SizedPanel, size: f32) {
        self.sitting.session.panels.set(panel, size);
    }

    /// Puts the command line on the clipboard that opens the document where it is shown now.
    pub(super) fn copy_link(&mut self) -> Vec<Effect> {
        let path = self.document.canonical_path.as_ref().or(self.document.path.as_ref());
        let Some(path) = path.cloned() else {
            self.notice("Only a timeline in a file has a link: save it first.".to_owned(), None, false);
            return Vec::new();
        };
        let link = self.link(&path);
        self.notice(format!("Copied: {link}"), None, false);
        vec![Effect::CopyText(link)]
    }

    /// Returns the dates at the edges of the view.
    pub(super) fn dates_in_view(&self) -> [String; 2] {
        let shown = self.target().interval();
        let length = shown.length() as f64;
        [date_of(shown.start, length), date_of(shown.end.saturating_sub(1), length)]
    }

    /// "longview '/a/timeline.ron' --select treaty --from 1960 --to 2015".
    fn link(&self, path: &Path) -> String {
        let mut words = vec!["longview".to_owned(), quoted(&path.to_string_lossy())];
        if let Some(ItemId::Event(Key::Id(id)) | ItemId::Era(Key::Id(id)) | ItemId::Series(Key::Id(id))) =
            &self.selected
        {
            words.push(option("--select", id));
        }
        if self.target() != self.home() {
            let [from, to] = self.dates_in_view();
            words.push(option("--from", &from));
            words.push(option("--to", &to));
        }
        if self.chosen_axis.is_some_and(|axis| axis == Axis::Even) {
            words.push("--even".to_owned());
        }
        words.join(" ")
    }
}

/// Returns an option of a command line with its value, which may begin with a hyphen.
fn option(name: &str, value: &str) -> String {
    if value.starts_with('-') { format!("{name}={}", quoted(value)) } else { format!("{name} {}", quoted(value)) }
}

/// Returns a date at the edge of a view of this length, in seconds: exact enough that the edge is nearly the same.
fn date_of(seconds: i64, length: f64) -> String {
    /// So much finer than the dates of new events, which are as exact as a hand is.
    const FINER: f64 = 16.0;
    const DAY: f64 = 86_400.0;
    if length < 2.0 * DAY { iso(seconds) } else { date_near(seconds, length / FINER) }
}

/// Returns a text as one word of a command line: for a POSIX shell, or that of Windows.
fn quoted(text: &str) -> String {
    let is_plain =
        |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '/' | ':' | '=' | ',' | '+' | '@');
    if !text.is_empty() && text.chars().all(is_plain) {
        return text.to_owned();
    }
    if cfg!(windows) {
        return format!("\"{}\"", text.replace('"', "\\\""));
    }
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::Date;

    #[test]
    #[cfg(not(windows))]
    fn a_word_is_quoted_for_a_shell() {
        let check = |text: &str, expect: &str| assert_eq!(quoted(text), expect);
        check("/home/a/timeline.ron", "/home/a/timeline.ron");
        check("my file.ron", "'my file.ron'");
        check("it's $HOME `x` \"y\" \\", r#"'it'\''s $HOME `x` "y" \'"#);
        check("a\nb", "'a\nb'");
        check("~/a", "'~/a'");
        check("", "''");
        check("東京", "'東京'");
        assert_eq!(option("--from", "-0043-03"), "--from=-0043-03");
        assert_eq!(option("--from", "44 BCE"), "--from '44 BCE'");
    }

    #[test]
    fn the_edge_of_a_view_is_a_date_that_is_read_again() {
        let check = |date: &str, days: f64, expect: &str| {
            let start = Date::parse(date).expect("a date").bounds().start;
            let said = date_of(start, days * 86_400.0);
            assert_eq!(said, expect, "{date}");
            assert!(Date::parse(&said).is_ok(), "{said}");
        };
        check("1965-06-22", 365_000.0, "1965");
        check("1965-06-22", 18_000.0, "1965-06");
        check("1965-06-22", 365.0, "1965-06-22");
        check("1965-06-22T10:20:30", 30.0, "1965-06-22T10:20");
        check("1965-06-22T10:20:30", 1.0, "1965-06-22T10:20:30");
        check("66 Ma", 3e10, "66.5 Ma");
    }
}
