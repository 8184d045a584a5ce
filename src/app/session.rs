//! What the program remembers from one window to the next: where the window was, its panels, and places in documents.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use crate::date::Interval;
use crate::timeline::{Axis, ItemId, Key};

use super::export_settings::ExportSettings;

/// The greatest number of documents whose place is remembered.
const MOST: usize = 100;
/// What a file begins with.
const HEADER: &str = "longview session 1";

/// What is remembered.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Session {
    /// Where the window was.
    pub window: WindowPlace,
    /// The sizes of its panels.
    pub panels: PanelSizes,
    /// Whether the record is hidden.
    pub hides_record: bool,
    /// What is chosen in the export form.
    pub export: ExportSettings,
    /// Places in documents, those shown last first.
    pub documents: Vec<DocumentPlace>,
}

/// Where a window is. Lengths are in points of the window system.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct WindowPlace {
    /// Its width and height while it is not maximized.
    pub size: Option<[f32; 2]>,
    /// Its upper left corner while it is not maximized, where the window system tells it.
    pub position: Option<[f32; 2]>,
    /// Whether it is maximized.
    pub is_maximized: bool,
}

/// The sizes that the user gave panels, in points.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct PanelSizes([Option<f32>; 4]);

/// A panel whose size the user sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SizedPanel {
    /// The record beside the chart.
    RecordBeside,
    /// The record under the chart.
    RecordBelow,
    /// A text beside the chart.
    TextBeside,
    /// A text above the chart.
    TextAbove,
}

impl PanelSizes {
    /// Returns the size that the user gave a panel: its width, or its height where it is above or below.
    #[must_use]
    pub fn get(&self, panel: SizedPanel) -> Option<f32> {
        self.0.get(panel as usize).copied().flatten()
    }

    pub(super) fn set(&mut self, panel: SizedPanel, size: f32) {
        if let Some(known) = self.0.get_mut(panel as usize) {
            *known = Some(size);
        }
    }
}

/// What was shown of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentPlace {
    /// Its file, by the canonical path.
    pub path: PathBuf,
    /// The time that was in view, if that was not what the document itself asks for.
    pub view: Option<Interval>,
    /// How time was laid out, if the user chose that.
    pub axis: Option<Axis>,
    /// What was selected.
    pub selected: Option<ItemId>,
    /// The terms of its filter; empty if all events were shown.
    pub filter: String,
}

impl Session {
    /// Returns what was shown of a document.
    #[must_use]
    pub fn document(&self, path: &Path) -> Option<&DocumentPlace> {
        self.documents.iter().find(|document| document.path == path)
    }

    /// Puts the place in a document before all others.
    pub fn note(&mut self, place: DocumentPlace) {
        self.documents.retain(|other| other.path != place.path);
        self.documents.insert(0, place);
        self.documents.truncate(MOST);
    }

    /// Adds places in documents that it has none of.
    #[must_use]
    pub fn with_older(mut self, older: Self) -> Self {
        let is_new = |place: &DocumentPlace| self.document(&place.path).is_none();
        let added: Vec<_> = older.documents.into_iter().filter(is_new).collect();
        self.documents.extend(added);
        self.documents.truncate(MOST);
        self
    }

    /// Returns the text of a file, a line for each thing. Names that are not text of one line are left out.
    #[must_use]
    pub fn encode(&self) -> String {
        let mut text = format!("{HEADER}\n");
        let mut line = |words: std::fmt::Arguments<'_>| {
            // Writing to a string does not fail.
            let _ = writeln!(text, "{words}");
        };
        if let Some([width, height]) = self.window.size {
            line(format_args!("size {width} {height}"));
        }
        if let Some([x, y]) = self.window.position {
            line(format_args!("position {x} {y}"));
        }
        if self.window.is_maximized {
            line(format_args!("maximized"));
        }
        if self.hides_record {
            line(format_args!("record hidden"));
        }
        for (panel, size) in self.panels.0.iter().enumerate() {
            if let Some(size) = size {
                line(format_args!("panel {panel} {size}"));
            }
        }
        // Its own format has no line breaks.
        if let Ok(export) = ron::to_string(&self.export) {
            line(format_args!("export {export}"));
        }
        let is_line = |text: &&str| !text.is_empty() && !text.contains(['\n', '\r']);
        for place in &self.documents {
            let Some(path) = place.path.to_str().filter(is_line) else { continue };
            line(format_args!("document {path}"));
            if let Some(Interval { start, end }) = place.view {
                line(format_args!("view {start} {end}"));
            }
            match place.axis {
                Some(Axis::Even) => line(format_args!("axis even")),
                Some(Axis::Linear) => line(format_args!("axis linear")),
                None => {}
            }
            if is_line(&place.filter.as_str()) {
                line(format_args!("filter {}", place.filter));
            }
            let (kind, key) = match &place.selected {
                Some(ItemId::Event(key)) => ("event", key),
                Some(ItemId::Era(key)) => ("era", key),
                Some(ItemId::Series(key)) => ("series", key),
                None => continue,
            };
            match key {
                Key::Id(id) if is_line(&&**id) => line(format_args!("selected {kind} id {id}")),
                Key::Place(number) => line(format_args!("selected {kind} place {number}")),
                Key::Id(_) => {}
            }
        }
        text
    }

    /// Reads the text of a file. Returns `None` if it is none that [`encode`](Self::encode) returns.
    #[must_use]
    pub fn decode(text: &str) -> Option<Self> {
        let mut lines = text.strip_suffix('\n')?.split('\n');
        if lines.next() != Some(HEADER) {
            return None;
        }
        let mut session = Self::default();
        for line in lines {
            let (name, rest) = line.split_once(' ').unwrap_or((line, ""));
            match name {
                "size" => session.window.size = Some(two(rest).filter(|size| size.iter().all(|side| *side >= 1.0))?),
                "position" => session.window.position = Some(two(rest)?),
                "maximized" => session.window.is_maximized = true,
                "record" => session.hides_record = true,
                // What another version knows of it is no reason to forget the rest.
                "export" => session.export = ron::from_str(rest).unwrap_or_default(),
                "panel" => {
                    let [panel, size]: [f32; 2] = two(rest)?;
                    *session.panels.0.get_mut(panel as usize)? = Some(size);
                }
                "document" => {
                    let path = PathBuf::from(rest);
                    let filter = String::new();
                    session.documents.push(DocumentPlace { path, view: None, axis: None, selected: None, filter });
                }
                _ => session.documents.last_mut()?.decode(name, rest)?,
            }
        }
        session.documents.truncate(MOST);
        Some(session)
    }
}

