//! The occupied ranges in the rows of a lane.

use egui::Rangef;

/// The occupied ranges of x of each row of a lane: sorted and without overlaps.
#[derive(Default)]
pub(super) struct Rows(Vec<Vec<Rangef>>);

impl Rows {
    pub(super) fn is_free(&self, row: usize, wanted: Rangef) -> bool {
        self.0.get(row).is_none_or(|occupied| {
            let next = occupied.partition_point(|other| other.max <= wanted.min);
            occupied.get(next).is_none_or(|other| wanted.max <= other.min)
        })
    }

    pub(super) fn occupy(&mut self, row: usize, x: Rangef) {
        if self.0.len() <= row {
            self.0.resize_with(row + 1, Vec::new);
        }
        if let Some(occupied) = self.0.get_mut(row) {
            let at = occupied.partition_point(|other| other.min < x.min);
            occupied.insert(at, x);
        }
    }

    pub(super) fn release(&mut self, row: usize, x: Rangef) {
        if let Some(occupied) = self.0.get_mut(row)
            && let Some(index) = occupied.iter().position(|other| *other == x)
        {
            occupied.remove(index);
        }
    }
}
