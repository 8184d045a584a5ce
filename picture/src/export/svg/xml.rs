//! Basic elements of SVG text: numbers, colours, strokes, outlines and escaped characters.

use std::fmt::Write as _;

use egui::{Color32, Pos2, Rect};

use crate::scene::Stroke;

/// Coordinates beyond this are far outside any page; rasterisers lose precision there.
const FAR: f32 = 1e6;

/// Appends `value` with at most two decimals and no trailing zeros.
pub fn number(out: &mut String, value: f32) {
    let value = if value.is_nan() { 0.0 } else { value };
    decimal(out, f64::from(value.clamp(-FAR, FAR)), 2);
}

/// Appends a value between 0 and 1, such as an opacity, with at most three decimals.
fn fraction(out: &mut String, value: f32) {
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

/// Appends ` name="value"`, escaped.
pub fn text_attribute(out: &mut String, name: &str, value: &str) {
    let _ = write!(out, " {name}=\"");
    escape(out, value);
    out.push('"');
}

/// Appends `x y`.
pub fn point(out: &mut String, point: Pos2) {
    number(out, point.x);
    out.push(' ');
    number(out, point.y);
}

/// Appends a rectangle as path data, clockwise from the top left.
pub fn rect_data(out: &mut String, rect: Rect) {
    out.push('M');
    point(out, rect.min);
    for (command, value) in [('H', rect.right()), ('V', rect.bottom()), ('H', rect.left())] {
        out.push(command);
        number(out, value);
    }
    out.push('Z');
}

/// Appends a line through points as path data; horizontal and vertical parts take one number.
pub fn polyline_data(out: &mut String, points: &[Pos2]) {
    let mut last: Option<Pos2> = None;
    let mut command = 'M';
    for next in points {
        match last {
            Some(last) if last.y.to_bits() == next.y.to_bits() => {
                out.push('H');
                number(out, next.x);
                command = 'L';
            }
            Some(last) if last.x.to_bits() == next.x.to_bits() => {
                out.push('V');
                number(out, next.y);
                command = 'L';
            }
            _ => {
                out.push(command);
                point(out, *next);
                // After an `L`, further pairs are lines too.
                command = if command == 'M' { 'L' } else { ' ' };
            }
        }
        last = Some(*next);
    }
}

/// Returns the colour as `#rgb` or `#rrggbb`, and its opacity, from straight red, green, blue and alpha.
pub fn color([r, g, b, a]: [u8; 4]) -> (String, f32) {
    let short = [r, g, b].iter().all(|c| c >> 4 == c & 15);
    let text = if short { format!("#{:x}{:x}{:x}", r & 15, g & 15, b & 15) } else { format!("#{r:02x}{g:02x}{b:02x}") };
    (text, f32::from(a) / 255.0)
}

/// Appends ` name="#rgb"` and, if the colour is not opaque, ` name-opacity`. Appends nothing for full transparency.
pub fn paint(out: &mut String, name: &str, value: Color32) {
    if value != Color32::TRANSPARENT {
        straight_paint(out, [name, &format!("{name}-opacity")], value.to_srgba_unmultiplied());
    }
}

/// Appends a straight colour under one name and, if it is not opaque, its opacity under another.
pub fn straight_paint(out: &mut String, [name, opacity_name]: [&str; 2], value: [u8; 4]) {
    let (text, opacity) = color(value);
    let _ = write!(out, " {name}=\"{text}\"");
    if opacity < 1.0 {
        let _ = write!(out, " {opacity_name}=\"");
        fraction(out, opacity);
        out.push('"');
    }
}

/// Returns whether a stroke would be visible.
pub fn is_seen(stroke: Stroke) -> bool {
    stroke.width > 0.0 && stroke.color != Color32::TRANSPARENT
}

/// Appends the attributes of a stroke, or nothing if it would be invisible.
pub fn stroke(out: &mut String, stroke: Stroke) {
    if !is_seen(stroke) {
        return;
    }
    paint(out, "stroke", stroke.color);
    // The default of SVG is 1.
    if (stroke.width - 1.0).abs() > 0.005 {
        attribute(out, "stroke-width", stroke.width);
    }
    if let Some([dash, gap]) = stroke.dash {
        out.push_str(" stroke-dasharray=\"");
        point(out, Pos2::new(dash, gap));
        out.push('"');
    }
}

/// Returns whether XML 1.0 allows the character in a document. Tabs and line ends are handled by the callers.
fn allowed(c: char) -> bool {
    !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}')
}

