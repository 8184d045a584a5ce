//! The events whose pictures may be shown, and what is solid in their lanes.

use egui::{Rangef, Rect, Vec2, vec2};

use crate::timeline::{EventIndex, Media};

use super::super::kept_thumbnails::Block;
use super::super::lanes::{LaneBox, MARKER_RADIUS, Mark, MarkShape};
use super::super::measure::{Measure, TextRole};
use super::super::request::Request;
use super::super::text::one_line;
use super::super::thumbnail::CREDIT_LEADING;
use super::super::view::TimeAxis;
use super::room::{Anchor, Spot};

/// Maximum ratio of the width of a picture to the height of thumbnails; wider ones are lower.
const WIDEST: f32 = 2.2;
/// Minimum width of a picture, in points.
const NARROWEST: f32 = 20.0;
/// Ratio of the sides of the frame of a picture that cannot be shown.
const MISSING: f32 = 4.0 / 3.0;
/// A credit may be so wide below a narrow picture, in points.
const CREDIT_WIDTH: f32 = 180.0;
/// Height of a credit of one line with the space before it, in points.
pub(super) const CREDIT_HEIGHT: f32 = 15.0;

/// The lanes in which thumbnails are placed.
#[derive(Clone, Copy)]
pub(in crate::layout) struct Lanes<'a> {
    pub(in crate::layout) all: &'a [LaneBox],
    pub(in crate::layout) row_height: f32,
    /// Free space of a lane above and below its rows in total that no band takes, in points.
    pub(in crate::layout) padding: f32,
    /// The height that bands may take, in points.
    pub(in crate::layout) spare: f32,
    /// Whether no row is kept from a frame before.
    pub(in crate::layout) is_at_rest: bool,
}

/// A mark with a picture.
#[derive(Clone, Debug)]
pub(super) struct Candidate<'a> {
    pub event: EventIndex,
    /// The position of its lane among those of the chart.
    pub lane: usize,
    /// The number of its mark in the lane.
    pub mark: usize,
    pub anchor: Anchor,
    pub importance: f32,
    /// Whether the event is the selected one.
    pub is_pinned: bool,
    /// Whether its picture is shown even if it is not selected: it can be, beside a title, and the event is no less
    /// important than most.
    pub is_usual: bool,
    /// Width and height of the picture; `None` if it cannot be shown.
    pub pixels: Option<Vec2>,
    media: Media<'a>,
}

/// Returns the marks with a picture, by lane and in time order.
pub(super) fn all<'a>(request: &Request<'a>, axis: TimeAxis, lanes: &Lanes<'_>) -> Vec<Candidate<'a>> {
    let mut found = Vec::new();
    for (lane, placed) in lanes.all.iter().enumerate() {
        for (number, mark) in placed.marks.iter().enumerate() {
            let Some((_, pixels)) = request.pictures.of(mark.event) else { continue };
            let Some(event) = request.timeline.event(mark.event) else { continue };
            let (Some(media), Some(anchor)) = (event.details.picture(), anchor(mark, lanes.row_height, axis)) else {
                continue;
            };
            let is_pinned = request.pinned == Some(mark.event);
            // In a window a selection moves no row; a page has no frame before.
            let leads = is_pinned && !request.scrolls && request.arrangement.is_empty();
            let is_usual = leads || pixels.is_some() && mark.label.is_some() && event.importance >= 0.0;
            if is_usual || is_pinned {
                // A picture that cannot be shown makes way for those that can.
                let importance = match pixels {
                    Some(_) if leads => f32::INFINITY,
                    Some(_) => event.importance,
                    None => f32::MIN,
                };
                let event = mark.event;
                found.push(Candidate {
                    event,
                    lane,
                    mark: number,
                    anchor,
                    importance,
                    is_pinned,
                    is_usual,
                    pixels,
                    media,
                });
            }
        }
    }
    found
}

