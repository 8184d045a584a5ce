//! Row spacing, and how many rows each lane gets.
//!
//! The rows are as far apart as they can be while every event in view has a title. Where not even the densest rows hold
//! all titles, rows go to the lanes in which they hold most, each lane a fair share first, so that one event more or one
//! point of height less costs a few titles at most.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::query::ShownLane;
use crate::timeline::EventIndex;

use super::arrangement::Arrangement;
use super::labels::{self, Setting};
use super::measure::{Measure, TextRole};
use super::packing::{self, Candidates, Filling, Most, Order, Packed, Packing};
use super::regions::{self, DENSEST, ROW_SPACINGS, RowSpacing};
use super::request::{Request, RowMode};
use super::rest::Rest;
use super::view::TimeAxis;

/// Maximum number of events of all lanes that get marks in a window that scrolls to all of its rows.
const MOST_SCROLLED: usize = 500;
/// The same in a window that shows all rows.
const MOST_ROWED: usize = 5000;
/// A picture has at most one title for this width of a row, in points.
const LEAST_WIDTH: f32 = 48.0;
/// The share of the room that is enough to change the spacing or the rows of a view that moves.
const SPARE: f32 = 0.8;
/// Titles by which a row of a lane that has less than its share of the rows counts more than others.
const FAIRNESS: f32 = 2.0;

/// The lanes, packed.
pub(super) struct Fitted<'t> {
    pub(super) packed: Vec<Packed<'t>>,
    /// Position in [`ROW_SPACINGS`].
    pub(super) level: usize,
    /// What makes the same again, if rows from an earlier frame were not kept.
    pub(super) rest: Option<Arc<Rest>>,
}

impl Fitted<'_> {
    /// Returns the number of rows of each lane.
    pub(super) fn rows(&self) -> Vec<usize> {
        self.packed.iter().map(Packed::rows).collect()
    }

    pub(super) fn spacing(&self) -> RowSpacing {
        spacing(self.level)
    }

    /// Returns whether some events have no mark.
    fn hides(&self) -> bool {
        self.packed.iter().any(Packed::hides)
    }

    /// Returns the height that the lanes need, in points.
    pub(super) fn height(&self) -> f32 {
        regions::lanes_height(&self.rows(), self.spacing())
    }
}

fn spacing(level: usize) -> RowSpacing {
    ROW_SPACINGS.get(level).copied().unwrap_or(DENSEST)
}

/// Packs the lanes for a room of this height, in points: without rows from an earlier frame if there are none, as in the
/// earlier frame if the view rests, else with the rows that events have.
pub(super) fn fit<'t>(request: Request<'t>, axis: TimeAxis, room: f32, measure: &mut dyn Measure) -> Fitted<'t> {
    let lanes = Lanes::new(request, axis, room, measure);
    if request.arrangement.is_empty() {
        return lanes.anew(measure);
    }
    let again = request.arrangement.rest_on(axis).and_then(|rest| lanes.again(rest, measure));
    again.unwrap_or_else(|| lanes.kept(measure))
}

/// Returns the height at which every event in view has a title, in points: that of the roomiest rows that are not higher
/// together than `comfortable`, else that of one-line labels.
pub(super) fn needed(request: Request<'_>, axis: TimeAxis, comfortable: f32, measure: &mut dyn Measure) -> f32 {
    let request = Request { arrangement: Arrangement::EMPTY, rows: RowMode::All, ..request };
    let lanes = Lanes::new(request, axis, f32::INFINITY, measure);
    let mut height = 0.0;
    for level in 0..ROW_SPACINGS.len() - 1 {
        let candidates = lanes.candidates(level, measure);
        let packing = lanes.packing(level);
        let filling = filling(packing.setting, usize::MAX);
        let is_last = level + 2 == ROW_SPACINGS.len();
        let mut whole = |lane: Candidates<'_>| {
            let per_row = |lane: &Candidates<'_>| lane.per_row(packing, filling).len().max(1);
            let (filling, rows) = if is_last { lane.whole(packing, filling) } else { (filling, per_row(&lane)) };
            if is_last { lane.pack(packing, filling).rows_for_titles(packing, measure) } else { rows }
        };
        let rows: Vec<usize> = candidates.into_iter().map(&mut whole).collect();
        // Rows that are as high as two lines may be lower together than rows for each of the lines.
        let roomier = if is_last { height } else { f32::INFINITY };
        height = regions::lanes_height(&rows, spacing(level)).min(roomier);
        if height <= comfortable {
            break;
        }
    }
    height
}

