//! How commands move the view and the selection through time.

use crate::date::{Date, Interval};
use crate::layout::{RowMode, View};
use crate::timeline::{Axis, EventIndex, Item, ItemId, TimeScale};

use super::glide::Glide;
use super::settling::Settling;
use super::state::State;

/// How far one press of a zoom key or button zooms.
pub(super) const ZOOM_STEP: f64 = 1.6;
/// How far one press of a pan key moves, as a fraction of the view.
pub(super) const PAN_STEP: f64 = 0.2;
/// How much of the view must show something of the document.
const KEPT: f64 = 0.08;
/// How much of the width a fitted span takes.
const FITTED: f64 = 0.8;
/// How many other events are in sight around a fitted one.
const NEIGHBOURS: usize = 2;

impl State {
    pub(super) fn step(&mut self, event: Option<EventIndex>) {
        if let Some(id) = event.and_then(|event| self.timeline().id(Item::Event(event))) {
            self.visit(id);
        }
    }

    /// Selects an item and brings it into view without changing the zoom.
    pub(super) fn visit(&mut self, id: ItemId) {
        let item = self.timeline().find(&id);
        self.selected = Some(id);
        self.reveal = true;
        if let Some(extent) = item.and_then(|item| self.extent_of(item)) {
            let view = self.target();
            let (start, end) = (view.fraction_of(extent.start), view.fraction_of(extent.end));
            let in_view = end > 0.02 && start < 0.98;
            if !in_view {
                self.jump_to(view.panned(f64::midpoint(start, end.min(start + 1.0)) - 0.5));
            }
        }
    }

    fn extent_of(&self, item: Item) -> Option<Interval> {
        match item {
            Item::Series(index) => self.timeline().series_at(index)?.extent(),
            Item::Event(_) | Item::Era(_) => self.date_of(item).map(Date::known_extent),
        }
    }

    fn date_of(&self, item: Item) -> Option<&Date> {
        match item {
            Item::Event(event) => self.timeline().event(event)?.date,
            Item::Era(index) => self.timeline().era(index).map(|era| &era.date),
            Item::Series(_) => None,
        }
    }

    /// Zooms around what is selected, where that is an event or an era in view, else around the middle of the view.
    pub(super) fn zoom(&mut self, factor: f64) {
        let view = self.target();
        let dated = self.selected().filter(|item| !matches!(item, Item::Series(_)));
        let extent = dated.and_then(|item| self.extent_of(item));
        let ends = extent.map(|extent| (view.fraction_of(extent.start), view.fraction_of(extent.end)));
        let in_view = ends.filter(|(start, end)| *end > 0.0 && *start < 1.0);
        // Of what runs out of the view, the part in view counts.
        let at = in_view.map_or(0.5, |(start, end)| f64::midpoint(start.max(0.0), end.min(1.0)));
        self.glide_to(view.zoomed(factor, at).not_beyond(self.timeline().extent, at));
    }

    /// Shows what is selected: a span over most of the width, a single date in the middle of its surroundings.
    pub(super) fn fit_selected(&mut self) {
        let Some(item) = self.selected() else { return };
        let Some(extent) = self.extent_of(item) else { return };
        let single = self.date_of(item).is_some_and(|date| matches!(date, Date::Single(_)));
        if single {
            self.jump_to(self.surroundings(item, extent));
        } else {
            self.jump_to(View::on(self.scale(), extent).widened((1.0 / FITTED - 1.0) / 2.0));
        }
    }

    /// A view with this extent in its middle that is three times as long, and long enough to show the nearest other events.
    fn surroundings(&self, item: Item, extent: Interval) -> View {
        let timeline = self.timeline();
        let length = extent.end as f64 - extent.start as f64;
        let middle = extent.start as f64 + length / 2.0;
        let distance = |event: EventIndex| -> Option<f64> {
            let other = timeline.event(event)?.date?.known_extent();
            let ends = [other.start, other.end].map(|end| (end as f64 - middle).abs());
            Some(ends[0].min(ends[1]))
        };
        let mut near: Vec<f64> = Vec::new();
        if let Item::Event(event) = item {
            let (mut before, mut after) = (Some(event), Some(event));
            for _ in 0..NEIGHBOURS {
                before = before.and_then(|event| timeline.previous(Some(event)));
                after = after.and_then(|event| timeline.next(Some(event)));
                near.extend([before, after].into_iter().flatten().filter_map(distance));
            }
        }
        near.sort_unstable_by(f64::total_cmp);
        let farthest = near.get(NEIGHBOURS - 1).or(near.last()).copied().unwrap_or(0.0);
        // Half of a view in which the farthest of them has some room beside it.
        let half = (1.5 * length).max(1.25 * farthest);
        View::around(extent, (half / length.max(1.0) - 0.5).max(1.0))
    }

