//! One case: bytes, what they are read as, and where that is placed.

use std::cell::RefCell;

use egui::{Rect, pos2, vec2};
use longview::cli::ListFormat;
use longview::layout::{self, Arrangement, Chart, LaneBox, Parts, Pictures, Request, View};
use longview::paint::{self, Emphasis, Images, Input, Theme};
use longview::query::Projection;
use longview::scene::text::{FontSet, TextEngine};
use longview::scene::{Builder, Node, walk};
use longview::timeline::Timeline;
use longview::{listing, open};

use super::random::Random;
use super::{bytes, documents};

/// How large text may be, as a factor: what zooming a window in and out allows.
const TEXT_SCALES: [f32; 7] = [0.2, 0.5, 1.0, 1.5, 2.0, 3.0, 5.0];
/// After so many cases the fonts forget what they have measured.
const KEPT: u64 = 200;

/// The document of a case.
fn input(random: &mut Random) -> Vec<u8> {
    if random.once_in(3) { bytes::mutated(random) } else { documents::document(random).into_bytes() }
}

/// What a case consists of, to look at.
pub fn description(number: u64) -> String {
    let mut random = Random::new(number);
    String::from_utf8_lossy(&input(&mut random)).into_owned()
}

/// What charts are laid out with: fonts.
pub struct Stage {
    text: RefCell<TextEngine>,
}

impl Stage {
    pub fn new() -> Self {
        Self { text: RefCell::new(TextEngine::new(FontSet::carried())) }
    }

    /// Opens the document of a case, lists it, and lays it out in a few views and sizes. Returns whether it has come so
    /// far: a document that cannot be read at all is not laid out.
    pub fn run(&self, number: u64) -> bool {
        let mut random = Random::new(number);
        let bytes = input(&mut random);
        let opened = open(bytes);
        for problem in &opened.diagnostics {
            assert!(problem.line > 0 && problem.column > 0, "a place in the text");
            assert!(!problem.human("a.ron", &opened.text).is_empty());
        }
        let Some(timeline) = &opened.timeline else {
            assert!(!opened.diagnostics.is_empty(), "what is not shown is explained");
            return false;
        };
        if random.once_in(4) {
            for format in [ListFormat::Table, ListFormat::Csv, ListFormat::Json] {
                let listed = listing::events(timeline, format).expect("a list");
                assert!(!listed.is_empty());
            }
        }
        if number.is_multiple_of(KEPT) {
            self.text.borrow_mut().end_frame();
        }
        let mut arrangement = Arrangement::default();
        let mut view = if random.once_in(2) { View::whole(timeline) } else { View::home(timeline) };
        for _ in 0..2 {
            arrangement = self.place(timeline, view, &arrangement, &mut random);
            let factor = random.magnitude(1e-6, 1e9);
            view = view.zoomed(factor, random.share()).panned(random.share() - 0.5);
            if random.once_in(2) {
                view = view.kept_near(timeline.extent, 0.08);
            }
        }
        true
    }

