//! Paints the chart, from back to front.

use std::sync::Arc;

use egui::{Align, Align2, Color32, Pos2, Rangef, Rect, pos2, vec2};

use crate::layout::{
    Bin, Chart, DATE_GAP, DensityStrip, FOLD_SIGN, Label, LaneBox, Mark, MarkShape, TITLE_LEADING, TextRole,
    lane_indent, one_line,
};
use crate::scene::text::Span;
use crate::scene::text::direction::own_order_after;
use crate::scene::{Builder, Group, Link, Stroke};
use crate::timeline::{Item, Timeline, number};

use super::eras;
use super::input::Input;
use super::legend;
use super::lines;
use super::marks::{self, State};
use super::measures;
use super::overview;
use super::series;
use super::theme::Theme;
use super::thumbnails;
use super::words::{baseline, line, text, text_on, text_style, text_within, width};

/// Draws a chart; all positions are determined by the layout.
pub fn chart(scene: &mut Builder<'_>, input: &Input<'_>) {
    let regions = &input.chart.regions;
    scene.clipped(regions.outer, |scene| {
        title(scene, input);
        legend::draw(scene, input);
        let columns = columns(input.chart);
        scene.clipped(columns, |scene| {
            eras::paper(scene, input, columns);
            grid(scene, input, columns);
            breaks(scene, input, columns);
            eras::ends(scene, input, columns);
            eras::extents(scene, input);
        });
        for era in &input.chart.eras {
            scene.group(input.group(Item::Era(era.index)), |scene| eras::name(scene, era, input));
        }
        // Lanes scroll only vertically.
        let lanes = Rect::from_x_y_ranges(regions.outer.x_range(), regions.lanes.y_range().expand(1.0));
        scene.clipped(lanes, |scene| {
            for lane in input.chart.lanes.iter().filter(|lane| lane.rect.intersects(regions.lanes)) {
                lane_name(scene, lane, input);
                lane_marks(scene, lane, input);
            }
        });
        separators(scene, input);
        for placed in &input.chart.series {
            scene.group(input.group(Item::Series(placed.series)), |scene| series::series(scene, placed, input));
        }
        time_axis(scene, input);
        measures::draw(scene, input, columns);
        if let Some(strip) = &input.chart.overview {
            overview::draw(scene, strip, input);
        }
        overflow(scene, input);
        footer(scene, input);
    });
}

/// Draws the indicators of what is not in the image, and the scroll bar beside lanes that scroll.
fn overflow(scene: &mut Builder<'_>, Input { chart, theme, .. }: &Input<'_>) {
    for indicator in &chart.indicators {
        let rect = indicator.rect;
        scene.rect(rect, 0.0, theme.paper);
        let words = line(scene, &indicator.text, TextRole::Small, rect.width());
        let anchor = if rect.right() >= chart.axis.right { Align::Max } else { Align::Min };
        let at = Align2::LEFT_CENTER.anchor_size(rect.left_center(), words.size).min;
        scene.text(words, at, theme.muted, anchor);
    }
    if chart.regions.lanes_height > chart.regions.lanes.height() + 1.0 {
        let track = chart.regions.lanes;
        let share = track.height() / chart.regions.lanes_height;
        let top = track.top() + chart.scrolling.lanes * share;
        let x = track.right() + 6.0;
        let bar = Rect::from_x_y_ranges(x..=x + 5.0, top..=top + track.height() * share);
        scene.rect(bar, 2.5, theme.edge);
    }
}

/// Returns the rectangle of everything placed in time, from the eras down to the axis.
fn columns(chart: &Chart) -> Rect {
    let (left, right) = (chart.axis.left, chart.axis.right);
    Rect::from_x_y_ranges(left..=right, chart.regions.eras.top()..=chart.regions.axis.top())
}

