//! How the filter decides what is shown: at once in a small document, else by a job.

use std::sync::Arc;

use crate::progress::Progress;
use crate::query::{Facets, Projection, Search, narrowed, term_of};
use crate::timeline::{EventIndex, LaneIndex, Timeline, number};

use super::effect::{Effect, FilterJob, Job};
use super::filter_state::{FilterMessage, NamedFilter};
use super::jobs::Awaited;
use super::preferences::Preference;
use super::state::State;
use super::words::count_words;

/// So many events are filtered within a frame.
const AT_ONCE: usize = 10_000;
/// So many are after a change of the document, after which what was shown before means nothing any more.
const AFTER_CHANGE: usize = 200_000;

impl State {
    /// Does what is done with the filter.
    pub(super) fn change_filter(&mut self, message: FilterMessage) -> Vec<Effect> {
        match message {
            FilterMessage::Show(is_open) => self.filter.is_open = is_open && self.documents_shown > 0,
            FilterMessage::Toggle(term) => {
                let position = self.filter.chips().position(|(own, _)| own == term);
                match position {
                    Some(position) => self.remove_term(position),
                    None => self.add_terms(&term),
                }
            }
            FilterMessage::Add(terms) => {
                self.add_terms(&terms);
                self.filter.typed.clear();
            }
            FilterMessage::Remove(position) => self.remove_term(position),
            FilterMessage::Set(terms) => self.set_filter(terms),
            FilterMessage::TimeInView => {
                let [from, to] = self.dates_in_view();
                self.add_terms(&format!("after:{from} before:{to}"));
            }
            FilterMessage::Type(typed) => self.filter.typed = typed,
            FilterMessage::Name(name) => self.filter.name = name,
            FilterMessage::Keep => return self.keep_filter(),
            FilterMessage::Forget(name) => {
                let mut filters = self.preferences.filters.clone();
                filters.retain(|filter| filter.name != name);
                return self.prefer(Preference::Filters(filters));
            }
        }
        Vec::new()
    }

    fn keep_filter(&mut self) -> Vec<Effect> {
        let name = std::mem::take(&mut self.filter.name).trim().to_owned();
        if name.is_empty() || !self.filter.is_active() {
            return Vec::new();
        }
        let mut filters = self.preferences.filters.clone();
        filters.retain(|filter| filter.name != name);
        filters.push(NamedFilter { name, terms: self.filter.terms.clone() });
        self.prefer(Preference::Filters(filters))
    }

    fn add_terms(&mut self, terms: &str) {
        let terms = [self.filter.terms.trim(), terms.trim()].join(" ");
        self.set_filter(terms.trim().to_owned());
    }

    fn remove_term(&mut self, position: usize) {
        let kept: Vec<&str> =
            self.filter.chips().enumerate().filter(|(own, _)| *own != position).map(|(_, (term, _))| term).collect();
        self.set_filter(kept.join(" "));
    }

    /// Shows only what these terms find.
    pub(super) fn set_filter(&mut self, terms: String) {
        self.filter.search = Search::new(&terms);
        self.filter.terms = terms;
        self.word_filter();
        self.folded_anew();
    }

    /// Finds out what the terms mean in the document that is shown.
    pub(super) fn word_filter(&mut self) {
        self.filter.words = self.filter.search.terms(&self.filter.terms, &self.document.timeline).collect();
    }

    /// Shows only what is not in the lane that the keys are on.
    pub(super) fn hide_lane(&mut self) {
        let of_event = || self.timeline().event(self.selected_event()?).map(|event| event.lane);
        if let Some(lane) = self.current_lane().or_else(of_event) {
            let term = self.term_of_lane("-@", lane);
            self.add_terms(&term);
        }
    }

    /// Returns the term that finds what is in a lane, after a prefix: that of its title, unless it has none.
    #[must_use]
    pub fn term_of_lane(&self, prefix: &str, lane: LaneIndex) -> String {
        let name =
            self.timeline().lane(lane).map(|lane| if lane.title.trim().is_empty() { &lane.id } else { &lane.title });
        term_of(prefix, name.map_or("", String::as_str))
    }

    /// Forgets the filter of a document that is not shown any more.
    pub(super) fn forget_filter(&mut self) {
        self.filter = super::filter_state::EventFilter::default();
    }