    /// Lays the document out, and sometimes paints it; returns the rows for the next view.
    fn place(&self, timeline: &Timeline, view: View, arrangement: &Arrangement, random: &mut Random) -> Arrangement {
        let scale = random.pick(&TEXT_SCALES);
        let length = |random: &mut Random, most: f64| (random.magnitude(1.0, most) as f32).round() / scale;
        let size = vec2(length(random, 4_000.0), length(random, 3_000.0));
        let rect = Rect::from_min_size(pos2(random.below(300) as f32, random.below(100) as f32), size);
        let mut flag = || random.once_in(2);
        let parts = Parts { title: flag(), overview: flag(), legend: flag(), source_line: flag() };
        let (numbered, scrolls, kept) = (flag(), flag(), flag());
        let projection = Projection::all(timeline);
        let numbered = if numbered { projection.events() } else { Vec::new() };
        let pictures = pictures(timeline, random);
        let request = Request {
            parts,
            pictures: &pictures,
            numbered: &numbered,
            scroll: if scrolls { random.below(500) as f32 } else { 0.0 },
            scrolls,
            pinned: timeline.events.indices().next().filter(|_| kept),
            arrangement,
            ..Request::window(timeline, &projection, view, rect)
        };
        let chart = layout::chart(request, &mut *self.text.borrow_mut());
        check(&chart);
        if random.once_in(10) {
            let theme = if random.once_in(2) { Theme::light() } else { Theme::dark() };
            let mut text = self.text.borrow_mut();
            let mut scene = Builder::new(rect.max.to_vec2(), theme.paper, 1.0, &mut text);
            let (emphasis, images) = (Emphasis::default(), Images::new());
            let input = Input { chart: &chart, timeline, emphasis, theme: &theme, images: &images, describes: true };
            paint::chart(&mut scene, &input);
            walk(&scene.finish().nodes, &mut |node| {
                let is_empty = matches!(node, Node::Group(_) | Node::Clip(_));
                assert!(is_empty || node.bounds().is_finite(), "a place that is no number: {node:?}");
            });
        }
        arrangement.renewed(&chart).unwrap_or_else(|| arrangement.clone())
    }
}

/// No picture with its credit is on a mark, a title, a strip or another picture, or out of its lane.
fn check_thumbnails(lane: &LaneBox, chart: &Chart) {
    for (number, thumbnail) in lane.thumbnails.iter().enumerate() {
        let block = thumbnail.block.shrink(0.5);
        assert!(block.is_finite() && thumbnail.block.expand(0.1).contains_rect(thumbnail.rect), "{thumbnail:?}");
        let y = lane.rect.y_range().expand(0.5);
        assert!(y.contains(block.top()) && y.contains(block.bottom()), "{thumbnail:?} is out of {:?}", lane.rect);
        assert!(chart.axis.left <= block.left() && block.right() <= chart.axis.right, "{thumbnail:?} is out of view");
        for mark in &lane.marks {
            for area in mark.hit_areas() {
                assert!(!area.intersects(block), "{thumbnail:?} is on {mark:?}");
            }
        }
        let strip = lane.strip.as_ref().filter(|strip| !strip.is_over_rows);
        assert!(strip.is_none_or(|strip| !strip.rect.intersects(block)), "{thumbnail:?} is on {strip:?}");
        for other in lane.thumbnails.iter().skip(number + 1) {
            assert!(!other.block.intersects(block), "{thumbnail:?} is on {other:?}");
        }
        let mark = lane.marks.iter().find(|mark| mark.event == thumbnail.event).expect("its mark");
        let [from, to] = thumbnail.leader;
        assert!(mark.rect.expand(1.0).x_range().contains(from.x) && from.x == to.x, "{thumbnail:?} {mark:?}");
    }
}

/// Returns pictures of some of the events, of any sizes, whether or not the document has them.
fn pictures(timeline: &Timeline, random: &mut Random) -> Pictures {
    if random.once_in(2) {
        return Pictures::default();
    }
    let sides = [1, 2, 48, 300, 1000, 16_384];
    let mut side = || sides[random.below(sides.len())];
    let mut all: Vec<_> = timeline.events.indices().take(400).map(|event| (event, [side(), side()])).collect();
    all.retain(|(event, _)| event.get() % 3 != 1);
    Pictures::new(all.into_iter().map(|(event, size)| (event, (size[0] != 2).then_some(size))))
}

/// What is placed is finite, and no picture is on anything else.
fn check(chart: &Chart) {
    for lane in chart.lanes.iter().filter(|lane| !lane.thumbnails.is_empty()) {
        check_thumbnails(lane, chart);
    }
    for mark in chart.marks() {
        let label = mark.label.as_ref().map_or(mark.rect, |label| label.rect);
        assert!(mark.rect.is_finite() && label.is_finite(), "a place that is no number: {mark:?}");
    }
    assert!(chart.most_scroll() >= 0.0, "scrolls by {}", chart.most_scroll());
}
