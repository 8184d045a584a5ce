//! An empty eframe window of Longview's size: what the first frame costs before there is anything to show.
//! `benches/first-frame` compares the two.

use std::io::Write as _;
use std::time::Instant;

struct Empty(Option<Instant>);

impl eframe::App for Empty {
    fn ui(&mut self, _: &mut egui::Ui, _: &mut eframe::Frame) {
        if let Some(started) = self.0.take() {
            let line = format!("first frame {:.1} ms\n", started.elapsed().as_secs_f64() * 1e3);
            // With nobody listening there is nobody to tell.
            drop(std::io::stderr().write_all(line.as_bytes()));
        }
    }
}

fn main() -> eframe::Result {
    let started = Instant::now();
    let viewport = egui::ViewportBuilder::default().with_inner_size([1280.0, 800.0]);
    let options = eframe::NativeOptions { viewport, ..Default::default() };
    eframe::run_native(
        "empty",
        options,
        Box::new(move |creation| {
            // egui has no face of its own here, and cannot draw without one.
            creation.egui_ctx.set_fonts(longview::app::fonts::definitions());
            Ok(Box::new(Empty(Some(started))))
        }),
    )
}
