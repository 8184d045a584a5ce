//! The chart, from back to front.

use std::ops::Range;
use std::sync::Arc;

use egui::{Align, Align2, Color32, CornerRadius, Galley, Pos2, Rangef, Rect, Shape, Stroke, StrokeKind, pos2, vec2};

use crate::layout::{Chart, DensityStrip, Label, LaneBox, Mark, Overview, TextRole, one_line};
use crate::timeline::{Item, Timeline};

use super::eras;
use super::fonts::font;
use super::legend;
use super::marks::{self, State};
use super::text::{lay_out, own_order_after};
use super::theme::Theme;

/// What stands out, and what is said below the chart.
#[derive(Clone, Copy, Debug, Default)]
pub struct Emphasis<'a> {
    /// What the record is shown of.
    pub selected: Option<Item>,
    /// What is under the pointer.
    pub hovered: Option<Item>,
    /// What is said at the left of the source line.
    pub status: Option<&'a str>,
}

impl Emphasis<'_> {
    /// The colour of an item's name: its own, or that of what is selected or under the pointer.
    pub(super) fn color(&self, item: Item, own: Color32, theme: &Theme) -> Color32 {
        if self.selected == Some(item) {
            theme.accent
        } else if self.hovered == Some(item) {
            theme.ink
        } else {
            own
        }
    }
}

/// Which shapes show what, for a file whose parts can be told apart. A window needs none of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Painted {
    /// Items that have all their shapes in one stretch of the layer that was painted on, by the positions of these
    /// shapes in the layer, in their order.
    pub items: Vec<(Item, Range<usize>)>,
    /// Shapes whose texts are held at their right end or in their middle, in their order: in whatever font they are set,
    /// they do not grow to that side. All others are held at their left.
    pub anchors: Vec<(Range<usize>, egui::Align)>,
}

impl Painted {
    /// Paints an item and notes which shapes it took.
    fn item(&mut self, painter: &egui::Painter, item: Item, paint: impl FnOnce(&mut Self)) {
        let shapes = self.noting(painter, paint);
        if !shapes.is_empty() {
            self.items.push((item, shapes));
        }
    }

    /// Paints texts and notes where they are held.
    pub(super) fn anchored(&mut self, painter: &egui::Painter, anchor: egui::Align, paint: impl FnOnce()) {
        let shapes = self.noting(painter, |_| paint());
        if anchor != egui::Align::Min && !shapes.is_empty() {
            self.anchors.push((shapes, anchor));
        }
    }

    /// The positions in the layer of what is painted.
    fn noting(&mut self, painter: &egui::Painter, paint: impl FnOnce(&mut Self)) -> Range<usize> {
        let next =
            || painter.ctx().graphics(|layers| layers.get(painter.layer_id()).map_or(0, |list| list.next_idx().0));
        let start = next();
        paint(self);
        start..next()
    }
}

/// Draws the chart into a Ui; everything stands where the layout put it.
pub fn chart(ui: &mut egui::Ui, chart: &Chart, timeline: &Timeline, emphasis: Emphasis<'_>, theme: &Theme) -> Painted {
    let mut parts = Painted::default();
    let painter = ui.painter_at(chart.regions.outer);
    title(&painter, chart, theme);
    legend::draw(&painter, chart, theme);

    let columns = columns(chart);
    let in_columns = painter.with_clip_rect(columns.intersect(painter.clip_rect()));
    eras::paper(&in_columns, chart, columns, theme);
    grid(&in_columns, chart, columns, theme);
    eras::extents(&in_columns, chart, theme);
    for era in &chart.eras {
        eras::name(&painter, era, timeline, emphasis, theme);
    }

    let lanes = painter.with_clip_rect(chart.regions.lanes.expand2(vec2(0.0, 1.0)).intersect(painter.clip_rect()));
    for lane in &chart.lanes {
        if lane.rect.intersects(chart.regions.lanes) {
            lane_name(&lanes, lane, chart, timeline, theme);
            lane_marks(&lanes, lane, chart, timeline, emphasis, theme, &mut parts);
        }
    }
    separators(&painter, chart, theme);

    for placed in &chart.series {
        let on = ui.painter().clone();
        parts.item(&on, Item::Series(placed.series), |parts| {
            super::series::series(ui, chart, placed, timeline, emphasis, theme, parts);
        });
    }
    time_axis(&painter, chart, theme, &mut parts);
    if let Some(strip) = &chart.overview {
        overview(&painter, strip, theme);
    }
    cues(&painter, chart, theme, &mut parts);
    footer(&painter, chart, timeline, emphasis.status, theme);
    parts
}

