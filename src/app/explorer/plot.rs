//! One plot: series of one unit, or indexed ones, drawn by `egui_plot`.

use egui::{
    Color32, CursorIcon, Direction, Pos2, Rangef, Rect, Response, Role, Sense, Shape, Stroke, Ui, UiBuilder,
    WidgetInfo, pos2,
};
use egui_plot::{
    FilledArea, GridMark, HoverPosition, Line, LineStyle, MarkerShape, Plot, PlotBounds, PlotPoints, PlotUi, Points,
    VLine,
};

use crate::app::fonts::font;
use crate::document::Scale;
use crate::layout::{
    ARROW_TIP, Compared, Comparison, MARKER_RADIUS, PlotColumn, PlotLine, PlotPoint, PointEnd, SeriesBox, TextRole,
    Ticks, TimeAxis, UNKNOWN_FADE, View,
};
use crate::paint::Theme;
use crate::timeline::{Series, number};

use super::readout;
use super::state::{Explorer, ExplorerMessage, Value};

/// Zoom for each point that the wheel scrolls: as in the chart.
const ZOOM_PER_POINT: f64 = 0.0037;
/// How far on either side of the line at the date that is 100 it is taken hold of, in points.
const GRIP: f32 = 6.0;

/// A series in a plot.
pub struct Member<'a> {
    /// The series, and what its values are multiplied by.
    pub compared: Compared<'a>,
    /// The position of the point that is 100.
    pub base: Option<usize>,
}

/// A plot of series.
pub struct Group<'a> {
    /// The unit of all of them; empty where they are indexed.
    pub unit: String,
    /// What values are in, in words.
    pub title: String,
    /// The series.
    pub members: Vec<Member<'a>>,
}

/// What all plots share.
#[derive(Clone, Copy)]
pub struct Shared<'a> {
    pub explorer: &'a Explorer,
    pub axis: TimeAxis,
    pub ticks: &'a Ticks,
    pub theme: &'a Theme,
}

impl Group<'_> {
    fn series(&self) -> impl Iterator<Item = &Series> {
        self.members.iter().map(|member| member.compared.series)
    }

    /// What a screen reader says of the plot.
    fn name(&self) -> String {
        let of = |series: &Series| format!("{}, {} values", series.title, number(series.points.len() as f64));
        format!("Plot, {}: {}", self.title, self.series().map(of).collect::<Vec<_>>().join("; "))
    }
}

/// Shows a plot where a comparison has it.
pub fn show(
    ui: &mut Ui,
    group: &Group<'_>,
    placed: &Comparison,
    shared: Shared<'_>,
    messages: &mut Vec<ExplorerMessage>,
) {
    let Shared { axis, theme, .. } = shared;
    header(ui, group, placed, theme);
    value_labels(ui, placed, theme);
    let under = ui.painter().with_clip_rect(placed.plot.intersect(ui.clip_rect()));
    for (member, series) in group.members.iter().zip(&placed.series) {
        extents(&under, series, theme.series(member.compared.series.style));
    }
    let mut inner = ui.new_child(UiBuilder::new().id_salt(("explorer", &group.unit)).max_rect(placed.plot));
    let shown = Plot::new(("plot", &group.unit))
        .width(placed.plot.width())
        .height(placed.plot.height())
        .show_background(false)
        .show_axes([false, false])
        .x_grid_spacer(move |_| time_grid(shared.ticks, axis))
        .y_grid_spacer(|_| value_grid(placed))
        .grid_spacing(0.0..=1.0)
        .grid_color(theme.grid_strong)
        .set_margin_fraction(egui::Vec2::ZERO)
        // Zoom and pan are messages, but for the box drawn with the right button.
        .allow_zoom(false)
        .allow_drag(false)
        .allow_scroll(false)
        .allow_double_click_reset(false)
        .show_crosshair(true)
        .sense(Sense::click_and_drag())
        .label_formatter(|hover| hovered(hover, group, placed))
        .show(&mut inner, |plot| {
            plot.set_plot_bounds_x(0.0..=axis.view.span());
            plot.set_plot_bounds_y(placed.bounds.0..=placed.bounds.1);
            for (member, series) in group.members.iter().zip(&placed.series) {
                let color = theme.series(member.compared.series.style);
                bands(plot, series, color);
                lines(plot, series, color);
                points(plot, member, series, color, theme);
            }
            index_line(plot, shared);
            selected(plot, group, placed, shared);
        });
    shown.response.widget_info(|| WidgetInfo::labeled(Role::Image, true, group.name()));
    interact(ui, &shown.response, *shown.transform.bounds(), (group, placed, shared), messages);
    drag_index(ui, group, placed, shared, messages);
}

