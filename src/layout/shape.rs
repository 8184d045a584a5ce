//! A date in points: the marker, bar or set of markers that it is drawn as.

use egui::Rangef;

use crate::timeline::Date;
use crate::timeline::date::{Endpoint, SetKind};

use super::lanes::MARKER_RADIUS;
use super::view::TimeAxis;

/// A bar is at least this wide, in points, so that a short span is seen.
const LEAST_BAR: f32 = 3.0;
/// An approximate date fades over at least this much on either side, in points.
const LEAST_FADE: f32 = 8.0;

/// Which end of a bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    /// The beginning.
    Start,
    /// The end.
    End,
}

/// What a date is drawn as; x in points.
#[derive(Clone, Copy)]
pub(super) enum Shape {
    Point { x: f32, extent: Rangef },
    Span { x: Rangef, sure: Rangef, open_start: bool, open_end: bool },
}

/// The smallest range that holds both.
pub(super) fn hull(a: Rangef, b: Rangef) -> Rangef {
    Rangef::new(a.min.min(b.min), a.max.max(b.max))
}

/// The extents of a set's dates, in points, and whether one of them is meant; none for other dates.
pub(super) fn members(date: &Date, axis: TimeAxis) -> Option<(Vec<Rangef>, bool)> {
    let Date::Set(set) = date else { return None };
    let extents = set.parts.iter().map(|part| {
        let known = part.known_extent();
        Rangef::new(axis.x_clipped(known.start), axis.x_clipped(known.end))
    });
    Some((extents.collect(), set.kind == SetKind::OneOf))
}

/// The mark of a date, or none where nothing of it is in view.
pub(super) fn shape_of(date: &Date, axis: TimeAxis) -> Option<Shape> {
    let beyond = (axis.right - axis.left) * 0.5;
    let visible = |x: Rangef| x.max >= axis.left - beyond && x.min <= axis.right + beyond;
    let shape = match date {
        Date::Span { start, end } => {
            let (from, open_start) = end_of_bar(start, axis, Side::Start);
            let (to, open_end) = end_of_bar(end, axis, Side::End);
            let x = Rangef::new(from.min, to.max.max(from.min + LEAST_BAR));
            let sure = Rangef::new(from.max.min(x.max), to.min.max(from.max).min(x.max));
            Shape::Span { x, sure, open_start, open_end }
        }
        Date::Single(_) | Date::Set(_) => {
            let known = date.known_extent();
            let mut extent = Rangef::new(axis.x_clipped(known.start), axis.x_clipped(known.end));
            if date.is_approximate() {
                extent = extent.expand((extent.span() / 2.0).max(LEAST_FADE));
            }
            // The marker stands in the middle of what the date leaves open, and in view while there is room for it.
            let inset = MARKER_RADIUS + 4.0;
            let own = (extent.min + MARKER_RADIUS, extent.max - MARKER_RADIUS);
            let in_view = (axis.left + inset, (axis.right - inset).max(axis.left + inset));
            let x = if own.0 <= own.1 {
                extent.center().clamp(in_view.0, in_view.1).clamp(own.0, own.1)
            } else {
                extent.center()
            };
            Shape::Point { x, extent }
        }
    };
    let x = match shape {
        Shape::Point { extent, x } => hull(extent, Rangef::new(x - MARKER_RADIUS, x + MARKER_RADIUS)),
        Shape::Span { x, .. } => x,
    };
    visible(x).then_some(shape)
}

/// Where a bar without an end leaves the view.
fn beyond(axis: TimeAxis, side: Side) -> f32 {
    match side {
        Side::Start => axis.left - 20.0,
        Side::End => axis.right + 20.0,
    }
}

/// The x extent of one end of a bar, and whether it is open.
fn end_of_bar(end: &Endpoint, axis: TimeAxis, side: Side) -> (Rangef, bool) {
    match end {
        Endpoint::Dated(part) => {
            let x = Rangef::new(axis.x_clipped(part.extent.start), axis.x_clipped(part.extent.end));
            // "About 1850" says that it may be a little before or after.
            let around = if part.approximate { (x.span() / 2.0).max(LEAST_FADE) } else { 0.0 };
            (x.expand(around), false)
        }
        Endpoint::Beyond(part) => {
            let (start, end) = (axis.x_clipped(part.extent.start), axis.x_clipped(part.extent.end));
            let x = match side {
                Side::Start => Rangef::new(beyond(axis, side).min(start), end),
                Side::End => Rangef::new(start, beyond(axis, side).max(end)),
            };
            (x, true)
        }
        Endpoint::Open | Endpoint::Unknown => (Rangef::point(beyond(axis, side)), true),
    }
}
