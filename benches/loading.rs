//! What a frame of the window costs the processor while a large document is read behind it: time on the thread of the
//! window only, waiting for a core not counted.
//!
//! `cargo bench --bench loading`, or with how many events: `cargo bench --bench loading -- 100000`. Linux only, as no
//! other system tells it in the same way.

mod synthetic;
#[path = "synthetic/write.rs"]
mod write;

use std::io::Write as _;
use std::sync::Arc;
use std::time::{Duration, Instant};

use eframe::App as _;
use egui::{Context, Pos2, RawInput, Rect};
use longview::Example;
use longview::app::{App, DialogLog, LoadedDocument, NativeDesktop, UiCommand};
use synthetic::Form;

static LOG: DialogLog = DialogLog::new();

/// Milliseconds that this thread has been on a core (`man 5 proc`: the first number of `schedstat`, in nanoseconds).
fn thread_ms() -> f64 {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    told.split(' ').next().and_then(|first| first.parse().ok()).map_or(0.0, |nanoseconds: f64| nanoseconds / 1e6)
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let count = std::env::args().find_map(|argument| argument.parse().ok()).unwrap_or(1_000_000);
    let file = tempfile::Builder::new().suffix(".ron").tempfile()?;
    let form = std::env::args().map(|name| Form::named(&name)).find(|form| *form != Form::Spread);
    write::write(count, form.unwrap_or(Form::Spread), &mut std::io::BufWriter::new(&file))?;
    let bytes = file.as_file().metadata()?.len();

    let context = Context::default();
    let rect = Rect::from_min_size(Pos2::ZERO, egui::vec2(1280.0, 800.0));
    let mut host = eframe::Frame::_new_kittest();
    let began = Instant::now();
    let mut app = App::new(&context, LoadedDocument::example(Example::Report), Arc::new(NativeDesktop::new(&LOG)));
    let mut costs = Vec::new();
    let mut ready = None;
    for number in 0..100_000 {
        if number == 10 {
            // The window is there and its fonts are loaded.
            app.apply(UiCommand::SetOpenPath(file.path().display().to_string()).into());
            app.apply(UiCommand::OpenTyped.into());
            costs.clear();
        }
        let time = began.elapsed().as_secs_f64();
        let input = RawInput { screen_rect: Some(rect), time: Some(time), focused: true, ..Default::default() };
        let before = thread_ms();
        let mut output = context.run_ui(input, |ui| {
            app.logic(&ui.ctx().clone(), &mut host);
            app.ui(ui, &mut host);
        });
        output.textures_delta.clear();
        std::hint::black_box(context.tessellate(output.shapes, output.pixels_per_point));
        costs.push(thread_ms() - before);
        if number > 10 && app.state().jobs.loading().is_none() {
            // A few frames more: the first ones of the new document.
            if costs.len() > *ready.get_or_insert(costs.len()) + 10 {
                break;
            }
        }
        std::thread::sleep(Duration::from_millis(16));
    }
    let events = app.state().timeline().events.len();
    let frames = costs.len();
    let worst = costs.iter().copied().fold(0.0, f64::max);
    let mut out = std::io::stdout().lock();
    writeln!(
        out,
        "{events} events, {:.1} MB: {frames} frames, the longest {worst:.1} ms of processor",
        bytes as f64 / 1e6
    )?;
    Ok(())
}