/// Zoom, pan and selection by the pointer. `bounds` are what the plot shows after a box was drawn with the right button.
fn interact(
    ui: &Ui,
    response: &Response,
    bounds: PlotBounds,
    (group, placed, shared): (&Group<'_>, &Comparison, Shared<'_>),
    messages: &mut Vec<ExplorerMessage>,
) {
    let axis = shared.axis;
    let (x, y) = ((bounds.min()[0], bounds.max()[0]), (bounds.min()[1], bounds.max()[1]));
    if response.drag_stopped() && (x.0 != 0.0 || x.1 != axis.view.span() || y != placed.bounds) {
        messages.push(boxed(shared.explorer, group, placed, (x, y)));
    } else if response.dragged_by(egui::PointerButton::Primary) {
        ui.ctx().set_cursor_icon(CursorIcon::Grabbing);
        let moved = f64::from(response.drag_delta().x);
        if moved != 0.0 {
            messages.push(ExplorerMessage::Pan(-moved / axis.width()));
        }
    }
    if response.double_clicked() {
        messages.push(ExplorerMessage::Fit);
    } else if response.clicked()
        && let Some(at) = response.interact_pointer_pos()
    {
        messages.extend(nearest(group, placed, axis, at).map(ExplorerMessage::Select));
    }
    if response.contains_pointer() {
        wheel(ui, axis, messages);
    }
}

/// What a box drawn with the right button shows: its time, and its part of the value axis.
fn boxed(
    explorer: &Explorer,
    group: &Group<'_>,
    placed: &Comparison,
    (x, y): ((f64, f64), (f64, f64)),
) -> ExplorerMessage {
    let view = explorer.view;
    let span = view.span();
    let factor = span / (x.1 - x.0).max(f64::MIN_POSITIVE);
    // What is at the left edge of the box becomes the left edge of the view.
    let view = view.panned(x.0 / span).zoomed(factor, 0.0);
    let part = placed.part_between(part(explorer, group), y);
    ExplorerMessage::Show { unit: group.unit.clone(), view, part }
}

/// The part of its value axis that a plot shows, as fractions.
pub fn part(explorer: &Explorer, group: &Group<'_>) -> (f64, f64) {
    explorer.parts.get(&group.unit).copied().unwrap_or((0.0, 1.0))
}

fn wheel(ui: &Ui, axis: TimeAxis, messages: &mut Vec<ExplorerMessage>) {
    let Some(pointer) = ui.ctx().pointer_hover_pos() else { return };
    let (scroll, pinch) = ui.input(|input| (input.smooth_scroll_delta(), input.zoom_delta()));
    let factor = (f64::from(scroll.y) * ZOOM_PER_POINT).exp() * f64::from(pinch);
    if (factor - 1.0).abs() > 1e-6 {
        messages.push(ExplorerMessage::Zoom { factor, at: axis.fraction(pointer.x) });
    }
    if scroll.x != 0.0 {
        messages.push(ExplorerMessage::Pan(-f64::from(scroll.x) / axis.width()));
    }
}

/// What values are in, and what shapes mean.
fn header(ui: &Ui, group: &Group<'_>, placed: &Comparison, theme: &Theme) {
    let mut words = vec![group.title.clone()];
    if placed.scale == Scale::Log {
        words.push("logarithmic scale".to_owned());
    }
    let any = |is: &dyn Fn(&SeriesBox) -> bool| placed.series.iter().any(is);
    if any(&|series| series.lines.iter().any(|line| line.is_gap)) {
        words.push("dashed: not measured between".to_owned());
    }
    if any(&|series| !series.columns.is_empty() || !series.columns_apart.is_empty()) {
        words.push("line: mean, band: lowest to highest".to_owned());
    }
    let is_shown = |kind: MarkerShape| {
        let each = group.series().zip(&placed.series);
        each.flat_map(|(series, placed)| placed.points.iter().map(move |point| shape_of(series, point.index)))
            .any(|shape| shape == kind)
    };
    for (kind, meaning) in [
        (MarkerShape::Diamond, "diamond: about"),
        (MarkerShape::Up, "triangle up: more than"),
        (MarkerShape::Down, "triangle down: less than"),
    ] {
        if is_shown(kind) {
            words.push(meaning.to_owned());
        }
    }
    if placed.series.iter().all(SeriesBox::is_empty) {
        words.push("no values here".to_owned());
    }
    let job = egui::text::LayoutJob::simple_singleline(words.join(" · "), font(TextRole::Small), theme.muted);
    let job = egui::text::LayoutJob { wrap: egui::text::TextWrapping::truncate_at_width(placed.plot.width()), ..job };
    let galley = ui.painter().layout_job(job);
    let at = pos2(placed.plot.left(), placed.plot.top() - galley.size().y - 2.0);
    ui.painter().galley(at, galley, theme.muted);
}

