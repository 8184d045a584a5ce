//! What is said of a value: how much it is, when, and what it is against another.

use crate::layout::PlotColumn;
use crate::timeline::{Figure, Quantity, Series, number};

/// What is said of a point: the value with its date; then, where it is compared with the first value or with the one that
/// is 100, how.
pub fn of_point(series: &Series, point: usize, base: Option<usize>) -> Vec<String> {
    let Some(figure) = series.figure(point) else { return Vec::new() };
    let mut lines = vec![figure.dated_words()];
    let Some(base) = base.and_then(|base| series.points.get(base)) else {
        lines.extend(figure.ratio_words());
        return lines;
    };
    lines.push(format!("index {}", index_words(figure.point.value / base.value * 100.0)));
    let is_base = std::ptr::eq(figure.point, base);
    lines.extend(Figure { first: Some(base), ..figure }.ratio_words().filter(|_| !is_base));
    lines
}

/// What is said of the points of a column: how many there are, their mean, the lowest and the highest.
pub fn of_column(series: &Series, column: &PlotColumn, base: Option<usize>) -> Vec<String> {
    let [low, high] = [column.low.1, column.high.1].map(|position| series.figure(position));
    let (Some(low), Some(high)) = (low, high) else { return Vec::new() };
    if column.count == 1 {
        return of_point(series, column.low.1, base);
    }
    let factor = base.and_then(|base| series.points.get(base)).map(|base| 100.0 / base.value);
    let index =
        |value: f64| factor.map(|factor| format!(" (index {})", index_words(value * factor))).unwrap_or_default();
    let mean = Quantity::new(column.mean.1, None).rounded(3).words(&series.unit);
    vec![
        format!("{} values", number(column.count as f64)),
        format!("mean {mean}{}", index(column.mean.1)),
        format!("lowest {}{}", low.dated_words(), index(low.point.value)),
        format!("highest {}{}", high.dated_words(), index(high.point.value)),
    ]
}

/// An index to three significant digits, or to a whole number where that has more: "38.6", "38,636".
fn index_words(index: f64) -> String {
    if index.abs() >= 100.0 { number(index.round()) } else { Quantity::new(index, None).rounded(3).bare_words() }
}