fn title(scene: &mut Builder<'_>, Input { chart, theme, .. }: &Input<'_>) {
    let mut lines = |rect: Rect, words: &str, most: usize, role: TextRole, color| {
        if most == 0 || rect.height() <= 0.0 {
            return;
        }
        let words = one_line(words);
        let whole = scene.text.line(&words, text_style(role), f32::INFINITY);
        if whole.size.x <= rect.width() && whole.size.y <= rect.height() + 0.5 {
            scene.text_at(whole, rect.left_center(), Align2::LEFT_CENTER, color);
            return;
        }
        let spans = [Span { text: &words, bold: role.is_bold(), ..Span::default() }];
        let mut set = scene.text.paragraph(&spans, role.size(), rect.width(), most, None);
        if set.size.y > rect.height() + 0.5 {
            // Lines of system fonts may be taller than the room.
            let low = rect.height() / most as f32;
            set = scene.text.paragraph(&spans, role.size(), rect.width(), most, Some(low));
        }
        scene.text_at(set.into(), rect.left_center(), Align2::LEFT_CENTER, color);
    };
    let [title, subtitle] = chart.regions.heading_lines;
    lines(chart.regions.title, &chart.title, title, TextRole::Title, theme.ink);
    lines(chart.regions.subtitle, &chart.subtitle, subtitle, TextRole::Subtitle, theme.muted);
}

/// Draws the lines at the ticks, interrupted by the labels of events.
fn grid(scene: &mut Builder<'_>, Input { chart, theme, .. }: &Input<'_>, columns: Rect) {
    let labels = lines::labels(chart);
    for (strong, color) in [(false, theme.grid), (true, theme.grid_strong)] {
        let ticks = chart.ticks.fine.iter().filter(|tick| tick.strong == strong);
        let lines = ticks.flat_map(|tick| {
            let x = Rangef::point(scene.to_pixel_center(tick.x)).expand(0.5).intersection(columns.x_range());
            let lines = if x.span() > 0.0 { lines::around_labels(x, columns.y_range(), &labels) } else { Vec::new() };
            lines.into_iter().map(move |y| Rect::from_x_y_ranges(x, y))
        });
        let lines = lines.collect();
        scene.rects(lines, color);
    }
}

/// Draws the breaks of time: a zigzag from the eras down to the axis, on a stripe without a tint.
fn breaks(scene: &mut Builder<'_>, Input { chart, theme, .. }: &Input<'_>, columns: Rect) {
    /// Half of the width of the zigzag, and the height of one of its teeth, in points.
    const TOOTH: [f32; 2] = [2.5, 5.0];
    let labels = if chart.ticks.breaks.is_empty() { Vec::new() } else { lines::labels(chart) };
    for one in &chart.ticks.breaks {
        scene.rect(Rect::from_x_y_ranges(one.x, columns.y_range()), 0.0, theme.paper);
        for x in [one.x.center() - 2.5, one.x.center() + 2.5] {
            let point = |tooth: usize| {
                let side = if tooth.is_multiple_of(2) { -TOOTH[0] } else { TOOTH[0] };
                pos2(x + side, columns.top() + tooth as f32 * TOOTH[1])
            };
            for part in lines::around_labels(Rangef::point(x).expand(TOOTH[0]), columns.y_range(), &labels) {
                // Whole teeth, so that those of all parts are in line.
                let teeth = [part.min, part.max].map(|y| (y - columns.top()) / TOOTH[1]);
                let teeth = teeth[0].ceil() as usize..=teeth[1].floor() as usize;
                if !teeth.is_empty() {
                    scene.line(teeth.map(point).collect(), Stroke::new(1.0, theme.edge));
                }
            }
        }
    }
}

fn separators(scene: &mut Builder<'_>, Input { chart, theme, timeline, .. }: &Input<'_>) {
    let x = chart.regions.lanes.x_range();
    let within = chart.regions.lanes.y_range();
    // The line above a lane in another begins where its name does.
    let names = chart.axis.left - x.min - 8.0;
    let indent = |lane: &LaneBox| {
        let lane = timeline.lane(lane.lane).map_or(0.0, |lane| lane_indent(timeline, lane, names));
        (lane - FOLD_SIGN).max(0.0)
    };
    let tops = chart.lanes.iter().filter(|lane| within.contains(lane.rect.top()));
    let tops = tops.map(|lane| (lane.rect.top(), indent(lane)));
    let plots = chart.series.iter().skip(1).map(|series| (series.header.top(), 0.0));
    let all = tops.chain(std::iter::once((within.max, 0.0))).chain(plots);
    let line = |(y, indent): (f32, f32)| {
        let y = Rangef::point(scene.to_pixel_center(y)).expand(0.5);
        Rect::from_x_y_ranges(Rangef::new(x.min + indent, x.max), y)
    };
    let lines = all.map(line).collect();
    scene.rects(lines, theme.line);
}

