//! The smallest pieces of SVG text: numbers, colours, strokes and escaped characters.

#![expect(clippy::cast_possible_truncation, reason = "numbers are clamped before they are rounded to hundredths")]

use std::fmt::Write as _;

use egui::{Color32, Pos2, Stroke};

/// Beyond this a coordinate is far outside any picture; rasterisers lose precision there.
const FAR: f32 = 1e6;

/// Appends `value` with at most two decimals and no trailing zeros.
pub fn number(out: &mut String, value: f32) {
    let value = if value.is_nan() { 0.0 } else { value };
    decimal(out, f64::from(value.clamp(-FAR, FAR)), 2);
}

/// Appends a part of one (an opacity, a gradient's offset) with at most three decimals.
pub fn fraction(out: &mut String, value: f32) {
    decimal(out, f64::from(value.clamp(0.0, 1.0)), 3);
}

fn decimal(out: &mut String, value: f64, places: usize) {
    let (unit, scale) = if places == 2 { (100, 100.0) } else { (1000, 1000.0) };
    let scaled = (value * scale).round() as i64;
    let (whole, part) = (scaled.abs() / unit, scaled.abs() % unit);
    if scaled < 0 {
        out.push('-');
    }
    // Writing to a string cannot fail.
    let _ = write!(out, "{whole}");
    if part != 0 {
        let _ = write!(out, ".{part:0places$}");
        out.truncate(out.trim_end_matches('0').len());
    }
}

/// Appends ` name="value"`.
pub fn attribute(out: &mut String, name: &str, value: f32) {
    let _ = write!(out, " {name}=\"");
    number(out, value);
    out.push('"');
}

/// Appends `x y`.
pub fn point(out: &mut String, point: Pos2) {
    number(out, point.x);
    out.push(' ');
    number(out, point.y);
}

/// The colour as `#rgb` or `#rrggbb` and its opacity, from egui's premultiplied sRGB.
pub fn color(color: Color32) -> (String, f32) {
    // No alpha but some light is egui's additive blending; a translucent colour comes nearest to it.
    let color = if color.a() == 0 {
        let [r, g, b, _] = color.to_array();
        Color32::from_rgba_premultiplied(r, g, b, r.max(g).max(b))
    } else {
        color
    };
    let [r, g, b, a] = color.to_srgba_unmultiplied();
    let short = [r, g, b].iter().all(|c| c >> 4 == c & 15);
    let text = if short { format!("#{:x}{:x}{:x}", r & 15, g & 15, b & 15) } else { format!("#{r:02x}{g:02x}{b:02x}") };
    (text, f32::from(a) / 255.0)
}

/// Appends ` name="#rgb"` and, where the colour is not opaque, ` name-opacity`. Nothing for full transparency.
pub fn paint(out: &mut String, name: &str, value: Color32) {
    if value == Color32::TRANSPARENT {
        return;
    }
    let (text, opacity) = color(value);
    let _ = write!(out, " {name}=\"{text}\"");
    if opacity < 1.0 {
        let _ = write!(out, " {name}-opacity=\"");
        fraction(out, opacity);
        out.push('"');
    }
}

/// Appends the attributes of `stroke`, or nothing where it is empty.
pub fn stroke(out: &mut String, stroke: Stroke) {
    if stroke.is_empty() {
        return;
    }
    paint(out, "stroke", stroke.color);
    // One is what SVG assumes.
    if (stroke.width - 1.0).abs() > 0.005 {
        attribute(out, "stroke-width", stroke.width);
    }
}

/// Appends a turn by `angle` radians clockwise around `pivot`, or nothing where there is none.
pub fn rotation(out: &mut String, angle: f32, pivot: Pos2) {
    if angle == 0.0 {
        return;
    }
    out.push_str(" transform=\"rotate(");
    // Thousandths of a degree: at the far edge of a large picture a hundredth would show.
    decimal(out, f64::from(angle.to_degrees()), 3);
    out.push(' ');
    point(out, pivot);
    out.push_str(")\"");
}

/// Whether XML 1.0 allows the character in a document. Tabs and line ends are handled by the callers.
pub fn allowed(c: char) -> bool {
    !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}')
}

/// Appends one character of text or of an attribute's value.
pub fn escape_char(out: &mut String, c: char) {
    match c {
        '&' => out.push_str("&amp;"),
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        '"' => out.push_str("&quot;"),
        _ => out.push(c),
    }
}

/// Appends text, escaped; white space that XML would normalise becomes a space, what it forbids is dropped.
pub fn escape(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '\t' | '\n' | '\r' => out.push(' '),
            c if allowed(c) => escape_char(out, c),
            _ => {}
        }
    }
}

/// Appends `<name>content</name>` on a line of its own, or nothing where the content is empty.
pub fn element(out: &mut String, name: &str, content: &str) {
    if !content.is_empty() {
        let _ = write!(out, "<{name}>");
        escape(out, content);
        let _ = writeln!(out, "</{name}>");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short() {
        let check = |value: f32, expect: &str| {
            let mut out = String::new();
            number(&mut out, value);
            assert_eq!(out, expect, "{value}");
        };
        check(0.0, "0");
        check(-0.001, "0");
        check(10.0, "10");
        check(100.5, "100.5");
        check(-1.005, "-1");
        check(1.239, "1.24");
        check(0.05, "0.05");
        check(-0.5, "-0.5");
        check(f32::NAN, "0");
        check(f32::INFINITY, "1000000");
        check(f32::MIN, "-1000000");
    }

    #[test]
    fn colours_lose_their_premultiplication() {
        let check = |value: Color32, expect: &str| {
            let mut out = String::new();
            paint(&mut out, "fill", value);
            assert_eq!(out, expect);
        };
        check(Color32::from_rgb(0xaa, 0xbb, 0xcc), " fill=\"#abc\"");
        check(Color32::from_rgb(1, 2, 3), " fill=\"#010203\"");
        check(Color32::from_rgba_unmultiplied(255, 0, 0, 128), " fill=\"#f00\" fill-opacity=\"0.502\"");
        check(Color32::TRANSPARENT, "");
        check(Color32::from_rgb_additive(255, 0, 0), " fill=\"#f00\"");
    }

    #[test]
    fn special_characters_are_escaped_or_dropped() {
        let mut out = String::new();
        escape(&mut out, "a<b>&\"c'\u{0}\u{1b}\n\u{ffff}é");
        assert_eq!(out, "a&lt;b&gt;&amp;&quot;c' é");
    }
}
