//! Small pictures of our own exporter, compared with those under tests/pictures.
//!
//! `LONGVIEW_UPDATE_PICTURES=1 cargo test --test picture` writes them anew: look at them before committing.

#![expect(clippy::expect_used, reason = "a test fails by panicking")]
#![expect(clippy::panic, reason = "a test fails by panicking")]

use std::path::PathBuf;
use std::sync::Arc;

use longview::Example;
use longview::export::{Look, PageSize, Picture, Setup};
use longview::layout::{Arrangement, View};
use longview::query::Projection;
use longview::timeline::Item;

/// A pixel differs when a channel does by more than this.
const TOLERANCE: u8 = 24;
/// Share of the pixels that may differ, for rounding on other machines.
const MOST_DIFFERENT: f64 = 0.001;

fn picture(dark: bool) -> Picture {
    let timeline = longview::open(Example::Report.text().as_bytes()).timeline.expect("the example is good");
    let selected = timeline.event_by_id("treaty").map(Item::Event);
    let view = View::home(&timeline);
    let size = egui::vec2(640.0, 480.0);
    let look = if dark { Look::Dark } else { Look::Light };
    Picture {
        projection: Projection::all(&timeline),
        timeline: Arc::new(timeline),
        view,
        setup: Setup { look, ..Setup::new(PageSize::Custom(size)) },
        selected,
        scroll: 0.0,
        arrangement: Arrangement::default(),
    }
}

fn decode(bytes: &[u8]) -> Vec<u8> {
    let mut reader = png::Decoder::new(std::io::Cursor::new(bytes)).read_info().expect("a PNG header");
    let mut pixels = vec![0; reader.output_buffer_size().expect("a size that fits memory")];
    let info = reader.next_frame(&mut pixels).expect("whole pixel data");
    pixels.truncate(info.buffer_size());
    pixels
}

fn check(name: &str, dark: bool) {
    let drawn = picture(dark).png().expect("a picture").bytes;
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let kept = root.join("tests/pictures").join(name);
    if std::env::var_os("LONGVIEW_UPDATE_PICTURES").is_some() {
        std::fs::write(&kept, &drawn).expect("a writable folder");
        return;
    }
    let expected = decode(&std::fs::read(&kept).expect("the picture that is expected"));
    let found = decode(&drawn);
    assert_eq!(found.len(), expected.len(), "{name} has another size");
    let differs = |(a, b): (&[u8], &[u8])| a.iter().zip(b).any(|(a, b)| a.abs_diff(*b) > TOLERANCE);
    let different = found.chunks_exact(3).zip(expected.chunks_exact(3)).filter(|pair| differs(*pair)).count();
    let share = different as f64 / (found.len() / 3) as f64;
    if share > MOST_DIFFERENT {
        let shown = root.join("target").join(name);
        std::fs::write(&shown, &drawn).expect("a writable folder");
        panic!("{different} pixels of {name} differ; compare {} with {}", shown.display(), kept.display());
    }
}

#[test]
fn the_report_in_light() {
    check("report-light.png", false);
}

#[test]
fn the_report_in_dark() {
    check("report-dark.png", true);
}

#[test]
fn two_runs_give_the_same_bytes() {
    let once = picture(false).png().expect("a picture").bytes;
    assert_eq!(once, picture(false).png().expect("a picture").bytes);
}

#[test]
fn the_view_chooses_what_is_drawn() {
    let mut picture = picture(false);
    let titles = |picture: &Picture| {
        let svg = picture.svg().0.text;
        [svg.contains("Treaty on Basic Relations"), svg.contains("The report is published")]
    };
    assert_eq!(titles(&picture), [true, true]);
    let start = picture.timeline.events.get(3).expect("a fourth event").bounds().expect("a date").start;
    picture.view = View::of(longview::date::Interval { start, end: start + 5 * 31_556_952 });
    assert_eq!(titles(&picture), [false, true]);
}

#[test]
fn nothing_in_the_chart_is_lost_in_the_file() {
    assert_eq!(picture(false).svg().0.skipped, 0, "every shape can be written as SVG");
}
