//! Eras: their backgrounds, their names, and lines from the beginning to the end of each.

use egui::{Align, Align2, Color32, Rangef, Rect, pos2};

use crate::layout::{EraBand, TextRole};
use crate::scene::{Builder, Hatching, Stroke};
use crate::sorting;
use crate::timeline::Item;

use super::input::Input;
use super::lines;
use super::theme::Theme;
use super::words::{baseline, text_on, text_within};

/// Minimum width of a stretch of background, in points: narrower ones would flicker.
const NARROWEST: f32 = 2.0;
/// An end with at most this uncertainty, in points, is drawn as an edge.
const EXACT: f32 = 4.0;

/// Draws the background of the eras. Where several overlap, that of the shortest is drawn, as overlaid tints would hide
/// each other and eventually the text.
pub(super) fn paper(scene: &mut Builder<'_>, input: &Input<'_>, columns: Rect) {
    for (x, left, right) in stretches(&input.chart.eras, columns.x_range(), input.theme) {
        let rect = Rect::from_x_y_ranges(x, columns.y_range());
        if left == right {
            scene.rects(vec![rect], left);
            if let Some(hatching) = hatching(input.theme, left) {
                scene.hatching(rect, hatching);
            }
        } else {
            scene.gradient(rect, left, right);
        }
    }
}

/// Returns the hatching of a background of this colour: of every other tint, each with lines of its own distance.
fn hatching(theme: &Theme, tint: Color32) -> Option<Hatching> {
    let color = theme.era_hatching?;
    let tint = theme.eras.iter().position(|other| *other == tint)?;
    (tint % 2 == 1).then_some(Hatching { color, spacing: if tint == 1 { 9.0 } else { 5.0 }, width: 1.0 })
}

/// Returns the colours of the background by range of x, in points, left to right, without ranges that have no era.
fn stretches(eras: &[EraBand], columns: Rangef, theme: &Theme) -> Vec<(Rangef, Color32, Color32)> {
    let mut by_length: Vec<EraBand> = eras.iter().filter(|era| era.has_tint).map(sharpened).collect();
    sorting::by_key(&mut by_length, |era| (era.length, std::cmp::Reverse(era.index)));
    let mut ends: Vec<f32> = by_length
        .iter()
        .flat_map(|era| [era.x.min, era.sure.min, era.sure.max, era.x.max])
        .map(|x| columns.clamp(x).round())
        .chain([columns.min, columns.max])
        .collect();
    sorting::by(&mut ends, f32::total_cmp);
    ends.dedup_by(|next, before| *next - *before < NARROWEST);
    let mut found: Vec<(Rangef, Color32, Color32)> = Vec::new();
    for (from, to) in ends.iter().zip(ends.iter().skip(1)) {
        // Slightly inside, where it is unambiguous on which side of an end this is.
        let within = [from + NARROWEST / 4.0, to - NARROWEST / 4.0];
        // Without a fade that is as long, one end of it is in an era that is narrower than a stretch.
        let within = if fades(&by_length, Rangef::new(*from, *to)) { within } else { [f32::midpoint(*from, *to); 2] };
        let [left, right] = within.map(|x| color(&by_length, x, theme));
        if left == theme.paper && right == theme.paper {
            continue;
        }
        match found.last_mut() {
            Some((x, before, after)) if x.max == *from && before == after && *after == left && left == right => {
                x.max = *to;
            }
            _ => found.push((Rangef::new(*from, *to), left, right)),
        }
    }
    found
}

/// Returns whether an era fades in or out over a whole stretch.
fn fades(eras: &[EraBand], stretch: Rangef) -> bool {
    let ends = eras.iter().flat_map(|era| [(era.x.min, era.sure.min), (era.sure.max, era.x.max)]);
    let covers = |(from, to): (f32, f32)| from <= stretch.min + NARROWEST && to >= stretch.max - NARROWEST && from < to;
    ends.into_iter().any(covers)
}

/// Returns an era whose ends are edges where their uncertainty could hardly be seen: such fades would be lost between
/// the ends of other eras. One that is too narrow to be seen is as wide as a stretch.
fn sharpened(era: &EraBand) -> EraBand {
    let mut era = era.clone();
    for (known, may_be) in [(&mut era.sure.min, &mut era.x.min), (&mut era.sure.max, &mut era.x.max)] {
        if (*known - *may_be).abs() <= EXACT {
            (*known, *may_be) = (f32::midpoint(*known, *may_be), f32::midpoint(*known, *may_be));
        }
    }
    if era.x.span() < NARROWEST {
        let middle = era.x.center().round();
        era.x = Rangef::new(middle - NARROWEST / 2.0, middle + NARROWEST / 2.0);
        era.sure = era.x;
    }
    era
}

