//! What one frame of the chart costs: layout, shapes and tessellation at 1920x1080, over a scripted zoom and pan, for
//! documents of growing size in one run.
//!
//! `cargo bench --bench frame`, or with the sizes to measure and where the events fall:
//! `cargo bench --bench frame -- 1000 1000000 year` (or `instant`, `under`, `tails`).

mod made;

use std::io::Write as _;
use std::time::Instant;

use egui::{Pos2, RawInput, Rect, vec2};
use longview::layout::{Parts, Request, View, chart};
use longview::paint::{self, ContextFonts, Emphasis, Theme};
use longview::timeline::{Timeline, resolve};
use made::Form;

const FRAMES: usize = 300;

fn timeline(count: u64, form: Form) -> Timeline {
    let mut document = made::empty(count);
    document.events = made::events(count, form).collect();
    resolve(document).timeline.unwrap_or_default()
}

/// The view of a frame: in to a day, across, and out again, three times at different places.
fn view(home: View, frame: usize) -> View {
    let round = FRAMES / 3;
    let (turn, step) = (frame / round, frame % round);
    let depth = (step.min(round - step) as f64 / (round as f64 / 2.0)).clamp(0.0, 1.0);
    let at = [0.2, 0.5, 0.83][turn.min(2)];
    home.zoomed(40_000_f64.powf(depth), at).panned((step as f64 / 7.0).sin() * 0.3)
}

/// Milliseconds of each frame.
fn frames(timeline: &Timeline) -> Vec<f64> {
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
        let mut output = context.run_ui(input(), |ui| {
            let parts = Parts { title: true, overview: true, source_line: true };
            let request =
                Request { timeline, view: view(home, frame), rect, parts, scroll: 0.0, scrolls: true, keep: None };
            let placed = chart(request, &mut ContextFonts(ui.ctx()));
            paint::chart(ui, &placed, timeline, Emphasis::default(), &theme);
        });
        output.textures_delta.clear();
        let primitives = context.tessellate(output.shapes, output.pixels_per_point);
        std::hint::black_box(primitives);
        costs.push(started.elapsed().as_secs_f64() * 1e3);
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
    writeln!(out, "{:>10}  {:>10}  {:>10}  {:>10}", "events", "median ms", "p95 ms", "worst ms")?;
    for size in sizes {
        let timeline = timeline(size, form);
        let mut costs = frames(&timeline);
        costs.sort_unstable_by(f64::total_cmp);
        let at = |share: f64| costs[((costs.len() - 1) as f64 * share) as usize];
        writeln!(out, "{size:>10}  {:>10.2}  {:>10.2}  {:>10.2}", at(0.5), at(0.95), at(1.0))?;
    }
    Ok(())
}