fn lane_name(scene: &mut Builder<'_>, lane: &LaneBox, input: &Input<'_>) {
    let (chart, theme) = (input.chart, input.theme);
    let Some(resolved) = input.timeline.lane(lane.lane) else { return };
    let is_current = input.emphasis.lane == Some(lane.lane);
    let color = if is_current { theme.accent } else { theme.color(resolved.color()) };
    let width_of_names = chart.axis.left - lane.rect.left() - 8.0;
    let indent = lane_indent(input.timeline, resolved, width_of_names);
    let room = width_of_names - indent;
    let start = vec2(indent, 0.0);
    let small = |scene: &mut Builder<'_>, at: Pos2, anchor: Align2, number: &str, what: [&str; 2]| {
        // A truncated number would be misleading, so the words for what is counted are dropped first.
        let long = format!("{}{number} {}", what[0], what[1]);
        let words = if width(scene, &long, TextRole::Small) <= room { long } else { format!("+{number}") };
        text_within(scene, at, anchor, &words, (TextRole::Small, theme.muted), room);
    };
    if let Some(strip) = &lane.strip {
        let hidden = number(strip.hidden as f64);
        small(scene, strip.count.left_center() + start, Align2::LEFT_CENTER, &hidden, ["", "more"]);
    }
    if lane.name.height() < 14.0 {
        return;
    }
    let at = lane.name.left_center() + start;
    if is_current {
        let bar = Rect::from_center_size(pos2(lane.rect.left() - 8.0, at.y), vec2(3.0, 18.0));
        scene.rect(bar, 1.5, theme.accent);
    }
    if chart.is_further && chart.lanes.first().is_some_and(|first| first.lane == lane.lane) {
        let place = (at, lane.name.height());
        if let Some(parent) = resolved.parent {
            let groups = input.timeline.path_of(parent);
            name_in_groups(scene, place, (&groups, theme.muted), (&resolved.title, color, chart.continues), room);
            return;
        }
        if chart.continues {
            continued_name(scene, place, (&resolved.title, color), room);
            return;
        }
    }
    let unlabelled = number(lane.unlabelled as f64);
    let name = (TextRole::Name, color);
    let is_two_lines = lane.unlabelled > 0 && lane.name.height() >= 36.0;
    if resolved.is_group() {
        let middle = if is_two_lines { at.y - 10.0 } else { at.y };
        fold_sign(scene, pos2(at.x - FOLD_SIGN + 4.5, middle), lane.folded > 0, color);
    }
    if lane.unlabelled == 0 {
        text_within(scene, at, Align2::LEFT_CENTER, &resolved.title, name, room);
        return;
    }
    if lane.name.height() < 36.0 {
        let words = format!("{} {}+{unlabelled}", resolved.title, own_order_after(&resolved.title));
        text_within(scene, at, Align2::LEFT_CENTER, &words, name, room);
        return;
    }
    text_within(scene, at - vec2(0.0, 1.0), Align2::LEFT_BOTTOM, &resolved.title, name, room);
    small(scene, at, Align2::LEFT_TOP, &unlabelled, ["+", if lane.unlabelled == 1 { "title" } else { "titles" }]);
}

/// Draws the sign of a group: a triangle that points right if it is folded, down if it is not.
fn fold_sign(scene: &mut Builder<'_>, center: Pos2, is_folded: bool, color: Color32) {
    let corners =
        if is_folded { [[-2.5, -4.5], [3.5, 0.0], [-2.5, 4.5]] } else { [[-4.5, -2.5], [4.5, -2.5], [0.0, 3.5]] };
    scene.polygon(corners.map(|[x, y]| center + vec2(x, y)).to_vec(), color);
}