/// What is not in the picture, in words; and beside lanes that scroll, how far.
fn cues(painter: &egui::Painter, chart: &Chart, theme: &Theme, parts: &mut Painted) {
    for cue in &chart.indicators {
        let (rect, ends) = (cue.rect, cue.rect.right() >= chart.axis.right);
        painter.rect_filled(rect, 0.0, theme.paper);
        parts.anchored(painter, if ends { egui::Align::Max } else { egui::Align::Min }, || {
            let (at, anchor) = (rect.left_center(), Align2::LEFT_CENTER);
            text_within(painter, at, anchor, &cue.text, TextRole::Small, theme.muted, rect.width());
        });
    }
    if chart.regions.lanes_height > chart.regions.lanes.height() + 1.0 {
        let track = chart.regions.lanes;
        let share = track.height() / chart.regions.lanes_height;
        let top = track.top() + chart.scrolling.lanes * share;
        let x = track.right() + 6.0;
        let bar = Rect::from_x_y_ranges(x..=x + 5.0, top..=top + track.height() * share);
        painter.rect_filled(bar, 2.5, theme.line);
    }
}

/// One line of text; returns where it stands.
pub(super) fn text(
    painter: &egui::Painter,
    at: Pos2,
    anchor: Align2,
    words: &str,
    role: TextRole,
    color: Color32,
) -> Rect {
    let galley = elided(painter, words, role, f32::INFINITY);
    let rect = anchor.anchor_size(at, galley.size());
    painter.galley(rect.min, galley, color);
    rect
}

/// One line of text, elided at a width, in points.
pub fn text_within(
    painter: &egui::Painter,
    at: Pos2,
    anchor: Align2,
    words: &str,
    role: TextRole,
    color: Color32,
    width: f32,
) {
    let galley = elided(painter, words, role, width);
    painter.galley(anchor.anchor_size(at, galley.size()).min, galley, color);
}

fn elided(painter: &egui::Painter, words: &str, role: TextRole, width: f32) -> Arc<Galley> {
    let words = one_line(words).into_owned();
    let mut job = egui::text::LayoutJob::simple_singleline(words, font(role), Color32::PLACEHOLDER);
    job.wrap = egui::text::TextWrapping::truncate_at_width(width);
    lay_out(painter, job)
}

fn to_pixel(painter: &egui::Painter, y: f32) -> f32 {
    egui::emath::GuiRounding::round_to_pixels(y, painter.pixels_per_point())
}

/// How far below its top the baseline of a line of text is, in points.
fn ascent(galley: &Galley) -> f32 {
    let first = galley.rows.first().and_then(|row| row.glyphs.first().map(|glyph| row.pos.y + glyph.pos.y));
    first.unwrap_or(galley.size().y)
}

/// Where the baseline of a line of text is whose middle is at this y, in points.
pub(super) fn baseline(painter: &egui::Painter, role: TextRole, middle: f32) -> f32 {
    let galley = elided(painter, "x", role, f32::INFINITY);
    to_pixel(painter, middle - galley.size().y / 2.0) + ascent(&galley)
}

/// One line of text on a baseline, elided at a width, in points; it begins or ends at x. Returns where it stands.
pub(super) fn text_on(
    painter: &egui::Painter,
    (x, baseline): (f32, f32),
    align: Align,
    words: &str,
    (role, color): (TextRole, Color32),
    width: f32,
) -> Rect {
    let galley = elided(painter, words, role, width);
    let left = if align == Align::Max { x - galley.size().x } else { x };
    let at = pos2(left, to_pixel(painter, baseline - ascent(&galley)));
    let rect = Rect::from_min_size(at, galley.size());
    painter.galley(at, galley, color);
    rect
}

/// The rectangle of everything placed in time, from the eras down to the axis.
fn columns(chart: &Chart) -> Rect {
    let (left, right) = (chart.axis.left, chart.axis.right);
    Rect::from_x_y_ranges(left..=right, chart.regions.eras.top()..=chart.regions.axis.top())
}

