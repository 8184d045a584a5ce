//! Fills in what depends on both the events of a timeline and the rest of it.

use crate::date::{Calendar, Date, Interval, is_undated};
use crate::document::{DocPath, Problem};

use super::clocks::{AxisZone, Seen};
use super::even;
use super::events::Placed;
use super::ids::{error, has_errors};
use super::kept::Kept;
use super::model::{Era, Timeline};
use super::references::read_date;
use super::series::Series;

/// Fills in what depends on both the events, which are in their order, and the rest.
pub(super) fn complete(kept: &Kept, timeline: &mut Timeline, problems: &mut Vec<Problem>) {
    let batches = &timeline.events.batches;
    let mut seen = Seen::default();
    for batch in batches {
        seen.join(batch.records.seen.shifted(batch.first));
    }
    seen.join(kept.seen.clone());
    if kept.references.zone.is_none() {
        problems.extend(seen.mixed());
    }
    let dated = batches.iter().filter_map(Placed::extent).reduce(Interval::hull);
    timeline.omitted.events = batches.iter().map(|batch| batch.omitted.len()).sum();
    timeline.has_also = batches.iter().any(|batch| !batch.records.also.is_empty());
    timeline.extent = extent(dated, &timeline.eras, &timeline.series);
    timeline.has_clocks = seen.any();
    timeline.zone = kept.references.zone.clone().map_or_else(|| seen.axis(), AxisZone::Named);
    timeline.initial_view = initial_view(kept, timeline.extent, problems);
    timeline.even = even::scale(timeline);
}

fn initial_view(kept: &Kept, extent: Interval, problems: &mut Vec<Problem>) -> Option<Interval> {
    let view = kept.view.as_ref()?;
    let path = || DocPath::root().field("view");
    let before = problems.len();
    let mut date = |text: Option<&str>, name: &'static str| {
        let text = text.filter(|text| !is_undated(text))?;
        let zone = kept.references.zone.as_ref();
        read_date(text, Calendar::Gregorian, zone, || path().field(name), problems)
    };
    let (from, to) = (date(view.from.as_deref(), "from"), date(view.to.as_deref(), "to"));
    if has_errors(problems.get(before..).unwrap_or_default()) {
        return None;
    }
    let start = from.and_then(|date| date.earliest()).unwrap_or(extent.start);
    let end = to.and_then(|date| date.latest()).unwrap_or(extent.end);
    if start >= end {
        let hint = "`from` must be before `to`".to_owned();
        problems.push(error(path(), "the view is empty".to_owned(), Some(hint)));
        return None;
    }
    Some(Interval { start, end })
}

/// Returns the smallest interval that contains all dates: of the events, the eras and the series. Open ends are
/// ignored.
fn extent(events: Option<Interval>, eras: &[Era], series: &[Series]) -> Interval {
    let points = series.iter().flat_map(|series| series.points.iter().map(|point| &point.date));
    let dates = eras.iter().map(|era| &era.date).chain(points);
    dates.map(Date::known_extent).chain(events).reduce(Interval::hull).unwrap_or_default()
}
