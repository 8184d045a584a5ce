//! The lines and paragraphs of a page, of the places of its glyphs.

use crate::sorting;

use super::content::Glyph;

/// A line of a paragraph.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Line {
    pub text: String,
    pub left: f32,
    pub right: f32,
    /// Its baseline: higher is nearer to the top.
    pub y: f32,
    /// The size of its font.
    pub size: f32,
}

/// A gap between glyphs that is a space between words, as a part of the size of the font.
const SPACE: f32 = 0.18;
/// A gap between glyphs beyond which they may be of two columns.
const COLUMN: f32 = 1.6;
/// Number of characters that the lines of a column have at least, on average: those of a table have fewer.
const COLUMN_CHARACTERS: usize = 16;
/// Width of the steps in which columns are looked for, in points.
const STEP: f32 = 2.0;

/// Returns the paragraphs of a page in the order in which they are read: columns from left to right, and what is turned
/// after the rest.
pub(super) fn paragraphs(glyphs: Vec<Glyph>) -> Vec<Vec<Line>> {
    let mut directions: [Vec<Line>; 4] = Default::default();
    let mut direction = 0;
    for glyph in glyphs {
        let [dx, dy] = [glyph.end[0] - glyph.start[0], glyph.end[1] - glyph.start[1]];
        if dx != 0.0 || dy != 0.0 {
            direction = match (dx.abs() >= dy.abs(), dx >= 0.0, dy >= 0.0) {
                (true, true, _) => 0,
                (true, false, _) => 2,
                (false, _, true) => 1,
                (false, _, false) => 3,
            };
        }
        if let Some(segments) = directions.get_mut(direction) {
            add(segments, &glyph, direction);
        }
    }
    let main = (0..directions.len()).rev().max_by_key(|at| directions.get(*at).map_or(0, Vec::len)).unwrap_or_default();
    directions.swap(0, main);
    let mut found = Vec::new();
    for segments in directions {
        let segments = segments.into_iter().filter(|segment| !segment.text.trim().is_empty()).collect();
        columns(segments, 0, &mut found);
    }
    found
}

/// Adds a glyph to the segment of a line that it goes on with, or begins one.
fn add(segments: &mut Vec<Line>, glyph: &Glyph, direction: usize) {
    let upright = |[x, y]: [f32; 2]| match direction {
        0 => [x, y],
        1 => [y, -x],
        2 => [-x, -y],
        _ => [-y, x],
    };
    let ([x0, y], [x1, _], size) = (upright(glyph.start), upright(glyph.end), glyph.size.max(0.1));
    let is_blank = glyph.text.chars().all(char::is_whitespace);
    if let Some(last) = segments.last_mut() {
        let most = last.size.max(size);
        let gap = x0 - last.right;
        let is_on_line = (y - last.y).abs() <= 0.45 * most;
        if is_on_line && gap > -0.6 * most && gap < COLUMN * most {
            // Bold that is made by printing twice.
            if !is_blank && gap < -0.25 * size && last.text.ends_with(&*glyph.text) {
                return;
            }
            if (is_blank || gap > SPACE * most.min(size.max(last.size * 0.7))) && !last.text.ends_with(' ') {
                last.text.push(' ');
            }
            if !is_blank {
                let is_raised = size < 0.8 * last.size && y - last.y > 0.15 * last.size;
                last.text.push_str(&if is_raised { raised(&glyph.text) } else { glyph.text.clone() });
                if size > last.size * 1.1 {
                    (last.size, last.y) = (size, y);
                }
            }
            last.right = last.right.max(x1);
            return;
        }
        // Text from right to left comes in the order in which it is read.
        if is_on_line
            && (is_blank || glyph.text.chars().any(is_right_to_left))
            && last.text.chars().any(is_right_to_left)
        {
            let gap = last.left - x1;
            if gap > -0.6 * most && gap < COLUMN * most {
                if (is_blank || gap > SPACE * most) && !last.text.ends_with(' ') {
                    last.text.push(' ');
                }
                last.text.push_str(glyph.text.trim());
                last.left = last.left.min(x0);
                return;
            }
        }
    }
    if !is_blank {
        segments.push(Line { text: glyph.text.clone(), left: x0.min(x1), right: x1.max(x0), y, size });
    }
}

fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}')
}

/// Returns the number of a note as one that is no part of the word before it.
fn raised(text: &str) -> String {
    let raised = |c: char| match c {
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '0' | '4'..='9' => char::from_u32(0x2070 + u32::from(c) - u32::from('0')).unwrap_or(c),
        _ => c,
    };
    text.chars().map(raised).collect()
}

/// Sorts lines. It is not generic, so that the program has the code once.
#[inline(never)]
fn sort(lines: &mut [Line], by: fn(&Line, &Line) -> std::cmp::Ordering) {
    sorting::by(lines, by);
}

/// Returns a value so far into some, once they are in order. Returns `None` if there are none.
#[inline(never)]
fn quantile(mut values: Vec<f32>, share: f32) -> Option<f32> {
    sorting::by(&mut values, f32::total_cmp);
    values.get((values.len() as f32 * share) as usize).copied()
}

/// Finds the paragraphs of an area, column after column.
fn columns(mut segments: Vec<Line>, depth: usize, found: &mut Vec<Vec<Line>>) {
    sort(&mut segments, |a, b| b.y.total_cmp(&a.y).then(a.left.total_cmp(&b.left)));
    let Some(gutter) = gutter(&segments).filter(|_| depth < 4) else {
        return found.extend(paragraphs_of(rows(segments)));
    };
    // What goes across is between what is above and below it.
    let (mut across, mut left, mut right) = (Vec::new(), Vec::new(), Vec::new());
    for segment in segments {
        let goes_across = segment.left < gutter && segment.right > gutter;
        if goes_across && !(left.is_empty() && right.is_empty()) {
            columns(std::mem::take(&mut left), depth + 1, found);
            columns(std::mem::take(&mut right), depth + 1, found);
        } else if !goes_across && !across.is_empty() {
            found.extend(paragraphs_of(rows(std::mem::take(&mut across))));
        }
        match () {
            () if goes_across => across.push(segment),
            () if segment.right <= gutter => left.push(segment),
            () => right.push(segment),
        }
    }
    found.extend(paragraphs_of(rows(across)));
    columns(left, depth + 1, found);
    columns(right, depth + 1, found);
}

/// Returns where the space between two columns is. Returns `None` if there is but one.
fn gutter(segments: &[Line]) -> Option<f32> {
    const MOST_STEPS: usize = 2000;
    let left = segments.iter().map(|segment| segment.left).reduce(f32::min)?;
    let right = segments.iter().map(|segment| segment.right).reduce(f32::max)?;
    let steps = ((right - left) / STEP) as usize;
    if segments.len() < 8 || !(8..MOST_STEPS).contains(&steps) {
        return None;
    }
    let size = quantile(segments.iter().map(|segment| segment.size).collect(), 0.5).unwrap_or(10.0);
    // How many segments end before each step, and how many begin before it.
    let mut counts = vec![[0_usize; 2]; steps + 2];
    let step = |x: f32| ((x - left) / STEP).max(0.0) as usize;
    for segment in segments {
        for (at, which) in [(step(segment.right) + 1, 0), (step(segment.left), 1)] {
            if let Some(count) = counts.get_mut(at.min(steps + 1)).and_then(|counts| counts.get_mut(which)) {
                *count += 1;
            }
        }
    }
    let (mut ended, mut begun) = (0, 0);
    let mut best: Option<(usize, usize)> = None;
    let mut from = None;
    for (at, [ends, begins]) in counts.into_iter().enumerate() {
        ended += ends;
        begun += begins;
        let (after, across) = (segments.len() - begun, begun - ended.min(begun));
        let is_free = ended >= 3 && after >= 3 && across * 5 <= ended.min(after);
        match (is_free, from) {
            (true, None) => from = Some(at),
            (false, Some(start)) => {
                let is_wider = best.is_none_or(|(first, last)| at - start > last - first);
                best = if is_wider { Some((start, at)) } else { best };
                from = None;
            }
            _ => {}
        }
    }
    let (first, last) = best?;
    let at = left + (first + last) as f32 / 2.0 * STEP;
    let is_wide = (last - first) as f32 * STEP >= 0.7 * size;
    let is_prose = |mut lines: Vec<&Line>| {
        lines.retain(|line| line.text.len() > 1);
        let characters: usize = lines.iter().map(|line| line.text.chars().count()).sum();
        characters >= COLUMN_CHARACTERS * lines.len().max(1)
    };
    let (before, after) =
        (segments.iter().filter(|line| line.right <= at), segments.iter().filter(|line| line.left >= at));
    (is_wide && is_prose(before.collect()) && is_prose(after.collect())).then_some(at)
}

