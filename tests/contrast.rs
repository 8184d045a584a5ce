//! Text of charts against all that is drawn behind it, to the pixel: WCAG 2.2, 1.4.3, level AA.

#![expect(clippy::expect_used, reason = "a test fails by panicking")]

use std::sync::Arc;

use egui::{Color32, Rect, vec2};
use longview::Example;
use longview::export::{Look, Metadata, PageSetup, PageSize, Picture, PngMeta, png};
use longview::layout::{Arrangement, View};
use longview::progress::Progress;
use longview::query::Projection;
use longview::scene::text::FontSet;
use longview::scene::{Node, Scene, TextNode};
use longview::timeline::Item;

/// Minimum contrast of text with what is behind it.
const LEAST: f32 = 4.5;
/// Pixels of a point.
const SCALE: f32 = 2.0;
/// The most of what is behind a text that may be of less contrast: a thin line that crosses its end, for one.
const TOLERANCE: f32 = 0.03;

const DOUBT: &str = r#"(title: "T", lanes: [(id: "a", title: "Lane"), (id: "b", title: "Other"), (id: "c", title: "Third"),
    (id: "d", title: "Fourth"), (id: "e", title: "Fifth"), (id: "f", title: "Sixth"), (id: "g", title: "Seventh"),
    (id: "h", title: "Eighth")], eras: [(id: "1", title: "Era", date: "1800/1850"), (id: "2", title: "Next", date: "1850/1900")],
    events: [(id: "a", lane: "a", title: "A doubtful stretch", date: "1810?/1890?"),
    (id: "b", lane: "b", title: "A certain stretch", date: "1810/1890"),
    (id: "c", lane: "c", title: "About to about", date: "1820~/1890~"),
    (id: "d", lane: "d", title: "It goes on", date: "1830/.."), (id: "e", lane: "e", title: "Unknown end", date: "1820/"),
    (id: "f", lane: "f", title: "In a century?", date: "18XX?"), (id: "g", lane: "g", title: "About", date: "1850~"),
    (id: "h", lane: "h", title: "Doubtful and about", date: "1830%/1870%")])"#;

fn picture(document: &str, look: Look, selected: Option<&str>) -> Picture {
    let timeline = longview::open(document.as_bytes()).timeline.expect("a document");
    let selected = selected.and_then(|id| timeline.event_by_id(id)).map(Item::Event);
    let view = View::home(&timeline);
    let size = PageSize::Custom(vec2(900.0, 640.0));
    let timeline = Arc::new(timeline);
    Picture {
        projection: Projection::all(&timeline),
        pictures: longview::export::DocumentPictures::default(),
        timeline,
        view,
        setup: PageSetup { look, scale: SCALE, ..PageSetup::new(size) },
        selected,
        scroll: 0.0,
        arrangement: Arrangement::default(),
    }
}

/// Takes the texts out of what is drawn, and gives the rest.
fn without_texts(nodes: Vec<Node>, texts: &mut Vec<TextNode>) -> Vec<Node> {
    let mut rest = Vec::new();
    for node in nodes {
        match node {
            Node::Text(text) => texts.push(text),
            Node::Clip(mut clip) => {
                clip.nodes = without_texts(clip.nodes, texts);
                rest.push(Node::Clip(clip));
            }
            Node::Group(mut group) => {
                group.nodes = without_texts(group.nodes, texts);
                rest.push(Node::Group(group));
            }
            other => rest.push(other),
        }
    }
    rest
}

fn contrast(a: Color32, b: Color32) -> f32 {
    let luminance = |color: Color32| {
        let rgba = egui::Rgba::from(color);
        0.2126 * rgba.r() + 0.7152 * rgba.g() + 0.0722 * rgba.b()
    };
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// The pixels of a picture.
struct Pixels {
    width: usize,
    height: usize,
    bytes: Vec<u8>,
}

impl Pixels {
    fn of(scene: &Scene, fonts: &FontSet) -> Self {
        let meta = PngMeta { about: &Metadata::default(), dots_per_inch: None };
        let bytes = png(scene, fonts, SCALE, &meta, &Progress::default()).expect("a picture");
        let mut reader = png::Decoder::new(std::io::Cursor::new(&bytes)).read_info().expect("a PNG header");
        let mut bytes = vec![0; reader.output_buffer_size().expect("a size that fits memory")];
        let info = reader.next_frame(&mut bytes).expect("whole pixel data");
        Self { width: info.width as usize, height: info.height as usize, bytes }
    }

    fn at(&self, x: usize, y: usize) -> Color32 {
        match self.bytes.get((y * self.width + x) * 3..) {
            Some([red, green, blue, ..]) => Color32::from_rgb(*red, *green, *blue),
            _ => Color32::WHITE,
        }
    }
}

/// The share of what is behind the letters of a text that has too little contrast with it, and the least contrast.
fn too_low(text: &TextNode, letters: &Pixels, behind: &Pixels) -> (f32, f32) {
    let ink: Rect = text.layout.ink.translate(text.at.to_vec2());
    let at = |value: f32, most: usize| (value * SCALE).clamp(0.0, most as f32) as usize;
    let (left, right) = (at(ink.left(), letters.width), at(ink.right(), letters.width));
    let (top, bottom) = (at(ink.top(), letters.height), at(ink.bottom(), letters.height));
    let (mut low, mut all, mut least) = (0.0, 0.0, f32::INFINITY);
    for (x, y) in (top..bottom).flat_map(|y| (left..right).map(move |x| (x, y))) {
        if letters.at(x, y).r() > 160 {
            continue;
        }
        let found = contrast(text.color, behind.at(x, y));
        all += 1.0;
        low += f32::from(u8::from(found < LEAST));
        least = least.min(found);
    }
    (low / f32::max(all, 1.0), least)
}

/// Says which texts of a picture cannot be read on what is behind them.
fn unreadable(name: &str, picture: &Picture) -> Vec<String> {
    let (scene, fonts) = picture.scene();
    let mut texts = Vec::new();
    let behind = Scene { nodes: without_texts(scene.nodes, &mut texts), ..scene };
    assert!(texts.len() > 10, "{name}: {} texts", texts.len());
    let black = texts.iter().map(|text| Node::Text(TextNode { color: Color32::BLACK, ..text.clone() })).collect();
    let letters = Scene { nodes: black, size: behind.size, background: Color32::WHITE };
    let (letters, behind) = (Pixels::of(&letters, &fonts), Pixels::of(&behind, &fonts));
    let mut found = Vec::new();
    for text in &texts {
        let (share, least) = too_low(text, &letters, &behind);
        if share > TOLERANCE {
            found.push(format!("{name}: {:?}: {least:.2} in {:.1} % of it", text.layout.text, share * 100.0));
        }
    }
    found
}

#[test]
fn text_can_be_read_on_all_that_is_drawn_behind_it() {
    let documents = [
        ("report", Example::Report.text(), Some("culture")),
        ("antiquity", Example::Antiquity.text(), None),
        ("doubt", DOUBT, None),
        ("doubt, one selected", DOUBT, Some("a")),
        ("doubt, another selected", DOUBT, Some("b")),
    ];
    let mut found = Vec::new();
    for (name, document, selected) in documents {
        for look in [Look::Light, Look::Dark, Look::Print] {
            found.extend(unreadable(&format!("{name}, {look:?}"), &picture(document, look, selected)));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}
