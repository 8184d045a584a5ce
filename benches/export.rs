//! A scene to a PNG and a PDF: time, size of the file, and peak memory of the process.
//!
//! `cargo bench --bench export` draws a synthetic scene at three sizes; after `--`, `WIDTHxHEIGHT@SCALE` draws it at that
//! one only, so that the peak memory is that of one picture.

#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]
#![expect(clippy::expect_used, reason = "a benchmark fails by panicking")]

use std::sync::Arc;
use std::time::{Duration, Instant};

use egui::{Align, Color32, Rect, Vec2, pos2, vec2};
use longview::export::{Metadata, Page, PngMeta, pdf, png};
use longview::progress::Progress;
use longview::scene::text::{FontSet, TextEngine, TextStyle};
use longview::scene::{Geometry, Gradient, Hatching, Node, Paint, Path, Radii, Scene, Stroke, TextNode};

/// Marks on a page, each of four nodes.
const MARKS: u16 = 1000;

fn scene(size: Vec2) -> Scene {
    let mut engine = TextEngine::new(FontSet::carried());
    let style = TextStyle { size: 12.0, bold: false };
    let mut nodes = Vec::new();
    let path = |geometry, fill, stroke| Node::Path(Path { geometry, fill, stroke });
    for mark in 0..MARKS {
        let share = f32::from(mark) / f32::from(MARKS);
        let at = pos2((share * 37.0).fract() * (size.x - 200.0), share * (size.y - 20.0)).round();
        let bar = Rect::from_min_size(at, vec2(80.0 + share * 100.0, 14.0));
        let color = Color32::from_rgb(40, 80 + (mark % 100) as u8, 160);
        let fill = match mark % 3 {
            0 => Paint::Solid(color),
            1 => Paint::Gradient(Gradient::across(bar, color, Color32::TRANSPARENT)),
            _ => Paint::Hatching(Hatching { color, spacing: 5.0, width: 1.0 }),
        };
        nodes.push(path(Geometry::Rect { rect: bar, radii: Radii::same(3.0) }, Some(fill), None));
        nodes.push(path(
            Geometry::Circle { center: bar.left_center(), radius: 5.0 },
            Some(Paint::Solid(color)),
            Some(Stroke::new(1.5, Color32::WHITE)),
        ));
        let x = bar.left() + 0.5;
        let line = Geometry::Polyline(vec![pos2(x, 0.0), pos2(x, size.y)]);
        nodes.push(path(line, None, Some(Stroke::dashed(1.0, Color32::from_gray(220), 4.0, 4.0))));
        let layout = engine.line(&format!("Event {mark} of the synthetic scene"), style, f32::INFINITY);
        let node = TextNode { layout, at: bar.right_top(), color: Color32::BLACK, anchor: Align::Min };
        nodes.push(Node::Text(node));
    }
    Scene { size, background: Color32::WHITE, nodes }
}

/// The shortest of some runs, and the size of the file.
fn measure(runs: usize, write: impl Fn() -> Vec<u8>) -> (Duration, usize) {
    let timed = (0..runs).map(|_| {
        let started = Instant::now();
        let file = write();
        (started.elapsed(), file.len())
    });
    timed.min().expect("a run")
}

/// Peak memory of the process, in megabytes. `None` where the system does not say.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse::<u64>().ok().map(|kilobytes| kilobytes / 1024)
}

fn main() {
    let asked: Vec<String> = std::env::args().skip(1).filter(|argument| argument.contains('x')).collect();
    let usual = ["1920x1080@1", "1920x1080@2", "1587x1122@10.3125"].map(str::to_owned);
    let (about, fonts) = (Metadata::default(), Arc::new(FontSet::carried()));
    for size in if asked.is_empty() { &usual[..] } else { &asked } {
        let (page, scale) = size.split_once('@').unwrap_or((size, "1"));
        let (width, height) = page.split_once('x').expect("WIDTHxHEIGHT@SCALE");
        let [width, height, scale]: [f32; 3] = [width, height, scale].map(|number| number.parse().expect("a number"));
        let scene = scene(vec2(width, height));
        let meta = PngMeta { about: &about, dots_per_inch: None };
        let runs = if scale > 4.0 { 3 } else { 10 };
        let (time, bytes) = measure(runs, || png(&scene, &fonts, scale, &meta, &Progress::default()).expect("a PNG"));
        println!(
            "PNG {:.0} x {:.0}: {:.1} ms, {:.2} MB; peak {:?} MB",
            width * scale,
            height * scale,
            time.as_secs_f64() * 1e3,
            bytes as f64 / 1e6,
            peak()
        );
        let pages = [Page { scene: &scene, alternative: None }];
        let (time, bytes) = measure(runs, || pdf(&pages, &about, &fonts, 0.75, &Progress::default()).expect("a PDF"));
        println!("PDF: {:.1} ms, {:.2} MB", time.as_secs_f64() * 1e3, bytes as f64 / 1e6);
    }
}