/// Returns the colour of the background at x under eras that are sorted by length.
fn color(by_length: &[EraBand], x: f32, theme: &Theme) -> Color32 {
    let mut over: Vec<(Color32, f32)> = Vec::new();
    let mut color = theme.paper;
    for era in by_length {
        let strength = era.strength(x);
        let tint = match era.color {
            Some(color) => theme.era_tint(color),
            None => theme.eras.get(era.tint).copied().unwrap_or(theme.paper),
        };
        if strength >= 1.0 {
            color = tint;
            break;
        }
        if strength > 0.0 {
            over.push((tint, strength));
        }
    }
    over.iter().rev().fold(color, |color, (tint, strength)| color.lerp_to_gamma(*tint, *strength))
}

/// Returns the colour of the lines of an era.
fn line_color(input: &Input<'_>, era: &EraBand) -> Color32 {
    let is_selected = input.emphasis.selected == Some(Item::Era(era.index));
    if is_selected { input.theme.accent } else { input.theme.era_line }
}

/// Maximum number of eras whose ends are drawn through the whole chart: more lines would look like a grid.
const MOST_WITH_ENDS: usize = 8;

/// Draws dashed lines through the whole chart at the exact ends of the longest eras, and at those of the selected one, so
/// that nested and neighbouring ones can be told apart without their tints. The extent of a single era is visible from its
/// background.
pub(super) fn ends(scene: &mut Builder<'_>, input: &Input<'_>, columns: Rect) {
    let chart = input.chart;
    let mut eras: Vec<&EraBand> = chart.eras.iter().filter(|era| era.has_row).collect();
    if eras.len() < 2 {
        return;
    }
    let is_selected = |era: &EraBand| input.emphasis.selected == Some(Item::Era(era.index));
    sorting::by_key(&mut eras, |era| (!is_selected(era), std::cmp::Reverse(era.length)));
    // Below the names, which no line crosses.
    let y = Rangef::new(chart.regions.eras.bottom(), columns.bottom());
    let labels = lines::labels(chart);
    let mut drawn: Vec<f32> = Vec::new();
    for era in eras.iter().take(MOST_WITH_ENDS) {
        for (known, may_be) in [(era.sure.min, era.x.min), (era.sure.max, era.x.max)] {
            let x = scene.to_pixel_center(known);
            let is_exact = (known - may_be).abs() <= EXACT || is_selected(era);
            let is_seen = is_exact && columns.x_range().shrink(1.0).contains(x);
            // Where one ends and the next one begins, there is one line.
            if is_seen && !drawn.iter().any(|other| (other - x).abs() < NARROWEST) {
                drawn.push(x);
                let stroke = Stroke::dashed(1.0, line_color(input, era), 2.0, 4.0);
                for part in lines::around_labels(Rangef::point(x), y, &labels) {
                    scene.line(vec![pos2(x, part.min), pos2(x, part.max)], stroke);
                }
            }
        }
    }
}

/// Draws a line below the name of an era over its whole extent, with edges at exact ends, so that nested or overlapping
/// eras can be told apart. A single era has that line alone.
pub(super) fn extents(scene: &mut Builder<'_>, input: &Input<'_>) {
    let Input { chart, theme, .. } = input;
    let shown = Rangef::new(chart.axis.left, chart.axis.right);
    let several = chart.eras.len() > 1;
    let mut edges = Vec::new();
    let mut upright = |scene: &Builder<'_>, x: f32, y: Rangef| {
        if shown.contains(x) {
            let x = Rangef::point(scene.to_pixel_center(x)).expand(0.5);
            edges.push(Rect::from_x_y_ranges(x.intersection(shown), y));
        }
    };
    let mut under = Vec::new();
    for era in &chart.eras {
        let Some(name) = era.name else { continue };
        let y = if several { Rangef::new(name.top() + 5.0, name.bottom() - 2.0) } else { chart.regions.eras.y_range() };
        // An inexact end fades; a line there would run through the name.
        let is_exact = |known: f32, may_be: f32| several && (known - may_be).abs() <= EXACT;
        if is_exact(era.sure.min, era.x.min) {
            upright(scene, era.sure.min, y);
        }
        if is_exact(era.sure.max, era.x.max) && era.has_row {
            upright(scene, era.sure.max, y);
        }
        let x = era.x.intersection(shown);
        if era.has_row && x.span() > 0.0 {
            under.push((era, x, Rangef::new(y.max - 1.5, y.max)));
        }
    }
    scene.rects(edges, theme.era_line);
    for (era, x, y) in under {
        // Of very many eras, the tint alone would not tell which part of the chart is that of the selected one.
        let line = line_color(input, era);
        let sure = Rangef::new(era.sure.min.max(x.min), era.sure.max.min(x.max));
        let at = |from: f32, to: f32| Rect::from_min_max(pos2(from, y.min), pos2(to, y.max));
        let faded = |at: f32| Theme::thin(line, era.strength(at).clamp(0.0, 1.0));
        if sure.min > x.min {
            scene.gradient(at(x.min, sure.min), faded(x.min), line);
        }
        if sure.span() > 0.0 {
            scene.rects(vec![at(sure.min, sure.max)], line);
        }
        if sure.max < x.max {
            scene.gradient(at(sure.max, x.max), line, faded(x.max));
        }
    }
}