/// The lanes of a request.
struct Lanes<'t> {
    request: Request<'t>,
    axis: TimeAxis,
    room: f32,
    /// Width of the number before each title, in points.
    number: f32,
    shown: &'t [ShownLane],
    /// How many events of each lane are in view.
    counts: Vec<usize>,
    /// How many events of each lane get marks at most.
    most: Vec<usize>,
    scrolls: bool,
}

impl<'t> Lanes<'t> {
    fn new(request: Request<'t>, axis: TimeAxis, room: f32, measure: &mut dyn Measure) -> Self {
        let Request { projection, .. } = request;
        let number = match request.numbered.len() {
            0 => 0.0,
            last => measure.width(&labels::raised(widest_number(last)), TextRole::Label),
        };
        let shown = projection.lanes();
        let counts: Vec<usize> = shown.iter().map(|lane| lane.index().count(axis.view.interval())).collect();
        let scrolls = request.scrolls && request.rows != RowMode::Fit;
        let in_row = (axis.width() as f32 / LEAST_WIDTH).max(2.0);
        let total = match request.rows {
            RowMode::All if scrolls => MOST_ROWED,
            _ if scrolls => MOST_SCROLLED,
            _ => (((room / DENSEST.row).clamp(1.0, 1000.0) + 1.0) * in_row) as usize,
        };
        let most = shares(&counts, total.max(counts.len()), 1);
        Self { request, axis, room, number, shown, counts, most, scrolls }
    }