/// Draws the name of a lane that begins on the page before: "Europe, continued", in two lines if that is too wide, and
/// the name alone if there is no room for these.
fn continued_name(scene: &mut Builder<'_>, (at, height): (Pos2, f32), (title, color): (&str, Color32), room: f32) {
    let (role, title) = (TextRole::Name, one_line(title));
    let words = format!("{title}, continued");
    if width(scene, &words, role) <= room {
        text_within(scene, at, Align2::LEFT_CENTER, &words, (role, color), room);
    } else if height < 36.0 {
        text_within(scene, at, Align2::LEFT_CENTER, &title, (role, color), room);
    } else {
        let above = at - vec2(0.0, 1.0);
        text_within(scene, above, Align2::LEFT_BOTTOM, &format!("{title},"), (role, color), room);
        // An ellipsis would say less than an abbreviation.
        let fits = width(scene, "continued", TextRole::Small) <= room;
        let more = if fits { "continued" } else { "cont." };
        text_within(scene, at, Align2::LEFT_TOP, more, (TextRole::Small, color), room);
    }
}

/// Draws the name of the first lane of a page after the names of the groups that it is in, which are on an earlier page:
/// above it, or before it if there is only one line.
fn name_in_groups(
    scene: &mut Builder<'_>,
    (at, height): (Pos2, f32),
    (groups, muted): (&str, Color32),
    (title, color, continues): (&str, Color32, bool),
    room: f32,
) {
    let role = TextRole::Name;
    let longer = format!("{}, continued", one_line(title));
    let words = if continues && width(scene, &longer, role) <= room { longer } else { one_line(title).into_owned() };
    if height >= 28.0 {
        text_within(scene, at, Align2::LEFT_BOTTOM, groups, (TextRole::Small, muted), room);
        text_within(scene, at - vec2(0.0, 1.0), Align2::LEFT_TOP, &words, (role, color), room);
        return;
    }
    let both = format!("{groups} › {words}");
    let words = if width(scene, &both, role) <= room { both } else { words };
    text_within(scene, at, Align2::LEFT_CENTER, &words, (role, color), room);
}

fn lane_marks(scene: &mut Builder<'_>, lane: &LaneBox, input: &Input<'_>) {
    let (chart, theme) = (input.chart, input.theme);
    let color = input.timeline.lane(lane.lane).map_or(theme.ink, |lane| theme.color(lane.color()));
    let columns = Rect::from_x_y_ranges(chart.axis.left..=chart.axis.right, scene.clip().y_range());
    let strip = |scene: &mut Builder<'_>, is_over_rows: bool| {
        if let Some(strip) = lane.strip.as_ref().filter(|strip| strip.is_over_rows == is_over_rows) {
            if is_over_rows {
                scene.rect(strip.rect.expand2(vec2(0.0, 1.0)), 0.0, theme.paper);
            }
            let look = (color, input.emphasis.found.is_some());
            scene.clipped(columns, |scene| density(scene, strip, look, theme));
        }
    };
    strip(scene, false);
    // A mark and its label are drawn together: they overlap no others, and are adjacent in an exported file.
    let seen = scene.clip().y_range();
    let is_seen = |mark: &Mark| {
        let picture = lane.thumbnails.iter().find(|placed| placed.event == mark.event);
        let bounds = picture.map_or(Rect::NOTHING, |placed| placed.block).union(mark.bounds());
        bounds.y_range().expand(8.0).intersects(seen)
    };
    for mark in lane.marks.iter().filter(|mark| is_seen(mark)) {
        let color = input.mark_color(mark).unwrap_or(color);
        let state = input.state(mark);
        let color = if state.is_dimmed() { theme.dimmed(color) } else { color };
        scene.group(input.group(Item::Event(mark.event)), |scene| {
            let columns = columns.expand2(vec2(0.5, 0.0));
            scene.clipped(columns, |scene| marks::bands(scene, mark, chart.axis, color, theme, state));
            marks::markers(scene, mark, chart.axis, color, theme, state);
            if state.is_found() {
                scene.clipped(columns, |scene| found(scene, mark, theme));
            }
            if let Some(placed) = &mark.label {
                scene.clipped(columns, |scene| label(scene, placed, look(mark, placed, theme, state), state));
            }
            if let Some(placed) = lane.thumbnails.iter().find(|placed| placed.event == mark.event) {
                thumbnails::draw(scene, placed, input, (color, state));
            }
        });
    }
    strip(scene, true);
}

