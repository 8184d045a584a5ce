//! Tests of SVG documents and their rendering: nodes, text, and whole scenes.

mod picture;
mod shapes;
mod text;

use std::collections::HashMap;

use egui::{Color32, Rect, pos2, vec2};

use crate::scene::text::FontSet;
use crate::scene::{Node, Scene};
use crate::timeline::Item;

use super::super::page_setup::TextAs;
use super::{Svg, SvgOptions, svg};

const RED: Color32 = Color32::from_rgb(255, 0, 0);
const BLUE: Color32 = Color32::from_rgb(0, 0, 255);
const BLACK: Color32 = Color32::BLACK;

fn rect(left: f32, top: f32, right: f32, bottom: f32) -> Rect {
    Rect::from_min_max(pos2(left, top), pos2(right, bottom))
}

/// Returns a page of 400 x 300 points with these nodes.
fn scene(nodes: Vec<Node>) -> Scene {
    Scene { size: vec2(400.0, 300.0), background: Color32::TRANSPARENT, nodes }
}

fn write_with(scene: &Scene, fonts: &FontSet, text: TextAs, names: &HashMap<Item, String>) -> Svg {
    let options = SvgOptions { title: "", description: "", language: "en", fonts, text, points_per_mm: None, names };
    svg(scene, &options)
}

fn write(scene: &Scene, text: TextAs) -> Svg {
    write_with(scene, &FontSet::carried(), text, &HashMap::new())
}

/// Returns the document without its root element and without its fonts.
fn content(nodes: Vec<Node>) -> String {
    let text = write(&scene(nodes), TextAs::Text).text;
    let (_, inner) = text.split_once(">\n").unwrap();
    let inner = inner.rsplit_once("</style>\n").map_or(inner, |(_, after)| after);
    inner.strip_suffix("</svg>\n").unwrap().trim_end().to_owned()
}