impl DocumentPlace {
    /// Reads a line about the document. Returns `None` if it is none.
    fn decode(&mut self, name: &str, rest: &str) -> Option<()> {
        match (name, rest) {
            ("view", _) => {
                let (start, end) = rest.split_once(' ')?;
                let view = Interval { start: start.parse().ok()?, end: end.parse().ok()? };
                self.view = Some(Some(view).filter(|view| view.start < view.end)?);
            }
            ("axis", "even") => self.axis = Some(Axis::Even),
            ("axis", "linear") => self.axis = Some(Axis::Linear),
            ("filter", terms) if !terms.is_empty() => terms.clone_into(&mut self.filter),
            ("selected", _) => {
                let mut words = rest.splitn(3, ' ');
                let (kind, form, key) = (words.next()?, words.next()?, words.next()?);
                let key = if form == "id" { Key::of_id(key) } else { Key::Place(key.parse().ok()?) };
                self.selected = Some(match kind {
                    "event" => ItemId::Event(key),
                    "era" => ItemId::Era(key),
                    "series" => ItemId::Series(key),
                    _ => return None,
                });
            }
            _ => return None,
        }
        Some(())
    }
}

/// Returns two finite numbers.
fn two(text: &str) -> Option<[f32; 2]> {
    let (one, other) = text.split_once(' ')?;
    let numbers = [one.parse().ok()?, other.parse().ok()?];
    Some(numbers).filter(|numbers: &[f32; 2]| numbers.iter().all(|number| number.is_finite()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(path: &str) -> DocumentPlace {
        DocumentPlace { path: path.into(), view: None, axis: None, selected: None, filter: String::new() }
    }

    #[test]
    fn a_session_is_read_as_it_was_written() {
        let mut session = Session { hides_record: true, ..Session::default() };
        session.window = WindowPlace { size: Some([1280.0, 800.5]), position: Some([-20.0, 3.0]), is_maximized: true };
        session.panels.set(SizedPanel::TextBeside, 333.25);
        session.export.paper = [100.5, 200.0];
        session.export.margin = Some(7.5);
        session.note(place("/a b.ron"));
        let view = Some(Interval { start: -5_000_000_000, end: 7 });
        let selected = [
            None,
            Some(ItemId::Event(Key::of_id("a treaty  of 1965"))),
            Some(ItemId::Era(Key::Place(3))),
            Some(ItemId::Series(Key::of_id("gdp"))),
        ];
        for (number, selected) in selected.into_iter().enumerate() {
            let axis = [None, Some(Axis::Even), Some(Axis::Linear)].get(number).copied().flatten();
            let filter = if number > 1 { "@=\"a  b\" -#ü".to_owned() } else { String::new() };
            session.note(DocumentPlace { view, axis, selected, filter, ..place(&format!("/{number}")) });
        }
        assert_eq!(Session::decode(&session.encode()), Some(session));
        assert_eq!(Session::decode(&Session::default().encode()), Some(Session::default()));
    }

    #[test]
    fn what_an_export_form_of_another_version_chose_costs_nothing_else() {
        let text = "longview session 1\nexport (dpi: Many)\ndocument /a\n";
        let mut expect = Session::default();
        expect.note(place("/a"));
        assert_eq!(Session::decode(text), Some(expect));
    }

    #[test]
    fn a_broken_file_is_told() {
        for broken in [
            "",
            "longview session 1",
            "longview session 2\n",
            "longview session 1\nview 1 2\n",
            "longview session 1\nsize 1\n",
            "longview session 1\nsize NaN 3\n",
            "longview session 1\nsize -5 3\n",
            "longview session 1\npanel 9 3\n",
            "longview session 1\nfilter #a\n",
            "longview session 1\ndocument /a\nview 2 1\n",
            "longview session 1\ndocument /a\nfilter\n",
            "longview session 1\ndocument /a\nselected event\n",
            "longview session 1\ndocument /a\nselected event place x\n",
            "longview session 1\n\n",
        ] {
            assert_eq!(Session::decode(broken), None, "{broken:?}");
        }
    }

    #[test]
    fn the_number_of_documents_is_bounded() {
        let mut session = Session::default();
        (0..MOST + 20).for_each(|number| session.note(place(&format!("/{number}"))));
        assert_eq!((session.documents.len(), session.document(Path::new("/0"))), (MOST, None));
        session.note(place("/50"));
        assert_eq!((session.documents.len(), session.documents.first()), (MOST, Some(&place("/50"))));
        let mut newer = Session::default();
        newer.note(DocumentPlace { axis: Some(Axis::Even), ..place("/60") });
        let merged = newer.clone().with_older(session);
        assert_eq!((merged.documents.len(), merged.document(Path::new("/60"))), (MOST, newer.documents.first()));
    }
}