    /// Packs all lanes as they were packed when the view came to rest. Returns `None` if that is not possible, as the
    /// selected event would have no mark, or as there is less room.
    fn again(&self, rest: &Arc<Rest>, measure: &mut dyn Measure) -> Option<Fitted<'t>> {
        let Request { timeline, pinned, .. } = self.request;
        let shown = self.axis.view.interval();
        let is_shown = |event: EventIndex| {
            packing::is_within(timeline, event, shown) && self.shown.iter().any(|lane| lane.index().contains(event))
        };
        let holds = pinned.is_none_or(|event| rest.holds(event) || rest.pinned == pinned || !is_shown(event));
        if !holds || self.number > 0.0 || rest.lanes.len() != self.shown.len() {
            return None;
        }
        let packing = self.packing(rest.level);
        let packed = rest.lanes.iter().map(|rest| packing::pack_again(timeline, packing, rest, measure));
        let fitted = Fitted { packed: packed.collect(), level: rest.level, rest: Some(Arc::clone(rest)) };
        // Lanes of one row each may need more than there is.
        let has_room = self.scrolls || self.request.scrolls && self.room >= rest.room;
        (has_room || fitted.height() <= self.room).then_some(fitted)
    }

    /// Packs all lanes with the rows that their events have.
    ///
    /// In a window each lane is packed once, unless the spacing of rows changes.
    fn kept(&self, measure: &mut dyn Measure) -> Fitted<'t> {
        let level = self.request.arrangement.row_spacing();
        let moving = self.moving(level, measure);
        let height_at = |level: usize| regions::lanes_height(&moving.rows(), spacing(level));
        // Rows move apart only if that leaves room, so that they do not do so to and fro.
        let roomier = (0..level).find(|roomier| height_at(*roomier) <= self.room * SPARE);
        let roomier = roomier.map(|roomier| self.moving(roomier, measure));
        if let Some(roomier) =
            roomier.filter(|roomier| roomier.height() <= self.room && (moving.hides() || !roomier.hides()))
        {
            return roomier;
        }
        if moving.height() <= self.room {
            let is_dense = level + 1 == ROW_SPACINGS.len();
            let is_full = self.fits_window() && moving.hides() && !is_dense;
            return if is_full { self.moving(level + 1, measure) } else { moving };
        }
        let denser = (level + 1..ROW_SPACINGS.len()).filter(|level| height_at(*level) <= self.room);
        let denser = denser.map(|denser| self.moving(denser, measure));
        if let Some(denser) = { denser }.find(|denser| denser.height() <= self.room) {
            return denser;
        }
        // A picture gives up rows that it has no room for.
        if self.request.scrolls { moving } else { self.anew(measure) }
    }

    fn packing(&self, level: usize) -> Packing<'t> {
        let Request { pinned, arrangement, .. } = self.request;
        Packing { axis: self.axis, setting: spacing(level).setting, pinned, arrangement, number: self.number }
    }

    /// Packs all lanes with the rows that their events have.
    fn moving(&self, level: usize, measure: &mut dyn Measure) -> Fitted<'t> {
        let timeline = self.request.timeline;
        let lanes = self.shown.iter().zip(&self.counts).zip(self.most.iter().zip(self.limits(level)));
        let packed = lanes.map(|((lane, count), (most, limit))| {
            packing::pack_moving(timeline, lane, self.packing(level), [*count, *most, limit], measure)
        });
        Fitted { packed: packed.collect(), level, rest: None }
    }

    /// Returns how many rows each lane may have in a view that moves.
    fn limits(&self, level: usize) -> Vec<usize> {
        if self.scrolls {
            return vec![usize::MAX; self.shown.len()];
        }
        let kept: Vec<usize> = self.shown.iter().map(|lane| self.request.arrangement.kept_rows(lane.lane())).collect();
        let all = self.rows_at(level);
        if !self.fits_window() {
            return shares(&self.counts, all, 1).into_iter().zip(kept).map(|(share, kept)| share.max(kept)).collect();
        }
        let Some(left) = all.checked_sub(kept.iter().sum()) else { return shares(&kept, all, 1) };
        let more: Vec<usize> = self.counts.iter().zip(&kept).map(|(count, kept)| count.saturating_sub(*kept)).collect();
        shares(&more, left, 0).into_iter().zip(kept).map(|(more, kept)| kept + more).collect()
    }

    /// Returns whether rows must fit a window.
    fn fits_window(&self) -> bool {
        self.request.scrolls && !self.scrolls
    }

    /// Returns how many rows there is room for.
    fn rows_at(&self, level: usize) -> usize {
        let RowSpacing { row, padding, .. } = spacing(level);
        ((self.room - padding * self.shown.len() as f32) / row).clamp(0.0, 1e6) as usize
    }

    /// Packs all lanes without rows from an earlier frame.
    fn anew(&self, measure: &mut dyn Measure) -> Fitted<'t> {
        let all_chosen = self.counts.iter().sum::<usize>() <= self.most.iter().sum();
        let last = ROW_SPACINGS.len() - 1;
        let mut of_setting: Option<(Setting, Vec<Candidates<'t>>)> = None;
        for level in 0..last {
            let packing = self.packing(level);
            let candidates = match of_setting.take() {
                Some((known, candidates)) if known == packing.setting => candidates,
                _ => self.candidates(level, measure),
            };
            let may_wrap = self.scrolls || self.request.rows == RowMode::All;
            let is_whole = may_wrap && level + 1 == last;
            let fillings: Vec<(Filling, usize)> = if is_whole {
                candidates.iter().map(|lane| lane.whole(packing, filling(packing.setting, usize::MAX))).collect()
            } else {
                let rows = needs(&candidates, packing);
                rows.iter().map(|rows| (filling(packing.setting, rows.len().max(1)), rows.len().max(1))).collect()
            };
            let rows: usize = fillings.iter().map(|(_, rows)| *rows).sum();
            let fillings: Vec<Filling> = fillings.into_iter().map(|(filling, _)| filling).collect();
            if self.scrolls && is_whole || all_chosen && rows <= self.rows_at(level) {
                return self.packed(candidates, level, &fillings, measure);
            }
            of_setting = Some((packing.setting, candidates));
        }
        let candidates = of_setting.map_or_else(|| self.candidates(last, measure), |(_, candidates)| candidates);
        let rows = allocate(&needs(&candidates, self.packing(last)), self.rows_at(last));
        let rows = self.improved(&candidates, rows);
        let fillings: Vec<Filling> = rows.into_iter().map(|rows| filling(DENSEST.setting, rows)).collect();
        self.packed(candidates, last, &fillings, measure)
    }

    /// Moves rows from lane to lane for as long as that makes more titles.
    fn improved(&self, candidates: &[Candidates<'t>], mut rows: Vec<usize>) -> Vec<usize> {
        /// Packing more lanes than this again and again would take too long.
        const MOST_LANES: usize = 24;
        const MOST_MOVES: usize = 12;
        let packing = self.packing(ROW_SPACINGS.len() - 1);
        if candidates.len() > MOST_LANES {
            return rows;
        }
        let mut known: BTreeMap<(usize, usize), usize> = BTreeMap::new();
        let mut titles = |lane: usize, rows: usize| {
            *known.entry((lane, rows)).or_insert_with(|| {
                candidates.get(lane).map_or(0, |lane| lane.count(packing, filling(packing.setting, rows)))
            })
        };
        for _ in 0..MOST_MOVES {
            let mut gains = Vec::new();
            let mut losses = Vec::new();
            for (lane, (candidates, rows)) in candidates.iter().zip(&rows).enumerate() {
                let now = titles(lane, *rows);
                if now < candidates.len() {
                    gains.push((titles(lane, rows + 1).saturating_sub(now), lane));
                }
                if *rows > 1 {
                    losses.push((now.saturating_sub(titles(lane, rows - 1)), lane));
                }
            }
            let pairs = gains.iter().flat_map(|gain| losses.iter().map(move |loss| (*gain, *loss)));
            let best = pairs.filter(|((_, to), (_, from))| to != from).max_by_key(|((gain, to), (loss, from))| {
                (*gain as isize - *loss as isize, Reverse(*to), Reverse(*from))
            });
            let Some(((_, to), (_, from))) = best.filter(|((gain, _), (loss, _))| gain > loss) else { break };
            if let Some(slot) = rows.get_mut(to) {
                *slot += 1;
            }
            if let Some(slot) = rows.get_mut(from) {
                *slot -= 1;
            }
        }
        rows
    }

    fn candidates(&self, level: usize, measure: &mut dyn Measure) -> Vec<Candidates<'t>> {
        let begun = if self.scrolls { usize::MAX } else { 2 * self.rows_at(ROW_SPACINGS.len() - 1).max(2) };
        let lanes = self.shown.iter().zip(&self.counts).zip(&self.most);
        lanes
            .map(|((lane, count), most)| {
                let most = Most { count: *count, rows: *most, begun };
                Candidates::new(self.request.timeline, lane, self.packing(level), most, measure)
            })
            .collect()
    }

    fn packed(
        &self,
        candidates: Vec<Candidates<'t>>,
        level: usize,
        fillings: &[Filling],
        measure: &mut dyn Measure,
    ) -> Fitted<'t> {
        let packing = self.packing(level);
        let lanes = candidates.into_iter().zip(fillings);
        let mut packed: Vec<Packed<'t>> = lanes.map(|(lane, filling)| lane.pack(packing, *filling)).collect();
        let rows = packed.iter().map(Packed::rows).sum::<usize>();
        let alike = (level..ROW_SPACINGS.len()).take_while(|level| spacing(*level).setting == packing.setting);
        let most: Vec<usize> = match self.rows_at(level) {
            most if self.scrolls && rows > most => vec![usize::MAX],
            _ => alike.map(|level| self.rows_at(level)).collect(),
        };
        let level = level + packing::finish(&mut packed, self.request.timeline, packing, &most, measure);
        let lanes = packed.iter().map(Packed::rest).collect();
        let rest = Rest { axis: self.axis, level, room: self.room, pinned: self.request.pinned, lanes };
        Fitted { packed, level, rest: Some(Arc::new(rest)) }
    }
}