/// Draws a box behind the title of an event that a search has found, or around its mark where it has none.
fn found(scene: &mut Builder<'_>, mark: &Mark, theme: &Theme) {
    let edge = Stroke::new(1.0, theme.found_edge);
    match &mark.label {
        Some(label) => {
            let rect = label.rect.expand2(vec2(3.0, -1.0));
            scene.rect(rect, 3.0, theme.found);
            scene.outline(rect, 3.0, edge);
        }
        None => scene.outline(mark.rect.expand(3.0), 5.0, Stroke { width: 2.0, ..edge }),
    }
}

/// Draws a bar for each column of the strip, whose height increases with the logarithm of its count. Columns in which a
/// search has found events have a cap, and all others are dimmed.
fn density(scene: &mut Builder<'_>, strip: &DensityStrip, (color, is_searched): (Color32, bool), theme: &Theme) {
    let bottom = strip.rect.bottom() - 2.0;
    let share = share(strip.least, strip.fullest);
    let bar = |bin: &Bin| {
        let share = share(bin.count);
        let height = (strip.rect.height() - 4.0) * (0.25 + 0.75 * share);
        Rect::from_x_y_ranges(bin.x.min..=bin.x.max - 1.0, bottom - height..=bottom)
    };
    if !is_searched {
        return scene.rects(strip.bins.iter().map(bar).collect(), Theme::outline(color));
    }
    let (lit, others): (Vec<&Bin>, Vec<&Bin>) = strip.bins.iter().partition(|bin| bin.found > 0);
    scene.rects(others.into_iter().map(bar).collect(), Theme::thin(theme.dimmed(color), 0.55));
    let lit: Vec<Rect> = lit.into_iter().map(bar).collect();
    let caps =
        lit.iter().map(|bar| Rect::from_min_max(bar.min - vec2(0.0, 2.0), pos2(bar.right(), bar.top()))).collect();
    scene.rects(lit, color);
    scene.rects(caps, theme.found_edge);
}

/// Returns what gives the position of a count between `least` and `fullest`, from 0 to 1: the logarithm of the excess over
/// `least`, which would otherwise hide single days among many long events. Small differences are not exaggerated.
fn share(least: usize, fullest: usize) -> impl Fn(usize) -> f32 {
    let most = (fullest.saturating_sub(least).max(least / 2).max(1) as f32).ln_1p();
    move |count: usize| (count.saturating_sub(least) as f32).ln_1p() / most
}

/// Returns the colours of a title and of its date. On the body of its mark there is less contrast, so that both are
/// of stronger colours there.
fn look(mark: &Mark, label: &Label, theme: &Theme, state: State) -> [Color32; 2] {
    let is_on_body = match &mark.shape {
        MarkShape::Point { extent, .. } => extent.intersects(label.rect.x_range()),
        MarkShape::Span { x, .. } => x.intersects(label.rect.x_range()) && mark.rect.intersects(label.rect),
        MarkShape::Set { .. } => false,
    } && !state.is_found();
    match (is_on_body, state.is_dimmed()) {
        (true, true) => [theme.muted_on_body(); 2],
        (true, false) => [theme.ink; 2],
        (false, true) => [theme.muted; 2],
        (false, false) => [if state.selected { theme.accent } else { theme.ink }, theme.muted],
    }
}

