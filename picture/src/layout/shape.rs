//! Converts a date to its shape in points: a marker, a bar or a set of markers.

use egui::Rangef;

use crate::date::{Date, DatePart, Endpoint, SetKind, SetPart};

use super::lanes::{MARKER_RADIUS, Member};
use super::view::TimeAxis;

/// Minimum width of a bar, in points, so that a short span is visible.
const LEAST_BAR: f32 = 3.0;
/// Minimum width of the fade on either side of an approximate date, in points.
const LEAST_FADE: f32 = 8.0;
/// Width of the fade of a bar with an unknown end, beyond the known part, in points.
pub const UNKNOWN_FADE: f32 = 28.0;

/// An end of a bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    /// The beginning.
    Start,
    /// The end.
    End,
}

/// The shape of a date; x in points.
#[derive(Clone, Copy)]
pub(super) enum Shape {
    Point { x: f32, extent: Rangef },
    Span(Bar),
}

/// A bar; x in points.
#[derive(Clone, Copy)]
pub(super) struct Bar {
    /// From its earliest beginning to its latest end.
    pub(super) x: Rangef,
    /// The part that is certain; between this and `x` the ends fade.
    pub(super) sure: Rangef,
    /// Whether it has no beginning.
    pub(super) open_start: bool,
    /// Whether it continues without an end.
    pub(super) open_end: bool,
    /// Whether an end is unknown, or known only to be no nearer.
    pub(super) unknown: bool,
}

impl Bar {
    pub(super) fn new(start: &Endpoint, end: &Endpoint, axis: TimeAxis) -> Self {
        let from = end_of_bar(start, end, axis, Side::Start);
        let to = end_of_bar(end, start, axis, Side::End);
        let x = Rangef::new(from.min, to.max.max(from.min + LEAST_BAR));
        let sure = Rangef::new(from.max.min(x.max), to.min.max(from.max).min(x.max));
        let is_open = |end: &Endpoint| matches!(end, Endpoint::Open);
        let is_unknown = |end: &Endpoint| matches!(end, Endpoint::Unknown | Endpoint::Beyond(_));
        Self {
            x,
            sure,
            open_start: is_open(start),
            open_end: is_open(end),
            unknown: is_unknown(start) || is_unknown(end),
        }
    }
}

/// Returns the smallest range that contains both.
pub(super) fn hull(a: Rangef, b: Rangef) -> Rangef {
    Rangef::new(a.min.min(b.min), a.max.max(b.max))
}

/// Returns the extents of the dates of a set, and whether only one of them is meant; `None` for other dates.
pub(super) fn members(date: &Date, axis: TimeAxis) -> Option<(Vec<Member>, bool)> {
    let Date::Set(set) = date else { return None };
    let members = set.parts().iter().map(|part| {
        let extent = part.known_extent();
        let known = Rangef::new(axis.x_clipped(extent.start), axis.x_clipped(extent.end));
        // How much earlier or later is unknown.
        let x = match part {
            SetPart::Before(_) | SetPart::OnOrBefore(_) => Rangef::new(known.min - UNKNOWN_FADE, known.max),
            SetPart::After(_) | SetPart::OnOrAfter(_) => Rangef::new(known.min, known.max + UNKNOWN_FADE),
            SetPart::On(_) | SetPart::Through(..) => known,
        };
        Member { x, known }
    });
    Some((members.collect(), set.kind() == SetKind::OneOf))
}

