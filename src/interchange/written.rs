//! Timeline -> the document that says the same: what every format is written from.

use crate::date::civil::{Civil, DAY};
use crate::date::{Date, Interval, Seconds, iso};
use crate::document::{self, Citation, InitialView, Lane, Link, Media, Place, Point};
use crate::query::Projection;
use crate::sorting;
use crate::timeline::{self, AxisZone, CitationView, EventIndex, Timeline, Work};

/// A document to write: everything but its events, and which those are.
#[derive(Clone, Debug)]
pub(super) struct Written<'t> {
    /// What is written.
    pub timeline: &'t Timeline,
    /// Everything but the events.
    pub head: document::Timeline,
    /// The events that are shown: the dated ones in time order, then the undated ones. Sorted.
    events: Vec<EventIndex>,
}

impl<'t> Written<'t> {
    /// Returns the document with the events that a projection shows. Lanes come with it if they hold one of these, or
    /// contain such a lane; all of them if all events are shown.
    pub fn new(timeline: &'t Timeline, projection: &Projection) -> Self {
        let mut events = projection.events();
        events.extend_from_slice(projection.undated());
        let mut head = head(timeline);
        if events.len() < timeline.events.len() {
            let mut needed = vec![false; timeline.lanes.len()];
            let lanes = events.iter().filter_map(|event| timeline.event(*event));
            for lane in lanes.flat_map(|event| event.lanes().collect::<Vec<_>>()) {
                for around in timeline.around(lane) {
                    if let Some(needed) = needed.get_mut(around.get()) {
                        *needed = true;
                    }
                }
            }
            let mut needed = needed.into_iter();
            head.lanes.retain(|_| needed.next().unwrap_or(true));
        }
        Self { timeline, head, events }
    }

    /// Returns the number of events.
    pub fn len(&self) -> usize {
        self.events.len()
    }

    /// Returns the dates of the events that have one.
    pub fn dates(&self) -> impl Iterator<Item = Date> {
        self.events.iter().filter_map(|index| self.timeline.event(*index)?.date.cloned())
    }

    /// Returns the events one after another, as the timeline has them and as the document does.
    pub fn events(&self) -> impl Iterator<Item = (timeline::Event<'t>, document::Event)> {
        let timeline = self.timeline;
        self.events.iter().filter_map(move |index| {
            let event = timeline.event(*index)?;
            let mut written = event_of(timeline, &event);
            if self.events.len() < timeline.events.len() {
                let is_shown = |index: &EventIndex| self.events.binary_search(index).is_ok();
                let related = event.related.iter().filter(is_shown).filter_map(|index| timeline.event(index));
                written.related = related.map(|event| event.id.to_owned()).collect();
            }
            Some((event, written))
        })
    }
}

/// Returns everything but the events.
fn head(timeline: &Timeline) -> document::Timeline {
    let zone = match &timeline.zone {
        AxisZone::Named(zone) => Some(zone.name().to_owned()),
        AxisZone::Local | AxisZone::Utc => None,
    };
    document::Timeline {
        title: timeline.title.clone(),
        subtitle: timeline.subtitle.clone(),
        description: timeline.description.clone(),
        author: timeline.author.clone(),
        date: timeline.date.as_ref().map(Date::to_string),
        language: timeline.language.clone(),
        zone,
        sources: timeline.sources.iter().map(source).collect(),
        lanes: timeline.lanes.iter().map(|lane| lane_of(timeline, lane)).collect(),
        eras: timeline.eras.iter().map(|era| era_of(timeline, era)).collect(),
        events: Vec::new(),
        series: timeline.series.iter().map(|series| series_of(timeline, series)).collect(),
        axis: timeline.axis,
        view: timeline.initial_view.map(view),
    }
}

fn source(source: &timeline::Source) -> document::Source {
    let date = |date: &Option<Date>| date.as_ref().map(Date::to_string);
    let Work { kind, container, editors, volume, issue, pages, edition, place, doi, isbn, .. } = source.work.clone();
    document::Source {
        id: source.id.clone(),
        title: source.title.clone(),
        author: source.author.clone(),
        publisher: source.publisher.clone(),
        date: date(&source.date).or_else(|| source.is_undated.then(|| "n.d.".to_owned())),
        url: source.url.clone(),
        kind,
        container,
        editors,
        volume,
        issue,
        pages,
        edition,
        place,
        doi,
        isbn,
        accessed: date(&source.work.accessed),
        original_date: date(&source.work.original_date),
    }
}

