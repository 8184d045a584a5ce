//! How commands measure.

use crate::date::Handle;
use crate::paint;

use super::measure::{Edge, MOST, Measure, MeasureMessage, date_of};
use super::state::State;

impl State {
    /// Begins to measure from the start of what is selected; pins the measure to what is selected now, or ends.
    pub(super) fn measure(&mut self) {
        if !self.sitting.measuring.is_active {
            self.sitting.measuring.is_active = true;
            self.sitting.measuring.from = self.selected_edge();
            return;
        }
        match self.measured_by_keys() {
            Some(measure) => self.pin(measure),
            None => self.end_measuring(),
        }
    }

    /// Ends measuring; what is pinned stays.
    pub(super) fn end_measuring(&mut self) {
        self.sitting.measuring.is_active = false;
        self.sitting.measuring.from = None;
    }

    pub(super) fn change_measures(&mut self, message: MeasureMessage) {
        match message {
            MeasureMessage::Begin(edge) => {
                self.sitting.measuring.is_active = true;
                self.sitting.measuring.from = Some(edge);
            }
            MeasureMessage::Choose(to) => match self.sitting.measuring.from.take() {
                Some(from) if from != to => self.pin(Measure { from, to }),
                _ => self.sitting.measuring.from = Some(to),
            },
            MeasureMessage::Remove(place) if place < self.sitting.measuring.pinned.len() => {
                self.sitting.measuring.pinned.remove(place);
            }
            MeasureMessage::Remove(_) => {}
            MeasureMessage::RemoveAll => self.sitting.measuring.pinned.clear(),
        }
    }

    /// Lets a measure stay. The oldest one goes where there are too many.
    fn pin(&mut self, measure: Measure) {
        self.sitting.measuring.from = None;
        let pinned = &mut self.sitting.measuring.pinned;
        pinned.retain(|other| *other != measure);
        pinned.push(measure);
        if pinned.len() > MOST {
            pinned.remove(0);
        }
    }

    /// Returns the start of what is selected, if it has a date.
    fn selected_edge(&self) -> Option<Edge> {
        let id = self.selected.as_ref()?;
        let edge = |handle| Edge::Of(id.clone(), handle);
        date_of(id, self.timeline())?;
        let all = [Handle::Start, Handle::End].map(edge);
        all.into_iter().find(|edge| edge.date(self.timeline()).is_some())
    }

    /// Returns the measure to what is selected now.
    #[must_use]
    pub(super) fn measured_by_keys(&self) -> Option<Measure> {
        let (from, to) = (self.sitting.measuring.from.clone()?, self.selected_edge()?);
        let is_other = match (&from, &to) {
            (Edge::Of(one, _), Edge::Of(other, _)) => one != other,
            _ => true,
        };
        is_other.then_some(Measure { from, to })
    }

    /// Returns what is drawn of the pinned measures.
    #[must_use]
    pub fn drawn_measures(&self) -> Vec<paint::Measure> {
        let timeline = self.timeline();
        self.sitting.measuring.pinned.iter().filter_map(|measure| measure.drawn(timeline, false)).collect()
    }
}
