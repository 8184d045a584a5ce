//! What each glyph of a laid out text stands for, in the order of reading.
//!
//! A glyph tells the first character of its cluster and nothing of its place in the text. Most often there are as many
//! glyphs as characters, in their order; but egui sets a run from right to left from its end, and then says all of its
//! characters but the first once more, without width; and some clusters have more glyphs than characters.

use egui::Galley;
use egui::epaint::text::{Glyph, LayoutJob, LayoutSection};

use super::bidi::is_right_to_left;

/// What stands at the place of a glyph.
pub struct Read<'a> {
    /// The character that is read here; none where a cluster has more glyphs than characters.
    pub character: Option<char>,
    pub section: &'a LayoutSection,
}

/// What is read at each glyph of a galley, in the order of its glyphs: as a whole, its text.
pub fn reads(galley: &Galley) -> Vec<Read<'_>> {
    let mut reader = Reader { job: &galley.job, text: galley.job.text.char_indices().collect(), at: 0 };
    let mut reads = Vec::with_capacity(reader.text.len());
    for line in galley.rows.split_inclusive(|row| row.ends_with_newline) {
        let glyphs: Vec<&Glyph> = line.iter().flat_map(|row| &row.glyphs).collect();
        reader.line(&glyphs, &mut reads);
    }
    reads
}

struct Reader<'a> {
    job: &'a LayoutJob,
    /// The characters with their places in bytes.
    text: Vec<(usize, char)>,
    /// Where in them the next glyph stands.
    at: usize,
}

impl<'a> Reader<'a> {
    /// Follows the glyphs of all rows up to a line break of the text.
    fn line(&mut self, mut glyphs: &[&Glyph], reads: &mut Vec<Read<'a>>) {
        let is_break = |(_, c): &(usize, char)| self.job.break_on_newline && *c == '\n';
        let rest = self.text.get(self.at..).unwrap_or_default();
        let end = self.at + rest.iter().position(is_break).unwrap_or(rest.len());
        while let Some(first) = glyphs.first() {
            let text = self.text.get(self.at..end).unwrap_or_default();
            let (taken, read) = stretch(glyphs, text);
            for place in 0..taken {
                let character = text.get(place).filter(|_| place < read).map(|(_, c)| *c);
                // Where text was cut off, an ellipsis stands that is not in the text at all.
                let character = character.or((first.chr == '…').then_some('…'));
                if let Some(section) = self.section(self.at + place.min(read.saturating_sub(1))) {
                    reads.push(Read { character, section });
                }
            }
            self.at += read;
            glyphs = glyphs.get(taken..).unwrap_or_default();
        }
        self.at = end + 1;
    }

    /// The section of a character; after the end, the last.
    fn section(&self, place: usize) -> Option<&'a LayoutSection> {
        let sections = &self.job.sections;
        let of = |(at, _): &(usize, char)| sections.iter().find(|section| *at < section.byte_range.end.0);
        self.text.get(place).and_then(of).or_else(|| sections.last())
    }
}

/// How many glyphs belong together at the beginning of some, and how many characters they stand for.
fn stretch(glyphs: &[&Glyph], text: &[(usize, char)]) -> (usize, usize) {
    let ([glyph, ..], [(_, c), ..]) = (glyphs, text) else { return (1, 0) };
    if glyph.chr == '…' && *c != '…' {
        return (1, 0);
    }
    let straight = glyph.chr == *c && !is_right_to_left(*c);
    let backwards = if straight { None } else { right_to_left(glyphs, text) };
    backwards.unwrap_or_else(|| left_to_right(glyphs, text))
}

/// A run from right to left: its glyphs, the last of which stand for the first character, then all characters that
/// those do not stand for, without width. None where there is no such run.
fn right_to_left(glyphs: &[&Glyph], text: &[(usize, char)]) -> Option<(usize, usize)> {
    let (_, first) = text.first()?;
    // How many glyphs in a row begin with the first character.
    let mut same = 0;
    for (index, glyph) in glyphs.iter().enumerate() {
        same = if glyph.chr == *first { same + 1 } else { 0 };
        for of_first in 1..=same {
            let again = glyphs[index + 1..].iter().zip(text.iter().skip(of_first));
            let again = again.take_while(|(glyph, (_, c))| is_without_ink(glyph) && glyph.chr == *c).count();
            let is_of_run = |(_, c): &(usize, char)| *c == glyphs[0].chr;
            if again > 0 && text[..of_first + again].iter().any(is_of_run) {
                return Some((index + 1 + again, of_first + again));
            }
        }
    }
    None
}

/// Whether nothing is drawn for a glyph, and no room left for it.
pub fn is_without_ink(glyph: &Glyph) -> bool {
    glyph.advance_width <= 0.0 && glyph.uv_rect.is_nothing()
}

/// Glyphs with one first character: those of as many clusters as repeat it, or of one that has several.
fn left_to_right(glyphs: &[&Glyph], text: &[(usize, char)]) -> (usize, usize) {
    let same = glyphs.iter().take_while(|glyph| glyph.chr == glyphs[0].chr).count();
    let most = same.min(text.len());
    let next = glyphs.get(same).map(|glyph| glyph.chr);
    let read = (1..=most).rev().find(|place| text.get(*place).map(|(_, c)| *c) == next);
    (same, read.unwrap_or(most))
}