/// Joins segments, from the top down, to lines.
fn rows(segments: Vec<Line>) -> Vec<Line> {
    let mut rows: Vec<Vec<Line>> = Vec::new();
    for segment in segments {
        let is_same = |row: &&mut Vec<Line>| {
            row.first().is_some_and(|first| (first.y - segment.y).abs() < 0.45 * first.size.max(segment.size))
        };
        match rows.last_mut().filter(is_same) {
            Some(row) => row.push(segment),
            None => rows.push(vec![segment]),
        }
    }
    rows.into_iter().filter_map(line).collect()
}

fn line(mut segments: Vec<Line>) -> Option<Line> {
    sort(&mut segments, |a, b| a.left.total_cmp(&b.left));
    let count = |line: &Line| line.text.chars().filter(|c| is_right_to_left(*c)).count();
    if segments.iter().map(count).sum::<usize>() * 2 > segments.iter().map(|line| line.text.chars().count()).sum() {
        segments.reverse();
    }
    segments.into_iter().reduce(|mut line, next| {
        let gap = (next.left - line.right).max(line.left - next.right);
        if gap > SPACE * next.size && !line.text.ends_with(' ') && !next.text.starts_with(' ') {
            line.text.push(' ');
        }
        line.text.push_str(&next.text);
        (line.left, line.right) = (line.left.min(next.left), line.right.max(next.right));
        line.size = line.size.max(next.size);
        line
    })
}

