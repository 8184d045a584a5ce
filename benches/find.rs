//! What a search costs over a million events of a document as it is opened from its text: from the words that were typed
//! to all events that are found; then in the window, what a key costs before it goes on, and how long it takes until the
//! first frame with all that is found.
//!
//! `cargo bench --bench find`, or with how many events, and where they fall: `cargo bench --bench find -- 100000 year`.

mod synthetic;
#[path = "synthetic/write.rs"]
mod write;

use std::io::Write as _;
use std::sync::Arc;
use std::time::Instant;

use eframe::App as _;
use egui::{Context, Pos2, RawInput, Rect};
use longview::app::{App, DialogLog, FindMessage, LoadedDocument, NativeDesktop, UiCommand};
use longview::open;
use longview::progress::Progress;
use longview::query::Search;
use longview::timeline::Timeline;
use synthetic::Form;

static LOG: DialogLog = DialogLog::new();

const ROUNDS: usize = 9;

/// What is typed.
const TYPED: [&str; 8] = [
    "e",
    "treaty",
    "no such words",
    "café",
    "조약",
    "1965",
    "@\"lane 3\" after:1950 before:1960",
    "source:made undated",
];

fn main() -> std::io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let count = arguments.iter().find_map(|argument| argument.parse().ok()).unwrap_or(1_000_000);
    let form = arguments.iter().map(|name| Form::named(name)).find(|form| *form != Form::Spread);
    let mut text = Vec::new();
    write::write(count, form.unwrap_or(Form::Spread), &mut text)?;
    let timeline = open(text).timeline.unwrap_or_default();
    let mut out = std::io::stdout().lock();
    writeln!(out, "{:>40} {:>10} {:>10} {:>10}", "typed", "found", "median ms", "worst ms")?;
    for typed in TYPED {
        let mut found = 0;
        let mut times: Vec<f64> = Vec::new();
        for _ in 0..ROUNDS {
            let start = Instant::now();
            found = Search::new(typed).run(&timeline, &Progress::default()).unwrap_or_default().len();
            times.push(start.elapsed().as_secs_f64() * 1e3);
        }
        times.sort_by(f64::total_cmp);
        let [median, worst] = [ROUNDS / 2, ROUNDS - 1].map(|at| times.get(at).copied().unwrap_or_default());
        writeln!(out, "{typed:>40} {found:>10} {median:>10.1} {worst:>10.1}")?;
    }
    writeln!(
        out,
        "{:>40} {:>10} {:>10} {:>10} {:>10}",
        "typed in the window", "key ms", "worst ms", "all ms", "worst ms"
    )?;
    for (typed, [mut keys, mut all]) in TYPED.iter().zip(in_window(timeline)) {
        keys.sort_by(f64::total_cmp);
        all.sort_by(f64::total_cmp);
        let [key, worst_key] = [ROUNDS / 2, ROUNDS - 1].map(|at| keys.get(at).copied().unwrap_or_default());
        let [whole, worst] = [ROUNDS / 2, ROUNDS - 1].map(|at| all.get(at).copied().unwrap_or_default());
        writeln!(out, "{typed:>40} {key:>10.1} {worst_key:>10.1} {whole:>10.1} {worst:>10.1}")?;
    }
    Ok(())
}

/// The milliseconds of the frame in which each text is typed, and those until the end of the first frame with all that it
/// finds, in each round.
fn in_window(timeline: Timeline) -> Vec<[Vec<f64>; 2]> {
    let context = Context::default();
    let loaded = LoadedDocument { name: "made.ron".to_owned(), timeline: Some(timeline), ..LoadedDocument::default() };
    let mut app = App::new(&context, loaded, Arc::new(NativeDesktop::new(&LOG)));
    let mut host = eframe::Frame::_new_kittest();
    let mut number = 0;
    let mut frame = |app: &mut App| {
        number += 1;
        let screen_rect = Some(Rect::from_min_size(Pos2::ZERO, egui::vec2(1920.0, 1080.0)));
        let time = Some(f64::from(number) / 60.0);
        let input = RawInput { screen_rect, time, focused: true, ..RawInput::default() };
        let mut output = context.run_ui(input, |ui| {
            app.logic(&ui.ctx().clone(), &mut host);
            app.ui(ui, &mut host);
        });
        output.textures_delta.clear();
        std::hint::black_box(context.tessellate(output.shapes, output.pixels_per_point));
    };
    app.apply(UiCommand::Find.into());
    // The first frames load fonts, and the view comes to rest.
    for _ in 0..60 {
        app.finish_jobs();
        frame(&mut app);
    }
    let mut measured = Vec::new();
    for typed in TYPED {
        let mut times = [Vec::new(), Vec::new()];
        for _ in 0..ROUNDS {
            app.apply(UiCommand::Finder(FindMessage::Type(String::new())).into());
            frame(&mut app);
            let start = Instant::now();
            app.apply(UiCommand::Finder(FindMessage::Type(typed.to_owned())).into());
            frame(&mut app);
            times[0].push(start.elapsed().as_secs_f64() * 1e3);
            app.finish_jobs();
            frame(&mut app);
            times[1].push(start.elapsed().as_secs_f64() * 1e3);
        }
        measured.push(times);
    }
    measured
}