fn title(painter: &egui::Painter, chart: &Chart, theme: &Theme) {
    let frame = &chart.regions;
    let lines = |rect: Rect, words: &str, most: usize, role: TextRole, color| {
        if most == 0 || rect.height() <= 0.0 {
            return;
        }
        let words = one_line(words).into_owned();
        let mut job = egui::text::LayoutJob::simple(words, font(role), Color32::PLACEHOLDER, rect.width());
        job.wrap.max_rows = most;
        let mut galley = lay_out(painter, job.clone());
        if galley.size().y > rect.height() + 0.5 {
            // Fonts of the system may have taller lines than there is room for.
            for section in &mut job.sections {
                section.format.line_height = Some(rect.height() / most as f32);
            }
            galley = lay_out(painter, job);
        }
        painter.galley(Align2::LEFT_CENTER.anchor_size(rect.left_center(), galley.size()).min, galley, color);
    };
    let [title, subtitle] = frame.heading_lines;
    lines(frame.title, &chart.title, title, TextRole::Title, theme.ink);
    lines(frame.subtitle, &chart.subtitle, subtitle, TextRole::Subtitle, theme.muted);
}

/// Lines at the ticks, as one mesh: on whole pixels they need no soft edges, which cost three times the line.
fn grid(painter: &egui::Painter, chart: &Chart, columns: Rect, theme: &Theme) {
    let mut lines = egui::Mesh::default();
    for tick in &chart.ticks.fine {
        let color = if tick.strong { theme.grid_strong } else { theme.grid };
        // Within the columns: an exporter cuts what runs out with a layer as large as these.
        let x = Rangef::point(painter.round_to_pixel_center(tick.x)).expand(0.5).intersection(columns.x_range());
        if x.span() > 0.0 {
            lines.add_colored_rect(Rect::from_x_y_ranges(x, columns.y_range()), color);
        }
    }
    painter.add(Shape::mesh(lines));
}

fn separators(painter: &egui::Painter, chart: &Chart, theme: &Theme) {
    let mut lines = egui::Mesh::default();
    let x = chart.regions.lanes.x_range();
    let within = chart.regions.lanes.y_range();
    let tops = chart.lanes.iter().map(|lane| lane.rect.top()).filter(|y| within.contains(*y));
    let plots = chart.series.iter().skip(1).map(|series| series.header.top());
    for y in tops.chain(std::iter::once(within.max)).chain(plots) {
        let y = Rangef::point(painter.round_to_pixel_center(y)).expand(0.5);
        lines.add_colored_rect(Rect::from_x_y_ranges(x, y), theme.line);
    }
    painter.add(Shape::mesh(lines));
}

fn lane_name(painter: &egui::Painter, lane: &LaneBox, chart: &Chart, timeline: &Timeline, theme: &Theme) {
    let Some(resolved) = timeline.lane(lane.lane) else { return };
    let color = theme.lane(resolved.color());
    let width = chart.axis.left - lane.rect.left() - 8.0;
    let small = |at: Pos2, anchor: Align2, number: &str, what: [&str; 2]| {
        // A number that is cut off is none, so what is counted goes first.
        let long = format!("{}{number} {}", what[0], what[1]);
        let room = painter.layout_no_wrap(long.clone(), font(TextRole::Small), Color32::PLACEHOLDER).size().x <= width;
        let words = if room { long } else { format!("+{number}") };
        text_within(painter, at, anchor, &words, TextRole::Small, theme.muted, width);
    };
    if let Some(strip) = &lane.strip {
        let hidden = crate::timeline::number(strip.hidden as f64);
        small(strip.count.left_center(), Align2::LEFT_CENTER, &hidden, ["", "more"]);
    }
    if lane.name.height() < 14.0 {
        return;
    }
    let at = lane.name.left_center();
    let unlabelled = crate::timeline::number(lane.unlabelled as f64);
    if lane.unlabelled == 0 {
        text_within(painter, at, Align2::LEFT_CENTER, &resolved.title, TextRole::Name, color, width);
        return;
    }
    if lane.name.height() < 36.0 {
        let words = format!("{} {}+{unlabelled}", resolved.title, own_order_after(&resolved.title));
        text_within(painter, at, Align2::LEFT_CENTER, &words, TextRole::Name, color, width);
        return;
    }
    let up = at - vec2(0.0, 1.0);
    text_within(painter, up, Align2::LEFT_BOTTOM, &resolved.title, TextRole::Name, color, width);
    small(at, Align2::LEFT_TOP, &unlabelled, ["+", if lane.unlabelled == 1 { "title" } else { "titles" }]);
}