/// Appends text, escaped; white space that XML would normalise becomes a space, and forbidden characters are omitted.
pub fn escape(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '\t' | '\n' | '\r' => out.push(' '),
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c if allowed(c) => out.push(c),
            _ => {}
        }
    }
}

/// Appends `<name>content</name>` on a line of its own, or nothing if the content is empty.
pub fn element(out: &mut String, name: &str, content: &str) {
    if !content.is_empty() {
        let _ = write!(out, "<{name}>");
        escape(out, content);
        let _ = writeln!(out, "</{name}>");
    }
}

#[cfg(test)]
mod tests {
    use egui::pos2;

    use super::*;

    fn written(write: impl FnOnce(&mut String)) -> String {
        let mut out = String::new();
        write(&mut out);
        out
    }

    #[test]
    fn numbers_are_short() {
        let check = |value: f32, expect: &str| assert_eq!(written(|out| number(out, value)), expect, "{value}");
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
        let check = |value: Color32, expect: &str| assert_eq!(written(|out| paint(out, "fill", value)), expect);
        check(Color32::from_rgb(0xaa, 0xbb, 0xcc), " fill=\"#abc\"");
        check(Color32::from_rgb(1, 2, 3), " fill=\"#010203\"");
        check(Color32::from_rgba_unmultiplied(255, 0, 0, 128), " fill=\"#f00\" fill-opacity=\"0.502\"");
        check(Color32::TRANSPARENT, "");
    }

    #[test]
    fn strokes_name_what_svg_does_not_assume() {
        let check = |value: Stroke, expect: &str| assert_eq!(written(|out| stroke(out, value)), expect);
        let red = Color32::from_rgb(255, 0, 0);
        check(Stroke::new(1.0, red), " stroke=\"#f00\"");
        check(Stroke::new(2.5, red), " stroke=\"#f00\" stroke-width=\"2.5\"");
        check(Stroke::dashed(1.0, red, 4.0, 2.5), " stroke=\"#f00\" stroke-dasharray=\"4 2.5\"");
        check(Stroke::new(0.0, red), "");
        check(Stroke::new(1.0, Color32::TRANSPARENT), "");
    }

    #[test]
    fn lines_take_the_fewest_numbers() {
        let check = |points: &[(f32, f32)], expect: &str| {
            let points: Vec<Pos2> = points.iter().map(|(x, y)| pos2(*x, *y)).collect();
            assert_eq!(written(|out| polyline_data(out, &points)), expect);
        };
        check(&[(1.0, 2.0), (5.0, 2.0)], "M1 2H5");
        check(&[(1.0, 2.0), (1.0, 7.5)], "M1 2V7.5");
        check(&[(10.0, 10.0), (30.0, 12.0), (31.0, 30.0)], "M10 10L30 12 31 30");
        check(&[(0.0, 0.0), (1.0, 1.0), (2.0, 1.0), (3.0, 4.0), (5.0, 5.0)], "M0 0L1 1H2L3 4 5 5");
        check(&[], "");
    }

    #[test]
    fn special_characters_are_escaped_or_left_out() {
        let out = written(|out| escape(out, "a<b>&\"c'\u{0}\u{1b}\n\u{ffff}é"));
        assert_eq!(out, "a&lt;b&gt;&amp;&quot;c' é");
    }
}