fn label(scene: &mut Builder<'_>, label: &Label, [color, muted]: [Color32; 2], state: State) {
    /// Minimum visible width of a label, in points: less has no room even for an ellipsis.
    const LEAST: f32 = 12.0;
    let rect = label.rect;
    if rect.width() < LEAST {
        return;
    }
    let (x, horizontal) = if label.flush_right { (rect.right(), Align::Max) } else { (rect.left(), Align::Min) };
    let middle = rect.center().y;
    if let Some(width) = label.break_width {
        title_on_two_lines(scene, (label, width), color, muted);
    } else if label.one_line {
        title_and_date(scene, label, color, muted);
    } else {
        let anchor = Align2([horizontal, Align::Center]);
        let mut line = |y: f32, words: &str, role, color| {
            text_within(scene, pos2(x, y), anchor, words, (role, color), rect.width());
        };
        line(middle - 8.0, &label.title, label.role(), color);
        line(middle + 9.5, &label.date, TextRole::Small, muted);
    }
    if state.hovered {
        let y = match label.break_width {
            Some(_) => middle + TITLE_LEADING / 2.0 + 9.0,
            None if label.one_line => middle + 9.0,
            None => middle + 1.0,
        };
        let ends = vec![pos2(rect.left(), y), pos2(rect.right(), y)];
        scene.line(ends, Stroke::new(1.0, Theme::thin(color, 0.5)));
    }
}

/// Draws the title and, if there is room, the date on one baseline.
fn title_and_date(scene: &mut Builder<'_>, label: &Label, color: Color32, muted: Color32) {
    let (rect, middle) = (label.rect, label.rect.center().y);
    let align = if label.flush_right { Align::Max } else { Align::Min };
    let mut room = rect.width();
    if !label.date.is_empty() {
        let at = (rect.right(), baseline(scene, TextRole::Label, middle));
        let date = text_on(scene, at, Align::Max, &label.date, (TextRole::Small, muted), f32::INFINITY);
        room = date.left() - 4.0 - rect.left();
    }
    let words = line(scene, &label.title, label.role(), room);
    let at = Align2::LEFT_CENTER.anchor_size(rect.left_center(), words.size).min;
    scene.text(words, at, color, align);
}

/// Draws a title that is broken at a width, in points, and the date after its second line.
fn title_on_two_lines(scene: &mut Builder<'_>, (label, width): (&Label, f32), color: Color32, muted: Color32) {
    let (rect, middle) = (label.rect, label.rect.center().y);
    let align = if label.flush_right { Align::Max } else { Align::Min };
    let style = text_style(label.role());
    let [first, second] = scene.text.two_lines(&one_line(&label.title), style, (width, TITLE_LEADING));
    let [above, below] = [-0.5, 0.5].map(|lines| baseline(scene, TextRole::Label, middle + lines * TITLE_LEADING));
    let mut end = if label.flush_right { rect.right() } else { rect.left() };
    scene.text_on(first, (end, above), align, color);
    let small = (TextRole::Small, muted);
    if label.flush_right && !label.date.is_empty() {
        end = text_on(scene, (end, below), align, &label.date, small, f32::INFINITY).left() - DATE_GAP;
    }
    let second = scene.text_on(second, (end, below), align, color);
    if !label.flush_right && !label.date.is_empty() {
        text_on(scene, (second.right() + DATE_GAP, below), align, &label.date, small, f32::INFINITY);
    }
}