fn value_labels(ui: &Ui, placed: &Comparison, theme: &Theme) {
    const MARGIN: f32 = 4.0;
    for tick in &placed.ticks {
        let at = pos2(placed.plot.left() - MARGIN, placed.y(tick.value));
        ui.painter().text(at, egui::Align2::RIGHT_CENTER, &tick.label, font(TextRole::Small), theme.muted);
    }
}

fn value_grid(placed: &Comparison) -> Vec<GridMark> {
    // None is left out for its neighbours: the layout has kept them apart.
    let step_size = placed.bounds.1 - placed.bounds.0;
    placed.ticks.iter().map(|tick| GridMark { value: tick.value, step_size }).collect()
}

fn time_grid(ticks: &Ticks, axis: TimeAxis) -> Vec<GridMark> {
    let mark = |x: f32| GridMark { value: offset(axis, x), step_size: axis.view.span() };
    ticks.fine.iter().map(|tick| mark(tick.x)).collect()
}

/// Seconds after the left edge of the view at x.
fn offset(axis: TimeAxis, x: f32) -> f64 {
    f64::from(x - axis.left) * axis.seconds_per_point()
}

/// A value of a whole year is as wide as the year; one that holds on has a tip at the edge, and one whose end is not known
/// fades out.
fn extents(painter: &egui::Painter, placed: &SeriesBox, color: Color32) {
    for point in &placed.points {
        extent(painter, placed, point, Theme::thin(color, 0.18));
    }
}

fn extent(painter: &egui::Painter, placed: &SeriesBox, point: &PlotPoint, tint: Color32) {
    let y = Rangef::point(placed.y(point.value)).expand(MARKER_RADIUS);
    let Rangef { min: left, max: right } = placed.plot.x_range();
    if point.extent.intersection(placed.plot.x_range()).span() <= 2.0 {
        return;
    }
    let [from, to] = point.ends;
    let beyond = |end: PointEnd| if end == PointEnd::Unknown { UNKNOWN_FADE } else { 0.0 };
    let tip = |end: PointEnd| if end == PointEnd::Open { ARROW_TIP } else { 0.0 };
    let known = Rangef::new(point.extent.min + beyond(from), point.extent.max - beyond(to));
    let body = Rangef::new(known.min.max(left + tip(from)), known.max.min(right - tip(to)));
    if body.span() > 0.0 {
        let corners = if point.ends == [PointEnd::Dated; 2] { 3.0 } else { 0.0 };
        painter.rect_filled(Rect::from_x_y_ranges(body, y), corners, tint);
    }
    let clear = Theme::thin(tint, 0.0);
    for (end, edge, inward, direction) in
        [(from, known.min, ARROW_TIP, Direction::RightToLeft), (to, known.max, -ARROW_TIP, Direction::LeftToRight)]
    {
        if end == PointEnd::Unknown {
            let outer = edge - UNKNOWN_FADE * inward.signum();
            let x = Rangef::new(edge.min(outer), edge.max(outer));
            painter.add(Shape::gradient_rect(Rect::from_x_y_ranges(x, y), direction, [tint, clear]));
        }
        let edge = if inward > 0.0 { left } else { right };
        if end == PointEnd::Open && known.contains(edge) {
            let corners = vec![pos2(edge, y.center()), pos2(edge + inward, y.min), pos2(edge + inward, y.max)];
            painter.add(Shape::convex_polygon(corners, tint, Stroke::NONE));
        }
    }
}

/// From the lowest to the highest value of each column; one without others beside it is a line.
fn bands(plot: &mut PlotUi<'_>, placed: &SeriesBox, color: Color32) {
    for columns in [&placed.columns_apart, &placed.columns] {
        for run in columns.chunk_by(|_, next| next.follows) {
            if let [alone] = run {
                let ends = vec![[alone.offset, alone.low.0], [alone.offset, alone.high.0]];
                plot.line(Line::new("", PlotPoints::new(ends)).stroke(Stroke::new(2.0, color)).allow_hover(false));
                continue;
            }
            let of = |part: fn(&PlotColumn) -> f64| run.iter().map(part).collect::<Vec<f64>>();
            let (x, low, high) = (of(|column| column.offset), of(|column| column.low.0), of(|column| column.high.0));
            plot.add(FilledArea::new("", &x, &low, &high).fill_color(Theme::thin(color, 0.3)).allow_hover(false));
        }
    }
}

