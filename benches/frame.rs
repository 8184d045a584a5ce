//! What one frame of the program costs the processor: input, layout, shapes and tessellation at 1920x1080, over a
//! scripted zoom and pan, for documents of growing size in one run.
//!
//! `cargo bench --bench frame`, or with the sizes to measure, where the events fall and how rows are chosen:
//! `cargo bench --bench frame -- 1000 1000000 year` (or `instant`, `under`, `tails`, `even`, `lanes`; `values` for so many
//! values of a series over ten events; `fit` for rows that fit the window; `list` for the list of events in the place of the
//! chart, scrolled by points, pages and jumps).

mod interaction;
mod synthetic;

use std::io::Write as _;
use std::sync::Arc;
use std::time::Instant;

use eframe::App as _;
use egui::{Context, Pos2, RawInput, Rect, vec2};
use interaction::{FRAMES, Script};
use longview::app::canvas::Canvas;
use longview::app::{App, DialogLog, ListMessage, LoadedDocument, NativeDesktop, UiCommand};
use longview::document::{Piece, Point, Series};
use longview::layout::{Arrangement, Request, RowMode, View, chart, chart_at_rest};
use longview::paint::{self, Emphasis, Theme};
use longview::progress::Progress;
use longview::query::{Column, Listing, Projection, RowOrder};
use longview::scene::Builder;
use longview::timeline::{Resolver, Timeline};
use synthetic::Form;

static LOG: DialogLog = DialogLog::new();

const SIZE: [f32; 2] = [1920.0, 1080.0];
/// The first frames load fonts.
const WARMING: usize = 3;

/// A document and a window to measure.
#[derive(Clone, Copy)]
struct Case {
    /// The number of events, or of values.
    count: u64,
    form: Form,
    /// How many rows the lanes of the window have.
    rows: RowMode,
}

impl Case {
    /// What is measured if nothing is asked for.
    fn usual() -> Vec<Self> {
        let spread = |count| Self { count, form: Form::Spread, rows: RowMode::Auto };
        let lanes = Self { form: Form::Lanes, ..spread(100_000) };
        let even = Self { form: Form::Even, ..spread(1_000_000) };
        let fit = |case: Self| Self { rows: RowMode::Fit, ..case };
        let [hundred_thousand, million] = [100_000, 1_000_000].map(spread);
        vec![spread(10), spread(1_000), hundred_thousand, million, fit(hundred_thousand), lanes, fit(lanes), even]
    }

    /// The cases of these arguments.
    fn asked(arguments: &[String]) -> Vec<Self> {
        let counts: Vec<u64> = arguments.iter().filter_map(|argument| argument.parse().ok()).collect();
        let form = arguments.iter().map(|name| Form::named(name)).find(|form| *form != Form::Spread);
        let rows = if arguments.iter().any(|name| name == "fit") { RowMode::Fit } else { RowMode::Auto };
        if counts.is_empty() && form.is_none() && rows == RowMode::Auto {
            return Self::usual();
        }
        let counts = if counts.is_empty() { vec![10, 1_000, 100_000, 1_000_000] } else { counts };
        counts.into_iter().map(|count| Self { count, form: form.unwrap_or(Form::Spread), rows }).collect()
    }

    /// "100000 lanes fit".
    fn words(self) -> String {
        let form = if self.form == Form::Spread { String::new() } else { format!(" {:?}", self.form).to_lowercase() };
        format!("{}{form}{}", self.count, if self.rows == RowMode::Fit { " fit" } else { "" })
    }
}

fn timeline(Case { count, form, .. }: Case) -> Timeline {
    let mut document = synthetic::empty(count, form);
    let mut events = synthetic::events(if form == Form::Values { 10 } else { count }, form);
    if form == Form::Values {
        document.series.push(values(count));
    }
    let resolver = Resolver::new(document, Arc::default());
    let mut batches = Vec::new();
    let mut first = 0;
    loop {
        // The events as written are never all there at once.
        let some: Vec<_> = events.by_ref().take(10_000).collect();
        if some.is_empty() {
            break;
        }
        batches.push(resolver.batch(Piece { first, ..Piece::default() }, &some));
        first += some.len();
    }
    let all = resolver.finish(batches, &[], &Progress::default());
    all.and_then(|all| all.timeline).unwrap_or_default()
}