fn lane_of(timeline: &Timeline, lane: &timeline::Lane) -> Lane {
    let parent = lane.parent.and_then(|parent| timeline.lane(parent));
    Lane {
        id: lane.id.clone(),
        title: lane.title.clone(),
        color: lane.own_color().map(|color| color.to_string()),
        parent: parent.map(|parent| parent.id.clone()),
    }
}

fn era_of(timeline: &Timeline, era: &timeline::Era) -> document::Era {
    document::Era {
        id: era.id.clone(),
        title: era.title.clone(),
        date: era.date.to_string(),
        color: era.color.map(|color| color.to_string()),
        description: era.description.clone(),
        citations: era.citations.iter().map(|one| citation(timeline, one.view())).collect(),
    }
}

fn series_of(timeline: &Timeline, series: &timeline::Series) -> document::Series {
    let citations =
        |citations: &[timeline::Citation]| citations.iter().map(|one| citation(timeline, one.view())).collect();
    let mut points: Vec<&timeline::Point> = series.points.iter().collect();
    sorting::by_key(&mut points, |point| point.place);
    let point = |point: &timeline::Point| Point {
        date: point.date.to_string(),
        value: point.value,
        qualifier: point.qualifier,
        citations: citations(&point.citations),
    };
    document::Series {
        id: series.id.clone(),
        title: series.title.clone(),
        unit: series.unit.clone(),
        scale: series.scale,
        points: points.into_iter().map(point).collect(),
        citations: citations(&series.citations),
    }
}

fn citation(timeline: &Timeline, citation: CitationView<'_>) -> Citation {
    Citation {
        source: timeline.source(citation.source).map(|source| source.id.clone()).unwrap_or_default(),
        locator: citation.locator.map(str::to_owned),
        basis: citation.basis,
        note: citation.note.map(str::to_owned),
    }
}

/// Returns an event as a document has it. Its date is in EDTF, or in words where EDTF has no form for it.
pub(super) fn event_of(timeline: &Timeline, event: &timeline::Event<'_>) -> document::Event {
    let owned = |text: Option<&str>| text.map(str::to_owned);
    let lane = |lane| timeline.lane(lane).map(|lane| lane.id.clone());
    let details = event.details;
    let place = details.place().map(|place| {
        let [latitude, longitude] = place.coordinates.map_or([None, None], |degrees| degrees.map(Some));
        Place { name: owned(place.name), latitude, longitude }
    });
    let related = event.related.iter().filter_map(|index| timeline.event(index));
    let media = |media: timeline::Media<'_>| Media {
        file: owned(media.file),
        url: owned(media.url),
        alt: owned(media.alt),
        caption: owned(media.caption),
        credit: owned(media.credit),
        license: owned(media.license),
    };
    let importance = event.importance as i32;
    document::Event {
        id: event.id.to_owned(),
        lane: lane(event.lane).unwrap_or_default(),
        also: event.also.iter().copied().filter_map(lane).collect(),
        title: event.title.to_owned(),
        date: event.date.map(Date::to_string),
        calendar: document::Calendar::Gregorian,
        written: owned(details.written()),
        place,
        color: details.color().map(|color| color.to_string()),
        description: owned(event.description),
        importance: (importance != 0).then_some(importance),
        tags: event.tags.iter().map(str::to_owned).collect(),
        related: related.map(|event| event.id.to_owned()).collect(),
        figures: event.figures.iter().filter_map(|index| timeline.series_at(*index)).map(|s| s.id.clone()).collect(),
        links: details.links().map(|link| Link { url: link.url.to_owned(), title: owned(link.title) }).collect(),
        media: details.media().map(media).collect(),
        citations: event.citations.iter().map(|one| citation(timeline, one)).collect(),
    }
}

/// Returns a view whose ends are whole years or days where they can be, in dates that can be read.
fn view(interval: Interval) -> InitialView {
    let last = interval.end.saturating_sub(1);
    let text = |second: Seconds, edge: Seconds| {
        let Civil { month, day, .. } = Civil::from_seconds(edge);
        let is_day = edge.rem_euclid(DAY) == 0;
        let written = iso(second);
        let written = if is_day { written.split('T').next().unwrap_or_default() } else { written.as_str() };
        let is_year = is_day && (month, day) == (1, 1);
        if is_year || Date::parse(written).is_err() {
            year_text(Civil::from_seconds(second).year)
        } else {
            written.to_owned()
        }
    };
    InitialView { from: Some(text(interval.start, interval.start)), to: Some(text(last, interval.end)) }
}

/// Returns an astronomical year in EDTF.
fn year_text(year: i64) -> String {
    match year {
        0..=9_999 => format!("{year:04}"),
        -9_999..=-1 => format!("-{:04}", -year),
        _ => format!("Y{year}"),
    }
}
