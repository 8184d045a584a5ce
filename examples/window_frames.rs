//! What a frame in a real window costs the whole process: follows a script of zooming and panning, then prints how much
//! processor time each frame took. `benches/window-frames` runs it with a document and without.
//!
//! `window_frames [FILE]`: without a file, an empty eframe window of the same size.

#[path = "../benches/interaction/mod.rs"]
mod interaction;

use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;

use interaction::{FRAMES, Script};
use longview::app::{App, DialogLog, LoadedDocument, NativeDesktop};

const SIZE: [f32; 2] = [1280.0, 800.0];
/// Frames before the script begins: fonts are loaded, buffers grow.
const WARMING: usize = 20;

struct Scripted {
    app: Option<App>,
    script: Script,
    frame: usize,
    /// Processor time of the process when the script began, in seconds.
    began: f64,
}

impl eframe::App for Scripted {
    fn raw_input_hook(&mut self, _: &egui::Context, input: &mut egui::RawInput) {
        input.events.clear();
        if let Some(step) = self.frame.checked_sub(WARMING).filter(|_| self.app.is_some()) {
            input.events = self.script.events(step);
        }
    }

    fn logic(&mut self, context: &egui::Context, host: &mut eframe::Frame) {
        if let Some(app) = &mut self.app {
            app.logic(context, host);
        }
        context.request_repaint();
        if self.frame == WARMING {
            self.began = processor_seconds();
        }
        if self.frame == WARMING + FRAMES {
            let each = (processor_seconds() - self.began) * 1e3 / FRAMES as f64;
            // With nobody listening there is nobody to tell.
            drop(writeln!(std::io::stdout(), "{each:.2}"));
            context.send_viewport_cmd(egui::ViewportCommand::Close);
        }
        self.frame += 1;
    }

    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        self.app.as_ref().map_or([0.0; 4], |app| app.clear_color(visuals))
    }

    fn ui(&mut self, ui: &mut egui::Ui, host: &mut eframe::Frame) {
        if let Some(app) = &mut self.app {
            app.ui(ui, host);
        }
    }
}

static LOG: DialogLog = DialogLog::new();

/// Processor time of all threads of this process so far, in seconds; 0 where the system does not tell (`man 5 proc`:
/// fields 14 and 15 of `stat`, in hundredths).
fn processor_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let behind_name = stat.rsplit_once(") ").map_or("", |(_, rest)| rest);
    let ticks: Vec<f64> = behind_name.split(' ').skip(11).take(2).filter_map(|field| field.parse().ok()).collect();
    ticks.iter().sum::<f64>() / 100.0
}

fn main() -> eframe::Result {
    let loaded = std::env::args().nth(1).map(|path| LoadedDocument::from_path(Path::new(&path)));
    let events =
        loaded.as_ref().and_then(|loaded| loaded.timeline.as_ref()).map_or(0, |timeline| timeline.events.len());
    let viewport = egui::ViewportBuilder::default().with_inner_size(SIZE);
    let options = eframe::NativeOptions { viewport, dithering: false, ..Default::default() };
    let create: eframe::AppCreator<'_> = Box::new(move |creation| {
        creation.egui_ctx.set_fonts(longview::app::fonts::definitions());
        let app = loaded.map(|loaded| App::new(&creation.egui_ctx, loaded, Arc::new(NativeDesktop::new(&LOG))));
        Ok(Box::new(Scripted { app, script: Script::new(events, SIZE), frame: 0, began: 0.0 }))
    });
    eframe::run_native("frames", options, create)
}
