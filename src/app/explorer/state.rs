//! What the explorer remembers, and the one function that changes it.

use std::collections::BTreeMap;

use crate::date::{Date, Interval};
use crate::document::Scale;
use crate::layout::View;
use crate::timeline::{SeriesIndex, Successors, TimeScale, Timeline};

use super::index::IndexDate;

/// Which value to go to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The one before.
    Previous,
    /// The one after.
    Next,
    /// The earliest.
    First,
    /// The latest.
    Last,
}

/// A value: a point of a series.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Value {
    /// The series.
    pub series: SeriesIndex,
    /// The position of the point in it.
    pub point: usize,
}

/// Something that changes the explorer.
#[derive(Clone, Debug, PartialEq)]
pub enum ExplorerMessage {
    /// Explore a series, beside those that are compared already if the explorer is open.
    Open(SeriesIndex),
    /// Return to the chart.
    Close,
    /// Show a series that is not shown, or hide one that is.
    Toggle(SeriesIndex),
    /// Divide value axes in this way.
    SetScale(Scale),
    /// Zoom by a factor (above 1 is closer) at a fraction of the width.
    Zoom {
        /// Above 1 is closer.
        factor: f64,
        /// 0 is the left edge, 1 the right one.
        at: f64,
    },
    /// Move by a fraction of the width; positive is later.
    Pan(f64),
    /// Show exactly this time, and this part of the value axis of a unit, as fractions of what shows all values.
    Show {
        /// The unit of the plot; that of indexed values is empty.
        unit: String,
        /// The time.
        view: View,
        /// The lower and the upper fraction.
        part: (f64, f64),
    },
    /// Show all of the series.
    Fit,
    /// What stands in the field for a date.
    TypeDate(String),
    /// Index to the date in the field; to none if it is empty.
    IndexToTyped,
    /// Index to the date of a value.
    IndexTo(Value),
    /// Show values as they are.
    Unindex,
    /// Say a value.
    Select(Value),
    /// Say another value of the series whose value is said.
    Step(Step),
}

/// What the explorer remembers.
#[derive(Clone, Debug, PartialEq)]
pub struct Explorer {
    /// The series that are shown, in the order of the document.
    pub shown: Vec<SeriesIndex>,
    /// The time of all their values.
    extent: Option<Interval>,
    /// What time is shown.
    pub view: View,
    /// How value axes are divided, where their values allow it.
    pub scale: Scale,
    /// The date whose values are 100.
    pub(super) index: Option<IndexDate>,
    /// What stands in the field for a date.
    pub(super) typed: String,
    /// Why that is no date.
    pub(super) refused: Option<String>,
    /// What part of the value axis of a unit is shown, where it is not all of it, as fractions.
    pub(super) parts: BTreeMap<String, (f64, f64)>,
    /// The value that is said under the plots.
    pub(super) selected: Option<Value>,
}

/// How much of the view must show something of the series.
const KEPT: f64 = 0.08;
/// Room on either side of all values, as a fraction of their extent in time.
const MARGIN: f64 = 0.05;

impl Explorer {
    /// An explorer of one series.
    fn new(series: SeriesIndex, timeline: &Timeline) -> Self {
        let scale = timeline.series_at(series).map_or(Scale::Linear, |series| series.scale);
        let mut explorer = Self {
            shown: Vec::new(),
            extent: None,
            view: View::whole_on(TimeScale::LINEAR, timeline),
            scale,
            index: None,
            typed: String::new(),
            refused: None,
            parts: BTreeMap::new(),
            selected: None,
        };
        explorer.show(vec![series], timeline);
        explorer.fit();
        explorer
    }

    /// What a message makes of an explorer, or of none. `None` if it is closed.
    #[must_use]
    pub fn after(before: Option<Self>, message: ExplorerMessage, timeline: &Timeline) -> Option<Self> {
        match (before, message) {
            (_, ExplorerMessage::Close) => None,
            (None, ExplorerMessage::Open(series)) => Some(Self::new(series, timeline)),
            (Some(explorer), ExplorerMessage::Open(series)) if explorer.shown.contains(&series) => Some(explorer),
            (Some(mut explorer), message) => {
                explorer.apply(message, timeline);
                Some(explorer)
            }
            (None, _) => None,
        }
    }