/// Returns the number of events in each row of each lane if there are rows for all.
fn needs(candidates: &[Candidates<'_>], packing: Packing<'_>) -> Vec<Vec<usize>> {
    candidates.iter().map(|lane| lane.per_row(packing, filling(packing.setting, usize::MAX))).collect()
}

/// Returns how so many rows are filled.
fn filling(setting: Setting, limit: usize) -> Filling {
    match setting {
        // A few large rows: neighbours turn their labels away from each other.
        Setting::TwoLines => Filling { limit, covers: 1, order: Order::Strict, first_row: true },
        Setting::OneLine => Filling { limit, covers: limit, order: Order::Strict, first_row: false },
    }
}

/// Divides a total among lanes that ask for so much: each gets at most what it asks for, but at least `least`, and what it
/// leaves goes to those that ask for more.
fn shares(asked: &[usize], total: usize, least: usize) -> Vec<usize> {
    let mut by_need: Vec<(usize, usize)> = asked.iter().copied().enumerate().map(|(lane, need)| (need, lane)).collect();
    by_need.sort_unstable();
    let (mut left, mut lanes_left) = (total, asked.len());
    let mut shares = vec![least; asked.len()];
    for (need, lane) in by_need {
        let share = (left / lanes_left.max(1)).min(need).max(least);
        left = left.saturating_sub(share);
        lanes_left -= 1;
        if let Some(slot) = shares.get_mut(lane) {
            *slot = share;
        }
    }
    shares
}

/// Divides rows among lanes that hold so many titles in each of their rows: each lane gets one, then each row goes where
/// it holds most.
fn allocate(per_row: &[Vec<usize>], total: usize) -> Vec<usize> {
    let fair = total / per_row.len().max(1);
    let mut wanted: Vec<(u32, Reverse<usize>, usize)> = Vec::new();
    for (lane, titles) in per_row.iter().enumerate() {
        for (row, rate) in rates(titles).into_iter().enumerate().skip(1) {
            let rate = if row < fair { rate + FAIRNESS } else { rate };
            wanted.push(((rate * 64.0) as u32, Reverse(row), lane));
        }
    }
    wanted.sort_unstable_by(|a, b| b.cmp(a));
    let mut rows = vec![1; per_row.len()];
    for (_, _, lane) in wanted.into_iter().take(total.saturating_sub(per_row.len())) {
        if let Some(slot) = rows.get_mut(lane) {
            *slot += 1;
        }
    }
    rows
}

/// Returns the titles that each row adds, averaged over rows so that they do not increase downwards: the slopes of the
/// concave hull of their sums.
fn rates(titles: &[usize]) -> Vec<f32> {
    let mut groups: Vec<(usize, usize)> = Vec::new();
    for titles in titles {
        let mut group = (*titles, 1);
        while let Some(above) = groups.pop_if(|above| above.0 * group.1 < group.0 * above.1) {
            group = (group.0 + above.0, group.1 + above.1);
        }
        groups.push(group);
    }
    groups.iter().flat_map(|(titles, rows)| std::iter::repeat_n(*titles as f32 / *rows as f32, *rows)).collect()
}

/// Returns a number as wide as any up to `last`.
fn widest_number(last: usize) -> usize {
    last.to_string().bytes().fold(0, |number, _| number * 10 + 8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_lane_leaves_goes_to_others() {
        assert_eq!(shares(&[60, 1, 0, 0, 2, 3], 12, 1), [4, 1, 1, 1, 2, 3]);
        assert_eq!(shares(&[9, 9, 9], 7, 1), [2, 2, 3]);
        assert_eq!(shares(&[0, 5, 9], 7, 0), [0, 3, 4]);
    }

    #[test]
    fn rows_go_where_they_hold_most() {
        assert_eq!(allocate(&[vec![8, 8, 8, 8], vec![1, 1]], 6), [4, 2], "all have room");
        assert_eq!(allocate(&[vec![8, 7, 6, 5], vec![4, 3, 2, 1]], 5), [3, 2]);
        assert_eq!(allocate(&[vec![2, 1], vec![2, 9]], 3), [1, 2], "a fuller row further down");
        assert_eq!(
            allocate(&[vec![8; 20], vec![1; 3]], 4),
            [3, 1],
            "a fair share counts, but not for more than it holds"
        );
        assert_eq!(allocate(&[vec![], vec![5, 5]], 3), [1, 2]);
        assert_eq!(allocate(&[vec![3], vec![3], vec![3]], 1), [1, 1, 1], "a lane without a row is none");
    }
}