/// Solid lines that follow on one another are one; over what was not measured a line is dashed.
fn lines(plot: &mut PlotUi<'_>, placed: &SeriesBox, color: Color32) {
    let joined = |before: &PlotLine, next: &PlotLine| !before.is_gap && !next.is_gap && before.to == next.from;
    let width = if placed.columns.is_empty() { 2.0 } else { 1.5 };
    for run in placed.lines.chunk_by(joined) {
        let Some(first) = run.first() else { continue };
        let points: Vec<[f64; 2]> = std::iter::once(first.from).chain(run.iter().map(|line| line.to)).collect();
        let (style, stroke) = if first.is_gap {
            (LineStyle::Dashed { length: 6.0 }, Stroke::new(1.5, Theme::outline(color)))
        } else {
            (LineStyle::Solid, Stroke::new(width, color))
        };
        plot.line(Line::new("", PlotPoints::new(points)).stroke(stroke).style(style).allow_hover(false));
    }
}

/// Points are rings; those that are "about" a value, "more than" or "less than" it have another shape.
fn points(plot: &mut PlotUi<'_>, member: &Member<'_>, placed: &SeriesBox, color: Color32, theme: &Theme) {
    let radius = if placed.points.len() > 60 { MARKER_RADIUS * 0.4 } else { MARKER_RADIUS * 0.75 };
    let series = member.compared.series;
    let shape = |point: &PlotPoint| shape_of(series, point.index);
    for kind in [MarkerShape::Circle, MarkerShape::Diamond, MarkerShape::Up, MarkerShape::Down] {
        let all = || -> PlotPoints<'static> {
            let of_kind = placed.points.iter().filter(|point| shape(point) == kind);
            of_kind.map(|point| [point.offset, point.value]).collect()
        };
        let grown = if kind == MarkerShape::Circle { 0.0 } else { 1.5 };
        let ring = Points::new(series.title.clone(), all()).shape(kind).radius(radius + grown + 1.0).color(color);
        plot.points(ring);
        let hole = Points::new("", all()).shape(kind).radius(radius + grown - 1.0).color(theme.paper);
        plot.points(hole.allow_hover(false));
    }
}

fn shape_of(series: &Series, point: usize) -> MarkerShape {
    use crate::document::Qualifier;
    match series.points.get(point).and_then(|point| point.qualifier) {
        None => MarkerShape::Circle,
        Some(Qualifier::About) => MarkerShape::Diamond,
        Some(Qualifier::MoreThan | Qualifier::AtLeast) => MarkerShape::Up,
        Some(Qualifier::LessThan | Qualifier::AtMost) => MarkerShape::Down,
    }
}

/// The line at the date that is 100.
fn index_line(plot: &mut PlotUi<'_>, shared: Shared<'_>) {
    if let Some(index) = &shared.explorer.index {
        let x = shared.axis.view.offset_of(index.date.anchor());
        plot.vline(VLine::new("", x).stroke(Stroke::new(1.5, shared.theme.accent)).allow_hover(false));
    }
}

/// A ring around the value that is said under the plots.
fn selected(plot: &mut PlotUi<'_>, group: &Group<'_>, placed: &Comparison, shared: Shared<'_>) {
    let Some(value) = shared.explorer.selected else { return };
    for (member, series) in group.members.iter().zip(&placed.series) {
        if member.compared.index != value.series {
            continue;
        }
        let Some(point) = member.compared.series.points.get(value.point) else { continue };
        let x = shared.axis.view.offset_of(point.date.anchor());
        plot.vline(VLine::new("", x).stroke(Stroke::new(1.0, shared.theme.muted)).allow_hover(false));
        // A value among so many that they are columns has a line only.
        if let Some(point) = series.points.iter().find(|placed| placed.index == value.point) {
            let at = PlotPoints::new(vec![[point.offset, point.value]]);
            let ring = Points::new("", at).shape(MarkerShape::Circle).radius(MARKER_RADIUS * 1.6).filled(false);
            plot.points(ring.color(shared.theme.ink).allow_hover(false));
        }
    }
}