    fn apply(&mut self, message: ExplorerMessage, timeline: &Timeline) {
        match message {
            ExplorerMessage::Open(series) | ExplorerMessage::Toggle(series) => self.toggle(series, timeline),
            ExplorerMessage::Close => {}
            ExplorerMessage::SetScale(scale) => {
                self.scale = scale;
                self.parts.clear();
            }
            ExplorerMessage::Zoom { factor, at } => {
                let view = self.view.zoomed(factor, at);
                self.look_at(self.extent.map_or(view, |extent| view.not_beyond(extent, at)));
            }
            ExplorerMessage::Pan(fraction) => self.look_at(self.view.panned(fraction)),
            ExplorerMessage::Show { unit, view, part } => {
                self.look_at(view);
                self.parts.insert(unit, part);
            }
            ExplorerMessage::Fit => self.fit(),
            ExplorerMessage::TypeDate(typed) => {
                self.typed = typed;
                self.refused = None;
            }
            ExplorerMessage::IndexToTyped => self.index_to_typed(),
            ExplorerMessage::IndexTo(value) => {
                if let Some(point) = timeline.series_at(value.series).and_then(|series| series.points.get(value.point))
                {
                    self.index_to(Some(point.date.clone()));
                }
            }
            ExplorerMessage::Unindex => self.index_to(None),
            ExplorerMessage::Select(value) => self.selected = Some(value),
            ExplorerMessage::Step(step) => self.step(step, timeline),
        }
    }

    fn toggle(&mut self, series: SeriesIndex, timeline: &Timeline) {
        let is_shown = |other: SeriesIndex| self.shown.contains(&other) != (other == series);
        let shown = timeline.iter_series().map(|(index, _)| index).filter(|index| is_shown(*index)).collect();
        let was_whole = self.whole() == Some(self.view);
        self.show(shown, timeline);
        // A view of nothing that is shown is of no use.
        let seen = self.view.interval();
        let is_lost = self.extent.is_some_and(|extent| extent.end <= seen.start || seen.end <= extent.start);
        if was_whole || is_lost {
            self.fit();
        }
    }

    /// The view of all values that are compared.
    fn whole(&self) -> Option<View> {
        self.extent.map(|extent| View::around(extent, MARGIN))
    }

    /// Shows all values that are compared.
    fn fit(&mut self) {
        self.parts.clear();
        self.view = self.whole().unwrap_or(self.view);
    }

    fn look_at(&mut self, view: View) {
        self.view = self.extent.map_or(view, |extent| view.kept_near(extent, KEPT));
    }

    /// Shows these series.
    fn show(&mut self, shown: Vec<SeriesIndex>, timeline: &Timeline) {
        let extents = shown.iter().filter_map(|index| timeline.series_at(*index)?.extent());
        self.extent = extents.reduce(Interval::hull);
        self.shown = shown;
        self.selected = self.selected.filter(|value| self.shown.contains(&value.series));
        self.parts.clear();
    }

    fn index_to_typed(&mut self) {
        match self.typed.trim() {
            "" => self.index_to(None),
            typed => match Date::parse(typed) {
                Ok(date) => self.index_to(Some(date)),
                Err(error) => self.refused = Some(error.to_string()),
            },
        }
    }

    fn index_to(&mut self, date: Option<Date>) {
        self.typed = date.as_ref().map(Date::words).unwrap_or_default();
        self.index = date.map(|date| IndexDate { date });
        self.refused = None;
        self.parts.clear();
    }

    /// Selects another value, and moves the view to it where it is out of sight.
    fn step(&mut self, step: Step, timeline: &Timeline) {
        let series = self.selected.map(|value| value.series).or(self.shown.first().copied());
        let Some((index, series)) = series.and_then(|index| Some((index, timeline.series_at(index)?))) else { return };
        let Some(last) = series.points.len().checked_sub(1) else { return };
        let at = self.selected.map(|value| value.point);
        let point = match (step, at) {
            (Step::First, _) | (Step::Next, None) => 0,
            (Step::Last, _) | (Step::Previous, None) => last,
            (Step::Previous, Some(at)) => at.saturating_sub(1),
            (Step::Next, Some(at)) => (at + 1).min(last),
        };
        self.selected = Some(Value { series: index, point });
        if let Some(point) = series.points.get(point) {
            let at = self.view.fraction_of(point.date.anchor());
            if !(0.02..=0.98).contains(&at) {
                self.view = self.view.panned(at - 0.5);
            }
        }
    }

    /// The same explorer for a newer version of the document. `None` if no series that it shows is in that.
    #[must_use]
    pub fn renewed(mut self, successors: &Successors<'_>, newer: &Timeline) -> Option<Self> {
        let found = |series: &SeriesIndex| successors.series(*series, newer);
        let mut shown: Vec<SeriesIndex> = self.shown.iter().filter_map(found).collect();
        shown.sort_unstable();
        let is_any = !shown.is_empty();
        self.selected = None;
        self.show(shown, newer);
        is_any.then_some(self)
    }
}