fn lane_marks(
    painter: &egui::Painter,
    lane: &LaneBox,
    chart: &Chart,
    timeline: &Timeline,
    emphasis: Emphasis<'_>,
    theme: &Theme,
    parts: &mut Painted,
) {
    let color = timeline.lane(lane.lane).map_or(theme.ink, |lane| theme.lane(lane.color()));
    let state = |mark: &Mark| State {
        selected: emphasis.selected == Some(Item::Event(mark.event)),
        hovered: emphasis.hovered == Some(Item::Event(mark.event)),
    };
    let x = chart.axis.left..=chart.axis.right;
    let columns = Rect::from_x_y_ranges(x, painter.clip_rect().y_range()).intersect(painter.clip_rect());
    let in_columns = painter.with_clip_rect(columns);
    if let Some(strip) = &lane.strip {
        density(&in_columns, strip, color);
    }
    // A mark and its label in one go: they touch no other's, and a designer finds them together.
    for mark in &lane.marks {
        parts.item(painter, Item::Event(mark.event), |parts| {
            let shapes = marks::mark(mark, chart.axis, color, theme, state(mark));
            // Only what runs out of the view is cut off: to a renderer, each change between the two is a call of its own.
            let within = columns.x_range().expand(0.5);
            let cut = |x: Rangef| if within.min <= x.min && x.max <= within.max { painter } else { &in_columns };
            for band in shapes.bands {
                cut(band.visual_bounding_rect().x_range()).add(band);
            }
            painter.extend(shapes.markers);
            if let Some(placed) = &mark.label {
                let anchor = if placed.flush_right { egui::Align::Max } else { egui::Align::Min };
                parts.anchored(painter, anchor, || label(cut(placed.rect.x_range()), placed, theme, state(mark)));
            }
        });
    }
}

/// What has no mark of its own: a bar for each column, as high as the logarithm of its count.
fn density(painter: &egui::Painter, strip: &DensityStrip, color: Color32) {
    let tint = Theme::thin(color, 0.55);
    let bottom = strip.rect.bottom() - 2.0;
    let mut mesh = egui::Mesh::default();
    for column in &strip.bins {
        let share = share(column.count, strip.least, strip.fullest);
        let height = (strip.rect.height() - 4.0) * (0.25 + 0.75 * share);
        let x = Rangef::new(column.x.min, column.x.max - 1.0);
        mesh.add_colored_rect(Rect::from_x_y_ranges(x, bottom - height..=bottom), tint);
    }
    painter.add(Shape::mesh(mesh));
}

/// How high a count stands between the least and the fullest, from 0 to 1: the logarithm of what is above the least,
/// which would hide what happens on single days while much goes on. A small difference is not made to look like a large
/// one.
fn share(count: usize, least: usize, fullest: usize) -> f32 {
    let most = (fullest - least).max(least / 2).max(1);
    (count.saturating_sub(least) as f32).ln_1p() / (most as f32).ln_1p()
}

fn label(painter: &egui::Painter, label: &Label, theme: &Theme, state: State) {
    /// What has less room than this, in points, is out of the view: not even an ellipsis could be read.
    const LEAST: f32 = 12.0;
    let rect = label.rect;
    if rect.width() < LEAST {
        return;
    }
    let (x, horizontal) =
        if label.flush_right { (rect.right(), egui::Align::Max) } else { (rect.left(), egui::Align::Min) };
    let middle = rect.center().y;
    let color = if state.selected { theme.accent } else { theme.ink };
    let line = |y: f32, words: &str, role, color| {
        let anchor = Align2([horizontal, egui::Align::Center]);
        text_within(painter, pos2(x, y), anchor, words, role, color, rect.width());
    };
    if label.one_line {
        title_and_date(painter, label, color, theme);
    } else {
        line(middle - 8.0, &label.title, TextRole::Label, color);
        line(middle + 8.5, &label.date, TextRole::Small, theme.muted);
    }
    if state.hovered {
        let y = if label.one_line { middle + 9.0 } else { middle + 1.0 };
        painter.hline(rect.x_range(), y, Stroke::new(1.0, Theme::thin(color, 0.5)));
    }
}

/// Title and, where there is room, date on one baseline.
fn title_and_date(painter: &egui::Painter, label: &Label, color: Color32, theme: &Theme) {
    let (rect, middle) = (label.rect, label.rect.center().y);
    if label.date.is_empty() {
        text_within(
            painter,
            rect.left_center(),
            Align2::LEFT_CENTER,
            &label.title,
            TextRole::Label,
            color,
            rect.width(),
        );
        return;
    }
    let at = (rect.right(), baseline(painter, TextRole::Label, middle));
    let date = text_on(painter, at, Align::Max, &label.date, (TextRole::Small, theme.muted), f32::INFINITY);
    let room = date.left() - 4.0 - rect.left();
    text_within(painter, rect.left_center(), Align2::LEFT_CENTER, &label.title, TextRole::Label, color, room);
}