/// The date that is 100 follows the pointer that drags its line, from value to value.
fn drag_index(
    ui: &Ui,
    group: &Group<'_>,
    placed: &Comparison,
    shared: Shared<'_>,
    messages: &mut Vec<ExplorerMessage>,
) {
    let Some(index) = &shared.explorer.index else { return };
    let x = shared.axis.x(index.date.anchor());
    let inside = f64::from(placed.plot.left())..=f64::from(placed.plot.right());
    if !inside.contains(&x) {
        return;
    }
    let grip = Rect::from_x_y_ranges(Rangef::point(x as f32).expand(GRIP), placed.plot.y_range());
    let response = ui.interact(grip, ui.scope_id().with(("index line", &group.unit)), Sense::drag());
    response
        .widget_info(|| WidgetInfo::labeled(Role::Splitter, true, format!("{}, drag to another date", index.words())));
    if response.dragged()
        && response.drag_delta().x != 0.0
        && let Some(at) = response.interact_pointer_pos()
    {
        let time = shared.axis.time(at.x);
        let near = |member: &Member<'_>| {
            let series = member.compared.series;
            let point = nearest_in_time(series, time)?;
            let away = series.points.get(point)?.date.anchor().abs_diff(time);
            Some((away, Value { series: member.compared.index, point }))
        };
        let nearest = group.members.iter().filter_map(near).min_by_key(|(away, _)| *away).map(|(_, value)| value);
        messages.extend(nearest.map(ExplorerMessage::IndexTo));
    }
    response.on_hover_cursor(CursorIcon::ResizeHorizontal);
}

/// The value that is nearest to a place in a plot; where single values cannot be told apart, the nearest in time.
fn nearest(group: &Group<'_>, placed: &Comparison, axis: TimeAxis, at: Pos2) -> Option<Value> {
    let place =
        |point: &PlotPoint| pos2(axis.left + (point.offset / axis.seconds_per_point()) as f32, placed.y(point.value));
    let each = group.members.iter().zip(&placed.series);
    let all = each.flat_map(|(member, series)| series.points.iter().map(move |point| (member.compared.index, point)));
    let seen = all.filter(|(_, point)| placed.plot.contains(place(point)));
    let away = |(_, point): &(_, &PlotPoint)| place(point).distance_sq(at);
    if let Some((series, point)) = seen.min_by(|a, b| away(a).total_cmp(&away(b))) {
        return Some(Value { series, point: point.index });
    }
    let first = group.members.first()?;
    let point = nearest_in_time(first.compared.series, axis.time(at.x))?;
    Some(Value { series: first.compared.index, point })
}

/// The position of the point that is drawn nearest to a time.
fn nearest_in_time(series: &Series, time: i64) -> Option<usize> {
    // Points are in the order of their anchors.
    let after = series.points.partition_point(|point| point.date.anchor() < time);
    let away =
        |position: &usize| series.points.get(*position).map_or(u64::MAX, |point| point.date.anchor().abs_diff(time));
    [after.saturating_sub(1), after].into_iter().filter(|position| *position < series.points.len()).min_by_key(away)
}

/// What the pointer reads.
fn hovered(hover: &HoverPosition<'_>, group: &Group<'_>, placed: &Comparison) -> Option<String> {
    let with_title = |member: &Member<'_>, lines: Vec<String>| {
        let title = std::iter::once(member.compared.series.title.clone());
        title.chain(lines).collect::<Vec<String>>().join("\n")
    };
    let each = || group.members.iter().zip(&placed.series);
    let position = match hover {
        HoverPosition::NearDataPoint { position, .. } => {
            let is_it = |point: &&PlotPoint| point.offset == position.x && point.value == position.y;
            let mut found = each().filter_map(|(member, series)| Some((member, series.points.iter().find(is_it)?)));
            let (member, point) = found.next()?;
            let lines = readout::of_point(member.compared.series, point.index, member.base);
            return Some(with_title(member, lines));
        }
        HoverPosition::Elsewhere { position } => position,
    };
    // In columns: the series whose mean is nearest to the pointer.
    let column = |(member, series): (_, &'_ SeriesBox)| {
        let all = series.columns.iter().chain(&series.columns_apart);
        let away = |column: &&PlotColumn| (column.offset - position.x).abs();
        let near = all.filter(|column| away(column) <= column.extent.length() as f64 * 2.0);
        let column = near.min_by(|a, b| away(a).total_cmp(&away(b)))?;
        Some((member, *column, (column.mean.0 - position.y).abs()))
    };
    let nearest = each().filter_map(column).min_by(|(.., a), (.., b)| a.total_cmp(b));
    nearest.map(|(member, column, _): (&Member<'_>, PlotColumn, f64)| {
        with_title(member, readout::of_column(member.compared.series, &column, member.base))
    })
}

/// The view at the left and right edges of plots.
pub fn axis(view: View, left: f32, right: f32) -> TimeAxis {
    TimeAxis { view, left, right: right.max(left + 1.0) }
}