fn time_axis(scene: &mut Builder<'_>, Input { chart, theme, .. }: &Input<'_>) {
    let top = chart.regions.axis.top();
    if let Some((reason, x)) = chart.ticks.reason {
        text(scene, pos2(x, top + 7.0), Align2::CENTER_TOP, reason, (TextRole::Small, theme.muted));
        return;
    }
    let mut lines = Vec::with_capacity(chart.ticks.fine.len() + 1);
    let y = Rangef::point(scene.to_pixel_center(top)).expand(0.5);
    lines.push(Rect::from_x_y_ranges(chart.axis.left..=chart.axis.right, y));
    // A thicker line grows towards the lanes, as the labels are below.
    let thicker = chart.ticks.weights.iter().filter(|(_, weight)| *weight > 1.0);
    lines.extend(thicker.map(|(x, weight)| Rect::from_x_y_ranges(*x, y.max - weight..=y.max)));
    let upright = |scene: &Builder<'_>, x: f32, from: f32, to: f32| {
        Rect::from_x_y_ranges(Rangef::point(scene.to_pixel_center(x)).expand(0.5), y.max + from..=y.max + to)
    };
    for tick in &chart.ticks.fine {
        if tick.x >= chart.axis.left - 0.5 {
            lines.push(upright(scene, tick.x, 0.0, if tick.strong { 7.0 } else { 5.0 }));
        }
    }
    scene.rects(lines, theme.axis);
    for x in &chart.ticks.changes {
        for x in [x - 1.5, x + 1.5] {
            scene.line(vec![pos2(x - 1.5, y.max + 3.5), pos2(x + 1.5, y.min - 3.5)], Stroke::new(1.0, theme.axis));
        }
    }
    for tick in &chart.ticks.fine {
        let (role, color) = if tick.strong { (TextRole::TickStrong, theme.ink) } else { (TextRole::Tick, theme.muted) };
        text(scene, pos2(tick.label_x, top + 7.0), Align2::CENTER_TOP, &tick.label, (role, color));
    }
    for one in &chart.ticks.breaks {
        let at = pos2(one.words_x, top + if one.in_upper_row { 7.5 } else { 24.0 });
        text(scene, at, Align2::CENTER_TOP, &one.words, (TextRole::Small, theme.muted));
    }
    if let Some((words, x)) = chart.ticks.not_to_scale {
        let (at, room) = (pos2(x, top + 7.5), x - chart.regions.axis.left());
        text_within(scene, at, Align2::RIGHT_TOP, words, (TextRole::Small, theme.muted), room);
    }
    if let Some((zone, x)) = &chart.ticks.zone {
        let (at, room) = (pos2(*x, top + 24.5), x - chart.regions.axis.left());
        text_within(scene, at, Align2::RIGHT_TOP, zone, (TextRole::Small, theme.muted), room);
    }
    let mut lines = Vec::new();
    for tick in &chart.ticks.coarse {
        let at = pos2(tick.label_x, top + 23.0);
        text(scene, at, Align2::CENTER_TOP, &tick.label, (TextRole::TickStrong, theme.ink));
        if tick.x > chart.axis.left {
            lines.push(upright(scene, tick.x, 24.0, 38.0));
        }
    }
    scene.rects(lines, theme.line);
}

fn footer(scene: &mut Builder<'_>, input: &Input<'_>) {
    let (theme, timeline) = (input.theme, input.timeline);
    let Some(rect) = input.chart.regions.footer else { return };
    // As many names as fit, and the number of the others.
    let source_in = |scene: &mut Builder<'_>, room: f32| {
        let mut lines = timeline.source_lines().peekable();
        while let Some(line) = lines.next() {
            let fits = width(scene, &line, TextRole::Small) <= room;
            if fits || lines.peek().is_none() {
                return (line, fits);
            }
        }
        (String::new(), false)
    };
    let small = (TextRole::Small, theme.muted);
    let status = input.emphasis.status.unwrap_or_default();
    if status.is_empty() {
        let (source, _) = source_in(scene, rect.width());
        let words = line(scene, &source, TextRole::Small, rect.width());
        let place = scene.text_at(Arc::clone(&words), rect.left_center(), Align2::LEFT_CENTER, theme.muted);
        if input.describes {
            source_links(scene, &words, place, timeline);
        }
        return;
    }
    text_within(scene, rect.left_center(), Align2::LEFT_CENTER, status, small, rect.width());
    let room = rect.width() - width(scene, status, TextRole::Small) - 24.0;
    if let (source, true) = source_in(scene, room) {
        text(scene, rect.right_center(), Align2::RIGHT_CENTER, &source, small);
    }
}

/// Adds links over the names of sources with a web address, in the source line.
fn source_links(scene: &mut Builder<'_>, words: &crate::scene::text::TextLayout, place: Rect, timeline: &Timeline) {
    let mut from = 0;
    for named in timeline.source_names.named() {
        let name = one_line(&named.words);
        let Some(start) = words.text.get(from..).and_then(|rest| rest.find(&*name)).map(|at| from + at) else { break };
        from = start + name.len();
        let source = timeline.source(named.source).filter(|_| named.works == 1);
        if let Some((source, url)) = source.and_then(|source| Some((source, source.web_address()?)))
            && let Some(part) = words.part(&(start..from))
        {
            let rect = part.translate(place.min.to_vec2());
            let link = Link { rect, url: url.to_owned(), title: source.title.clone() };
            scene.group(Group { link: Some(link), ..Group::default() }, |_| {});
        }
    }
}
