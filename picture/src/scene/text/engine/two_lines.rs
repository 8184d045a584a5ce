//! Titles on two lines.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::Arc;

use parley::layout::BreakReason;

use super::{Brush, Kept, Room, Span, TextEngine, TextLayout, TextStyle};

/// Of a longer text only so many bytes are looked at for places to break it.
const MOST_BYTES: usize = 1024;
/// Maximum number of places where a text may be broken.
const MOST_BREAKS: usize = 64;

impl TextEngine {
    /// Returns the widths of the two parts of a text, in points, at each place where a line may end between words. The
    /// first part is in ascending order; empty if the text is one word.
    ///
    /// The result is cached while it is in use.
    pub fn breaks(&mut self, text: &str, style: TextStyle) -> Arc<[[f32; 2]]> {
        let mut hasher = DefaultHasher::new();
        (text, style.size.to_bits(), style.bold).hash(&mut hasher);
        let key = hasher.finish();
        if let Some(kept) = self.breaks.get_mut(&key).filter(|kept| kept.text == text) {
            kept.used = self.frame;
            return Arc::clone(&kept.value);
        }
        let value: Arc<[[f32; 2]]> = self.find_breaks(text, style).into();
        self.breaks.insert(key, Kept { text: text.to_owned(), value: Arc::clone(&value), used: self.frame });
        value
    }

    fn find_breaks(&mut self, text: &str, style: TextStyle) -> Vec<[f32; 2]> {
        let (text, more) = text.split_at(text.floor_char_boundary(MOST_BYTES));
        let more = if more.is_empty() { 0.0 } else { self.width(more, style) };
        let (_, mut shaped) = self.shaped(&[Span { text, bold: style.bold, ..Span::default() }], style.size, None);
        shaped.break_all_lines(None);
        let whole = shaped.lines().next().map_or(0.0, |line| line.metrics().advance);
        let mut breaks = Vec::new();
        let (mut limit, mut end) = (whole, usize::MAX);
        while breaks.len() < MOST_BREAKS {
            // The greatest first line that is narrower than the last one found.
            shaped.break_all_lines(Some(limit - 0.01));
            let is_break = |line: &parley::Line<'_, Brush>| {
                line.break_reason() == BreakReason::Regular && line.text_range().end < end
            };
            let Some(first) = shaped.lines().next().filter(is_break) else { break };
            let metrics = first.metrics();
            end = first.text_range().end;
            breaks.push([metrics.advance - metrics.hanging_advance, whole - metrics.advance + more]);
            // White space at the end takes no room, although it may count as part of a line with several directions.
            let words = text.get(..end).map_or(0, |line| line.trim_end().len());
            let clusters = first.runs().flat_map(|run| run.visual_clusters().collect::<Vec<_>>());
            limit =
                clusters.filter(|cluster| cluster.text_range().start < words).map(|cluster| cluster.advance()).sum();
        }
        breaks.reverse();
        breaks
    }

    /// Returns a text on two lines of at most `width` points whose baselines are `line_height` points apart, each as a
    /// text of its own. The second one is empty if all of it fits on the first one, and ends with an ellipsis if
    /// not all of it fits.
    pub fn two_lines(
        &mut self,
        text: &str,
        style: TextStyle,
        (width, line_height): (f32, f32),
    ) -> [Arc<TextLayout>; 2] {
        let spans = [Span { text, bold: style.bold, ..Span::default() }];
        let room = Room { width, lines: 2, wraps: true, line_height: Some(line_height) };
        let mut both = None;
        [0, 1].map(|line| {
            self.kept((text, Some(line)), style, width, |engine| {
                let both = both.get_or_insert_with(|| engine.set(&spans, style.size, room));
                both.line_alone(line)
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::FontSet;
    use super::*;

    const LABEL: TextStyle = TextStyle { size: 13.5, bold: true };

    fn engine() -> TextEngine {
        TextEngine::new(FontSet::carried())
    }

    #[test]
    fn a_text_is_broken_between_its_words() {
        let mut engine = engine();
        let text = "Treaty on Basic Relations";
        let breaks = engine.breaks(text, LABEL);
        let expect: Vec<[f32; 2]> = [["Treaty", "on Basic Relations"], ["Treaty on", "Basic Relations"]]
            .into_iter()
            .chain([["Treaty on Basic", "Relations"]])
            .map(|parts| parts.map(|part| engine.line(part, LABEL, f32::INFINITY).size.x))
            .collect();
        assert_eq!(breaks.len(), expect.len());
        for (found, expect) in breaks.iter().flatten().zip(expect.iter().flatten()) {
            assert!((found - expect).abs() < 0.5, "{breaks:?} {expect}");
        }
        let hebrew = "\u{5e9}\u{5dc}\u{5d5}\u{5dd} \u{5e2}\u{5d5}\u{5dc}\u{5dd} (abc 1965) \u{5e9}\u{5dc}";
        let widths = engine.breaks(hebrew, LABEL).iter().map(|parts| parts[0]).collect::<Vec<_>>();
        assert!(widths.len() == 4 && widths.windows(2).all(|pair| pair[0] < pair[1]), "{widths:?}");
        for word in ["Homalocephale", "", "1965"] {
            assert!(engine.breaks(word, LABEL).is_empty(), "{word:?}");
        }
        assert!(Arc::ptr_eq(&breaks, &engine.breaks(text, LABEL)), "measured once");
    }

    #[test]
    fn each_line_is_a_text_of_its_own() {
        let mut engine = engine();
        for (text, expect) in [
            ("Treaty on Basic Relations", ["Treaty on", "Basic Relations"]),
            ("1965 Treaty", ["1965 Treaty", ""]),
            (
                "\u{5e9}\u{5dc}\u{5d5}\u{5dd} \u{5e2}\u{5d5}\u{5dc}\u{5dd} abc \u{5e9}\u{5dc}",
                ["\u{5e9}\u{5dc}\u{5d5}\u{5dd} \u{5e2}\u{5d5}\u{5dc}\u{5dd} abc", "\u{5e9}\u{5dc}"],
            ),
        ] {
            let width = engine.line(expect[0], LABEL, f32::INFINITY).size.x + 1.0;
            let width = width.max(engine.line(expect[1], LABEL, f32::INFINITY).size.x + 0.5);
            let lines = engine.two_lines(text, LABEL, (width, 16.0));
            assert_eq!([&*lines[0].text, &*lines[1].text], expect, "{text}");
            for line in lines.iter().filter(|line| !line.text.is_empty()) {
                let alone = engine.line(&line.text, LABEL, f32::INFINITY);
                assert!((line.size.x - alone.size.x).abs() < 0.5 && line.size.y == 16.0 && !line.elided, "{text}");
                let glyphs = |layout: &TextLayout| layout.runs().map(|run| run.glyphs.len()).sum::<usize>();
                assert_eq!(glyphs(line), glyphs(&alone), "{text}");
                let left = line.runs().flat_map(|run| &run.glyphs).map(|glyph| glyph.x).fold(f32::INFINITY, f32::min);
                assert!(left.abs() < 0.01, "{text}");
            }
        }
        let [first, second] = engine.two_lines("One two three four five six seven", LABEL, (80.0, 16.0));
        assert!(!first.text.ends_with('…') && second.text.ends_with('…') && second.elided, "{second:?}");
    }

    #[test]
    fn endless_text_is_measured_in_no_time() {
        let endless = "word ".repeat(1 << 18);
        let breaks = engine().breaks(&endless, LABEL);
        assert!(!breaks.is_empty() && breaks.len() <= MOST_BREAKS && breaks[0][1] > 1e6);
    }
}