/// Draws the name of an era and, if there is room, its dates.
pub(super) fn name(scene: &mut Builder<'_>, era: &EraBand, input: &Input<'_>) {
    let theme = input.theme;
    let Some(resolved) = input.timeline.era(era.index) else { return };
    if let Some(rect) = era.name {
        let look = (TextRole::Name, input.color(Item::Era(era.index), theme.muted));
        text_within(scene, rect.left_center(), Align2::LEFT_CENTER, &resolved.title, look, rect.width());
    }
    if let Some(rect) = era.dates {
        let at = (rect.left(), baseline(scene, TextRole::Name, rect.center().y));
        let look = (TextRole::Small, theme.muted);
        text_on(scene, at, Align::Min, &resolved.date.words(), look, f32::INFINITY);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document;
    use crate::timeline::resolve;

    fn era(position: usize, [from, to]: [f32; 2], fade: f32, tint: usize) -> EraBand {
        let era = |year: usize| document::Era { id: format!("e{year}"), date: year.to_string(), ..Default::default() };
        let document = document::Timeline { eras: (1900..=1900 + position).map(era).collect(), ..Default::default() };
        let timeline = resolve(document).timeline.expect("some eras");
        let (index, _) = timeline.iter_eras().last().expect("an era");
        EraBand {
            index,
            x: Rangef::new(from - fade, to + fade),
            sure: Rangef::new(from, to),
            length: (to - from) as i64,
            tint,
            color: None,
            has_tint: true,
            name: None,
            dates: None,
            has_row: false,
        }
    }

    #[test]
    fn the_shorter_of_two_eras_is_seen_and_tints_do_not_add_up() {
        let theme = Theme::light();
        let [first, second, third, _] = theme.eras;
        let eras = [era(0, [100.0, 500.0], 0.0, 0), era(1, [200.0, 300.0], 0.0, 1), era(2, [500.0, 900.0], 50.0, 2)];
        let found = stretches(&eras, Rangef::new(50.0, 1000.0), &theme);
        let flat: Vec<(f32, f32, Color32)> =
            found.iter().filter(|(_, left, right)| left == right).map(|(x, color, _)| (x.min, x.max, *color)).collect();
        assert_eq!(flat, [(100.0, 200.0, first), (200.0, 300.0, second), (300.0, 450.0, first), (500.0, 900.0, third)],);
        let fades: Vec<Rangef> = found.iter().filter(|(_, left, right)| left != right).map(|(x, ..)| *x).collect();
        assert_eq!(fades, [Rangef::new(450.0, 500.0), Rangef::new(900.0, 950.0)]);
    }

    /// Years that are a point wide are edges, not the beginning of a fade over the whole of the next era.
    #[test]
    fn neighbours_whose_ends_are_a_point_wide_have_flat_backgrounds() {
        for theme in [Theme::light(), Theme::dark(), Theme::print()] {
            let eras = [era(0, [100.2, 400.1], 1.0, 0), era(1, [400.9, 700.0], 1.0, 1)];
            let found = stretches(&eras, Rangef::new(50.0, 1000.0), &theme);
            let flat = found.iter().filter(|(_, left, right)| left == right).map(|(x, ..)| x.span()).sum::<f32>();
            assert!(flat > 590.0 && found.iter().all(|(_, left, right)| left == right), "{found:?}");
        }
    }

    /// A single year in a view of centuries is a thin line, not the beginning of a fade to the edge of the chart.
    #[test]
    fn an_era_narrower_than_a_point_colours_no_more_than_itself() {
        let theme = Theme::light();
        for at in [300.0, 300.2, 300.5, 300.8_f32] {
            let found = stretches(&[era(0, [at, at + 0.9], 0.0, 0)], Rangef::new(50.0, 1000.0), &theme);
            let [(x, left, right)] = found.as_slice() else { panic!("{found:?}") };
            assert_eq!((*left, *right, x.span()), (theme.eras[0], theme.eras[0], NARROWEST), "{found:?}");
            assert!((x.center() - at).abs() <= 2.0, "{found:?}");
        }
    }

    #[test]
    fn many_eras_over_each_other_leave_the_paper_light() {
        for theme in [Theme::light(), Theme::dark(), Theme::print()] {
            let eras: Vec<EraBand> = (0..500)
                .map(|n| era(n, [(n * 37 % 900) as f32, (n * 37 % 900 + 30 + n % 70) as f32], 4.0, n % 3))
                .collect();
            let found = stretches(&eras, Rangef::new(0.0, 1000.0), &theme);
            assert!(found.len() <= 500, "{}", found.len());
            for (x, left, right) in &found {
                assert!(x.span() >= NARROWEST);
                for color in [left, right] {
                    let near = theme
                        .eras
                        .iter()
                        .chain([&theme.paper])
                        .any(|tint| color.to_array().iter().zip(tint.to_array()).all(|(a, b)| a.abs_diff(b) <= 24));
                    assert!(near, "{color:?}");
                }
            }
            assert!(found.windows(2).all(|pair| pair[0].0.max <= pair[1].0.min));
        }
    }
}