fn time_axis(painter: &egui::Painter, chart: &Chart, theme: &Theme, parts: &mut Painted) {
    let top = chart.regions.axis.top();
    let line = Stroke::new(1.0, theme.axis);
    if let Some((reason, x)) = chart.ticks.reason {
        text(painter, pos2(x, top + 7.0), Align2::CENTER_TOP, reason, TextRole::Small, theme.muted);
        return;
    }
    painter.hline(chart.axis.left..=chart.axis.right, painter.round_to_pixel_center(top), line);
    for tick in &chart.ticks.fine {
        if tick.x >= chart.axis.left - 0.5 {
            let length = if tick.strong { 7.0 } else { 5.0 };
            painter.vline(painter.round_to_pixel_center(tick.x), top..=top + length, line);
        }
        let (role, color) = if tick.strong { (TextRole::TickStrong, theme.ink) } else { (TextRole::Tick, theme.muted) };
        let at = pos2(tick.label_x, top + 7.0);
        parts.anchored(painter, egui::Align::Center, || {
            text(painter, at, Align2::CENTER_TOP, &tick.label, role, color);
        });
    }
    if let Some((zone, x)) = &chart.ticks.zone {
        parts.anchored(painter, egui::Align::Max, || {
            let (at, room) = (pos2(*x, top + 24.5), x - chart.regions.axis.left());
            text_within(painter, at, Align2::RIGHT_TOP, zone, TextRole::Small, theme.muted, room);
        });
    }
    for tick in &chart.ticks.coarse {
        let at = pos2(tick.label_x, top + 23.0);
        parts.anchored(painter, egui::Align::Center, || {
            text(painter, at, Align2::CENTER_TOP, &tick.label, TextRole::TickStrong, theme.ink);
        });
        if tick.x > chart.axis.left {
            painter.vline(painter.round_to_pixel_center(tick.x), top + 24.0..=top + 38.0, Stroke::new(1.0, theme.line));
        }
    }
}

fn overview(painter: &egui::Painter, strip: &Overview, theme: &Theme) {
    painter.rect_stroke(strip.rect, 6.0, Stroke::new(1.0, theme.line), StrokeKind::Inside);
    // One mesh: hundreds of shapes with edges of their own would cost more than all the text.
    let mut columns = egui::Mesh::default();
    for (x, count) in &strip.columns {
        let height = (strip.rect.height() - 12.0) * (0.35 + 0.65 * share(*count as usize, 0, strip.fullest as usize));
        let bar = Rect::from_center_size(
            pos2(x + strip.column_width / 2.0, strip.rect.center().y),
            vec2(strip.column_width - 1.0, height),
        );
        columns
            .add_colored_rect(egui::emath::GuiRounding::round_to_pixels(bar, painter.pixels_per_point()), theme.axis);
    }
    painter.add(columns);
    let window = Rect::from_x_y_ranges(strip.window, strip.rect.y_range());
    painter.rect_stroke(window, 6.0, Stroke::new(1.5, theme.accent), StrokeKind::Inside);
    for x in [window.left(), window.right()] {
        let handle = Rect::from_center_size(pos2(x, window.center().y), vec2(5.0, 16.0));
        painter.add(Shape::rect_filled(handle, CornerRadius::same(2), theme.accent));
    }
}

fn footer(painter: &egui::Painter, chart: &Chart, timeline: &Timeline, status: Option<&str>, theme: &Theme) {
    let Some(rect) = chart.regions.footer else { return };
    let measured =
        |words: &str| painter.layout_no_wrap(words.to_owned(), font(TextRole::Small), Color32::PLACEHOLDER).size().x;
    // As many names as there is room for, and the number of the others.
    let source_in = |width: f32| {
        let mut lines = timeline.source_lines().peekable();
        while let Some(line) = lines.next() {
            let fits = measured(&line) <= width;
            if fits || lines.peek().is_none() {
                return (line, fits);
            }
        }
        (String::new(), false)
    };
    let status = status.unwrap_or_default();
    if status.is_empty() {
        let (source, _) = source_in(rect.width());
        text_within(
            painter,
            rect.left_center(),
            Align2::LEFT_CENTER,
            &source,
            TextRole::Small,
            theme.muted,
            rect.width(),
        );
        return;
    }
    text_within(painter, rect.left_center(), Align2::LEFT_CENTER, status, TextRole::Small, theme.muted, rect.width());
    if let (source, true) = source_in(rect.width() - measured(status) - 24.0) {
        text(painter, rect.right_center(), Align2::RIGHT_CENTER, &source, TextRole::Small, theme.muted);
    }
}
