//! What one frame of the chart costs: layout, shapes and tessellation at 1920x1080, over a scripted zoom and pan, for
//! documents of growing size in one run.
//!
//! `cargo bench --bench frame`, or with the sizes to measure and where the events fall:
//! `cargo bench --bench frame -- 1000 1000000 year` (or `instant`, `under`, `tails`).

mod made;

use std::io::Write as _;
use std::sync::Arc;
use std::time::Instant;

use egui::{Pos2, RawInput, Rect, vec2};
use longview::document::Progress;
use longview::layout::{Parts, Request, View, chart};
use longview::paint::{self, ContextFonts, Emphasis, Theme};
use longview::timeline::{Resolver, Timeline};
use made::Form;

const FRAMES: usize = 300;

fn timeline(count: u64, form: Form) -> Timeline {
    let resolver = Resolver::new(made::empty(count), Arc::default());
    let mut events = made::events(count, form);
    let mut batches = Vec::new();
    let mut first = 0;
    loop {
        // The events as written are never all there at once.
        let some: Vec<_> = events.by_ref().take(10_000).collect();
        if some.is_empty() {
            break;
        }
        batches.push(resolver.batch(first, &some));
        first += some.len();
    }
    let all = resolver.finish(batches, &Progress::default());
    all.and_then(|all| all.timeline).unwrap_or_default()
}

/// The view of a frame: in to a day, across, and out again, three times at different places.
fn view(home: View, frame: usize) -> View {
    let round = FRAMES / 3;
    let (turn, step) = (frame / round, frame % round);
    let depth = (step.min(round - step) as f64 / (round as f64 / 2.0)).clamp(0.0, 1.0);
    let at = [0.2, 0.5, 0.83][turn.min(2)];
    home.zoomed(40_000_f64.powf(depth), at).panned((step as f64 / 7.0).sin() * 0.3)
}

/// Milliseconds of a frame: all of it, and its three parts.
#[derive(Clone, Copy, Default)]
struct Cost {
    all: f64,
    layout: f64,
    shapes: f64,
    tessellation: f64,
}

/// What each frame costs.
fn frames(timeline: &Timeline) -> Vec<Cost> {
    let context = egui::Context::default();
    context.set_fonts(paint::definitions());
    let theme = Theme::light();
    let rect = Rect::from_min_size(Pos2::ZERO, vec2(1920.0, 1080.0));
    let input = || RawInput { screen_rect: Some(rect), ..Default::default() };
    context.run_ui(input(), |_| {}).textures_delta.clear();
    let home = View::home(timeline);
    let mut costs = Vec::with_capacity(FRAMES);
    for frame in 0..FRAMES {
        let started = Instant::now();
        let mut cost = Cost::default();
        let since = |before: Instant| before.elapsed().as_secs_f64() * 1e3;
        let mut output = context.run_ui(input(), |ui| {
            let parts = Parts { title: true, overview: true, source_line: true };
            let request =
                Request { timeline, view: view(home, frame), rect, parts, scroll: 0.0, scrolls: true, keep: None };
            let before = Instant::now();
            let placed = chart(request, &mut ContextFonts::new(ui.ctx()));
            cost.layout = since(before);
            let before = Instant::now();
            paint::chart(ui, &placed, timeline, Emphasis::default(), &theme);
            cost.shapes = since(before);
        });
        output.textures_delta.clear();
        let before = Instant::now();
        let primitives = context.tessellate(output.shapes, output.pixels_per_point);
        std::hint::black_box(primitives);
        cost.tessellation = since(before);
        cost.all = since(started);
        costs.push(cost);
    }
    costs
}

fn main() -> std::io::Result<()> {
    let form = std::env::args().map(|name| Form::named(&name)).find(|form| *form != Form::Spread);
    let form = form.unwrap_or(Form::Spread);
    let mut sizes: Vec<u64> = std::env::args().filter_map(|argument| argument.parse().ok()).collect();
    if sizes.is_empty() {
        sizes = vec![10, 1_000, 100_000, 1_000_000];
    }
    let mut out = std::io::stdout().lock();
    let titles = ["events", "median ms", "p95 ms", "worst ms", "layout", "shapes", "tessellation"];
    writeln!(out, "{}  (the last three are medians)", titles.map(|title| format!("{title:>13}")).concat())?;
    for size in sizes {
        let timeline = timeline(size, form);
        let costs = frames(&timeline);
        let at = |part: fn(&Cost) -> f64, share: f64| {
            let mut sorted: Vec<f64> = costs.iter().map(part).collect();
            sorted.sort_unstable_by(f64::total_cmp);
            sorted[((sorted.len() - 1) as f64 * share) as usize]
        };
        let all = |cost: &Cost| cost.all;
        let parts: [fn(&Cost) -> f64; 3] = [|cost| cost.layout, |cost| cost.shapes, |cost| cost.tessellation];
        let row = [at(all, 0.5), at(all, 0.95), at(all, 1.0)].into_iter().chain(parts.map(|part| at(part, 0.5)));
        writeln!(out, "{size:>13}{}", row.map(|cost| format!("{cost:>13.2}")).collect::<Vec<_>>().concat())?;
    }
    Ok(())
}