/// Returns the shape of a date; `None` if nothing of it is in view.
pub(super) fn shape_of(date: &Date, axis: TimeAxis) -> Option<Shape> {
    let beyond = (axis.right - axis.left) * 0.5;
    let visible = |x: Rangef| x.max >= axis.left - beyond && x.min <= axis.right + beyond;
    let shape = match date {
        Date::Span { start, end } => Shape::Span(Bar::new(start, end, axis)),
        Date::Single(_) | Date::Set(_) => {
            let known = date.known_extent();
            let mut extent = Rangef::new(axis.x_clipped(known.start), axis.x_clipped(known.end));
            if let Some((members, _)) = members(date, axis) {
                extent = members.iter().map(|member| member.x).fold(extent, hull);
            }
            if date.is_approximate() {
                extent = extent.expand((extent.span() / 2.0).max(LEAST_FADE));
            }
            // The marker is in the middle of the extent, moved into view as long as there is room for it.
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
        Shape::Span(Bar { x, .. }) => x,
    };
    visible(x).then_some(shape)
}

/// Returns the x at which a bar without an end leaves the view.
fn beyond(axis: TimeAxis, side: Side) -> f32 {
    match side {
        Side::Start => axis.left - 20.0,
        Side::End => axis.right + 20.0,
    }
}

/// Returns the x extent of one end of a bar. An unknown end is at an unknown distance beyond what the `other` end
/// names.
fn end_of_bar(end: &Endpoint, other: &Endpoint, axis: TimeAxis, side: Side) -> Rangef {
    let extent = |part: &DatePart| {
        let x = Rangef::new(axis.x_clipped(part.extent().start), axis.x_clipped(part.extent().end));
        // "About 1850" may be slightly before or after.
        x.expand(if part.approximate().any() { (x.span() / 2.0).max(LEAST_FADE) } else { 0.0 })
    };
    let outward = |x: Rangef| match side {
        Side::Start => Rangef::new(x.min - UNKNOWN_FADE, x.max),
        Side::End => Rangef::new(x.min, x.max + UNKNOWN_FADE),
    };
    let edge = |x: Rangef| Rangef::point(if side == Side::Start { x.min } else { x.max });
    match (end, other.part()) {
        (Endpoint::Dated(part), _) => extent(part),
        (Endpoint::Beyond(part), _) => outward(extent(part)),
        (Endpoint::Unknown, Some(part)) => outward(edge(extent(part))),
        (Endpoint::Open | Endpoint::Unknown, _) => Rangef::point(beyond(axis, side)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::view::View;
    use super::*;
    use crate::date::Interval;

    fn time(text: &str) -> i64 {
        Date::parse(text).map(|date| date.bounds().start).unwrap_or_default()
    }

    /// Checks the bar of a date in a chart of 1700 to 1800 that is 1000 points wide.
    fn check(text: &str, expect: [f32; 4], [open_start, open_end, unknown]: [bool; 3]) {
        let interval = Interval { start: time("1700"), end: time("1800") };
        let axis = TimeAxis { view: View::of(interval), left: 0.0, right: 1000.0 };
        let Ok(date) = Date::parse(text) else { panic!("{text}") };
        let Some(Shape::Span(bar)) = shape_of(&date, axis) else { panic!("{text} is no bar") };
        let found = [bar.x.min, bar.sure.min, bar.sure.max, bar.x.max];
        assert!(found.iter().zip(expect).all(|(found, expect)| (found - expect).abs() < 0.1), "{text}: {found:?}");
        assert_eq!([bar.open_start, bar.open_end, bar.unknown], [open_start, open_end, unknown], "{text}");
    }

    #[test]
    fn an_unknown_end_fades_out_at_what_is_known_and_an_open_one_leaves_the_view() {
        check("1730/1740", [300.0, 310.0, 400.0, 410.0], [false; 3]);
        check("1730/", [300.0, 310.0, 310.0, 338.0], [false, false, true]);
        check("/1730", [272.0, 300.0, 300.0, 310.0], [false, false, true]);
        check("1730/..", [300.0, 310.0, 1020.0, 1020.0], [false, true, false]);
        check("../1730", [-20.0, -20.0, 300.0, 310.0], [true, false, false]);
        let interval = Interval { start: time("1700"), end: time("1800") };
        let axis = TimeAxis { view: View::of(interval), left: 0.0, right: 1000.0 };
        for (text, x, known) in [
            ("before 1730", [262.0, 300.0], [290.0, 300.0]),
            ("[..1730]", [272.0, 310.0], [300.0, 310.0]),
            ("after 1730", [310.0, 348.0], [310.0, 320.0]),
            ("[1730..]", [300.0, 338.0], [300.0, 310.0]),
            ("[1730..1740]", [300.0, 410.0], [300.0, 410.0]),
        ] {
            let Some((members, true)) = Date::parse(text).ok().and_then(|date| members(&date, axis)) else {
                panic!("{text} is no set");
            };
            let close = |a: Rangef, b: [f32; 2]| (a.min - b[0]).abs() < 0.2 && (a.max - b[1]).abs() < 0.2;
            assert!(
                members.len() == 1 && close(members[0].x, x) && close(members[0].known, known),
                "{text}: {members:?}"
            );
        }
        check("1730/1740..", [300.0, 310.0, 400.0, 438.0], [false, false, true]);
        check("..1730/1740", [272.0, 310.0, 400.0, 410.0], [false, false, true]);
    }
}
