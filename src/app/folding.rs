//! How groups of lanes are folded, and how the keys walk through lanes.

use std::sync::Arc;

use crate::progress::Progress;
use crate::query::{self, Projection};
use crate::timeline::{LaneId, LaneIndex, Timeline};

use super::effect::{Effect, Job};
use super::jobs::Awaited;
use super::state::State;
use super::ui_command::UiCommand;

/// Groups of so many events are folded within a frame.
const AT_ONCE: usize = 10_000;

impl State {
    /// Folds and unfolds groups, and moves through lanes. Other commands do nothing.
    pub(super) fn change_lanes(&mut self, command: &UiCommand) {
        match command {
            UiCommand::LaneAbove => self.step_lane(-1),
            UiCommand::LaneBelow => self.step_lane(1),
            UiCommand::ShowLane(lane) => self.show_lane(lane.clone()),
            UiCommand::ToggleGroup(lane) => self.toggle(lane),
            UiCommand::Fold => self.fold_current(),
            UiCommand::FoldAll => {
                let groups = self.timeline().iter_lanes().filter(|(_, lane)| lane.is_group());
                self.lanes.folded = groups.filter_map(|(lane, _)| self.timeline().lane_id(lane)).cloned().collect();
                self.folded_anew();
            }
            UiCommand::UnfoldAll => {
                self.lanes.folded.clear();
                self.folded_anew();
            }
            _ => {}
        }
    }

    /// Whether any group is folded, and whether any is not.
    #[must_use]
    pub fn folds(&self) -> (bool, bool) {
        let is_folded =
            |lane: LaneIndex| self.timeline().lane_id(lane).is_some_and(|id| self.lanes.folded.contains(id));
        let groups = self.timeline().iter_lanes().filter(|(_, lane)| lane.is_group());
        groups.fold((false, false), |(some, others), (lane, _)| {
            let folded = is_folded(lane);
            (some || folded, others || !folded)
        })
    }

    /// The lane that the keys are on, or the one that it is folded into.
    #[must_use]
    pub fn current_lane(&self) -> Option<LaneIndex> {
        let lane = self.timeline().find_lane(self.lanes.current.as_ref()?)?;
        self.projection().lanes().get(self.row_of(lane)?).map(crate::query::ShownLane::lane)
    }

    /// The position of the row that shows a lane.
    fn row_of(&self, lane: LaneIndex) -> Option<usize> {
        // Lanes that are folded into one follow it.
        self.projection().lanes().partition_point(|shown| shown.lane() <= lane).checked_sub(1)
    }

    fn step_lane(&mut self, by: isize) {
        let rows = self.projection().lanes().len();
        let here = self.current_lane().and_then(|lane| self.row_of(lane));
        let of_event = || {
            let event = self.timeline().event(self.selected_event()?)?;
            self.row_of(event.lane)
        };
        let row = match here {
            Some(row) => row.saturating_add_signed(by).min(rows.saturating_sub(1)),
            None => of_event().unwrap_or_default(),
        };
        let lane = self.projection().lanes().get(row).and_then(|shown| self.timeline().lane_id(shown.lane()));
        if let Some(lane) = lane.cloned() {
            self.go_to_lane(lane);
        }
    }

    fn go_to_lane(&mut self, lane: LaneId) {
        self.lanes.current = Some(lane);
        (self.lanes.reveals, self.lanes.focuses) = (true, true);
    }

    /// Goes to a lane; unfolds the groups around it.
    fn show_lane(&mut self, id: LaneId) {
        let Some(lane) = self.timeline().find_lane(&id) else { return };
        let around: Vec<LaneIndex> = self.timeline().around(lane).skip(1).collect();
        let before = self.lanes.folded.len();
        for group in around {
            if let Some(group) = self.document.timeline.lane_id(group) {
                self.lanes.folded.remove(group);
            }
        }
        if self.lanes.folded.len() != before {
            self.folded_anew();
        }
        self.lanes.current = Some(id);
        self.lanes.reveals = true;
    }

    fn toggle(&mut self, group: &LaneId) {
        if !self.lanes.folded.remove(group) {
            self.lanes.folded.insert(group.clone());
        }
        self.lanes.current = Some(group.clone());
        self.folded_anew();
    }

    /// Folds or unfolds the group that the keys are on, or folds the one around the lane that they are on.
    fn fold_current(&mut self) {
        let selected = || self.timeline().event(self.selected_event()?).map(|event| event.lane);
        let Some(lane) = self.current_lane().or_else(selected) else { return };
        let is_group = |lane: &LaneIndex| self.timeline().lane(*lane).is_some_and(crate::timeline::Lane::is_group);
        let group = self.timeline().around(lane).find(is_group);
        if let Some(group) = group.and_then(|group| self.timeline().lane_id(group)).cloned() {
            self.toggle(&group);
            self.go_to_lane(group);
        }
    }

    /// Shows the lanes as they are folded now; what is shown stays for as long as a job puts the events of groups in order.
    pub(super) fn folded_anew(&mut self) {
        self.cancel_grouping();
        self.cancel_filter();
        self.lanes.ungrouped.clear();
        if self.filter.is_active() {
            match self.filtered_at_once(self.timeline(), false) {
                Some(projection) => self.set_projection(projection),
                None => self.filter.awaits = true,
            }
            return;
        }
        let (projection, ungrouped) = self.projected(&self.document.timeline);
        if ungrouped.is_empty() {
            self.set_projection(projection);
        }
        self.lanes.ungrouped = ungrouped;
    }

    /// Which lanes of a timeline are shown while these groups are folded, as far as that takes no time; and the groups that
    /// are not folded yet, as it takes a job to put their events in order.
    pub(super) fn projected(&self, timeline: &Timeline) -> (Projection, Vec<LaneIndex>) {
        let is_folded = |lane: LaneIndex| timeline.lane_id(lane).is_some_and(|id| self.lanes.folded.contains(id));
        let rows = query::folded_rows(timeline, &is_folded);
        let folded = rows.iter().filter(|row| !row.folded.is_empty()).map(|row| row.lane);
        let counts: Vec<(LaneIndex, usize)> = folded.map(|lane| (lane, timeline.events_to_group(lane))).collect();
        if counts.iter().map(|(_, events)| events).sum::<usize>() <= AT_ONCE {
            return (query::folded(timeline, &is_folded), Vec::new());
        }
        let ungrouped: Vec<LaneIndex> =
            counts.iter().filter(|(_, events)| *events > 0).map(|(lane, _)| *lane).collect();
        (query::folded(timeline, &|lane| is_folded(lane) && timeline.events_to_group(lane) == 0), ungrouped)
    }

    /// Starts the job that puts the events of groups in order, if one is needed.
    pub(super) fn group(&mut self) -> Vec<Effect> {
        let lanes = std::mem::take(&mut self.lanes.ungrouped);
        if lanes.is_empty() {
            return Vec::new();
        }
        let progress = Arc::new(Progress::default());
        let id = self.jobs.start(Awaited::Group(Arc::clone(&progress)));
        vec![Effect::Start(id, Job::Group { timeline: Arc::clone(&self.document.timeline), lanes, progress })]
    }

    /// Cancels that job.
    pub(super) fn cancel_grouping(&mut self) {
        self.jobs.retain(|job| {
            let Awaited::Group(progress) = job else { return true };
            progress.cancel();
            false
        });
    }
}