/// A series of so many values, evenly over the same time as the events.
fn values(count: u64) -> Series {
    let minutes = 126 * 336 * 24 * 60 / count.max(1);
    let point = |number: u64| {
        // Years of twelve months of 28 days.
        let (day, minute) = (number * minutes / 1440, number * minutes % 1440);
        let (year, month) = (1900 + day / 336, 1 + day % 336 / 28);
        let date = format!("{year}-{month:02}-{:02}T{:02}:{:02}", 1 + day % 28, minute / 60, minute % 60);
        Point { date, value: (number * 7919 % 1000) as f64, ..Point::default() }
    };
    Series {
        id: "values".to_owned(),
        title: "Values".to_owned(),
        unit: "units".to_owned(),
        points: (0..count).map(point).collect(),
        ..Series::default()
    }
}

/// Runs one frame and tessellates it; gives its milliseconds.
fn frame(context: &Context, input: RawInput, mut draw: impl FnMut(&mut egui::Ui)) -> f64 {
    let started = Instant::now();
    let mut output = context.run_ui(input, |ui| draw(ui));
    output.textures_delta.clear();
    std::hint::black_box(context.tessellate(output.shapes, output.pixels_per_point));
    started.elapsed().as_secs_f64() * 1e3
}

fn input(number: usize) -> RawInput {
    let screen_rect = Some(Rect::from_min_size(Pos2::ZERO, SIZE.into()));
    RawInput { screen_rect, time: Some(number as f64 / 60.0), focused: true, ..Default::default() }
}

/// What each frame of the whole program costs, in milliseconds.
fn program(timeline: Timeline, rows: RowMode) -> Vec<f64> {
    let context = Context::default();
    let script = Script::new(timeline.events.len(), SIZE);
    let name = "made.ron".to_owned();
    let loaded = LoadedDocument { name, timeline: Some(timeline), ..LoadedDocument::default() };
    let mut app = App::new(&context, loaded, Arc::new(NativeDesktop::new(&LOG)));
    if rows == RowMode::Fit {
        app.apply(UiCommand::FitRows.into());
    }
    let mut host = eframe::Frame::_new_kittest();
    let mut costs = Vec::with_capacity(FRAMES);
    for number in 0..FRAMES + WARMING {
        let mut input = input(number);
        if let Some(step) = number.checked_sub(WARMING) {
            input.events = script.events(step);
        }
        let cost = frame(&context, input, |ui| {
            app.logic(&ui.ctx().clone(), &mut host);
            app.ui(ui, &mut host);
        });
        if number >= WARMING {
            costs.push(cost);
        }
    }
    costs
}

/// What each frame costs while the list of events is scrolled in the place of the chart, in milliseconds.
fn list(timeline: Timeline) -> Vec<f64> {
    let context = Context::default();
    let events = timeline.events.len() as f64;
    let name = "made.ron".to_owned();
    let loaded = LoadedDocument { name, timeline: Some(timeline), ..LoadedDocument::default() };
    let mut app = App::new(&context, loaded, Arc::new(NativeDesktop::new(&LOG)));
    app.apply(UiCommand::PlaceEventList.into());
    app.finish_jobs();
    let mut host = eframe::Frame::_new_kittest();
    let mut costs = Vec::with_capacity(FRAMES);
    for number in 0..FRAMES + WARMING {
        let top = app.state().list.top;
        // A wheel, the page keys, and the bar of the list in turn.
        let to = match number % 3 {
            0 => top + 1.7,
            1 => top + 39.0,
            _ => (number * 7919 % 1000) as f64 / 1000.0 * events,
        };
        app.apply(UiCommand::List(ListMessage::Scroll(to)).into());
        let cost = frame(&context, input(number), |ui| {
            app.logic(&ui.ctx().clone(), &mut host);
            app.ui(ui, &mut host);
        });
        if number >= WARMING {
            costs.push(cost);
        }
    }
    costs
}

/// What it takes to sort all events by their titles, in milliseconds.
fn sorting(timeline: &Timeline) -> f64 {
    let order = RowOrder { column: Column::Title, is_descending: false };
    let started = Instant::now();
    std::hint::black_box(Listing::new(timeline, &Projection::all(timeline), order, &Progress::default()));
    started.elapsed().as_secs_f64() * 1e3
}