    /// Gives the lanes as many rows as a mode says, or as usual if they have so many already.
    pub(super) fn toggle_rows(&mut self, mode: RowMode) {
        self.rows = if self.rows == mode { RowMode::Auto } else { mode };
        self.lay_out_anew(Settling::arrived(self.now));
        self.scroll = 0.0;
    }

    /// Scrolls the lanes and the series by most of what is in sight; positive is down.
    pub(super) fn scroll_by(&mut self, pages: f32) {
        self.scroll_to((self.scroll + pages * self.scrolls.page).min(self.scrolls.most));
    }

    /// Scrolls the lanes and the series to this many points from the top.
    pub(super) fn scroll_to(&mut self, scroll: f32) {
        self.scroll = scroll.max(0.0);
        self.reveal = false;
        self.lanes.reveals = false;
    }

    /// The view that is shown, or that is being glided to.
    pub(super) fn target(&self) -> View {
        self.glide.map_or(self.view, |glide| glide.to)
    }

    /// How time is laid out: as the user chose for this document, else as the document says.
    #[must_use]
    pub fn axis(&self) -> Axis {
        self.chosen_axis.unwrap_or(self.timeline().axis)
    }

    /// The scale of time.
    pub(super) fn scale(&self) -> TimeScale {
        self.timeline().scale(self.axis())
    }

    /// The view that the document asks for, or else the whole document.
    pub(super) fn home(&self) -> View {
        View::home_on(self.scale(), self.timeline())
    }

    /// A view of an interval, with half of its width on either side.
    pub(super) fn around(&self, extent: Interval) -> View {
        View::on(self.scale(), extent).widened(0.5)
    }

    /// Lays out time like this. The same time is shown as before; where it was all, it is all again.
    pub(super) fn set_axis(&mut self, axis: Axis) {
        let was_home = self.target() == self.home();
        self.chosen_axis = Some(axis);
        self.forget_rows();
        let view = if was_home { self.home() } else { self.target() };
        self.show(view);
    }

    pub(super) fn show(&mut self, view: View) {
        self.glide = None;
        self.view = view.with_scale(self.scale()).kept_near(self.timeline().extent, KEPT);
    }

    /// Shows `view` and stops any movement.
    pub(super) fn stay_at(&mut self, view: View) {
        self.glide = None;
        self.view = view.with_scale(self.scale());
    }

    pub(super) fn glide_to(&mut self, view: View) {
        let extent = self.timeline().extent;
        let to = view.with_scale(self.scale()).not_beyond(extent, 0.5).kept_near(extent, KEPT);
        // Without motion it is over in the next frame.
        let began = if self.preferences.reduced_motion { f64::NEG_INFINITY } else { self.now };
        self.glide = Some(Glide { from: self.view, to, began, is_jump: false });
    }

    /// The same to a place of its own, where everything may find its row anew.
    pub(super) fn jump_to(&mut self, view: View) {
        self.glide_to(view);
        if let Some(glide) = &mut self.glide {
            glide.is_jump = true;
        }
    }

    /// Takes in the time of the frame, in seconds since the window opened, and moves a view that is on its way.
    pub(super) fn advance(&mut self, now: f64) {
        self.now = now;
        let Some(glide) = self.glide else { return };
        let (view, has_ended) = glide.at(now);
        self.view = view;
        self.glide.take_if(|_| has_ended);
        let has_arrived = has_ended && glide.is_jump;
        self.settling = if has_arrived { Settling::arrived(now) } else { Settling::moved(now) };
    }
}