    /// "Shown: 12 of 340 events: lane Diplomacy, tag treaty". Returns `None` if nothing is filtered.
    #[must_use]
    pub fn filter_words(&self) -> Option<String> {
        self.filter
            .is_active()
            .then(|| self.filter.search.shown_words(&self.filter.terms, self.timeline(), self.projection()))
    }

    /// "12 of 340 events".
    #[must_use]
    pub fn filter_count_words(&self) -> String {
        let shown = number(self.projection().len() as f64);
        format!("{shown} of {}", count_words(self.timeline().events.len(), "event"))
    }

    /// Returns what is shown of a timeline while it is filtered, where that takes no time. Returns `None` if nothing is
    /// filtered, or if a job must find it.
    pub(super) fn filtered_at_once(&self, timeline: &Timeline, is_changed: bool) -> Option<Projection> {
        let most = if is_changed { AFTER_CHANGE } else { AT_ONCE };
        if !self.filter.is_active() || timeline.events.len() > most {
            return None;
        }
        let is_folded = |lane: LaneIndex| timeline.lane_id(lane).is_some_and(|id| self.lanes.folded.contains(id));
        narrowed(timeline, &self.filter.search, &is_folded, &Progress::default())
    }

    /// Starts the jobs that the filter needs: the one that finds what it shows, and the one that counts what there is to
    /// choose from while its form is shown.
    pub(super) fn run_filter(&mut self) -> Vec<Effect> {
        let mut effects = Vec::new();
        if std::mem::take(&mut self.filter.awaits) {
            let progress = Arc::new(Progress::default());
            let id = self.jobs.start(Awaited::Filter(Arc::clone(&progress)));
            effects.push(Effect::Start(
                id,
                Job::Filter(Box::new(self.filter_job(Some(self.filter.search.clone()), progress))),
            ));
        }
        let version = self.documents_shown;
        let is_counted = matches!(&self.filter.facets, Some((of, _)) if *of == version);
        if !self.filter.is_open
            || is_counted
            || self.jobs.iter().any(|job| matches!(job, Awaited::Facets(of) if *of == version))
        {
            return effects;
        }
        if self.timeline().events.len() <= AT_ONCE {
            self.take_facets(version, Facets::of(self.timeline(), &Progress::default()));
        } else {
            let id = self.jobs.start(Awaited::Facets(version));
            effects.push(Effect::Start(id, Job::Filter(Box::new(self.filter_job(None, Arc::default())))));
        }
        effects
    }

    fn filter_job(&self, search: Option<Search>, progress: Arc<Progress>) -> FilterJob {
        FilterJob { timeline: Arc::clone(&self.document.timeline), search, folded: self.lanes.folded.clone(), progress }
    }

    /// Takes in what there is to choose from.
    pub(super) fn take_facets(&mut self, version: u64, facets: Option<Facets>) {
        self.filter.facets = facets.map(|facets| (version, Arc::new(facets))).or(self.filter.facets.take());
    }

    /// Shows this part of the timeline.
    pub(super) fn set_projection(&mut self, projection: Projection) {
        self.document.projection = projection;
        self.projections += 1;
        self.export.preview.asked = None;
        self.forget_rows();
    }

    /// Whether it is not known yet what the filter shows.
    pub(super) fn filters(&self) -> bool {
        self.filter.awaits || self.jobs.iter().any(|job| matches!(job, Awaited::Filter(_)))
    }

    /// Cancels the job that finds what the filter shows.
    pub(super) fn cancel_filter(&mut self) {
        self.filter.awaits = false;
        self.jobs.retain(|job| {
            let Awaited::Filter(progress) = job else { return true };
            progress.cancel();
            false
        });
    }

    /// Returns the event before the selected one, or after it, among those that are shown.
    #[must_use]
    pub fn step_from_selected(&self, later: bool) -> Option<EventIndex> {
        let from = self.timeline().dated(self.selected_event());
        if later { self.projection().next(from) } else { self.projection().previous(from) }
    }
}

impl FilterJob {
    /// Returns what is shown of the timeline. Returns `None` if that is cancelled.
    #[must_use]
    pub fn projection(&self, search: &Search) -> Option<Projection> {
        let is_folded = |lane: LaneIndex| self.timeline.lane_id(lane).is_some_and(|id| self.folded.contains(id));
        narrowed(&self.timeline, search, &is_folded, &self.progress)
    }
}
