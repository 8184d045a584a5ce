//! Shared definitions: clips and gradients, each written once.

use std::collections::BTreeMap;

use egui::Rect;

use crate::scene::{Geometry, Gradient};
use crate::sorting;

use super::xml;

/// The definitions of a document, each with its index in the order of first use, which determines its id.
#[derive(Default)]
pub struct Definitions {
    places: BTreeMap<String, usize>,
}

impl Definitions {
    /// Adds an element, given as the text before and after its id, and returns a reference to it: `url(#d0)`.
    fn keep(&mut self, before: &str, after: &str) -> String {
        let next = self.places.len();
        // No definition contains a line feed.
        let place = *self.places.entry(format!("{before}\n{after}")).or_insert(next);
        format!("url(#d{place})")
    }

    /// Adds a clip to the inside of an outline, given as path data.
    pub fn clip(&mut self, data: &str) -> String {
        self.keep("<clipPath id=\"", &format!("\"><path d=\"{data}\"/></clipPath>"))
    }

    /// Adds a gradient for a shape.
    pub fn gradient(&mut self, gradient: &Gradient, geometry: &Geometry) -> String {
        let mut after = String::from("\"");
        // From the left to the right edge of the shape is the default of SVG, so shapes with the same colours share a
        // definition.
        let is_across = matches!(geometry, Geometry::Rect { rect, .. } if spans(gradient, *rect));
        if !is_across {
            after.push_str(" gradientUnits=\"userSpaceOnUse\"");
            let places =
                [("x1", gradient.from.x), ("y1", gradient.from.y), ("x2", gradient.to.x), ("y2", gradient.to.y)];
            for (name, value) in places {
                xml::attribute(&mut after, name, value);
            }
        }
        after.push('>');
        for (color, offset) in gradient.straight().into_iter().zip(["", " offset=\"1\""]) {
            after.push_str("<stop");
            after.push_str(offset);
            xml::straight_paint(&mut after, ["stop-color", "stop-opacity"], color);
            after.push_str("/>");
        }
        after.push_str("</linearGradient>");
        self.keep("<linearGradient id=\"", &after)
    }

    /// Appends all definitions in the order of their first use, or nothing if there are none.
    pub fn write(&self, out: &mut String) {
        if self.places.is_empty() {
            return;
        }
        let mut definitions: Vec<_> = self.places.iter().collect();
        sorting::by_key(&mut definitions, |(_, place)| **place);
        out.push_str("<defs>\n");
        for (definition, place) in definitions {
            let (before, after) = definition.split_once('\n').unwrap_or((definition, ""));
            out.push_str(before);
            out.push('d');
            out.push_str(&place.to_string());
            out.push_str(after);
            out.push('\n');
        }
        out.push_str("</defs>\n");
    }
}

/// Returns whether a gradient runs from the left to the right edge of a rectangle.
fn spans(gradient: &Gradient, rect: Rect) -> bool {
    let is_upright = gradient.from.y.to_bits() == gradient.to.y.to_bits();
    let meets = |a: f32, b: f32| (a - b).abs() < 0.005;
    is_upright && meets(gradient.from.x, rect.left()) && meets(gradient.to.x, rect.right())
}