/// Cuts the lines of a column into paragraphs.
fn paragraphs_of(lines: Vec<Line>) -> Vec<Vec<Line>> {
    let steps: Vec<f32> = lines.windows(2).filter_map(|pair| Some(pair.first()?.y - pair.last()?.y)).collect();
    let usual = if steps.len() > 2 { quantile(steps, 0.25) } else { None };
    let left = lines.iter().map(|line| line.left).reduce(f32::min).unwrap_or_default();
    let right = lines.iter().map(|line| line.right).reduce(f32::max).unwrap_or_default();
    let mut paragraphs: Vec<Vec<Line>> = Vec::new();
    for line in lines {
        let is_new = paragraphs.last().is_none_or(|paragraph| {
            let Some(last) = paragraph.last() else { return true };
            let size = line.size.max(last.size);
            let step = last.y - line.y;
            let usual = usual.unwrap_or(1.5 * size).clamp(0.8 * size, 2.2 * size);
            let by = line.left - last.left;
            // The first line is indented, or all others are.
            let is_indented = by > 0.8 * size && by < 6.0 * size && last.left < left + 0.5 * size;
            let is_hanging = by < -0.8 * size && paragraph.len() > 1;
            let is_short = last.right < right - 0.3 * (right - left)
                && last.text.trim_end().ends_with(['.', '!', '?', ':', '”'])
                && line.text.starts_with(|c: char| !c.is_lowercase());
            step > 1.35 * usual
                || (line.size - last.size).abs() > 0.12 * size
                || is_indented && paragraph.len() > 1
                || is_indented && last.text.trim_end().ends_with(['.', '!', '?', ':', '”'])
                || is_hanging
                || is_short
        });
        if is_new {
            paragraphs.push(Vec::new());
        }
        paragraphs.last_mut().into_iter().for_each(|paragraph| paragraph.push(line.clone()));
    }
    paragraphs
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the glyphs of a line of text at a place, each half as wide as it is high.
    fn typed(text: &str, [x, y]: [f32; 2]) -> Vec<Glyph> {
        let at = |(number, c): (usize, char)| {
            let start = [x + number as f32 * 5.0, y];
            Glyph { text: c.to_string(), start, end: [start[0] + 5.0, y], size: 10.0 }
        };
        text.chars().enumerate().map(at).collect()
    }

    #[track_caller]
    fn check(glyphs: Vec<Glyph>, expect: &[&str]) {
        let words = |paragraph: &Vec<Line>| paragraph.iter().map(|line| line.text.trim()).collect::<Vec<_>>().join("|");
        let found: Vec<String> = paragraphs(glyphs).iter().map(words).collect();
        assert_eq!(found, expect);
    }

    #[test]
    fn lines_are_in_the_order_in_which_they_are_read() {
        let lower = typed("was signed.", [50.0, 688.0]);
        let upper = [typed("In 1965 a", [50.0, 700.0]), typed("treaty", [100.0, 700.0])].concat();
        check([lower, upper].concat(), &["In 1965 a treaty|was signed."]);
        let turned: Vec<Glyph> = typed("in the margin", [100.0, -20.0])
            .into_iter()
            .map(|glyph| Glyph {
                start: [-glyph.start[1], glyph.start[0]],
                end: [-glyph.end[1], glyph.end[0]],
                ..glyph
            })
            .collect();
        check([turned, typed("One and all of it.", [50.0, 700.0])].concat(), &["One and all of it.", "in the margin"]);
        check(Vec::new(), &[]);
    }

    #[test]
    fn columns_are_read_one_after_the_other() {
        let mut glyphs = typed("A title that goes across both of the columns of the page", [50.0, 720.0]);
        for row in 0..5 {
            let y = 690.0 - 12.0 * row as f32;
            glyphs.extend(typed(&format!("left column and line {row}"), [50.0, y]));
            glyphs.extend(typed(&format!("right column and line {row}"), [200.0, y]));
        }
        let column =
            |side: &str| (0..5).map(|row| format!("{side} column and line {row}")).collect::<Vec<_>>().join("|");
        let title = "A title that goes across both of the columns of the page";
        check(glyphs, &[title, &column("left"), &column("right")]);
        // A table is read row by row.
        let rows = (0..8).flat_map(|row| {
            let y = 690.0 - 12.0 * row as f32;
            [typed(&format!("196{row}"), [50.0, y]), typed("85 won", [200.0, y])].concat()
        });
        let table: Vec<String> = (0..8).map(|row| format!("196{row} 85 won")).collect();
        check(rows.collect(), &[&table.join("|")]);
    }

    #[test]
    fn paragraphs_are_apart_or_indented() {
        let lines = [
            ("The first paragraph has lines", 50.0, 700.0),
            ("and ends here at its end.", 50.0, 688.0),
            ("Another one", 50.0, 660.0),
            ("goes on with it.", 50.0, 648.0),
            ("An indented one begins", 65.0, 636.0),
            ("and goes on.", 50.0, 624.0),
        ];
        check(
            lines.iter().flat_map(|(text, x, y)| typed(text, [*x, *y])).collect(),
            &[
                "The first paragraph has lines|and ends here at its end.",
                "Another one|goes on with it.",
                "An indented one begins|and goes on.",
            ],
        );
    }

    #[test]
    fn numbers_of_notes_are_apart_from_years() {
        let note = Glyph { text: "1".to_owned(), start: [85.0, 704.0], end: [88.0, 704.0], size: 6.0 };
        check([typed("In 1965", [50.0, 700.0]), vec![note], typed(", so", [88.0, 700.0])].concat(), &["In 1965¹, so"]);
        // Printed twice.
        check([typed("B", [50.0, 700.0]), typed("B", [50.3, 700.0]), typed("C", [55.0, 700.0])].concat(), &["BC"]);
    }
}
