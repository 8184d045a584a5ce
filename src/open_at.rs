//! Where a window opens a document, as the command line says.

use crate::date::{Date, Interval};
use crate::document::nearest;
use crate::layout::View;
use crate::progress::Progress;
use crate::query::Search;
use crate::timeline::{Item, ItemId, Key, TimeScale, Timeline};

/// Where a window opens a document, as the command line says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OpenAt {
    /// The id of what is selected: of an event, else of an era, else of a series.
    pub select: Option<String>,
    /// Left edge of the view.
    pub from: Option<Date>,
    /// Right edge of the view.
    pub to: Option<Date>,
    /// What is searched for; the first event that is found is selected.
    pub find: Option<String>,
}

impl OpenAt {
    /// Returns the view from `from` to `to`, with the document's own edge where one is not given. Returns `None` if neither
    /// is.
    ///
    /// # Errors
    /// If nothing lies between the two.
    pub fn view(&self, scale: TimeScale, timeline: &Timeline) -> Result<Option<View>, String> {
        if self.from.is_none() && self.to.is_none() {
            return Ok(None);
        }
        let home = View::home_on(scale, timeline).interval();
        let on_axis = |date: &Date| timeline.zone.place(date.clone()).bounds();
        let start = self.from.as_ref().map_or(home.start, |date| on_axis(date).start);
        let end = self.to.as_ref().map_or(home.end, |date| on_axis(date).end);
        if start >= end {
            return Err("nothing lies between --from and --to".to_owned());
        }
        Ok(Some(View::on(scale, Interval { start, end })))
    }

    /// Returns what is selected, or found.
    ///
    /// # Errors
    /// If there is none.
    pub fn item(&self, timeline: &Timeline) -> Result<Option<Item>, String> {
        if let Some(id) = &self.select {
            let all = [ItemId::Event, ItemId::Era, ItemId::Series];
            let found = all.into_iter().find_map(|kind| timeline.find(&kind(Key::of_id(id))));
            return found.map(Some).ok_or_else(|| no_event(id, timeline));
        }
        let Some(text) = &self.find else { return Ok(None) };
        let found = Search::new(text).run(timeline, &Progress::default()).unwrap_or_default();
        let first = found.first().copied().map(Item::Event);
        first.map(Some).ok_or_else(|| format!("no event is found for `{text}`"))
    }
}

/// Says that no event has an id.
#[must_use]
pub fn no_event(id: &str, timeline: &Timeline) -> String {
    let near = nearest(id, timeline.events.iter().map(|event| event.id));
    let near = near.map(|near| format!("did you mean `{near}`? ")).unwrap_or_default();
    format!("there is no event `{id}`; {near}`longview list` names them all")
}

/// Checks what is searched for.
///
/// # Errors
/// What cannot be understood in it.
pub fn search(text: &str) -> Result<String, String> {
    match Search::new(text).problems().first() {
        Some(problem) => Err(problem.message.clone()),
        None => Ok(text.to_owned()),
    }
}