/// What placing the chart and drawing it cost, in milliseconds, over the same views; and what it costs once to lay out the
/// view if it comes to rest, of every tenth view.
fn parts(timeline: &Timeline, rows: RowMode) -> (Vec<[f64; 2]>, Vec<f64>) {
    let context = Context::default();
    context.set_fonts(longview::app::fonts::definitions());
    let theme = Theme::light();
    let projection = Projection::all(timeline);
    let script = Script::new(timeline.events.len(), SIZE);
    let rect = Rect::from_min_size(Pos2::ZERO, vec2(1520.0, 1040.0));
    frame(&context, input(0), |_| {});
    let mut view = View::home(timeline);
    let mut arrangement = Arrangement::default();
    let (mut costs, mut resting) = (Vec::with_capacity(FRAMES), Vec::new());
    for number in 0..FRAMES {
        let [zoom, at, pan] = script.step(number);
        view = view.zoomed(zoom, at).panned(pan).kept_near(timeline.extent, 0.08);
        let mut cost = [0.0; 2];
        frame(&context, input(number + 1), |ui| {
            let arrangement_before = &arrangement;
            let request =
                Request { arrangement: arrangement_before, rows, ..Request::window(timeline, &projection, view, rect) };
            let before = Instant::now();
            let placed = Canvas::with(ui.ctx(), |canvas| chart(request, canvas.engine()));
            cost[0] = before.elapsed().as_secs_f64() * 1e3;
            if number % 10 == 0 {
                let before = Instant::now();
                Canvas::with(ui.ctx(), |canvas| std::hint::black_box(chart_at_rest(request, canvas.engine())));
                resting.push(before.elapsed().as_secs_f64() * 1e3);
            }
            let before = Instant::now();
            let emphasis = Emphasis::default();
            let images = paint::Images::new();
            let painted =
                paint::Input { chart: &placed, timeline, emphasis, theme: &theme, images: &images, describes: false };
            Canvas::with(ui.ctx(), |canvas| {
                let mut scene = Builder::new(rect.size(), theme.paper, 1.0, canvas.engine());
                paint::chart(&mut scene, &painted);
                let scene = scene.finish();
                canvas.paint(ui, &scene);
            });
            cost[1] = before.elapsed().as_secs_f64() * 1e3;
            arrangement = arrangement.renewed(&placed).unwrap_or_else(|| arrangement.clone());
        });
        costs.push(cost);
    }
    (costs, resting)
}

/// The value that a share of the values do not exceed.
fn quantile(values: impl Iterator<Item = f64>, share: f64) -> f64 {
    let mut sorted: Vec<f64> = values.collect();
    sorted.sort_unstable_by(f64::total_cmp);
    sorted[((sorted.len() - 1) as f64 * share) as usize]
}

fn main() -> std::io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let mut out = std::io::stdout().lock();
    if arguments.iter().any(|name| name == "list") {
        for case in Case::asked(&arguments) {
            let timeline = timeline(case);
            let sorted = sorting(&timeline);
            let costs = list(timeline);
            let [median, p95, worst] = [0.5, 0.95, 1.0].map(|share| quantile(costs.iter().copied(), share));
            writeln!(
                out,
                "list of {} events: median {median:.2} ms, p95 {p95:.2}, worst {worst:.2}; sorted by title in \
                {sorted:.0} ms",
                case.count
            )?;
        }
        return Ok(());
    }
    let titles = ["median ms", "p95 ms", "worst ms", "layout", "shapes", "at rest", "worst at rest"];
    let titles = titles.map(|title| format!("{title:>14}")).concat();
    writeln!(out, "{:>20}{titles}  (layout, shapes, at rest: medians)", "events")?;
    for case in Case::asked(&arguments) {
        let timeline = timeline(case);
        let (parts, resting) = parts(&timeline, case.rows);
        let whole = program(timeline, case.rows);
        let row = [
            quantile(whole.iter().copied(), 0.5),
            quantile(whole.iter().copied(), 0.95),
            quantile(whole.iter().copied(), 1.0),
            quantile(parts.iter().map(|cost| cost[0]), 0.5),
            quantile(parts.iter().map(|cost| cost[1]), 0.5),
            quantile(resting.iter().copied(), 0.5),
            quantile(resting.iter().copied(), 1.0),
        ];
        writeln!(out, "{:>20}{}", case.words(), row.map(|cost| format!("{cost:>14.2}")).concat())?;
    }
    Ok(())
}