impl Candidate<'_> {
    /// Returns the picture at a height, in points, with its credit if that has room, and without it.
    pub fn blocks(&self, height: f32, measure: &mut dyn Measure) -> impl Iterator<Item = Block> + use<> {
        let ratio = self.pixels.map_or(MISSING, |size| size.x / size.y);
        let width = (height * ratio).clamp(NARROWEST, height * WIDEST);
        let picture = vec2(width, (width / ratio).min(height)).round().max(Vec2::splat(1.0));
        let credit = self.credit(picture, measure);
        credit.into_iter().chain([Block { size: picture, picture, credit: None }])
    }

    fn credit(&self, picture: Vec2, measure: &mut dyn Measure) -> Option<Block> {
        let words = one_line(&self.media.credit_words()).into_owned();
        if words.is_empty() {
            return None;
        }
        let widest = picture.x.max(CREDIT_WIDTH);
        let whole = measure.width(&words, TextRole::Small).ceil() + 1.0;
        if whole <= widest {
            let size = vec2(picture.x.max(whole), picture.y + CREDIT_HEIGHT);
            return Some(Block { size, picture, credit: Some((words, None)) });
        }
        let breaks = measure.breaks(&words, TextRole::Small);
        let width = breaks.iter().map(|[first, last]| first.max(*last).ceil() + 1.0).reduce(f32::min)?;
        let size = vec2(picture.x.max(width), picture.y + CREDIT_HEIGHT + CREDIT_LEADING);
        (width <= widest).then_some(Block { size, picture, credit: Some((words, Some(width))) })
    }

    /// Returns whether it is not known who made the picture, and under which licence it is.
    pub fn has_no_credit(&self) -> bool {
        self.media.credit_words().is_empty()
    }

    /// Returns what its picture takes of the lane: itself, and the line that leads to it.
    pub fn taken(&self, spot: &Spot) -> [(Rect, usize); 2] {
        let line = Rect::from_x_y_ranges(Rangef::point(self.anchor.x).expand(1.0), spot.leader);
        [(spot.rect, usize::MAX), (line, usize::MAX)]
    }
}

/// Returns where a picture is joined to a mark; `None` if the mark is out of view.
fn anchor(mark: &Mark, row_height: f32, axis: TimeAxis) -> Option<Anchor> {
    /// How far from the end of a bar, in points.
    const INSET: f32 = 10.0;
    let row = row_of(mark, row_height);
    let (x, y) = match &mark.shape {
        MarkShape::Point { center, .. } => (center.x, Rangef::point(center.y).expand(mark.weight.radius())),
        MarkShape::Set { centers, .. } => {
            let first = centers.iter().find(|center| center.x >= axis.left)?;
            (first.x, Rangef::point(first.y).expand(MARKER_RADIUS))
        }
        MarkShape::Span { x, .. } => {
            let shown = x.intersection(Rangef::new(axis.left, axis.right));
            let inset = INSET.min(shown.span() / 2.0);
            let beside = mark.label.as_ref().filter(|label| label.flush_right);
            (if beside.is_some() { shown.max - inset } else { shown.min + inset }, mark.rect.y_range())
        }
    };
    let flush_right = mark.label.as_ref().is_some_and(|label| label.flush_right);
    (axis.left <= x && x <= axis.right).then_some(Anchor { x, mark: y, row, flush_right })
}

/// Returns the y range of the row of a mark, in points.
fn row_of(mark: &Mark, row_height: f32) -> Rangef {
    Rangef::point(mark.rect.center().y).expand(row_height / 2.0)
}

/// Returns the height of the rows of a lane with its strip, in points.
pub(super) fn rows_height(lane: &LaneBox, lanes: &Lanes<'_>) -> f32 {
    lane.rows as f32 * lanes.row_height + lane.strip.as_ref().map_or(0.0, |strip| strip.rect.height())
}

/// Returns what pictures keep clear of in a lane: marks with their labels and what is between them, and the strip.
pub(super) fn solid(lane: &LaneBox, row_height: f32) -> Vec<(Rect, usize)> {
    let mut solid = Vec::with_capacity(lane.marks.len() * 2 + 1);
    for (number, mark) in lane.marks.iter().enumerate() {
        let [first, second] = mark.hit_areas();
        let shape = shape(mark, row_height);
        // Two lines leave a little of a high row free.
        let spare = mark
            .label
            .as_ref()
            .map_or(0.0, |label| if label.one_line { 1.0 } else { (label.rect.height() - 34.0) / 2.0 });
        let first = if mark.label.is_some() { first.shrink2(vec2(0.0, spare.max(0.0))).union(shape) } else { shape };
        let both = [first, second].into_iter().filter(Rect::is_positive);
        solid.extend(both.map(|rect| (rect, number)));
    }
    solid.extend(lane.strip.as_ref().map(|strip| (strip.rect, usize::MAX - 1)));
    solid
}

/// Returns the bounds of a mark with the extent of its date.
fn shape(mark: &Mark, row_height: f32) -> Rect {
    let extents = match &mark.shape {
        MarkShape::Point { extent, .. } if extent.span() > 2.0 * MARKER_RADIUS || mark.approximate => *extent,
        MarkShape::Set { extents, .. } => extents
            .iter()
            .fold(Rangef::NOTHING, |all, date| Rangef::new(all.min.min(date.x.min), all.max.max(date.x.max))),
        MarkShape::Point { .. } | MarkShape::Span { .. } => return mark.rect,
    };
    mark.rect.union(Rect::from_x_y_ranges(extents, row_of(mark, row_height).shrink(2.0)))
}
